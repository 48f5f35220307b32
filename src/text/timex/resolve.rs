//! Dates without a year, a month or a week: which ones are meant.

use super::calendar::Day;
use super::context::{Context, Resolved};
use super::lexicon::{Season, Word};
use super::scan::Scan;
use super::{Grounds, Mode};

/// Where an event lies by the verb beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    None,
}

/// How far a verb may stand from the expression, in tokens.
const BEFORE: usize = 14;
const BEHIND: usize = 8;
/// By so many months the number of a month falls when its year is the next one.
const WRAP: i32 = 5;

impl Scan<'_> {
    /// The tense of the nearest verb before an expression in its sentence; else of the nearest one behind it.
    pub(super) fn tense(&self, first: usize, last: usize) -> Tense {
        for at in (first.saturating_sub(BEFORE)..first).rev() {
            if self.ends_sentence(at) {
                break;
            }
            match self.word(at) {
                Word::Ended if self.is_said(at, &["ended"]) => return Tense::Past,
                Word::Since if at + 3 >= first => return Tense::Past,
                // "By May", "until Thursday" lead to what is to come.
                Word::By | Word::Until | Word::Through if at + 2 >= first => return Tense::Future,
                // "It had been due to …" is over.
                Word::Will
                    if self.word_before(at) == Word::Did
                        && at > 1
                        && self.word_before(at - 1) == Word::Did =>
                {
                    return Tense::Past;
                }
                Word::Will => return Tense::Future,
                Word::Did | Word::Said => return Tense::Past,
                _ => {}
            }
        }
        for at in last..last + BEHIND {
            if self.token(at).is_none() || self.ends_sentence(at) {
                break;
            }
            match self.word(at) {
                Word::Will => return Tense::Future,
                Word::Did | Word::Said => return Tense::Past,
                _ => {}
            }
        }
        Tense::None
    }

    /// The year of a month without one.
    pub(super) fn year_of_month(
        &self,
        month: u8,
        day: Option<u8>,
        first: usize,
        last: usize,
    ) -> Option<Resolved<i32>> {
        let context = self.context;
        if context.mode == Mode::Narrative
            && let Some(date) = context.last
            && let Some(year) = date.year
        {
            let wraps = date.month_number().is_some_and(|named| i32::from(named) - i32::from(month) >= WRAP);
            let basis = format!(
                "the year of the date named before, {date}{}",
                if wraps { ", and the next one" } else { "" }
            );
            return Some(Resolved { value: year + i32::from(wraps), grounds: Grounds::Narrative, basis });
        }
        let published = context.published?;
        let tense = self.tense(first, last);
        // How far the last one lies back and the next one ahead, in days; the tense makes the other one less likely.
        let on = Day::new(2000, month, day.unwrap_or(published.day.min(28)))?;
        let here = Day::new(
            2000,
            published.month,
            if day.is_some() { published.day } else { published.day.min(28) },
        )?;
        let behind = (here.number() - on.number()).rem_euclid(366);
        let ahead = (on.number() - here.number()).rem_euclid(366);
        let (back, ahead) = match tense {
            // "The year ended March 31" is over for certain.
            Tense::Past if first > 0 && self.is_said(first - 1, &["ended"]) => (behind, ahead * 366),
            Tense::Past => (behind, ahead * 3),
            Tense::Future => (behind * 3, ahead),
            Tense::None => (behind, ahead * if day.is_some() { 1 } else { 2 }),
        };
        let future = ahead < back;
        let later = (month, day.unwrap_or(0)) < (published.month, day.map_or(0, |_| published.day));
        let year = match (future, later) {
            (true, true) => published.year + 1,
            (false, false) if behind > 0 => published.year - 1,
            _ => published.year,
        };
        let which = if future { "the next one on or after" } else { "the last one on or before" };
        let basis = format!("{which} {}", context.here_in_words());
        let grounds = if future || tense == Tense::Past { Grounds::Tense } else { Grounds::Publication };
        Some(Resolved { value: year, grounds, basis })
    }

    /// The day of a weekday.
    pub(super) fn day_of_weekday(&self, weekday: u8, first: usize, last: usize) -> Option<Resolved<Day>> {
        let context = self.context;
        let here = context.here()?.day()?;
        let name = self.said(first);
        if context.mode == Mode::News && self.tense(first, last) == Tense::Future {
            let day = next_weekday(here, weekday)?;
            let basis = format!("the next {name} after {}", context.here_in_words());
            return Some(Resolved { value: day, grounds: Grounds::Tense, basis });
        }
        let back = (i64::from(here.weekday()) - i64::from(weekday)).rem_euclid(7);
        let basis = format!("the last {name} on or before {}", context.here_in_words());
        Some(Resolved { value: here.plus_days(-back)?, grounds: context.grounds(), basis })
    }

    /// The year of a season without one.
    pub(super) fn year_of_season(&self, season: Season, first: usize, last: usize) -> Option<Resolved<i32>> {
        let context = self.context;
        let here = context.here()?;
        let year = here.year?;
        let basis = format!("counted from {}", context.here_in_words());
        if context.mode == Mode::Narrative {
            // A winter that is named late in a year begins in it; the others are those of the year.
            let wraps = season != Season::Winter
                && here.month_number().is_some_and(|month| i32::from(month) - i32::from(begins(season)) >= 6);
            return Some(Resolved { value: year + i32::from(wraps), grounds: Grounds::Narrative, basis });
        }
        let month = here.month_number()?;
        let future = self.tense(first, last) == Tense::Future;
        let year = match season {
            _ if future && month > begins(season) + 2 => year + 1,
            _ if !future && month + 1 < begins(season) => year - 1,
            _ => year,
        };
        Some(Resolved { value: year, grounds: Grounds::Publication, basis })
    }

    /// The year of a quarter without one: the last that has begun.
    pub(super) fn year_of_quarter(&self, quarter: u8) -> Option<Resolved<i32>> {
        let context = self.context;
        let here = context.here()?;
        let (year, basis) = (here.year?, format!("the last one begun by {}", context.here_in_words()));
        let begun = here.month_number().is_none_or(|month| month > (quarter - 1) * 3);
        // A quarter that has hardly begun has no results: in January the fourth one is that of the year before.
        Some(Resolved { value: if begun { year } else { year - 1 }, grounds: context.grounds(), basis })
    }
}

/// The month in which a season begins.
pub(super) const fn begins(season: Season) -> u8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

/// The next such weekday after a day.
pub(super) fn next_weekday(here: Day, weekday: u8) -> Option<Day> {
    let ahead = (i64::from(weekday) - i64::from(here.weekday()) - 1).rem_euclid(7) + 1;
    here.plus_days(ahead)
}

/// The quarter that results are told of: the last one that ended, or the one that is about to.
pub(super) fn told_quarter(context: &Context) -> Option<(i32, u8)> {
    if let Some(quarter) = context.quarter {
        return Some(quarter);
    }
    let here = context.here()?;
    let (year, month) = (here.year?, here.month_number()?);
    let quarter = (month - 1) / 3 + 1;
    let told = if month % 3 == 0 { quarter } else { quarter - 1 };
    Some(if told == 0 { (year - 1, 4) } else { (year, told) })
}
