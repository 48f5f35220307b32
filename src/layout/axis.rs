//! The strip's axis: pieces of time side by side, with long empty stretches folded to a gap, so that one event
//! far away does not flatten the rest.

use super::ladder::{DAY, SHORTEST};
use crate::when::{Instant, TimeRange};

/// How finely the density is asked for while the axis is being planned.
const PROBE: usize = 256;
/// An empty stretch longer than this share of what is shown may be folded, in percent.
const FOLD_FROM: i128 = 20;
/// One bucket with more than this share of the events says that the axis is too flat, in percent.
const FLAT_FROM: u64 = 40;
/// How many gaps there may be at the most.
const MOST_GAPS: usize = 4;
/// How often a plan may be folded before it is taken as it is.
pub const MOST_ROUNDS: u8 = 12;

/// A piece of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The time it shows.
    pub range: TimeRange,
    /// Its first cell.
    pub cell: u16,
    /// How many cells it has.
    pub cells: u16,
}

/// Time laid out on cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Axis {
    /// In order of time; between two of them lies a gap of one cell.
    pub pieces: Vec<Piece>,
}

/// Nanoseconds between two instants; never negative.
fn length(range: TimeRange) -> i128 {
    range.last.nanos_since(range.first).max(0)
}

/// The instant a share (`num` of `den`) into a range: a whole second where the parts are longer than that.
fn share(range: TimeRange, num: i128, den: i128) -> Instant {
    const SECOND: i128 = 1_000_000_000;
    let den = den.max(1);
    if num >= den {
        return range.last;
    }
    let inside = length(range) * num / den;
    let from = i128::from(range.first.nanos);
    let spare = if num > 0 && length(range) / den >= SECOND { (from + inside) % SECOND } else { 0 };
    range.first.plus_nanos(inside - spare).min(range.last)
}

/// What a range is measured in: the longest of these (in nanoseconds) that goes into it four times, and days where it
/// is one moment.
fn unit(range: TimeRange) -> i128 {
    const UNITS: [i128; 6] = [DAY, DAY / 24, DAY / 1_440, 1_000_000_000, 1_000_000, 1_000];
    match length(range) {
        0 => DAY,
        length => UNITS.into_iter().find(|unit| length >= unit * 4).unwrap_or(SHORTEST),
    }
}

/// A range of at least a unit, in whole ones where it is short: a shorter one would have no place on cells.
fn widened(range: TimeRange, unit: i128) -> TimeRange {
    let unit = unit.max(1);
    if length(range) >= unit * 4 {
        return range;
    }
    let epoch = Instant { secs: 0, nanos: 0 };
    let first = range.first.plus_nanos(-range.first.nanos_since(epoch).rem_euclid(unit));
    let short = length(TimeRange { first, last: range.last }).rem_euclid(unit);
    let last = range.last.plus_nanos(if short == 0 { 0 } else { unit - short });
    TimeRange { first, last: last.max(first.plus_nanos(unit)) }
}

/// A range without the empty buckets at its ends.
fn trimmed(range: TimeRange, edges: &[Instant], counts: &[u64], unit: i128) -> TimeRange {
    let within = |first: &Instant, last: &Instant| *first >= range.first && *last <= range.last;
    let mut full = edges
        .windows(2)
        .zip(counts)
        .filter_map(|(pair, count)| match pair {
            [first, last] if *count > 0 && within(first, last) => Some((*first, *last)),
            _ => None,
        })
        .peekable();
    let first = full.peek().map_or(range.first, |(first, _)| *first);
    let last = full.last().map_or(range.last, |(_, last)| last);
    widened(TimeRange { first, last }, unit)
}

/// An axis that is being planned: ranges to show, and how to ask for their density.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    ranges: Vec<TimeRange>,
    /// What the stretch that it began with is measured in: no range is shorter.
    unit: i128,
    /// Whether what is empty at its ends stays.
    keeps_ends: bool,
}

impl Plan {
    /// Begins with one stretch.
    pub fn new(range: TimeRange) -> Self {
        let unit = unit(range);
        Self { ranges: vec![widened(range, unit)], unit, keeps_ends: false }
    }

