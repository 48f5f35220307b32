//! Files that are edited while they are shown. They are read again as soon as they stand still, what changed is told,
//! and what cannot be read as it stands leaves on screen what was read before. Tables that only grow are none of its
//! business: what is added to them is read where it stands.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::SystemTime;

use twox_hash::XxHash3_64;

use super::follow::{PACE, Wake, Watch};
use super::rows::TableRows;
use super::stamp::{Identity, Since, identity};
use super::tables::OneTable;
use super::{Loaded, Order, open};
use crate::sources::Opened;
use crate::store::{Columns, Ctl, Keys, Question, Row, Store};

/// Of up to so many events it is told which ones changed.
const MOST_COMPARED: u64 = 100_000;
/// How often a file that is being written is looked at before it is read as it stands.
const MOST_LOOKS: usize = 30;

/// What became of the files.
pub enum Turn {
    /// They were read again.
    Read(Again),
    /// They cannot be read as they stand, in words. What was read before is still what is shown.
    Broken(String),
    /// They stand there as they were read.
    Same,
}

/// What was read again.
pub struct Again {
    /// The events.
    pub store: Arc<Columns>,
    /// The events that are other than when the files were first opened, as (layer name, id).
    pub changed: HashSet<(String, String)>,
    /// What was changed since the files were last read, where that is known.
    pub edits: Option<Edits>,
    /// What was noticed, one line each.
    pub remarks: Vec<String>,
}

/// How many events were changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// How many are new.
    pub added: usize,
    /// How many are no longer what they were.
    pub altered: usize,
    /// How many are gone.
    pub gone: usize,
}

/// Files that are kept open, and read again when they change. When it is dropped, that ends, and loading with it.
pub struct Live {
    wakes: Option<Sender<Wake>>,
    /// What nobody reads again: standard input cannot be.
    _kept: Option<Loaded>,
}

impl Live {
    /// Keeps what was loaded, and tells what becomes of its files. Unless they are `watched`, that is only when it is
    /// asked for.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(
        order: Order,
        loaded: Loaded,
        watched: bool,
        tell: impl Fn(Turn) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let Some(files) = Files::of(&loaded) else { return Ok(Self { wakes: None, _kept: Some(loaded) }) };
        let (sender, receiver) = mpsc::channel();
        let watch =
            if watched { Watch::new(&files.paths(), &sender, receiver) } else { Watch::only_asked(receiver) };
        let mut reader = Reader { order, loaded, files, first: OnceCell::new(), told: false };
        thread::Builder::new().name("annals-live".to_owned()).spawn(move || {
            while let Some(asked) = watch.wait() {
                if let Some(turn) = reader.look(asked)
                    && !tell(turn)
                {
                    return;
                }
            }
        })?;
        Ok(Self { wakes: Some(sender), _kept: None })
    }

    /// Has the files looked at now; what became of them is told even where nothing did. `false`: they cannot be read
    /// a second time.
    pub fn look(&self) -> bool {
        self.wakes.as_ref().is_some_and(|wakes| wakes.send(Wake::Asked).is_ok())
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some(wakes) = &self.wakes {
            // Nobody listens where the thread has ended.
            let _ = wakes.send(Wake::Stop);
        }
    }
}

/// A file whose changes matter.
#[derive(Clone)]
pub(super) struct Watched {
    path: PathBuf,
    /// The rows that are read where they stand, for one that may grow.
    rows: Option<Arc<TableRows>>,
    /// What it looked like before it was read.
    seen: Option<Look>,
}

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    identity: Identity,
    /// Its size and time; of one that may grow, nothing as long as what was read still stands there.
    inside: Option<(u64, Option<SystemTime>)>,
}

impl Watched {
    /// A file before it is read; `None`: it is standard input or a pipe, and cannot be read twice.
    pub fn new(path: PathBuf) -> Option<Self> {
        let is_file = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file());
        (is_file && path != Path::new("-")).then(|| Self::now(path))
    }

    fn now(path: PathBuf) -> Self {
        let mut watched = Self { path, rows: None, seen: None };
        watched.seen = watched.look();
        watched
    }

    /// The files of the texts of a chronology's documents, which may be missing.
    pub fn texts(opened: &Opened) -> impl Iterator<Item = Self> {
        let paths = opened.collected.chronology.documents.iter().filter_map(|document| document.path.clone());
        paths.map(|path| Self::now(opened.folder.join(path)))
    }

    fn look(&self) -> Option<Look> {
        let metadata = fs::metadata(&self.path).ok()?;
        let sound = |rows: &Arc<TableRows>| rows.since().is_ok_and(Since::is_sound);
        let inside = match &self.rows {
            Some(rows) if sound(rows) => None,
            _ => Some((metadata.len(), metadata.modified().ok())),
        };
        Some(Look { identity: identity(&metadata), inside })
    }
}

