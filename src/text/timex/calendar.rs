//! Days, weeks and months counted, for dates that lie some way from another.

use super::lexicon::Holiday;
use crate::when::Instant;

const SECS_PER_DAY: i64 = 86_400;

/// A civil day: the year (astronomical), the month and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_field_names, reason = "the day of a day is what it is called")]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Day {
    /// A day, where there is one.
    pub(super) fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        Instant::midnight(i64::from(year), month, day).map(|_| Self { year, month, day })
    }

    /// Days since 1970-01-01.
    pub(super) fn number(self) -> i64 {
        let midnight = Instant::midnight(i64::from(self.year), self.month, self.day);
        midnight.map_or(0, |instant| instant.secs.div_euclid(SECS_PER_DAY))
    }

    /// The day so many days after 1970-01-01.
    pub(super) fn from_number(days: i64) -> Option<Self> {
        let secs = days.checked_mul(SECS_PER_DAY)?;
        let civil = Instant { secs, nanos: 0 }.civil()?;
        let year = i32::try_from(civil.year).ok().filter(|_| Instant::has_months(civil.year))?;
        Some(Self { year, month: civil.month, day: civil.day })
    }

    /// The day so many days later, or earlier.
    pub(super) fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The same day of the month so many months later, or the last one of that month.
    pub(super) fn plus_months(self, months: i64) -> Option<Self> {
        let from = Instant::midnight(i64::from(self.year), self.month, self.day)?;
        let to = from.plus_months(months)?;
        Self::from_number(to.secs.div_euclid(SECS_PER_DAY))
    }

    /// Monday is 1, Sunday 7.
    pub(super) fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.number() + 3).rem_euclid(7)).unwrap_or(0) + 1
    }

    /// The week of ISO 8601, with the year that it belongs to.
    pub(super) fn week(self) -> Option<(i32, u8)> {
        let thursday = self.plus_days(4 - i64::from(self.weekday()))?;
        let first = Self::new(thursday.year, 1, 1)?;
        let week = (thursday.number() - first.number()) / 7 + 1;
        Some((thursday.year, u8::try_from(week).ok()?))
    }

    /// The Monday of a week.
    pub(super) fn monday(year: i32, week: u8) -> Option<Self> {
        let fourth = Self::new(year, 1, 4)?;
        fourth.plus_days(1 - i64::from(fourth.weekday()) + 7 * (i64::from(week) - 1))
    }

    /// The last day of its month.
    pub(super) fn last_of_month(year: i32, month: u8) -> Option<Self> {
        Self::new(year, month, 1)?.plus_months(1)?.plus_days(-1)
    }
}

/// The `nth` weekday of a month; the last one for 5.
fn nth_weekday(year: i32, month: u8, weekday: u8, nth: u8) -> Option<Day> {
    let (from, back) = match nth {
        5 => (Day::last_of_month(year, month)?, true),
        _ => (Day::new(year, month, 1)?, false),
    };
    let (has, wants) = (i64::from(from.weekday()), i64::from(weekday));
    if back {
        from.plus_days(-(has - wants).rem_euclid(7))
    } else {
        from.plus_days((wants - has).rem_euclid(7) + 7 * (i64::from(nth) - 1))
    }
}

/// Easter Sunday of the Gregorian calendar, by the paschal full moon.
fn easter(year: i32) -> Option<Day> {
    let century = year.div_euclid(100);
    let golden = year.rem_euclid(19);
    let corrections = century - century.div_euclid(4) - (8 * century + 13).div_euclid(25);
    let mut epact = (corrections + 19 * golden + 15).rem_euclid(30);
    if epact == 29 || (epact == 28 && golden > 10) {
        epact -= 1;
    }
    let moon = Day::new(year, 3, 21)?.plus_days(i64::from(epact))?;
    // The Sunday behind it.
    moon.plus_days(7 - i64::from(moon.weekday() % 7))
}

/// The day of a holiday in a year.
pub(super) fn holiday(holiday: Holiday, year: i32) -> Option<Day> {
    use Holiday as H;
    let fixed = |month, day| Day::new(year, month, day);
    let by_easter = |days| easter(year)?.plus_days(days);
    match holiday {
        H::Christmas => fixed(12, 25),
        H::ChristmasEve => fixed(12, 24),
        H::Boxing => fixed(12, 26),
        H::NewYear => fixed(1, 1),
        H::NewYearsEve => fixed(12, 31),
        H::Independence => fixed(7, 4),
        H::Halloween => fixed(10, 31),
        H::AllSaints => fixed(11, 1),
        H::Valentine => fixed(2, 14),
        H::Veterans => fixed(11, 11),
        H::May => fixed(5, 1),
        H::Bastille => fixed(7, 14),
        H::Patrick => fixed(3, 17),
        H::AprilFools => fixed(4, 1),
        H::Landing => Day::new(1944, 6, 6),
        H::Easter => by_easter(0),
        H::GoodFriday => by_easter(-2),
        H::EasterMonday => by_easter(1),
        H::PalmSunday => by_easter(-7),
        H::AshWednesday => by_easter(-46),
        H::Pentecost => by_easter(49),
        H::Thanksgiving => nth_weekday(year, 11, 4, 4),
        H::Memorial => nth_weekday(year, 5, 1, 5),
        H::Labor => nth_weekday(year, 9, 1, 1),
        H::King => nth_weekday(year, 1, 1, 3),
        H::Presidents => nth_weekday(year, 2, 1, 3),
        H::Columbus => nth_weekday(year, 10, 1, 2),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::new(year, month, day).expect("a day")
    }

    #[test]
    fn weeks_are_those_of_the_standard() {
        assert_eq!(day(2024, 1, 27).week(), Some((2024, 4)));
        assert_eq!(day(2021, 1, 3).week(), Some((2020, 53)));
        assert_eq!(day(2018, 12, 31).week(), Some((2019, 1)));
        assert_eq!(Day::monday(2024, 1), Some(day(2024, 1, 1)));
        assert_eq!(Day::monday(2020, 53), Some(day(2020, 12, 28)));
    }

    #[test]
    fn holidays_that_move() {
        for (which, year, month, on) in [
            (Holiday::Easter, 2024, 3, 31),
            (Holiday::Easter, 1998, 4, 12),
            (Holiday::Easter, 1943, 4, 25),
            (Holiday::GoodFriday, 2023, 4, 7),
            (Holiday::Thanksgiving, 2023, 11, 23),
            (Holiday::Memorial, 2022, 5, 30),
            (Holiday::Labor, 2024, 9, 2),
            (Holiday::King, 2024, 1, 15),
        ] {
            assert_eq!(holiday(which, year), Some(day(year, month, on)), "{which:?} {year}");
        }
    }

    proptest! {
        #[test]
        fn numbers_and_weeks_lead_back(number in -1_000_000i64..1_000_000) {
            let day = Day::from_number(number).expect("a day");
            prop_assert_eq!(day.number(), number);
            let (year, week) = day.week().expect("a week");
            let monday = Day::monday(year, week).expect("a day");
            prop_assert_eq!(monday.number() + i64::from(day.weekday()) - 1, number);
        }
    }
}
