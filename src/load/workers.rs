//! Threads that read chunks ahead, and the one that puts what they read in order.
//!
//! A chunk is the records that begin in a range of bytes. Where its first record begins can only be guessed, since
//! a line break may stand inside quotation marks; where it truly begins is known when the chunk before it is through.
//! A chunk that was begun at a wrong place is read again.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::chunks::{MOST_AHEAD, Plan, guess};
use crate::sources::Bytes;
use crate::threads;

/// More threads than this find nothing to do: the names of what they read are made by one.
const MOST_THREADS: usize = 8;

/// Some consecutive records, read.
#[derive(Debug)]
pub(super) struct Part<P> {
    /// Where the first of them begins.
    pub begin: u64,
    /// Where what follows the last of them begins.
    pub end: u64,
    /// How many there are.
    pub rows: u64,
    /// What was read of them.
    pub piece: P,
    /// Whether it is handed over early because no more bytes are there.
    pub early: bool,
}

/// Why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The next record is no longer in the range.
    Border,
    /// What was read should be shown before more is waited for.
    Waiting,
    /// Nothing follows.
    End,
}

/// Reads records.
pub(super) trait Parser: Sync {
    /// What is made of them.
    type Piece: Send;

    /// What looks like a record's beginning in bytes from the middle of the file, behind a line break.
    fn border(&self, bytes: &[u8]) -> Option<usize>;

    /// Reads the records that begin in `range`, the first of them at its start, and hands over parts of them. Gives
    /// where the next record begins.
    ///
    /// # Errors
    /// Those of reading, or when it was stopped.
    fn parse(
        &self,
        bytes: &Bytes,
        range: Range<u64>,
        each: &mut dyn FnMut(Part<Self::Piece>),
    ) -> io::Result<(u64, Why)>;
}

/// What a worker says of a chunk, in this order.
enum Message<P> {
    /// Its first record begins there, or so it seems.
    Begun(u64),
    Part(Part<P>),
    /// The next record begins there. Whether nothing follows.
    Done(io::Result<(u64, bool)>),
}

/// What is to be read.
struct Chunk {
    index: usize,
    range: Range<u64>,
    /// Whether it is no longer wanted.
    dropped: Arc<AtomicBool>,
}

/// Chunks that wait for a worker.
#[derive(Default)]
struct Queue {
    waiting: Mutex<(VecDeque<Chunk>, bool)>,
    changed: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, (VecDeque<Chunk>, bool)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, chunk: Chunk) {
        self.lock().0.push_back(chunk);
        self.changed.notify_one();
    }

    /// No more will be needed.
    fn close(&self) {
        let mut waiting = self.lock();
        waiting.0.clear();
        waiting.1 = true;
        self.changed.notify_all();
    }

    fn take(&self) -> Option<Chunk> {
        let mut waiting = self.lock();
        loop {
            if let Some(chunk) = waiting.0.pop_front() {
                return Some(chunk);
            }
            if waiting.1 {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Reads everything from a place on, before which so many rows stand, with several threads, and calls `take` with the
/// parts, in the order of the file, on this one. `size` is that of chunks, where it is given. Gives where the bytes
/// end.
///
/// # Errors
/// Those of reading; none are read any more then.
pub(super) fn read_all<R: Parser>(
    parser: &R,
    bytes: &Bytes,
    (from, rows): (u64, u64),
    size: Option<u64>,
    take: &mut dyn FnMut(Part<R::Piece>),
) -> io::Result<u64> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let queue = Queue::default();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (queue, sender) = (&queue, sender.clone());
            thread::Builder::new()
                .name("annals-load".to_owned())
                .spawn_scoped(scope, move || work(parser, bytes, queue, &sender))?;
        }
        drop(sender);
        let mut order = Order { parser, bytes, position: from, rows, messages: HashMap::new(), receiver };
        let ended = order.run(&queue, (threads * 2).min(MOST_AHEAD), Plan::new(from, rows, size), take);
        queue.close();
        if ended.is_err() && !bytes.growth().finished {
            // Whoever waits for more of them would wait for ever.
            bytes.stop();
        }
        ended
    })
}

