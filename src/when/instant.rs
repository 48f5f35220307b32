//! A point on the one axis, from the Big Bang to a nanosecond.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

/// The years of the axis: a year beyond ±200 billion does not fit into 64 bits of seconds with room to spare.
pub(super) const LAST_YEAR: i64 = 200_000_000_000;

/// How far calculations may go beyond [`LAST_YEAR`]: an approximate date reaches one unit further.
const FARTHEST_YEAR: i64 = 290_000_000_000;

const SECS_PER_DAY: i64 = 86_400;
const NANOS_PER_SEC: i128 = 1_000_000_000;

/// The seconds of 400 years of the Gregorian calendar, its full cycle.
const SECS_PER_CYCLE: i128 = 146_097 * 86_400;

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

    /// The first instant of a civil day; `None` where there is no such day, or beyond the axis. Beyond the range
    /// of civil dates (about ±262,000 years) only the first of January exists.
    pub fn midnight(year: i64, month: u8, day: u8) -> Option<Self> {
        match i32::try_from(year).ok().filter(|year| civil_range().contains(year)) {
            Some(year) => {
                let date = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
                Some(Self { secs: date.and_hms_opt(0, 0, 0)?.and_utc().timestamp(), nanos: 0 })
            }
            None if month == 1 && day == 1 => Self::year_start(year),
            None => None,
        }
    }

    /// Whether a year has months: beyond the range of civil dates only whole years exist.
    pub fn has_months(year: i64) -> bool {
        i32::try_from(year).is_ok_and(|year| civil_range().contains(&year))
    }

    /// The first instant of a year; `None` beyond the axis.
    pub fn year_start(year: i64) -> Option<Self> {
        if !(-FARTHEST_YEAR..=FARTHEST_YEAR).contains(&year) {
            return None;
        }
        i64::try_from(year_start_secs(i128::from(year))).ok().map(|secs| Self { secs, nanos: 0 })
    }

    /// The instant of a civil date and time in UTC; `None` where there is no such day or time of day.
    pub fn from_civil(civil: Civil) -> Option<Self> {
        if civil.hour > 23 || civil.minute > 59 || civil.second > 59 || civil.nanos > 999_999_999 {
            return None;
        }
        let midnight = Self::midnight(civil.year, civil.month, civil.day)?;
        let time = i64::from(civil.hour) * 3600 + i64::from(civil.minute) * 60 + i64::from(civil.second);
        Some(Self { secs: midnight.secs.checked_add(time)?, nanos: civil.nanos })
    }

    /// The civil date and time of this instant; beyond the range of civil dates only the year is exact
    /// (month and day are then 1). An infinity gives `None`.
    pub fn civil(self) -> Option<Civil> {
        if !self.is_finite() {
            return None;
        }
        let Some(at) = DateTime::from_timestamp(self.secs, self.nanos) else {
            let year = i64::try_from(year_of_secs(i128::from(self.secs))).ok()?;
            return Some(Civil { year, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanos: 0 });
        };
        Some(Civil {
            year: i64::from(at.year()),
            month: at.month() as u8,
            day: at.day() as u8,
            hour: at.hour() as u8,
            minute: at.minute() as u8,
            second: at.second() as u8,
            nanos: self.nanos,
        })
    }

    /// The first instant of the month this instant lies in (of the year, beyond the range of civil dates).
    pub fn start_of_month(self) -> Option<Self> {
        let civil = self.civil()?;
        Self::midnight(civil.year, civil.month, 1)
    }

    /// The first instant of the day this instant lies in (of the year, beyond the range of civil dates).
    pub fn start_of_day(self) -> Option<Self> {
        let civil = self.civil()?;
        Self::midnight(civil.year, civil.month, civil.day)
    }

    /// The day of the week, 0 for Monday to 6 for Sunday; `None` beyond the range of civil dates.
    pub fn weekday(self) -> Option<u8> {
        self.is_finite().then(|| (self.secs.div_euclid(SECS_PER_DAY).rem_euclid(7) + 3).rem_euclid(7) as u8)
    }

    /// The instant `months` later (earlier, if negative), at the same time of day; on the last day of the month
    /// where the month has no such day. Beyond the range of civil dates only whole years are moved.
    /// `None` for an infinity or beyond the axis.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let civil = self.civil()?;
        let index =
            civil.year.checked_mul(12)?.checked_add(i64::from(civil.month) - 1)?.checked_add(months)?;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u8 + 1);
        let from = Self::midnight(civil.year, civil.month, civil.day)?;
        let to = match days_in_month(year, month) {
            Some(days) => Self::midnight(year, month, civil.day.min(days))?,
            None => Self::year_start(year)?,
        };
        Some(Self { secs: self.secs.checked_sub(from.secs)?.checked_add(to.secs)?, nanos: self.nanos })
    }

    /// The instant `nanos` nanoseconds later (earlier, if negative). An infinity stays, and what would fall
    /// off the axis becomes one.
    #[must_use]
    pub fn plus_nanos(self, nanos: i128) -> Self {
        if !self.is_finite() {
            return self;
        }
        let total = (i128::from(self.secs) * NANOS_PER_SEC + i128::from(self.nanos)).saturating_add(nanos);
        match i64::try_from(total.div_euclid(NANOS_PER_SEC)) {
            Ok(secs) => Self { secs, nanos: total.rem_euclid(NANOS_PER_SEC) as u32 },
            Err(_) if total < 0 => Self::PAST,
            Err(_) => Self::FUTURE,
        }
    }

    /// Nanoseconds since another instant, less than 0 before it. An infinity counts as the second that stands for it.
    pub const fn nanos_since(self, other: Self) -> i128 {
        (self.secs as i128 - other.secs as i128) * NANOS_PER_SEC + self.nanos as i128 - other.nanos as i128
    }

    /// The instant one nanosecond later (an infinity stays).
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_nanos(1)
    }

    /// The instant one nanosecond earlier (an infinity stays).
    #[must_use]
    pub fn prev(self) -> Self {
        self.plus_nanos(-1)
    }
}

