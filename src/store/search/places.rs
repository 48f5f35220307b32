//! Which row of a segment stands at a byte of its layer.

use std::ops::Range;

use crate::store::columns::Segment;

/// The rows of a segment in the order in which they stand in their layer.
#[derive(Debug)]
pub(super) struct Places {
    rows: Vec<u16>,
    offsets: Vec<u64>,
    /// Where the last row ends.
    end: u64,
}

impl Places {
    pub(super) fn new(segment: &Segment) -> Self {
        let rows = segment.in_layer_order();
        let offsets = rows.iter().map(|row| segment.offset(u32::from(*row))).collect();
        Self { rows, offsets, end: segment.bytes().end }
    }

    /// How many rows stand before a byte.
    pub(super) fn before(&self, byte: u64) -> usize {
        self.offsets.partition_point(|offset| *offset < byte)
    }

    /// The place of the row that a byte belongs to; `None`: it stands before the first row.
    pub(super) fn of(&self, byte: u64) -> Option<usize> {
        self.before(byte + 1).checked_sub(1)
    }

    /// The same, where the byte is not before that of `last`, the place asked for before.
    pub(super) fn after(&self, last: usize, byte: u64) -> Option<usize> {
        let near = self.offsets.get(last + 1).is_none_or(|next| byte < *next);
        if near && self.offsets.get(last).is_some_and(|offset| *offset <= byte) {
            return Some(last);
        }
        self.of(byte)
    }

    /// The row at a place.
    pub(super) fn row(&self, place: usize) -> Option<u32> {
        self.rows.get(place).map(|row| u32::from(*row))
    }

    /// The bytes from the row at a place to the next one: its record, and what may stand between them.
    pub(super) fn bytes(&self, place: usize) -> Range<u64> {
        let start = self.offsets.get(place).copied().unwrap_or(self.end);
        start..self.offsets.get(place + 1).copied().unwrap_or(self.end).max(start)
    }
}
