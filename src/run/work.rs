//! What the loop does for the state: copying, writing files, the editor.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::{Next, Running, Wake, start_worker, watch};
use crate::app::effect::{Effect, ExportOrder, Outcome, Preview};
use crate::commands::export::{Picked, targets};
use crate::formats::wording::counted;
use crate::formats::{self, Format, Loss, WriteOptions};
use crate::store::{Ctl, Keys, Question, Store};
use crate::term::clipboard::{NotSent, Sent, copy};
use crate::term::editor;

/// Up to this many events are named by their ids in the export dialog's command.
const MOST_IDS: u64 = 40;

impl Running {
    /// Does an effect that reaches outside.
    pub(super) fn work(&mut self, effect: Effect) -> io::Result<Next> {
        let outcome = match effect {
            Effect::CopyText(text) => Some(sent(copy(&text, self.browse.capabilities.tmux), "citation")),
            Effect::CopyEvents(question, keys) => Some(self.copy_events(&question, &keys)),
            Effect::Preview(order) => self.preview(order),
            Effect::Export(order) => self.export(order),
            Effect::CancelExport => {
                if let Some((ctl, _)) = &self.export {
                    ctl.cancel();
                }
                None
            }
            Effect::KeepColumns(columns) => self.keep(columns),
            Effect::Edit { layer, id } => Some(self.edit(&layer, &id)?),
            _ => None,
        };
        let effects = outcome.map(|outcome| self.app.outcome(outcome)).unwrap_or_default();
        self.perform(effects)
    }

    /// Keeps the columns for the next time, where that is possible.
    fn keep(&self, columns: Vec<String>) -> Option<Outcome> {
        let kept = self.browse.keeper.as_ref()?.save(columns);
        kept.err().map(|error| Outcome::Failed(format!("the columns are not kept: {error}")))
    }

