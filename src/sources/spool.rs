//! Streams that cannot be read at any place (pipes, packed files, other encodings) become files that can.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::bytes::Bytes;
use super::unpack::{self, MARK, Packing, Stream};

/// Bytes taken from a stream at a time.
const BLOCK: usize = 256 * 1024;
/// The variable of the environment that holds how many bytes may be kept of a stream.
const LIMIT_VARIABLE: &str = "ANNALS_SPOOL_LIMIT";
/// How many may be kept where it says nothing.
const LIMIT: u64 = 64 << 30;

/// The bytes of an open file: as they stand where it is a regular file of UTF-8 text, else by way of a temporary
/// file that a thread fills.
///
/// # Errors
/// When the file cannot be read or no temporary file can be made.
pub(super) fn bytes(file: File) -> io::Result<Bytes> {
    let metadata = file.metadata()?;
    // Files that the system makes up have no size until they are read.
    if !metadata.is_file() || metadata.len() == 0 || at_another_place(&file)? {
        return spool(Box::new(file), None, limit());
    }
    let bytes = Bytes::of_file(file)?;
    let mut start = [0; MARK];
    let count = bytes.read_at(&mut start, 0)?;
    if Packing::of(start.get(..count).unwrap_or_default()).is_none() {
        return Ok(bytes);
    }
    spool(Box::new(bytes.reader(0)), Some(metadata.len()), limit())
}

/// The bytes of a stream, by way of a temporary file that a thread fills.
///
/// # Errors
/// When no temporary file can be made.
#[cfg(any(test, not(unix)))]
pub(super) fn stream(stream: Stream) -> io::Result<Bytes> {
    spool(stream, None, limit())
}

/// Whether somebody has read from the file before, as in `(head -1; annals -) < FILE`.
fn at_another_place(mut file: &File) -> io::Result<bool> {
    use std::io::Seek;
    Ok(file.stream_position()? != 0)
}

/// How many bytes may be kept of a stream.
fn limit() -> u64 {
    std::env::var(LIMIT_VARIABLE).ok().and_then(|text| text.parse().ok()).unwrap_or(LIMIT)
}

/// Starts to fill a temporary file, which has no name and is gone with the program, from a stream; `of` is how
/// many bytes the stream has, where that is known.
fn spool(stream: Stream, of: Option<u64>, limit: u64) -> io::Result<Bytes> {
    let file = tempfile::tempfile().map_err(|error| {
        let folder = std::env::temp_dir();
        let what = format!("no temporary file can be made in {} ({error})", folder.display());
        io::Error::new(error.kind(), format!("{what}; the variable TMPDIR names another folder"))
    })?;
    let bytes = Bytes::growing(file, of);
    let filled = bytes.clone();
    thread::Builder::new().name("annals-spool".to_owned()).spawn(move || {
        let problem = fill(&filled, stream, limit).err();
        filled.finish(problem);
    })?;
    Ok(bytes)
}

/// Fills `bytes` until the stream ends or nobody wants them any more.
///
/// # Errors
/// Why it ended early, in words.
fn fill(bytes: &Bytes, stream: Stream, limit: u64) -> Result<(), String> {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { stream, taken: Arc::clone(&taken) };
    let mut kept = 0;
    let early = |kept: u64, why: &str| format!("only the first {kept} bytes could be read: {why}");
    let mut unpacked =
        unpack::unpacked(Box::new(counted)).map_err(|error| early(kept, &error.to_string()))?;
    let mut block = vec![0; BLOCK];
    loop {
        let count = match unpacked.read(&mut block) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(early(kept, &error.to_string())),
        };
        if bytes.is_stopped() {
            return Ok(());
        }
        let room = limit.saturating_sub(kept).min(count as u64);
        let some = block.get(..room as usize).unwrap_or_default();
        bytes.append(some, taken.load(Ordering::Relaxed)).map_err(|error| {
            let folder = std::env::temp_dir();
            let what = format!("the temporary folder {} took no more ({error})", folder.display());
            early(kept, &format!("{what}; the variable TMPDIR names another"))
        })?;
        kept += room;
        if room < count as u64 {
            return Err(early(kept, &format!("more may not be kept; {LIMIT_VARIABLE} says how many may")));
        }
    }
}

