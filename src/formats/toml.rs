//! TOML: a chronology for people (TOML v1.0.0; dates and whole numbers are read as their text).

use std::io::{self, BufRead};
use std::ops::Range;

use toml_edit::{Array, Document, Item, TableLike, Value};

use super::tree::{self, Kind, Lines, Member, Node};
use super::{Fault, Severity, Sink, build};

pub(crate) mod amend;
mod write;

pub use write::{chronology as to_string, write};

/// Reads a chronology.
///
/// # Errors
/// Only those of reading the bytes; whatever is wrong with them goes to the sink.
pub fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<()> {
    build::read(input, parse, sink)
}

/// The values of a TOML text with their places.
pub(crate) fn parse(lines: &Lines<'_>) -> Result<Node, Box<Fault>> {
    let text = lines.text();
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        let message = if message.is_empty() { "not TOML".to_owned() } else { format!("not TOML: {message}") };
        Box::new(lines.fault(Severity::Error, at, message))
    })?;
    let members = members(document.as_table(), text, 0).map_err(|at| {
        let message = format!("nested more than {} deep", tree::MOST_NESTED);
        Box::new(lines.fault(Severity::Error, at, message))
    })?;
    Ok(Node { at: 0..text.len(), kind: Kind::Table(members) })
}

/// The members of a table; the error is the byte where it is nested too deep.
fn members(table: &dyn TableLike, text: &str, depth: usize) -> Result<Vec<Member>, usize> {
    let mut members = Vec::new();
    for (key, item) in table.iter() {
        let key_at = table.key(key).and_then(toml_edit::Key::span).unwrap_or_default();
        if depth >= tree::MOST_NESTED {
            return Err(key_at.start);
        }
        let value = node(item, text, &key_at, depth + 1)?;
        members.push(Member { key: key.to_owned(), key_at, value });
    }
    // Dotted keys and headings out of order are joined by the parser; faults come in the order of the file.
    members.sort_by_key(|member| member.key_at.start);
    Ok(members)
}

fn node(item: &Item, text: &str, key_at: &Range<usize>, depth: usize) -> Result<Node, usize> {
    // A table made by dotted keys has no place of its own: it stands where its key does.
    let at = item.span().unwrap_or_else(|| key_at.clone());
    let kind = match item {
        Item::None => Kind::Null,
        Item::Value(value) => return self::value(value, text, at, depth),
        Item::Table(table) => Kind::Table(members(table, text, depth)?),
        Item::ArrayOfTables(tables) => {
            let one = |table: &toml_edit::Table| {
                let at = table.span().unwrap_or_else(|| at.clone());
                Ok(Node { at, kind: Kind::Table(members(table, text, depth + 1)?) })
            };
            Kind::List(tables.iter().map(one).collect::<Result<_, usize>>()?)
        }
    };
    Ok(Node { at, kind })
}

fn value(value: &Value, text: &str, at: Range<usize>, depth: usize) -> Result<Node, usize> {
    if depth >= tree::MOST_NESTED {
        return Err(at.start);
    }
    let kind = match value {
        Value::String(string) => Kind::Text(string.value().clone()),
        Value::Integer(whole) => Kind::Number(whole.value().to_string()),
        Value::Float(_) => {
            let raw = text.get(at.clone()).unwrap_or_default().trim();
            Kind::Number(raw.trim_start_matches('+').replace('_', ""))
        }
        Value::Boolean(truth) => Kind::Bool(*truth.value()),
        Value::Datetime(date) => Kind::Text(date.value().to_string()),
        Value::Array(array) => Kind::List(items(array, text, depth)?),
        Value::InlineTable(table) => Kind::Table(members(table, text, depth)?),
    };
    Ok(Node { at, kind })
}

fn items(array: &Array, text: &str, depth: usize) -> Result<Vec<Node>, usize> {
    array.iter().map(|item| value(item, text, item.span().unwrap_or_default(), depth + 1)).collect()
}
