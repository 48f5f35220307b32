//! Revising a chronology in the browser: what is changed, shown at once, undone, kept in a journal and saved.

mod fields;
mod reviewing;
mod saving;
mod words;

use std::sync::Arc;

pub use fields::Part;
pub use words::{Chosen, spoken as words_at};

use super::action::Action;
use super::decision::{Deed, Way};
use super::effect::Effect;
use super::{App, Overlay, View};
use crate::chronology::Event;
use crate::revise::{self, Edit, Manuscript, Progress, Record, Steps};

/// What a journal that was left behind has.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftBehind {
    /// What was changed and not saved.
    pub edits: Vec<Edit>,
    /// Whether the file is still the one that it was changed in.
    pub same: bool,
}

/// What can be revised, as the browser begins with it.
#[derive(Clone, Debug, Default)]
pub struct Revisable {
    /// The chronology; `None`: it cannot be revised.
    pub manuscript: Option<Manuscript>,
    /// Why it cannot be, and what to do.
    pub why_not: String,
    /// The file's name as given; `None`: it has none yet.
    pub file: Option<String>,
    /// What was changed before and not saved.
    pub left: Option<LeftBehind>,
}

/// What is being revised.
#[derive(Clone, Debug, Default)]
pub struct Revising {
    /// The chronology as it is now.
    manuscript: Option<Manuscript>,
    why_not: String,
    /// The file's name; `None`: it has none yet.
    pub file: Option<String>,
    /// What was done since the text was read.
    steps: Steps,
    /// The text as it stands in the file, and what had been done then; `None`: it stands nowhere.
    saved: Option<Arc<str>>,
    saved_steps: Steps,
    /// How many of the steps the journal has as they were done.
    journalled: usize,
    /// How far the review has come.
    pub progress: Progress,
    /// The event to go to once what was changed is shown.
    go_on: Option<String>,
    /// Whether the program ends once all is saved.
    quitting: bool,
    /// What stands in the file by somebody else's hand, while it is asked what to do.
    theirs: Option<Arc<str>>,
    left: Option<LeftBehind>,
    /// The words of an event that is being made.
    made: Option<words::Made>,
    /// The event that something is being set of.
    setting: Option<Event>,
}

impl Revising {
    pub(super) fn new(revisable: Revisable) -> Self {
        let Revisable { manuscript, why_not, file, left } = revisable;
        let saved = manuscript.as_ref().filter(|_| file.is_some()).map(|all| Arc::clone(all.text()));
        let progress = manuscript.as_ref().map(|all| revise::progress(all.chronology())).unwrap_or_default();
        Self { manuscript, why_not, file, saved, progress, left, ..Self::default() }
    }

    /// What has been done since the text was read.
    pub(super) fn steps(&self) -> Steps {
        self.steps.clone()
    }

    /// Whether something is not saved.
    pub fn is_unsaved(&self) -> bool {
        let Some(manuscript) = &self.manuscript else { return false };
        self.saved.as_ref() != Some(manuscript.text())
    }

    /// The chronology as it is now; `None`: it cannot be revised.
    pub fn manuscript(&self) -> Option<&Manuscript> {
        self.manuscript.as_ref()
    }

    /// The text as it is now.
    pub fn text(&self) -> Option<&Arc<str>> {
        self.manuscript.as_ref().map(Manuscript::text)
    }

    /// The text as it stands in the file.
    pub fn saved(&self) -> Option<&Arc<str>> {
        self.saved.as_ref()
    }

    /// "12 of 23 reviewed", while there is something to review.
    pub fn reviewed(&self) -> Option<String> {
        let Progress { reviewed, of } = self.progress;
        (reviewed < of || (of > 0 && self.is_unsaved())).then(|| format!("{reviewed} of {of} reviewed"))
    }
}

impl App {
    /// Actions that revise the chronology. Whether this was one.
    pub(super) fn update_revising(&mut self, action: Action) -> bool {
        match action {
            Action::Accept => self.accept(),
            Action::Reject => self.reject(),
            Action::NextProposed => self.next_proposed(true),
            Action::PreviousProposed => self.next_proposed(false),
            Action::Revise => self.ask_part(),
            Action::Split => self.split(),
            Action::Join => self.join(),
            Action::Words => self.choose_words(),
            Action::MakeEvent => self.make_event(),
            Action::Attach => self.attach(),
            Action::Save => self.save(),
            _ => return false,
        }
        true
    }

