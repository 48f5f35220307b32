//! Journals: what was changed in a chronology and is not saved, kept step by step in a file of the state folder, so that
//! a terminal that is killed loses nothing. A program that writes a journal holds it: nobody else takes it up meanwhile.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use super::{LARGEST, NAME, canonical};
use crate::chronology::ids::sha256;
use crate::revise::{Record, standing};

/// So many journals of one chronology may be left behind.
const MOST: u32 = 100;

/// What a journal is about: its first line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The files, for whoever looks into it.
    pub sources: Vec<String>,
    /// The SHA-256 of the text that was changed.
    pub sha256: String,
    /// The text itself, where it stands in no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Where the journals of a chronology are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journals {
    folder: PathBuf,
    name: String,
    sources: Vec<String>,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

/// A journal that was left behind.
#[derive(Debug)]
pub struct Left {
    /// The journal, held.
    pub journal: Journal,
    /// What it is about.
    pub head: Head,
    /// What was done.
    pub records: Vec<Record>,
}

impl Journals {
    /// Those of the chronology in these files; for one that is made of texts and stands in no file (`made`), of the
    /// texts. `None`: one of them is no file, or the system has no folder for states.
    pub fn of(sources: &[OsString], made: bool) -> Option<Self> {
        let state = etcetera::choose_base_strategy().ok()?.state_dir()?;
        Self::within(&state.join("annals").join("journals"), sources, made)
    }

    fn within(folder: &Path, sources: &[OsString], made: bool) -> Option<Self> {
        let paths = canonical(sources).filter(|paths| !paths.is_empty())?;
        let whole: Vec<&[u8]> = paths.iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
        let hash = sha256(&whole.join(&0));
        let hash = hash.get(..NAME).unwrap_or(&hash);
        let name = if made { format!("draft-{hash}") } else { hash.to_owned() };
        let sources = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        Some(Self { folder: folder.to_path_buf(), name, sources })
    }

    fn paths(&self) -> impl Iterator<Item = PathBuf> {
        (1..=MOST).map(|number| {
            let number = if number == 1 { String::new() } else { format!("-{number}") };
            self.folder.join(format!("{}{number}.jsonl", self.name))
        })
    }

    /// The first journal that was left behind and that no running program holds.
    pub fn left(&self) -> Option<Left> {
        self.paths().take_while(|path| path.exists()).find_map(|path| {
            let file = OpenOptions::new().read(true).append(true).open(&path).ok()?;
            flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
            if file.metadata().ok()?.len() > LARGEST {
                return None;
            }
            let mut lines = BufReader::new(&file).lines().map_while(Result::ok);
            let head = serde_json::from_str(&lines.next()?).ok()?;
            // Of a line that was being written when the program was killed, what came before counts.
            let records: Vec<Record> = lines.map_while(|line| serde_json::from_str(&line).ok()).collect();
            let journal = Journal { file, path };
            if standing(records.iter().cloned()).is_empty() {
                journal.remove();
                return None;
            }
            Some(Left { journal, head, records })
        })
    }

    /// Begins a journal of changes to a text. `in_file`: whether the text stands in the file.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn begin(&self, text: &str, in_file: bool) -> io::Result<Journal> {
        fs::create_dir_all(&self.folder)?;
        let head = Head {
            sources: self.sources.clone(),
            sha256: sha256(text.as_bytes()),
            text: (!in_file).then(|| text.to_owned()),
        };
        for path in self.paths() {
            let file = match OpenOptions::new().append(true).create_new(true).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            // Nobody knows of it yet; where the file system cannot hold files it is written all the same.
            let _ = flock(&file, FlockOperation::NonBlockingLockExclusive);
            let mut journal = Journal { file, path };
            journal.line(&head)?;
            return Ok(journal);
        }
        Err(io::Error::other(format!(
            "there are {MOST} journals of this chronology in {}",
            self.folder.display()
        )))
    }
}

impl Journal {
    /// Writes a step down, at once.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&mut self, record: &Record) -> io::Result<()> {
        self.line(record)
    }

    fn line(&mut self, what: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(what)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.flush()
    }

    /// Throws it away.
    pub fn remove(self) {
        // One that cannot be removed is asked about again, which does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::revise::Edit;

    fn edit(words: &str) -> Record {
        Record::Do(Box::new(Edit { words: words.to_owned(), changes: Vec::new() }))
    }

    fn source(folder: &Path) -> OsString {
        let path = folder.join("a.toml");
        fs::write(&path, "title = \"A\"\n").expect("written");
        path.into_os_string()
    }

    #[test]
    fn what_was_written_is_there_the_next_time_also_where_the_last_line_is_torn() {
        let folder = tempfile::tempdir().expect("a folder");
        let journals =
            Journals::within(&folder.path().join("j"), &[source(folder.path())], false).expect("a file");
        assert!(journals.left().is_none());
        let mut journal = journals.begin("text", true).expect("begun");
        for record in [edit("one"), edit("two"), Record::Undo, edit("three\n\u{2028}")] {
            journal.write(&record).expect("written");
        }
        assert!(journals.left().is_none(), "this program holds it");
        journal.file.write_all(b"{\"do\":{\"wor").expect("written");
        drop(journal);
        let left = journals.left().expect("left behind");
        assert_eq!((left.head.sha256, left.head.text), (sha256(b"text"), None));
        let words: Vec<String> = standing(left.records).into_iter().map(|edit| edit.words).collect();
        assert_eq!(words, ["one", "three\n\u{2028}"]);
        // While it is held and not thrown away, another one begins.
        let other = journals.begin("other", false).expect("begun");
        assert_ne!(other.path, left.journal.path);
        other.remove();
        left.journal.remove();
        assert!(journals.left().is_none());
        assert_eq!(fs::read_dir(folder.path().join("j")).expect("there").count(), 0);
    }

    #[test]
    fn a_journal_of_nothing_is_thrown_away_and_each_chronology_has_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = source(folder.path());
        let of = |made| Journals::within(folder.path(), std::slice::from_ref(&source), made).expect("a file");
        assert_ne!(of(true).name, of(false).name);
        assert_eq!(Journals::within(folder.path(), &[OsString::from("-")], true), None);
        assert_eq!(Journals::within(folder.path(), &[], false), None);
        drop(of(true).begin("text", false).expect("begun"));
        assert!(of(true).left().is_none());
        assert_eq!(of(true).paths().filter(|path| path.exists()).count(), 0);
    }
}
