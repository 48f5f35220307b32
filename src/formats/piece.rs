//! Some events as they are written, made by one of several threads.

use std::io::{self, Write};

use crate::chronology::{Entry, Heading};
use crate::when::Certainty;

/// What writes one event behind those before it. Several threads call it at once, each with a piece of its own.
pub type RowFn<'a> = dyn Fn(&Entry, Certainty, &mut Piece) -> io::Result<()> + Sync + 'a;

/// Consecutive events as they are written.
#[derive(Debug, Default)]
pub struct Piece {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Memory for texts on their way.
    pub scratch: String,
    /// Headings that begin at some byte, unless the same stands above already.
    headings: Vec<(usize, Heading)>,
}

impl Piece {
    /// What follows stands under this heading.
    pub fn under(&mut self, heading: Heading) {
        if self.headings.last().is_none_or(|(_, last)| *last != heading) {
            self.headings.push((self.bytes.len(), heading));
        }
    }

    /// Empties it; its memory stays.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.headings.clear();
    }

    /// Writes it with its headings, the first of them only where another than `above` stands above; then the last of
    /// them does.
    ///
    /// # Errors
    /// Those of `out` and of `write`, which writes a heading.
    pub fn write(
        &self,
        above: &mut Option<Heading>,
        out: &mut dyn Write,
        write: &dyn Fn(Heading, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut at = 0;
        for (start, heading) in &self.headings {
            out.write_all(self.bytes.get(at..*start).unwrap_or_default())?;
            at = *start;
            if *above != Some(*heading) {
                write(*heading, out)?;
                *above = Some(*heading);
            }
        }
        out.write_all(self.bytes.get(at..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_stands_once_over_what_several_pieces_hold() {
        let piece = |rows: &[(i64, &str)]| {
            let mut piece = Piece::default();
            for (year, text) in rows {
                piece.under(Heading::Year(*year));
                piece.bytes.extend_from_slice(text.as_bytes());
            }
            piece
        };
        let pieces =
            [piece(&[(1, "a"), (1, "b"), (2, "c")]), piece(&[(2, "d")]), piece(&[(3, "e"), (2, "f")])];
        let (mut above, mut out) = (None, Vec::new());
        for piece in &pieces {
            piece.write(&mut above, &mut out, &|heading, out| write!(out, "[{heading}]")).expect("written");
        }
        assert_eq!(String::from_utf8_lossy(&out), "[1 CE]ab[2 CE]cd[3 CE]e[2 CE]f");
    }
}
