//! A segment: some rows of one layer in order of time, never changed once it is made.

use std::ops::Range;
use std::sync::OnceLock;

use super::offsets::Offsets;
use super::positions::Positions;
use super::postings::{Column, Posting, Postings};
use super::times::{self, Times};
use super::{Bits, Within};
use crate::chronology::{LayerIndex, Position};
use crate::store::Key;
use crate::store::rows::Spot;
use crate::when::{Bounds, Instant, TimeRange};

/// How many rows a segment has at most.
pub const MOST_ROWS: u32 = 1 << 16;

/// How many bits of a key's tie are an offset; the layer stands above them.
const OFFSET_BITS: u32 = 48;

/// The tie of the key of the row at an offset of a layer.
pub const fn tie(layer: LayerIndex, offset: u64) -> u64 {
    (layer.0 as u64) << OFFSET_BITS | offset & ((1 << OFFSET_BITS) - 1)
}

/// The layer and the offset of a key's tie.
pub const fn place(tie: u64) -> (LayerIndex, u64) {
    (LayerIndex((tie >> OFFSET_BITS) as u32), tie & ((1 << OFFSET_BITS) - 1))
}

/// Some rows of one layer in order of time, the undated ones last: their dates, where they stand in the layer,
/// and which of them have which value. Rows are numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub(super) layer: LayerIndex,
    pub(super) times: Times,
    pub(super) offsets: Offsets,
    pub(super) hashes: Box<[u32]>,
    pub(super) postings: Postings,
    pub(super) positions: Positions,
    pub(super) bytes: Range<u64>,
    pub(super) extent: Option<TimeRange>,
    /// The rows in the order in which they stand in the layer, once somebody asked for it.
    pub(super) layer_order: OnceLock<Box<[u16]>>,
}

impl Segment {
    /// The layer that its rows belong to.
    pub fn layer(&self) -> LayerIndex {
        self.layer
    }

    /// How many rows it has, at most [`MOST_ROWS`].
    pub fn rows(&self) -> u32 {
        self.hashes.len() as u32
    }

    /// How many of them are dated; those come first.
    pub fn dated(&self) -> u32 {
        self.times.dated()
    }

    /// A row's place in the order. Beyond the last row: after every event.
    pub fn key(&self, row: u32) -> Key {
        let Some(offset) = self.offsets.get(row) else { return Key::LAST };
        let tie = tie(self.layer, offset);
        match self.times.order(row) {
            Some((start, end)) => Key { undated: false, start, end, tie },
            None => Key { tie, ..Key::FIRST_UNDATED },
        }
    }

    /// What a row's date allows; `None`: it is undated.
    pub fn bounds(&self, row: u32) -> Option<Bounds> {
        self.times.bounds(row)
    }

    /// How many rows come before a key.
    pub fn position(&self, key: Key) -> u32 {
        times::partition(0..self.rows(), |row| self.key(row) < key)
    }

    /// How many dated rows start before an instant: by their earliest start or, where that is open, their latest end.
    pub fn starting_before(&self, instant: Instant) -> u32 {
        self.times.before(instant)
    }

    /// The rows without an earliest start, in order.
    pub fn unbounded(&self) -> &[u16] {
        self.times.unbounded()
    }

    /// Where a row stands in its layer; 0 beyond the last row.
    pub fn offset(&self, row: u32) -> u64 {
        self.offsets.get(row).unwrap_or(0)
    }

    /// All rows in the order in which they stand in their layer; worked out when first asked for.
    pub fn in_layer_order(&self) -> &[u16] {
        self.layer_order.get_or_init(|| {
            // Offset and row in one number, which is quicker to sort than rows by their offsets.
            let numbered = (0..self.rows()).map(|row| self.offset(row) << u16::BITS | u64::from(row));
            let mut numbered: Vec<u64> = numbered.collect();
            numbered.sort_unstable();
            numbered.into_iter().map(|number| number as u16).collect()
        })
    }

    /// The hash of a row's id, or of its record where it has none; 0 beyond the last row.
    pub fn hash(&self, row: u32) -> u32 {
        self.hashes.get(row as usize).copied().unwrap_or(0)
    }

    /// What a row is read again by.
    pub fn spot(&self, row: u32) -> Spot {
        Spot { offset: self.offset(row), hash: self.hash(row) }
    }

    /// The rows whose hash is this, in order.
    pub fn with_hash(&self, hash: u32) -> impl Iterator<Item = u32> {
        self.hashes.iter().zip(0..).filter(move |(other, _)| **other == hash).map(|(_, row)| row)
    }

    /// From the offset of its first record in the layer to the end of its last one.
    pub fn bytes(&self) -> Range<u64> {
        self.bytes.clone()
    }

    /// From the first to the last finite instant that a row may begin or end at; `None`: nothing is dated so.
    pub fn extent(&self) -> Option<TimeRange> {
        self.extent
    }

    /// Where a row says itself that it was.
    pub fn position_of(&self, row: u32) -> Option<Position> {
        self.positions.get(row)
    }

    /// Whether any row says itself where it was.
    pub fn has_positions(&self) -> bool {
        !self.positions.is_empty()
    }

    /// The rows that have a value; `None`: none has.
    pub fn posting(&self, column: Column, value: u64) -> Option<Posting<'_>> {
        self.postings.get(column, value)
    }

    /// The values of a column that some row has, in order, with those rows.
    pub fn values(&self, column: Column) -> impl Iterator<Item = (u64, Posting<'_>)> {
        self.postings.values(column)
    }

    /// The rows that are certainly, and those that are at least possibly, in a window of time, exactly as
    /// [`Bounds`] says of each. Undated rows may be at any time.
    pub fn in_window(&self, within: Within, window: TimeRange) -> (Bits, Bits) {
        self.times.in_window(within, window)
    }

    /// How much memory it takes, in bytes.
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.times.bytes()
            + self.offsets.bytes()
            + size_of_val::<[u32]>(&self.hashes)
            + self.postings.bytes()
            + self.positions.bytes()
            + self.layer_order.get().map_or(0, |order| size_of_val::<[u16]>(order))
    }
}
