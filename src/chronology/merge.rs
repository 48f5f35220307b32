//! Joining the names of several layers: actors, parties and places with the same id or the same folded name
//! are one.

use std::collections::HashMap;

use super::{
    Actor, ActorIndex, Catalogue, CataloguedActor, Chronology, Extra, Party, PartyIndex, Place, PlaceIndex,
};
use crate::text::fold::fold;

/// Something with an id and names that is the same in every layer.
trait Named: Clone {
    /// What it is, for remarks.
    const WHAT: &'static str;
    fn id(&self) -> &str;
    fn name(&self) -> &str;
    fn aliases(&mut self) -> &mut Vec<String>;
    /// Takes over what `other` knows beyond this; tells `differs` of every field that both have otherwise.
    fn take(&mut self, other: &Self, differs: &mut dyn FnMut(&str, String, String));
}

/// Adds a layer's parties, actors and places to those already known.
pub(super) fn names(
    catalogue: &mut Catalogue,
    chronology: &Chronology,
    layer: &str,
    remarks: &mut Vec<String>,
) {
    let Catalogue { parties, party_ids, places, place_ids, actor_ids, .. } = catalogue;
    join(parties, party_ids, PartyIndex, &chronology.parties, layer, remarks);
    join(places, place_ids, PlaceIndex, &chronology.places, layer, remarks);
    let mut actors: Vec<Actor> = catalogue.actors.iter().map(|known| known.actor.clone()).collect();
    join(&mut actors, actor_ids, ActorIndex, &chronology.actors, layer, remarks);
    let bare = |actor| CataloguedActor { actor, wholes: Vec::new() };
    catalogue.actors = actors.into_iter().map(bare).collect();
}

/// Adds a layer's items. Two items of one layer are one only by id: a layer may well know two people of the
/// same name.
fn join<T: Named, I: Copy>(
    known: &mut Vec<T>,
    ids: &mut HashMap<String, I>,
    index: fn(u32) -> I,
    items: &[T],
    layer: &str,
    remarks: &mut Vec<String>,
) where
    u32: From<I>,
{
    let mut by_name: HashMap<String, u32> = HashMap::new();
    for (at, item) in known.iter().enumerate() {
        if !item.name().is_empty() {
            by_name.entry(fold(item.name())).or_insert(at as u32);
        }
    }
    let earlier = known.len();
    for item in items {
        let same_id = ids.get(item.id()).map(|index| u32::from(*index));
        let found = same_id.or_else(|| by_name.get(&fold(item.name())).copied());
        let Some(at) = found else {
            ids.insert(item.id().to_owned(), index(known.len() as u32));
            known.push(item.clone());
            continue;
        };
        ids.entry(item.id().to_owned()).or_insert(index(at));
        // An id repeated within one layer is a fault that `check` reports; the first one stands.
        if at as usize >= earlier {
            continue;
        }
        if let Some(known) = known.get_mut(at as usize) {
            unite(known, item, layer, remarks);
        }
    }
}

fn unite<T: Named>(known: &mut T, item: &T, layer: &str, remarks: &mut Vec<String>) {
    let id = known.id().to_owned();
    let mut differs = |field: &str, here: String, there: String| {
        remarks
            .push(format!("{} {id}: {field} is {here}, in {layer} {there}; the first one stands", T::WHAT));
    };
    if fold(known.name()) != fold(item.name()) && !item.name().is_empty() {
        differs("name", known.name().to_owned(), item.name().to_owned());
    }
    known.take(item, &mut differs);
    let mut other = item.clone();
    let name = item.name().to_owned();
    for alias in std::iter::once(name).chain(other.aliases().drain(..)) {
        let same = |other: &str| fold(other) == fold(&alias);
        let known_already = same(known.name()) || known.aliases().iter().any(|other| same(other));
        if !alias.is_empty() && !known_already {
            known.aliases().push(alias);
        }
    }
}

/// Fills an empty field; says so where both are filled and differ.
fn field<T: PartialEq + Clone + std::fmt::Debug>(
    name: &str,
    here: &mut Option<T>,
    there: Option<&T>,
    differs: &mut dyn FnMut(&str, String, String),
) {
    match (here.as_ref(), there) {
        (None, Some(there)) => *here = Some(there.clone()),
        (Some(a), Some(b)) if a != b => differs(name, show(a), show(b)),
        _ => {}
    }
}

/// A value as it is written, without the quotation marks of a text.
fn show<T: std::fmt::Debug>(value: &T) -> String {
    format!("{value:?}").trim_matches('"').to_owned()
}

fn extra(here: &mut Extra, there: &Extra, differs: &mut dyn FnMut(&str, String, String)) {
    for (key, value) in there {
        match here.get(key) {
            None => {
                here.insert(key.clone(), value.clone());
            }
            Some(known) if known != value => differs(key, known.to_string(), value.to_string()),
            Some(_) => {}
        }
    }
}

impl Named for Party {
    const WHAT: &'static str = "party";
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn aliases(&mut self) -> &mut Vec<String> {
        &mut self.aliases
    }
    fn take(&mut self, other: &Self, differs: &mut dyn FnMut(&str, String, String)) {
        field("note", &mut self.note, other.note.as_ref(), differs);
        extra(&mut self.extra, &other.extra, differs);
    }
}

impl Named for Actor {
    const WHAT: &'static str = "actor";
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn aliases(&mut self) -> &mut Vec<String> {
        &mut self.aliases
    }
    fn take(&mut self, other: &Self, differs: &mut dyn FnMut(&str, String, String)) {
        field("kind", &mut self.kind, other.kind.as_ref(), differs);
        // A party for always and memberships for a time are one statement: taken over whole or not at all.
        if self.party.is_none() && self.memberships.is_empty() {
            self.party.clone_from(&other.party);
            self.memberships.clone_from(&other.memberships);
        } else {
            field("party", &mut self.party.clone(), other.party.as_ref(), differs);
            if !other.memberships.is_empty() && other.memberships != self.memberships {
                differs("memberships", memberships(self), memberships(other));
            }
        }
        field("part_of", &mut self.part_of, other.part_of.as_ref(), differs);
        field("note", &mut self.note, other.note.as_ref(), differs);
        extra(&mut self.extra, &other.extra, differs);
    }
}

fn memberships(actor: &Actor) -> String {
    let said = actor.memberships.iter().map(|membership| {
        let during = membership.during.as_deref().map(|during| format!(" {during}")).unwrap_or_default();
        format!("{}{during}", membership.party)
    });
    said.collect::<Vec<_>>().join(", ")
}

impl Named for Place {
    const WHAT: &'static str = "place";
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn aliases(&mut self) -> &mut Vec<String> {
        &mut self.aliases
    }
    fn take(&mut self, other: &Self, differs: &mut dyn FnMut(&str, String, String)) {
        field("lat", &mut self.lat, other.lat.as_ref(), differs);
        field("lon", &mut self.lon, other.lon.as_ref(), differs);
        field("note", &mut self.note, other.note.as_ref(), differs);
        extra(&mut self.extra, &other.extra, differs);
    }
}
