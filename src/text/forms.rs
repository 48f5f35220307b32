//! The way back from folding: which characters become a given one, and of which nothing is left.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::fold::parts;

/// Large ranges of characters each of which becomes itself (or is none), so that making the table takes
/// milliseconds. A test holds them against folding.
const THEMSELVES: [RangeInclusive<char>; 7] = [
    '\u{3400}'..='\u{A63F}',
    '\u{D7A4}'..='\u{F8FF}',
    '\u{11A00}'..='\u{16120}',
    '\u{17000}'..='\u{1B122}',
    '\u{1FBFA}'..='\u{2F7FF}',
    '\u{2FA1E}'..='\u{DFFFF}',
    '\u{E0200}'..=char::MAX,
];

/// Which characters beyond ASCII become which.
struct Forms {
    /// By a part: the characters that it is a part of, but for itself.
    of: HashMap<char, Vec<char>>,
    nothing: Vec<char>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms { of: HashMap::new(), nothing: Vec::new() };
    let mut from = '\u{80}';
    for range in THEMSELVES {
        (from..*range.start()).for_each(|c| forms.add(c));
        from = *range.end();
    }
    forms
});

impl Forms {
    fn add(&mut self, c: char) {
        let mut left = false;
        parts(c, |part| {
            left = true;
            if part != c {
                let of = self.of.entry(part).or_default();
                if of.last() != Some(&c) {
                    of.push(c);
                }
            }
        });
        if !left {
            self.nothing.push(c);
        }
    }
}

/// The characters beyond ASCII that become a folded one, alone or beside others.
pub(crate) fn of(part: char) -> impl Iterator<Item = char> {
    let itself = Some(part).filter(|part| !part.is_ascii());
    FORMS.of.get(&part).into_iter().flatten().copied().chain(itself)
}

/// The characters beyond ASCII of which nothing is left: accents and what takes no room.
pub(crate) fn nothing() -> impl Iterator<Item = char> {
    FORMS.nothing.iter().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_character_is_found_from_each_of_its_parts() {
        let none: HashSet<char> = nothing().collect();
        let mut ways: HashMap<char, HashSet<char>> = HashMap::new();
        for c in '\u{80}'..=char::MAX {
            let mut left = false;
            parts(c, |part| {
                left = true;
                let found = ways.entry(part).or_insert_with(|| of(part).collect()).contains(&c);
                assert!(found, "U+{:04X} is not found from {part:?}", u32::from(c));
            });
            assert_eq!(none.contains(&c), !left, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn forms_of_a_letter_are_in_every_alphabet_that_has_them() {
        let forms: Vec<char> = of('e').collect();
        for form in ['é', 'Ê', 'ｅ', 'æ', '𝐞'] {
            assert!(forms.contains(&form), "{form}");
        }
        assert!(!forms.contains(&'e') && !forms.contains(&'à'));
    }
}
