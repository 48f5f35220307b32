//! One record by its cells.

use std::borrow::Cow;

use super::Layout;
use super::cells::{Cell, Found, State, unquote};
use super::json::{self, Pieces};
use super::parts::{Lists, Parts};
use crate::chronology::facts::hash;

/// The text of one record with its cells.
#[derive(Debug)]
pub(super) struct Record<'b> {
    pub bytes: &'b [u8],
    pub text: Cow<'b, str>,
    pub cells: Vec<Cell>,
    /// The texts of cells that had to be made.
    made: String,
    /// What means something in a line of JSON.
    pieces: Pieces,
    /// Whether such a line is an object.
    object: bool,
    layout: &'b Layout,
}

/// The memory of a record, to be used for the next one.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub cells: Vec<Cell>,
    made: String,
    pieces: Pieces,
}

impl<'b> Record<'b> {
    /// The record in these bytes, which may end with what ends it.
    pub fn read(layout: &'b Layout, bytes: &'b [u8]) -> Self {
        Self::whole(layout, bytes, Memory::default())
    }

    /// The same, in memory that was used before.
    pub fn whole(layout: &'b Layout, bytes: &'b [u8], mut memory: Memory) -> Self {
        let bytes = match layout.split(bytes, true, &mut memory.cells) {
            Found::Whole { text, .. } => bytes.get(..text).unwrap_or_default(),
            Found::Open { .. } => bytes,
        };
        let mut record = Self::bare(layout, bytes, memory);
        if layout.lines {
            record.object = record.pieces.read(layout, &record.text, true).is_ok();
        } else {
            (0..record.cells.len()).for_each(|column| record.unquote(column));
        }
        record
    }

    /// The record in these bytes, whose cells are known. Those that the index needs have their text.
    pub fn of(layout: &'b Layout, bytes: &'b [u8], memory: Memory) -> Self {
        let mut record = Self::bare(layout, bytes, memory);
        if layout.lines {
            record.object = record.pieces.read(layout, &record.text, false).is_ok();
        }
        for (column, _) in &layout.wanted {
            record.unquote(*column);
        }
        record
    }

    /// The record in these bytes, whose cells are known and have no text yet.
    fn bare(layout: &'b Layout, bytes: &'b [u8], Memory { cells, mut made, pieces }: Memory) -> Self {
        made.clear();
        let text = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        let mut record = Self { bytes, text, cells, made, pieces, object: true, layout };
        if let (Cow::Owned(text), false) = (&record.text, layout.lines) {
            // The marks of a table are ASCII, and so are found where they were; what lies between grew.
            layout.split(text.as_bytes(), true, &mut record.cells);
        }
        record
    }

    /// The memory, for the next record.
    pub fn into_memory(self) -> Memory {
        Memory { cells: self.cells, made: self.made, pieces: self.pieces }
    }

    /// Whether its bytes are UTF-8.
    pub fn is_utf8(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Whether there is an event in it: only a line that is no JSON object has none.
    pub fn is_whole(&self) -> bool {
        self.object
    }

    /// Why there is no event in it.
    pub fn why_not(&self) -> String {
        json::members(&self.text, |_, _| {}).err().map_or_else(String::new, |error| {
            // The line is said beside it.
            let column = error.column();
            let error = error.to_string();
            let what = error.split(" at line ").next().unwrap_or_default();
            format!("the line is no JSON object: {what} (column {column})")
        })
    }

    /// Makes the text of a cell that has marks of quotation in it.
    fn unquote(&mut self, column: usize) {
        let Some(cell) = self.cells.get_mut(column).filter(|cell| cell.state == State::Quoted) else {
            return;
        };
        let start = self.made.len();
        unquote(self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default(), &mut self.made);
        *cell = Cell { start: start as u32, end: self.made.len() as u32, state: State::Made };
    }

    /// The text of a cell; empty where the record has none there.
    pub fn cell(&self, column: usize) -> &str {
        let Some(cell) = self.cells.get(column) else { return "" };
        let all = if cell.state == State::Made { self.made.as_str() } else { &self.text };
        all.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }

    /// What its cells mean, those that the index needs.
    pub fn parts<'r>(&'r self, lists: Lists<'r>) -> Parts<'r> {
        let mut parts = Parts::filling(lists);
        if self.layout.lines {
            self.pieces.fill(self.layout, &self.text, &mut parts);
            return parts;
        }
        for (column, role) in &self.layout.wanted {
            parts.add(self.layout, *role, self.cell(*column));
        }
        parts
    }

    /// The hash of its id or, where it has none, of its bytes.
    pub fn hash_of(&self, parts: &Parts<'_>) -> u32 {
        hash(if parts.id.is_empty() { self.bytes } else { parts.id.as_bytes() })
    }
}
