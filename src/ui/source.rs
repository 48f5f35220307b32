//! The source view: documents above, the text below, beside it what of it events come from.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::counts::events;
use super::event::more_marks;
use super::style::Styles;
use super::{at, write};
use crate::app::source::{Listed, Mark, Piece};
use crate::app::{App, Focus};
use crate::formats::wording::grouped;
use crate::layout::screen::Area;
use crate::store::Slot;
use crate::text::safe::safe_line;
use crate::text::width::{pad, width};

/// Draws the document; gives where the cursor stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let (head, margin, body) = app.source_parts();
    if app.info.catalogue.documents.is_empty() {
        let lines = [
            "Nothing here names a document.",
            "Where events have sources with quotes, and documents their texts, the texts are shown here.",
        ];
        for (row, line) in lines.into_iter().enumerate() {
            write(area, row, Line::styled(line, styles.dim()), buffer);
        }
        return at(area, 0, 0);
    }
    list(head, buffer, app, styles);
    let (lines, above, below) = app.source_lines();
    if app.source.held.is_none() {
        write(body, 0, Line::styled("reading ...", styles.dim()), buffer);
    }
    // While words are chosen, only they stand out.
    let has_keys = app.focus == Focus::List && app.source.chosen.is_none();
    let mut cursor = None;
    for (row, line) in lines.iter().enumerate() {
        let bar = styles.glyphs.passages.get(line.mark as usize).copied().unwrap_or_default();
        let style = if line.mark == Mark::Lit { styles.bold() } else { styles.dim() };
        write(margin, row, Line::styled(bar, style), buffer);
        let spans = line.pieces.iter().map(|piece| span(piece, has_keys, styles));
        write(body, row, Line::from(spans.collect::<Vec<_>>()), buffer);
        if line.mark == Mark::Lit {
            cursor = cursor.or(at(margin, row, 0));
        }
    }
    let whole = Area { width: body.width.saturating_add(1), ..body };
    more_marks(whole, buffer, above, below, styles);
    cursor.or(at(margin, 0, 0))
}

fn span<'a>(piece: &'a Piece, has_keys: bool, styles: &Styles) -> Span<'a> {
    let mut style = match piece.mark {
        Mark::None | Mark::Hidden => styles.dim(),
        Mark::Shown => Style::new(),
        Mark::Lit if has_keys => styles.lit(),
        Mark::Lit => styles.bold(),
    };
    if piece.number {
        style = style.patch(styles.bold());
    }
    if piece.known {
        style = style.patch(styles.link());
    }
    if piece.hit {
        style = style.patch(styles.hit());
    }
    if piece.chosen {
        style = style.patch(styles.lit());
    }
    Span::styled(piece.text.as_str(), style)
}

/// The documents around the one that is shown.
fn list(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    let rows = usize::from(area.height);
    let (first, documents) = app.listed_documents(rows);
    for (row, (place, listed)) in documents.iter().enumerate().skip(first).take(rows).enumerate() {
        let is_shown = Some(listed.document) == app.source.document;
        let right = if is_shown { about(app, listed) } else { count(app, listed) };
        let head =
            if documents.len() > 1 { format!("{}/{} ", place + 1, documents.len()) } else { String::new() };
        let room = usize::from(area.width).saturating_sub(width(&head) + width(&right) + 3);
        let mark = if is_shown { styles.glyphs.passages[3] } else { " " };
        let title = pad(&safe_line(&listed.label), room, styles.glyphs.cut);
        let style = if is_shown { styles.bold() } else { Style::new() };
        let spans = vec![
            Span::styled(format!("{mark} {head}"), styles.dim()),
            Span::styled(title, style),
            Span::styled(format!(" {right}"), styles.dim()),
        ];
        write(area, row, Line::from(spans), buffer);
    }
}

fn count(app: &App, listed: &Listed) -> String {
    let more = app.info.loading || app.is_partial(Slot::Documents);
    listed.count.map_or_else(|| "...".to_owned(), |count| events(count.total(), more))
}

/// Of the document that is shown: its events, and what is not to be seen of them.
fn about(app: &App, listed: &Listed) -> String {
    let mut parts = vec![count(app, listed)];
    if let Some(held) = app.source.held.as_deref().filter(|held| held.document == listed.document) {
        if let Some(lit) = app.lit_passage() {
            parts.insert(0, format!("passage {} of {}", lit + 1, held.passages.len()));
        }
        if held.events.0 > held.events.1 {
            parts.push(format!("{} looked at", grouped(held.events.1)));
        }
        if held.unplaced > 0 {
            parts.push(format!("{} without a passage", grouped(held.unplaced)));
        }
        if !held.found {
            parts.push("no text".to_owned());
        }
    }
    parts.join(", ")
}
