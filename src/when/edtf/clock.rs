//! Times of day, from the hour to the nanosecond, with their offset as written.

use std::fmt::{Display, Formatter, Result as Written};

use edtf_core::{Date, Qualifier, TimeShift};

use super::{DateFault, Precision};

/// A day with a time of day.
#[derive(Clone, Copy, Debug)]
pub(in crate::when) struct Moment {
    /// The day, every digit given.
    pub(in crate::when) date: Date,
    /// The time of day.
    pub(in crate::when) clock: Clock,
    /// What its source doubts about the whole.
    pub(in crate::when) qualifier: Qualifier,
}

/// A time of day, down to the unit that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::when) struct Clock {
    /// 0 to 23.
    pub(in crate::when) hour: u8,
    /// 0 to 59.
    pub(in crate::when) minute: Option<u8>,
    /// 0 to 60, only with a minute.
    pub(in crate::when) second: Option<u8>,
    /// Only with a second.
    pub(in crate::when) fraction: Option<Fraction>,
    /// The distance from UTC, if written.
    pub(in crate::when) shift: Option<TimeShift>,
}

/// A fraction of a second as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::when) struct Fraction {
    /// 0 to 999,999,999.
    pub(in crate::when) nanos: u32,
    /// How many digits were written, 1 to 9.
    pub(in crate::when) digits: u8,
}

/// A time of day that was read, and what had to be taken in another way than it was written.
pub(super) struct Reading {
    /// The time; 24:00 is read as 0:00.
    pub(super) clock: Clock,
    /// It was 24:00: the midnight that ends the day.
    pub(super) ends_day: bool,
    /// What was not as it should be.
    pub(super) notes: Vec<String>,
}

impl Clock {
    /// The finest unit written.
    pub(in crate::when) fn precision(&self) -> Precision {
        match (self.minute, self.second, self.fraction) {
            (None, ..) => Precision::Hour,
            (_, None, _) => Precision::Minute,
            (_, _, None) => Precision::Second,
            _ => Precision::Fraction,
        }
    }

    /// The seconds since midnight of the first instant it may mean, before its offset; the leap second 60 counts
    /// as 59.
    pub(super) fn secs(&self) -> i64 {
        let [hour, minute, second] = [Some(self.hour), self.minute, self.second.map(|s| s.min(59))];
        let [hour, minute, second] = [hour, minute, second].map(|part| i64::from(part.unwrap_or(0)));
        hour * 3600 + minute * 60 + second
    }

    /// How long the unit written lasts, in nanoseconds.
    pub(super) fn unit_nanos(&self) -> i128 {
        const SECOND: i128 = 1_000_000_000;
        match (self.minute, self.second, self.fraction) {
            (None, ..) => 3600 * SECOND,
            (_, None, _) => 60 * SECOND,
            (_, _, None) => SECOND,
            (.., Some(fraction)) => 10_i128.pow(9_u32.saturating_sub(u32::from(fraction.digits))),
        }
    }

    /// How far local time is ahead of UTC, in seconds; none written counts as UTC.
    pub(super) fn shift_secs(&self) -> i64 {
        match self.shift {
            Some(TimeShift::Offset { minutes, .. }) => i64::from(minutes) * 60,
            Some(TimeShift::Utc) | None => 0,
        }
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}T{}{}", self.date, self.clock, qualifier_sign(self.qualifier))
    }
}

impl Display for Clock {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{:02}", self.hour)?;
        for part in [self.minute, self.second].into_iter().flatten() {
            write!(f, ":{part:02}")?;
        }
        if let Some(fraction) = self.fraction {
            let nanos = format!("{:09}", fraction.nanos);
            write!(f, ".{nanos:.*}", usize::from(fraction.digits))?;
        }
        match self.shift {
            None => Ok(()),
            Some(TimeShift::Utc) => f.write_str("Z"),
            Some(TimeShift::Offset { minutes, hours_only }) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
                if hours_only {
                    write!(f, "{sign}{hours:02}")
                } else {
                    write!(f, "{sign}{hours:02}:{rest:02}")
                }
            }
        }
    }
}

/// The sign of a qualifier: `?`, `~`, `%`, or nothing.
pub(in crate::when) fn qualifier_sign(qualifier: Qualifier) -> &'static str {
    match (qualifier.uncertain, qualifier.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    }
}

