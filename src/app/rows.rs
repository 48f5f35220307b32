//! The rows around the cursor, and the lines they make under year and month headings.

use std::collections::BTreeSet;

use crate::chronology::{Heading, Headings};
use crate::store::{Key, Keys, Row};
use crate::when::{Instant, words};

/// How many rows are held on either side of the cursor.
pub const REACH: usize = 300;
/// How near the cursor comes to the end of what is held before more is asked for.
const MARGIN: usize = 100;
/// From this many seconds on an empty stretch gets a line of its own (about half a year).
const LONG_GAP: i64 = 183 * 86_400;

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A year or a month begins, or the undated events.
    Heading(Heading),
    /// Nothing begins for this long.
    Gap(String),
    /// The row at this place.
    Event(usize),
}

/// The rows that are held.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// In the question's order.
    pub rows: Vec<Row>,
    /// The row that is lit: the cursor's, or the nearest to it.
    pub lit: Option<usize>,
    /// Whether nothing comes before them.
    pub at_start: bool,
    /// Whether nothing follows them.
    pub at_end: bool,
    /// The lines they make.
    pub lines: Vec<Line>,
    /// The first line on screen.
    pub top: usize,
    /// Whether all of an answer has come.
    pub loaded: bool,
    /// Why there are none, where they could not be read.
    pub failed: Option<String>,
    /// Which row was lit before all were forgotten, and on which line of the screen it stood.
    before: Option<(Key, usize)>,
}

impl Rows {
    /// Takes a window: rows before a key and from it on, all there are or, where it is not `done`, those known so
    /// far. The row on the key, or the nearest, is lit, on the same screen line as the lit row before where that is
    /// possible.
    pub fn take(&mut self, before: Vec<Row>, after: Vec<Row>, done: bool, height: usize) {
        let offset = self.lit_offset();
        self.before = None;
        self.at_start = done && before.len() < REACH;
        self.at_end = done && after.len() < REACH;
        let split = before.len();
        self.rows = before;
        self.rows.extend(after);
        self.lit = if self.rows.is_empty() { None } else { Some(split.min(self.rows.len() - 1)) };
        self.lines = lines(&self.rows);
        self.loaded = done;
        self.failed = None;
        if let (Some(offset), Some(line)) = (offset, self.lit_line()) {
            self.top = line.saturating_sub(offset);
        }
        self.scroll_to_lit(height);
    }

    /// On which line of the screen the lit row stands, or stood before all were forgotten.
    fn lit_offset(&self) -> Option<usize> {
        let offset = self.lit_line().map(|line| line.saturating_sub(self.top));
        offset.or(self.before.map(|(_, offset)| offset))
    }

    /// Forgets all rows, but not which one was lit (it has this key by now) and where on the screen.
    pub fn forget(&mut self, lit: Option<Key>) {
        let before = lit.zip(self.lit_offset()).or(self.before);
        *self = Self { before, ..Self::default() };
    }

    /// Which row was lit before all were forgotten.
    pub fn lit_before(&self) -> Option<Key> {
        self.before.map(|(key, _)| key)
    }

    /// Where in the order they lie: from the first to the last, or to an end of the order that they reach.
    pub fn keys(&self, reverse: bool) -> Keys {
        let held = |row: Option<&Row>, reaches: bool, first: bool| {
            row.filter(|_| !reaches).map_or(Key::end(first, reverse), |row| row.key)
        };
        let first = held(self.rows.first(), self.at_start, true);
        Keys::between(first, held(self.rows.last(), self.at_end, false), reverse)
    }

    /// The row that is lit.
    pub fn lit_row(&self) -> Option<&Row> {
        self.rows.get(self.lit?)
    }

    /// The line of the lit row.
    pub fn lit_line(&self) -> Option<usize> {
        let lit = self.lit?;
        self.line_of(lit)
    }

    /// The line of a row.
    fn line_of(&self, row: usize) -> Option<usize> {
        self.lines.iter().position(|line| *line == Line::Event(row))
    }

