//! What a reader chose and noted for a source, kept from one session to the next in small files: what was noted in one
//! of the data folder, where the reader was in one of the state folder. The source itself is never touched.

mod journal;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::chronology::ids::sha256;
use crate::fsio;
use crate::notebook::{Change, Notebook, Noticed, Session};

pub use journal::{Head, Journal, Journals, Left};

/// A file of ours is smaller; a larger one is none.
const LARGEST: u64 = 1 << 26;
/// How many digits of the hash of the sources' paths name their file.
const NAME: usize = 16;
/// The name of the file for the built-in chronology.
const BUILT_IN: &str = "built-in";

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The columns of the timeline, by name, in order; none: the usual ones.
    pub columns: Vec<String>,
    /// What was noted.
    pub notebook: Notebook,
}

/// The same as it stands in the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    /// The paths of the sources, for whoever looks into the file.
    sources: Vec<String>,
    columns: Vec<String>,
    filters: Vec<WrittenFilter>,
    events: Vec<WrittenEvent>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct WrittenFilter {
    name: String,
    query: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct WrittenEvent {
    layer: String,
    id: String,
    date: String,
    title: String,
    marked: bool,
    note: String,
}

impl Written {
    fn of(kept: &Kept, sources: &[String]) -> Self {
        let Kept { columns, notebook } = kept.clone();
        let filter = |(name, query)| WrittenFilter { name, query };
        let event = |((layer, id), noticed)| {
            let Noticed { date, title, marked, note } = noticed;
            WrittenEvent { layer, id, date, title, marked, note }
        };
        Self {
            sources: sources.to_vec(),
            columns,
            filters: notebook.filters.into_iter().map(filter).collect(),
            events: notebook.events.into_iter().map(event).collect(),
        }
    }

    fn kept(self) -> Kept {
        let filters = self.filters.into_iter().map(|filter| (filter.name, filter.query)).collect();
        let event = |event: WrittenEvent| {
            let WrittenEvent { layer, id, date, title, marked, note } = event;
            ((layer, id), Noticed { date, title, marked, note })
        };
        let events = self.events.into_iter().map(event).filter(|(_, noticed)| !noticed.is_empty());
        Kept { columns: self.columns, notebook: Notebook { events: events.collect(), filters } }
    }
}

/// Where what belongs to some sources is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeper {
    /// What was noted.
    file: PathBuf,
    /// Where the reader was; `None`: the system has no folder for it.
    session: Option<PathBuf>,
    sources: Vec<String>,
}

impl Keeper {
    /// The keeper for SOURCEs as given; none: for the built-in chronology. `None` where nothing is kept: for standard
    /// input and pipes, and where the system has no folder for data.
    pub fn of(sources: &[OsString]) -> Option<Self> {
        let places = etcetera::choose_base_strategy().ok()?;
        let data = places.data_dir().join("annals").join("views");
        let state = places.state_dir().map(|state| state.join("annals").join("sessions"));
        Self::within(&data, state.as_deref(), sources)
    }

    fn within(data: &Path, state: Option<&Path>, sources: &[OsString]) -> Option<Self> {
        let paths = canonical(sources)?;
        let whole: Vec<&[u8]> = paths.iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
        let hash = sha256(&whole.join(&0));
        let name = if paths.is_empty() { BUILT_IN } else { hash.get(..NAME).unwrap_or(&hash) };
        let name = format!("{name}.toml");
        let sources = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        Some(Self { file: data.join(&name), session: state.map(|state| state.join(&name)), sources })
    }

    /// What was kept; nothing the first time.
    ///
    /// # Errors
    /// When the file cannot be read or is not one of ours, with its path.
    pub fn load(&self) -> Result<Kept, String> {
        read(&self.file).map(Written::kept)
    }

    /// Keeps a change. What another program has written there meanwhile stays.
    ///
    /// # Errors
    /// Those of the file system, and when the file is not one of ours: it is then left as it is.
    pub fn keep(&self, change: &Change) -> Result<(), String> {
        let mut kept = self.load()?;
        kept.notebook.take(change);
        if let Change::Columns(columns) = change {
            kept.columns.clone_from(columns);
        }
        write(&self.file, &Written::of(&kept, &self.sources))
    }

    /// Where the reader was; nothing the first time, and where that cannot be read.
    pub fn session(&self) -> Option<Session> {
        self.session.as_ref().filter(|file| file.exists()).and_then(|file| read(file).ok())
    }

    /// Keeps where the reader is.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn leave(&self, session: &Session) -> Result<(), String> {
        self.session.as_ref().map_or(Ok(()), |file| write(file, session))
    }
}

/// The paths of files, whatever they are called by; `None` where one is none.
fn canonical(sources: &[OsString]) -> Option<Vec<PathBuf>> {
    let file = |source: &OsString| {
        let path = fs::canonicalize(source).ok().filter(|path| path.is_file());
        path.filter(|_| source != "-")
    };
    sources.iter().map(file).collect()
}

