//! A document as it is read beside its events: its text, and the passages that events come from.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Answer, Ctl, Direction, Key, Keys, Question, Row, Store, StoreError};
use crate::chronology::{Catalogue, CataloguedDocument, Document, DocumentIndex, Source};
use crate::query::{Choice, Dimension, Filter};
use crate::text::blocks::Blocks;
use crate::text::known::Known;
use crate::when::{When, words};

/// A document with the passages that events come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which one.
    pub document: DocumentIndex,
    /// Its text; where that was not found, what it is and the quotes of its events.
    pub blocks: Blocks,
    /// Whether this is its text.
    pub found: bool,
    /// In the order of the text.
    pub passages: Vec<Passage>,
    /// How many events name it, and how many of them were looked at.
    pub events: (u64, u64),
    /// How many of those have no passage: no quote, or one that is not in the text.
    pub unplaced: u64,
    /// The names and aliases of all actors.
    pub known: Known,
}

/// A passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The events that come from it, in their order, and whether the filter lets them through.
    pub events: Vec<(Key, bool)>,
}

impl Passage {
    /// Whether the filter lets any of its events through.
    pub fn is_shown(&self) -> bool {
        self.events.iter().any(|(_, shown)| *shown)
    }
}

/// What names a document, beside what else a filter asks for.
pub fn of_document(catalogue: &Catalogue, document: &CataloguedDocument) -> Filter {
    let named = Filter::default().with_choice(Dimension::Document, &document.document.id, Choice::Only);
    if catalogue.layers.len() < 2 {
        return named;
    }
    named.with_choice(Dimension::Layer, &catalogue.layer(document.layer).name, Choice::Only)
}

/// Reads a document. Where more than `most` events name it, those nearest to `key` that the filter lets through.
///
/// # Errors
/// The store's.
pub(super) fn read(
    store: &dyn Store,
    question: &Question,
    index: DocumentIndex,
    (key, most): (Key, usize),
    ctl: &Ctl,
) -> Result<Answer<Option<Reading>>, StoreError> {
    let catalogue = store.info().catalogue;
    let named = store.document(index).map(|document| of_document(&catalogue, &document)).unwrap_or_default();
    let of_filter =
        |filter: Filter| Question { filter: Arc::new(filter), reverse: false, ..question.clone() };
    let (all, shown) = (of_filter(named.clone()), of_filter(question.filter.and(&named)));
    let count = store.count(&all, &Keys::all(), ctl)?;
    let total = count.value.total();
    let rows = if total <= most as u64 {
        let rows = store.page(&all, Key::FIRST, Direction::Forward, most, ctl)?;
        let shown = store.page(&shown, Key::FIRST, Direction::Forward, most, ctl)?;
        rows.with(shown, |rows, shown| (rows, shown.iter().map(|row| row.key).collect()))
    } else {
        let before = store.page(&shown, key, Direction::Backward, most / 2, ctl)?;
        let after = store.page(&shown, key, Direction::Forward, most / 2, ctl)?;
        before.with(after, |mut rows, after| {
            rows.reverse();
            rows.extend(after);
            let shown: HashSet<Key> = rows.iter().map(|row| row.key).collect();
            (rows, shown)
        })
    };
    Ok(count.with(rows, |_, (rows, shown)| {
        let document = store.document(index)?;
        Some(Reader { catalogue: &catalogue, index, document, shown }.read(&rows, total))
    }))
}

struct Reader<'a> {
    catalogue: &'a Catalogue,
    index: DocumentIndex,
    document: CataloguedDocument,
    shown: HashSet<Key>,
}

