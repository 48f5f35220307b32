//! Drawing the cells that differ.

use super::Strokes;
use super::brush::Brush;
use super::grid::{Glyph, Grid, Spot};

/// From so many blanks on it pays to end the look, erase them and step over them.
const ERASED: usize = 12;
/// The same where nothing follows in the row.
const ERASED_AT_END: usize = 4;

/// Draws what differs from the rows `before`.
pub(super) fn drawn(mut brush: Brush, before: &[&[Spot]], after: &Grid) -> Strokes {
    for (index, (before, after)) in before.iter().zip(after.rows()).enumerate() {
        if *before != after {
            row(&mut brush, index, before, after);
        }
    }
    brush.done()
}

fn row(brush: &mut Brush, index: usize, before: &[Spot], after: &[Spot]) {
    let differs = |column: &usize| before.get(*column) != after.get(*column);
    let Some(last) = (0..after.len()).rev().find(differs) else { return };
    let end = after.iter().rposition(|spot| *spot != Spot::BLANK).map_or(0, |last| last + 1);
    let mut column = 0;
    while let Some(next) = (column..=last).find(differs) {
        let rest = after.get(next..).unwrap_or_default();
        go(brush, index, next, after);
        let blanks = rest.iter().take_while(|spot| **spot == Spot::BLANK).count().min(last + 1 - next);
        if next >= end && blanks >= ERASED_AT_END {
            brush.erase_rest();
            return;
        }
        if blanks >= ERASED {
            brush.erase(blanks);
            column = next + blanks;
            continue;
        }
        let Some((spot, covered)) = rest.split_first() else { return };
        let columns = 1 + covered.iter().take_while(|spot| spot.glyph == Glyph::Covered).count();
        brush.put(spot, columns);
        column = next + columns;
    }
}

/// Goes to a column, drawing what lies between again where that is shorter than a move.
fn go(brush: &mut Brush, row: usize, column: usize, after: &[Spot]) {
    if let Some(between) = brush.column_in(row).and_then(|from| after.get(from..column)) {
        if between.is_empty() {
            return;
        }
        let same = |spot: &&Spot| brush.suits(spot) && matches!(spot.glyph, Glyph::Char(' '..='~'));
        if between.iter().filter(same).count() == between.len()
            && between.len() <= brush.way((column, row)).len()
        {
            for spot in between {
                brush.put(spot, 1);
            }
            return;
        }
    }
    brush.go((column, row));
}
