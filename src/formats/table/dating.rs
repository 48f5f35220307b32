//! The date of a record: from its columns to one date in EDTF with what it allows.

use std::sync::Arc;

use super::Layout;
use super::dates::{Dates, Found, Known, Style, Written, is_nothing};
use super::parts::{Parts, Triple};
use super::rewrite::Short;
use super::shape::Shape;
use crate::when::{Bounds, Civil, Instant, Plain, Precision, When};

/// When an event of a table was.
#[derive(Clone, Debug)]
pub(super) enum Date<'r> {
    /// Undated.
    None,
    /// A plain date.
    One(Plain, Written<'r>),
    /// From one plain date to another.
    Span(Written<'r>, Written<'r>, Bounds),
    /// Any other.
    Known(Arc<Known>),
}

/// The date of a record, with what is to be said of it.
#[derive(Clone, Debug)]
pub(super) struct Dated<'r> {
    pub date: Date<'r>,
    /// The words of a date that nobody can read.
    pub unreadable: Option<&'r str>,
    /// The words of an end that nobody can read, or that lies before the start.
    pub bad_end: Option<&'r str>,
    /// The words that the date was read from, where they are more than another notation.
    pub words: Option<&'r str>,
    /// Whether the date was restored from its borders.
    pub restored: bool,
}

impl Date<'_> {
    /// What it allows.
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::None => None,
            Self::One(plain, _) => Some(plain.bounds()),
            Self::Span(.., bounds) => Some(bounds.clone()),
            Self::Known(known) => Some(known.bounds.clone()),
        }
    }

    /// Its EDTF.
    pub fn edtf(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::One(_, text) => Some(text.text().to_owned()),
            Self::Span(start, end, _) => Some(format!("{}/{}", start.text(), end.text())),
            Self::Known(known) => Some(known.when.as_edtf().to_owned()),
        }
    }
}

