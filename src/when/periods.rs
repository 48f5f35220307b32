//! The calendar in periods of one size: days, months, quarters, years, and powers of ten of years. Each lies within one
//! of the next size.

mod fitting;

pub use fitting::{by_period, edges, fitting};

use super::instant::LAST_YEAR;
use super::{Instant, words};

/// The size of a period, the coarsest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// So many years: 10 to the power of it, from 11 down to 0.
    Years(std::cmp::Reverse<u32>),
    /// Three months, the first from January on.
    Quarter,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A period: from its first instant up to the one that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Its first instant.
    pub first: Instant,
    /// The first instant behind it.
    pub next: Instant,
    /// Its size.
    pub unit: Unit,
}

impl Unit {
    /// The coarsest: no more than a few of them are the whole of time.
    pub const COARSEST: Self = Self::Years(std::cmp::Reverse(11));

    /// The next finer one.
    pub const fn finer(self) -> Option<Self> {
        match self {
            Self::Years(std::cmp::Reverse(0)) => Some(Self::Quarter),
            Self::Years(std::cmp::Reverse(power)) => Some(Self::Years(std::cmp::Reverse(power - 1))),
            Self::Quarter => Some(Self::Month),
            Self::Month => Some(Self::Day),
            Self::Day => None,
        }
    }

    /// How many years it has, where it has whole ones.
    fn years(self) -> Option<i64> {
        match self {
            Self::Years(std::cmp::Reverse(power)) => 10i64.checked_pow(power),
            _ => None,
        }
    }

    /// Its name, for "by": "month", "10 years".
    pub fn name(self) -> String {
        match self {
            Self::Years(std::cmp::Reverse(0)) => "year".to_owned(),
            Self::Years(_) => match self.years() {
                Some(years) if years >= 1_000_000_000 => format!("{} billion years", years / 1_000_000_000),
                Some(years) if years >= 1_000_000 => format!("{} million years", years / 1_000_000),
                years => format!("{} years", years.unwrap_or(1)),
            },
            Self::Quarter => "quarter".to_owned(),
            Self::Month => "month".to_owned(),
            Self::Day => "day".to_owned(),
        }
    }

    /// The period in which an instant lies; `None` for the infinities, and for less than a year where there are only
    /// whole years.
    pub fn of(self, instant: Instant) -> Option<Period> {
        let civil = Some(instant).filter(|instant| instant.is_finite())?.civil()?;
        // Beyond the axis there is nothing.
        Some(civil.year).filter(|year| (-LAST_YEAR..=LAST_YEAR).contains(year))?;
        if let Some(years) = self.years() {
            let count = civil.year.div_euclid(years);
            let begin = |count: i64| count.checked_mul(years).and_then(Instant::year_start);
            let first = begin(count).unwrap_or(Instant { secs: i64::MIN + 1, nanos: 0 });
            let next = begin(count + 1).unwrap_or(Instant { secs: i64::MAX - 1, nanos: 0 });
            return Some(Period { first, next, unit: self });
        }
        if !Instant::has_months(civil.year) {
            return None;
        }
        let first = match self {
            Self::Years(_) | Self::Quarter => {
                Instant::midnight(civil.year, (civil.month - 1) / 3 * 3 + 1, 1)?
            }
            Self::Month => Instant::midnight(civil.year, civil.month, 1)?,
            Self::Day => Instant::midnight(civil.year, civil.month, civil.day)?,
        };
        let next = match self {
            Self::Years(_) | Self::Quarter => first.plus_months(3)?,
            Self::Month => first.plus_months(1)?,
            Self::Day => first.plus_nanos(86_400_000_000_000),
        };
        Some(Period { first, next, unit: self })
    }
}

impl Period {
    /// The one that follows.
    pub fn following(&self) -> Option<Self> {
        let following = self.unit.of(self.next)?;
        (following.first > self.first).then_some(following)
    }

    /// The periods of the next finer size in it, in order; itself where it has none.
    pub fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut part = self.unit.finer().and_then(|finer| finer.of(self.first));
        while let Some(period) = part.filter(|period| period.first < self.next) {
            parts.push(period);
            part = period.following();
        }
        if parts.is_empty() { vec![*self] } else { parts }
    }

    /// It in EDTF: `2023`, `2023-36`, `2023-10`, `2023-10-07`, `1990/1999`.
    pub fn edtf(&self) -> Option<String> {
        let civil = self.first.civil()?;
        let year = year_text(civil.year);
        Some(match self.unit {
            Unit::Years(std::cmp::Reverse(0)) => year,
            Unit::Years(_) => format!("{year}/{}", year_text(self.last_year()?)),
            Unit::Quarter => format!("{year}-{}", 33 + (civil.month - 1) / 3),
            Unit::Month => format!("{year}-{:02}", civil.month),
            Unit::Day => format!("{year}-{:02}-{:02}", civil.month, civil.day),
        })
    }

    fn last_year(&self) -> Option<i64> {
        Some(self.next.prev().civil()?.year)
    }

    /// It in words, in full: "October 2023", "1990 to 1999".
    pub fn in_words(&self) -> String {
        let Some(civil) = self.first.civil() else { return String::new() };
        let year = words::heading_year(civil.year);
        let month = words::month_name(civil.month);
        match self.unit {
            Unit::Years(std::cmp::Reverse(0)) => year,
            Unit::Years(_) => {
                let last = self.last_year().map(words::heading_year);
                format!("{year} to {}", last.unwrap_or_default())
            }
            Unit::Quarter => format!("quarter {} of {year}", 1 + (civil.month - 1) / 3),
            Unit::Month => format!("{month} {year}"),
            Unit::Day => format!("{} {month} {year}", civil.day),
        }
    }

    /// It in two short parts, one above the other: what it shares with its neighbours, and what it is among them:
    /// ("2023", "Oct"), ("", "2023").
    pub fn label(&self) -> (String, String) {
        let Some(civil) = self.first.civil() else { return Default::default() };
        let year = words::heading_year(civil.year);
        match self.unit {
            Unit::Years(_) => (String::new(), year),
            Unit::Quarter => (year, format!("Q{}", 1 + (civil.month - 1) / 3)),
            Unit::Month => (year, words::month_short(civil.month).to_owned()),
            Unit::Day => (format!("{} {year}", words::month_short(civil.month)), civil.day.to_string()),
        }
    }
}

