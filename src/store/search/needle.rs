//! A needle as folding makes it, and how a text is read along it.

use crate::text::fold::{is_left_out, parts};
use crate::text::forms;

/// A folded text to be found.
#[derive(Debug)]
pub(super) struct Needle(Vec<char>);

impl Needle {
    /// Of a text that is folded already.
    pub(super) fn new(folded: &str) -> Self {
        Self(folded.chars().collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is a space in it.
    pub(super) fn has_space(&self) -> bool {
        self.0.contains(&' ')
    }

    pub(super) fn get(&self, place: usize) -> Option<char> {
        self.0.get(place).copied()
    }

    /// Where one is after reading one character of a text when `place` characters of the needle were read;
    /// `None`: the needle does not go on so. Reading may end within the character.
    fn after(&self, place: usize, c: char) -> Option<usize> {
        let mut all = Vec::new();
        parts(c, |part| all.push(part));
        self.along(place, &all)
    }

    fn along(&self, mut place: usize, parts: &[char]) -> Option<usize> {
        for part in parts {
            let Some(wanted) = self.get(place) else { break };
            let before = place.checked_sub(1).and_then(|last| self.get(last));
            if place > 0 && is_left_out(*part, before) {
                continue;
            }
            if *part != wanted {
                return None;
            }
            place += 1;
        }
        Some(place)
    }

    /// Where one may be after a character that the needle's character at `place` comes from.
    pub(super) fn after_head(&self, place: usize, c: char) -> Vec<usize> {
        let mut all = Vec::new();
        parts(c, |part| all.push(part));
        let mut afters = Vec::new();
        let mut read = |from: usize, parts: &[char]| {
            let after = self.along(from, parts).filter(|after| from <= place && place < *after);
            afters.extend(after);
        };
        for from in (place + 1).saturating_sub(all.len())..=place {
            read(from, &all);
        }
        // The match may begin within the character.
        for skipped in 1..all.len() {
            read(0, all.get(skipped..).unwrap_or_default());
        }
        afters.sort_unstable();
        afters.dedup();
        afters
    }

    /// The characters, as far as `is_there` says they are, that the needle's character at `place` may come from.
    /// `beyond`: whether any beyond ASCII are there.
    pub(super) fn heads(&self, place: usize, beyond: bool, is_there: impl Fn(char) -> bool) -> Vec<char> {
        let Some(wanted) = self.get(place) else { return Vec::new() };
        ascii().chain(forms_of(wanted, beyond)).filter(|c| is_there(*c)).collect()
    }

    /// The characters that may stand in a text when `place` characters of the needle were read (at least one):
    /// what the needle goes on with, and what folding drops there.
    pub(super) fn nexts(&self, place: usize, beyond: bool, is_there: impl Fn(char) -> bool) -> Vec<char> {
        let wanted = self.get(place).into_iter().flat_map(|wanted| forms_of(wanted, beyond));
        let dropped = ['.', ' '].into_iter().flat_map(|dropped| forms_of(dropped, beyond));
        let nothing = beyond.then(forms::nothing).into_iter().flatten();
        let there = ascii().chain(wanted).chain(dropped).chain(nothing).filter(|c| is_there(*c));
        there.filter(|c| self.after(place, *c).is_some()).collect()
    }
}

/// The characters beyond ASCII that a folded one may come from. Where none is there, the table of all that Unicode
/// has, which takes milliseconds to make, is not asked.
fn forms_of(part: char, beyond: bool) -> impl Iterator<Item = char> {
    beyond.then(|| forms::of(part)).into_iter().flatten()
}

fn ascii() -> impl Iterator<Item = char> {
    (0..0x80_u8).map(char::from)
}
