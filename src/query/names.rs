//! Which actors, parties, places, documents and layers a name means.
//!
//! An id that is written exactly means that one alone, so that a check box, which knows ids, never takes in
//! another thing that has the id among its aliases. Everything else is compared folded with ids, names and
//! aliases, and may mean several.

use std::collections::{HashMap, HashSet};

use super::Dimension;
use super::ast::Pattern;
use crate::chronology::Catalogue;
use crate::text::fold::fold;
use crate::text::nearest::nearest;

/// A pattern with its text folded once.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Folded {
    /// Equal.
    Exactly(String),
    /// At the beginning.
    Prefix(String),
    /// Anywhere.
    Anywhere(String),
    /// `nobody`: fits no name.
    Nobody,
}

impl Folded {
    pub(super) fn new(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Exactly(text) => Self::Exactly(fold(text)),
            Pattern::Prefix(text) => Self::Prefix(fold(text)),
            Pattern::Anywhere(text) => Self::Anywhere(fold(text)),
            Pattern::Nobody => Self::Nobody,
        }
    }

    /// Whether it may mean an id that was made of an event's fields: `x-` and hexadecimal digits.
    pub(super) fn may_fit_made(&self) -> bool {
        let fits = |c: char| c.is_ascii_hexdigit() || matches!(c, 'x' | ' ' | '-');
        match self {
            Self::Exactly(text) | Self::Prefix(text) | Self::Anywhere(text) => text.chars().all(fits),
            Self::Nobody => false,
        }
    }

    /// Whether it means a name as written in a chronology.
    pub(crate) fn fits(&self, name: &str) -> bool {
        match self {
            Self::Exactly(text) => fold(name) == *text,
            Self::Prefix(text) => fold(name).starts_with(text),
            Self::Anywhere(text) => fold(name).contains(text),
            Self::Nobody => false,
        }
    }
}

/// A thing that has names: its id, and its other names.
struct Named<'c> {
    id: &'c str,
    others: Vec<&'c str>,
}

impl<'c> Named<'c> {
    fn new(id: &'c str, name: &'c str, aliases: &'c [String]) -> Self {
        let names = std::iter::once(name).chain(aliases.iter().map(String::as_str));
        Self { id, others: names.filter(|name| !name.is_empty()).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &'c str> + '_ {
        std::iter::once(self.id).chain(self.others.iter().copied())
    }
}

/// Adds the ids that layers have for things that are one.
fn with_merged_ids<'c, I: Copy + Into<u32>>(
    mut things: Vec<Named<'c>>,
    ids: &'c HashMap<String, I>,
) -> Vec<Named<'c>> {
    let mut ids: Vec<(&String, u32)> = ids.iter().map(|(id, index)| (id, (*index).into())).collect();
    ids.sort_unstable();
    for (id, index) in ids {
        if let Some(thing) = things.get_mut(index as usize)
            && thing.id != id
        {
            thing.others.push(id);
        }
    }
    things
}

/// The things of a dimension that the catalogue names, in its order; `None` for kinds, tags and statuses,
/// which are words.
fn things(dimension: Dimension, catalogue: &Catalogue) -> Option<Vec<Named<'_>>> {
    Some(match dimension {
        Dimension::Party => {
            let all = catalogue.parties.iter();
            let things = all.map(|party| Named::new(&party.id, &party.name, &party.aliases)).collect();
            with_merged_ids(things, &catalogue.party_ids)
        }
        Dimension::Actor => {
            let all = catalogue.actors.iter().map(|actor| &actor.actor);
            let things = all.map(|actor| Named::new(&actor.id, &actor.name, &actor.aliases)).collect();
            with_merged_ids(things, &catalogue.actor_ids)
        }
        Dimension::Place => {
            let all = catalogue.places.iter();
            let things = all.map(|place| Named::new(&place.id, &place.name, &place.aliases)).collect();
            with_merged_ids(things, &catalogue.place_ids)
        }
        Dimension::Document => {
            let all = catalogue.documents.iter().map(|document| &document.document);
            all.map(|document| Named::new(&document.id, &document.title, &[])).collect()
        }
        Dimension::Layer => {
            catalogue.layers.iter().map(|layer| Named::new(&layer.name, &layer.title, &[])).collect()
        }
        Dimension::Kind | Dimension::Tag | Dimension::Status => return None,
    })
}

