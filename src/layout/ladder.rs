//! The ladder of human steps, from hundreds of gigayears down to nanoseconds: how far a zoom goes at once, and which
//! dates an axis names.

use crate::when::{Instant, Precision, TimeRange};

const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// Nanoseconds of a day.
pub const DAY: i128 = 24 * HOUR as i128;
/// Seconds of a mean month and of a mean year of the Gregorian calendar.
const MONTH: i128 = 2_629_746;
const YEAR: i128 = 31_556_952;

/// The shortest stretch that is shown, in nanoseconds.
pub const SHORTEST: i128 = 10;

/// A step between two dates that an axis names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Calendar years.
    Years(i64),
    /// Calendar months.
    Months(i64),
    /// Days; seven of them begin on a Monday.
    Days(i64),
    /// Nanoseconds; a day is a multiple of them.
    Nanos(i64),
}

/// Steps shorter than a year and not shorter than a second, from coarse to fine.
const MIDDLE: [Step; 16] = [
    Step::Months(6),
    Step::Months(3),
    Step::Months(1),
    Step::Days(7),
    Step::Days(1),
    Step::Nanos(12 * HOUR),
    Step::Nanos(6 * HOUR),
    Step::Nanos(3 * HOUR),
    Step::Nanos(HOUR),
    Step::Nanos(30 * MINUTE),
    Step::Nanos(10 * MINUTE),
    Step::Nanos(5 * MINUTE),
    Step::Nanos(MINUTE),
    Step::Nanos(30 * SECOND),
    Step::Nanos(10 * SECOND),
    Step::Nanos(5 * SECOND),
];

/// All steps, from coarse to fine. Years and parts of a second come in 1, 2 and 5 times a power of ten.
pub fn rungs() -> impl DoubleEndedIterator<Item = Step> {
    let digits = |power: u32| [5, 2, 1].map(|digit| digit * 10_i64.pow(power));
    let years = (0..12).rev().flat_map(digits).map(Step::Years);
    let parts = (0..9).rev().flat_map(digits).map(Step::Nanos);
    years.chain(MIDDLE).chain([Step::Nanos(SECOND)]).chain(parts)
}

/// The next shorter stretch, in nanoseconds; `None` from the shortest one.
pub fn inwards(length: i128) -> Option<i128> {
    rungs().map(Step::nanos).find(|rung| *rung < length && *rung >= SHORTEST)
}

/// The next longer stretch, in nanoseconds; the longest stays.
pub fn outwards(length: i128) -> i128 {
    rungs().rev().map(Step::nanos).find(|rung| *rung > length).unwrap_or(length)
}

impl Step {
    /// How long it is, in nanoseconds; of months and years the mean.
    pub fn nanos(self) -> i128 {
        let second = i128::from(SECOND);
        match self {
            Self::Years(years) => i128::from(years) * YEAR * second,
            Self::Months(months) => i128::from(months) * MONTH * second,
            Self::Days(days) => i128::from(days) * DAY,
            Self::Nanos(nanos) => i128::from(nanos),
        }
    }

    /// The precision of the dates that it names.
    pub fn precision(self) -> Precision {
        match self {
            Self::Years(_) => Precision::Year,
            Self::Months(_) => Precision::Month,
            Self::Days(_) => Precision::Day,
            Self::Nanos(nanos) if nanos >= MINUTE => Precision::Minute,
            Self::Nanos(nanos) if nanos >= SECOND => Precision::Second,
            Self::Nanos(_) => Precision::Fraction,
        }
    }

    /// How many digits of a second tell its dates apart: 0, 3, 6 or 9.
    pub fn decimals(self) -> usize {
        match self {
            Self::Nanos(nanos) if nanos < 1_000 => 9,
            Self::Nanos(nanos) if nanos < 1_000_000 => 6,
            Self::Nanos(nanos) if nanos < SECOND => 3,
            _ => 0,
        }
    }

    /// About how often it goes into a range.
    pub fn times(self, range: TimeRange) -> i128 {
        range.last.nanos_since(range.first).max(0) / self.nanos().max(1)
    }

    /// The dates that it names within a range, its ends left out: the same ones however the range lies. None where
    /// there are more than `most` of them, or where only years are known.
    pub fn marks(self, range: TimeRange, most: usize) -> Vec<Instant> {
        let mut marks = Vec::new();
        if self.times(range) > most as i128 {
            return marks;
        }
        // One more at the beginning, which may lie before the range, and those that are no mean ones.
        for count in 0..=(most as i64).saturating_add(2) {
            match self.nth(range.first, count) {
                Some(mark) if mark >= range.last => break,
                Some(mark) if mark > range.first => marks.push(mark),
                Some(_) => {}
                None => break,
            }
        }
        marks
    }

