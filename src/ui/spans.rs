//! Pieces of styled text that are made safe, marked and cut to a width.

use ratatui::style::Style;
use ratatui::text::Span;

use super::style::Styles;
use crate::app::App;
use crate::chronology::PartyIndex;
use crate::query::Highlighter;
use crate::text::safe::safe_line;
use crate::text::width::{cut, width};

/// A text as spans, with its hits in another style.
pub fn marked(text: &str, highlighter: &Highlighter, style: Style, hit: Style) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut done = 0;
    let mut add = |text: Option<&str>, style: Style| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            spans.push(Span::styled(safe_line(text).into_owned(), style));
        }
    };
    for range in highlighter.ranges(text) {
        add(text.get(done..range.start), style);
        add(text.get(range.clone()), style.patch(hit));
        done = range.end;
    }
    add(text.get(done..), style);
    spans
}

/// The spans cut to `columns`, with `mark` where something is cut off; and how many columns they take.
pub fn fit(spans: Vec<Span<'static>>, columns: usize, mark: &str) -> (Vec<Span<'static>>, usize) {
    let total: usize = spans.iter().map(|span| width(&span.content)).sum();
    if total <= columns {
        return (spans, total);
    }
    let mut fitted = Vec::new();
    let mut used = 0;
    for span in spans {
        let wide = width(&span.content);
        // The last span that still fits whole must leave room for the mark.
        if used + wide < columns {
            used += wide;
            fitted.push(span);
            continue;
        }
        let room = columns.saturating_sub(used);
        let text = if wide <= room {
            cut(&format!("{} ", span.content), room, mark)
        } else {
            cut(&span.content, room, mark)
        };
        used += width(&text);
        fitted.push(Span::styled(text, span.style));
        break;
    }
    (fitted, used)
}

/// A name with its party's letter before it, made safe: nothing is said by colour alone.
pub fn lettered(name: &str, party: Option<PartyIndex>, app: &App, styles: &Styles) -> String {
    let name = safe_line(name);
    match party.and_then(|party| app.letters.of(party)) {
        Some(letter) => format!("{letter}{}{name}", styles.glyphs.letter),
        None => name.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_cut_with_a_mark_and_never_too_wide() {
        let spans = || vec![Span::raw("Iraq"), Span::raw(", "), Span::raw("United States")];
        let text = |columns| {
            let (fitted, used) = fit(spans(), columns, "…");
            assert!(used <= columns);
            fitted.iter().map(|span| span.content.as_ref()).collect::<String>()
        };
        assert_eq!(text(19), "Iraq, United States");
        assert_eq!(text(10), "Iraq, Uni…");
        assert_eq!(text(4), "Ira…");
        assert_eq!(text(1), "…");
        assert_eq!(text(0), "");
    }
}
