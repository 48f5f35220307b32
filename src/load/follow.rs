//! Files that grow, or are cut off or replaced, after they were read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::stamp::{Since, is_one_file};
use super::tables::{Loader, OneTable};

/// The shortest time between two looks at files.
pub(super) const PACE: Duration = Duration::from_millis(33);
/// The time between two looks where the system does not tell of changes.
const POLL: Duration = Duration::from_secs(1);

/// Why whoever follows files wakes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wake {
    /// One of them may have changed.
    Look,
    /// Somebody asks whether one of them has changed.
    Asked,
    /// They are no longer wanted.
    Stop,
}

/// Who tells of changes.
enum Teller {
    System(#[expect(dead_code, reason = "it tells for as long as it is kept")] RecommendedWatcher),
    /// The system does not: one has to look.
    Nobody,
    /// Nobody wants to know unasked.
    Asker,
}

/// Tells of changes to files.
pub(super) struct Watch {
    wakes: Receiver<Wake>,
    watcher: Teller,
}

impl Watch {
    /// Watches files by way of their folders, since a file that takes another's place is not the one that was
    /// watched.
    pub fn new(files: &[PathBuf], sender: &Sender<Wake>, wakes: Receiver<Wake>) -> Self {
        Self { wakes, watcher: watch(files, sender.clone()).map_or(Teller::Nobody, Teller::System) }
    }

    /// Watches nothing, but can be asked to look.
    pub fn only_asked(wakes: Receiver<Wake>) -> Self {
        Self { wakes, watcher: Teller::Asker }
    }

    /// Waits until there may be something to see, and gives whether somebody asked; `None`: nobody wants to see it.
    pub fn wait(&self) -> Option<bool> {
        let first = match &self.watcher {
            Teller::System(_) | Teller::Asker => {
                self.wakes.recv().map_err(|_| RecvTimeoutError::Disconnected)
            }
            Teller::Nobody => self.wakes.recv_timeout(POLL),
        };
        let first = match first {
            Ok(wake) => wake,
            Err(RecvTimeoutError::Timeout) => Wake::Look,
            Err(RecvTimeoutError::Disconnected) => Wake::Stop,
        };
        let mut asked = false;
        for wake in std::iter::once(first).chain(self.wakes.try_iter()) {
            match wake {
                Wake::Look => {}
                Wake::Asked => asked = true,
                Wake::Stop => return None,
            }
        }
        Some(asked)
    }
}

fn watch(files: &[PathBuf], sender: Sender<Wake>) -> notify::Result<RecommendedWatcher> {
    // A symbolic link and what it leads to may both be replaced.
    let real = files.iter().filter_map(|file| fs::canonicalize(file).ok());
    let all: Vec<PathBuf> = files.iter().cloned().chain(real).collect();
    let names: Vec<_> = all.iter().filter_map(|file| file.file_name().map(ToOwned::to_owned)).collect();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let matters = match &event {
            // Reading the file must not wake its reader.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
            Ok(event) => event
                .paths
                .iter()
                .any(|path| path.file_name().is_some_and(|name| names.iter().any(|known| known == name))),
            Err(_) => true,
        };
        if matters {
            // Nobody listens any more when loading has ended.
            let _ = sender.send(Wake::Look);
        }
    })?;
    for file in &all {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        watcher.watch(folder.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Same,
    /// It has this size now.
    Grown(u64),
    /// It is no longer what was read, in words.
    Lost(&'static str),
}

impl OneTable {
    /// The file, where it is one that may grow.
    pub fn followed(&self) -> Option<&Path> {
        self.source.file.as_deref().filter(|_| !self.source.bytes.is_spooled())
    }

    fn fate(&self) -> Fate {
        let (Some(path), Some(rows)) = (self.followed(), &self.rows) else { return Fate::Same };
        let there = match fs::metadata(path) {
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Fate::Lost("the file is gone: what is shown was read before");
            }
            Err(_) => return Fate::Same,
        };
        if self.source.bytes.metadata().is_ok_and(|ours| !is_one_file(&there, &ours)) {
            return Fate::Lost("another file has taken its place: what is shown was read before");
        }
        match rows.since() {
            Ok(Since::Grown(size)) => Fate::Grown(size),
            Ok(Since::Shorter) => {
                Fate::Lost("the file has become shorter: its rows cannot be shown any more")
            }
            Ok(Since::Rewritten) => {
                Fate::Lost("the file was written anew: its rows cannot be shown any more")
            }
            Ok(Since::Same | Since::Touched) | Err(_) => Fate::Same,
        }
    }
}

impl Loader {
    /// Looks at files that were read whenever they change, until nobody wants that any more.
    pub fn follow(mut self, watch: &Watch) {
        loop {
            for index in 0..self.tables.len() {
                self.look(index);
            }
            thread::sleep(PACE);
            if watch.wait().is_none() {
                return;
            }
        }
    }

    /// Looks at the file of a table, and reads what was added to it.
    pub fn look(&mut self, index: usize) {
        let Some(table) = self.tables.get_mut(index) else { return };
        let lost = match table.fate() {
            Fate::Same => None,
            Fate::Grown(size) => match self.grow(index, size) {
                Ok(()) => None,
                Err(error) => Some(format!("it cannot be read on: {error}")),
            },
            Fate::Lost(why) => Some(why.to_owned()),
        };
        let Some(table) = self.tables.get_mut(index) else { return };
        if table.lost != lost {
            table.lost = lost;
            self.show_problem();
        }
    }
}
