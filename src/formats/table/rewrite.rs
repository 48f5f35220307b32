//! Days and times as programs write them, put into the form of EDTF.

use super::dates::Style;
use crate::when::{Civil, Instant};

/// A short text that needs no memory of its own.
#[derive(Clone, Copy)]
pub(super) struct Short {
    bytes: [u8; 40],
    length: u8,
}

impl Short {
    const EMPTY: Self = Self { bytes: [0; 40], length: 0 };

    /// A text that is short enough.
    pub fn of(text: &str) -> Option<Self> {
        let mut short = Self::EMPTY;
        short.push(text.as_bytes());
        (usize::from(short.length) == text.len()).then_some(short)
    }

    pub fn text(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Adds what fits: what is longer is no plain date.
    fn push(&mut self, bytes: &[u8]) {
        let start = usize::from(self.length);
        if let Some(free) = self.bytes.get_mut(start..start + bytes.len()) {
            free.copy_from_slice(bytes);
            self.length += bytes.len() as u8;
        }
    }

    /// Adds a number of so many digits.
    fn digits(&mut self, number: u64, digits: u32) {
        for place in (0..digits).rev() {
            let digit = number / 10_u64.pow(place) % 10;
            self.push(&[b'0' + digit as u8]);
        }
    }

    fn day(&mut self, (year, month, day): (u64, u64, u64)) {
        self.digits(year, 4);
        self.push(b"-");
        self.digits(month, 2);
        self.push(b"-");
        self.digits(day, 2);
    }
}

impl std::fmt::Debug for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

/// What a number of seconds since 1970 may be counted in, with the digits of its fraction of a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Seconds = 0,
    Milliseconds = 3,
    Microseconds = 6,
    Nanoseconds = 9,
}

impl Unit {
    /// The unit that a number of this size is counted in: seconds up to the year 5138, and so on.
    pub fn of(number: u64) -> Self {
        match number {
            0..100_000_000_000 => Self::Seconds,
            100_000_000_000..100_000_000_000_000 => Self::Milliseconds,
            100_000_000_000_000..100_000_000_000_000_000 => Self::Microseconds,
            _ => Self::Nanoseconds,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Microseconds => "microseconds",
            Self::Nanoseconds => "nanoseconds",
        }
    }
}

/// The EDTF of a value that is written in another way, if it is one of those that programs write.
pub(super) fn rewrite(text: &str, style: Style) -> Option<Short> {
    if style.epoch {
        return epoch(text).or_else(|| stamp(text, style));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) { compact(text) } else { stamp(text, style) }
}

/// Seconds since 1970, or parts of them; zero stands for none.
fn epoch(text: &str) -> Option<Short> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let number: u64 = whole.parse().ok().filter(|_| whole.bytes().all(|byte| byte.is_ascii_digit()))?;
    let unit = Unit::of(number);
    let (mut places, scale) = (unit as u32, 10_u64.pow(unit as u32));
    let mut nanos = i128::from(number) * i128::from(1_000_000_000 / scale);
    // A program that writes its numbers with a point writes one of no meaning behind whole ones.
    let fraction = fraction.trim_end_matches('0');
    if unit == Unit::Seconds && !fraction.is_empty() {
        let digits = fraction.get(..fraction.len().min(9))?;
        let part: u32 = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        places = digits.len() as u32;
        nanos += i128::from(part) * i128::from(10_u64.pow(9 - places));
    } else if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Civil { year, month, day, hour, minute, second, nanos } =
        Instant { secs: 0, nanos: 0 }.plus_nanos(nanos * sign).civil()?;
    let year = u64::try_from(year).ok().filter(|year| *year <= 9999 && number > 0)?;
    let mut short = Short::EMPTY;
    short.day((year, month.into(), day.into()));
    for (sign, part) in [(b"T", hour), (b":", minute), (b":", second)] {
        short.push(sign);
        short.digits(part.into(), 2);
    }
    if places > 0 {
        short.push(b".");
        short.digits(u64::from(nanos) / 10_u64.pow(9 - places), places);
    }
    short.push(b"Z");
    Some(short)
}

