//! The instants that one date may mean: runs of time without gaps.

use edtf_core::{Date, DateField, YearKind};

use super::Moment;
use super::form::{self, Item, is_blank};
use crate::when::instant::{LAST_YEAR, days_in_month};
use crate::when::{Instant, TimeRange};

/// More gaps than this are not kept: the hull stands for the date.
pub(super) const MOST_RUNS: usize = 400;

/// The runs of a date.
pub(super) struct Runs {
    /// In order, apart from one another; at least one.
    pub(super) runs: Vec<TimeRange>,
    /// There were too many: this is their hull.
    pub(super) coarsened: bool,
}

/// A unit of time by which a date is counted.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// That many months.
    Months(i64),
    /// That many nanoseconds.
    Nanos(i128),
}

impl Unit {
    /// The last instant of the unit after one that ends at `last`.
    pub(super) fn after(self, last: Instant) -> Instant {
        match self {
            Self::Months(months) => last.next().plus_months(months).map_or(Instant::FUTURE, Instant::prev),
            Self::Nanos(nanos) => last.plus_nanos(nanos),
        }
    }

    /// The first instant of the unit before one that begins at `first`.
    pub(super) fn before(self, first: Instant) -> Instant {
        match self {
            Self::Months(months) => first.plus_months(months.saturating_neg()).unwrap_or(Instant::PAST),
            Self::Nanos(nanos) => first.plus_nanos(nanos.saturating_neg()),
        }
    }
}

/// The unit of an item's precision: of a decade ten years, of a day a day.
pub(super) fn unit(item: &Item) -> Unit {
    const DAY: i128 = 86_400_000_000_000;
    let date = match item {
        Item::Moment(moment) => return Unit::Nanos(moment.clock.unit_nanos()),
        Item::Date(date) => date,
    };
    if date.day.is_some() {
        return Unit::Nanos(DAY);
    }
    match date.month {
        Some(month) => {
            Unit::Months(month.value().and_then(season).map_or(1, |season| i64::from(season.months)))
        }
        None => Unit::Months(years_of(date).saturating_mul(12)),
    }
}

/// How many years the unit of a date without a month has.
fn years_of(date: &Date) -> i64 {
    let zeros = match date.year.kind {
        YearKind::Standard { digits, .. } => {
            digits.iter().rev().take_while(|digit| digit.is_none()).count() as u32
        }
        YearKind::Big { .. } => 0,
        YearKind::Exponential { exponent, .. } => exponent,
    };
    let span = significant(date).map_or(0, |(first, last)| last.saturating_sub(first).saturating_add(1));
    10_i64.saturating_pow(zeros).max(i64::try_from(span).unwrap_or(i64::MAX))
}

/// A part of a year: its first month (1 to 12) and how many months it has.
struct Season {
    first: u8,
    months: u8,
}

/// The codes 21 to 41 of ISO 8601-2:2019, 4.8. Seasons by the month: northern spring is March to May and winter
/// runs into the next year; 21 to 24 are read as northern ones.
fn season(code: u8) -> Option<Season> {
    let (first, months) = match code {
        21..=24 => (3 + (code - 21) * 3, 3),
        25..=28 => (3 + (code - 25) * 3, 3),
        29 | 30 => (9 + (code - 29) * 3, 3),
        31 | 32 => (3 + (code - 31) * 3, 3),
        33..=36 => (1 + (code - 33) * 3, 3),
        37..=39 => (1 + (code - 37) * 4, 4),
        40 | 41 => (1 + (code - 40) * 6, 6),
        _ => return None,
    };
    Some(Season { first, months })
}

/// The first and last instant that an item may mean.
pub(super) fn hull(item: &Item) -> TimeRange {
    let Runs { runs, .. } = runs(item);
    match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => TimeRange { first: first.first, last: last.last },
        _ => TimeRange { first: Instant::PAST, last: Instant::FUTURE },
    }
}

/// The runs of an item.
pub(super) fn runs(item: &Item) -> Runs {
    match item {
        Item::Moment(moment) => Runs { runs: moment_run(moment).into_iter().collect(), coarsened: false },
        Item::Date(date) => date_runs(date),
    }
}

fn moment_run(moment: &Moment) -> Option<TimeRange> {
    let date = &moment.date;
    let midnight = Instant::midnight(form::year_of(date)?, date.month?.value()?, date.day?.value()?)?;
    let secs = midnight.secs + moment.clock.secs() - moment.clock.shift_secs();
    let nanos = moment.clock.fraction.map_or(0, |fraction| fraction.nanos);
    let first = Instant { secs, nanos };
    Some(TimeRange { first, last: first.plus_nanos(moment.clock.unit_nanos() - 1) })
}

/// Whether a year stays on the axis.
pub(super) fn fits(date: &Date) -> bool {
    let limit = i128::from(LAST_YEAR);
    match (date.year.kind, significant(date)) {
        (YearKind::Standard { .. }, _) => true,
        (_, Some((first, last))) => first >= -limit && last <= limit,
        (_, None) => {
            date.year.significant_digits.is_none()
                && date.year.value().is_some_and(|year| (-LAST_YEAR..=LAST_YEAR).contains(&year))
        }
    }
}