/// A year as EDTF writes it; beyond the axis, the last one on it.
fn year_text(year: i64) -> String {
    let year = year.clamp(-LAST_YEAR, LAST_YEAR);
    let sign = if year < 0 { "-" } else { "" };
    match year.unsigned_abs() {
        size @ 0..=9999 => format!("{sign}{size:04}"),
        size => format!("Y{sign}{size}"),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;
    use crate::when::When;

    fn at(date: &str) -> Instant {
        When::parse(date).unwrap().span().first
    }

    #[test]
    fn periods_in_edtf_and_in_words() {
        let all = |unit: Unit, date: &str| {
            let period = unit.of(at(date)).unwrap();
            (period.edtf().unwrap(), period.in_words(), period.label())
        };
        let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
        let of = |edtf: &str, words: &str, label| (edtf.to_owned(), words.to_owned(), label);
        assert_eq!(all(Unit::Day, "2023-10-07"), of("2023-10-07", "7 October 2023", pair("Oct 2023", "7")));
        assert_eq!(all(Unit::Month, "2023-10-07"), of("2023-10", "October 2023", pair("2023", "Oct")));
        assert_eq!(all(Unit::Quarter, "2023-10-07"), of("2023-36", "quarter 4 of 2023", pair("2023", "Q4")));
        assert_eq!(all(Unit::Years(Reverse(0)), "-0043"), of("-0043", "44 BCE", pair("", "44 BCE")));
        assert_eq!(all(Unit::Years(Reverse(1)), "1994"), of("1990/1999", "1990 to 1999", pair("", "1990")));
        assert_eq!(Unit::Quarter.of(at("Y-138E8")), None);
        assert_eq!(Unit::Day.of(Instant::PAST), None);
    }

    #[test]
    fn a_period_is_its_parts() {
        let parts = |unit: Unit, date: &str| unit.of(at(date)).unwrap().parts();
        assert_eq!(parts(Unit::Years(Reverse(0)), "2024").len(), 4);
        assert_eq!(parts(Unit::Quarter, "2024-02").len(), 3);
        assert_eq!(parts(Unit::Month, "2024-02").len(), 29);
        assert_eq!(parts(Unit::Day, "2024-02-01"), [Unit::Day.of(at("2024-02-01")).unwrap()]);
        let deep = Unit::Years(Reverse(0)).of(at("Y-138E8")).unwrap();
        assert_eq!(deep.parts(), [deep], "there are no months so long ago");
    }

    fn units() -> Vec<Unit> {
        std::iter::successors(Some(Unit::COARSEST), |unit| unit.finer()).collect()
    }

    #[test]
    fn the_whole_of_time_is_a_few_of_the_coarsest() {
        assert!(units().is_sorted());
        let mut period = Unit::COARSEST.of(at("Y-199000000000"));
        let mut count = 0;
        while let Some(one) = period {
            count += 1;
            period = one.following();
        }
        assert!((1..=8).contains(&count), "{count}");
    }

    proptest! {
        #[test]
        fn every_instant_lies_in_its_period_and_in_one_of_its_parts(secs in i64::MIN + 1..i64::MAX - 1, small in -99_999_999_999i64..99_999_999_999) {
            for secs in [secs, small] {
                let instant = Instant { secs, nanos: 5 };
                for unit in units() {
                    let Some(period) = unit.of(instant) else { continue };
                    prop_assert!(period.first <= instant && instant < period.next, "{period:?}");
                    if unit.finer().is_some() && secs.abs() < 99_999_999_999 {
                        let parts = period.parts();
                        prop_assert_eq!(parts.iter().filter(|part| part.first <= instant && instant < part.next).count(), 1);
                        prop_assert_eq!((parts[0].first, parts[parts.len() - 1].next), (period.first, period.next));
                    }
                    let span = When::parse(&period.edtf().unwrap()).unwrap().span();
                    prop_assert!(span.first >= period.first && span.last < period.next, "{period:?}");
                    if secs.abs() < 99_999_999_999 && period.unit > Unit::Years(Reverse(4)) {
                        prop_assert_eq!((span.first, span.last.next()), (period.first, period.next));
                    }
                }
            }
        }
    }
}
