//! The title line and the status line.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::style::Styles;
use super::write;
use crate::app::help::hints;
use crate::app::{App, Overlay};
use crate::keymap::shown_key;
use crate::layout::screen::Area;
use crate::text::safe::safe_line;
use crate::text::width::{cut, pad, width};

/// Draws the chronology's title.
pub fn title(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    let columns = usize::from(area.width);
    let layers = app.info.catalogue.layers.len();
    let layers = if layers > 1 { format!("  {layers} layers") } else { String::new() };
    let order = if app.options.reverse { "  newest first" } else { "" };
    let name = "annals ";
    let heading = app.rows.heading_above_top().map(|heading| format!("  {heading}")).unwrap_or_default();
    let room = columns.saturating_sub(width(name) + width(&heading));
    let text = pad(&safe_line(&format!("{}{layers}{order}", app.info.title)), room, styles.glyphs.cut);
    let line = Line::from(vec![
        Span::styled(name, styles.dim()),
        Span::styled(text, styles.bold()),
        Span::styled(heading, styles.dim()),
    ]);
    write(area, 0, line, buffer);
}

/// Draws the status line: what was said, else the keys that matter here; and where the reader is.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    if area.is_empty() {
        return;
    }
    let columns = usize::from(area.width);
    let place = place(app);
    let place = cut(&place, columns, styles.glyphs.cut);
    let room = columns.saturating_sub(width(&place) + 1);
    let (text, style) = match &app.message {
        Some(message) if message.is_error => (safe_line(&message.text).into_owned(), styles.warning()),
        Some(message) => (safe_line(&message.text).into_owned(), styles.bold()),
        None => (hint(app, room), styles.dim()),
    };
    let line = Line::from(vec![
        Span::styled(pad(&text, room, styles.glyphs.cut), style),
        Span::styled(format!(" {place}"), styles.bold()),
    ]);
    write(area, 0, line, buffer);
}

/// "7 of 36", with the selection, the hits and the actor in focus before it.
fn place(app: &App) -> String {
    let mut parts = Vec::new();
    if let Some(actor) = &app.actor {
        parts.push(format!("on {}", safe_line(&app.actor_name(actor))));
    }
    if app.search.filter.is_some()
        && let Some(hits) = app.search.hits
    {
        parts.push(if hits.total() == 1 { "1 hit".to_owned() } else { format!("{} hits", hits.total()) });
    }
    if let Some(selected) = app.selected {
        parts.push(format!("{} selected", selected.total()));
    }
    if let (Some(rank), Some(count)) = (app.rank, app.count)
        && count.total() > 0
    {
        parts.push(format!("{rank} of {}", count.total()));
    }
    parts.join("  ")
}

/// As many hints as fit.
fn hint(app: &App, room: usize) -> String {
    if matches!(app.overlay, Some(Overlay::Confirm(_))) {
        return "y or Enter replaces, n or Esc does not".to_owned();
    }
    let mut text = String::new();
    for (action, word) in hints(app.mode()) {
        let Some(key) = action.keys().iter().find(|key| **key != "esc" || action.keys().len() == 1) else {
            continue;
        };
        let part = format!("{} {word}", shown_key(key, app.options.ascii));
        let separator = if text.is_empty() { "" } else { "  " };
        if width(&text) + width(separator) + width(&part) > room {
            break;
        }
        text.push_str(separator);
        text.push_str(&part);
    }
    text
}
