//! From the records of a table to pieces of columns.

use std::cell::Cell;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::input::Input;
use super::workers::{Parser, Part, Why};
use crate::chronology::LayerIndex;
use crate::formats::table::{Flaws, Layout};
use crate::sources::Bytes;
use crate::store::columns::{Builder, Piece};

/// How long rows that were read may wait for others before they are shown.
pub(super) const PATIENCE: Duration = Duration::from_millis(50);
/// The same where rows have come one by one for long: each time makes a small segment.
const MOST_PATIENCE: Duration = Duration::from_secs(1);
/// So many small segments later, the patience is twice, three times, ... as long.
const SMALL: u32 = 64;

/// Reads the records of a table as the rows of a layer.
pub(super) struct Table<'l> {
    layout: &'l Layout,
    layer: LayerIndex,
    /// Whether the last row is still being written unless a line break ends it.
    open: bool,
    /// How often rows were shown because no others came.
    early: AtomicU32,
}

/// What some records were made into.
pub(super) struct Parsed {
    pub piece: Piece,
    /// What was wrong with them.
    pub flaws: Flaws,
}

impl Parser for Table<'_> {
    type Piece = Parsed;

    fn border(&self, bytes: &[u8]) -> Option<usize> {
        self.layout.guess_start(bytes)
    }

    fn parse(
        &self,
        bytes: &Bytes,
        range: Range<u64>,
        each: &mut dyn FnMut(Part<Parsed>),
    ) -> io::Result<(u64, Why)> {
        let patience = PATIENCE * (1 + self.early.load(Ordering::Relaxed) / SMALL);
        let something = Cell::new(false);
        let (next, why) = self.read(bytes, range, (&something, patience.min(MOST_PATIENCE)), each)?;
        if why == Why::Waiting && self.open {
            return Ok((next, Why::End));
        }
        if why == Why::Waiting {
            self.early.fetch_add(1, Ordering::Relaxed);
        }
        Ok((next, why))
    }
}

impl<'l> Table<'l> {
    /// A table with this layout, the rows of which belong to this layer.
    pub fn new(layout: &'l Layout, layer: LayerIndex) -> Self {
        Self { layout, layer, open: false, early: AtomicU32::new(0) }
    }

    /// The same of a file that is still being written: of what is there, only whole rows are read.
    pub fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// As [`Parser::parse`] has it, but without waiting: what is there within `patience` is read.
    pub fn read_now(
        &self,
        bytes: &Bytes,
        range: Range<u64>,
        patience: Duration,
        each: &mut dyn FnMut(Part<Parsed>),
    ) -> io::Result<(u64, Why)> {
        self.read(bytes, range, (&Cell::new(true), patience), each)
    }

    fn read(
        &self,
        bytes: &Bytes,
        range: Range<u64>,
        (something, patience): (&Cell<bool>, Duration),
        each: &mut dyn FnMut(Part<Parsed>),
    ) -> io::Result<(u64, Why)> {
        let input = Input::new(bytes, range.start, something, patience);
        let input = if self.open { input.open() } else { input };
        let mut reader = self.layout.reader(input, range.start);
        let mut builder = Builder::new(self.layer);
        let mut begin = range.start;
        loop {
            let next = reader.offset();
            let read = if next < range.end {
                reader.next(|facts| {
                    builder.add(facts);
                })
            } else {
                Ok(false)
            };
            let why = match read {
                Ok(true) if !builder.is_full() => {
                    something.set(true);
                    continue;
                }
                Ok(true) => None,
                Ok(false) if next < range.end => Some(Why::End),
                Ok(false) => Some(Why::Border),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Some(Why::Waiting),
                Err(error) => return Err(error),
            };
            // A record that could not be read whole yet is read again.
            let end = if why == Some(Why::Waiting) { next } else { reader.offset() };
            let rows = u64::from(builder.len());
            let full = std::mem::replace(&mut builder, Builder::new(self.layer));
            let piece = Parsed { piece: full.finish(end), flaws: reader.take_flaws() };
            if rows > 0 || !piece.flaws.is_empty() {
                each(Part { begin, end, rows, piece, early: why == Some(Why::Waiting) });
            }
            begin = end;
            if let Some(why) = why {
                return Ok((end, why));
            }
        }
    }
}
