//! The matrix: names on the left, periods from left to right, in each cell a shade and a number.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::counts::number;
use super::spans::lettered;
use super::style::Styles;
use super::{at, write};
use crate::app::{App, Focus};
use crate::formats::wording::grouped;
use crate::layout::matrix::{Column, shade, short};
use crate::layout::screen::Area;
use crate::query::Dimension;
use crate::store::{Grid, Slot};
use crate::text::safe::safe_line;
use crate::text::width::{cut, pad, width};
use crate::when::periods::Unit;

/// Draws the matrix; gives where the cursor stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let Some(held) = app.matrix.held.as_deref().filter(|held| !held.periods.is_empty()) else {
        write(area, 0, Line::styled(nothing(app), styles.dim()), buffer);
        return at(area, 0, 0);
    };
    let columns = app.matrix_columns();
    let parts = app.matrix_parts();
    label_periods(parts.dates, buffer, (app, held, &columns), styles);
    let sums = Drawn { app, held, columns: &columns, styles, most: 0 };
    let most = held.rows.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or(0);
    let drawn = Drawn { most, ..sums };
    let (lit_rows, lit_period) = app.lit_cells();
    let mut cursor = None;
    let shown = held.rows.iter().enumerate().skip(app.matrix.top).take(usize::from(parts.body.height));
    for (line, (row, (value, counts))) in shown.enumerate() {
        let has_keys = row == app.matrix.row;
        let style = if has_keys { styles.bold() } else { Style::new() };
        let side = app.info.catalogue.party_by_id(value).filter(|_| held.dimension == Dimension::Party);
        let style = side.map_or(style, |side| style.patch(styles.party(side)));
        let room = usize::from(parts.names.width).saturating_sub(1);
        let label = lettered(&app.row_label(held.dimension, value), side, app, styles);
        write(parts.names, line, Line::styled(pad(&label, room, styles.glyphs.cut), style), buffer);
        let lit = lit_period.filter(|_| lit_rows.contains(&row));
        drawn.row((parts.body, line), buffer, counts, (has_keys, lit));
        total((parts.totals, line), buffer, counts.iter().sum(), styles);
        if has_keys {
            let cell = columns.iter().find(|column| column.period == app.matrix.period);
            cursor = at(parts.body, line, usize::from(cell.map_or(0, |column| column.cell)));
        }
    }
    let sum_body = Area { x: parts.body.x, width: parts.body.width, ..parts.sums };
    let room = usize::from(parts.names.width).saturating_sub(1);
    let name = Area { width: parts.names.width, ..parts.sums };
    write(name, 0, Line::styled(pad("events", room, styles.glyphs.cut), styles.dim()), buffer);
    drawn.sums(sum_body, buffer);
    let totals = Area { x: parts.totals.x, width: parts.totals.width, ..parts.sums };
    total((totals, 0), buffer, held.totals.iter().sum(), styles);
    foot(parts.foot, buffer, (app, held), styles);
    cursor
}

/// Why there is no matrix.
fn nothing(app: &App) -> String {
    match &app.matrix.held {
        None if app.info.extent.is_none() && !app.info.loading => {
            "nothing is dated: there are no periods".to_owned()
        }
        None => "counting ...".to_owned(),
        Some(_) if app.strip.view.is_some() => {
            app.told("nothing begins in view: {zoom-all} shows all, {zoom-out} zooms out")
        }
        Some(_) => "no dated event fits this filter".to_owned(),
    }
}

/// The periods' names: below what each is, above what they share.
fn label_periods(
    area: Area,
    buffer: &mut Buffer,
    (app, held, columns): (&App, &Grid, &[Column]),
    styles: &Styles,
) {
    let two = area.height > 1;
    let mut free_from = 0;
    let mut before = String::new();
    for column in columns {
        let Some(period) = held.periods.get(column.period) else { continue };
        let (above, below) = period.label();
        let part = |extra: u16| Area {
            x: area.x.saturating_add(column.cell),
            width: area.width.saturating_sub(column.cell).min(extra),
            ..area
        };
        let style = if column.period == app.matrix.period { styles.bold() } else { styles.dim() };
        let room = usize::from(column.width).saturating_sub(1);
        let below = if two || column.width > 6 { below } else { short_label(&above, &below, room) };
        write(
            part(column.width),
            usize::from(two),
            Line::styled(cut(&below, room, styles.glyphs.cut), style),
            buffer,
        );
        if two && above != before && usize::from(column.cell) >= free_from {
            let room = usize::from(area.width.saturating_sub(column.cell));
            let text = cut(&above, room, styles.glyphs.cut);
            free_from = usize::from(column.cell) + width(&text) + 1;
            write(part(u16::MAX), 0, Line::styled(text, styles.dim()), buffer);
        }
        before = above;
    }
    let corner = app.matrix_parts();
    let corner = Area { x: corner.names.x, width: corner.names.width, ..corner.dates };
    let unit = held.periods.iter().map(|period| period.unit).max().map(Unit::name).unwrap_or_default();
    let text =
        pad(&format!("{}, by {unit}", held.dimension.field()), usize::from(corner.width), styles.glyphs.cut);
    write(corner, 0, Line::styled(text, styles.dim()), buffer);
}

