//! What follows from chronologies, worked out once when they are read: which names are one, who stands on
//! which party at an event's date, and what an event's date allows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::claims::{self, Dating};
use super::sides::Sides;
use super::{
    ActorIndex, Cast, Catalogue, CataloguedDocument, Chronology, DocumentIndex, Entry, Event, Layer,
    LayerIndex, Resolved, Stance, Status, ids, merge,
};
use crate::when::When;

/// One source as it was read.
#[derive(Clone, Debug, Default)]
pub struct LayerInput {
    /// What it goes by. Its name is made unique among the layers.
    pub layer: Layer,
    /// What stands in it.
    pub chronology: Chronology,
    /// The texts of its documents that were found, by the document's id.
    pub texts: HashMap<String, Arc<str>>,
}

/// The role of an actor whose role is not written.
pub const DEFAULT_ROLE: &str = "participant";

/// Joins layers into one catalogue and works out their events. Ids that name nothing are left out of the
/// entries; `annals check` reports them.
pub fn resolve(layers: Vec<LayerInput>) -> Resolved {
    let mut catalogue = Catalogue::default();
    let mut remarks = Vec::new();
    let mut events = Vec::new();
    let mut names = HashSet::new();
    for (index, input) in layers.into_iter().enumerate() {
        let LayerInput { mut layer, chronology, mut texts } = input;
        let index = LayerIndex(index as u32);
        layer.name = ids::unique(&layer.name, &mut names);
        layer.extra.clone_from(&chronology.extra);
        merge::names(&mut catalogue, &chronology, &layer.name, &mut remarks);
        catalogue.layers.push(layer);
        for document in chronology.documents {
            let text = texts.remove(&document.id);
            let at = DocumentIndex(catalogue.documents.len() as u32);
            catalogue.document_ids.entry((index, document.id.clone())).or_insert(at);
            catalogue.documents.push(CataloguedDocument { layer: index, document, text });
        }
        events.push(with_ids(chronology.events));
    }
    link_wholes(&mut catalogue);
    let background = Background::new(&catalogue);
    let mut resolved = Resolved { remarks, ..Resolved::default() };
    for (layer, events) in events.into_iter().enumerate() {
        let layer = LayerIndex(layer as u32);
        for event in events {
            let at = resolved.entries.len();
            resolved.by_id.entry((layer, event.id.clone())).or_insert(at);
            let entry = background.entry(&catalogue, layer, event);
            resolved.entries.push(Arc::new(entry));
        }
    }
    resolved.catalogue = catalogue;
    resolved
}

impl Resolved {
    /// The first event with this id in the layer of this name, or, with an empty name, in any.
    pub fn event(&self, layer: &str, id: &str) -> Option<&Arc<Entry>> {
        let layers = self.catalogue.layers.iter().enumerate();
        layers
            .filter(|(_, known)| layer.is_empty() || known.name == layer)
            .find_map(|(index, _)| self.by_id.get(&(LayerIndex(index as u32), id.to_owned())))
            .and_then(|at| self.entries.get(*at))
    }
}

/// The events of a layer, each with an id. One that is written stays as it is, even where it is repeated.
pub(crate) fn with_ids(mut events: Vec<Event>) -> Vec<Event> {
    let mut taken: HashSet<String> = events.iter().map(|event| event.id.clone()).collect();
    for event in events.iter_mut().filter(|event| event.id.is_empty()) {
        event.id = ids::unique(&ids::event_id(event), &mut taken);
    }
    events
}

/// Follows `part_of` from every actor. A circle ends where it would repeat itself.
fn link_wholes(catalogue: &mut Catalogue) {
    let above: Vec<Option<ActorIndex>> = catalogue
        .actors
        .iter()
        .map(|known| known.actor.part_of.as_deref().and_then(|id| catalogue.actor_by_id(id)))
        .collect();
    for (at, known) in catalogue.actors.iter_mut().enumerate() {
        let mut seen = HashSet::from([ActorIndex(at as u32)]);
        let mut next = above[at];
        while let Some(whole) = next {
            if !seen.insert(whole) {
                break;
            }
            known.wholes.push(whole);
            next = above[whole.0 as usize];
        }
    }
}

/// What an event's entry follows from, beside the event and the names, worked out once for all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Background {
    /// Who stands on which party.
    pub(super) sides: Sides,
    /// When each document was published. Documents that were met later have no such date.
    published: Vec<Option<When>>,
}

impl Background {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let published = |document: &CataloguedDocument| {
            document.document.published.as_deref().and_then(|text| When::parse(text).ok())
        };
        Self { sides: Sides::new(catalogue), published: catalogue.documents.iter().map(published).collect() }
    }

    /// An event with everything that follows from the names. Ids that name nothing are left out.
    pub(super) fn entry(&self, catalogue: &Catalogue, layer: LayerIndex, event: Event) -> Entry {
        let mut documents = Vec::new();
        for id in event.sources.iter().filter_map(|source| source.document.as_deref()) {
            if let Some(document) = catalogue.document_by_id(layer, id) {
                push_once(&mut documents, document);
            }
        }
        let as_of = documents
            .iter()
            .filter_map(|document| self.published.get(document.0 as usize)?.as_ref())
            .max_by_key(|when| when.span().last);
        let Dating { when, bounds, differ } = claims::date(&event, as_of.map(|when| when.span().last));
        let cast: Vec<Cast> = event
            .actors
            .iter()
            .filter_map(|part| {
                let actor = catalogue.actor_by_id(&part.id)?;
                let role = part.role.clone().unwrap_or_else(|| DEFAULT_ROLE.to_owned());
                Some(Cast { actor, role, parties: self.sides.at(actor, bounds.as_ref()) })
            })
            .collect();
        let mut parties = Vec::new();
        let own = event.parties.iter().filter_map(|id| catalogue.party_by_id(id));
        for party in cast.iter().flat_map(|cast| cast.parties.iter().copied()).chain(own) {
            push_once(&mut parties, party);
        }
        let mut places = Vec::new();
        for place in event.places.iter().filter_map(|id| catalogue.place_by_id(id)) {
            push_once(&mut places, place);
        }
        let denied = event.sources.iter().any(|source| source.stance == Some(Stance::Denies));
        let contested = differ || denied || event.status == Some(Status::Disputed);
        let as_of = as_of.cloned();
        Entry { layer, event, when, bounds, as_of, cast, parties, places, documents, contested }
    }
}

fn push_once<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
