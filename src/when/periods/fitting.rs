//! The periods of one size that time in view is divided into: as fine as there is room for.

use super::{Period, Unit};
use crate::when::{Instant, TimeRange};

/// Up to so many periods in which nothing begins stand between two others; more are folded.
const MOST_EMPTY: usize = 3;
/// Into more than this nothing is divided, whatever there is room for.
const MOST_PARTS: usize = 8_192;

/// The finest periods of which those that something begins in, with what is empty or folded between them, are no more
/// than `most`. `count` says how many begin from each of some edges (in order) up to the next.
///
/// # Errors
/// Those of `count`.
pub fn fitting<E>(
    range: TimeRange,
    most: usize,
    mut count: impl FnMut(&[Instant]) -> Result<Vec<u64>, E>,
) -> Result<Vec<Period>, E> {
    let finest = finest(range);
    let mut periods = Vec::new();
    let mut parts = coarsest(range);
    loop {
        let edges = edges(&parts, range);
        let counts = by_period(&parts, &edges, &count(&edges)?);
        let full: Vec<Period> =
            parts.iter().zip(&counts).filter(|(_, count)| **count > 0).map(|(part, _)| *part).collect();
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
    Ok(periods)
}

/// What is counted from edge to edge, by period.
pub fn by_period(periods: &[Period], edges: &[Instant], counts: &[u64]) -> Vec<u64> {
    let count = |period: &Period| counts.get(edges.binary_search(&period.first).ok()?);
    periods.iter().map(|period| count(period).copied().unwrap_or(0)).collect()
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

/// The edges to count between, in order: those of the periods; without any, those of the range.
pub fn edges(periods: &[Period], range: TimeRange) -> Vec<Instant> {
    let mut edges: Vec<Instant> = periods.iter().flat_map(|period| [period.first, period.next]).collect();
    if edges.is_empty() {
        edges = vec![range.first, range.last.next()];
    }
    edges.sort_unstable();
    edges.dedup();
    edges
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
