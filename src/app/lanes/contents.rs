//! What stands in which lane.

use std::collections::BTreeMap;

use super::{Held, LaneKey, Lanes};
use crate::chronology::who::{OfParty, Sides};
use crate::chronology::{Catalogue, PartyIndex};
use crate::layout::lanes::{self as layout, Span};
use crate::query::Dimension;
use crate::store::{Histogram, Row};
use crate::when::Instant;

/// How many rows a lane has at the most, unless it is opened or there is room for all: the first of these that fits,
/// else the last.
const ROWS: [usize; 2] = [3, 2];

/// A lane with what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What it is of.
    pub key: LaneKey,
    /// Its name.
    pub label: String,
    /// The party whose colour it has.
    pub party: Option<PartyIndex>,
    /// Whether it stands under a party.
    pub nested: bool,
    /// For a party with actors: whether these are shown.
    pub open: Option<bool>,
    /// Its events, as places among those held, in the question's order; none where they are only counted.
    pub events: Vec<usize>,
    /// How many events it has in view.
    pub total: u64,
    /// Where they are drawn.
    pub laid: layout::Lane,
}

impl Lanes {
    /// The lanes with room for so many lines; more where that is too few.
    pub fn laid(&self, catalogue: &Catalogue, height: usize) -> Vec<Lane> {
        let mut lanes = match &self.held {
            Held::Nothing => Vec::new(),
            Held::Events(rows) if self.by == Dimension::Actor => self.by_party(rows, catalogue),
            Held::Events(rows) => by_value(self.by, rows, catalogue),
            Held::Counts(dimension, edges, values) => self.counted(*dimension, edges, values, catalogue),
        };
        if let Held::Events(rows) = &self.held {
            self.lay(&mut lanes, rows, height);
        }
        lanes
    }

    fn lay(&self, lanes: &mut [Lane], rows: &[Row], height: usize) {
        let spans: Vec<Option<Span>> =
            rows.iter().map(|row| Span::of(row.entry.when.as_ref(), row.entry.bounds.as_ref())).collect();
        let lay = |lane: &Lane, most: usize| {
            let of_lane = lane.events.iter().map(|event| spans.get(*event).copied().flatten());
            // Each span stands at the place of its event, so that marks tell which it is.
            let dated: Vec<Span> = of_lane.map(|span| span.unwrap_or(Span::NOWHERE)).collect();
            layout::lay(&self.axis, &dated, most)
        };
        for lane in lanes.iter_mut() {
            lane.laid = lay(lane, usize::MAX);
        }
        for most in ROWS {
            if lanes.iter().map(|lane| lane.laid.rows).sum::<usize>() <= height {
                break;
            }
            for lane in lanes.iter_mut().filter(|lane| !self.opened.contains(&lane.key)) {
                lane.laid = lay(lane, most);
            }
        }
    }

    /// Parties, each with its actors under it unless it is folded; then who stands on no side; then events with nobody.
    fn by_party(&self, rows: &[Row], catalogue: &Catalogue) -> Vec<Lane> {
        let Sides { parties, alone, nobody } =
            Sides::of(rows.iter().map(|row| row.entry.as_ref()), catalogue);
        let actor = |index: u32, party: Option<PartyIndex>, events: Vec<usize>| {
            let known = catalogue.actors.get(index as usize);
            let id = known.map_or_else(String::new, |known| known.actor.id.clone());
            lane((Dimension::Actor, id), party, events, catalogue)
        };
        let mut lanes = Vec::new();
        for (index, OfParty { all, own, actors }) in parties {
            let key = (Dimension::Party, catalogue.party(index).id.clone());
            let open = !self.folded.contains(&key);
            let (total, has_actors) = (all.len() as u64, !actors.is_empty());
            let party = lane(key, Some(index), if open { own } else { all }, catalogue);
            lanes.push(Lane { total, open: has_actors.then_some(open), ..party });
            if open {
                let nested = actors.into_iter().map(|(id, events)| actor(id, Some(index), events));
                lanes.extend(nested.map(|lane| Lane { nested: true, ..lane }));
            }
        }
        lanes.extend(alone.into_iter().map(|(id, events)| actor(id, None, events)));
        if !nobody.is_empty() {
            lanes.push(lane((Dimension::Actor, String::new()), None, nobody, catalogue));
        }
        lanes
    }

    /// The values of a dimension, counted by cell.
    fn counted(
        &self,
        dimension: Dimension,
        edges: &[Instant],
        values: &[(String, Histogram)],
        catalogue: &Catalogue,
    ) -> Vec<Lane> {
        let last = self.axis.width().saturating_sub(1);
        let counted = |(value, histogram): &(String, Histogram)| {
            let mut by_cell: BTreeMap<u16, u64> = BTreeMap::new();
            for (edge, count) in edges.iter().zip(&histogram.buckets).filter(|(_, count)| count.total() > 0) {
                if let Some(cell) = self.axis.cell_from(*edge) {
                    *by_cell.entry(cell.min(last)).or_default() += count.total();
                }
            }
            let party = catalogue.party_by_id(value).filter(|_| dimension == Dimension::Party);
            let mut lane = lane((dimension, value.clone()), party, Vec::new(), catalogue);
            lane.total = by_cell.values().sum();
            lane.laid =
                layout::Lane { rows: 1, counts: by_cell.into_iter().collect(), ..layout::Lane::default() };
            lane
        };
        let mut lanes: Vec<Lane> = values.iter().map(counted).filter(|lane| lane.total > 0).collect();
        // The busiest first; what has no value last.
        lanes.sort_by(|one, other| {
            (one.key.1.is_empty(), other.total, &one.label).cmp(&(
                other.key.1.is_empty(),
                one.total,
                &other.label,
            ))
        });
        lanes
    }
}

/// The events by the values of a dimension, in the order of the values' names; those without any last.
fn by_value(dimension: Dimension, rows: &[Row], catalogue: &Catalogue) -> Vec<Lane> {
    let mut lanes: BTreeMap<(bool, String, String), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for value in dimension.values_or_none(&row.entry, catalogue) {
            let label = dimension.label(&value, catalogue);
            lanes.entry((value.is_empty(), label, value)).or_default().push(at);
        }
    }
    let lanes = lanes.into_iter();
    lanes.map(|((_, _, value), events)| lane((dimension, value), None, events, catalogue)).collect()
}

fn lane(key: LaneKey, party: Option<PartyIndex>, events: Vec<usize>, catalogue: &Catalogue) -> Lane {
    let (dimension, value) = &key;
    let label = dimension.heading(value, catalogue);
    let total = events.len() as u64;
    Lane { key, label, party, nested: false, open: None, events, total, laid: layout::Lane::default() }
}
