//! Jobs beside the loop: what goes through many events at once. They write files, count what those would hold, and
//! make texts to copy.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Running, Wake};
use crate::app::effect::{ExportOrder, Outcome, Preview, Writing};
use crate::commands::export::targets;
use crate::commands::picked::{Passed, Picked};
use crate::formats::wording::{counted, grouped};
use crate::formats::{self, Format, Loss, WriteOptions};
use crate::store::{Ctl, Keys, Question, Row, Store};

/// Up to this many events are named by their ids in the export dialog's command.
const MOST_IDS: u64 = 40;
/// Up to this many events are written to nowhere to see what a format loses, before they are written to a file.
const MOST_TRIED: u64 = 20_000;
/// Up to this many events go to the clipboard.
const MOST_COPIED: u64 = 10_000;
/// How often a job says how far it has come.
const BEAT: Duration = Duration::from_millis(100);
/// After how many events it looks at the clock.
const LOOK_EVERY: u64 = 256;

impl Running {
    /// Makes the text of events for the clipboard.
    pub(super) fn copy_events(&self, question: Question, keys: Keys) -> Option<Outcome> {
        let spawned = self.spawn(move |store, _| {
            Some(match markdown(store, &question, &keys) {
                Ok(outcome) => outcome,
                Err(error) => Outcome::Failed(error.to_string()),
            })
        });
        spawned.err().map(|error| Outcome::Failed(error.to_string()))
    }

    /// Counts what an export would hold and lose. One that is being counted is given up.
    pub(super) fn preview(&mut self, order: ExportOrder) -> Option<Outcome> {
        let ctl = Ctl::default();
        if let Some(before) = self.preview.replace(ctl.clone()) {
            before.cancel();
        }
        let spawned = self.spawn(move |store, _| {
            let preview = preview(store, &order, &ctl);
            // What is no longer wanted did not fail.
            ctl.check().ok()?;
            Some(preview.map_or_else(|error| Outcome::Failed(error.to_string()), Outcome::Preview))
        });
        spawned.err().map(|error| Outcome::Failed(error.to_string()))
    }

