//! Folding: one form for comparing what people write in several ways (case, accents, apostrophes, quotation
//! marks, hyphens, dots).
//!
//! | written | folded |
//! |---|---|
//! | `Sudani’s`, `SUDANI'S` | `sudani's` |
//! | `al-Sudani`, `al–Sudani`, `al  Sudani` | `al sudani` |
//! | `U.S.`, `US` | `us` |
//! | `Straße`, `STRASSE` | `strasse` |
//! | `Łódź`, `İstanbul` | `lodz`, `istanbul` |
//! | `3.5` | `3.5` |

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// The folded form of a text: compatibility decomposition (Unicode Standard Annex #15, NFKD) without accents
/// and invisible characters, in lower case; one form of apostrophe and quotation mark; hyphens, dashes and
/// runs of white space as one space, none at either end; no dot after a letter. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut folder = Folder { out: String::with_capacity(text.len()) };
    for c in text.chars() {
        folder.push(c);
    }
    folder.finish()
}

/// A folded text that knows where its parts come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The folded text, as [`fold`] gives it.
    pub text: String,
    /// What each grapheme of the original that left something behind became, in order.
    map: Vec<Piece>,
}

/// A grapheme of the original and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    folded: Range<usize>,
    original: Range<usize>,
}

impl Folded {
    /// Folds a text and keeps the way back.
    pub fn new(text: &str) -> Self {
        let mut folder = Folder { out: String::with_capacity(text.len()) };
        let mut map = Vec::with_capacity(text.len());
        for (start, grapheme) in text.grapheme_indices(true) {
            let before = folder.out.len();
            for c in grapheme.chars() {
                folder.push(c);
            }
            if folder.out.len() > before {
                let original = start..start + grapheme.len();
                map.push(Piece { folded: before..folder.out.len(), original });
            }
        }
        Self { text: folder.finish(), map }
    }

    /// The bytes of the original that a range of the folded text comes from, widened to whole graphemes.
    /// An empty or foreign range gives an empty one.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        if folded.is_empty() {
            return 0..0;
        }
        let first = self.map.partition_point(|piece| piece.folded.end <= folded.start);
        let after = self.map.partition_point(|piece| piece.folded.start < folded.end);
        match (self.map.get(first), after.checked_sub(1).and_then(|last| self.map.get(last))) {
            (Some(first), Some(last)) if first.original.start <= last.original.start => {
                first.original.start..last.original.end
            }
            _ => 0..0,
        }
    }

    /// Where `needle`, folded already, occurs: byte ranges of the original, in order, not overlapping.
    pub fn find(&self, needle: &str) -> Vec<Range<usize>> {
        if needle.is_empty() {
            return Vec::new();
        }
        self.text
            .match_indices(needle)
            .map(|(start, found)| self.original(start..start + found.len()))
            .collect()
    }
}

/// What a character becomes by itself, part by part. What stands before a part decides only whether it is left
/// out ([`is_left_out`]).
pub(crate) fn parts(c: char, mut each: impl FnMut(char)) {
    let mut emit = |c: char| match c {
        '`' => each('\''),
        '-' => each(' '),
        c if c.is_whitespace() => each(' '),
        // A control character inside a word is noise, as an invisible one is.
        c if c.is_control() => {}
        c => each(c),
    };
    if c.is_ascii() {
        return emit(c.to_ascii_lowercase());
    }
    // Marks of punctuation first: the decomposition of some (´, ″) is something else.
    if let Some(form) = one_form(c) {
        return emit(form);
    }
    decompose_compatible(c, |part| {
        if is_accent(part) || is_invisible(part) {
            return;
        }
        if let Some(form) = one_form(part) {
            return emit(form);
        }
        // Lower, upper, lower: only so do ẞ and ß, ς and σ, ſ and s meet, as in full case folding.
        for lower in part.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
            decompose_compatible(lower, |c| match stroked(c) {
                Some(plain) => plain.chars().for_each(&mut emit),
                None if is_accent(c) => {}
                None => emit(c),
            });
        }
    });
}

/// Whether a part is left out after what is written already: a dot after a letter, a space after another or
/// at the start.
pub(crate) fn is_left_out(part: char, before: Option<char>) -> bool {
    match part {
        '.' => before.is_some_and(char::is_alphabetic),
        ' ' => before.is_none_or(|before| before == ' '),
        _ => false,
    }
}

/// Folds character by character. What a character becomes depends only on what was written before it.
struct Folder {
    out: String,
}

impl Folder {
    fn push(&mut self, c: char) {
        parts(c, |part| {
            if !is_left_out(part, self.out.chars().next_back()) {
                self.out.push(part);
            }
        });
    }

    fn finish(mut self) -> String {
        if self.out.ends_with(' ') {
            self.out.pop();
        }
        self.out
    }
}

/// The one form of an apostrophe, quotation mark or hyphen.
fn one_form(c: char) -> Option<char> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ'
        | 'ˊ' | 'ˋ' | '՚' | '׳' | '＇' | '｀' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '״' | '〃' | '＂' => '"',
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{58A}'
        | '\u{5BE}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => '-',
        _ => return None,
    })
}

