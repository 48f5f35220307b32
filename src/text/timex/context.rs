//! What dates count from: the publication, and what the text named before.

use super::calendar::Day;
use super::value::{Date, Field};
use super::{Grounds, Mode};
use crate::when::{Precision, When};

/// What is known where an expression stands.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// How the text is written.
    pub(super) mode: Mode,
    /// The day of publication.
    pub(super) published: Option<Day>,
    /// Its year, where no more may be known.
    pub(super) year: Option<i32>,
    /// The last date that was named, if its year is known.
    pub(super) last: Option<Date>,
    /// The first quarter that was named.
    pub(super) quarter: Option<(i32, u8)>,
    /// Whether the years named last were before Christ.
    pub(super) ancient: bool,
}

/// A value that was worked out, and from what.
#[derive(Clone, Debug)]
pub(super) struct Resolved<T> {
    pub(super) value: T,
    pub(super) grounds: Grounds,
    /// In words.
    pub(super) basis: String,
}

impl Context {
    pub(super) fn new(published: Option<&When>, mode: Mode) -> Self {
        let first = published.and_then(|date| date.span().first.civil().map(|civil| (date, civil)));
        let year = first.and_then(|(_, civil)| i32::try_from(civil.year).ok());
        let day = first.filter(|(date, _)| date.precision() >= Precision::Day);
        let day = day.and_then(|(_, civil)| Day::new(year?, civil.month, civil.day));
        Self { mode, published: day, year, last: None, quarter: None, ancient: false }
    }

    /// Takes note of a date that was named.
    pub(super) fn name(&mut self, date: &Date, opens: bool) {
        if let Field::Century(_, before) = date.field {
            self.ancient = before;
        }
        let Some(year) = date.year else { return };
        self.ancient = year <= 0;
        if self.is_aside(date, year, opens) {
            return;
        }
        // The first quarter that is named is what results are told of.
        if let (Field::Quarter(Some(quarter)), None) = (date.field, self.quarter) {
            self.quarter = Some((year, quarter));
        }
        self.last = Some(Date { time: None, ..*date });
    }

    /// Whether a year is named beside the story: inside a sentence.
    fn is_aside(&self, date: &Date, year: i32, opens: bool) -> bool {
        let Some(last) = self.last.filter(|last| last.month_number().is_some()) else { return false };
        let same = last.year.is_some_and(|last| last == year);
        // The year of the story named once more leaves the month that it is at.
        date.field == Field::Year && (same || !opens)
    }

    /// The date that the text is at: the last one named in a narrative, else the publication.
    pub(super) fn here(&self) -> Option<Date> {
        match self.mode {
            Mode::Narrative => self.last.or(self.published.map(Date::from)),
            Mode::News => self.published.map(Date::from),
        }
    }

    /// The date that "the same", "that" and "later" point to: the last one named.
    pub(super) fn there(&self) -> Option<Date> {
        self.last.or(self.published.map(Date::from))
    }

    /// The year that the text is at.
    pub(super) fn this_year(&self) -> Option<i32> {
        self.here().and_then(|date| date.year).or(self.year)
    }

    /// The words for what [`Context::here`] is.
    pub(super) fn here_in_words(&self) -> String {
        match (self.mode, self.last, self.published) {
            (Mode::Narrative, Some(last), _) => format!("the date named before, {last}"),
            (_, _, Some(day)) => format!("publication, {}", Date::from(day)),
            _ => "publication, which is not known".to_owned(),
        }
    }

    /// What a date is known by that counts from [`Context::here`].
    pub(super) const fn grounds(&self) -> Grounds {
        match (self.mode, self.last) {
            (Mode::Narrative, Some(_)) => Grounds::Narrative,
            _ => Grounds::Publication,
        }
    }
}
