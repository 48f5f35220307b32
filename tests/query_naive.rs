//! The naive filter: what a query means, written down as plainly as can be and without regard to speed. It
//! defines the truth that the real one and the store are compared with, over random events and random queries. It reads the
//! events as they are written, resolves nothing beforehand, and never looks at how the real one is made.

mod naive {
    pub mod eval;
    pub mod query;
    pub mod world;
}

use std::collections::HashMap;
use std::sync::Arc;

use annals::chronology::resolve::{LayerInput, resolve};
use annals::chronology::{Layer, Resolved};
use annals::query::{Context, Filter, Matcher, Noted};
use annals::store::{Columns, Ctl, Keys, Question, Row, Store};
use annals::when::TimeRange;
use naive::query::Query;
use naive::world::World;
use proptest::prelude::*;

/// Every event of the world under a query: what the filter says, what the store says, and what is true.
fn compare(
    world: &World,
    (resolved, store): (&Resolved, &Columns),
    query: &Query,
    only_certain: bool,
) -> Result<(), TestCaseError> {
    let text = if only_certain { format!("({query}) is:certain") } else { query.to_string() };
    let filter = Filter::parse(&text, None);
    prop_assert!(filter.is_ok(), "{}: {:?}", text, filter);
    let filter = filter.unwrap_or_default();
    // What it is printed as must mean the same too.
    let again = Filter::parse(&filter.to_string(), None);
    prop_assert_eq!(again.as_ref(), Ok(&filter));

    let span_of = |id: &str| {
        let hull = resolved.event("", id)?.bounds.as_ref()?.hull;
        Some(TimeRange { first: hull.s0, last: hull.e1 })
    };
    let context = Context { catalogue: &resolved.catalogue, span_of: &span_of, noted: &world.noted };
    let matcher = Matcher::new(&filter, &context);
    let found = found(store, filter, &world.noted);
    for ((layer, event), entry) in world.events().zip(&resolved.entries) {
        let truth = naive::eval::truth(query, world, layer, event);
        let truth = if only_certain && truth < 2 { 0 } else { truth };
        let said = found.get(&(layer.to_owned(), event.id.clone())).copied().unwrap_or(0);
        prop_assert_eq!(said, truth, "store: {} of {:#?}", text, event);
        let answer = matcher.certainty(&resolved.catalogue, entry) as u8;
        prop_assert_eq!(answer, truth, "{} of {:#?}", text, event);
    }
    Ok(())
}

/// What the store finds, by layer and id, and how far it is true.
fn found(store: &Columns, filter: Filter, noted: &Noted) -> HashMap<(String, String), u8> {
    let question =
        Question { filter: Arc::new(filter), noted: Arc::new(noted.clone()), ..Question::default() };
    let layers = store.info().catalogue;
    let mut found = HashMap::new();
    let mut note = |row: &Row| {
        let layer = layers.layer(row.entry.layer).name.clone();
        found.insert((layer, row.entry.event.id.clone()), row.certainty as u8);
        Ok(())
    };
    store.scan(&question, &Keys::all(), &mut note, &Ctl::default()).expect("scanned");
    found
}

proptest! {
    // Eight queries a world: 1600 queries over up to six events each.
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_filter_says_what_the_naive_one_says(
        world in naive::world::world(4),
        queries in prop::collection::vec((naive::query::query(), any::<bool>()), 8),
        most in 1u32..5,
    ) {
        let inputs = world.layers.iter().map(|(name, chronology)| LayerInput {
            layer: Layer { name: name.clone(), ..Layer::default() },
            chronology: chronology.clone(),
            texts: HashMap::new(),
        });
        let resolved = resolve(inputs.collect());
        let store = Columns::in_segments_of(most, resolved.clone(), String::new(), String::new());
        for (query, only_certain) in &queries {
            compare(&world, (&resolved, &store), query, *only_certain)?;
        }
    }
}
