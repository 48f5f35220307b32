//! Labels along the axis: a ladder of human steps, and the labels that fit.

use super::axis::{Axis, Piece};
use crate::text::width::width;
use crate::when::{Instant, Precision, TimeRange, words};

/// A label on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its first cell.
    pub cell: u16,
    /// Its words.
    pub label: String,
}

/// A step between two labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Years(i64),
    Months(i64),
    Days(i64),
    Hours(i64),
}

/// From coarse to fine. Years come in steps of 1, 2 and 5 times a power of ten.
const FINE: &[Step] =
    &[Step::Months(6), Step::Months(3), Step::Months(1), Step::Days(7), Step::Days(1), Step::Hours(6)];

/// Columns left free between two labels.
const SPACE: u16 = 2;

/// The labels of an axis, none over another; the first of each piece names its year.
pub fn ticks(axis: &Axis) -> Vec<Tick> {
    let mut ticks: Vec<Tick> = Vec::new();
    let mut free_from = 0u16;
    let finest = finest(axis);
    for piece in &axis.pieces {
        for tick in piece_ticks(piece, finest) {
            let end = tick.cell.saturating_add(u16::try_from(width(&tick.label)).unwrap_or(u16::MAX));
            let limit = piece.cell.saturating_add(piece.cells).saturating_add(1);
            if tick.cell >= free_from && end <= limit {
                free_from = end.saturating_add(SPACE.min(end.saturating_sub(tick.cell)));
                ticks.push(tick);
            }
        }
    }
    ticks
}

/// How exact the labels are at the most: on an axis of years no label names a day.
fn finest(axis: &Axis) -> Precision {
    const DAY: i64 = 86_400;
    let Some(range) = axis.range() else { return Precision::Year };
    match range.last.secs.saturating_sub(range.first.secs) / DAY {
        0..=3 => Precision::Minute,
        4..=120 => Precision::Day,
        121..=18_000 => Precision::Month,
        _ => Precision::Year,
    }
}

/// The labels of one piece: one at its beginning, and those of the finest step that leaves room.
fn piece_ticks(piece: &Piece, finest: Precision) -> Vec<Tick> {
    let step = steps(piece.range).into_iter().filter(|step| precision_of(*step) <= finest).rfind(|step| {
        let marks = marks(piece.range, *step, usize::from(piece.cells));
        let room = marks.len().saturating_mul(label_width(piece.range, *step) + usize::from(SPACE));
        !marks.is_empty() && room <= usize::from(piece.cells)
    });
    let precision = step.map_or(Precision::Month, precision_of).min(finest);
    let mut ticks =
        vec![Tick { cell: piece.cell, label: words::write_instant(piece.range.first, precision) }];
    let mut year = piece.range.first.civil().map(|civil| civil.year);
    for mark in step.into_iter().flat_map(|step| marks(piece.range, step, usize::from(piece.cells))) {
        let Some(cell) = (Axis { pieces: vec![*piece] }).cell(mark) else { continue };
        let this_year = mark.civil().map(|civil| civil.year);
        let label = if this_year == year && precision > Precision::Year {
            without_year(&words::write_instant(mark, precision))
        } else {
            words::write_instant(mark, precision)
        };
        year = this_year;
        ticks.push(Tick { cell, label });
    }
    ticks
}

/// A label without the year it shares with its neighbour.
fn without_year(label: &str) -> String {
    match label.rsplit_once(' ') {
        Some((rest, year)) if year.chars().all(|char| char.is_ascii_digit()) => rest.to_owned(),
        _ => label.to_owned(),
    }
}

const fn precision_of(step: Step) -> Precision {
    match step {
        Step::Years(_) => Precision::Year,
        Step::Months(_) => Precision::Month,
        Step::Days(_) => Precision::Day,
        Step::Hours(_) => Precision::Minute,
    }
}

/// The steps worth trying in a range, from coarse to fine.
fn steps(range: TimeRange) -> Vec<Step> {
    let mut steps = Vec::new();
    let years = years(range);
    let mut power = 1i64;
    while power <= years.max(1) {
        steps.extend([5, 2, 1].map(|digit| Step::Years(digit * power)));
        power = power.saturating_mul(10);
    }
    steps.sort_by_key(|step| std::cmp::Reverse(if let Step::Years(years) = step { *years } else { 0 }));
    steps.extend_from_slice(FINE);
    steps
}

fn years(range: TimeRange) -> i64 {
    match (range.first.civil(), range.last.civil()) {
        (Some(first), Some(last)) => last.year.saturating_sub(first.year),
        _ => 0,
    }
}

fn label_width(range: TimeRange, step: Step) -> usize {
    width(&words::write_instant(range.last, precision_of(step)))
}

/// The instants of a step within a range; none where there would be more than `most`.
fn marks(range: TimeRange, step: Step, most: usize) -> Vec<Instant> {
    let mut marks = Vec::new();
    let Some(civil) = range.first.civil() else { return marks };
    let mut at = match step {
        Step::Years(years) => Instant::midnight(civil.year.div_euclid(years).saturating_mul(years), 1, 1),
        Step::Months(_) => Instant::midnight(civil.year, 1, 1),
        Step::Days(_) | Step::Hours(_) => Instant::midnight(civil.year, civil.month, civil.day),
    };
    while let Some(mark) = at {
        if mark >= range.last {
            break;
        }
        if mark > range.first {
            marks.push(mark);
            if marks.len() > most {
                return Vec::new();
            }
        }
        at = following(mark, step);
    }
    marks
}

/// The next mark of a step.
fn following(mark: Instant, step: Step) -> Option<Instant> {
    let plus = |seconds: i64| Some(Instant { secs: mark.secs.checked_add(seconds)?, nanos: 0 });
    match step {
        Step::Years(years) => Instant::midnight(mark.civil()?.year.checked_add(years)?, 1, 1),
        Step::Months(months) => {
            let civil = mark.civil()?;
            let months = i64::from(civil.month) - 1 + months;
            let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
            Instant::midnight(civil.year.checked_add(months.div_euclid(12))?, month, 1)
        }
        Step::Days(days) => plus(days.checked_mul(86_400)?),
        Step::Hours(hours) => plus(hours.checked_mul(3_600)?),
    }
}
