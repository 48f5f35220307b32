//! Replacing a few bytes of a text and nothing else: how files that people write are changed.

use std::ops::Range;

use super::tree::{Kind, Node};

/// Bytes of a text with what takes their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Splice {
    /// The bytes, at character borders; empty where something is only put in.
    pub at: Range<usize>,
    /// What takes their place.
    pub with: String,
}

impl Splice {
    /// Puts something in.
    pub fn insert(at: usize, with: impl Into<String>) -> Self {
        Self { at: at..at, with: with.into() }
    }
}

/// The text with the bytes replaced; no two of the places overlap. What is put in at one place stays in its order.
pub(crate) fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.at.start, splice.at.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for splice in splices {
        out.push_str(text.get(done..splice.at.start).unwrap_or_default());
        out.push_str(&splice.with);
        done = splice.at.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// What ends the lines of a text.
pub(crate) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where the line begins that a byte stands on.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

/// Where the line ends that a byte stands on, before its line break.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The white space that a line begins with, where nothing else stands before a byte of it.
pub(crate) fn indent_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(line_start(text, at)..at)?;
    before.chars().all(char::is_whitespace).then_some(before)
}

/// Sets keys of a table: values that are there are replaced, others put behind the value of `beside`.
pub(crate) fn set(
    splices: &mut Vec<Splice>,
    text: &str,
    json: bool,
    table: &Node,
    beside: Option<&str>,
    values: &[(&str, String)],
) {
    let mut added = Vec::new();
    for (key, value) in values {
        match table.get(key) {
            Some(node) if text.get(node.at.clone()) == Some(value) => {}
            Some(node) if !matches!(node.kind, Kind::Table(_)) => {
                splices.push(Splice { at: node.at.clone(), with: value.clone() });
            }
            Some(_) => {}
            None => added.push((*key, value)),
        }
    }
    let Some(member) = beside.and_then(|key| table.members().iter().find(|member| member.key == key)) else {
        return;
    };
    if added.is_empty() {
        return;
    }
    // Members on lines of their own get neighbours on lines of their own.
    let indent = indent_before(text, member.key_at.start);
    let braces = text.get(table.at.clone()).is_some_and(|raw| raw.starts_with('{'));
    let line_break = line_break(text);
    let gap = match (braces, indent) {
        (true, Some(indent)) => format!(",{line_break}{indent}"),
        (true, None) => ", ".to_owned(),
        (false, indent) => format!("{line_break}{}", indent.unwrap_or_default()),
    };
    let written = added.iter().map(|(key, value)| {
        if json { format!("{gap}\"{key}\": {value}") } else { format!("{gap}{key} = {value}") }
    });
    // In a table of lines a comment may follow the value: new lines go behind the whole line.
    let end = member.value.at.end;
    let at = if braces { end } else { line_end(text, end) };
    splices.push(Splice::insert(at, written.collect::<String>()));
}