    /// The chronology, or the words why it cannot be revised.
    fn manuscript(&mut self) -> Option<Manuscript> {
        if self.revising.manuscript.is_none() {
            let why = if self.revising.why_not.is_empty() {
                "this chronology cannot be revised here".to_owned()
            } else {
                self.revising.why_not.clone()
            };
            self.complain(why);
        }
        self.revising.manuscript.clone()
    }

    /// Whether the lit event waits to be reviewed, and can be.
    pub fn is_to_review(&self) -> bool {
        self.revising.manuscript.is_some()
            && self.lit().is_some_and(|row| revise::is_proposed(&row.entry.event))
    }

    /// The chronology with the lit event of it.
    fn lit_to_revise(&mut self) -> Option<(Manuscript, Event)> {
        let manuscript = self.manuscript()?;
        let Some(id) = self.lit().map(|row| row.entry.event.id.clone()) else {
            self.complain("there is no event here");
            return None;
        };
        let event = manuscript.event(&id).cloned();
        if event.is_none() {
            self.complain(format!("{id} is not in the file"));
        }
        Some((manuscript, event?))
    }

    /// Changes the chronology. Whether it was changed.
    fn revise(&mut self, edit: Edit) -> bool {
        let Some(manuscript) = self.manuscript() else { return false };
        match manuscript.with(&edit) {
            Ok((now, _)) if now.text() == manuscript.text() => {
                self.say("that changes nothing");
                false
            }
            Ok((now, step)) => {
                let before = self.snapshot();
                self.history.note(edit.words.clone(), before);
                self.revising.steps.push(Arc::new(step));
                self.revising.journalled += 1;
                let said = edit.words.clone();
                self.put_manuscript(now, vec![Record::Do(Box::new(edit))], said);
                true
            }
            Err(unfit) => {
                self.complain(unfit.to_string());
                false
            }
        }
    }

    /// Shows another text, keeps the records in the journal, and says what was done.
    fn put_manuscript(&mut self, now: Manuscript, records: Vec<Record>, said: String) {
        self.revising.progress = revise::progress(now.chronology());
        self.revising.manuscript = Some(now.clone());
        self.source.chosen = None;
        self.effects.push(Effect::Revise { manuscript: now, records, said });
        if !self.revising.is_unsaved() {
            // All was taken back: there is nothing left to be lost.
            self.revising.journalled = 0;
            self.effects.push(Effect::DropJournal);
        }
    }

    /// Goes to other steps: undo and redo. Whether that changes anything.
    pub(super) fn put_steps(&mut self, steps: Steps, said: &str) -> bool {
        let from = self.revising.steps.clone();
        let (back, on) = revise::between(&from, &steps);
        let Some(manuscript) = self.revising.manuscript.clone().filter(|_| back > 0 || !on.is_empty()) else {
            return false;
        };
        let moved = match manuscript.moved(&from, &steps) {
            Ok(moved) => moved,
            Err(unfit) => {
                self.complain(unfit.to_string());
                return false;
            }
        };
        let mut records = Vec::new();
        for step in from.iter().rev().take(back) {
            if let Some(less) = self.revising.journalled.checked_sub(1) {
                self.revising.journalled = less;
                records.push(Record::Undo);
            } else {
                records.push(Record::Do(Box::new(step.edit.inverse())));
            }
        }
        for step in on {
            self.revising.journalled += 1;
            records.push(Record::Do(Box::new(step.edit.clone())));
        }
        // What was changed is what is looked at.
        let touched = from.get(from.len() - back).or(on.last());
        self.revising.go_on = touched.and_then(|step| step.edit.event());
        self.revising.steps = steps;
        self.put_manuscript(moved, records, said.to_owned());
        true
    }

    /// What was changed is shown: goes on where the reader wanted to.
    pub(super) fn go_on_revising(&mut self) {
        let Some(id) = self.revising.go_on.take() else { return };
        if self.lit().is_some_and(|row| row.entry.event.id == id) {
            return;
        }
        self.go_to_revised(id);
    }

    /// The file stands otherwise by somebody else's hand, and nothing here is unsaved: that is what is revised now.
    pub fn take_manuscript(&mut self, text: &str) {
        self.history.forget_steps(self.revising.steps.len());
        self.revising.steps.clear();
        self.revising.saved_steps.clear();
        self.revising.journalled = 0;
        self.revising.theirs = None;
        match Manuscript::read(text) {
            Ok(manuscript) => {
                self.revising.progress = revise::progress(manuscript.chronology());
                self.revising.saved = Some(Arc::clone(manuscript.text()));
                self.revising.manuscript = Some(manuscript);
            }
            Err(unfit) => {
                self.revising.manuscript = None;
                self.revising.why_not = unfit.to_string();
            }
        }
    }

