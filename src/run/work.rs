//! What the loop does for the state: copying, keeping what was chosen, the editor.

use std::io;

use super::{Next, Running};
use crate::app::effect::{Effect, Outcome};
use crate::notebook::Change;
use crate::term::clipboard::{NotSent, Sent, copy};
use crate::term::{Desktop, editor, opener};

impl Running {
    /// Does an effect that reaches outside.
    pub(super) fn work(&mut self, effect: Effect) -> io::Result<Next> {
        let outcome = match effect {
            Effect::CopyText(text, what) => Some(self.copy(&text, what)),
            Effect::OpenAddress(address) => Some(self.open(&address)),
            Effect::CopyEvents(question, keys) => self.copy_events(question, keys),
            Effect::Preview(order) => self.preview(order),
            Effect::Export(order) => self.export(order),
            Effect::CancelExport => {
                if let Some((ctl, _)) = &self.export {
                    ctl.cancel();
                }
                None
            }
            Effect::Save { path, text, expected } => Some(self.save(path, text, &expected)),
            Effect::TakeJournal => {
                self.take_journal();
                None
            }
            Effect::DropLeft => {
                self.drop_left();
                None
            }
            Effect::DropJournal => {
                self.drop_journal();
                None
            }
            Effect::Keep(change) => self.keep(&change),
            Effect::Edit { layer, id } => self.edit(&layer, &id),
            _ => None,
        };
        let effects = outcome.map(|outcome| self.app.outcome(outcome)).unwrap_or_default();
        self.perform(effects)
    }

    /// Copies a text; says by what.
    fn copy(&self, text: &str, what: &str) -> Outcome {
        sent(copy(text, self.capabilities.desktop, self.capabilities.tmux), what)
    }

    /// Opens an address on the reader's desktop; where that is elsewhere, or knows no program for it, it is copied.
    fn open(&self, address: &str) -> Outcome {
        let desktop = self.capabilities.desktop;
        if desktop != Desktop::None && opener::open(address, desktop).is_ok() {
            return Outcome::Done(format!("opened {address}"));
        }
        match self.copy(address, "address") {
            Outcome::Done(how) => Outcome::Done(format!("{how}, as there is no desktop here: {address}")),
            other => other,
        }
    }

    /// Keeps where the reader was. Where that fails there is nobody left to be told.
    pub(super) fn leave(&self) {
        if let Some(keeper) = self.keeper.as_ref().filter(|_| self.session) {
            let _ = keeper.leave(&self.app.session());
        }
    }

    /// Keeps what was chosen or noted for the next time, where that is possible.
    fn keep(&self, change: &Change) -> Option<Outcome> {
        let Some(keeper) = &self.keeper else {
            let what = "there is no file to keep it by: it is forgotten when annals ends";
            return Some(Outcome::Done(what.to_owned()));
        };
        let kept = keeper.keep(change);
        kept.err().map(|error| Outcome::Failed(format!("it is not kept for the next time: {error}")))
    }

    /// Opens the editor at an event and reads the files again afterwards.
    fn edit(&mut self, layer: &str, id: &str) -> Option<Outcome> {
        let Some((_, file)) = self.files.iter().find(|(name, _)| name == layer) else {
            let how = "annals export --format toml -o FILE makes a file of it to edit";
            return Some(Outcome::Failed(format!("this chronology has no file: {how}")));
        };
        let file = file.clone();
        let line = std::fs::read_to_string(&file).ok().and_then(|text| line_of(&text, id));
        let variable = |name: &str| std::env::var(name).ok();
        let edited = editor::edit(&mut self.screen, &mut self.inputs, variable, &file, line);
        match edited {
            // What came of it is told when the file has been looked at.
            Ok(status) if status.success() && self.live.look() => None,
            Ok(status) if status.success() => {
                Some(Outcome::Failed("standard input cannot be read a second time".to_owned()))
            }
            Ok(status) => Some(Outcome::Failed(format!("the editor ended with {status}"))),
            Err(error) => Some(Outcome::Failed(format!("the editor could not be run: {error}"))),
        }
    }
}

/// What to say of a text that went to the clipboard.
fn sent(result: Result<Sent, NotSent>, what: &str) -> Outcome {
    match result {
        Ok(sent) => Outcome::Done(format!("{what} {}", sent.words())),
        Err(error @ NotSent::TooLong { .. }) => Outcome::TooLong(error.to_string()),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// The line on which an event's id is written, in TOML or JSON.
fn line_of(text: &str, id: &str) -> Option<u64> {
    let quoted = serde_json::to_string(id).ok()?;
    let is_id = |line: &str| {
        let line = line.trim_start();
        let key = ["id", "\"id\""].into_iter().find_map(|key| line.strip_prefix(key));
        key.is_some_and(|rest| rest.trim_start().starts_with(['=', ':']) && rest.contains(&quoted))
    };
    let index = text.lines().position(is_id)?;
    u64::try_from(index).ok().map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_an_event_is_found_in_both_notations() {
        let toml = "title = \"x\"\n\n[[events]]\nid = \"a\"\n\n[[events]]\n  id = \"talks\"\n";
        assert_eq!(line_of(toml, "talks"), Some(7));
        let json = "{\n \"events\": [\n {\n \"id\": \"talks\"\n }]}";
        assert_eq!(line_of(json, "talks"), Some(4));
        assert_eq!(line_of(toml, "other"), None);
    }
}
