//! What follows from chronologies, on small ones.

use std::collections::HashMap;
use std::sync::Arc;

use super::{
    Actor, Chronology, Document, Entry, Event, Layer, LayerIndex, LayerInput, Membership, Participation,
    Party, Place, Resolved, Source, Stance, Status, resolve,
};
use crate::when::{Instant, Stretches, When};

fn layer(name: &str, chronology: Chronology) -> LayerInput {
    LayerInput { layer: Layer { name: name.into(), ..Layer::default() }, chronology, ..LayerInput::default() }
}

fn party(id: &str) -> Party {
    Party { id: id.into(), name: id.to_uppercase(), ..Party::default() }
}

fn actor(id: &str, name: &str) -> Actor {
    Actor { id: id.into(), name: name.into(), ..Actor::default() }
}

fn member(party: &str, during: &str) -> Membership {
    let during = (!during.is_empty()).then(|| during.into());
    Membership { party: party.into(), during, ..Membership::default() }
}

/// An event with a date (empty: none) and actors.
fn event(id: &str, date: &str, actors: &[&str]) -> Event {
    let part = |id: &&str| Participation { id: (*id).into(), ..Participation::default() };
    Event {
        id: id.into(),
        date: (!date.is_empty()).then(|| date.into()),
        actors: actors.iter().map(part).collect(),
        ..Event::default()
    }
}

fn claim(date: &str) -> Source {
    Source { date: Some(date.into()), ..Source::default() }
}

fn one(chronology: Chronology) -> Resolved {
    resolve(vec![layer("l", chronology)])
}

/// The ids of the parties of an event.
fn parties(resolved: &Resolved, id: &str) -> Vec<String> {
    let entry = resolved.event("", id).unwrap();
    entry.parties.iter().map(|party| resolved.catalogue.party(*party).id.clone()).collect()
}

fn only(chronology: Chronology) -> Arc<Entry> {
    one(chronology).entries.remove(0)
}

#[test]
fn an_actor_stands_on_the_parties_of_its_time() {
    let turncoat = Actor {
        memberships: vec![member("a", "../2014"), member("b", "2014/2017"), member("c", "2018/..")],
        ..actor("t", "T")
    };
    let resolved = one(Chronology {
        parties: vec![party("a"), party("b"), party("c"), party("own")],
        actors: vec![turncoat],
        events: vec![
            event("early", "2001-05", &["t"]),
            event("change", "2014", &["t"]),
            event("late", "2019", &["t"]),
            event("fuzzy", "[2016..2019]", &["t"]),
            event("gaps", "[2001,2019]", &["t"]),
            event("undated", "", &["t"]),
            Event {
                parties: vec!["own".into(), "c".into(), "nowhere".into()],
                ..event("own", "2019", &["t"])
            },
        ],
        ..Chronology::default()
    });
    assert_eq!(parties(&resolved, "early"), ["a"]);
    assert_eq!(parties(&resolved, "change"), ["a", "b"]);
    assert_eq!(parties(&resolved, "late"), ["c"]);
    assert_eq!(parties(&resolved, "fuzzy"), ["b", "c"]);
    assert_eq!(parties(&resolved, "gaps"), ["a", "c"], "it was certainly not in 2015");
    assert_eq!(parties(&resolved, "undated"), ["a", "b", "c"]);
    assert_eq!(parties(&resolved, "own"), ["c", "own"]);
    let entry = resolved.event("l", "late").unwrap();
    assert_eq!((entry.cast[0].role.as_str(), entry.cast[0].parties.len()), ("participant", 1));
}

#[test]
fn without_a_party_the_nearest_whole_gives_it() {
    let part = |id: &str, whole: &str| Actor { part_of: Some(whole.into()), ..actor(id, id) };
    let state = Actor {
        memberships: vec![member("old", "../2003"), member("new", "2004/..")],
        ..actor("state", "State")
    };
    let resolved = one(Chronology {
        parties: vec![party("old"), party("new"), party("rebels")],
        actors: vec![
            part("office", "ministry"),
            part("ministry", "state"),
            state,
            Actor { party: Some("rebels".into()), ..part("deserter", "ministry") },
            part("lost", "nowhere"),
        ],
        events: vec![event("e", "2010", &["office"]), event("d", "2010", &["deserter", "lost"])],
        ..Chronology::default()
    });
    assert_eq!(parties(&resolved, "e"), ["new"]);
    assert_eq!(parties(&resolved, "d"), ["rebels"]);
    let office = resolved.catalogue.actor_by_id("office").unwrap();
    let wholes: Vec<&str> = resolved
        .catalogue
        .actor(office)
        .wholes
        .iter()
        .map(|whole| resolved.catalogue.actor(*whole).actor.id.as_str())
        .collect();
    assert_eq!(wholes, ["ministry", "state"]);
}

