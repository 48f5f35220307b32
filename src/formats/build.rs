//! From values with places to a chronology: each value is checked against its shape, what does not fit is
//! reported and left out, and the rest is kept.

use std::io::{self, BufRead};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::shape::{self, Shape, Table};
use super::tree::{self, Kind, Lines, Member, Node};
use super::{Fault, Severity, Sink};
use crate::chronology::{Chronology, Event, Extra};
use crate::text::nearest::nearest;

/// Reads all there is, as a tree that `parse` makes of it, into a sink.
///
/// # Errors
/// Only those of reading the bytes; whatever is wrong with them goes to the sink.
pub(crate) fn read(
    input: &mut dyn BufRead,
    parse: impl FnOnce(&Lines<'_>) -> Result<Node, Box<Fault>>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let decoded = tree::decode(&bytes).map(|(text, mark)| Lines::new(text, mark));
    match decoded.and_then(|lines| Ok((parse(&lines)?, lines))) {
        Ok((root, lines)) => chronology(&root, &lines, sink),
        Err(fault) => sink.fault(*fault),
    }
    Ok(())
}

/// Pushes a whole chronology into a sink, names before events.
pub(crate) fn chronology(root: &Node, lines: &Lines<'_>, sink: &mut dyn Sink) {
    let Kind::Table(members) = &root.kind else {
        let message = format!("a chronology is a table of keys, this is {}", root.what());
        sink.fault(lines.fault(Severity::Error, root.at.start, message));
        return;
    };
    let lists = |key: &str| matches!(shape::CHRONOLOGY.shape(key), Some(Shape::Tables(_)));
    let (lists, head): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|member| lists(&member.key));
    let head = Value::Object(self::members(head.iter().copied(), &shape::CHRONOLOGY, lines, sink));
    // What does not fit was left out, so this cannot fail.
    let Chronology { title, summary, extra, .. } = serde_json::from_value(head).unwrap_or_default();
    sink.head(title, summary, extra);
    let mut seen: Vec<&str> = Vec::new();
    for member in &lists {
        if seen.contains(&member.key.as_str()) {
            repeated(member, lines, sink);
        }
        seen.push(&member.key);
    }
    let mut each = |key: &str, table: &Table, push: &mut dyn FnMut(&Node, &mut dyn Sink)| {
        let Some(member) = lists.iter().find(|member| member.key == key) else { return };
        for item in items(member, table, lines, sink) {
            push(item, sink);
        }
    };
    let at = |node: &Node| lines.position(node.at.start);
    each("documents", &shape::DOCUMENT, &mut |node, sink| {
        let item = item(node, &shape::DOCUMENT, lines, sink);
        sink.document(item, at(node));
    });
    each("parties", &shape::PARTY, &mut |node, sink| {
        let item = item(node, &shape::PARTY, lines, sink);
        sink.party(item, at(node));
    });
    each("actors", &shape::ACTOR, &mut |node, sink| {
        let item = item(node, &shape::ACTOR, lines, sink);
        sink.actor(item, at(node));
    });
    each("places", &shape::PLACE, &mut |node, sink| {
        let item = item(node, &shape::PLACE, lines, sink);
        sink.place(item, at(node));
    });
    each("events", &shape::EVENT, &mut |node, sink| {
        let item = event(node, lines, sink);
        sink.event(item, at(node));
    });
}

/// One event.
pub(crate) fn event(node: &Node, lines: &Lines<'_>, sink: &mut dyn Sink) -> Event {
    item(node, &shape::EVENT, lines, sink)
}

/// One table as its type.
fn item<T: DeserializeOwned + Default>(
    node: &Node,
    table: &Table,
    lines: &Lines<'_>,
    sink: &mut dyn Sink,
) -> T {
    let value = Value::Object(members(node.members().iter(), table, lines, sink));
    serde_path_to_error::deserialize(value).unwrap_or_else(|error| {
        // The shapes are meant to leave nothing to complain of; should they miss something, say so.
        sink.fault(lines.fault(Severity::Error, node.at.start, format!("cannot be read: {error}")));
        T::default()
    })
}

/// The members of a table that fit; those that are not known as they are.
fn members<'a>(
    members: impl Iterator<Item = &'a Member>,
    table: &Table,
    lines: &Lines<'_>,
    sink: &mut dyn Sink,
) -> Map<String, Value> {
    let mut map = Extra::new();
    for member in members {
        if map.contains_key(&member.key) {
            repeated(member, lines, sink);
            continue;
        }
        let value = if let Some(shape) = table.shape(&member.key) {
            value(member, shape, table, lines, sink)
        } else {
            unknown(member, table, lines, sink);
            Some(member.value.to_json())
        };
        if let Some(value) = value {
            map.insert(member.key.clone(), value);
        }
    }
    map
}

fn repeated(member: &Member, lines: &Lines<'_>, sink: &mut dyn Sink) {
    let message = format!("the key {} is repeated; the first one stands", member.key);
    sink.fault(lines.fault(Severity::Error, member.key_at.start, message));
}

