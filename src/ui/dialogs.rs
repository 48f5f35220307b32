//! What opens over the panes: the value menu, the export dialog, questions, the help.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::counts::events;
use super::style::Styles;
use super::{at, boxed, write};
use crate::app::App;
use crate::app::action::Mode;
use crate::app::columns::{self, ColumnMenu};
use crate::app::decision::{self, Decision};
use crate::app::export::{Export, Field};
use crate::app::help::lines;
use crate::app::menu::{self, Confirm, Menu};
use crate::app::noting::{self, NotedItem, NotedMenu};
use crate::formats;
use crate::formats::wording::grouped;
use crate::layout::screen::{Area, Areas};
use crate::text::safe::safe_line;
use crate::text::width::{cut, fit, pad, width, wrap};
use crate::when::{When, words};

/// Draws the menu of an event's values.
pub fn menu(areas: &Areas, buffer: &mut Buffer, menu: &Menu, styles: &Styles) -> Option<Position> {
    let area = areas.whole.centred_list(menu::WIDTH, menu.items.len());
    let area = boxed(area, menu.purpose.heading(), buffer, styles);
    let height = usize::from(area.height).max(1);
    let top = (menu.cursor + 1).saturating_sub(height);
    for (index, item) in menu.items.iter().enumerate().skip(top).take(height) {
        let base = if index == menu.cursor { styles.lit() } else { Style::new() };
        let room = usize::from(area.width).saturating_sub(11);
        let line = Line::from(vec![
            Span::styled(pad(&format!(" {}", item.field), 11, styles.glyphs.cut), base.patch(styles.dim())),
            Span::styled(pad(&safe_line(&item.label), room, styles.glyphs.cut), base),
        ]);
        write(area, index - top, line, buffer);
    }
    at(area, menu.cursor - top, 0)
}

/// Draws the menu of columns: each that is shown with its place among them.
pub fn columns(
    areas: &Areas,
    buffer: &mut Buffer,
    app: &App,
    menu: &ColumnMenu,
    styles: &Styles,
) -> Option<Position> {
    let area = areas.whole.centred_list(columns::WIDTH, menu.items.len());
    let area = boxed(area, "Columns", buffer, styles);
    let height = usize::from(area.height).max(1);
    let top = (menu.cursor + 1).saturating_sub(height);
    for (index, column) in menu.items.iter().enumerate().skip(top).take(height) {
        let base = if index == menu.cursor { styles.lit() } else { Style::new() };
        let place = app.columns.iter().position(|shown| shown == column);
        let place = place.map_or_else(|| " ".to_owned(), |place| (place + 1).to_string());
        let text = format!(" [{place}] {}", safe_line(&column.name()));
        write(
            area,
            index - top,
            Line::styled(pad(&text, usize::from(area.width), styles.glyphs.cut), base),
            buffer,
        );
    }
    at(area, menu.cursor - top, 1)
}

/// Draws the list of what is noted.
pub fn noted(areas: &Areas, buffer: &mut Buffer, menu: &NotedMenu, styles: &Styles) -> Option<Position> {
    let area = boxed(areas.whole.centred_list(noting::WIDTH, menu.items.len()), menu.heading, buffer, styles);
    let columns = usize::from(area.width);
    let height = usize::from(area.height).max(1);
    let top = (menu.cursor + 1).saturating_sub(height);
    for (index, item) in menu.items.iter().enumerate().skip(top).take(height) {
        let base = if index == menu.cursor { styles.lit() } else { Style::new() };
        let (name, rest) = noted_line(item, styles);
        let name = pad(&safe_line(&format!(" {name}")), (columns / 3).min(26), styles.glyphs.cut);
        let room = columns.saturating_sub(width(&name));
        let rest = pad(&safe_line(&format!(" {rest}")), room, styles.glyphs.cut);
        let line = Line::from(vec![Span::styled(name, base.patch(styles.bold())), Span::styled(rest, base)]);
        write(area, index - top, line, buffer);
    }
    at(area, menu.cursor - top, 0)
}

