//! An event together with everything that follows from its chronology, resolved once when it is read.

use std::collections::HashMap;
use std::sync::Arc;

use super::{ActorIndex, Catalogue, DocumentIndex, Event, LayerIndex, PartyIndex, PlaceIndex};
use crate::when::{Bounds, When};

/// An actor of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    /// Who.
    pub actor: ActorIndex,
    /// In which role; an absent role is `participant`.
    pub role: String,
    /// The parties the actor stands on at the event's date, certainly or possibly.
    pub parties: Vec<PartyIndex>,
}

/// An event as a store holds it. Ids that name nothing are left out here (`annals check` reports them).
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The layer it belongs to.
    pub layer: LayerIndex,
    /// The event as written.
    pub event: Event,
    /// Its date; `None`: undated.
    pub when: Option<When>,
    /// What its date allows, with an open end vouched for by `as_of`.
    pub bounds: Option<Bounds>,
    /// The newest publication of its documents.
    pub as_of: Option<When>,
    /// Its actors, in the order written.
    pub cast: Vec<Cast>,
    /// Its parties: those of its actors at its date, then its own; each once.
    pub parties: Vec<PartyIndex>,
    /// Its places.
    pub places: Vec<PlaceIndex>,
    /// The documents of its sources, each once.
    pub documents: Vec<DocumentIndex>,
    /// Whether its claims differ: dates that differ, a denial, or the status `disputed`.
    pub contested: bool,
}

/// One text of an event, with the name of the part it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts<'a> {
    /// `title`, `summary`, `quote`, `note`, `name`, `tag` or `field`.
    pub part: &'static str,
    /// The text, as read.
    pub text: &'a str,
}

impl Entry {
    /// Every text of the event that a search looks at: title, summary, quotes, notes, the names and aliases
    /// of its actors, parties and places, tags, and fields.
    pub fn texts<'a>(&'a self, catalogue: &'a Catalogue) -> Vec<Texts<'a>> {
        let mut texts = Vec::new();
        let mut add = |part, text: &'a str| {
            if !text.is_empty() {
                texts.push(Texts { part, text });
            }
        };
        let event = &self.event;
        add("title", &event.title);
        event.summary.iter().for_each(|text| add("summary", text));
        event.sources.iter().filter_map(|source| source.quote.as_deref()).for_each(|text| add("quote", text));
        event.note.iter().for_each(|text| add("note", text));
        for cast in &self.cast {
            let actor = &catalogue.actor(cast.actor).actor;
            names(&actor.name, &actor.aliases).for_each(|text| add("name", text));
        }
        for party in &self.parties {
            let party = catalogue.party(*party);
            names(&party.name, &party.aliases).for_each(|text| add("name", text));
        }
        for place in &self.places {
            let place = catalogue.place(*place);
            names(&place.name, &place.aliases).for_each(|text| add("name", text));
        }
        event.tags.iter().for_each(|text| add("tag", text));
        event.fields.values().for_each(|text| add("field", text));
        texts
    }

    /// The event's status, `occurred` where none is written.
    pub fn status(&self) -> super::Status {
        self.event.status.unwrap_or(super::Status::Occurred)
    }
}

/// A name with the other names for it.
fn names<'a>(name: &'a str, aliases: &'a [String]) -> impl Iterator<Item = &'a str> {
    std::iter::once(name).chain(aliases.iter().map(String::as_str))
}

/// Entries with the names they use.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The names.
    pub catalogue: Catalogue,
    /// The entries, in the order of the input.
    pub entries: Vec<Arc<Entry>>,
    /// What was noticed when several layers were joined (fields that differ), one line each.
    pub remarks: Vec<String>,
    /// The first entry of each id, by layer.
    pub(crate) by_id: HashMap<(LayerIndex, String), usize>,
}
