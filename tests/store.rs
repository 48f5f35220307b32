//! What every store promises, shown on columns with random events and questions.

mod support;

use std::sync::Arc;

use annals::query::{Choice, Dimension, Filter};
use annals::store::{Ctl, Direction, Key, Keys, Question, Row, Store};
use annals::when::{Certainty, Instant};
use proptest::prelude::*;
use support::{built_in, chronology};

/// Dates of every kind: deep time, equal times, open and unknown ends, sets, doubt.
const DATES: &[&str] = &[
    "Y-138E8",
    "-0043-03-15",
    "1999",
    "2014",
    "2014~",
    "2014?",
    "2014/2017-39",
    "[2017-09..2017-12]",
    "2023-08",
    "2023-10-1X/..",
    "2014/",
    "/2014",
    "../1900",
    "[..2024-01-25]",
    "[2024-01-27..]",
    "2024-01-27",
    "2024-01-27",
    "2024-01-27T10:00",
    "{1667,1670..1672}",
    "[1667,2020]",
    "20XX",
    "2023-1X-05",
    "9999",
];

/// Queries over the events below.
const QUERIES: &[&str] = &[
    "",
    "party:north",
    "-party:north",
    "actor:a,b",
    "actor:a -kind:talks",
    "kind:talks or kind:attack",
    "in:2014",
    "since:2023 until:2024-01-26",
    "during:2014/2024",
    "not in:2014",
    "is:fuzzy",
    "is:undated",
    "in:2014 is:certain",
    "party:south in:20XX",
    "event",
];

fn document() -> impl Strategy<Value = String> {
    let event = (
        prop::option::weighted(0.9, prop::sample::select(DATES)),
        prop::sample::subsequence(vec!["a", "b", "c"], 0..=3),
        prop::option::of(prop::sample::select(vec!["talks", "attack", "statement"])),
    );
    proptest::collection::vec(event, 0..30).prop_map(|events| {
        let mut toml = String::from(
            "title = \"random\"\n[[parties]]\nid = \"north\"\n[[parties]]\nid = \"south\"\n\
             [[actors]]\nid = \"a\"\nparty = \"north\"\n[[actors]]\nid = \"b\"\nparty = \"south\"\n\
             [[actors]]\nid = \"c\"\npart_of = \"a\"\n",
        );
        for (number, (date, actors, kind)) in events.into_iter().enumerate() {
            toml.push_str(&format!("[[events]]\nid = \"e{number}\"\ntitle = \"event {number}\"\n"));
            if let Some(date) = date {
                toml.push_str(&format!("date = \"{date}\"\n"));
            }
            if let Some(kind) = kind {
                toml.push_str(&format!("kind = \"{kind}\"\n"));
            }
            let actors: Vec<String> = actors.iter().map(|id| format!("{{ id = \"{id}\" }}")).collect();
            toml.push_str(&format!("actors = [{}]\n", actors.join(", ")));
        }
        toml
    })
}

fn question(query: &str, reverse: bool) -> Question {
    let filter = Filter::parse(query, None).expect(query);
    Question { filter: Arc::new(filter), reverse, ..Question::default() }
}

fn scanned(store: &dyn Store, question: &Question, keys: &Keys) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut note = |row: &Row| {
        rows.push(row.clone());
        Ok(())
    };
    store.scan(question, keys, &mut note, &Ctl::default()).expect("scanned");
    rows
}

/// Everything that must agree with the scan.
fn check(store: &dyn Store, query: &str, reverse: bool) {
    let ctl = Ctl::default();
    let question = question(query, reverse);
    let rows = scanned(store, &question, &Keys::all());

    let dated = rows.iter().filter(|row| !row.key.undated).map(|row| row.key);
    let mut sorted: Vec<Key> = dated.clone().collect();
    sorted.sort_unstable();
    if reverse {
        sorted.reverse();
    }
    assert!(dated.eq(sorted), "order of {query:?}");
    let first_undated = rows.iter().position(|row| row.key.undated).unwrap_or(rows.len());
    assert!(rows[first_undated..].iter().all(|row| row.key.undated), "undated last in {query:?}");

    let count = store.count(&question, &Keys::all(), &ctl).expect("counted").value;
    let certain = rows.iter().filter(|row| row.certainty == Certainty::Certain).count() as u64;
    assert_eq!((count.certain, count.total()), (certain, rows.len() as u64), "count of {query:?}");

    check_pages(store, &question, &rows);
    check_histogram(store, &question, rows.len() as u64);
    check_facets(store, &question);
}

fn check_pages(store: &dyn Store, question: &Question, rows: &[Row]) {
    let ctl = Ctl::default();
    for (place, row) in rows.iter().enumerate() {
        let on = store.page(question, row.key, Direction::Forward, 4, &ctl).expect("a page").value;
        assert_eq!(on, rows[place..rows.len().min(place + 4)], "forward from {place}");
        let back = store.page(question, row.key, Direction::Backward, 4, &ctl).expect("a page").value;
        let expected: Vec<Row> = rows[place.saturating_sub(4)..place].iter().rev().cloned().collect();
        assert_eq!(back, expected, "backward from {place}");
    }
}

fn check_histogram(store: &dyn Store, question: &Question, total: u64) {
    let edges: Vec<Instant> =
        [1667, 1900, 2014, 2015, 2024].map(|year| Instant::midnight(year, 1, 1).expect("a day")).into();
    let (whole, _) = store.histogram(question, &edges, None, &Ctl::default()).expect("counted").value;
    let parts = [whole.unbounded, whole.before, whole.after, whole.undated];
    let sum: u64 = parts.iter().chain(&whole.buckets).map(|count| count.total()).sum();
    assert_eq!(sum, total, "buckets add up");
}

/// A facet's count is the count of the filter with that value asked for.
fn check_facets(store: &dyn Store, question: &Question) {
    let ctl = Ctl::default();
    for dimension in [Dimension::Party, Dimension::Actor, Dimension::Kind] {
        for facet in store.facets(question, dimension, "", 50, &ctl).expect("facets").value {
            let filter = question.filter.without_dimension(dimension).with_choice(
                dimension,
                &facet.value,
                Choice::Only,
            );
            let asked = Question { filter: Arc::new(filter), ..question.clone() };
            let count = store.count(&asked, &Keys::all(), &ctl).expect("counted").value;
            assert_eq!(facet.count, count, "{dimension:?} {} under {}", facet.value, question.filter);
        }
    }
}

#[test]
fn the_built_in_chronology_keeps_the_promises() {
    for query in
        ["", "party:iran-aligned", "kind:statement since:2024", "in:2023-10", "actor:united-states@attacker"]
    {
        for reverse in [false, true] {
            check(built_in().as_ref(), query, reverse);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_events_and_questions_keep_the_promises(
        document in document(),
        queries in proptest::collection::vec((prop::sample::select(QUERIES), any::<bool>()), 1..6),
    ) {
        let store = chronology(&document);
        for (query, reverse) in queries {
            check(store.as_ref(), query, reverse);
        }
    }
}
