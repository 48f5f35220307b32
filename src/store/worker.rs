//! The worker: the browser's questions, each in its slot, answered away from the screen's thread.
//!
//! A newer request cancels only the one before it in its own slot. Two threads share the work, so that a page
//! or an event never waits behind a count, a histogram or a search.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::{Count, Ctl, Direction, Facet, Histogram, Key, Keys, Question, Row, Store, StoreError};
use crate::query::{Dimension, Filter};
use crate::when::Instant;

/// What a request is for; the newest one of a slot wins. In order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The rows around the cursor.
    Page,
    /// One row to jump to.
    Jump,
    /// The event in the pane.
    Event,
    /// How many events the filter lets through, and the cursor's rank.
    Count,
    /// How many events are selected.
    Selected,
    /// How many hits a search has.
    Search,
    /// The strip's density.
    Histogram,
    /// Where the hits lie on the strip.
    Hits,
    /// The values of a dimension.
    Facets(Dimension),
    /// Why nothing is shown.
    Explain,
}

impl Slot {
    /// Whether it is answered by the thread that nothing long runs on.
    const fn is_quick(self) -> bool {
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
    /// How many there are, and how many of them up to the cursor.
    Totals {
        /// Filter and order.
        question: Question,
        /// The cursor.
        rank_of: Option<Key>,
    },
    /// How many there are among keys.
    Selected {
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
    /// To [`Request::Totals`].
    Totals {
        /// How many the filter lets through.
        count: Count,
        /// How many of them stand before the cursor or on it.
        rank: Option<u64>,
    },
    /// To [`Request::Selected`].
    Selected(Count),
    /// To [`Request::Facets`].
    Facets(Dimension, Vec<Facet>),
    /// To [`Request::Histogram`].
    Histogram {
        /// The edges asked for.
        edges: Vec<Instant>,
        /// The counts.
        histogram: Histogram,
    },
    /// To [`Request::Explain`]: each top-level term with the count that would be without it.
    Explain(Vec<(Filter, Count)>),
}

/// A request that waits, with the number its reply carries.
struct Waiting {
    serial: u64,
    request: Request,
    ctl: Ctl,
}

#[derive(Default)]
struct Queue {
    waiting: BTreeMap<Slot, Waiting>,
    running: Option<(Slot, Ctl)>,
    closed: bool,
}

#[derive(Default)]
struct Desk {
    queue: Mutex<Queue>,
    wake: Condvar,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where replies go: slot, serial number of the request, reply.
pub type Replies = Arc<dyn Fn(Slot, u64, Result<Reply, StoreError>) + Send + Sync>;

/// Two threads that answer requests from a store.
pub struct Worker {
    quick: Arc<Desk>,
    long: Arc<Desk>,
    threads: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Starts the threads; `replies` is called from them.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(store: &Arc<dyn Store>, replies: &Replies) -> std::io::Result<Self> {
        let mut worker = Self { quick: Arc::default(), long: Arc::default(), threads: Vec::new() };
        for (name, desk) in [("annals-pages", &worker.quick), ("annals-counts", &worker.long)] {
            let (desk, store, replies) = (Arc::clone(desk), Arc::clone(store), Arc::clone(replies));
            let thread = std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || serve(&desk, store.as_ref(), replies.as_ref()))?;
            worker.threads.push(thread);
        }
        Ok(worker)
    }

    /// Asks; what was asked before in the same slot is cancelled or forgotten.
    pub fn ask(&self, slot: Slot, serial: u64, request: Request) {
        let desk = if slot.is_quick() { &self.quick } else { &self.long };
        let mut queue = desk.lock();
        if let Some((running, ctl)) = &queue.running
            && *running == slot
        {
            ctl.cancel();
        }
        queue.waiting.insert(slot, Waiting { serial, request, ctl: Ctl::default() });
        desk.wake.notify_one();
    }

    /// Cancels what runs or waits in a slot.
    pub fn cancel(&self, slot: Slot) {
        let desk = if slot.is_quick() { &self.quick } else { &self.long };
        let mut queue = desk.lock();
        queue.waiting.remove(&slot);
        if let Some((running, ctl)) = &queue.running
            && *running == slot
        {
            ctl.cancel();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        for desk in [&self.quick, &self.long] {
            let mut queue = desk.lock();
            queue.closed = true;
            queue.waiting.clear();
            if let Some((_, ctl)) = &queue.running {
                ctl.cancel();
            }
            desk.wake.notify_one();
        }
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so through the panic hook; there is nothing left to do here.
            let _ = thread.join();
        }
    }
}

/// Takes the most urgent request, answers it, and so on until the desk is closed.
fn serve(
    desk: &Desk,
    store: &dyn Store,
    replies: &(dyn Fn(Slot, u64, Result<Reply, StoreError>) + Send + Sync),
) {
    loop {
        let mut queue = desk.lock();
        let (slot, waiting) = loop {
            if queue.closed {
                return;
            }
            match queue.waiting.pop_first() {
                Some(next) => break next,
                None => queue = desk.wake.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        };
        queue.running = Some((slot, waiting.ctl.clone()));
        drop(queue);
        let reply = perform(store, &waiting.request, &waiting.ctl);
        desk.lock().running = None;
        if !matches!(reply, Err(StoreError::Cancelled)) {
            replies(slot, waiting.serial, reply);
        }
    }
}

/// Answers one request.
///
/// # Errors
/// The store's.
pub fn perform(store: &dyn Store, request: &Request, ctl: &Ctl) -> Result<Reply, StoreError> {
    Ok(match request {
        Request::Window { question, key, before, after } => {
            let mut earlier = store.page(question, *key, Direction::Backward, *before, ctl)?.value;
            earlier.reverse();
            let after = store.page(question, *key, Direction::Forward, *after, ctl)?.value;
            Reply::Window { before: earlier, after }
        }
        Request::Next { question, key, direction, inclusive } => {
            let page = store.page(question, *key, *direction, 2, ctl)?.value;
            Reply::Row(page.into_iter().find(|row| *inclusive || row.key != *key))
        }
        Request::Event { layer, id } => Reply::Row(store.event(layer, id, ctl)?),
        Request::Totals { question, rank_of } => {
            let count = store.count(question, &Keys::all(), ctl)?.value;
            let rank = match rank_of {
                Some(key) => {
                    Some(store.count(question, &Keys::up_to(*key, question.reverse), ctl)?.value.total())
                }
                None => None,
            };
            Reply::Totals { count, rank }
        }
        Request::Selected { question, keys } => Reply::Selected(store.count(question, keys, ctl)?.value),
        Request::Facets { question, dimension, prefix, n } => {
            Reply::Facets(*dimension, store.facets(question, *dimension, prefix, *n, ctl)?.value)
        }
        Request::Histogram { question, edges } => {
            let histogram = store.histogram(question, edges, None, ctl)?.value.0;
            Reply::Histogram { edges: edges.clone(), histogram }
        }
        Request::Explain { question } => Reply::Explain(explain(store, question, ctl)?),
    })
}

/// Each top-level term of the filter with the count that would be without it.
///
/// # Errors
/// The store's.
pub fn explain(
    store: &dyn Store,
    question: &Question,
    ctl: &Ctl,
) -> Result<Vec<(Filter, Count)>, StoreError> {
    let terms = question.filter.terms();
    let mut answers = Vec::with_capacity(terms.len());
    for (index, term) in terms.into_iter().enumerate() {
        let filter = Arc::new(question.filter.without_term(index));
        let without = Question { filter, ..question.clone() };
        answers.push((term, store.count(&without, &Keys::all(), ctl)?.value));
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::chronology::Resolved;
    use crate::store::MemoryStore;

    #[test]
    fn every_slot_is_answered_with_the_newest_serial() {
        let store: Arc<dyn Store> =
            Arc::new(MemoryStore::new(Resolved::default(), "empty".to_owned(), String::new()));
        let (sender, receiver) = mpsc::channel();
        let replies: Replies = Arc::new(move |slot, serial, reply| {
            // The receiver may be gone at the end of the test.
            let _ = sender.send((slot, serial, reply.is_ok()));
        });
        let worker = Worker::start(&store, &replies).expect("threads");
        for serial in 1..=3 {
            worker.ask(Slot::Count, serial, Request::Totals { question: Question::default(), rank_of: None });
        }
        let newest = receiver.iter().find(|(_, serial, _)| *serial == 3);
        assert_eq!(newest, Some((Slot::Count, 3, true)));
    }
}
