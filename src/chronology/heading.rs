//! Under which headings events stand: years, and months where a date is that exact.

use std::fmt;

use super::Entry;
use crate::when::{Instant, words};

/// What events stand under. Headings are UTC days' years and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Heading {
    /// A year (astronomical: 0 is 1 BCE).
    Year(i64),
    /// A month of a year, 1 to 12.
    Month(i64, u8),
    /// No date.
    Undated,
}

impl Heading {
    /// The year of an event's place in the order.
    pub fn year_of(entry: &Entry) -> Self {
        let start = entry.bounds.as_ref().map(|bounds| bounds.order().0);
        start.and_then(Instant::civil).map_or(Self::Undated, |civil| Self::Year(civil.year))
    }

    /// The month of an event's place in the order, where its date is that exact.
    pub fn month_of(entry: &Entry) -> Option<Self> {
        let bounds = entry.bounds.as_ref()?;
        let civil = bounds.order().0.civil()?;
        // Without a beginning it stands where it ends, and then its end must be that exact.
        let other = if bounds.hull.s0 == Instant::PAST { bounds.hull.e0 } else { bounds.hull.s1 }.civil()?;
        let exact = Instant::has_months(civil.year) && (other.year, other.month) == (civil.year, civil.month);
        exact.then_some(Self::Month(civil.year, civil.month))
    }
}

impl fmt::Display for Heading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => f.write_str(&words::heading_year(year)),
            Self::Month(year, month) => {
                write!(f, "{} {}", words::month_name(month), words::heading_year(year))
            }
            Self::Undated => f.write_str("Undated"),
        }
    }
}

/// Gives the headings that begin as events are gone through in their order. A date coarser than a month stands
/// under its year, or under the month that the events before it have come to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headings {
    year: Option<Heading>,
    month: Option<Heading>,
}

impl Headings {
    /// The headings that begin with this event: none, a year, a month, or both.
    pub fn before(&mut self, entry: &Entry) -> impl Iterator<Item = Heading> + use<> {
        let year = Some(Heading::year_of(entry)).filter(|year| self.year != Some(*year));
        if year.is_some() {
            (self.year, self.month) = (year, None);
        }
        let month = Heading::month_of(entry).filter(|month| self.month != Some(*month));
        if month.is_some() {
            self.month = month;
        }
        year.into_iter().chain(month)
    }
}