/// What a worker does.
fn work<R: Parser>(parser: &R, bytes: &Bytes, queue: &Queue, sender: &Sender<(usize, Message<R::Piece>)>) {
    threads::give_way();
    while let Some(Chunk { index, range, dropped }) = queue.take() {
        // Nobody listens any more when loading was stopped.
        let say = |message| sender.send((index, message)).is_ok();
        let done = guess(bytes, &range, &|block| parser.border(block)).and_then(|begin| {
            say(Message::Begun(begin));
            let wanted = || !dropped.load(Ordering::Relaxed);
            read(parser, bytes, begin..range.end, &wanted, &mut |part| {
                say(Message::Part(part));
            })
        });
        say(Message::Done(done));
    }
}

/// Reads a range, waiting for what still comes. Gives where the next record begins and whether nothing follows.
fn read<R: Parser>(
    parser: &R,
    bytes: &Bytes,
    mut range: Range<u64>,
    wanted: &dyn Fn() -> bool,
    each: &mut dyn FnMut(Part<R::Piece>),
) -> io::Result<(u64, bool)> {
    while range.start < range.end && wanted() {
        let (next, why) = parser.parse(bytes, range.clone(), each)?;
        range.start = next;
        if why == Why::End {
            return Ok((next, true));
        }
    }
    Ok((range.start, false))
}

/// Puts in order what the workers read.
struct Order<'a, R: Parser> {
    parser: &'a R,
    bytes: &'a Bytes,
    /// Where the next record begins.
    position: u64,
    /// How many rows stand before it.
    rows: u64,
    /// What came of chunks whose turn it is not yet.
    messages: HashMap<usize, VecDeque<Message<R::Piece>>>,
    receiver: Receiver<(usize, Message<R::Piece>)>,
}

impl<R: Parser> Order<'_, R> {
    fn run(
        &mut self,
        queue: &Queue,
        ahead: usize,
        mut plan: Plan,
        take: &mut dyn FnMut(Part<R::Piece>),
    ) -> io::Result<u64> {
        let mut planned: VecDeque<(Range<u64>, Arc<AtomicBool>)> = VecDeque::new();
        let mut index = 0;
        loop {
            while planned.len() < ahead {
                let (range, dropped) = (plan.chunk(), Arc::new(AtomicBool::new(false)));
                let chunk = Chunk {
                    index: index + planned.len(),
                    range: range.clone(),
                    dropped: Arc::clone(&dropped),
                };
                queue.push(chunk);
                planned.push_back((range, dropped));
            }
            let Some((range, dropped)) = planned.pop_front() else { return Ok(self.position) };
            let mut rows = 0;
            let ended = self.chunk(index, &range, &mut |part| {
                rows += part.rows;
                take(part);
            })?;
            self.rows += rows;
            plan.done(self.position, self.rows);
            // What was begun at a wrong place, or is only a part of a long record, is of no use.
            dropped.store(true, Ordering::Relaxed);
            self.messages.remove(&index);
            if ended {
                return Ok(self.position);
            }
            index += 1;
        }
    }

    /// The parts of a chunk. Gives whether nothing follows.
    fn chunk(
        &mut self,
        index: usize,
        range: &Range<u64>,
        take: &mut dyn FnMut(Part<R::Piece>),
    ) -> io::Result<bool> {
        if self.position >= range.end {
            return Ok(false);
        }
        match self.next(index)? {
            Message::Begun(begin) if begin == self.position => {}
            Message::Done(Err(error)) => return Err(error),
            _ => {
                let range = self.position..range.end;
                let (next, ended) = read(self.parser, self.bytes, range, &|| true, take)?;
                self.position = next;
                return Ok(ended);
            }
        }
        loop {
            match self.next(index)? {
                Message::Begun(_) => {}
                Message::Part(part) => take(part),
                Message::Done(done) => {
                    let (next, ended) = done?;
                    self.position = next;
                    return Ok(ended);
                }
            }
        }
    }

    /// The next message of a chunk.
    fn next(&mut self, index: usize) -> io::Result<Message<R::Piece>> {
        loop {
            if let Some(message) = self.messages.get_mut(&index).and_then(VecDeque::pop_front) {
                return Ok(message);
            }
            let (of, message) =
                self.receiver.recv().map_err(|_| io::Error::other("a thread that read ended early"))?;
            if of >= index {
                self.messages.entry(of).or_default().push_back(message);
            }
        }
    }
}