#[test]
fn circles_end() {
    let part = |id: &str, whole: &str| Actor { part_of: Some(whole.into()), ..actor(id, id) };
    let actors = vec![part("a", "b"), part("b", "c"), part("c", "b"), part("self", "self")];
    let catalogue = one(Chronology { actors, ..Chronology::default() }).catalogue;
    let wholes = |id: &str| catalogue.actor(catalogue.actor_by_id(id).unwrap()).wholes.len();
    assert_eq!([wholes("a"), wholes("b"), wholes("c"), wholes("self")], [2, 1, 1, 0]);
}

#[test]
fn layers_share_names_but_not_events() {
    let first = Chronology {
        actors: vec![actor("iraq", "Iraq"), actor("iran", "Iran")],
        places: vec![Place { id: "b".into(), name: "Baghdad".into(), lat: Some(33.3), ..Place::default() }],
        documents: vec![Document { id: "d".into(), title: "One".into(), ..Document::default() }],
        events: vec![event("e", "2014", &["iraq"])],
        ..Chronology::default()
    };
    let second = Chronology {
        parties: vec![party("p")],
        actors: vec![
            Actor { party: Some("p".into()), aliases: vec!["Irak".into()], ..actor("IQ", "IRAQ") },
            Actor { kind: Some("state".into()), ..actor("iran", "Islamic Republic") },
        ],
        places: vec![Place {
            id: "bagdad".into(),
            name: "baghdad".into(),
            lat: Some(33.0),
            ..Place::default()
        }],
        documents: vec![Document { id: "d".into(), title: "Two".into(), ..Document::default() }],
        events: vec![
            Event { places: vec!["bagdad".into()], ..event("e", "2015", &["IQ", "iran"]) },
            event("f", "2016", &["iraq"]),
        ],
        ..Chronology::default()
    };
    let mut inputs = vec![layer("same", first), layer("same", second)];
    inputs[1].texts = HashMap::from([("d".to_owned(), Arc::from("text"))]);
    let resolved = resolve(inputs);
    let catalogue = &resolved.catalogue;
    assert_eq!(catalogue.layers[1].name, "same-2");
    assert_eq!(catalogue.actors.len(), 2);
    let iraq = catalogue.actor_by_id("iraq").unwrap();
    assert_eq!(catalogue.actor_by_id("IQ"), Some(iraq));
    assert_eq!(catalogue.actor(iraq).actor.aliases, ["Irak"]);
    assert_eq!(catalogue.places.len(), 1);
    assert_eq!(resolved.event("same", "e").unwrap().event.date.as_deref(), Some("2014"));
    assert_eq!(resolved.event("same-2", "e").unwrap().event.date.as_deref(), Some("2015"));
    assert_eq!(resolved.event("", "f").unwrap().layer, LayerIndex(1));
    assert!(resolved.event("same", "f").is_none());
    // What the second layer knows of Iraq holds for the events of the first too.
    assert_eq!(resolved.event("same", "e").unwrap().parties.len(), 1);
    let documents: Vec<_> = catalogue.documents.iter().map(|known| known.text.as_deref()).collect();
    assert_eq!(documents, [None, Some("text")]);
    insta::assert_snapshot!(resolved.remarks.join("\n"));
}

#[test]
fn two_people_of_one_name_in_one_layer_are_two() {
    let actors = vec![actor("ali-1", "Ali"), actor("ali-2", "Ali")];
    assert_eq!(one(Chronology { actors, ..Chronology::default() }).catalogue.actors.len(), 2);
}

#[test]
fn events_without_an_id_get_one_that_stays() {
    let events = || vec![event("", "2014", &[]), event("x", "2014", &[]), event("", "2014", &[])];
    let ids = |resolved: Resolved| -> Vec<String> {
        resolved.entries.iter().map(|entry| entry.event.id.clone()).collect()
    };
    let all = ids(one(Chronology { events: events(), ..Chronology::default() }));
    assert!(all[0].starts_with("x-") && all[0].len() == 14, "{all:?}");
    assert_eq!(all[1], "x");
    assert_eq!(all[2], format!("{}-2", all[0]));
    let mut fewer = events();
    fewer.remove(1);
    assert_eq!(ids(one(Chronology { events: fewer, ..Chronology::default() }))[0], all[0]);
}

