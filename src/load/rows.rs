//! The rows of a table, read again at their places in the file.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::stamp::{Lookout, Since};
use crate::chronology::{Entry, LayerIndex, Names};
use crate::formats::table::{LONGEST_RECORD, Layout, Texts};
use crate::sources::Bytes;
use crate::store::rows::{EachBlock, EachText, Notation, RowFault, Rows, Spot};
use crate::store::{Ctl, StoreError};

/// How much is read for one record; a longer one takes several attempts, each four times as large.
const RECORD: usize = 4 * 1024;
/// How much is read at once where several records lie near each other.
const NEAR: usize = 128 * 1024;
/// The size of blocks for searching.
const BLOCK: usize = 1 << 20;
/// At the end of a block, this much is looked through for where a record begins.
const TAIL: usize = 64 * 1024;

/// The rows of one table.
#[derive(Debug)]
pub struct TableRows {
    bytes: Bytes,
    layout: Arc<Layout>,
    /// Where its texts stand, if all of them stand somewhere.
    texts: Option<Texts>,
    /// What becomes of the file, where it is one that others may change.
    lookout: Option<Lookout>,
}

impl TableRows {
    /// The rows of a table of which so many bytes were read.
    ///
    /// # Errors
    /// Those of reading.
    pub(super) fn new(bytes: Bytes, layout: Arc<Layout>, read: u64) -> io::Result<Self> {
        let own = bytes.is_spooled();
        let lookout = if own { None } else { Some(Lookout::new(bytes.clone(), read)?) };
        let texts = layout.texts();
        Ok(Self { bytes, layout, texts, lookout })
    }

    /// So many bytes were read by now.
    ///
    /// # Errors
    /// Those of reading.
    pub(super) fn read_to(&self, read: u64) -> io::Result<()> {
        self.lookout.as_ref().map_or(Ok(()), |lookout| lookout.read_to(read))
    }

    /// What became of the file since it was read.
    ///
    /// # Errors
    /// Those of reading.
    pub(super) fn since(&self) -> io::Result<Since> {
        self.lookout.as_ref().map_or(Ok(Since::Same), Lookout::since)
    }

    /// # Errors
    /// When what was read is no longer what stands in the file.
    fn unchanged(&self) -> Result<(), RowFault> {
        if self.since()?.is_sound() { Ok(()) } else { Err(RowFault::Changed) }
    }

    /// The record at an offset, out of what was read last where it lies in that. Else as much as `ahead` is read.
    fn record<'w>(&self, offset: u64, window: &'w mut Window, ahead: usize) -> Result<&'w [u8], RowFault> {
        let mut size = ahead.max(RECORD);
        let mut length = window.length(offset, &self.layout, false);
        while length.is_none() {
            window.bytes.resize(size, 0);
            window.at = offset;
            let count = self.bytes.read_at(&mut window.bytes, offset)?;
            window.bytes.truncate(count);
            let last = count < size || size > LONGEST_RECORD;
            length = window.length(offset, &self.layout, last);
            if last && length.is_none() {
                return Err(RowFault::Changed);
            }
            size *= 4;
        }
        let rest = window.from(offset);
        rest.get(..length.unwrap_or(0)).filter(|record| !record.is_empty()).ok_or(RowFault::Changed)
    }

    /// # Errors
    /// Where it is another record than the one that was read there.
    fn event(
        &self,
        layer: LayerIndex,
        record: &[u8],
        spot: Spot,
        names: &Names,
    ) -> Result<Arc<Entry>, RowFault> {
        let event = self.layout.event_with(record, spot.offset, spot.hash).ok_or(RowFault::Changed)?;
        Ok(Arc::new(names.entry(layer, event)))
    }
}

impl Rows for TableRows {
    fn entry(&self, layer: LayerIndex, spot: Spot, names: &Names) -> Result<Arc<Entry>, RowFault> {
        self.unchanged()?;
        let mut window = Window::default();
        let record = self.record(spot.offset, &mut window, RECORD)?;
        self.event(layer, record, spot, names)
    }

    fn entries(&self, layer: LayerIndex, spots: &[Spot], names: &Names) -> Result<Vec<Arc<Entry>>, RowFault> {
        self.unchanged()?;
        let mut order: Vec<(Spot, usize)> = spots.iter().copied().zip(0..).collect();
        order.sort_unstable();
        let mut window = Window::default();
        let mut entries = vec![None; spots.len()];
        for (at, (spot, place)) in order.iter().enumerate() {
            let near = order.get(at + 1).is_some_and(|(next, _)| next.offset - spot.offset < NEAR as u64 / 2);
            let record = self.record(spot.offset, &mut window, if near { NEAR } else { RECORD })?;
            if let Some(entry) = entries.get_mut(*place) {
                *entry = Some(self.event(layer, record, *spot, names)?);
            }
        }
        Ok(entries.into_iter().flatten().collect())
    }

    fn notation(&self) -> Option<Notation> {
        let quote = self.layout.quote();
        let notation = if self.layout.is_json() { Notation::Json } else { Notation::Delimited { quote } };
        self.layout.holds_texts().then_some(notation)
    }

    fn texts(&self, record: &[u8], each: &mut EachText<'_>) -> bool {
        self.texts.as_ref().is_some_and(|texts| texts.each(record, each))
    }

    fn blocks(&self, range: Range<u64>, ctl: &Ctl, each: &mut EachBlock<'_>) -> Result<(), StoreError> {
        self.unchanged()?;
        let mut block = vec![0; BLOCK];
        let mut at = range.start;
        while at < range.end {
            ctl.check()?;
            let wanted = (range.end - at).min(block.len() as u64) as usize;
            let free = block.get_mut(..wanted).unwrap_or_default();
            let count = self.bytes.read_at(free, at)?;
            if count < wanted {
                return Err(RowFault::Changed.into());
            }
            let read = block.get(..count).unwrap_or_default();
            let whole = at + count as u64 == range.end;
            let cut = if whole { count } else { self.cut(read) };
            each(at, read.get(..cut).unwrap_or_default())?;
            at += cut as u64;
        }
        Ok(())
    }
}

impl TableRows {
    /// Where the last record of a block ends; the whole of it where none seems to.
    fn cut(&self, block: &[u8]) -> usize {
        let tail = block.len().saturating_sub(TAIL);
        let found = self.layout.guess_start(block.get(tail..).unwrap_or_default());
        found.map_or(block.len(), |found| tail + found).max(1)
    }
}

/// What was read last.
#[derive(Default)]
struct Window {
    at: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn from(&self, offset: u64) -> &[u8] {
        let start = offset.checked_sub(self.at).and_then(|start| usize::try_from(start).ok());
        start.and_then(|start| self.bytes.get(start..)).unwrap_or_default()
    }

    fn length(&self, offset: u64, layout: &Layout, last: bool) -> Option<usize> {
        let rest = self.from(offset);
        if rest.is_empty() { None } else { layout.length(rest, last) }
    }
}
