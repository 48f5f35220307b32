//! Chronologies of every shape, with the texts that break things.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use serde_json::Value;

use crate::chronology::{
    Actor, Chronology, Document, Event, Extra, Link, Membership, Participation, Party, Place, Review, Source,
    Stance, Status,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z-]{1,8}",
        "[ -~]{0,12}",
        any::<String>(),
        Just(String::new()),
        Just("بغداد \u{202e}x\u{0}\u{1b}[31m".to_owned()),
        Just("two\nlines \"\"\" and ''' \\ end\"".to_owned()),
        Just("\r\n \t\u{feff}\u{e0041}\u{2028}".to_owned()),
        "(\"|\\\\|\n|'|a){0,8}",
    ]
}

fn some() -> impl Strategy<Value = Option<String>> {
    of(text())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn number() -> impl Strategy<Value = Option<f64>> {
    weighted(0.3, prop_oneof![-180.0..180.0f64, Just(-0.0), Just(1e300), Just(33.0), Just(5e-324)])
}

/// A value under a key that is not known. TOML has no null, and whole numbers of 63 bits.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(text(), inner, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Keys that are not known; none begins like one that is.
fn extra() -> impl Strategy<Value = Extra> {
    let key = text().prop_map(|text| format!("X{text}"));
    btree_map(key, value(), 0..2).prop_map(|map| map.into_iter().collect())
}

prop_compose! {
    fn document()(
        (id, title, extra) in (text(), text(), extra()),
        (publisher, published, path, url) in (some(), some(), some(), some()),
        (sha256, language, note) in (some(), some(), some()),
    ) -> Document {
        Document { id, title, publisher, published, path, url, sha256, language, note, extra }
    }
}

prop_compose! {
    fn party()(id in text(), name in text(), aliases in texts(), note in some(), extra in extra()) -> Party {
        Party { id, name, aliases, note, extra }
    }
}

prop_compose! {
    fn membership()(party in text(), during in some(), extra in extra()) -> Membership {
        Membership { party, during, extra }
    }
}

prop_compose! {
    fn actor()(
        (id, name, aliases, kind) in (text(), text(), texts(), some()),
        (party, part_of, note, extra) in (some(), some(), some(), extra()),
        memberships in vec(membership(), 0..2),
    ) -> Actor {
        Actor { id, name, aliases, kind, party, memberships, part_of, note, extra }
    }
}

prop_compose! {
    fn place()(
        (id, name, aliases) in (text(), text(), texts()),
        (lat, lon, note, extra) in (number(), number(), some(), extra()),
    ) -> Place {
        Place { id, name, aliases, lat, lon, note, extra }
    }
}

prop_compose! {
    fn source()(
        (document, quote, according_to) in (some(), some(), some()),
        (start, end) in (of(0..=i64::MAX as u64), of(0u64..9)),
        stance in of(proptest::sample::select(Stance::ALL)),
        (date, url, publisher, extra) in (some(), some(), some(), extra()),
    ) -> Source {
        Source { document, quote, start, end, according_to, stance, date, url, publisher, extra }
    }
}

fn participation() -> impl Strategy<Value = Participation> {
    (text(), some(), extra()).prop_map(|(id, role, extra)| Participation { id, role, extra })
}

fn link() -> impl Strategy<Value = Link> {
    (text(), text(), extra()).prop_map(|(event, relation, extra)| Link { event, relation, extra })
}

fn fields() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..3)
}

prop_compose! {
    fn event()(
        (id, date, date_text, date_basis) in (text(), some(), some(), some()),
        (title, summary, kind) in (text(), some(), some()),
        status in of(proptest::sample::select(Status::ALL)),
        review in of(proptest::sample::select(Review::ALL)),
        (actors, links, sources) in
            (vec(participation(), 0..3), vec(link(), 0..2), vec(source(), 0..3)),
        (parties, places, tags, fields) in (texts(), texts(), texts(), fields()),
        (lat, lon, confidence) in (number(), number(), number()),
        (note, confidence_basis, extra) in (some(), some(), extra()),
    ) -> Event {
        Event {
            id, date, date_text, date_basis, title, summary, kind, status, actors, parties, places, lat, lon,
            tags, fields, links, sources, note, review, confidence, confidence_basis, extra,
        }
    }
}

prop_compose! {
    pub(crate) fn chronology()(
        (title, summary, extra) in (text(), text(), extra()),
        documents in vec(document(), 0..2),
        parties in vec(party(), 0..2),
        actors in vec(actor(), 0..2),
        places in vec(place(), 0..2),
        events in vec(event(), 0..3),
    ) -> Chronology {
        Chronology { title, summary, documents, parties, actors, places, events, extra }
    }
}
