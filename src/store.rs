//! The store: what holds the events and answers questions about them.

pub mod batch;
mod carry;
pub mod clusters;
pub mod columns;
pub mod facets;
mod key;
mod matrix;
mod progress;
mod reading;
mod request;
pub mod rows;
mod search;
mod worker;

pub use batch::Batch;
pub use carry::carried;
pub use clusters::{Cluster, Clusters, Section};
pub use columns::Columns;
pub use key::{Key, Keys};
pub use matrix::Grid;
pub use progress::Progress;
pub use reading::{Passage, Reading, of_document};
pub use request::{Reply, Request, Slot, explain, perform};
pub use worker::{Replies, Worker};

use std::ops::{AddAssign, SubAssign};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::chronology::{Catalogue, CataloguedDocument, DocumentIndex, Entry};
use crate::query::{Dimension, Filter, Noted};
use crate::when::{Bounds, Certainty, Instant, TimeRange};

/// A question's filter and the order of its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Which events.
    pub filter: Arc<Filter>,
    /// Newest first (undated still last).
    pub reverse: bool,
    /// What is known of events beside what stands in them; nothing where the filter does not ask for it.
    pub noted: Arc<Noted>,
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

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.certain += other.certain;
        self.possible += other.possible;
    }
}

impl SubAssign for Count {
    /// None is less than nothing.
    fn sub_assign(&mut self, other: Self) {
        self.certain = self.certain.saturating_sub(other.certain);
        self.possible = self.possible.saturating_sub(other.possible);
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
    /// When the call was cancelled, whatever its time.
    pub fn check_cancelled(&self) -> Result<(), StoreError> {
        if self.cancelled.load(Ordering::Relaxed) { Err(StoreError::Cancelled) } else { Ok(()) }
    }

    /// # Errors
    /// When the call was cancelled or its time is over.
    pub fn check(&self) -> Result<(), StoreError> {
        self.check_cancelled()?;
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
    /// A row cannot be read again.
    #[error(transparent)]
    Row(#[from] rows::RowFault),
}

/// Which part of the events an answer speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// All of them.
    Full,
    /// This share (0 to 100), for this reason.
    Partial(u8, String),
}

impl Coverage {
    /// The share it speaks of, in percent.
    pub const fn share(&self) -> u8 {
        match self {
            Self::Full => 100,
            Self::Partial(share, _) => *share,
        }
    }

    /// The smaller of two.
    #[must_use]
    pub fn lesser(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Partial(share, _), Self::Partial(least, _)) if least < share => other,
            (Self::Full, _) => other,
            _ => self,
        }
    }
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

impl<T> Answer<T> {
    /// The same answer with its value made into another.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Answer<U> {
        let Self { value, coverage, exact, done, generation } = self;
        Answer { value: make(value), coverage, exact, done, generation }
    }

    /// Two answers as one, no better than the worse of them.
    pub fn with<U, V>(self, other: Answer<U>, make: impl FnOnce(T, U) -> V) -> Answer<V> {
        Answer {
            value: make(self.value, other.value),
            coverage: self.coverage.lesser(other.coverage),
            exact: self.exact && other.exact,
            done: self.done && other.done,
            generation: self.generation.min(other.generation),
        }
    }
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
    /// How far loading has come, while it goes on.
    pub progress: Option<Progress>,
    /// What is wrong with the source for as long as it is: it was cut off, or is another file by now.
    pub problem: Option<String>,
    /// The state of the store.
    pub generation: u64,
}

/// What is called when a store has changed.
pub type Changed = Arc<dyn Fn() + Send + Sync>;

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

impl Histogram {
    /// How many events there are in all parts together.
    pub fn total(&self) -> Count {
        let parts = [self.unbounded, self.before, self.after, self.undated];
        parts.into_iter().chain(self.buckets.iter().copied()).fold(Count::default(), |mut sum, part| {
            sum += part;
            sum
        })
    }
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
///
/// A call whose [`Ctl`] has a deadline may answer with what it has by then, not done and with partial coverage, and
/// goes on from there when it is asked again.
pub trait Store: Send + Sync {
    /// What this store is.
    fn info(&self) -> Info;

    /// The store as it is now: what arrives later is in this one only. For what asks several questions that have to
    /// agree.
    fn still(&self) -> Arc<dyn Store>;

    /// Has `changed` called, from any thread, whenever [`Store::info`] is no longer what it was: events arrived,
    /// loading came further or to its end, a problem arose. A newer one takes its place. Stores that never change
    /// need not do anything.
    fn on_change(&self, changed: Changed) {
        drop(changed);
    }

    /// How many events there are among `keys`; with a range that ends at a key, that key's rank.
    ///
    /// # Errors
    /// When cancelled or late.
    fn count(&self, question: &Question, keys: &Keys, ctl: &Ctl) -> Result<Answer<Count>, StoreError>;

    /// Counts between edges (at least two, growing); with a dimension, one histogram a value beside the whole, and
    /// under the empty value that of the events that have none.
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

    /// Where the events were that say it themselves: those near each other together, so that there are some thousand
    /// clusters at the most. Within a section of the earth, they are as fine as that allows there.
    ///
    /// # Errors
    /// When cancelled or late.
    fn clusters(
        &self,
        question: &Question,
        within: Option<&Section>,
        ctl: &Ctl,
    ) -> Result<Answer<Clusters>, StoreError>;

    /// Up to `n` rows from `key` on, nearest first. An answer that is not done holds the nearest of them, without a
    /// gap.
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

    /// Calls `each` with the events among `keys`, in the question's order, a few hundred at a time, without reading
    /// them.
    ///
    /// # Errors
    /// When cancelled or late, or the error of `each`.
    fn batches(
        &self,
        question: &Question,
        keys: &Keys,
        each: &mut dyn FnMut(Box<dyn Batch>) -> Result<(), StoreError>,
        ctl: &Ctl,
    ) -> Result<(), StoreError>;

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
    ) -> Result<(), StoreError> {
        self.batches(question, keys, &mut |batch| batch.read(sink), ctl)
    }

    /// Calls `sink` with what the date of every event that the filter lets through allows (`None`: undated), in no
    /// order. No event is read for it where the filter needs none.
    ///
    /// # Errors
    /// When cancelled or late.
    fn dates(
        &self,
        question: &Question,
        sink: &mut dyn FnMut(Option<&Bounds>, Certainty),
        ctl: &Ctl,
    ) -> Result<(), StoreError>;
}
