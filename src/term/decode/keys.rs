//! Which key a control sequence stands for.

use crossterm::event::{KeyCode, KeyEventKind, KeyModifiers};

use super::{Input, character, mouse, press, reply};

/// What a control sequence says.
pub(super) enum Sequence {
    /// A paste follows.
    PasteBegins,
    /// This.
    Input(Input),
    /// Nothing that concerns us: a report, a release, an unknown key.
    Nothing,
}

/// The keys below the space and delete. Ctrl-H is Backspace: that is what sends it.
pub(super) fn control(byte: u8, alt: bool) -> Input {
    let alt = if alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
    match byte {
        0x00 => press(KeyCode::Char(' '), KeyModifiers::CONTROL | alt),
        0x08 | 0x7f => press(KeyCode::Backspace, alt),
        b'\t' => press(KeyCode::Tab, alt),
        b'\r' => press(KeyCode::Enter, alt),
        0x01..=0x1a => press(KeyCode::Char(char::from(byte + 0x60)), KeyModifiers::CONTROL | alt),
        // Ctrl and \ ] ^ _, which terminals also send for Ctrl and 4 5 6 7.
        byte => press(KeyCode::Char(char::from((byte & 0x1f) + 0x18)), KeyModifiers::CONTROL | alt),
    }
}

/// After `ESC O`.
pub(super) fn shift3(byte: u8) -> Option<Input> {
    let code = match byte {
        b'M' => KeyCode::Enter,
        byte => letter(byte)?,
    };
    Some(press(code, KeyModifiers::NONE))
}

/// After `ESC [ [`.
pub(super) fn console(byte: u8) -> Option<Input> {
    matches!(byte, b'A'..=b'E').then(|| press(KeyCode::F(byte - b'A' + 1), KeyModifiers::NONE))
}

/// After `ESC [`: parameters (with intermediates), and the last byte.
pub(super) fn sequence(parameters: &[u8], last: u8) -> Sequence {
    if let Some(reply) = reply::to_sequence(parameters, last) {
        return Sequence::Input(Input::Report(reply));
    }
    if let Some(event) = mouse::read(parameters, last) {
        return Sequence::Input(Input::Mouse(event));
    }
    let Some(Parameters { first, modifiers, kind, third }) = Parameters::read(parameters) else {
        return Sequence::Nothing;
    };
    if kind == KeyEventKind::Release {
        return Sequence::Nothing;
    }
    let code = match last {
        b'I' if parameters.is_empty() => return Sequence::Input(Input::Focus(true)),
        b'O' if parameters.is_empty() => return Sequence::Input(Input::Focus(false)),
        b'Z' => return Sequence::Input(press(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        b'~' => match first {
            200 => return Sequence::PasteBegins,
            27 => return coded(third, modifiers),
            number => numbered(number),
        },
        b'u' => return coded(first, modifiers),
        // With another first parameter than 1 this is a report of the cursor's place.
        b'R' if first > 1 => None,
        last => letter(last),
    };
    code.map_or(Sequence::Nothing, |code| Sequence::Input(press(code, modifiers)))
}

/// `first ; 1 + modifiers : kind ; third`, each of them optional.
struct Parameters {
    first: u32,
    modifiers: KeyModifiers,
    kind: KeyEventKind,
    third: u32,
}

impl Parameters {
    /// `None` where these are no parameters of a key.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut all = bytes.split(|byte| *byte == b';').map(|group| group.split(|byte| *byte == b':'));
        let first = number(all.next()?.next())?;
        let mut second = all.next();
        let bits = number(second.as_mut().and_then(Iterator::next))?;
        let kind = match number(second.as_mut().and_then(Iterator::next))? {
            2 => KeyEventKind::Repeat,
            3 => KeyEventKind::Release,
            _ => KeyEventKind::Press,
        };
        let third = number(all.next().as_mut().and_then(Iterator::next))?;
        Some(Self { first, modifiers: modifiers(bits.saturating_sub(1)), kind, third })
    }
}

/// A parameter that is absent or empty counts as 0; one with other characters than digits as none.
pub(super) fn number(digits: Option<&[u8]>) -> Option<u32> {
    digits.unwrap_or_default().iter().try_fold(0_u32, |value, byte| {
        let digit = char::from(*byte).to_digit(10)?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

fn modifiers(bits: u32) -> KeyModifiers {
    let names = [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ];
    (0..).zip(names).filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| name).collect()
}

fn letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The numbers of the function keys have gaps after F5, F10, F14, F16.
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23..=26 => KeyCode::F(number as u8 - 12),
        28 | 29 => KeyCode::F(number as u8 - 13),
        31..=34 => KeyCode::F(number as u8 - 14),
        _ => return None,
    })
}

/// A key told by its Unicode number, as xterm (`modifyOtherKeys`) and Kitty do.
fn coded(number: u32, modifiers: KeyModifiers) -> Sequence {
    let code = match number {
        9 if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        // Kitty's keys without a character, most of them keys that only modify others.
        57344..=63743 => return Sequence::Nothing,
        number => match char::from_u32(number) {
            Some(c) if !c.is_control() => return typed(c, modifiers),
            _ => return Sequence::Nothing,
        },
    };
    Sequence::Input(press(code, modifiers))
}

/// A character with modifiers. The number is that of the key without shift.
fn typed(c: char, modifiers: KeyModifiers) -> Sequence {
    let plain = modifiers - KeyModifiers::SHIFT;
    let mut upper = c.to_uppercase();
    let c = match (modifiers.contains(KeyModifiers::SHIFT), upper.next(), upper.next()) {
        (true, Some(capital), None) => capital,
        _ => c,
    };
    let Input::Key(mut key) = character(c, false) else { return Sequence::Nothing };
    key.modifiers |= plain;
    Sequence::Input(Input::Key(key))
}