    /// Begins with a stretch that was asked for: what is empty within it may be folded, its ends stay.
    pub fn asked(range: TimeRange) -> Self {
        let plan = Self::new(range);
        let ranges = if length(range) > 0 { vec![range] } else { plan.ranges };
        Self { ranges, unit: plan.unit, keeps_ends: true }
    }

    /// The whole plan for a stretch in which events begin at these instants, in order.
    pub fn of(range: TimeRange, starts: &[Instant]) -> Self {
        let mut plan = Self::new(range);
        for _ in 0..MOST_ROUNDS {
            let edges = plan.edges();
            let before = |edge: &Instant| starts.partition_point(|start| start < edge) as u64;
            let ranks: Vec<u64> = edges.iter().map(before).collect();
            // A bucket holds what begins at its first edge and before its last one.
            let counts: Vec<u64> =
                ranks.iter().zip(ranks.iter().skip(1)).map(|(first, next)| next - first).collect();
            let Some(next) = plan.next(&edges, &counts) else { break };
            plan = next;
        }
        plan
    }

    /// The edges to count between: of every range in turn, with what lies between two ranges as one bucket.
    pub fn edges(&self) -> Vec<Instant> {
        let mut edges = Vec::with_capacity(PROBE + 2 * self.ranges.len());
        for (range, parts) in self.parts() {
            edges.extend((0..=parts).map(|part| share(range, part as i128, parts as i128)));
        }
        edges.dedup();
        edges
    }

    /// The ranges, each with how many buckets it has.
    fn parts(&self) -> impl Iterator<Item = (TimeRange, usize)> {
        let total: i128 = self.ranges.iter().copied().map(length).sum();
        self.ranges.iter().map(move |range| {
            let parts = length(*range) * PROBE as i128 / total.max(1);
            (*range, usize::try_from(parts).unwrap_or(PROBE).max(4))
        })
    }

    /// The plan improved by counts, one for each pair of its edges: folded where it is too flat, then trimmed to
    /// what is in it. Only what was folded is trimmed, so that else the whole keeps its span and a zoomed view what
    /// was asked for. `None`: it is good as it is.
    pub fn next(&self, edges: &[Instant], counts: &[u64]) -> Option<Self> {
        let trim = || self.trim(edges, counts).filter(|plan| plan.ranges.len() > 1);
        self.fold(edges, counts).or_else(trim)
    }

    /// Folds the longest empty stretch, where the axis is too flat and there is one that is worth it.
    fn fold(&self, edges: &[Instant], counts: &[u64]) -> Option<Self> {
        let all: u64 = counts.iter().sum();
        let densest = counts.iter().copied().max().unwrap_or(0);
        if self.ranges.len() > MOST_GAPS || all < 2 || densest * 100 < all * FLAT_FROM {
            return None;
        }
        let total: i128 = self.ranges.iter().copied().map(length).sum();
        let (index, gap) = self.longest_empty(edges, counts)?;
        if length(gap) * 100 < total * FOLD_FROM {
            return None;
        }
        let mut ranges = self.ranges.clone();
        let whole = ranges.remove(index);
        let parts = [
            TimeRange { first: whole.first, last: gap.first },
            TimeRange { first: gap.last, last: whole.last },
        ];
        let parts = parts.into_iter().filter(|part| length(*part) > 0);
        for (offset, part) in parts.enumerate() {
            ranges.insert(index + offset, part);
        }
        Some(Self { ranges, ..*self })
    }

    /// Cuts off what is empty at the beginning and the end of every range. `None`: there is nothing to cut off.
    fn trim(&self, edges: &[Instant], counts: &[u64]) -> Option<Self> {
        let trimmed = |range: &TimeRange| trimmed(*range, edges, counts, self.unit);
        let ranges: Vec<TimeRange> = self.ranges.iter().map(trimmed).collect();
        Some(Self { ranges, ..*self }).filter(|plan| plan.ranges != self.ranges)
    }

