//! Places in the order of events, and sets of them.

use std::collections::{BTreeSet, HashMap};

use crate::when::Instant;

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

    /// Every key that they are made of.
    pub fn each(&self) -> impl Iterator<Item = Key> {
        let ends = self.ranges.iter().flat_map(|(first, last)| [*first, *last]);
        ends.chain(self.added.iter().copied()).chain(self.removed.iter().copied())
    }

    /// The same events where they stand now. A range whose end is gone still ends at that end's date; of single ones
    /// those that are gone are left out.
    #[must_use]
    pub fn carried(&self, places: &HashMap<Key, Key>) -> Self {
        let now = |key: &Key| places.get(key).copied();
        let single = |keys: &BTreeSet<Key>| keys.iter().filter_map(now).collect();
        let range = |(first, last): &(Key, Key)| {
            let (first, last) = (now(first).unwrap_or(*first), now(last).unwrap_or(*last));
            (first.min(last), first.max(last))
        };
        let mut ranges: Vec<(Key, Key)> = self.ranges.iter().map(range).collect();
        join(&mut ranges);
        Self { ranges, added: single(&self.added), removed: single(&self.removed) }
    }

    /// Adds everything between two keys, in either order, both inclusive.
    pub fn add_range(&mut self, a: Key, b: Key) {
        self.ranges.push((a.min(b), a.max(b)));
        join(&mut self.ranges);
    }

    /// Everything from `first` to `last` in a question's order, both inclusive.
    pub fn between(first: Key, last: Key, reverse: bool) -> Self {
        let ranges = match (reverse, first.undated, last.undated) {
            (true, false, false) => vec![(last, first)],
            (true, false, true) => vec![(Key::FIRST, first), (Key::FIRST_UNDATED, last)],
            _ => vec![(first, last)],
        };
        Self { ranges, ..Self::default() }
    }

    /// Everything from the first of a question's order up to `key`: as many are the key's rank.
    pub fn up_to(key: Key, reverse: bool) -> Self {
        Self::between(Key::end(true, reverse), key, reverse)
    }
}

/// Puts ranges in order and joins those that overlap.
fn join(ranges: &mut Vec<(Key, Key)>) {
    ranges.sort_unstable();
    let mut joined: Vec<(Key, Key)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges.drain(..) {
        match joined.last_mut() {
            Some(open) if first <= open.1 => open.1 = open.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    *ranges = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rank_in_reverse_counts_from_the_newest_and_undated_stay_last() {
        let dated = Key { undated: false, start: Instant::PAST, end: Instant::FUTURE, tie: 4 };
        assert!(Keys::up_to(dated, true).contains(Key { tie: 9, ..dated }));
        assert!(!Keys::up_to(dated, true).contains(Key { tie: 1, ..dated }));
        let undated = Key { undated: true, start: Instant::FUTURE, end: Instant::FUTURE, tie: 4 };
        assert!(Keys::up_to(undated, true).contains(dated));
        assert!(Keys::up_to(undated, true).contains(undated));
        assert!(!Keys::up_to(undated, true).contains(Key { tie: 5, ..undated }));
    }
}
