//! Where a needle may stand in raw bytes.
//!
//! Of the needle one place is chosen that is rare in the bytes; every way to spell it and what comes right after
//! it is a pattern of two to six bytes, and all patterns are looked for at once. Around what is found the bytes
//! are compared as far as they are letters, digits and single spaces, which mean only themselves. This rules out
//! most of what is found by chance. The rest is for the text itself to decide.

use std::ops::Range;

use aho_corasick::{AhoCorasick, packed};

use super::needle::Needle;
use super::seen::Seen;
use crate::store::rows::Notation;

/// What stands for bytes that are no text; no spelling of it is known.
const LOST: char = char::REPLACEMENT_CHARACTER;
/// The most patterns that are looked for with the quick method.
const MOST_PATTERNS: usize = 64;
/// The longest escape of JSON.
const LONGEST_ESCAPE: usize = 6;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// A byte that is, or may be, part of the needle. The next search goes on after it.
    pub(super) at: usize,
    /// The bytes of the needle, if it surely is there and they are all in one text.
    pub(super) sure: Option<Range<usize>>,
}

/// Finds a needle in bytes that hold nothing but what was seen.
#[derive(Debug)]
pub(super) struct Finder {
    seen: Seen,
    notation: Notation,
    /// The place in the needle that is looked for.
    place: usize,
    searcher: Searcher,
}

/// Finds the first of several patterns.
#[derive(Debug)]
pub(super) enum Searcher {
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
}

impl Searcher {
    /// `None`: there is no looking for these.
    pub(super) fn new(patterns: &[Vec<u8>]) -> Option<Self> {
        if patterns.len() <= MOST_PATTERNS
            && let Some(packed) = packed::Searcher::new(patterns)
        {
            return Some(Self::Packed(packed));
        }
        AhoCorasick::new(patterns).ok().map(Self::Automaton)
    }

    /// Where the first of them begins, from `from` on.
    pub(super) fn find(&self, bytes: &[u8], from: usize) -> Option<usize> {
        if from >= bytes.len() {
            return None;
        }
        match self {
            Self::Packed(packed) => {
                packed.find_in(bytes, (from..bytes.len()).into()).map(|found| found.start())
            }
            Self::Automaton(automaton) => {
                let input = aho_corasick::Input::new(bytes).range(from..);
                automaton.find(input).map(|found| found.start())
            }
        }
    }
}

impl Finder {
    /// Finds what stands at `place` of the needle; `None` where there is no way but to read every text.
    pub(super) fn new(needle: &Needle, place: usize, notation: Notation, seen: Seen) -> Option<Self> {
        let searcher = Searcher::new(&patterns(needle, place, notation, &seen)?)?;
        Some(Self { seen, notation, place, searcher })
    }

    /// Whether it finds the needle in bytes of a notation that have these characters.
    pub(super) fn knows(&self, seen: &Seen, notation: Notation) -> bool {
        self.notation == notation && self.seen.covers(seen)
    }

    /// How texts stand in the bytes.
    pub(super) fn notation(&self) -> Notation {
        self.notation
    }

    /// What it knows.
    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The first place from `from` on where the needle may be.
    pub(super) fn find(&self, needle: &Needle, bytes: &[u8], mut from: usize) -> Option<Found> {
        loop {
            let at = self.searcher.find(bytes, from)?;
            match self.around(needle, bytes, at) {
                Around::Differs => from = at + 1,
                Around::Fits(range) => return Some(Found { at, sure: Some(range) }),
                Around::Unclear => return Some(Found { at, sure: None }),
            }
        }
    }

    /// Compares the bytes around one that stands at the finder's place.
    fn around(&self, needle: &Needle, bytes: &[u8], at: usize) -> Around {
        if !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            return Around::Unclear;
        }
        let mut end = at;
        for place in self.place..needle.len() {
            match compare(bytes.get(end), needle.get(place)) {
                Compared::Same => end += 1,
                Compared::Different => return Around::Differs,
                Compared::Unclear => return Around::Unclear,
            }
        }
        let mut start = at;
        for place in (0..self.place).rev() {
            let before = start.checked_sub(1);
            match compare(before.and_then(|before| bytes.get(before)), needle.get(place)) {
                Compared::Same => start = start.saturating_sub(1),
                Compared::Different if self.may_be_escape(bytes, start) => return Around::Unclear,
                Compared::Different => return Around::Differs,
                Compared::Unclear => return Around::Unclear,
            }
        }
        if self.may_be_escape(bytes, start + 1) { Around::Unclear } else { Around::Fits(start..end) }
    }

    /// Whether the byte before `end` may belong to an escape.
    fn may_be_escape(&self, bytes: &[u8], end: usize) -> bool {
        self.notation == Notation::Json
            && bytes.get(end.saturating_sub(LONGEST_ESCAPE)..end).is_none_or(|near| near.contains(&b'\\'))
    }
}

