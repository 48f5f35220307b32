//! Which rows a test that needs their texts is true of.

use super::columns::{Bits, Segment};
use super::rows::Rows;
use super::{Ctl, StoreError};
use crate::chronology::Names;
use crate::query::Test;
use crate::when::Certainty;

/// How many rows are read at once.
const BATCH: usize = 64;

/// What a search has found so far in one segment.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Rows that are known to be hits or none.
    pub(super) looked: Bits,
    /// Those that are hits.
    pub(super) hits: Bits,
}

/// Finds the rows of `within` that a test, which knows only true and false, is true of. What was found is in
/// `found` even after an error.
///
/// # Errors
/// When cancelled, late, or the rows cannot be read.
pub(super) fn find(
    test: &Test,
    (segment, rows, names): (&Segment, &dyn Rows, &Names),
    within: &Bits,
    found: &mut Found,
    ctl: &Ctl,
) -> Result<(), StoreError> {
    let numbers: Vec<u32> = within.iter().collect();
    for numbers in numbers.chunks(BATCH) {
        ctl.check()?;
        let offsets: Vec<u64> = numbers.iter().map(|row| segment.offset(*row)).collect();
        let entries = rows.entries(segment.layer(), &offsets, names)?;
        for (row, entry) in numbers.iter().zip(entries) {
            found.looked.insert(*row);
            if test.certainty(names.catalogue(), &entry) == Certainty::Certain {
                found.hits.insert(*row);
            }
        }
    }
    Ok(())
}