/// Counts what is taken from a stream.
struct Counted {
    stream: Stream,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn all(bytes: &Bytes) -> Vec<u8> {
        let mut all = Vec::new();
        bytes.reader(0).read_to_end(&mut all).expect("read");
        all
    }

    #[test]
    fn a_pipe_can_be_read_while_it_is_written() {
        let (reader, mut writer) = io::pipe().expect("a pipe");
        let bytes = spool(Box::new(reader), None, LIMIT).expect("a spool");
        writer.write_all(b"first").expect("written");
        let mut seen = 0;
        while seen < 5 {
            seen = bytes.wait(seen, None).available;
        }
        let mut buffer = [0; 9];
        assert_eq!(bytes.read_at(&mut buffer, 1).expect("read"), 4);
        assert_eq!(&buffer[..4], b"irst");
        writer.write_all(b" second").expect("written");
        drop(writer);
        assert_eq!(all(&bytes), b"first second");
        let growth = bytes.wait(u64::MAX, None);
        assert!(growth.finished && growth.problem.is_none(), "{growth:?}");
        assert_eq!((growth.available, growth.taken), (12, 12));
    }

    #[test]
    fn a_limit_keeps_what_was_read_and_is_said() {
        let bytes = spool(Box::new(Cursor::new(vec![b'x'; 1000])), None, 600).expect("a spool");
        assert_eq!(all(&bytes).len(), 600);
        let problem = bytes.wait(u64::MAX, None).problem.expect("a problem");
        assert!(problem.starts_with("only the first 600 bytes could be read"), "{problem}");
        assert!(problem.contains(LIMIT_VARIABLE), "{problem}");
        let bytes = spool(Box::new(Cursor::new(vec![b'x'; 600])), None, 600).expect("a spool");
        assert_eq!(bytes.wait(u64::MAX, None).problem, None);
    }

    #[test]
    fn damage_keeps_what_was_read_before_it() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        packer.write_all(&vec![b'x'; 300_000]).expect("in memory");
        let mut cut = packer.finish().expect("in memory");
        cut.truncate(200_000);
        let bytes = spool(Box::new(Cursor::new(cut)), Some(200_000), LIMIT).expect("a spool");
        let read = all(&bytes);
        assert!(read.len() > 60_000 && read.iter().all(|byte| *byte == b'x'), "{}", read.len());
        let problem = bytes.wait(u64::MAX, None).problem.expect("a problem");
        assert!(problem.contains(&format!("first {} bytes", read.len())), "{problem}");
    }

    #[test]
    fn a_spool_that_nobody_wants_ends() {
        let (reader, mut writer) = io::pipe().expect("a pipe");
        let bytes = spool(Box::new(reader), None, LIMIT).expect("a spool");
        bytes.stop();
        // The thread notices with the next block, and then nobody reads the pipe any more.
        let block = vec![b'x'; 65_536];
        while writer.write_all(&block).is_ok() {}
        assert!(bytes.wait(u64::MAX, None).stopped);
    }

    #[test]
    fn regular_files_are_read_where_they_are_and_packed_ones_are_spooled() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "id,title\n").expect("written");
        let plain = bytes(File::open(&path).expect("a file")).expect("bytes");
        assert_eq!(plain.growth().of, Some(9));
        assert_eq!(all(&plain), b"id,title\n");
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(b"id,title\n").expect("in memory");
        std::fs::write(&path, packer.finish().expect("in memory")).expect("written");
        assert_eq!(all(&bytes(File::open(&path).expect("a file")).expect("bytes")), b"id,title\n");
    }
}
