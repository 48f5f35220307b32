//! Dates in EDTF (ISO 8601-2:2019 Annex A, levels 0 to 2) with annals' extensions for times.

use super::{Bounds, Instant, TimeRange};

/// A date as exact as its source allows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct When {
    text: String,
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
    pub fn parse(_text: &str) -> Result<Self, DateFault> {
        todo!()
    }

    /// The canonical EDTF text; `When::parse` of it gives the same date.
    pub fn as_edtf(&self) -> &str {
        &self.text
    }

    /// The day of a civil date.
    pub fn day(_year: i64, _month: u8, _day: u8) -> Option<Self> {
        todo!()
    }

    /// The four instants and stretches. An open end is vouched for until `vouched`, the last instant of the
    /// newest publication it comes from (`None`: no publication is known, it is vouched for without end).
    pub fn bounds(&self, _vouched: Option<Instant>) -> Bounds {
        todo!()
    }

    /// The whole span from the earliest start to the latest end.
    pub fn span(&self) -> TimeRange {
        todo!()
    }

    /// The precision of its (first dated) part.
    pub fn precision(&self) -> Precision {
        todo!()
    }

    /// Whether it lasts from one date to another (`a/b`, with an end open or unknown too).
    pub fn is_interval(&self) -> bool {
        todo!()
    }

    /// Whether its end is open: still going on (`a/..`).
    pub fn has_open_end(&self) -> bool {
        todo!()
    }

    /// Whether its end is unknown: it ended, nobody knows when (`a/`).
    pub fn has_unknown_end(&self) -> bool {
        todo!()
    }

    /// Whether its start is open (`../b`).
    pub fn has_open_start(&self) -> bool {
        todo!()
    }

    /// Whether its start is unknown (`/b`).
    pub fn has_unknown_start(&self) -> bool {
        todo!()
    }

    /// Whether the source is vague about it: qualified, a set, a mask, or an end that is not known.
    /// A plain year, month or day is exact, at its precision.
    pub fn is_fuzzy(&self) -> bool {
        todo!()
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
