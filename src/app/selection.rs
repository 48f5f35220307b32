//! The selection: a range, single events, or both.

use crate::store::{Key, Keys};

/// What is selected, and a range that is being drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is selected for good.
    pub keys: Keys,
    /// Where the range that is being drawn began.
    pub anchor: Option<Key>,
}

impl Selection {
    /// Everything selected with the cursor here, the range being drawn included.
    pub fn with_cursor(&self, cursor: Key) -> Keys {
        let mut keys = self.keys.clone();
        if let Some(anchor) = self.anchor {
            add_range(&mut keys, anchor, cursor);
        }
        keys
    }

    /// Whether nothing is selected or being selected.
    pub fn is_empty(&self) -> bool {
        self.anchor.is_none() && self.keys.is_empty()
    }
}

/// Adds the range between two keys, in either order; single events taken out of it before are in it again.
pub fn add_range(keys: &mut Keys, a: Key, b: Key) {
    let (first, last) = (a.min(b), a.max(b));
    keys.removed.retain(|key| *key < first || *key > last);
    keys.add_range(first, last);
}

/// Adds a single event, or takes it out.
pub fn toggle(keys: &mut Keys, key: Key) {
    if !keys.contains(key) {
        keys.removed.remove(&key);
        if !keys.contains(key) {
            keys.added.insert(key);
        }
        return;
    }
    keys.added.remove(&key);
    if keys.contains(key) {
        keys.removed.insert(key);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::when::Instant;

    fn key(n: u64) -> Key {
        Key { undated: false, start: Instant { secs: n as i64, nanos: 0 }, end: Instant::FUTURE, tie: n }
    }

    proptest! {
        #[test]
        fn ranges_and_toggles_mean_what_a_set_would(
            steps in proptest::collection::vec((any::<bool>(), 0u64..20, 0u64..20), 0..40),
        ) {
            let mut keys = Keys::default();
            let mut truth = std::collections::BTreeSet::new();
            for (range, a, b) in steps {
                if range {
                    add_range(&mut keys, key(a), key(b));
                    truth.extend(a.min(b)..=a.max(b));
                } else {
                    toggle(&mut keys, key(a));
                    if !truth.remove(&a) {
                        truth.insert(a);
                    }
                }
            }
            for n in 0..20 {
                prop_assert_eq!(keys.contains(key(n)), truth.contains(&n), "{}", n);
            }
            prop_assert!(keys.ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