    /// The longest run of empty buckets within one range.
    fn longest_empty(&self, edges: &[Instant], counts: &[u64]) -> Option<(usize, TimeRange)> {
        let mut runs: Vec<(usize, TimeRange)> = Vec::new();
        for (index, range) in self.ranges.iter().enumerate() {
            let mut run: Option<TimeRange> = None;
            for (pair, count) in edges.windows(2).zip(counts) {
                let [first, last] = [pair[0], pair[1]];
                if *count > 0 || first < range.first || last > range.last {
                    runs.extend(run.take().map(|run| (index, run)));
                    continue;
                }
                run = Some(TimeRange { first: run.map_or(first, |run| run.first), last });
            }
            runs.extend(run.map(|run| (index, run)));
        }
        let ends = (self.ranges.first()?.first, self.ranges.last()?.last);
        runs.retain(|(_, run)| !self.keeps_ends || (run.first != ends.0 && run.last != ends.1));
        runs.into_iter().rev().max_by_key(|(_, run)| length(*run))
    }

    /// Lays the ranges out on `width` cells, each in proportion but with room for a label where that is possible.
    pub fn axis(&self, width: u16) -> Axis {
        let gaps = u16::try_from(self.ranges.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let room = width.saturating_sub(gaps);
        let count = u16::try_from(self.ranges.len()).unwrap_or(u16::MAX).max(1);
        let least = (room / count).min(9);
        let spare = i128::from(room.saturating_sub(least.saturating_mul(count)));
        let total: i128 = self.ranges.iter().copied().map(length).sum();
        let mut pieces = Vec::with_capacity(self.ranges.len());
        let (mut cell, mut given, mut sum) = (0u16, 0i128, 0i128);
        for range in &self.ranges {
            // Cumulative rounding, so that the parts add up to the whole.
            sum += length(*range);
            let upto = spare * sum / total.max(1);
            let extra = u16::try_from(upto - given).unwrap_or(0);
            given = upto;
            let cells = least.saturating_add(extra);
            pieces.push(Piece { range: *range, cell, cells });
            cell = cell.saturating_add(cells).saturating_add(1);
        }
        Axis { pieces }
    }
}

impl Axis {
    /// The edges of all cells, for the density: each piece's cells, and each gap as one bucket.
    pub fn edges(&self) -> Vec<Instant> {
        let mut edges = Vec::new();
        for piece in &self.pieces {
            let cells = i128::from(piece.cells.max(1));
            edges.extend((0..=cells).map(|cell| share(piece.range, cell, cells)));
        }
        edges.dedup();
        edges
    }

    /// The cell of an instant: one before or behind everything goes to the end it lies beyond, one in a gap to
    /// the gap's cell.
    pub fn cell(&self, instant: Instant) -> Option<u16> {
        let first = self.pieces.first()?;
        if instant <= first.range.first {
            return Some(first.cell);
        }
        for piece in &self.pieces {
            if instant < piece.range.first {
                return Some(piece.cell.saturating_sub(1));
            }
            if instant <= piece.range.last {
                let inside = instant.nanos_since(piece.range.first);
                let cell = inside * i128::from(piece.cells) / length(piece.range).max(1);
                let cell = u16::try_from(cell).unwrap_or(u16::MAX).min(piece.cells.saturating_sub(1));
                return Some(piece.cell.saturating_add(cell));
            }
        }
        self.pieces.last().map(|piece| piece.cell.saturating_add(piece.cells.saturating_sub(1)))
    }

    /// The first instant of a cell; a gap's cell gives the end of the piece before it.
    pub fn instant(&self, cell: u16) -> Option<Instant> {
        let piece = self.pieces.iter().rev().find(|piece| piece.cell <= cell)?;
        let inside = cell.saturating_sub(piece.cell).min(piece.cells);
        Some(share(piece.range, i128::from(inside), i128::from(piece.cells)))
    }

    /// From the first to the last instant shown.
    pub fn range(&self) -> Option<TimeRange> {
        Some(TimeRange { first: self.pieces.first()?.range.first, last: self.pieces.last()?.range.last })
    }

    /// The cells of the gaps.
    pub fn gaps(&self) -> impl Iterator<Item = u16> {
        self.pieces.iter().skip(1).map(|piece| piece.cell.saturating_sub(1))
    }

    /// How much time is shown, in nanoseconds, gaps left out.
    pub fn shown(&self) -> i128 {
        self.pieces.iter().map(|piece| length(piece.range)).sum()
    }

    /// How many cells there are, gaps included.
    pub fn width(&self) -> u16 {
        self.pieces.last().map_or(0, |piece| piece.cell.saturating_add(piece.cells))
    }

