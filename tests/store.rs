//! What every store promises, shown on columns with random events and random queries: they answer as the plain store
//! does, however the events are cut into segments.

mod support;

mod contract {
    pub mod plain;
}

#[allow(dead_code, reason = "the naive filter uses the rest of this")]
mod naive {
    pub mod query;
    pub mod world;
}

use std::collections::HashMap;
use std::sync::Arc;

use annals::chronology::resolve::{LayerInput, resolve};
use annals::chronology::{Layer, Resolved};
use annals::query::{Choice, Dimension, Filter};
use annals::store::{Columns, Count, Ctl, Direction, Key, Keys, Question, Row, Store};
use annals::when::{Bounds, Certainty, Instant};
use contract::plain::{self, Plain};
use naive::world::World;
use proptest::prelude::*;
use proptest::sample::Index;
use support::built_in;

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

/// What is asked of both stores beside the filter.
#[derive(Clone, Debug)]
struct Asked {
    /// Keys of events, and of none.
    keys: Vec<Index>,
    n: usize,
    /// Years.
    edges: Vec<i64>,
    dimension: Dimension,
    prefix: &'static str,
}

fn asked() -> impl Strategy<Value = Asked> {
    let years = prop_oneof![3 => 2017i64..2022, 1 => -13_900_000_000i64..10_100];
    (
        prop::collection::vec(any::<Index>(), 8),
        0usize..6,
        prop::collection::btree_set(years, 2..8),
        prop::sample::select(Dimension::ALL),
        prop::sample::select(&["", "a", "the", "L", "r"][..]),
    )
        .prop_map(|(keys, n, edges, dimension, prefix)| Asked {
            keys,
            n,
            edges: edges.into_iter().collect(),
            dimension,
            prefix,
        })
}

/// Keys of the plain store's events, those around them, and the ends.
fn some_keys(plain: &Plain, asked: &Asked) -> Vec<Key> {
    let ends = [Key::FIRST, Key::LAST, Key::LAST_DATED, Key::FIRST_UNDATED];
    let around = plain.rows.iter().flat_map(|(key, _)| {
        let beside = Key { tie: key.tie ^ 1, ..*key };
        [*key, *key, beside, Key { end: key.start, ..*key }]
    });
    let all: Vec<Key> = around.chain(ends).collect();
    asked.keys.iter().map(|index| *index.get(&all)).collect()
}

/// Two ranges, which may overlap, with events added and removed.
fn keys_of(some: &[Key]) -> Keys {
    let range = |a: Key, b: Key| (a.min(b), a.max(b));
    Keys {
        ranges: vec![range(some[0], some[1]), range(some[2], some[3])],
        added: some[4..6].iter().copied().collect(),
        removed: some[6..8].iter().copied().collect(),
    }
}

/// Everything that a store is asked, compared with the plain one.
fn compare(
    store: &dyn Store,
    plain: &Plain,
    question: &Question,
    asked: &Asked,
) -> Result<(), TestCaseError> {
    let ctl = Ctl::default();
    let query = &question.filter;
    let rows = plain.found(question);
    prop_assert_eq!(&scanned(store, question, &Keys::all()), &rows, "{}", query);
    let some = some_keys(plain, asked);
    let keys = keys_of(&some);
    let among: Vec<Row> = rows.iter().filter(|row| keys.contains(row.key)).cloned().collect();
    prop_assert_eq!(scanned(store, question, &keys), among, "{} {:?}", query, keys);
    for keys in [Keys::all(), keys, Keys::up_to(some[0], question.reverse)] {
        let count = store.count(question, &keys, &ctl).expect("counted");
        prop_assert_eq!(count.value, plain::count(&rows, &keys), "{} {:?}", query, keys);
        prop_assert!(count.done && count.exact);
    }
    for key in &some {
        for direction in [Direction::Forward, Direction::Backward] {
            let page = store.page(question, *key, direction, asked.n, &ctl).expect("a page").value;
            let expected = plain::page(&rows, *key, direction, question.reverse, asked.n);
            prop_assert_eq!(page, expected, "{} {:?} {:?}", query, key, direction);
        }
    }
    compare_sums(store, plain, question, (asked, &rows))
}

fn compare_sums(
    store: &dyn Store,
    plain: &Plain,
    question: &Question,
    (asked, rows): (&Asked, &[Row]),
) -> Result<(), TestCaseError> {
    let ctl = Ctl::default();
    let Asked { n, edges, dimension, prefix, .. } = asked;
    let edges: Vec<Instant> = edges.iter().map(|year| Instant::year_start(*year).expect("a year")).collect();
    let (whole, parts) =
        store.histogram(question, &edges, Some(*dimension), &ctl).expect("a histogram").value;
    prop_assert_eq!(whole, plain::histogram(rows.iter(), &edges), "{}", question.filter);
    let expected = plain::histograms(rows, &edges, *dimension, &plain.catalogue);
    prop_assert_eq!(parts, expected, "{} by {:?}", question.filter, dimension);
    for n in [*n, usize::MAX] {
        let facets = store.facets(question, *dimension, prefix, n, &ctl).expect("facets").value;
        let expected = plain.facets(question, *dimension, prefix, n);
        prop_assert_eq!(facets, expected, "{} {:?} {}", question.filter, dimension, prefix);
    }
    let mut dates: Vec<(Option<Bounds>, Certainty)> = Vec::new();
    let mut note = |bounds: Option<&Bounds>, certainty| dates.push((bounds.cloned(), certainty));
    store.dates(question, &mut note, &ctl).expect("dates");
    for row in rows {
        let found = dates.iter().position(|date| *date == (row.entry.bounds.clone(), row.certainty));
        prop_assert!(found.is_some(), "a date of {}", question.filter);
        found.map(|found| dates.swap_remove(found));
    }
    prop_assert_eq!(dates, []);
    Ok(())
}

fn resolved(world: &World) -> Resolved {
    let inputs = world.layers.iter().map(|(name, chronology)| LayerInput {
        layer: Layer { name: name.clone(), ..Layer::default() },
        chronology: chronology.clone(),
        texts: HashMap::new(),
    });
    resolve(inputs.collect())
}

proptest! {
    // Eight queries a world: 1200 queries over up to forty events each.
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_answer_as_the_plain_store_does(
        world in naive::world::world(20),
        queries in prop::collection::vec((naive::query::query(), any::<bool>(), asked()), 8),
        most in prop_oneof![1u32..12, Just(u32::MAX)],
    ) {
        let resolved = resolved(&world);
        let store = Columns::in_segments_of(most, resolved.clone(), String::new(), String::new());
        let plain = Plain::new(resolved);
        prop_assert_eq!(store.info().total, plain.rows.len() as u64);
        let noted = Arc::new(world.noted.clone());
        for (query, reverse, asked) in queries {
            let question = Question { noted: Arc::clone(&noted), ..question(&query.to_string(), reverse) };
            compare(&store, &plain, &question, &asked)?;
        }
    }
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
    let ctl = Ctl::default();
    for query in
        ["", "party:iran-aligned", "kind:statement since:2024", "in:2023-10", "actor:united-states@attacker"]
    {
        for reverse in [false, true] {
            let (store, question) = (built_in(), question(query, reverse));
            let rows = scanned(store.as_ref(), &question, &Keys::all());
            let count: Count = store.count(&question, &Keys::all(), &ctl).expect("counted").value;
            assert_eq!(count, plain::count(&rows, &Keys::all()));
            check_facets(store.as_ref(), &question);
        }
    }
}
