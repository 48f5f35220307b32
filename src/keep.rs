//! What a reader chose for a source, kept from one session to the next in a small file of the data folder.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::chronology::ids::sha256;
use crate::fsio;

/// A file of choices is smaller; a larger one is none of ours.
const LARGEST: u64 = 1 << 16;
/// How many digits of the hash of the sources' paths name their file.
const NAME: usize = 16;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The paths of the sources, for whoever looks into the file.
    pub sources: Vec<String>,
    /// The columns of the timeline, by name, in order; none: the usual ones.
    pub columns: Vec<String>,
}

/// Where the choices for some sources are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeper {
    file: PathBuf,
    sources: Vec<String>,
}

impl Keeper {
    /// The keeper for SOURCEs as given. `None` where nothing is kept: for standard input, a pipe and the built-in
    /// chronology, and where the system has no folder for data.
    pub fn of(sources: &[OsString]) -> Option<Self> {
        let data = etcetera::choose_base_strategy().ok()?.data_dir();
        Self::within(&data.join("annals").join("views"), sources)
    }

    fn within(folder: &Path, sources: &[OsString]) -> Option<Self> {
        let file = |source: &OsString| fs::canonicalize(source).ok().filter(|path| path.is_file());
        let paths: Vec<PathBuf> = sources.iter().map(file).collect::<Option<_>>()?;
        if paths.is_empty() || sources.iter().any(|source| source == "-") {
            return None;
        }
        let whole: Vec<&[u8]> = paths.iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
        let hash = sha256(&whole.join(&0));
        let name = hash.get(..NAME).unwrap_or(&hash);
        let sources = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        Some(Self { file: folder.join(format!("{name}.toml")), sources })
    }

    /// What was kept; nothing the first time.
    ///
    /// # Errors
    /// When the file cannot be read or is not one of ours, with its path.
    pub fn load(&self) -> Result<Choices, String> {
        let read = || -> io::Result<String> {
            let mut text = String::new();
            File::open(&self.file)?.take(LARGEST).read_to_string(&mut text)?;
            Ok(text)
        };
        let failed = |what: &str| format!("{}: {what}", self.file.display());
        match read() {
            Ok(text) => toml_edit::de::from_str(&text).map_err(|error| failed(error.message())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Choices::default()),
            Err(error) => Err(failed(&error.to_string())),
        }
    }

    /// Keeps the columns of the timeline.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn save(&self, columns: Vec<String>) -> io::Result<()> {
        let choices = Choices { sources: self.sources.clone(), columns };
        let text = toml_edit::ser::to_string_pretty(&choices).map_err(io::Error::other)?;
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fsio::replace(&self.file, |out| out.write_all(text.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn choices_are_kept_by_the_file_whatever_it_is_called_by() {
        let folder = tempfile::tempdir().expect("a folder");
        let (table, other) = (folder.path().join("table.csv"), folder.path().join("other.csv"));
        for file in [&table, &other] {
            fs::write(file, "date,title\n").expect("written");
        }
        let data = folder.path().join("data");
        let keeper = |path: &Path| Keeper::within(&data, &[path.as_os_str().to_owned()]).expect("a file");
        assert_eq!(keeper(&table).load(), Ok(Choices::default()));
        keeper(&table).save(columns(&["when", "fields.deaths \"a\""])).expect("kept");
        let again = keeper(&folder.path().join(".").join("table.csv")).load().expect("kept");
        assert_eq!(again.columns, columns(&["when", "fields.deaths \"a\""]));
        assert_eq!(again.sources.len(), 1);
        assert_eq!(keeper(&other).load(), Ok(Choices::default()));
    }

    #[test]
    fn nothing_is_kept_for_what_is_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let within = |source: &str| Keeper::within(folder.path(), &[OsString::from(source)]);
        assert_eq!(within("-"), None);
        assert_eq!(within("no-such-file.csv"), None);
        assert_eq!(Keeper::within(folder.path(), &[]), None);
        assert_eq!(Keeper::within(folder.path(), &[folder.path().as_os_str().to_owned()]), None);
    }

    #[test]
    fn a_damaged_file_is_said_and_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let table = folder.path().join("table.csv");
        fs::write(&table, "date,title\n").expect("written");
        let keeper = Keeper::within(folder.path(), &[table.into_os_string()]).expect("a file");
        for damaged in ["columns = 3", "columns = [", "\u{0}", "columns = [[\"when\"]]"] {
            fs::write(&keeper.file, damaged).expect("written");
            let problem = keeper.load().expect_err(damaged);
            assert!(problem.contains(".toml: "), "{problem}");
        }
        keeper.save(columns(&["title"])).expect("kept");
        assert_eq!(keeper.load().map(|kept| kept.columns), Ok(columns(&["title"])));
    }
}
