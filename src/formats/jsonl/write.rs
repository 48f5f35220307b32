//! Writing JSON Lines.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::super::json::text;
use super::super::select::Plan;
use super::super::{Loss, Selection, WriteOptions, wording};
use crate::chronology::{Catalogue, Entry, Event, Party, Source};
use crate::when::{Instant, words};

/// Writes one event a line: the event of the model with its date in words and as two instants, and the names
/// behind its ids.
///
/// # Errors
/// Those of writing, and of the store that the events come from.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let plan = Plan::new(selection, options)?;
    let catalogue = selection.catalogue;
    let several = catalogue.layers.len() > 1;
    let (mut actors, mut places) = (BTreeSet::new(), BTreeSet::new());
    selection.events.for_each(&mut |entry, _| {
        actors.extend(entry.cast.iter().map(|cast| cast.actor));
        places.extend(entry.places.iter().copied());
        let line = line(entry, &plan.event(entry), catalogue, several)?;
        writeln!(out, "{}", text(&line)?)
    })?;
    let mut losses = plan.losses();
    let more = actors.iter().map(|actor| &catalogue.actor(*actor).actor).filter(|actor| {
        let beside = (&actor.kind, &actor.part_of, &actor.note, &actor.aliases, &actor.extra);
        let bare = (&None, &None, &None, &Vec::new(), &Map::new());
        beside != bare || !actor.memberships.is_empty()
    });
    let somewhere = places.iter().filter(|place| catalogue.place(**place).lat.is_some());
    losses.extend(wording::losses([
        (more.count() as u64, ("actor kept only its id and name", "actors kept only their ids and names")),
        (
            somewhere.count() as u64,
            ("place kept only its name, not where it is", "places kept only their names, not where they are"),
        ),
    ]));
    Ok(losses)
}

fn line(
    entry: &Entry,
    event: &Event,
    catalogue: &Catalogue,
    several: bool,
) -> io::Result<Map<String, Value>> {
    let mut line = Map::new();
    let written = serde_json::to_value(event)?;
    let mut rest = match written {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    let mut keep = |line: &mut Map<String, Value>, key: &str| {
        if let Some(value) = rest.shift_remove(key) {
            line.insert(key.to_owned(), value);
        }
    };
    keep(&mut line, "id");
    if several {
        line.insert("layer".to_owned(), Value::from(catalogue.layer(entry.layer).name.as_str()));
    }
    keep(&mut line, "date");
    if let (Some(when), Some(bounds)) = (&entry.when, &entry.bounds) {
        line.insert("when".to_owned(), Value::from(words::write(when, entry.as_of.as_ref())));
        line.insert("earliest".to_owned(), instant(bounds.hull.s0));
        line.insert("latest".to_owned(), instant(bounds.hull.e1));
    }
    let party = |index| {
        let party: &Party = catalogue.party(index);
        Value::from(if party.name.is_empty() { party.id.as_str() } else { party.name.as_str() })
    };
    let parties: Value = entry.parties.iter().copied().map(party).collect();
    // Those of its actors among them, so that no other line and no other file is needed.
    rest.insert("parties".to_owned(), parties);
    for (key, value) in rest {
        let value = match key.as_str() {
            "actors" => actors(value, catalogue),
            "parties" if entry.parties.is_empty() => continue,
            "places" => event.places.iter().map(|id| place(id, catalogue)).collect(),
            "sources" => sources(value, &event.sources, entry, catalogue),
            _ => value,
        };
        line.entry(key).or_insert(value);
    }
    Ok(line)
}

/// The actors with their names between id and role.
fn actors(value: Value, catalogue: &Catalogue) -> Value {
    let Value::Array(actors) = value else { return value };
    let named = actors.into_iter().map(|actor| {
        let id = actor.get("id").and_then(Value::as_str).and_then(|id| catalogue.actor_by_id(id));
        let (Some(index), Value::Object(mut members)) = (id, actor.clone()) else { return actor };
        let mut named = Map::new();
        named.extend(members.shift_remove_entry("id"));
        named.insert("name".to_owned(), Value::from(catalogue.actor(index).actor.name.as_str()));
        named.extend(members);
        Value::Object(named)
    });
    named.collect()
}

fn place(id: &str, catalogue: &Catalogue) -> Value {
    let name = catalogue.place_by_id(id).map(|place| catalogue.place(place).name.as_str());
    Value::from(name.filter(|name| !name.is_empty()).unwrap_or(id))
}

/// The sources with what their documents say of themselves, and the names of those whose word it is.
fn sources(value: Value, sources: &[Source], entry: &Entry, catalogue: &Catalogue) -> Value {
    let Value::Array(values) = value else { return value };
    let named =
        values.into_iter().zip(sources).zip(&entry.event.sources).map(|((mut value, source), own)| {
            let document = own.document.as_deref().and_then(|id| catalogue.document_by_id(entry.layer, id));
            let voice = source.according_to.as_deref().and_then(|id| catalogue.actor_by_id(id));
            let Value::Object(members) = &mut value else { return value };
            let mut fill = |key: &str, text: Option<&str>| {
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    members.entry(key).or_insert_with(|| json!(text));
                }
            };
            fill("according_to_name", voice.map(|actor| catalogue.actor(actor).actor.name.as_str()));
            if let Some(document) = document.map(|document| &catalogue.document(document).document) {
                fill("document_title", Some(&document.title));
                fill("publisher", document.publisher.as_deref());
                fill("published", document.published.as_deref());
                fill("url", document.url.as_deref());
            }
            value
        });
    named.collect()
}

/// An instant as date and time in UTC (ISO 8601), null where it is infinite. A last instant of a second is
/// written as that second.
fn instant(instant: Instant) -> Value {
    let Some(civil) = instant.civil() else { return Value::Null };
    let year = if (0..=9999).contains(&civil.year) {
        format!("{:04}", civil.year)
    } else {
        format!("{:+05}", civil.year)
    };
    let fraction = match civil.nanos {
        0 | 999_999_999 => String::new(),
        nanos => format!(".{nanos:09}"),
    };
    let (month, day) = (civil.month, civil.day);
    let (hour, minute, second) = (civil.hour, civil.minute, civil.second);
    json!(format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}
