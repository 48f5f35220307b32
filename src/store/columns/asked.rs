//! One question at work on one state of the store: its filter's hits, segment by segment, worked out once and
//! kept.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::bits::Bits;
use super::evaluate::Evaluation;
use super::hits::Hits;
use super::leaf::Leaf;
use super::plan::{Plan, Sizes};
use super::state::State;
use crate::query::{Filter, Noted};
use crate::store::{Answer, Coverage, Ctl, StoreError};

/// Fewer segments than this are not worth a second thread, unless rows have to be read.
const WORTH_A_THREAD: usize = 16;

/// How long somebody waits for a segment that another thread works on before looking whether to go on waiting.
const PATIENCE: Duration = Duration::from_millis(2);

/// A filter's hits in one segment.
#[derive(Clone, Default)]
enum Slot {
    #[default]
    Open,
    /// A thread works on it.
    Busy,
    Done(Arc<Hits>),
}

/// A filter made ready for the names of some time, and its hits so far.
pub(super) struct Results {
    pub(super) filter: Arc<Filter>,
    pub(super) noted: Arc<Noted>,
    pub(super) plan: Plan,
    pub(super) only_certain: bool,
    /// What was known when the plan was made.
    pub(super) sizes: Sizes,
    /// The state of the store it was made for.
    pub(super) generation: u64,
    slots: Mutex<Vec<Slot>>,
    turned: Condvar,
}

impl Results {
    /// A plan with what was found by an earlier one that agrees with it.
    pub(super) fn new(
        (filter, noted): (Arc<Filter>, Arc<Noted>),
        (plan, only_certain): (Plan, bool),
        (sizes, generation): (Sizes, u64),
        earlier: Option<&Self>,
    ) -> Self {
        let agreeing = earlier.filter(|earlier| earlier.plan.agrees(&plan, earlier.sizes));
        let done = |slot: &Slot| match slot {
            Slot::Done(hits) => Slot::Done(Arc::clone(hits)),
            Slot::Open | Slot::Busy => Slot::Open,
        };
        let slots = agreeing.map(|earlier| earlier.slots().iter().map(done).collect()).unwrap_or_default();
        Self {
            filter,
            noted,
            plan,
            only_certain,
            sizes,
            generation,
            slots: Mutex::new(slots),
            turned: Condvar::new(),
        }
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(&self, segment: usize) -> Option<Arc<Hits>> {
        match self.slots().get(segment) {
            Some(Slot::Done(hits)) => Some(Arc::clone(hits)),
            _ => None,
        }
    }

    /// The hits of a segment, or the task to find them: what is known, what another thread is about to know, or
    /// what nobody works on.
    fn claim(&self, segment: usize, ctl: &Ctl) -> Result<Result<Arc<Hits>, Claim<'_>>, StoreError> {
        let mut slots = self.slots();
        if slots.len() <= segment {
            slots.resize(segment + 1, Slot::Open);
        }
        loop {
            match slots.get_mut(segment) {
                Some(Slot::Done(hits)) => return Ok(Ok(Arc::clone(hits))),
                Some(slot @ Slot::Open) => {
                    *slot = Slot::Busy;
                    return Ok(Err(Claim { results: self, segment }));
                }
                _ => {}
            }
            ctl.check()?;
            let waited = self.turned.wait_timeout(slots, PATIENCE);
            slots = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn turn(&self, segment: usize, to: Slot) {
        if let Some(slot) = self.slots().get_mut(segment) {
            *slot = to;
        }
        self.turned.notify_all();
    }
}

/// The task to find the hits of a segment. Dropped without them, the segment is anybody's again.
struct Claim<'r> {
    results: &'r Results,
    segment: usize,
}

impl Claim<'_> {
    fn settle(self, hits: &Arc<Hits>) {
        self.results.turn(self.segment, Slot::Done(Arc::clone(hits)));
        std::mem::forget(self);
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.results.turn(self.segment, Slot::Open);
    }
}

/// The hits of every segment, as far as they are known.
pub(super) type AllHits = Vec<Option<Arc<Hits>>>;

/// How many of the rows an answer speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) rows: u64,
    pub(super) of: u64,
}

impl Reach {
    /// All of so many.
    pub(super) const fn whole(rows: u64) -> Self {
        Self { rows, of: rows }
    }

    /// Never all: something was left out.
    pub(super) fn short(self) -> Self {
        Self { rows: self.rows.min(self.of.saturating_sub(1)), ..self }
    }
}

/// A question at work.
pub(super) struct Asked<'c> {
    pub(super) state: Arc<State>,
    pub(super) results: Arc<Results>,
    pub(super) ctl: &'c Ctl,
}

