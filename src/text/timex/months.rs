//! Months and the days in them, with the year that they are given or take from around them.

use super::Grounds;
use super::dates::{Read, is_year, written};
use super::lexicon::{Unit, Word};
use super::scan::Scan;
use super::token::Kind;
use super::value::{Date, Field};

impl Scan<'_> {
    /// "October", "October 7", "October 7, 2023", "October 2023", "October of that year".
    pub(super) fn month(&self, at: usize, led: bool) -> Option<Read> {
        let Word::Month(month) = self.word(at) else { return None };
        let said = self.said(at);
        let full = said.len() > 4 || matches!(month, 5..=7) && said.len() > 3 || month == 5;
        if !self.is_capital(at) {
            return None;
        }
        let mut next = at + 1;
        let dotted = !full && self.mark(next, b'.');
        next += usize::from(dotted);
        if let Some((day, end)) = self.day_number(next) {
            let (year, end) = self.year_behind(end).unwrap_or((None, end));
            return Some(self.complete(month, Some(day), year, at, end));
        }
        if let Some((year, end)) = self.year_behind(next) {
            return Some(self.complete(month, None, year, at, end));
        }
        if !full && !dotted && !led && said.len() < 4 {
            return None;
        }
        // "May" and "March" begin sentences and name people: alone they need a word before them that leads to a time.
        let doubtful = matches!(month, 3 | 5) && !led && !self.leads(at);
        if doubtful || self.is_owner_of_name(at) {
            return None;
        }
        Some(self.complete(
            month,
            None,
            None,
            at,
            at + 1 + usize::from(dotted && self.is_glued(at + 1) && !self.ends_sentence(at + 1)),
        ))
    }

    /// Whether a month's name is shortened, so that a dot belongs to it.
    pub(super) fn is_short(&self, at: usize) -> bool {
        let said = self.said(at);
        said.len() == 3 && !said.eq_ignore_ascii_case("may") || said.eq_ignore_ascii_case("sept")
    }

    /// Whether a word may be a noun: one of no class, right behind what is before it.
    pub(super) fn is_noun(&self, at: usize) -> bool {
        let functional = [
            "he", "she", "it", "they", "we", "who", "which", "when", "where", "with", "but", "while",
            "against", "under", "into", "there", "also", "not", "became", "followed", "saw", "ran", "led",
            "gave", "all", "both", "then",
        ];
        self.token(at).is_some_and(|token| token.kind == Kind::Word(Word::Other) && token.lines == 0)
            && !self.is_said(at, &functional)
    }

    /// Whether a word before leads to a time.
    pub(super) fn leads(&self, at: usize) -> bool {
        matches!(
            self.word_before(at),
            Word::In
                | Word::Since
                | Word::Until
                | Word::By
                | Word::From
                | Word::To
                | Word::During
                | Word::Before
                | Word::After
                | Word::Between
                | Word::And
                | Word::Of
                | Word::For
                | Word::Last
                | Word::Next
                | Word::This
                | Word::Early
                | Word::Late
                | Word::Mid
                | Word::Through
                | Word::Each
                | Word::Every
                | Word::Past
                | Word::Or
                | Word::A
        ) || at.checked_sub(1).is_some_and(|before| self.is_hyphen(before) || self.mark(before, b'('))
    }

    /// A first name like "April", "June": before another name, not after a word that leads to a time.
    fn is_owner_of_name(&self, at: usize) -> bool {
        matches!(self.word(at), Word::Month(4 | 6 | 8))
            && !self.leads(at)
            && self.is_capital(at + 1)
            && self.word(at + 1) == Word::Other
    }

    /// The day of a month behind its name: "7", "7th", "eighth".
    pub(super) fn day_number(&self, at: usize) -> Option<(u8, usize)> {
        if self.breaks(at) {
            return None;
        }
        let the = usize::from(self.word(at) == Word::The);
        if let Some((day, end)) = self.ordinal(at + the) {
            let unit = self.unit(end).is_some() || self.word(end) == Word::Half;
            return u8::try_from(day)
                .ok()
                .filter(|day| (1..=31).contains(day) && !unit)
                .map(|day| (day, end));
        }
        let (day, digits) = self.number(at)?;
        let end = at + 1;
        let more = self.is_glued(end)
            && (self.mark(end, b':') && self.number(end + 1).is_some() && self.is_glued(end + 1)
                || self.mark(end, b'%')
                || self.token(end).is_some_and(|token| matches!(token.kind, Kind::Word(_))));
        let grouped = (self.mark(end, b',') || self.mark(end, b'.'))
            && self.is_glued(end)
            && self.is_glued(end + 1)
            && self.number(end + 1).is_some();
        (digits <= 2 && (1..=31).contains(&day) && !more && !grouped).then_some((day as u8, end))
    }

    /// The year behind a month or day: ", 1998", "1998", "of 1998", "last year", "of that year".
    pub(super) fn year_behind(&self, at: usize) -> Option<(Option<i32>, usize)> {
        if self.breaks(at) {
            return None;
        }
        let comma = at + usize::from(self.mark(at, b','));
        if let Some((year, digits)) = self.number(comma)
            && is_year(year, digits)
            && !self.counts(comma)
        {
            return Some((i32::try_from(year).ok(), comma + 1));
        }
        if let Some((year, end)) = self.era_year(comma) {
            return Some((Some(year), end));
        }
        let of = at + usize::from(self.word(at) == Word::Of);
        if of > at
            && let Some((year, digits)) = self.number(of)
            && is_year(year, digits)
        {
            return Some((i32::try_from(year).ok(), of + 1));
        }
        let the = of + usize::from(self.word(of) == Word::The);
        if self.word(the + 1) != Word::Unit(Unit::Year) {
            return None;
        }
        let year = match self.word(the) {
            Word::Last => self.context.this_year()? - 1,
            Word::Next => self.context.this_year()? + 1,
            Word::This => self.context.this_year()?,
            Word::That | Word::Same => self.context.there()?.year?,
            Word::Previous => self.context.there()?.year? - 1,
            Word::Following => self.context.there()?.year? + 1,
            _ => return None,
        };
        Some((Some(year), the + 2))
    }

    /// A month and day, with the year that is known or worked out.
    fn complete(&self, month: u8, day: Option<u8>, year: Option<i32>, first: usize, last: usize) -> Read {
        let field = match day {
            Some(day) => Field::Day(Some(month), Some(day)),
            None => Field::Month(Some(month)),
        };
        if let Some(year) = year.or_else(|| self.year_ahead(last)) {
            return written(Date::of(Some(year), field), last);
        }
        match self.year_of_month(month, day, first, last) {
            Some(year) => (Date::of(Some(year.value), field), last, year.grounds, year.basis),
            None => (Date::of(None, field), last, Grounds::Publication, self.context.here_in_words()),
        }
    }

    /// The year that a date joined to this one has: "31 May-1 June 1916", "from June to August 1940".
    pub(super) fn year_ahead(&self, at: usize) -> Option<i32> {
        if !matches!(self.word(at), Word::To | Word::And | Word::Or | Word::Until | Word::Through)
            && !self.is_hyphen(at)
        {
            return None;
        }
        for next in at + 1..at + 7 {
            if let Some((year, digits)) = self.number(next)
                && is_year(year, digits)
            {
                return i32::try_from(year).ok();
            }
            let part = matches!(
                self.word(next),
                Word::Month(_)
                    | Word::Nth
                    | Word::The
                    | Word::Of
                    | Word::Early
                    | Word::Late
                    | Word::Mid
                    | Word::Season(_)
            ) || self.mark(next, b',')
                || self.is_hyphen(next)
                || self.number(next).is_some_and(|(_, digits)| digits <= 2);
            if !part {
                return None;
            }
        }
        None
    }

    /// "7 October 2023", "the 25th of August", "the 20th"; "6" of "6-7 January 1916".
    pub(super) fn day_of_month(&self, at: usize, the: bool) -> Option<Read> {
        let (day, end) = match self.ordinal(at) {
            Some((day, end)) => (day, end),
            None => self.number(at).filter(|(_, digits)| *digits <= 2).map(|(day, _)| (day, at + 1))?,
        };
        let bare = end == at + 1 && self.number(at).is_some();
        let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        if bare
            && at > 0
            && self.is_glued(at)
            && !self.is_hyphen(at - 1)
            && !self.mark(at - 1, b'(')
            && !self.mark(at - 1, b'"')
        {
            return None;
        }
        let of = end + usize::from(self.word(end) == Word::Of);
        if let Word::Month(month) = self.word(of)
            && self.is_capital(of)
            && !self.breaks(of)
        {
            let mut next = of + 1;
            next += usize::from(
                self.said(of).len() <= 4 && self.mark(next, b'.') && self.year_behind(next + 1).is_some(),
            );
            let (year, last) = self.year_behind(next).unwrap_or((None, next));
            return Some(self.complete(month, Some(day), year, at, last));
        }
        // "6-7 January", "the 18th and 19th of June": the month stands behind the other day.
        let joins = self.is_hyphen(end) && self.is_glued(end)
            || matches!(self.word(end), Word::And | Word::To | Word::Or);
        let (other, after) = match self.ordinal(end + 1) {
            Some(other) => other,
            None => self
                .number(end + 1)
                .filter(|(_, digits)| *digits <= 2)
                .map_or((0, 0), |(number, _)| (number, end + 2)),
        };
        let month_at = after + usize::from(self.word(after) == Word::Of);
        if joins
            && other > u32::from(day)
            && let Word::Month(_) = self.word(month_at)
            && self.is_capital(month_at)
        {
            let (date, ..) = self.day_of_month(end + 1, false)?;
            let Field::Day(month, _) = date.field else { return None };
            return Some(written(Date::of(date.year, Field::Day(month, Some(day))), end));
        }
        // "On the 20th": of the month named last.
        let alone = the
            && !bare
            && self.number(at).is_some()
            && !self.breaks(end)
            && self.word_before(at.saturating_sub(1)) == Word::On
            && !matches!(self.word(end), Word::Other | Word::Unit(_))
                | self.ends_sentence(end)
                | self.mark(end, b',');
        let last = self.context.there().filter(|_| alone)?;
        let (year, month) = (last.year?, last.month_number()?);
        let date = Date::of(Some(year), Field::Day(Some(month), Some(day)));
        Some((date, end, Grounds::Narrative, format!("of the month named before, {last}")))
    }
}
