//! How many hits have each value of a dimension.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};

use super::asked::{self, Asked, Reach};
use super::values;
use crate::query::Dimension;
use crate::store::facets::{self, Tallied};
use crate::store::{Count, Facet, StoreError};

/// The `n` largest values with a word that starts with `prefix`.
pub(super) fn largest(
    asked: &Asked<'_>,
    dimension: Dimension,
    (prefix, n): (&str, usize),
) -> Result<(Vec<Facet>, Reach), StoreError> {
    let (counts, reach) = tally(asked, dimension)?;
    let names = &asked.state.names;
    let words = matches!(dimension, Dimension::Kind | Dimension::Tag | Dimension::Status);
    let mut tallied: Vec<Tallied<'_>> = Vec::with_capacity(counts.len());
    for (value, (count, known)) in counts.into_iter().enumerate() {
        // What the catalogue names is listed with nothing, so that it does not vanish; a word that nothing has is
        // not known at all.
        if known || !words {
            let value = value as u32;
            let texts = values::text(dimension, value, names).zip(values::label(dimension, value, names));
            tallied.extend(texts.map(|(value, label)| Tallied { value, label, count }));
        }
    }
    if dimension == Dimension::Document {
        tallied = as_one(tallied);
    }
    Ok((facets::largest(tallied, prefix, n), reach))
}

/// Documents of several layers may have one id; what is chosen by it is all of them.
fn as_one(tallied: Vec<Tallied<'_>>) -> Vec<Tallied<'_>> {
    let mut by_value: HashMap<&str, Tallied<'_>> = HashMap::with_capacity(tallied.len());
    for other in tallied {
        match by_value.entry(other.value) {
            Entry::Occupied(mut first) => first.get_mut().count += other.count,
            Entry::Vacant(place) => {
                place.insert(other);
            }
        }
    }
    by_value.into_values().collect()
}

/// Hits by value, and whether any event has the value.
fn tally(asked: &Asked<'_>, dimension: Dimension) -> Result<(Vec<(Count, bool)>, Reach), StoreError> {
    let (all, reach) = asked.all()?;
    let names = &asked.state.names;
    let size = values::count(dimension, names);
    let sum = Mutex::new(vec![(Count::default(), false); size]);
    // A few segments at a time, so that sums are put together seldom.
    let blocks: Vec<usize> = (0..all.len().div_ceil(BLOCK)).collect();
    asked::each(&blocks, blocks.len() > 1, &|block| {
        let mut counts = vec![(Count::default(), false); size];
        let segments = asked.state.segments.iter().zip(&all).skip(block * BLOCK).take(BLOCK);
        for (segment, hits) in segments {
            asked.ctl.check_cancelled()?;
            values::each(segment, dimension, names, &mut |value, rows| {
                if let Some((count, known)) = counts.get_mut(value as usize) {
                    *known = true;
                    *count += hits.as_ref().map_or(Count::default(), |hits| hits.count_in(rows));
                }
            });
        }
        let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
        for ((sum, known), (count, here)) in sum.iter_mut().zip(counts) {
            *sum += count;
            *known |= here;
        }
        Ok(())
    })?;
    Ok((sum.into_inner().unwrap_or_else(PoisonError::into_inner), reach))
}

/// How many segments are counted before their sums are added to the others.
const BLOCK: usize = 4;
