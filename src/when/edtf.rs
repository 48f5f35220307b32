//! Dates in EDTF (ISO 8601-2:2019 Annex A, levels 0 to 2) with annals' extensions for times.

mod clock;
mod drafts;
mod form;
mod hints;
mod parse;
mod resolve;
mod runs;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{Bounds, Instant, TimeRange};
pub(super) use clock::{Clock, Moment};
pub(super) use form::{End, Form, Item, Member, is_blank, year_digits, year_of};

/// A date as exact as its source allows. Cheap to clone; equal when its canonical text is.
#[derive(Clone)]
pub struct When(Arc<Parsed>);

/// The canonical text with what it says.
struct Parsed {
    text: String,
    form: Form,
}

/// Why a text is no date, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DateFault {
    /// Byte in the text where reading failed.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
    /// A proposal, where there is one.
    pub hint: Option<String>,
}

impl DateFault {
    /// A fault at a byte, without a proposal.
    pub(super) fn at(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into(), hint: None }
    }

    /// The same fault with a proposal.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same fault, of a text that stands `bytes` further on in a larger one.
    pub(super) fn moved(mut self, bytes: usize) -> Self {
        self.offset = self.offset.saturating_add(bytes);
        self
    }
}

/// The finest unit a date names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// More than a year: a decade, a century, significant digits.
    Years,
    /// A year.
    Year,
    /// A season, quarter, third or half of a year.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A fraction of a second.
    Fraction,
}

impl When {
    /// Reads EDTF with annals' extensions, tolerant where FORMATS says so; words are not read here.
    ///
    /// # Errors
    /// A [`DateFault`] that says where and what, often with a proposal.
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        Self::parse_noting(text).map(|(when, _)| when)
    }

    /// Reads as [`When::parse`] does and says, one line each, what was not EDTF as it stands and how it was taken:
    /// `T24:00`, an offset without a colon, a draft form of 2012 such as `199u`.
    ///
    /// # Errors
    /// A [`DateFault`] that says where and what, often with a proposal.
    pub fn parse_noting(text: &str) -> Result<(Self, Vec<String>), DateFault> {
        let (form, notes) = parse::parse(text)?;
        Ok((Self::from_form(form), notes))
    }

    /// The canonical EDTF text; `When::parse` of it gives the same date.
    pub fn as_edtf(&self) -> &str {
        &self.0.text
    }

    /// The day of a civil date; `None` where there is no such day, or its year has more than four digits.
    pub fn day(year: i64, month: u8, day: u8) -> Option<Self> {
        let sign = if year < 0 { "-" } else { "" };
        Self::parse(&format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())).ok()
    }

    /// The four instants and stretches. An open end is vouched for until `vouched`, the last instant of the
    /// newest publication it comes from (`None`: no publication is known, it is vouched for without end).
    pub fn bounds(&self, vouched: Option<Instant>) -> Bounds {
        resolve::bounds(&self.0.form, vouched).0
    }

    /// Whether it has so many gaps that its bounds are those of its hull alone, which answers less exactly
    /// (`possible` where a gap would say `not`).
    pub fn is_coarsened(&self) -> bool {
        resolve::bounds(&self.0.form, None).1
    }

    /// The whole span from the earliest start to the latest end.
    pub fn span(&self) -> TimeRange {
        let hull = self.bounds(None).hull;
        TimeRange { first: hull.s0, last: hull.e1 }
    }

    /// The precision of its (first dated) part.
    pub fn precision(&self) -> Precision {
        self.0.form.items().next().map_or(Precision::Year, Item::precision)
    }

    /// Whether it lasts from one date to another (`a/b`, with an end open or unknown too).
    pub fn is_interval(&self) -> bool {
        matches!(self.0.form, Form::Interval { .. })
    }

    /// Whether its end is open: still going on (`a/..`).
    pub fn has_open_end(&self) -> bool {
        matches!(self.0.form, Form::Interval { end: End::Open, .. })
    }

    /// Whether its end is unknown: it ended, nobody knows when (`a/`).
    pub fn has_unknown_end(&self) -> bool {
        matches!(self.0.form, Form::Interval { end: End::Unknown, .. })
    }

    /// Whether its start is open (`../b`).
    pub fn has_open_start(&self) -> bool {
        matches!(self.0.form, Form::Interval { start: End::Open, .. })
    }

    /// Whether its start is unknown (`/b`).
    pub fn has_unknown_start(&self) -> bool {
        matches!(self.0.form, Form::Interval { start: End::Unknown, .. })
    }

    /// Whether the source is vague about it: qualified, one of a set, a mask, significant digits, or an end that
    /// is not known. A plain year, month or day is exact, at its precision.
    pub fn is_fuzzy(&self) -> bool {
        self.0.form.is_vague() || self.0.form.items().any(Item::is_vague)
    }

    /// Whether it has more than one part: a set of several dates, of which it was one or all.
    pub fn is_set(&self) -> bool {
        matches!(self.0.form, Form::Set { .. })
    }

    /// What the text says, part by part.
    pub(super) fn form(&self) -> &Form {
        &self.0.form
    }

    /// The date that a form says, with its canonical text.
    pub(super) fn from_form(form: Form) -> Self {
        Self(Arc::new(Parsed { text: form.to_string(), form }))
    }
}

impl PartialEq for When {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for When {}

impl Hash for When {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl std::fmt::Debug for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "When({})", self.0.text)
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.text)
    }
}
