//! From one screen to the next in few bytes. Pure: two grids in, what to send out.
//!
//! Where rows have moved up or down between the two, the terminal is told to move them instead of having them
//! drawn again. It can do that for whole rows only, and a list seldom has the width of the screen, so what stands
//! beside the list has to be mended. Both ways are worked out, and the shorter is taken.
//!
//! Nothing is sent that only some terminals know: rows move by inserting and deleting lines between margins,
//! which the consoles of Linux and Windows, `screen` and `tmux` can too, unlike scrolling by `CSI S` and margins at
//! the left and right. A character that is repeated is written out.

mod brush;
mod grid;
mod pen;
mod rows;
mod shift;

pub use grid::{Grid, Hyperlink};

use brush::Brush;
use grid::Spot;
use rows::drawn;

/// What to send.
#[derive(Debug, Default)]
pub struct Strokes {
    /// The bytes. They count on plain colours and on no margins being set, and leave both so.
    pub bytes: Vec<u8>,
    /// The column and row in which they leave the cursor, from 0; `None` where that is not certain.
    pub at: Option<(usize, usize)>,
}

/// What makes of the screen `before` the screen `after`, which has to have the same size; nothing where they are
/// equal.
pub fn changes(before: &Grid, after: &Grid) -> Strokes {
    let rows: Vec<&[Spot]> = before.rows().collect();
    let redrawn = drawn(Brush::new(after), &rows, after);
    let Some(shift) = shift::find(&rows, after).filter(|shift| shift.gain < redrawn.bytes.len()) else {
        return redrawn;
    };
    let mut brush = Brush::new(after);
    brush.shift(&shift);
    let blank = Grid::blank(after.columns(), 1);
    let blank = blank.rows().next().unwrap_or_default();
    let shifted = drawn(brush, &shift.applied(&rows, blank), after);
    if shifted.bytes.len() < redrawn.bytes.len() { shifted } else { redrawn }
}

/// The moves of the cursor from one cell to another, both as column and row; `None` for a cursor that may be
/// anywhere.
pub fn moved(from: Option<(usize, usize)>, to: (usize, usize)) -> Vec<u8> {
    let mut brush = Brush::at(from);
    brush.go(to);
    brush.done().bytes
}

#[cfg(test)]
mod tests;
