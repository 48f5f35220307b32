//! Counts of keys and along the axis, from ranks alone.

use std::collections::HashMap;
use std::ops::Range;

use super::asked::{Asked, Reach};
use super::bits::Bits;
use super::hits::Hits;
use super::segment::Segment;
use super::spans;
use super::values;
use crate::query::Dimension;
use crate::store::{Count, Histogram, Histograms, Keys, StoreError};
use crate::when::{Certainty, Instant};

/// How many hits there are among keys.
pub(super) fn among(asked: &Asked<'_>, keys: &Keys) -> Result<(Count, Reach), StoreError> {
    let spans = spans::spans(keys);
    let (all, reach) = asked.all()?;
    let mut count = Count::default();
    for (segment, hits) in asked.state.segments.iter().zip(&all) {
        let Some(hits) = hits else { continue };
        for span in &spans {
            count += hits.count(spans::rows(segment, span));
        }
    }
    Ok((count, reach))
}

/// The rows of a segment by bucket: those that start before the first edge, between two, after the last.
struct Buckets {
    /// Where each part of the dated rows begins; the last one ends with them.
    parts: Vec<u32>,
    /// Rows that stand in a part though they have no earliest start.
    unbounded: Vec<u32>,
    rows: u32,
}

impl Buckets {
    fn new(segment: &Segment, edges: &[Instant]) -> Self {
        let inner = edges.iter().map(|edge| segment.starting_before(*edge));
        let parts = std::iter::once(0).chain(inner).chain([segment.dated()]).collect();
        let unbounded = segment.unbounded().iter().map(|row| u32::from(*row)).collect();
        Self { parts, unbounded, rows: segment.rows() }
    }

    fn part(&self, row: u32) -> usize {
        self.parts.partition_point(|start| *start <= row).saturating_sub(1)
    }

    /// Adds what `count` says of each range of rows.
    fn add_to(&self, histogram: &mut Histogram, count: impl Fn(Range<u32>) -> Count) {
        for (at, bounds) in self.parts.windows(2).enumerate() {
            let &[from, to] = bounds else { continue };
            *part_of(histogram, at) += count(from..to);
        }
        for row in &self.unbounded {
            let one = count(*row..*row + 1);
            *part_of(histogram, self.part(*row)) -= one;
            histogram.unbounded += one;
        }
        histogram.undated += count(self.parts.last().copied().unwrap_or(0)..self.rows);
    }

    /// Adds one row.
    fn add_row(&self, histogram: &mut Histogram, row: u32, certainty: Certainty) {
        if certainty == Certainty::Not {
            return;
        }
        let dated = self.parts.last().copied().unwrap_or(0);
        let part = if row >= dated {
            &mut histogram.undated
        } else if self.unbounded.binary_search(&row).is_ok() {
            &mut histogram.unbounded
        } else {
            part_of(histogram, self.part(row))
        };
        part.add(certainty);
    }
}

/// The first part lies before the first edge, the last one after the last.
fn part_of(histogram: &mut Histogram, part: usize) -> &mut Count {
    match part.checked_sub(1) {
        None => &mut histogram.before,
        Some(bucket) => histogram.buckets.get_mut(bucket).unwrap_or(&mut histogram.after),
    }
}

fn empty(edges: &[Instant]) -> Histogram {
    Histogram { buckets: vec![Count::default(); edges.len().saturating_sub(1)], ..Histogram::default() }
}

/// Counts the hits between edges, and with a dimension those of each of its values too.
pub(super) fn histogram(
    asked: &Asked<'_>,
    edges: &[Instant],
    by: Option<Dimension>,
) -> Result<(Histograms, Reach), StoreError> {
    let (all, reach) = asked.all()?;
    let mut whole = empty(edges);
    let mut parts: HashMap<u32, Histogram> = HashMap::new();
    for (segment, hits) in asked.state.segments.iter().zip(&all) {
        let Some(hits) = hits else { continue };
        asked.ctl.check_cancelled()?;
        let buckets = Buckets::new(segment, edges);
        buckets.add_to(&mut whole, |rows| hits.count(rows));
        if let Some(dimension) = by {
            add_values(&mut parts, (segment, hits), &buckets, edges, dimension, asked);
        }
    }
    let names = &asked.state.names;
    let mut by_text: HashMap<String, Histogram> = HashMap::new();
    for (value, part) in parts.into_iter().filter(|(_, part)| part.total() != Count::default()) {
        let text = by.and_then(|dimension| values::text(dimension, value, names)).unwrap_or_default();
        add(by_text.entry(text.to_owned()).or_insert_with(|| empty(edges)), &part);
    }
    let mut sorted: Vec<(String, Histogram)> = by_text.into_iter().collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(((whole, sorted), reach))
}

fn add_values(
    parts: &mut HashMap<u32, Histogram>,
    (segment, hits): (&Segment, &Hits),
    buckets: &Buckets,
    edges: &[Instant],
    dimension: Dimension,
    asked: &Asked<'_>,
) {
    let mut none = Bits::full(segment.rows());
    values::each(segment, dimension, &asked.state.names, &mut |value, rows| {
        let part = parts.entry(value).or_insert_with(|| empty(edges));
        rows.each(|row| {
            none.remove(row);
            buckets.add_row(part, row, hits.certainty(row));
        });
    });
    let part = parts.entry(values::NONE).or_insert_with(|| empty(edges));
    none.iter().for_each(|row| buckets.add_row(part, row, hits.certainty(row)));
}

/// Adds one histogram to another with the same edges.
fn add(to: &mut Histogram, from: &Histogram) {
    to.unbounded += from.unbounded;
    to.before += from.before;
    to.after += from.after;
    to.undated += from.undated;
    to.buckets.iter_mut().zip(&from.buckets).for_each(|(to, from)| *to += *from);
}