impl Layout {
    /// The date of a record.
    pub(super) fn dated<'r>(&self, parts: &Parts<'r>, dates: &mut Dates) -> Dated<'r> {
        let mut answer =
            Dated { date: Date::None, unreadable: None, bad_end: None, words: None, restored: false };
        if self.shape == Shape::Own {
            own(parts, dates, &mut answer);
            return answer;
        }
        let mut start =
            self.joined(parts.date, parts.time, &parts.start_triple, parts.zone, self.dates, dates);
        let mut text = parts.date;
        if matches!(start, Found::Nothing) && !parts.date_else.is_empty() {
            (start, text) = (dates.read(parts.date_else, self.other_dates), parts.date_else);
        }
        let end = self.joined(parts.end, parts.end_time, &parts.end_triple, parts.zone, self.ends, dates);
        if let Found::Unreadable = start {
            answer.unreadable = Some(if text.is_empty() { "its parts" } else { text });
        }
        answer.words = match &start {
            Found::Known(known) if known.when.as_edtf() != text.trim_ascii() => Some(text.trim_ascii()),
            _ => None,
        };
        let end_text = if parts.end.is_empty() { "its parts" } else { parts.end };
        answer.date = match (start, end) {
            (start, Found::Nothing) => self.less_exact(start, parts.exactness, dates),
            (start, Found::Unreadable) => {
                answer.bad_end = Some(end_text);
                simple(start)
            }
            (start, end) => {
                let span = self.span(&start, &end, parts.exactness, dates);
                if span.is_none() {
                    answer.bad_end = Some(end_text);
                }
                span.unwrap_or_else(|| simple(start))
            }
        };
        answer
    }

    /// A date that may stand in several columns.
    fn joined<'r>(
        &self,
        date: &'r str,
        time: &'r str,
        parts: &Triple<'r>,
        zone: &str,
        style: Style,
        dates: &mut Dates,
    ) -> Found<'r> {
        let day = match parts {
            ["", "", ""] => None,
            parts => match in_parts(parts) {
                Some(day) => Some(day),
                None => return Found::Unreadable,
            },
        };
        if day.is_none() && (is_nothing(time.trim_ascii()) || is_nothing(date.trim_ascii())) && !self.zoned {
            return dates.read(date, style);
        }
        if day.is_none() && is_nothing(date.trim_ascii()) {
            return Found::Nothing;
        }
        let time = if is_nothing(time.trim_ascii()) { "" } else { time.trim_ascii() };
        let day = day.unwrap_or_else(|| date.trim_ascii().to_owned());
        let has_time = !time.is_empty() || day.contains(':');
        let zone = if has_time && is_offset(zone.trim_ascii()) { zone.trim_ascii() } else { "" };
        let whole = [day.as_str(), if time.is_empty() { "" } else { " " }, time, zone].concat();
        match dates.read(&whole, style) {
            Found::Plain(plain, written) => match Short::of(written.text()) {
                Some(short) => Found::Plain(plain, Written::Made(short)),
                None => dates.known(&whole, false).map_or(Found::Unreadable, Found::Known),
            },
            Found::Known(known) => Found::Known(known),
            Found::Nothing => Found::Nothing,
            // A clock that nobody can read leaves the day.
            Found::Unreadable if !time.is_empty() => match dates.read(&day, style) {
                Found::Known(known) => Found::Known(known),
                Found::Plain(plain, written) => Short::of(written.text())
                    .map_or(Found::Unreadable, |short| Found::Plain(plain, Written::Made(short))),
                _ => Found::Unreadable,
            },
            Found::Unreadable => Found::Unreadable,
        }
    }

    /// The date as exact as a data set says it is.
    fn less_exact<'r>(&self, found: Found<'r>, exactness: &str, dates: &mut Dates) -> Date<'r> {
        let Found::Plain(plain, written) = &found else { return simple(found) };
        if self.shape != Shape::Acled || plain.precision != Precision::Day {
            return simple(found);
        }
        let made = match exactness.trim() {
            "2" => around(*plain, 3),
            "3" => written.text().get(..7).map(str::to_owned),
            _ => None,
        };
        match made.and_then(|text| dates.known(&text, true)) {
            Some(known) => Date::Known(known),
            None => simple(found),
        }
    }

    /// From one date to another; `None` where that cannot be.
    fn span<'r>(
        &self,
        start: &Found<'r>,
        end: &Found<'r>,
        exactness: &str,
        dates: &mut Dates,
    ) -> Option<Date<'r>> {
        let one_of = self.shape == Shape::Ucdp && exactness.trim() != "1";
        if let (Found::Plain(a, from), Found::Plain(b, to)) = (start, end) {
            if from.text() == to.text() || (self.shape == Shape::Ucdp && !one_of && a.span == b.span) {
                return Some(Date::One(*a, *from));
            }
            if !one_of {
                return Some(Date::Span(*from, *to, a.until(*b)?));
            }
        }
        let text = |found: &Found<'_>| match found {
            Found::Plain(_, written) => Some(written.text().to_owned()),
            Found::Known(known) => Some(known.when.as_edtf().to_owned()),
            Found::Nothing | Found::Unreadable => None,
        };
        let end = text(end)?;
        // A start that is not known: it ended then.
        let start = text(start).unwrap_or_default();
        let whole = match one_of {
            true if start.is_empty() => end,
            true => format!("[{start}..{end}]"),
            false => format!("{start}/{end}"),
        };
        dates.known(&whole, true).map(Date::Known)
    }
}

