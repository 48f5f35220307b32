//! Which rows of one segment a filter is true of.

use std::ops::Range;
use std::sync::Arc;

use super::bits::{Bits, Ranked};
use super::evaluate::Truth;
use super::postings::Posting;
use crate::store::Count;
use crate::when::Certainty;

/// Some of the rows of a segment, or all of them, which takes no room.
#[derive(Debug)]
enum Which {
    All(u32),
    Ranked(Ranked),
}

impl Which {
    fn of(bits: Bits) -> Self {
        let ranked = Ranked::new(bits);
        let rows = ranked.bits().rows();
        if ranked.count() == rows { Self::All(rows) } else { Self::Ranked(ranked) }
    }

    fn count_range(&self, range: Range<u32>) -> u32 {
        match self {
            Self::All(rows) => range.end.min(*rows).saturating_sub(range.start),
            Self::Ranked(ranked) => ranked.count_range(range),
        }
    }

    fn contains(&self, row: u32) -> bool {
        match self {
            Self::All(rows) => row < *rows,
            Self::Ranked(ranked) => ranked.bits().contains(row),
        }
    }

    fn bits(&self) -> Option<&Bits> {
        match self {
            Self::All(_) => None,
            Self::Ranked(ranked) => Some(ranked.bits()),
        }
    }
}

/// The rows of a segment that a filter is certainly true of, and those that it is at least possibly true of.
#[derive(Clone, Debug)]
pub(super) struct Hits {
    certain: Arc<Which>,
    /// The same as `certain` where nothing is only possible.
    possible: Arc<Which>,
}

impl Hits {
    /// All of so many rows, certainly.
    pub(super) fn all(rows: u32) -> Self {
        let all = Arc::new(Which::All(rows));
        Self { certain: Arc::clone(&all), possible: all }
    }

    /// What an evaluation found; `only_certain` leaves out what is only possible.
    pub(super) fn of(truth: Truth, only_certain: bool) -> Self {
        let Truth { certain, possible } = truth;
        let doubted = !only_certain && certain != possible;
        let certain = Arc::new(Which::of(certain));
        let possible = if doubted { Arc::new(Which::of(possible)) } else { Arc::clone(&certain) };
        Self { certain, possible }
    }

    /// How many rows of a range.
    pub(super) fn count(&self, range: Range<u32>) -> Count {
        let certain = self.certain.count_range(range.clone());
        let most = if self.is_doubtless() { certain } else { self.possible.count_range(range) };
        Count { certain: u64::from(certain), possible: u64::from(most - certain) }
    }

    /// How many of some rows.
    pub(super) fn count_in(&self, rows: Posting<'_>) -> Count {
        let common = |which: &Which| which.bits().map_or_else(|| rows.count(), |bits| rows.count_and(bits));
        let certain = common(&self.certain);
        let most = if self.is_doubtless() { certain } else { common(&self.possible) };
        Count { certain: u64::from(certain), possible: u64::from(most - certain) }
    }

    /// How far the filter is true of a row.
    pub(super) fn certainty(&self, row: u32) -> Certainty {
        if self.certain.contains(row) {
            Certainty::Certain
        } else if !self.is_doubtless() && self.possible.contains(row) {
            Certainty::Possible
        } else {
            Certainty::Not
        }
    }

    /// The first row of a range.
    pub(super) fn first(&self, range: &Range<u32>) -> Option<u32> {
        match self.possible.bits() {
            None => Some(range.start),
            Some(bits) => bits.next(range.start),
        }
        .filter(|row| *row < range.end)
    }

    /// The last row of a range.
    pub(super) fn last(&self, range: &Range<u32>) -> Option<u32> {
        match self.possible.bits() {
            None => range.end.checked_sub(1),
            Some(bits) => bits.previous(range.end),
        }
        .filter(|row| *row >= range.start)
    }

    fn is_doubtless(&self) -> bool {
        Arc::ptr_eq(&self.certain, &self.possible)
    }
}
