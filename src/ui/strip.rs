//! The overview strip: density, then where the view, the cursor, the selection and the hits lie, then dates.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

use super::style::Styles;
use super::write;
use crate::app::App;
use crate::app::rows;
use crate::layout::screen::Area;
use crate::layout::ticks::ticks;
use crate::store::Key;
use crate::when::Instant;

/// Draws the strip in the rows there are: density first, then marks, then dates.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    if area.is_empty() {
        return;
    }
    density(area, buffer, app, styles);
    marks(area, buffer, app, styles);
    dates(area, buffer, app, styles);
}

fn put(area: Area, row: u16, cell: u16, symbol: &str, style: Style, buffer: &mut Buffer) {
    if row < area.height
        && cell < area.width
        && let Some(target) = buffer.cell_mut((area.x.saturating_add(cell), area.y.saturating_add(row)))
    {
        target.reset();
        target.set_symbol(symbol).set_style(style);
    }
}

/// A bar for each cell. Heights follow the square root of the count, so that a crowded day does not hide the rest.
fn density(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    let most = app.strip.density.iter().map(|count| count.total()).max().unwrap_or(0);
    let bars = styles.glyphs.bars;
    for (cell, count) in app.strip.density.iter().enumerate() {
        let Ok(cell) = u16::try_from(cell) else { break };
        if count.total() == 0 {
            continue;
        }
        let height = (count.total() as f64 / most as f64).sqrt() * bars.len() as f64;
        let level = (height.ceil() as usize).clamp(1, bars.len());
        let style = if count.certain == 0 { styles.dim() } else { Style::new() };
        put(area, 0, cell, bars.get(level - 1).copied().unwrap_or(" "), style, buffer);
    }
    for pair in app.strip.axis.pieces.windows(2) {
        if let [_, next] = pair {
            put(area, 0, next.cell.saturating_sub(1), styles.glyphs.gap, styles.dim(), buffer);
        }
    }
}

/// What is in view, selected, found, and under the cursor; the later ones lie over the earlier ones.
fn marks(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    let axis = &app.strip.axis;
    let glyphs = styles.glyphs;
    let mut span = |first: Instant, last: Instant, symbol: &str, style: Style| {
        if let (Some(first), Some(last)) = (axis.cell(first), axis.cell(last)) {
            for cell in first.min(last)..=last.max(first) {
                put(area, 1, cell, symbol, style, buffer);
            }
        }
    };
    let height = usize::from(app.list_parts().1.height);
    let shown = app.rows.lines.iter().skip(app.rows.top).take(height);
    let starts: Vec<Instant> = shown
        .filter_map(|line| if let rows::Line::Event(row) = line { app.rows.rows.get(*row) } else { None })
        .filter(|row| !row.key.undated)
        .map(|row| row.key.start)
        .collect();
    if let (Some(first), Some(last)) = (starts.iter().min(), starts.iter().max()) {
        span(*first, *last, glyphs.viewport, styles.dim());
    }
    let keys = app.selected_keys();
    for (first, last) in keys.ranges.iter().filter(|(first, _)| !first.undated) {
        span(first.start, dated(*last), glyphs.selected, styles.bold());
    }
    for key in keys.added.iter().filter(|key| !key.undated) {
        span(key.start, key.start, glyphs.selected, styles.bold());
    }
    if let Some((first, last)) = app.dragged() {
        span(first, last, glyphs.selected, styles.bold());
    }
    for (cell, count) in app.strip.hits.iter().enumerate() {
        if let (true, Ok(cell)) = (*count > 0, u16::try_from(cell)) {
            put(area, 1, cell, glyphs.hit, styles.bold(), buffer);
        }
    }
    if let Some(row) = app.lit().filter(|row| !row.key.undated)
        && let Some(cell) = axis.cell(row.key.start)
    {
        put(area, 1, cell, glyphs.cursor, styles.bold(), buffer);
    }
}

/// Where a range ends on the axis: at everything, if it goes on to the undated events.
fn dated(key: Key) -> Instant {
    if key.undated { Instant::FUTURE } else { key.start }
}

fn dates(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    for tick in ticks(&app.strip.axis) {
        if tick.cell < area.width {
            let part = Area {
                x: area.x.saturating_add(tick.cell),
                width: area.width.saturating_sub(tick.cell),
                ..area
            };
            write(part, 2, Line::styled(tick.label, styles.dim()), buffer);
        }
    }
}
