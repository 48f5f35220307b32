//! A store that is still being read, and that answers filters in part: how much of it is there, and how much of that
//! was searched, is as the test says.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use annals::chronology::{CataloguedDocument, DocumentIndex};
use annals::query::Dimension;
use annals::sources::Whole;
use annals::store::{
    Answer, Batch, Changed, Clusters, Count, Coverage, Ctl, Direction, Facet, Histograms, Info, Key, Keys,
    Progress, Question, Row, Section, Store, StoreError,
};
use annals::when::{Bounds, Certainty, Instant};

use super::store_of;

/// A chronology of which the first events are there, in the order of the file.
pub struct Growing {
    whole: Whole,
    state: Mutex<State>,
}

struct State {
    arrived: usize,
    /// The share of what arrived that filters were answered for, in percent.
    searched: u8,
    /// Whether the source says how much it holds.
    has_size: bool,
    problem: Option<String>,
    generation: u64,
}

/// How many bytes an event is said to take, and how long to read.
const BYTES: u64 = 100;
const MILLIS: u64 = 250;

impl Growing {
    /// With as many events there as yet.
    pub fn new(whole: Whole, arrived: usize) -> Arc<Self> {
        let state = State { arrived, searched: 100, has_size: true, problem: None, generation: 1 };
        Arc::new(Self { whole, state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("not poisoned")
    }

    /// How many events there will be.
    pub fn len(&self) -> usize {
        self.whole.resolved.entries.len()
    }

    /// Lets more events arrive.
    pub fn grow(&self, more: usize) {
        let mut state = self.state();
        state.arrived = (state.arrived + more).min(self.len());
        state.generation += 1;
    }

    /// Filters are answered for this share of what arrived, in percent.
    pub fn search(&self, share: u8) {
        self.state().searched = share;
    }

    /// The source does not say how much it holds.
    pub fn without_size(&self) {
        self.state().has_size = false;
    }

    /// Something is wrong with the source.
    pub fn break_off(&self, problem: &str) {
        self.state().problem = Some(problem.to_owned());
    }

    /// The first events as a store of their own.
    fn first(&self, number: usize) -> Arc<dyn Store> {
        let mut resolved = self.whole.resolved.clone();
        resolved.entries.truncate(number);
        store_of(resolved, self.whole.title.clone(), self.whole.summary.clone())
    }

    /// Answers for what was searched.
    fn answer<T>(
        &self,
        question: &Question,
        ask: impl FnOnce(&dyn Store) -> Result<Answer<T>, StoreError>,
    ) -> Result<Answer<T>, StoreError> {
        let (arrived, share, generation) = {
            let state = self.state();
            (state.arrived, state.searched, state.generation)
        };
        if question.filter.is_empty() || share >= 100 {
            let answer = ask(self.first(arrived).as_ref())?;
            return Ok(Answer { generation, ..answer });
        }
        let answer = ask(self.first(arrived * usize::from(share) / 100).as_ref())?;
        let coverage = Coverage::Partial(share, "not all is searched yet".to_owned());
        Ok(Answer { coverage, done: false, generation, ..answer })
    }
}

impl Store for Growing {
    fn info(&self) -> Info {
        let state = self.state();
        let all = self.len() as u64;
        let rows = state.arrived as u64;
        let loading = rows < all;
        let progress = Progress {
            rows,
            bytes: rows * BYTES,
            total_bytes: state.has_size.then_some(all * BYTES),
            elapsed: Duration::from_millis(rows * MILLIS),
        };
        Info {
            loading,
            progress: loading.then_some(progress),
            problem: state.problem.clone(),
            generation: state.generation,
            ..self.first(state.arrived).info()
        }
    }

    fn still(&self) -> Arc<dyn Store> {
        self.first(self.state().arrived)
    }

    fn on_change(&self, changed: Changed) {
        // The tests say themselves when it has changed.
        drop(changed);
    }

    fn count(&self, question: &Question, keys: &Keys, ctl: &Ctl) -> Result<Answer<Count>, StoreError> {
        self.answer(question, |store| store.count(question, keys, ctl))
    }

    fn histogram(
        &self,
        question: &Question,
        edges: &[Instant],
        by: Option<Dimension>,
        ctl: &Ctl,
    ) -> Result<Answer<Histograms>, StoreError> {
        self.answer(question, |store| store.histogram(question, edges, by, ctl))
    }

    fn facets(
        &self,
        question: &Question,
        dimension: Dimension,
        prefix: &str,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Facet>>, StoreError> {
        self.answer(question, |store| store.facets(question, dimension, prefix, n, ctl))
    }

    fn clusters(
        &self,
        question: &Question,
        within: Option<&Section>,
        ctl: &Ctl,
    ) -> Result<Answer<Clusters>, StoreError> {
        self.answer(question, |store| store.clusters(question, within, ctl))
    }

    fn page(
        &self,
        question: &Question,
        key: Key,
        direction: Direction,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Row>>, StoreError> {
        self.answer(question, |store| store.page(question, key, direction, n, ctl))
    }

    fn event(&self, layer: &str, id: &str, ctl: &Ctl) -> Result<Option<Row>, StoreError> {
        self.first(self.state().arrived).event(layer, id, ctl)
    }

    fn document(&self, document: DocumentIndex) -> Option<CataloguedDocument> {
        self.first(self.len()).document(document)
    }

    fn batches(
        &self,
        question: &Question,
        keys: &Keys,
        each: &mut dyn FnMut(Box<dyn Batch>) -> Result<(), StoreError>,
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        self.first(self.state().arrived).batches(question, keys, each, ctl)
    }

    fn dates(
        &self,
        question: &Question,
        sink: &mut dyn FnMut(Option<&Bounds>, Certainty),
        ctl: &Ctl,
    ) -> Result<(), StoreError> {
        self.first(self.state().arrived).dates(question, sink, ctl)
    }
}
