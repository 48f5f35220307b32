//! The event pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::style::Styles;
use super::{at, write};
use crate::app::App;
use crate::app::pane::{Piece, Role, Target};
use crate::layout::screen::Area;
use crate::term::paint::Hyperlink;
use crate::text::width::width;

/// Draws the event pane; gives where its cursor stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    // A column is left free at the right for the mark that more follows.
    let text = app.pane_text(usize::from(area.width.saturating_sub(1)));
    let height = usize::from(area.height);
    for (index, line) in text.lines.iter().skip(app.pane.scroll).take(height).enumerate() {
        let spans: Vec<Span<'_>> = line.iter().map(|piece| span(piece, app, styles)).collect();
        write(area, index, Line::from(spans), buffer);
    }
    let below = app.pane.scroll + height < text.lines.len();
    more_marks(area, buffer, app.pane.scroll > 0, below, styles);
    let link_line = app.pane.link.and_then(|link| text.links.get(link)).map(|(_, line)| *line);
    at(area, link_line.unwrap_or(app.pane.scroll).saturating_sub(app.pane.scroll), 0)
}

/// The addresses in what is shown of the pane.
pub fn hyperlinks(area: Area, app: &App) -> Vec<Hyperlink> {
    if area.is_empty() || !app.has_address() {
        return Vec::new();
    }
    let text = app.pane_text(usize::from(area.width.saturating_sub(1)));
    let mut found = Vec::new();
    for (row, line) in (area.y..).zip(text.lines.iter().skip(app.pane.scroll)).take(usize::from(area.height))
    {
        let mut column = area.x;
        for piece in line {
            let end = column.saturating_add(u16::try_from(width(&piece.text)).unwrap_or(u16::MAX));
            if let Some((Target::Address(address), _)) = piece.link.and_then(|link| text.links.get(link)) {
                let columns = column..end.min(area.x.saturating_add(area.width.saturating_sub(1)));
                found.push(Hyperlink { row, columns, address: address.clone() });
            }
            column = end;
        }
    }
    found
}

/// Says at the right edge whether more stands above or below.
pub(super) fn more_marks(area: Area, buffer: &mut Buffer, above: bool, below: bool, styles: &Styles) {
    let ascii = styles.glyphs.cut == "~";
    let height = usize::from(area.height);
    let column = Area { x: area.x.saturating_add(area.width.saturating_sub(1)), width: 1, ..area };
    if above {
        write(column, 0, Line::styled(if ascii { "^" } else { "↑" }, styles.dim()), buffer);
    }
    if below {
        write(
            column,
            height.saturating_sub(1),
            Line::styled(if ascii { "v" } else { "↓" }, styles.dim()),
            buffer,
        );
    }
}

fn span<'a>(piece: &'a Piece, app: &App, styles: &Styles) -> Span<'a> {
    let mut style = match piece.role {
        Role::Plain => Style::new(),
        Role::Title => styles.bold(),
        Role::Label | Role::Dim => styles.dim(),
        Role::Quote => styles.bold().patch(styles.link()),
        Role::Hit => styles.hit(),
        Role::Party(party) => styles.party(party),
        Role::Link => styles.link(),
        Role::Warning => styles.warning(),
    };
    if piece.link.is_some() && piece.link == app.pane.link {
        style = style.patch(styles.lit());
    }
    Span::styled(piece.text.as_str(), style)
}
