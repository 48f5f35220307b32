//! Drawing the browser's state; nothing here changes it.
//!
//! ```text
//! ┌ title ──────────────────────────────────────────────────────┐
//! │ ▁   ▂      ⋯  ▁ ▃ █   strip: density, cursor, viewport, years │
//! │ filter party:iran-aligned          12 certain + 3 of 36     │
//! │ sidebar    │ timeline                 │ event               │
//! │ [x] Iraq 9 │ 2024                     │ title               │
//! │ [ ] Iran 5 │   January                │ When   27 January   │
//! │            │ 27 Jan 2024 ● Iraq and…  │ “…the quote…”       │
//! └ status: hints, message or what is typed          7 of 36 ───┘
//! ```

mod columns;
mod counts;
mod dialogs;
mod event;
mod filter;
mod lanes;
pub mod linear;
mod map;
mod matrix;
mod progress;
mod prompt;
mod sidebar;
mod source;
mod spans;
mod status;
mod strip;
pub mod style;
mod timeline;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::app::{App, Focus, Overlay, View};
use crate::layout::screen::Area;
use crate::term::paint::Hyperlink;
use style::Styles;

/// Draws the whole screen.
pub fn render(frame: &mut Frame<'_>, app: &App, styles: &Styles) {
    let areas = app.areas();
    let buffer = frame.buffer_mut();
    status::title(areas.title, buffer, app, styles);
    strip::render(areas.strip, buffer, app, styles);
    filter::render(areas.filter, buffer, app, styles);
    let mut cursor = None;
    cursor = sidebar::render(areas.sidebar, buffer, app, styles)
        .filter(|_| app.focus == Focus::Sidebar)
        .or(cursor);
    let middle = match app.view {
        View::Timeline => timeline::render(areas.list, buffer, app, styles),
        View::Lanes => lanes::render(areas.list, buffer, app, styles),
        View::Source => source::render(areas.list, buffer, app, styles),
        View::Matrix => matrix::render(areas.list, buffer, app, styles),
        View::Map => map::render(areas.list, buffer, app, styles),
    };
    cursor = middle.filter(|_| app.focus == Focus::List).or(cursor);
    cursor = event::render(areas.event, buffer, app, styles).filter(|_| app.focus == Focus::Event).or(cursor);
    rules(buffer, app, styles);
    status::render(areas.status, buffer, app, styles);
    cursor = match &app.overlay {
        None => cursor,
        Some(Overlay::Prompt(prompt)) => prompt::render(&areas, buffer, prompt, styles),
        Some(Overlay::Menu(menu)) => dialogs::menu(&areas, buffer, menu, styles),
        Some(Overlay::Columns(menu)) => dialogs::columns(&areas, buffer, app, menu, styles),
        Some(Overlay::Noted(menu)) => dialogs::noted(&areas, buffer, menu, styles),
        Some(Overlay::Export(export)) => dialogs::export(&areas, buffer, app, export, styles),
        Some(Overlay::Confirm(confirm)) => dialogs::confirm(&areas, buffer, confirm, styles),
        Some(Overlay::Decision(decision)) => dialogs::decision(&areas, buffer, decision, styles),
        Some(Overlay::Help(top, mode)) => dialogs::help(&areas, buffer, app, (*top, *mode), styles),
    };
    styles.ground(buffer);
    if let Some(position) = cursor
        && areas.whole.width > position.x
        && areas.whole.height > position.y
    {
        frame.set_cursor_position(position);
    }
}

/// Where the screen has addresses of the web, as far as nothing lies over them.
pub fn hyperlinks(app: &App) -> Vec<Hyperlink> {
    if app.overlay.is_some() { Vec::new() } else { event::hyperlinks(app.areas().event, app) }
}

/// The lines between the panes.
fn rules(buffer: &mut Buffer, app: &App, styles: &Styles) {
    let areas = app.areas();
    for right in [areas.list, areas.event] {
        if right.x == 0 || right.is_empty() || areas.event_below {
            continue;
        }
        for y in right.y..right.y.saturating_add(right.height) {
            put(buffer, right.x.saturating_sub(1), y, styles.glyphs.rule, styles);
        }
    }
    if areas.event_below && areas.event.y > 0 {
        for x in areas.event.x..areas.event.x.saturating_add(areas.event.width) {
            put(buffer, x, areas.event.y.saturating_sub(1), styles.glyphs.horizontal, styles);
        }
    }
}

fn put(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, styles: &Styles) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(styles.dim());
    }
}

/// An area as ratatui's.
fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

/// One row of an area; `None` below its end.
fn row(area: Area, index: usize) -> Option<Rect> {
    let index = u16::try_from(index).ok().filter(|index| *index < area.height)?;
    Some(Rect { x: area.x, y: area.y.saturating_add(index), width: area.width, height: 1 })
}

/// Writes a line into a row of an area.
fn write(area: Area, index: usize, line: Line<'_>, buffer: &mut Buffer) {
    if let Some(row) = row(area, index) {
        line.render(row, buffer);
    }
}

/// Clears an area for a box, draws its border and heading; gives what is inside.
fn boxed(area: Area, heading: &str, buffer: &mut Buffer, styles: &Styles) -> Area {
    Clear.render(rect(area), buffer);
    let block = ratatui::widgets::Block::bordered()
        .title(format!(" {heading} "))
        .border_set(styles.glyphs.border)
        .border_style(styles.dim())
        .title_style(styles.bold());
    let inner = block.inner(rect(area));
    block.render(rect(area), buffer);
    Area { x: inner.x, y: inner.y, width: inner.width, height: inner.height }
}

/// Where the terminal's cursor stands in a row.
fn at(area: Area, index: usize, column: usize) -> Option<Position> {
    let row = row(area, index)?;
    let column = u16::try_from(column).unwrap_or(u16::MAX).min(row.width.saturating_sub(1));
    Some(Position { x: row.x.saturating_add(column), y: row.y })
}
