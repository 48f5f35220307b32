//! What is wrong with a text that is no date, in words, and what may have been meant.

use edtf_core::ParseError;

use super::DateFault;
use super::clock::two_digits;
use crate::when::instant::days_in_month;
use crate::when::words::month_name;

/// The fault of a date that `edtf_core` does not read.
pub(super) fn explain(text: &str, error: &ParseError) -> DateFault {
    if let Some((year, month, day)) = numbers(text) {
        if !(1..=12).contains(&month) && !(21..=41).contains(&month) {
            let fault = DateFault::at(error.offset, format!("there is no month {month}"));
            let swapped = day.filter(|day| (1..=12).contains(day) && (1..=31).contains(&month));
            return match swapped {
                Some(day) => fault.hint(format!("{year:04}-{day:02}-{month:02}")),
                None => fault,
            };
        }
        if let (Some(day), Some(days)) = (day, days_in_month(year, month))
            && !(1..=days).contains(&day)
        {
            let name = month_name(month);
            return DateFault::at(error.offset, format!("there is no {day} {name} {year}"))
                .hint(format!("{name} {year} has {days} days"));
        }
    }
    DateFault::at(error.offset, plainly(error.message))
}

/// What `edtf_core` says, in the words of this program where they are plainer.
fn plainly(message: &'static str) -> &'static str {
    match message {
        "whitespace is not allowed" => "a date has no spaces inside",
        "year must have exactly four digits (or X)" => {
            "a year has four digits, and X for one that is not known"
        }
        "month must be two digits (or X)" => "a month has two digits, and X for one that is not known",
        "day must be two digits (or X)" => "a day has two digits, and X for one that is not known",
        "expected '-' before month" | "expected '-' before day" => "a hyphen is missing here",
        "unexpected characters after day" => "nothing follows a day but T and a time",
        "Y-prefixed years require |year| > 9999" => "a year with Y has more than four digits",
        "leading zeros are not allowed in Y-prefixed years" => "a year with Y does not begin with 0",
        "number out of supported range" => "this number is too large for a year",
        "day is out of range for the month" => "no month that fits has such a day",
        other => other,
    }
}

/// Year, month and day of `yyyy-mm[-dd]`, whatever the numbers are.
fn numbers(text: &str) -> Option<(i64, u8, Option<u8>)> {
    let text = text.trim_end_matches(['?', '~', '%']);
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = two_digits(parts.next()?)?;
    let day = match parts.next() {
        None => None,
        Some(day) => Some(two_digits(day)?),
    };
    parts.next().is_none().then_some((year, month, day))
}

/// A date that may have been meant by a text that is none.
pub(super) fn propose(text: &str) -> Option<String> {
    let (bare, sign) = split_sign(text);
    let digits = bare.strip_prefix('Y').unwrap_or(bare);
    if let Some(number) = digits.strip_prefix('-').or(Some(digits)).filter(|it| is_digits(it)) {
        let minus = if digits.starts_with('-') { "-" } else { "" };
        return propose_number(bare.starts_with('Y'), minus, number).map(|date| format!("{date}{sign}"));
    }
    if let Some((start, end)) = bare.split_once('/') {
        return propose_interval(start, end);
    }
    if let Some((from, to)) = bare.split_once("..")
        && !from.is_empty()
        && !to.is_empty()
        && !bare.starts_with(['[', '{'])
    {
        return Some(format!("[{from}..{to}] for one moment between them, {from}/{to} for all the time"));
    }
    pad(bare).map(|date| format!("{date}{sign}")).filter(|date| date != text)
}

/// What may be meant by a date with `..` that stands alone.
pub(super) fn for_open(text: &str) -> String {
    if let Some(date) = text.strip_prefix("..") {
        return format!("../{date} for all the time until then, [..{date}] for a moment by then");
    }
    let date = text.trim_end_matches("..");
    format!("{date}/.. for all the time since, [{date}..] for a moment from then on")
}

fn split_sign(text: &str) -> (&str, &str) {
    let bare = text.trim_end_matches(['?', '~', '%']);
    (bare, text.strip_prefix(bare).unwrap_or_default())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number alone: a century, a decade, a day without hyphens, a long year.
fn propose_number(prefixed: bool, minus: &str, number: &str) -> Option<String> {
    if prefixed {
        let plain = number.trim_start_matches('0');
        return if plain.len() > 4 {
            Some(format!("Y{minus}{plain}"))
        } else {
            Some(format!("{minus}{plain:0>4}"))
        };
    }
    match number.len() {
        2 if minus.is_empty() => Some(format!("{number}XX")),
        3 if minus.is_empty() => Some(format!("{number}X")),
        1..=3 => Some(format!("{minus}{number:0>4}")),
        8 => {
            let (year, rest) = number.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            Some(format!("{minus}{year}-{month}-{day}"))
        }
        5.. => Some(format!("Y{minus}{}", number.trim_start_matches('0'))),
        _ => None,
    }
}

/// `2018-01-15/02-20`: an end that leaves out what it shares with the start.
fn propose_interval(start: &str, end: &str) -> Option<String> {
    let (start_parts, end_parts) = (start.split('-').count(), end.split('-').count());
    let shared = start_parts.checked_sub(end_parts).filter(|shared| *shared > 0)?;
    let kept: Vec<&str> = start.split('-').take(shared).collect();
    Some(format!("{start}/{}-{end}", kept.join("-")))
}

/// `1985-4-12`: numbers that lack a zero.
fn pad(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, rest @ ..] = parts.as_slice() else { return None };
    let fits = is_digits(year) && year.len() == 4 && (1..=2).contains(&rest.len());
    if !fits || !rest.iter().all(|part| is_digits(part) && part.len() <= 2) {
        return None;
    }
    let rest: Vec<String> = rest.iter().map(|part| format!("{part:0>2}")).collect();
    Some(format!("{year}-{}", rest.join("-")))
}
