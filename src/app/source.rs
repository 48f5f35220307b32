//! The source view: what a document says, with the passages that events come from. The cursor goes from passage to
//! passage.

mod click;
mod page;

use std::sync::Arc;

use super::action::Action;
use super::{App, View};
use crate::chronology::{DocumentIndex, LayerIndex};
use crate::formats::wording::name_or_id;
use crate::layout::screen::Area;
use crate::layout::scroll::{Place, Text};
use crate::query::Dimension;
use crate::store::{Count, Facet, Key, Reading, Reply, Request, Slot};

use page::Page;
pub use page::{Line, Mark, Piece};

/// So many events of a document are looked at.
const MOST_EVENTS: usize = 2_000;
/// So many documents are listed.
const MOST_DOCUMENTS: usize = 200;
/// The columns beside the text that say what is a passage.
pub const MARGIN: u16 = 2;
/// How many lines around a passage are shown with it where there is room.
const AROUND: usize = 2;

/// The state of the source view.
#[derive(Clone, Debug, Default)]
pub struct SourceView {
    /// The document that is shown.
    pub document: Option<DocumentIndex>,
    /// What is known of it.
    pub held: Option<Arc<Reading>>,
    /// How many events of the filter name each document; `None`: not yet counted.
    pub counts: Option<Vec<Facet>>,
    /// The first line on screen.
    pub top: Place,
    /// The words that are being chosen.
    pub chosen: Option<super::revising::Chosen>,
    /// The passage that the reader went to, and the event of it.
    at: Option<(usize, Key)>,
    /// Whether the lit event's passage is to be shown once it is known.
    reveal: bool,
}

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which one.
    pub document: DocumentIndex,
    /// Its title, or its id.
    pub label: String,
    /// How many events of the filter name it; `None`: that is not known yet.
    pub count: Option<Count>,
}

impl App {
    /// The documents, in their order; where there are many, those that most events name.
    pub fn documents(&self) -> Vec<Listed> {
        let catalogue = &self.info.catalogue;
        let counts = self.source.counts.as_deref();
        let listed = |document: DocumentIndex| {
            let known = &catalogue.document(document).document;
            let facet = counts.map(|counts| counts.iter().find(|facet| facet.value == known.id));
            let count = facet.map(|facet| facet.map_or(Count::default(), |facet| facet.count));
            Listed { document, label: name_or_id(&known.title, &known.id).to_owned(), count }
        };
        if catalogue.documents.len() <= MOST_DOCUMENTS {
            return (0u32..).map(DocumentIndex).take(catalogue.documents.len()).map(listed).collect();
        }
        let layers = || (0u32..).map(LayerIndex).take(catalogue.layers.len());
        let of = |facet: &Facet| layers().find_map(|layer| catalogue.document_by_id(layer, &facet.value));
        let mut all: Vec<DocumentIndex> = counts.unwrap_or_default().iter().filter_map(of).collect();
        all.extend(self.source.document.filter(|shown| !all.contains(shown)));
        all.into_iter().map(listed).collect()
    }

    /// Where the documents are listed, where the margin is, and where the text.
    pub fn source_parts(&self) -> (Area, Area, Area) {
        let area = self.areas().list;
        let documents = u16::try_from(self.info.catalogue.documents.len()).unwrap_or(u16::MAX);
        let rows = match area.height {
            0..=3 => 0,
            4..=8 => 1,
            height => documents.min(height / 4).max(1),
        };
        let (head, body) = area.split_top(rows);
        let margin = MARGIN.min(body.width);
        let x = body.x.saturating_add(margin);
        // A column is left free at the right for the mark that more follows.
        let width = body.width.saturating_sub(margin).saturating_sub(1);
        (head, Area { width: margin, ..body }, Area { x, width, ..body })
    }

    /// Shows the document of the lit event.
    pub(super) fn open_source(&mut self) {
        if self.view != View::Source {
            return self.ask_source();
        }
        let document = self.lit_document().or(self.source.document);
        if document != self.source.document {
            (self.source.held, self.source.top, self.source.at) = (None, Place::default(), None);
        }
        self.source.document = document;
        self.source.reveal = true;
        self.ask_source();
    }

