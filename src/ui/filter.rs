//! The filter bar: the filter, and how much it lets through.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::counts::{events, number};
use super::style::Styles;
use super::write;
use crate::app::App;
use crate::layout::screen::Area;
use crate::store::Slot;
use crate::text::safe::safe_line;
use crate::text::width::{pad, width};

/// Draws the filter bar.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    if area.is_empty() {
        return;
    }
    let count = shown(app).unwrap_or_default();
    let columns = usize::from(area.width);
    let room = columns.saturating_sub(width(&count) + 1);
    let (text, style) = if app.filter.is_empty() {
        let sidebar = if app.sidebar.shown { "" } else { ", {sidebar} shows the parties" };
        let how =
            format!("no filter: {{filter}} types one, {{filter-by}} takes one from this event{sidebar}");
        (app.told(&how), styles.dim())
    } else {
        (format!("filter {}", safe_line(&app.filter.to_string())), styles.bold())
    };
    let line = Line::from(vec![
        Span::styled(pad(&text, room, styles.glyphs.cut), style),
        Span::styled(format!(" {count}"), styles.dim()),
    ]);
    write(area, 0, line, buffer);
}

/// "12 certain + 3 possible of 36", "36 events", "1,204,000+ events" while they arrive.
pub(super) fn shown(app: &App) -> Option<String> {
    let count = app.count?;
    let more = app.is_partial(Slot::Count) || app.info.loading;
    let all = events(app.info.total, app.info.loading);
    Some(if app.filter.is_empty() {
        all
    } else if count.possible > 0 {
        let (certain, possible) = (number(count.certain, more), number(count.possible, more));
        format!("{certain} certain + {possible} possible of {}", number(app.info.total, app.info.loading))
    } else if count.certain == app.info.total {
        all
    } else {
        format!("{} of {all}", number(count.certain, more))
    })
}
