//! The four instants of a date, and what they allow to say about a window.

use std::sync::Arc;

use super::Instant;

/// A stretch of time, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// The first instant in it.
    pub first: Instant,
    /// The last instant in it.
    pub last: Instant,
}

/// How far something is true: Kleene's three values, ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Not true under any reading.
    Not,
    /// True under some readings.
    Possible,
    /// True under every reading.
    Certain,
}

impl std::ops::Not for Certainty {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::Not => Self::Certain,
            Self::Possible => Self::Possible,
            Self::Certain => Self::Not,
        }
    }
}

/// The four inclusive instants of one stretch: it starts in `s0..=s1` and ends in `e0..=e1`.
///
/// An approximate date (`~`) has `s1` and `e0` one unit of its precision further out than it says, so that its
/// `s1` may lie after `e1` and its `e0` before `s0`: fewer windows are certain, and those that are possible stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Earliest start.
    pub s0: Instant,
    /// Latest start.
    pub s1: Instant,
    /// Earliest end.
    pub e0: Instant,
    /// Latest end.
    pub e1: Instant,
}

impl Stretch {
    /// One moment somewhere from `first` to `last`.
    pub const fn moment(first: Instant, last: Instant) -> Self {
        Self { s0: first, s1: last, e0: first, e1: last }
    }

    /// Whether it goes on at some time in `window`.
    pub fn goes_on_in(&self, window: TimeRange) -> Certainty {
        if self.s0 > window.last || self.e1 < window.first {
            Certainty::Not
        } else if self.e0 >= window.first && self.s1 <= window.last {
            Certainty::Certain
        } else {
            Certainty::Possible
        }
    }

    /// Whether it begins and ends in `window`. What lies in a window goes on in it, so this is never more
    /// certain than [`Stretch::goes_on_in`]; that matters only for an approximate date.
    pub fn lies_in(&self, window: TimeRange) -> Certainty {
        let alone = if self.s1 < window.first || self.e0 > window.last {
            Certainty::Not
        } else if self.s0 >= window.first && self.e1 <= window.last {
            Certainty::Certain
        } else {
            Certainty::Possible
        };
        alone.min(self.goes_on_in(window))
    }
}

/// The parts of a date that has gaps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Stretches {
    /// No gaps: the hull says it all.
    One,
    /// It was one of these.
    OneOf(Arc<[Stretch]>),
    /// It was all of these.
    AllOf(Arc<[Stretch]>),
}

/// What a date allows: the hull's four instants, its stretches, and whether its source doubts it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The hull: earliest and latest start and end over everything the date may mean.
    pub hull: Stretch,
    /// The parts, where there are gaps.
    pub stretches: Stretches,
    /// Marked `?`, `~` or `%`.
    pub qualified: bool,
    /// Marked `?` or `%`: every certain answer about time becomes a possible one.
    pub uncertain: bool,
}

impl Bounds {
    /// Whether it goes on at some time in `window`. One of several is certain where all are, all of several where
    /// one is; either is possible where any is.
    pub fn goes_on_in(&self, window: TimeRange) -> Certainty {
        self.doubted(match &self.stretches {
            Stretches::One => self.hull.goes_on_in(window),
            Stretches::OneOf(parts) => one_of(parts.iter().map(|part| part.goes_on_in(window))),
            Stretches::AllOf(parts) => {
                parts.iter().map(|part| part.goes_on_in(window)).max().unwrap_or(Certainty::Not)
            }
        })
    }

    /// Whether it begins and ends in `window`. All of several do so when each of them does.
    pub fn lies_in(&self, window: TimeRange) -> Certainty {
        self.doubted(match &self.stretches {
            Stretches::One => self.hull.lies_in(window),
            Stretches::OneOf(parts) => one_of(parts.iter().map(|part| part.lies_in(window))),
            Stretches::AllOf(parts) => {
                parts.iter().map(|part| part.lies_in(window)).min().unwrap_or(Certainty::Not)
            }
        })
    }

    /// Where it stands in the order: by (earliest start, latest end); without an earliest, by its latest.
    pub fn order(&self) -> (Instant, Instant) {
        let Stretch { s0, s1, e1, .. } = self.hull;
        if s0.is_finite() {
            return (s0, e1);
        }
        // No earliest: its latest end, and where that is open too, its latest start.
        let latest = if e1.is_finite() { e1 } else { s1 };
        (if latest.is_finite() { latest } else { e1 }, e1)
    }

    /// A doubted date is never certain of anything.
    fn doubted(&self, answer: Certainty) -> Certainty {
        if self.uncertain { answer.min(Certainty::Possible) } else { answer }
    }
}

/// One of several alternatives: certain when all are, possible when any is.
fn one_of(answers: impl Iterator<Item = Certainty>) -> Certainty {
    let (least, most) =
        answers.fold((Certainty::Certain, Certainty::Not), |(least, most), it| (least.min(it), most.max(it)));
    if least == Certainty::Certain && most == Certainty::Certain {
        Certainty::Certain
    } else {
        most.min(Certainty::Possible)
    }
}