    /// Scrolls as little as it takes to see the lit row, with its headings where they fit.
    pub fn scroll_to_lit(&mut self, height: usize) {
        let Some(line) = self.lit_line() else {
            self.top = 0;
            return;
        };
        let mut first = line;
        while first > 0 && !matches!(self.lines.get(first - 1), Some(Line::Event(_)) | None) {
            first -= 1;
        }
        let wanted = if line - first < height { first } else { line };
        let last_top = self.lines.len().saturating_sub(height);
        self.top = self.top.min(wanted).max((line + 1).saturating_sub(height)).min(last_top);
    }

    /// Whether more rows should be asked for around the lit one.
    pub fn runs_short(&self) -> bool {
        let Some(lit) = self.lit else { return false };
        (!self.at_start && lit < MARGIN) || (!self.at_end && lit + MARGIN >= self.rows.len())
    }

    /// The row with a key.
    pub fn find(&self, key: Key) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    /// The row that stands `lines` further on (or back), as near as there is one.
    pub fn row_at_distance(&self, lines: isize) -> Option<usize> {
        let target = self.lit_line()?.saturating_add_signed(lines).min(self.lines.len().saturating_sub(1));
        let event = |line: &Line| if let Line::Event(row) = line { Some(*row) } else { None };
        if lines >= 0 {
            self.lines.get(..=target)?.iter().rev().find_map(event)
        } else {
            self.lines.get(target..)?.iter().find_map(event)
        }
    }

    /// The first row under the next heading, or under the one before.
    pub fn row_at_heading(&self, forward: bool) -> Option<usize> {
        let line = self.lit_line()?;
        let first_below = |from: usize| {
            self.lines
                .get(from..)?
                .iter()
                .find_map(|line| if let Line::Event(row) = line { Some(*row) } else { None })
        };
        if forward {
            let rest = self.lines.get(line + 1..)?;
            let heading = rest.iter().position(is_heading)?;
            return first_below(line + 1 + heading);
        }
        let above = self.lines.get(..line)?;
        let own = above.iter().rposition(is_heading)?;
        let first = first_below(own)?;
        if Some(first) != self.lit {
            return Some(first);
        }
        // On the first row of a group: the group before it, past the headings that stand together.
        let before = above.get(..own)?.iter().rposition(|line| matches!(line, Line::Event(_)))?;
        let heading = above.get(..before)?.iter().rposition(is_heading)?;
        first_below(heading)
    }

    /// The heading under which the first line on screen stands, where that line is none itself.
    pub fn heading_above_top(&self) -> Option<Heading> {
        let Some(Line::Event(_)) = self.lines.get(self.top) else { return None };
        let mut above = self.lines.get(..self.top)?.iter().rev();
        above.find_map(|line| if let Line::Heading(heading) = line { Some(*heading) } else { None })
    }
}

fn is_heading(line: &Line) -> bool {
    matches!(line, Line::Heading(_))
}

/// The lines of rows: headings where they begin, long gaps, and the rows.
fn lines(rows: &[Row]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(rows.len() * 2);
    let mut headings = Headings::default();
    let mut reached = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(gap) = gap_before(row, &reached) {
            lines.push(Line::Gap(gap));
        }
        reached.extend(begun(row));
        lines.extend(headings.before(&row.entry).map(Line::Heading));
        lines.push(Line::Event(index));
    }
    lines
}

/// From when on a row may have begun, and by when it has: where it has no beginning, by when it has ended.
fn begun(row: &Row) -> impl Iterator<Item = Instant> {
    let hull = row.entry.bounds.as_ref().map(|bounds| bounds.hull);
    let begun = hull.map(|hull| {
        let latest = [hull.s1, hull.e1].into_iter().find(|instant| instant.is_finite());
        [Some(hull.s0).filter(|instant| instant.is_finite()), latest]
    });
    begun.into_iter().flatten().flatten()
}

/// The words for the long time before a row in which nothing is known to begin. `reached`: when the rows above it
/// have begun; one that may have begun later than this row too (“between 2014 and 2024”) counts by its earliest.
fn gap_before(row: &Row, reached: &BTreeSet<Instant>) -> Option<String> {
    let start = row.entry.bounds.as_ref()?.hull.s0;
    let reached = *reached.range(..=start).next_back()?;
    if !start.is_finite() || start.secs.checked_sub(reached.secs)? < LONG_GAP {
        return None;
    }
    Some(words::elapsed(reached, start)).filter(|words| !words.is_empty())
}
