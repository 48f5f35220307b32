//! Who takes part in events, by side: parties with their actors, actors that stand on no side, and nobody.

use std::collections::BTreeMap;

use super::{Catalogue, Entry, PartyIndex};

/// The role of who is only mentioned: `actor:` and `party:` without a role leave them out.
pub const MENTIONED: &str = "mentioned";

/// The events of a party, by their places.
#[derive(Debug, Default)]
pub struct OfParty {
    /// All of them.
    pub all: Vec<usize>,
    /// Those that name the party and none of its actors.
    pub own: Vec<usize>,
    /// By actor.
    pub actors: BTreeMap<u32, Vec<usize>>,
}

/// Events by who takes part.
#[derive(Debug, Default)]
pub struct Sides {
    /// By party.
    pub parties: BTreeMap<PartyIndex, OfParty>,
    /// By actors that stand on no side.
    pub alone: BTreeMap<u32, Vec<usize>>,
    /// Those that name neither an actor nor a party.
    pub nobody: Vec<usize>,
}

impl Sides {
    /// Of events in their order.
    pub fn of<'e>(entries: impl Iterator<Item = &'e Entry>, catalogue: &Catalogue) -> Self {
        let mut sides = Self::default();
        for (at, entry) in entries.enumerate() {
            sides.add(at, entry, catalogue);
        }
        sides
    }

    /// Adds an event under its place. Who is only mentioned takes no part.
    pub fn add(&mut self, at: usize, entry: &Entry, catalogue: &Catalogue) {
        let cast: Vec<_> = entry.cast.iter().filter(|cast| cast.role != MENTIONED).collect();
        for cast in &cast {
            for party in &cast.parties {
                push(&mut self.parties.entry(*party).or_default().actors, cast.actor.0, at);
            }
            if cast.parties.is_empty() {
                push(&mut self.alone, cast.actor.0, at);
            }
        }
        let mut parties: Vec<PartyIndex> = cast.iter().flat_map(|cast| &cast.parties).copied().collect();
        parties.extend(entry.event.parties.iter().filter_map(|id| catalogue.party_by_id(id)));
        parties.sort_unstable();
        parties.dedup();
        for party in &parties {
            let side = self.parties.entry(*party).or_default();
            side.all.push(at);
            if !cast.iter().any(|cast| cast.parties.contains(party)) {
                side.own.push(at);
            }
        }
        if cast.is_empty() && parties.is_empty() {
            self.nobody.push(at);
        }
    }
}

fn push(lists: &mut BTreeMap<u32, Vec<usize>>, key: u32, at: usize) {
    let list = lists.entry(key).or_default();
    if list.last() != Some(&at) {
        list.push(at);
    }
}
