//! What a reader notes beside a chronology: marks, notes and filters with names; and where the reader was.

use std::collections::BTreeMap;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// What an event is called: the name of its layer, and its id there.
pub type EventName = (String, String);

/// What is noted of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Its date in EDTF, empty where it is undated: where to look once the event is gone.
    pub date: String,
    /// Its title when it was noted.
    pub title: String,
    /// Whether it is marked.
    pub marked: bool,
    /// The reader's own words; empty: none.
    pub note: String,
}

impl Noticed {
    /// Whether nothing is noted.
    pub const fn is_empty(&self) -> bool {
        !self.marked && self.note.is_empty()
    }
}

/// Everything noted beside a chronology.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notebook {
    /// Events with a mark or a note.
    pub events: BTreeMap<EventName, Noticed>,
    /// Filters by their names.
    pub filters: BTreeMap<String, String>,
}

/// One thing that is noted, or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// What is noted of an event now.
    Event(EventName, Noticed),
    /// The filter of this name; `None`: there is none any more.
    Filter(String, Option<String>),
    /// The columns of the timeline, by name, in order.
    Columns(Vec<String>),
}

impl Notebook {
    /// Notes something.
    pub fn take(&mut self, change: &Change) {
        match change {
            Change::Event(name, noticed) if noticed.is_empty() => drop(self.events.remove(name)),
            Change::Event(name, noticed) => drop(self.events.insert(name.clone(), noticed.clone())),
            Change::Filter(name, None) => drop(self.filters.remove(name)),
            Change::Filter(name, Some(query)) => drop(self.filters.insert(name.clone(), query.clone())),
            Change::Columns(_) => {}
        }
    }

    /// What has to be changed to make another one of it.
    pub fn changes_to(&self, other: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for name in self.events.keys().filter(|name| !other.events.contains_key(*name)) {
            changes.push(Change::Event(name.clone(), Noticed::default()));
        }
        for (name, noticed) in &other.events {
            if self.events.get(name) != Some(noticed) {
                changes.push(Change::Event(name.clone(), noticed.clone()));
            }
        }
        for name in self.filters.keys().filter(|name| !other.filters.contains_key(*name)) {
            changes.push(Change::Filter(name.clone(), None));
        }
        for (name, query) in &other.filters {
            if self.filters.get(name) != Some(query) {
                changes.push(Change::Filter(name.clone(), Some(query.clone())));
            }
        }
        changes
    }

    /// The events that are marked.
    pub fn marked(&self) -> HashSet<EventName> {
        let marked = self.events.iter().filter(|(_, noticed)| noticed.marked);
        marked.map(|(name, _)| name.clone()).collect()
    }
}

/// Where the reader was when the browser was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The name of the lit event's layer.
    pub layer: String,
    /// The lit event's id; empty: there was none.
    pub id: String,
    /// Its date in EDTF, for when it is gone; empty: undated.
    pub date: String,
    /// The view, by name.
    pub view: String,
    /// The filter.
    pub filter: String,
    /// The stretch of time that was zoomed to, in seconds since 1970; empty: all.
    pub zoom: Vec<i64>,
    /// The nanoseconds of its ends beyond these; empty: none.
    pub nanos: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn noticed() -> impl Strategy<Value = Noticed> {
        (any::<bool>(), "[a-b]?").prop_map(|(marked, note)| Noticed { marked, note, ..Noticed::default() })
    }

    fn notebook() -> impl Strategy<Value = Notebook> {
        let events = prop::collection::btree_map(("[ab]", "[a-c]"), noticed(), 0..6);
        let filters = prop::collection::btree_map("[a-c]", "[x-y]", 0..4);
        (events, filters).prop_map(|(mut events, filters)| {
            events.retain(|_, noticed| !noticed.is_empty());
            Notebook { events, filters }
        })
    }

    proptest! {
        #[test]
        fn the_changes_from_one_to_another_make_it(from in notebook(), to in notebook()) {
            let changes = from.changes_to(&to);
            let mut made = from.clone();
            for change in &changes {
                made.take(change);
            }
            prop_assert_eq!(&made, &to);
            prop_assert!(to.changes_to(&to).is_empty());
        }
    }
}