/// What stands in front, and what behind.
fn noted_line(item: &NotedItem, styles: &Styles) -> (String, String) {
    match item {
        NotedItem::Filter(name, query) => (name.clone(), query.clone()),
        NotedItem::Event(_, noticed) => {
            let glyph = styles.glyphs.noticed(noticed.marked);
            let date = When::parse(&noticed.date).map(|when| words::write(&when, None));
            let note = if noticed.note.is_empty() { String::new() } else { format!(": {}", noticed.note) };
            (
                format!("{glyph} {}", date.unwrap_or_else(|_| "undated".to_owned())),
                format!("{}{note}", noticed.title),
            )
        }
    }
}

/// Draws a question.
pub fn confirm(areas: &Areas, buffer: &mut Buffer, confirm: &Confirm, styles: &Styles) -> Option<Position> {
    let area = areas.whole.centred(64, 6);
    let inner = boxed(area, "Replace", buffer, styles);
    let mut index = 0;
    let text = safe_line(&confirm.question);
    for range in wrap(&text, usize::from(inner.width)) {
        write(inner, index, Line::raw(text.get(range).unwrap_or_default().to_owned()), buffer);
        index += 1;
    }
    write(inner, index, Line::styled("y replaces, n does not", styles.dim()), buffer);
    at(inner, index, 0)
}

/// Draws a decision that is asked for.
pub fn decision(
    areas: &Areas,
    buffer: &mut Buffer,
    decision: &Decision,
    styles: &Styles,
) -> Option<Position> {
    let columns = usize::from(decision::WIDTH.min(areas.whole.width).saturating_sub(2));
    let text = safe_line(&decision.text);
    let lines = if text.is_empty() { Vec::new() } else { wrap(&text, columns) };
    // Where there is little room, the ways are what is needed.
    let room = usize::from(areas.whole.height).saturating_sub(2);
    let said = lines.len().min(room.saturating_sub(decision.ways.len()));
    let rows = said + decision.ways.len() + 2;
    let area = areas.whole.centred(decision::WIDTH, u16::try_from(rows).unwrap_or(u16::MAX));
    let inner = boxed(area, decision.heading, buffer, styles);
    for (index, range) in lines.into_iter().enumerate().take(said) {
        write(inner, index, Line::raw(text.get(range).unwrap_or_default().to_owned()), buffer);
    }
    let height = usize::from(inner.height).saturating_sub(said).max(1);
    let top = (decision.cursor + 1).saturating_sub(height);
    for (index, way) in decision.ways.iter().enumerate().skip(top).take(height) {
        let base = if index == decision.cursor { styles.lit() } else { Style::new() };
        let words = pad(&safe_line(&way.words), columns.saturating_sub(4), styles.glyphs.cut);
        let line = Line::from(vec![
            Span::styled(format!(" {}  ", way.letter), base.patch(styles.bold())),
            Span::styled(words, base),
        ]);
        write(inner, said + index - top, line, buffer);
    }
    at(inner, said + decision.cursor - top, 1)
}

/// Draws the help.
pub fn help(
    areas: &Areas,
    buffer: &mut Buffer,
    app: &App,
    (top, mode): (usize, Mode),
    styles: &Styles,
) -> Option<Position> {
    let ascii = styles.glyphs.cut == "~";
    let lines = lines(&app.keymap, mode, ascii);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inner = boxed(areas.whole.centred(78, rows), "Keys", buffer, styles);
    let height = usize::from(inner.height);
    let top = top.min(lines.len().saturating_sub(height));
    let keys = 18.min(usize::from(inner.width) / 3);
    for (index, line) in lines.iter().skip(top).take(height).enumerate() {
        let room = usize::from(inner.width).saturating_sub(keys);
        let text = if line.keys.is_empty() {
            Line::styled(pad(&line.text, usize::from(inner.width), styles.glyphs.cut), styles.bold())
        } else {
            Line::from(vec![
                Span::styled(pad(&format!(" {}", line.keys), keys, styles.glyphs.cut), styles.bold()),
                Span::raw(cut(&line.text, room, styles.glyphs.cut)),
            ])
        };
        write(inner, index, text, buffer);
    }
    at(inner, 0, 0)
}

