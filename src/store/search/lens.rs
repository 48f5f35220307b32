//! A needle with the finders made for it, shared by everybody who looks for it.

use std::sync::{Arc, Mutex, PoisonError};

use super::finder::Finder;
use super::needle::Needle;
use super::seen::Seen;
use crate::store::rows::Notation;

/// How many bytes are looked at to choose a rare place of the needle.
const SAMPLE: usize = 1 << 16;

/// Finds a needle in raw bytes.
#[derive(Debug)]
pub(super) struct Lens {
    needle: Needle,
    made: Mutex<Made>,
}

#[derive(Debug, Default)]
struct Made {
    /// The place of the needle that is looked for.
    place: Option<usize>,
    /// Those made, for plain bytes first.
    finders: Vec<Arc<Finder>>,
}

impl Lens {
    /// Of a needle that is folded already.
    pub(super) fn new(folded: &str) -> Self {
        Self { needle: Needle::new(folded), made: Mutex::new(Made::default()) }
    }

    /// The needle.
    pub(super) fn needle(&self) -> &Needle {
        &self.needle
    }

    /// A finder for these bytes; `None` where there is no way but to read every text.
    pub(super) fn finder(&self, bytes: &[u8], notation: Notation) -> Option<Arc<Finder>> {
        let mut seen = Seen::of(bytes, notation);
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(finder) = made.finders.iter().find(|finder| finder.knows(&seen, notation)) {
            return Some(Arc::clone(finder));
        }
        let place = match made.place {
            Some(place) => place,
            None => rarest(&self.needle, bytes.get(..SAMPLE).unwrap_or(bytes))?,
        };
        made.place = Some(place);
        // What was seen in one block will be seen again in others: they share a finder, which grows. Plain bytes
        // keep their own, which is quicker.
        if !seen.is_plain() {
            let grows = |finder: &&Arc<Finder>| finder.notation() == notation && !finder.seen().is_plain();
            if let Some(at) = made.finders.iter().position(|finder| grows(&finder)) {
                seen = seen.and(made.finders.remove(at).seen());
            }
        }
        let at = if seen.is_plain() { 0 } else { made.finders.len() };
        let finder = Arc::new(Finder::new(&self.needle, place, notation, seen)?);
        made.finders.insert(at, Arc::clone(&finder));
        Some(finder)
    }
}

/// The place of the needle whose character and the next are rarest together in a sample.
fn rarest(needle: &Needle, sample: &[u8]) -> Option<usize> {
    let mut counts = vec![0_u32; 1 << 16];
    let pair = |a: u8, b: u8| usize::from(a.to_ascii_lowercase()) << 8 | usize::from(b.to_ascii_lowercase());
    for (a, b) in sample.iter().zip(sample.iter().skip(1)) {
        if let Some(count) = counts.get_mut(pair(*a, *b)) {
            *count += 1;
        }
    }
    let rarity = |place: usize| {
        let mut bytes = needle.get(place)?.to_string().into_bytes();
        let next = needle.get(place + 1).map(|c| c.to_string().into_bytes());
        bytes.extend(next.and_then(|next| next.first().copied()));
        let pairs = bytes.iter().zip(bytes.iter().skip(1));
        // A single byte is worse than any two.
        Some(pairs.filter_map(|(a, b)| counts.get(pair(*a, *b)).copied()).min().unwrap_or(u32::MAX))
    };
    let places = (0..needle.len())
        .filter(|place| needle.get(*place).is_some_and(|c| c != ' ' && c != char::REPLACEMENT_CHARACTER));
    places.min_by_key(|place| rarity(*place))
}
