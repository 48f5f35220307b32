//! Dates of the calendar: years, months, days, decades, centuries, seasons, quarters, and holidays.

use super::calendar::Day;
use super::lexicon::{Part, Unit, Word};
use super::scan::{Found, Scan};
use super::token::Kind;
use super::value::{Date, Field, Time, Value};
use super::{Grounds, Modifier};

/// "Early", "the end of", "the second half of": what stands before a date and narrows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) modifier: Option<Modifier>,
    pub(super) half: Option<u8>,
    /// The part of the day that it begins with: "the night of".
    pub(super) part: Option<Part>,
    /// The token behind it.
    pub(super) end: usize,
}

/// Years that four digits may be.
pub(super) fn is_year(value: u32, digits: u8) -> bool {
    digits == 4 && (1000..=2100).contains(&value)
}

/// A date that was read: the value, the token behind it, and how it came about.
pub(super) type Read = (Date, usize, Grounds, String);

pub(super) fn written(date: Date, end: usize) -> Read {
    (date, end, Grounds::Explicit, "as it is written".to_owned())
}

impl Scan<'_> {
    /// What narrows a date that follows, if anything does.
    pub(super) fn stage(&self, at: usize) -> Option<Stage> {
        let the = usize::from(self.word(at) == Word::The);
        let first = at + the;
        let very = first + usize::from(self.is_said(first, &["very"]));
        let of = |end: usize| (self.word(end) == Word::Of).then_some(end + 1);
        let stage = |modifier, end| Some(Stage { modifier: Some(modifier), half: None, part: None, end });
        let simple = match self.word(very) {
            Word::Early => Some(Modifier::Start),
            Word::Mid => Some(Modifier::Mid),
            Word::Late => Some(Modifier::End),
            _ => None,
        };
        if let Some(modifier) = simple {
            let mut end = very + 1;
            if self.is_hyphen(end) || self.word(end) == Word::In {
                end += 1;
            }
            if let (Word::Part(part), Some(after)) = (
                self.word(end + usize::from(self.word(end) == Word::The)),
                Some(end + usize::from(self.word(end) == Word::The) + 1),
            ) {
                let hours = after + usize::from(self.word(after) == Word::Units(Unit::Hour));
                if let Some(end) = of(hours) {
                    return Some(Stage { modifier: Some(modifier), half: None, part: Some(part), end });
                }
            }
            return stage(modifier, end);
        }
        // "Earlier Sunday", "later in 1792".
        let moved = match self.word(first) {
            Word::Earlier => Some(Modifier::Start),
            Word::Later => Some(Modifier::End),
            _ => None,
        };
        if let Some(modifier) = moved.filter(|_| the == 0) {
            let inside = self.word(first + 1) == Word::In;
            let dated = inside || matches!(self.word(first + 1), Word::Weekday(_));
            return if dated { stage(modifier, first + 1 + usize::from(inside)) } else { None };
        }
        let phrase = match self.word(very) {
            Word::Beginning => Some((Modifier::Start, of(very + 1))),
            Word::Middle => Some((Modifier::Mid, of(very + 1))),
            Word::End if the == 1 || self.word(very + 1) == Word::Of => Some((Modifier::End, of(very + 1))),
            Word::Latter if self.word(very + 1) == Word::Piece => Some((Modifier::End, of(very + 2))),
            Word::Early | Word::Ord(1) if self.word(very + 1) == Word::Piece => {
                Some((Modifier::Start, of(very + 2)))
            }
            _ => None,
        };
        if let Some((modifier, end)) = phrase {
            return stage(modifier, end?);
        }
        if let Word::Part(part) = self.word(first)
            && the == 1
            && let Some(end) = of(first + 1)
        {
            return Some(Stage { modifier: None, half: None, part: Some(part), end });
        }
        let half = match self.word(first) {
            Word::Ord(1) => 1,
            Word::Ord(2) | Word::Latter => 2,
            _ => return None,
        };
        if self.word(first + 1) != Word::Half {
            return None;
        }
        Some(Stage { modifier: None, half: Some(half), part: None, end: of(first + 2)? })
    }

    /// A date of the calendar, with what narrows it.
    pub(super) fn calendar(&self, at: usize) -> Option<Found> {
        let stage = self.stage(at);
        let from = stage.map_or(at, |stage| stage.end);
        let (mut date, mut end, grounds, basis) = self.date(from, stage.is_some())?;
        // "The summer offensive", "the third-quarter results": the article belongs to what follows.
        let article = stage.is_none() && self.word(at) == Word::The;
        let hyphen = matches!(date.field, Field::Quarter(_)) && self.is_hyphen(end - 2);
        let before_noun =
            matches!(date.field, Field::Season(_)) && self.number(end - 1).is_none() && self.is_noun(end);
        let at = at + usize::from(article && (hyphen || before_noun));
        if let Some(stage) = stage {
            if let (Some(half), Field::Year) = (stage.half, date.field) {
                date.field = Field::Half(half);
            }
            if let (Some(part), Field::Day(..)) = (stage.part, date.field) {
                date.time = Some(Time::Part(part));
            } else if stage.part.is_some() {
                return None;
            }
        }
        // "Christmas night", "Friday evening".
        if let (Field::Day(..) | Field::Weekday(_), Word::Part(part), None) =
            (date.field, self.word(end), date.time)
            && !self.breaks(end)
        {
            date.time = Some(Time::Part(part));
            end += 1;
        }
        let mut modifier = stage.and_then(|stage| stage.modifier);
        let beyond = self.word(end) == Word::Or && self.word(end + 1) == Word::Later
            || self.word(end) == Word::And && self.is_said(end + 1, &["beyond"]);
        if beyond {
            (modifier, end) = (Some(Modifier::OnOrAfter), end + 2);
        }
        Some(Found { modifier, grounds, basis, ..Found::explicit(at, end, Value::Date(date)) })
    }

    /// A date without what narrows it. `led`: something before it says that it is one.
    pub(super) fn date(&self, at: usize, led: bool) -> Option<Read> {
        let the = self.word(at) == Word::The;
        let first = at + usize::from(the);
        if !the
            && let Some(read) = self.weekday(at).or_else(|| self.month(at, led)).or_else(|| self.numeric(at))
        {
            return Some(read);
        }
        let read = self
            .day_of_month(first, the)
            .or_else(|| self.century(first))
            .or_else(|| self.decade(first, the))
            .or_else(|| self.season(first, the, led))
            .or_else(|| self.quarter(first))
            .or_else(|| self.holiday(first));
        if read.is_some() || the && self.word(first) != Word::Unit(Unit::Year) {
            return read;
        }
        self.year(first, led)
    }

    /// "Saturday", "Saturday, April 25".
    pub(super) fn weekday(&self, at: usize) -> Option<Read> {
        let Word::Weekday(weekday) = self.word(at) else { return None };
        let short = self.said(at).len() < 6;
        if !self.is_capital(at) {
            return None;
        }
        let mut next = at + 1;
        next += usize::from(short && self.mark(next, b'.'));
        next += usize::from(self.mark(next, b','));
        let whole = self
            .month(next, true)
            .or_else(|| self.day_of_month(next + usize::from(self.word(next) == Word::The), false));
        if let Some(read) = whole.filter(|(date, ..)| matches!(date.field, Field::Day(..))) {
            return Some(read);
        }
        if short {
            return None;
        }
        Some(match self.day_of_weekday(weekday, at, at + 1) {
            Some(day) => (day.value.into(), at + 1, day.grounds, day.basis),
            None => (
                Date::of(None, Field::Weekday(weekday)),
                at + 1,
                Grounds::Publication,
                self.context.here_in_words(),
            ),
        })
    }

    /// "2023-10-07", "10/07/2023", "27.01.2024".
    fn numeric(&self, at: usize) -> Option<Read> {
        let (a, a_digits) = self.number(at)?;
        let (b, b_digits) = self.number(at + 2)?;
        let (c, c_digits) = self.number(at + 4)?;
        let same =
            [b'-', b'/', b'.'].into_iter().any(|mark| self.mark(at + 1, mark) && self.mark(at + 3, mark));
        if !same
            || !(at + 1..at + 5).all(|next| self.is_glued(next))
            || b_digits > 2
            || at > 0 && self.is_glued(at) && self.is_hyphen(at - 1)
        {
            return None;
        }
        let (year, month, day) = if is_year(a, a_digits) && c_digits <= 2 {
            (a, b, c)
        } else if is_year(c, c_digits) || c_digits == 2 && self.mark(at + 1, b'/') {
            let year = if c_digits == 2 { c + if c < 50 { 2000 } else { 1900 } } else { c };
            // In English texts the month stands first where strokes part them; where it cannot, the day does.
            if self.mark(at + 1, b'/') && a <= 12 || b > 12 { (year, a, b) } else { (year, b, a) }
        } else {
            return None;
        };
        let day = Day::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        Some(written(day.into(), at + 5))
    }

    /// What is joined to an expression by a hyphen or "and" and takes its month or century from it: "17" of
    /// "1915-17", "8" of "July 6-8, 1945".
    pub(super) fn joined(&self, before: &Found) -> Option<Found> {
        let Value::Date(Date { year: Some(year), field, time: None }) = before.value else { return None };
        let joint = before.last;
        let hyphen = self.is_hyphen(joint) && self.is_glued(joint) && self.is_glued(joint + 1);
        let at = joint + 1;
        let (number, digits) = self.number(at).filter(|_| !self.breaks(at))?;
        if self.counts(at)
            || self.is_glued(at + 1)
                && matches!(self.token(at + 1)?.kind, Kind::Word(_))
                && self.word(at + 1) != Word::Nth
        {
            return None;
        }
        let found = |date: Date, last: usize| {
            Some(Found {
                grounds: before.grounds,
                basis: before.basis.clone(),
                ..Found::explicit(at, last, Value::Date(date))
            })
        };
        match field {
            Field::Year | Field::Season(_) if hyphen && digits == 2 && year >= 1000 => {
                let later = year - year.rem_euclid(100) + i32::try_from(number).ok()?;
                (later > year && later - year < 60).then(|| found(Date::year(later), at + 1)).flatten()
            }
            Field::Day(Some(month), Some(day))
                if hyphen || matches!(self.word(joint), Word::And | Word::To | Word::Or) =>
            {
                let (next, end) = self.day_number(at)?;
                if next <= day
                    || matches!(self.word(end), Word::Month(_) | Word::Other) && !hyphen
                    || matches!(self.word(end), Word::Month(_))
                    || self.unit(end).is_some()
                {
                    return None;
                }
                let (year, end) =
                    self.year_behind(end).map_or((year, end), |(found, end)| (found.unwrap_or(year), end));
                found(Date::of(Some(year), Field::Day(Some(month), Some(next))), end)
            }
            _ => None,
        }
    }
}
