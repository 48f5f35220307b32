//! A store as plainly as can be: every event is looked at for every question. What it answers is what any store has
//! to answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use annals::chronology::{Catalogue, Entry, Resolved};
use annals::query::{Context, Dimension, Filter, Matcher, Noted};
use annals::store::facets::starts_a_word;
use annals::store::{Count, Direction, Facet, Histogram, Key, Keys, Question, Row};
use annals::text::fold::fold;
use annals::when::{Bounds, Certainty, Instant, TimeRange};

/// How many bits of a tie are an event's place in its layer.
const PLACE_BITS: u32 = 48;

/// The events in order.
pub struct Plain {
    pub catalogue: Catalogue,
    pub rows: Vec<(Key, Arc<Entry>)>,
}

impl Plain {
    pub fn new(resolved: Resolved) -> Self {
        let Resolved { catalogue, entries, .. } = resolved;
        let mut places = BTreeMap::new();
        let mut rows: Vec<(Key, Arc<Entry>)> = entries
            .into_iter()
            .map(|entry| {
                let place: &mut u64 = places.entry(entry.layer).or_default();
                let tie = u64::from(entry.layer.0) << PLACE_BITS | *place;
                *place += 1;
                let key = match entry.bounds.as_ref().map(Bounds::order) {
                    Some((start, end)) => Key { undated: false, start, end, tie },
                    None => Key { tie, ..Key::FIRST_UNDATED },
                };
                (key, entry)
            })
            .collect();
        rows.sort_by_key(|(key, _)| *key);
        Self { catalogue, rows }
    }

    /// The matching events in the question's order: newest first turns the dated ones round.
    pub fn found(&self, question: &Question) -> Vec<Row> {
        let mut found = self.matching(&question.filter, &question.noted);
        if question.reverse {
            let dated = found.partition_point(|row| !row.key.undated);
            found[..dated].reverse();
        }
        found
    }

    fn matching(&self, filter: &Filter, noted: &Noted) -> Vec<Row> {
        let span_of = |id: &str| {
            let with_id = self.rows.iter().filter(|(_, entry)| entry.event.id == id);
            let (_, first) = with_id.min_by_key(|(key, entry)| (entry.layer, *key))?;
            let hull = first.bounds.as_ref()?.hull;
            Some(TimeRange { first: hull.s0, last: hull.e1 })
        };
        let context = Context { catalogue: &self.catalogue, span_of: &span_of, noted };
        let matcher = Matcher::new(filter, &context);
        let rows = self.rows.iter().map(|(key, entry)| Row {
            key: *key,
            certainty: matcher.certainty(&self.catalogue, entry),
            entry: Arc::clone(entry),
        });
        rows.filter(|row| row.certainty != Certainty::Not).collect()
    }

    pub fn facets(&self, question: &Question, dimension: Dimension, prefix: &str, n: usize) -> Vec<Facet> {
        let free = question.filter.without_dimension(dimension);
        let mut counts: BTreeMap<String, Count> = BTreeMap::new();
        for id in self.named(dimension) {
            counts.entry(id).or_default();
        }
        for row in self.matching(&free, &question.noted) {
            for value in dimension.values(&row.entry, &self.catalogue) {
                counts.entry(value).or_default().add(row.certainty);
            }
        }
        let facet = |(value, count): (String, Count)| Facet {
            label: dimension.label(&value, &self.catalogue),
            value,
            count,
        };
        let prefix = fold(prefix);
        let mut facets: Vec<Facet> = counts
            .into_iter()
            .map(facet)
            .filter(|facet| starts_a_word(&facet.label, &prefix) || starts_a_word(&facet.value, &prefix))
            .collect();
        facets.sort_by_key(|facet| {
            (std::cmp::Reverse(facet.count.total()), facet.label.clone(), facet.value.clone())
        });
        facets.truncate(n);
        facets
    }

    /// What is listed even where nothing is found: the names of the catalogue, and the words of all events.
    fn named(&self, dimension: Dimension) -> Vec<String> {
        let names = &self.catalogue;
        match dimension {
            Dimension::Party => names.parties.iter().map(|party| party.id.clone()).collect(),
            Dimension::Actor => names.actors.iter().map(|known| known.actor.id.clone()).collect(),
            Dimension::Place => names.places.iter().map(|place| place.id.clone()).collect(),
            Dimension::Document => names.documents.iter().map(|known| known.document.id.clone()).collect(),
            Dimension::Layer => names.layers.iter().map(|layer| layer.name.clone()).collect(),
            Dimension::Kind | Dimension::Tag | Dimension::Status => {
                self.rows.iter().flat_map(|(_, entry)| dimension.values(entry, names)).collect()
            }
        }
    }
}

/// How many of the rows are among keys.
pub fn count(rows: &[Row], keys: &Keys) -> Count {
    let mut count = Count::default();
    rows.iter().filter(|row| keys.contains(row.key)).for_each(|row| count.add(row.certainty));
    count
}

/// The rows from a key on, nearest first.
pub fn page(rows: &[Row], key: Key, direction: Direction, reverse: bool, n: usize) -> Vec<Row> {
    let comes_before = |row: &Row| match (row.key.undated, key.undated) {
        (false, false) if reverse => row.key > key,
        _ => row.key < key,
    };
    let at = rows.iter().take_while(|row| comes_before(row)).count();
    match direction {
        Direction::Forward => rows[at..].iter().take(n).cloned().collect(),
        Direction::Backward => rows[..at].iter().rev().take(n).cloned().collect(),
    }
}

/// The rows by where they start.
pub fn histogram<'r>(rows: impl Iterator<Item = &'r Row>, edges: &[Instant]) -> Histogram {
    let mut histogram =
        Histogram { buckets: vec![Count::default(); edges.len() - 1], ..Histogram::default() };
    for row in rows {
        let start = row.entry.bounds.as_ref().map(|bounds| bounds.hull.s0);
        let part = match start {
            None => &mut histogram.undated,
            Some(start) if !start.is_finite() => &mut histogram.unbounded,
            Some(start) if start < edges[0] => &mut histogram.before,
            Some(start) => {
                let bucket = edges.windows(2).position(|edges| edges[0] <= start && start < edges[1]);
                match bucket {
                    Some(bucket) => &mut histogram.buckets[bucket],
                    None => &mut histogram.after,
                }
            }
        };
        part.add(row.certainty);
    }
    histogram
}

/// The same for each value of a dimension; under the empty value those that have none.
pub fn histograms(
    rows: &[Row],
    edges: &[Instant],
    by: Dimension,
    catalogue: &Catalogue,
) -> Vec<(String, Histogram)> {
    let mut parts: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let mut values = by.values(&row.entry, catalogue);
        if values.is_empty() {
            values.push(String::new());
        }
        for value in values {
            parts.entry(value).or_default().push(row);
        }
    }
    parts.into_iter().map(|(value, rows)| (value, histogram(rows.into_iter(), edges))).collect()
}
