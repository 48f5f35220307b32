//! The naive filter: what a query means, written down as plainly as can be and without regard to speed. It
//! defines the truth that the real one is compared with, over random events and random queries. It reads the
//! events as they are written, resolves nothing beforehand, and never looks at how the real one is made.

mod naive {
    pub mod eval;
    pub mod query;
    pub mod world;
}

use std::collections::{HashMap, HashSet};

use annals::chronology::resolve::{LayerInput, resolve};
use annals::chronology::{Layer, Resolved};
use annals::query::{Context, Filter, Matcher};
use annals::when::TimeRange;
use naive::query::Query;
use naive::world::World;
use proptest::prelude::*;

/// Every event of the world under a query: what the filter says and what is true.
fn compare(
    world: &World,
    resolved: &Resolved,
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
    let none = HashSet::new();
    let context =
        Context { catalogue: &resolved.catalogue, span_of: &span_of, marked: &world.marked, changed: &none };
    let matcher = Matcher::new(&filter, &context);
    for ((layer, event), entry) in world.events().zip(&resolved.entries) {
        let truth = naive::eval::truth(query, world, layer, event);
        let truth = if only_certain && truth < 2 { 0 } else { truth };
        let answer = matcher.certainty(&resolved.catalogue, entry) as u8;
        prop_assert_eq!(answer, truth, "{} of {:#?}", text, event);
    }
    Ok(())
}

proptest! {
    // Eight queries a world: 1600 queries over up to six events each.
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_filter_says_what_the_naive_one_says(
        world in naive::world::world(),
        queries in prop::collection::vec((naive::query::query(), any::<bool>()), 8),
    ) {
        let inputs = world.layers.iter().map(|(name, chronology)| LayerInput {
            layer: Layer { name: name.clone(), ..Layer::default() },
            chronology: chronology.clone(),
            texts: HashMap::new(),
        });
        let resolved = resolve(inputs.collect());
        for (query, only_certain) in &queries {
            compare(&world, &resolved, query, *only_certain)?;
        }
    }
}
