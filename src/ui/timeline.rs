//! The timeline: events under their headings.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line as TextLine, Span};

use super::counts::{events, searching};
use super::spans::{fit, marked};
use super::style::Styles;
use super::{at, write};
use crate::app::rows::Line;
use crate::app::{App, Focus};
use crate::chronology::{Entry, Heading, Status};
use crate::formats::wording;
use crate::layout::screen::Area;
use crate::store::{Keys, Row, Slot};
use crate::text::width::{pad, width};
use crate::when::{Certainty, Precision, When, words};

/// The widest the dates get.
const DATE: usize = 24;

/// Draws the timeline; gives where the lit row stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    if app.rows.rows.is_empty() {
        empty(area, buffer, app, styles);
        return at(area, 0, 0);
    }
    let height = usize::from(area.height);
    let shown = app.rows.lines.get(app.rows.top..).unwrap_or_default();
    let columns = Columns::new(shown.iter().take(height), app, usize::from(area.width));
    let keys = app.selected_keys();
    let mut cursor = None;
    for (index, line) in shown.iter().take(height).enumerate() {
        let text = match line {
            Line::Event(number) => {
                if app.rows.lit == Some(*number) {
                    cursor = at(area, index, 0);
                }
                app.rows.rows.get(*number).map(|row| event_line(row, *number, app, &columns, &keys, styles))
            }
            other => Some(heading_line(other, usize::from(area.width), styles)),
        };
        write(area, index, text.unwrap_or_default(), buffer);
    }
    cursor
}

/// How a row is divided.
struct Columns {
    date: usize,
    elapsed: usize,
    whole: usize,
}

impl Columns {
    fn new<'a>(lines: impl Iterator<Item = &'a Line>, app: &App, whole: usize) -> Self {
        let events = lines.filter_map(|line| if let Line::Event(row) = line { Some(*row) } else { None });
        let dates = events.filter_map(|row| app.rows.rows.get(row)).map(|row| width(&date(&row.entry, app)));
        let date = dates.max().unwrap_or(0).min(DATE).min(whole * 3 / 8);
        let elapsed = match (app.elapsed, whole) {
            (false, _) => 0,
            (true, 70..) => 22,
            (true, _) => 11.min(whole / 4),
        };
        Self { date, elapsed, whole }
    }
}

/// A row's date, short; without the dash between two dates where only ASCII is shown.
fn date(entry: &Entry, app: &App) -> String {
    let date = wording::when_in_short(entry);
    if app.options.ascii { date.replace('–', "-") } else { date }
}

fn event_line(
    row: &Row,
    number: usize,
    app: &App,
    columns: &Columns,
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
    let mut spans = vec![
        Span::styled(format!("{mark}{doubt}"), base.patch(styles.bold())),
        Span::styled(pad(&date(&row.entry, app), columns.date, glyphs.cut), base),
        Span::styled(format!(" {} ", glyph(&row.entry, styles)), base),
    ];
    if columns.elapsed > 0 {
        // Where there is no room for both units the larger one stands alone.
        let whole = elapsed(app, number);
        let largest: Vec<&str> = whole.splitn(3, ' ').take(2).collect();
        let room = columns.elapsed.saturating_sub(1);
        let since = if width(&whole) > room { largest.join(" ") } else { whole };
        let since = format!("{} ", pad(&since, room, glyphs.cut));
        spans.push(Span::styled(since, base.patch(styles.dim())));
    }
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    let room = columns.whole.saturating_sub(used);
    let mut rest = Vec::new();
    if row.entry.contested {
        rest.push(Span::styled(glyphs.contested, base.patch(styles.warning())));
    }
    rest.extend(marked(&row.entry.event.title, &app.search.highlighter, base, styles.hit()));
    if row.entry.status() != Status::Occurred {
        rest.push(Span::styled(format!(" ({})", row.entry.status().word()), base.patch(styles.dim())));
    }
    rest.extend(actors(&row.entry, app, base, styles));
    let (rest, taken) = fit(rest, room, glyphs.cut);
    spans.extend(rest);
    spans.push(Span::styled(" ".repeat(room.saturating_sub(taken)), base));
    TextLine::from(spans)
}

/// The names of an event's actors in their parties' colours, those only mentioned left out.
fn actors(entry: &Entry, app: &App, base: Style, styles: &Styles) -> Vec<Span<'static>> {
    let catalogue = &app.info.catalogue;
    let mut spans = Vec::new();
    for cast in entry.cast.iter().filter(|cast| cast.role != "mentioned") {
        let separator = if spans.is_empty() { "  " } else { ", " };
        spans.push(Span::styled(separator, base.patch(styles.dim())));
        let style = cast.parties.first().map_or(base, |party| base.patch(styles.party(*party)));
        let name = crate::text::safe::safe_line(&catalogue.actor(cast.actor).actor.name).into_owned();
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
    if !app.rows.loaded || reading {
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
        lines
            .push(("Backspace drops the last term, c clears the filter, u undoes.".to_owned(), styles.dim()));
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
