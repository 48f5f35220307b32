//! Hits near each other, for the map.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::asked::{self, Asked, Reach};
use super::hits::Hits;
use super::postings::Column;
use super::segment::Segment;
use crate::chronology::{PlaceIndex, Position};
use crate::store::clusters::Gathering;
use crate::store::{Clusters, Count, Key, Section, StoreError};

/// What was gathered of some segments.
#[derive(Default)]
struct Part {
    near: Gathering,
    places: HashMap<PlaceIndex, (Key, Position)>,
    count: Count,
}

/// Where the hits were that say it themselves.
pub(super) fn near(asked: &Asked<'_>, within: Option<&Section>) -> Result<(Clusters, Reach), StoreError> {
    let (all, reach) = asked.all()?;
    let sum = Mutex::new(Part::default());
    let told: Vec<usize> = (asked.state.segments.iter().enumerate())
        .filter_map(|(at, segment)| segment.has_positions().then_some(at))
        .collect();
    asked::each(&told, told.len() > 1, &|at| {
        asked.ctl.check_cancelled()?;
        let segment = asked.state.segments.get(at).zip(all.get(at).and_then(Option::as_ref));
        let Some((segment, hits)) = segment else { return Ok(()) };
        let mut part = Part::default();
        part.gather(segment, hits, within);
        part.find_places(segment, hits, &|place| asked.state.names.catalogue().place(place).position());
        sum.lock().unwrap_or_else(PoisonError::into_inner).join(part);
        Ok(())
    })?;
    let Part { near, places, count } = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    let places = places.into_iter().map(|(place, (_, position))| (place, position)).collect();
    Ok((Clusters { clusters: near.finish(), places, count }, reach))
}

impl Part {
    /// Adds the hits of a segment.
    fn gather(&mut self, segment: &Segment, hits: &Hits, within: Option<&Section>) {
        let mut rest = 0..segment.rows();
        while let Some(row) = hits.first(&rest) {
            rest.start = row + 1;
            let Some(position) = segment.position_of(row) else { continue };
            let certainty = hits.certainty(row);
            self.count.add(certainty);
            if within.is_none_or(|within| within.contains(position)) {
                self.near.add(position, certainty);
            }
        }
    }

    /// Adds where the first hit at each place of a segment was; those that are known by themselves are left out.
    fn find_places(
        &mut self,
        segment: &Segment,
        hits: &Hits,
        known: &dyn Fn(PlaceIndex) -> Option<Position>,
    ) {
        for (value, rows) in segment.values(Column::Place) {
            let place = PlaceIndex(value as u32);
            if known(place).is_some() {
                continue;
            }
            let mut first = None;
            rows.each(|row| {
                if first.is_none() && hits.first(&(row..row + 1)).is_some() {
                    first = segment.position_of(row).map(|position| (segment.key(row), position));
                }
            });
            if let Some(first) = first {
                self.put(place, first);
            }
        }
    }

    fn put(&mut self, place: PlaceIndex, first: (Key, Position)) {
        let earliest = self.places.entry(place).or_insert(first);
        if first.0 < earliest.0 {
            *earliest = first;
        }
    }

    fn join(&mut self, other: Self) {
        self.near.join(other.near);
        self.count += other.count;
        for (place, first) in other.places {
            self.put(place, first);
        }
    }
}
