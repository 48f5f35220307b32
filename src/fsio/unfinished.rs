//! Temporary files that are being written, so that a signal that ends the program does not leave them behind.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The files that are not finished.
static FILES: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn files() -> MutexGuard<'static, Vec<PathBuf>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is being written, until this is dropped.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    pub(super) fn begin(path: &Path) -> Self {
        files().push(path.to_path_buf());
        Self(path.to_path_buf())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        files().retain(|path| *path != self.0);
    }
}

/// From now on the signals that end a program remove the temporary files first. Signals that are ignored (by
/// `nohup`, or in a job that a shell runs in the background) stay so.
///
/// # Errors
/// When signals cannot be waited for.
pub fn clean_up_on_signals() -> io::Result<()> {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::iterator::Signals;
        use signal_hook::low_level::emulate_default_handler;
        let ignored = ignored_signals();
        let heeded = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
        let mut signals = Signals::new(heeded)?;
        let clean_up = move || {
            if let Some(signal) = signals.forever().next() {
                // Held until the end, so that no other file is begun.
                let files = files();
                for path in files.iter() {
                    // One that has just got its name is gone from here.
                    let _ = fs::remove_file(path);
                }
                let _ = emulate_default_handler(signal);
            }
        };
        std::thread::Builder::new().name("signals".to_owned()).spawn(clean_up)?;
    }
    Ok(())
}

/// The signals that this process ignores, as a mask with signal 1 in its lowest bit. Where the system does not
/// say, all: a file that is left is better than a program that ends although it was told not to.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(u64::MAX)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};

    use super::*;
    use crate::fsio::replace;

    const FOLDER: &str = "ANNALS_TEST_FOLDER";
    const READY: &str = "half of it is written";

    #[test]
    #[ignore = "runs in a process of its own, which the other test ends"]
    fn waits_in_the_middle_of_a_file() {
        let Some(folder) = std::env::var_os(FOLDER) else { return };
        clean_up_on_signals().expect("signals");
        let _: io::Result<()> = replace(&Path::new(&folder).join("a.txt"), |out| {
            out.write_all(b"half")?;
            out.flush()?;
            println!("\n{READY}");
            loop {
                std::thread::park();
            }
        });
    }

    #[test]
    fn a_signal_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "old").expect("written");
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "fsio::unfinished::tests::waits_in_the_middle_of_a_file"])
            .args(["--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        assert!(lines.any(|line| line == READY));
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 2, "the temporary file is there");
        let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(sent.expect("sent").success());
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.signal(), Some(signal_hook::consts::SIGTERM), "ended as by the signal");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1);
        assert_eq!(fs::read_to_string(folder.path().join("a.txt")).expect("there"), "old");
    }
}
