//! Years in words.

use edtf_core::{Date, YearKind};

use super::elapsed::grouped;
use super::lexicon::ordinal_ending;
use super::write::Style;
use crate::when::edtf::{year_digits, year_of};

/// A year in words, by its astronomical number: "2024", "476 CE", "44 BCE" (for -43), "12,001 BCE",
/// "13.8 billion BCE". Only round millions are shortened, so that no two years look alike.
pub fn heading_year(year: i64) -> String {
    let size = year.unsigned_abs();
    if let Some(short) = round(size) {
        return format!("{short} {}", if year < 0 { "BCE" } else { "CE" });
    }
    match year {
        1000..=9999 => year.to_string(),
        1..=999 => format!("{year} CE"),
        10_000.. => format!("{} CE", grouped(size)),
        _ => {
            let before = size + 1;
            let number = if before < 10_000 { before.to_string() } else { grouped(before) };
            format!("{number} BCE")
        }
    }
}

/// A number of millions or billions with at most three decimals, if it is as round as that.
fn round(size: u64) -> Option<String> {
    for (unit, name) in [(1_000_000_000_u64, "billion"), (1_000_000, "million")] {
        if size < unit {
            continue;
        }
        if !size.is_multiple_of(unit / 1000) {
            return None;
        }
        let decimals = format!("{:03}", size % unit / (unit / 1000));
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        return Some(format!("{}{point}{decimals} {name}", size / unit));
    }
    None
}

/// The year of a date in words, with its masks: "2014", "the 2010s", "the 2nd century BCE". `None` where there are
/// no words for its mask.
pub(super) fn year_words(date: &Date, style: Style) -> Option<String> {
    if let Some(year) = year_of(date) {
        let words = heading_year(year);
        return Some(match date.year.significant_digits {
            Some(digits) if style == Style::Full => {
                format!("{words} ({digits} significant digit{})", if digits == 1 { "" } else { "s" })
            }
            _ => words,
        });
    }
    let (negative, digits) = year_digits(date)?;
    let [thousands, hundreds, tens, ones] = digits.map(|digit| digit.map(i64::from));
    match (thousands, hundreds, tens, ones) {
        (None, None, None, None) if !negative => Some("an unknown year".to_owned()),
        (Some(a), Some(b), Some(c), None) if !negative => {
            // "The 1900s" may be ten years or a hundred.
            let which = if c == 0 { " (decade)" } else { "" };
            Some(format!("the {}0s{which}", a * 100 + b * 10 + c))
        }
        (Some(a), Some(b), None, None) => Some(ages(a * 10 + b, "century", negative)),
        (Some(a), None, None, None) => Some(ages(a, "millennium", negative)),
        _ => None,
    }
}

/// The nth century or millennium; the years 100 to 199 are the second one, those from -199 to -100 too.
fn ages(full: i64, name: &str, negative: bool) -> String {
    let number = full + 1;
    let era = if negative { " BCE" } else { "" };
    format!("the {number}{} {name}{era}", ordinal_ending(number))
}

/// The century or millennium before year 0 that a span of years is, as `[-0199..-0100]` is the second century.
pub(super) fn ages_before(first: i64, last: i64) -> Option<String> {
    let (years, name) = match last.checked_sub(first)? {
        99 => (100, "century"),
        999 => (1000, "millennium"),
        _ => return None,
    };
    (last <= 0 && last % years == 0).then(|| ages(last.checked_neg().unwrap_or(0) / years, name, true))
}

/// Whether a year is written in another form than four digits.
pub(super) fn is_long(date: &Date) -> bool {
    !matches!(date.year.kind, YearKind::Standard { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years() {
        let said =
            [2024, 476, 0, -43, -12_000, 12_000, -13_800_000_000, -66_000_001, 170_000_000].map(heading_year);
        assert_eq!(
            said,
            [
                "2024",
                "476 CE",
                "1 BCE",
                "44 BCE",
                "12,001 BCE",
                "12,000 CE",
                "13.8 billion BCE",
                "66,000,002 BCE",
                "170 million CE",
            ]
        );
        assert_eq!(heading_year(i64::MIN), "9,223,372,036,854,775,809 BCE");
    }

    #[test]
    fn ages_before_zero() {
        assert_eq!(ages_before(-199, -100).as_deref(), Some("the 2nd century BCE"));
        assert_eq!(ages_before(-99, 0).as_deref(), Some("the 1st century BCE"));
        assert_eq!(ages_before(-2999, -2000).as_deref(), Some("the 3rd millennium BCE"));
        assert_eq!(ages_before(-198, -100), None);
        assert_eq!(ages_before(1900, 1999), None);
    }
}