    /// What the document that is shown is called: its layer's name, and its id.
    pub(super) fn document_name(&self) -> Option<(String, String)> {
        let known = self.info.catalogue.documents.get(self.source.document?.0 as usize)?;
        Some((self.info.catalogue.layer(known.layer).name.clone(), known.document.id.clone()))
    }

    /// The same document, by its name, of what was read again.
    pub(super) fn carry_source(&mut self, name: Option<(String, String)>) {
        let catalogue = &self.info.catalogue;
        let document = name.and_then(|(layer, id)| {
            let layer = (0u32..).zip(&catalogue.layers).find(|(_, known)| known.name == layer)?.0;
            catalogue.document_by_id(LayerIndex(layer), &id)
        });
        self.source = SourceView { document, top: self.source.top, ..SourceView::default() };
    }

    /// Asks for the document and for how many events name each.
    pub(super) fn ask_source(&mut self) {
        if self.view != View::Source {
            self.forget(Slot::Documents);
            return self.forget(Slot::Source);
        }
        if self.info.catalogue.documents.is_empty() {
            return;
        }
        self.ask_documents();
        self.ask_reading();
    }

    pub(super) fn ask_documents(&mut self) {
        let question = self.question_of(Arc::new(self.filter.counting(Dimension::Document)));
        let (dimension, n) = (Dimension::Document, MOST_DOCUMENTS);
        self.ask(Slot::Documents, Request::Facets { question, dimension, prefix: String::new(), n });
    }

    pub(super) fn ask_reading(&mut self) {
        if self.source.document.is_none() {
            let first = (!self.info.catalogue.documents.is_empty()).then_some(DocumentIndex(0));
            self.source.document = self.lit_document().or(first);
        }
        let Some(document) = self.source.document else { return };
        let request = Request::Source {
            question: self.question(),
            document,
            key: self.source_key(),
            most: MOST_EVENTS,
        };
        self.ask(Slot::Source, request);
    }

    pub(super) fn take_counts(&mut self, counts: Vec<Facet>) {
        self.source.counts = Some(counts);
    }

    pub(super) fn take_reading(&mut self, reply: Reply) {
        let Reply::Source(reading) = reply else { return };
        self.source.held = reading;
        if self.source.reveal {
            self.reveal_passage();
        }
        self.clamp_source();
    }

    /// The event that the cursor is on or goes to.
    fn source_key(&self) -> Key {
        self.lit().filter(|_| !self.cursor.adopt).map_or(self.cursor.key, |row| row.key)
    }

    /// The document of the lit event to show: the one that is shown, else one whose text is here.
    fn lit_document(&self) -> Option<DocumentIndex> {
        let documents = &self.lit()?.entry.documents;
        let shown = self.source.document.filter(|shown| documents.contains(shown));
        let has_text = |index: &&DocumentIndex| self.info.catalogue.document(**index).text.is_some();
        shown.or_else(|| documents.iter().find(has_text).or(documents.first()).copied())
    }

    /// Shows the passage of the lit event, in its document.
    pub(super) fn follow_in_source(&mut self) {
        if self.view != View::Source {
            return;
        }
        self.source.reveal = true;
        let document = self.lit_document().or(self.source.document);
        if document != self.source.document {
            return self.show_document(document);
        }
        let Some(held) = self.source.held.clone().filter(|held| Some(held.document) == document) else {
            return;
        };
        if held.events.0 > held.events.1 && self.lit_passage().is_none() {
            // It may be one of those that were not looked at.
            return self.ask_reading();
        }
        self.reveal_passage();
    }

    /// Shows a document from its beginning, or from the passage of the lit event.
    fn show_document(&mut self, document: Option<DocumentIndex>) {
        self.source.document = document;
        (self.source.held, self.source.chosen) = (None, None);
        (self.source.top, self.source.at) = (Place::default(), None);
        self.source.reveal = true;
        self.ask_reading();
    }

