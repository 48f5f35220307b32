//! The reader's configuration, and what is printed of it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Failure, say};
use crate::cli::{Open, Print};
use crate::config::{Config, default_text, keys_table};
use crate::formats::Fault;
use crate::text::width::{pad, width};

/// A configuration is smaller; a larger file is none.
const LARGEST: u64 = 1 << 20;
/// The name of the file.
const NAME: &str = "config.toml";

/// The reader's own configuration, with what is wrong in it.
pub(super) struct Own {
    pub config: Config,
    /// What is wrong, each with its place in the file.
    faults: Vec<Fault>,
    file: PathBuf,
}

impl Own {
    /// Reads it. Whatever is wrong the program goes on, with defaults.
    pub fn of_reader(skipped: bool) -> Self {
        let places = etcetera::choose_base_strategy().ok().filter(|_| !skipped);
        match places {
            Some(places) => Self::at(places.config_dir().join("annals").join(NAME)),
            None => Self { config: Config::default(), faults: Vec::new(), file: PathBuf::new() },
        }
    }

    fn at(file: PathBuf) -> Self {
        let (config, faults) = match bytes(&file) {
            Ok(bytes) => Config::read(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Config::default(), Vec::new()),
            Err(error) => (Config::default(), vec![Fault::of_file(error.to_string())]),
        };
        Self { config, faults, file }
    }

    /// Says on standard error what is wrong.
    pub fn say(&self) {
        for fault in &self.faults {
            say(&format!("{}:{fault}", self.file.display()));
            if let Some(hint) = &fault.hint {
                say(&format!("  hint: {hint}"));
            }
        }
    }

    /// What is wrong first, in a line; `None` where nothing is.
    pub fn remark(&self) -> Option<String> {
        let first = self.faults.first()?;
        let place = match (first.line, first.column) {
            (0, _) => NAME.to_owned(),
            (line, column) => format!("{NAME}:{line}:{column}"),
        };
        let hint = first.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        let more = match self.faults.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        Some(format!("{place}: {}{hint}{more}", first.message))
    }
}

/// The bytes of a file that may not be there, but not without end.
fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!("larger than {LARGEST} bytes")));
    }
    Ok(bytes)
}

/// Prints what was asked for instead of the browser. Whether anything was.
///
/// # Errors
/// When it cannot be printed.
pub(super) fn print(open: &Open) -> Result<bool, Failure> {
    let text = match open.print {
        Print { print_config: true, .. } => default_text(),
        Print { print_keys: true, .. } => {
            let own = Own::of_reader(open.no_config);
            own.say();
            keys_table(&own.config.keymap)
        }
        Print { print_paths: true, .. } => paths()?,
        Print { .. } => return Ok(false),
    };
    super::print(text.as_bytes())?;
    Ok(true)
}

/// Where files of ours are, and whether they are there.
fn paths() -> Result<String, Failure> {
    let places = etcetera::choose_base_strategy()
        .map_err(|error| Failure::new(format!("there is no folder for files of annals: {error}")))?;
    let mut rows = vec![
        ("config", places.config_dir().join("annals").join(NAME)),
        ("data", places.data_dir().join("annals")),
        ("cache", places.cache_dir().join("annals")),
    ];
    rows.extend(places.state_dir().map(|state| ("state", state.join("annals"))));
    Ok(table(&rows))
}

fn table(rows: &[(&str, PathBuf)]) -> String {
    let shown: Vec<String> = rows.iter().map(|(_, path)| path.display().to_string()).collect();
    let widest = shown.iter().map(|path| width(path)).max().unwrap_or(0);
    let line = |((name, path), shown): (&(&str, PathBuf), &String)| {
        let there = if path.exists() { "is there" } else { "is not there" };
        format!("{}  {}  {there}\n", pad(name, 6, ""), pad(shown, widest, ""))
    };
    rows.iter().zip(&shown).map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_configuration_that_is_wrong_is_said_and_one_that_is_not_there_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(NAME);
        assert_eq!(Own::at(file.clone()).remark(), None);
        fs::write(&file, "reverse = true\nthem = \"dark\"\nelapsed = 3\n").expect("written");
        let own = Own::at(file.clone());
        assert!(own.config.reverse);
        let said = own.remark().expect("a remark");
        assert_eq!(
            said,
            "config.toml:2:1: there is no key called \"them\"; did you mean theme? (and 1 more)"
        );
        fs::write(&file, vec![b'#'; LARGEST as usize + 1]).expect("written");
        assert_eq!(Own::at(file).remark().as_deref(), Some("config.toml: larger than 1048576 bytes"));
        // A folder cannot be read as a file.
        assert!(Own::at(folder.path().to_path_buf()).remark().is_some());
    }

    #[test]
    fn paths_say_whether_they_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let rows = [("config", folder.path().join("x")), ("data", folder.path().to_path_buf())];
        let table = table(&rows);
        let lines: Vec<&str> = table.lines().collect();
        assert!(
            matches!(lines.as_slice(), [first, second]
            if first.ends_with("is not there") && second.ends_with("  is there")),
            "{table}"
        );
    }
}
