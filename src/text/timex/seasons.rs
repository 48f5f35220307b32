//! Seasons, quarters of a year, and days with names.

use super::Grounds;
use super::calendar::holiday;
use super::dates::{Read, is_year, written};
use super::lexicon::{Holiday, Unit, Word};
use super::resolve::told_quarter;
use super::scan::Scan;
use super::value::{Date, Field};

impl Scan<'_> {
    /// "Summer", "the spring of 1943", "winter 1944".
    pub(super) fn season(&self, at: usize, the: bool, led: bool) -> Option<Read> {
        let Word::Season(season) = self.word(at) else { return None };
        let of = at + 1 + usize::from(self.word(at + 1) == Word::Of);
        let year = self.number(of).filter(|(year, digits)| is_year(*year, *digits) && !self.counts(of));
        let field = Field::Season(season);
        if let Some((year, _)) = year {
            // "The winter of 1941-42" is one span.
            return Some(written(Date::of(i32::try_from(year).ok(), field), of + 1));
        }
        if of > at + 1 {
            if let Some((date, end, ..)) = self.spoken_year(of, true) {
                return Some(written(Date { field, ..date }, end));
            }
            let (year, end) = self.year_behind(at + 1)?;
            return Some(written(Date::of(year, field), end));
        }
        let verb = self.is_said(at, &["fall", "spring"]) && !the && !led;
        if verb
            && !matches!(
                self.word_before(at),
                Word::In
                    | Word::By
                    | Word::During
                    | Word::Since
                    | Word::Until
                    | Word::Each
                    | Word::Every
                    | Word::To
            )
        {
            return None;
        }
        if self.is_said(at, &["fall"])
            && (self.word(at + 1) == Word::Of || !(the || led || self.word_before(at) == Word::In))
        {
            return None;
        }
        if let Some(year) = self.year_ahead(at + 1) {
            return Some(written(Date::of(Some(year), field), at + 1));
        }
        Some(match self.year_of_season(season, at, at + 1) {
            Some(year) => (Date::of(Some(year.value), field), at + 1, year.grounds, year.basis),
            None => (Date::of(None, field), at + 1, Grounds::Publication, self.context.here_in_words()),
        })
    }

    /// "Third-quarter", "the fiscal first quarter of 1990", "first half".
    pub(super) fn quarter(&self, at: usize) -> Option<Read> {
        let fiscal = usize::from(self.word(at) == Word::Fiscal);
        let first = at + fiscal + usize::from(fiscal > 0 && self.is_hyphen(at + 1));
        if fiscal > 0
            && let Some((year, digits)) = self.number(first)
            && is_year(year, digits)
        {
            return Some(written(Date::year(i32::try_from(year).ok()?), first + 1));
        }
        if let Some(read) = self.quarter_of_year(first) {
            return Some(read);
        }
        let Some((quarter @ 1..=4, end)) = self.ordinal(first) else { return None };
        let end = end + usize::from(self.is_hyphen(end));
        if self.word(end) != Word::Unit(Unit::Quarter) {
            return None;
        }
        let quarter = quarter as u8;
        let field = Field::Quarter(Some(quarter));
        if let Some((year, last)) = self
            .year_behind(end + 1)
            .filter(|_| self.word(end + 1) == Word::Of || self.number(end + 1).is_some())
        {
            return Some(written(Date::of(year, field), last));
        }
        Some(match self.year_of_quarter(quarter) {
            Some(year) => (Date::of(Some(year.value), field), end + 1, year.grounds, year.basis),
            None => (Date::of(None, field), end + 1, Grounds::Publication, self.context.here_in_words()),
        })
    }

    /// "The 1988 quarter", "the 1988 second quarter".
    fn quarter_of_year(&self, at: usize) -> Option<Read> {
        let (year, digits) = self.number(at)?;
        let year = i32::try_from(year).ok().filter(|_| is_year(year, digits))?;
        let (quarter, end) = match self.ordinal(at + 1) {
            Some((quarter @ 1..=4, end)) => (quarter as u8, end),
            Some(_) => return None,
            None => (told_quarter(self.context)?.1, at + 1),
        };
        let period = end == at + 1 && self.word(end) == Word::Period && self.context.quarter.is_some();
        let named = period || self.word(end) == Word::Unit(Unit::Quarter);
        named.then(|| written(Date::of(Some(year), Field::Quarter(Some(quarter))), end + 1))
    }

    /// "Christmas 1941", "Independence Day", "New Year's Eve".
    pub(super) fn holiday(&self, at: usize) -> Option<Read> {
        if !self.is_capital(at) {
            return None;
        }
        let day = |end: usize| matches!(self.word(end), Word::Unit(Unit::Day)) && self.is_capital(end);
        let owned = |at: usize| {
            if self.mark(at, b'\'') { at + 1 + usize::from(self.word(at + 1) == Word::S) } else { at }
        };
        let (which, end) = match self.word(at) {
            Word::Christmas if self.word(at + 1) == Word::Eve => (Holiday::ChristmasEve, at + 2),
            Word::Christmas => (Holiday::Christmas, at + 1 + usize::from(day(at + 1))),
            Word::Easter if self.word(at + 1) == Word::Weekday(1) => (Holiday::EasterMonday, at + 2),
            Word::Easter => (Holiday::Easter, at + 1 + usize::from(self.word(at + 1) == Word::Weekday(7))),
            Word::Thanksgiving => (Holiday::Thanksgiving, at + 1 + usize::from(day(at + 1))),
            Word::Good if self.word(at + 1) == Word::Weekday(5) => (Holiday::GoodFriday, at + 2),
            Word::OfDay(Holiday::PalmSunday) if self.word(at + 1) == Word::Weekday(7) => {
                (Holiday::PalmSunday, at + 2)
            }
            Word::OfDay(Holiday::AshWednesday) if self.word(at + 1) == Word::Weekday(3) => {
                (Holiday::AshWednesday, at + 2)
            }
            Word::Holiday(which) => (which, at + 1),
            Word::Month(5) if day(at + 1) => (Holiday::May, at + 2),
            Word::D_ if self.is_hyphen(at + 1) && day(at + 2) => (Holiday::Landing, at + 3),
            Word::OfDay(which) if day(owned(at + 1)) => (which, owned(at + 1) + 1),
            Word::New if self.word(at + 1) == Word::Unit(Unit::Year) && self.is_capital(at + 1) => {
                match owned(at + 2) {
                    end if self.word(end) == Word::Eve => (Holiday::NewYearsEve, end + 1),
                    end if day(end) => (Holiday::NewYear, end + 1),
                    end if end == at + 2 => return None,
                    end => (Holiday::NewYear, end),
                }
            }
            _ => return None,
        };
        let named = holiday(which, 2000)?;
        if which == Holiday::Landing {
            return Some(written(named.into(), end));
        }
        let (year, last) = self.year_behind(end).unwrap_or((None, end));
        if let Some(year) = year {
            return Some(written(holiday(which, year)?.into(), last));
        }
        let Some(year) = self.year_of_month(named.month, Some(named.day), at, end) else {
            return Some((
                Date::month(None, named.month),
                end,
                Grounds::Publication,
                self.context.here_in_words(),
            ));
        };
        Some((holiday(which, year.value)?.into(), end, year.grounds, year.basis))
    }
}
