//! The worker: requests answered away from the screen's thread.
//!
//! A newer request cancels only the one before it in its own slot. Two threads share the work, so that a page
//! or an event never waits behind a count, a histogram or a search. Each works in slices: a request that takes
//! longer is answered in part, and goes on when the others that wait have had a slice too.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Answer, Ctl, Reply, Request, Slot, Store, StoreError, perform};

/// How long one request is worked on before it is answered in part: a frame or two.
const SLICE: Duration = Duration::from_millis(30);
/// How often a slice is doubled for a store that has nothing to say when it is over.
const MOST_DOUBLINGS: u32 = 16;
/// The same for a store that does say something, but has come no further, lest it only begin again each time.
const MOST_FOR_MORE: u32 = 5;

/// A request that waits, with the number its replies carry.
struct Waiting {
    serial: u64,
    request: Request,
    ctl: Ctl,
    /// When it had its last slice, counted in slices; 0 before its first.
    served: u64,
    /// How often in a row a slice brought nothing new; each doubles the next one.
    late: u32,
    /// The share of the events that the last answer spoke of, in percent.
    share: Option<u8>,
}

#[derive(Default)]
struct Queue {
    waiting: BTreeMap<Slot, Waiting>,
    running: Option<(Slot, Ctl)>,
    /// How many slices were worked.
    slices: u64,
    closed: bool,
}

impl Queue {
    /// Takes out the most urgent new request, or else the one that has waited longest for its next slice.
    fn next(&mut self) -> Option<(Slot, Waiting)> {
        let slot = *self.waiting.iter().min_by_key(|(slot, waiting)| (waiting.served, **slot))?.0;
        self.waiting.remove_entry(&slot)
    }

    /// Cancels what runs in a slot.
    fn stop(&self, slot: Slot) {
        if let Some((running, ctl)) = &self.running
            && *running == slot
        {
            ctl.cancel();
        }
    }
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

/// Where replies go: slot, serial number of the request, reply. The last one to a request is marked done.
pub type Replies = Arc<dyn Fn(Slot, u64, Result<Answer<Reply>, StoreError>) + Send + Sync>;

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

    fn desk(&self, slot: Slot) -> &Desk {
        if slot.is_quick() { &self.quick } else { &self.long }
    }

    /// Asks; what was asked before in the same slot is cancelled or forgotten.
    pub fn ask(&self, slot: Slot, serial: u64, request: Request) {
        let desk = self.desk(slot);
        let mut queue = desk.lock();
        queue.stop(slot);
        let waiting = Waiting { serial, request, ctl: Ctl::default(), served: 0, late: 0, share: None };
        queue.waiting.insert(slot, waiting);
        desk.wake.notify_one();
    }

