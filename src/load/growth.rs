//! What is added to a file that was read: its whole rows, in segments that grow with it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::filling::Taken;
use super::parse::Table;
use super::tables::{Loader, OneTable};
use super::workers::read_all;
use crate::formats::table::FlawKind;
use crate::store::columns::MOST_ROWS;

/// From so many bytes on several threads read what was added.
const LARGE: u64 = 2 << 20;

impl OneTable {
    /// Whether the last row that was read may go on: no line break ends it, or one that is quoted does.
    fn is_open(&self) -> bool {
        let mut last = [b'\n'];
        let before = self.position.checked_sub(1);
        let read = before.map(|before| self.source.bytes.read_at(&mut last, before));
        let quoted = self.taken.last().is_some_and(|taken| taken.flaws.count(FlawKind::Quote) > 0);
        quoted || matches!(read, Some(Ok(1))) && !matches!(last, [b'\n' | b'\r'])
    }

    /// The number of the first of the last parts that are better one: each of them has no more rows than those behind
    /// it together. So a row is read again as often as the rows can be doubled, and few parts are left.
    fn small(&self) -> Option<usize> {
        let (mut rows, mut first) = (0, self.taken.len());
        for (number, Taken { rows: more, .. }) in self.taken.iter().enumerate().rev() {
            let is_last = number + 1 == self.taken.len();
            if rows + more > u64::from(MOST_ROWS) || !is_last && *more > rows {
                break;
            }
            (rows, first) = (rows + more, number);
        }
        (self.taken.len() - first > 1).then_some(first)
    }
}

impl Loader {
    /// Reads what was added to a file: its whole rows. The last one that was read before is read again where it may
    /// have gone on.
    ///
    /// # Errors
    /// Those of reading, or when it was stopped.
    pub fn grow(&mut self, index: usize, size: u64) -> io::Result<()> {
        let Some(table) = self.tables.get_mut(index) else { return Ok(()) };
        table.source.bytes.grow_to(size);
        let before = table.position;
        self.filling.begin_again();
        if table.is_open() {
            let last = table.taken.len().saturating_sub(1);
            self.withdraw(index, last);
        }
        self.read_on(index, size, before)?;
        if let Some(first) = self.tables.get(index).and_then(OneTable::small) {
            self.withdraw(index, first);
            self.read_on(index, size, u64::MAX)?;
        }
        let Some(table) = self.tables.get_mut(index) else { return Ok(()) };
        if let Some(rows) = &table.rows {
            rows.read_to(table.position)?;
        }
        if table.position != before {
            table.sum_up();
            self.show_problem();
        }
        Ok(())
    }

    /// Leaves out the parts of a table from one on, which are to be read again.
    fn withdraw(&mut self, index: usize, first: usize) {
        let Some(table) = self.tables.get_mut(index) else { return };
        let gone = table.taken.split_off(first.min(table.taken.len()));
        if let Some(Taken { begin, .. }) = gone.first() {
            table.position = *begin;
            self.filling.withdraw(table.layer, *begin);
        }
    }

    /// Reads the whole rows between where the table was read to and a place. They are shown meanwhile, but not before
    /// those up to `shown` are read again: no row may vanish for a time.
    fn read_on(&mut self, index: usize, to: u64, shown: u64) -> io::Result<()> {
        let Some(table) = self.tables.get_mut(index) else { return Ok(()) };
        let (layout, rows) = (Arc::clone(&table.layout), table.rows_read());
        let parser = Table::new(&layout, table.layer).open();
        let (bytes, begin, filling) = (&table.source.bytes, table.position, &mut self.filling);
        let read = if to.saturating_sub(begin) < self.pieces.unwrap_or(LARGE) {
            let read = parser.read_now(bytes, begin..to, Duration::ZERO, &mut |part| filling.take(part));
            read.map(|(next, _)| next)
        } else {
            read_all(&parser, bytes, (begin, rows), self.pieces, &mut |part| {
                let end = part.end;
                filling.take(part);
                if end >= shown && filling.is_due() {
                    filling.show(Some((end - begin, Some(to - begin))));
                }
            })
        };
        table.note(&mut self.filling.taken);
        table.position = read?;
        Ok(())
    }
}
