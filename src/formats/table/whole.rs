//! A table read as any other file is: whole, event by event into a sink.

use std::io::{self, BufRead};

use memchr::memchr_iter;

use super::Layout;
use super::role::Role;
use crate::chronology::Extra;
use crate::formats::{Fault, Position, Sink};

/// How much of the beginning tells how a table is written.
const START: usize = 64 * 1024;

/// Whether a file that begins like this is a table of events: it has a column of dates or of ids.
pub(in crate::formats) fn looks_like(start: &[u8]) -> bool {
    let tells = |role: &Role| matches!(role, Role::Date | Role::DateElse | Role::Part(_) | Role::Id);
    Layout::detect(start, None, &[])
        .is_ok_and(|layout| layout.header.len() > 1 && layout.roles.iter().any(tells))
}

/// Reads events, one a row. Their actors, parties and places are names as they stand in the table.
///
/// # Errors
/// Only those of reading the bytes; whatever is wrong with them goes to the sink.
pub fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<()> {
    sink.head(String::new(), String::new(), Extra::new());
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let layout = match Layout::detect(bytes.get(..START).unwrap_or(&bytes), None, &[]) {
        Ok(layout) => layout,
        Err(fault) => {
            sink.fault(fault);
            return Ok(());
        }
    };
    let rows = bytes.get(usize::try_from(layout.first()).unwrap_or(usize::MAX)..).unwrap_or_default();
    let mut reader = layout.reader(rows, layout.first());
    let mut lines = Lines { bytes: &bytes, at: 0, line: 1 };
    while let Some((offset, event)) = reader.next_event()? {
        for flaw in reader.take_flaws().kept() {
            let (line, message, hint) = (lines.of(flaw.offset), flaw.message.clone(), flaw.hint.clone());
            sink.fault(Fault { severity: flaw.kind.severity(), line, column: 0, message, hint });
        }
        sink.event(event, Position { line: lines.of(offset), column: 1, offset });
    }
    Ok(())
}

/// Counts lines up to places that grow.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line that a byte stands on, from 1.
    fn of(&mut self, offset: u64) -> u32 {
        let end = usize::try_from(offset).unwrap_or(usize::MAX);
        let passed = self.bytes.get(self.at..end).unwrap_or_default();
        self.line = self.line.saturating_add(memchr_iter(b'\n', passed).count() as u32);
        self.at = self.at.max(end);
        self.line
    }
}
