//! From the terminal's bytes to keys and pastes. Pure: no terminal, no clock.
//!
//! Sequences follow ECMA-48 (5th edition), section 5.4 for control sequences and 8.3 for strings; the keys
//! are those of xterm ("`XTerm` Control Sequences", part "PC-Style Function Keys"), of the Linux console, and
//! of the Kitty keyboard protocol's plain form. Any bytes in any pieces are accepted; what is no key is
//! passed over.

mod keys;
mod mouse;
mod reply;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::input::Input;
use keys::Sequence;

const ESCAPE: u8 = 0x1b;

/// How long the rest of a key may take that has begun with an escape. Over a slow line its bytes come in
/// pieces; longer than this and the Esc key would feel slow.
const KEY: Duration = Duration::from_millis(50);
/// How long the rest of a terminal's report may take.
const REPORT: Duration = Duration::from_millis(500);
/// How long a paste may pause. What comes after it would be taken for keys.
const PASTE: Duration = Duration::from_secs(2);

/// The longest parameters of a control sequence that are looked at, in bytes.
const LONGEST_SEQUENCE: usize = 64;
/// The longest paste that is kept, in bytes.
const LONGEST_PASTE: usize = 1 << 20;
/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// After an escape.
    Escape,
    /// After `ESC [`: the bytes so far; those beyond the limit are left out.
    Sequence(Vec<u8>),
    /// After `ESC [ [`, the Linux console's function keys.
    Console,
    /// After `ESC O`.
    Shift3,
    /// After `ESC ]`, `ESC P` and their like: nothing of it yet, so perhaps Alt and that character.
    Introduced(u8),
    /// Inside the report that the first byte introduces, up to its end; after an escape perhaps at it.
    Report { introducer: u8, text: Vec<u8>, escape: bool },
    /// Inside a character of several bytes.
    Character { bytes: Vec<u8>, length: usize, alt: bool },
    /// Inside a paste, with so many bytes of its end seen.
    Paste { text: Vec<u8>, seen: usize },
}

/// Turns bytes into inputs.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
}

impl Decoder {
    /// Takes in bytes and adds what they say to `out`.
    pub(super) fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        for byte in bytes {
            self.byte(*byte, out);
        }
    }

    /// How long to wait for the rest before calling [`Decoder::silence`]; `None`: for ever.
    pub(super) fn patience(&self) -> Option<Duration> {
        match &self.state {
            State::Escape | State::Shift3 | State::Introduced(_) => Some(KEY),
            State::Sequence(bytes) if bytes.is_empty() => Some(KEY),
            State::Report { .. } => Some(REPORT),
            State::Paste { .. } => Some(PASTE),
            State::Ground | State::Sequence(_) | State::Console | State::Character { .. } => None,
        }
    }

    /// Says that no rest came: what there is stands for itself.
    pub(super) fn silence(&mut self, out: &mut Vec<Input>) {
        match std::mem::take(&mut self.state) {
            State::Escape => out.push(press(KeyCode::Esc, KeyModifiers::NONE)),
            State::Shift3 => out.push(character('O', true)),
            State::Sequence(bytes) if bytes.is_empty() => out.push(character('[', true)),
            State::Introduced(byte) => out.push(character(char::from(byte), true)),
            State::Paste { mut text, seen } => {
                extend(&mut text, PASTE_END.get(..seen).unwrap_or_default());
                out.push(pasted(&text));
            }
            State::Report { .. } => {}
            other @ (State::Ground | State::Sequence(_) | State::Console | State::Character { .. }) => {
                self.state = other;
            }
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.state = match std::mem::take(&mut self.state) {
            State::Ground => ground(byte, false, out),
            State::Escape => escape(byte, out),
            State::Sequence(bytes) => sequence(bytes, byte, out),
            State::Console => {
                out.extend(keys::console(byte));
                State::Ground
            }
            State::Shift3 if byte == ESCAPE => State::Escape,
            State::Shift3 => {
                out.extend(keys::shift3(byte));
                State::Ground
            }
            State::Introduced(introducer) => report(introducer, Vec::new(), false, byte, out),
            State::Report { introducer, text, escape } => report(introducer, text, escape, byte, out),
            State::Character { bytes, length, alt } => rest_of_character(bytes, length, alt, byte, out),
            State::Paste { text, seen } => paste(text, seen, byte, out),
        }
    }
}

