//! One SOURCE of the command line: a file or standard input, open.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::bytes::Bytes;
use super::{Opened, spool};
use crate::failure::Failure;
use crate::formats::{self, Collector, Format};
use crate::text::nearest::nearest;

/// How much of a SOURCE is looked at to tell what it is.
pub const LOOK: usize = 64 * 1024;

/// When nothing has come for so long, what has come is looked at.
const PATIENCE: Duration = Duration::from_millis(50);

/// Endings that say how a file is packed, lower case.
const PACKED: [&str; 4] = ["gz", "gzip", "zst", "zstd"];

/// A SOURCE, open.
#[derive(Clone, Debug)]
pub struct Source {
    /// How it was given, for messages.
    pub origin: String,
    /// The file, where it is one.
    pub file: Option<PathBuf>,
    /// What stands in it, as UTF-8 text.
    pub bytes: Bytes,
}

impl Source {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    /// When there is no such file or it cannot be read.
    pub fn open(source: &OsStr) -> Result<Self, Failure> {
        let origin = source.to_string_lossy().into_owned();
        let failed = |error: &io::Error| Failure::io("cannot read", error).at(&origin);
        if source == "-" {
            let bytes = standard_input().map_err(|error| failed(&error))?;
            return Ok(Self { origin, file: None, bytes });
        }
        let path = Path::new(source);
        let metadata = fs::metadata(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => missing(source, &origin),
            _ => failed(&error),
        })?;
        if metadata.is_dir() {
            return Err(Failure::new("this is a folder, not a file").at(&origin));
        }
        let bytes = File::open(path).and_then(spool::bytes).map_err(|error| failed(&error))?;
        Ok(Self { origin, file: Some(path.to_path_buf()), bytes })
    }

    /// A stream that is given instead of a file.
    #[cfg(test)]
    pub(crate) fn of_stream(stream: Box<dyn Read + Send>) -> io::Result<Self> {
        Ok(Self { origin: "-".to_owned(), file: None, bytes: spool::stream(stream)? })
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::io("cannot read", error).at(&self.origin)
    }

    /// The folder that paths in it are relative to: the working one for standard input.
    pub fn folder(&self) -> PathBuf {
        self.file.as_deref().and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default()
    }

    /// The file's name, without what says how it is packed.
    pub fn name(&self) -> Option<String> {
        self.file.as_deref().map(|file| unpacked_name(file).to_string_lossy().into_owned())
    }

    /// Its first bytes, at most [`LOOK`]. Of a slow pipe what has come, at least a line.
    ///
    /// # Errors
    /// Those of reading.
    pub fn start(&self) -> Result<Vec<u8>, Failure> {
        let mut start = vec![0; LOOK];
        let mut available = 0;
        loop {
            let patience = (available > 0).then_some(PATIENCE);
            let growth = self.bytes.wait(available, patience);
            let idle = growth.available == available;
            available = growth.available;
            if idle || growth.finished || available >= LOOK as u64 {
                let count = self.bytes.read_at(&mut start, 0).map_err(|error| self.failed(&error))?;
                let read = start.get(..count).unwrap_or_default();
                if growth.finished || count == LOOK || read.contains(&b'\n') {
                    start.truncate(count);
                    return Ok(start);
                }
                // Not a line yet: there is nothing to look at before more comes.
                self.bytes.wait(available, None);
            }
        }
    }

    /// The format asked for, or that it ends or begins like.
    ///
    /// # Errors
    /// When it is none that can be read.
    pub fn format(&self, start: &[u8], from: Option<&'static Format>) -> Result<&'static Format, Failure> {
        let name = self.file.as_deref().map(unpacked_name);
        let by_ending = name.as_deref().and_then(formats::by_ending).filter(|format| format.read.is_some());
        from.or(by_ending).or_else(|| formats::detect(start)).ok_or_else(|| {
            if let Some(problem) = self.bytes.growth().problem {
                return Failure::new(problem).at(&self.origin);
            }
            if start.iter().all(u8::is_ascii_whitespace) {
                return Failure::new("there is nothing in it").at(&self.origin);
            }
            let readable = formats::FORMATS.iter().filter(|format| format.read.is_some());
            let known: Vec<&str> = readable.map(|format| format.name).collect();
            Failure::new("this is no format that annals reads")
                .at(&self.origin)
                .hint(format!("say which one it is with --from {}", known.join("|")))
        })
    }

    /// All of its bytes.
    ///
    /// # Errors
    /// When they cannot be read to their end.
    pub fn all(&self) -> Result<Vec<u8>, Failure> {
        let mut all = Vec::new();
        self.bytes.reader(0).read_to_end(&mut all).map_err(|error| self.failed(&error))?;
        self.complete()?;
        Ok(all)
    }

    /// Reads it whole.
    ///
    /// # Errors
    /// When it cannot be read to its end.
    pub(super) fn read(self, format: &Format) -> Result<Opened, Failure> {
        let mut collected = Collector::default();
        if let Some(read) = format.read {
            read(&mut BufReader::with_capacity(LOOK, self.bytes.reader(0)), &mut collected)
                .map_err(|error| self.failed(&error))?;
        }
        self.complete()?;
        let folder = self.folder();
        Ok(Opened { origin: self.origin, folder, file: self.file, collected })
    }

    /// Whether nothing is missing of what was read to its end.
    fn complete(&self) -> Result<(), Failure> {
        match self.bytes.growth().problem {
            Some(problem) => Err(Failure::new(problem).at(&self.origin)),
            None => Ok(()),
        }
    }
}

/// Standard input as a file of its own: it may be one that can be read at any place.
#[cfg(unix)]
fn standard_input() -> io::Result<Bytes> {
    use std::os::fd::AsFd;
    spool::bytes(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

/// Standard input, as a stream.
#[cfg(not(unix))]
fn standard_input() -> io::Result<Bytes> {
    spool::stream(Box::new(io::stdin()))
}

/// A file's name without what says how it is packed.
pub(super) fn unpacked_name(path: &Path) -> PathBuf {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let packed = ending.is_some_and(|ending| PACKED.contains(&ending.as_str()));
    if packed { path.with_extension("") } else { path.to_path_buf() }
}

/// What to say of a SOURCE that is no file: perhaps a command was meant.
fn missing(source: &OsStr, origin: &str) -> Failure {
    let failure = Failure::new("there is no such file").at(origin);
    let commands = ["export", "count", "check", "completions", "man", "help"];
    match source.to_str().and_then(|word| nearest(word, commands)) {
        Some(command) => failure.hint(format!("did you mean the command `annals {command}`?")),
        None => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_named_as_what_is_in_it() {
        for (name, unpacked) in
            [("a/b.csv.gz", "a/b.csv"), ("b.CSV.ZST", "b.CSV"), ("b.toml", "b.toml"), ("gz", "gz")]
        {
            assert_eq!(unpacked_name(Path::new(name)), Path::new(unpacked));
        }
    }

    #[test]
    fn a_line_of_a_slow_pipe_is_looked_at_before_the_pipe_ends() {
        use std::io::Write;
        let (reader, mut writer) = io::pipe().expect("a pipe");
        let source = Source::of_stream(Box::new(reader)).expect("a spool");
        writer.write_all(b"title = ").expect("written");
        let other = std::thread::spawn(move || source.start());
        writer.write_all(b"'x'\n").expect("written");
        assert_eq!(other.join().expect("no panic").expect("read"), b"title = 'x'\n");
    }
}