    /// Asks about files that exist, else writes.
    pub(super) fn export(&mut self, order: ExportOrder) -> Option<Outcome> {
        if let Some(preview) = self.preview.take() {
            preview.cancel();
        }
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
        let ascii = self.app.options.ascii;
        let stop = ctl.clone();
        let job = move |store: &dyn Store, sender: &Sender<Wake>| {
            let tell = |writing| drop(sender.send(Wake::Outcome(Outcome::Writing(writing))));
            Some(Job { store, order: &order, ascii, ctl: &ctl, tell: &tell }.write(&files))
        };
        match self.spawn(job) {
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
    fn spawn(
        &self,
        job: impl FnOnce(&dyn Store, &Sender<Wake>) -> Option<Outcome> + Send + 'static,
    ) -> io::Result<JoinHandle<()>> {
        let (store, sender) = (Arc::clone(&self.store), self.sender.clone());
        std::thread::Builder::new().name("annals-export".to_owned()).spawn(move || {
            if let Some(outcome) = job(store.as_ref(), &sender) {
                // Nobody listens any more when the program ends.
                let _ = sender.send(Wake::Outcome(outcome));
            }
        })
    }
}

/// How many there are.
fn count(store: &dyn Store, question: &Question, keys: &Keys, ctl: &Ctl) -> io::Result<crate::store::Count> {
    Ok(store.count(question, keys, ctl).map_err(io::Error::other)?.value)
}

/// Events as Markdown, where they are few enough to be copied.
fn markdown(store: &dyn Store, question: &Question, keys: &Keys) -> io::Result<Outcome> {
    let ctl = Ctl::default();
    let total = count(store, question, keys, &ctl)?.total();
    if total > MOST_COPIED {
        let most = grouped(MOST_COPIED);
        return Ok(Outcome::TooLong(format!(
            "{} are too many to copy (at most {most}): write a file instead",
            counted(total, "event", "events")
        )));
    }
    let format = formats::by_name("md").ok_or(io::ErrorKind::Unsupported)?;
    let mut text = Vec::new();
    Picked::new(store, question, keys, &ctl).write(format, &mut text, &WriteOptions::default())?;
    Ok(Outcome::ToCopy(String::from_utf8_lossy(&text).into_owned()))
}

/// Counts the events of an order and, where they are not too many, by writing them to nowhere, what each format loses.
fn preview(store: &dyn Store, order: &ExportOrder, ctl: &Ctl) -> io::Result<Preview> {
    let (question, keys) = (&order.question, &order.keys);
    let count = count(store, question, keys, ctl)?;
    let mut preview = Preview { events: count.total(), possible: count.possible, ..Preview::default() };
    if count.total() > MOST_TRIED {
        preview.untried = true;
        return Ok(preview);
    }
    let picked = Picked::new(store, question, keys, ctl).with_notes(order.notes.as_deref());
    for format in order.formats.iter().filter_map(|name| formats::by_name(name)) {
        let losses = picked.write(format, &mut io::sink(), &WriteOptions::default())?;
        preview.losses.push((format.name.to_owned(), losses.iter().map(lost).collect()));
    }
    if count.total() <= MOST_IDS {
        let mut ids = Vec::new();
        let mut note = |row: &Row| {
            ids.push(row.entry.event.id.clone());
            Ok(())
        };
        store.scan(question, keys, &mut note, ctl).map_err(io::Error::other)?;
        preview.ids = Some(ids);
    }
    Ok(preview)
}

/// "3 fuzzy dates became year precision".
fn lost(loss: &Loss) -> String {
    format!("{} {}", grouped(loss.count), loss.what)
}

/// An export that is being written.
struct Job<'a> {
    store: &'a dyn Store,
    order: &'a ExportOrder,
    ascii: bool,
    ctl: &'a Ctl,
    tell: &'a dyn Fn(Writing),
}

impl Job<'_> {
    /// Writes all files; says how many events went where and what was lost.
    fn write(&self, files: &[(&'static Format, PathBuf)]) -> Outcome {
        let of = match count(self.store, &self.order.question, &self.order.keys, self.ctl) {
            Ok(count) => count.total(),
            Err(error) => return Outcome::NotWritten(format!("nothing was written: {}", self.why(&error))),
        };
        let mut names: Vec<String> = Vec::new();
        let mut losses = Vec::new();
        for (format, path) in files {
            let name = path.to_string_lossy().into_owned();
            match self.write_file(format, path, &name, of) {
                Ok(lost_here) => {
                    let which = if files.len() > 1 { format!("{}: ", format.name) } else { String::new() };
                    losses.extend(lost_here.iter().map(|loss| format!("; {which}{}", lost(loss))));
                }
                Err(error) => {
                    let kept = if names.is_empty() {
                        String::new()
                    } else {
                        format!("; written: {}", names.join(", "))
                    };
                    let why = self.why(&error);
                    return Outcome::NotWritten(format!("{name} was not written: {why}{kept}"));
                }
            }
            names.push(name);
        }
        let events = counted(of, "event", "events");
        Outcome::Written(format!("wrote {events} to {}{}", names.join(", "), losses.concat()))
    }

    fn why(&self, error: &io::Error) -> String {
        if self.ctl.check().is_err() { "stopped".to_owned() } else { error.to_string() }
    }

    fn write_file(&self, format: &Format, path: &Path, name: &str, of: u64) -> io::Result<Vec<Loss>> {
        let told = Cell::new((0, Instant::now()));
        let tell = |passed: Passed| {
            let (looked, at) = told.get();
            if passed.events < looked + LOOK_EVERY {
                return;
            }
            told.set((passed.events, at));
            if at.elapsed() >= BEAT {
                told.set((passed.events, Instant::now()));
                let steps = u128::from(of) * u128::from(passed.times);
                let share = u128::from(passed.events) * 100 / steps.max(1);
                (self.tell)(Writing { file: name.to_owned(), events: of, share: share.min(99) as u8 });
            }
        };
        let ExportOrder { question, keys, notes, .. } = self.order;
        let picked =
            Picked::new(self.store, question, keys, self.ctl).with_notes(notes.as_deref()).telling(&tell);
        picked.write_file(format, path, &WriteOptions { ascii: self.ascii, ..WriteOptions::default() })
    }
}