/// Where there is one line: the last two digits of the year where the rest has no room.
fn short_label(above: &str, below: &str, room: usize) -> String {
    let year = above.get(above.len().saturating_sub(2)..).unwrap_or_default();
    let both = format!("{below}{year}");
    if width(&both) <= room { both } else { below.to_owned() }
}

struct Drawn<'a> {
    app: &'a App,
    held: &'a Grid,
    columns: &'a [Column],
    styles: &'a Styles,
    most: u64,
}

impl Drawn<'_> {
    /// The cells of a row.
    fn row(
        &self,
        (area, line): (Area, usize),
        buffer: &mut Buffer,
        counts: &[u64],
        (has_keys, lit): (bool, Option<usize>),
    ) {
        for column in self.columns {
            let count = counts.get(column.period).copied().unwrap_or(0);
            let on = has_keys && column.period == self.app.matrix.period;
            let style = match (on, self.app.focus == Focus::List && self.app.overlay.is_none()) {
                (true, true) => self.styles.lit(),
                (true, false) => self.styles.faintly_lit(),
                _ => Style::new(),
            };
            let room = usize::from(column.width).saturating_sub(2);
            let text = if count == 0 { ".".to_owned() } else { short(count, room) };
            let ink = self.styles.glyphs.shades.get(shade(count, self.most)).copied().unwrap_or_default();
            let number = if count == 0 { style.patch(self.styles.dim()) } else { style };
            // The cursor's event begins here.
            let mark = if lit == Some(column.period) { self.styles.glyphs.here } else { " " };
            let spans = vec![
                Span::styled(ink, style),
                Span::styled(format!("{text:>room$}"), number),
                Span::styled(mark, self.styles.bold()),
            ];
            write(part(area, column), line, Line::from(spans), buffer);
            self.gap(area, line, column, buffer);
        }
    }

    fn gap(&self, area: Area, line: usize, column: &Column, buffer: &mut Buffer) {
        if column.gap {
            let x = area.x.saturating_add(column.cell.saturating_sub(2));
            let gap = Area { x, width: 1, ..area };
            write(gap, line, Line::styled(self.styles.glyphs.gap, self.styles.dim()), buffer);
        }
    }

    /// What each period has in all.
    fn sums(&self, area: Area, buffer: &mut Buffer) {
        for column in self.columns {
            let count = self.held.totals.get(column.period).copied().unwrap_or(0);
            let room = usize::from(column.width).saturating_sub(1);
            let text = format!("{:>room$}", short(count, room));
            write(part(area, column), 0, Line::styled(text, self.styles.bold()), buffer);
            self.gap(area, 0, column, buffer);
        }
    }
}

/// Where a column is.
fn part(area: Area, column: &Column) -> Area {
    let width = column.width.min(area.width.saturating_sub(column.cell));
    Area { x: area.x.saturating_add(column.cell), width, ..area }
}

/// What a row has in all, at the right.
fn total((area, line): (Area, usize), buffer: &mut Buffer, count: u64, styles: &Styles) {
    let room = usize::from(area.width);
    if room > 3 {
        let text = format!("{:>room$}", short(count, room - 1));
        write(area, line, Line::styled(text, styles.bold()), buffer);
    }
}

/// What is said of the cell, and what is in no column.
fn foot(area: Area, buffer: &mut Buffer, (app, held): (&App, &Grid), styles: &Styles) {
    let more = app.info.loading || app.is_partial(Slot::Matrix);
    let parts = [
        (held.undated, "undated"),
        (held.unbounded, "without a beginning"),
        (held.outside, "begin outside of this"),
    ];
    let mut right: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", number(*count, more)))
        .collect();
    if held.more > 0 {
        right.push(format!("{} more rows", grouped(held.more as u64)));
    }
    let right = right.join(", ");
    let columns = usize::from(area.width);
    let whole = app.said_of_cell(true).filter(|said| width(said) <= columns);
    let left = whole.or_else(|| app.said_of_cell(false)).unwrap_or_default();
    let right = if width(&left) + width(&right) + 2 > columns { String::new() } else { right };
    let room = columns.saturating_sub(width(&right));
    let spans = vec![
        Span::styled(pad(&safe_line(&left), room, styles.glyphs.cut), styles.bold()),
        Span::styled(right, styles.dim()),
    ];
    write(area, 0, Line::from(spans), buffer);
}
