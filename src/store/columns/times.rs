//! The dates of a segment's rows, in order, in a few bytes each, and which rows are in a window of time.

use super::bits::Bits;
use super::shape::{Reach, Shape};
use crate::when::{Bounds, Certainty, Instant, TimeRange};

/// How an event that has to be in a window stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// It goes on at some time in the window: [`Bounds::goes_on_in`].
    Partly,
    /// It begins and ends in the window: [`Bounds::lies_in`].
    Wholly,
}

/// Seconds, in order or not, in as few bytes as they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seconds {
    /// Seconds after the first number.
    Narrow(i64, Box<[u32]>),
    /// As they are.
    Wide(Box<[i64]>),
}

impl Seconds {
    pub(super) fn new(all: impl Iterator<Item = i64> + Clone) -> Self {
        let base = all.clone().min().unwrap_or(0);
        let narrow = all.clone().map(|secs| u32::try_from(secs.checked_sub(base)?).ok());
        match narrow.collect::<Option<Box<[u32]>>>() {
            Some(narrow) => Self::Narrow(base, narrow),
            None => Self::Wide(all.collect()),
        }
    }

    fn len(&self) -> u32 {
        match self {
            Self::Narrow(_, list) => list.len() as u32,
            Self::Wide(list) => list.len() as u32,
        }
    }

    fn get(&self, at: u32) -> Option<i64> {
        match self {
            Self::Narrow(base, list) => list.get(at as usize).map(|secs| base + i64::from(*secs)),
            Self::Wide(list) => list.get(at as usize).copied(),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Narrow(_, list) => size_of_val::<[u32]>(list),
            Self::Wide(list) => size_of_val::<[i64]>(list),
        }
    }
}

/// The dates of the dated rows of a segment, which come first and are in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Times {
    /// How many rows the segment has, undated ones too.
    pub(super) rows: u32,
    /// Where each row starts in the order: its earliest start, or where it has none its latest end.
    pub(super) starts: Seconds,
    /// The nanoseconds of the starts; empty: none has any.
    pub(super) nanos: Box<[u32]>,
    pub(super) shapes: Box<[Shape]>,
    /// Each row's shape; empty: all have the first.
    pub(super) shape_of: Box<[u16]>,
    /// How far all rows but the odd ones reach.
    pub(super) reach: Reach,
    /// Rows that reach too far, have no end, or have gaps, in order: they are looked at one by one.
    pub(super) odd: Box<[u16]>,
    /// Rows that are never certainly in a window.
    pub(super) uncertain: Option<Bits>,
    /// Rows without an earliest start.
    pub(super) unbounded: Box<[u16]>,
}

impl Times {
    pub(super) fn dated(&self) -> u32 {
        self.starts.len()
    }

    /// Rows without an earliest start, in order.
    pub(super) fn unbounded(&self) -> &[u16] {
        &self.unbounded
    }

    fn start(&self, row: u32) -> Option<Instant> {
        let nanos = self.nanos.get(row as usize).copied().unwrap_or(0);
        self.starts.get(row).map(|secs| Instant { secs, nanos })
    }

    fn shape(&self, row: u32) -> Option<&Shape> {
        let shape = self.shape_of.get(row as usize).copied().unwrap_or(0);
        self.shapes.get(usize::from(shape))
    }

    /// A row's place in the order; `None`: undated.
    pub(super) fn order(&self, row: u32) -> Option<(Instant, Instant)> {
        let start = self.start(row)?;
        Some((start, self.shape(row)?.end(start)))
    }

    /// What a row's date allows; `None`: undated.
    pub(super) fn bounds(&self, row: u32) -> Option<Bounds> {
        let start = self.start(row)?;
        Some(self.shape(row)?.bounds(start))
    }

    /// How many dated rows start before an instant.
    pub(super) fn before(&self, instant: Instant) -> u32 {
        partition(0..self.dated(), |row| self.start(row).is_some_and(|start| start < instant))
    }

    /// The rows that are certainly, and those that are at least possibly, in a window.
    pub(super) fn in_window(&self, within: Within, window: TimeRange) -> (Bits, Bits) {
        let (mut certain, mut possible) = (Bits::new(self.rows), Bits::new(self.rows));
        let Reach { back, ahead } = self.reach;
        // Whatever starts before `near` ends before the window, whatever starts from `after` on comes behind it.
        // From `inner` to `outer` everything begins and ends in the window; the rest lies across its borders.
        let near = self.before(minus(window.first, ahead));
        let after = self.before(window.last.next());
        let after = if window.last == Instant::FUTURE { self.dated() } else { after };
        let inner = self.before(plus(window.first, back)).clamp(near, after.max(near));
        let last = minus(window.last, ahead);
        let outer = if last == Instant::FUTURE { self.dated() } else { self.before(last.next()) };
        let outer = outer.clamp(inner, after.max(inner));
        certain.insert_range(inner..outer);
        possible.insert_range(inner..outer);
        if let Some(uncertain) = &self.uncertain {
            certain.and_not(uncertain);
        }
        let borders = (near..inner).chain(outer..after);
        for row in borders.chain(self.odd.iter().map(|row| u32::from(*row))) {
            let (Some(start), Some(shape)) = (self.start(row), self.shape(row)) else { continue };
            let answer = shape.answer(start, within, window);
            set(&mut certain, row, answer == Certainty::Certain);
            set(&mut possible, row, answer != Certainty::Not);
        }
        possible.insert_range(self.dated()..self.rows);
        (certain, possible)
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        let whole = self.shapes.iter().map(|shape| match shape {
            Shape::Near { .. } => 0,
            Shape::Whole(_) => size_of::<Bounds>(),
        });
        self.starts.bytes()
            + size_of_val::<[u32]>(&self.nanos)
            + size_of_val::<[Shape]>(&self.shapes)
            + whole.sum::<usize>()
            + size_of_val::<[u16]>(&self.shape_of)
            + size_of_val::<[u16]>(&self.odd)
            + self.uncertain.as_ref().map_or(0, |bits| size_of_val::<[u64]>(bits.words()))
            + size_of_val::<[u16]>(&self.unbounded)
    }
}

fn set(bits: &mut Bits, row: u32, member: bool) {
    if member { bits.insert(row) } else { bits.remove(row) }
}

fn minus(instant: Instant, nanos: i64) -> Instant {
    instant.plus_nanos(-i128::from(nanos))
}

fn plus(instant: Instant, nanos: i64) -> Instant {
    instant.plus_nanos(i128::from(nanos))
}

/// The first of a range for which `is_before` is no longer true.
pub(super) fn partition(range: std::ops::Range<u32>, is_before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
