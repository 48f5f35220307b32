//! What a date allows, as seen from where it starts: most dates of a table have few shapes.

use super::times::Within;
use crate::when::{Bounds, Certainty, Instant, Stretch, Stretches, TimeRange};

const NANOS_PER_SEC: i64 = 1_000_000_000;

/// Distances up to this many nanoseconds (146 years) can be added without care for overflow.
const FARTHEST: i64 = 1 << 62;

/// What a date allows, as seen from where it starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// Without gaps: how many nanoseconds later the latest start, earliest end and latest end are;
    /// [`i64::MAX`]: open.
    Near { s1: i64, e0: i64, e1: i64, qualified: bool, uncertain: bool },
    /// Anything else.
    Whole(Box<Bounds>),
}

impl Shape {
    pub(super) fn of(bounds: &Bounds) -> Self {
        Self::near(bounds).unwrap_or_else(|| Self::Whole(Box::new(bounds.clone())))
    }

    fn near(bounds: &Bounds) -> Option<Self> {
        let Bounds { hull: Stretch { s0, s1, e0, e1 }, qualified, uncertain, .. } = *bounds;
        if bounds.stretches != Stretches::One || !s0.is_finite() {
            return None;
        }
        Some(Self::Near {
            s1: distance(s0, s1)?,
            e0: distance(s0, e0)?,
            e1: distance(s0, e1)?,
            qualified,
            uncertain,
        })
    }

    /// The date that has this shape and starts there.
    pub(super) fn bounds(&self, start: Instant) -> Bounds {
        match self {
            Self::Near { s1, e0, e1, qualified, uncertain } => Bounds {
                hull: Stretch {
                    s0: start,
                    s1: later(start, *s1),
                    e0: later(start, *e0),
                    e1: later(start, *e1),
                },
                stretches: Stretches::One,
                qualified: *qualified,
                uncertain: *uncertain,
            },
            Self::Whole(bounds) => (**bounds).clone(),
        }
    }

    /// Where a date of this shape that starts there ends in the order.
    pub(super) fn end(&self, start: Instant) -> Instant {
        match self {
            Self::Near { e1, .. } => later(start, *e1),
            Self::Whole(bounds) => bounds.order().1,
        }
    }

    /// How many nanoseconds after its start it ends in the order; the most there are where it is open.
    pub(super) fn length(&self) -> i128 {
        let nanos = |instant: Instant| {
            i128::from(instant.secs) * i128::from(NANOS_PER_SEC) + i128::from(instant.nanos)
        };
        match self {
            Self::Near { e1: i64::MAX, .. } => i128::MAX,
            Self::Near { e1, .. } => i128::from(*e1),
            Self::Whole(bounds) => match bounds.order() {
                (_, Instant::FUTURE) => i128::MAX,
                (start, end) => nanos(end) - nanos(start),
            },
        }
    }

    pub(super) fn answer(&self, start: Instant, within: Within, window: TimeRange) -> Certainty {
        let of = |bounds: &Bounds| match within {
            Within::Partly => bounds.goes_on_in(window),
            Within::Wholly => bounds.lies_in(window),
        };
        match self {
            Self::Near { .. } => of(&self.bounds(start)),
            Self::Whole(bounds) => of(bounds),
        }
    }

    /// How far before and after its start it reaches; `None`: without end, or with gaps.
    pub(super) fn reach(&self) -> Option<Reach> {
        let Self::Near { s1, e0, e1, .. } = self else { return None };
        let (least, most) = (*s1.min(e0).min(e1), *s1.max(e0).max(e1));
        (most <= FARTHEST).then_some(Reach { back: least.min(0).saturating_neg(), ahead: most.max(0) })
    }

    pub(super) fn is_uncertain(&self) -> bool {
        match self {
            Self::Near { uncertain, .. } => *uncertain,
            Self::Whole(bounds) => bounds.uncertain,
        }
    }

    pub(super) fn is_unbounded(&self) -> bool {
        matches!(self, Self::Whole(bounds) if bounds.hull.s0 == Instant::PAST)
    }
}

/// From one instant to another in nanoseconds; `None` where they are too far apart.
fn distance(from: Instant, to: Instant) -> Option<i64> {
    if to == Instant::FUTURE {
        return Some(i64::MAX);
    }
    let secs = to.secs.checked_sub(from.secs)?.checked_mul(NANOS_PER_SEC)?;
    let nanos = secs.checked_add(i64::from(to.nanos) - i64::from(from.nanos))?;
    (-FARTHEST..=FARTHEST).contains(&nanos).then_some(nanos)
}

/// The instant at a [`distance`]. [`Instant::plus_nanos`] divides 128 bits, which would take most of the time here.
fn later(from: Instant, distance: i64) -> Instant {
    if distance == i64::MAX {
        return Instant::FUTURE;
    }
    let nanos = distance.saturating_add(i64::from(from.nanos));
    let secs = from.secs.saturating_add(nanos.div_euclid(NANOS_PER_SEC));
    Instant { secs, nanos: nanos.rem_euclid(NANOS_PER_SEC) as u32 }
}

/// How far some dates reach before and after their starts, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) back: i64,
    pub(super) ahead: i64,
}

impl Reach {
    pub(super) fn max(self, other: Self) -> Self {
        Self { back: self.back.max(other.back), ahead: self.ahead.max(other.ahead) }
    }
}
