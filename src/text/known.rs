//! Names that are known, where they stand in a text: folded, at the borders of words.

use std::collections::HashMap;
use std::ops::Range;

use super::fold::{Folded, fold};
use super::width::width;

/// Names to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// By their first word, the longest first.
    by_word: HashMap<String, Vec<Name>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    folded: String,
    /// It is written in capitals and means nothing else only where it is: "US" is not "us".
    capitals: bool,
}

/// Whether a script has no spaces between its words.
fn is_joined(c: char) -> bool {
    width(c.encode_utf8(&mut [0; 4])) > 1
}

/// Whether a word goes on from one character to the next.
fn goes_on(before: char, after: char) -> bool {
    before.is_alphanumeric() && after.is_alphanumeric() && !is_joined(before) && !is_joined(after)
}

/// The first word of a folded text, or its first character where words are not told apart.
fn first_word(folded: &str) -> &str {
    let mut end = 0;
    let mut before: Option<char> = None;
    for (at, c) in folded.char_indices() {
        if before.is_some_and(|before| !goes_on(before, c)) {
            break;
        }
        end = at + c.len_utf8();
        before = Some(c);
    }
    folded.get(..end).unwrap_or_default()
}

impl Known {
    /// Takes names. One of a single letter is none to look for.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_word: HashMap<String, Vec<Name>> = HashMap::new();
        for name in names {
            let folded = fold(name);
            if folded.chars().nth(1).is_none() {
                continue;
            }
            let capitals = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
            let same = by_word.entry(first_word(&folded).to_owned()).or_default();
            same.push(Name { folded, capitals });
        }
        for names in by_word.values_mut() {
            names.sort_unstable_by(|a, b| {
                b.folded.len().cmp(&a.folded.len()).then_with(|| a.folded.cmp(&b.folded))
            });
            names.dedup();
        }
        Self { by_word }
    }

    /// The byte ranges in a text where they stand, in order, none over another; of those that begin together the
    /// longest.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        if self.by_word.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let mut found = Vec::new();
        let mut free_from = 0;
        let mut before: Option<char> = None;
        for (at, c) in folded.text.char_indices() {
            let begins = c.is_alphanumeric() && !before.is_some_and(|before| goes_on(before, c));
            before = Some(c);
            if !begins || at < free_from {
                continue;
            }
            if let Some((original, end)) = self.name_at(text, &folded, at) {
                found.push(original);
                free_from = end;
            }
        }
        found
    }

    /// The longest name that begins here: where it stands in the text, and where it ends in the folded one.
    fn name_at(&self, text: &str, folded: &Folded, at: usize) -> Option<(Range<usize>, usize)> {
        let rest = folded.text.get(at..)?;
        self.by_word.get(first_word(rest))?.iter().find_map(|name| {
            let after = rest.strip_prefix(name.folded.as_str())?;
            let last = name.folded.chars().next_back()?;
            if after.chars().next().is_some_and(|next| goes_on(last, next)) {
                return None;
            }
            let end = at + name.folded.len();
            let original = folded.original(at..end);
            let written = text.get(original.clone())?;
            let fits = !name.capitals || !written.chars().any(char::is_lowercase);
            (fits && !original.is_empty()).then_some((original, end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(names: &[&str], text: &'t str) -> Vec<&'t str> {
        Known::new(names.iter().copied()).find(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn names_are_found_folded_and_at_the_borders_of_words() {
        assert_eq!(found(&["al-Sudani", "Iraq"], "Shia AL‑SUDANI’s Iraq, Iraqi"), ["AL‑SUDANI", "Iraq"]);
        assert_eq!(
            found(&["United States"], "the united  states and the United Nations"),
            ["united  states"]
        );
        assert_eq!(found(&["日本国政府"], "中国は日本国政府と"), ["日本国政府"]);
        assert_eq!(found(&["Łódź"], "in lodz"), ["lodz"]);
    }

    #[test]
    fn the_longest_of_two_is_taken_and_nothing_twice() {
        let names = ["Iraq", "Iraq’s Islamic Resistance Movement", "Islamic Resistance"];
        assert_eq!(found(&names, "by Iraq’s Islamic Resistance Movement, Iraq’s"), [names[1], "Iraq"]);
    }

    #[test]
    fn what_is_written_in_capitals_is_no_other_word() {
        assert_eq!(found(&["US", "IS"], "US and U.S. troops told us that IS is"), ["US", "U.S", "IS"]);
        assert_eq!(found(&["A", ""], "A a"), [""; 0]);
    }
}
