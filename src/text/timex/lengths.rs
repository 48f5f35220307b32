//! Lengths of time: "three months", "about two and a half years".

use super::lexicon::{Unit, Word};
use super::number::Quantity;
use super::scan::Scan;
use super::value::Duration;
use super::{Mode, Modifier};

/// A length of time that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub(super) duration: Duration,
    pub(super) modifier: Option<Modifier>,
    /// The token behind it.
    pub(super) end: usize,
    /// It has a number, or a word for one.
    pub(super) counted: bool,
}

impl Scan<'_> {
    /// "More than", "almost", "at least", "up to": what they say, and the token behind them.
    pub(super) fn measure(&self, at: usize) -> (Option<Modifier>, usize) {
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
    pub(super) fn length(&self, at: usize) -> Option<Length> {
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
}