/// Whether a mark is an accent (or a point of Hebrew or Arabic) rather than a part of the letter, as the
/// vowel signs of Indic scripts, the tones of Thai and the voicing of kana are. Told by the canonical
/// combining class (Unicode Standard Annex #44, section 5.7.4).
fn is_accent(c: char) -> bool {
    is_combining_mark(c)
        && (matches!(canonical_combining_class(c), 1..=6 | 10..=36 | 200..=255)
            || matches!(c, '\u{34F}' | '\u{20DD}'..='\u{20E4}' | '\u{FE00}'..='\u{FE0F}')
            || matches!(c, '\u{180B}'..='\u{180F}' | '\u{E0100}'..='\u{E01EF}'))
}

/// Characters that take no room: a reader does not know that they are there.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{640}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Letters whose stroke or joining Unicode does not decompose, and what people write instead.
fn stroked(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn one_form_for_each_way_of_writing() {
        for (written, folded) in [
            ("Sudani’s", "sudani's"),
            ("SUDANI`S", "sudani's"),
            ("al-Sudani", "al sudani"),
            ("al – Sudani", "al sudani"),
            ("U.S.", "us"),
            ("u.s.-led", "us led"),
            ("U.S. forces", "us forces"),
            ("3.5 km", "3.5 km"),
            ("in 2017.", "in 2017."),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("GROẞE", "grosse"),
            ("İstanbul", "istanbul"),
            ("ısparta", "isparta"),
            ("Łódź", "lodz"),
            ("Cafe\u{301}", "cafe"),
            ("café", "cafe"),
            ("ﬁn", "fin"),
            ("“quoted”", "\"quoted\""),
            ("«quoted»", "\"quoted\""),
            ("5″ 3′", "5\" 3'"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("σίσυφος", "σισυφοσ"),
            ("Ｆｕｌｌ", "full"),
            ("two\r\n  lines\t", "two lines"),
            (" - ", ""),
            ("", ""),
            ("so\u{AD}ft", "soft"),
            ("a\u{200B}b\u{202E}c", "abc"),
            // Arabic: hamza and vowel points go, presentation forms and the stretched letter too.
            ("أَحْمَد", "احمد"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("محـــمد", "محمد"),
            // Voicing and vowel signs are part of the letter.
            ("が", "か\u{3099}"),
            ("か\u{3099}", "か\u{3099}"),
            ("किताब", "किताब"),
            ("伊拉克", "伊拉克"),
            ("æther œuvre", "aether oeuvre"),
        ] {
            assert_eq!(fold(written), folded, "{written:?}");
        }
    }

    #[test]
    fn finds_in_the_text_as_written() {
        for (text, needle, found) in [
            ("the U.S. and Iraq", "us", vec!["U.S"]),
            ("focus on the U.S.", "us", vec!["us", "U.S"]),
            ("Mr. al‑Sudani’s office", "al sudani's", vec!["al‑Sudani’s"]),
            ("eﬀort", "f", vec!["ﬀ", "ﬀ"]),
            ("die Straße", "strasse", vec!["Straße"]),
            ("İİ", "i", vec!["İ", "İ"]),
            ("Cafe\u{301}s", "cafe", vec!["Cafe\u{301}"]),
            ("working\n   group", "working group", vec!["working\n   group"]),
            ("أَحْمَد قال", "احمد", vec!["أَحْمَد"]),
            ("在伊拉克的", "伊拉克", vec!["伊拉克"]),
            ("nothing", "", vec![]),
        ] {
            let ranges = Folded::new(text).find(needle);
            let got: Vec<_> = ranges.iter().map(|range| text.get(range.clone()).unwrap()).collect();
            assert_eq!(got, found, "{needle:?} in {text:?}");
        }
    }

    #[test]
    fn a_range_that_is_no_part_gives_nothing() {
        let folded = Folded::new("abc");
        assert_eq!(folded.original(1..1), 0..0);
        assert_eq!(folded.original(7..9), 0..0);
        assert_eq!(Folded::new("").original(0..4), 0..0);
    }

    #[test]
    fn folding_every_character_twice_changes_nothing() {
        for c in '\0'..=char::MAX {
            let once = fold(&format!("a{c}.b"));
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_are_the_same(text in "[a-zà-žΆ-ώا-ي가-힣 '.-]*") {
            prop_assert_eq!(fold(&text.nfc().collect::<String>()), fold(&text.nfd().collect::<String>()));
        }

        #[test]
        fn the_way_back_ends_at_borders(text in "\\PC*", a in 0usize..40, b in 0usize..40) {
            let folded = Folded::new(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            let range = folded.original(a.min(b)..a.max(b));
            let borders: Vec<usize> =
                text.grapheme_indices(true).map(|(at, _)| at).chain([text.len(), 0]).collect();
            prop_assert!(range.start <= range.end);
            prop_assert!(borders.contains(&range.start) && borders.contains(&range.end));
        }
    }
}
