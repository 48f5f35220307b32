//! Plain dates: a year, month, day or time of day written in full and without doubt, read without anything being
//! allocated. Tables have millions of them.

use super::instant::days_in_month;
use super::{Bounds, Instant, Precision, Stretch, Stretches, TimeRange};

const SECS_PER_DAY: i64 = 86_400;
const SECOND: u32 = 1_000_000_000;

/// A plain date: the span of the unit that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    /// From the first to the last instant of the unit.
    pub span: TimeRange,
    /// The unit.
    pub precision: Precision,
}

impl Plain {
    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and `YYYY-MM-DDThh:mm[:ss[.fraction]][Z|±hh:mm]`, with up to nine
    /// digits of a fraction. `None` for everything else: that is for [`super::When`], whose bounds for these are
    /// the same.
    pub fn read(text: &[u8]) -> Option<Self> {
        let (year, rest) = text.split_first_chunk::<4>()?;
        let year = i64::from(number(year)?);
        if rest.is_empty() {
            return Some(Self::days(day_number(year, 1, 1), day_number(year + 1, 1, 1), Precision::Year));
        }
        let (month, rest) = two(rest, b'-')?;
        let last = days_in_month(year, month).filter(|_| (1..=12).contains(&month))?;
        if rest.is_empty() {
            let first = day_number(year, month, 1);
            return Some(Self::days(first, first + i64::from(last), Precision::Month));
        }
        let (day, rest) = two(rest, b'-')?;
        if !(1..=last).contains(&day) {
            return None;
        }
        let first = day_number(year, month, day);
        match rest {
            [] => Some(Self::days(first, first + 1, Precision::Day)),
            [b'T', time @ ..] => Self::time(first * SECS_PER_DAY, time),
            _ => None,
        }
    }

    /// A time of day, after the second at which its day begins.
    fn time(midnight: i64, text: &[u8]) -> Option<Self> {
        let (hour, rest) = text.split_first_chunk::<2>()?;
        let hour = number(hour).filter(|hour| *hour < 24)?;
        let (minute, rest) = two(rest, b':').filter(|(minute, _)| *minute < 60)?;
        let mut secs = midnight + i64::from(hour) * 3600 + i64::from(minute) * 60;
        let (mut nanos, mut unit, mut precision) = (0, 60 * u64::from(SECOND), Precision::Minute);
        let mut rest = rest;
        if let [b':', ..] = rest {
            let (second, after) = two(rest, b':').filter(|(second, _)| *second <= 60)?;
            // A leap second counts as the one before it.
            secs += i64::from(second.min(59));
            (unit, precision, rest) = (u64::from(SECOND), Precision::Second, after);
            if let [b'.', after @ ..] = rest {
                let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let (written, after) =
                    after.split_at_checked(digits).filter(|_| (1..=9).contains(&digits))?;
                let scale = 10_u32.pow(9 - digits as u32);
                nanos = number(written)? * scale;
                (unit, precision, rest) = (u64::from(scale), Precision::Fraction, after);
            }
        }
        secs -= offset(rest)?;
        let end = u64::from(nanos) + unit - 1;
        let last = Instant {
            secs: secs + (end / u64::from(SECOND)) as i64,
            nanos: (end % u64::from(SECOND)) as u32,
        };
        Some(Self { span: TimeRange { first: Instant { secs, nanos }, last }, precision })
    }

    /// Whole days, from one to the one before another.
    fn days(first: i64, after: i64, precision: Precision) -> Self {
        let first = Instant { secs: first * SECS_PER_DAY, nanos: 0 };
        let last = Instant { secs: after * SECS_PER_DAY - 1, nanos: SECOND - 1 };
        Self { span: TimeRange { first, last }, precision }
    }

    /// What it allows: one moment somewhere in it.
    pub fn bounds(self) -> Bounds {
        bounds(Stretch::moment(self.span.first, self.span.last))
    }

    /// What the interval from this date to another allows; `None` where it would end before it begins.
    pub fn until(self, end: Self) -> Option<Bounds> {
        let (a, b) = (self.span, end.span);
        let link = Stretch { s0: a.first, s1: a.last.min(b.last), e0: b.first.max(a.first), e1: b.last };
        (a.first <= b.last).then(|| bounds(link))
    }
}

