//! The matrix as plain text, as the browser shows it.

use std::io::{self, Write};

use super::super::drawing::wrapped;
use super::super::{Loss, Selection, WriteOptions};
use super::{Chart, Row};
use crate::layout::matrix::{Column, NARROWEST, SHADES, SHADES_ASCII, columns, shade, short};
use crate::text::width::{cut, pad, width};

/// The share of the width that names may take, in percent, and how wide they are at the most.
const NAMES: (usize, usize) = (30, 32);
/// What a row's total takes.
const TOTALS: usize = 7;

/// Writes the matrix in as many columns as the options say.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let columns = options.width.clamp(20, 1_000);
    let names = (columns * NAMES.0 / 100).min(NAMES.1);
    let totals = if columns >= 48 { TOTALS } else { 0 };
    let room = u16::try_from(columns - names - totals).unwrap_or(u16::MAX);
    let chart = Chart::of(selection, options, usize::from(room / NARROWEST))?;
    for text in [&chart.title, &chart.described] {
        wrapped(text, columns, out)?;
    }
    writeln!(out)?;
    if chart.periods.is_empty() {
        writeln!(out, "nothing has a dated beginning: there are no periods")?;
        return Ok(chart.losses());
    }
    let sheet = Sheet::new(&chart, options.ascii, (names, totals), room);
    for line in sheet.dates() {
        writeln!(out, "{line}")?;
    }
    for row in &chart.rows {
        writeln!(out, "{}", sheet.row(row, true))?;
    }
    writeln!(out, "{}", sheet.row(&chart.totals, false))?;
    writeln!(out)?;
    wrapped(&chart.explained(), columns, out)?;
    Ok(chart.losses())
}

/// Where everything stands.
struct Sheet<'a> {
    chart: &'a Chart,
    columns: Vec<Column>,
    ascii: bool,
    names: usize,
    totals: usize,
    most: u64,
}

impl<'a> Sheet<'a> {
    fn new(chart: &'a Chart, ascii: bool, (names, totals): (usize, usize), room: u16) -> Self {
        let wanted: Vec<(u16, bool)> = chart
            .periods
            .iter()
            .enumerate()
            .map(|(at, period)| {
                let label = u16::try_from(width(&period.label().1)).unwrap_or(u16::MAX);
                (label.saturating_add(1), chart.has_gap_before(at))
            })
            .collect();
        let columns = columns(&wanted, 0, room);
        Self { chart, columns, ascii, names, totals, most: chart.most() }
    }

    fn cut_mark(&self) -> &'static str {
        if self.ascii { "~" } else { "…" }
    }

    /// What the columns are: two lines, what neighbours share above what each is.
    fn dates(&self) -> [String; 2] {
        let (mut above, mut below) = (String::new(), pad(&self.chart.corner(), self.names, self.cut_mark()));
        let mut before = String::new();
        for column in &self.columns {
            let Some(period) = self.chart.periods.get(column.period) else { continue };
            let (shared, own) = period.label();
            let start = self.names + usize::from(column.cell);
            let room = usize::from(column.width).saturating_sub(1);
            below = pad(&below, start, "") + &cut(&own, room, self.cut_mark());
            let free = width(&above) < start || above.is_empty();
            let end = self.names + self.columns.last().map_or(0, |last| usize::from(last.cell + last.width));
            if shared != before && free && start + width(&shared) <= end {
                above = pad(&above, start, "") + &shared;
            }
            before = shared;
        }
        [above, below.trim_end().to_owned()]
    }

    fn row(&self, row: &Row, shaded: bool) -> String {
        let mark = self.cut_mark();
        let mut line = pad(&self.chart.name(row), self.names.saturating_sub(1), mark);
        for column in &self.columns {
            let start = self.names + usize::from(column.cell);
            if column.gap {
                line = pad(&line, start.saturating_sub(2), "") + if self.ascii { "/" } else { "⋯" };
            }
            line = pad(&line, start, "") + &self.cell(row, column, shaded);
        }
        if self.totals > 0 {
            let end = self.columns.last().map_or(0, |last| usize::from(last.cell + last.width));
            let room = self.totals - 1;
            line = pad(&line, self.names + end, "") + &format!(" {:>room$}", short(row.total(), room));
        }
        line.trim_end().to_owned()
    }

    fn cell(&self, row: &Row, column: &Column, shaded: bool) -> String {
        let inks = if self.ascii { SHADES_ASCII } else { SHADES };
        let count = row.counts.get(column.period).copied().unwrap_or(0);
        let room = usize::from(column.width).saturating_sub(2);
        let text = if count == 0 { ".".to_owned() } else { short(count, room) };
        let level = if shaded { shade(count, self.most) } else { 0 };
        format!("{}{text:>room$}", inks.get(level).copied().unwrap_or(" "))
    }
}
