//! The lanes: names on the left, time from left to right.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::spans::lettered;
use super::style::Styles;
use super::{at, write};
use crate::app::lanes::{Held, Lane};
use crate::app::{App, Focus};
use crate::formats::wording::grouped;
use crate::layout::lanes::Mark;
use crate::layout::screen::Area;
use crate::layout::ticks::{Tick, ticks};
use crate::store::{Key, Keys};
use crate::text::width::{pad, width};

/// Draws the lanes; gives where the cursor stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let (names, dates, body) = app.lane_parts();
    let lanes = app.laid_lanes();
    let lanes = lanes.as_slice();
    if lanes.is_empty() {
        write(area, 0, Line::styled(nothing(app), styles.dim()), buffer);
        return at(area, 0, 0);
    }
    label_dates(dates, buffer, app, styles);
    let (lit, selected) = (app.lit().map(|row| row.key), app.selected_keys());
    let mut cursor = None;
    let mut line = 0;
    for (index, lane) in lanes.iter().enumerate() {
        let has_keys = index == app.lanes.lane && app.focus == Focus::List && app.overlay.is_none();
        for row in 0..lane.laid.rows {
            let Some(shown) = (line + row).checked_sub(app.lanes.top) else { continue };
            if shown >= usize::from(body.height) {
                return cursor;
            }
            let base = if has_keys { styles.lit() } else { Style::new() };
            if row == 0 {
                write(names, shown, name(lane, usize::from(names.width), base, app, styles), buffer);
            }
            put_row(body, shown, buffer, &Drawn { app, lane, row, lit, selected: &selected, styles });
            if index == app.lanes.lane {
                cursor = cursor.or(at(names, shown, 0));
            }
        }
        line += lane.laid.rows;
    }
    cursor
}

/// Why there are no lanes.
fn nothing(app: &App) -> String {
    match &app.lanes.held {
        Held::Nothing if app.info.extent.is_none() && !app.info.loading => {
            "nothing is dated: there are no lanes".to_owned()
        }
        Held::Nothing => "counting ...".to_owned(),
        _ if app.strip.view.is_some() => {
            app.told("nothing in view: {zoom-all} shows all, {zoom-out} zooms out")
        }
        _ => "no event fits this filter".to_owned(),
    }
}

/// The dates above the lanes.
fn label_dates(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    let fits = |tick: &Tick| usize::from(tick.cell) + width(&tick.label) <= usize::from(area.width);
    for tick in ticks(&app.lanes.axis).into_iter().filter(fits) {
        let x = area.x.saturating_add(tick.cell);
        let part = Area { x, width: area.width - tick.cell, ..area };
        write(part, 0, Line::styled(tick.label, styles.dim()), buffer);
    }
}

fn name(lane: &Lane, columns: usize, base: Style, app: &App, styles: &Styles) -> Line<'static> {
    let glyphs = styles.glyphs;
    let fold = lane.open.map_or(" ", |open| glyphs.folds.get(usize::from(open)).copied().unwrap_or_default());
    let indent = if lane.nested { "  " } else { "" };
    let count = format!(" {} ", grouped(lane.total));
    let room = columns.saturating_sub(width(&count));
    // Actors stand under their party, which has the letter.
    let label = lettered(&lane.label, lane.party.filter(|_| !lane.nested), app, styles);
    let text = pad(&format!("{indent}{fold}{label}"), room, glyphs.cut);
    let style = lane.party.map_or(base, |party| base.patch(styles.party(party)));
    let style = if lane.nested { style } else { style.patch(styles.bold()) };
    Line::from(vec![Span::styled(text, style), Span::styled(count, base.patch(styles.dim()))])
}

/// A row of a lane, with what it is drawn from.
struct Drawn<'a> {
    app: &'a App,
    lane: &'a Lane,
    row: usize,
    lit: Option<Key>,
    selected: &'a Keys,
    styles: &'a Styles,
}

fn put_row(area: Area, shown: usize, buffer: &mut Buffer, drawn: &Drawn<'_>) {
    let Drawn { app, lane, row, lit, selected, styles } = *drawn;
    let glyphs = styles.glyphs;
    let colour = lane.party.map_or_else(Style::new, |party| styles.party(party));
    let y = area.y.saturating_add(u16::try_from(shown).unwrap_or(u16::MAX));
    let mut put = |cell: u16, symbol: &str, style: Style| {
        if cell < area.width
            && let Some(target) = buffer.cell_mut((area.x.saturating_add(cell), y))
        {
            target.set_symbol(symbol).set_style(style);
        }
    };
    for mark in lane.laid.marks.iter().filter(|mark| mark.row == row) {
        let key = key_of(app, lane, mark.item);
        let style = if key.is_some() && key == lit {
            colour.patch(styles.lit())
        } else if key.is_some_and(|key| selected.contains(key)) {
            colour.patch(styles.bold()).patch(styles.link())
        } else {
            colour
        };
        for (offset, ink) in (0..).zip(&mark.inks) {
            put(mark.cell.saturating_add(offset), glyphs.ink(*ink), style);
        }
    }
    // Over the bars: what goes on over a gap does not last one cell longer.
    for gap in app.lanes.axis.gaps() {
        let crosses = |mark: &Mark| mark.row == row && mark.cell <= gap && gap < mark.end();
        let through = lane.laid.marks.iter().any(crosses);
        put(gap, glyphs.gap, if through { colour } else { styles.dim() });
    }
    if row + 1 == lane.laid.rows {
        let is_lit = |item: &usize| key_of(app, lane, *item).is_some_and(|key| Some(key) == lit);
        let counted = (0..lane.events.len()).any(|item| is_lit(&item))
            && !lane.laid.marks.iter().any(|mark| is_lit(&mark.item));
        let cell = lit.filter(|_| counted).and_then(|key| app.lanes.axis.cell(key.start));
        counts(lane, &mut put, (colour.patch(styles.bold()), colour.patch(styles.lit()), cell), glyphs.bars);
    }
}

/// The key of an event of a lane.
fn key_of(app: &App, lane: &Lane, item: usize) -> Option<Key> {
    let Held::Events(rows) = &app.lanes.held else { return None };
    rows.get(*lane.events.get(item)?).map(|row| row.key)
}

/// How many events have no room, each number where they begin; a bar where there is no room for the number either.
/// What the lit event is counted in is lit.
fn counts(
    lane: &Lane,
    put: &mut dyn FnMut(u16, &str, Style),
    (plain, lit, lit_cell): (Style, Style, Option<u16>),
    bars: &[&str],
) {
    let counts = &lane.laid.counts;
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    for (at, (cell, count)) in counts.iter().enumerate() {
        let next = counts.get(at + 1).map_or(u16::MAX, |(next, _)| *next);
        let text = grouped(*count);
        let fits = text.len() <= usize::from(next - cell)
            && (text.len() == 1 || text.len() < usize::from(next - cell));
        let text = if fits { text } else { bar(*count, most, bars).to_owned() };
        let style = if lit_cell == Some(*cell) { lit } else { plain };
        for (offset, char) in (0..).zip(text.chars()) {
            put(cell.saturating_add(offset), char.encode_utf8(&mut [0; 4]), style);
        }
    }
}

/// A bar as high as a count stands to the most.
fn bar<'b>(count: u64, most: u64, bars: &[&'b str]) -> &'b str {
    let level = (count as f64 / most.max(1) as f64 * bars.len() as f64).ceil() as usize;
    bars.get(level.clamp(1, bars.len().max(1)) - 1).copied().unwrap_or("+")
}
