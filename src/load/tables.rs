//! The tables of a store, read one after the other.

use std::io;
use std::sync::Arc;

use memchr::memchr_iter;

use super::Outcome;
use super::filling::{Filling, Taken};
use super::parse::{PATIENCE, Parsed, Table};
use super::rows::TableRows;
use super::sidecar::{Cache, Index};
use super::workers::{Part, Why, read_all};
use crate::chronology::LayerIndex;
use crate::failure::Failure;
use crate::formats::table::{FlawKind, Flaws, Layout, Mapping, is_streamed};
use crate::formats::wording::counted;
use crate::sources::{Bytes, Given, LOOK, Source};

/// Lines are counted up to here; of what lies beyond, the byte is said.
const FARTHEST_LINE: u64 = 256 << 20;

/// Whether a SOURCE is a table, which is read record by record.
pub fn is_table(given: &Given) -> bool {
    is_streamed(given.format, &given.start)
}

/// Finds out how a table is written.
///
/// # Errors
/// When a column that is named is not there, or there is nothing in it.
pub(super) fn layout(given: &Given, mappings: &[Mapping]) -> Result<Layout, Failure> {
    let Given { source, start, .. } = given;
    let name = source.name();
    Layout::detect(start, name.as_deref(), mappings).map_err(|fault| {
        let failure = Failure::usage(&fault.message).at(&source.origin);
        match fault.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })
}

/// A table that is to be read, or is.
pub(super) struct OneTable {
    pub source: Source,
    pub layer: LayerIndex,
    pub layout: Arc<Layout>,
    pub rows: Option<Arc<TableRows>>,
    /// Where the next record begins.
    pub position: u64,
    ended: bool,
    /// What was taken in of it, part by part.
    pub taken: Vec<Taken>,
    /// What is wrong with its records, and that in a line.
    flaws: Flaws,
    remark: Option<String>,
    /// Why a part of it is missing.
    missing: Option<String>,
    /// Why it is no longer what was read.
    pub lost: Option<String>,
}

impl OneTable {
    /// Finds out how a table is written.
    ///
    /// # Errors
    /// When a column that is named is not there, or there is nothing in it.
    pub fn new(given: Given, layer: usize, mappings: &[Mapping]) -> Result<Self, Failure> {
        let layout = layout(&given, mappings)?;
        let source = given.source;
        let position = layout.first();
        let (layer, layout) = (LayerIndex(layer as u32), Arc::new(layout));
        Ok(Self {
            source,
            layer,
            layout,
            rows: None,
            position,
            ended: false,
            taken: Vec::new(),
            flaws: Flaws::default(),
            remark: None,
            missing: None,
            lost: None,
        })
    }

    /// How many rows were read of it.
    pub fn rows_read(&self) -> u64 {
        self.taken.iter().map(|taken| taken.rows).sum()
    }

    /// Notes what was taken in of it.
    pub fn note(&mut self, taken: &mut Vec<Taken>) {
        self.position = taken.last().map_or(self.position, |last| last.end);
        self.taken.append(taken);
    }

    /// Sums up what is wrong with its records by now.
    pub fn sum_up(&mut self) {
        let mut flaws = Flaws::default();
        self.taken.iter().for_each(|taken| flaws.join(&taken.flaws));
        if flaws != self.flaws {
            self.remark = remark(&self.source, &flaws);
            self.flaws = flaws;
        }
    }

    /// How far it was read, in bytes of the file, and how many there are. Where it stands packed, these are its
    /// packed bytes.
    fn bytes_read(&self, position: u64) -> (u64, Option<u64>) {
        let growth = self.source.bytes.growth();
        let share = u128::from(growth.taken) * u128::from(position.min(growth.available));
        let read = share.checked_div(u128::from(growth.available)).unwrap_or(0);
        (u64::try_from(read).unwrap_or(growth.taken), growth.of)
    }
}

/// Reads tables into a store.
pub(super) struct Loader {
    pub tables: Vec<OneTable>,
    pub filling: Filling,
    outcome: Outcome,
    cache: Option<Cache>,
    /// How many bytes are read as one piece, where that is given.
    pub pieces: Option<u64>,
    /// The indexes of tables that were read.
    indexes: Vec<Index>,
}

