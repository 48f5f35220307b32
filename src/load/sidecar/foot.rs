//! The end of an index: of which file it is, in which state that was, and how it was read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use crate::formats::table::Flaws;
use crate::load::stamp::{Since, Stamp};
use crate::sources::Bytes;
use crate::store::columns::IMAGE_VERSION;

/// The last bytes of every index.
const MARK: &[u8; 8] = b"annals\x1a\n";
/// Bytes behind the foot's text: its length, its checksum, the mark.
const TAIL: usize = 24;
/// A foot is never this long.
const LONGEST: u64 = 16 << 20;

/// Of which file an index is, in which state, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// What the index is written by: its layout and the program, which decides what rows mean.
    program: String,
    path: PathBuf,
    /// The file itself.
    stamp: Stamp,
    /// Which columns were read as what.
    layout: String,
}

impl State {
    /// The state of a file of which so many bytes are read in this way.
    ///
    /// # Errors
    /// Those of reading.
    pub fn of(path: &Path, bytes: &Bytes, read: u64, layout: &str) -> io::Result<Self> {
        Ok(Self {
            program: format!("{} {IMAGE_VERSION}", env!("CARGO_PKG_VERSION")),
            path: path.to_path_buf(),
            stamp: Stamp::new(bytes, read)?,
            layout: layout.to_owned(),
        })
    }

    /// How many bytes of the file were read.
    pub fn read(&self) -> u64 {
        self.stamp.read()
    }

    /// Which columns were read as what.
    pub fn layout(&self) -> &str {
        &self.layout
    }

    /// What became of the file since an index of this state was made; `None`: it is read in another way as `now`, or
    /// cannot be read.
    pub fn since(&self, now: &Self, bytes: &Bytes) -> Option<Since> {
        let alike = Self { stamp: now.stamp, ..self.clone() } == *now;
        self.stamp.since(bytes).ok().filter(|_| alike)
    }
}

/// A piece of an index, as far as it is not in the piece itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Section {
    /// Where the record after its last one begins in the file.
    pub end: u64,
    /// What was wrong with its records.
    pub flaws: Flaws,
}

/// What stands at the end of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Foot {
    pub state: State,
    /// Where the first record of the first piece begins in the file.
    pub begin: u64,
    /// The pieces, in order.
    pub sections: Vec<Section>,
}

impl Foot {
    /// Whether the last record was whole, so that what was added to the file begins another.
    pub fn ends_a_line(&self, bytes: &Bytes) -> bool {
        let mut last = [0];
        let read = bytes.read_at(&mut last, self.state.read().saturating_sub(1));
        // One whose quotation is not closed, say, may go on.
        let whole = self.sections.last().is_none_or(|section| section.flaws.is_empty());
        whole && read.is_ok_and(|count| count == 1) && last == *b"\n"
    }
}

/// Writes the foot.
pub(super) fn write(foot: &Foot, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_vec(foot)?;
    out.write_all(&text)?;
    out.write_all(&(text.len() as u64).to_le_bytes())?;
    out.write_all(&XxHash3_64::oneshot(&text).to_le_bytes())?;
    out.write_all(MARK)
}

/// Reads the foot of an index, and how many bytes stand before it. `None`: it is none, or damaged.
pub(super) fn read(index: &mut File) -> Option<(Foot, u64)> {
    let size = index.metadata().ok()?.len();
    let tail_at = size.checked_sub(TAIL as u64)?;
    let mut tail = [0; TAIL];
    index.seek(SeekFrom::Start(tail_at)).ok()?;
    index.read_exact(&mut tail).ok()?;
    let number = |from: usize| Some(u64::from_le_bytes(tail.get(from..from + 8)?.try_into().ok()?));
    let (length, sum) = (number(0)?, number(8)?);
    if tail.get(16..)? != MARK || length > LONGEST {
        return None;
    }
    let at = tail_at.checked_sub(length)?;
    let mut text = vec![0; length as usize];
    index.seek(SeekFrom::Start(at)).ok()?;
    index.read_exact(&mut text).ok()?;
    if XxHash3_64::oneshot(&text) != sum {
        return None;
    }
    index.seek(SeekFrom::Start(0)).ok()?;
    Some((serde_json::from_slice(&text).ok()?, at))
}