    fn copy_events(&self, question: &Question, keys: &Keys) -> Outcome {
        let Some(markdown) = formats::by_name("md") else {
            return Outcome::Failed("Markdown cannot be written".to_owned());
        };
        let mut text = Vec::new();
        let ctl = Ctl::default();
        let picked = Picked { store: self.browse.store.as_ref(), question, keys, ctl: &ctl };
        match picked.write(markdown, &mut text, &WriteOptions::default()) {
            Ok(_) => sent(copy(&String::from_utf8_lossy(&text), self.browse.capabilities.tmux), "Markdown"),
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }

    /// Counts what an export would hold and lose, on a thread of its own.
    fn preview(&self, order: ExportOrder) -> Option<Outcome> {
        let spawned = self.spawn(move |store| {
            let preview = preview(store, &order, &Ctl::default());
            preview.map_or_else(|error| Outcome::Failed(error.to_string()), Outcome::Preview)
        });
        spawned.err().map(|error| Outcome::Failed(error.to_string()))
    }

    /// Asks about files that exist, else writes on a thread of its own.
    fn export(&mut self, order: ExportOrder) -> Option<Outcome> {
        let formats: Vec<&'static Format> =
            order.formats.iter().filter_map(|name| formats::by_name(name)).collect();
        let files = targets(&formats, Path::new(&order.path));
        let existing: Vec<String> = files
            .iter()
            .filter(|(_, path)| path.exists())
            .map(|(_, path)| path.to_string_lossy().into_owned())
            .collect();
        if !existing.is_empty() && !order.replace {
            return Some(Outcome::Exists(existing));
        }
        let ctl = Ctl::default();
        let ascii = self.browse.options.ascii;
        let stop = ctl.clone();
        match self.spawn(move |store| write_files(store, &order, &files, ascii, &ctl)) {
            Ok(thread) => {
                self.export = Some((stop, thread));
                None
            }
            Err(error) => Some(Outcome::NotWritten(error.to_string())),
        }
    }

    /// Stops an export that is being written and waits until its unfinished file is gone.
    pub(super) fn stop_export(&mut self) {
        if let Some((ctl, thread)) = self.export.take() {
            ctl.cancel();
            // If it panicked it has said so, and there is nothing more to wait for.
            let _ = thread.join();
        }
    }

    /// Runs a job beside the loop; what comes of it wakes the loop.
    fn spawn(&self, job: impl FnOnce(&dyn Store) -> Outcome + Send + 'static) -> io::Result<JoinHandle<()>> {
        let (store, sender) = (Arc::clone(&self.browse.store), self.sender.clone());
        std::thread::Builder::new().name("annals-export".to_owned()).spawn(move || {
            let outcome = job(store.as_ref());
            // Nobody listens any more when the program ends.
            let _ = sender.send(Wake::Outcome(outcome));
        })
    }

    /// Opens the editor at an event and reads the files again afterwards.
    fn edit(&mut self, layer: &str, id: &str) -> io::Result<Outcome> {
        let Some((_, file)) = self.browse.files.iter().find(|(name, _)| name == layer) else {
            let how = "annals export --format toml -o FILE makes a file of it to edit";
            return Ok(Outcome::Failed(format!("this chronology has no file: {how}")));
        };
        let file = file.clone();
        let line = std::fs::read_to_string(&file).ok().and_then(|text| line_of(&text, id));
        let variable = |name: &str| std::env::var(name).ok();
        let edited = editor::edit(&mut self.screen, &mut self.inputs, variable, &file, line);
        Ok(match edited {
            Ok(status) if status.success() => self.reopen()?,
            Ok(status) => Outcome::Failed(format!("the editor ended with {status}")),
            Err(error) => Outcome::Failed(format!("the editor could not be run: {error}")),
        })
    }

    /// Reads the sources again; where that fails what is on screen stays.
    fn reopen(&mut self) -> io::Result<Outcome> {
        match (self.browse.reopen)() {
            Err(problem) => Ok(Outcome::Failed(format!("still showing what was read before: {problem}"))),
            Ok(store) => {
                self.worker = start_worker(&store, &self.sender)?;
                self.changed = watch(store.as_ref(), &self.sender);
                self.awaited.clear();
                let effects = self.app.reopened(store.info());
                self.browse.store = store;
                self.perform(effects)?;
                Ok(Outcome::Done("read again".to_owned()))
            }
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

/// Counts the events of an order and, by writing them to nowhere, what each format loses.
fn preview(store: &dyn Store, order: &ExportOrder, ctl: &Ctl) -> io::Result<Preview> {
    let count = store.count(&order.question, &order.keys, ctl).map_err(io::Error::other)?.value;
    let picked = Picked { store, question: &order.question, keys: &order.keys, ctl };
    let mut preview =
        Preview { events: count.total(), possible: count.possible, losses: Vec::new(), ids: None };
    for format in order.formats.iter().filter_map(|name| formats::by_name(name)) {
        let losses = picked.write(format, &mut io::sink(), &WriteOptions::default())?;
        preview.losses.push((format.name.to_owned(), losses.iter().map(lost).collect()));
    }
    if count.total() <= MOST_IDS {
        let mut ids = Vec::new();
        let mut note = |row: &crate::store::Row| {
            ids.push(row.entry.event.id.clone());
            Ok(())
        };
        store.scan(&order.question, &order.keys, &mut note, ctl).map_err(io::Error::other)?;
        preview.ids = Some(ids);
    }
    Ok(preview)
}

/// "3 fuzzy dates became year precision".
fn lost(loss: &Loss) -> String {
    format!("{} {}", loss.count, loss.what)
}

/// Writes all files of an order; says how many events went where and what was lost.
fn write_files(
    store: &dyn Store,
    order: &ExportOrder,
    files: &[(&'static Format, PathBuf)],
    ascii: bool,
    ctl: &Ctl,
) -> Outcome {
    let picked = Picked { store, question: &order.question, keys: &order.keys, ctl };
    let options = WriteOptions { ascii, ..WriteOptions::default() };
    let mut names = Vec::new();
    for (format, path) in files {
        let name = path.to_string_lossy().into_owned();
        if let Err(error) = picked.write_file(format, path, &options) {
            let kept =
                if names.is_empty() { String::new() } else { format!("; written: {}", names.join(", ")) };
            let what = if ctl.check().is_err() { "stopped".to_owned() } else { error.to_string() };
            return Outcome::NotWritten(format!("{name} was not written: {what}{kept}"));
        }
        names.push(name);
    }
    let count = store.count(&order.question, &order.keys, &Ctl::default());
    let events = count.map_or(0, |answer| answer.value.total());
    Outcome::Written(format!("wrote {} to {}", counted(events, "event", "events"), names.join(", ")))
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
