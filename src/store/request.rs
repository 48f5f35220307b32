//! The browser's questions, each in its slot, and how a store is asked them.

use std::sync::Arc;

use super::matrix::{self, Grid};
use super::reading::{self, Reading};
use super::{
    Answer, Clusters, Count, Coverage, Ctl, Direction, Facet, Histogram, Key, Keys, Question, Row, Section,
    Store, StoreError,
};
use crate::chronology::DocumentIndex;
use crate::query::{Dimension, Filter};
use crate::when::{Instant, TimeRange};

/// What a request is for; the newest one of a slot wins. In order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The rows around the cursor.
    Page,
    /// One row to jump to.
    Jump,
    /// The event in the pane.
    Event,
    /// How many events stand before the lit one or on it.
    Rank,
    /// How many events the filter lets through.
    Count,
    /// How many events are selected.
    Selected,
    /// How many hits a search has.
    Search,
    /// How many events lie where the rows that are held lie: whether these are still all.
    Held,
    /// The strip's density.
    Histogram,
    /// Where the hits lie on the strip.
    Hits,
    /// What the lanes hold.
    Lanes,
    /// The document that is read.
    Source,
    /// How many events name each document.
    Documents,
    /// How many events were at each place.
    Places,
    /// Where the events were that say it themselves.
    Clusters,
    /// What the matrix holds.
    Matrix,
    /// How many events begin or go on in a cell of the matrix.
    Cell,
    /// Events for the palette.
    Palette,
    /// The values of a dimension.
    Facets(Dimension),
    /// Why nothing is shown.
    Explain,
}

impl Slot {
    /// Whether it is answered by the thread that counts do not run on.
    pub const fn is_quick(self) -> bool {
        matches!(self, Self::Page | Self::Jump | Self::Event)
    }
}

/// A question of the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Up to `before` rows before a key and `after` rows from it on.
    Window {
        /// Filter and order.
        question: Question,
        /// Around which key.
        key: Key,
        /// How many rows before it.
        before: usize,
        /// How many rows from it on.
        after: usize,
    },
    /// The first row from a key on, in a direction.
    Next {
        /// Filter and order.
        question: Question,
        /// From which key.
        key: Key,
        /// In which direction of the order.
        direction: Direction,
        /// Whether the row on the key itself counts.
        inclusive: bool,
    },
    /// The event with this id, whatever the filter says.
    Event {
        /// The layer's name; empty: any.
        layer: String,
        /// The event's id.
        id: String,
    },
    /// How many there are among keys.
    Count {
        /// Filter and order.
        question: Question,
        /// Which keys.
        keys: Keys,
    },
    /// The largest values of a dimension.
    Facets {
        /// Filter and order.
        question: Question,
        /// Which dimension.
        dimension: Dimension,
        /// What a value's label starts with.
        prefix: String,
        /// How many at the most.
        n: usize,
    },
    /// Counts between edges.
    Histogram {
        /// Filter and order.
        question: Question,
        /// The edges, growing.
        edges: Vec<Instant>,
    },
    /// The events, all of them; where there are too many, counts between edges for each value of a dimension.
    Lanes {
        /// Filter and order.
        question: Question,
        /// The edges, growing.
        edges: Vec<Instant>,
        /// Whose values.
        dimension: Dimension,
        /// How many events are not too many.
        most: usize,
    },
    /// A document with the passages that events come from.
    Source {
        /// Filter and order.
        question: Question,
        /// Which document.
        document: DocumentIndex,
        /// Where more events name it than `most`: around which key they are looked at.
        key: Key,
        /// How many events are looked at.
        most: usize,
    },
    /// How many events begin in each period, for each value of a dimension.
    Matrix {
        /// Filter and order.
        question: Question,
        /// In which stretch of time.
        range: TimeRange,
        /// Whose values.
        dimension: Dimension,
        /// How many columns there may be; the finest periods are chosen that need no more.
        most: usize,
    },
    /// Where the events were that say it themselves.
    Clusters {
        /// Filter and order.
        question: Question,
        /// In which section of the earth; `None`: anywhere.
        within: Option<Section>,
    },
    /// What each top-level term of the filter takes away.
    Explain {
        /// The filter that lets nothing through.
        question: Question,
    },
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// To [`Request::Window`]: the rows before (nearest last) and from the key on.
    Window {
        /// In the question's order, the nearest last.
        before: Vec<Row>,
        /// In the question's order.
        after: Vec<Row>,
    },
    /// To [`Request::Next`] and [`Request::Event`].
    Row(Option<Row>),
    /// To [`Request::Count`].
    Count(Count),
    /// To [`Request::Facets`].
    Facets(Dimension, Vec<Facet>),
    /// To [`Request::Histogram`].
    Histogram {
        /// The edges asked for.
        edges: Vec<Instant>,
        /// The counts.
        histogram: Histogram,
    },
    /// To [`Request::Lanes`], where there are few enough: in the question's order.
    Events(Vec<Row>),
    /// To [`Request::Lanes`], where there are too many.
    Values {
        /// The dimension asked for.
        dimension: Dimension,
        /// The edges asked for.
        edges: Vec<Instant>,
        /// For each value that some event has, in order, and for none: an empty text.
        values: Vec<(String, Histogram)>,
    },
    /// To [`Request::Source`]; `None`: there is no such document.
    Source(Option<Arc<Reading>>),
    /// To [`Request::Matrix`].
    Matrix(Arc<Grid>),
    /// To [`Request::Clusters`].
    Clusters(Arc<Clusters>),
    /// To [`Request::Explain`]: each top-level term with the count that would be without it.
    Explain(Vec<(Filter, Count)>),
}

