//! What a terminal shows, cell by cell.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use super::pen::Look;

/// A screen. Two that look the same to a reader are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    columns: usize,
    spots: Vec<Spot>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub glyph: Glyph,
    pub look: Look,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// A character; the cells that it takes beside this one are covered.
    Char(char),
    /// Several that make one sign. Terminals do not agree how many cells such a sign takes.
    Cluster(Box<str>),
    /// The sign to the left reaches over this cell.
    Covered,
}

impl Spot {
    /// A cell with nothing in it.
    pub const BLANK: Self = Self { glyph: Glyph::Char(' '), look: Look::PLAIN };

    /// A sign as it is to be drawn, and how many cells it takes. Whatever a terminal would obey, or take no cell
    /// for, is a blank.
    fn of(cell: &Cell, colours: bool) -> (Self, usize) {
        let look = Look::of(cell, colours);
        let symbol = cell.symbol();
        let mut chars = symbol.chars();
        let (glyph, columns) = match (chars.next(), chars.next()) {
            (Some(' '..='~'), None) => (None, 1),
            _ if symbol.chars().any(char::is_control) => (Some(Glyph::Char(' ')), 1),
            (Some(_), rest) => match (usize::from(cell.cell_width()), rest) {
                (0, _) => (Some(Glyph::Char(' ')), 1),
                (columns, None) => (None, columns),
                (columns, Some(_)) => (Some(Glyph::Cluster(symbol.into())), columns),
            },
            (None, _) => (Some(Glyph::Char(' ')), 1),
        };
        let first = symbol.chars().next().unwrap_or(' ');
        let spot = Self { glyph: glyph.unwrap_or(Glyph::Char(first)), look };
        (if spot.is_empty() { Self { look: look.of_blank(), ..spot } } else { spot }, columns)
    }

    /// Whether no ink is in the cell; it may yet be coloured or underlined.
    pub fn is_empty(&self) -> bool {
        self.glyph == Glyph::Char(' ')
    }
}

impl Grid {
    /// An empty screen.
    pub fn blank(columns: usize, rows: usize) -> Self {
        Self { columns, spots: vec![Spot::BLANK; columns * rows] }
    }

    /// The screen that shows a buffer, in its colours or without any.
    pub fn of(buffer: &Buffer, colours: bool) -> Self {
        let columns = usize::from(buffer.area.width);
        let mut spots = Vec::with_capacity(buffer.content.len());
        for row in buffer.content.chunks(columns.max(1)) {
            let mut column = 0;
            while let Some(cell) = row.get(column) {
                let (spot, wide) = Spot::of(cell, colours);
                if column + wide > row.len() {
                    // A sign that would be broken at the edge is left out.
                    let blank = Spot { glyph: Glyph::Char(' '), look: spot.look.of_blank() };
                    spots.extend(std::iter::repeat_n(blank, row.len() - column));
                    break;
                }
                let covered = Spot { glyph: Glyph::Covered, look: spot.look };
                spots.push(spot);
                spots.extend(std::iter::repeat_n(covered, wide - 1));
                column += wide;
            }
        }
        Self { columns, spots }
    }

    /// An empty screen of the same size.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { columns: self.columns, spots: vec![Spot::BLANK; self.spots.len()] }
    }

    /// How many cells a row has.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Whether two have the same size.
    pub fn fits(&self, other: &Self) -> bool {
        self.columns == other.columns && self.spots.len() == other.spots.len()
    }

    /// The rows from the top.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Spot]> {
        self.spots.chunks(self.columns.max(1))
    }
}
