//! Whether a file is still the one that was read.

use std::fs::Metadata;
use std::io;
use std::time::SystemTime;

use crate::chronology::facts;
use crate::sources::Bytes;

/// How much of the beginning and of the end is remembered.
const SAMPLE: u64 = 4096;

/// What a file looked like when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// How much of it was read.
    pub read: u64,
    modified: Option<SystemTime>,
    /// Hashes of the beginning and the end of what was read.
    samples: (u32, u32),
}

/// What became of a file since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// Nothing.
    Same,
    /// Bytes were added at its end; it has this size now.
    Grown(u64),
    /// It is shorter.
    Shorter,
    /// What was read is no longer what stands there.
    Rewritten,
}

impl Stamp {
    /// A file as it is now, of which so much was read.
    ///
    /// # Errors
    /// Those of reading.
    pub fn new(bytes: &Bytes, read: u64) -> io::Result<Self> {
        // The time comes first: what is written meanwhile is then noticed later.
        let modified = bytes.metadata()?.modified().ok();
        Ok(Self { read, modified, samples: samples(bytes, read)? })
    }

    /// What became of it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn compare(&self, bytes: &Bytes) -> io::Result<Since> {
        let metadata: Metadata = bytes.metadata()?;
        let size = metadata.len();
        if size < self.read {
            return Ok(Since::Shorter);
        }
        if size == self.read && metadata.modified().ok() == self.modified {
            return Ok(Since::Same);
        }
        // A program that writes the whole anew hardly leaves both ends as they were.
        if size == self.read || samples(bytes, self.read)? != self.samples {
            return Ok(Since::Rewritten);
        }
        Ok(Since::Grown(size))
    }
}

fn samples(bytes: &Bytes, read: u64) -> io::Result<(u32, u32)> {
    let sample = |at: u64| {
        let mut sample = vec![0; SAMPLE.min(read) as usize];
        let count = bytes.read_at(&mut sample, at)?;
        Ok::<_, io::Error>(facts::hash(sample.get(..count).unwrap_or_default()))
    };
    Ok((sample(0)?, sample(read.saturating_sub(SAMPLE))?))
}
