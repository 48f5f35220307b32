//! The keys of a chronology and what each may hold: what a reader checks values against, so that one wrong
//! value is reported in its place and nothing else is lost.

use crate::chronology::{Review, Stance, Status};

/// What the value of a key may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A text; dates and numbers are taken as their text.
    Text,
    /// A list of texts.
    Texts,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// One of some words.
    Word(&'static [&'static str]),
    /// Texts by name.
    Fields,
    /// A list of tables.
    Tables(&'static Table),
}

/// A table and its keys.
#[derive(Debug)]
pub(crate) struct Table {
    /// What one is, for messages.
    pub name: &'static str,
    pub keys: &'static [(&'static str, Shape)],
}

impl Table {
    /// What may stand under a key.
    pub fn shape(&self, key: &str) -> Option<Shape> {
        self.keys.iter().find(|(known, _)| *known == key).map(|(_, shape)| *shape)
    }
}

use Shape::{Count, Fields, Number, Tables, Text, Texts, Word};

pub(crate) const CHRONOLOGY: Table = Table {
    name: "a chronology",
    keys: &[
        ("title", Text),
        ("summary", Text),
        ("documents", Tables(&DOCUMENT)),
        ("parties", Tables(&PARTY)),
        ("actors", Tables(&ACTOR)),
        ("places", Tables(&PLACE)),
        ("events", Tables(&EVENT)),
    ],
};

pub(crate) const DOCUMENT: Table = Table {
    name: "a document",
    keys: &[
        ("id", Text),
        ("title", Text),
        ("publisher", Text),
        ("published", Text),
        ("path", Text),
        ("url", Text),
        ("sha256", Text),
        ("language", Text),
        ("note", Text),
    ],
};

pub(crate) const PARTY: Table =
    Table { name: "a party", keys: &[("id", Text), ("name", Text), ("aliases", Texts), ("note", Text)] };

pub(crate) const ACTOR: Table = Table {
    name: "an actor",
    keys: &[
        ("id", Text),
        ("name", Text),
        ("aliases", Texts),
        ("kind", Text),
        ("party", Text),
        ("memberships", Tables(&MEMBERSHIP)),
        ("part_of", Text),
        ("note", Text),
    ],
};

pub(crate) const MEMBERSHIP: Table =
    Table { name: "a membership", keys: &[("party", Text), ("during", Text)] };

pub(crate) const PLACE: Table = Table {
    name: "a place",
    keys: &[
        ("id", Text),
        ("name", Text),
        ("aliases", Texts),
        ("lat", Number),
        ("lon", Number),
        ("note", Text),
    ],
};

pub(crate) const EVENT: Table = Table {
    name: "an event",
    keys: &[
        ("id", Text),
        ("date", Text),
        ("date_text", Text),
        ("date_basis", Text),
        ("title", Text),
        ("summary", Text),
        ("kind", Text),
        ("status", Word(Status::WORDS)),
        ("actors", Tables(&PARTICIPATION)),
        ("parties", Texts),
        ("places", Texts),
        ("lat", Number),
        ("lon", Number),
        ("tags", Texts),
        ("fields", Fields),
        ("links", Tables(&LINK)),
        ("sources", Tables(&SOURCE)),
        ("note", Text),
        ("review", Word(Review::WORDS)),
        ("confidence", Number),
        ("confidence_basis", Text),
    ],
};

pub(crate) const PARTICIPATION: Table =
    Table { name: "an actor of an event", keys: &[("id", Text), ("role", Text)] };

pub(crate) const LINK: Table = Table { name: "a link", keys: &[("event", Text), ("relation", Text)] };

pub(crate) const SOURCE: Table = Table {
    name: "a source",
    keys: &[
        ("document", Text),
        ("quote", Text),
        ("start", Count),
        ("end", Count),
        ("according_to", Text),
        ("stance", Word(Stance::WORDS)),
        ("date", Text),
        ("url", Text),
        ("publisher", Text),
    ],
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::chronology::{
        Actor, Chronology, Document, Event, Extra, Link, Membership, Participation, Party, Place, Source,
    };

    fn text() -> String {
        "x".into()
    }

    /// A chronology in which every key is filled.
    fn full() -> Chronology {
        let link = Link { event: "e".into(), relation: "follows".into(), extra: Extra::new() };
        let source = Source {
            document: Some(text()),
            quote: Some(text()),
            start: Some(0),
            end: Some(1),
            according_to: Some(text()),
            stance: Some(Stance::Says),
            date: Some(text()),
            url: Some(text()),
            publisher: Some(text()),
            extra: Extra::new(),
        };
        let event = Event {
            id: "e".into(),
            date: Some(text()),
            date_text: Some(text()),
            date_basis: Some(text()),
            title: "x".into(),
            summary: Some(text()),
            kind: Some(text()),
            status: Some(Status::Occurred),
            actors: vec![Participation { id: "a".into(), role: Some(text()), extra: Extra::new() }],
            parties: vec!["p".into()],
            places: vec!["b".into()],
            lat: Some(1.0),
            lon: Some(1.0),
            tags: vec!["t".into()],
            fields: BTreeMap::from([("n".into(), "1".into())]),
            links: vec![link],
            sources: vec![source],
            note: Some(text()),
            review: Some(Review::Accepted),
            confidence: Some(0.5),
            confidence_basis: Some(text()),
            extra: Extra::new(),
        };
        let aliases = vec!["y".to_owned()];
        let extra = Extra::new();
        Chronology {
            title: "x".into(),
            summary: "x".into(),
            documents: vec![Document {
                id: "d".into(),
                title: "x".into(),
                publisher: Some(text()),
                published: Some(text()),
                path: Some(text()),
                url: Some(text()),
                sha256: Some(text()),
                language: Some(text()),
                note: Some(text()),
                extra: extra.clone(),
            }],
            parties: vec![Party {
                id: "p".into(),
                name: "x".into(),
                aliases: aliases.clone(),
                note: Some(text()),
                extra: extra.clone(),
            }],
            actors: vec![Actor {
                id: "a".into(),
                name: "x".into(),
                aliases: aliases.clone(),
                kind: Some(text()),
                party: Some(text()),
                memberships: vec![Membership {
                    party: "p".into(),
                    during: Some(text()),
                    extra: extra.clone(),
                }],
                part_of: Some(text()),
                note: Some(text()),
                extra: extra.clone(),
            }],
            places: vec![Place {
                id: "b".into(),
                name: "x".into(),
                aliases,
                lat: Some(1.0),
                lon: Some(1.0),
                note: Some(text()),
                extra: extra.clone(),
            }],
            events: vec![event],
            extra,
        }
    }

    fn compare(table: &Table, value: &serde_json::Value) {
        let known: Vec<&str> = table.keys.iter().map(|(key, _)| *key).collect();
        let map = value.as_object().unwrap();
        let written: Vec<&str> = map.keys().map(String::as_str).collect();
        assert_eq!(known, written, "{}", table.name);
        for (key, shape) in table.keys {
            if let Tables(inner) = shape {
                compare(inner, &map[*key][0]);
            }
        }
    }

    #[test]
    fn the_shapes_are_those_of_the_model() {
        compare(&CHRONOLOGY, &serde_json::to_value(full()).unwrap());
    }
}
