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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The parts of a date that has gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretches {
    /// No gaps: the hull says it all.
    One,
    /// It was one of these.
    OneOf(Arc<[Stretch]>),
    /// It was all of these.
    AllOf(Arc<[Stretch]>),
}

/// What a date allows: the hull's four instants, its stretches, and whether its source doubts it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Whether it goes on at some time in `window`.
    pub fn goes_on_in(&self, _window: TimeRange) -> Certainty {
        todo!()
    }

    /// Whether it begins and ends in `window`.
    pub fn lies_in(&self, _window: TimeRange) -> Certainty {
        todo!()
    }

    /// Where it stands in the order: by (earliest start, latest end); without an earliest, by its latest.
    pub fn order(&self) -> (Instant, Instant) {
        todo!()
    }
}
