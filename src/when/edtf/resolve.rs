//! From the parts of a date to its four instants.
//!
//! How `~` is read: it moves the latest start `s1` one unit of the date's precision later and the earliest end
//! `e0` one unit earlier, and leaves `s0` and `e1`. So an approximate date is certain only of windows that have
//! room for one more unit on either side, and possible of the same windows as without the mark.

use super::form::{End, Form, Item, Member};
use super::runs::{self, MOST_RUNS, Runs, Unit};
use crate::when::{Bounds, Instant, Stretch, Stretches, TimeRange};

/// The parts of a date while they are gathered.
struct Parts {
    stretches: Vec<Stretch>,
    coarsened: bool,
}

/// The bounds of a form, and whether its gaps were too many to keep.
pub(super) fn bounds(form: &Form, vouched: Option<Instant>) -> (Bounds, bool) {
    let (parts, all) = match form {
        Form::Single(item) => (moments(item), false),
        Form::Interval { start, end } => (interval(start, end, vouched), false),
        Form::Set { all: false, members } => (one_of(members), false),
        Form::Set { all: true, members } => (all_of(members), true),
    };
    let uncertain = form.items().any(Item::is_uncertain);
    let qualified = uncertain || form.items().any(Item::is_approximate);
    let too_many = parts.stretches.len() > MOST_RUNS;
    let hull = if all && too_many { envelope(&parts.stretches) } else { hull(&parts.stretches, all) };
    let stretches = match (parts.stretches.len(), all) {
        (0 | 1, _) => Stretches::One,
        _ if too_many => Stretches::One,
        (_, true) => Stretches::AllOf(parts.stretches.into()),
        (_, false) => Stretches::OneOf(parts.stretches.into()),
    };
    (Bounds { hull, stretches, qualified, uncertain }, parts.coarsened || too_many)
}

/// The hull of several stretches: one of them begins and ends anywhere theirs do; all of them begin with the first
/// and end with the last.
fn hull(stretches: &[Stretch], all: bool) -> Stretch {
    let [s0, s1, e0, e1] = [|s: &Stretch| s.s0, |s: &Stretch| s.s1, |s: &Stretch| s.e0, |s: &Stretch| s.e1]
        .map(|of| (stretches.iter().map(of).min(), stretches.iter().map(of).max()));
    let (s1, e0) = if all { (s1.0, e0.1) } else { (s1.1, e0.0) };
    Stretch {
        s0: s0.0.unwrap_or(Instant::PAST),
        s1: s1.unwrap_or(Instant::FUTURE),
        e0: e0.unwrap_or(Instant::PAST),
        e1: e1.1.unwrap_or(Instant::FUTURE),
    }
}

/// One moment somewhere in all of it: what is left to say of all of too many dates.
fn envelope(stretches: &[Stretch]) -> Stretch {
    let hull = hull(stretches, false);
    Stretch { s1: hull.s1.max(hull.e1), e0: hull.e0.min(hull.s0), ..hull }
}

/// A date as one moment in each of its runs.
fn moments(item: &Item) -> Parts {
    let Runs { runs, coarsened } = runs::runs(item);
    let stretches =
        runs.iter().map(|run| approximate(item, Stretch::moment(run.first, run.last), true, true));
    Parts { stretches: stretches.collect(), coarsened }
}

/// Moves `s1` (where the item is the start) and `e0` (where it is the end) outwards, if the item is approximate.
fn approximate(item: &Item, stretch: Stretch, start: bool, end: bool) -> Stretch {
    if !item.is_approximate() {
        return stretch;
    }
    let unit = runs::unit(item);
    Stretch {
        s1: if start { unit.after(stretch.s1) } else { stretch.s1 },
        e0: if end { unit.before(stretch.e0) } else { stretch.e0 },
        ..stretch
    }
}

/// What an interval's side may be: runs, and the item they come from.
struct Side<'a> {
    item: Option<&'a Item>,
    runs: Vec<TimeRange>,
    coarsened: bool,
}

impl<'a> Side<'a> {
    fn of(end: &'a End) -> Self {
        let Some(item) = end.item() else { return Self { item: None, runs: Vec::new(), coarsened: false } };
        let Runs { mut runs, coarsened } = runs::runs(item);
        match end {
            End::OnOrBefore(_) => {
                runs = runs
                    .last()
                    .map(|run| TimeRange { first: Instant::PAST, last: run.last })
                    .into_iter()
                    .collect();
            }
            End::OnOrAfter(_) => {
                runs = runs
                    .first()
                    .map(|run| TimeRange { first: run.first, last: Instant::FUTURE })
                    .into_iter()
                    .collect();
            }
            End::On(_) | End::Open | End::Unknown => {}
        }
        Self { item: Some(item), runs, coarsened }
    }

    /// The side without its gaps.
    fn coarsen(&mut self) {
        if let (Some(first), Some(last)) = (self.runs.first(), self.runs.last()) {
            self.runs = vec![TimeRange { first: first.first, last: last.last }];
            self.coarsened = true;
        }
    }
}

