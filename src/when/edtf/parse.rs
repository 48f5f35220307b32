//! From a text to its parts: intervals, sets and times are split here, dates are read by `edtf_core`.

use edtf_core::{Date, Edtf, Qualifier, YearKind};

use super::clock::{self, Moment};
use super::form::{self, End, Form, Item, Member};
use super::{DateFault, drafts, hints, runs};
use crate::when::instant::{LAST_YEAR, days_in_month};

/// Reads a text, as EDTF or in a form that is taken for it; with the notes of what was taken in another way.
pub(super) fn parse(text: &str) -> Result<(Form, Vec<String>), DateFault> {
    let trimmed = text.trim();
    let before = text.len() - text.trim_start().len();
    let mut notes = Vec::new();
    let fault = match read(trimmed, &mut notes) {
        Ok(form) => return Ok((form, notes)),
        Err(fault) => fault,
    };
    if let Some(translated) = drafts::translate(trimmed) {
        let mut notes = vec![format!("{trimmed} is a form of the draft of 2012, read as {translated}")];
        if let Ok(form) = read(&translated, &mut notes) {
            return Ok((form, notes));
        }
    }
    let hint = fault.hint.clone().or_else(|| hints::propose(trimmed).filter(|hint| is_sound(hint)));
    Err(DateFault { hint, ..fault }.moved(before))
}

/// Whether every proposal in a hint of the form `a or b` is itself a date; a hint in prose is not checked here.
fn is_sound(hint: &str) -> bool {
    hint.contains(' ') || read(hint, &mut Vec::new()).is_ok()
}

fn read(text: &str, notes: &mut Vec<String>) -> Result<Form, DateFault> {
    if text.is_empty() {
        return Err(DateFault::at(0, "there is no date here").hint("leave the date out where there is none"));
    }
    if matches!(text, "/" | ".." | "../.." | "../" | "/..") {
        return Err(DateFault::at(0, format!("{text} says nothing of when: it is no date"))
            .hint("leave the date out where there is none"));
    }
    if let Some(offset) = text.char_indices().find_map(|(at, c)| (!c.is_ascii()).then_some(at)) {
        return Err(DateFault::at(offset, "EDTF is written in ASCII"));
    }
    if let Some(inside) = text.strip_prefix('[') {
        return read_set(inside, ']', notes).map_err(|fault| fault.moved(1));
    }
    if let Some(inside) = text.strip_prefix('{') {
        return read_set(inside, '}', notes).map_err(|fault| fault.moved(1));
    }
    match text.split_once('/') {
        Some((start, end)) => read_interval(start, end, notes),
        None => read_item(text, notes).map(Form::Single),
    }
}

fn read_interval(start: &str, end: &str, notes: &mut Vec<String>) -> Result<Form, DateFault> {
    let shift = start.len() + 1;
    if let Some(second) = end.find('/') {
        return Err(DateFault::at(shift + second, "an interval has one /"));
    }
    let first = match start {
        "" => End::Unknown,
        ".." => End::Open,
        _ => match start.strip_prefix("..") {
            Some(rest) => End::OnOrBefore(read_item(rest, notes).map_err(|fault| fault.moved(2))?),
            None => End::On(read_item(start, notes)?),
        },
    };
    let last = match end {
        "" => End::Unknown,
        ".." => End::Open,
        _ => match end.strip_suffix("..") {
            Some(rest) => End::OnOrAfter(read_item(rest, notes).map_err(|fault| fault.moved(shift))?),
            None => End::On(read_item(end, notes).map_err(|fault| fault.moved(shift))?),
        },
    };
    if let (End::On(a), End::On(b)) = (&first, &last)
        && runs::hull(a).first > runs::hull(b).last
    {
        return Err(DateFault::at(shift, format!("{start}/{end} ends before it begins"))
            .hint(format!("{end}/{start}")));
    }
    Ok(Form::Interval { start: first, end: last })
}

fn read_set(inside: &str, close: char, notes: &mut Vec<String>) -> Result<Form, DateFault> {
    let Some(inside) = inside.strip_suffix(close) else {
        return Err(DateFault::at(inside.len(), format!("the set does not end with {close}")));
    };
    let mut members = Vec::new();
    let mut offset = 0;
    for member in inside.split(',') {
        let spaces = member.len() - member.trim_start().len();
        members.push(read_member(member.trim(), notes).map_err(|fault| fault.moved(offset + spaces))?);
        offset += member.len() + 1;
    }
    Ok(Form::Set { all: close == '}', members })
}

