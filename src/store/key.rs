//! Places in the order of events, and sets of them.

use std::collections::BTreeSet;

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
