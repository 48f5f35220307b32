//! The timeline: events under their headings.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line as TextLine, Span};

use super::columns::{BETWEEN, Division, date};
use super::counts::{events, searching};
use super::spans::{fit, lettered, marked};
use super::style::Styles;
use super::{at, write};
use crate::app::columns::Column;
use crate::app::rows::Line;
use crate::app::{App, Focus};
use crate::chronology::{Entry, Heading, Review, Status};
use crate::layout::screen::Area;
use crate::store::{Keys, Row, Slot};
use crate::text::width::{pad, width};
use crate::when::{Certainty, Precision, When, words};

/// Draws the timeline; gives where the lit row stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    if app.rows.rows.is_empty() {
        empty(area, buffer, app, styles);
        return at(area, 0, 0);
    }
    let (names, area) = app.list_parts();
    let height = usize::from(area.height);
    let shown = app.rows.lines.get(app.rows.top..).unwrap_or_default();
    let events = shown.iter().take(height).filter_map(|line| match line {
        Line::Event(number) => app.rows.rows.get(*number),
        _ => None,
    });
    let events: Vec<&Row> = events.collect();
    let division = Division::new(&events, app, usize::from(area.width));
    write(names, 0, TextLine::styled(division.names(styles), styles.dim()), buffer);
    let keys = app.selected_keys();
    let mut cursor = None;
    for (index, line) in shown.iter().take(height).enumerate() {
        let text = match line {
            Line::Event(number) => {
                if app.rows.lit == Some(*number) {
                    cursor = at(area, index, 0);
                }
                app.rows.rows.get(*number).map(|row| event_line(row, *number, app, &division, &keys, styles))
            }
            other => Some(heading_line(other, usize::from(area.width), styles)),
        };
        write(area, index, text.unwrap_or_default(), buffer);
    }
    cursor
}

fn event_line(
    row: &Row,
    number: usize,
    app: &App,
    division: &Division,
    keys: &Keys,
    styles: &Styles,
) -> TextLine<'static> {
    let glyphs = styles.glyphs;
    let lit = app.rows.lit == Some(number);
    let base = match (lit, app.focus == Focus::List && app.overlay.is_none()) {
        (true, true) => styles.lit(),
        (true, false) => styles.faintly_lit(),
        _ => Style::new(),
    };
    let mark = if keys.contains(row.key) { glyphs.mark } else { " " };
    let doubt = if row.certainty == Certainty::Possible { "?" } else { " " };
    let mut spans = vec![Span::styled(format!("{mark}{doubt}"), base.patch(styles.bold()))];
    if !app.notebook.events.is_empty() {
        let noticed = app.noticed(&row.entry).map_or(" ", |noticed| glyphs.noticed(noticed.marked));
        spans.push(Span::styled(noticed, base.patch(styles.bold())));
    }
    if !app.noted.changed.is_empty() {
        let changed = if app.has_changed(&row.entry) { glyphs.changed } else { " " };
        spans.push(Span::styled(changed, base.patch(styles.bold())));
    }
    let mut since = Some(since(division.elapsed, number, app, styles))
        .filter(|since| !since.is_empty())
        .map(|since| Span::styled(since, base.patch(styles.dim())));
    let last = division.cells.len().saturating_sub(1);
    for (index, cell) in division.cells.iter().enumerate() {
        if cell.column == Column::When {
            spans.push(Span::styled(pad(&date(&row.entry, app), cell.width, glyphs.cut), base));
            spans.push(Span::styled(format!(" {} ", glyph(&row.entry, styles)), base));
            spans.extend(since.take());
            continue;
        }
        spans.extend(since.take());
        let content = match &cell.column {
            Column::Title => title(&row.entry, app, division, base, styles),
            Column::Actors => actors(&row.entry, app, base, styles),
            other => {
                let text = other.text(&row.entry, &app.info.catalogue);
                marked(&text, &app.search.highlighter, base, styles.hit())
            }
        };
        let (content, taken) = fit(content, cell.width, glyphs.cut);
        spans.extend(content);
        let behind = if index < last { BETWEEN } else { 0 };
        spans.push(Span::styled(" ".repeat(cell.width.saturating_sub(taken) + behind), base));
    }
    TextLine::from(spans)
}

/// The time since the event before, as wide as it is shown.
fn since(columns: usize, number: usize, app: &App, styles: &Styles) -> String {
    if columns == 0 {
        return String::new();
    }
    // Where there is no room for both units the larger one stands alone.
    let whole = elapsed(app, number);
    let largest: Vec<&str> = whole.splitn(3, ' ').take(2).collect();
    let room = columns.saturating_sub(1);
    let since = if width(&whole) > room { largest.join(" ") } else { whole };
    format!("{} ", pad(&since, room, styles.glyphs.cut))
}

/// The title, with what has to be known of an event that is contested or did not just happen; behind it the actors
/// where they have no column of their own.
fn title(entry: &Entry, app: &App, division: &Division, base: Style, styles: &Styles) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    if entry.contested {
        spans.push(Span::styled(styles.glyphs.contested, base.patch(styles.warning())));
    }
    if let Some(mark) = styles.glyphs.reviewed(entry.event.review) {
        spans.push(Span::styled(mark, base.patch(styles.bold())));
    }
    spans.extend(marked(&entry.event.title, &app.search.highlighter, base, styles.hit()));
    if entry.event.review == Some(Review::Rejected) {
        spans.push(Span::styled(" (rejected)", base.patch(styles.dim())));
    }
    let has_status = division.cells.iter().any(|cell| cell.column == Column::Status);
    if entry.status() != Status::Occurred && !has_status {
        spans.push(Span::styled(format!(" ({})", entry.status().word()), base.patch(styles.dim())));
    }
    if division.actors_follow {
        let mut actors = actors(entry, app, base, styles);
        if !actors.is_empty() {
            spans.push(Span::styled("  ", base.patch(styles.dim())));
            spans.append(&mut actors);
        }
    }
    spans
}