fn bounds(hull: Stretch) -> Bounds {
    Bounds { hull, stretches: Stretches::One, qualified: false, uncertain: false }
}

/// The number that up to nine digits make.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + u32::from(digit))
    })
}

/// Two digits after a sign, and what follows them.
fn two(text: &[u8], sign: u8) -> Option<(u8, &[u8])> {
    let ([first, tens, ones], rest) = text.split_first_chunk::<3>()?;
    let value = number(&[*tens, *ones])?;
    (*first == sign).then_some((value as u8, rest))
}

/// The seconds that local time is ahead of UTC; nothing written counts as UTC.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, rest) = match text {
        [] | [b'Z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = rest.split_first_chunk::<2>()?;
    let (minutes, rest) = two(rest, b':').filter(|(minutes, _)| *minutes < 60)?;
    let total = i64::from(number(hours)?) * 60 + i64::from(minutes);
    // Beyond 14 hours nobody lives, and minus nothing is read in another way.
    let known = rest.is_empty() && total <= 14 * 60 && (sign > 0 || total > 0);
    known.then_some(sign * total * 60)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted by years that begin in March.
const fn day_number(year: i64, month: u8, day: u8) -> i64 {
    let from_march = (month as i64 + 9) % 12;
    let year = year - (from_march >= 10) as i64;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (from_march * 306 + 5) / 10 + day as i64 - 719_469
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::when::When;

    fn check(text: &str) -> Result<(), TestCaseError> {
        if let Some(plain) = Plain::read(text.as_bytes()) {
            let when = When::parse(text).map_err(|fault| TestCaseError::fail(format!("{text}: {fault}")))?;
            prop_assert_eq!(plain.bounds(), when.bounds(None), "{}", text);
            prop_assert_eq!(plain.precision, when.precision(), "{}", text);
            prop_assert_eq!(when.as_edtf(), text);
            prop_assert!(!when.is_fuzzy() && !when.is_interval());
        }
        Ok(())
    }

    #[test]
    fn the_plain_forms_are_read() {
        for text in [
            "0000",
            "1969",
            "9999",
            "2024-02",
            "2024-02-29",
            "1600-12-31",
            "2024-01-27T10:00",
            "2016-12-31T23:59:60Z",
            "2024-01-27T10:00:01.5+03:30",
            "2024-01-27T10:00:01.123456789-14:00",
            "2024-01-27T00:00+00:00",
        ] {
            assert!(Plain::read(text.as_bytes()).is_some(), "{text}");
            check(text).unwrap();
        }
        for text in
            ["", "193", "20240127", "2024-13", "2023-02-29", "2024-1-1", "2004-06~", "2024-01-27 10:00"]
        {
            assert_eq!(Plain::read(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn plain_dates_say_what_the_standard_says(
            text in "[0-9]{4}(-[01][0-9](-[0-3][0-9](T[0-2][0-9]:[0-5][0-9](:[0-6][0-9](\\.[0-9]{1,10})?)?(Z|[+-][01][0-9]:[0-5][0-9])?)?)?)?"
        ) {
            check(&text)?;
        }

        #[test]
        fn what_is_no_date_is_none(text in "[0-9T:Z.+-]{0,26}") {
            check(&text)?;
        }

        #[test]
        fn intervals_of_plain_dates_too(
            a in "20[0-2][0-9](-0[1-9](-[012][1-8](T0[0-9]:00)?)?)?",
            b in "20[0-2][0-9](-0[1-9](-[012][1-8](T0[0-9]:00)?)?)?",
        ) {
            let (Some(start), Some(end)) = (Plain::read(a.as_bytes()), Plain::read(b.as_bytes())) else { return Ok(()) };
            let when = When::parse(&format!("{a}/{b}")).ok();
            if let Some(bounds) = start.until(end) {
                prop_assert_eq!(Some(bounds), when.map(|when| when.bounds(None)));
            }
        }
    }
}