fn unknown(member: &Member, table: &Table, lines: &Lines<'_>, sink: &mut dyn Sink) {
    let message = format!("{} is not a key of {}; it is kept as it is", member.key, table.name);
    let fault = lines.fault(Severity::Warning, member.key_at.start, message);
    sink.fault(match nearest(&member.key, table.keys.iter().map(|(key, _)| *key)) {
        Some(key) => fault.hinting(format!("did you mean {key}?")),
        None => fault,
    });
}

/// A value that fits; `None` where it does not, which is reported, or is null.
fn value(
    member: &Member,
    shape: Shape,
    table: &Table,
    lines: &Lines<'_>,
    sink: &mut dyn Sink,
) -> Option<Value> {
    let node = &member.value;
    let mut misfit = |node: &Node, wanted: &str| {
        let message = format!("{} of {} should be {wanted}, this is {}", member.key, table.name, node.what());
        sink.fault(lines.fault(Severity::Error, node.at.start, message));
    };
    match (shape, &node.kind) {
        (_, Kind::Null) => None,
        (Shape::Text, Kind::Text(text) | Kind::Number(text)) => Some(Value::from(text.as_str())),
        (Shape::Number, Kind::Number(text)) => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            if number.is_none() {
                misfit(node, "a finite number");
            }
            number.map(Value::from)
        }
        (Shape::Count, Kind::Number(text)) => {
            let count = text.parse::<u64>().ok();
            if count.is_none() {
                let message = format!("{} of {} should be a whole number from 0", member.key, table.name);
                sink.fault(lines.fault(Severity::Error, node.at.start, message));
            }
            count.map(Value::from)
        }
        (Shape::Word(words), Kind::Text(text)) => word(member, text, words, lines, sink),
        (Shape::Texts, Kind::List(items)) => Some(
            items
                .iter()
                .filter_map(|item| {
                    if item.text().is_none() {
                        misfit(item, "a list of texts");
                    }
                    item.text().map(Value::from)
                })
                .collect(),
        ),
        (Shape::Fields, Kind::Table(named)) => Some(Value::Object(fields(named, lines, sink))),
        (Shape::Tables(inner), Kind::List(_)) => Some(
            items(member, inner, lines, sink)
                .into_iter()
                .map(|item| Value::Object(members(item.members().iter(), inner, lines, sink)))
                .collect(),
        ),
        (shape, _) => {
            misfit(node, wanted(shape));
            None
        }
    }
}

fn wanted(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Word(_) => "a text",
        Shape::Texts => "a list of texts",
        Shape::Number => "a number",
        Shape::Count => "a whole number from 0",
        Shape::Fields => "a table of texts",
        Shape::Tables(_) => "a list of tables",
    }
}

/// The tables in a list; what is no table is reported.
fn items<'a>(member: &'a Member, table: &Table, lines: &Lines<'_>, sink: &mut dyn Sink) -> Vec<&'a Node> {
    if !matches!(member.value.kind, Kind::List(_) | Kind::Null) {
        let what = member.value.what();
        let message = format!("{} should be a list of tables, this is {what}", member.key);
        let hint = format!("write [[{}]] for {}", member.key, table.name);
        sink.fault(lines.fault(Severity::Error, member.value.at.start, message).hinting(hint));
    }
    let mut tables = Vec::new();
    for item in member.value.items() {
        if matches!(item.kind, Kind::Table(_)) {
            tables.push(item);
        } else {
            let message = format!("{} should be a table, this is {}", table.name, item.what());
            let fault = lines.fault(Severity::Error, item.at.start, message);
            let key = table.keys.first().map(|(key, _)| *key);
            sink.fault(match (item.text(), key) {
                (Some(text), Some(key)) => fault.hinting(format!("write {{ {key} = {text:?} }}")),
                _ => fault,
            });
        }
    }
    tables
}

fn word(
    member: &Member,
    text: &str,
    words: &[&str],
    lines: &Lines<'_>,
    sink: &mut dyn Sink,
) -> Option<Value> {
    if words.contains(&text) {
        return Some(Value::from(text));
    }
    let message = format!("{} is no {}; it is one of {}", quoted(text), member.key, words.join(", "));
    let fault = lines.fault(Severity::Error, member.value.at.start, message);
    sink.fault(match nearest(text, words.iter().copied()) {
        Some(nearest) => fault.hinting(format!("did you mean {nearest}?")),
        None => fault,
    });
    None
}

fn fields(members: &[Member], lines: &Lines<'_>, sink: &mut dyn Sink) -> Map<String, Value> {
    let mut map = Map::new();
    for member in members {
        let text = match &member.value.kind {
            Kind::Text(text) | Kind::Number(text) => text.clone(),
            Kind::Bool(value) => value.to_string(),
            Kind::Null => continue,
            Kind::List(_) | Kind::Table(_) => {
                let message =
                    format!("the field {} should be a text, this is {}", member.key, member.value.what());
                sink.fault(lines.fault(Severity::Error, member.value.at.start, message));
                continue;
            }
        };
        if map.contains_key(&member.key) {
            repeated(member, lines, sink);
        } else {
            map.insert(member.key.clone(), Value::from(text));
        }
    }
    map
}

/// A text in quotation marks for a message, cut where it is long.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return format!("“{text}”");
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("“{start}…”")
}
