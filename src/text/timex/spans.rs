//! How long, how often, and how long before or after: "two weeks", "every Monday", "three years ago".

use super::calendar::Day;
use super::lexicon::{Unit, Word};
use super::number::Quantity;
use super::resolve::told_quarter;
use super::scan::{Found, Scan};
use super::token::Kind;
use super::value::{Date, Duration, Field, Often, Vague, Value};
use super::{Grounds, Mode, Modifier};

/// A length of time that was read.
#[derive(Clone, Copy, Debug)]
struct Length {
    duration: Duration,
    modifier: Option<Modifier>,
    /// The token behind it.
    end: usize,
    /// It has a number, or a word for one.
    counted: bool,
}

impl Scan<'_> {
    /// "More than", "almost", "at least", "up to": what they say, and the token behind them.
    fn measure(&self, at: usize) -> (Option<Modifier>, usize) {
        let two = |second: Word| self.word(at + 1) == second;
        match self.word(at) {
            Word::About => (Some(Modifier::Approx), at + 1),
            Word::Nearly | Word::Under => (Some(Modifier::LessThan), at + 1),
            // "Over a three-year period" is during it.
            Word::Over if !(two(Word::A) && self.is_hyphen(at + 3)) => (Some(Modifier::MoreThan), at + 1),
            Word::More if two(Word::Than) => (Some(Modifier::MoreThan), at + 2),
            Word::Less if two(Word::Than) => (Some(Modifier::LessThan), at + 2),
            Word::At if two(Word::Least) => (Some(Modifier::EqualOrMore), at + 2),
            Word::At if two(Word::Most) => (Some(Modifier::EqualOrLess), at + 2),
            Word::Up if two(Word::To) => (Some(Modifier::EqualOrLess), at + 2),
            Word::No if matches!(self.word(at + 1), Word::More) && self.word(at + 2) == Word::Than => {
                (Some(Modifier::EqualOrLess), at + 3)
            }
            Word::No if two(Word::Less) && self.word(at + 2) == Word::Than => {
                (Some(Modifier::EqualOrMore), at + 3)
            }
            Word::Some if self.quantity(at + 1).is_some() => (Some(Modifier::Approx), at + 1),
            _ => (None, at),
        }
    }

    /// A length of time: "two weeks", "a decade", "five-year", "several months", "weeks", "a few more days".
    fn length(&self, at: usize) -> Option<Length> {
        let (modifier, from) = self.measure(at);
        if let Word::Units(unit) = self.word(from) {
            // Quarters alone are mostly rooms; "recent quarters" are not.
            let turned =
                matches!(self.word_before(from), Word::Recent | Word::Past | Word::Last | Word::Next);
            // "37 years old" is an age.
            let aged = self.word(from + 1) == Word::Old;
            let bare = from == at
                && !(self.is_glued(from) && from > 0)
                && (turned || unit != Unit::Quarter)
                && !aged;
            // "Weeks or months".
            let or = matches!((self.word(from + 1), self.word(from + 2)), (Word::Or, Word::Units(_)));
            let end = from + if or { 3 } else { 1 };
            let modifier = if or { Some(Modifier::Approx) } else { modifier };
            return bare.then_some(Length {
                duration: Duration { amount: None, unit },
                modifier,
                end,
                counted: false,
            });
        }
        let article = self.word(from) == Word::A;
        let Quantity { amount, end, range, loose } = self.quantity(from)?;
        let hyphen = self.is_hyphen(end) && self.is_glued(end) && self.is_glued(end + 1);
        let mut next = end + usize::from(hyphen);
        // "Two bloody weeks", "a full year", "ten brutal months".
        let described = !hyphen
            && (matches!(self.word(next), Word::Full | Word::Only | Word::More | Word::Trading)
                || self.word(next) == Word::Other
                    && !article
                    && !self.is_capital(next)
                    && matches!(self.word(next + 1), Word::Units(_))
                    && self.said(next).len() > 2);
        next += usize::from(described);
        let (unit, many) = self.unit(next)?;
        if unit == Unit::Second && !many && (article || !hyphen) || self.breaks(next) || unit == Unit::Season
        {
            return None;
        }
        if self.number(from).is_some()
            && from > 0
            && self.is_glued(from)
            && (self.mark(from - 1, b'$') || self.mark(from - 1, b'.') || self.is_hyphen(from - 1))
        {
            return None;
        }
        // "One thing a day" says how often; "a quarter" is mostly a fourth.
        let counted_from =
            matches!(self.word(next + 1), Word::Ago | Word::Earlier | Word::Later | Word::Before);
        let rate = article && from == at && unit >= Unit::Day && !counted_from && self.follows_a_count(at);
        if rate
            || hyphen && unit == Unit::Quarter
            || article && unit == Unit::Quarter
            || self.number(from).is_some_and(|(number, digits)| digits == 4 && number > 1500) && !many
        {
            return None;
        }
        let mut end = next + 1;
        let mut amount = amount;
        if hyphen || !many {
            // "Two-week-old", "month-long".
            let tail = end + usize::from(self.is_hyphen(end));
            if tail > end && matches!(self.word(tail), Word::Old | Word::Long) {
                end = tail + 1;
            } else if hyphen && matches!(self.word(end), Word::Period | Word::Term) {
                end += 1;
            }
        }
        // "A minute and a half".
        if article
            && self.word(end) == Word::And
            && self.word(end + 1) == Word::A
            && self.word(end + 2) == Word::Half
        {
            (amount, end) = (amount.map(|amount| amount + 500), end + 3);
        }
        let mut modifier = modifier.or(if loose {
            Some(Modifier::Approx)
        } else if range {
            Some(Modifier::EqualOrMore)
        } else {
            None
        });
        if self.word(end) == Word::Or && self.word(end + 1) == Word::So {
            (modifier, end) = (Some(Modifier::Approx), end + 2);
        } else if self.word(end) == Word::Old && many {
            // An age in words is a time in histories only.
            if self.context.mode == Mode::News {
                return None;
            }
            end += 1;
        }
        Some(Length { duration: Duration { amount, unit }, modifier, end, counted: true })
    }

    /// "Three years ago", "two days later", "a year earlier", "weeks before".
    pub(super) fn offset(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.year_ago(at) {
            return Some(found);
        }
        let length = self.length(at)?;
        let narrative = self.context.mode == Mode::Narrative;
        let (back, near) = match self.word(length.end) {
            Word::Ago => (true, true),
            Word::Earlier | Word::Previously => (true, false),
            Word::Before if narrative && (self.ends_clause(length.end + 1)) => (true, false),
            Word::Later if narrative || self.context.last.is_some() && length.duration.unit == Unit::Year => {
                (false, false)
            }
            Word::Hence => (false, true),
            Word::From if self.word(length.end + 1) == Word::Now => (false, true),
            _ => return None,
        };
        let end = length.end + if self.word(length.end) == Word::From { 2 } else { 1 };
        let anchor = if near { self.context.here() } else { self.anchor_of_offset() };
        let words = if back { "before" } else { "after" };
        let from = anchor.map_or_else(|| self.context.here_in_words(), |date| date.to_string());
        let basis = format!("so long {words} {from}");
        let grounds =
            if near || self.context.last.is_none() { Grounds::Publication } else { Grounds::Narrative };
        let Some(count) = length.duration.count() else {
            let vague = if back { Vague::Past } else { Vague::Future };
            return Some(Found {
                grounds,
                basis,
                names: false,
                ..Found::explicit(at, end, Value::Vague(vague))
            });
        };
        // A year before a quarter is the same quarter.
        let date = match (length.duration.unit, self.context.quarter, self.context.mode) {
            (Unit::Year, Some((_, quarter)), Mode::News) if count == 1 && back => {
                let (year, _) = told_quarter(self.context)?;
                Some(Date::of(Some(year - 1), Field::Quarter(Some(quarter))))
            }
            _ => anchor
                .and_then(|anchor| moved(anchor, length.duration.unit, if back { -count } else { count })),
        };
        let names = date.is_some() && !near;
        let date = date.unwrap_or(Date::of(anchor.and_then(|anchor| anchor.year), Field::Day(None, None)));
        let modifier = length.modifier.or(Some(Modifier::Approx)
            .filter(|_| near && length.duration.unit != Unit::Day && matches!(date.field, Field::Day(..))));
        Some(Found { modifier, grounds, basis, names, ..Found::explicit(at, end, Value::Date(date)) })
    }

    /// "Earlier" and "later" count from what was named, in news only where it was named in the same sentence.
    fn anchor_of_offset(&self) -> Option<Date> {
        match self.context.mode {
            Mode::Narrative => self.context.there(),
            Mode::News => self.context.published.map(Date::from).or(self.context.there()),
        }
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| matches!(token.kind, Kind::Mark(_)))
    }

    /// "Year-ago", "the year-earlier quarter".
    fn year_ago(&self, at: usize) -> Option<Found> {
        let the = usize::from(self.word(at) == Word::The);
        let comparable = usize::from(self.word(at + the) == Word::Comparable);
        let first = at + the + comparable;
        let whole = self.word(first) == Word::Unit(Unit::Year)
            && self.is_hyphen(first + 1)
            && matches!(self.word(first + 2), Word::Ago | Word::Earlier);
        if !whole {
            return None;
        }
        let noun = matches!(self.word(first + 3), Word::Period | Word::Unit(Unit::Quarter));
        let end = first + 3 + usize::from(noun);
        let (at, end) = if noun { (at, end) } else { (first, end) };
        let told = told_quarter(self.context).filter(|_| noun || self.context.quarter.is_some());
        let date = match told {
            Some((year, quarter)) => Date::of(Some(year - 1), Field::Quarter(Some(quarter))),
            None => Date::year(self.context.this_year()? - 1),
        };
        let basis = format!("a year before {}", self.context.here_in_words());
        Some(Found {
            grounds: Grounds::Publication,
            basis,
            names: false,
            ..Found::explicit(at, end, Value::Date(date))
        })
    }

    /// "Two weeks", "the last three months", "the next few years", "five-year", "recent weeks".
    pub(super) fn span(&self, at: usize) -> Option<Found> {
        let the = usize::from(matches!(self.word(at), Word::The | Word::These | Word::Those));
        let mut from = at + the;
        let turned = matches!(
            self.word(from),
            Word::Last
                | Word::Past
                | Word::Next
                | Word::Coming
                | Word::Previous
                | Word::Following
                | Word::Recent
                | Word::Ord(1)
                | Word::Latter
        );
        from += usize::from(turned);
        if let Some(vague) = self.vague_units(at) {
            return Some(Found {
                names: false,
                basis: "no more is said".to_owned(),
                grounds: Grounds::Publication,
                ..Found::explicit(at, at + 2, Value::Vague(vague))
            });
        }
        if !turned && the == 0 {
            let only = matches!(self.word(at), Word::Just | Word::Only)
                && self.context.mode == Mode::Narrative
                && self.measure(at + 1).0.is_none();
            let just = at + usize::from(only);
            let length = self.length(just)?;
            return Some(self.lasting(at, length));
        }
        let fiscal = usize::from(self.word(from) == Word::Fiscal);
        if the == 1
            && self.word(from + fiscal) == Word::Unit(Unit::Year)
            && self.word(from + fiscal + 1) == Word::Ended
        {
            let duration = Duration::whole(1, Unit::Year);
            let length = Length { duration, modifier: None, end: from + fiscal + 1, counted: true };
            return Some(self.lasting(at, length));
        }
        if turned && self.measure(from).0.is_some() {
            return None;
        }
        if let (
            true,
            Word::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade)),
            Word::Of,
        ) = (turned && the == 1, self.word(from), self.word(from + 1))
            && let Some((_, end, ..)) = self.date(from + 2, true)
        {
            let length = Length { duration: Duration::whole(1, unit), modifier: None, end, counted: true };
            return Some(self.lasting(at, length));
        }
        let length = self.length(from)?;
        // "The 46-day battle": the article belongs to what follows.
        let hyphen = self.is_hyphen(length.end - 2) || self.is_hyphen(length.end - 1);
        if the == 1 && !turned && hyphen && self.is_noun(length.end) {
            return Some(self.lasting(at + 1, length));
        }
        if !turned && (!length.counted || self.word(at) != Word::The) {
            return None;
        }
        // In a history "the first ten months of 1915" is one expression.
        let of = length.end;
        if turned
            && self.context.mode == Mode::Narrative
            && self.word(of) == Word::Of
            && let Some((_, end, ..)) = self.date(of + 1, true)
        {
            return Some(self.lasting(at, Length { end, ..length }));
        }
        Some(self.lasting(at, length))
    }

    /// "Recent years", "coming months": long ago or yet to come, how long is not said.
    fn vague_units(&self, at: usize) -> Option<Vague> {
        let Word::Units(unit) = self.word(at + 1) else { return None };
        match self.word(at) {
            Word::Recent if unit == Unit::Year => Some(Vague::Past),
            Word::Past if self.word_before(at) != Word::The => Some(Vague::Past),
            Word::Coming if self.word_before(at) != Word::The => Some(Vague::Future),
            _ => None,
        }
    }

    /// "Two months of siege": what a history says it was a time of belongs to it.
    fn tail(&self, at: usize) -> usize {
        if self.context.mode == Mode::News || self.word(at) != Word::Of {
            return at;
        }
        let mut end = at + 1 + usize::from(matches!(self.word(at + 1), Word::The | Word::Own | Word::This));
        let mut last = at;
        while end < at + 9 {
            let joins = last > at && matches!(self.word(end), Word::And | Word::Of);
            let next = end + usize::from(joins) + usize::from(joins && self.word(end + 1) == Word::The);
            if !self.is_noun(next) {
                break;
            }
            (last, end) = (next + 1, next + 1);
            if self.is_hyphen(end) && self.is_glued(end) && self.is_noun(end + 1) {
                (last, end) = (end + 2, end + 2);
            }
        }
        last
    }

    fn lasting(&self, at: usize, length: Length) -> Found {
        let Length { duration, modifier, end, .. } = length;
        let end = self.tail(end);
        let modifier = if self.word_before(at) == Word::Within {
            modifier.or(Some(Modifier::EqualOrLess))
        } else {
            modifier
        };
        Found { modifier, names: false, ..Found::explicit(at, end, Value::Duration(duration)) }
    }

    /// "Every day", "each July", "weekly", "twice a week", "Tuesdays".
    pub(super) fn set(&self, at: usize) -> Option<Found> {
        let (often, end) = match self.word(at) {
            Word::Each | Word::Every => self.each(at + 1)?,
            Word::Per => match self.word(at + 1) {
                Word::Unit(unit) if unit != Unit::Second => (Often::Every(Duration::whole(1, unit)), at + 2),
                _ => return None,
            },
            // "Daily flights" are of a kind; news mean no time by it.
            Word::Often(_)
                if self.context.mode == Mode::News
                    && self.word(at + 1) == Word::Other
                    && self.token(at + 1).is_some_and(|next| next.kind == Kind::Word(Word::Other)) =>
            {
                return None;
            }
            Word::Often(unit) => (Often::Unit(unit), at + 1),
            Word::Weekdays(day) if self.is_capital(at) => (Often::Weekday(day, None), at + 1),
            Word::Weekday(day) if self.is_capital(at) => match self.word(at + 1) {
                Word::Parts(part) => (Often::Weekday(day, Some(part)), at + 2),
                _ => return None,
            },
            Word::A if self.is_rate(at) => match self.word(at + 1) {
                Word::Unit(unit) => (Often::Every(Duration::whole(1, unit)), at + 2),
                _ => return None,
            },
            _ => return None,
        };
        Some(Found {
            names: false,
            basis: "again and again".to_owned(),
            ..Found::explicit(at, end, Value::Often(often))
        })
    }

    /// Whether "a week" follows what is counted by the week: "four flights a week", "$3 a day".
    fn follows_a_count(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let said = self.said(before);
        self.number(before).is_some()
            || matches!(self.word(before), Word::Scale(_))
            || self.word(before) == Word::Other
                && said.len() > 3
                && said.ends_with('s')
                && !self.is_capital(before)
    }

    /// "Twice a week", "three times a day".
    fn is_rate(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_said(before, &["once", "twice", "times"]))
    }

    fn each(&self, at: usize) -> Option<(Often, usize)> {
        let found = |often| Some((often, at + 1));
        match self.word(at) {
            Word::Unit(unit) => found(Often::Unit(unit)),
            Word::Weekday(day) => found(Often::Weekday(day, None)),
            Word::Month(month) if self.is_capital(at) => found(Often::Month(month)),
            Word::Season(season) => found(Often::Season(season)),
            Word::Part(part) => found(Often::Part(part)),
            Word::Ord(2) if self.unit(at + 1).is_some() => {
                Some((Often::Every(Duration::whole(2, self.unit(at + 1)?.0)), at + 2))
            }
            _ => {
                let length = self.length(at).filter(|length| length.counted)?;
                Some((Often::Every(length.duration), length.end))
            }
        }
    }
}

