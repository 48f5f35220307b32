//! The rows of a table, read again at their places in the file.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::stamp::{Lookout, Since};
use crate::chronology::{Entry, LayerIndex, Names};
use crate::formats::table::{Again, LONGEST_RECORD, Layout, Texts};
use crate::sources::Bytes;
use crate::store::rows::{EachBlock, EachEntry, EachSkimmed, EachText, Notation, Part, RowFault, Rows, Spot};
use crate::store::{Ctl, StoreError};

/// How much is read for one record; a longer one takes several attempts, each four times as large.
const RECORD: usize = 4 * 1024;
/// How much is read at once where several records lie near each other.
const NEAR: usize = 128 * 1024;
/// So many bytes of records that are asked for in another order than they stand in are held; what lies beyond is read
/// one by one.
const MOST_HELD: usize = 4 << 20;
/// The size of blocks for searching.
const BLOCK: usize = 1 << 18;
/// At the end of a block, this much is looked through for where a record begins.
const TAIL: usize = 64 * 1024;

/// What is called with records, their places in the list that was asked for, and what makes events of them.
type EachRecord<'a> = dyn FnMut(usize, &[u8], &mut Again<'_>) -> Result<(), StoreError> + 'a;

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
    fn record<'w>(
        &self,
        offset: u64,
        window: &'w mut Window,
        ahead: usize,
        again: &mut Again<'_>,
    ) -> Result<&'w [u8], RowFault> {
        let mut size = ahead.max(RECORD);
        let mut length = window.length(offset, again, false);
        while length.is_none() {
            window.bytes.resize(size, 0);
            window.at = offset;
            let count = self.bytes.read_at(&mut window.bytes, offset)?;
            window.bytes.truncate(count);
            let last = count < size || size > LONGEST_RECORD;
            length = window.length(offset, again, last);
            if last && length.is_none() {
                return Err(RowFault::Changed);
            }
            size *= 4;
        }
        let rest = window.from(offset);
        rest.get(..length.unwrap_or(0)).filter(|record| !record.is_empty()).ok_or(RowFault::Changed)
    }

    /// Calls `each` with the records at these places, in their order. What lies near each other is read at once, and
    /// what is asked for in another order than it stands in is read in the order that it stands in.
    fn records(&self, spots: &[Spot], each: &mut EachRecord<'_>) -> Result<(), StoreError> {
        self.unchanged()?;
        let (mut window, mut again) = (Window::default(), self.layout.again());
        if spots.is_sorted() {
            for (at, spot) in spots.iter().enumerate() {
                let ahead = ahead(*spot, spots.get(at + 1));
                each(at, self.record(spot.offset, &mut window, ahead, &mut again)?, &mut again)?;
            }
            return Ok(());
        }
        let mut order: Vec<(Spot, usize)> = spots.iter().copied().zip(0..).collect();
        order.sort_unstable();
        let (mut held, mut where_held) = (Vec::new(), vec![0..0; spots.len()]);
        for (at, (spot, place)) in order.iter().enumerate() {
            if held.len() > MOST_HELD {
                break;
            }
            let ahead = ahead(*spot, order.get(at + 1).map(|(next, _)| next));
            let start = held.len();
            held.extend_from_slice(self.record(spot.offset, &mut window, ahead, &mut again)?);
            if let Some(range) = where_held.get_mut(*place) {
                *range = start..held.len();
            }
        }
        for (at, (spot, range)) in spots.iter().zip(where_held).enumerate() {
            match held.get(range).filter(|record| !record.is_empty()) {
                Some(record) => each(at, record, &mut again)?,
                None => each(at, self.record(spot.offset, &mut window, RECORD, &mut again)?, &mut again)?,
            }
        }
        Ok(())
    }
}

/// How much is read for the record at a place, where another follows.
fn ahead(spot: Spot, next: Option<&Spot>) -> usize {
    let near = next.is_some_and(|next| next.offset.saturating_sub(spot.offset) < NEAR as u64 / 2);
    if near { NEAR } else { RECORD }
}

impl Rows for TableRows {
    fn entry(&self, layer: LayerIndex, spot: Spot, names: &Names) -> Result<Arc<Entry>, RowFault> {
        self.unchanged()?;
        let (mut window, mut again) = (Window::default(), self.layout.again());
        let record = self.record(spot.offset, &mut window, RECORD, &mut again)?;
        let event = again.event(record, spot.hash).ok_or(RowFault::Changed)?;
        Ok(Arc::new(names.entry(layer, event)))
    }

    fn each(
        &self,
        layer: LayerIndex,
        spots: &[Spot],
        names: &Names,
        each: &mut EachEntry<'_>,
    ) -> Result<(), StoreError> {
        self.records(spots, &mut |at, record, again| {
            let hash = spots.get(at).map_or(0, |spot| spot.hash);
            let event = again.event(record, hash).ok_or(RowFault::Changed)?;
            each(at, Arc::new(names.entry(layer, event)))
        })
    }

    fn skim(
        &self,
        _: LayerIndex,
        spots: &[Spot],
        _: &Names,
        each: &mut EachSkimmed<'_>,
    ) -> Result<(), StoreError> {
        self.records(spots, &mut |at, record, again| {
            let hash = spots.get(at).map_or(0, |spot| spot.hash);
            each(at, &again.skim(record, hash).ok_or(RowFault::Changed)?)
        })
    }

    fn notation(&self) -> Option<Notation> {
        let quote = self.layout.quote();
        let notation = if self.layout.is_json() { Notation::Json } else { Notation::Delimited { quote } };
        self.layout.holds_texts().then_some(notation)
    }

    fn texts(&self, record: &[u8], each: &mut EachText<'_>) -> bool {
        self.texts.as_ref().is_some_and(|texts| texts.each(record, each))
    }

    fn part(&self, record: &[u8], part: Part<'_>, each: &mut dyn FnMut(&str)) -> bool {
        match (&self.texts, part) {
            (None, _) => false,
            (Some(texts), Part::Field(name)) => texts.field(record, name, each),
            (Some(texts), Part::Id { made }) => match texts.id(record) {
                Some(id) => {
                    each(&id);
                    true
                }
                None => !made,
            },
        }
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

    fn length(&self, offset: u64, again: &mut Again<'_>, last: bool) -> Option<usize> {
        let rest = self.from(offset);
        if rest.is_empty() { None } else { again.length(rest, last) }
    }
}
