//! What a writer has to know of all events before it writes the first.

use std::collections::BTreeSet;

use crate::chronology::{Catalogue, DocumentIndex, Event, LayerIndex};

/// Sources of one event beyond so many are counted apart: no table has columns for more.
pub const MOST_SOURCES: usize = 9;

/// What events have that not every event has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The names of their fields.
    pub fields: BTreeSet<String>,
    /// The most sources that one event has, up to [`MOST_SOURCES`].
    pub sources: usize,
    /// How many sources lie beyond that.
    pub sources_beyond: u64,
    /// The documents of their sources.
    pub documents: BTreeSet<DocumentIndex>,
    /// The events that they have links to, by layer and id.
    pub linked: BTreeSet<(LayerIndex, String)>,
    /// How many keys they have that are not known here.
    pub extras: u64,
}

impl Outline {
    /// Adds an event.
    pub fn add(&mut self, catalogue: &Catalogue, layer: LayerIndex, event: &Event) {
        let count = event.sources.len();
        self.sources = self.sources.max(count.min(MOST_SOURCES));
        self.sources_beyond += count.saturating_sub(MOST_SOURCES) as u64;
        self.extras += event.extra.len() as u64;
        for name in event.fields.keys() {
            if !self.fields.contains(name) {
                self.fields.insert(name.clone());
            }
        }
        let documents = event.sources.iter().filter_map(|source| source.document.as_deref());
        self.documents.extend(documents.filter_map(|id| catalogue.document_by_id(layer, id)));
        self.linked.extend(event.links.iter().map(|link| (layer, link.event.clone())));
    }

    /// Adds what was found of other events.
    pub fn join(&mut self, other: Self) {
        self.fields.extend(other.fields);
        self.sources = self.sources.max(other.sources);
        self.sources_beyond += other.sources_beyond;
        self.documents.extend(other.documents);
        self.linked.extend(other.linked);
        self.extras += other.extras;
    }
}
