//! Rows that have moved up or down.

use super::grid::{Glyph, Grid, Spot};

/// How many cells are compared at most; on a larger screen only shorter moves are found.
const COMPARED: usize = 4_000_000;

/// The sign of an empty cell.
const BLANK: u8 = 0;
/// So many cells are counted in a byte.
const COUNTED: usize = 128;

/// A block of rows that moves: what leaves it is lost, what comes in is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first row of the block.
    pub top: usize,
    /// The row below the last one.
    pub bottom: usize,
    /// By how many rows.
    pub by: usize,
    /// Whether up.
    pub up: bool,
    /// How many cells more are as they should be, by a guess.
    pub gain: usize,
}

impl Shift {
    /// The rows after it.
    pub fn applied<'a>(&self, rows: &[&'a [Spot]], blank: &'a [Spot]) -> Vec<&'a [Spot]> {
        let source = |row: usize| if self.up { row.checked_add(self.by) } else { row.checked_sub(self.by) };
        let block = self.top..self.bottom;
        let moved = |row: usize| {
            let source =
                if block.contains(&row) { source(row).filter(|row| block.contains(row)) } else { Some(row) };
            source.and_then(|row| rows.get(row)).copied().unwrap_or(blank)
        };
        (0..rows.len()).map(moved).collect()
    }
}

/// The shift after which most is as it should be. It goes by characters alone, without looks; whether it pays is
/// known once both ways are drawn.
pub(super) fn find(before: &[&[Spot]], after: &Grid) -> Option<Shift> {
    let after: Vec<&[Spot]> = after.rows().collect();
    let changed = |row: &usize| before.get(*row) != after.get(*row);
    let first = (0..after.len()).find(changed)?;
    let last = (first..after.len()).rev().find(changed)?;
    let before = signs(before.get(first..=last)?);
    let after = signs(after.get(first..=last)?);
    let same: Vec<usize> = before.iter().zip(&after).map(|(before, after)| equal(before, after)).collect();
    let cells = after.iter().map(Vec::len).sum::<usize>().max(1);
    let farthest = (COMPARED / cells / 2).min(after.len().saturating_sub(1));
    let shifts = (1..=farthest).flat_map(|by| [(by, true), (by, false)]);
    let best = shifts
        .filter_map(|(by, up)| best_block(&before, &after, &same, by, up))
        .max_by_key(|shift| shift.gain)?;
    Some(Shift { top: first + best.top, bottom: first + best.bottom, ..best })
}

/// The block that gains most by a shift: the run of rows with the greatest sum.
fn best_block(before: &[Vec<u8>], after: &[Vec<u8>], same: &[usize], by: usize, up: bool) -> Option<Shift> {
    let (sources, targets) = if up { (by, 0) } else { (0, by) };
    let rows = before.iter().skip(sources).zip(after.iter().skip(targets)).zip(same.iter().skip(targets));
    let mut best: Option<Shift> = None;
    let (mut start, mut sum) = (0, 0_isize);
    for (row, ((before, after), same)) in rows.enumerate() {
        if sum <= 0 {
            (start, sum) = (row, 0);
        }
        sum += equal(before, after) as isize - *same as isize;
        let gain = usize::try_from(sum).unwrap_or(0);
        if gain > best.map_or(0, |best| best.gain) {
            // Going up, a block holds the sources below its targets; going down, above them.
            best = Some(Shift { top: start, bottom: row + 1 + by, by, up, gain });
        }
    }
    best
}

/// How many cells hold the same character. Blanks do not count: many of them are erased at once.
fn equal(one: &[u8], other: &[u8]) -> usize {
    // Bytes are compared and counted many at a time.
    let parts = one.chunks(COUNTED).zip(other.chunks(COUNTED));
    let count = |(one, other): (&[u8], &[u8])| {
        let same = one.iter().zip(other).map(|(one, other)| u8::from(one == other) & u8::from(*one != BLANK));
        usize::from(same.fold(0_u8, u8::wrapping_add))
    };
    parts.map(count).sum()
}

/// The first character of every cell, as far as a byte can tell them apart.
fn signs(rows: &[&[Spot]]) -> Vec<Vec<u8>> {
    let sign = |spot: &Spot| match &spot.glyph {
        Glyph::Char(' ') | Glyph::Covered => BLANK,
        Glyph::Char(char) => byte_of(*char),
        Glyph::Cluster(text) => text.chars().next().map_or(BLANK, byte_of),
    };
    rows.iter().map(|row| row.iter().map(sign).collect()).collect()
}

/// A byte for a character, never that of a blank. Those of an alphabet lie near each other and differ.
fn byte_of(char: char) -> u8 {
    (u32::from(char) % 251) as u8 + 1
}
