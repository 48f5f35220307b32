//! The title line and the status line.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::counts::{number, searching};
use super::style::Styles;
use super::{progress, write};
use crate::app::action::Mode;
use crate::app::help::{REVIEW_HINTS, hints};
use crate::app::{App, Overlay};
use crate::keymap::shown_keys;
use crate::layout::screen::Area;
use crate::store::{Count, Slot};
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
    // What is said has more room than hints, which give way.
    let says = app.message.is_some() || app.exporting.is_some() || app.problem().is_some();
    let share = if says { columns / 3 } else { columns / 2 };
    let progress = progress::spans(app, share.min(columns.saturating_sub(width(&place) + 2)), styles);
    let taken: usize = progress.iter().map(|span| width(&span.content)).sum();
    let room = columns.saturating_sub(width(&place) + 1 + taken);
    let (text, style) =
        if app.pressed.is_empty() { said(app, room, styles) } else { (following(app), styles.bold()) };
    let mut spans = vec![Span::styled(pad(&text, room, styles.glyphs.cut), style)];
    spans.extend(progress);
    spans.push(Span::styled(format!(" {place}"), styles.bold()));
    write(area, 0, Line::from(spans), buffer);
}

/// What was said, what goes on or is wrong, or else the keys that matter here.
fn said(app: &App, room: usize, styles: &Styles) -> (String, Style) {
    match (&app.message, &app.exporting, app.problem()) {
        (Some(message), ..) if message.is_error => (safe_line(&message.text).into_owned(), styles.warning()),
        (Some(message), ..) => (safe_line(&message.text).into_owned(), styles.bold()),
        (None, Some(writing), _) => (safe_line(&progress::writing(app, writing)).into_owned(), styles.bold()),
        (None, None, Some(problem)) => (safe_line(problem).into_owned(), styles.warning()),
        (None, None, None) => (hint(app, room), styles.dim()),
    }
}

/// "7 of 36", "7 of 1,204,000+" while more arrive; with the selection, the hits and the actor in focus before it.
fn place(app: &App) -> String {
    let mut parts = Vec::new();
    if let Some(actor) = &app.actor {
        parts.push(format!("on {}", safe_line(&app.actor_name(actor))));
    }
    let loading = app.info.loading;
    if app.search.filter.is_some()
        && let Some(hits) = app.search.hits
    {
        let more = loading || app.is_partial(Slot::Search);
        let hit = if hits.total() == 1 && !more { "hit" } else { "hits" };
        parts.push(format!("{} {hit}", number(hits.total(), more)));
    }
    if app.revising.is_unsaved() {
        parts.push("not saved".to_owned());
    }
    parts.extend(app.revising.reviewed());
    if let Some((_, share)) = app.searching() {
        parts.push(searching(share));
    }
    if let Some(selected) = app.selected {
        parts.push(format!("{} selected", number(selected.total(), app.is_partial(Slot::Selected))));
    }
    // How many there are in all is known before they are counted.
    let shown =
        if app.filter.is_empty() { app.count.map(|_| app.info.total) } else { app.count.map(Count::total) };
    if let (Some(rank), Some(shown)) = (app.rank, shown.filter(|shown| *shown > 0)) {
        let more = loading || app.is_partial(Slot::Count);
        parts.push(format!("{} of {}", number(rank, app.is_partial(Slot::Rank)), number(shown, more)));
    }
    parts.join("  ")
}

/// As many hints as fit.
fn hint(app: &App, room: usize) -> String {
    if matches!(app.overlay, Some(Overlay::Confirm(_))) {
        return app.told("y or {open} replaces, n or {close} does not");
    }
    if matches!(app.overlay, Some(Overlay::Decision(_))) {
        return app.told("its letter or {open} takes one, {close} closes");
    }
    let mut text = String::new();
    let reviews = matches!(app.mode(), Mode::List | Mode::Lanes | Mode::Source) && app.is_to_review();
    for (action, word) in if reviews { REVIEW_HINTS } else { hints(app.mode()) } {
        let Some(key) = app.keymap.hint(app.mode(), *action, app.options.ascii) else { continue };
        let part = format!("{key} {word}");
        let separator = if text.is_empty() { "" } else { "  " };
        if width(&text) + width(separator) + width(&part) > room {
            break;
        }
        text.push_str(separator);
        text.push_str(&part);
    }
    text
}

/// The keys that were pressed, and what may follow them.
fn following(app: &App) -> String {
    let ascii = app.options.ascii;
    let rest = app.keymap.following(app.mode(), &app.pressed);
    let rest: Vec<String> =
        rest.iter().map(|(keys, action)| format!("{} {}", shown_keys(keys, ascii), action.name())).collect();
    format!("{} then: {}", shown_keys(&app.pressed, ascii), rest.join("  "))
}
