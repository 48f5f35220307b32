//! What a terminal shows, cell by cell.

use std::ops::Range;
use std::rc::Rc;

use ratatui::buffer::{Buffer, Cell, CellWidth};

use super::pen::Look;

/// A screen. Two that look the same to a reader are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    columns: usize,
    spots: Vec<Spot>,
    /// Where hyperlinks lead.
    links: Rc<Vec<String>>,
}

/// A part of a row that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    /// The row, from 0.
    pub row: u16,
    /// The first column, and the one behind the last.
    pub columns: Range<u16>,
    /// Where it leads; every byte is a visible character of ASCII.
    pub address: String,
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
        Self { columns, spots: vec![Spot::BLANK; columns * rows], links: Rc::default() }
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
        Self { columns, spots, links: Rc::default() }
    }

    /// The same screen with hyperlinks. `known` are the addresses by their numbers, those of earlier frames first, so
    /// that a link keeps its number; the new ones are added.
    #[must_use]
    pub fn linked(mut self, links: &[Hyperlink], known: &mut Rc<Vec<String>>) -> Self {
        for link in links.iter().filter(|link| link.address.bytes().all(|byte| byte.is_ascii_graphic())) {
            let at = known.iter().position(|other| *other == link.address).unwrap_or_else(|| {
                Rc::make_mut(known).push(link.address.clone());
                known.len() - 1
            });
            // With more than that the rest leads nowhere.
            let Ok(number) = u16::try_from(at + 1) else { continue };
            let row = usize::from(link.row) * self.columns;
            let [first, end] =
                [link.columns.start, link.columns.end].map(|at| usize::from(at).min(self.columns));
            for spot in self.spots.get_mut(row + first..row + end).unwrap_or_default() {
                if *spot != Spot::BLANK {
                    spot.look.link = number;
                }
            }
        }
        self.links = Rc::clone(known);
        self
    }

    /// Where hyperlinks lead, by their numbers from 1.
    pub(super) fn links(&self) -> Rc<Vec<String>> {
        Rc::clone(&self.links)
    }

    /// An empty screen of the same size.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { spots: vec![Spot::BLANK; self.spots.len()], ..self.clone() }
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
