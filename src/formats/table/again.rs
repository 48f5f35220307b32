//! Records read again as events, one after another.

use super::Layout;
use super::facts::Scratch;
use super::flaw::Flaws;
use super::record::{Memory, Record};
use crate::chronology::{Event, facts};

/// Reads records as events. What is wrong with them was said when they were indexed. The memory of one is used for
/// the next.
#[derive(Debug)]
pub struct Again<'l> {
    layout: &'l Layout,
    memory: Memory,
    scratch: Scratch,
    flaws: Flaws,
}

impl Layout {
    /// What reads its records again.
    pub fn again(&self) -> Again<'_> {
        Again {
            layout: self,
            memory: Memory::default(),
            scratch: Scratch::default(),
            flaws: Flaws::default(),
        }
    }
}

impl Again<'_> {
    /// What [`Layout::length`] says.
    pub fn length(&mut self, bytes: &[u8], last: bool) -> Option<usize> {
        self.layout.length_with(bytes, last, &mut self.memory.cells)
    }

    /// The event in the bytes of one record, which may end with what ends it, where the facts of the record have this
    /// hash; `None`: it is another record than the one that was indexed. Its actors, parties and places are texts as
    /// read.
    pub fn event(&mut self, record: &[u8], hash: u32) -> Option<Event> {
        self.read(record, hash, |layout, record, scratch, flaws| layout.event_of(record, 0, scratch, flaws))
    }

    /// What of that event not every event has: its id, fields, links and sources. Nothing else of it is there.
    pub fn skim(&mut self, record: &[u8], hash: u32) -> Option<Event> {
        self.read(record, hash, Layout::skim_of)
    }

    fn read(
        &mut self,
        bytes: &[u8],
        hash: u32,
        make: impl FnOnce(&Layout, &Record<'_>, &mut Scratch, &mut Flaws) -> Event,
    ) -> Option<Event> {
        let record = Record::whole(self.layout, bytes, std::mem::take(&mut self.memory));
        let event = record.is_whole().then(|| make(self.layout, &record, &mut self.scratch, &mut self.flaws));
        let is_same = |event: &Event| {
            let own = if event.id.is_empty() { record.bytes } else { event.id.as_bytes() };
            facts::hash(own) == hash
        };
        let event = event.filter(is_same);
        self.memory = record.into_memory();
        event
    }
}
