//! Whether a file is still the one that was read: one way to tell, for rows that are read again, for files that are
//! followed and for indexes that are kept.

use std::cmp::Ordering;
use std::fs::Metadata;
use std::hash::Hasher;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use crate::sources::Bytes;

/// How many places between the first and the last are looked at.
const SAMPLES: u64 = 16;
/// How many bytes are looked at in each place.
const SAMPLE: u64 = 64 * 1024;

/// What a file looked like when so much of it had been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    /// How many bytes were read.
    read: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    modified: Option<u128>,
    /// A hash of the beginning, the end and some places between of what was read.
    samples: u64,
}

/// What became of a file since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// Nothing.
    Same,
    /// It was written to, or only its time was set; wherever one looks the same stands there.
    Touched,
    /// Bytes were added at its end; it has this size now.
    Grown(u64),
    /// It is shorter.
    Shorter,
    /// What was read is no longer what stands there.
    Rewritten,
}

impl Since {
    /// Whether what was read still stands in its place, as far as one looks.
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Same | Self::Touched | Self::Grown(_))
    }
}

impl Stamp {
    /// A file as it is now, of which so much was read.
    ///
    /// # Errors
    /// Those of reading.
    pub fn new(bytes: &Bytes, read: u64) -> io::Result<Self> {
        // The time comes first: what is written meanwhile is then noticed later.
        let metadata = bytes.metadata()?;
        let (device, inode) = identity(&metadata);
        let modified = metadata.modified().ok().and_then(nanos);
        Ok(Self { device, inode, read, modified, samples: samples(bytes, read)? })
    }

    /// How many bytes were read.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// What became of the file; all places are looked at, whatever its time says.
    ///
    /// # Errors
    /// Those of reading.
    pub fn since(&self, bytes: &Bytes) -> io::Result<Since> {
        let metadata = bytes.metadata()?;
        let size = metadata.len();
        if size < self.read {
            return Ok(Since::Shorter);
        }
        if identity(&metadata) != (self.device, self.inode) || samples(bytes, self.read)? != self.samples {
            return Ok(Since::Rewritten);
        }
        Ok(match size > self.read {
            true => Since::Grown(size),
            false if metadata.modified().ok().and_then(nanos) == self.modified => Since::Same,
            false => Since::Touched,
        })
    }
}

/// A time in nanoseconds since 1970; `None`: it lies before.
fn nanos(time: SystemTime) -> Option<u128> {
    time.duration_since(UNIX_EPOCH).ok().map(|since| since.as_nanos())
}

/// What tells a file from all others of the machine: its device and its number there.
pub(super) type Identity = (u64, u64);

/// What tells a file from all others of the machine.
#[cfg(unix)]
pub(super) fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// What tells a file from all others of the machine: nothing does here.
#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

/// Whether they are of one file, as far as that can be told.
pub(super) fn is_one_file(one: &Metadata, other: &Metadata) -> bool {
    identity(one) == identity(other)
}

fn samples(bytes: &Bytes, read: u64) -> io::Result<u64> {
    let mut hash = XxHash3_64::new();
    let mut sample = vec![0; SAMPLE.min(read) as usize];
    let last = read.saturating_sub(SAMPLE);
    for place in 0..=SAMPLES + 1 {
        let at = (u128::from(last) * u128::from(place) / u128::from(SAMPLES + 1)) as u64;
        let count = bytes.read_at(&mut sample, at)?;
        hash.write(sample.get(..count).unwrap_or_default());
    }
    Ok(hash.finish())
}

/// A file with its stamp, to be asked again and again: its places are looked at only when its size or time is another
/// than when they were looked at last.
#[derive(Debug)]
pub(super) struct Lookout {
    bytes: Bytes,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    stamp: Stamp,
    /// What was found when the file had this size and time.
    seen: (u64, Option<SystemTime>, Since),
}