fn read_member(text: &str, notes: &mut Vec<String>) -> Result<Member, DateFault> {
    if text.is_empty() || text == ".." {
        return Err(DateFault::at(0, "a date is missing in the set"));
    }
    if let Some(rest) = text.strip_prefix("..") {
        return Ok(Member::OnOrBefore(read_item(rest, notes).map_err(|fault| fault.moved(2))?));
    }
    if let Some(rest) = text.strip_suffix("..") {
        return Ok(Member::OnOrAfter(read_item(rest, notes)?));
    }
    let Some((from, to)) = text.split_once("..") else {
        return Ok(Member::On(read_item(text, notes)?));
    };
    let shift = from.len() + 2;
    let first = read_item(from, notes)?;
    let last = read_item(to, notes).map_err(|fault| fault.moved(shift))?;
    for (item, at) in [(&first, 0), (&last, shift)] {
        if item.is_vague() || item.precision() == super::Precision::Season {
            return Err(DateFault::at(at, "the ends of a .. range are plain years, months, days or times"));
        }
    }
    if first.precision() != last.precision() {
        return Err(DateFault::at(shift, "both ends of a .. range name the same unit")
            .hint("write both to the month, or both to the day"));
    }
    if runs::hull(&first).first > runs::hull(&last).last {
        return Err(
            DateFault::at(shift, format!("{text} ends before it begins")).hint(format!("{to}..{from}"))
        );
    }
    Ok(Member::Range(first, last))
}

/// Reads one date, with or without a time of day.
fn read_item(text: &str, notes: &mut Vec<String>) -> Result<Item, DateFault> {
    if let Some((date, time)) = text.split_once('T') {
        return read_moment(date, time, notes).map(Item::Moment);
    }
    if text.starts_with("..") || text.ends_with("..") {
        return Err(DateFault::at(0, ".. stands in an interval or a set").hint(hints::for_open(text)));
    }
    read_date(text, notes).map(Item::Date)
}

fn read_moment(date: &str, time: &str, notes: &mut Vec<String>) -> Result<Moment, DateFault> {
    let mut day = read_date(date, notes)?;
    let plain = day.day.is_some() && !day.has_unspecified() && !day.is_uncertain() && !day.is_approximate();
    if !plain {
        return Err(DateFault::at(0, "a time of day needs a whole date before it, without marks inside"));
    }
    let (time, qualifier) = split_qualifier(time);
    let read = clock::read(time).map_err(|fault| fault.moved(date.len() + 1))?;
    if read.ends_day {
        day = next_day(&day).ok_or_else(|| DateFault::at(0, "there is no next day with a time"))?;
    }
    notes.extend(read.notes);
    Ok(Moment { date: day, clock: read.clock, qualifier })
}

fn split_qualifier(text: &str) -> (&str, Qualifier) {
    for (sign, uncertain, approximate) in [('?', true, false), ('~', false, true), ('%', true, true)] {
        if let Some(rest) = text.strip_suffix(sign) {
            return (rest, Qualifier { uncertain, approximate });
        }
    }
    (text, Qualifier::default())
}

/// The day after a day, as far as four digits go.
fn next_day(date: &Date) -> Option<Date> {
    let (year, month, day) = (form::year_of(date)?, date.month?.value()?, date.day?.value()?);
    let (year, month, day) = if day < days_in_month(year, month)? {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    };
    let sign = if year < 0 { "-" } else { "" };
    plain_date(&format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs()))
}

fn plain_date(text: &str) -> Option<Date> {
    match Edtf::parse(text) {
        Ok(Edtf::Date(date)) => Some(date),
        _ => None,
    }
}

/// Reads one date without a time of day.
fn read_date(text: &str, notes: &mut Vec<String>) -> Result<Date, DateFault> {
    if let Some(date) = read_mask_before_zero(text) {
        notes.push(format!("{text}: EDTF has no masks for years before 0; kept as it is"));
        return Ok(date);
    }
    match Edtf::parse(text) {
        Ok(Edtf::Date(date)) if runs::fits(&date) => Ok(date),
        Ok(Edtf::Date(_)) => {
            Err(DateFault::at(0, format!("years go to {} billion either way", LAST_YEAR / 1_000_000_000))
                .hint("for the oldest things we know of, Y-138E8"))
        }
        Ok(_) => Err(DateFault::at(0, "a single date is expected here")),
        Err(error) => Err(hints::explain(text, &error)),
    }
}

/// `-01XX`: the standard wants every digit of a year before 0; others write masks there, and they are clear.
fn read_mask_before_zero(text: &str) -> Option<Date> {
    let mut unsigned = text.to_owned();
    let sign = unsigned.find('-').filter(|at| *at < 2)?;
    unsigned.remove(sign);
    let mut date = plain_date(&unsigned)?;
    match &mut date.year.kind {
        YearKind::Standard { negative, digits } if digits.contains(&None) => *negative = true,
        _ => return None,
    }
    runs::has_a_day(&date).then_some(date)
}
