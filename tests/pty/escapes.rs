//! Which control sequences a program has written.

use std::collections::BTreeSet;

/// Everything in the output that is not plain text, each once, in the words of ECMA-48: `CSI 1;2 H` becomes
/// `CSI H`, but private modes keep their numbers. Characters that a terminal obeys or that turn the direction
/// of text count too.
pub fn sequences(raw: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(raw);
    let mut found = BTreeSet::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\x1b' {
            if c.is_control() || turns(c) || c == char::REPLACEMENT_CHARACTER {
                found.insert(format!("U+{:04X}", u32::from(c)));
            }
            continue;
        }
        match rest.next() {
            Some('[') => {
                let mut parameters = String::new();
                while let Some(c) = rest.next_if(|c| matches!(c, ' '..='?')) {
                    parameters.push(c);
                }
                let last = rest.next().unwrap_or('…');
                let shown =
                    if parameters.starts_with(['?', '>', '<', '=']) { parameters.as_str() } else { "" };
                found.insert(format!("CSI {shown}{last}"));
            }
            // What tmux is to pass on: its escapes are doubled.
            Some('P') => {
                let mut text = String::new();
                while let Some(c) = rest.next() {
                    match (c, rest.peek()) {
                        ('\x1b', Some('\x1b')) => text.extend(rest.next().map(|_| '␛')),
                        ('\x1b', _) => break,
                        _ => text.push(c),
                    }
                }
                rest.next();
                found.insert(format!("DCS {text}"));
            }
            Some(']') => {
                let mut text = String::new();
                while let Some(c) = rest.next_if(|c| !c.is_control()) {
                    text.push(c);
                }
                if rest.next() == Some('\x1b') {
                    rest.next();
                }
                let shown = text.split_inclusive(';').next().unwrap_or_default();
                found.insert(format!("OSC {}", if text == "11;?" { "11;?" } else { shown }));
            }
            Some(c) => {
                found.insert(format!("ESC {c}"));
            }
            None => {
                found.insert("ESC".into());
            }
        }
    }
    found
}

fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What the browser may write: the cursor's place, colours, clearing cells, rows and the screen, moving rows between
/// margins, its modes on and off, and its questions.
pub const ALLOWED: [&str; 26] = [
    "CSI A",
    "CSI B",
    "CSI C",
    "CSI D",
    "CSI H",
    "CSI J",
    "CSI K",
    "CSI L",
    "CSI M",
    "CSI X",
    "CSI m",
    "CSI r",
    "CSI ?1049h",
    "CSI ?1049l",
    "CSI ?1004h",
    "CSI ?1004l",
    "CSI ?2004h",
    "CSI ?2004l",
    "CSI ?2026h",
    "CSI ?2026l",
    "CSI ?25h",
    "CSI ?25l",
    "CSI ?u",
    "CSI c",
    "OSC 11;?",
    "DCS tmux;␛]11;?␛\\",
];

/// Those that the browser may not write.
pub fn foreign(raw: &[u8]) -> Vec<String> {
    sequences(raw).into_iter().filter(|sequence| !ALLOWED.contains(&sequence.as_str())).collect()
}

#[test]
fn sequences_are_told_apart() {
    let raw = "a\x1b[1;2H\x1b[?2026hé\x1b]0;x\x07\u{9b}\u{202e}\x1b[?1000h\r".as_bytes();
    let found: Vec<String> = sequences(raw).into_iter().collect();
    let expected = ["CSI ?1000h", "CSI ?2026h", "CSI H", "OSC 0;", "U+000D", "U+009B", "U+202E"];
    assert_eq!(found, expected);
    assert_eq!(foreign(b"\x1b[2J\x1b[38;5;1m\x1b[?25l"), Vec::<String>::new());
}
