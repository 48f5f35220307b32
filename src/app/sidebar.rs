//! The sidebar: parties with their actors, then the other dimensions, with check boxes that are terms of the filter.

use std::collections::{BTreeMap, BTreeSet};

use crate::chronology::Catalogue;
use crate::query::{Choice, Dimension, Filter};
use crate::store::facets::starts_a_word;
use crate::store::{Count, Facet};
use crate::text::fold::fold;

/// How many values of a dimension are shown at the most.
pub const MOST_VALUES: usize = 50;

/// A line of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SideRow {
    /// The head of a dimension, with how many values it has and whether they are shown.
    Section {
        /// Which.
        dimension: Dimension,
        /// How many values.
        values: usize,
        /// Whether its values are shown.
        open: bool,
    },
    /// A value.
    Value {
        /// Of which dimension.
        dimension: Dimension,
        /// The id.
        value: String,
        /// The name.
        label: String,
        /// How many events.
        count: Count,
        /// What the filter says of it.
        choice: Choice,
        /// Actors stand under their party.
        nested: bool,
        /// For a party with actors: whether they are shown.
        open: Option<bool>,
    },
    /// What else the filter holds, left untouched here.
    Rest(String),
}

/// The sidebar's state.
#[derive(Clone, Debug, Default)]
pub struct Sidebar {
    /// Whether it is shown.
    pub shown: bool,
    /// The line the keys act on.
    pub cursor: usize,
    /// What the labels must start with.
    pub prefix: String,
    /// Sorted by name rather than by count.
    pub by_name: bool,
    /// The values, as last answered.
    pub facets: BTreeMap<Dimension, Vec<Facet>>,
    /// Dimensions that are unfolded.
    open: BTreeSet<Dimension>,
    /// Parties that are unfolded.
    open_parties: BTreeSet<String>,
}

impl Sidebar {
    /// With the parties unfolded.
    pub fn new() -> Self {
        Self { open: BTreeSet::from([Dimension::Party]), ..Self::default() }
    }

    /// The first line on screen, of so many, where there is room for `height`.
    pub fn top(&self, lines: usize, height: usize) -> usize {
        (self.cursor.min(lines.saturating_sub(1)) + 1).saturating_sub(height)
    }

    /// Folds or unfolds what the cursor stands on.
    pub fn fold(&mut self, row: &SideRow) {
        match row {
            SideRow::Section { dimension, .. } => toggle(&mut self.open, *dimension),
            SideRow::Value { dimension: Dimension::Party, value, .. } => {
                toggle(&mut self.open_parties, value.clone());
            }
            _ => {}
        }
    }

    /// The lines to show.
    pub fn rows(&self, filter: &Filter, catalogue: &Catalogue) -> Vec<SideRow> {
        let mut rows = Vec::new();
        let rest = filter.rest();
        if !rest.is_empty() {
            rows.push(SideRow::Rest(rest.to_string()));
        }
        for dimension in Dimension::ALL {
            // Actors stand under their parties; alone only those of no party.
            let values = self.values(*dimension, catalogue);
            if values.is_empty() {
                continue;
            }
            let open = self.open.contains(dimension) || !self.prefix.is_empty();
            rows.push(SideRow::Section { dimension: *dimension, values: values.len(), open });
            if !open {
                continue;
            }
            for facet in values {
                rows.extend(self.value_rows(*dimension, facet, filter, catalogue));
            }
        }
        rows
    }

    /// A value's line, and a party's actors where it is unfolded.
    fn value_rows(
        &self,
        dimension: Dimension,
        facet: &Facet,
        filter: &Filter,
        catalogue: &Catalogue,
    ) -> Vec<SideRow> {
        let line = |dimension: Dimension, facet: &Facet, nested, open| SideRow::Value {
            dimension,
            value: facet.value.clone(),
            label: facet.label.clone(),
            count: facet.count,
            choice: filter.choice(dimension, &facet.value),
            nested,
            open,
        };
        if dimension != Dimension::Party {
            return vec![line(dimension, facet, false, None)];
        }
        let members = self.members(&facet.value, catalogue);
        let open = self.open_parties.contains(&facet.value) || !self.prefix.is_empty();
        let mut rows = vec![line(dimension, facet, false, Some(open).filter(|_| !members.is_empty()))];
        if open {
            rows.extend(members.into_iter().map(|member| line(Dimension::Actor, member, true, None)));
        }
        rows
    }

    /// The values of a dimension, sorted; a party stays while one of its actors is asked for by prefix.
    fn values<'a>(&'a self, dimension: Dimension, catalogue: &Catalogue) -> Vec<&'a Facet> {
        let facets = self.facets.get(&dimension).map(Vec::as_slice).unwrap_or_default();
        let mut values: Vec<&Facet> = facets
            .iter()
            .filter(|facet| match dimension {
                Dimension::Actor => parties_of(&facet.value, catalogue).is_empty(),
                Dimension::Party if !self.prefix.is_empty() => {
                    let prefix = fold(&self.prefix);
                    starts_a_word(&facet.label, &prefix) || !self.members(&facet.value, catalogue).is_empty()
                }
                Dimension::Layer => facets.len() > 1,
                _ => true,
            })
            .collect();
        self.sort(&mut values);
        values
    }

    fn members<'a>(&'a self, party: &str, catalogue: &Catalogue) -> Vec<&'a Facet> {
        let actors = self.facets.get(&Dimension::Actor).map(Vec::as_slice).unwrap_or_default();
        let mut members: Vec<&Facet> = actors
            .iter()
            .filter(|facet| parties_of(&facet.value, catalogue).iter().any(|id| id == party))
            .collect();
        self.sort(&mut members);
        members
    }

    fn sort(&self, facets: &mut [&Facet]) {
        if self.by_name {
            facets.sort_by(|a, b| a.label.cmp(&b.label));
        }
    }
}

/// The parties an actor stands on at some time: its own, or those of the nearest whole that has any.
fn parties_of(actor: &str, catalogue: &Catalogue) -> Vec<String> {
    let Some(index) = catalogue.actor_by_id(actor) else { return Vec::new() };
    let found = catalogue.actor(index);
    let chain = std::iter::once(index).chain(found.wholes.iter().copied());
    for actor in chain.map(|index| &catalogue.actor(index).actor) {
        let memberships = actor.memberships.iter().map(|membership| membership.party.clone());
        let parties: Vec<String> = actor.party.iter().cloned().chain(memberships).collect();
        if !parties.is_empty() {
            return parties;
        }
    }
    Vec::new()
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

/// The head of a dimension's section.
pub const fn heading(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Party => "Parties",
        Dimension::Actor => "Other actors",
        Dimension::Kind => "Kinds",
        Dimension::Place => "Places",
        Dimension::Tag => "Tags",
        Dimension::Document => "Documents",
        Dimension::Status => "Statuses",
        Dimension::Layer => "Layers",
    }
}
