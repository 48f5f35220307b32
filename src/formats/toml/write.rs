//! Writing TOML for people: one table after another, long values over several lines.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::json::is_hidden;
use super::super::select::Plan;
use super::super::{Loss, Selection, WriteOptions};
use crate::chronology::Chronology;

/// Columns that a list may take before its items get lines of their own.
const WIDTH: usize = 100;

/// Writes a chronology for people. A filtered selection keeps the names that its events need.
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
    let mut toml = Toml { out, nulls: 0, texts: 0 };
    let mut head = Chronology {
        title: selection.title.to_owned(),
        summary: selection.summary.to_owned(),
        ..Chronology::default()
    };
    for (key, value) in selection.catalogue.layers.iter().flat_map(|layer| &layer.extra) {
        head.extra.entry(key.as_str()).or_insert_with(|| value.clone());
    }
    toml.head(&head)?;
    plan.documents().try_for_each(|document| toml.table("documents", &document))?;
    plan.parties().try_for_each(|party| toml.table("parties", &party))?;
    plan.actors().try_for_each(|actor| toml.table("actors", &actor))?;
    plan.places().try_for_each(|place| toml.table("places", &place))?;
    selection.events.for_each(&mut |entry, _| toml.table("events", &plan.event(entry)))?;
    let mut losses = plan.losses();
    let (nulls, texts) = (toml.nulls, toml.texts);
    let mut lost = |count, what: &str| {
        if count > 0 {
            losses.push(Loss { count, what: what.to_owned() });
        }
    };
    lost(nulls, "empty values (null), which TOML has not, were left out");
    lost(texts, "numbers too large for TOML became texts");
    Ok(losses)
}

/// A chronology as TOML, as it is. What TOML has not (null) is left out.
///
/// # Errors
/// None in practice: writing to memory does not fail.
pub fn chronology(chronology: &Chronology) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut toml = Toml { out: &mut bytes, nulls: 0, texts: 0 };
    toml.head(chronology)?;
    chronology.documents.iter().try_for_each(|item| toml.table("documents", item))?;
    chronology.parties.iter().try_for_each(|item| toml.table("parties", item))?;
    chronology.actors.iter().try_for_each(|item| toml.table("actors", item))?;
    chronology.places.iter().try_for_each(|item| toml.table("places", item))?;
    chronology.events.iter().try_for_each(|item| toml.table("events", item))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The lines of a table, without its heading, with this behind each. What TOML has not is left out.
pub(super) fn lines(members: &Map<String, Value>, line_break: &str) -> String {
    let mut text = String::new();
    for (name, value) in members {
        let written = match value {
            Value::Null => continue,
            // The line breaks of a text over several lines would be those of the file.
            Value::String(text) if text.contains('\n') && line_break == "\n" => long(text),
            value => member(name, value).replace('\n', line_break),
        };
        text.push_str(&format!("{} = {written}{line_break}", key(name)));
    }
    text
}

/// A value on one line.
pub(super) fn inline(value: &Value) -> String {
    Toml { out: &mut io::sink(), nulls: 0, texts: 0 }.inline(value).unwrap_or_default()
}

/// A value as it stands behind its key in a table of lines: a long list over several of them.
pub(super) fn member(name: &str, value: &Value) -> String {
    match value {
        Value::Array(items) => Toml { out: &mut io::sink(), nulls: 0, texts: 0 }.list(name, items),
        value => inline(value),
    }
}

struct Toml<'a> {
    out: &'a mut dyn Write,
    /// Values left out since TOML has no null.
    nulls: u64,
    /// Numbers written as texts.
    texts: u64,
}

impl Toml<'_> {
    /// Title, summary and keys not known, before the first table.
    fn head(&mut self, chronology: &Chronology) -> io::Result<()> {
        let head = Chronology {
            title: chronology.title.clone(),
            summary: chronology.summary.clone(),
            extra: chronology.extra.clone(),
            ..Chronology::default()
        };
        self.members(&head)
    }

    fn table(&mut self, name: &str, item: &impl Serialize) -> io::Result<()> {
        writeln!(self.out, "\n[[{name}]]")?;
        self.members(item)
    }

    fn members(&mut self, item: &impl Serialize) -> io::Result<()> {
        let Value::Object(members) = serde_json::to_value(item)? else { return Ok(()) };
        for (name, value) in &members {
            match value {
                Value::String(text) if text.trim_end().contains('\n') => {
                    writeln!(self.out, "{} = {}", key(name), long(text))?;
                }
                Value::Array(items) => {
                    let list = self.list(name, items);
                    writeln!(self.out, "{} = {list}", key(name))?;
                }
                value => {
                    if let Some(value) = self.inline(value) {
                        writeln!(self.out, "{} = {value}", key(name))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A list, on one line where it fits. Sources always get lines of their own: they are what one reads.
    fn list(&mut self, name: &str, items: &[Value]) -> String {
        let items: Vec<String> = items.iter().filter_map(|item| self.inline(item)).collect();
        let width: usize = items.iter().map(|item| item.chars().count() + 2).sum();
        if items.is_empty() || (width + name.chars().count() < WIDTH && name != "sources") {
            return format!("[{}]", items.join(", "));
        }
        format!("[\n  {},\n]", items.join(",\n  "))
    }

    /// A value on one line; nothing for null.
    fn inline(&mut self, value: &Value) -> Option<String> {
        Some(match value {
            Value::Null => {
                self.nulls += 1;
                return None;
            }
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) if number.as_u64().is_some_and(|whole| i64::try_from(whole).is_err()) => {
                self.texts += 1;
                basic(&number.to_string())
            }
            Value::Number(number) => number.to_string(),
            Value::String(text) => basic(text),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(|item| self.inline(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(members) => self.inline_table(members),
        })
    }

    fn inline_table(&mut self, members: &Map<String, Value>) -> String {
        let members: Vec<String> = members
            .iter()
            .filter_map(|(name, value)| Some(format!("{} = {}", key(name), self.inline(value)?)))
            .collect();
        if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) }
    }
}

/// A key, bare where TOML allows.
pub(super) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { basic(name) }
}

/// A text in quotation marks, on one line.
fn basic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => plain(c, &mut out),
        }
    }
    out.push('"');
    out
}

/// A text in three quotation marks, with its own lines.
fn long(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // Three of them would end the text, and so would one more before its end.
            '"' if matches!(rest.peek(), Some('"') | None) => out.push_str("\\\""),
            '"' | '\n' | '\t' => out.push(c),
            c => plain(c, &mut out),
        }
    }
    out.push_str("\"\"\"");
    out
}

fn plain(c: char, out: &mut String) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\r' => out.push_str("\\r"),
        c if c.is_control() || is_hidden(c) => {
            // Writing to a string cannot fail.
            let _ = match u32::from(c) {
                number @ ..=0xffff => write!(out, "\\u{number:04X}"),
                number => write!(out, "\\U{number:08X}"),
            };
        }
        c => out.push(c),
    }
}
