//! Loading: what the command line names becomes a store. Chronologies are read whole; tables are read by several
//! threads, and what was read of them can be asked for while the rest still comes.

mod check;
mod chunks;
mod filling;
mod follow;
mod growth;
mod input;
mod live;
mod parse;
mod rows;
mod sidecar;
mod stamp;
mod tables;
mod workers;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::chronology::Chronology;
use crate::failure::Failure;
use crate::formats::table::Mapping;
use crate::sources::{self, Bytes, Place, Whole};
use crate::store::columns::{Columns, News};

use filling::Filling;
use follow::{Wake, Watch};
use live::Watched;
use tables::{Loader, OneTable};

pub use check::check;
pub use live::{Again, Edits, Live, Turn};
pub use sidecar::Cache;
pub use tables::is_table;

/// What to load, and how.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Files, or `-`; none: the built-in chronology.
    pub sources: Vec<OsString>,
    /// The format asked for.
    pub from: Option<String>,
    /// Which columns of tables are to be read as what.
    pub mappings: Vec<Mapping>,
    /// Where indexes of tables are kept; `None`: nowhere.
    pub cache: Option<Cache>,
    /// Whether files are watched after they were read: what is added to them is shown, and what happens to them said.
    pub follow: bool,
    /// How many bytes of a table are read as one piece; `None`: as many as is quickest. No answer depends on it.
    pub pieces: Option<u64>,
}

/// What came of loading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What was noticed of the tables, one line each.
    pub remarks: Vec<String>,
    /// Why a part of the events is missing, and of which SOURCE.
    pub missing: Option<(String, String)>,
}

/// What is being loaded. When it is dropped, loading ends; the store keeps what was read.
pub struct Loaded {
    /// The events that were read so far.
    pub store: Arc<Columns>,
    /// What was noticed of the chronologies that were read whole, one line each.
    pub remarks: Vec<String>,
    tables: Vec<Bytes>,
    /// The files that it was read from, and the texts beside them; `None`: it cannot be read a second time.
    watched: Option<Vec<Watched>>,
    follower: Sender<Wake>,
    outcome: Mutex<Option<Receiver<Outcome>>>,
}

impl Loaded {
    /// What stands in memory only.
    fn of(store: Arc<Columns>, remarks: Vec<String>) -> Self {
        let (follower, _) = mpsc::channel();
        Self { store, remarks, tables: Vec::new(), watched: None, follower, outcome: Mutex::new(None) }
    }

    /// Whether tables are among it.
    pub fn has_tables(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Waits until all is read, and calls `meanwhile` about every so often. A second time nothing comes of it.
    pub fn wait(&self, often: Duration, meanwhile: &mut dyn FnMut()) -> Outcome {
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(outcome) = outcome else { return Outcome::default() };
        loop {
            match outcome.recv_timeout(often) {
                Ok(outcome) => return outcome,
                Err(RecvTimeoutError::Timeout) => meanwhile(),
                Err(RecvTimeoutError::Disconnected) => {
                    let why = "the program failed while it read".to_owned();
                    return Outcome { missing: Some((why, String::new())), ..Outcome::default() };
                }
            }
        }
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        for bytes in &self.tables {
            bytes.stop();
        }
        // Nobody listens where files are not followed.
        let _ = self.follower.send(Wake::Stop);
    }
}

/// Opens what is ordered. Chronologies are read by then, and of tables as much as fills a screen; the rest of the
/// tables comes while the store is used.
///
/// # Errors
/// When a SOURCE cannot be opened or holds nothing but errors, or a column that is named is not there.
pub fn open(order: &Order) -> Result<Loaded, Failure> {
    let (store, mut loader, remarks, mut watched) = prepare(order)?;
    let tables = loader.tables.iter().map(|table| table.source.bytes.clone()).collect();
    let of_files = loader.tables.iter().filter(|_| order.follow).filter_map(OneTable::followed);
    let files: Vec<PathBuf> = of_files.map(Path::to_path_buf).collect();
    let (sender, outcome) = mpsc::channel();
    let (follower, wakes) = mpsc::channel();
    let more = loader.begin().map_err(|error| Failure::io("cannot read", &error))?;
    if let Some(watched) = &mut watched {
        loader.tables.iter().for_each(|table| live::let_grow(watched, table));
    }
    if more || !files.is_empty() {
        let wake_up = follower.clone();
        let run = move || {
            let loader = loader.run(&mut |outcome| {
                // Nobody waits for it in the browser.
                let _ = sender.send(outcome);
            });
            if let Some(loader) = loader.filter(|_| !files.is_empty()) {
                loader.follow(&Watch::new(&files, &wake_up, wakes));
            }
        };
        let thread = thread::Builder::new().name("annals-loader".to_owned());
        thread.spawn(run).map_err(|error| Failure::io("no thread can be started", &error))?;
    } else {
        let _ = sender.send(loader.outcome());
    }
    Ok(Loaded { store, remarks, tables, watched, follower, outcome: Mutex::new(Some(outcome)) })
}

/// A chronology in TOML that is in memory, as if it had been read from its place.
///
/// # Errors
/// When it holds nothing but errors.
pub fn of_text(text: &str, place: &Place) -> Result<Loaded, Failure> {
    of_opened(sources::of_text(text, place))
}

/// Opens a chronology that is in memory as that of a file.
///
/// # Errors
/// When it cannot be taken as one.
pub fn of_chronology(chronology: &Chronology, place: &Place) -> Result<Loaded, Failure> {
    of_opened(sources::of_chronology(chronology, place))
}

fn of_opened(opened: sources::Opened) -> Result<Loaded, Failure> {
    let Whole { resolved, title, summary, remarks } = sources::whole(vec![opened])?;
    Ok(Loaded::of(Arc::new(Columns::of(resolved, title, summary)), remarks))
}

/// What is opened: the store, what reads its tables, what was noticed, and the files to be watched.
type Prepared = (Arc<Columns>, Loader, Vec<String>, Option<Vec<Watched>>);

/// Opens what is ordered, without reading tables.
fn prepare(order: &Order) -> Result<Prepared, Failure> {
    // Looked at before they are read, so that what is written meanwhile is noticed later.
    let files = order.sources.iter().map(|source| Watched::new(PathBuf::from(source)));
    let mut watched: Option<Vec<Watched>> =
        files.collect::<Option<_>>().filter(|_| !order.sources.is_empty());
    let mut tables = Vec::new();
    let mut opened = Vec::new();
    if order.sources.is_empty() {
        opened.push(sources::built_in());
    }
    for given in sources::given(&order.sources, order.from.as_deref())? {
        if is_table(&given) {
            opened.push(given.unread());
            tables.push(OneTable::new(given, opened.len() - 1, &order.mappings)?);
        } else {
            opened.push(given.read()?);
        }
    }
    if tables.is_empty() && !order.mappings.is_empty() {
        return Err(Failure::usage("only tables have columns").at("--map"));
    }
    if let Some(watched) = &mut watched {
        watched.extend(opened.iter().flat_map(Watched::texts));
    }
    let Whole { resolved, title, summary, remarks } = sources::whole(opened)?;
    let store = Arc::new(Columns::new(title, summary));
    let filling = Filling::new(Arc::clone(&store), News::of(resolved));
    Ok((store, Loader::new(tables, filling, (order.cache.clone(), order.pieces)), remarks, watched))
}

#[cfg(test)]
mod tests;
