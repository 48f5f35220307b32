//! Dates of the calendar: years, months, days, decades, centuries, seasons, quarters, and holidays.

use super::calendar::{Day, holiday};
use super::lexicon::{Holiday, Part, Unit, Word};
use super::resolve::told_quarter;
use super::scan::{Found, Scan};
use super::token::Kind;
use super::value::{Date, Field, Time, Value};
use super::{Grounds, Mode, Modifier};

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
type Read = (Date, usize, Grounds, String);

fn written(date: Date, end: usize) -> Read {
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
    fn weekday(&self, at: usize) -> Option<Read> {
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
    fn leads(&self, at: usize) -> bool {
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
    fn day_number(&self, at: usize) -> Option<(u8, usize)> {
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
    fn year_behind(&self, at: usize) -> Option<(Option<i32>, usize)> {
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

    /// Whether a number counts what follows: a glued sign, a thousands' comma.
    fn counts(&self, at: usize) -> bool {
        let end = at + 1;
        self.is_glued(end)
            && (self.mark(end, b'%')
                || self.mark(end, b':') && self.number(end + 1).is_some() && self.is_glued(end + 1))
            || (self.mark(end, b',') || self.mark(end, b'.'))
                && self.is_glued(end)
                && self.is_glued(end + 1)
                && self.number(end + 1).is_some()
            || at > 0
                && self.is_glued(at)
                && (self.mark(at - 1, b'$') || self.mark(at - 1, b'#') || self.mark(at - 1, b'.'))
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
    fn year_ahead(&self, at: usize) -> Option<i32> {
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
    fn day_of_month(&self, at: usize, the: bool) -> Option<Read> {
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

    /// "18th century", "the nineteenth century BC".
    fn century(&self, at: usize) -> Option<Read> {
        let (number, end) = self.ordinal(at)?;
        let end = end + usize::from(self.is_hyphen(end));
        let number = u8::try_from(number).ok().filter(|number| (1..=30).contains(number))?;
        if self.word(end) != Word::Unit(Unit::Century) {
            return None;
        }
        let (before, end) = self.era(end + 1).unwrap_or((false, end + 1));
        Some(written(Date::of(None, Field::Century(number - 1, before)), end))
    }

    /// An era behind a year or century: "BC", "B.C.", "AD", "BCE". Whether it is the one before Christ.
    pub(super) fn era(&self, at: usize) -> Option<(bool, usize)> {
        let letter =
            |offset: usize, word: Word| self.word(at + offset) == word && self.is_capital(at + offset);
        match self.word(at) {
            Word::Bc if self.is_capital(at) => Some((true, at + 1)),
            Word::Ad if self.is_capital(at) => Some((false, at + 1)),
            Word::B_ if letter(0, Word::B_) && self.mark(at + 1, b'.') && letter(2, Word::C_) => {
                let e = self.mark(at + 3, b'.') && letter(4, Word::E_);
                let end = at + if e { 5 } else { 3 };
                Some((
                    true,
                    end + usize::from(
                        self.mark(end, b'.') && !(self.ends_sentence(end) && self.breaks(end + 1)),
                    ),
                ))
            }
            Word::A if self.said(at) == "A" && self.mark(at + 1, b'.') && letter(2, Word::D_) => {
                Some((false, at + 3 + usize::from(self.mark(at + 3, b'.'))))
            }
            _ => None,
        }
    }

    /// "264 BC", "AD 43".
    pub(super) fn era_year(&self, at: usize) -> Option<(i32, usize)> {
        if let Some((year, digits)) = self.number(at).filter(|(year, digits)| *digits <= 5 && *year > 0) {
            // "264 to 241 BC": the era stands once, behind the other year.
            let joined = (matches!(self.word(at + 1), Word::To | Word::And) || self.is_hyphen(at + 1))
                && self.number(at + 2).is_some_and(|(other, _)| other < year);
            let (before, end) = match self.era(at + 1) {
                None if joined => (self.era(at + 3).filter(|(before, _)| *before)?.0, at + 1),
                era => era?,
            };
            let year = i32::try_from(year).ok()?;
            let _ = digits;
            return Some((if before { 1 - year } else { year }, end));
        }
        let (false, next) = self.era(at)? else { return None };
        let (year, digits) = self.number(next)?;
        (digits <= 4 && year > 0).then_some((i32::try_from(year).ok()?, next + 1))
    }

    /// "1990s", "the '80s", "the nineties".
    fn decade(&self, at: usize, the: bool) -> Option<Read> {
        if let Word::Decade(tens) = self.word(at) {
            return (the || self.stage_before(at))
                .then(|| written(Date::of(None, Field::Decade(190 + u16::from(tens / 10))), at + 1));
        }
        let quoted = self.mark(at, b'\'');
        let first = at + usize::from(quoted);
        let (number, digits) = self.number(first)?;
        let owner = usize::from(self.mark(first + 1, b'\'') && self.is_glued(first + 1));
        let s = first + 1 + owner;
        if self.word(s) != Word::S || !self.is_glued(s) || number % 10 != 0 {
            return None;
        }
        let code = match digits {
            4 if is_year(number, 4) => number / 10,
            2 if quoted || the => 190 + number / 10,
            _ => return None,
        };
        Some(written(Date::of(None, Field::Decade(u16::try_from(code).ok()?)), s + 1))
    }

    fn stage_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.is_hyphen(before) || matches!(self.word(before), Word::Early | Word::Late | Word::Mid)
        })
    }

    /// "Summer", "the spring of 1943", "winter 1944".
    fn season(&self, at: usize, the: bool, led: bool) -> Option<Read> {
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
    fn quarter(&self, at: usize) -> Option<Read> {
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
    fn holiday(&self, at: usize) -> Option<Read> {
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

    /// A year: "1939", "the year 1914", "264 BC", "nineteen seventy-nine".
    fn year(&self, at: usize, led: bool) -> Option<Read> {
        let named = self.word(at) == Word::Unit(Unit::Year)
            || self.word(at) == Word::Units(Unit::Year) && self.number(at + 1).is_some();
        let at = at + usize::from(named);
        let circa = usize::from(self.word(at) == Word::Circa);
        let at = at + circa + usize::from(circa > 0 && self.mark(at + 1, b'.'));
        if let Some((year, end)) = self.era_year(at) {
            return Some(written(Date::year(year), end));
        }
        if let Some(year) = self.spoken_year(at, named || led) {
            return Some(year);
        }
        let (year, digits) = self.number(at)?;
        let year = i32::try_from(year).ok()?;
        let clear = named || led || circa > 0 || self.leads(at);
        if self.context.ancient
            && self.context.mode == Mode::Narrative
            && matches!(digits, 2..=3)
            && clear
            && self.unit(at + 1).is_none()
            && !self.counts(at)
            && !self.counts_things(at)
        {
            return Some(written(Date::year(1 - year), at + 1));
        }
        if !is_year(year.unsigned_abs(), digits) || self.counts(at) {
            return None;
        }
        let glued_word = at > 0 && self.is_glued(at) && matches!(self.token(at - 1)?.kind, Kind::Word(_));
        let tail = self.is_glued(at + 1) && matches!(self.token(at + 1)?.kind, Kind::Word(_));
        if glued_word || tail || self.unit(at + 1).is_some_and(|(unit, many)| many || unit != Unit::Quarter) {
            return None;
        }
        // A round number before something counted is no year: "1500 people".
        let placed = matches!(
            self.word_before(at),
            Word::In | Word::By | Word::Since | Word::Until | Word::During | Word::The | Word::Own
        );
        let counts = self.counts_units(at) || self.counts_things(at) && !placed;
        (named || circa > 0 || !counts).then(|| written(Date::year(year), at + 1))
    }

    /// Whether a number stands before a word in the plural, so that it counts it.
    fn counts_things(&self, at: usize) -> bool {
        let end = at + 1;
        let said = self.said(end);
        self.word(end) == Word::Other
            && !self.is_capital(end)
            && said.len() > 3
            && said.ends_with('s')
            && !said.ends_with("ss")
            && !self.is_glued(end)
            || self.counts_units(at)
    }

    /// Whether a number stands before what is always counted: units, people, money.
    fn counts_units(&self, at: usize) -> bool {
        let end = at + 1;
        matches!(self.word(end), Word::Units(_) | Word::Scale(_) | Word::Scales(_))
            || self.is_said(
                end,
                &[
                    "people", "men", "women", "feet", "metres", "meters", "miles", "km", "yards", "acres",
                    "dead", "euros", "dollars", "percent",
                ],
            )
    }

    /// "Nineteen seventy-nine", "two thousand and one".
    fn spoken_year(&self, at: usize, led: bool) -> Option<Read> {
        if let Word::Card(century @ 17..=20) = self.word(at) {
            let next = at + 1 + usize::from(self.is_hyphen(at + 1));
            if let (Word::Card(_), Some((tens @ 10..=99, end))) = (self.word(next), self.words_number(next))
                && self.unit(end).is_none()
                && century < 20
            {
                return Some(written(Date::year(i32::from(century) * 100 + i32::try_from(tens).ok()?), end));
            }
        }
        if self.word(at) == Word::Card(2) && self.word(at + 1) == Word::Scale(1000) && (led || self.leads(at))
        {
            let (year, end) = self.words_number(at)?;
            let plain =
                self.unit(end).is_none() && !self.counts_things(end - 1) && self.word(end) != Word::Other;
            return (plain && year < 2100)
                .then_some(())
                .and_then(|()| Some(written(Date::year(i32::try_from(year).ok()?), end)));
        }
        None
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
