//! What is known of a test that rows have to be read for, so that no row is read twice for it.

use std::sync::{Arc, Mutex, PoisonError};

use super::bits::Bits;
use crate::query::Test;
use crate::store::search::{Found, Search};

/// A test that rows have to be read for, with what was found so far, by segment.
pub(super) struct Leaf {
    pub(super) search: Search,
    found: Mutex<Vec<Option<Arc<Found>>>>,
}

impl Leaf {
    /// Starts with what follows from a wider test: what that one is not true of, this one is not either.
    pub(super) fn new(test: Test, wider: Option<&Self>) -> Self {
        let narrowed = |found: &Arc<Found>| {
            let mut looked = found.looked.clone();
            looked.and_not(&found.hits);
            Arc::new(Found { hits: Bits::new(looked.rows()), looked })
        };
        let found = wider.map(|wider| {
            let found = wider.found.lock().unwrap_or_else(PoisonError::into_inner);
            found.iter().map(|found| found.as_ref().map(narrowed)).collect()
        });
        Self { search: Search::new(test), found: Mutex::new(found.unwrap_or_default()) }
    }

    /// What is known of the first so many segments.
    pub(super) fn of_first(&self, segments: usize) -> Self {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        found.truncate(segments);
        Self { search: Search::new(self.test().clone()), found: Mutex::new(found) }
    }

    /// What is asked.
    pub(super) fn test(&self) -> &Test {
        self.search.test()
    }

    /// The length of this leaf's text where every text that has `test` in it has that too.
    pub(super) fn width_for(&self, test: &Test) -> Option<usize> {
        match (self.test(), test) {
            (Test::Text(wide), Test::Text(narrow)) if narrow.contains(wide.as_str()) => Some(wide.len()),
            _ => None,
        }
    }

    /// What is known of a segment of so many rows.
    pub(super) fn found(&self, segment: usize, rows: u32) -> Found {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let known = found.get(segment).and_then(Option::as_deref).cloned();
        known.unwrap_or_else(|| Found { looked: Bits::new(rows), hits: Bits::new(rows) })
    }

    /// Keeps what was found beside what others found meanwhile.
    pub(super) fn keep(&self, segment: usize, mut new: Found) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() <= segment {
            found.resize(segment + 1, None);
        }
        if let Some(slot) = found.get_mut(segment) {
            if let Some(old) = slot {
                new.looked.or(&old.looked);
                new.hits.or(&old.hits);
            }
            *slot = Some(Arc::new(new));
        }
    }
}