/// A table that may grow is read on where it was read to: nothing but another file in its place matters, or that what
/// was read no longer stands there.
pub(super) fn let_grow(watched: &mut [Watched], table: &OneTable) {
    let file = watched.get_mut(table.layer.0 as usize);
    if let (Some(file), Some(rows), Some(_)) = (file, &table.rows, table.followed()) {
        file.rows = Some(Arc::clone(rows));
        file.seen = file.seen.map(|look| Look { inside: None, ..look });
    }
}

/// All files whose changes matter.
struct Files(Vec<Watched>);

impl Files {
    /// Those of what was loaded; `None`: something of it cannot be read again.
    fn of(loaded: &Loaded) -> Option<Self> {
        loaded.watched.clone().map(Self).filter(|files| !files.0.is_empty())
    }

    /// Those that can be watched: of one in a folder that is not there the system tells nothing, and all would have to
    /// be looked at again and again.
    fn paths(&self) -> Vec<PathBuf> {
        let folder = |path: &Path| path.parent().map(Path::to_path_buf).unwrap_or_default();
        let is_there = |path: &PathBuf| folder(path).as_os_str().is_empty() || folder(path).is_dir();
        self.0.iter().map(|file| file.path.clone()).filter(is_there).collect()
    }

    fn looks(&self) -> Vec<Option<Look>> {
        self.0.iter().map(Watched::look).collect()
    }

    /// What they look like once they stand still; `None`: as when they were read.
    fn settled(&self) -> Option<Vec<Option<Look>>> {
        let mut looks = self.looks();
        if self.0.iter().map(|file| file.seen).eq(looks.iter().copied()) {
            return None;
        }
        for _ in 0..MOST_LOOKS {
            thread::sleep(PACE);
            let next = self.looks();
            if next == looks {
                break;
            }
            looks = next;
        }
        Some(looks)
    }

    /// Notes what they looked like when reading them failed, so that it is tried again only when that changes.
    fn note(&mut self, looks: Vec<Option<Look>>) {
        for (file, look) in self.0.iter_mut().zip(looks) {
            file.seen = look;
        }
    }
}

/// A hash of each event, by layer name and id.
type Hashes = HashMap<(String, String), u64>;

/// Reads files again.
struct Reader {
    order: Order,
    loaded: Loaded,
    files: Files,
    /// The events when the files were first opened, once that is needed; `None`: they were too many.
    first: OnceCell<Option<Hashes>>,
    /// Whether something was told since somebody asked.
    told: bool,
}

impl Reader {
    /// Looks at the files; gives what is to be told.
    fn look(&mut self, asked: bool) -> Option<Turn> {
        let Some(looks) = self.files.settled() else {
            // What was told while nobody had asked yet is an answer too.
            let told = self.told;
            self.told &= !asked;
            return (asked && !told).then_some(Turn::Same);
        };
        self.told = !asked;
        // Before anything is read again: these events are in memory.
        let before = hashes(&self.loaded);
        let first = self.first.get_or_init(|| before.clone()).as_ref();
        match open(&self.order) {
            Err(failure) => {
                self.files.note(looks);
                Some(Turn::Broken(failure.to_string()))
            }
            Ok(loaded) => {
                self.files = Files::of(&loaded)?;
                self.loaded = loaded;
                let now = hashes(&self.loaded);
                let (store, remarks) = (Arc::clone(&self.loaded.store), self.loaded.remarks.clone());
                let edits = before.zip(now.as_ref()).map(|(before, now)| edits(&before, now));
                let changed = first.zip(now).map(|(first, now)| changed(first, now)).unwrap_or_default();
                Some(Turn::Read(Again { store, changed, edits, remarks }))
            }
        }
    }
}

/// What tells the events apart; `None` where they are too many, or not all there.
fn hashes(loaded: &Loaded) -> Option<Hashes> {
    let info = loaded.store.info();
    if info.loading || info.total > MOST_COMPARED {
        return None;
    }
    let mut hashes = Hashes::new();
    let mut note = |row: &Row| {
        let mut hash = XxHash3_64::new();
        hash.write(&serde_json::to_vec(&row.entry.event)?);
        let layer = info.catalogue.layer(row.entry.layer).name.clone();
        hashes.insert((layer, row.entry.event.id.clone()), hash.finish());
        Ok(())
    };
    let scanned = loaded.store.scan(&Question::default(), &Keys::all(), &mut note, &Ctl::default());
    scanned.ok().map(|()| hashes)
}

fn edits(before: &Hashes, now: &Hashes) -> Edits {
    let mut edits = Edits::default();
    for (name, hash) in now {
        match before.get(name) {
            None => edits.added += 1,
            Some(other) if other != hash => edits.altered += 1,
            Some(_) => {}
        }
    }
    edits.gone = before.keys().filter(|name| !now.contains_key(*name)).count();
    edits
}

fn changed(first: &Hashes, now: Hashes) -> HashSet<(String, String)> {
    now.into_iter().filter(|(name, hash)| first.get(name) != Some(hash)).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests;