    /// The passage of the lit event: the one that the reader went to, else its first.
    pub fn lit_passage(&self) -> Option<usize> {
        let held = self.source.held.as_deref()?;
        let key = self.source_key();
        let went = self.source.at.filter(|(passage, at)| {
            let passage = held.passages.get(*passage);
            *at == key && passage.is_some_and(|passage| passage.events.iter().any(|(event, _)| *event == key))
        });
        let has = |passage: &crate::store::Passage| passage.events.iter().any(|(event, _)| *event == key);
        went.map(|(passage, _)| passage).or_else(|| held.passages.iter().position(has))
    }

    pub(super) fn move_in_source(&mut self, action: Action) {
        let rows = self.source_parts().2.height.max(1);
        let page = isize::try_from(rows).unwrap_or(1);
        match action {
            Action::Down => self.next_passage(true),
            Action::Up => self.next_passage(false),
            Action::First | Action::Last => self.end_passage(action == Action::First),
            Action::NextHeading => self.next_document(true),
            Action::PreviousHeading => self.next_document(false),
            Action::PageDown => self.scroll_source((page - 1).max(1)),
            Action::PageUp => self.scroll_source((1 - page).min(-1)),
            Action::HalfDown => self.scroll_source((page / 2).max(1)),
            Action::HalfUp => self.scroll_source((-page / 2).min(-1)),
            Action::Open => self.focus_in(),
            _ => {}
        }
    }

    /// The passages with the events of the filter, one by one, in the order of the text.
    fn stops(&self) -> Vec<(usize, Key)> {
        let held = self.source.held.as_deref();
        let passages = held.map(|held| held.passages.as_slice()).unwrap_or_default();
        let events = passages.iter().enumerate().flat_map(|(at, passage)| {
            passage.events.iter().filter(|(_, shown)| *shown).map(move |(key, _)| (at, *key))
        });
        events.collect()
    }

    /// To the next event of this passage, or of the next one; from an event that has none here, to the next on screen.
    fn next_passage(&mut self, forward: bool) {
        let stops = self.stops();
        let here = self.lit_passage().map(|passage| (passage, self.source_key()));
        let place = here.and_then(|here| stops.iter().position(|stop| *stop == here));
        let next = match (place, here) {
            (Some(at), _) if forward => stops.get(at + 1),
            (Some(at), _) => at.checked_sub(1).and_then(|at| stops.get(at)),
            (None, Some((passage, _))) if forward => stops.iter().find(|(at, _)| *at > passage),
            (None, Some((passage, _))) => stops.iter().rfind(|(at, _)| *at < passage),
            (None, None) => {
                let top = self
                    .source
                    .held
                    .as_deref()
                    .map_or(0, |held| held.blocks.range(self.source.top.block).start);
                let begins = |(at, _): &&(usize, Key)| {
                    let held = self.source.held.as_deref();
                    held.and_then(|held| held.passages.get(*at))
                        .is_some_and(|passage| passage.range.start >= top)
                };
                if forward { stops.iter().find(begins) } else { stops.iter().rfind(|stop| !begins(stop)) }
            }
        };
        match next.copied() {
            Some(stop) => self.go_to_passage(stop),
            None if stops.is_empty() => self.say(self.no_passage()),
            None => {
                let end = if forward { "last" } else { "first" };
                self.say(format!("that is the {end} passage of this document"));
            }
        }
    }