/// A byte outside every sequence.
fn ground(byte: u8, alt: bool, out: &mut Vec<Input>) -> State {
    let length = match byte {
        ESCAPE => return State::Escape,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        0x80.. => {
            out.push(character(char::REPLACEMENT_CHARACTER, alt));
            return State::Ground;
        }
        0x20..=0x7e => {
            out.push(character(char::from(byte), alt));
            return State::Ground;
        }
        control => {
            out.push(keys::control(control, alt));
            return State::Ground;
        }
    };
    State::Character { bytes: vec![byte], length, alt }
}

fn escape(byte: u8, out: &mut Vec<Input>) -> State {
    match byte {
        b'[' => State::Sequence(Vec::new()),
        b'O' => State::Shift3,
        b']' | b'P' | b'X' | b'^' | b'_' => State::Introduced(byte),
        ESCAPE => {
            out.push(press(KeyCode::Esc, KeyModifiers::NONE));
            State::Escape
        }
        byte => ground(byte, true, out),
    }
}

/// BEL ends a report as well as `ESC \` does; CAN and SUB break it off.
fn report(introducer: u8, mut text: Vec<u8>, escape: bool, byte: u8, out: &mut Vec<Input>) -> State {
    match byte {
        0x18 | 0x1a => State::Ground,
        0x07 => {
            out.extend(reply::to_text(introducer, &text));
            State::Ground
        }
        b'\\' if escape => {
            out.extend(reply::to_text(introducer, &text));
            State::Ground
        }
        byte => {
            // What is too long is none of the answers that are understood.
            if byte != ESCAPE && text.len() <= LONGEST_SEQUENCE {
                text.push(byte);
            }
            State::Report { introducer, text, escape: byte == ESCAPE }
        }
    }
}

fn sequence(mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Input>) -> State {
    match byte {
        b'[' if bytes.is_empty() => State::Console,
        0x20..=0x3f => {
            if bytes.len() <= LONGEST_SEQUENCE {
                bytes.push(byte);
            }
            State::Sequence(bytes)
        }
        0x40..=0x7e if bytes.len() > LONGEST_SEQUENCE => State::Ground,
        0x40..=0x7e => match keys::sequence(&bytes, byte) {
            Sequence::PasteBegins => State::Paste { text: Vec::new(), seen: 0 },
            Sequence::Input(input) => {
                out.push(input);
                State::Ground
            }
            Sequence::Nothing => State::Ground,
        },
        // Broken off: the byte begins something new.
        byte => ground(byte, false, out),
    }
}

fn rest_of_character(mut bytes: Vec<u8>, length: usize, alt: bool, byte: u8, out: &mut Vec<Input>) -> State {
    if !matches!(byte, 0x80..=0xbf) {
        out.push(character(char::REPLACEMENT_CHARACTER, alt));
        return ground(byte, false, out);
    }
    bytes.push(byte);
    if bytes.len() < length {
        return State::Character { bytes, length, alt };
    }
    let read = str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
    let read = read.filter(|c| !c.is_control()).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.push(character(read, alt));
    State::Ground
}

fn paste(mut text: Vec<u8>, seen: usize, byte: u8, out: &mut Vec<Input>) -> State {
    if PASTE_END.get(seen) == Some(&byte) {
        if seen + 1 == PASTE_END.len() {
            out.push(pasted(&text));
            return State::Ground;
        }
        return State::Paste { text, seen: seen + 1 };
    }
    extend(&mut text, PASTE_END.get(..seen).unwrap_or_default());
    if byte == ESCAPE {
        return State::Paste { text, seen: 1 };
    }
    extend(&mut text, &[byte]);
    State::Paste { text, seen: 0 }
}

fn extend(text: &mut Vec<u8>, bytes: &[u8]) {
    let room = LONGEST_PASTE.saturating_sub(text.len());
    text.extend(bytes.iter().take(room));
}

fn pasted(text: &[u8]) -> Input {
    Input::Paste(String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n"))
}

fn press(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}

/// A typed character. Capitals carry the shift that made them.
fn character(c: char, alt: bool) -> Input {
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, c.is_uppercase());
    modifiers.set(KeyModifiers::ALT, alt);
    press(KeyCode::Char(c), modifiers)
}

#[cfg(test)]
mod tests;
