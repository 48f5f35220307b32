//! Which parties an actor stands on, and when.

use super::{Actor, ActorIndex, Catalogue, PartyIndex};
use crate::when::{Bounds, Certainty, TimeRange, When};

/// A party that an actor stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Which party.
    pub party: PartyIndex,
    /// When; `None`: always.
    pub during: Option<TimeRange>,
}

impl Side {
    /// Whether the actor stands on it at a date, certainly or possibly; an undated event may be at any time.
    pub fn holds_at(&self, date: Option<&Bounds>) -> bool {
        match (self.during, date) {
            (Some(during), Some(date)) => date.goes_on_in(during) != Certainty::Not,
            _ => true,
        }
    }
}

/// The parties of every actor that has some.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    by_actor: Vec<Vec<Side>>,
}

impl Sides {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let own: Vec<_> = catalogue.actors.iter().map(|known| Self::own(catalogue, &known.actor)).collect();
        let by_actor = catalogue
            .actors
            .iter()
            .zip(&own)
            .map(|(known, sides)| {
                if has_side(&known.actor) {
                    return sides.clone();
                }
                let nearest = known.wholes.iter().find(|whole| has_side(&catalogue.actor(**whole).actor));
                nearest.map(|whole| own[whole.0 as usize].clone()).unwrap_or_default()
            })
            .collect();
        Self { by_actor }
    }

    /// What the actor itself says. A membership whose date cannot be read holds always: `check` reports it,
    /// and hiding the party would be the greater error.
    fn own(catalogue: &Catalogue, actor: &Actor) -> Vec<Side> {
        let always = actor.party.iter().map(|party| (party, None));
        let for_a_time = actor.memberships.iter().map(|membership| {
            let during = membership.during.as_deref().and_then(|text| When::parse(text).ok());
            (&membership.party, during.map(|when| when.span()))
        });
        always
            .chain(for_a_time)
            .filter_map(|(party, during)| Some(Side { party: catalogue.party_by_id(party)?, during }))
            .collect()
    }

    /// The parties of an actor; none for one that was met later.
    pub(super) fn of(&self, actor: ActorIndex) -> &[Side] {
        self.by_actor.get(actor.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The parties of an actor at a date, certainly or possibly, each once.
    pub(super) fn at(&self, actor: ActorIndex, date: Option<&Bounds>) -> Vec<PartyIndex> {
        let mut parties = Vec::new();
        for side in self.of(actor) {
            if side.holds_at(date) && !parties.contains(&side.party) {
                parties.push(side.party);
            }
        }
        parties
    }
}

fn has_side(actor: &Actor) -> bool {
    actor.party.is_some() || !actor.memberships.is_empty()
}