/// The places in the catalogue of what has exactly this id. A document's id may be in several layers.
fn with_id(dimension: Dimension, id: &str, catalogue: &Catalogue) -> Vec<usize> {
    let one = |index: Option<u32>| index.map(|index| index as usize).into_iter().collect();
    match dimension {
        Dimension::Party => one(catalogue.party_by_id(id).map(|index| index.0)),
        Dimension::Actor => one(catalogue.actor_by_id(id).map(|index| index.0)),
        Dimension::Place => one(catalogue.place_by_id(id).map(|index| index.0)),
        Dimension::Document => {
            let all = catalogue.documents.iter().enumerate();
            all.filter(|(_, document)| document.document.id == id).map(|(index, _)| index).collect()
        }
        Dimension::Layer => one(catalogue.layers.iter().position(|layer| layer.name == id).map(|n| n as u32)),
        Dimension::Kind | Dimension::Tag | Dimension::Status => Vec::new(),
    }
}

/// The places in the catalogue of the things that a pattern means, growing. `None` for kinds, tags and
/// statuses.
pub(super) fn meant(dimension: Dimension, pattern: &Pattern, catalogue: &Catalogue) -> Option<Vec<usize>> {
    if let Pattern::Exactly(id) = pattern {
        let exact = with_id(dimension, id, catalogue);
        if !exact.is_empty() {
            return Some(exact);
        }
    }
    let folded = Folded::new(pattern);
    let things = things(dimension, catalogue)?.into_iter().enumerate();
    Some(
        things
            .filter(|(_, thing)| thing.all().any(|name| folded.fits(name)))
            .map(|(index, _)| index)
            .collect(),
    )
}

/// The actors that a pattern means with, unless they are meant alone, all that is part of them.
pub(super) fn actors(pattern: &Pattern, alone: bool, catalogue: &Catalogue) -> Vec<usize> {
    let meant = meant(Dimension::Actor, pattern, catalogue).unwrap_or_default();
    if alone {
        return meant;
    }
    let is_meant = |index: usize| meant.binary_search(&index).is_ok();
    let all = catalogue.actors.iter().enumerate();
    all.filter(|(n, actor)| is_meant(*n) || actor.wholes.iter().any(|whole| is_meant(whole.0 as usize)))
        .map(|(n, _)| n)
        .collect()
}

/// All ids, names and aliases of these actors, folded.
pub(super) fn folded_names(actors: &[usize], catalogue: &Catalogue) -> HashSet<String> {
    if actors.is_empty() {
        return HashSet::new();
    }
    let things = things(Dimension::Actor, catalogue).unwrap_or_default();
    actors.iter().filter_map(|index| things.get(*index)).flat_map(Named::all).map(fold).collect()
}

/// The name nearest to a text that the catalogue has for a dimension.
pub(super) fn nearest_name<'c>(
    dimension: Dimension,
    text: &str,
    catalogue: &'c Catalogue,
) -> Option<&'c str> {
    let names: Vec<&str> = things(dimension, catalogue)?.iter().flat_map(Named::all).collect();
    nearest(text, names)
}

/// The id and the name for people (the id where there is none) of what a text means exactly, where that is
/// one thing.
pub(super) fn only<'c>(
    dimension: Dimension,
    text: &str,
    catalogue: &'c Catalogue,
) -> Option<(&'c str, &'c str)> {
    match *meant(dimension, &Pattern::Exactly(text.to_owned()), catalogue)? {
        [index] => {
            let thing = things(dimension, catalogue)?.into_iter().nth(index)?;
            Some((thing.id, thing.others.first().copied().unwrap_or(thing.id)))
        }
        _ => None,
    }
}

/// Every name of a dimension that the catalogue has, with its id: (id, name for people, all names).
pub(super) fn listed(dimension: Dimension, catalogue: &Catalogue) -> Vec<(&str, &str, Vec<&str>)> {
    let things = things(dimension, catalogue).unwrap_or_default().into_iter();
    things
        .map(|thing| (thing.id, thing.others.first().copied().unwrap_or(thing.id), thing.all().collect()))
        .collect()
}
