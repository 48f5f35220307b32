//! A line being typed, with its fault and its proposals.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::style::Styles;
use super::{at, rect, spans, write};
use crate::app::prompt::{Prompt, PromptKind, Proposal};
use crate::layout::screen::{Area, Areas};
use crate::text::safe::safe_line;
use crate::text::width::{fit, pad, width};

/// How many proposals are shown.
const MOST: usize = 10;

/// How wide the names of proposals are, at the least and at the most.
const NAME: (usize, usize) = (24, 48);

/// Draws the line over the filter bar or the status line; gives where the cursor stands.
pub fn render(areas: &Areas, buffer: &mut Buffer, prompt: &Prompt, styles: &Styles) -> Option<Position> {
    let area = match prompt.kind {
        PromptKind::Filter if !areas.filter.is_empty() => areas.filter,
        _ => areas.status,
    };
    if area.is_empty() {
        return None;
    }
    Clear.render(rect(area), buffer);
    let label = prompt.kind.label();
    let columns = usize::from(area.width);
    let room = columns.saturating_sub(width(label) + 1).max(1);
    let before: String = prompt.text().chars().take(prompt.input.cursor()).collect();
    let column = width(&safe_line(&before));
    let (text, skipped) = scrolled(&safe_line(prompt.text()), column, room);
    let line = Line::from(vec![Span::styled(label, styles.dim()), Span::styled(text, styles.bold())]);
    write(area, 0, line, buffer);
    list(areas, area, buffer, prompt, styles);
    at(area, 0, width(label) + column.saturating_sub(skipped))
}

/// The part of a line around a column, and how many columns are left out before it.
fn scrolled(text: &str, column: usize, room: usize) -> (String, usize) {
    if column < room {
        return (fit(text, room).0.to_owned(), 0);
    }
    let (head, skipped) = fit(text, column + 1 - room);
    (fit(text.get(head.len()..).unwrap_or_default(), room).0.to_owned(), skipped)
}

/// What is wrong, or the proposals, on the side of the line where there is room.
fn list(areas: &Areas, area: Area, buffer: &mut Buffer, prompt: &Prompt, styles: &Styles) {
    let mut lines: Vec<Line<'static>> = Vec::new();
    let columns = usize::from(area.width);
    if let Some(fault) = &prompt.fault {
        let indent = prompt.text().get(..fault.at.start).map_or(0, |head| width(&safe_line(head)));
        let caret = format!("{}^", " ".repeat(indent + width(prompt.kind.label())));
        lines.push(Line::styled(pad(&caret, columns, ""), styles.warning()));
        let hint = fault.hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
        let text = format!("{}{hint}", fault.message);
        lines.push(Line::styled(pad(&safe_line(&text), columns, styles.glyphs.cut), styles.warning()));
    }
    let top = prompt.chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(MOST));
    let shown = prompt.proposals.iter().skip(top).take(MOST);
    let widest = shown.map(|proposal| width(&safe_line(&proposal.insert))).max().unwrap_or(0);
    let name = widest.clamp(NAME.0, NAME.1.min(columns / 2).max(NAME.0));
    for (index, proposal) in prompt.proposals.iter().enumerate().skip(top).take(MOST) {
        let style = if prompt.chosen == Some(index) { styles.lit() } else { styles.dim() };
        lines.push(proposed(proposal, (name, columns.min(78)), style, styles));
    }
    let above = area.y.saturating_sub(areas.whole.y);
    let below = areas.whole.height.saturating_sub(area.y.saturating_add(1));
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let box_area = if below >= above {
        Area { y: area.y.saturating_add(1), height: count.min(below), ..area }
    } else {
        let height = count.min(above);
        Area { y: area.y.saturating_sub(height), height, ..area }
    };
    for (index, line) in lines.into_iter().enumerate().take(usize::from(box_area.height)) {
        if let Some(row) = super::row(box_area, index) {
            let wide = ratatui::layout::Rect {
                width: row.width.min(u16::try_from(line.width()).unwrap_or(u16::MAX)),
                ..row
            };
            Clear.render(wide, buffer);
            line.render(wide, buffer);
        }
    }
}

/// A proposal: its name, with what fits of it set off, and what it means.
fn proposed(
    proposal: &Proposal,
    (name, columns): (usize, usize),
    style: Style,
    styles: &Styles,
) -> Line<'static> {
    let text = &proposal.insert;
    let mut spans = vec![Span::styled(" ", style)];
    let mut done = 0;
    let mut pieces = Vec::new();
    for range in &proposal.lit {
        pieces.push((text.get(done..range.start), style));
        pieces.push((text.get(range.clone()), style.patch(styles.bold()).patch(styles.link())));
        done = range.end;
    }
    pieces.push((text.get(done..), style));
    let piece = |(text, style): (Option<&str>, Style)| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(Span::styled(safe_line(text).into_owned(), style))
    };
    let (fitted, taken) = spans::fit(pieces.into_iter().filter_map(piece).collect(), name, styles.glyphs.cut);
    spans.extend(fitted);
    let label = format!("{}  {}", " ".repeat(name.saturating_sub(taken)), safe_line(&proposal.label));
    spans.push(Span::styled(pad(&label, columns.saturating_sub(1 + taken), styles.glyphs.cut), style));
    Line::from(spans::fit(spans, columns, styles.glyphs.cut).0)
}
