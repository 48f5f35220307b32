//! The lanes as plain text, as the browser shows them.

use std::io::{self, Write};

use super::super::drawing::wrapped;
use super::super::{Loss, Selection, WriteOptions};
use super::{Chart, plain};
use crate::layout::axis::Axis;
use crate::layout::lanes::{INKS, INKS_ASCII, Ink, Lane};
use crate::layout::ticks::ticks;
use crate::text::width::{cut, pad, width};

/// The share of the width that names may take, in percent, and how wide they are at the most.
const NAMES: (usize, usize) = (30, 32);

/// Writes the lanes in as many columns as the options say; all rows of them.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let chart = Chart::of(selection, options)?;
    let columns = options.width.clamp(20, 1_000);
    for text in [&chart.title, &chart.described] {
        wrapped(text, columns, out)?;
    }
    let names = (columns * NAMES.0 / 100).min(NAMES.1);
    let axis = chart.axis(u16::try_from(columns - names).unwrap_or(u16::MAX));
    let mark = if options.ascii { "~" } else { "…" };
    let mut counted = 0;
    if chart.plan.is_none() {
        writeln!(out, "\nnothing is dated: there are no lanes")?;
    } else {
        writeln!(out, "\n{}", dates(&axis, names, columns))?;
        for lane in &chart.lanes {
            let laid = chart.laid(lane, &axis, 0);
            counted += laid.counts.iter().map(|(_, count)| count).sum::<u64>();
            let indent = if lane.nested { "  " } else { "" };
            let total = format!(" {} ", lane.total);
            let room = names.saturating_sub(width(&total) + indent.len());
            let name = format!("{indent}{}{total}", pad(&chart.name(lane), room, mark));
            for (row, line) in rows(&laid, &axis, options.ascii).into_iter().enumerate() {
                let name = if row == 0 { cut(&name, names, mark) } else { String::new() };
                writeln!(out, "{}", format!("{}{line}", pad(&name, names, mark)).trim_end())?;
            }
        }
    }
    writeln!(out)?;
    wrapped(&legend(options.ascii), columns, out)?;
    if chart.undated > 0 {
        let undated = super::wording::counted(chart.undated as u64, "undated event", "undated events");
        wrapped(&plain(&format!("{undated} in the numbers only")), columns, out)?;
    }
    Ok(chart.losses(counted))
}

/// The dates above the lanes.
fn dates(axis: &Axis, names: usize, columns: usize) -> String {
    let mut line = String::new();
    for tick in ticks(axis) {
        let place = names + usize::from(tick.cell);
        if place >= width(&line) && place + width(&tick.label) <= columns {
            line = pad(&line, place, "") + &tick.label;
        }
    }
    line.trim_end().to_owned()
}

/// The rows of a lane.
fn rows(lane: &Lane, axis: &Axis, ascii: bool) -> Vec<String> {
    let cells = usize::from(axis.width());
    let inks = if ascii { INKS_ASCII } else { INKS };
    let mut rows = vec![vec![' '; cells]; lane.rows];
    let mut put = |row: usize, cell: u16, sign: char| {
        if let Some(target) = rows.get_mut(row).and_then(|row| row.get_mut(usize::from(cell))) {
            *target = sign;
        }
    };
    for mark in &lane.marks {
        for (offset, ink) in (0..).zip(&mark.inks) {
            let sign = inks.get(Ink::place(*ink)).and_then(|sign| sign.chars().next()).unwrap_or(' ');
            put(mark.row, mark.cell.saturating_add(offset), sign);
        }
    }
    for (at, (cell, count)) in lane.counts.iter().enumerate() {
        let next = lane.counts.get(at + 1).map_or(axis.width(), |(next, _)| *next);
        let text = count.to_string();
        let fits = text.len() == 1 || text.len() < usize::from(next.saturating_sub(*cell));
        let text = if fits { text } else { "+".to_owned() };
        for (offset, digit) in (0..).zip(text.chars()) {
            put(lane.rows.saturating_sub(1), cell.saturating_add(offset), digit);
        }
    }
    for gap in axis.gaps() {
        (0..lane.rows).for_each(|row| put(row, gap, if ascii { '/' } else { '⋯' }));
    }
    rows.into_iter().map(String::from_iter).collect()
}

/// What the signs mean.
fn legend(ascii: bool) -> String {
    let [point, soft, more, most, full, back, on, unknown] = if ascii { INKS_ASCII } else { INKS };
    let gap = if ascii { "/" } else { "⋯" };
    format!(
        "{point} a moment; {soft} at some time in there; {soft}{more}{most} the likelier the darker; {full} goes on; \
         {on} until now or later; {back} since nobody says when; {unknown} until nobody says when; {gap} empty time \
         left out; a number or +: so many more begin there"
    )
}
