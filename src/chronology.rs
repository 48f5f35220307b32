//! The chronology: documents, parties, actors, places and events, and the facts about events that
//! follow from them.

pub mod catalogue;
pub mod claims;
pub mod entry;
pub mod facts;
pub mod heading;
pub mod ids;
pub mod letters;
pub mod model;
pub mod names;
pub mod position;
pub mod resolve;
pub mod who;

mod merge;
mod sides;

pub use catalogue::{
    ActorIndex, Catalogue, CataloguedActor, CataloguedDocument, DocumentIndex, Layer, LayerIndex, PartyIndex,
    PlaceIndex,
};
pub use entry::{Cast, Entry, Resolved, Texts};
pub use facts::{EntryFacts, Facts, Flag, Flags};
pub use heading::{Heading, Headings};
pub use model::{
    Actor, Chronology, Document, Event, Extra, Link, Membership, Participation, Party, Place, Review, Source,
    Stance, Status,
};
pub use names::{Names, WordColumn};
pub use position::Position;
pub use resolve::{DEFAULT_ROLE, LayerInput, resolve};
pub use sides::Side;

#[cfg(test)]
mod tests;
