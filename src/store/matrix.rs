//! Who or what against when: how many events begin in each period, for each value of a dimension.

use super::{Answer, Count, Ctl, Histogram, Question, Store, StoreError};
use crate::query::Dimension;
use crate::when::TimeRange;
use crate::when::periods::{Period, by_period, edges, fitting};

/// So many values are told of, the largest.
const MOST_VALUES: usize = 1_000;

/// Periods with what begins in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The dimension that the rows are of.
    pub dimension: Dimension,
    /// In order. Where one does not begin where the one before ends, nothing begins between the two.
    pub periods: Vec<Period>,
    /// How many events begin in each.
    pub totals: Vec<u64>,
    /// For each value (empty: events that have none) how many begin in each; the largest first, the empty one last.
    pub rows: Vec<(String, Vec<u64>)>,
    /// How many values there are beside those.
    pub more: usize,
    /// How many dated events begin in none of the periods.
    pub outside: u64,
    /// How many have no earliest beginning.
    pub unbounded: u64,
    /// How many are undated.
    pub undated: u64,
}

/// The finest periods that there is room for, with counts by value.
///
/// # Errors
/// The store's.
pub(super) fn grid(
    store: &dyn Store,
    question: &Question,
    (range, dimension): (TimeRange, Dimension),
    most: usize,
    ctl: &Ctl,
) -> Result<Answer<Grid>, StoreError> {
    // All questions to the same state of the store.
    let store = store.still();
    let periods = fitting(range, most, |edges| {
        let (whole, _) = store.histogram(question, edges, None, ctl)?.value;
        Ok::<_, StoreError>(buckets(&whole))
    })?;
    let answer = store.histogram(question, &edges(&periods, range), Some(dimension), ctl)?;
    Ok(answer.map(|(whole, values)| fill((dimension, range), periods, &whole, values)))
}

fn buckets(histogram: &Histogram) -> Vec<u64> {
    histogram.buckets.iter().copied().map(Count::total).collect()
}

fn fill(
    (dimension, range): (Dimension, TimeRange),
    periods: Vec<Period>,
    whole: &Histogram,
    values: Vec<(String, Histogram)>,
) -> Grid {
    let edges = edges(&periods, range);
    let of = |histogram: &Histogram| by_period(&periods, &edges, &buckets(histogram));
    let totals = of(whole);
    let rows = values.into_iter().map(|(value, histogram)| (value, of(&histogram)));
    let sum = |counts: &[u64]| counts.iter().sum::<u64>();
    let mut rows: Vec<(String, Vec<u64>)> = rows.filter(|(_, counts)| sum(counts) > 0).collect();
    rows.sort_by(|(one, counts), (other, others)| {
        (one.is_empty(), sum(others), one).cmp(&(other.is_empty(), sum(counts), other))
    });
    let more = rows.len().saturating_sub(MOST_VALUES);
    rows.truncate(MOST_VALUES);
    let (unbounded, undated) = (whole.unbounded.total(), whole.undated.total());
    let outside = whole.total().total().saturating_sub(sum(&totals)).saturating_sub(unbounded);
    let outside = outside.saturating_sub(undated);
    Grid { dimension, periods, totals, rows, more, outside, unbounded, undated }
}
