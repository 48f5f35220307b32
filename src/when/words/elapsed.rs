//! The time between two instants, in words.

use crate::when::Instant;

/// From here on a length is said in thousands of years and more, and months no longer matter.
const LONG_YEARS: i64 = 1_000;

/// The time between two instants in its two largest units: "5 years 8 months", "3 days", "13.8 billion years".
/// Which of the two is earlier does not matter; the last instant of a day counts as the day's end.
/// Empty where either is infinite.
pub fn elapsed(from: Instant, to: Instant) -> String {
    if !from.is_finite() || !to.is_finite() {
        return String::new();
    }
    let (from, to) = (round_up(from.min(to)), round_up(from.max(to)));
    let months = whole_months(from, to);
    let (years, rest) = (months / 12, months % 12);
    if years >= LONG_YEARS {
        return format!("{} years", large(years));
    }
    let after = from.plus_months(months).unwrap_or(from);
    let mut secs = to.secs.saturating_sub(after.secs);
    let mut nanos = i64::from(to.nanos) - i64::from(after.nanos);
    if nanos < 0 {
        secs = secs.saturating_sub(1);
        nanos += 1_000_000_000;
    }
    two_largest(&[
        (years, "year"),
        (rest, "month"),
        (secs / 86_400, "day"),
        (secs / 3600 % 24, "hour"),
        (secs / 60 % 60, "minute"),
        (secs % 60, "second"),
        (nanos / 1_000_000, "millisecond"),
        (nanos / 1_000 % 1_000, "microsecond"),
        (nanos % 1_000, "nanosecond"),
    ])
}

/// The last nanosecond of a second is how an inclusive end is written: the second is over then.
fn round_up(instant: Instant) -> Instant {
    if instant.nanos == 999_999_999 { instant.next() } else { instant }
}

/// How many whole months lie between, in order of time.
fn whole_months(from: Instant, to: Instant) -> i64 {
    let (Some(a), Some(b)) = (from.civil(), to.civil()) else { return 0 };
    let index = |year: i64, month: u8| year.saturating_mul(12).saturating_add(i64::from(month));
    let months = index(b.year, b.month).saturating_sub(index(a.year, a.month));
    let over = from.plus_months(months).is_none_or(|later| later > to);
    (if over { months.saturating_sub(1) } else { months }).max(0)
}

/// The largest unit that is not nought, with the next smaller one if that is not nought either.
fn two_largest(units: &[(i64, &str)]) -> String {
    let Some(first) = units.iter().position(|(count, _)| *count != 0) else { return "0 seconds".to_owned() };
    let said: Vec<String> = units
        .iter()
        .skip(first)
        .take(2)
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    said.join(" ")
}

/// A large count: "13.8 billion", "2.5 million", "12,000". Not exact beyond three digits of millions.
pub(super) fn large(count: i64) -> String {
    let size = count.unsigned_abs();
    for (unit, name) in [(1_000_000_000_u64, "billion"), (1_000_000, "million")] {
        if size >= unit {
            let tenths = (size + unit / 20) / (unit / 10);
            let (whole, tenth) = (tenths / 10, tenths % 10);
            return if tenth == 0 { format!("{whole} {name}") } else { format!("{whole}.{tenth} {name}") };
        }
    }
    grouped(size)
}

/// A number with commas between its thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::When;

    fn between(from: &str, to: &str) -> String {
        let first = |text| When::parse(text).map(|when| when.span().first).expect("a date");
        elapsed(first(from), first(to))
    }

    #[test]
    fn two_largest_units() {
        assert_eq!(between("2017-12", "2023-08"), "5 years 8 months");
        assert_eq!(between("2024-01-24", "2024-01-27"), "3 days");
        assert_eq!(between("2024-01-27T10:00", "2024-01-27T12:05"), "2 hours 5 minutes");
        assert_eq!(between("2023-01-31", "2023-03-01"), "1 month 1 day");
        assert_eq!(between("2024-01-27", "2024-01-27"), "0 seconds");
        assert_eq!(between("2024-01-27T10:00:00.25", "2024-01-27T10:00:00.5"), "250 milliseconds");
        assert_eq!(between("2020", "2025-01-02"), "5 years");
    }

    #[test]
    fn deep_time() {
        assert_eq!(between("Y-138E8", "2024"), "13.8 billion years");
        assert_eq!(between("Y-66E6", "2024"), "66 million years");
        assert_eq!(between("-9999", "2024"), "12,023 years");
    }

    #[test]
    fn the_end_of_a_day_is_its_whole_length() {
        let month = When::parse("2023-10").map(|when| when.span()).expect("a month");
        assert_eq!(elapsed(month.first, month.last), "1 month");
        assert_eq!(elapsed(month.last, month.first), "1 month");
    }

    #[test]
    fn infinite_is_not_said() {
        assert_eq!(elapsed(Instant::PAST, Instant { secs: 0, nanos: 0 }), "");
    }
}
