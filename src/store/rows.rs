//! Where rows are read again: the columns hold only what filters, counts and the order need.

use std::ops::Range;
use std::sync::Arc;

use super::{Ctl, StoreError};
use crate::chronology::{Entry, Event, LayerIndex, Names};
pub use crate::query::Part;

/// How texts stand in the raw bytes of rows, which decides how a needle has to be widened to be found in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Cells as they are; in quoted ones this byte is doubled.
    Delimited {
        /// The quotation mark, where there is one.
        quote: Option<u8>,
    },
    /// JSON strings, with their escapes.
    Json,
}

/// Why a row cannot be read again.
#[derive(Debug, thiserror::Error)]
pub enum RowFault {
    /// The bytes could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// What stands there now is not what was indexed: the file was changed, cut off or replaced.
    #[error("the file has changed since it was read")]
    Changed,
}

/// What is called with blocks of raw bytes and the offset of each block's first byte.
pub type EachBlock<'a> = dyn FnMut(u64, &[u8]) -> Result<(), StoreError> + 'a;

/// What is called with the texts of a record: the bytes of the record that each stands in, and what makes it.
pub type EachText<'a> = dyn FnMut(Range<usize>, &dyn Fn() -> String) + 'a;

/// What the columns know of a row to be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Where it stands in its layer.
    pub offset: u64,
    /// The hash of its id or, where it has none, of its record ([`facts::hash`](crate::chronology::facts::hash)).
    pub hash: u32,
}

/// What is called with events and their places in the list that was asked for.
pub type EachEntry<'a> = dyn FnMut(usize, Arc<Entry>) -> Result<(), StoreError> + 'a;

/// The same, with parts of them.
pub type EachSkimmed<'a> = dyn FnMut(usize, &Event) -> Result<(), StoreError> + 'a;

/// A layer's rows, to be read again at their places.
pub trait Rows: Send + Sync {
    /// The event at a place.
    ///
    /// # Errors
    /// A [`RowFault`]: [`RowFault::Changed`] where what stands there is another row.
    fn entry(&self, layer: LayerIndex, spot: Spot, names: &Names) -> Result<Arc<Entry>, RowFault>;

    /// Calls `each` with the events at these places, in their order, and the place of each in the list; quicker than
    /// one by one where they lie near each other. None is held.
    ///
    /// # Errors
    /// The first [`RowFault`], or that of `each`.
    fn each(
        &self,
        layer: LayerIndex,
        spots: &[Spot],
        names: &Names,
        each: &mut EachEntry<'_>,
    ) -> Result<(), StoreError> {
        let mut spots = spots.iter().enumerate();
        spots.try_for_each(|(at, spot)| each(at, self.entry(layer, *spot, names)?))
    }

    /// The same, without what every event has: of an event only fields, links, sources and keys not known need be
    /// there. Quicker where those are few.
    ///
    /// # Errors
    /// The first [`RowFault`], or that of `each`.
    fn skim(
        &self,
        layer: LayerIndex,
        spots: &[Spot],
        names: &Names,
        each: &mut EachSkimmed<'_>,
    ) -> Result<(), StoreError> {
        self.each(layer, spots, names, &mut |at, entry| each(at, &entry.event))
    }

    /// The events at these places, in their order.
    ///
    /// # Errors
    /// The first [`RowFault`].
    fn entries(
        &self,
        layer: LayerIndex,
        spots: &[Spot],
        names: &Names,
    ) -> Result<Vec<Arc<Entry>>, StoreError> {
        let mut entries = Vec::with_capacity(spots.len());
        self.each(layer, spots, names, &mut |_, entry| {
            entries.push(entry);
            Ok(())
        })?;
        Ok(entries)
    }

    /// How texts stand in the raw bytes; `None`: there are none, rows are searched one by one.
    fn notation(&self) -> Option<Notation> {
        None
    }

    /// Calls `each` with consecutive blocks of the raw bytes in `range` and the offset of each block's first byte.
    /// A block ends at a record's end unless a record is longer than a block.
    ///
    /// # Errors
    /// Those of reading, of `ctl`, and of `each`.
    fn blocks(&self, range: Range<u64>, ctl: &Ctl, each: &mut EachBlock<'_>) -> Result<(), StoreError> {
        let _ = (range, ctl, each);
        Ok(())
    }

    /// Calls `each` with every text that a search looks at of the record that `record` begins with, but for names and
    /// tags. What stands in the bytes of a text as letters and digits, with single spaces between them, stands so in
    /// the text. `false`: there may be texts besides.
    fn texts(&self, record: &[u8], each: &mut EachText<'_>) -> bool {
        let _ = (record, each);
        false
    }

    /// Calls `each` with every text of a part of the event that `record` begins with. `false`: there may be others,
    /// or none of them; only the event tells.
    fn part(&self, record: &[u8], part: Part<'_>, each: &mut dyn FnMut(&str)) -> bool {
        let _ = (record, part, each);
        false
    }
}

/// Rows that stay in memory; an offset is an event's place among them.
pub struct Resident {
    entries: Vec<Arc<Entry>>,
}

impl Resident {
    /// The events of one layer, in the order of the input.
    pub fn new(entries: Vec<Arc<Entry>>) -> Self {
        Self { entries }
    }
}

impl Rows for Resident {
    fn entry(&self, _: LayerIndex, spot: Spot, _: &Names) -> Result<Arc<Entry>, RowFault> {
        let place = usize::try_from(spot.offset).ok();
        place.and_then(|place| self.entries.get(place)).cloned().ok_or(RowFault::Changed)
    }
}
