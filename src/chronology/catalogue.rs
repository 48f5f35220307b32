//! What the layers that are open know by name: layers, documents, parties, actors, places.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Actor, Document, Extra, Party, Place};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl From<$name> for u32 {
            fn from(index: $name) -> Self {
                index.0
            }
        }
    };
}
index!(
    /// A layer's place in [`Catalogue::layers`].
    LayerIndex
);
index!(
    /// A document's place in [`Catalogue::documents`].
    DocumentIndex
);
index!(
    /// A party's place in [`Catalogue::parties`].
    PartyIndex
);
index!(
    /// An actor's place in [`Catalogue::actors`].
    ActorIndex
);
index!(
    /// A place's place in [`Catalogue::places`].
    PlaceIndex
);

/// One opened source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// The name it goes by, unique among the layers: the file's name without its ending.
    pub name: String,
    /// The title of its chronology.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// How it was given on the command line, for messages; empty for the built-in chronology.
    pub origin: String,
    /// The keys of its chronology that are not known here.
    pub extra: Extra,
}

/// A document with its text, where that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct CataloguedDocument {
    /// The layer it belongs to (documents are not shared between layers).
    pub layer: LayerIndex,
    /// The document as written.
    pub document: Document,
    /// Its text, decoded, without byte order mark.
    pub text: Option<Arc<str>>,
}

/// An actor with what follows from its place among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct CataloguedActor {
    /// The actor as written.
    pub actor: Actor,
    /// The actors it is a part of, nearest first, without itself.
    pub wholes: Vec<ActorIndex>,
}

/// All layers' names. Actors, parties and places with the same id or the same folded name are one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// The layers, in the order they were given.
    pub layers: Vec<Layer>,
    /// The documents of all layers.
    pub documents: Vec<CataloguedDocument>,
    /// The parties, in the order they first appear.
    pub parties: Vec<Party>,
    /// The actors, in the order they first appear.
    pub actors: Vec<CataloguedActor>,
    /// The places, in the order they first appear.
    pub places: Vec<Place>,
    pub(crate) party_ids: HashMap<String, PartyIndex>,
    pub(crate) actor_ids: HashMap<String, ActorIndex>,
    pub(crate) place_ids: HashMap<String, PlaceIndex>,
    pub(crate) document_ids: HashMap<(LayerIndex, String), DocumentIndex>,
}

impl Catalogue {
    /// The layer at `index`.
    pub fn layer(&self, index: LayerIndex) -> &Layer {
        &self.layers[index.0 as usize]
    }

    /// The document at `index`.
    pub fn document(&self, index: DocumentIndex) -> &CataloguedDocument {
        &self.documents[index.0 as usize]
    }

    /// The party at `index`.
    pub fn party(&self, index: PartyIndex) -> &Party {
        &self.parties[index.0 as usize]
    }

    /// The actor at `index`.
    pub fn actor(&self, index: ActorIndex) -> &CataloguedActor {
        &self.actors[index.0 as usize]
    }

    /// The place at `index`.
    pub fn place(&self, index: PlaceIndex) -> &Place {
        &self.places[index.0 as usize]
    }

    /// The party with this id.
    pub fn party_by_id(&self, id: &str) -> Option<PartyIndex> {
        self.party_ids.get(id).copied()
    }

    /// The actor with this id.
    pub fn actor_by_id(&self, id: &str) -> Option<ActorIndex> {
        self.actor_ids.get(id).copied()
    }

    /// The place with this id.
    pub fn place_by_id(&self, id: &str) -> Option<PlaceIndex> {
        self.place_ids.get(id).copied()
    }

    /// The document of a layer with this id.
    pub fn document_by_id(&self, layer: LayerIndex, id: &str) -> Option<DocumentIndex> {
        self.document_ids.get(&(layer, id.to_owned())).copied()
    }
}