impl Asked<'_> {
    /// The hits of a segment, found now where they are not known.
    ///
    /// # Errors
    /// When cancelled, late, or the rows cannot be read.
    pub(super) fn hits(&self, segment: usize) -> Result<Arc<Hits>, StoreError> {
        let claim = match self.results.claim(segment, self.ctl)? {
            Ok(hits) => return Ok(hits),
            Err(claim) => claim,
        };
        let hits = Arc::new(self.find(segment)?);
        claim.settle(&hits);
        Ok(hits)
    }

    fn find(&self, at: usize) -> Result<Hits, StoreError> {
        let Some(segment) = self.state.segments.get(at) else { return Ok(Hits::all(0)) };
        let Results { plan, only_certain, .. } = &*self.results;
        if plan.is_empty() {
            return Ok(Hits::all(segment.rows()));
        }
        let scan = |leaf: &Leaf, open: &Bits, known: &Bits| self.scan(leaf, at, open, known);
        let evaluation = Evaluation { segment, scan: &scan };
        let truth = evaluation.truth(plan, &Bits::full(segment.rows()))?;
        Ok(Hits::of(truth, *only_certain))
    }

    /// The rows of `open` that a leaf is true of. What was found is kept even where the time did not suffice.
    fn scan(&self, leaf: &Leaf, at: usize, open: &Bits, known: &Bits) -> Result<Bits, StoreError> {
        let Some(segment) = self.state.segments.get(at) else { return Ok(Bits::new(0)) };
        let mut found = leaf.found(at, segment.rows());
        found.looked.or(known);
        found.hits.or(known);
        let mut within = open.clone();
        within.and_not(&found.looked);
        if !within.is_empty() {
            let rows = self.state.rows_of(segment.layer())?;
            let source = (&**segment, rows, &*self.state.names);
            let searched = leaf.search.find(source, &within, &mut found, self.ctl);
            leaf.keep(at, found.clone());
            searched?;
        }
        let mut hits = found.hits;
        hits.and(open);
        Ok(hits)
    }

    /// Finds the hits of every segment, on several threads where that is worth it. Where the time does not
    /// suffice, some are left out.
    ///
    /// # Errors
    /// When cancelled, or the rows cannot be read.
    pub(super) fn all(&self) -> Result<(AllHits, Reach), StoreError> {
        let known = |at| self.results.done(at);
        let count = self.state.segments.len();
        let missing: Vec<usize> = (0..count).filter(|at| known(*at).is_none()).collect();
        let many = missing.len() >= WORTH_A_THREAD || self.results.plan.reads();
        let found = each(&missing, many, &|at| self.hits(at).map(drop));
        match found {
            Err(StoreError::Late) => {}
            other => other?,
        }
        let all: AllHits = (0..count).map(known).collect();
        let reach = self.reach_of(all.iter().map(Option::is_some));
        Ok((all, reach))
    }

    /// How many rows' hits are known.
    pub(super) fn reach(&self) -> Reach {
        self.reach_of((0..self.state.segments.len()).map(|at| self.results.done(at).is_some()))
    }

    fn reach_of(&self, known: impl Iterator<Item = bool>) -> Reach {
        let segments = self.state.segments.iter().zip(known);
        let rows = segments.filter(|(_, known)| *known).map(|(segment, _)| u64::from(segment.rows())).sum();
        Reach { rows, of: self.state.total }
    }

    /// An answer from as many rows as were reached.
    pub(super) fn answer<T>(&self, value: T, reach: Reach) -> Answer<T> {
        let done = reach.rows >= reach.of;
        let share = || (reach.rows.saturating_mul(100) / reach.of.max(1)).min(99) as u8;
        Answer {
            value,
            coverage: if done { Coverage::Full } else { Coverage::Partial(share(), SEARCHING.to_owned()) },
            exact: done,
            done,
            generation: self.state.generation,
        }
    }
}

/// Why an answer speaks of some rows only.
const SEARCHING: &str = "still searching";

/// Does something for each of some places, on several threads where there is much to do; stops at the first error.
pub(super) fn each(
    places: &[usize],
    many: bool,
    work: &(dyn Fn(usize) -> Result<(), StoreError> + Sync),
) -> Result<(), StoreError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(places.len());
    if !many || threads < 2 {
        return places.iter().try_for_each(|place| work(*place));
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let run = || {
        while !stop.load(Ordering::Relaxed) {
            let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            if let Err(error) = work(*place) {
                stop.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut result = run();
        for other in others {
            match other.join() {
                Ok(other) => result = result.and(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        result
    })
}

#[cfg(test)]
mod tests;
