//! The terminal's cursor, and the bytes that lead it.

use std::io::Write as _;
use std::rc::Rc;

use super::Strokes;
use super::grid::{Glyph, Grid, Spot};
use super::pen::Look;
use super::shift::Shift;

/// Bytes in the making, and what they have made of the cursor.
#[derive(Debug)]
pub(super) struct Brush {
    bytes: Vec<u8>,
    columns: usize,
    /// Column and row. A column behind the last one is the last one with a line break pending.
    at: Option<(usize, usize)>,
    look: Look,
    /// Where hyperlinks lead, by their numbers from 1.
    links: Rc<Vec<String>>,
}

impl Brush {
    /// For a screen, with plain colours and the cursor anywhere.
    pub fn new(screen: &Grid) -> Self {
        Self { links: screen.links(), ..Self::wide(screen.columns()) }
    }

    fn wide(columns: usize) -> Self {
        Self { bytes: Vec::new(), columns, at: None, look: Look::PLAIN, links: Rc::default() }
    }

    /// With the cursor in a cell from which it is only to be moved.
    pub fn at(at: Option<(usize, usize)>) -> Self {
        Self { at, ..Self::wide(usize::MAX) }
    }

    /// The bytes, with plain colours at the end.
    pub fn done(mut self) -> Strokes {
        self.take(Look::PLAIN);
        Strokes { bytes: self.bytes, at: self.at.filter(|(column, _)| *column < self.columns) }
    }

    /// The column, where the cursor is in this row and no line break is pending.
    pub fn column_in(&self, row: usize) -> Option<usize> {
        self.at.filter(|at| at.1 == row && at.0 < self.columns).map(|at| at.0)
    }

    fn add(&mut self, bytes: impl AsRef<[u8]>) {
        self.bytes.extend_from_slice(bytes.as_ref());
    }

    /// Takes up a look.
    fn take(&mut self, look: Look) {
        if look.link != self.look.link {
            self.begin_link(look.link);
        }
        let change = self.look.change_to(look);
        self.add(change);
        self.look = look;
    }

    /// Begins a hyperlink, or ends the one before ("Hyperlinks in Terminal Emulators", OSC 8). The number keeps the parts
    /// of one that goes over several lines together.
    fn begin_link(&mut self, number: u16) {
        let address = number.checked_sub(1).and_then(|at| self.links.get(usize::from(at))).cloned();
        match address {
            Some(address) => self.add(format!("\x1b]8;id={number};{address}\x1b\\")),
            None => self.add(b"\x1b]8;;\x1b\\"),
        }
    }

    /// Whether a cell would come out right without a change of the look.
    pub fn suits(&self, spot: &Spot) -> bool {
        let look = if spot.is_empty() { self.look.of_blank() } else { self.look };
        look == spot.look
    }

    /// Draws a sign that takes so many cells.
    pub fn put(&mut self, spot: &Spot, columns: usize) {
        if !self.suits(spot) {
            self.take(spot.look);
        }
        match &spot.glyph {
            Glyph::Char(char) => {
                let mut utf8 = [0; 4];
                self.add(char.encode_utf8(&mut utf8));
                self.at = self.at.map(|(column, row)| (column + columns, row));
            }
            Glyph::Cluster(text) => {
                self.add(text.as_bytes());
                self.at = None;
            }
            Glyph::Covered => {}
        }
    }

    /// Empties the rest of the row, the cursor's cell with it.
    pub fn erase_rest(&mut self) {
        self.take(Look::PLAIN);
        self.add(b"\x1b[K");
    }

    /// Empties so many cells from the cursor's on; it stays where it is.
    pub fn erase(&mut self, count: usize) {
        self.take(Look::PLAIN);
        let _ = write!(self.bytes, "\x1b[{count}X");
    }

    /// Moves rows. What appears is blank because no colour is set.
    pub fn shift(&mut self, shift: &Shift) {
        let Shift { top, bottom, by, up, .. } = *shift;
        let (first, last) = (top + 1, bottom);
        let letter = if up { 'M' } else { 'L' };
        let by = if by == 1 { String::new() } else { by.to_string() };
        // Ending the margins puts the cursor into the first cell.
        let _ = write!(self.bytes, "\x1b[{first};{last}r\x1b[{first}H\x1b[{by}{letter}\x1b[r");
        self.at = Some((0, 0));
    }

    /// Moves the cursor to a column and row in the shortest of the ways that every terminal knows.
    pub fn go(&mut self, to: (usize, usize)) {
        if self.at != Some(to) {
            let way = self.way(to);
            self.add(way);
            self.at = Some(to);
        }
    }

    /// How to go there.
    pub fn way(&self, to: (usize, usize)) -> Vec<u8> {
        let (column, row) = (to.0 + 1, to.1 + 1);
        let place = match to {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{row}H"),
            _ => format!("\x1b[{row};{column}H"),
        };
        let step = |count: usize, letter: char| match count {
            1 => format!("\x1b[{letter}"),
            _ => format!("\x1b[{count}{letter}"),
        };
        let from_here = match self.at {
            // With a line break pending, steps to the side are not the same everywhere.
            Some(from) if from.0 >= self.columns => None,
            Some(from) if to.1 == from.1 && to.0 > from.0 => Some(step(to.0 - from.0, 'C')),
            Some(from) if to.1 == from.1 => Some(step(from.0 - to.0, 'D')),
            Some(from) if to.0 == from.0 && to.1 > from.1 => Some(step(to.1 - from.1, 'B')),
            Some(from) if to.0 == from.0 => Some(step(from.1 - to.1, 'A')),
            _ => None,
        };
        from_here.filter(|way| way.len() <= place.len()).unwrap_or(place).into_bytes()
    }
}
