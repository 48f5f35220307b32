//! A point on the one axis, from the Big Bang to a nanosecond.

/// A point in time: seconds since 1970-01-01T00:00:00Z in the proleptic Gregorian calendar, and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Whole seconds since the epoch; [`i64::MIN`] and [`i64::MAX`] stand for the infinities.
    pub secs: i64,
    /// Nanoseconds within the second, 0 to 999,999,999.
    pub nanos: u32,
}

/// An instant as a civil date and time of day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999,999,999.
    pub nanos: u32,
}

impl Instant {
    /// Minus infinity: before every date.
    pub const PAST: Self = Self { secs: i64::MIN, nanos: 0 };
    /// Plus infinity: after every date.
    pub const FUTURE: Self = Self { secs: i64::MAX, nanos: 999_999_999 };

    /// Whether this is a date rather than one of the infinities.
    pub const fn is_finite(self) -> bool {
        self.secs != i64::MIN && self.secs != i64::MAX
    }

    /// The first instant of a civil day; `None` where there is no such day, or beyond the axis.
    pub fn midnight(_year: i64, _month: u8, _day: u8) -> Option<Self> {
        todo!()
    }

    /// The civil date and time of this instant; beyond the range of civil dates only the year is exact
    /// (month and day are then 1). An infinity gives `None`.
    pub fn civil(self) -> Option<Civil> {
        todo!()
    }

    /// The instant one nanosecond later (an infinity stays).
    #[must_use]
    pub fn next(self) -> Self {
        todo!()
    }

    /// The instant one nanosecond earlier (an infinity stays).
    #[must_use]
    pub fn prev(self) -> Self {
        todo!()
    }
}
