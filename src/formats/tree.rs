//! What a file holds before it is a chronology: values with their places in the file, the same for TOML and
//! JSON, so that every fault can point.

use std::ops::Range;

use super::{Fault, Position, Severity};

/// The deepest nesting that is read: beyond it a file is refused, since what walks it calls itself.
pub(crate) const MOST_NESTED: usize = 100;

/// A value and the bytes it stands in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Bytes of the text, without its byte order mark.
    pub at: Range<usize>,
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    /// A number as it is written, without underscores.
    Number(String),
    /// A text, or a date as its text.
    Text(String),
    List(Vec<Node>),
    Table(Vec<Member>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub key: String,
    pub key_at: Range<usize>,
    pub value: Node,
}

impl Node {
    /// The value of a key, in a table.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The members of a table; of anything else none.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Table(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; of anything else none.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The tables in the list under a key: those that a reader makes items of, in the same order.
    pub fn tables(&self, key: &str) -> Vec<&Self> {
        let items = self.get(key).map(Self::items).unwrap_or_default();
        items.iter().filter(|item| matches!(item.kind, Kind::Table(_))).collect()
    }

    /// The texts in the list under a key: those that a reader takes, in the same order.
    pub fn texts(&self, key: &str) -> Vec<&Self> {
        let items = self.get(key).map(Self::items).unwrap_or_default();
        items.iter().filter(|item| item.text().is_some()).collect()
    }

    /// A text, or a number as its text.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages: "a text", "a list".
    pub fn what(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }

    /// The value as JSON. Numbers that JSON's readers cannot hold stay as their text.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(text) => number(text).map_or_else(|| Value::from(text.as_str()), Value::Number),
            Kind::Text(text) => Value::from(text.as_str()),
            Kind::List(items) => items.iter().map(Self::to_json).collect(),
            Kind::Table(members) => Value::Object(
                members.iter().map(|member| (member.key.clone(), member.value.to_json())).collect(),
            ),
        }
    }
}

/// A number that keeps its value: whole numbers of 64 bits, or a finite fraction.
pub(crate) fn number(text: &str) -> Option<serde_json::Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    text.parse::<f64>().ok().and_then(serde_json::Number::from_f64)
}

/// Where the lines of a text begin, to tell line and column of a byte. A whole file may stand in one line, so
/// characters are counted beforehand.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters begin before every [`STEP`]th byte.
    counts: Vec<usize>,
    /// Bytes and lines of the file before the text.
    before: (u64, u32),
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

impl<'a> Lines<'a> {
    /// The lines of a text that starts after `before` bytes (a byte order mark).
    pub fn new(text: &'a str, before: u64) -> Self {
        Self::within(text, before, 0)
    }

    /// The lines of a text that starts after so many bytes and whole lines of its file.
    pub fn within(text: &'a str, bytes: u64, lines: u32) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let mut counts = vec![0];
        let mut count = 0;
        for part in text.as_bytes().chunks(STEP) {
            count += characters(part);
            counts.push(count);
        }
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), counts, before: (bytes, lines) }
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Line and column of a byte; one inside a character counts as that character.
    pub fn position(&self, offset: usize) -> Position {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at = at.saturating_sub(1);
        }
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let column = self.count(at).saturating_sub(self.count(start));
        Position {
            line: self.before.1 + line as u32 + 1,
            column: column as u32 + 1,
            offset: self.before.0 + at as u64,
        }
    }

    /// How many characters begin before a byte.
    fn count(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let part = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.counts.get(step).copied().unwrap_or_default() + characters(part)
    }

    /// A fault at a byte.
    pub fn fault(&self, severity: Severity, offset: usize, message: impl Into<String>) -> Fault {
        let Position { line, column, .. } = self.position(offset);
        Fault { severity, line, column, message: message.into(), hint: None }
    }

    /// The byte of the file where part `offset` of a text value stands: inside the value where it is written
    /// without escapes, else its start.
    pub fn within_text(&self, node: &Node, offset: usize) -> usize {
        let Kind::Text(value) = &node.kind else { return node.at.start };
        let raw = self.text.get(node.at.clone()).unwrap_or_default();
        let plain = raw.trim_matches(['"', '\'']) == value && raw.len() == value.len() + 2;
        if plain { node.at.start + 1 + offset } else { node.at.start }
    }
}

/// How many characters of UTF-8 begin in some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// The text of a file, without byte order mark, and how many bytes that mark had.
///
/// # Errors
/// A fault that points at the first byte that is not UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<(&str, u64), Box<Fault>> {
    let (bytes, mark) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, 3),
        None => (bytes, 0),
    };
    std::str::from_utf8(bytes).map(|text| (text, mark)).map_err(|error| {
        let (good, bad) = bytes.split_at(error.valid_up_to());
        let good = std::str::from_utf8(good).unwrap_or_default();
        let byte = bad.first().copied().unwrap_or_default();
        let message = format!("not UTF-8: byte 0x{byte:02X} at offset {}", mark + good.len() as u64);
        let fault = Lines::new(good, mark).fault(Severity::Error, good.len(), message);
        let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        Box::new(fault.hinting(if wide {
            "it looks like UTF-16: save it as UTF-8"
        } else {
            "save the file as UTF-8"
        }))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(lines: &Lines<'_>, offset: usize) -> (u32, u32) {
        let position = lines.position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let lines = Lines::new("aß\r\nبغداد x\n", 3);
        assert_eq!(place(&lines, 0), (1, 1));
        assert_eq!(place(&lines, 3), (1, 3));
        assert_eq!(place(&lines, 2), (1, 2));
        assert_eq!(place(&lines, 5), (2, 1));
        assert_eq!(place(&lines, 16), (2, 7));
        assert_eq!(place(&lines, 18), (3, 1));
        assert_eq!(place(&lines, 999), (3, 1));
        assert_eq!(lines.position(5).offset, 8);
    }

    proptest! {
        #[test]
        fn columns_are_those_counted_one_by_one(text in "([a-zß🙂\n]|بغ){0,3000}", at in any::<proptest::sample::Index>()) {
            let lines = Lines::new(&text, 0);
            let places: Vec<(usize, char)> = text.char_indices().collect();
            prop_assume!(!places.is_empty());
            let (offset, _) = places[at.index(places.len())];
            let before: Vec<char> = text.chars().take(at.index(places.len())).collect();
            let line = before.iter().filter(|c| **c == '\n').count() as u32 + 1;
            let column = before.iter().rev().take_while(|c| **c != '\n').count() as u32 + 1;
            prop_assert_eq!(place(&lines, offset), (line, column));
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_pointed_at() {
        let fault = decode(b"a = 1\nb = \"\xff\"").unwrap_err();
        assert_eq!((fault.line, fault.column), (2, 6));
        assert_eq!(fault.message, "not UTF-8: byte 0xFF at offset 11");
        assert_eq!(decode(b"\xef\xbb\xbfa").unwrap(), ("a", 3));
        let fault = decode(b"\xff\xfea\0").unwrap_err();
        assert_eq!(fault.hint.as_deref(), Some("it looks like UTF-16: save it as UTF-8"));
    }

    #[test]
    fn numbers_keep_their_value_or_stay_texts() {
        assert_eq!(number("3").map(|n| n.to_string()).as_deref(), Some("3"));
        assert_eq!(
            number("18446744073709551615").map(|n| n.to_string()).as_deref(),
            Some("18446744073709551615")
        );
        assert_eq!(number("18446744073709551616"), None);
        assert_eq!(number("33.30").map(|n| n.to_string()).as_deref(), Some("33.3"));
        assert_eq!(number("nan"), None);
    }
}
