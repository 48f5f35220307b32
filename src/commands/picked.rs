//! The events that are written: those of a store that a question and keys pick.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::chronology::{Catalogue, Entry};
use crate::formats::{Events, Format, Loss, Outline, Piece, RowFn, Selection, WriteOptions};
use crate::fsio;
use crate::notebook::Notebook;
use crate::store::{Ctl, Keys, Question, Row, Store, StoreError, batch};
use crate::when::Certainty;

/// The tag of an event that the reader marked.
const MARKED: &str = "marked";

/// How far a writer has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// How many events it has gone through, each as often as it did.
    pub events: u64,
    /// How often it goes through all of them.
    pub times: u32,
}

/// The events of a store that a question and keys pick.
pub struct Picked<'a> {
    store: Arc<dyn Store>,
    question: &'a Question,
    keys: &'a Keys,
    ctl: &'a Ctl,
    passed: Cell<Passed>,
    tell: Option<&'a dyn Fn(Passed)>,
    notes: Option<&'a Notebook>,
    catalogue: Arc<Catalogue>,
}

impl<'a> Picked<'a> {
    /// The events that a store has now, by filter, order and keys; `ctl` stops the writing.
    pub fn new(store: &dyn Store, question: &'a Question, keys: &'a Keys, ctl: &'a Ctl) -> Self {
        let store = store.still();
        let catalogue = store.info().catalogue;
        Self { store, question, keys, ctl, passed: Cell::default(), tell: None, notes: None, catalogue }
    }

    /// Writes with the events what the reader noted of them.
    #[must_use]
    pub fn with_notes(self, notes: Option<&'a Notebook>) -> Self {
        Self { notes: notes.filter(|notes| !notes.events.is_empty()), ..self }
    }

    /// Has `tell` called again and again while they are written.
    #[must_use]
    pub fn telling(self, tell: &'a dyn Fn(Passed)) -> Self {
        Self { tell: Some(tell), ..self }
    }

    fn pass(&self, events: u64) {
        let Passed { events: before, times } = self.passed.get();
        self.passed.set(Passed { events: before + events, times });
        if let Some(tell) = self.tell {
            tell(self.passed.get());
        }
    }
}

impl Events for Picked<'_> {
    fn for_each(&self, each: &mut dyn FnMut(&Entry, Certainty) -> io::Result<()>) -> io::Result<()> {
        let mut sink = |row: &Row| {
            self.pass(1);
            each(&with_note(&row.entry, self.notes, &self.catalogue), row.certainty)
        };
        self.store.scan(self.question, self.keys, &mut sink, self.ctl).map_err(plain)
    }

    fn in_pieces(&self, row: &RowFn<'_>, sink: &mut dyn FnMut(&Piece) -> io::Result<()>) -> io::Result<()> {
        // A piece needs about as much memory as the one before.
        let needed = AtomicUsize::new(0);
        let (notes, catalogue) = (self.notes, &self.catalogue);
        let make = |batch: &dyn batch::Batch| {
            let mut piece = Piece::default();
            piece.bytes.reserve(needed.load(Ordering::Relaxed));
            batch.read(&mut |read| {
                row(&with_note(&read.entry, notes, catalogue), read.certainty, &mut piece)
            })?;
            needed.store(piece.bytes.len(), Ordering::Relaxed);
            Ok(piece)
        };
        let mut take = |piece: Piece, events: usize| {
            self.pass(events as u64);
            sink(&piece)
        };
        batch::in_order(self.store.as_ref(), (self.question, self.keys), &make, &mut take, self.ctl)
            .map_err(plain)
    }

    fn outline(&self, catalogue: &Catalogue) -> io::Result<Outline> {
        let make = |batch: &dyn batch::Batch| {
            let mut outline = Outline::default();
            batch.skim(&mut |layer, event, _| {
                outline.add(catalogue, layer, event);
                Ok(())
            })?;
            Ok(outline)
        };
        let mut whole = Outline::default();
        let mut take = |outline: Outline, events: usize| {
            self.pass(events as u64);
            whole.join(outline);
            Ok(())
        };
        batch::in_order(self.store.as_ref(), (self.question, self.keys), &make, &mut take, self.ctl)
            .map_err(plain)?;
        Ok(whole)
    }

    fn count(&self) -> io::Result<(u64, u64)> {
        let count = self.store.count(self.question, self.keys, self.ctl).map_err(plain)?.value;
        Ok((count.certain, count.possible))
    }

    fn passes(&self, times: u32) {
        self.passed.set(Passed { times, ..self.passed.get() });
    }
}

/// An event with what the reader noted of it: a mark is a tag, a note stands behind the one that is there.
fn with_note<'e>(entry: &'e Entry, notes: Option<&Notebook>, catalogue: &Catalogue) -> Cow<'e, Entry> {
    let name = || (catalogue.layer(entry.layer).name.clone(), entry.event.id.clone());
    let Some(noticed) = notes.and_then(|notes| notes.events.get(&name())) else {
        return Cow::Borrowed(entry);
    };
    let mut entry = entry.clone();
    let event = &mut entry.event;
    if noticed.marked && !event.tags.iter().any(|tag| tag == MARKED) {
        event.tags.push(MARKED.to_owned());
    }
    if !noticed.note.is_empty() {
        event.note = Some(match event.note.take() {
            Some(note) => format!("{note}\n{}", noticed.note),
            None => noticed.note.clone(),
        });
    }
    Cow::Owned(entry)
}

/// The error of a sink as it was.
fn plain(error: StoreError) -> io::Error {
    match error {
        StoreError::Sink(error) => error,
        error => io::Error::other(error),
    }
}

impl Picked<'_> {
    /// Writes them in a format. The bytes depend on nothing but the events and the options.
    ///
    /// # Errors
    /// Those of `out` and of the store; a format that cannot be written is refused.
    pub fn write(
        &self,
        format: &Format,
        out: &mut dyn Write,
        options: &WriteOptions,
    ) -> io::Result<Vec<Loss>> {
        let Some(write) = format.write else { return Err(io::ErrorKind::Unsupported.into()) };
        let info = self.store.info();
        let whole = self.question.filter.is_empty();
        let described = self.question.filter.describe(&info.catalogue);
        let selection = Selection {
            title: &info.title,
            summary: &info.summary,
            described: (!whole).then_some(described.as_str()),
            filtered: !whole || *self.keys != Keys::all(),
            catalogue: &info.catalogue,
            events: self,
        };
        self.passed.set(Passed { events: 0, times: 1 });
        write(&selection, out, options)
    }

    /// Writes them to a file, which is replaced at once or not at all.
    ///
    /// # Errors
    /// Those of the file system and of the store.
    pub fn write_file(&self, format: &Format, path: &Path, options: &WriteOptions) -> io::Result<Vec<Loss>> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let options =
            WriteOptions { folder: Some(folder.unwrap_or(Path::new(".")).to_path_buf()), ..options.clone() };
        fsio::replace(path, |out| self.write(format, out, &options))
    }
}
