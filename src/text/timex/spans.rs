//! How long, how often, and how long before or after: "two weeks", "every Monday", "three years ago".

use super::lengths::Length;
use super::lexicon::{Unit, Word};
use super::resolve::told_quarter;
use super::scan::{Found, Scan};
use super::steps::moved;
use super::token::Kind;
use super::value::{Date, Duration, Field, Vague, Value};
use super::{Grounds, Mode, Modifier};

impl Scan<'_> {
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
    pub(super) fn tail(&self, at: usize) -> usize {
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
}
