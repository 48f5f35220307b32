//! The lanes as a picture: who took part, side by side, along one axis of time. Text and SVG draw the same chart.

mod svg;
mod txt;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

pub use svg::write as write_svg;
pub use txt::write as write_txt;

use super::drawing::plain;
use super::wording;
use super::{Loss, Selection, WriteOptions};
use crate::chronology::who::Sides;
use crate::chronology::{Catalogue, Entry, PartyIndex, letters::Letters};
use crate::layout::axis::{Axis, Plan};
use crate::layout::lanes::{self, Span};
use crate::query::Dimension;
use crate::when::{Certainty, Instant, TimeRange};

/// Up to so many events are drawn one by one.
const MOST: usize = 2_000;
/// How many rows a lane has at the most where there are more.
const ROWS: usize = 3;
/// So many actors have lanes of their own where there are more events than are drawn one by one.
const LANES: usize = 100;

/// An event, as far as the chart shows it.
struct Item {
    span: Option<Span>,
    date: String,
    title: String,
}

/// A lane.
struct Lane {
    label: String,
    party: Option<PartyIndex>,
    nested: bool,
    /// Its events, as places among the chart's.
    events: Vec<usize>,
    /// How many take part, those of the lanes under it too.
    total: usize,
}

/// What is drawn.
struct Chart<'a> {
    title: String,
    described: String,
    catalogue: &'a Catalogue,
    letters: Letters,
    items: Vec<Item>,
    lanes: Vec<Lane>,
    plan: Option<Plan>,
    undated: usize,
}

impl<'a> Chart<'a> {
    fn of(selection: &'a Selection<'_>, options: &WriteOptions) -> io::Result<Self> {
        let catalogue = selection.catalogue;
        let (mut items, mut sides) = (Vec::new(), Sides::default());
        let by = options.by.unwrap_or(Dimension::Actor);
        let mut named: Named = BTreeMap::new();
        let (mut certain, mut possible) = (0, 0);
        let mut letters = Letters::default();
        letters.extend(&catalogue.parties);
        selection.events.for_each(&mut |entry, certainty| {
            *(if certainty == Certainty::Possible { &mut possible } else { &mut certain }) += 1;
            match by {
                Dimension::Actor => sides.add(items.len(), entry, catalogue),
                by => name_lanes(&mut named, items.len(), (by, entry), catalogue),
            }
            items.push(item(entry, certainty, items.len() < MOST));
            Ok(())
        })?;
        let mut lanes = laned(sides, catalogue, items.len() > MOST);
        lanes.extend(named.into_iter().map(|((_, label, value), events)| {
            let party = catalogue.party_by_id(&value).filter(|_| by == Dimension::Party);
            Lane { label, party, nested: false, total: events.len(), events }
        }));
        let undated = items.iter().filter(|item| item.span.is_none()).count();
        Ok(Self {
            title: plain(selection.title),
            described: plain(&wording::selected(selection, certain, possible)),
            catalogue,
            letters,
            plan: planned(&items),
            items,
            lanes,
            undated,
        })
    }

    /// The axis on so many cells.
    fn axis(&self, cells: u16) -> Axis {
        self.plan.as_ref().map(|plan| plan.axis(cells)).unwrap_or_default()
    }

    /// A lane laid out, with so many cells free behind each event.
    fn laid(&self, lane: &Lane, axis: &Axis, apart: u16) -> lanes::Lane {
        let spans = lane.events.iter().filter_map(|event| self.items.get(*event));
        let spans: Vec<Span> = spans.map(|item| item.span.unwrap_or(Span::NOWHERE)).collect();
        lanes::lay_apart(axis, &spans, if self.items.len() > MOST { ROWS } else { usize::MAX }, apart)
    }

    /// The name of a lane, with its party's letter where it has one of its own.
    fn name(&self, lane: &Lane) -> String {
        let letter = lane.party.filter(|_| !lane.nested).and_then(|party| self.letters.of(party));
        let label = plain(&lane.label);
        letter.map_or_else(|| label.clone(), |letter| format!("{letter} {label}"))
    }

    fn losses(&self, counted: u64) -> Vec<Loss> {
        let loss = |count: u64, one: &str, more: &str| {
            (count > 0).then(|| Loss { count, what: if count == 1 { one } else { more }.to_owned() })
        };
        let undated = loss(
            self.undated as u64,
            "undated event has no place on the axis",
            "undated events have no place on the axis",
        );
        let dense = loss(
            counted,
            "place of an event has a number in its stead, for want of room",
            "places of events have numbers in their stead, for want of room",
        );
        undated.into_iter().chain(dense).collect()
    }
}

