//! Pieces as bytes and back, for an index that is kept between two openings of a file.
//!
//! A piece is kept with the texts of its values, not with the places that they have in a catalogue: so it is
//! absorbed as one that was just read, whatever other layers are open. Numbers are little-endian. Bytes that were
//! cut off, changed or written by another version are told by their length and checksum.

mod bytes;
mod parts;

use bytes::{In, Out};
use twox_hash::XxHash3_64;

use super::build::Piece;
use crate::chronology::LayerIndex;

/// Grows whenever what is written below, or what it means, changes.
pub const IMAGE_VERSION: u32 = 3;

/// Bytes before the content: its length and its checksum.
const HEAD: usize = 16;

impl Piece {
    /// The piece as bytes, which say how many they are.
    pub fn to_image(&self) -> Vec<u8> {
        let mut out = Out::with(vec![0; HEAD]);
        parts::piece(self, &mut out);
        let mut image = out.finish();
        if let Some((head, content)) = image.split_at_mut_checked(HEAD)
            && let Some((length, sum)) = head.split_at_mut_checked(HEAD / 2)
        {
            length.copy_from_slice(&(content.len() as u64).to_le_bytes());
            sum.copy_from_slice(&XxHash3_64::oneshot(content).to_le_bytes());
        }
        image
    }

    /// How many bytes the image takes that begins with these; `None` where there are too few to tell.
    pub fn image_length(start: &[u8]) -> Option<u64> {
        let length = u64::from_le_bytes(start.get(..HEAD / 2)?.try_into().ok()?);
        length.checked_add(HEAD as u64)
    }

    /// The piece that was written as this image, as one of a layer. `None`: the bytes are not what was written.
    pub fn from_image(image: &[u8], layer: LayerIndex) -> Option<Self> {
        let (head, content) = image.split_at_checked(HEAD)?;
        let sum = u64::from_le_bytes(head.get(HEAD / 2..)?.try_into().ok()?);
        if Self::image_length(head)? != image.len() as u64 || sum != XxHash3_64::oneshot(content) {
            return None;
        }
        let mut input = In::of(content);
        let piece = parts::read_piece(&mut input, layer)?;
        input.is_empty().then_some(piece)
    }
}
