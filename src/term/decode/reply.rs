//! What terminals answer: "Operating System Commands" of "`XTerm` Control Sequences" for colours, the Kitty keyboard
//! protocol, and ECMA-48 (5th edition), 8.3.24 DA.

use super::Input;
use crate::term::input::Report;

/// The byte that introduces an operating system command.
const COMMAND: u8 = b']';

/// An answer in the form of a text; the rest is passed over.
pub(super) fn to_text(introducer: u8, text: &[u8]) -> Option<Input> {
    let text = std::str::from_utf8(text).ok().filter(|_| introducer == COMMAND)?;
    let (red, green, blue) = colour(text.strip_prefix("11;")?)?;
    Some(Input::Report(Report::Background(red, green, blue)))
}

/// `rgb:R/G/B`, each of one to four hexadecimal digits, with or without a fourth that says how opaque it is.
fn colour(text: &str) -> Option<(u8, u8, u8)> {
    let channels = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
    let channel = |digits: &str| {
        let most = 16_u32.checked_pow(digits.len().try_into().ok()?)?.checked_sub(1)?;
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| (1..=4).contains(&digits.len()))?;
        u8::try_from(value * 255 / most).ok()
    };
    let channels: Vec<u8> = channels.split('/').map(channel).collect::<Option<_>>()?;
    match channels.as_slice() {
        [red, green, blue] | [red, green, blue, _] => Some((*red, *green, *blue)),
        _ => None,
    }
}

/// An answer in the form of a control sequence.
pub(super) fn to_sequence(parameters: &[u8], last: u8) -> Option<Report> {
    let digits = parameters.strip_prefix(b"?")?;
    match last {
        b'c' => Some(Report::Last),
        b'u' if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => Some(Report::Keyboard),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_one_to_four_digits() {
        for (text, expected) in [
            ("rgb:ffff/8080/0000", Some((255, 128, 0))),
            ("rgb:f/8/0", Some((255, 136, 0))),
            ("rgb:1e/1e/2e", Some((0x1e, 0x1e, 0x2e))),
            ("rgba:0000/0000/0000/ffff", Some((0, 0, 0))),
            ("rgb:fffff/0/0", None),
            ("rgb:/0/0", None),
            ("rgb:-1/0/0", None),
            ("rgb:0/0", None),
            ("rgb:0/0/0/0/0", None),
            ("#ffffff", None),
        ] {
            assert_eq!(colour(text), expected, "{text}");
        }
    }
}
