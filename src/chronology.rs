//! The chronology: documents, parties, actors, places and events, and the facts about events that
//! follow from them.

pub mod catalogue;
pub mod entry;
pub mod model;

pub use catalogue::{
    ActorIndex, Catalogue, CataloguedActor, CataloguedDocument, DocumentIndex, Layer, LayerIndex, PartyIndex,
    PlaceIndex,
};
pub use entry::{Cast, Entry, Resolved, Texts};
pub use model::{
    Actor, Chronology, Document, Event, Extra, Link, Membership, Participation, Party, Place, Review, Source,
    Stance, Status,
};
