//! The sidebar.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::spans::lettered;
use super::style::Styles;
use super::{at, write};
use crate::app::sidebar::{SideRow, heading};
use crate::app::{App, Focus};
use crate::formats::wording::grouped;
use crate::layout::screen::Area;
use crate::query::{Choice, Dimension};
use crate::store::Count;
use crate::text::safe::safe_line;
use crate::text::width::{pad, width};

/// Draws the sidebar; gives where its cursor stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let rows = app.sidebar.rows(&app.filter, &app.info.catalogue);
    let height = usize::from(area.height);
    let cursor = app.sidebar.cursor.min(rows.len().saturating_sub(1));
    let top = app.sidebar.top(rows.len(), height);
    for (index, row) in rows.iter().enumerate().skip(top).take(height) {
        let has_keys = app.focus == Focus::Sidebar && app.overlay.is_none();
        let base = if index == cursor && has_keys { styles.lit() } else { Style::new() };
        write(area, index - top, line(row, usize::from(area.width), base, app, styles), buffer);
    }
    at(area, cursor - top, 0)
}

fn line(row: &SideRow, columns: usize, base: Style, app: &App, styles: &Styles) -> Line<'static> {
    let glyphs = styles.glyphs;
    let fold = |open: bool| glyphs.folds.get(usize::from(open)).copied().unwrap_or_default();
    match row {
        SideRow::Section { dimension, values, open } => {
            let text = format!("{} {} ({values})", fold(*open), heading(*dimension));
            Line::styled(pad(&text, columns, glyphs.cut), base.patch(styles.bold()))
        }
        SideRow::Rest(rest) => {
            let text = format!("also: {}", safe_line(rest));
            Line::styled(pad(&text, columns, glyphs.cut), base.patch(styles.dim()))
        }
        SideRow::Value { dimension, value, label, count, choice, nested, open } => {
            let tick = match choice {
                Choice::Unset => "[ ]",
                Choice::Only => "[x]",
                Choice::Excluded => "[-]",
            };
            let indent = if *nested { "    " } else { "  " };
            let fold = open.map_or(" ", fold);
            let head = format!("{indent}{tick}{fold}");
            let count = counted(*count);
            let room = columns.saturating_sub(width(&head) + width(&count) + 1);
            let party = match dimension {
                Dimension::Party => app.info.catalogue.party_by_id(value),
                _ => None,
            };
            let style = party.map_or(base, |party| base.patch(styles.party(party)));
            Line::from(vec![
                Span::styled(head, base),
                Span::styled(pad(&lettered(label, party, app, styles), room, glyphs.cut), style),
                Span::styled(format!(" {count}"), base.patch(styles.dim())),
            ])
        }
    }
}

/// "12", or "12+3" where three more are only possible.
fn counted(count: Count) -> String {
    if count.possible == 0 {
        grouped(count.certain)
    } else {
        format!("{}+{}", grouped(count.certain), grouped(count.possible))
    }
}