/// A file of ours; one that does not exist is empty.
fn read<T: Default + DeserializeOwned>(file: &Path) -> Result<T, String> {
    let read = || -> io::Result<String> {
        let mut text = String::new();
        File::open(file)?.take(LARGEST).read_to_string(&mut text)?;
        Ok(text)
    };
    let failed = |what: &str| format!("{}: {what}", file.display());
    match read() {
        Ok(text) => toml_edit::de::from_str(&text).map_err(|error| failed(error.message())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(failed(&error.to_string())),
    }
}

fn write(file: &Path, what: &impl Serialize) -> Result<(), String> {
    let text = toml_edit::ser::to_string_pretty(what).map_err(|error| error.to_string())?;
    let written = || -> io::Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fsio::replace(file, |out| out.write_all(text.as_bytes()))
    };
    written().map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn table(folder: &Path, name: &str) -> OsString {
        let path = folder.join(name);
        fs::write(&path, "date,title\n").expect("written");
        path.into_os_string()
    }

    fn note(id: &str, text: &str) -> Change {
        let noticed = Noticed { note: text.to_owned(), marked: id == "a", ..Noticed::default() };
        Change::Event(("layer".to_owned(), id.to_owned()), noticed)
    }

    #[test]
    fn what_is_kept_belongs_to_the_file_whatever_it_is_called_by() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (table(folder.path(), "table.csv"), table(folder.path(), "other.csv"));
        let data = folder.path().join("data");
        let keeper =
            |path: &OsString| Keeper::within(&data, None, std::slice::from_ref(path)).expect("a file");
        assert_eq!(keeper(&one).load(), Ok(Kept::default()));
        keeper(&one).keep(&Change::Columns(columns(&["when", "fields.deaths \"a\""]))).expect("kept");
        let indirect = folder.path().join(".").join("table.csv").into_os_string();
        assert_eq!(
            keeper(&indirect).load().expect("kept").columns,
            columns(&["when", "fields.deaths \"a\""])
        );
        assert_eq!(keeper(&other).load(), Ok(Kept::default()));
    }

    #[test]
    fn two_programs_that_keep_something_do_not_lose_what_the_other_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = table(folder.path(), "table.csv");
        let keeper = || Keeper::within(folder.path(), None, std::slice::from_ref(&source)).expect("a file");
        let (one, two) = (keeper(), keeper());
        one.keep(&note("a", "mine, in \"quotes\"\nand lines")).expect("kept");
        two.keep(&note("b", "theirs")).expect("kept");
        one.keep(&Change::Filter("talks".to_owned(), Some("kind:talks".to_owned()))).expect("kept");
        let kept = two.load().expect("read").notebook;
        let notes: Vec<&str> = kept.events.values().map(|noticed| noticed.note.as_str()).collect();
        assert_eq!(notes, ["mine, in \"quotes\"\nand lines", "theirs"]);
        assert_eq!(kept.filters.get("talks").map(String::as_str), Some("kind:talks"));
        assert_eq!(kept.marked().len(), 1);
        two.keep(&Change::Event(("layer".to_owned(), "a".to_owned()), Noticed::default())).expect("kept");
        two.keep(&Change::Filter("talks".to_owned(), None)).expect("kept");
        let kept = one.load().expect("read").notebook;
        assert_eq!((kept.events.len(), kept.filters.len()), (1, 0));
    }

    #[test]
    fn nothing_is_kept_for_what_is_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let within = |source: &str| Keeper::within(folder.path(), None, &[OsString::from(source)]);
        assert_eq!(within("-"), None);
        assert_eq!(within("no-such-file.csv"), None);
        assert_eq!(Keeper::within(folder.path(), None, &[folder.path().as_os_str().to_owned()]), None);
        assert!(Keeper::within(folder.path(), None, &[]).is_some(), "the built-in chronology has a file");
    }

    #[test]
    fn a_damaged_file_is_said_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = table(folder.path(), "table.csv");
        let keeper = Keeper::within(folder.path(), None, &[source]).expect("a file");
        for damaged in ["columns = 3", "columns = [", "\u{0}", "columns = [[\"when\"]]"] {
            fs::write(&keeper.file, damaged).expect("written");
            let problem = keeper.load().expect_err(damaged);
            assert!(problem.contains(".toml: "), "{problem}");
            keeper.keep(&note("a", "new")).expect_err("it could hold notes that can be mended");
            assert_eq!(fs::read_to_string(&keeper.file).expect("read"), damaged);
        }
    }

    #[test]
    fn where_the_reader_was_is_kept_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = Keeper::within(&folder.path().join("d"), Some(folder.path()), &[]).expect("a file");
        assert_eq!(keeper.session(), None);
        let session = Session { id: "talks".to_owned(), zoom: vec![-5, 7], ..Session::default() };
        keeper.leave(&session).expect("kept");
        assert_eq!(keeper.session(), Some(session));
        fs::write(keeper.session.as_ref().expect("a file"), "zoom = 3").expect("written");
        assert_eq!(keeper.session(), None);
    }
}
