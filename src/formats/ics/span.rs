//! A date as a calendar's start and end. Calendars know days and seconds of the years 1 to 9999, and nothing
//! inexact.

use super::days_between;
use crate::chronology::Entry;
use crate::when::{Civil, Instant, Precision, When, words};

/// What a calendar shows of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The DTSTART line.
    pub start: String,
    /// The DTEND line, where it lasts.
    pub end: Option<String>,
    /// Whether the date is less exact than a day (or than its time), so that this is its widest span.
    pub fuzzy: bool,
    /// Whether one end is not known, so that this is the day that is.
    pub one_sided: bool,
    /// Whether fractions of a second were left out.
    pub cut: bool,
    /// How many days it takes.
    pub days: u64,
}

impl Span {
    /// The span of an event; `None` where no calendar can hold it.
    pub fn of(entry: &Entry, when: &When) -> Option<Self> {
        let hull = entry.bounds.as_ref()?.hull;
        // An open or unknown end of a stretch reaches to the end of time, or only as far as its source; either
        // way the day that is known is the other one.
        let ends = !when.has_open_end() && !when.has_unknown_end() && hull.e1.is_finite();
        let starts = !when.has_open_start() && !when.has_unknown_start() && hull.s0.is_finite();
        match (starts, ends) {
            (true, true) if is_timed(entry, when) => Self::timed(when, hull.s0, hull.e0, hull.e1),
            (true, true) => {
                let exact = same_day(hull.s0, hull.s1) && same_day(hull.e0, hull.e1) && !when.is_fuzzy();
                Self::days(hull.s0, hull.e1, !exact, false)
            }
            (true, false) => {
                let fuzzy = hull.s1.is_finite() && !same_day(hull.s0, hull.s1);
                Self::days(hull.s0, hull.s0, fuzzy, true)
            }
            (false, true) => Self::days(hull.e1, hull.e1, false, true),
            (false, false) => None,
        }
    }

    /// Whole days, both inclusive.
    fn days(first: Instant, last: Instant, fuzzy: bool, one_sided: bool) -> Option<Self> {
        let start = calendar_day(first)?;
        let last_day = calendar_day(last)?;
        // The end is exclusive (section 3.6.1); a start alone lasts its day.
        let after = calendar_day(Instant { secs: last.secs.checked_add(86_400)?, nanos: 0 });
        let end = match after {
            Some(after) if start != last_day => Some(format!("DTEND;VALUE=DATE:{after}")),
            None if start != last_day => Some(format!("DTEND;VALUE=DATE:{last_day}")),
            _ => None,
        };
        let start = format!("DTSTART;VALUE=DATE:{start}");
        Some(Self { start, end, fuzzy, one_sided, cut: false, days: days_between(first, last) })
    }

    /// From a time of day to another.
    fn timed(when: &When, first: Instant, last: Instant, latest: Instant) -> Option<Self> {
        // A time of day without an offset stays one without a zone: the source does not say which.
        let zone = if has_offset(when.as_edtf()) { "Z" } else { "" };
        let start = format!("DTSTART:{}{zone}", calendar_time(first)?);
        let end = format!("{}{zone}", calendar_time(last)?);
        let lasts = when.is_interval() && !start.ends_with(&end);
        Some(Self {
            start,
            end: lasts.then(|| format!("DTEND:{end}")),
            fuzzy: false,
            one_sided: false,
            cut: when.precision() == Precision::Fraction,
            days: days_between(first, latest),
        })
    }

    /// What stands before the title: "c. " where the date is inexact, the date in words where one end of it is
    /// not known.
    pub fn prefix(&self, when: &When) -> String {
        if self.one_sided {
            format!("{}: ", words::write_short(when))
        } else if self.fuzzy {
            "c. ".to_owned()
        } else {
            String::new()
        }
    }
}

/// Whether a date names a time of day, at both ends, and no more than one reading of it.
fn is_timed(entry: &Entry, when: &When) -> bool {
    let Some(hull) = entry.bounds.as_ref().map(|bounds| bounds.hull) else { return false };
    let shorter_than_a_day = |a: Instant, b: Instant| b.secs.saturating_sub(a.secs) < 86_399;
    when.precision() >= Precision::Hour
        && !when.is_fuzzy()
        && shorter_than_a_day(hull.s0, hull.s1)
        && shorter_than_a_day(hull.e0, hull.e1)
}

/// Whether a date's last time of day has an offset.
fn has_offset(edtf: &str) -> bool {
    let Some((_, time)) = edtf.rsplit_once('T') else { return false };
    time.contains(['Z', '+', '-'])
}

fn same_day(a: Instant, b: Instant) -> bool {
    a.secs.div_euclid(86_400) == b.secs.div_euclid(86_400)
}

/// The civil date of an instant, in the years that calendars have.
fn civil(at: Instant) -> Option<Civil> {
    at.civil().filter(|civil| (1..=9999).contains(&civil.year))
}

fn calendar_day(at: Instant) -> Option<String> {
    civil(at).map(|at| format!("{:04}{:02}{:02}", at.year, at.month, at.day))
}

fn calendar_time(at: Instant) -> Option<String> {
    let day = calendar_day(at)?;
    civil(at).map(|at| format!("{day}T{:02}{:02}{:02}", at.hour, at.minute, at.second))
}
