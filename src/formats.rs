//! File formats: one file a format, reader and writer together, and the registry of them.

pub mod csv;
pub mod drawing;
pub mod html;
pub mod ics;
pub mod json;
pub mod jsonl;
mod lanes;
mod matrix;
pub mod md;
pub mod table;
pub mod toml;
pub mod txt;
pub mod wording;

pub(crate) mod build;
mod collect;
mod fault;
mod known;
mod outline;
mod piece;
mod registry;
mod select;
pub(crate) mod shape;
pub(crate) mod splice;
#[cfg(test)]
mod testing;
pub(crate) mod tree;

use std::io;
use std::path::PathBuf;

use crate::chronology::{Actor, Catalogue, Document, Entry, Event, Extra, Party, Place};
use crate::query::Dimension;
use crate::when::Certainty;

pub(crate) use build::quoted;
pub use collect::{Collector, Positions};
pub use outline::{MOST_SOURCES, Outline};
pub use piece::{Piece, RowFn};
pub use registry::{FORMATS, Format, ReadFn, VIEWS, ViewFormats, WriteFn, by_ending, by_name, detect};

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look.
    Warning,
    /// Wrong.
    Error,
}

/// Something wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Column in Unicode scalar values, from 1; 0 where the whole line is meant.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// Where in a file something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
    /// Byte offset in the file.
    pub offset: u64,
}

/// What a reader fills. Documents, parties, actors and places come before the events that name them.
pub trait Sink {
    /// Title, summary and keys not known, of the whole chronology.
    fn head(&mut self, title: String, summary: String, extra: Extra);
    /// A document.
    fn document(&mut self, document: Document, at: Position);
    /// A party.
    fn party(&mut self, party: Party, at: Position);
    /// An actor.
    fn actor(&mut self, actor: Actor, at: Position);
    /// A place.
    fn place(&mut self, place: Place, at: Position);
    /// An event.
    fn event(&mut self, event: Event, at: Position);
    /// Something wrong; reading goes on.
    fn fault(&mut self, fault: Fault);
}

/// Matching events to be written, in their order; can be gone through more than once.
pub trait Events {
    /// Calls `each` with every event and how far the filter is true of it.
    ///
    /// # Errors
    /// The first error of `each`, or the store's.
    fn for_each(&self, each: &mut dyn FnMut(&Entry, Certainty) -> io::Result<()>) -> io::Result<()>;

    /// Has every event written by `row`, perhaps by several threads, and hands what they make to `sink` in the events'
    /// order.
    ///
    /// # Errors
    /// The first error of `row` and `sink`, or the store's.
    fn in_pieces(&self, row: &RowFn<'_>, sink: &mut dyn FnMut(&Piece) -> io::Result<()>) -> io::Result<()> {
        let mut piece = Piece::default();
        self.for_each(&mut |entry, certainty| {
            piece.clear();
            row(entry, certainty, &mut piece)?;
            sink(&piece)
        })
    }

    /// Goes through them for what a writer has to know before it begins.
    ///
    /// # Errors
    /// The store's.
    fn outline(&self, catalogue: &Catalogue) -> io::Result<Outline> {
        let mut outline = Outline::default();
        self.for_each(&mut |entry, _| {
            outline.add(catalogue, entry.layer, &entry.event);
            Ok(())
        })?;
        Ok(outline)
    }

    /// How many there are, certainly and only possibly.
    ///
    /// # Errors
    /// The store's.
    fn count(&self) -> io::Result<(u64, u64)> {
        let (mut certain, mut possible) = (0, 0);
        self.for_each(&mut |_, certainty| {
            match certainty {
                Certainty::Certain => certain += 1,
                Certainty::Possible => possible += 1,
                Certainty::Not => {}
            }
            Ok(())
        })?;
        Ok((certain, possible))
    }

    /// A writer says how often it is going to go through them, before it begins; once where it says nothing.
    fn passes(&self, times: u32) {
        let _ = times;
    }
}

/// What is written: a chronology's head, its names, and the events.
pub struct Selection<'a> {
    /// Title of the whole.
    pub title: &'a str,
    /// Summary of the whole.
    pub summary: &'a str,
    /// What the selection is, in words ("party: Iran-aligned groups"); `None`: everything.
    pub described: Option<&'a str>,
    /// Whether events were left out by a filter or selection.
    pub filtered: bool,
    /// The names.
    pub catalogue: &'a Catalogue,
    /// The events.
    pub events: &'a dyn Events,
}

/// Something a format could not carry, counted: "3 fuzzy dates became year precision".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How many.
    pub count: u64,
    /// What happened to them, worded for any count ("fuzzy dates became all-day spans").
    pub what: String,
}

/// How a format is to be written. Each format takes what it knows of; none of it changes which events are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOptions {
    /// Columns that a listing is wrapped to.
    pub width: usize,
    /// What the lanes or rows of a view are by; `None`: actors under their parties, or parties where there are some.
    pub by: Option<Dimension>,
    /// Only ASCII marks (names and quotes stay as they are).
    pub ascii: bool,
    /// CSV: cells that a spreadsheet may run as formulas are written as they are.
    pub raw: bool,
    /// CSV: begins with a byte order mark, which some spreadsheets need to read UTF-8.
    pub bom: bool,
    /// The folder of the file that is written, which paths of documents become relative to; `None`: standard
    /// output, paths stay as read.
    pub folder: Option<PathBuf>,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { width: 80, by: None, ascii: false, raw: false, bom: false, folder: None }
    }
}

#[cfg(test)]
pub(crate) mod tests;
