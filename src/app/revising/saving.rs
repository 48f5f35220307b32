//! Saving what was changed: never over what somebody else wrote meanwhile, unless that is said.

use std::sync::Arc;

use super::super::App;
use super::super::decision::{Deed, Way};
use super::super::effect::{Effect, Expected, Saved};
use super::super::prompt::PromptKind;
use crate::revise::{self, Manuscript, Record};

impl App {
    /// Whether the program may end: nothing is unsaved. Else it is asked.
    pub(in super::super) fn may_quit(&mut self) -> bool {
        if !self.revising.is_unsaved() {
            return true;
        }
        let what = match &self.revising.file {
            Some(file) => format!("{file} has changes that are not saved."),
            None => "This chronology is not saved.".to_owned(),
        };
        let ways = vec![
            Way::new('s', "save and quit", Deed::SaveAndQuit),
            Way::new('d', "quit and discard the changes", Deed::Discard),
            Way::new('n', "stay", Deed::Nothing),
        ];
        self.ask_decision("Quit", what, ways);
        false
    }

    /// Saves to the file, or asks for its name.
    pub(in super::super) fn save(&mut self) {
        if self.manuscript().is_none() {
            return;
        }
        match self.revising.file.clone() {
            None => self.ask_name(),
            Some(_) if !self.revising.is_unsaved() => {
                self.say(self.told("nothing was changed that is not saved; {write} writes other formats"));
            }
            Some(file) => self.save_to(file, false),
        }
    }

    /// Whether the chronology has no file yet, and a file of this name could be it.
    pub(in super::super) fn is_unnamed(&self, path: &str) -> bool {
        let ending = std::path::Path::new(path).extension();
        self.revising.manuscript.is_some()
            && self.revising.file.is_none()
            && ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
    }

    /// Asks for the name of the file.
    pub(super) fn ask_name(&mut self) {
        let name = format!("{}.toml", self.export_stem());
        self.prompt(PromptKind::SaveAs, name);
    }

    /// The name that was typed. Whether it is one.
    pub(in super::super) fn accept_name(&mut self, name: &str) -> bool {
        let name = name.trim();
        if name.is_empty() {
            self.complain("a file has a name");
            return false;
        }
        self.save_to(name.to_owned(), false);
        true
    }

    /// Saves under a name. `replace`: whatever stands there is replaced.
    pub(super) fn save_to(&mut self, path: String, replace: bool) {
        let Some(text) = self.revising.text().cloned() else { return };
        let own = self.revising.file.as_ref() == Some(&path);
        let expected = match (replace, own.then(|| self.revising.saved.clone()).flatten()) {
            (true, _) => Expected::Anything,
            (false, Some(saved)) => Expected::Text(saved),
            (false, None) => Expected::Nothing,
        };
        self.effects.push(Effect::Save { path, text, expected });
    }

    /// What came of saving.
    pub(in super::super) fn take_saved(&mut self, saved: Saved) {
        match saved {
            Saved::Done { path, text } => {
                self.revising.file = Some(path.clone());
                if self.revising.text() != Some(&text) {
                    // In another folder its documents have other paths: it goes on from there.
                    self.take_manuscript(&text);
                }
                self.revising.saved_steps = self.revising.steps.clone();
                self.revising.saved = Some(text);
                self.revising.journalled = 0;
                self.revising.theirs = None;
                self.say(format!("saved to {path}"));
                if std::mem::take(&mut self.revising.quitting) {
                    self.effects.push(Effect::Quit);
                }
            }
            Saved::Taken(path) => {
                let text = format!("{path} exists.");
                let ways = vec![
                    Way::new('r', "replace it", Deed::Replace(path)),
                    Way::new('n', "another name", Deed::SaveElsewhere),
                    Way::new('s', "stay, without saving", Deed::Nothing),
                ];
                self.ask_decision("Save", text, ways);
            }
            Saved::Meanwhile(theirs) => self.ask_meanwhile(theirs),
            Saved::Failed(why) => {
                self.revising.quitting = false;
                self.complain(why);
            }
        }
    }

    /// Somebody else changed the file meanwhile: what is to be done?
    fn ask_meanwhile(&mut self, theirs: Option<Arc<str>>) {
        let file = self.revising.file.clone().unwrap_or_default();
        let mut ways = Vec::new();
        let text = match &theirs {
            None => {
                ways.push(Way::new('w', "write it again", Deed::Replace(file.clone())));
                format!("{file} is gone.")
            }
            Some(text) => match self.onto(text) {
                Ok(_) => {
                    ways.push(Way::new('p', "put the changes made here onto it", Deed::PutOnto));
                    format!("{file} was changed by another program. The changes made here fit it.")
                }
                Err(why) => format!("{file} was changed by another program, and does not fit: {why}."),
            },
        };
        if theirs.is_some() {
            ways.push(Way::new('r', "read it, and drop the changes made here", Deed::ReadAgain));
        }
        ways.push(Way::new('n', "save under another name", Deed::SaveElsewhere));
        ways.push(Way::new('s', "stay, without saving", Deed::Nothing));
        self.revising.theirs = theirs;
        self.ask_decision("Changed meanwhile", text, ways);
    }

    /// What was changed here, made on another text.
    fn onto(&self, theirs: &str) -> Result<(Manuscript, revise::Steps), String> {
        let manuscript = Manuscript::read(theirs).map_err(|unfit| unfit.to_string())?;
        let edits = revise::edits_between(&self.revising.saved_steps, &self.revising.steps);
        manuscript.with_all(&edits).map_err(|(words, unfit)| format!("{words}: {unfit}"))
    }

    /// Puts what was changed here onto what stands in the file, and saves that.
    pub(super) fn put_onto(&mut self) {
        let Some(theirs) = self.revising.theirs.take() else { return };
        let file = self.revising.file.clone().unwrap_or_default();
        match self.onto(&theirs) {
            Ok((now, steps)) => {
                let edits = steps.iter().map(|step| Record::Do(Box::new(step.edit.clone()))).collect();
                // Steps that were made on another text cannot be taken back on this one; those can.
                self.history.forget_steps(self.revising.steps.len());
                self.revising.saved_steps.clear();
                for step in steps {
                    let before = self.snapshot_with(self.revising.saved_steps.clone());
                    self.history.note(step.edit.words.clone(), before);
                    self.revising.saved_steps.push(step);
                }
                self.revising.steps = std::mem::take(&mut self.revising.saved_steps);
                self.revising.journalled = self.revising.steps.len();
                self.revising.saved = Some(Arc::clone(&theirs));
                self.effects.push(Effect::DropJournal);
                self.put_manuscript(now, edits, "put onto what stands there".to_owned());
                self.save_to(file, false);
            }
            Err(why) => self.complain(why),
        }
    }

    /// Drops what was changed here.
    pub(super) fn read_again(&mut self) {
        let Some(theirs) = self.revising.theirs.take() else { return };
        self.revising.quitting = false;
        self.take_manuscript(&theirs);
        self.effects.push(Effect::DropJournal);
        if let Some(manuscript) = self.revising.manuscript.clone() {
            self.put_manuscript(
                manuscript,
                Vec::new(),
                "read again; the changes made here are dropped".to_owned(),
            );
        }
    }
}