impl Loader {
    /// Nothing was read yet. `cache`: where indexes are kept; `pieces`: how many bytes are read as one piece.
    pub fn new(
        tables: Vec<OneTable>,
        filling: Filling,
        (cache, pieces): (Option<Cache>, Option<u64>),
    ) -> Self {
        Self { tables, filling, outcome: Outcome::default(), cache, pieces, indexes: Vec::new() }
    }

    /// What came of it so far.
    pub fn outcome(&self) -> Outcome {
        self.outcome.clone()
    }

    /// Shows what is known, and of the first table as much as fills a screen. Gives whether there is more to read.
    ///
    /// # Errors
    /// Those of reading.
    pub fn begin(&mut self) -> io::Result<bool> {
        for table in &mut self.tables {
            let available = table.source.bytes.growth().available;
            let (bytes, layout) = (table.source.bytes.clone(), Arc::clone(&table.layout));
            let rows = Arc::new(TableRows::new(bytes, layout, available)?);
            self.filling.set_rows(table.layer, Arc::clone(&rows) as _);
            table.rows = Some(rows);
        }
        if let Some(table) = self.tables.first_mut() {
            let parser = Table::new(&table.layout, table.layer);
            let look = self.pieces.map_or(LOOK as u64, |size| size.min(LOOK as u64));
            let range = table.position..table.position.max(look);
            let filling = &mut self.filling;
            let (next, why) = parser.read_now(&table.source.bytes, range, PATIENCE, &mut |part| {
                filling.take(part);
            })?;
            table.note(&mut filling.taken);
            table.position = next;
            table.ended = why == Why::End;
            if table.ended {
                self.conclude(0);
            }
        }
        let more = self.tables.iter().any(|table| !table.ended);
        let progress = more.then(|| self.progress());
        self.filling.show(progress);
        Ok(more)
    }

    /// Reads what is left. Gives itself back unless nobody wants it any more.
    pub fn run(mut self, done: &mut dyn FnMut(Outcome)) -> Option<Self> {
        for index in 0..self.tables.len() {
            if self.tables.get(index).is_some_and(|table| !table.ended) {
                let read = self.read(index);
                if self.tables.iter().any(|table| table.source.bytes.is_stopped()) && read.is_err() {
                    return None;
                }
                if let Err(error) = read {
                    self.miss(index, format!("it cannot be read on: {error}"));
                }
                self.conclude(index);
            }
        }
        self.filling.show(None);
        std::mem::take(&mut self.indexes).into_iter().for_each(Index::finish);
        done(self.outcome.clone());
        Some(self)
    }

    /// Reads a table to its end.
    fn read(&mut self, index: usize) -> io::Result<()> {
        let others = self.others(index);
        let Some(table) = self.tables.get(index) else { return Ok(()) };
        let bytes = &table.source.bytes;
        let parser = Table::new(&table.layout, table.layer);
        let filling = &mut self.filling;
        let cache = self.cache.as_ref();
        let mut kept = cache.and_then(|cache| Index::of(cache, &table.source, &table.layout, table.position));
        let mut take = |part: Part<Parsed>, kept: &mut Option<Index>| {
            if let Some(kept) = kept {
                kept.add(&part);
            }
            let (end, early) = (part.end, part.early);
            filling.take(part);
            if early || filling.is_due() {
                let (read, of) = table.bytes_read(end);
                let total = of.zip(others.1).map(|(of, others)| of + others);
                filling.show(Some((others.0 + read, total)));
            }
        };
        let (mut position, mut rows) = (table.position, table.rows_read());
        while let Some(part) = kept.as_mut().and_then(|kept| kept.next(table.layer)) {
            if bytes.is_stopped() {
                return Err(io::Error::other("stopped"));
            }
            (position, rows) = (part.end, rows + part.rows);
            take(part, &mut kept);
        }
        let end = read_all(&parser, bytes, (position, rows), self.pieces, &mut |part| take(part, &mut kept))?;
        self.indexes.extend(kept);
        if let Some(table) = self.tables.get_mut(index) {
            table.note(&mut self.filling.taken);
            (table.position, table.ended) = (end, true);
        }
        Ok(())
    }