enum Around {
    Differs,
    Fits(Range<usize>),
    Unclear,
}

enum Compared {
    Same,
    Different,
    Unclear,
}

/// Compares a byte with a folded character. Letters and digits mean themselves; so does a space next to one.
fn compare(byte: Option<&u8>, wanted: Option<char>) -> Compared {
    match (byte, wanted) {
        (Some(byte), Some(wanted)) if byte.is_ascii_alphanumeric() => {
            if char::from(byte.to_ascii_lowercase()) == wanted { Compared::Same } else { Compared::Different }
        }
        (Some(b' '), Some(' ')) => Compared::Same,
        _ => Compared::Unclear,
    }
}

/// Every way to spell the needle's character at `place` and what comes right after it. None of them is empty;
/// `None`: there is no knowing them.
fn patterns(needle: &Needle, place: usize, notation: Notation, seen: &Seen) -> Option<Vec<Vec<u8>>> {
    if needle.get(place).is_none_or(|c| c == LOST || c == ' ') {
        return None;
    }
    // As much of what follows as leaves few patterns.
    for most in [2, 1, 0] {
        let patterns = patterns_with(needle, place, (notation, seen), most);
        if patterns.len() <= MOST_PATTERNS || most == 0 {
            return Some(patterns);
        }
    }
    None
}

/// The same with up to `most` bytes of what comes after.
fn patterns_with(
    needle: &Needle,
    place: usize,
    (notation, seen): (Notation, &Seen),
    most: usize,
) -> Vec<Vec<u8>> {
    let mut patterns = Vec::new();
    let is_there = |c| seen.has(c);
    let heads = needle.heads(place, !seen.is_ascii(), is_there).into_iter();
    let heads: Vec<(char, Vec<usize>)> = heads.map(|c| (c, needle.after_head(place, c))).collect();
    let mut ends: Vec<usize> = heads.iter().flat_map(|(_, afters)| afters).copied().collect();
    ends.sort_unstable();
    ends.dedup();
    for end in ends {
        let mut nexts = nexts(needle, end, seen, most);
        if let Notation::Delimited { quote: Some(quote) } = notation {
            // A text may go on behind a closing mark, against the rules.
            let behind = nexts.iter().filter(|next| !next.is_empty());
            let behind: Vec<Vec<u8>> = behind.map(|next| [&[quote], next.as_slice()].concat()).collect();
            nexts.extend(behind);
        }
        for (head, _) in heads.iter().filter(|(_, afters)| afters.contains(&end)) {
            patterns.extend(nexts.iter().map(|next| {
                let mut pattern = head.to_string().into_bytes();
                pattern.extend(next);
                pattern
            }));
        }
    }
    if seen.has_escapes() {
        patterns.push(b"\\u".to_vec());
    }
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

/// The beginnings, of up to `most` bytes, of what may follow when `place` characters of the needle were read.
fn nexts(needle: &Needle, place: usize, seen: &Seen, most: usize) -> Vec<Vec<u8>> {
    if place >= needle.len() || needle.get(place) == Some(LOST) {
        return vec![Vec::new()];
    }
    let mut nexts: Vec<Vec<u8>> = Vec::new();
    for c in needle.nexts(place, !seen.is_ascii(), |c| seen.has(c) || escape(c).is_some()) {
        if seen.has(c) {
            nexts.push(c.to_string().into_bytes());
        }
        nexts.extend(escape(c).filter(|_| seen.has_escapes()).map(|letter| vec![b'\\', letter]));
    }
    if seen.has_escapes() {
        nexts.push(b"\\u".to_vec());
    }
    for next in &mut nexts {
        next.truncate(most);
    }
    nexts.sort_unstable();
    nexts.dedup();
    nexts
}

/// The letter of a short escape of JSON.
fn escape(c: char) -> Option<u8> {
    Some(match c {
        '"' => b'"',
        '\\' => b'\\',
        '/' => b'/',
        '\u{8}' => b'b',
        '\u{c}' => b'f',
        '\n' => b'n',
        '\r' => b'r',
        '\t' => b't',
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