/// Reads a time of day, `hh[:mm[:ss[.fraction]]]` and an offset.
///
/// # Errors
/// A [`DateFault`] whose offset counts from the start of `text`.
pub(super) fn read(text: &str) -> Result<Reading, DateFault> {
    let split = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (time, shift) = text.split_at_checked(split).unwrap_or((text, ""));
    let mut notes = Vec::new();
    let mut clock = read_time(time, &mut notes)?;
    clock.shift = read_shift(shift, &mut notes).map_err(|fault| fault.moved(split))?;
    let ends_day = clock.hour == 24;
    if ends_day {
        let rest = [clock.minute, clock.second].into_iter().flatten().any(|part| part != 0);
        if rest || clock.fraction.is_some_and(|fraction| fraction.nanos != 0) {
            return Err(DateFault::at(0, "no time of day is later than 24:00"));
        }
        notes.push("24:00 was read as 00:00 of the next day".to_owned());
        clock.hour = 0;
    }
    Ok(Reading { clock, ends_day, notes })
}

fn read_time(time: &str, notes: &mut Vec<String>) -> Result<Clock, DateFault> {
    let (whole, fraction) = match time.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (time, None),
    };
    let mut parts = [None; 3];
    let limits = [("hour", 24), ("minute", 59), ("second", 60)];
    let mut offset = 0;
    for (index, part) in whole.split(':').enumerate() {
        let Some((slot, (name, limit))) = parts.get_mut(index).zip(limits.get(index)) else {
            return Err(DateFault::at(offset, "a time is hours, minutes and seconds, no more"));
        };
        let value =
            two_digits(part).ok_or_else(|| DateFault::at(offset, format!("the {name} has two digits")))?;
        if value > *limit {
            return Err(DateFault::at(offset, format!("there is no {name} {value}")));
        }
        *slot = Some(value);
        offset += part.len() + 1;
    }
    let [Some(hour), minute, second] = parts else {
        return Err(DateFault::at(0, "a time begins with its hour"));
    };
    let fraction = match fraction {
        None => None,
        Some(_) if second.is_none() => {
            return Err(DateFault::at(whole.len(), "only seconds have a fraction"));
        }
        Some(digits) => Some(read_fraction(digits, notes).map_err(|fault| fault.moved(whole.len() + 1))?),
    };
    Ok(Clock { hour, minute, second, fraction, shift: None })
}

fn read_fraction(digits: &str, notes: &mut Vec<String>) -> Result<Fraction, DateFault> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateFault::at(0, "digits belong after the point"));
    }
    if digits.len() > 9 {
        notes.push("a fraction of a second was cut to nanoseconds".to_owned());
    }
    let nanos = digits
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .fold(0, |sum: u32, digit| sum * 10 + u32::from(digit.saturating_sub(b'0')));
    Ok(Fraction { nanos, digits: digits.len().min(9) as u8 })
}

fn read_shift(shift: &str, notes: &mut Vec<String>) -> Result<Option<TimeShift>, DateFault> {
    let Some(sign) = shift.chars().next() else { return Ok(None) };
    if shift == "Z" {
        return Ok(Some(TimeShift::Utc));
    }
    let rest = shift.strip_prefix(sign).unwrap_or_default();
    let wrong = || DateFault::at(0, "an offset is Z, +hh or +hh:mm").hint("for example Z, +03 or -04:30");
    let (hours, minutes) = match rest.len() {
        2 => (rest, None),
        4 => {
            notes.push(format!("the offset {shift} was read with a colon between hours and minutes"));
            rest.split_at_checked(2).map(|(hours, minutes)| (hours, Some(minutes))).ok_or_else(wrong)?
        }
        _ => rest.split_once(':').map(|(hours, minutes)| (hours, Some(minutes))).ok_or_else(wrong)?,
    };
    let hours = two_digits(hours).ok_or_else(wrong)?;
    let rest = minutes.map_or(Some(0), two_digits).ok_or_else(wrong)?;
    let total = i16::from(hours) * 60 + i16::from(rest);
    if rest > 59 || total > 14 * 60 {
        return Err(DateFault::at(0, "no place is more than 14 hours from UTC"));
    }
    if sign == '-' && total == 0 {
        notes.push(format!("the offset {shift} was read as Z: UTC, without a place"));
        return Ok(Some(TimeShift::Utc));
    }
    let total = if sign == '-' { -total } else { total };
    Ok(Some(TimeShift::Offset { minutes: total, hours_only: minutes.is_none() }))
}

/// The number that exactly two digits make.
pub(super) fn two_digits(text: &str) -> Option<u8> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
