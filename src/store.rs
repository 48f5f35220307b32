//! The store: what holds the events and answers questions about them.

pub mod facets;
mod memory;
mod worker;

pub use memory::MemoryStore;
pub use worker::{Replies, Reply, Request, Slot, Worker, explain, perform};

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::chronology::{Catalogue, CataloguedDocument, DocumentIndex, Entry};
use crate::query::{Dimension, Filter};
use crate::when::{Certainty, Instant, TimeRange};

/// An event's place in the total order: its start (or latest), its latest end, and a tie.
/// Undated events come last. The tie means something only to the store that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Whether the event has no date; such come last.
    pub undated: bool,
    /// Earliest start; where there is none, the latest end.
    pub start: Instant,
    /// Latest end.
    pub end: Instant,
    /// The store's own: place in the input, byte offset, an engine's id.
    pub tie: u64,
}

impl Key {
    /// Before every event.
    pub const FIRST: Self = Self { undated: false, start: Instant::PAST, end: Instant::PAST, tie: 0 };
    /// After every event, undated ones too.
    pub const LAST: Self =
        Self { undated: true, start: Instant::FUTURE, end: Instant::FUTURE, tie: u64::MAX };
    /// After every dated event, before the undated ones.
    pub const LAST_DATED: Self = Self { undated: false, ..Self::LAST };
    /// Where a question's order begins, or ends: newest first begins at the last dated event.
    pub const fn end(first: bool, reverse: bool) -> Self {
        match (first, reverse) {
            (true, false) => Self::FIRST,
            (true, true) => Self::LAST_DATED,
            (false, _) => Self::LAST,
        }
    }

    /// Before the first undated event.
    pub const FIRST_UNDATED: Self =
        Self { undated: true, start: Instant::FUTURE, end: Instant::FUTURE, tie: 0 };
}

/// A question's filter and the order of its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Which events.
    pub filter: Arc<Filter>,
    /// Newest first (undated still last).
    pub reverse: bool,
    /// Ids of events that the reader marked, as (layer name, id), for `is:marked`.
    pub marked: Arc<std::collections::HashSet<(String, String)>>,
}

/// Some of the events by key: ranges and single ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// From the first to the second key, both inclusive, first <= second.
    pub ranges: Vec<(Key, Key)>,
    /// Single events beside the ranges.
    pub added: BTreeSet<Key>,
    /// Single events taken out of the ranges.
    pub removed: BTreeSet<Key>,
}

impl Keys {
    /// All events.
    pub fn all() -> Self {
        Self { ranges: vec![(Key::FIRST, Key::LAST)], ..Self::default() }
    }

    /// Whether a key is among them.
    pub fn contains(&self, key: Key) -> bool {
        self.added.contains(&key)
            || (!self.removed.contains(&key)
                && self.ranges.iter().any(|(first, last)| *first <= key && key <= *last))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.added.is_empty()
    }
}

/// How many events, by certainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Certainly.
    pub certain: u64,
    /// Only possibly.
    pub possible: u64,
}

impl Count {
    /// Both together.
    pub fn total(self) -> u64 {
        self.certain + self.possible
    }

    /// Counts one event more.
    pub fn add(&mut self, certainty: Certainty) {
        match certainty {
            Certainty::Certain => self.certain += 1,
            Certainty::Possible => self.possible += 1,
            Certainty::Not => {}
        }
    }
}

/// Cancels a call; checked every few milliseconds at the latest.
#[derive(Clone, Debug, Default)]
pub struct Ctl {
    cancelled: Arc<AtomicBool>,
    deadline: Option<std::time::Instant>,
}

impl Ctl {
    /// The same, giving up at `deadline`.
    #[must_use]
    pub fn until(mut self, deadline: std::time::Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Asks the call to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// # Errors
    /// When the call was cancelled or its time is over.
    pub fn check(&self) -> Result<(), StoreError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(StoreError::Cancelled);
        }
        match self.deadline {
            Some(deadline) if std::time::Instant::now() >= deadline => Err(StoreError::Late),
            _ => Ok(()),
        }
    }
}

/// Why a store gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Cancelled by a newer question or the reader.
    #[error("cancelled")]
    Cancelled,
    /// The deadline passed.
    #[error("no answer in time")]
    Late,
    /// A sink refused an event.
    #[error(transparent)]
    Sink(#[from] std::io::Error),
}