    /// The date `count` steps after the last one that is not later than an instant.
    fn nth(self, from: Instant, count: i64) -> Option<Instant> {
        let civil = from.civil()?;
        let known = Instant::has_months(civil.year);
        match self {
            Self::Years(step) => {
                let whole = civil.year.div_euclid(step).checked_add(count)?.checked_mul(step)?;
                Instant::year_start(named(whole, step)?)
            }
            _ if !known => None,
            Self::Months(step) => {
                let months = (i64::from(civil.month) - 1) / step * step + count.checked_mul(step)?;
                Instant::year_start(civil.year)?.plus_months(months)
            }
            Self::Days(step) => {
                let back = if step == 7 { i64::from(from.weekday()?) } else { 0 };
                let days = i128::from(count) * i128::from(step) - i128::from(back);
                Some(from.start_of_day()?.plus_nanos(days * DAY))
            }
            Self::Nanos(step) => {
                let epoch = Instant { secs: 0, nanos: 0 };
                let whole = from.nanos_since(epoch).div_euclid(i128::from(step)) + i128::from(count);
                Some(epoch.plus_nanos(whole.checked_mul(i128::from(step))?))
            }
        }
    }
}

/// The year that stands for a multiple of a step: before our era the one that has the round name, 500 BCE rather than
/// 501 BCE. Years of a million and more are named by their number itself.
fn named(year: i64, step: i64) -> Option<i64> {
    if step > 1 && (-999_999..=0).contains(&year) { year.checked_add(1) } else { Some(year) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::when::words::write_instant;

    fn marks(first: Instant, last: Instant, step: Step) -> Vec<String> {
        let marks = step.marks(TimeRange { first, last }, 100);
        marks.into_iter().map(|mark| write_instant(mark, step.precision())).collect()
    }

    fn year(year: i64) -> Instant {
        Instant::year_start(year).unwrap()
    }

    #[test]
    fn it_goes_from_gigayears_to_nanoseconds_and_back() {
        let all: Vec<i128> = rungs().map(Step::nanos).collect();
        assert!(all.is_sorted_by(|one, next| one > next), "{all:?}");
        let mut length = Step::Years(13_800_000_000).nanos();
        let mut steps = 0;
        while let Some(shorter) = inwards(length) {
            assert!(shorter < length && length <= shorter * 7, "{length} {shorter}");
            assert!(steps == 0 || outwards(shorter) == length, "{length} {shorter}");
            (length, steps) = (shorter, steps + 1);
        }
        assert_eq!((length, steps), (SHORTEST, 31 + 16 + 1 + 24));
        assert_eq!(inwards(Step::Years(7).nanos()), Some(Step::Years(5).nanos()));
        assert_eq!(inwards(Step::Years(1).nanos()), Some(Step::Months(6).nanos()));
        assert_eq!(outwards(Step::Days(2).nanos()), Step::Days(7).nanos());
        assert_eq!(outwards(i128::MAX), i128::MAX);
    }

    #[test]
    fn round_years_have_round_names() {
        let names = ["1000 BCE", "500 BCE", "1 CE", "500 CE"];
        assert_eq!(marks(year(-1_200), year(800), Step::Years(500)), names);
        let names = ["3 million BCE", "2 million BCE", "1 million BCE"];
        assert_eq!(marks(year(-3_500_000), year(-5), Step::Years(1_000_000)), names);
        assert_eq!(marks(year(-3), year(3), Step::Years(1)), ["3 BCE", "2 BCE", "1 BCE", "1 CE", "2 CE"]);
    }

    #[test]
    fn weeks_begin_on_mondays_and_parts_of_a_second_are_told() {
        let from = Instant::midnight(2024, 1, 3).unwrap();
        let names = marks(from, Instant::midnight(2024, 1, 20).unwrap(), Step::Days(7));
        assert_eq!(names, ["8 Jan 2024", "15 Jan 2024"]);
        let names = marks(from.plus_nanos(1_500), from.plus_nanos(4_100), Step::Nanos(1_000));
        let end = ["00:00:00.000002", "00:00:00.000003", "00:00:00.000004"];
        assert_eq!(names, end.map(|end| format!("3 Jan 2024 {end}")));
        let far = year(-13_800_000_000);
        assert!(marks(far, far.plus_nanos(5_000), Step::Nanos(1_000)).is_empty());
    }

    proptest! {
        #[test]
        fn marks_stay_where_they_are_however_the_range_lies(
            rung in 6usize..70, start in -20_000_000_000i64..20_000_000_000, nanos in 0u32..1_000_000_000,
            (before, after) in (0i128..30, 0i128..30),
        ) {
            let step = rungs().nth(rung).unwrap();
            let middle = Instant { secs: start, nanos };
            let range = |back: i128, on: i128| TimeRange {
                first: middle.plus_nanos(-back * step.nanos()),
                last: middle.plus_nanos(on * step.nanos()),
            };
            let (small, large) = (range(before, after), range(before + 7, after + 5));
            let within: Vec<Instant> = step.marks(large, 200).into_iter()
                .filter(|mark| *mark > small.first && *mark < small.last)
                .collect();
            prop_assert_eq!(step.marks(small, 200), within);
        }
    }
}
