//! The in-memory store: entries in a sorted vector, and a filter applied to each.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::{
    Answer, Count, Coverage, Ctl, Direction, Facet, Histogram, Histograms, Info, Key, Keys, Question, Row,
    Store, StoreError, facets::Tally,
};
use crate::chronology::{Catalogue, CataloguedDocument, DocumentIndex, Entry, Resolved};
use crate::query::{Context, Dimension, Filter, Matcher};
use crate::when::{Certainty, Instant, TimeRange};

/// How many events are looked at between two checks for cancellation.
const CHECK_EVERY: usize = 1024;

/// A store that holds its events in memory.
pub struct MemoryStore {
    info: Info,
    /// In the total order.
    rows: Vec<(Key, Arc<Entry>)>,
    /// How many of `rows` are dated; the undated ones follow.
    dated: usize,
    /// Place in `rows` by layer name and id.
    by_id: HashMap<(String, String), usize>,
    /// The last filter made ready, since most questions repeat it.
    ready: Mutex<Option<(Question, Arc<Matcher>)>>,
    no_marks: HashSet<(String, String)>,
}

impl MemoryStore {
    /// Sorts resolved entries into a store. `title` and `summary` are those of the whole.
    pub fn new(resolved: Resolved, title: String, summary: String) -> Self {
        let Resolved { catalogue, entries, .. } = resolved;
        let mut rows: Vec<(Key, Arc<Entry>)> = entries
            .into_iter()
            .enumerate()
            .map(|(place, entry)| (key_of(&entry, place as u64), entry))
            .collect();
        rows.sort_by_key(|(key, _)| *key);
        let dated = rows.partition_point(|(key, _)| !key.undated);
        let mut by_id = HashMap::new();
        for (index, (_, entry)) in rows.iter().enumerate() {
            let layer = catalogue.layer(entry.layer).name.clone();
            by_id.entry((layer, entry.event.id.clone())).or_insert(index);
        }
        let info = Info {
            title,
            summary,
            total: rows.len() as u64,
            undated: (rows.len() - dated) as u64,
            extent: extent(&rows),
            dimensions: Dimension::ALL.to_vec(),
            loading: false,
            progress: None,
            problem: None,
            generation: 1,
            catalogue: Arc::new(catalogue),
        };
        Self { info, rows, dated, by_id, ready: Mutex::new(None), no_marks: HashSet::new() }
    }

    fn catalogue(&self) -> &Catalogue {
        &self.info.catalogue
    }

    /// The filter made ready, from the last question where it is the same.
    fn matcher(&self, question: &Question) -> Arc<Matcher> {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((last, matcher)) = ready.as_ref()
            && last.filter == question.filter
            && last.marked == question.marked
        {
            return Arc::clone(matcher);
        }
        let matcher = Arc::new(self.matcher_for(&question.filter, &question.marked));
        *ready = Some((question.clone(), Arc::clone(&matcher)));
        matcher
    }

    fn matcher_for(&self, filter: &Filter, marked: &HashSet<(String, String)>) -> Matcher {
        let span_of = |id: &str| self.span_of(id);
        let context =
            Context { catalogue: self.catalogue(), span_of: &span_of, marked, changed: &self.no_marks };
        Matcher::new(filter, &context)
    }

    fn span_of(&self, id: &str) -> Option<TimeRange> {
        let index = self.find("", id)?;
        let hull = self.rows.get(index)?.1.bounds.as_ref()?.hull;
        Some(TimeRange { first: hull.s0, last: hull.e1 })
    }

    fn find(&self, layer: &str, id: &str) -> Option<usize> {
        if !layer.is_empty() {
            return self.by_id.get(&(layer.to_owned(), id.to_owned())).copied();
        }
        let layers = &self.catalogue().layers;
        layers.iter().find_map(|layer| self.by_id.get(&(layer.name.clone(), id.to_owned())).copied())
    }

    /// How many rows come before `key` in the question's order.
    fn position(&self, key: Key, reverse: bool) -> usize {
        let at = self.rows.partition_point(|(other, _)| *other < key);
        if !reverse || at >= self.dated && key.undated {
            return at;
        }
        let after = self.rows.partition_point(|(other, _)| *other <= key);
        self.dated.saturating_sub(after)
    }

    /// The row at a place of the question's order.
    fn row_at(&self, position: usize, reverse: bool) -> Option<&(Key, Arc<Entry>)> {
        let index = if reverse && position < self.dated { self.dated - 1 - position } else { position };
        self.rows.get(index)
    }

    /// Calls `each` with the rows at `positions` that the filter lets through, until it says to stop.
    fn walk(
        &self,
        question: &Question,
        positions: impl Iterator<Item = usize>,
        ctl: &Ctl,
        mut each: impl FnMut(Row) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let matcher = self.matcher(question);
        for (step, position) in positions.enumerate() {
            if step.is_multiple_of(CHECK_EVERY) {
                ctl.check()?;
            }
            let Some((key, entry)) = self.row_at(position, question.reverse) else { break };
            let certainty = matcher.certainty(self.catalogue(), entry);
            if certainty == Certainty::Not {
                continue;
            }
            if !each(Row { key: *key, certainty, entry: Arc::clone(entry) })? {
                break;
            }
        }
        Ok(())
    }

    fn answer<T>(&self, value: T) -> Answer<T> {
        Answer { value, coverage: Coverage::Full, exact: true, done: true, generation: self.info.generation }
    }
}