/// Which part of the events an answer speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// All of them.
    Full,
    /// This share (0 to 100), for this reason.
    Partial(u8, String),
}

/// An answer, with how far it can be relied on.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// The answer itself.
    pub value: T,
    /// Which part of the events it speaks of.
    pub coverage: Coverage,
    /// Whether the numbers are exact rather than estimated.
    pub exact: bool,
    /// Whether no better answer will follow.
    pub done: bool,
    /// The state of the store it was made from; grows when events arrive or change.
    pub generation: u64,
}

/// What a store is.
#[derive(Clone, Debug)]
pub struct Info {
    /// The title of the whole.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// The names.
    pub catalogue: Arc<Catalogue>,
    /// How many events there are.
    pub total: u64,
    /// How many of them are undated.
    pub undated: u64,
    /// From the first finite start to the last finite end; `None` where nothing is dated.
    pub extent: Option<TimeRange>,
    /// The dimensions that events can be counted by here.
    pub dimensions: Vec<Dimension>,
    /// Whether events are still arriving.
    pub loading: bool,
    /// The state of the store.
    pub generation: u64,
}

/// One event on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its place in the order.
    pub key: Key,
    /// How far the filter is true of it.
    pub certainty: Certainty,
    /// The event.
    pub entry: Arc<Entry>,
}

/// Counts along the axis. Each event counts once, in the bucket of its earliest start; all parts together
/// add up to the count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Events without an earliest start.
    pub unbounded: Count,
    /// Events that start before the first edge.
    pub before: Count,
    /// One for each pair of edges: `edges[i] <= s0 < edges[i + 1]`.
    pub buckets: Vec<Count>,
    /// Events that start at the last edge or later.
    pub after: Count,
    /// Undated events.
    pub undated: Count,
}

/// Counts of the whole, and of each value of a dimension where one was asked for.
pub type Histograms = (Histogram, Vec<(String, Histogram)>);

/// A value of a dimension with its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The id (or, for kinds, tags and statuses, the word itself).
    pub value: String,
    /// The name to show.
    pub label: String,
    /// How many events have it, under the filter without that dimension's own top-level terms.
    pub count: Count,
}

/// In which direction of the question's order a page goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The key itself and what follows.
    Forward,
    /// What comes before the key, nearest first.
    Backward,
}

/// What holds the events. Every call blocks; the worker keeps them off the screen's thread.
pub trait Store: Send + Sync {
    /// What this store is.
    fn info(&self) -> Info;

    /// How many events there are among `keys`; with a range that ends at a key, that key's rank.
    ///
    /// # Errors
    /// When cancelled or late.
    fn count(&self, question: &Question, keys: &Keys, ctl: &Ctl) -> Result<Answer<Count>, StoreError>;

    /// Counts between edges (at least two, growing); with a dimension, one histogram a value beside the whole.
    ///
    /// # Errors
    /// When cancelled or late.
    fn histogram(
        &self,
        question: &Question,
        edges: &[Instant],
        by: Option<Dimension>,
        ctl: &Ctl,
    ) -> Result<Answer<Histograms>, StoreError>;

    /// The `n` largest values of a dimension whose label or a name has a word that starts with `prefix`.
    ///
    /// # Errors
    /// When cancelled or late.
    fn facets(
        &self,
        question: &Question,
        dimension: Dimension,
        prefix: &str,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Facet>>, StoreError>;

    /// Up to `n` rows from `key` on.
    ///
    /// # Errors
    /// When cancelled or late.
    fn page(
        &self,
        question: &Question,
        key: Key,
        direction: Direction,
        n: usize,
        ctl: &Ctl,
    ) -> Result<Answer<Vec<Row>>, StoreError>;

    /// The event with this layer's name and id, or, with an empty layer, the first with the id.
    ///
    /// # Errors
    /// When cancelled or late.
    fn event(&self, layer: &str, id: &str, ctl: &Ctl) -> Result<Option<Row>, StoreError>;

    /// A document with its text.
    fn document(&self, document: DocumentIndex) -> Option<CataloguedDocument>;

    /// Calls `sink` with every event among `keys`, in the question's order.
    ///
    /// # Errors
    /// When cancelled or late, or the sink's own error.
    fn scan(
        &self,
        question: &Question,
        keys: &Keys,
        sink: &mut dyn FnMut(&Row) -> std::io::Result<()>,
        ctl: &Ctl,
    ) -> Result<(), StoreError>;
}
