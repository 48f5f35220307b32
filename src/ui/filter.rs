//! The filter bar: the filter, and how much it lets through.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::style::Styles;
use super::write;
use crate::app::App;
use crate::layout::screen::Area;
use crate::store::Count;
use crate::text::safe::safe_line;
use crate::text::width::{pad, width};

/// Draws the filter bar.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    if area.is_empty() {
        return;
    }
    let count = app.count.map(|count| shown(count, app.info.total)).unwrap_or_default();
    let columns = usize::from(area.width);
    let room = columns.saturating_sub(width(&count) + 1);
    let (text, style) = if app.filter.is_empty() {
        let sidebar = if app.sidebar.shown { "" } else { ", a shows the parties" };
        (format!("no filter: f types one, F takes one from this event{sidebar}"), styles.dim())
    } else {
        (format!("filter {}", safe_line(&app.filter.to_string())), styles.bold())
    };
    let line = Line::from(vec![
        Span::styled(pad(&text, room, styles.glyphs.cut), style),
        Span::styled(format!(" {count}"), styles.dim()),
    ]);
    write(area, 0, line, buffer);
}

/// "12 certain + 3 possible of 36", "36 events".
pub fn shown(count: Count, total: u64) -> String {
    if count.possible > 0 {
        format!("{} certain + {} possible of {total}", count.certain, count.possible)
    } else if count.certain == total {
        super::timeline::events(total)
    } else {
        format!("{} of {}", count.certain, super::timeline::events(total))
    }
}