/// Answers one request; where `ctl` has a deadline, perhaps with a part of the answer.
///
/// # Errors
/// The store's.
pub fn perform(store: &dyn Store, request: &Request, ctl: &Ctl) -> Result<Answer<Reply>, StoreError> {
    Ok(match request {
        Request::Window { question, key, before, after } => {
            let after = store.page(question, *key, Direction::Forward, *after, ctl)?;
            let before = store.page(question, *key, Direction::Backward, *before, ctl)?;
            after.with(before, |after, mut before| {
                before.reverse();
                Reply::Window { before, after }
            })
        }
        Request::Next { question, key, direction, inclusive } => {
            let page = store.page(question, *key, *direction, 2, ctl)?;
            let found = page.map(|rows| rows.into_iter().find(|row| *inclusive || row.key != *key));
            // Rows come nearest first: what was found is the answer, whatever lies behind it.
            let done = found.done || found.value.is_some();
            Answer { done, ..found.map(Reply::Row) }
        }
        Request::Event { layer, id } => whole(store, Reply::Row(store.event(layer, id, ctl)?)),
        Request::Count { question, keys } => store.count(question, keys, ctl)?.map(Reply::Count),
        Request::Facets { question, dimension, prefix, n } => store
            .facets(question, *dimension, prefix, *n, ctl)?
            .map(|facets| Reply::Facets(*dimension, facets)),
        Request::Histogram { question, edges } => store
            .histogram(question, edges, None, ctl)?
            .map(|(histogram, _)| Reply::Histogram { edges: edges.clone(), histogram }),
        Request::Lanes { question, edges, dimension, most } => {
            lanes(store, question, (edges, *dimension), *most, ctl)?
        }
        Request::Source { question, document, key, most } => {
            let read = reading::read(store, question, *document, (*key, *most), ctl)?;
            read.map(|reading| Reply::Source(reading.map(Arc::new)))
        }
        Request::Matrix { question, range, dimension, most } => {
            let grid = matrix::grid(store, question, (*range, *dimension), *most, ctl)?;
            grid.map(|grid| Reply::Matrix(Arc::new(grid)))
        }
        Request::Clusters { question, within } => store
            .clusters(question, within.as_ref(), ctl)?
            .map(|clusters| Reply::Clusters(Arc::new(clusters))),
        Request::Explain { question } => explain(store, question, ctl)?.map(Reply::Explain),
    })
}

fn lanes(
    store: &dyn Store,
    question: &Question,
    (edges, dimension): (&[Instant], Dimension),
    most: usize,
    ctl: &Ctl,
) -> Result<Answer<Reply>, StoreError> {
    let count = store.count(question, &Keys::all(), ctl)?;
    if count.value.total() <= most as u64 {
        let first = Key::end(true, question.reverse);
        let page = store.page(question, first, Direction::Forward, most, ctl)?;
        return Ok(count.with(page, |_, rows| Reply::Events(rows)));
    }
    let histograms = store.histogram(question, edges, Some(dimension), ctl)?;
    Ok(histograms.map(|(_, values)| Reply::Values { dimension, edges: edges.to_vec(), values }))
}

/// An answer that nothing can be added to.
fn whole<T>(store: &dyn Store, value: T) -> Answer<T> {
    let generation = store.info().generation;
    Answer { value, coverage: Coverage::Full, exact: true, done: true, generation }
}

/// Each top-level term of the filter with the count that would be without it.
///
/// # Errors
/// The store's.
pub fn explain(
    store: &dyn Store,
    question: &Question,
    ctl: &Ctl,
) -> Result<Answer<Vec<(Filter, Count)>>, StoreError> {
    let terms = question.filter.terms();
    let mut answers = whole(store, Vec::with_capacity(terms.len()));
    for (index, term) in terms.into_iter().enumerate() {
        let filter = Arc::new(question.filter.without_term(index));
        let without = Question { filter, ..question.clone() };
        let count = store.count(&without, &Keys::all(), ctl)?;
        answers = answers.with(count, |mut answers, count| {
            answers.push((term, count));
            answers
        });
    }
    Ok(answers)
}
