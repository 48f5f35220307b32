//! A stream over bytes that may still be coming: it waits for them, but not for ever once there is something to
//! show.

use std::cell::Cell;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use crate::sources::Bytes;

/// Reads bytes from a place on. Where none are there it waits; when there is something to show, it fails with
/// [`io::ErrorKind::WouldBlock`] instead of waiting long.
pub(super) struct Input<'b> {
    bytes: &'b Bytes,
    at: u64,
    /// Whether there may come more behind what is there, although it is not being waited for.
    open: bool,
    /// Whether there is something to show.
    something: &'b Cell<bool>,
    /// Until when it waits then.
    until: Instant,
}

impl<'b> Input<'b> {
    /// From a place on. `something` may be set at any time; from now on for so long it waits even then.
    pub fn new(bytes: &'b Bytes, at: u64, something: &'b Cell<bool>, patience: Duration) -> Self {
        Self { bytes, at, open: false, something, until: Instant::now() + patience }
    }

    /// The same of a file that is still being written: it does not end where its bytes do.
    pub fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let patience = self.something.get().then(|| self.until.saturating_duration_since(Instant::now()));
        let growth = self.bytes.wait(self.at, patience);
        if growth.stopped {
            return Err(io::Error::other("stopped"));
        }
        if growth.available <= self.at && (self.open || !growth.finished) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let count = self.bytes.read_at(buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}
