//! Going through many events: batches of those that were found, read by several threads, taken in their order.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Scope, available_parallelism};

use super::{Ctl, Keys, Question, Row, Store, StoreError};
use crate::chronology::{Event, LayerIndex};
use crate::threads;
use crate::when::Certainty;

/// No more threads than this read at once: what they make has to be taken by one.
const MOST_THREADS: usize = 8;

/// Events that were found but are not read yet, in the question's order: work for any thread. What they are does not
/// change while the store grows.
pub trait Batch: Send {
    /// How many there are.
    fn events(&self) -> usize;

    /// Reads them and calls `sink` with each. None is held any longer than that.
    ///
    /// # Errors
    /// When an event cannot be read again, or the sink's own error.
    fn read(&self, sink: &mut dyn FnMut(&Row) -> io::Result<()>) -> Result<(), StoreError>;

    /// Calls `sink` with each of them and its layer; of the events only what not every event has is there: fields,
    /// links, sources, keys not known. Their texts and dates may be missing.
    ///
    /// # Errors
    /// When an event cannot be read again, or the sink's own error.
    fn skim(&self, sink: &mut Skimmed<'_>) -> Result<(), StoreError>;
}

/// What is called with the layer of an event, parts of it, and how far the filter is true of it.
pub type Skimmed<'a> = dyn FnMut(LayerIndex, &Event, Certainty) -> io::Result<()> + 'a;

/// Makes something of every batch, on several threads where there are several batches, and hands what was made to
/// `sink` in the question's order. Only a few batches are in memory at any time.
///
/// # Errors
/// The first of the store, of `make` and of `sink`, or when cancelled or late. Nothing is handed over after it.
pub fn in_order<T: Send>(
    store: &dyn Store,
    (question, keys): (&Question, &Keys),
    make: &(dyn Fn(&dyn Batch) -> Result<T, StoreError> + Sync),
    sink: &mut dyn FnMut(T, usize) -> io::Result<()>,
    ctl: &Ctl,
) -> Result<(), StoreError> {
    let (work, rest) = sync_channel::<Work<T>>(2 * MOST_THREADS);
    let rest = Mutex::new(rest);
    std::thread::scope(|scope| {
        let mut line = Line { scope, work, rest: &rest, make, threads: 0, waiting: VecDeque::new() };
        let mut first: Option<Box<dyn Batch>> = None;
        let result = store.batches(
            question,
            keys,
            &mut |batch| {
                // A batch that stays the only one is not worth a thread.
                let Some(before) = first.replace(batch) else { return Ok(()) };
                line.take(before)?;
                line.hand_over(line.room(), ctl, sink)
            },
            ctl,
        );
        result?;
        if let Some(last) = first {
            if line.threads == 0 {
                let events = last.events();
                return Ok(sink(make(last.as_ref())?, events)?);
            }
            line.take(last)?;
        }
        line.hand_over(0, ctl, sink)
    })
}

/// A batch, and where what is made of it goes.
type Work<T> = (Box<dyn Batch>, SyncSender<Result<T, StoreError>>);

/// Threads at work, and what they owe in its order. When it is dropped they end.
struct Line<'s, 'e, T> {
    scope: &'s Scope<'s, 'e>,
    work: SyncSender<Work<T>>,
    rest: &'s Mutex<Receiver<Work<T>>>,
    make: &'s (dyn Fn(&dyn Batch) -> Result<T, StoreError> + Sync),
    threads: usize,
    waiting: VecDeque<(Receiver<Result<T, StoreError>>, usize)>,
}

impl<'s, T: Send + 's> Line<'s, '_, T> {
    /// How many batches may wait: enough that no thread does.
    const fn room(&self) -> usize {
        2 * self.threads
    }

    fn take(&mut self, batch: Box<dyn Batch>) -> Result<(), StoreError> {
        let most = available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        if self.threads < most {
            self.threads += 1;
            let (rest, make) = (self.rest, self.make);
            self.scope.spawn(move || {
                threads::give_way();
                let next = || rest.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((batch, owed)) = next() {
                    // Nobody waits for it any more where the whole has failed.
                    let _ = owed.send(make(batch.as_ref()));
                }
            });
        }
        let (owed, made) = sync_channel(1);
        self.waiting.push_back((made, batch.events()));
        self.work.send((batch, owed)).map_err(|_| gone())
    }

