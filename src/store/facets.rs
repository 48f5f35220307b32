//! Counting events by the values of a dimension.

use super::{Count, Facet};
use crate::chronology::{Catalogue, Entry};
use crate::query::Dimension;
use crate::text::fold::fold;

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

/// A value with its count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tallied<'a> {
    pub(super) value: &'a str,
    pub(super) label: &'a str,
    pub(super) count: Count,
}

/// The `n` largest, by count, then by label; only those with a word that starts with `prefix`.
pub(super) fn largest(mut tallied: Vec<Tallied<'_>>, prefix: &str, n: usize) -> Vec<Facet> {
    let prefix = fold(prefix);
    if !prefix.is_empty() {
        tallied.retain(|one| starts_a_word(one.label, &prefix) || starts_a_word(one.value, &prefix));
    }
    let order = |a: &Tallied<'_>, b: &Tallied<'_>| {
        b.count.total().cmp(&a.count.total()).then_with(|| (a.label, a.value).cmp(&(b.label, b.value)))
    };
    if n < tallied.len() {
        tallied.select_nth_unstable_by(n, order);
        tallied.truncate(n);
    }
    tallied.sort_unstable_by(order);
    let facet = |one: Tallied<'_>| Facet {
        value: one.value.to_owned(),
        label: one.label.to_owned(),
        count: one.count,
    };
    tallied.into_iter().map(facet).collect()
}

/// Whether the folded `prefix` starts the text or one of its words.
pub fn starts_a_word(text: &str, prefix: &str) -> bool {
    let text = fold(text);
    text.starts_with(prefix) || text.contains(&format!(" {prefix}"))
}