/// The date so many units from another, no finer than both of them.
fn moved(anchor: Date, unit: Unit, count: i64) -> Option<Date> {
    let year = anchor.year?;
    let (months, years) = match unit {
        Unit::Month => (count, 0),
        Unit::Quarter => (count.checked_mul(3)?, 0),
        Unit::Year => (0, count),
        Unit::Decade => (0, count.checked_mul(10)?),
        Unit::Century => (0, count.checked_mul(100)?),
        Unit::Millennium => (0, count.checked_mul(1000)?),
        Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight => {
            let days = match unit {
                Unit::Day => 1,
                Unit::Fortnight => 14,
                _ => 7,
            };
            return match anchor.day() {
                Some(day) => day.plus_days(count.checked_mul(days)?).map(Date::from),
                None if unit == Unit::Day => {
                    Some(Date::of(Some(year), Field::Day(anchor.month_number(), None)))
                }
                None => Some(Date::of(Some(year), Field::Week(None))),
            };
        }
        Unit::Hour | Unit::Minute | Unit::Second => {
            return anchor.day().filter(|_| count.abs() < 24 || unit != Unit::Hour).map(Date::from);
        }
        Unit::Season => return None,
    };
    if months != 0 {
        let Some(month) = anchor.month_number() else {
            return Some(Date::of(Some(year), Field::Month(None)));
        };
        let day = Day::new(year, month, 1)?.plus_months(months)?;
        return Some(Date::month(Some(day.year), day.month));
    }
    let moved = i64::from(year).checked_add(years)?;
    let moved = i32::try_from(moved).ok().filter(|year| (-9_998..=9_999).contains(year))?;
    if unit == Unit::Year
        && count.abs() == 1
        && let Some(month) = anchor.month_number().filter(|_| matches!(anchor.field, Field::Month(_)))
    {
        return Some(Date::month(Some(moved), month));
    }
    Some(Date::year(moved))
}