/// `YYYYMM`, `YYYYMMDD`, `YYYYMMDDhhmm`, `YYYYMMDDhhmmss`, and numbers of seconds that can be nothing else.
fn compact(text: &str) -> Option<Short> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let mut short = Short::EMPTY;
    match text.len() {
        6 => {
            let (year, month) = (number(0, 4)?, number(4, 6)?);
            if !(1000..=2999).contains(&year) {
                return None;
            }
            short.digits(year, 4);
            short.push(b"-");
            short.digits(month, 2);
        }
        8 | 12 | 14 => {
            short.day((number(0, 4)?, number(4, 6)?, number(6, 8)?));
            for (place, sign) in [(8, b"T"), (10, b":"), (12, b":")] {
                if place < text.len() {
                    short.push(sign);
                    short.digits(number(place, place + 2)?, 2);
                }
            }
        }
        10 | 13 | 16 | 19 => return epoch(text),
        _ => return None,
    }
    Some(short)
}

/// A day, and perhaps a time behind it: `2012-03-14 04:17:38.276340+00:00`, `9-May-20`, `03/14/2012 4:17 PM`.
fn stamp(text: &str, style: Style) -> Option<Short> {
    let (day, rest) = civil_day(text, style)?;
    let mut short = Short::EMPTY;
    short.day(day);
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(['T', 't', ',']).unwrap_or(rest).trim_ascii();
    if !rest.is_empty() {
        clock(rest, &mut short)?;
    }
    Some(short)
}

/// A day in three parts with the same sign between them, and what follows it.
fn civil_day(text: &str, style: Style) -> Option<((u64, u64, u64), &str)> {
    let (first, rest) = part(text)?;
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = part(rest.strip_prefix(sign)?)?;
    let (third, rest) = part(rest.strip_prefix(sign)?)?;
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric() && !matches!(c, 'T' | 't')) {
        return None;
    }
    let number = |part: &str| part.parse::<u64>().ok();
    let short = |part: &str| part.len() <= 2;
    let month_name = |part: &str| month(part).filter(|_| part.starts_with(|c: char| c.is_ascii_alphabetic()));
    let day = if first.len() == 4 && short(third) {
        let month = month_name(second).or_else(|| number(second).filter(|_| short(second)))?;
        (number(first)?, month, number(third)?)
    } else if let (Some(month), true) = (month_name(second), short(first)) {
        (full_year(third)?, month, number(first)?)
    } else if let (Some(month), true) = (month_name(first), short(second)) {
        (full_year(third)?, month, number(second)?)
    } else if short(first) && short(second) && sign != '-' {
        let (a, b) = (number(first)?, number(second)?);
        let (day, month) = if style.month_first && sign == '/' { (b, a) } else { (a, b) };
        (full_year(third)?, month, day)
    } else {
        return None;
    };
    Some((day, rest))
}

/// Digits, or letters.
fn part(text: &str) -> Option<(&str, &str)> {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let ends = |c: char| if digits { !c.is_ascii_digit() } else { !c.is_ascii_alphabetic() };
    let (part, rest) = text.split_at_checked(text.find(ends).unwrap_or(text.len()))?;
    (!part.is_empty()).then_some((part, rest))
}

/// A year of four digits, or of two: those up to 68 are of this century, as `strptime` has it.
fn full_year(text: &str) -> Option<u64> {
    let year: u64 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year <= 68 => Some(year + 2000),
        2 => Some(year + 1900),
        _ => None,
    }
}

/// A month by its English name or the first three letters of it.
fn month(word: &str) -> Option<u64> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let fits = |name: &&str| {
        name.eq_ignore_ascii_case(word) || name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    NAMES.iter().position(fits).map(|at| at as u64 + 1)
}

/// A time of day with its offset, added behind the day.
fn clock(text: &str, short: &mut Short) -> Option<()> {
    let (hour, mut rest) = part(text)?;
    let mut hour: u64 = hour.parse().ok().filter(|_| hour.len() <= 2)?;
    let mut parts = [None; 2];
    for slot in &mut parts {
        let Some(after) = rest.strip_prefix(':') else { break };
        let (digits, after) = part(after)?;
        *slot = Some(digits.parse::<u64>().ok().filter(|_| digits.len() == 2)?);
        rest = after;
    }
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix(['.', ',']) {
        (fraction, rest) = part(after)?;
        if !fraction.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
    }
    rest = rest.trim_ascii_start();
    let half =
        rest.get(..2).filter(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half.eq_ignore_ascii_case("pm") { 12 } else { 0 };
        rest = rest.get(2..)?.trim_ascii_start();
    }
    let [minute, second] = parts;
    short.push(b"T");
    short.digits(hour, 2);
    short.push(b":");
    short.digits(minute?, 2);
    if let Some(second) = second {
        short.push(b":");
        short.digits(second, 2);
        if !fraction.is_empty() {
            short.push(b".");
            short.push(fraction.get(..fraction.len().min(9))?.as_bytes());
        }
    }
    zone(rest, short)
}

