//! What stands in raw bytes, as far as it decides how a needle may be spelled there.

use crate::store::rows::Notation;

/// Which kinds of characters bytes have. Most bytes are plain, and of all the characters that fold to a needle's
/// most texts have few: looking for those alone is much quicker than looking for every one that Unicode has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Whether characters beyond ASCII begin with these two bytes: a bit for the last six bits of each.
    pairs: [u64; 64],
    /// Which control characters there are, other than white space.
    controls: u64,
    /// Escapes of JSON.
    escapes: bool,
}

/// How many bytes are looked at together; plain ones are passed over so. Where a text has a letter beyond ASCII here
/// and there, most of the shorter stretches are plain still.
const STRIDES: [usize; 2] = [4096, 64];

impl Seen {
    /// Nothing but plain ASCII.
    const PLAIN: Self = Self { pairs: [0; 64], controls: 0, escapes: false };

    /// What stands in these bytes.
    pub(super) fn of(bytes: &[u8], notation: Notation) -> Self {
        let mut seen = Self::PLAIN;
        seen.escapes = notation == Notation::Json && memchr::memchr(b'\\', bytes).is_some();
        each_odd(bytes, None, STRIDES[0], &mut |long, after| {
            each_odd(long, after, STRIDES[1], &mut |short, after| seen.look(short, after));
        });
        seen
    }

    fn look(&mut self, bytes: &[u8], after: Option<u8>) {
        for (at, byte) in bytes.iter().copied().enumerate() {
            if byte >= 0xC2 {
                self.pair(byte, bytes.get(at + 1).copied().or(after).unwrap_or(0));
            } else if is_control(byte) {
                self.controls |= control(byte);
            }
        }
    }

    fn pair(&mut self, first: u8, second: u8) {
        if let Some(seconds) = self.pairs.get_mut(usize::from(first & 0x3F)) {
            *seconds |= 1 << (second & 0x3F);
        }
    }

    /// Whether there is nothing but plain ASCII.
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::PLAIN
    }

    /// Whether there is nothing beyond ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.pairs == [0; 64]
    }

    /// Whether everything seen there was seen here.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.pairs.iter().zip(&other.pairs).all(|(own, other)| other & !own == 0)
            && other.controls & !self.controls == 0
            && (self.escapes || !other.escapes)
    }

    /// What was seen here or there.
    #[must_use]
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(own, other)| *own |= other);
        self.controls |= other.controls;
        self.escapes |= other.escapes;
        self
    }

    /// Whether there may be escapes.
    pub(super) fn has_escapes(&self) -> bool {
        self.escapes
    }

    /// Whether a character may stand there as it is.
    pub(super) fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            let byte = c as u8;
            return !is_control(byte) || self.controls & control(byte) != 0;
        }
        match *c.encode_utf8(&mut [0; 4]).as_bytes() {
            [first, second, ..] => {
                let seconds = self.pairs.get(usize::from(first & 0x3F)).copied().unwrap_or_default();
                seconds & 1 << (second & 0x3F) != 0
            }
            _ => true,
        }
    }
}

/// Calls `out` with the stretches of so many bytes that are not plain, each with the byte behind it.
fn each_odd(bytes: &[u8], behind: Option<u8>, stride: usize, out: &mut dyn FnMut(&[u8], Option<u8>)) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (stretch, after) = rest.split_at(rest.len().min(stride));
        if stretch.iter().fold(0, |odd, byte| odd | is_odd(*byte)) != 0 {
            out(stretch, after.first().copied().or(behind));
        }
        rest = after;
    }
}

/// 1 for a byte that is not plain, else 0. Without branches, and with signed numbers, which processors compare more
/// readily, so that many bytes are compared at once.
fn is_odd(byte: u8) -> u8 {
    u8::from(byte.cast_signed() < 0x20) & u8::from(byte.wrapping_sub(9) > 4) | u8::from(byte == 0x7F)
}

/// Whether a byte is a control character that folding drops: none of white space.
fn is_control(byte: u8) -> bool {
    byte == 0x7F || (byte < 0x20 && !(9..=13).contains(&byte))
}

fn control(byte: u8) -> u64 {
    1 << byte.min(0x20)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUOTED: Notation = Notation::Delimited { quote: Some(b'"') };

    #[test]
    fn controls_are_those_that_folding_drops() {
        for byte in 0..0x80 {
            let c = char::from(byte);
            assert_eq!(is_control(byte), c.is_control() && !c.is_whitespace(), "{byte:#x}");
        }
        for byte in 0..=u8::MAX {
            assert_eq!(is_odd(byte) == 1, !byte.is_ascii() || is_control(byte), "{byte:#x}");
        }
    }

    #[test]
    fn plain_text_is_plain_and_only_json_has_escapes() {
        assert_eq!(Seen::of(b"a,\"b\\n\"\t\"\"\r\n", QUOTED), Seen::PLAIN);
        assert!(Seen::of(b"\"b\\n\"", Notation::Json).has_escapes());
        assert!(!Seen::PLAIN.has('é') && !Seen::PLAIN.has('\u{7}') && Seen::PLAIN.has('\n'));
    }

    proptest! {
        #[test]
        fn every_character_is_seen(before in ".{0,70}", c: char, text in "\\PC{0,70}") {
            let text = format!("{before}{c}{text}");
            let seen = Seen::of(text.as_bytes(), QUOTED);
            for c in text.chars() {
                prop_assert!(seen.has(c), "{c:?}");
            }
            let other = Seen::of("é\u{7}".as_bytes(), QUOTED);
            let both = other.clone().and(&seen);
            prop_assert!(both.covers(&seen) && both.covers(&other) && both.has('é'));
        }
    }
}
