//! Where a table is cut for several threads.

use std::io;
use std::ops::Range;

use crate::sources::Bytes;

/// How many rows a chunk has, more or less. A little less than a segment can hold, so that it becomes one.
const ROWS: u64 = 60_000;
/// The smallest and the largest chunk in bytes.
const SMALLEST: u64 = 1 << 20;
const LARGEST: u64 = 64 << 20;
/// The length of rows is learnt from chunks this far back, which are always through by then. The chunks of a file
/// are therefore the same however many threads read it.
const LAG: usize = 16;
/// Bytes looked at for a border at a time.
const LOOK: usize = 64 * 1024;

/// The most chunks that may be on their way at once.
pub(super) const MOST_AHEAD: usize = LAG;

/// Cuts what follows a place into chunks.
#[derive(Debug)]
pub(super) struct Plan {
    next: u64,
    /// The size of all chunks, where it is given (for tests).
    size: Option<u64>,
    /// Bytes and rows up to the end of each chunk that is through.
    through: Vec<(u64, u64)>,
    planned: usize,
}

impl Plan {
    /// What follows `from`, before which stand so many rows.
    pub fn new(from: u64, rows: u64, size: Option<u64>) -> Self {
        Self { next: from, size, through: vec![(from, rows)], planned: 0 }
    }

    /// The next chunk: the records that begin in this range.
    pub fn chunk(&mut self) -> Range<u64> {
        let known = self.through.get(self.planned.saturating_sub(LAG)).or(self.through.first());
        let (bytes, rows) = known.copied().unwrap_or_default();
        let mean = bytes.checked_div(rows).unwrap_or(0);
        let size = self.size.unwrap_or_else(|| mean.saturating_mul(ROWS).clamp(SMALLEST, LARGEST)).max(1);
        let from = self.next;
        self.next = from.saturating_add(size);
        self.planned += 1;
        from..self.next
    }

    /// The next chunk in order is through: so many bytes and rows stand before its end.
    pub fn done(&mut self, bytes: u64, rows: u64) {
        self.through.push((bytes, rows));
    }
}

/// Where the first record of a chunk seems to begin. `border` finds what looks like a record's beginning in some
/// bytes, behind a line break. A line break inside quotation marks misleads it; whoever knows better has to look.
///
/// # Errors
/// Those of reading.
pub(super) fn guess(
    bytes: &Bytes,
    chunk: &Range<u64>,
    border: &dyn Fn(&[u8]) -> Option<usize>,
) -> io::Result<u64> {
    // The line break may be the byte right before the chunk.
    let mut at = chunk.start.saturating_sub(1);
    let mut block = vec![0; LOOK];
    while at < chunk.end {
        bytes.wait(at, None);
        let count = bytes.read_at(&mut block, at)?;
        if count == 0 {
            break;
        }
        if let Some(found) = border(block.get(..count).unwrap_or_default()) {
            return Ok(at + found as u64);
        }
        at += count as u64;
    }
    Ok(chunk.end.max(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_follow_each_other_and_learn_how_long_rows_are() {
        let mut plan = Plan::new(100, 2, None);
        let mut end = 100;
        for _ in 0..LAG {
            let chunk = plan.chunk();
            assert_eq!((chunk.start, chunk.end - chunk.start), (end, 50 * ROWS));
            end = chunk.end;
            plan.done(end, end / 100);
        }
        plan.chunk();
        let chunk = plan.chunk();
        assert!((99 * ROWS..=100 * ROWS).contains(&(chunk.end - chunk.start)), "{chunk:?}");
        let empty = Plan::new(0, 0, None).chunk();
        assert_eq!(empty, 0..SMALLEST);
    }
}
