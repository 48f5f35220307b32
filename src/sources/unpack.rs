//! Bytes that stand packed or in another encoding: gzip, Zstandard, UTF-16.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How many bytes tell how a stream is packed.
pub(super) const MARK: usize = 4;
/// How often a stream may be packed: UTF-16 in gzip in Zstandard.
const DEEPEST: usize = 3;
/// Bytes taken at a time.
const BLOCK: usize = 64 * 1024;
/// How far back a frame of Zstandard may reach: as far as the program `zstd` allows unless told otherwise.
const WIDEST_WINDOW: u64 = 128 * 1024 * 1024;

/// A stream that a thread of its own reads.
pub(super) type Stream = Box<dyn Read + Send>;

/// How a stream stands for UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstandard,
    Utf16 { big_endian: bool },
}

impl Packing {
    /// Told from the first bytes; `None`: it stands as it is.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstandard),
            [0xff, 0xfe, ..] => Some(Self::Utf16 { big_endian: false }),
            [0xfe, 0xff, ..] => Some(Self::Utf16 { big_endian: true }),
            _ => None,
        }
    }

    fn undo(self, packed: Stream) -> Stream {
        let packed = BufReader::with_capacity(BLOCK, packed);
        match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Self::Zstandard => Box::new(Zstandard::new(packed)),
            Self::Utf16 { big_endian } => {
                Box::new(Utf16 { units: packed, big_endian, high: None, ready: Cursor::default() })
            }
        }
    }
}

/// The stream as UTF-8 text, whatever it begins like.
///
/// # Errors
/// Those of reading its first bytes.
pub(super) fn unpacked(mut stream: Stream) -> io::Result<Stream> {
    for _ in 0..DEEPEST {
        let mut start = Vec::with_capacity(MARK);
        stream.by_ref().take(MARK as u64).read_to_end(&mut start)?;
        let packing = Packing::of(&start);
        stream = Box::new(Cursor::new(start).chain(stream));
        match packing {
            Some(packing) => stream = packing.undo(stream),
            None => break,
        }
    }
    Ok(stream)
}

/// Frames of Zstandard, one behind the other.
struct Zstandard {
    packed: BufReader<Stream>,
    decoder: FrameDecoder,
    /// Whether a frame is being read.
    inside: bool,
}

impl Zstandard {
    fn new(packed: BufReader<Stream>) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WIDEST_WINDOW);
        Self { packed, decoder, inside: false }
    }

    /// Opens the next frame that carries something; gives whether there is one.
    fn open(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.packed.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    /// The decoder leaves it to us to compare what it worked out with what the frame says.
    fn close(&mut self) -> io::Result<()> {
        self.inside = false;
        let said = self.decoder.get_checksum_from_data();
        if said.is_some() && said != self.decoder.get_calculated_checksum() {
            return Err(io::Error::other("the checksum is another"));
        }
        Ok(())
    }
}

impl Read for Zstandard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.inside {
                while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    let one = BlockDecodingStrategy::UptoBlocks(1);
                    self.decoder.decode_blocks(&mut self.packed, one).map_err(io::Error::other)?;
                }
                let count = self.decoder.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.close()?;
            }
            self.inside = self.open()?;
            if !self.inside {
                return Ok(0);
            }
        }
    }
}

/// UTF-16 as UTF-8; what is no character becomes U+FFFD.
struct Utf16 {
    units: BufReader<Stream>,
    big_endian: bool,
    /// The first half of a pair whose second was not read yet.
    high: Option<u16>,
    ready: Cursor<Vec<u8>>,
}

impl Utf16 {
    /// Turns what is buffered into UTF-8; gives whether there was anything.
    fn refill(&mut self) -> io::Result<bool> {
        let mut block = Vec::with_capacity(BLOCK);
        self.units.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        let ended = block.is_empty();
        let pairs = block.chunks_exact(2);
        let half = !pairs.remainder().is_empty();
        let unit = |pair: &[u8]| {
            let pair = <[u8; 2]>::try_from(pair).unwrap_or_default();
            if self.big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
        };
        let mut units: Vec<u16> = self.high.take().into_iter().chain(pairs.map(unit)).collect();
        if !ended && !half {
            self.high = units.pop_if(|unit| (0xd800..0xdc00).contains(unit));
        }
        let text = char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER));
        let text: String = text.chain(half.then_some(char::REPLACEMENT_CHARACTER)).collect();
        let more = !text.is_empty() || !ended;
        self.ready = Cursor::new(text.into_bytes());
        Ok(more)
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.ready.read(buffer)?;
            if count > 0 || buffer.is_empty() || !self.refill()? {
                return Ok(count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        unpacked(Box::new(Cursor::new(bytes)))?.read_to_end(&mut all)?;
        Ok(all)
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text).expect("in memory");
        packer.finish().expect("in memory")
    }

    fn zstandard(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        let units = format!("\u{feff}{text}");
        let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
        units.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn text_as_it_is_stays() {
        for text in ["", "a", "abc", "id,title\n1,x\n"] {
            assert_eq!(read(text.as_bytes().to_vec()).expect("read"), text.as_bytes());
        }
    }

    #[test]
    fn packed_text_is_unpacked_also_in_several_parts() {
        let text = "id,title\n1,Mālikī\n".repeat(9000);
        let half = text.as_bytes().split_at(70_000);
        for pack in [gzip, zstandard] {
            assert_eq!(read(pack(text.as_bytes())).expect("read"), text.as_bytes());
            let parts = [pack(half.0), pack(half.1)].concat();
            assert_eq!(read(parts).expect("read"), text.as_bytes());
        }
        let skipped = [&[0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9][..], &zstandard(b"text")].concat();
        assert_eq!(read(skipped).expect("read"), b"text");
        assert_eq!(read(zstandard(&gzip(&utf16("deep", false)))).expect("read"), "\u{feff}deep".as_bytes());
    }

    #[test]
    fn utf_16_becomes_utf_8_also_across_blocks() {
        for text in ["Mālikī 🌍 日本".repeat(5000), format!("x{}", "🌍".repeat(40_000))] {
            for big_endian in [false, true] {
                let read = read(utf16(&text, big_endian)).expect("read");
                assert_eq!(String::from_utf8(read).expect("UTF-8"), format!("\u{feff}{text}"));
            }
        }
        let odd = [0xff, 0xfe, b'a', 0, 0x00, 0xd8, b'b', 0, b'c'];
        assert_eq!(read(odd.to_vec()).expect("read"), "\u{feff}a\u{fffd}b\u{fffd}".as_bytes());
    }

    #[test]
    fn damage_is_an_error() {
        let text = "id,title\n1,x\n".repeat(9000);
        for pack in [gzip, zstandard] {
            let whole = pack(text.as_bytes());
            read(whole[..whole.len() - 1].to_vec()).expect_err("cut off");
            let mut wrong = whole.clone();
            let last = wrong.len() - 3;
            wrong[last] ^= 0x55;
            read(wrong).expect_err("another checksum");
        }
    }
}
