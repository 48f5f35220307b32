//! Which row of a segment stands at a byte of its layer.

use std::ops::Range;

use crate::store::columns::Segment;

/// The rows of a segment in the order in which they stand in their layer.
#[derive(Clone, Copy)]
pub(super) struct Places<'s> {
    segment: &'s Segment,
    rows: &'s [u16],
}

impl<'s> Places<'s> {
    pub(super) fn new(segment: &'s Segment) -> Self {
        Self { segment, rows: segment.in_layer_order() }
    }

    /// How many rows stand before a byte.
    pub(super) fn before(self, byte: u64) -> usize {
        self.rows.partition_point(|row| self.segment.offset(u32::from(*row)) < byte)
    }

    /// Where the row at a place begins; behind the last one, where that ends.
    fn offset(self, place: usize) -> u64 {
        self.row(place).map_or(self.segment.bytes().end, |row| self.segment.offset(row))
    }

    /// The place of the row that a byte belongs to; `None`: it stands before the first row.
    pub(super) fn of(self, byte: u64) -> Option<usize> {
        self.before(byte + 1).checked_sub(1)
    }

    /// The same, where the byte is not before that of `last`, the place asked for before.
    pub(super) fn after(self, last: usize, byte: u64) -> Option<usize> {
        if last < self.rows.len() && self.bytes(last).contains(&byte) {
            return Some(last);
        }
        self.of(byte)
    }

    /// The row at a place.
    pub(super) fn row(self, place: usize) -> Option<u32> {
        self.rows.get(place).map(|row| u32::from(*row))
    }

    /// The bytes from the row at a place to the next one: its record, and what may stand between them.
    pub(super) fn bytes(self, place: usize) -> Range<u64> {
        let start = self.offset(place);
        start..self.offset(place + 1).max(start)
    }
}