fn interval(start: &End, end: &End, vouched: Option<Instant>) -> Parts {
    let (mut from, mut to) = (Side::of(start), Side::of(end));
    if from.runs.len().max(1).saturating_mul(to.runs.len().max(1)) > MOST_RUNS {
        from.coarsen();
        to.coarsen();
    }
    let everything = TimeRange { first: Instant::PAST, last: Instant::FUTURE };
    let or_everything = |runs: &[TimeRange]| if runs.is_empty() { vec![everything] } else { runs.to_vec() };
    let mut stretches = Vec::new();
    for a in or_everything(&from.runs) {
        for b in or_everything(&to.runs) {
            // A reading that would end before it begins is none.
            if a.first <= b.last {
                let stretch = link(start, end, a, b, vouched);
                let stretch = from.item.map_or(stretch, |item| approximate(item, stretch, true, false));
                stretches.push(to.item.map_or(stretch, |item| approximate(item, stretch, false, true)));
            }
        }
    }
    Parts { stretches, coarsened: from.coarsened || to.coarsened }
}

/// A start somewhere in `a` with an end somewhere in `b`, not before it.
fn link(start: &End, end: &End, a: TimeRange, b: TimeRange, vouched: Option<Instant>) -> Stretch {
    let (s0, s1) = match start {
        End::Open => (Instant::PAST, Instant::PAST),
        End::Unknown => (Instant::PAST, b.last),
        End::On(_) | End::OnOrBefore(_) | End::OnOrAfter(_) => (a.first, a.last.min(b.last)),
    };
    let (e0, e1) = match end {
        End::Open => (vouched.unwrap_or(Instant::FUTURE).max(s0), Instant::FUTURE),
        End::Unknown => (s0, Instant::FUTURE),
        End::On(_) | End::OnOrBefore(_) | End::OnOrAfter(_) => (b.first.max(s0), b.last),
    };
    Stretch { s0, s1, e0, e1 }
}

fn one_of(members: &[Member]) -> Parts {
    let mut parts = Parts { stretches: Vec::new(), coarsened: false };
    for member in members {
        let run = match member {
            Member::On(item) => {
                let Parts { stretches, coarsened } = moments(item);
                parts.stretches.extend(stretches);
                parts.coarsened |= coarsened;
                continue;
            }
            Member::Range(first, last) => Stretch::moment(runs::hull(first).first, runs::hull(last).last),
            Member::OnOrBefore(item) => {
                approximate(item, Stretch::moment(Instant::PAST, runs::hull(item).last), true, false)
            }
            Member::OnOrAfter(item) => {
                approximate(item, Stretch::moment(runs::hull(item).first, Instant::FUTURE), false, true)
            }
        };
        parts.stretches.push(run);
    }
    parts.stretches = join(parts.stretches);
    parts
}

/// Joins alternatives that touch: a moment in one or in the other is a moment in both together.
fn join(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    let plain = |s: &Stretch| s.s0 == s.e0 && s.s1 == s.e1;
    stretches.sort_by_key(|s| (s.s0, s.e1));
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(before) if plain(before) && plain(&stretch) && stretch.s0 <= before.e1.next() => {
                *before = Stretch::moment(before.s0, before.e1.max(stretch.e1));
            }
            _ => joined.push(stretch),
        }
    }
    joined
}

fn all_of(members: &[Member]) -> Parts {
    let mut parts = Parts { stretches: Vec::new(), coarsened: false };
    for member in members {
        match member {
            Member::On(item) => {
                let Parts { stretches, coarsened } = moments(item);
                // One of several inside all of several: its hull is a weaker truth that needs no nesting.
                parts.coarsened |= coarsened || stretches.len() > 1;
                parts.stretches.push(hull(&stretches, false));
            }
            Member::Range(first, last) => {
                parts.coarsened |= !each_of(first, last, &mut parts.stretches);
            }
            Member::OnOrBefore(item) => {
                let hull = runs::hull(item);
                parts.stretches.push(Stretch::moment(Instant::PAST, hull.last));
                parts.stretches.push(approximate(item, Stretch::moment(hull.first, hull.last), true, true));
            }
            Member::OnOrAfter(item) => {
                let hull = runs::hull(item);
                parts.stretches.push(approximate(item, Stretch::moment(hull.first, hull.last), true, true));
                parts.stretches.push(Stretch::moment(hull.first, Instant::FUTURE));
            }
        }
    }
    parts
}

/// Every unit from one date to another; `false` if they are too many and only the first, the last and the whole
/// were kept.
fn each_of(first: &Item, last: &Item, stretches: &mut Vec<Stretch>) -> bool {
    let unit = runs::unit(first);
    let (from, to) = (runs::hull(first), runs::hull(last));
    let mut each = vec![from];
    while let Some(before) = each.last().filter(|run| run.last < to.last) {
        if each.len() >= MOST_RUNS {
            each = vec![from, TimeRange { first: from.first, last: to.last }, to];
            stretches.extend(each.iter().map(|run| Stretch::moment(run.first, run.last)));
            return false;
        }
        each.push(TimeRange { first: before.last.next(), last: step(unit, before.last) });
    }
    stretches.extend(each.iter().map(|run| Stretch::moment(run.first, run.last)));
    true
}

fn step(unit: Unit, last: Instant) -> Instant {
    unit.after(last)
}