    /// Cancels what runs or waits in a slot.
    pub fn cancel(&self, slot: Slot) {
        let mut queue = self.desk(slot).lock();
        queue.waiting.remove(&slot);
        queue.stop(slot);
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

/// Takes the next request, works a slice on it, and so on until the desk is closed.
fn serve(
    desk: &Desk,
    store: &dyn Store,
    replies: &(dyn Fn(Slot, u64, Result<Answer<Reply>, StoreError>) + Send + Sync),
) {
    loop {
        let mut queue = desk.lock();
        let (slot, waiting) = loop {
            if queue.closed {
                return;
            }
            match queue.next() {
                Some(next) => break next,
                None => queue = desk.wake.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        };
        queue.running = Some((slot, waiting.ctl.clone()));
        drop(queue);
        let serial = waiting.serial;
        if let Some(reply) = work(desk, store, slot, waiting) {
            replies(slot, serial, reply);
        }
    }
}

/// Works a slice on a request and puts it back where more is to do. Gives what there is to say.
fn work(
    desk: &Desk,
    store: &dyn Store,
    slot: Slot,
    mut waiting: Waiting,
) -> Option<Result<Answer<Reply>, StoreError>> {
    let time = SLICE.saturating_mul(1 << waiting.late.min(MOST_DOUBLINGS));
    let ctl = waiting.ctl.clone().until(Instant::now() + time);
    let reply = perform(store, &waiting.request, &ctl);
    let mut queue = desk.lock();
    queue.running = None;
    if queue.closed || waiting.ctl.check().is_err() {
        return None;
    }
    let reply = match reply {
        Err(StoreError::Cancelled) => return None,
        Err(StoreError::Late) => {
            waiting.late += 1;
            None
        }
        Ok(answer) if !answer.done => {
            let share = answer.coverage.share();
            let further = waiting.share.is_none_or(|before| before < share);
            waiting.late = if further { 0 } else { (waiting.late + 1).min(MOST_FOR_MORE) };
            waiting.share = Some(share);
            Some(Ok(answer))
        }
        last => return Some(last),
    };
    queue.slices += 1;
    waiting.served = queue.slices;
    queue.waiting.insert(slot, waiting);
    reply
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::*;
    use crate::chronology::{CataloguedDocument, DocumentIndex, Resolved};
    use crate::query::Dimension;
    use crate::store::{
        Batch, Clusters, Columns, Count, Coverage, Direction, Facet, Histograms, Info, Key, Keys, Question,
        Row, Section,
    };

    /// A store that counts one event more in each slice, up to a number, and says nothing in the first. Shorter
    /// slices than it needs bring nothing.
    struct Slow {
        inside: Columns,
        counted: Mutex<u64>,
        all: u64,
        needs: Duration,
    }

    impl Slow {
        fn store(all: u64, needs: Duration) -> Arc<dyn Store> {
            let inside = Columns::of(Resolved::default(), "slow".to_owned(), String::new());
            Arc::new(Self { inside, counted: Mutex::new(0), all, needs })
        }
    }

    impl Store for Slow {
        fn info(&self) -> Info {
            self.inside.info()
        }

        fn still(&self) -> Arc<dyn Store> {
            self.inside.still()
        }

        fn count(&self, question: &Question, keys: &Keys, ctl: &Ctl) -> Result<Answer<Count>, StoreError> {
            ctl.check()?;
            let mut counted = self.counted.lock().expect("not poisoned");
            let enough = ctl.clone().until(Instant::now() + self.needs).deadline <= ctl.deadline;
            *counted = counted.saturating_add(u64::from(enough));
            if *counted == 1 {
                return Err(StoreError::Late);
            }
            let answer = self.inside.count(question, keys, &Ctl::default())?;
            let coverage = Coverage::Partial(1, "so far".to_owned());
            let done = *counted >= self.all;
            Ok(Answer { coverage, done, ..answer.map(|_| Count { certain: *counted, possible: 0 }) })
        }

        fn histogram(
            &self,
            question: &Question,
            edges: &[crate::when::Instant],
            by: Option<Dimension>,
            ctl: &Ctl,
        ) -> Result<Answer<Histograms>, StoreError> {
            self.inside.histogram(question, edges, by, ctl)
        }

        fn facets(
            &self,
            question: &Question,
            dimension: Dimension,
            prefix: &str,
            n: usize,
            ctl: &Ctl,
        ) -> Result<Answer<Vec<Facet>>, StoreError> {
            self.inside.facets(question, dimension, prefix, n, ctl)
        }

        fn clusters(
            &self,
            question: &Question,
            within: Option<&Section>,
            ctl: &Ctl,
        ) -> Result<Answer<Clusters>, StoreError> {
            self.inside.clusters(question, within, ctl)
        }

        fn page(
            &self,
            question: &Question,
            key: Key,
            direction: Direction,
            n: usize,
            ctl: &Ctl,
        ) -> Result<Answer<Vec<Row>>, StoreError> {
            self.inside.page(question, key, direction, n, ctl)
        }

        fn event(&self, layer: &str, id: &str, ctl: &Ctl) -> Result<Option<Row>, StoreError> {
            self.inside.event(layer, id, ctl)
        }

        fn document(&self, document: DocumentIndex) -> Option<CataloguedDocument> {
            self.inside.document(document)
        }

        fn batches(
            &self,
            question: &Question,
            keys: &Keys,
            each: &mut dyn FnMut(Box<dyn Batch>) -> Result<(), StoreError>,
            ctl: &Ctl,
        ) -> Result<(), StoreError> {
            self.inside.batches(question, keys, each, ctl)
        }

        fn dates(
            &self,
            question: &Question,
            sink: &mut dyn FnMut(Option<&crate::when::Bounds>, crate::when::Certainty),
            ctl: &Ctl,
        ) -> Result<(), StoreError> {
            self.inside.dates(question, sink, ctl)
        }
    }

    type Said = (Slot, u64, Result<Answer<Reply>, StoreError>);

    fn worker(store: &Arc<dyn Store>) -> (Worker, Receiver<Said>) {
        let (sender, receiver) = mpsc::channel();
        let replies: Replies = Arc::new(move |slot, serial, reply| {
            // The receiver may be gone at the end of the test.
            let _ = sender.send((slot, serial, reply));
        });
        (Worker::start(store, &replies).expect("threads"), receiver)
    }

    fn count() -> Request {
        Request::Count { question: Question::default(), keys: Keys::all() }
    }

    #[test]
    fn every_slot_is_answered_with_the_newest_serial() {
        let store: Arc<dyn Store> =
            Arc::new(Columns::of(Resolved::default(), "empty".to_owned(), String::new()));
        let (worker, receiver) = worker(&store);
        for serial in 1..=3 {
            worker.ask(Slot::Count, serial, count());
        }
        let (slot, _, reply) = receiver.iter().find(|(_, serial, _)| *serial == 3).expect("the newest");
        assert_eq!((slot, reply.is_ok()), (Slot::Count, true));
    }

    #[test]
    fn a_long_request_is_answered_in_slices_the_last_one_marked_done() {
        let (worker, receiver) = worker(&Slow::store(5, Duration::ZERO));
        worker.ask(Slot::Search, 7, count());
        let said: Vec<(u64, bool)> = receiver
            .iter()
            .take(4)
            .map(|(_, _, reply)| match reply {
                Ok(Answer { value: Reply::Count(count), done, .. }) => (count.certain, done),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(said, [(2, false), (3, false), (4, false), (5, true)]);
    }

    #[test]
    fn a_slice_that_brings_nothing_is_followed_by_a_longer_one() {
        let (worker, receiver) = worker(&Slow::store(2, SLICE.saturating_mul(20)));
        worker.ask(Slot::Count, 1, count());
        assert!(receiver.iter().any(|(_, _, reply)| reply.is_ok_and(|answer| answer.done)));
    }

    #[test]
    fn others_get_their_turn_while_a_long_request_goes_on() {
        let (worker, receiver) = worker(&Slow::store(u64::MAX, Duration::ZERO));
        worker.ask(Slot::Count, 1, count());
        assert!(receiver.recv().is_ok());
        let facets = Request::Facets {
            question: Question::default(),
            dimension: Dimension::Kind,
            prefix: String::new(),
            n: 1,
        };
        worker.ask(Slot::Facets(Dimension::Kind), 2, facets);
        assert!(receiver.iter().any(|(_, serial, reply)| serial == 2 && reply.is_ok()));
        worker.cancel(Slot::Count);
        worker.ask(Slot::Rank, 3, count());
        // After the first answer to what was asked later, nothing of what was cancelled follows.
        let mut later = receiver.iter().skip_while(|(_, serial, _)| *serial != 3);
        assert!(later.by_ref().take(10).all(|(_, serial, _)| serial == 3));
    }
}