fn simple(found: Found<'_>) -> Date<'_> {
    match found {
        Found::Nothing | Found::Unreadable => Date::None,
        Found::Plain(plain, written) => Date::One(plain, written),
        Found::Known(known) => Date::Known(known),
    }
}

/// One of the days up to so many before and after a day.
fn around(plain: Plain, days: i128) -> Option<String> {
    let day = |instant: Instant| {
        let Civil { year, month, day, .. } = instant.civil()?;
        When::day(year, month, day)
    };
    let nanos = days * 86_400 * 1_000_000_000;
    let (first, last) = (plain.span.first.plus_nanos(-nanos), plain.span.first.plus_nanos(nanos));
    Some(format!("[{}..{}]", day(first)?, day(last)?))
}

/// A date from year, month and day. Years may be written `1,200`; those before the year 0 are negative.
fn in_parts([year, month, day]: &Triple<'_>) -> Option<String> {
    let year: String = year.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let number: i64 = year.parse().ok()?;
    let mut text = match number {
        0..=9999 => format!("{number:04}"),
        -9999..=-1 => format!("-{:04}", number.unsigned_abs()),
        _ => return Some(format!("Y{number}")),
    };
    for part in [month, day] {
        let part = part.trim();
        if part.is_empty() {
            break;
        }
        let part: u8 = part.parse().ok()?;
        text.push_str(&format!("-{part:02}"));
    }
    Some(text)
}

/// Whether a zone is a distance from UTC; of names only UTC itself is one.
fn is_offset(zone: &str) -> bool {
    zone.starts_with(['+', '-']) || ["UTC", "GMT", "Z"].iter().any(|word| zone.eq_ignore_ascii_case(word))
}

/// The date of a record that annals wrote. A spreadsheet may have turned it into something else; then it is restored
/// from its words, or from its borders.
fn own<'r>(parts: &Parts<'r>, dates: &mut Dates, answer: &mut Dated<'r>) {
    let strict = Style { strict: true, ..Style::default() };
    let found = dates.read(parts.date, strict);
    let precision = match &found {
        Found::Plain(plain, _) => Some(plain.precision),
        Found::Known(known) => Some(known.when.precision()),
        Found::Nothing | Found::Unreadable => None,
    };
    let written = parts.precision.trim();
    let kept = match precision {
        Some(precision) => written.is_empty() || written == super::super::csv::precision_word(precision),
        None => parts.date.is_empty() && written.is_empty(),
    };
    if kept {
        answer.date = simple(found);
        return;
    }
    match restored(parts, dates) {
        Some(known) => {
            answer.date = Date::Known(known);
            answer.restored = true;
        }
        None if precision.is_some() => answer.date = simple(found),
        None if parts.date.is_empty() => {}
        None => answer.unreadable = Some(parts.date),
    }
}

/// The date with these borders: its words if they say the same, else a unit of its precision, else one of the days
/// between.
fn restored(parts: &Parts<'_>, dates: &mut Dates) -> Option<Arc<Known>> {
    let mut border = |text: &str| match dates.read(text, Style::default()) {
        Found::Plain(plain, written) => Some((plain.span, written.text().to_owned())),
        Found::Known(known) => Some((known.when.span(), known.when.as_edtf().to_owned())),
        Found::Nothing | Found::Unreadable => None,
    };
    let (earliest, latest) = (border(parts.earliest), border(parts.latest));
    let words = parts.words.split(", as of ").next().unwrap_or_default();
    let first = earliest.as_ref().map_or(Instant::PAST, |(span, _)| span.first);
    let last = latest.as_ref().map_or(Instant::FUTURE, |(span, _)| span.last);
    let whole = |known: &Arc<Known>| (known.bounds.hull.s0, known.bounds.hull.e1) == (first, last);
    let unit = earliest.as_ref().and_then(|(_, text)| match parts.precision.trim() {
        "year" => text.get(..4).map(str::to_owned),
        "month" => text.get(..7).map(str::to_owned),
        _ => Some(text.clone()),
    });
    for text in [Some(words.to_owned()), unit].into_iter().flatten() {
        if let Some(known) = dates.known(&text, false).filter(whole) {
            return Some(known);
        }
    }
    let text = |border: &Option<(_, String)>| border.as_ref().map(|(_, text)| text.clone());
    match (text(&earliest), text(&latest)) {
        (None, None) => None,
        (Some(start), None) => dates.known(&format!("{start}/.."), true),
        (None, Some(end)) => dates.known(&format!("[..{end}]"), true),
        (Some(start), Some(end)) => dates.known(&format!("[{start}..{end}]"), true),
    }
}
