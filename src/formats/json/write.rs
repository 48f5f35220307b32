//! Writing JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::select::Plan;
use super::super::{Loss, Selection, WriteOptions};
use crate::chronology::Chronology;
use crate::text::safe;

/// Writes the whole model: what `annals` reads again. A filtered selection keeps the names that its events
/// need.
///
/// # Errors
/// Those of writing, and of the store that the events come from.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    selection.events.passes(2);
    let plan = Plan::new(selection, options)?;
    let mut head = Map::new();
    for (key, text) in [("title", selection.title), ("summary", selection.summary)] {
        if !text.is_empty() {
            head.insert(key.to_owned(), Value::from(text));
        }
    }
    for layer in &selection.catalogue.layers {
        for (key, value) in &layer.extra {
            head.entry(key.as_str()).or_insert_with(|| value.clone());
        }
    }
    writeln!(out, "{{")?;
    for (key, value) in &head {
        writeln!(out, "  {}: {},", text(key)?, indented(value, 2)?)?;
    }
    list(out, "documents", plan.documents())?;
    list(out, "parties", plan.parties())?;
    list(out, "actors", plan.actors())?;
    list(out, "places", plan.places())?;
    write!(out, "  \"events\": [")?;
    let mut first = true;
    selection.events.for_each(&mut |entry, _| {
        let comma = if first { "" } else { "," };
        first = false;
        write!(out, "{comma}\n    {}", indented(&plan.event(entry), 4)?)
    })?;
    writeln!(out, "{}]", if first { "" } else { "\n  " })?;
    writeln!(out, "}}")?;
    Ok(plan.losses())
}

/// A chronology as JSON, as it is.
///
/// # Errors
/// None in practice: the model has nothing that JSON cannot hold.
pub fn chronology(chronology: &Chronology) -> io::Result<String> {
    let mut text = pretty(chronology)?;
    text.push('\n');
    Ok(text)
}

/// A list of the head, where it is not empty.
fn list<T: Serialize>(out: &mut dyn Write, key: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
    let mut first = true;
    for item in items {
        if first {
            write!(out, "  \"{key}\": [")?;
        }
        write!(out, "{}\n    {}", if first { "" } else { "," }, indented(&item, 4)?)?;
        first = false;
    }
    if first { Ok(()) } else { writeln!(out, "\n  ],") }
}

/// A value over several lines, those after the first moved to the right.
fn indented(value: &impl Serialize, spaces: usize) -> io::Result<String> {
    Ok(pretty(value)?.replace('\n', &format!("\n{}", " ".repeat(spaces))))
}

fn pretty(value: &impl Serialize) -> io::Result<String> {
    Ok(visible(&serde_json::to_string_pretty(value)?))
}

/// A text or value on one line.
fn text(value: &(impl Serialize + ?Sized)) -> io::Result<String> {
    Ok(visible(&serde_json::to_string(value)?))
}

/// JSON in which characters that nobody sees, or that turn the direction of writing, are escaped. Outside of
/// texts JSON has none of them, so the whole can be gone through.
fn visible(json: &str) -> String {
    if !json.chars().any(is_hidden) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Does the same to the JSON that begins at `start`.
pub(crate) fn make_visible(json: &mut Vec<u8>, start: usize) {
    let written = json.get(start..).unwrap_or_default();
    // Plain text, which most is, is told in one go.
    if written.is_ascii() && memchr::memchr(0x7f, written).is_none() {
        return;
    }
    if let Ok(text) = std::str::from_utf8(written)
        && text.chars().any(is_hidden)
    {
        let visible = visible(text);
        json.truncate(start);
        json.extend_from_slice(visible.as_bytes());
    }
}

/// Whether a character is written as an escape: control characters (those of ASCII that JSON escapes by itself
/// do not occur any more), marks of direction, and others that nobody sees.
pub(crate) fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n') || safe::is_hidden(c)
}
