//! Labels along the axis: dates of the ladder of human steps, as many as fit.

use super::axis::{Axis, Piece};
use super::ladder::{self, Step};
use crate::text::width::width;
use crate::when::{Civil, Instant, Precision, TimeRange, words};

/// A label on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its first cell.
    pub cell: u16,
    /// Its words.
    pub label: String,
}

/// Columns left free between two labels.
const SPACE: u16 = 2;

/// The labels of an axis, none over another; the first of each piece names its year.
pub fn ticks(axis: &Axis) -> Vec<Tick> {
    let finest = finest(axis);
    let mut ticks = Vec::new();
    for piece in &axis.pieces {
        piece_ticks(piece, finest, &mut ticks);
    }
    ticks
}

/// The first cell that is free behind the labels so far.
fn free_from(ticks: &[Tick]) -> u16 {
    let columns = |tick: &Tick| u16::try_from(width(&tick.label)).unwrap_or(u16::MAX);
    ticks
        .last()
        .map_or(0, |tick| tick.cell.saturating_add(columns(tick)).saturating_add(SPACE.min(columns(tick))))
}

/// Adds a label where there is room for it.
fn add(ticks: &mut Vec<Tick>, piece: &Piece, tick: Tick) -> bool {
    let end = tick.cell.saturating_add(u16::try_from(width(&tick.label)).unwrap_or(u16::MAX));
    let fits =
        tick.cell >= free_from(ticks) && end <= piece.cell.saturating_add(piece.cells).saturating_add(1);
    if fits {
        ticks.push(tick);
    }
    fits
}

/// How exact the labels are at the most: on an axis of years no label names a day.
fn finest(axis: &Axis) -> Precision {
    const DAY: i64 = 86_400;
    let Some(range) = axis.range() else { return Precision::Year };
    match range.last.secs.saturating_sub(range.first.secs) / DAY {
        0..=3 => Precision::Fraction,
        4..=120 => Precision::Day,
        121..=18_000 => Precision::Month,
        _ => Precision::Year,
    }
}

/// Adds the labels of one piece: one at its beginning, and those of the finest step that leaves room.
fn piece_ticks(piece: &Piece, finest: Precision, ticks: &mut Vec<Tick>) {
    let cells = usize::from(piece.cells);
    let (years, range) = (years(piece.range), piece.range);
    let worth = |step: &Step| match step {
        Step::Years(step) => *step <= years.max(1) * 5,
        step => step.precision() <= finest,
    };
    // How many there are follows from lengths alone, so that it is the same step while the range is moved along.
    let fits = |step: &Step| {
        let room = label_width(range, *step) + usize::from(SPACE);
        (step.times(range) + 1).saturating_mul(room as i128) <= cells as i128
            && !step.marks(range, cells).is_empty()
    };
    let step = ladder::rungs().filter(worth).rfind(fits);
    add(ticks, piece, Tick { cell: piece.cell, label: first_label(piece, step, finest) });
    let Some(step) = step else { return };
    let mut before = range.first;
    for mark in step.marks(range, cells) {
        let Some(cell) = (Axis { pieces: vec![*piece] }).cell(mark) else { continue };
        if add(ticks, piece, Tick { cell, label: label(mark, before, step) }) {
            before = mark;
        }
    }
}

/// The date that a piece begins with, as exactly as there is room; its year at the least.
fn first_label(piece: &Piece, step: Option<Step>, finest: Precision) -> String {
    const COARSER: [Precision; 4] = [Precision::Second, Precision::Minute, Precision::Day, Precision::Month];
    let precision = step.map_or(Precision::Day, Step::precision).min(finest);
    let exact = match step.map_or(0, Step::decimals) {
        0 => words::write_instant(piece.range.first, precision.min(Precision::Second)),
        decimals => {
            let whole = 10_u32.pow(u32::try_from(9 - decimals).unwrap_or(0));
            let nanos = piece.range.first.nanos / whole * whole;
            words::write_instant(Instant { nanos, ..piece.range.first }, precision)
        }
    };
    let coarser = COARSER.into_iter().filter(|coarser| *coarser < precision);
    std::iter::once(exact)
        .chain(coarser.map(|precision| words::write_instant(piece.range.first, precision)))
        .find(|label| width(label) <= usize::from(piece.cells).saturating_add(1))
        .unwrap_or_else(|| words::write_instant(piece.range.first, Precision::Year))
}

/// A label without what it shares with the one before it.
fn label(mark: Instant, before: Instant, step: Step) -> String {
    let precision = step.precision();
    let whole = words::write_instant(mark, precision);
    let (Some(civil), Some(last)) = (mark.civil(), before.civil()) else { return whole };
    let (day, last_day) = ((civil.year, civil.month, civil.day), (last.year, last.month, last.day));
    let of_year = |label: &str| if civil.year == last.year { without_year(label) } else { label.to_owned() };
    match precision {
        Precision::Years | Precision::Year => whole,
        Precision::Season | Precision::Month | Precision::Day => of_year(&whole),
        _ if day == last_day => time(&civil, &last, step),
        _ if mark.start_of_day() == Some(mark) => of_year(&words::write_instant(mark, Precision::Day)),
        _ => format!(
            "{} {}",
            of_year(&words::write_instant(mark, Precision::Day)),
            time(&civil, &Civil { hour: civil.hour.wrapping_add(1), ..last }, step)
        ),
    }
}

