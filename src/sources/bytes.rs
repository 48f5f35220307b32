//! The bytes of a SOURCE: read at any place by several threads at once, also while they still come.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much of the bytes there is, and whether more will come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// How many bytes can be read.
    pub available: u64,
    /// Whether no more will come.
    pub finished: bool,
    /// Whether nobody wants them any more.
    pub stopped: bool,
    /// Why there are fewer than there should be, in words.
    pub problem: Option<String>,
    /// Bytes taken from where they come from (packed ones are fewer than those that can be read).
    pub taken: u64,
    /// How many there are to be taken, where that is known.
    pub of: Option<u64>,
}

/// The bytes of a SOURCE. Clones are the same bytes.
#[derive(Clone, Debug)]
pub struct Bytes(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    file: Positioned,
    /// Whether the file is a copy of our own.
    spooled: bool,
    growth: Mutex<Growth>,
    changed: Condvar,
}

impl Bytes {
    /// The bytes of a regular file, as many as it has now.
    ///
    /// # Errors
    /// When its size cannot be found out.
    pub fn of_file(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let growth =
            Growth { available: size, finished: true, taken: size, of: Some(size), ..Growth::default() };
        Ok(Self::with(file, false, growth))
    }

    /// A file that is being filled by [`Bytes::append`] and ends with [`Bytes::finish`].
    pub(super) fn growing(file: File, of: Option<u64>) -> Self {
        Self::with(file, true, Growth { of, ..Growth::default() })
    }

    fn with(file: File, spooled: bool, growth: Growth) -> Self {
        Self(Arc::new(Shared {
            file: Positioned::new(file),
            spooled,
            growth: Mutex::new(growth),
            changed: Condvar::new(),
        }))
    }

    /// How much there is now.
    pub fn growth(&self) -> Growth {
        self.lock().clone()
    }

    /// Whether they are a copy of our own, of what came through a pipe or stands packed in a file.
    pub fn is_spooled(&self) -> bool {
        self.0.spooled
    }

    /// Whether [`Bytes::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    /// Nobody wants the bytes any more: whoever waits for them or is about to read them sees their end.
    pub fn stop(&self) {
        self.change(|growth| growth.stopped = true);
    }

    /// Waits until there is more than `than` bytes or no more will come, at most for `patience` (`None`: for
    /// ever). Gives how much there is then.
    pub fn wait(&self, than: u64, patience: Option<Duration>) -> Growth {
        let until = patience.map(|patience| Instant::now() + patience);
        let mut growth = self.lock();
        while growth.available <= than && !growth.finished && !growth.stopped {
            let rest = until.map(|until| until.saturating_duration_since(Instant::now()));
            growth = match rest {
                None => self.0.changed.wait(growth).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => break,
                Some(rest) => {
                    let waited = self.0.changed.wait_timeout(growth, rest);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        growth.clone()
    }

    /// Reads what there is at a place, as much as fits into `buffer`. None is read at the end of what is available.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        let rest = self.lock().available.saturating_sub(at);
        let most = usize::try_from(rest).unwrap_or(usize::MAX).min(buffer.len());
        let mut filled = 0;
        while let Some(free) = buffer.get_mut(filled..most).filter(|free| !free.is_empty()) {
            match self.0.file.read_at(free, at + filled as u64) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// All that is read from a place on, as a stream: it waits for what still comes, and ends where the bytes end
    /// or where they are no longer wanted.
    pub fn reader(&self, at: u64) -> Reader {
        Reader { bytes: self.clone(), at }
    }

    /// The size of the file and when it was written to. Its size is another than what is available where somebody
    /// writes to it.
    ///
    /// # Errors
    /// When they cannot be found out.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.0.file.metadata()
    }

    /// The file has grown: so many of its bytes may be read from now on.
    pub fn grow_to(&self, size: u64) {
        self.change(|growth| {
            growth.available = growth.available.max(size);
            growth.taken = growth.available;
            growth.of = Some(growth.available);
        });
    }

    /// Writes behind what is available; `taken` is how far the input was read for that.
    pub(super) fn append(&self, bytes: &[u8], taken: u64) -> io::Result<()> {
        let at = self.lock().available;
        self.0.file.write_all_at(bytes, at)?;
        self.change(|growth| {
            growth.available = at + bytes.len() as u64;
            growth.taken = taken;
        });
        Ok(())
    }

    /// No more will come, for this reason where it is not the end.
    pub(super) fn finish(&self, problem: Option<String>) {
        self.change(|growth| {
            growth.finished = true;
            growth.problem = problem;
        });
    }

    fn change(&self, change: impl FnOnce(&mut Growth)) {
        change(&mut self.lock());
        self.0.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Growth> {
        // Each change leaves it whole, so what a panicking thread held can be used.
        self.0.growth.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads [`Bytes`] from a place on.
#[derive(Clone, Debug)]
pub struct Reader {
    bytes: Bytes,
    at: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.wait(self.at, None).stopped {
            return Ok(0);
        }
        let count = self.bytes.read_at(buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// A file that is read and written at places, by several threads.
#[cfg(unix)]
#[derive(Debug)]
struct Positioned(File);

#[cfg(unix)]
impl Positioned {
    fn new(file: File) -> Self {
        Self(file)
    }

    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, buffer, at)
    }

    fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.0, bytes, at)
    }

    fn metadata(&self) -> io::Result<Metadata> {
        self.0.metadata()
    }
}

/// A file that is read and written at places, one thread after the other: here these move its cursor.
#[cfg(not(unix))]
#[derive(Debug)]
struct Positioned {
    file: File,
    turn: Mutex<()>,
}

#[cfg(not(unix))]
impl Positioned {
    fn new(file: File) -> Self {
        Self { file, turn: Mutex::new(()) }
    }

    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        use std::io::{Seek, SeekFrom};
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(at))?;
        file.read(buffer)
    }

    fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        use std::io::{Seek, SeekFrom, Write};
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }

    fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_at_any_place() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "0123456789").expect("written");
        let bytes = Bytes::of_file(file.reopen().expect("open")).expect("a size");
        let mut buffer = [0; 4];
        assert_eq!(bytes.read_at(&mut buffer, 8).expect("read"), 2);
        assert_eq!(&buffer[..2], b"89");
        assert_eq!(bytes.read_at(&mut buffer, 11).expect("read"), 0);
        let mut rest = String::new();
        bytes.reader(5).read_to_string(&mut rest).expect("read");
        assert_eq!(rest, "56789");
    }

    #[test]
    fn what_is_written_later_is_read_only_when_it_is_told() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "one").expect("written");
        let bytes = Bytes::of_file(file.reopen().expect("open")).expect("a size");
        std::fs::write(file.path(), "onetwo").expect("written");
        let mut buffer = [0; 9];
        assert_eq!(bytes.read_at(&mut buffer, 0).expect("read"), 3);
        assert_eq!(bytes.metadata().expect("a size").len(), 6);
        bytes.grow_to(6);
        assert_eq!(bytes.read_at(&mut buffer, 0).expect("read"), 6);
    }

    #[test]
    fn whoever_waits_is_told_of_the_end() {
        let bytes = Bytes::growing(tempfile::tempfile().expect("a file"), None);
        let waiting = bytes.clone();
        let waiter = std::thread::spawn(move || waiting.wait(0, None));
        bytes.stop();
        assert!(waiter.join().expect("no panic").stopped);
        assert_eq!(bytes.wait(0, Some(Duration::ZERO)).available, 0);
    }
}