    /// Hands over what was made until no more than so many batches wait.
    fn hand_over(
        &mut self,
        most: usize,
        ctl: &Ctl,
        sink: &mut dyn FnMut(T, usize) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        while self.waiting.len() > most {
            let Some((made, events)) = self.waiting.pop_front() else { break };
            let made = made.recv().map_err(|_| gone())??;
            ctl.check()?;
            sink(made, events)?;
        }
        Ok(())
    }
}

/// A thread ended before its work was done; its panic goes on where the threads are waited for.
fn gone() -> StoreError {
    io::Error::other("a thread that reads events has ended").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chronology::{Chronology, LayerInput, Resolved, resolve};
    use crate::store::Columns;

    /// A store of so many events: several batches and a rest.
    fn store(number: usize) -> Columns {
        Columns::of(events(number), String::new(), String::new())
    }

    fn events(number: usize) -> Resolved {
        let event = |at: usize| Event {
            id: format!("e{at}"),
            date: Some(format!("{:04}", at % 3000)),
            ..Event::default()
        };
        let chronology = Chronology { events: (0..number).map(event).collect(), ..Chronology::default() };
        resolve(vec![LayerInput { chronology, ..LayerInput::default() }])
    }

    fn ids(batch: &dyn Batch) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        batch.read(&mut |row| {
            ids.push(row.entry.event.id.clone());
            Ok(())
        })?;
        Ok(ids)
    }

    const ALL: fn() -> (Question, Keys) = || (Question::default(), Keys::all());

    #[test]
    fn what_threads_make_comes_in_the_order_of_the_events() {
        let (question, keys) = ALL();
        for number in [0, 1, 511, 512, 513, 1024, 5000] {
            let store = store(number);
            let (mut together, mut counted) = (Vec::new(), 0);
            let mut take = |made: Vec<String>, events| {
                assert_eq!(made.len(), events);
                counted += events;
                together.extend(made);
                Ok(())
            };
            in_order(&store, (&question, &keys), &ids, &mut take, &Ctl::default()).expect("read");
            let mut alone = Vec::new();
            let mut note = |row: &Row| {
                alone.push(row.entry.event.id.clone());
                Ok(())
            };
            store.scan(&question, &keys, &mut note, &Ctl::default()).expect("read");
            assert_eq!((together, counted), (alone, number));
        }
    }

    #[test]
    fn a_store_that_is_still_does_not_grow() {
        let growing = store(700);
        let still = growing.still();
        growing.publish(crate::store::columns::News::of(events(900)));
        assert_eq!((growing.info().total, still.info().total), (1_600, 700));
        let (question, keys) = ALL();
        let mut number = 0;
        let mut count = |_, events| {
            number += events;
            Ok(())
        };
        in_order(still.as_ref(), (&question, &keys), &ids, &mut count, &Ctl::default()).expect("read");
        assert_eq!(number, 700);
    }

    #[test]
    fn nothing_is_taken_after_an_error_or_a_stop() {
        let (question, keys) = ALL();
        let store = store(10_000);
        let ctl = Ctl::default();
        let mut taken = 0;
        let mut full = |_, _| {
            taken += 1;
            if taken == 3 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        };
        let result = in_order(&store, (&question, &keys), &ids, &mut full, &ctl);
        assert!(matches!(result, Err(StoreError::Sink(error)) if error.kind() == io::ErrorKind::StorageFull));
        assert_eq!(taken, 3);

        let mut taken = 0;
        let mut stop = |_, _| {
            taken += 1;
            ctl.cancel();
            Ok(())
        };
        let result = in_order(&store, (&question, &keys), &ids, &mut stop, &ctl);
        assert!(matches!(result, Err(StoreError::Cancelled)));
        assert_eq!(taken, 1);

        let fails = |batch: &dyn Batch| match ids(batch)? {
            ids if ids.iter().any(|id| id == "e4000") => Err(StoreError::Late),
            ids => Ok(ids.len()),
        };
        let mut taken = 0;
        let mut count = |events, _| {
            taken += events;
            Ok(())
        };
        let result = in_order(&store, (&question, &keys), &fails, &mut count, &Ctl::default());
        assert!(matches!(result, Err(StoreError::Late)));
        assert!(taken < 10_000 && taken % 512 == 0, "{taken}");
    }
}