/// A time of day, of which a second or a part of it stands alone where only that differs from the time before.
fn time(civil: &Civil, before: &Civil, step: Step) -> String {
    let minute = format!("{:02}:{:02}", civil.hour, civil.minute);
    let same_minute = (civil.hour, civil.minute) == (before.hour, before.minute);
    let same_second = same_minute && civil.second == before.second;
    let second = format!("{}:{:02}", if same_minute { "" } else { &minute }, civil.second);
    match (step.precision(), step.decimals()) {
        (Precision::Hour | Precision::Minute, _) => minute,
        (Precision::Second, _) => second,
        (_, decimals) => {
            let fraction: String = format!("{:09}", civil.nanos).chars().take(decimals).collect();
            if same_second {
                format!(".{fraction}")
            } else if civil.nanos == 0 {
                second
            } else {
                format!("{second}.{fraction}")
            }
        }
    }
}

/// A label without the year it shares with its neighbour.
fn without_year(label: &str) -> String {
    match label.rsplit_once(' ') {
        Some((rest, year)) if year.chars().all(|char| char.is_ascii_digit()) => rest.to_owned(),
        _ => label.to_owned(),
    }
}

fn years(range: TimeRange) -> i64 {
    match (range.first.civil(), range.last.civil()) {
        (Some(first), Some(last)) => last.year.saturating_sub(first.year),
        _ => 0,
    }
}

/// The room that a label of a step takes: in full down to days, of what is finer only the part that changes.
fn label_width(range: TimeRange, step: Step) -> usize {
    match step.precision() {
        Precision::Years | Precision::Year => [range.first, range.last]
            .map(|instant| width(&words::write_instant(instant, Precision::Year)))
            .into_iter()
            .max()
            .unwrap_or(0),
        Precision::Season | Precision::Month => 8,
        Precision::Day => 11,
        Precision::Hour | Precision::Minute | Precision::Second => 6,
        Precision::Fraction => step.decimals() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::axis::Plan;

    fn labels(first: Instant, length: i128, cells: u16) -> Vec<String> {
        let axis = Plan::new(TimeRange { first, last: first.plus_nanos(length) }).axis(cells);
        ticks(&axis).into_iter().map(|tick| tick.label).collect()
    }

    fn at(hour: u8, minute: u8, second: u8) -> Instant {
        let civil = Civil { year: 2023, month: 12, day: 31, hour, minute, second, nanos: 0 };
        Instant::from_civil(civil).unwrap()
    }

    #[test]
    fn each_rung_has_labels_that_drop_what_they_share() {
        let from = at(23, 59, 0);
        let shown = |step: Step, cells| labels(from, step.nanos(), cells).join(" ");
        assert_eq!(shown(Step::Years(5), 70), "2023 2025 2026 2027 2028");
        assert_eq!(shown(Step::Years(1), 60), "Dec 2023 Apr 2024 Jul Oct");
        assert_eq!(shown(Step::Days(7), 60), "31 Dec 2023");
        assert_eq!(shown(Step::Days(1), 60), "31 Dec 2023 23:59 1 Jan 2024 12:00");
        assert_eq!(
            shown(Step::Nanos(3_600_000_000_000), 60),
            "31 Dec 2023 23:59 1 Jan 2024 00:20 00:40 00:50"
        );
        assert_eq!(shown(Step::Nanos(60_000_000_000), 60), "31 Dec 2023 23:59:00 :30 :40 :50");
        assert_eq!(shown(Step::Nanos(1_000_000_000), 60), "31 Dec 2023 23:59:00 .400 .600 .800");
        assert_eq!(shown(Step::Nanos(1_000), 60), "31 Dec 2023 23:59:00 .000000500");
        let finest = "31 Dec 2023 23:59:00 .000000004 .000000006 .000000008";
        assert_eq!(shown(Step::Nanos(10), 100), finest);
    }

    #[test]
    fn labels_stay_put_while_what_is_shown_moves_along() {
        // Two hours a cell, moved cell by cell over a turn of the year.
        let hours = |count: i64| Instant { secs: at(0, 0, 0).secs + count * 7_200, nanos: 0 };
        let shown = |moved: i64| -> Vec<(i64, String)> {
            let axis = Plan::new(TimeRange { first: hours(moved), last: hours(moved + 120) }).axis(120);
            ticks(&axis).into_iter().map(|tick| (i64::from(tick.cell) + moved, tick.label)).collect()
        };
        let mut names: std::collections::BTreeMap<i64, String> = std::collections::BTreeMap::new();
        for moved in -600..600 {
            let labels = shown(moved);
            assert!(labels.first().is_some_and(|(_, label)| label.contains("202")), "{labels:?}");
            // The first one goes along with the edge; what it hides is no other label's place.
            for (place, label) in labels.into_iter().skip(1) {
                let name = label.split(" 202").next().unwrap_or_default().to_owned();
                assert_eq!(*names.entry(place).or_insert_with(|| name.clone()), name, "at {place}");
            }
        }
        let places: Vec<i64> = names.keys().copied().collect();
        assert!(places.len() > 10 && places.windows(2).all(|pair| pair[1] - pair[0] == 84), "{names:?}");
    }

    #[test]
    fn the_year_is_there_where_little_fits() {
        let nanos = Step::Nanos(500).nanos();
        assert_eq!(labels(at(1, 2, 3), nanos, 14), ["31 Dec 2023"]);
        assert_eq!(labels(at(1, 2, 3), nanos, 5), ["2023"]);
        let far = Instant::year_start(-13_800_000_000).unwrap();
        assert_eq!(labels(far, nanos, 40), ["13.8 billion BCE"]);
    }
}
