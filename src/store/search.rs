//! Which rows a test that needs their texts is true of.
//!
//! | file | owns |
//! |---|---|
//! | `sweep` | rows with a text in their raw bytes, block by block |
//! | `lens` | a needle with the finders made for it |
//! | `literals` | what a regular expression cannot do without |
//! | `finder` | where a needle may stand in raw bytes |
//! | `needle` | how a text is read along a needle |
//! | `seen` | which characters bytes have |
//! | `places` | which row stands at a byte |
//!
//! What a text has is said by [`Test`] alone. Raw bytes tell where it is worth asking, never the opposite.

mod finder;
mod lens;
mod literals;
mod needle;
mod places;
mod seen;
mod sweep;

use super::columns::{Bits, Segment};
use super::rows::{Rows, Spot};
use super::{Ctl, StoreError};
use crate::chronology::Names;
use crate::query::Test;
use crate::when::Certainty;
use lens::Lens;
use literals::Literals;
use sweep::Sweep;

/// How many rows are read at once.
const BATCH: usize = 64;

/// Reading one row takes as long as looking through so many bytes.
const BYTES_PER_ROW: u64 = 16 << 10;

/// What a search has found so far in one segment.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Rows that are known to be hits or none.
    pub(super) looked: Bits,
    /// Those that are hits.
    pub(super) hits: Bits,
}

/// Where rows are: a segment, what reads its rows again, and the names.
pub(super) type Source<'s> = (&'s Segment, &'s dyn Rows, &'s Names);

/// A test that needs the texts of rows and knows only true and false, with what is made once to answer it.
#[derive(Debug)]
pub(super) struct Search {
    test: Test,
    /// For a needle.
    lens: Option<Lens>,
    /// For a regular expression.
    literals: Option<Literals>,
}

impl Search {
    /// A search for what a test is true of.
    pub(super) fn new(test: Test) -> Self {
        let lens = match &test {
            Test::Text(needle) if !needle.is_empty() => Some(Lens::new(needle)),
            _ => None,
        };
        let literals = match &test {
            Test::Regex(expression) => expression.pattern().and_then(Literals::of),
            _ => None,
        };
        Self { test, lens, literals }
    }

    /// What is searched for.
    pub(super) fn test(&self) -> &Test {
        &self.test
    }

    /// Finds the rows of `within` that the test is true of. Those of whose names and tags it is true are known to
    /// whoever asks, and not among them. What was found is in `found` even after an error.
    ///
    /// # Errors
    /// When cancelled, late, or the rows cannot be read.
    pub(super) fn find(
        &self,
        source: Source<'_>,
        within: &Bits,
        found: &mut Found,
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        let (segment, rows, _) = source;
        let bytes = segment.bytes();
        let many = u64::from(within.count()) * BYTES_PER_ROW > bytes.end.saturating_sub(bytes.start);
        match rows.notation() {
            Some(notation) if many && self.is_swept() => {
                Sweep::new(self, source, notation, within.clone(), found).run(ctl)
            }
            _ => self.read(source, &within.iter().collect::<Vec<u32>>(), found, ctl),
        }
    }

    /// Whether looking through raw bytes tells more quickly what it is true of than making every event.
    fn is_swept(&self) -> bool {
        matches!(self.test, Test::Text(_) | Test::Regex(_)) || self.test.part().is_some()
    }

    /// Reads rows one by one.
    fn read(
        &self,
        (segment, rows, names): Source<'_>,
        numbers: &[u32],
        found: &mut Found,
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        for numbers in numbers.chunks(BATCH) {
            ctl.check()?;
            let spots: Vec<Spot> = numbers.iter().map(|row| segment.spot(*row)).collect();
            let entries = rows.entries(segment.layer(), &spots, names)?;
            for (row, entry) in numbers.iter().zip(entries) {
                found.looked.insert(*row);
                if self.test.certainty(names.catalogue(), &entry) == Certainty::Certain {
                    found.hits.insert(*row);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
