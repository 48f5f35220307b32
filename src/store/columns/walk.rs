//! Walking hits in a question's order, over all segments at once.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::Arc;

use super::asked::Asked;
use super::hits::Hits;
use super::spans::{self, Leg};
use crate::store::{Key, StoreError};
use crate::when::Certainty;

/// A hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) key: Key,
    pub(super) certainty: Certainty,
    pub(super) segment: usize,
    pub(super) row: u32,
}

/// Goes along legs from hit to hit.
pub(super) struct Walk<'a> {
    asked: &'a Asked<'a>,
    legs: std::vec::IntoIter<Leg>,
    merge: Option<Merge>,
    /// Whether it ended because the time did not suffice.
    pub(super) late: bool,
}

/// The segments along one leg.
struct Merge {
    ascending: bool,
    /// Segments whose hits are not looked at yet: their nearest key, place and rows; the nearest last.
    ahead: Vec<(Key, usize, Range<u32>)>,
    heads: BinaryHeap<Head>,
}

/// The next hit of a segment.
struct Head {
    place: Place,
    ascending: bool,
    /// The rows behind it.
    rest: Range<u32>,
    hits: Arc<Hits>,
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    /// The nearest is the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        nearer(self.ascending, self.place.key, other.place.key)
    }
}

fn nearer(ascending: bool, one: Key, other: Key) -> Ordering {
    if ascending { other.cmp(&one) } else { one.cmp(&other) }
}

impl<'a> Walk<'a> {
    pub(super) fn new(asked: &'a Asked<'a>, legs: Vec<Leg>) -> Self {
        Self { asked, legs: legs.into_iter(), merge: None, late: false }
    }

    /// The next hit; none after the last, and none where the time does not suffice to know which is next.
    ///
    /// # Errors
    /// When cancelled, or rows cannot be read.
    pub(super) fn next(&mut self) -> Result<Option<Place>, StoreError> {
        match self.advance() {
            Err(StoreError::Late) => {
                self.late = true;
                Ok(None)
            }
            other => other,
        }
    }

    fn advance(&mut self) -> Result<Option<Place>, StoreError> {
        loop {
            if self.merge.is_none() {
                let Some(leg) = self.legs.next() else { return Ok(None) };
                self.merge = Some(self.begin(&leg));
            }
            if let Some(place) = self.step()? {
                return Ok(Some(place));
            }
            self.merge = None;
        }
    }

    fn begin(&self, leg: &Leg) -> Merge {
        let segments = self.asked.state.segments.iter().enumerate();
        let mut ahead: Vec<(Key, usize, Range<u32>)> = segments
            .filter_map(|(at, segment)| {
                let rows = spans::rows(segment, &leg.span);
                let nearest = if leg.ascending { rows.start } else { rows.end.saturating_sub(1) };
                (!rows.is_empty()).then(|| (segment.key(nearest), at, rows))
            })
            .collect();
        ahead.sort_by(|(one, ..), (other, ..)| nearer(leg.ascending, *one, *other));
        Merge { ascending: leg.ascending, ahead, heads: BinaryHeap::new() }
    }

    fn step(&mut self) -> Result<Option<Place>, StoreError> {
        let Some(merge) = &mut self.merge else { return Ok(None) };
        // Whatever may hold something nearer than the nearest known hit is looked at first.
        while let Some((_, at, rows)) = merge.ahead.pop_if(|(key, ..)| {
            merge.heads.peek().is_none_or(|head| nearer(merge.ascending, *key, head.place.key).is_gt())
        }) {
            let hits = self.asked.hits(at)?;
            merge.open(self.asked, at, rows, hits);
        }
        let Some(Head { place, rest, hits, .. }) = merge.heads.pop() else { return Ok(None) };
        merge.open(self.asked, place.segment, rest, hits);
        Ok(Some(place))
    }
}

impl Merge {
    /// Takes the next hit of a segment, if there is one.
    fn open(&mut self, asked: &Asked<'_>, segment: usize, rows: Range<u32>, hits: Arc<Hits>) {
        let ascending = self.ascending;
        let next = if ascending { hits.first(&rows) } else { hits.last(&rows) };
        let (Some(row), Some(held)) = (next, asked.state.segments.get(segment)) else { return };
        let rest = if ascending { row + 1..rows.end } else { rows.start..row };
        let place = Place { key: held.key(row), certainty: hits.certainty(row), segment, row };
        self.heads.push(Head { place, ascending, rest, hits });
    }
}