    /// The bytes of the tables but one: how many were read, of how many.
    fn others(&self, but: usize) -> (u64, Option<u64>) {
        let others = self.tables.iter().enumerate().filter(|(index, _)| *index != but);
        others.fold((0, Some(0)), |(read, total), (_, table)| {
            let (more, of) = table.bytes_read(if table.ended { u64::MAX } else { 0 });
            (read + more, total.zip(of).map(|(total, of)| total + of))
        })
    }

    fn progress(&self) -> (u64, Option<u64>) {
        let (read, total) = self.others(0);
        let (first, of) = self.tables.first().map_or((0, Some(0)), |table| table.bytes_read(table.position));
        (read + first, total.zip(of).map(|(total, of)| total + of))
    }

    /// Says what was wrong with a table that was read to its end.
    fn conclude(&mut self, index: usize) {
        let Some(table) = self.tables.get_mut(index) else { return };
        // Of one that could not be read to its end.
        table.note(&mut self.filling.taken);
        let growth = table.source.bytes.growth();
        let shorter = !table.source.bytes.is_spooled() && table.position < growth.available;
        let problem =
            growth.problem.or_else(|| shorter.then(|| "it became shorter while it was read".to_owned()));
        if let Some(problem) = problem {
            self.miss(index, problem);
        }
        let Some(table) = self.tables.get_mut(index) else { return };
        table.sum_up();
        self.outcome.remarks.extend(table.remark.clone());
        self.filling.problem = self.problem();
    }

    /// A part of a table is missing.
    fn miss(&mut self, index: usize, why: String) {
        let Some(table) = self.tables.get_mut(index) else { return };
        table.missing = Some(why.clone());
        self.outcome.missing.get_or_insert((why, table.source.origin.clone()));
    }

    /// The worst that is wrong now, in a line.
    fn problem(&self) -> Option<String> {
        let said = |table: &OneTable, why: &Option<String>| {
            why.as_ref().map(|why| format!("{}: {why}", table.source.origin))
        };
        let lost = self.tables.iter().find_map(|table| said(table, &table.lost));
        let missing = || self.tables.iter().find_map(|table| said(table, &table.missing));
        let flawed = || self.tables.iter().find_map(|table| table.remark.clone());
        lost.or_else(missing).or_else(flawed)
    }

    /// Shows what is wrong now.
    pub fn show_problem(&mut self) {
        self.filling.problem = self.problem();
        self.filling.show(None);
    }
}

/// What is wrong with the records of a table, in a line; `None`: nothing.
fn remark(source: &Source, flaws: &Flaws) -> Option<String> {
    let counts: Vec<String> = FlawKind::ALL
        .into_iter()
        .filter(|kind| flaws.count(*kind) > 0)
        .map(|kind| {
            let (one, many) = kind.words();
            counted(flaws.count(kind), one, many)
        })
        .collect();
    let first = flaws.kept().iter().min_by_key(|flaw| flaw.offset)?;
    let place = match line(&source.bytes, first.offset) {
        Some(line) => format!("line {line}"),
        None => format!("byte {}", first.offset),
    };
    let (origin, counts) = (&source.origin, counts.join(", "));
    Some(format!("{origin}: {counts} ({place}: {}); `annals check {origin}` lists them", first.message))
}

/// The line that a byte stands on, from 1; `None` where that is too far to count.
fn line(bytes: &Bytes, offset: u64) -> Option<u64> {
    if offset > FARTHEST_LINE {
        return None;
    }
    let mut lines = 1;
    let mut block = vec![0; LOOK];
    let mut at = 0;
    while at < offset {
        let wanted = (offset - at).min(LOOK as u64) as usize;
        let count = bytes.read_at(block.get_mut(..wanted)?, at).ok().filter(|count| *count > 0)?;
        lines += memchr_iter(b'\n', block.get(..count)?).count() as u64;
        at += count as u64;
    }
    Some(lines)
}