    /// The cell of a bucket that begins at one of [`Axis::edges`]. The edge that ends a piece begins its gap.
    pub fn cell_from(&self, edge: Instant) -> Option<u16> {
        let piece = self.pieces.iter().rev().find(|piece| piece.range.first <= edge)?;
        if edge >= piece.range.last {
            return Some(piece.cell.saturating_add(piece.cells));
        }
        let cells = i128::from(piece.cells.max(1));
        let inside = (0..cells).rev().find(|cell| share(piece.range, *cell, cells) <= edge)?;
        Some(piece.cell.saturating_add(u16::try_from(inside).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(secs: i64) -> Instant {
        Instant { secs, nanos: 0 }
    }

    /// Counts between edges, with how many lie before the first and behind the last.
    fn count(starts: &[i64], edges: &[Instant]) -> (u64, Vec<u64>, u64) {
        let (mut before, mut buckets, mut after) = (0, vec![0; edges.len() - 1], 0);
        for start in starts {
            match edges.partition_point(|edge| edge.secs <= *start) {
                0 => before += 1,
                n => match buckets.get_mut(n - 1) {
                    Some(count) => *count += 1,
                    None => after += 1,
                },
            }
        }
        (before, buckets, after)
    }

    fn planned(starts: &[i64]) -> Plan {
        let (first, last) = (starts.iter().min().unwrap(), starts.iter().max().unwrap());
        let mut plan = Plan::new(TimeRange { first: at(*first), last: at(*last) });
        for _ in 0..20 {
            let edges = plan.edges();
            let Some(next) = plan.next(&edges, &count(starts, &edges).1) else { break };
            plan = next;
        }
        plan
    }

    #[test]
    fn cells_are_as_short_as_nanoseconds() {
        let first = at(1_700_000_000);
        let last = first.plus_nanos(1_000);
        let axis = Plan::new(TimeRange { first, last }).axis(100);
        assert_eq!(axis.shown(), 1_000);
        assert_eq!(axis.edges().len(), 101);
        assert_eq!(axis.cell(first.plus_nanos(505)), Some(50));
        assert_eq!(axis.instant(50), Some(first.plus_nanos(500)));
        assert_eq!(axis.cell_from(first.plus_nanos(500)), Some(50));
        // One moment has a day around it.
        let moment = Plan::new(TimeRange { first: last, last }).axis(100);
        assert_eq!(moment.shown(), DAY);
    }

    const YEAR: i64 = 31_556_952;

    #[test]
    fn the_big_bang_does_not_flatten_a_century() {
        let mut starts = vec![-13_800_000_000 * YEAR];
        starts.extend((0..100).map(|year| year * YEAR));
        let axis = planned(&starts).axis(80);
        let (early, late) = (axis.cell(at(5 * YEAR)).unwrap(), axis.cell(at(95 * YEAR)).unwrap());
        assert!(late - early > 30, "{early} {late} in {axis:?}");
    }

    #[test]
    fn an_even_spread_is_not_folded() {
        let starts: Vec<i64> = (0..50).map(|year| year * YEAR).collect();
        assert_eq!(planned(&starts).axis(80).pieces.len(), 1);
    }

    proptest! {
        #[test]
        fn every_event_has_a_cell_and_cells_grow_with_time(
            starts in proptest::collection::vec(-1_000_000_000_000i64..4_000_000_000, 1..40),
            width in 1u16..200,
        ) {
            let axis = planned(&starts).axis(width);
            let edges = axis.edges();
            let (before, buckets, after) = count(&starts, &edges);
            let shown: u64 = (edges.iter().zip(&buckets))
                .filter(|(edge, _)| axis.cell_from(**edge).is_some_and(|cell| cell <= axis.width()))
                .map(|(_, count)| *count)
                .sum();
            prop_assert_eq!(before + shown + after, starts.len() as u64);
            let mut sorted = starts.clone();
            sorted.sort_unstable();
            let cells: Vec<_> = sorted.iter().map(|start| axis.cell(at(*start)).unwrap()).collect();
            prop_assert!(cells.is_sorted());
            prop_assert!(cells.iter().all(|cell| *cell < width.max(axis.pieces.len() as u16 * 2)));
        }
    }
}
