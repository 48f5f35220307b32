//! One history of everything that can be undone: the chronology, filter, selection, marks and notes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::notebook::Notebook;
use crate::query::Filter;
use crate::revise::Steps;
use crate::store::{Key, Keys};

/// How many changes are kept.
const DEPTH: usize = 500;

/// What a change changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The filter.
    pub filter: Arc<Filter>,
    /// The selection.
    pub selected: Keys,
    /// What is noted.
    pub notebook: Arc<Notebook>,
    /// What was changed in the chronology.
    pub steps: Steps,
}

/// A change, with what was before it or, once undone, after it.
#[derive(Clone, Debug)]
struct Change {
    what: String,
    other: Snapshot,
    /// Whether it changes the chronology, while that is worked out.
    revises: bool,
}

/// The changes made and undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl History {
    /// Notes a change that is being made, in words, with the state before it.
    pub fn note(&mut self, what: impl Into<String>, before: Snapshot) {
        self.undone.clear();
        self.done.push(Change { what: what.into(), other: before, revises: false });
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
    }

    /// Takes the last change back: its words and the state to return to.
    pub fn undo(&mut self, now: Snapshot) -> Option<(String, Snapshot)> {
        Self::step(&mut self.done, &mut self.undone, now)
    }

    /// Makes the last undone change again.
    pub fn redo(&mut self, now: Snapshot) -> Option<(String, Snapshot)> {
        Self::step(&mut self.undone, &mut self.done, now)
    }

    /// The places that the selections in it speak of, the newest first.
    pub fn places(&self) -> impl Iterator<Item = Key> {
        let changes = self.done.iter().rev().chain(self.undone.iter().rev());
        changes.flat_map(|change| change.other.selected.each())
    }

    /// Has the selections in it speak of the same events where they stand now.
    pub fn carry(&mut self, places: &HashMap<Key, Key>) {
        for change in self.done.iter_mut().chain(&mut self.undone) {
            change.other.selected = change.other.selected.carried(places);
        }
    }

    /// The chronology was read anew: what was changed in it before can no longer be undone.
    /// `now`: how many changes of it there were.
    pub fn forget_steps(&mut self, now: usize) {
        let mut after = now;
        self.undone.clear();
        // From the newest on: a change of the chronology is one after which its steps are other ones.
        for change in self.done.iter_mut().rev() {
            let steps = std::mem::take(&mut change.other.steps);
            change.revises = after != steps.len();
            after = steps.len();
        }
        self.done.retain(|change| !change.revises);
    }

    fn step(from: &mut Vec<Change>, to: &mut Vec<Change>, now: Snapshot) -> Option<(String, Snapshot)> {
        let Change { what, other, .. } = from.pop()?;
        to.push(Change { what: what.clone(), other: now, revises: false });
        Some((what, other))
    }
}
