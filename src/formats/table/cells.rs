//! Where the records and cells of a table end.

use memchr::{memchr, memchr3};

/// The quotation mark.
pub(super) const QUOTE: u8 = b'"';

/// A record longer than this many bytes is left out.
pub const LONGEST_RECORD: usize = 16 << 20;

/// How cells stand beside one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether a cell that begins with a quotation mark goes on to the next single one (RFC 4180). Some programs
    /// write tables without any quoting.
    pub quoted: bool,
}

/// A cell: some bytes of its record, or of the texts that had to be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub start: u32,
    pub end: u32,
    pub state: State,
}

/// What has to be done with the bytes of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// They are its text.
    #[default]
    Plain,
    /// They have marks of quotation in them that are no part of its text.
    Quoted,
    /// They are its text, among those that had to be made.
    Made,
}

/// What was found of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The whole of it: so many bytes, and so many with what ends it.
    Whole { text: usize, length: usize },
    /// It goes on to the end of what there is, inside a quoted cell or not.
    Open { quoted: bool },
}

/// Finds the cells of the record that `bytes` begin with. A record ends with a line feed, a carriage return or
/// both, outside quotation marks, as `csv` and Python's module of that name have it. `last`: nothing comes after
/// these bytes, so that a record is whole without an end.
pub(super) fn split(bytes: &[u8], marks: Marks, last: bool, cells: &mut Vec<Cell>) -> Found {
    cells.clear();
    let mut start = 0;
    loop {
        let quoted = marks.quoted && bytes.get(start) == Some(&QUOTE);
        let (cell, end) =
            if quoted { quoted_cell(bytes, start, marks, last) } else { plain_cell(bytes, start, marks) };
        cells.push(cell);
        let Some(end) = end else {
            let open = quoted && cell.state == State::Quoted && !closed(bytes, start);
            if last && !open {
                return Found::Whole { text: bytes.len(), length: bytes.len() };
            }
            return Found::Open { quoted: open };
        };
        match bytes.get(end) {
            Some(b'\n') => return Found::Whole { text: end, length: end + 1 },
            Some(b'\r') => match bytes.get(end + 1) {
                Some(b'\n') => return Found::Whole { text: end, length: end + 2 },
                None if !last => return Found::Open { quoted: false },
                _ => return Found::Whole { text: end, length: end + 1 },
            },
            _ => start = end + 1,
        }
    }
}

/// Finds the line that `bytes` begin with. One of white space alone counts as empty.
pub(super) fn line(bytes: &[u8], last: bool) -> Found {
    let (text, length) = match memchr(b'\n', bytes) {
        Some(end) => (end, end + 1),
        None if last => (bytes.len(), bytes.len()),
        None => return Found::Open { quoted: false },
    };
    let line = bytes.get(..text).unwrap_or_default().trim_ascii_end();
    Found::Whole { text: if line.trim_ascii_start().is_empty() { 0 } else { line.len() }, length }
}

/// A cell without quotation marks, and where it ends.
fn plain_cell(bytes: &[u8], start: usize, marks: Marks) -> (Cell, Option<usize>) {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = memchr3(marks.delimiter, b'\n', b'\r', rest);
    let end = start + length.unwrap_or(rest.len());
    (Cell { start: start as u32, end: end as u32, state: State::Plain }, length.map(|_| end))
}

/// A cell that begins with a quotation mark, and where it ends. What stands behind its closing mark belongs to it.
fn quoted_cell(bytes: &[u8], start: usize, marks: Marks, last: bool) -> (Cell, Option<usize>) {
    let mut at = start + 1;
    let mut doubled = false;
    while let Some(found) = memchr(QUOTE, bytes.get(at..).unwrap_or_default()) {
        at += found + 1;
        match bytes.get(at) {
            Some(&QUOTE) => {
                doubled = true;
                at += 1;
            }
            None if !last => break,
            after => {
                let ends = after.is_none_or(|byte| *byte == marks.delimiter || matches!(byte, b'\n' | b'\r'));
                if ends && !doubled {
                    let cell = Cell { start: start as u32 + 1, end: at as u32 - 1, state: State::Plain };
                    return (cell, after.map(|_| at));
                }
                let (tail, end) = plain_cell(bytes, at, marks);
                return (Cell { start: start as u32, end: tail.end, state: State::Quoted }, end);
            }
        }
    }
    (Cell { start: start as u32, end: bytes.len() as u32, state: State::Quoted }, None)
}

/// Whether the quotation that begins at `start` is closed somewhere.
fn closed(bytes: &[u8], start: usize) -> bool {
    let mut rest = bytes.get(start + 1..).unwrap_or_default();
    while let Some(at) = memchr(QUOTE, rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        match rest.split_first() {
            Some((&QUOTE, after)) => rest = after,
            _ => return true,
        }
    }
    false
}

/// Adds the text of a cell that has quotation marks in it.
pub(super) fn unquote(cell: &str, text: &mut String) {
    let mut rest = cell.strip_prefix('"').unwrap_or(cell);
    while let Some((part, after)) = rest.split_once('"') {
        text.push_str(part);
        let Some(inside) = after.strip_prefix('"') else {
            // Closed: whatever follows is taken as it stands.
            rest = after;
            break;
        };
        text.push('"');
        rest = inside;
    }
    text.push_str(rest);
}

/// Finds the end of a record that is too long to be held, over any number of pieces.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Skip {
    /// At the beginning of a cell.
    #[default]
    Start,
    /// In a cell without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind a mark that closes, or is the first of two.
    Mark,
}

impl Skip {
    /// How many bytes of this piece belong to the record, with the line feed that ends it; `None`: all.
    pub fn over(&mut self, bytes: &[u8], marks: Marks) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            *self = match (*self, *byte) {
                (Self::Start, QUOTE) if marks.quoted => Self::Quoted,
                (Self::Quoted, QUOTE) => Self::Mark,
                (Self::Mark, QUOTE) | (Self::Quoted, _) => Self::Quoted,
                (_, b'\n') => return Some(at + 1),
                (_, byte) if byte == marks.delimiter => Self::Start,
                _ => Self::Plain,
            };
        }
        None
    }
}
