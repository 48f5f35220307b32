//! What a store of columns holds, and how it grows.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::asked::Asked;
use super::cache::Cache;
use super::{Builder, MOST_ROWS, Segment};
use crate::chronology::{EntryFacts, LayerIndex, Names, Resolved};
use crate::store::rows::{Resident, RowFault, Rows};
use crate::store::{Changed, Ctl, Progress, Question, StoreError};
use crate::when::TimeRange;

/// What a store holds at some time. It is never changed: what comes later is another state.
#[derive(Clone)]
pub(super) struct State {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) names: Arc<Names>,
    pub(super) segments: Vec<Arc<Segment>>,
    /// The rows of each layer, in the catalogue's order.
    pub(super) rows: Vec<Arc<dyn Rows>>,
    pub(super) total: u64,
    pub(super) undated: u64,
    pub(super) extent: Option<TimeRange>,
    pub(super) progress: Option<Progress>,
    pub(super) problem: Option<String>,
    pub(super) generation: u64,
    /// What was worked out for these segments; a new one where one of them was replaced.
    pub(super) cache: Arc<Cache>,
}

impl State {
    /// The rows of a layer.
    ///
    /// # Errors
    /// Where there are none.
    pub(super) fn rows_of(&self, layer: LayerIndex) -> Result<&dyn Rows, StoreError> {
        let rows = self.rows.get(layer.0 as usize);
        Ok(rows.ok_or(RowFault::Changed)?.as_ref())
    }

    /// Leaves out the segments that no longer count. What was worked out for those says nothing any more, nor what
    /// was for those behind them, whose numbers change.
    fn withdraw(&mut self, withdrawn: &[(LayerIndex, u64)]) {
        let counts = |segment: &Arc<Segment>| is_kept(segment, withdrawn);
        let Some(first) = self.segments.iter().position(|segment| !counts(segment)) else { return };
        let mut segments = std::mem::take(&mut self.segments);
        segments.retain(counts);
        (self.total, self.undated, self.extent) = (0, 0, None);
        self.cache = Arc::new(self.cache.of_first(first));
        self.add(segments);
    }

    fn add(&mut self, segments: Vec<Arc<Segment>>) {
        for segment in segments {
            self.total += u64::from(segment.rows());
            self.undated += u64::from(segment.rows() - segment.dated());
            let extents = [self.extent, segment.extent()].into_iter().flatten();
            self.extent =
                extents.reduce(|a, b| TimeRange { first: a.first.min(b.first), last: a.last.max(b.last) });
            self.segments.push(segment);
        }
    }
}

/// Whether a segment is none of those that no longer count: of these layers, what stands from an offset on.
pub fn is_kept(segment: &Segment, withdrawn: &[(LayerIndex, u64)]) -> bool {
    let (layer, begin) = (segment.layer(), segment.bytes().start);
    !withdrawn.iter().any(|(of, from)| *of == layer && *from <= begin)
}

/// What is new of a store that is being filled.
#[derive(Clone)]
pub struct News {
    /// All names, old and new.
    pub names: Arc<Names>,
    /// The rows of every layer, in the catalogue's order.
    pub rows: Vec<Arc<dyn Rows>>,
    /// Of these layers nothing that stands from this offset on counts any more: the last row of a file may not have
    /// been whole, and small segments are joined. What stands there now is among the further segments.
    pub withdrawn: Vec<(LayerIndex, u64)>,
    /// Further segments; those before stay.
    pub segments: Vec<Arc<Segment>>,
    /// How far loading has come, while it goes on.
    pub progress: Option<Progress>,
    /// What is wrong with the source, for as long as it is.
    pub problem: Option<String>,
}

impl News {
    /// Resolved entries, which stay in memory.
    pub fn of(resolved: Resolved) -> Self {
        Self::in_segments_of(MOST_ROWS, resolved)
    }