    /// Why there is no passage to go to.
    fn no_passage(&self) -> &'static str {
        match &self.source.held {
            _ if self.info.catalogue.documents.is_empty() => "nothing here names a document",
            None => "the document is being read",
            Some(held) if held.passages.is_empty() => "no event comes from a passage of this document",
            Some(_) => "the filter hides all events of this document",
        }
    }

    fn end_passage(&mut self, first: bool) {
        let stops = self.stops();
        match if first { stops.first() } else { stops.last() } {
            Some(stop) => self.go_to_passage(*stop),
            None => self.say(self.no_passage()),
        }
    }

    fn go_to_passage(&mut self, stop: (usize, Key)) {
        self.actor = None;
        self.source.at = Some(stop);
        self.go_to(stop.1);
        self.reveal_passage();
    }

    /// The next document of the list. The cursor stays on its event.
    fn next_document(&mut self, forward: bool) {
        let documents = self.documents();
        let at = documents.iter().position(|listed| Some(listed.document) == self.source.document);
        let next = match at {
            None => 0,
            Some(at) if forward => at + 1,
            Some(at) => at.wrapping_sub(1),
        };
        match documents.get(next).map(|listed| listed.document) {
            Some(document) => self.show_document(Some(document)),
            None if documents.len() < 2 => self.say("there is no other document"),
            None => {
                let end = if forward { "last" } else { "first" };
                self.say(format!("that is the {end} document"));
            }
        }
    }

    fn scroll_source(&mut self, lines: isize) {
        let top = self.with_page(|text, _, rows| text.clamped(text.moved(self.source.top, lines), rows));
        self.source.top = top.unwrap_or_default();
    }

    /// Lays out what depends on the room there is.
    pub(super) fn lay_views(&mut self) {
        self.clamp_source();
        self.lay_matrix();
        self.clamp_map();
    }

    fn clamp_source(&mut self) {
        if self.view == View::Source {
            let top = self.with_page(|text, _, rows| text.clamped(self.source.top, rows));
            self.source.top = top.unwrap_or_default();
        }
    }

    /// Scrolls as little as it takes to see the lit passage.
    fn reveal_passage(&mut self) {
        let Some(held) = self.source.held.clone().filter(|held| Some(held.document) == self.source.document)
        else {
            return;
        };
        self.source.reveal = false;
        let Some(passage) = self.lit_passage().and_then(|at| held.passages.get(at)) else { return };
        self.reveal_bytes(&held, &passage.range);
    }

    /// Scrolls as little as it takes to see these bytes.
    pub(super) fn reveal_bytes(&mut self, held: &Reading, bytes: &std::ops::Range<usize>) {
        let columns = usize::from(self.source_parts().2.width);
        let top = self.with_page(|text, page, rows| {
            let line_of = |byte: usize| {
                let block = held.blocks.at(byte);
                let lines = page.block(block, columns);
                Place { block, line: lines.iter().rposition(|line| line.begins <= byte).unwrap_or(0) }
            };
            let ends = (line_of(bytes.start), line_of(bytes.end.saturating_sub(1)));
            text.reveal(self.source.top, ends, rows, AROUND)
        });
        self.source.top = top.unwrap_or_default();
    }

    /// Does something with the text as it is laid out, and the rows there are for it.
    pub(super) fn with_page<T>(&self, done: impl FnOnce(&Text<'_>, &Page<'_>, usize) -> T) -> Option<T> {
        let held = self.source.held.as_deref()?;
        let area = self.source_parts().2;
        let page = self.page(held);
        let lines = |block: usize| page.block(block, usize::from(area.width)).len();
        Some(done(&Text { blocks: held.blocks.len(), lines: &lines }, &page, usize::from(area.height)))
    }

    /// The lines on screen, and whether more stand above and below them.
    pub fn source_lines(&self) -> (Vec<Line>, bool, bool) {
        let Some(held) = self.source.held.as_deref() else { return Default::default() };
        let area = self.source_parts().2;
        let rows = usize::from(area.height);
        let (page, top) = (self.page(held), self.source.top);
        let mut lines = Vec::new();
        for block in top.block..held.blocks.len() {
            let skipped = if block == top.block { top.line } else { 0 };
            lines.extend(page.block(block, usize::from(area.width)).iter().skip(skipped).cloned());
            if lines.len() > rows {
                break;
            }
        }
        let below = lines.len() > rows;
        lines.truncate(rows);
        (lines, top > Place::default(), below)
    }
}