impl Lookout {
    /// A file as it is now, of which so much was read.
    ///
    /// # Errors
    /// Those of reading.
    pub fn new(bytes: Bytes, read: u64) -> io::Result<Self> {
        let state = Mutex::new(State::new(&bytes, read)?);
        Ok(Self { bytes, state })
    }

    /// So much was read of it by now.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read_to(&self, read: u64) -> io::Result<()> {
        let new = State::new(&self.bytes, read)?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// What became of it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn since(&self) -> io::Result<Since> {
        let now = self.bytes.metadata()?;
        let (size, modified) = (now.len(), now.modified().ok());
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if (state.seen.0, state.seen.1) != (size, modified) {
            state.seen = (size, modified, state.stamp.since(&self.bytes)?);
        }
        Ok(state.seen.2)
    }
}

impl State {
    fn new(bytes: &Bytes, read: u64) -> io::Result<Self> {
        // Asked before the places are looked at: what is written meanwhile is then noticed later.
        let (before, stamp) = (bytes.metadata()?, Stamp::new(bytes, read)?);
        let size = before.len();
        let since = match size.cmp(&read) {
            Ordering::Less => Since::Shorter,
            Ordering::Equal => Since::Same,
            Ordering::Greater => Since::Grown(size),
        };
        Ok(Self { stamp, seen: (size, before.modified().ok(), since) })
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File, OpenOptions};
    use std::io::Write;
    use std::os::unix::fs::FileExt;
    use std::time::Duration;

    use super::*;

    fn file(length: usize) -> (tempfile::NamedTempFile, Bytes) {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let text: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        fs::write(file.path(), text).expect("written");
        let bytes = Bytes::of_file(file.reopen().expect("open")).expect("a size");
        (file, bytes)
    }

    fn set_time(file: &File, seconds: u64) {
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).expect("set");
    }

    /// What both ways of asking say.
    fn since(lookout: &Lookout, stamp: &Stamp) -> Since {
        let since = lookout.since().expect("read");
        assert_eq!(stamp.since(&lookout.bytes).expect("read"), since);
        since
    }

    #[test]
    fn what_becomes_of_a_file_is_told() {
        for length in [1, 5000, 3 << 20] {
            let (file, bytes) = file(length);
            let read = length as u64;
            let open = || OpenOptions::new().write(true).open(file.path()).expect("open");
            set_time(&open(), 1000);
            let (lookout, stamp) =
                (Lookout::new(bytes.clone(), read).expect("read"), Stamp::new(&bytes, read).expect("read"));
            assert_eq!(since(&lookout, &stamp), Since::Same);
            set_time(&open(), 2000);
            assert_eq!(since(&lookout, &stamp), Since::Touched);
            let end = |text: &[u8]| {
                OpenOptions::new().append(true).open(file.path()).expect("open").write_all(text).expect("ok");
            };
            end(b"more");
            assert_eq!(since(&lookout, &stamp), Since::Grown(read + 4));
            // A change in one of the places, together with an addition.
            open().write_all_at(b"~", 0).expect("written");
            end(b"more");
            assert_eq!(since(&lookout, &stamp), Since::Rewritten);
            open().write_all_at(&[0], 0).expect("written");
            set_time(&open(), 3000);
            assert_eq!(since(&lookout, &stamp), Since::Grown(read + 8));
            lookout.read_to(read + 8).expect("read");
            assert_eq!(lookout.since().expect("read"), Since::Same);
            open().set_len(read - 1).expect("cut");
            assert_eq!(since(&lookout, &stamp), Since::Shorter);
        }
    }

    #[test]
    fn an_insertion_is_seen_in_a_file_that_was_added_to() {
        let (file, bytes) = file(3 << 20);
        let stamp = Stamp::new(&bytes, 3 << 20).expect("read");
        let mut text = fs::read(file.path()).expect("read");
        // Between two places, so that only what lies behind it moves.
        text.insert(100_000, b'!');
        fs::write(file.path(), text).expect("written");
        assert_eq!(stamp.since(&bytes).expect("read"), Since::Rewritten);
    }
}
