//! What was worked out for the last filters and the last texts searched for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::asked::Results;
use super::leaf::Leaf;
use super::plan::{Planner, Sizes};
use super::state::State;
use crate::query::{Context, Matcher, Test};
use crate::store::Question;
use crate::when::TimeRange;

/// How many filters are remembered: that of the list, one for each dimension without its own terms, and that of a
/// search.
const MOST_FILTERS: usize = 12;

/// How many tests that rows have to be read for are remembered.
const MOST_LEAVES: usize = 6;

#[derive(Default)]
pub(super) struct Cache {
    /// The last used one last.
    filters: Mutex<Vec<Arc<Results>>>,
    /// The last used one last.
    leaves: Mutex<Vec<Arc<Leaf>>>,
}

impl Cache {
    /// What was found of the first so many segments by reading rows; the rest is quickly worked out again.
    pub(super) fn of_first(&self, segments: usize) -> Self {
        let leaves = lock(&self.leaves).iter().map(|leaf| Arc::new(leaf.of_first(segments))).collect();
        Self { leaves: Mutex::new(leaves), ..Self::default() }
    }

    /// A question's filter made ready for a state, with what was found for it before.
    pub(super) fn results(
        &self,
        question: &Question,
        state: &State,
        span_of: &dyn Fn(&str) -> Option<TimeRange>,
    ) -> Arc<Results> {
        let same = |results: &Results| results.filter == question.filter && results.noted == question.noted;
        let earlier = find(&self.filters, same);
        let sizes = Sizes::of(&state.names);
        let fresh = |results: &Results| {
            // An event that the filter names may have come with new rows.
            results.sizes == sizes
                && (results.generation >= state.generation || question.filter.events().is_empty())
        };
        match earlier {
            Some(earlier) if fresh(&earlier) => earlier,
            earlier => {
                let results = Arc::new(self.prepare(question, state, span_of, (sizes, earlier.as_deref())));
                put(&self.filters, &results, same, MOST_FILTERS);
                results
            }
        }
    }

    fn prepare(
        &self,
        question: &Question,
        state: &State,
        span_of: &dyn Fn(&str) -> Option<TimeRange>,
        (sizes, earlier): (Sizes, Option<&Results>),
    ) -> Results {
        let context = Context { catalogue: state.names.catalogue(), span_of, noted: &question.noted };
        let matcher = Matcher::new(&question.filter, &context);
        let leaf = |test: &Test| self.leaf(test);
        let plan = Planner { names: &state.names, leaf: &leaf }.plan(matcher.test());
        Results::new(
            (Arc::clone(&question.filter), Arc::clone(&question.noted)),
            (plan, matcher.only_certain()),
            (sizes, state.generation),
            earlier,
        )
    }

    /// What is known of a test; of a new one what follows from the nearest that is wider.
    fn leaf(&self, test: &Test) -> Arc<Leaf> {
        let same = |leaf: &Leaf| leaf.test() == test;
        if let Some(leaf) = find(&self.leaves, same) {
            return leaf;
        }
        let wider = |leaf: &Arc<Leaf>| Some((leaf.width_for(test)?, Arc::clone(leaf)));
        let nearest = lock(&self.leaves).iter().filter_map(wider).max_by_key(|(width, _)| *width);
        let leaf = Arc::new(Leaf::new(test.clone(), nearest.as_ref().map(|(_, leaf)| leaf.as_ref())));
        put(&self.leaves, &leaf, same, MOST_LEAVES);
        leaf
    }
}

fn lock<T>(list: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Finds what is remembered and notes that it was used.
fn find<T>(list: &Mutex<Vec<Arc<T>>>, wanted: impl Fn(&T) -> bool) -> Option<Arc<T>> {
    let mut list = lock(list);
    let at = list.iter().position(|item| wanted(item))?;
    let item = list.remove(at);
    list.push(Arc::clone(&item));
    Some(item)
}

/// Remembers something in the stead of what is the same, and forgets what was not used for the longest time.
fn put<T>(list: &Mutex<Vec<Arc<T>>>, item: &Arc<T>, same: impl Fn(&T) -> bool, most: usize) {
    let mut list = lock(list);
    list.retain(|other| !same(other));
    list.push(Arc::clone(item));
    if list.len() > most {
        list.remove(0);
    }
}
