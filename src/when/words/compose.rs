//! From dates that were read to the EDTF of what they are part of.

use super::loose::{Field, Loose, Piece, Years, year_text};
use crate::when::{DateFault, Instant, Precision, TimeRange, When};

/// One part of a list, or the whole text.
pub(super) enum Element {
    /// A date.
    One(Loose),
    /// From one date to another.
    Range(Loose, Loose),
    /// Every unit from one date to another, or without a first or a last.
    Every(Option<Loose>, Option<Loose>),
    /// A date or an earlier one.
    OrEarlier(Loose),
    /// A date or a later one.
    OrLater(Loose),
}

/// "2014–17", "1998–03": the second year with its last digits only. One that would lie half a century on or more
/// is none: "2024-13" is a slip in a month.
pub(super) fn short_year(a: &Loose, b: &mut Loose) {
    if let (Some(Years::One(year)), None, Some(number)) = (&a.year, a.month, b.bare_number())
        && (1000..=9999).contains(year)
    {
        let same = year - year % 100 + i64::from(number);
        let later = if same < *year { same + 100 } else { same };
        if later - year < 50 || later == same {
            b.year = Some(Years::One(later));
            b.day = None;
        }
    }
}

/// "December 2013 to January": the year that was said for the first is over.
pub(super) fn next_year(a: &Loose, b: &mut Loose) {
    if let (Some(Years::One(year)), Some(Field::Number(from)), Some(Field::Number(to))) =
        (&mut b.year, a.month, b.month)
        && to < from
    {
        *year += 1;
    }
}

/// A member of a set.
pub(super) fn member(element: &Element, all: bool) -> Result<String, DateFault> {
    match element {
        Element::One(date) => match date.piece()? {
            Piece::Item(text) => Ok(text),
            Piece::Span { first, last, .. } if !all => Ok(format!("{first}..{last}")),
            Piece::Span { end, .. } => end.ok_or_else(|| {
                DateFault::at(
                    date.at,
                    "a stretch in which it happened once cannot be one of several dates of it",
                )
            }),
        },
        Element::Range(a, b) => between(a, b).map(|set| set.trim_matches(['[', ']']).to_owned()),
        Element::Every(Some(a), Some(b)) => between(a, b).map(|set| set.trim_matches(['[', ']']).to_owned()),
        Element::Every(None, Some(date)) | Element::OrEarlier(date) => Ok(format!("..{}", last_of(date)?)),
        Element::Every(Some(date), None) | Element::OrLater(date) => Ok(format!("{}..", first_of(date)?)),
        Element::Every(None, None) => Ok(String::new()),
    }
}

/// How a date is written as an end of an interval.
pub(super) fn end_text(date: &Loose) -> Result<String, DateFault> {
    match date.piece()? {
        Piece::Item(text) | Piece::Span { end: Some(text), .. } => Ok(text),
        Piece::Span { first, last, end: None } => {
            Err(DateFault::at(date.at, "this stretch of time is too fuzzy to begin or end an interval")
                .hint(format!("name a date in it, from {first} to {last}")))
        }
    }
}

/// The date that a loose one makes, as a span and a precision.
pub(super) fn resolve(date: &Loose) -> Result<(TimeRange, Precision), DateFault> {
    let text = date.piece()?.alone();
    let when = When::parse(&text).map_err(|fault| DateFault { offset: date.at, ..fault })?;
    Ok((when.span(), when.precision()))
}

/// One moment from a to b, both to the same unit, the finer one.
pub(super) fn between(a: &Loose, b: &Loose) -> Result<String, DateFault> {
    let (texts, plain) = (a.piece()?, b.piece()?);
    if let (Piece::Item(first), Piece::Item(last)) = (&texts, &plain) {
        let text = format!("[{first}..{last}]");
        if When::parse(&text).is_ok() {
            return Ok(text);
        }
    }
    // Only plain dates can be the ends of a range: "between about 2014 and 2017" would lose its "about".
    if let Some(marked) = [a, b].into_iter().find(|date| !date.sign().is_empty()) {
        return Err(DateFault::at(
            marked.at,
            "“between” has no place for “about” or “possibly” before a date",
        )
        .hint("widen the dates instead, so that they hold what is meant"));
    }
    let ((from, p), (to, q)) = (resolve(a)?, resolve(b)?);
    let precision = p.max(q);
    let text = format!("[{}..{}]", neighbour(a, from.first, precision)?, neighbour(b, to.last, precision)?);
    Ok(text)
}

/// The date from which on it may be, as a member of a set.
pub(super) fn first_of(date: &Loose) -> Result<String, DateFault> {
    Ok(match date.piece()? {
        Piece::Item(text) => text,
        Piece::Span { first, end, .. } => part_code(end).unwrap_or(first),
    })
}

/// The date until which it may be, as a member of a set.
pub(super) fn last_of(date: &Loose) -> Result<String, DateFault> {
    Ok(match date.piece()? {
        Piece::Item(text) => text,
        Piece::Span { last, end, .. } => part_code(end).unwrap_or(last),
    })
}

/// How a third of a year is written as a date; a third of a month has only a mask, which has other days.
fn part_code(end: Option<String>) -> Option<String> {
    end.filter(|text| !text.contains(['X', 'S']))
}

/// An instant as EDTF writes it, down to a unit; for a date near it, of whose fault it is.
pub(super) fn neighbour(date: &Loose, instant: Instant, precision: Precision) -> Result<String, DateFault> {
    let civil = instant.civil().ok_or_else(|| DateFault::at(date.at, "this date has no such end"))?;
    let year = year_text(civil.year);
    let (month, day) = (civil.month, civil.day);
    let (hour, minute, second) = (civil.hour, civil.minute, civil.second);
    // Times were counted in UTC on the way here.
    Ok(match precision {
        Precision::Years | Precision::Year => year,
        Precision::Season | Precision::Month => format!("{year}-{month:02}"),
        Precision::Day => format!("{year}-{month:02}-{day:02}"),
        Precision::Hour => format!("{year}-{month:02}-{day:02}T{hour:02}Z"),
        Precision::Minute => format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}Z"),
        Precision::Second | Precision::Fraction => {
            format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        }
    })
}
