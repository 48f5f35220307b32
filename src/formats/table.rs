//! Tables as text: CSV, TSV and their like, and JSON Lines with one flat object a line. A [`Layout`] says how one is
//! written and what its columns mean; with it a record can be read from any place of the file, as the facts that are
//! indexed of it or as the whole event, which always say the same.

mod again;
mod cells;
mod dates;
mod dating;
mod detect;
mod event;
mod facts;
mod flaw;
mod gdelt;
mod json;
mod parts;
mod reader;
mod record;
mod rewrite;
mod role;
mod sample;
mod shape;
mod sink;
mod texts;

use cells::{Cell, Found, Marks, split};
use dates::Style;
use role::Role;
use shape::Shape;

use super::Format;

pub use again::Again;
pub use cells::LONGEST_RECORD;
pub(super) use detect::looks_like;
pub use detect::{Mapping, map_option};
pub use flaw::{Flaw, FlawKind, Flaws};
pub use reader::Reader;
pub use sink::read;
pub use texts::Texts;

/// How a table is written and what its columns mean. Made once, from the beginning of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether each line is a JSON object rather than a row of cells.
    lines: bool,
    marks: Marks,
    shape: Shape,
    /// The names of the columns: the header's, or made.
    header: Vec<String>,
    /// What each column means.
    roles: Vec<Role>,
    /// The columns that the index needs, with what they mean.
    wanted: Vec<(usize, Role)>,
    /// How dates, those that stand in for them, and ends are read.
    dates: Style,
    other_dates: Style,
    ends: Style,
    /// Whether a column has the zone of the others' clocks.
    zoned: bool,
    /// Where the first record begins.
    first: u64,
    /// What was decided on the way, for the reader.
    notes: Vec<String>,
}

/// Whether a file of a format is read record by record, given its beginning: a table is, and so are JSON Lines of
/// flat objects. Lines with more than that, as annals writes them, are read whole, since their names stand beside ids.
pub fn is_streamed(format: &Format, start: &[u8]) -> bool {
    if !format.table || format.name != "jsonl" {
        return format.table;
    }
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let text = String::from_utf8_lossy(start);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(20);
    !lines.any(json::is_model)
}

/// Whether lines are flat objects with keys that an event of ours does not have, so that they are read as a table.
pub(super) fn is_foreign(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let text = String::from_utf8_lossy(start);
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let known = |key: &str| {
        super::shape::EVENT.shape(key).is_some() || ["layer", "when", "earliest", "latest"].contains(&key)
    };
    let mut foreign = false;
    for line in lines() {
        // A line that is no object is left to the reader to complain of.
        let _ = json::members(line, |key, _| foreign |= !known(&key));
    }
    foreign && !lines().any(json::is_model)
}

impl Layout {
    /// The byte of the file at which the first record begins, after a byte order mark and the header.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Whether each line is a JSON object, in which texts stand with their escapes.
    pub fn is_json(&self) -> bool {
        self.lines
    }

    /// The quotation mark that is doubled inside quoted cells, if there is one.
    pub fn quote(&self) -> Option<u8> {
        self.marks.quoted.then_some(cells::QUOTE)
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> &[String] {
        &self.header
    }

    /// Reads records one after the other from `input`, the first byte of which stands at `at` in the file and
    /// begins a record.
    pub fn reader<R: std::io::Read>(&self, input: R, at: u64) -> Reader<'_, R> {
        Reader::new(self, input, at)
    }

    /// The bytes of the record that begins at the first of these, with those that end it; `None`: it goes on behind
    /// them. `last`: nothing stands behind them.
    pub fn length(&self, bytes: &[u8], last: bool) -> Option<usize> {
        self.length_with(bytes, last, &mut Vec::new())
    }

    fn length_with(&self, bytes: &[u8], last: bool, cells: &mut Vec<Cell>) -> Option<usize> {
        match self.split(bytes, last, cells) {
            Found::Whole { length, .. } => Some(length),
            Found::Open { .. } => last.then_some(bytes.len()),
        }
    }

    /// Where in a block from the middle of the file a record probably begins: behind a line feed after which rows
    /// have as many cells as the header. It may be wrong, inside a quoted cell that looks like rows.
    pub fn guess_start(&self, block: &[u8]) -> Option<usize> {
        /// Line feeds that are tried before the first one is taken.
        const TRIED: usize = 64;
        let ends = memchr::memchr_iter(b'\n', block).map(|at| at + 1);
        let fits = |start: usize| {
            let mut rest = block.get(start..).unwrap_or_default();
            let mut cells = Vec::new();
            for _ in 0..3 {
                match self.split(rest, false, &mut cells) {
                    Found::Open { quoted } => return !quoted || rest.is_empty(),
                    Found::Whole { text: 0, length } => rest = rest.get(length..).unwrap_or_default(),
                    Found::Whole { .. } if !self.lines && cells.len() != self.roles.len() => return false,
                    Found::Whole { length, .. } => rest = rest.get(length..).unwrap_or_default(),
                }
            }
            true
        };
        ends.clone().take(TRIED).find(|start| fits(*start)).or_else(|| ends.clone().next())
    }

    /// Finds the record that these bytes begin with, and its cells, if it has any.
    fn split(&self, bytes: &[u8], last: bool, found: &mut Vec<Cell>) -> Found {
        if self.lines { cells::line(bytes, last) } else { split(bytes, self.marks, last, found) }
    }

    /// A short text that is the same for the same reading of a file by the same version of this code.
    pub fn fingerprint(&self) -> String {
        /// Changes when the same layout makes other facts.
        const VERSION: u32 = 1;
        let digest = crate::chronology::ids::sha256(format!("{self:?}").as_bytes());
        format!("table {VERSION} {}", digest.get(..16).unwrap_or_default())
    }

    /// What was understood, one line each: which table it is, which column was read as what, how numbers and
    /// days were read.
    pub fn understood(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.shape.word().map(str::to_owned).into_iter().collect();
        let columns = self.header.iter().zip(&self.roles).filter_map(|(name, role)| {
            let word = role.word()?;
            Some(if shape::folded(name) == word { name.clone() } else { format!("{name} as {word}") })
        });
        let columns: Vec<String> = columns.collect();
        if !columns.is_empty() {
            lines.push(format!("columns read: {}", columns.join(", ")));
        }
        lines.extend(self.notes.iter().cloned());
        lines
    }
}

#[cfg(test)]
mod tests;