#[test]
fn an_open_end_is_vouched_for_by_the_newest_document() {
    let document = |id: &str, published: &str| Document {
        id: id.into(),
        published: Some(published.into()),
        ..Document::default()
    };
    let source = |id: &str| Source { document: Some(id.into()), ..Source::default() };
    let entry = only(Chronology {
        documents: vec![document("a", "2024-01-27"), document("b", "2023"), document("c", "soon")],
        events: vec![Event {
            sources: vec![source("a"), source("b"), source("c"), source("a"), source("nowhere")],
            ..event("e", "2023-08/..", &[])
        }],
        ..Chronology::default()
    });
    assert_eq!(entry.as_of.as_ref().map(When::as_edtf), Some("2024-01-27"));
    assert_eq!(entry.documents.len(), 3);
    let hull = entry.bounds.as_ref().unwrap().hull;
    assert_eq!(hull.e0, When::parse("2024-01-27").unwrap().span().last);
    assert_eq!(hull.e1, Instant::FUTURE);
}

#[test]
fn without_a_date_the_claims_together_date_an_event() {
    let dated = |claims: &[&str]| {
        let sources = claims.iter().map(|date| claim(date)).collect();
        only(Chronology { events: vec![Event { sources, ..event("e", "", &[]) }], ..Chronology::default() })
    };
    let said = |claims: &[&str]| dated(claims).when.as_ref().map(|when| when.as_edtf().to_owned());
    assert_eq!(said(&[]), None);
    assert_eq!(said(&["nonsense"]), None);
    assert_eq!(said(&["2017", "2017"]).as_deref(), Some("2017"));
    assert_eq!(said(&["2019", "2017-03-01"]).as_deref(), Some("[2017-03-01,2019]"));
    assert_eq!(said(&["[2019,2020]", "2017"]).as_deref(), Some("[2017,2019,2020]"));
    assert_eq!(said(&["2014/2017", "2019"]).as_deref(), Some("[2014..2017,2019]"));
    assert_eq!(said(&["2014/..", "2012"]).as_deref(), Some("[2012,2014..]"));
    assert!(!dated(&["2017"]).contested);
    let entry = dated(&["2019", "2017"]);
    assert!(entry.contested);
    let bounds = entry.bounds.as_ref().unwrap();
    assert!(matches!(&bounds.stretches, Stretches::OneOf(parts) if parts.len() == 2));
    assert_eq!(bounds.hull.s0, When::parse("2017").unwrap().span().first);
    assert_eq!(bounds.hull.e1, When::parse("2019").unwrap().span().last);
    // It lasted from 2014 to 2017, or was a moment in 2019: it certainly began by the end of 2019.
    let bounds = dated(&["2014/2017", "2019"]).bounds.clone().unwrap();
    assert_eq!(bounds.hull.s1, When::parse("2019").unwrap().span().last);
}

#[test]
fn what_differs_is_contested() {
    let contested =
        |event: Event| only(Chronology { events: vec![event], ..Chronology::default() }).contested;
    let with = |sources| Event { sources, ..event("e", "2017", &[]) };
    assert!(!contested(with(vec![])));
    assert!(!contested(with(vec![claim("2017")])));
    assert!(contested(with(vec![claim("2018")])));
    assert!(contested(with(vec![Source { stance: Some(Stance::Denies), ..Source::default() }])));
    assert!(contested(Event { status: Some(Status::Disputed), ..event("e", "2017", &[]) }));
}

#[test]
fn every_text_of_an_event_is_searched() {
    let resolved = one(Chronology {
        parties: vec![party("p")],
        actors: vec![Actor { aliases: vec!["alias".into()], party: Some("p".into()), ..actor("a", "name") }],
        places: vec![Place { id: "b".into(), name: "place".into(), ..Place::default() }],
        events: vec![Event {
            title: "title".into(),
            summary: Some("summary".into()),
            note: Some("note".into()),
            tags: vec!["tag".into()],
            places: vec!["b".into()],
            fields: [("k".to_owned(), "field".to_owned())].into(),
            sources: vec![Source { quote: Some("quote".into()), ..Source::default() }],
            ..event("e", "", &["a"])
        }],
        ..Chronology::default()
    });
    let texts: Vec<(&str, &str)> =
        resolved.entries[0].texts(&resolved.catalogue).iter().map(|text| (text.part, text.text)).collect();
    assert_eq!(
        texts,
        [
            ("title", "title"),
            ("summary", "summary"),
            ("quote", "quote"),
            ("note", "note"),
            ("name", "name"),
            ("name", "alias"),
            ("name", "P"),
            ("name", "place"),
            ("tag", "tag"),
            ("field", "field"),
        ]
    );
}
