//! Counting events by the values of a dimension.

use std::collections::HashMap;

use super::{Count, Facet};
use crate::chronology::{Catalogue, Entry};
use crate::query::Dimension;
use crate::text::fold::fold;
use crate::when::Certainty;

/// The role of an actor who is only spoken of; such events are not the actor's own.
const MENTIONED: &str = "mentioned";

/// The values an event has in a dimension, each once, as ids; what `dimension:value` would find it by.
pub fn values(dimension: Dimension, entry: &Entry, catalogue: &Catalogue) -> Vec<String> {
    let event = &entry.event;
    let mut values: Vec<String> = match dimension {
        Dimension::Party => {
            let acting = entry.cast.iter().filter(|cast| cast.role != MENTIONED);
            let of_actors = acting.flat_map(|cast| cast.parties.iter().copied());
            let own = event.parties.iter().filter_map(|id| catalogue.party_by_id(id));
            of_actors.chain(own).map(|party| catalogue.party(party).id.clone()).collect()
        }
        Dimension::Actor => {
            let acting = entry.cast.iter().filter(|cast| cast.role != MENTIONED);
            let with_wholes = acting.flat_map(|cast| {
                std::iter::once(cast.actor).chain(catalogue.actor(cast.actor).wholes.iter().copied())
            });
            with_wholes.map(|actor| catalogue.actor(actor).actor.id.clone()).collect()
        }
        Dimension::Kind => event.kind.iter().cloned().collect(),
        Dimension::Place => entry.places.iter().map(|place| catalogue.place(*place).id.clone()).collect(),
        Dimension::Tag => event.tags.clone(),
        Dimension::Document => {
            entry.documents.iter().map(|document| catalogue.document(*document).document.id.clone()).collect()
        }
        Dimension::Status => vec![entry.status().word().to_owned()],
        Dimension::Layer => vec![catalogue.layer(entry.layer).name.clone()],
    };
    values.sort_unstable();
    values.dedup();
    values
}

/// The name to show for a value.
pub fn label(dimension: Dimension, value: &str, catalogue: &Catalogue) -> String {
    let named = match dimension {
        Dimension::Party => catalogue.party_by_id(value).map(|party| &catalogue.party(party).name),
        Dimension::Actor => catalogue.actor_by_id(value).map(|actor| &catalogue.actor(actor).actor.name),
        Dimension::Place => catalogue.place_by_id(value).map(|place| &catalogue.place(place).name),
        Dimension::Document => catalogue
            .documents
            .iter()
            .find(|document| document.document.id == value)
            .map(|document| &document.document.title),
        Dimension::Layer => {
            catalogue.layers.iter().find(|layer| layer.name == value).map(|layer| &layer.title)
        }
        Dimension::Kind | Dimension::Tag | Dimension::Status => None,
    };
    named.filter(|name| !name.is_empty()).map_or_else(|| value.to_owned(), Clone::clone)
}

/// Counts by value.
pub(super) struct Tally {
    dimension: Dimension,
    counts: HashMap<String, Count>,
    labels: HashMap<String, String>,
}

impl Tally {
    /// Starts with what the catalogue names at zero, so that a value does not vanish when its count does.
    pub(super) fn new(dimension: Dimension, catalogue: &Catalogue) -> Self {
        let ids: Vec<String> = match dimension {
            Dimension::Party => catalogue.parties.iter().map(|party| party.id.clone()).collect(),
            Dimension::Actor => catalogue.actors.iter().map(|actor| actor.actor.id.clone()).collect(),
            Dimension::Place => catalogue.places.iter().map(|place| place.id.clone()).collect(),
            Dimension::Document => {
                catalogue.documents.iter().map(|document| document.document.id.clone()).collect()
            }
            Dimension::Layer => catalogue.layers.iter().map(|layer| layer.name.clone()).collect(),
            Dimension::Kind | Dimension::Tag | Dimension::Status => Vec::new(),
        };
        let mut tally = Self { dimension, counts: HashMap::new(), labels: HashMap::new() };
        for id in ids {
            tally.slot(id, catalogue);
        }
        tally
    }

    fn slot(&mut self, value: String, catalogue: &Catalogue) -> &mut Count {
        if !self.labels.contains_key(&value) {
            self.labels.insert(value.clone(), label(self.dimension, &value, catalogue));
        }
        self.counts.entry(value).or_default()
    }

    /// Takes note of an event's values without counting it.
    pub(super) fn know(&mut self, entry: &Entry, catalogue: &Catalogue) {
        if matches!(self.dimension, Dimension::Kind | Dimension::Tag | Dimension::Status) {
            self.add(entry, Certainty::Not, catalogue);
        }
    }

    /// Counts an event.
    pub(super) fn add(&mut self, entry: &Entry, certainty: Certainty, catalogue: &Catalogue) {
        for value in values(self.dimension, entry, catalogue) {
            self.slot(value, catalogue).add(certainty);
        }
    }

    /// The `n` largest, by count, then by label; only those with a word that starts with `prefix`.
    pub(super) fn largest(self, prefix: &str, n: usize) -> Vec<Facet> {
        let prefix = fold(prefix);
        let Self { counts, mut labels, .. } = self;
        let mut facets: Vec<Facet> = counts
            .into_iter()
            .map(|(value, count)| Facet { label: labels.remove(&value).unwrap_or_default(), value, count })
            .filter(|facet| starts_a_word(&facet.label, &prefix) || starts_a_word(&facet.value, &prefix))
            .collect();
        facets.sort_by(|a, b| {
            (b.count.total().cmp(&a.count.total()))
                .then_with(|| a.label.cmp(&b.label))
                .then_with(|| a.value.cmp(&b.value))
        });
        facets.truncate(n);
        facets
    }
}

/// Whether the folded `prefix` starts the text or one of its words.
pub fn starts_a_word(text: &str, prefix: &str) -> bool {
    let text = fold(text);
    text.starts_with(prefix) || text.contains(&format!(" {prefix}"))
}
