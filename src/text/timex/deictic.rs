//! What points at a time without naming one: "today", "now", "the past", "recently".

use super::lexicon::{Part, Unit, Word};
use super::scan::{Found, Scan};
use super::value::{Date, Field, Time, Vague, Value};
use super::{Grounds, Mode};

impl Scan<'_> {
    /// "Today", "late yesterday", "mid-afternoon yesterday", "last night", "tomorrow morning".
    pub(super) fn deictic(&self, at: usize) -> Option<Found> {
        let (mut modifier, mut from) = self.lead(at);
        let mut part = None;
        if let Word::Part(found) = self.word(from)
            && matches!(self.word(from + 1), Word::Yesterday | Word::Today | Word::Tomorrow)
        {
            (part, from) = (Some(found), from + 1);
        }
        if from > at && modifier.is_none() && part.is_none() {
            (modifier, from) = (None, at);
        }
        let step = match self.word(from) {
            Word::Today | Word::Tonight => 0,
            Word::Yesterday => -1,
            Word::Tomorrow => 1,
            _ => return None,
        };
        let mut end = from + 1;
        if self.word(from) == Word::Tonight {
            part = Some(Part::Night);
        } else if let Word::Part(found) = self.word(end) {
            (part, end) = (Some(found), end + 1);
        }
        let today = self.word(from) == Word::Today;
        let vague = today && (self.context.mode == Mode::Narrative || self.is_nowadays(at));
        if vague && part.is_none() {
            return Some(Self::vaguely(at, end, Vague::Present));
        }
        let here = self.context.published.or_else(|| self.context.here().and_then(|date| date.day()));
        let day = here.and_then(|here| here.plus_days(step));
        let date = day.map_or(Date::of(None, Field::Day(None, None)), Date::from);
        let date = Date { time: part.map(Time::Part), ..date };
        let basis = format!("counted from {}", self.context.here_in_words());
        let grounds = Grounds::Publication;
        Some(Found {
            modifier,
            grounds,
            basis,
            names: day.is_some(),
            ..Found::explicit(at, end, Value::Date(date))
        })
    }

    /// "Year-end", "year's end": the last month of the year that the text is at.
    pub(super) fn year_end(&self, at: usize) -> Option<Found> {
        let owned = self.mark(at + 1, b'\'') && self.word(at + 2) == Word::S;
        let end = at + if owned { 3 } else { 1 + usize::from(self.is_hyphen(at + 1)) };
        let whole = self.word(at) == Word::Unit(Unit::Year) && self.word(end) == Word::End;
        let year = self.context.this_year().filter(|_| whole)?;
        let basis = format!("counted from {}", self.context.here_in_words());
        let found = Found::explicit(at, end + 1, Value::Date(Date::month(Some(year), 12)));
        Some(Found { grounds: self.context.grounds(), basis, names: false, ..found })
    }

    /// "Children today": the present, not the day.
    fn is_nowadays(&self, at: usize) -> bool {
        self.word_before(at) == Word::Of && self.mark(at + 1, b'\'')
    }

    fn vaguely(first: usize, last: usize, vague: Vague) -> Found {
        let (words, grounds) = match vague {
            Vague::Past => ("some time before", Grounds::Publication),
            Vague::Present => ("the present of the text", Grounds::Publication),
            Vague::Future => ("some time to come", Grounds::Publication),
        };
        Found {
            grounds,
            basis: words.to_owned(),
            names: false,
            ..Found::explicit(first, last, Value::Vague(vague))
        }
    }

    /// "Now", "recently", "the past", "the near future", "these days".
    pub(super) fn vague(&self, at: usize) -> Option<Found> {
        let narrative = self.context.mode == Mode::Narrative;
        let the = usize::from(self.word(at) == Word::The);
        let found = |end, vague| Some(Self::vaguely(at, end, vague));
        match self.word(at + the) {
            Word::Now | Word::Currently if the == 0 => found(at + 1, Vague::Present),
            Word::Right if self.word(at + 1) == Word::Now => found(at + 2, Vague::Present),
            Word::Current if the == 0 && self.unit(at + 1).is_none() => found(at + 1, Vague::Present),
            Word::Recently if the == 0 => found(at + 1, Vague::Past),
            Word::More if self.word(at + 1) == Word::Recently => found(at + 2, Vague::Past),
            Word::Recent if the == 0 && self.unit(at + 1).is_none() => found(at + 1, Vague::Past),
            Word::Past if the == 1 && self.word_before(at) == Word::In && self.ends_phrase(at + 2) => {
                found(at + 2, Vague::Past)
            }
            Word::Future if the == 1 => found(at + 2, Vague::Future),
            Word::Future if narrative && the == 0 => found(at + 1, Vague::Future),
            Word::Other
                if the == 1
                    && self.is_said(at + 1, &["near", "foreseeable", "distant"])
                    && self.word(at + 2) == Word::Future =>
            {
                found(at + 3, Vague::Future)
            }
            Word::Former if narrative && the == 0 => found(at + 1, Vague::Past),
            Word::Other
                if the == 1 && self.is_said(at + 1, &["short"]) && self.word(at + 2) == Word::Term =>
            {
                found(at + 3, Vague::Future)
            }
            Word::These if self.word(at + 1) == Word::Units(Unit::Day) => found(at + 2, Vague::Present),
            Word::Present
                if the == 0 && self.is_hyphen(at + 1) && self.word(at + 2) == Word::Unit(Unit::Day) =>
            {
                found(at + 3, Vague::Present)
            }
            Word::Modern if the == 0 => {
                let hyphen = usize::from(self.is_hyphen(at + 1));
                (self.word(at + 1 + hyphen) == Word::Unit(Unit::Day))
                    .then(|| Self::vaguely(at, at + 2 + hyphen, Vague::Present))
            }
            Word::This if narrative && self.is_pointed(at) => found(at + 2, Vague::Present),
            _ => None,
        }
    }

    /// "At this time", "during this period".
    fn is_pointed(&self, at: usize) -> bool {
        let led = matches!(self.word_before(at), Word::At | Word::During | Word::By | Word::In | Word::Of);
        self.word(at + 1) == Word::Period || self.word(at + 1) == Word::Time && led
    }

    /// Whether a phrase ends before a token: a mark or a little word stands there.
    fn ends_phrase(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| match token.kind {
            super::token::Kind::Mark(_) => true,
            super::token::Kind::Word(word) => {
                !matches!(
                    word,
                    Word::Other
                        | Word::Card(_)
                        | Word::Few
                        | Word::Unit(_)
                        | Word::Units(_)
                        | Word::Seasons(_)
                        | Word::Dozen
                        | Word::Couple
                        | Word::Several
                        | Word::Month(_)
                        | Word::Weekday(_)
                        | Word::Season(_)
                ) || self.is_said(at, &["it", "he", "she", "they", "we", "I"])
            }
            super::token::Kind::Number(..) => false,
        })
    }
}
