//! Revising a chronology: what a reader changes in it, and its text with that changed and nothing else.
//!
//! An [`Edit`] says what was and what is to be, event by event, so that it can be taken back, kept in a journal, and
//! made again on a text that somebody else has changed meanwhile, as far as it fits there. A [`Manuscript`] is the text
//! with the chronology that stands in it; every edit gives another one.

mod making;
mod manuscript;
mod pieces;
mod review;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use making::{
    Cut, accepted, actors, added, attached, documents_moved, joined, proposed_again, rejected, set, split,
};
pub use manuscript::Manuscript;
pub use review::{Progress, doubtful_first, progress};

use crate::chronology::{Event, Review};
use crate::formats::shape;

/// A list of a chronology that is revised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum List {
    /// The documents.
    Documents,
    /// The actors.
    Actors,
    /// The events.
    Events,
}

impl List {
    /// Its key in the chronology.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Actors => "actors",
            Self::Events => "events",
        }
    }

    /// One of its items, for messages.
    const fn one(self) -> &'static str {
        match self {
            Self::Documents => "document",
            Self::Actors => "actor",
            Self::Events => "event",
        }
    }

    /// The keys of its items, in the order in which they are written.
    fn order(self) -> Vec<&'static str> {
        let table = match self {
            Self::Documents => &shape::DOCUMENT,
            Self::Actors => &shape::ACTOR,
            Self::Events => &shape::EVENT,
        };
        table.keys.iter().map(|(key, _)| *key).collect()
    }
}

/// The value of a key, before and after; null where there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swap {
    /// Before.
    pub was: Value,
    /// After.
    pub now: Value,
}

/// A part of an edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Keys of an item get other values.
    Set {
        /// The list it is in.
        list: List,
        /// Its id.
        id: String,
        /// The values by key.
        keys: Vec<(String, Swap)>,
    },
    /// An item is new.
    Add {
        /// The list it comes into.
        list: List,
        /// All of it.
        item: Map<String, Value>,
        /// The id of the one that it stands behind; `None`, or where that is not there: at the end.
        behind: Option<String>,
    },
    /// An item is taken out.
    Remove {
        /// The list it was in.
        list: List,
        /// All of it.
        item: Map<String, Value>,
        /// The id of the one that it stood behind.
        behind: Option<String>,
    },
}

impl Change {
    /// What takes it back.
    fn inverse(&self) -> Self {
        match self.clone() {
            Self::Set { list, id, keys } => {
                let swap = |(key, swap): (String, Swap)| (key, Swap { was: swap.now, now: swap.was });
                Self::Set { list, id, keys: keys.into_iter().map(swap).collect() }
            }
            Self::Add { list, item, behind } => Self::Remove { list, item, behind },
            Self::Remove { list, item, behind } => Self::Add { list, item, behind },
        }
    }
}

/// Something that a reader changes, as one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What it is, in words: “accepted ...”.
    pub words: String,
    /// Its parts, in the order in which they are made.
    pub changes: Vec<Change>,
}

impl Edit {
    /// What takes it back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let changes = self.changes.iter().rev().map(Change::inverse).collect();
        Self { words: format!("taken back: {}", self.words), changes }
    }
}

impl Edit {
    /// The event that it is about first.
    pub fn event(&self) -> Option<String> {
        self.changes.iter().find_map(|change| match change {
            Change::Set { list: List::Events, id, .. } => Some(id.clone()),
            Change::Add { list: List::Events, item, .. }
            | Change::Remove { list: List::Events, item, .. } => Some(id_of(item)),
            _ => None,
        })
    }
}

/// A line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Record {
    /// This was done.
    Do(Box<Edit>),
    /// What was done last was taken back.
    Undo,
}

/// What records come to: the edits that stand.
pub fn standing(records: impl IntoIterator<Item = Record>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for record in records {
        match record {
            Record::Do(edit) => edits.push(*edit),
            Record::Undo => drop(edits.pop()),
        }
    }
    edits
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// What it is about is not there.
    #[error("there is no {0} {1}")]
    Gone(&'static str, String),
    /// Two are called the same.
    #[error("{0} is the id of two: `annals check` says where")]
    Twice(String),
    /// The value is no longer what it was.
    #[error("the {key} of {id} is no longer what it was")]
    Other {
        /// The id of what it is about.
        id: String,
        /// The key.
        key: String,
    },
    /// Something is called so already.
    #[error("there is another {0} {1} already")]
    Taken(&'static str, String),
    /// The text is written in a way that cannot be changed in place.
    #[error("{0} is written in a way that cannot be changed here: change it in your editor")]
    Form(String),
    /// The text cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

/// What became of the text by an edit: bytes from a place on, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done.
    pub edit: Edit,
    at: usize,
    was: String,
    now: String,
}

impl Step {
    fn between(edit: &Edit, before: &str, after: &str) -> Self {
        let same = |(one, other): &(&u8, &u8)| one == other;
        let (one, other) = (before.as_bytes(), after.as_bytes());
        let mut head = one.iter().zip(other).take_while(same).count();
        while !(before.is_char_boundary(head) && after.is_char_boundary(head)) {
            head -= 1;
        }
        let (one, other) = (one.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
        let mut tail = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
        let (was, now) = (before.len(), after.len());
        while !(before.is_char_boundary(was - tail) && after.is_char_boundary(now - tail)) {
            tail -= 1;
        }
        let cut = |text: &str| text.get(head..text.len() - tail).unwrap_or_default().to_owned();
        Self { edit: edit.clone(), at: head, was: cut(before), now: cut(after) }
    }

    /// The bytes that are replaced when the step is made, or taken back, and what takes their place.
    fn place(&self, back: bool) -> (Range<usize>, &str) {
        let (was, now) = if back { (&self.now, &self.was) } else { (&self.was, &self.now) };
        (self.at..self.at + was.len(), now)
    }

    /// The text with the step made, or taken back.
    fn on(&self, text: &str, back: bool) -> String {
        let (at, now) = self.place(back);
        let head = text.get(..at.start).unwrap_or_default();
        let tail = text.get(at.end..).unwrap_or_default();
        format!("{head}{now}{tail}")
    }
}

/// Steps that were made one after the other.
pub type Steps = Vec<Arc<Step>>;

/// What leads from one sequence of steps to another: how many of the first are taken back, and which follow.
pub fn between<'s>(from: &[Arc<Step>], to: &'s [Arc<Step>]) -> (usize, &'s [Arc<Step>]) {
    let same = from.iter().zip(to).take_while(|(one, other)| Arc::ptr_eq(one, other)).count();
    (from.len() - same, to.get(same..).unwrap_or_default())
}

/// The same as edits that can be made on any text that they fit.
pub fn edits_between(from: &[Arc<Step>], to: &[Arc<Step>]) -> Vec<Edit> {
    let (back, on) = between(from, to);
    let back = from.iter().rev().take(back).map(|step| step.edit.inverse());
    back.chain(on.iter().map(|step| step.edit.clone())).collect()
}

/// Something of a chronology as its values by key.
fn object(item: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(item) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn id_of(item: &Map<String, Value>) -> String {
    item.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// An id that none of these has: the one wished for, or with a number behind it.
fn free_id<'a>(wished: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let mut taken: HashSet<String> = taken.map(str::to_owned).collect();
    crate::chronology::ids::unique(wished, &mut taken)
}

/// Whether an event waits to be looked at.
pub fn is_proposed(event: &Event) -> bool {
    event.review == Some(Review::Proposed)
}

#[cfg(test)]
mod tests;
