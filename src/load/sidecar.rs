//! What was made of a table, kept between two openings of it, so that the second is immediate.
//!
//! One file a table, in the folder for caches of the XDG Base Directory Specification. It holds the pieces of columns
//! as they were built ([`Piece::to_image`]) and a foot that says of which file, in which state and read in which way.
//! It is used only where all of that is as it was; where the file has only grown, what was added is read and the rest
//! is not. A piece that is damaged ends what is used: from there on the file itself is read, and the index is removed.

mod cache;
mod foot;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use cache::Cache;

use super::parse::Parsed;
use super::stamp::Since;
use super::workers::Part;
use crate::chronology::LayerIndex;
use crate::formats::table::Layout;
use crate::sources::{Bytes, Source};
use crate::store::columns::Piece;
use foot::{Foot, Section, State};

/// Where more than one in so many bytes of a file is new, its index is written anew.
const NEW_SHARE: u64 = 16;
/// A piece is never this long; a length beyond it is damage.
const LONGEST_IMAGE: u64 = 1 << 32;
/// How much is read or written at a time.
const BUFFER: usize = 1 << 20;

/// The index of a table while that is being loaded: what is left of the one that was kept, and the one to be kept.
#[derive(Debug)]
pub(super) struct Index {
    cache: Cache,
    file: PathBuf,
    bytes: Bytes,
    /// How the file was, before any of it was read for the index.
    begun: State,
    kept: Option<Kept>,
    keeping: Option<Keeping>,
}

impl Index {
    /// The index of a table whose records from `position` on are to be read. `None` where it is not worth one, or where
    /// nothing can be kept: loading does not need it.
    pub fn of(cache: &Cache, source: &Source, layout: &Layout, position: u64) -> Option<Self> {
        let bytes = source.bytes.clone();
        let size = bytes.metadata().ok()?.len();
        if bytes.is_spooled() || size < cache.smallest {
            return None;
        }
        let file = source.file.as_ref()?.canonicalize().ok()?;
        let begun = State::of(&file, &bytes, size, &layout.fingerprint()).ok()?;
        let kept = Kept::open(&cache.index(&file), &bytes, &begun).filter(|kept| kept.foot.begin == position);
        let known = kept.as_ref().map_or(0, |kept| kept.foot.state.read());
        let keeping = if size - known > size / NEW_SHARE { cache.keep(&file, position).ok() } else { None };
        Some(Self { cache: cache.clone(), file, bytes, begun, kept, keeping })
    }

    /// The next part of the table that need not be read.
    pub fn next(&mut self, layer: LayerIndex) -> Option<Part<Parsed>> {
        let kept = self.kept.as_mut()?;
        let part = kept.next(layer);
        if part.is_none() {
            if !kept.is_through() {
                // It is made anew when the table is opened again.
                let _ = fs::remove_file(self.cache.index(&self.file));
            }
            self.kept = None;
        }
        part
    }

    /// Notes a part of the table.
    pub fn add(&mut self, part: &Part<Parsed>) {
        // An index that cannot be written is done without.
        if self.keeping.as_mut().is_some_and(|keeping| keeping.add(part).is_err()) {
            self.keeping = None;
        }
    }

    /// All of the table was read: keeps the index of it, where it is still the file that it was.
    pub fn finish(self) {
        let Some(keeping) = self.keeping else { return };
        let same = State::of(&self.file, &self.bytes, self.begun.read(), self.begun.layout());
        if same.is_ok_and(|same| same == self.begun) && !self.bytes.is_stopped() {
            // The same: nothing depends on it.
            let _ = keeping.finish(self.begun).and_then(|()| self.cache.trim());
        }
    }
}

/// An index that fits a file as it is now.
#[derive(Debug)]
struct Kept {
    input: BufReader<io::Take<File>>,
    foot: Foot,
    sections: std::vec::IntoIter<Section>,
    /// Where the next piece begins in the table.
    at: u64,
}

impl Kept {
    /// The index at a path, where there is one and it fits a file that is as `now`.
    fn open(index: &Path, bytes: &Bytes, now: &State) -> Option<Self> {
        let mut input = File::open(index).ok()?;
        let (mut foot, length) = foot::read(&mut input)?;
        // One of a file that was written to is not believed, even where the same stands wherever one looks.
        match foot.state.since(now, bytes)? {
            Since::Same => {}
            Since::Grown(_) if foot.ends_a_line(bytes) => {}
            _ => return None,
        }
        cache::mark_used(&input);
        let sections = std::mem::take(&mut foot.sections).into_iter();
        let input = BufReader::with_capacity(BUFFER, input.take(length));
        Some(Self { input, at: foot.begin, foot, sections })
    }

    /// Whether nothing is left of it.
    fn is_through(&self) -> bool {
        self.sections.len() == 0
    }

    fn next(&mut self, layer: LayerIndex) -> Option<Part<Parsed>> {
        let Section { end, flaws } = self.sections.as_slice().first()?.clone();
        let piece = self.piece(layer)?;
        self.sections.next();
        let rows = u64::from(piece.rows());
        let begin = std::mem::replace(&mut self.at, end);
        Some(Part { begin, end, rows, piece: Parsed { piece, flaws }, early: false })
    }

    /// The next piece; `None` where what follows is damaged.
    fn piece(&mut self, layer: LayerIndex) -> Option<Piece> {
        let mut image = vec![0; 8];
        self.input.read_exact(&mut image).ok()?;
        let length = Piece::image_length(&image).filter(|length| *length < LONGEST_IMAGE)?;
        // Room for all of it, but not for more than there is, whatever the length says.
        let rest = length.checked_sub(8).filter(|rest| *rest <= self.left())?;
        image.reserve_exact(usize::try_from(rest).ok()?);
        let count = self.input.by_ref().take(rest).read_to_end(&mut image).ok()?;
        if count as u64 == rest { Piece::from_image(&image, layer) } else { None }
    }

    fn left(&self) -> u64 {
        self.input.get_ref().limit() + self.input.buffer().len() as u64
    }
}

/// An index that is being written. Where it is not finished nothing is left of it.
#[derive(Debug)]
struct Keeping {
    out: BufWriter<NamedTempFile>,
    target: PathBuf,
    begin: u64,
    sections: Vec<Section>,
}

impl Keeping {
    /// Begins a file that becomes `target`, of a table whose first record in it begins there.
    fn begin(target: PathBuf, begin: u64) -> io::Result<Self> {
        let folder = target.parent().unwrap_or(Path::new("."));
        let temporary = tempfile::Builder::new().prefix(cache::UNFINISHED).tempfile_in(folder)?;
        let out = BufWriter::with_capacity(BUFFER, temporary);
        Ok(Self { out, target, begin, sections: Vec::new() })
    }

    fn add(&mut self, part: &Part<Parsed>) -> io::Result<()> {
        self.sections.push(Section { end: part.end, flaws: part.piece.flaws.clone() });
        self.out.write_all(&part.piece.piece.to_image())
    }

    /// Ends the index of a file in this state and puts it in its place.
    fn finish(mut self, state: State) -> io::Result<()> {
        foot::write(&Foot { state, begin: self.begin, sections: self.sections }, &mut self.out)?;
        let temporary = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        temporary.persist(&self.target).map_err(|error| error.error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