fn item(entry: &Entry, certainty: Certainty, in_words: bool) -> Item {
    let span = Span::of(entry.when.as_ref(), entry.bounds.as_ref());
    if !in_words {
        return Item { span, date: String::new(), title: String::new() };
    }
    let name = wording::name_or_id(&entry.event.title, &entry.event.id);
    let possible = if certainty == Certainty::Possible { " (possible)" } else { "" };
    Item { span, date: plain(&wording::when_in_short(entry)), title: plain(name) + possible }
}

/// The axis over all that is dated, with empty periods folded.
fn planned(items: &[Item]) -> Option<Plan> {
    let spans = items.iter().filter_map(|item| item.span);
    let mut starts: Vec<Instant> = spans
        .clone()
        .map(|span| if span.hull.s0.is_finite() { span.hull.s0 } else { span.hull.s1 })
        .filter(|start| start.is_finite())
        .collect();
    starts.sort_unstable();
    let ends = spans.map(|span| span.known_end()).filter(|end| end.is_finite());
    let (first, last) = (*starts.first()?, *starts.last()?);
    Some(Plan::of(TimeRange { first, last: ends.max().map_or(last, |end| end.max(last)) }, &starts))
}

/// Lanes by what they are of: those without a value last, then in the order of their names.
type Named = BTreeMap<(bool, String, String), Vec<usize>>;

/// Puts an event in the lanes of its values.
fn name_lanes(lanes: &mut Named, at: usize, (by, entry): (Dimension, &Entry), catalogue: &Catalogue) {
    for value in by.values_or_none(entry, catalogue) {
        lanes.entry((value.is_empty(), by.heading(&value, catalogue), value)).or_default().push(at);
    }
}

/// Parties with their actors under them; then who stands on no side; then events with nobody.
fn laned(sides: Sides, catalogue: &Catalogue, many: bool) -> Vec<Lane> {
    let lane = |label: String, party, nested, events: Vec<usize>| {
        let total = events.len();
        Lane { label, party, nested, events, total }
    };
    let name = |index: u32| {
        let actor = catalogue.actors.get(index as usize).map(|known| &known.actor);
        actor.map_or_else(String::new, |actor| wording::name_or_id(&actor.name, &actor.id).to_owned())
    };
    let mut lanes = Vec::new();
    for (index, side) in sides.parties {
        let party = catalogue.party(index);
        let label = wording::name_or_id(&party.name, &party.id).to_owned();
        let total = side.all.len();
        let events = if many { side.all } else { side.own };
        lanes.push(Lane { total, ..lane(label, Some(index), false, events) });
        if !many {
            lanes.extend(
                side.actors.into_iter().map(|(id, events)| lane(name(id), Some(index), true, events)),
            );
        }
    }
    // Of very many the busiest have lanes of their own.
    let mut alone: Vec<(u32, Vec<usize>)> = sides.alone.into_iter().collect();
    let mut others: BTreeSet<usize> = BTreeSet::new();
    if many && alone.len() > LANES {
        alone.sort_by_key(|(id, events)| (std::cmp::Reverse(events.len()), *id));
        others.extend(alone.split_off(LANES).into_iter().flat_map(|(_, events)| events));
        alone.sort_by_key(|(id, _)| *id);
    }
    lanes.extend(alone.into_iter().map(|(id, events)| lane(name(id), None, false, events)));
    for (label, events) in [("others", others.into_iter().collect()), ("nobody named", sides.nobody)] {
        if !events.is_empty() {
            lanes.push(lane(label.to_owned(), None, false, events));
        }
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::super::WriteFn;
    use super::super::testing::written;
    use super::*;

    #[test]
    fn hostile_texts_ancient_dates_and_open_ends_are_drawn() {
        let unicode = WriteOptions { width: 100, ..WriteOptions::default() };
        let ascii = WriteOptions { ascii: true, ..unicode.clone() };
        insta::assert_snapshot!("lanes_txt", written(write_txt as WriteFn, &unicode).0);
        insta::assert_snapshot!("lanes_svg", written(write_svg as WriteFn, &unicode).0);
        let (text, losses) = written(write_txt as WriteFn, &ascii);
        assert!(losses.contains("undated"), "{losses}");
        let marks = text.chars().filter(|char| "●░▒▓█◂▸⋯".contains(*char));
        assert_eq!(marks.count(), 0, "{text}");
        for width in [20, 21, 40, 300] {
            let narrow = WriteOptions { width, ..unicode.clone() };
            let text = written(write_txt as WriteFn, &narrow).0;
            for line in text.lines() {
                assert!(crate::text::width::width(line) <= width, "{width}: {line}");
            }
        }
    }
}
