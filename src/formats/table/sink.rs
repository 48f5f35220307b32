//! A table read whole, into a sink: for files that are small, and for `check`.

use std::io::{self, BufRead};

use super::Layout;
use super::flaw::Flaw;
use crate::chronology::{Actor, Event, Extra, Party, Place};
use crate::formats::known::Known;
use crate::formats::{Fault, Position, Sink};

/// How much of a file is looked at to find out how it is written.
const LOOK: usize = 64 * 1024;

/// Reads the events of a table. Its actors, parties and places are names, which become ids.
///
/// # Errors
/// Only those of reading the bytes; whatever is wrong with them goes to the sink.
pub fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    sink.head(String::new(), String::new(), Extra::new());
    let start = bytes.get(..LOOK).unwrap_or(&bytes);
    let layout = match Layout::detect(start, None, &[]) {
        Ok(layout) => layout,
        Err(fault) => {
            sink.fault(fault);
            return Ok(());
        }
    };
    let mut lines = Counter { bytes: &bytes, line: 1, offset: 0 };
    let mut names = Names::default();
    let first = usize::try_from(layout.first()).unwrap_or(usize::MAX);
    let mut reader = layout.reader(bytes.get(first..).unwrap_or_default(), layout.first());
    while let Some((offset, mut event)) = reader.next_event()? {
        for flaw in reader.take_flaws().kept() {
            sink.fault(lines.fault(flaw));
        }
        let at = lines.position(offset);
        names.resolve(&mut event, at, sink);
        sink.event(event, at);
    }
    for flaw in reader.take_flaws().kept() {
        sink.fault(lines.fault(flaw));
    }
    Ok(())
}

/// Counts lines up to records that come in the order of the file.
struct Counter<'b> {
    bytes: &'b [u8],
    line: u32,
    offset: u64,
}

impl Counter<'_> {
    fn position(&mut self, offset: u64) -> Position {
        let between = self.offset as usize..(offset as usize).max(self.offset as usize);
        let between = self.bytes.get(between).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count() as u32;
        self.offset = self.offset.max(offset);
        Position { line: self.line, column: 1, offset }
    }

    fn fault(&mut self, flaw: &Flaw) -> Fault {
        let Position { line, .. } = self.position(flaw.offset);
        let severity = flaw.kind.severity();
        Fault { severity, line, column: 0, message: flaw.message.clone(), hint: flaw.hint.clone() }
    }
}

/// The names met so far. One is told to the sink before the event that has it.
#[derive(Default)]
struct Names {
    actors: Known,
    parties: Known,
    places: Known,
}

impl Names {
    /// Makes ids of the names of an event.
    fn resolve(&mut self, event: &mut Event, at: Position, sink: &mut dyn Sink) {
        for part in &mut event.actors {
            let name = std::mem::take(&mut part.id);
            let (id, new) = self.actors.id(&name);
            part.id.clone_from(&id);
            if new {
                sink.actor(Actor { id, name, ..Actor::default() }, at);
            }
        }
        for party in &mut event.parties {
            let name = std::mem::take(party);
            let (id, new) = self.parties.id(&name);
            party.clone_from(&id);
            if new {
                sink.party(Party { id, name, ..Party::default() }, at);
            }
        }
        for place in &mut event.places {
            let name = std::mem::take(place);
            let (id, new) = self.places.id(&name);
            place.clone_from(&id);
            if new {
                sink.place(Place { id, name, ..Place::default() }, at);
            }
        }
    }
}
