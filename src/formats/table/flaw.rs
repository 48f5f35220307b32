//! What is wrong with records, as values: a table of ten million rows may have ten million faults.

use serde::{Deserialize, Serialize};

use crate::formats::Severity;

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FlawKind {
    /// Its date cannot be read; it is undated.
    Date,
    /// Its end cannot be read, or lies before its start; it has none.
    End,
    /// Its date was spoiled by another program and is restored from what stands beside it.
    Restored,
    /// It has fewer or more cells than the header.
    Width,
    /// It has bytes that are no UTF-8; they are read as U+FFFD.
    Bytes,
    /// A quotation that begins in it is never closed.
    Quote,
    /// It is too long and was left out.
    Length,
    /// It is no JSON, or no object; it was left out.
    Json,
    /// A value is not what its column should have; it is kept as a field.
    Value,
}

impl FlawKind {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Date,
        Self::End,
        Self::Restored,
        Self::Width,
        Self::Bytes,
        Self::Quote,
        Self::Length,
        Self::Json,
        Self::Value,
    ];

    /// How bad it is: an error where something could not be used.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Date | Self::End | Self::Length | Self::Json => Severity::Error,
            Self::Restored | Self::Width | Self::Bytes | Self::Quote | Self::Value => Severity::Warning,
        }
    }

    /// What happened to one record and to several, for a count of them.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Date => ("date could not be read", "dates could not be read"),
            Self::End => ("end could not be read", "ends could not be read"),
            Self::Restored => ("spoiled date was restored", "spoiled dates were restored"),
            Self::Width => ("row has too few or too many cells", "rows have too few or too many cells"),
            Self::Bytes => ("row is not UTF-8", "rows are not UTF-8"),
            Self::Quote => ("quotation is never closed", "quotations are never closed"),
            Self::Length => ("row is too long and was left out", "rows are too long and were left out"),
            Self::Json => {
                ("line is no JSON object and was left out", "lines are no JSON objects and were left out")
            }
            Self::Value => ("value does not fit its column", "values do not fit their columns"),
        }
    }
}

/// Something wrong with one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    /// What.
    pub kind: FlawKind,
    /// The byte of the file at which its record begins. The line is worked out from it when it is shown.
    pub offset: u64,
    /// What is wrong, in words.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// Flaws of this kind beyond so many are only counted.
const MOST_KEPT: u64 = 1000;

/// Flaws as they are found: all are counted, the first of each kind are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaws {
    kept: Vec<Flaw>,
    counts: [u64; FlawKind::ALL.len()],
}

impl Flaws {
    /// Counts one; its words are made only where it is kept.
    pub(super) fn add(&mut self, kind: FlawKind, offset: u64, message: impl FnOnce() -> String) {
        let Some(count) = self.counts.get_mut(kind as usize) else { return };
        *count += 1;
        if *count <= MOST_KEPT {
            self.kept.push(Flaw { kind, offset, message: message(), hint: None });
        }
    }

    /// Adds those found in another part of the file.
    pub fn join(&mut self, other: &Self) {
        // Of each kind the first that were counted are kept.
        let mut known = self.counts;
        for flaw in &other.kept {
            if let Some(known) = known.get_mut(flaw.kind as usize).filter(|known| **known < MOST_KEPT) {
                *known += 1;
                self.kept.push(flaw.clone());
            }
        }
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }

    /// How many there are of a kind.
    pub fn count(&self, kind: FlawKind) -> u64 {
        self.counts.get(kind as usize).copied().unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.iter().all(|count| *count == 0)
    }

    /// Those that were kept, in the order they were found: the first thousand of each kind.
    pub fn kept(&self) -> &[Flaw] {
        &self.kept
    }
}
