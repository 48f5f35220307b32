//! Revising a chronology: what a reader changes in it, and its text with that changed and nothing else.
//!
//! An [`Edit`] says what was and what is to be, event by event, so that it can be taken back, kept in a journal, and
//! made again on a text that somebody else has changed meanwhile, as far as it fits there. A [`Manuscript`] is the text
//! with the chronology that stands in it; every edit gives another one.

mod making;
mod review;

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use making::{Cut, accepted, actors, added, attached, joined, proposed_again, rejected, set, split};
pub use review::{Progress, doubtful_first, progress};

use crate::chronology::{Chronology, Event, Review, resolve};
use crate::formats::toml::amend::Amend;
use crate::formats::tree::{Lines, Node};
use crate::formats::{self, Collector, shape};

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
        let same = |(one, other): &(char, char)| one == other;
        let head: usize =
            before.chars().zip(after.chars()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
        let rest = |text: &str| text.get(head..).unwrap_or_default().to_owned();
        let (was, now) = (rest(before), rest(after));
        let tail: usize =
            was.chars().rev().zip(now.chars().rev()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
        let cut = |text: &str| text.get(..text.len().saturating_sub(tail)).unwrap_or_default().to_owned();
        Self { edit: edit.clone(), at: head, was: cut(&was), now: cut(&now) }
    }

    /// The text with the step made, or taken back.
    fn on(&self, text: &str, back: bool) -> String {
        let (was, now) = if back { (&self.now, &self.was) } else { (&self.was, &self.now) };
        let head = text.get(..self.at).unwrap_or_default();
        let tail = text.get(self.at + was.len()..).unwrap_or_default();
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

/// A chronology as its text and what stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Manuscript {
    text: Arc<str>,
    chronology: Arc<Chronology>,
}

impl Manuscript {
    /// Reads a chronology in TOML, without a byte order mark.
    ///
    /// # Errors
    /// When it is not TOML.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let (_, chronology) = parse(text)?;
        Ok(Self { text: Arc::from(text), chronology: Arc::new(chronology) })
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// What stands in it; every event has an id, also one without an id in the text.
    pub fn chronology(&self) -> &Chronology {
        &self.chronology
    }

    /// The first event with an id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.chronology.events.iter().find(|event| event.id == id)
    }

    /// The chronology with an edit made, and what became of its text.
    ///
    /// # Errors
    /// When the edit does not fit what stands there.
    pub fn with(&self, edit: &Edit) -> Result<(Self, Step), Unfit> {
        let mut now = self.clone();
        for change in &edit.changes {
            now = now.changed(change)?;
        }
        let step = Step::between(edit, &self.text, &now.text);
        Ok((now, step))
    }

    /// The chronology with edits made one after the other.
    ///
    /// # Errors
    /// When one of them does not fit, with its words.
    pub fn with_all(&self, edits: &[Edit]) -> Result<(Self, Steps), (String, Unfit)> {
        let mut now = self.clone();
        let mut steps = Vec::new();
        for edit in edits {
            let (next, step) = now.with(edit).map_err(|unfit| (edit.words.clone(), unfit))?;
            now = next;
            steps.push(Arc::new(step));
        }
        Ok((now, steps))
    }

    /// The chronology at the end of other steps than those that led here.
    ///
    /// # Errors
    /// When the steps were not made on this text.
    pub fn moved(&self, from: &[Arc<Step>], to: &[Arc<Step>]) -> Result<Self, Unfit> {
        let (back, on) = between(from, to);
        let mut text = self.text.to_string();
        for step in from.iter().rev().take(back) {
            text = step.on(&text, true);
        }
        for step in on {
            text = step.on(&text, false);
        }
        Self::read(&text)
    }

    fn changed(&self, change: &Change) -> Result<Self, Unfit> {
        let (root, _) = parse(&self.text)?;
        let mut amend = Amend::new(&self.text);
        match change {
            Change::Set { list, id, keys } => self.set(&mut amend, &root, (*list, id), keys)?,
            Change::Add { list, item, behind } => {
                let id = id_of(item);
                if self.place(*list, &id).is_ok() {
                    return Err(Unfit::Taken(list.one(), id));
                }
                let behind = behind.as_ref().and_then(|id| self.place(*list, id).ok());
                amend.add_table(&root, list.key(), item, behind);
            }
            Change::Remove { list, item, .. } => {
                let id = id_of(item);
                let place = self.place(*list, &id)?;
                if self.item(*list, place) != *item {
                    return Err(Unfit::Other { id, key: list.one().to_owned() });
                }
                amend.remove_table(&root, list.key(), place);
            }
        }
        let now = Self::read(&amend.done()).map_err(|_| Unfit::Form(id_of_change(change)))?;
        // What cannot be read back as it was meant is not done at all.
        if now.holds(change, self) { Ok(now) } else { Err(Unfit::Form(id_of_change(change))) }
    }

    fn set(
        &self,
        amend: &mut Amend<'_>,
        root: &Node,
        (list, id): (List, &str),
        keys: &[(String, Swap)],
    ) -> Result<(), Unfit> {
        let place = self.place(list, id)?;
        let item = self.item(list, place);
        let tables = root.tables(list.key());
        let table = tables.get(place).ok_or_else(|| Unfit::Gone(list.one(), id.to_owned()))?;
        let order = list.order();
        for (key, swap) in keys {
            if *item.get(key).unwrap_or(&Value::Null) != swap.was {
                return Err(Unfit::Other { id: id.to_owned(), key: key.clone() });
            }
            amend.set(table, key, &swap.now, &order);
        }
        // Without an id of its own it would be called otherwise from now on.
        if table.get("id").is_none() {
            amend.set(table, "id", &Value::from(id), &order);
        }
        Ok(())
    }

    /// Whether a change is made, compared with what was before.
    fn holds(&self, change: &Change, before: &Self) -> bool {
        let count = |list: List, of: &Self| of.ids(list).len();
        match change {
            Change::Set { list, id, keys } => {
                let Ok(place) = self.place(*list, id) else { return false };
                let item = self.item(*list, place);
                let is = |(key, swap): &(String, Swap)| *item.get(key).unwrap_or(&Value::Null) == swap.now;
                count(*list, self) == count(*list, before) && keys.iter().all(is)
            }
            Change::Add { list, item, .. } => {
                let place = self.place(*list, &id_of(item));
                count(*list, self) == count(*list, before) + 1
                    && place.is_ok_and(|place| self.item(*list, place) == *item)
            }
            Change::Remove { list, item, .. } => {
                count(*list, self) + 1 == count(*list, before) && self.place(*list, &id_of(item)).is_err()
            }
        }
    }

    fn ids(&self, list: List) -> Vec<&str> {
        let Chronology { documents, actors, events, .. } = &*self.chronology;
        match list {
            List::Documents => documents.iter().map(|document| document.id.as_str()).collect(),
            List::Actors => actors.iter().map(|actor| actor.id.as_str()).collect(),
            List::Events => events.iter().map(|event| event.id.as_str()).collect(),
        }
    }

    /// The place of an item in its list, by its id.
    fn place(&self, list: List, id: &str) -> Result<usize, Unfit> {
        let ids = self.ids(list);
        let mut places = ids.iter().enumerate().filter(|(_, other)| **other == id).map(|(place, _)| place);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (None, _) => Err(Unfit::Gone(list.one(), id.to_owned())),
            (Some(_), Some(_)) => Err(Unfit::Twice(id.to_owned())),
        }
    }

    /// An item of a list as its values by key.
    fn item(&self, list: List, place: usize) -> Map<String, Value> {
        let Chronology { documents, actors, events, .. } = &*self.chronology;
        match list {
            List::Documents => documents.get(place).map(object),
            List::Actors => actors.get(place).map(object),
            List::Events => events.get(place).map(object),
        }
        .unwrap_or_default()
    }
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

fn id_of_change(change: &Change) -> String {
    match change {
        Change::Set { id, .. } => id.clone(),
        Change::Add { item, .. } | Change::Remove { item, .. } => id_of(item),
    }
}

/// The values of a text with their places, and the chronology that they are.
fn parse(text: &str) -> Result<(Node, Chronology), Unfit> {
    let lines = Lines::new(text, 0);
    let root = formats::toml::parse(&lines).map_err(|fault| Unfit::Unreadable(fault.to_string()))?;
    let mut collected = Collector::default();
    formats::build::chronology(&root, &lines, &mut collected);
    let mut chronology = collected.chronology;
    chronology.events = resolve::with_ids(chronology.events);
    Ok((root, chronology))
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
