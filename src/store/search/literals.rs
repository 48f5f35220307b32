//! What a regular expression cannot do without: texts one of which every match begins or ends with.
//!
//! Bytes that have none of them need not be looked at with the expression. Whatever bytes may spell in a way of
//! their own is left out of the texts, or makes the bytes unfit for this.

use memchr::memmem;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::{ExtractKind, Extractor};

use super::finder::Searcher;
use crate::query::IGNORES_CASE;
use crate::store::rows::Notation;

/// A single byte stands nearly everywhere.
const SHORTEST: usize = 2;
/// The most texts that are looked for at once.
const MOST: usize = 64;
/// What stands between cells in some table, or is spelled in several ways.
const SPELLED: &[u8] = b"\"\\/,;|";

/// Texts to look for in the stead of a regular expression.
#[derive(Debug)]
pub(super) struct Literals(Searcher);

impl Literals {
    /// Those of an expression; `None`: it has none that are worth it.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let hir = ParserBuilder::new().case_insensitive(IGNORES_CASE).build().parse(pattern).ok()?;
        let kinds = [ExtractKind::Prefix, ExtractKind::Suffix];
        let found = kinds.iter().filter_map(|kind| literals(&hir, kind));
        let shortest = |literals: &Vec<Vec<u8>>| literals.iter().map(Vec::len).min();
        Searcher::new(&found.max_by_key(shortest)?).map(Self)
    }

    /// Whether texts stand in these bytes in such a way that these can be found.
    pub(super) fn fit(block: &[u8], notation: Notation) -> bool {
        match notation {
            Notation::Json => memmem::find(block, b"\\u").is_none(),
            Notation::Delimited { quote: Some(quote) } => !goes_on_behind(block, quote),
            Notation::Delimited { quote: None } => true,
        }
    }

    /// The first place from `from` on where a match may begin, or be about to end.
    pub(super) fn find(&self, bytes: &[u8], from: usize) -> Option<usize> {
        self.0.find(bytes, from)
    }
}

fn literals(hir: &Hir, kind: &ExtractKind) -> Option<Vec<Vec<u8>>> {
    let mut found = Extractor::new().kind(kind.clone()).extract(hir);
    // Ways to write one letter multiply: shorter texts have fewer.
    for length in [usize::MAX, 4, 3, SHORTEST] {
        match kind {
            ExtractKind::Suffix => found.keep_last_bytes(length),
            _ => found.keep_first_bytes(length),
        }
        found.sort();
        found.dedup();
        if found.len().is_none_or(|count| count <= MOST) {
            break;
        }
    }
    let literals: Vec<Vec<u8>> =
        found.literals()?.iter().map(|literal| literal.as_bytes().to_vec()).collect();
    let fits = |bytes: &Vec<u8>| {
        bytes.len() >= SHORTEST
            && !bytes.iter().any(|byte| byte.is_ascii_control() || SPELLED.contains(byte))
            && !may_be_lost(bytes)
    };
    (!literals.is_empty() && literals.iter().all(fits)).then_some(literals)
}

/// Whether U+FFFD, which stands for bytes that are no text, or a part of it, may be in there.
fn may_be_lost(bytes: &[u8]) -> bool {
    let [first, middle, last] = [0xEF, 0xBF, 0xBD];
    bytes.first() == Some(&last)
        || bytes.last() == Some(&first)
        || bytes.windows(2).any(|pair| pair == [first, middle] || pair == [middle, last])
}

/// Whether, against the rules, a text seems to go on behind the mark that closes it: the mark is then in the middle
/// of the bytes of a text and not in the text. Marks that stand for one are in pairs.
fn goes_on_behind(block: &[u8], quote: u8) -> bool {
    let is_border = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b',' | b';' | b'|' | 0..b' '));
    let mut at = 0;
    while let Some(found) = memchr::memchr(quote, block.get(at..).unwrap_or_default()) {
        let start = at + found;
        let run = block.iter().skip(start).take_while(|byte| **byte == quote).count();
        at = start + run;
        let before = start.checked_sub(1).and_then(|before| block.get(before));
        if run % 2 == 1 && !is_border(before) && !is_border(block.get(at)) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTED: Notation = Notation::Delimited { quote: Some(b'"') };

    fn found(pattern: &str, text: &str) -> Option<bool> {
        Literals::of(pattern).map(|literals| literals.find(text.as_bytes(), 0).is_some())
    }

    #[test]
    fn what_every_match_begins_or_ends_with_is_looked_for() {
        assert_eq!(found("base attack", "a Base Attack"), Some(true));
        assert_eq!(found("(drone|rocket)s?", "two rockets"), Some(true));
        assert_eq!(found("[0-9]+ killed", "12 KILLED by kill"), Some(true));
        assert_eq!(found("(?-i)Base", "base"), Some(false));
        assert_eq!(found("^été\\b", "un Été"), Some(true));
    }

    #[test]
    fn what_is_spelled_in_several_ways_is_not() {
        for pattern in ["a", ".*", "a*b?", "a/b", "x\"y", "a,b", "\u{FFFD}ab", "", "(", "[a-z]{3}"] {
            assert!(Literals::of(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn bytes_that_spell_in_their_own_way_do_not_fit() {
        assert!(Literals::fit(b"a,\"b \"\"c\"\" d\",\"\"\"e\"\"\"\n", QUOTED));
        assert!(!Literals::fit(b"a,\"b\"c,d\n", QUOTED));
        assert!(Literals::fit(b"a,\"b\"c,d\n", Notation::Delimited { quote: None }));
        assert!(Literals::fit(br#"{"a":"b \" c"}"#, Notation::Json));
        assert!(!Literals::fit(br#"{"a":"b \u00e9 c"}"#, Notation::Json));
    }
}
