//! What is wrong with a table, record by record, however large it is.

use std::io;

use memchr::memchr_iter;

use super::tables::layout;
use crate::failure::Failure;
use crate::formats::Fault;
use crate::formats::table::Mapping;
use crate::sources::{Bytes, Given, LOOK};

/// Calls `each` with everything that is wrong with a table, in the order of its lines. Gives what was understood of
/// it, one line each.
///
/// # Errors
/// When it cannot be read to its end, or what a column is said to be makes no sense, or where `each` fails.
pub fn check(
    given: &Given,
    mappings: &[Mapping],
    each: &mut dyn FnMut(Fault) -> io::Result<()>,
) -> Result<Vec<String>, Failure> {
    let layout = layout(given, mappings)?;
    let bytes = &given.source.bytes;
    let failed = |error: &io::Error| Failure::io("cannot read", error).at(&given.source.origin);
    let mut lines = Lines { bytes, at: 0, line: 1 };
    let mut reader = layout.reader(bytes.reader(layout.first()), layout.first());
    // Some of what may be wrong shows only in the whole event.
    while reader.next_event().map_err(|error| failed(&error))?.is_some() || !reader.flaws().is_empty() {
        if reader.flaws().is_empty() {
            continue;
        }
        for flaw in reader.take_flaws().kept() {
            let line = lines.of(flaw.offset).map_err(|error| failed(&error))?;
            let (message, hint) = (flaw.message.clone(), flaw.hint.clone());
            each(Fault { severity: flaw.kind.severity(), line, column: 0, message, hint })?;
        }
    }
    match bytes.growth().problem {
        Some(problem) => Err(Failure::new(problem).at(&given.source.origin)),
        None => Ok(layout.understood()),
    }
}

/// Counts lines up to places that grow.
struct Lines<'b> {
    bytes: &'b Bytes,
    at: u64,
    line: u32,
}

impl Lines<'_> {
    /// The line that the byte at `offset` stands on, from 1.
    fn of(&mut self, offset: u64) -> io::Result<u32> {
        let mut block = vec![0; LOOK];
        while self.at < offset {
            let wanted = (offset - self.at).min(LOOK as u64) as usize;
            let count = self.bytes.read_at(block.get_mut(..wanted).unwrap_or_default(), self.at)?;
            if count == 0 {
                break;
            }
            let breaks = memchr_iter(b'\n', block.get(..count).unwrap_or_default()).count();
            self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            self.at += count as u64;
        }
        Ok(self.line)
    }
}
