//! Times that come again: "every day", "twice a month", "annually".

use super::Mode;
use super::lexicon::{Unit, Word};
use super::scan::{Found, Scan};
use super::token::Kind;
use super::value::{Duration, Often, Value};

impl Scan<'_> {
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
    pub(super) fn follows_a_count(&self, at: usize) -> bool {
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