/// Whether a date with masks means at least one day.
pub(super) fn has_a_day(date: &Date) -> bool {
    year_blocks(date)
        .into_iter()
        .any(|(first, last)| (first..=last).any(|year| !year_runs(date, year).is_empty()))
}

/// The first and last year of one known to some digits only (ISO 8601-2:2019, 4.4.3): the digits after them run
/// from 0 to 9. `None` where it is not so written, or its digits do not fit.
fn significant(date: &Date) -> Option<(i128, i128)> {
    let kept = date.year.significant_digits?;
    let year = i128::from(form::year_of(date)?);
    let width = match date.year.kind {
        YearKind::Standard { .. } => 4,
        _ => year.unsigned_abs().checked_ilog10()? + 1,
    };
    let step = 10_u128.checked_pow(width.saturating_sub(kept))?;
    let near = i128::try_from(year.unsigned_abs() / step * step).ok()?;
    let far = near + i128::try_from(step).ok()? - 1;
    Some(if year < 0 { (-far, -near) } else { (near, far) })
}

fn date_runs(date: &Date) -> Runs {
    if let Some((first, last)) = significant(date) {
        let years = i64::try_from(first).ok().zip(i64::try_from(last).ok());
        return Runs {
            runs: years.and_then(|(a, b)| whole_years(a, b)).into_iter().collect(),
            coarsened: false,
        };
    }
    let blocks = year_blocks(date);
    if date.month.is_none_or(is_blank) && date.day.is_none_or(is_blank) {
        return collect(blocks.iter().filter_map(|(first, last)| whole_years(*first, *last)), || {
            blocks.last().and_then(|(first, last)| whole_years(*first, *last))
        });
    }
    let years = || blocks.iter().map(|(first, last)| *first..=*last);
    collect(years().flatten().flat_map(|year| year_runs(date, year)), || {
        years().rev().flat_map(Iterator::rev).find_map(|year| year_runs(date, year).pop())
    })
}

/// Joins runs that touch; too many become their hull, whose end `last` finds.
fn collect(runs: impl Iterator<Item = TimeRange>, last: impl FnOnce() -> Option<TimeRange>) -> Runs {
    let mut joined: Vec<TimeRange> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(before) if run.first <= before.last.next() => before.last = before.last.max(run.last),
            _ => joined.push(run),
        }
        if joined.len() > MOST_RUNS {
            let hull = joined.first().zip(last()).map(|(a, b)| TimeRange { first: a.first, last: b.last });
            return Runs { runs: hull.into_iter().collect(), coarsened: true };
        }
    }
    Runs { runs: joined, coarsened: false }
}

fn whole_years(first: i64, last: i64) -> Option<TimeRange> {
    Some(TimeRange {
        first: Instant::year_start(first)?,
        last: Instant::year_start(last.checked_add(1)?)?.prev(),
    })
}

/// The years a date may mean, as first and last of each block without a gap, in order.
fn year_blocks(date: &Date) -> Vec<(i64, i64)> {
    let Some((negative, digits)) = form::year_digits(date) else {
        return form::year_of(date).map(|year| (year, year)).into_iter().collect();
    };
    let free = digits.iter().rev().take_while(|digit| digit.is_none()).count();
    let mut blocks = vec![0_i64];
    for digit in digits.iter().take(digits.len().saturating_sub(free)) {
        let choices = digit.map_or(0..=9, |digit| digit..=digit);
        blocks = blocks
            .iter()
            .flat_map(|block| choices.clone().map(move |it| block * 10 + i64::from(it)))
            .collect();
    }
    let size = 10_i64.pow(free as u32);
    let years = blocks.into_iter().map(|block| (block * size, block * size + size - 1));
    if negative {
        // There is no year -0: that is 0000.
        let before = years.rev().map(|(near, far)| (-far, (-near).min(-1)));
        before.filter(|(first, last)| first <= last).collect()
    } else {
        years.collect()
    }
}

/// The runs of a date within one of its years; not joined.
fn year_runs(date: &Date, year: i64) -> Vec<TimeRange> {
    let Some(month) = date.month else { return whole_years(year, year).into_iter().collect() };
    if let Some(season) = month.value().and_then(season) {
        return months_run(year, season.first, i64::from(season.months)).into_iter().collect();
    }
    let months = (1..=12).filter(|number| matches(month, *number));
    months
        .flat_map(|month| match date.day {
            None => months_run(year, month, 1).into_iter().collect::<Vec<_>>(),
            Some(day) => {
                let days = 1..=days_in_month(year, month).unwrap_or(0);
                days.filter(|number| matches(day, *number))
                    .filter_map(|day| day_run(year, month, day))
                    .collect()
            }
        })
        .collect()
}

fn matches(field: DateField, number: u8) -> bool {
    let [tens, ones] = field.digits;
    tens.is_none_or(|tens| tens == number / 10) && ones.is_none_or(|ones| ones == number % 10)
}

fn months_run(year: i64, month: u8, months: i64) -> Option<TimeRange> {
    let first = Instant::midnight(year, month, 1)?;
    Some(TimeRange { first, last: first.plus_months(months)?.prev() })
}

fn day_run(year: i64, month: u8, day: u8) -> Option<TimeRange> {
    let first = Instant::midnight(year, month, day)?;
    Some(TimeRange { first, last: Instant { secs: first.secs.checked_add(86_399)?, nanos: 999_999_999 } })
}
