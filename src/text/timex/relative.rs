//! Dates that are told by how they lie to another: "last week", "the same day", "next October", "today"; and words
//! that say no more than past, present or future.

use super::lexicon::{Unit, Word};
use super::resolve::{Tense, next_weekday, told_quarter};
use super::scan::{Found, Scan};
use super::value::{Date, Field, Time, Value};
use super::{Grounds, Mode, Modifier};

/// Which one: of a kind of date, counted from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// This one, that one, the same.
    Same,
    Before,
    After,
}

/// What was named so many tokens before or less was named just before.
const JUST_BEFORE: usize = 30;

impl Scan<'_> {
    /// "Last week", "this year", "the following day", "early next year", "later that month", "the end of the month".
    pub(super) fn relative(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.deictic(at).or_else(|| self.year_end(at)) {
            return Some(found);
        }
        let (modifier, from) = self.lead(at);
        let the = usize::from(self.word(from) == Word::The);
        let (way, near, next) = self.way(from + the, the == 1)?;
        let near = near && !(next == from + the && self.tells_on(next));
        // "The same year" and "that day" point to what was named; "last year" counts from where the text is.
        let anchor = if near { self.context.here() } else { self.context.there() };
        let anchor = anchor.or_else(|| self.context.year.map(Date::year));
        let fiscal = usize::from(self.word(next) == Word::Fiscal);
        let unit = next + fiscal;
        let read = self.turned(way, near, unit, anchor);
        let (date, end) = read?;
        let grounds = match (near, self.context.last) {
            (true, _) => self.context.grounds(),
            (false, Some(_)) => Grounds::Narrative,
            (false, None) => Grounds::Publication,
        };
        let from_what = if near {
            self.context.here_in_words()
        } else {
            anchor
                .map_or_else(|| self.context.here_in_words(), |date| format!("the date named before, {date}"))
        };
        let basis = format!("counted from {from_what}");
        let value = Value::Date(date.unwrap_or(Date::of(None, Field::Day(None, None))));
        // "Last year's third quarter".
        if let Value::Date(Date { year: Some(year), field: Field::Year, .. }) = value
            && self.mark(end, b'\'')
            && self.word(end + 1) == Word::S
        {
            let quarter = match self.ordinal(end + 2) {
                Some((quarter @ 1..=4, behind)) if self.word(behind) == Word::Unit(Unit::Quarter) => {
                    Some((quarter as u8, behind + 1))
                }
                None if self.word(end + 2) == Word::Unit(Unit::Quarter) => {
                    told_quarter(self.context).map(|(_, quarter)| (quarter, end + 3))
                }
                _ => None,
            };
            if let Some((quarter, last)) = quarter {
                let date = Date::of(Some(year), Field::Quarter(Some(quarter)));
                return Some(Found {
                    modifier,
                    grounds,
                    basis,
                    ..Found::explicit(at, last, Value::Date(date))
                });
            }
        }
        let so = self.word(end) == Word::Or && self.word(end + 1) == Word::So;
        let (modifier, end) = if so { (Some(Modifier::Approx), end + 2) } else { (modifier, end) };
        Some(Found { modifier, grounds, basis, names: date.is_some(), ..Found::explicit(at, end, value) })
    }

    /// "It was formed in 2014. During the year, ...": the year that was named just before, not that of the text.
    fn tells_on(&self, at: usize) -> bool {
        let named = self.context.last.filter(|last| last.field == Field::Year).and_then(|last| last.year);
        let Some(named) = named.filter(|_| self.word(at) == Word::Unit(Unit::Year)) else { return false };
        (at.saturating_sub(JUST_BEFORE)..at)
            .any(|at| self.number(at).is_some_and(|(number, _)| i64::from(number) == i64::from(named)))
    }

    /// What narrows a relative date: "early", "late", "later", "earlier in", "the end of".
    pub(super) fn lead(&self, at: usize) -> (Option<Modifier>, usize) {
        let modifier = match self.word(at) {
            Word::Earlier => Some(Modifier::Start),
            Word::Later => Some(Modifier::End),
            _ => None,
        };
        if modifier.is_some() {
            let next = at + 1 + usize::from(matches!(self.word(at + 1), Word::In | Word::On));
            return (modifier, next);
        }
        if self.word(at) == Word::Sometime {
            return (None, at + 1);
        }
        if self.stage_of_day(at) {
            return (None, at);
        }
        match self.stage(at) {
            Some(stage) if stage.half.is_none() && stage.part.is_none() => (stage.modifier, stage.end),
            _ => (None, at),
        }
    }

    fn stage_of_day(&self, at: usize) -> bool {
        matches!(self.word(at), Word::The) && matches!(self.word(at + 1), Word::Part(_))
    }

    /// Which one is meant, whether it counts from where the text is, and the token behind the words for it.
    pub(super) fn way(&self, at: usize, the: bool) -> Option<(Way, bool, usize)> {
        let found = |way, near, end| Some((way, near, end));
        match self.word(at) {
            Word::This if matches!(self.word(at + 1), Word::Coming | Word::Next) => {
                found(Way::After, true, at + 2)
            }
            Word::This if matches!(self.word(at + 1), Word::Past | Word::Last) => {
                found(Way::Before, true, at + 2)
            }
            Word::This | Word::That if self.word(at + 1) == Word::Same => found(Way::Same, false, at + 2),
            Word::This | Word::Current => found(Way::Same, true, at + 1),
            Word::That | Word::Same => found(Way::Same, false, at + 1),
            Word::Last | Word::Past => found(Way::Before, true, at + 1),
            Word::Latest if the => found(Way::Before, true, at + 1),
            Word::Full if the && self.word(at + 1) == Word::Unit(Unit::Year) => {
                found(Way::Same, true, at + 1)
            }
            Word::Previous => found(Way::Before, false, at + 1),
            Word::Next => found(Way::After, !the, at + 1),
            Word::Coming => found(Way::After, true, at + 1),
            Word::Following => found(Way::After, false, at + 1),
            _ if the => found(Way::Same, self.context.mode == Mode::News, at),
            _ => None,
        }
    }

    /// The date so turned, as far as it is known, and the token behind it; `None`: no date stands there.
    pub(super) fn turned(
        &self,
        way: Way,
        near: bool,
        at: usize,
        anchor: Option<Date>,
    ) -> Option<(Option<Date>, usize)> {
        let step = match way {
            Way::Same => 0,
            Way::Before => -1,
            Way::After => 1,
        };
        let bare = way == Way::Same && matches!(self.word_before(at), Word::The | Word::Fiscal);
        match self.word(at) {
            Word::Unit(unit) => {
                if bare && !self.stands_alone(unit, at) {
                    return None;
                }
                // "The weekend" in the week is the one that is over, unless something is yet to come.
                let over = bare
                    && unit == Unit::Weekend
                    && anchor.and_then(|anchor| anchor.day()).is_some_and(|day| day.weekday() < 6)
                    && self.tense(at, at + 1) != Tense::Future;
                let step = if over { -1 } else { step };
                let date = anchor.and_then(|anchor| Self::unit_from(anchor, unit, step));
                if unit == Unit::Quarter || unit < Unit::Day || matches!(unit, Unit::Season | Unit::Fortnight)
                {
                    let told = self.quarter_ended(at + 1).or_else(|| told_quarter(self.context));
                    let (year, quarter) = told.filter(|_| unit == Unit::Quarter)?;
                    return Some((Some(Date::of(Some(year), Field::Quarter(Some(quarter)))), at + 1));
                }
                // "The same day night".
                if let (Unit::Day, Word::Part(part), Some(date)) = (unit, self.word(at + 1), date) {
                    return Some((Some(Date { time: Some(Time::Part(part)), ..date }), at + 2));
                }
                Some((date, at + 1))
            }
            Word::Month(month) if !bare && self.is_capital(at) => {
                Some((Self::month_turned(way, month, anchor?), self.behind_name(at)))
            }
            Word::Weekday(weekday) if !bare && self.said(at).len() > 5 => {
                // "This coming Sunday, October eighth".
                let comma = at + 1 + usize::from(self.mark(at + 1, b','));
                if let Some((date, end, ..)) =
                    self.month(comma, true).filter(|(date, ..)| matches!(date.field, Field::Day(..)))
                {
                    return Some((Some(date), end));
                }
                let here = anchor.and_then(|anchor| anchor.day());
                let day = here.and_then(|here| match way {
                    Way::After => next_weekday(here, weekday),
                    Way::Before => next_weekday(here.plus_days(-8)?, weekday),
                    Way::Same => next_weekday(here.plus_days(-i64::from(here.weekday()))?, weekday),
                });
                Some((day.map(Date::from).map(|date| self.with_part(date, at + 1)), self.behind_part(at + 1)))
            }
            Word::Season(season) if !bare => Some((Self::season_turned(way, season, anchor?), at + 1)),
            Word::Part(part) if !bare => {
                let day = anchor.filter(|anchor| anchor.day().is_some());
                let day = match (way, day) {
                    (Way::Same, day) => day,
                    (Way::Before, Some(date)) => date.day().and_then(|day| day.plus_days(-1)).map(Date::from),
                    (Way::After, Some(date)) => date.day().and_then(|day| day.plus_days(1)).map(Date::from),
                    _ => None,
                };
                let date = day.unwrap_or(Date::of(None, Field::Day(None, None)));
                Some((Some(Date { time: Some(Time::Part(part)), ..date }), at + 1))
            }
            Word::Period if near && way == Way::Before => {
                let (year, quarter) = told_quarter(self.context)?;
                Some((Some(Date::of(Some(year), Field::Quarter(Some(quarter)))), at + 1))
            }
            _ => None,
        }
    }

    /// "The quarter ended Sept. 30": the quarter that most of the three months before that day lie in.
    fn quarter_ended(&self, at: usize) -> Option<(i32, u8)> {
        let (date, ..) = self.date(at + 1, true).filter(|_| self.word(at) == Word::Ended)?;
        let day = Date { year: date.year.or_else(|| self.context.this_year()), ..date }.day()?;
        let middle = day.plus_days(-45)?;
        Some((middle.year, (middle.month - 1) / 3 + 1))
    }

    fn behind_name(&self, at: usize) -> usize {
        at + 1
            + usize::from(
                self.is_short(at)
                    && self.mark(at + 1, b'.')
                    && self.is_glued(at + 1)
                    && !self.ends_sentence(at + 1),
            )
    }

    fn with_part(&self, date: Date, at: usize) -> Date {
        match self.word(at) {
            Word::Part(part) => Date { time: Some(Time::Part(part)), ..date },
            _ => date,
        }
    }

    fn behind_part(&self, at: usize) -> usize {
        at + usize::from(matches!(self.word(at), Word::Part(_)))
    }

    /// Whether "the week", "the year" with nothing before it is a time: after "the end of", "in", "for".
    fn stands_alone(&self, unit: Unit, at: usize) -> bool {
        let fiscal = self.word_before(at) == Word::Fiscal;
        let the = at - 1 - usize::from(fiscal);
        if fiscal {
            return self.word(at + 1) != Word::Ended;
        }
        let of = the.checked_sub(1).is_some_and(|before| matches!(self.word(before), Word::Of | Word::In));
        let staged = of
            && the.checked_sub(2).is_some_and(|before| {
                matches!(
                    self.word(before),
                    Word::End
                        | Word::Beginning
                        | Word::Middle
                        | Word::Late
                        | Word::Early
                        | Word::Later
                        | Word::Earlier
                        | Word::Piece
                        | Word::Half
                )
            });
        match unit {
            Unit::Year | Unit::Month => {
                // "The year ended March 31" is a length.
                let led = matches!(self.word_before(the), Word::For | Word::During | Word::In | Word::Of);
                (staged || led) && self.word(at + 1) != Word::Ended
            }
            Unit::Quarter | Unit::Weekend => self.word(at + 1) != Word::Of,
            Unit::Week | Unit::Decade | Unit::Century => {
                staged
                    || matches!(self.word_before(the), Word::For | Word::During)
                        && self.word(at + 1) != Word::Of
            }
            Unit::Day => matches!(self.word(at + 1), Word::Before | Word::After),
            _ => false,
        }
    }
}