/// Draws the export dialog.
pub fn export(
    areas: &Areas,
    buffer: &mut Buffer,
    app: &App,
    export: &Export,
    styles: &Styles,
) -> Option<Position> {
    let width = 76.min(areas.whole.width);
    let facts = facts(app, export, usize::from(width.saturating_sub(2)), styles);
    let rows = export.last() + facts.len() + 6;
    let area = areas.whole.centred(width, u16::try_from(rows).unwrap_or(u16::MAX));
    let inner = boxed(area, "Write", buffer, styles);
    let mut cursor = None;
    let mut index = 0;
    // Where the dialog is higher than the screen, the formats scroll and the rest stays.
    let room = usize::from(inner.height).saturating_sub(facts.len().min(4) + 2).max(1);
    let top = (export.cursor + 1).saturating_sub(room.min(export.last() + 1));
    let noted = export.notes.as_ref().map(|(_, ticked)| ("", *ticked));
    for (number, (name, ticked)) in
        export.formats.iter().copied().chain(noted).enumerate().skip(top).take(room)
    {
        let lit = number == export.cursor && export.field == Field::Formats;
        if lit {
            cursor = at(inner, index, 1);
        }
        let base = if lit { styles.lit() } else { Style::new() };
        let title = formats::by_name(name).map_or("with your marks and notes", |format| format.title);
        let tick = if ticked { "[x]" } else { "[ ]" };
        let text = pad(&format!(" {tick} {name:<6} {title}"), usize::from(inner.width), styles.glyphs.cut);
        write(inner, index, Line::styled(text, base), buffer);
        index += 1;
    }
    if let Some(position) = path(inner, index + 1, buffer, export, styles) {
        cursor = Some(position);
    }
    index += 3;
    for line in facts {
        write(inner, index, line, buffer);
        index += 1;
    }
    cursor
}

/// The file's name; where it is being typed, its cursor.
fn path(
    inner: Area,
    index: usize,
    buffer: &mut Buffer,
    export: &Export,
    styles: &Styles,
) -> Option<Position> {
    let label = " file  ";
    let room = usize::from(inner.width).saturating_sub(width(label) + 1).max(1);
    let text = safe_line(export.path.value()).into_owned();
    // The end of a long name is what is being typed.
    let hidden = width(&text).saturating_sub(room);
    let shown = text.get(fit(&text, hidden).0.len()..).unwrap_or_default().to_owned();
    let style = if export.field == Field::Path { styles.link() } else { styles.bold() };
    let several = export.ticked().len() > 1;
    let ending = if several { ".{format}" } else { "" };
    let line = Line::from(vec![
        Span::styled(label, styles.dim()),
        Span::styled(shown, style),
        Span::styled(ending, styles.dim()),
    ]);
    write(inner, index, line, buffer);
    let before: String = export.path.value().chars().take(export.path.cursor()).collect();
    let column = width(&safe_line(&before)).saturating_sub(hidden);
    at(inner, index, width(label) + column).filter(|_| export.field == Field::Path)
}

/// How much, what is lost, and the command.
fn facts(app: &App, export: &Export, columns: usize, styles: &Styles) -> Vec<Line<'static>> {
    let mut texts: Vec<(String, Style)> = Vec::new();
    let what = if export.selected { "selected" } else { "shown" };
    match &export.preview {
        None => texts.push(("counting …".to_owned(), styles.dim())),
        Some(preview) => {
            let possible = match preview.possible {
                0 => String::new(),
                n => format!(", {} of them only possible", grouped(n)),
            };
            texts.push((format!("{} {what}{possible}", events(preview.events, false)), styles.bold()));
            if preview.untried {
                let words = "what the formats cannot carry is counted while they are written";
                texts.push((words.to_owned(), Style::new()));
            }
            for (format, losses) in &preview.losses {
                if !losses.is_empty() {
                    texts.push((format!("{format}: {}", losses.join("; ")), Style::new()));
                }
            }
        }
    }
    match export.command(&app.options.sources) {
        Some(command) => texts.push((command, styles.dim())),
        None if export.preview.is_some() && !export.ticked().is_empty() => {
            texts.push(("too many single events for a command".to_owned(), styles.dim()));
        }
        None => {}
    }
    texts.push((
        app.told("{select} ticks, {next-field} to the file name and back, {open} writes, {close} closes"),
        styles.dim(),
    ));
    let mut lines = Vec::new();
    for (text, style) in texts {
        let text = safe_line(&text).into_owned();
        for range in wrap(&text, columns.saturating_sub(2)) {
            lines.push(Line::styled(format!(" {}", text.get(range).unwrap_or_default()), style));
        }
    }
    lines
}
