//! Accepting and rejecting proposed events, one after the other, the most doubtful first; splitting and joining.

use super::super::{App, Jump};
use crate::chronology::{Event, Review};
use crate::query::Filter;
use crate::revise::{self, Manuscript};
use crate::store::{Direction, Question, Request, Row, Slot};

impl App {
    pub(super) fn accept(&mut self) {
        let Some((manuscript, event)) = self.lit_to_revise() else { return };
        if !matches!(event.review, Some(Review::Proposed | Review::Rejected)) {
            return self
                .say(self.told("this event is accepted: {next-proposed} goes to one that is proposed"));
        }
        self.review(&manuscript, &event, revise::accepted(&event));
    }

    pub(super) fn reject(&mut self) {
        let Some((manuscript, event)) = self.lit_to_revise() else { return };
        if event.review == Some(Review::Rejected) {
            return self.say(self.told("this event is rejected: {accept} accepts it, {undo} undoes"));
        }
        self.review(&manuscript, &event, revise::rejected(&event));
    }

    /// Reviews an event, and goes on to the next that is proposed.
    fn review(&mut self, manuscript: &Manuscript, event: &Event, edit: revise::Edit) {
        let order = ids(manuscript);
        let next = order.iter().position(|id| *id == event.id).and_then(|place| {
            let after = order.get(place + 1).or_else(|| order.first());
            after.filter(|id| **id != event.id).cloned()
        });
        let last = next.is_none() && revise::is_proposed(event);
        self.revising.go_on = next;
        let mut edit = edit;
        let words = edit.words.clone();
        if last {
            edit.words = format!("{words}: all are reviewed, {}", self.told("{save} saves"));
        }
        // What is said of it is not what the journal and undo call it.
        let said = std::mem::replace(&mut edit.words, words);
        if self.revise(edit) {
            self.say_of_revision(said);
        } else {
            self.revising.go_on = None;
        }
    }

    /// Goes to the next event that is still proposed, in the order of doubt.
    pub(super) fn next_proposed(&mut self, forward: bool) {
        let Some(manuscript) = self.manuscript() else { return };
        let order = ids(&manuscript);
        let lit = self.lit().map(|row| row.entry.event.id.clone());
        let place = lit.and_then(|lit| order.iter().position(|id| *id == lit));
        let last = order.len().saturating_sub(1);
        let (next, wrapped) = match (place, forward) {
            (None, true) => (0, false),
            (None, false) => (last, false),
            (Some(place), true) if place == last => (0, true),
            (Some(place), true) => (place + 1, false),
            (Some(0), false) => (last, true),
            (Some(place), false) => (place - 1, false),
        };
        let Some(id) = order.get(next).cloned() else {
            return self.say("no event is proposed: there is nothing to review");
        };
        if place == Some(next) {
            return self.say("that is the only one that is still proposed");
        }
        if wrapped {
            self.say(if forward { "on from the most doubtful" } else { "on from the least doubtful" });
        }
        self.go_to_revised(id);
    }

    /// Goes to the event whose proposal is the most doubtful.
    pub(super) fn go_to_most_doubtful(&mut self) {
        let Some(manuscript) = &self.revising.manuscript else { return };
        if let Some(id) = ids(manuscript).into_iter().next() {
            self.go_to_revised(id);
        }
    }

    pub(super) fn go_to_revised(&mut self, id: String) {
        self.jump = Some(Jump::Revised);
        self.ask(Slot::Jump, Request::Event { layer: String::new(), id });
    }

    pub(super) fn split(&mut self) {
        let Some((manuscript, event)) = self.lit_to_revise() else { return };
        let (edit, id) = revise::split(&manuscript, &event);
        self.revising.go_on = Some(id);
        let said = format!("{}; this is the new one: {}", edit.words, self.told("{revise} changes it"));
        if self.revise(edit) {
            self.say_of_revision(said);
        } else {
            self.revising.go_on = None;
        }
    }

    /// Joins the lit event with the one that is selected, which has to be looked up.
    pub(super) fn join(&mut self) {
        if self.lit_to_revise().is_none() {
            return;
        }
        let keys = &self.selection.keys;
        let one =
            (keys.ranges.is_empty() && keys.added.len() == 1).then(|| keys.added.iter().next().copied());
        let lit = self.lit().map(|row| row.key);
        let Some(key) = one.flatten().filter(|key| Some(*key) != lit) else {
            let how = "{select} the event that is to go, and only that, then go to the one that stays";
            return self.say(format!("two are joined: {}", self.told(how)));
        };
        let question = Question { filter: std::sync::Arc::new(Filter::default()), ..self.question() };
        self.jump = Some(Jump::Join(key));
        self.ask(Slot::Jump, Request::Next { question, key, direction: Direction::Forward, inclusive: true });
    }

    pub(in super::super) fn join_with(&mut self, other: &Row) {
        let Some((manuscript, into)) = self.lit_to_revise() else { return };
        let Some(from) = manuscript.event(&other.entry.event.id).cloned() else {
            return self.complain("the selected event is not in the file");
        };
        self.revise(revise::joined(&manuscript, &into, &from));
    }

    /// Other words for what is being changed than those that undo has for it.
    pub(super) fn say_of_revision(&mut self, words: String) {
        let shown = self.effects.iter_mut().rev().find_map(|effect| match effect {
            super::Effect::Revise { said, .. } => Some(said),
            _ => None,
        });
        if let Some(said) = shown {
            *said = words;
        }
    }
}

/// The ids of the events that are still proposed, the most doubtful first.
fn ids(manuscript: &Manuscript) -> Vec<String> {
    revise::doubtful_first(manuscript.chronology()).iter().map(|event| event.id.clone()).collect()
}
