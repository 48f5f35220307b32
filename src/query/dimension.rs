//! What events have in common: the values of a dimension, and what these are called.

use super::Dimension;
use crate::chronology::{Catalogue, Entry, who::MENTIONED};

impl Dimension {
    /// The values an event has in a dimension, each once, as ids; what `dimension:value` would find it by.
    pub fn values(self, entry: &Entry, catalogue: &Catalogue) -> Vec<String> {
        let event = &entry.event;
        let mut values: Vec<String> = match self {
            Self::Party => {
                let acting = entry.cast.iter().filter(|cast| cast.role != MENTIONED);
                let of_actors = acting.flat_map(|cast| cast.parties.iter().copied());
                let own = event.parties.iter().filter_map(|id| catalogue.party_by_id(id));
                of_actors.chain(own).map(|party| catalogue.party(party).id.clone()).collect()
            }
            Self::Actor => {
                let acting = entry.cast.iter().filter(|cast| cast.role != MENTIONED);
                let with_wholes = acting.flat_map(|cast| {
                    std::iter::once(cast.actor).chain(catalogue.actor(cast.actor).wholes.iter().copied())
                });
                with_wholes.map(|actor| catalogue.actor(actor).actor.id.clone()).collect()
            }
            Self::Kind => event.kind.iter().cloned().collect(),
            Self::Place => entry.places.iter().map(|place| catalogue.place(*place).id.clone()).collect(),
            Self::Tag => event.tags.clone(),
            Self::Document => entry
                .documents
                .iter()
                .map(|document| catalogue.document(*document).document.id.clone())
                .collect(),
            Self::Status => vec![entry.status().word().to_owned()],
            Self::Layer => vec![catalogue.layer(entry.layer).name.clone()],
        };
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The same; the empty value where it has none.
    pub fn values_or_none(self, entry: &Entry, catalogue: &Catalogue) -> Vec<String> {
        let values = self.values(entry, catalogue);
        if values.is_empty() { vec![String::new()] } else { values }
    }

    /// The name to show for a value.
    pub fn label(self, value: &str, catalogue: &Catalogue) -> String {
        let named = match self {
            Self::Party => catalogue.party_by_id(value).map(|party| &catalogue.party(party).name),
            Self::Actor => catalogue.actor_by_id(value).map(|actor| &catalogue.actor(actor).actor.name),
            Self::Place => catalogue.place_by_id(value).map(|place| &catalogue.place(place).name),
            Self::Document => catalogue
                .documents
                .iter()
                .find(|document| document.document.id == value)
                .map(|document| &document.document.title),
            Self::Layer => {
                catalogue.layers.iter().find(|layer| layer.name == value).map(|layer| &layer.title)
            }
            Self::Kind | Self::Tag | Self::Status => None,
        };
        named.filter(|name| !name.is_empty()).map_or_else(|| value.to_owned(), Clone::clone)
    }

    /// The heading for the events that have a value: its name, or what is said of those that have none.
    pub fn heading(self, value: &str, catalogue: &Catalogue) -> String {
        match (value, self) {
            ("", Self::Actor | Self::Party) => "nobody named".to_owned(),
            ("", _) => format!("no {}", self.field()),
            _ => self.label(value, catalogue),
        }
    }
}
