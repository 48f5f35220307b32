//! Clicks in the source view: on a document, and on the words that an event comes from.

use super::{App, Line, Listed};
use crate::text::width::fit;

impl App {
    /// The documents that are listed in so many rows, around the one that is shown: the number of the first, and all
    /// of them.
    pub fn listed_documents(&self, rows: usize) -> (usize, Vec<Listed>) {
        let documents = self.documents();
        let shown = documents.iter().position(|listed| Some(listed.document) == self.source.document);
        let first = shown.unwrap_or(0).saturating_sub(rows / 2).min(documents.len().saturating_sub(rows));
        (first, documents)
    }

    /// Shows the document, or goes to the event of the passage, at a column and row of the screen.
    pub(in crate::app) fn click_source(&mut self, at: (u16, u16)) {
        let (head, margin, body) = self.source_parts();
        if head.contains(at) {
            let (first, documents) = self.listed_documents(usize::from(head.height));
            let row = usize::from(at.1.saturating_sub(head.y));
            if let Some(listed) = documents.get(first + row) {
                self.show_document(Some(listed.document));
            }
        } else if margin.contains(at) || body.contains(at) {
            let (lines, ..) = self.source_lines();
            let row = usize::from(at.1.saturating_sub(body.y));
            let Some(line) = lines.get(row) else { return };
            self.click_byte(byte_at(line, usize::from(at.0.saturating_sub(body.x))));
        }
    }

    /// Goes to the shortest passage around a byte. Where several events come from it, each click goes to the next.
    fn click_byte(&mut self, byte: usize) {
        let Some(held) = self.source.held.clone() else { return };
        let stops = self.stops();
        let around = |at: usize| {
            let range = held.passages.get(at).map(|passage| passage.range.clone());
            range.filter(|range| range.contains(&byte)).map(|range| range.len())
        };
        let Some(nearest) = stops.iter().filter_map(|(at, _)| Some((around(*at)?, *at))).min() else {
            return;
        };
        let of_it: Vec<_> = stops.into_iter().filter(|(at, _)| *at == nearest.1).collect();
        let here = of_it.iter().position(|stop| Some(*stop) == self.source.at && stop.1 == self.source_key());
        let next = here.map_or(0, |here| (here + 1) % of_it.len().max(1));
        if let Some(stop) = of_it.get(next) {
            self.go_to_passage(*stop);
        }
    }
}

/// The byte of the text at a column of a line, as near as it is known: what is shown may be longer than what is written.
fn byte_at(line: &Line, column: usize) -> usize {
    let (mut byte, mut left) = (line.begins, column);
    for piece in &line.pieces {
        let (before, columns) = fit(&piece.text, left);
        if !piece.number {
            byte += before.len();
        }
        if before.len() < piece.text.len() {
            break;
        }
        left = left.saturating_sub(columns);
    }
    byte
}