/// An offset from UTC, or nothing.
fn zone(text: &str, short: &mut Short) -> Option<()> {
    if ["Z", "UTC", "GMT", "UT"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        short.push(b"Z");
        return Some(());
    }
    let Some(sign) = text.chars().next() else { return Some(()) };
    let digits: String = text.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    if digits.len() > 4 || digits.len() % 2 == 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    // Minus nothing is UTC.
    let sign: &[u8] = if sign == '-' && (hours, minutes) != ("00", "00") { b"-" } else { b"+" };
    for part in [sign, hours.as_bytes(), b":", minutes.as_bytes()] {
        short.push(part);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edtf(text: &str, style: Style) -> String {
        rewrite(text, style).map_or_else(|| "none".to_owned(), |short| short.text().to_owned())
    }

    #[test]
    fn what_programs_write_becomes_edtf() {
        for (text, made) in [
            ("2012-03-14 04:17:38.276340+00:00", "2012-03-14T04:17:38.276340+00:00"),
            ("2022-07-24T19:01:01+0000", "2022-07-24T19:01:01+00:00"),
            ("2022-07-24 19:01:01 -0330", "2022-07-24T19:01:01-03:30"),
            ("2022-07-24 19:01 UTC", "2022-07-24T19:01Z"),
            ("2020-09-18 21:58:07,4703231239", "2020-09-18T21:58:07.470323123"),
            ("20240127", "2024-01-27"),
            ("202401", "2024-01"),
            ("20240127153000", "2024-01-27T15:30:00"),
            ("1658689261", "2022-07-24T19:01:01Z"),
            ("9-May-20", "2020-05-09"),
            ("01-January-2015", "2015-01-01"),
            ("Aug/30/1999", "1999-08-30"),
            ("12/04/1985", "1985-04-12"),
            ("1985/4/2", "1985-04-02"),
            ("31.12.1999 9:05 pm", "1999-12-31T21:05"),
            ("12:30", "none"),
            ("1-2-2003", "none"),
            ("2004-06~", "none"),
            ("2004-06-01/2005", "none"),
            ("10.5", "none"),
        ] {
            assert_eq!(edtf(text, Style::default()), made, "{text}");
        }
        let american = Style { month_first: true, ..Style::default() };
        assert_eq!(edtf("03/14/2012 4:17 PM", american), "2012-03-14T16:17");
    }

    #[test]
    fn the_size_of_a_number_tells_its_unit() {
        let style = Style { epoch: true, ..Style::default() };
        for (text, made) in [
            ("123456789", "1973-11-29T21:33:09Z"),
            ("1658689261123", "2022-07-24T19:01:01.123Z"),
            ("1658689261123456", "2022-07-24T19:01:01.123456Z"),
            ("1658689261123456789", "2022-07-24T19:01:01.123456789Z"),
            ("1331698658.27634", "2012-03-14T04:17:38.27634Z"),
            ("1073748860.0", "2004-01-10T15:34:20Z"),
            ("-86400", "1969-12-31T00:00:00Z"),
            ("0", "none"),
            ("1e9", "none"),
            ("99999999999999999999", "none"),
        ] {
            assert_eq!(edtf(text, style), made, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[0-9A-Za-z:/. ,+-]{0,50}|.*", epoch in any::<bool>(), month_first in any::<bool>()) {
            let _ = rewrite(&text, Style { epoch, month_first, strict: false });
        }

        #[test]
        fn seconds_are_exact(number in 1u64..250_000_000_000) {
            let style = Style { epoch: true, ..Style::default() };
            let short = rewrite(&number.to_string(), style).expect("a date");
            let plain = crate::when::Plain::read(short.text().as_bytes()).expect("a plain one");
            let (secs, nanos) = if Unit::of(number) == Unit::Seconds { (number, 0) } else { (number / 1000, number % 1000) };
            prop_assert_eq!(plain.span.first, Instant { secs: secs as i64, nanos: nanos as u32 * 1_000_000 });
        }
    }
}
