//! Who or what against when: how many events begin in each period, for each value of a dimension.

use super::{Answer, Count, Ctl, Histogram, Question, Store, StoreError};
use crate::query::Dimension;
use crate::when::periods::{Period, Unit};
use crate::when::{Instant, TimeRange};

/// So many values are told of, the largest.
const MOST_VALUES: usize = 1_000;
/// Up to so many periods in which nothing begins stand between two others; more are folded.
const MOST_EMPTY: usize = 3;
/// Into more than this nothing is divided, whatever there is room for.
const MOST_PARTS: usize = 8_192;

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

/// The finest periods of which those that something begins in, with what is empty or folded between them, are no more
/// than `most`; with counts by value.
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
    let finest = finest(range);
    let mut periods = Vec::new();
    let mut parts = coarsest(range);
    loop {
        let (whole, _) = store.histogram(question, &edges(&parts, range), None, ctl)?.value;
        let counts = counts(&parts, range, &whole);
        let full = parts.iter().zip(&counts).filter(|(_, count)| **count > 0).map(|(part, _)| *part);
        let full: Vec<Period> = full.collect();
        let with_gaps = with_short_gaps(&full);
        if !periods.is_empty() && columns(&with_gaps) > most {
            break;
        }
        periods = with_gaps;
        let divided = |period: &Period| if period.unit < finest { period.parts() } else { vec![*period] };
        let finer: Vec<Period> = full.iter().flat_map(divided).filter(|part| overlap(part, range)).collect();
        if finer == parts || finer.is_empty() || finer.len() > MOST_PARTS {
            break;
        }
        parts = finer;
    }
    let answer = store.histogram(question, &edges(&periods, range), Some(dimension), ctl)?;
    Ok(answer.map(|(whole, values)| fill((dimension, range), periods, &whole, values)))
}

fn overlap(period: &Period, range: TimeRange) -> bool {
    period.first <= range.last && period.next > range.first
}

/// How fine the periods are at the most. Of many years no days are told: what is dated only to the year would be put on
/// one.
fn finest(range: TimeRange) -> Unit {
    const DAY: i64 = 86_400;
    match range.last.secs.saturating_sub(range.first.secs) / DAY {
        ..=183 => Unit::Day,
        184..=18_300 => Unit::Month,
        _ => Unit::Years(std::cmp::Reverse(0)),
    }
}

/// The largest periods that the range lies in.
fn coarsest(range: TimeRange) -> Vec<Period> {
    let all = std::iter::successors(Unit::COARSEST.of(range.first), Period::following);
    all.take_while(|period| overlap(period, range)).collect()
}

/// The edges to count between: those of the periods; without any, those of the range.
fn edges(periods: &[Period], range: TimeRange) -> Vec<Instant> {
    let mut edges: Vec<Instant> = periods.iter().flat_map(|period| [period.first, period.next]).collect();
    if edges.is_empty() {
        edges = vec![range.first, range.last.next()];
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// What a histogram between those edges says of each period.
fn counts(periods: &[Period], range: TimeRange, histogram: &Histogram) -> Vec<u64> {
    let edges = edges(periods, range);
    let bucket = |period: &Period| histogram.buckets.get(edges.binary_search(&period.first).ok()?);
    periods.iter().map(|period| bucket(period).copied().map_or(0, Count::total)).collect()
}

/// The periods with those between them, where these are few.
fn with_short_gaps(full: &[Period]) -> Vec<Period> {
    let mut all: Vec<Period> = Vec::with_capacity(full.len());
    for period in full {
        if let Some(before) = all.last().copied() {
            let between = std::iter::successors(before.following(), Period::following);
            let between: Vec<Period> =
                between.take_while(|between| between.first < period.first).take(MOST_EMPTY + 1).collect();
            let fits = between.last().is_some_and(|last| last.next == period.first);
            if fits && between.len() <= MOST_EMPTY {
                all.extend(between);
            }
        }
        all.push(*period);
    }
    all
}

/// How many columns they take, with one for each gap.
fn columns(periods: &[Period]) -> usize {
    let gaps = periods.windows(2).filter(|pair| matches!(pair, [one, next] if one.next < next.first)).count();
    periods.len() + gaps
}

fn fill(
    (dimension, range): (Dimension, TimeRange),
    periods: Vec<Period>,
    whole: &Histogram,
    values: Vec<(String, Histogram)>,
) -> Grid {
    let of = |histogram: &Histogram| counts(&periods, range, histogram);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(year: i64) -> Instant {
        Instant::year_start(year).expect("a year")
    }

    fn years(years: &[i64]) -> Vec<Period> {
        let year = Unit::Years(std::cmp::Reverse(0));
        years.iter().filter_map(|at| year.of(instant(*at))).collect()
    }

    #[test]
    fn short_gaps_are_filled_and_long_ones_count_as_one_column() {
        assert_eq!(
            with_short_gaps(&years(&[2000, 2004, 2009])),
            years(&[2000, 2001, 2002, 2003, 2004, 2009])
        );
        assert_eq!(columns(&with_short_gaps(&years(&[2000, 2004, 2009]))), 7);
        assert_eq!(columns(&with_short_gaps(&years(&[-13_800_000_000, 2009]))), 3);
    }

    #[test]
    fn the_coarsest_periods_hold_the_range() {
        let range = TimeRange { first: instant(-13_800_000_000), last: instant(2024) };
        let periods = coarsest(range);
        assert_eq!(periods.len(), 2);
        assert!(periods[0].first <= range.first && periods[1].next > range.last);
        assert_eq!(edges(&[], range).len(), 2);
    }
}