/// An entry's place in the order.
fn key_of(entry: &Entry, tie: u64) -> Key {
    match &entry.bounds {
        Some(bounds) => {
            let (start, end) = bounds.order();
            Key { undated: false, start, end, tie }
        }
        None => Key { undated: true, start: Instant::FUTURE, end: Instant::FUTURE, tie },
    }
}

/// From the first to the last finite instant that a date may begin or end at.
fn extent(rows: &[(Key, Arc<Entry>)]) -> Option<TimeRange> {
    let finite = |instants: [Instant; 2]| instants.into_iter().find(|instant| instant.is_finite());
    let hulls = rows.iter().filter_map(|(_, entry)| entry.bounds.as_ref()).map(|bounds| bounds.hull);
    // An open end reaches from the date on from which it is known; so with an open beginning.
    let ends = hulls.filter_map(|hull| Some((finite([hull.s0, hull.e0])?, finite([hull.e1, hull.s1])?)));
    ends.map(|(first, last)| TimeRange { first: first.min(last), last: last.max(first) })
        .reduce(|a, b| TimeRange { first: a.first.min(b.first), last: a.last.max(b.last) })
}

/// Puts one event into its bucket.
fn bucket(histogram: &mut Histogram, edges: &[Instant], entry: &Entry, certainty: Certainty) {
    let Some(bounds) = &entry.bounds else { return histogram.undated.add(certainty) };
    let start = bounds.hull.s0;
    if start == Instant::PAST {
        return histogram.unbounded.add(certainty);
    }
    match edges.partition_point(|edge| *edge <= start) {
        0 => histogram.before.add(certainty),
        n => match histogram.buckets.get_mut(n - 1) {
            Some(count) => count.add(certainty),
            None => histogram.after.add(certainty),
        },
    }
}

fn empty_histogram(edges: &[Instant]) -> Histogram {
    Histogram { buckets: vec![Count::default(); edges.len().saturating_sub(1)], ..Histogram::default() }
}

impl Store for MemoryStore {
    fn info(&self) -> Info {
        self.info.clone()
    }

    fn count(&self, question: &Question, keys: &Keys, ctl: &Ctl) -> Result<Answer<Count>, StoreError> {
        let mut count = Count::default();
        self.walk(question, 0..self.rows.len(), ctl, |row| {
            if keys.contains(row.key) {
                count.add(row.certainty);
            }
            Ok(true)
        })?;
        Ok(self.answer(count))
    }

    fn histogram(
        &self,
        question: &Question,
        edges: &[Instant],
        by: Option<Dimension>,
        ctl: &Ctl,
    ) -> Result<Answer<Histograms>, StoreError> {
        let mut whole = empty_histogram(edges);
        let mut parts: HashMap<String, Histogram> = HashMap::new();
        self.walk(question, 0..self.rows.len(), ctl, |row| {
            bucket(&mut whole, edges, &row.entry, row.certainty);
            for value in by.iter().flat_map(|by| super::facets::values(*by, &row.entry, self.catalogue())) {
                let part = parts.entry(value).or_insert_with(|| empty_histogram(edges));
                bucket(part, edges, &row.entry, row.certainty);
            }
            Ok(true)
        })?;
        let mut parts: Vec<_> = parts.into_iter().collect();
        parts.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(self.answer((whole, parts)))
    }

    fn facets(
        &self,
        question: &Question,
        dimension: Dimension,
        prefix: &str,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Facet>>, StoreError> {
        let filter = Arc::new(question.filter.without_dimension(dimension));
        let free = Question { filter, ..question.clone() };
        let mut tally = Tally::new(dimension, self.catalogue());
        for (_, entry) in &self.rows {
            tally.know(entry, self.catalogue());
        }
        self.walk(&free, 0..self.rows.len(), ctl, |row| {
            tally.add(&row.entry, row.certainty, self.catalogue());
            Ok(true)
        })?;
        Ok(self.answer(tally.largest(prefix, n)))
    }

    fn page(
        &self,
        question: &Question,
        key: Key,
        direction: Direction,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Row>>, StoreError> {
        let start = self.position(key, question.reverse);
        let mut page = Vec::new();
        let take = |row| {
            page.push(row);
            Ok(page.len() < n)
        };
        if n > 0 {
            match direction {
                Direction::Forward => self.walk(question, start..self.rows.len(), ctl, take)?,
                Direction::Backward => self.walk(question, (0..start).rev(), ctl, take)?,
            }
        }
        Ok(self.answer(page))
    }

    fn event(&self, layer: &str, id: &str, ctl: &Ctl) -> Result<Option<Row>, StoreError> {
        ctl.check()?;
        let row = self.find(layer, id).and_then(|index| self.rows.get(index));
        Ok(row.map(|(key, entry)| Row { key: *key, certainty: Certainty::Certain, entry: Arc::clone(entry) }))
    }

    fn document(&self, document: DocumentIndex) -> Option<CataloguedDocument> {
        self.catalogue().documents.get(document.0 as usize).cloned()
    }

    fn scan(
        &self,
        question: &Question,
        keys: &Keys,
        sink: &mut dyn FnMut(&Row) -> std::io::Result<()>,
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        self.walk(question, 0..self.rows.len(), ctl, |row| {
            if keys.contains(row.key) {
                sink(&row)?;
            }
            Ok(true)
        })
    }
}