    fn in_segments_of(most: u32, resolved: Resolved) -> Self {
        let Resolved { catalogue, entries, .. } = resolved;
        let mut layers = vec![Vec::new(); catalogue.layers.len()];
        for entry in entries {
            if let Some(layer) = layers.get_mut(entry.layer.0 as usize) {
                layer.push(entry);
            }
        }
        let mut names = Names::of(catalogue);
        let mut segments = Vec::new();
        for (layer, entries) in (0..).map(LayerIndex).zip(&layers) {
            let mut place = 0;
            for entries in entries.chunks(most.clamp(1, MOST_ROWS) as usize) {
                let mut builder = Builder::new(layer);
                for entry in entries {
                    builder.add(&EntryFacts::new(entry, names.catalogue()).facts(place));
                    place += 1;
                }
                segments.push(Arc::new(builder.finish(place).absorb(&mut names)));
            }
        }
        let rows = layers.into_iter().map(|entries| Arc::new(Resident::new(entries)) as Arc<dyn Rows>);
        let (names, rows) = (Arc::new(names), rows.collect());
        Self { names, rows, withdrawn: Vec::new(), segments, progress: None, problem: None }
    }
}

/// A store of columns. What is asked while it is being filled is answered from what is there by then.
pub struct Columns {
    state: RwLock<Arc<State>>,
    changed: Mutex<Option<Changed>>,
}

impl Columns {
    /// An empty store. `title` and `summary` are those of the whole.
    pub fn new(title: String, summary: String) -> Self {
        let state = State {
            title,
            summary,
            names: Arc::default(),
            segments: Vec::new(),
            rows: Vec::new(),
            total: 0,
            undated: 0,
            extent: None,
            progress: None,
            problem: None,
            generation: 1,
            cache: Arc::default(),
        };
        Self::at(Arc::new(state))
    }

    /// A store of what another one holds at some time.
    pub(super) fn at(state: Arc<State>) -> Self {
        Self { state: RwLock::new(state), changed: Mutex::default() }
    }

    /// A store of resolved entries, which stay in memory.
    pub fn of(resolved: Resolved, title: String, summary: String) -> Self {
        Self::in_segments_of(MOST_ROWS, resolved, title, summary)
    }

    /// The same in segments of at most so many rows, 1 to [`MOST_ROWS`]. No answer depends on it.
    pub fn in_segments_of(most: u32, resolved: Resolved, title: String, summary: String) -> Self {
        let columns = Self::new(title, summary);
        columns.publish(News::in_segments_of(most, resolved));
        columns
    }

    /// Takes in what is new and tells whoever asked to be told.
    pub fn publish(&self, news: News) {
        let News { names, rows, withdrawn, segments, progress, problem } = news;
        {
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            let state = Arc::make_mut(&mut state);
            state.names = names;
            state.rows = rows;
            state.withdraw(&withdrawn);
            state.add(segments);
            state.progress = progress;
            state.problem = problem;
            state.generation += 1;
        }
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(changed) = changed {
            changed();
        }
    }

    /// Has `changed` called after every [`Columns::publish`].
    pub(super) fn tell(&self, changed: Changed) {
        *self.changed.lock().unwrap_or_else(PoisonError::into_inner) = Some(changed);
    }

    /// How many segments it has.
    pub fn segments(&self) -> usize {
        self.state().segments.len()
    }

    /// What it holds now.
    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a question ready for what is here now.
    pub(super) fn ask<'c>(&self, question: &Question, ctl: &'c Ctl) -> Asked<'c> {
        let state = self.state();
        let span_of = |id: &str| {
            let place = super::find::event(&state, "", id, &Ctl::default()).ok()??;
            let hull = state.segments.get(place.segment)?.bounds(place.row)?.hull;
            Some(TimeRange { first: hull.s0, last: hull.e1 })
        };
        let results = state.cache.results(question, &state, &span_of);
        Asked { state, results, ctl }
    }
}