/// The names of an event's actors in their parties' colours and with their letters, those only mentioned left out.
fn actors(entry: &Entry, app: &App, base: Style, styles: &Styles) -> Vec<Span<'static>> {
    let catalogue = &app.info.catalogue;
    let mut spans = Vec::new();
    for cast in entry.cast.iter().filter(|cast| cast.role != "mentioned") {
        if !spans.is_empty() {
            spans.push(Span::styled(", ", base.patch(styles.dim())));
        }
        let party = cast.parties.first().copied();
        let style = party.map_or(base, |party| base.patch(styles.party(party)));
        let name = lettered(&catalogue.actor(cast.actor).actor.name, party, app, styles);
        spans.push(Span::styled(name, style));
    }
    spans
}

/// The time since the event before, start to start.
fn elapsed(app: &App, number: usize) -> String {
    let start = |index: usize| app.rows.rows.get(index)?.entry.bounds.as_ref().map(|bounds| bounds.hull.s0);
    let before = number.checked_sub(1).and_then(start);
    match (before, start(number)) {
        (Some(before), Some(now)) if before == now => String::new(),
        (Some(before), Some(now)) => {
            let words = words::elapsed(before.min(now), before.max(now));
            if words.is_empty() { String::new() } else { format!("+{words}") }
        }
        _ => String::new(),
    }
}

/// Three cells that say how certain a date is and whether it lasts.
fn glyph(entry: &Entry, styles: &Styles) -> String {
    let glyphs = styles.glyphs;
    let Some(when) = &entry.when else { return glyphs.undated.to_owned() };
    if !when.is_interval() {
        let soft = usize::from(when.is_fuzzy() || when.precision() < Precision::Day);
        return glyphs.moment.get(soft).copied().unwrap_or_default().to_owned();
    }
    let begin = end_kind(when.has_open_start(), when.has_unknown_start(), is_soft(entry, true));
    let end = end_kind(when.has_open_end(), when.has_unknown_end(), is_soft(entry, false));
    let pick = |set: &[&'static str; 4], kind: usize| set.get(kind).copied().unwrap_or_default();
    format!("{}{}{}", pick(&glyphs.begin, begin), glyphs.lasting, pick(&glyphs.end, end))
}

/// The place of an end among the glyphs: exact, soft, open, unknown.
const fn end_kind(open: bool, unknown: bool, soft: bool) -> usize {
    match (open, unknown, soft) {
        (true, ..) => 2,
        (_, true, _) => 3,
        (_, _, true) => 1,
        _ => 0,
    }
}

/// Whether the beginning (or the end) of an event lies within more than a day.
fn is_soft(entry: &Entry, beginning: bool) -> bool {
    const DAY: i64 = 86_400;
    let qualified = entry.when.as_ref().is_some_and(|when: &When| when.is_fuzzy());
    let Some(bounds) = &entry.bounds else { return false };
    let hull = bounds.hull;
    let (first, last) = if beginning { (hull.s0, hull.s1) } else { (hull.e0, hull.e1) };
    last.secs.saturating_sub(first.secs) > DAY || (qualified && bounds.qualified)
}

/// A heading or a gap.
fn heading_line(line: &Line, whole: usize, styles: &Styles) -> TextLine<'static> {
    match line {
        Line::Heading(heading) => {
            // A month stands under its year, which need not be said again.
            let text = match heading {
                Heading::Month(_, month) => format!("  {}", words::month_name(*month)),
                other => other.to_string(),
            };
            TextLine::styled(text, styles.bold())
        }
        Line::Gap(words) => {
            let rule = styles.glyphs.horizontal.repeat(3);
            TextLine::styled(pad(&format!("  {rule} {words} {rule}"), whole, styles.glyphs.cut), styles.dim())
        }
        Line::Event(_) => TextLine::default(),
    }
}

/// Why nothing is shown, and how to get out.
fn empty(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) {
    let mut lines: Vec<(String, Style)> = Vec::new();
    let reading = app.info.loading && app.filter.is_empty();
    if let Some(why) = &app.rows.failed {
        lines.push((why.clone(), styles.warning()));
    } else if !app.rows.loaded || reading {
        let doing = app.searching().map_or_else(|| "reading …".to_owned(), |(_, share)| searching(share));
        lines.push((doing, styles.dim()));
    } else if app.filter.is_empty() {
        lines.push(("There are no events here.".to_owned(), styles.bold()));
    } else {
        lines.push(("No event fits this filter.".to_owned(), styles.bold()));
        lines.push((app.filter.describe(&app.info.catalogue), Style::new()));
        for (value, nearest) in &app.unknown {
            let proposal =
                nearest.as_ref().map(|nearest| format!("; did you mean {nearest}?")).unwrap_or_default();
            lines.push((format!("Nothing is called {value}{proposal}"), styles.warning()));
        }
        for (term, count) in &app.explained {
            lines.push((
                format!("without {term}: {}", events(count.total(), app.is_partial(Slot::Explain))),
                Style::new(),
            ));
        }
        let how = "{drop-term} drops the last term, {clear-filter} clears the filter, {undo} undoes.";
        lines.push((app.told(how), styles.dim()));
    }
    let columns = usize::from(area.width.saturating_sub(2));
    let mut index = 0;
    for (text, style) in lines {
        let text = crate::text::safe::safe_line(&text).into_owned();
        for range in crate::text::width::wrap(&text, columns) {
            let part = text.get(range).unwrap_or_default().to_owned();
            write(area, index, TextLine::styled(format!(" {part}"), style), buffer);
            index += 1;
        }
    }
}
