//! The plainest sink: a chronology, its faults, and where its parts stand.

use super::{Fault, Position, Sink};
use crate::chronology::{Actor, Chronology, Document, Event, Extra, Party, Place};

/// Collects everything that a reader pushes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collector {
    /// The chronology, in the order of the file.
    pub chronology: Chronology,
    /// What was wrong, in the order it was found.
    pub faults: Vec<Fault>,
    /// Where its parts stand.
    pub positions: Positions,
}

/// Where the parts of a chronology stand, in the order of its lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// The documents.
    pub documents: Vec<Position>,
    /// The parties.
    pub parties: Vec<Position>,
    /// The actors.
    pub actors: Vec<Position>,
    /// The places.
    pub places: Vec<Position>,
    /// The events.
    pub events: Vec<Position>,
}

impl Sink for Collector {
    fn head(&mut self, title: String, summary: String, extra: Extra) {
        self.chronology.title = title;
        self.chronology.summary = summary;
        self.chronology.extra = extra;
    }

    fn document(&mut self, document: Document, at: Position) {
        self.chronology.documents.push(document);
        self.positions.documents.push(at);
    }

    fn party(&mut self, party: Party, at: Position) {
        self.chronology.parties.push(party);
        self.positions.parties.push(at);
    }

    fn actor(&mut self, actor: Actor, at: Position) {
        self.chronology.actors.push(actor);
        self.positions.actors.push(at);
    }

    fn place(&mut self, place: Place, at: Position) {
        self.chronology.places.push(place);
        self.positions.places.push(at);
    }

    fn event(&mut self, event: Event, at: Position) {
        self.chronology.events.push(event);
        self.positions.events.push(at);
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }
}
