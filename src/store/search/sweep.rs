//! Looking through the raw bytes of a segment, block by block.

use std::ops::Range;

use super::finder::Found as Hint;
use super::literals::Literals;
use super::places::Places;
use super::{Found, Search, Source};
use crate::store::columns::Bits;
use crate::store::rows::Notation;
use crate::store::{Ctl, StoreError};

/// A search through the raw bytes of a segment.
pub(super) struct Sweep<'s> {
    search: &'s Search,
    source: Source<'s>,
    notation: Notation,
    /// The rows that are neither known to be hits nor known to be none.
    open: Bits,
    /// The rows that have to be read whole.
    doubtful: Vec<u32>,
    found: &'s mut Found,
    /// Made when first asked for: most blocks have nothing that a row is needed for.
    places: Option<Places<'s>>,
}

impl<'s> Sweep<'s> {
    pub(super) fn new(
        search: &'s Search,
        source: Source<'s>,
        notation: Notation,
        open: Bits,
        found: &'s mut Found,
    ) -> Self {
        Self { search, source, notation, open, doubtful: Vec::new(), found, places: None }
    }

    /// Looks through everything from the first open row on. What was found is kept even after an error.
    pub(super) fn run(mut self, ctl: &Ctl) -> Result<(), StoreError> {
        let (segment, rows, _) = self.source;
        let start = self.open.iter().map(|row| segment.offset(row)).min();
        let bytes = start.unwrap_or(segment.bytes().end)..segment.bytes().end;
        let mut done = bytes.start;
        let swept = rows.blocks(bytes, ctl, &mut |at, block| {
            ctl.check()?;
            self.block(at, block);
            done = at + block.len() as u64;
            Ok(())
        });
        if swept.is_err() {
            self.keep_until(done);
            return swept;
        }
        for row in &self.doubtful {
            self.open.remove(*row);
        }
        self.found.looked.or(&self.open);
        self.search.read(self.source, &self.doubtful, self.found, ctl)
    }

    /// Keeps what is known of the rows that end before a byte.
    fn keep_until(&mut self, done: u64) {
        let places = self.places();
        // The last one may go on behind it.
        let ended = places.before(done).saturating_sub(1);
        for row in (0..ended).filter_map(|place| places.row(place)) {
            if self.open.contains(row) && !self.doubtful.contains(&row) {
                self.found.looked.insert(row);
            }
        }
    }

    fn places(&mut self) -> Places<'s> {
        let segment = self.source.0;
        *self.places.get_or_insert_with(|| Places::new(segment))
    }

    fn block(&mut self, at: u64, block: &[u8]) {
        let search = self.search;
        let finder = search.lens.as_ref().and_then(|lens| Some((lens, lens.finder(block, self.notation)?)));
        let literals = || search.literals.as_ref().filter(|_| Literals::fit(block, self.notation));
        if let Some((lens, finder)) = finder {
            let next = |from| finder.find(lens.needle(), block, from);
            self.look(next, lens.needle().has_space(), at, block);
        } else if let Some(literals) = literals() {
            let next = |from| literals.find(block, from).map(|at| Hint { at, sure: None });
            self.look(next, true, at, block);
        } else {
            self.ask_all(at, block);
        }
    }

    /// Asks the rows where `next` says that something may be. `across`: it may reach beyond the end of a line.
    fn look(&mut self, next: impl Fn(usize) -> Option<Hint>, across: bool, at: u64, block: &[u8]) {
        let (mut from, mut last) = (0, 0);
        while let Some(seen) = next(from) {
            let places = self.places();
            from = seen.at + 1;
            let Some(place) = places.after(last, at + seen.at as u64) else { continue };
            last = place;
            self.ask(places, place, at, block, seen.sure);
            // Whatever else there is in the row, it was asked.
            from = from.max(places.bytes(place).end.saturating_sub(at) as usize);
        }
        // A text that goes on in the next block may have it across the border.
        let line_ends = matches!(block.last(), Some(b'\n' | b'\r'));
        if !line_ends || across {
            let places = self.places();
            let end = at + block.len() as u64;
            if let Some(place) = places.of(end.saturating_sub(1))
                && places.bytes(place).end > end
            {
                self.doubt(places.row(place));
            }
        }
    }

    /// Asks every row that begins in a block.
    fn ask_all(&mut self, at: u64, block: &[u8]) {
        let places = self.places();
        for place in places.before(at)..places.before(at + block.len() as u64) {
            self.ask(places, place, at, block, None);
        }
    }

    /// Asks whether the test is true of a text of a row. `sure`: bytes of the block that have what is searched for, if
    /// they are all in one text.
    fn ask(&mut self, places: Places<'_>, place: usize, at: u64, block: &[u8], sure: Option<Range<usize>>) {
        let Some(row) = places.row(place).filter(|row| self.open.contains(*row)) else { return };
        let bytes = places.bytes(place);
        let within = bytes.start.checked_sub(at).map(|start| start as usize..(bytes.end - at) as usize);
        let record = within.as_ref().and_then(|within| block.get(within.clone()));
        let (Some(record), Some(within)) = (record, within) else { return self.doubt(Some(row)) };
        let sure = sure.and_then(|sure| {
            Some(sure.start.checked_sub(within.start)?..sure.end.checked_sub(within.start)?)
        });
        let (rows, mut hit) = (self.source.1, false);
        if let Some(part) = self.search.test.part() {
            let test = &self.search.test;
            let told = rows.part(record, part, &mut |text| hit = hit || test.is_in_part(text));
            return if told { self.settle(row, hit) } else { self.doubt(Some(row)) };
        }
        if let Some(sure) = sure {
            rows.texts(record, &mut |range, _| hit |= range.start <= sure.start && sure.end <= range.end);
        }
        let told = hit || rows.texts(record, &mut |_, text| hit = hit || self.search.test.is_in(&text()));
        if told || hit { self.settle(row, hit) } else { self.doubt(Some(row)) }
    }

    /// What is known of a row.
    fn settle(&mut self, row: u32, hit: bool) {
        self.open.remove(row);
        self.found.looked.insert(row);
        if hit {
            self.found.hits.insert(row);
        }
    }

    /// Leaves a row to be read whole.
    fn doubt(&mut self, row: Option<u32>) {
        if let Some(row) = row.filter(|row| self.open.contains(*row)) {
            self.open.remove(row);
            self.doubtful.push(row);
        }
    }
}
