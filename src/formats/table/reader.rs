//! Records one after the other, from a stream.

use std::io::{self, Read};
use std::ops::Range;

use super::Layout;
use super::cells::{Found, LONGEST_RECORD, Skip};
use super::facts::Scratch;
use super::flaw::{FlawKind, Flaws};
use super::record::{Memory, Record};
use crate::chronology::{Event, Facts};

/// How much is read at once: enough that few records lie across two pieces, little enough to stay in the
/// processor's cache.
const PIECE: usize = 256 * 1024;

/// Reads the records of a table one after the other. Memory does not grow with the table.
#[derive(Debug)]
pub struct Reader<'l, R> {
    layout: &'l Layout,
    input: R,
    buffer: Vec<u8>,
    /// The bytes of the buffer that are yet to be read.
    ahead: Range<usize>,
    /// Where the first of them stands in the file.
    at: u64,
    ended: bool,
    memory: Memory,
    scratch: Scratch,
    flaws: Flaws,
}

impl<'l, R: Read> Reader<'l, R> {
    pub(super) fn new(layout: &'l Layout, input: R, at: u64) -> Self {
        Self {
            layout,
            input,
            buffer: Vec::new(),
            ahead: 0..0,
            at,
            ended: false,
            memory: Memory::default(),
            scratch: Scratch::default(),
            flaws: Flaws::default(),
        }
    }

    /// Where the next record, or an empty line before it, begins in the file.
    pub fn offset(&self) -> u64 {
        self.at
    }

    /// What was wrong so far.
    pub fn flaws(&self) -> &Flaws {
        &self.flaws
    }

    /// Takes what was wrong so far.
    pub fn take_flaws(&mut self) -> Flaws {
        std::mem::take(&mut self.flaws)
    }

    /// Reads the next record and calls `each` with its facts; `false`: there is none.
    ///
    /// # Errors
    /// Those of reading.
    pub fn next(&mut self, each: impl FnOnce(&Facts<'_>)) -> io::Result<bool> {
        while let Some((at, offset)) = self.advance()? {
            let memory = std::mem::take(&mut self.memory);
            let record = Record::of(self.layout, self.buffer.get(at).unwrap_or_default(), memory);
            self.layout.complain_of(&record, offset, &mut self.flaws);
            if record.is_whole() {
                self.layout.facts(&record, offset, &mut self.scratch, &mut self.flaws, each);
                self.memory = record.into_memory();
                return Ok(true);
            }
            self.memory = record.into_memory();
        }
        Ok(false)
    }

    /// Reads the next record as a whole event, with the byte at which it begins.
    ///
    /// # Errors
    /// Those of reading.
    pub fn next_event(&mut self) -> io::Result<Option<(u64, Event)>> {
        while let Some((at, offset)) = self.advance()? {
            let record = Record::read(self.layout, self.buffer.get(at).unwrap_or_default());
            self.layout.complain_of(&record, offset, &mut self.flaws);
            if record.is_whole() {
                let event = self.layout.event_of(&record, offset, &mut self.scratch, &mut self.flaws);
                return Ok(Some((offset, event)));
            }
        }
        Ok(None)
    }

    /// Finds the next record: its bytes in the buffer, and where it begins in the file.
    fn advance(&mut self) -> io::Result<Option<(Range<usize>, u64)>> {
        loop {
            let bytes = self.buffer.get(self.ahead.clone()).unwrap_or_default();
            if bytes.is_empty() && self.ended {
                return Ok(None);
            }
            let found = if bytes.is_empty() {
                Found::Open { quoted: false }
            } else {
                self.layout.split(bytes, self.ended, &mut self.memory.cells)
            };
            let (text, length, open) = match found {
                Found::Whole { text, length } => (text, length, false),
                Found::Open { quoted } if self.ended => (bytes.len(), bytes.len(), quoted),
                Found::Open { .. } if bytes.len() > LONGEST_RECORD => {
                    self.skip()?;
                    continue;
                }
                Found::Open { .. } => {
                    self.fill()?;
                    continue;
                }
            };
            let (start, offset) = (self.ahead.start, self.at);
            self.ahead.start += length;
            self.at += length as u64;
            if text > LONGEST_RECORD {
                self.too_long(offset);
            } else if text > 0 {
                if open {
                    self.flaws.add(FlawKind::Quote, offset, || {
                        "a quotation that begins in this row is never closed".to_owned()
                    });
                }
                return Ok(Some((start..start + text, offset)));
            }
        }
    }

    /// Reads on, behind what is there.
    fn fill(&mut self) -> io::Result<()> {
        if self.ahead.start > 0 {
            self.buffer.copy_within(self.ahead.clone(), 0);
            self.ahead = 0..self.ahead.len();
        }
        if self.buffer.len() < self.ahead.end + PIECE / 2 {
            // A long record doubles what is held, so that it is not looked at too often.
            self.buffer.resize((self.ahead.end + PIECE).max(self.ahead.end * 2), 0);
        }
        loop {
            let free = self.buffer.get_mut(self.ahead.end..).unwrap_or_default();
            match self.input.read(free) {
                Ok(count) => {
                    self.ended = count == 0;
                    self.ahead.end += count;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Leaves out a record that is too long to be held.
    fn skip(&mut self) -> io::Result<()> {
        let offset = self.at;
        let mut skip = Skip::default();
        loop {
            let bytes = self.buffer.get(self.ahead.clone()).unwrap_or_default();
            let over = skip.over(bytes, self.layout.marks);
            let length = over.unwrap_or(bytes.len());
            self.ahead.start += length;
            self.at += length as u64;
            if over.is_some() || self.ended {
                break;
            }
            self.fill()?;
        }
        self.too_long(offset);
        Ok(())
    }

    fn too_long(&mut self, offset: u64) {
        let message = || format!("the row is longer than {} MiB and was left out", LONGEST_RECORD >> 20);
        self.flaws.add(FlawKind::Length, offset, message);
    }
}