/// The days of a month; `None` where there is no such month, or beyond the range of civil dates.
pub(super) fn days_in_month(year: i64, month: u8) -> Option<u8> {
    if !civil_range().contains(&i32::try_from(year).ok()?) {
        return None;
    }
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap(year) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// Whether a year of the proleptic Gregorian calendar has a 29 February.
pub(super) const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The years in which `chrono` knows every day. One year short at either end, where it knows only a part.
fn civil_range() -> std::ops::Range<i32> {
    NaiveDate::MIN.year() + 1..NaiveDate::MAX.year()
}

/// The second at which a year begins, by the rule of leap years alone.
fn year_start_secs(year: i128) -> i128 {
    let before = year - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    // 719,162 days lie between 0001-01-01 and 1970-01-01.
    (before * 365 + leap_days - 719_162) * i128::from(SECS_PER_DAY)
}

/// The year in which a second lies: a guess from the length of the cycle, put right by at most a year or so.
fn year_of_secs(secs: i128) -> i128 {
    let mut year = 1970 + (secs * 400).div_euclid(SECS_PER_CYCLE);
    while year_start_secs(year) > secs {
        year -= 1;
    }
    while year_start_secs(year + 1) <= secs {
        year += 1;
    }
    year
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(year: i64, month: u8, day: u8) -> Instant {
        Instant::midnight(year, month, day).expect("a day")
    }

    #[test]
    fn known_seconds() {
        assert_eq!(at(1970, 1, 1).secs, 0);
        assert_eq!(at(2024, 1, 27).secs, 1_706_313_600);
        assert_eq!(at(0, 1, 1).secs, -62_167_219_200);
        assert_eq!(Instant::year_start(1).map(|i| i.secs), Some(-62_135_596_800));
    }

    #[test]
    fn days_that_do_not_exist() {
        assert_eq!(Instant::midnight(2023, 2, 29), None);
        assert_eq!(Instant::midnight(2023, 13, 1), None);
        assert_eq!(Instant::midnight(1_000_000, 2, 1), None);
        assert!(Instant::midnight(1_000_000, 1, 1).is_some());
        assert_eq!(Instant::year_start(i64::MAX), None);
    }

    #[test]
    fn weekdays_count_from_monday() {
        assert_eq!(at(2024, 1, 27).weekday(), Some(5));
        assert_eq!(at(1970, 1, 1).weekday(), Some(3));
        assert_eq!(at(1969, 12, 29).weekday(), Some(0));
    }

    #[test]
    fn months_later_stay_in_the_month() {
        assert_eq!(at(2024, 1, 31).plus_months(1), Some(at(2024, 2, 29)));
        assert_eq!(at(2024, 1, 1).plus_months(-1), Some(at(2023, 12, 1)));
        assert_eq!(Instant::FUTURE.plus_months(1), None);
        let deep = Instant::year_start(-13_800_000_000).expect("on the axis");
        assert_eq!(deep.plus_months(12), Instant::year_start(-13_799_999_999));
    }

    #[test]
    fn infinities_stay() {
        assert_eq!(Instant::FUTURE.next(), Instant::FUTURE);
        assert_eq!(Instant::PAST.prev(), Instant::PAST);
        assert_eq!(Instant::PAST.civil(), None);
        assert_eq!(Instant { secs: i64::MAX - 1, nanos: 999_999_999 }.next().secs, i64::MAX);
    }

    proptest! {
        #[test]
        fn civil_and_back(secs in -8_000_000_000_000i64..8_000_000_000_000, nanos in 0u32..1_000_000_000) {
            let instant = Instant { secs, nanos };
            prop_assert_eq!(instant.civil().and_then(Instant::from_civil), Some(instant));
        }

        #[test]
        fn years_beyond_civil_dates(year in -LAST_YEAR..=LAST_YEAR) {
            let start = Instant::year_start(year).expect("on the axis");
            prop_assert_eq!(start.civil().map(|c| c.year), Some(year));
            prop_assert_eq!(start.prev().civil().map(|c| c.year), Some(year - 1));
        }

        #[test]
        fn no_instant_is_too_far(secs in any::<i64>(), nanos in 0u32..1_000_000_000, months in any::<i64>()) {
            let instant = Instant { secs, nanos };
            let _ = (instant.civil(), instant.next(), instant.prev(), instant.start_of_day());
            let _ = (instant.plus_months(months), instant.weekday(), instant.start_of_month());
        }
    }
}
