//! The folder in which indexes are kept, and how much it may hold.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;
use twox_hash::XxHash3_128;

use super::Keeping;

/// What the names of unfinished indexes begin with.
pub(super) const UNFINISHED: &str = ".unfinished-";
/// What the names of indexes end with.
const ENDING: &str = "index";
/// Files below this size are read as quickly as what would be kept of them.
const SMALLEST: u64 = 1 << 20;
/// How many bytes all indexes may have together.
const LIMIT: u64 = 4 << 30;
/// What is not finished after so long never will be.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Notes that an index is used: the ones used longest ago go first. One that cannot be marked is used all the same.
pub(super) fn mark_used(index: &File) {
    let _ = index.set_modified(SystemTime::now());
}

/// A folder of indexes.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    limit: u64,
    /// Files below this size have no index.
    pub(super) smallest: u64,
}

impl Cache {
    /// The reader's own; `None` where no place for it is known.
    pub fn of_reader() -> Option<Self> {
        let places = etcetera::choose_base_strategy().ok()?;
        Some(Self::at(&places.cache_dir().join("annals"), LIMIT))
    }

    /// A folder whose indexes may have so many bytes together.
    pub fn at(folder: &Path, limit: u64) -> Self {
        Self { folder: folder.to_path_buf(), limit, smallest: SMALLEST }
    }

    /// The same also for files that are read as quickly as an index of them; no answer depends on it.
    #[must_use]
    pub fn for_small_files(self) -> Self {
        Self { smallest: 0, ..self }
    }

    /// Where the index of a file lies, whose path is the canonical one.
    pub(super) fn index(&self, file: &Path) -> PathBuf {
        let hash = XxHash3_128::oneshot(file.as_os_str().as_encoded_bytes());
        self.folder.join(format!("{hash:032x}.{ENDING}"))
    }

    /// Begins the index of a file whose first record in it begins there.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub(super) fn keep(&self, file: &Path, begin: u64) -> io::Result<Keeping> {
        self.make()?;
        Keeping::begin(self.index(file), begin)
    }

    /// Makes the folder, for the reader alone: what is in the indexes stands in the reader's files.
    fn make(&self) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(&self.folder)
    }

    /// Removes the indexes that were used longest ago until the rest is within the limit, and what programs that were
    /// killed left unfinished.
    ///
    /// # Errors
    /// Those of the file system; what could be removed is.
    pub(super) fn trim(&self) -> io::Result<()> {
        let mut all = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            let (metadata, name) = (file.metadata()?, file.file_name());
            let modified = metadata.modified()?;
            if Path::new(&name).extension().is_some_and(|ending| ending == ENDING) {
                all.push((modified, metadata.len(), file.path()));
            } else if name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes())
                && modified.elapsed().is_ok_and(|age| age > ABANDONED)
            {
                fs::remove_file(file.path())?;
            }
        }
        all.sort();
        let mut total: u64 = all.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in all {
            if total <= self.limit {
                break;
            }
            fs::remove_file(path)?;
            total -= size;
        }
        Ok(())
    }
}