impl Reader<'_> {
    fn read(&self, rows: &[Row], events: u64) -> Reading {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.entry.documents.contains(&self.index)).collect();
        let actors = self.catalogue.actors.iter().map(|known| &known.actor);
        let names = actors.flat_map(|actor| std::iter::once(&actor.name).chain(&actor.aliases));
        let known = Known::new(names.map(String::as_str));
        let found = self.document.text.is_some();
        let (blocks, placed) = match &self.document.text {
            Some(text) => self.in_text(Blocks::new(Arc::clone(text)), &rows),
            None => self.quotes(&rows),
        };
        let mut passages: Vec<Passage> = Vec::new();
        let mut of_event: BTreeMap<(usize, usize), Vec<(Key, bool)>> = BTreeMap::new();
        let mut with_passage = HashSet::new();
        for (key, range) in placed {
            let events = of_event.entry((range.start, range.end)).or_default();
            with_passage.insert(key);
            if !events.iter().any(|(other, _)| *other == key) {
                events.push((key, self.shown.contains(&key)));
            }
        }
        for ((start, end), mut events) in of_event {
            events.sort_unstable();
            passages.push(Passage { range: start..end, events });
        }
        let unplaced = rows.len().saturating_sub(with_passage.len()) as u64;
        let events = (events, rows.len() as u64);
        Reading { document: self.index, blocks, found, passages, events, unplaced, known }
    }

    /// The sources of an event that name the document.
    fn sources<'r>(&self, row: &'r Row) -> impl Iterator<Item = &'r Source> {
        let of_it = |source: &&Source| {
            let id = source.document.as_deref();
            id.and_then(|id| self.catalogue.document_by_id(row.entry.layer, id)) == Some(self.index)
        };
        row.entry.event.sources.iter().filter(of_it)
    }

    /// Where the quotes stand in the text.
    fn in_text(&self, blocks: Blocks, rows: &[&Row]) -> (Blocks, Vec<(Key, Range<usize>)>) {
        let mut placed = Vec::new();
        for row in rows {
            let ranges = self.sources(row).filter_map(|source| place(&blocks, source));
            placed.extend(ranges.map(|range| (row.key, range)));
        }
        (blocks, placed)
    }

    /// In the place of a text that was not found: what it is, and the quotes of its events.
    fn quotes(&self, rows: &[&Row]) -> (Blocks, Vec<(Key, Range<usize>)>) {
        let mut text = about(&self.document.document);
        let mut placed = Vec::new();
        for row in rows {
            let quotes = self.sources(row).filter_map(|source| source.quote.as_deref());
            for quote in quotes.filter(|quote| !quote.is_empty()) {
                text.push('\n');
                let start = text.len();
                text.push_str(quote);
                placed.push((row.key, start..text.len()));
                text.push('\n');
            }
        }
        (Blocks::new(Arc::from(text)), placed)
    }
}

/// Where a quote stands in a text: at its offsets, if it does, else where it is found.
fn place(blocks: &Blocks, source: &Source) -> Option<Range<usize>> {
    let quote = source.quote.as_deref().filter(|quote| !quote.is_empty())?;
    let at_offset = source.start.and_then(|start| blocks.byte(start));
    let stands = |start: &usize| blocks.text().get(*start..).is_some_and(|rest| rest.starts_with(quote));
    let start = match at_offset.filter(stands) {
        Some(start) => start,
        None => blocks.text().find(quote)?,
    };
    Some(start..start + quote.len())
}

/// What a document is, in lines, and that its text is not here.
fn about(document: &Document) -> String {
    let title = if document.title.is_empty() { &document.id } else { &document.title };
    let mut lines = vec![title.clone()];
    let published = document
        .published
        .as_ref()
        .map(|date| When::parse(date).map_or_else(|_| date.clone(), |when| words::write(&when, None)));
    let published: Vec<String> = document.publisher.iter().cloned().chain(published).collect();
    lines.extend(Some(published.join(", ")).filter(|line| !line.is_empty()));
    lines.extend(document.url.clone());
    lines.extend(document.path.as_ref().map(|path| format!("file {path}")));
    lines.extend(document.note.clone());
    lines.push(String::new());
    lines.push("Its text was not found. The quotes of its events stand here instead.".to_owned());
    lines.join("\n") + "\n"
}
