//! Files of ours, replaced whole or not at all.

mod unfinished;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use unfinished::Unfinished;
pub use unfinished::clean_up_on_signals;

/// What our temporary files begin with.
const PREFIX: &str = ".annals-";

/// How many links to links are followed.
const MOST_LINKS: usize = 40;

/// Writes a file atomically: into a temporary file beside it, which takes its place when all is on the disk.
/// When anything goes wrong the old file is as it was. A symbolic link stays and what it points to is replaced;
/// an existing file keeps its permissions; a pipe or a device is written to as it is. Gives back what `write`
/// gave.
///
/// # Errors
/// Those of `write` and of the file system; a directory is refused.
pub fn replace<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let target = follow(path)?;
    let existing = match fs::metadata(&target) {
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match &existing {
        Some(existing) if existing.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Some(existing) if !existing.is_file() => {
            let mut out = BufWriter::new(OpenOptions::new().write(true).open(&target)?);
            let result = write(&mut out)?;
            out.flush()?;
            Ok(result)
        }
        existing => replace_file(&target, existing.as_ref(), write),
    }
}

/// Writes a regular file by way of a temporary one.
fn replace_file<T>(
    target: &Path,
    existing: Option<&Metadata>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<T> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A new file gets what the reader's umask allows, as from any other program.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let temporary = builder.tempfile_in(folder).map_err(|error| plain(&error, folder))?;
    let _unfinished = Unfinished::begin(temporary.path());
    let mut out = BufWriter::new(temporary.as_file());
    let result = write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(existing) = existing {
        keep(temporary.as_file(), existing)?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|error| error.error)?;
    sync_folder(folder)?;
    Ok(result)
}

/// An error of making a file, without the name of one that the reader never asked for.
fn plain(error: &io::Error, folder: &Path) -> io::Error {
    match error.kind() {
        io::ErrorKind::NotFound => {
            io::Error::new(error.kind(), format!("there is no folder {}", folder.display()))
        }
        io::ErrorKind::PermissionDenied => {
            io::Error::new(error.kind(), format!("no files may be made in the folder {}", folder.display()))
        }
        _ => error
            .raw_os_error()
            .map_or_else(|| io::Error::other(error.to_string()), io::Error::from_raw_os_error),
    }
}

/// Gives a file the owner and the permissions of another. Another's file stays another's where we may do that.
fn keep(file: &File, existing: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let ours = file.metadata()?;
        if (ours.uid(), ours.gid()) != (existing.uid(), existing.gid()) {
            // Only root may give files away; for others the file becomes theirs, as with any editor.
            let _ = fchown(file, Some(existing.uid()), Some(existing.gid()));
        }
    }
    file.set_permissions(existing.permissions())
}

/// Makes the new name of a file last through a loss of power.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// What a path points to in the end; a link to nothing yet counts too.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => {
                target = match target.parent() {
                    Some(folder) => folder.join(next),
                    None => next,
                };
            }
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many links that point to each other"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> String {
        fs::read_to_string(path).expect("the file is there")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").expect("written");
        let failed = replace(&path, |out| {
            out.write_all(b"half of the ne")?;
            Err::<(), _>(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(failed.is_err());
        assert_eq!(text(&path), "old");
        assert_eq!(names(folder.path()), ["a.txt"]);
        replace(&path, |out| out.write_all(b"new")).expect("replaced");
        assert_eq!(text(&path), "new");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_folder_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = replace(folder.path(), |out| out.write_all(b"x")).expect_err("no file");
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_permissions_too() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link, empty) =
            (folder.path().join("real"), folder.path().join("link"), folder.path().join("empty"));
        fs::write(&real, "old").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("allowed");
        symlink("real", &link).expect("linked");
        symlink("later", &empty).expect("linked");
        replace(&link, |out| out.write_all(b"new")).expect("replaced");
        assert_eq!(text(&real), "new");
        assert!(fs::symlink_metadata(&link).expect("there").file_type().is_symlink());
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
        replace(&empty, |out| out.write_all(b"made")).expect("written");
        assert_eq!(text(&folder.path().join("later")), "made");
        symlink("loop", folder.path().join("loop")).expect("linked");
        assert!(replace(&folder.path().join("loop"), |_| Ok(())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_as_it_is() {
        replace(Path::new("/dev/null"), |out| out.write_all(b"x")).expect("written");
        let full = replace(Path::new("/dev/full"), |out| out.write_all(b"x"));
        assert!(full.is_err() || !Path::new("/dev/full").exists());
    }
}