    /// Says what there is to review, or asks what to do with what was left unsaved the last time.
    pub(super) fn begin_revising(&mut self) {
        if let Some(left) = self.revising.left.clone() {
            let count = left.edits.len() as u64;
            let changes = crate::formats::wording::counted(count, "change", "changes");
            let text = if left.same {
                format!("{changes} made here before were not saved.")
            } else if self.take_up_fails(&left).is_some() {
                format!("{changes} made here before were not saved, and do not fit the file as it is now.")
            } else {
                format!(
                    "{changes} made here before were not saved; the file was changed since, and they still fit."
                )
            };
            let ways = vec![
                Way::new('t', "take them up", Deed::TakeUp),
                Way::new('d', "throw them away", Deed::ThrowAway),
                Way::new('l', "later: ask the next time", Deed::Nothing),
            ];
            return self.ask_decision("Not saved", text, ways);
        }
        let Progress { reviewed, of } = self.revising.progress;
        let open = of - reviewed;
        if open > 0 && !self.message.as_ref().is_some_and(|message| message.is_error) {
            let events = crate::formats::wording::counted(open as u64, "event", "events");
            let how = "{accept} yes, {reject} no, {next-proposed} next, {revise} changes";
            self.say(format!("{events} to review: {}", self.told(how)));
        }
        // Beside the text a review begins where it is needed most, unless the reader comes back or wished for a date.
        if open > 0 && self.view == View::Source && self.jump.is_none() && self.options.at.is_none() {
            self.go_to_most_doubtful();
        }
    }

    /// Why what was left in a journal cannot be taken up.
    fn take_up_fails(&self, left: &LeftBehind) -> Option<String> {
        let manuscript = self.revising.manuscript.as_ref()?;
        let failed = manuscript.with_all(&left.edits).err()?;
        Some(format!("{}: {}", failed.0, failed.1))
    }

    fn take_up(&mut self) {
        let (Some(left), Some(manuscript)) = (self.revising.left.take(), self.manuscript()) else { return };
        match manuscript.with_all(&left.edits) {
            Ok((now, steps)) => {
                for (place, edit) in left.edits.iter().enumerate() {
                    let before = self.snapshot();
                    self.history.note(edit.words.clone(), before);
                    self.revising.steps.extend(steps.get(place).cloned());
                }
                self.revising.journalled = left.edits.len();
                let changes = crate::formats::wording::counted(left.edits.len() as u64, "change", "changes");
                let said =
                    format!("{changes} taken up: {}", self.told("{save} saves, {undo} takes the last back"));
                self.revising.go_on = left.edits.last().and_then(Edit::event);
                self.effects.push(Effect::TakeJournal);
                self.put_manuscript(now, Vec::new(), said);
            }
            Err((words, unfit)) => {
                let how = "the journal stays: it is asked about the next time";
                self.complain(format!("not taken up ({words}: {unfit}); {how}"));
            }
        }
    }

    /// An answer was given.
    pub(super) fn answered(&mut self, deed: Deed) {
        match deed {
            Deed::Nothing => self.stay(),
            Deed::Set(part) => self.begin_part(part),
            Deed::TakeUp => self.take_up(),
            Deed::ThrowAway => {
                self.revising.left = None;
                self.effects.push(Effect::DropLeft);
                self.say("thrown away");
            }
            Deed::SaveAndQuit => {
                self.revising.quitting = true;
                self.save();
            }
            Deed::Discard => {
                self.effects.push(Effect::DropJournal);
                self.effects.push(Effect::Quit);
            }
            Deed::PutOnto => self.put_onto(),
            Deed::ReadAgain => self.read_again(),
            Deed::SaveElsewhere => self.ask_name(),
            Deed::Replace(path) => self.save_to(path, true),
        }
    }

    /// A question was closed without an answer.
    pub(super) fn unanswered(&mut self, _: &super::decision::Decision) {
        self.stay();
    }

    pub(super) fn stay(&mut self) {
        self.revising.quitting = false;
        self.revising.theirs = None;
        self.revising.left = None;
    }

    /// Whether a question or a line of ours is open that what is read again would take the ground from.
    pub(super) fn forget_what_was_asked(&mut self) {
        if matches!(self.overlay, Some(Overlay::Decision(_))) && self.revising.theirs.is_none() {
            self.overlay = None;
        }
    }
}
