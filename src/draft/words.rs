//! The closed classes of English: words that only join others, auxiliaries, pronouns.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::{Inflection, LEXICON};
use super::token::Token;

/// A class of words, from `assets/draft/words.txt`.
pub(super) struct Words(HashSet<&'static str>);

impl Words {
    /// The words of a class, in lower case.
    fn of(class: &str) -> Self {
        let mut found = HashSet::new();
        let mut inside = false;
        for line in include_str!("../../assets/draft/words.txt").lines() {
            match line.strip_prefix("= ") {
                Some(heading) => inside = heading == class,
                None if inside && !line.starts_with('#') => found.extend(line.split_whitespace()),
                None => {}
            }
        }
        Self(found)
    }

    /// Whether a word in lower case is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

static FUNCTION: LazyLock<Words> = LazyLock::new(|| Words::of("function"));
static BLANK: LazyLock<Words> = LazyLock::new(|| Words::of("blank"));
/// Prepositions behind which a name is that of a place.
pub(super) static WHERE: LazyLock<Words> = LazyLock::new(|| Words::of("where"));
/// Prepositions behind which a name is not that of a place.
pub(super) static JOINING: LazyLock<Words> = LazyLock::new(|| Words::of("joining"));
/// Nouns whose "of" is followed by a place.
pub(super) static PARTS: LazyLock<Words> = LazyLock::new(|| Words::of("part"));
/// How many of those who are named behind "of": "thousands of people".
pub(super) static QUANTITY: LazyLock<Words> = LazyLock::new(|| Words::of("quantity"));
/// Nouns that name somebody without more only as a whole.
pub(super) static VAGUE: LazyLock<Words> = LazyLock::new(|| Words::of("vague"));
/// Nouns of which a text means the one it named last.
pub(super) static RECALLED: LazyLock<Words> = LazyLock::new(|| Words::of("recalled"));
/// Nouns that stand for the company, airline or club that was named last.
pub(super) static FIRM: LazyLock<Words> = LazyLock::new(|| Words::of("firm"));
/// Words that end the names of companies.
pub(super) static COMPANY: LazyLock<Words> = LazyLock::new(|| Words::of("company"));
/// Months, days and clocks, which are no names.
pub(super) static TIMES: LazyLock<Words> = LazyLock::new(|| Words::of("time"));
/// Months that are given names, too.
pub(super) static GIVEN: LazyLock<Words> = LazyLock::new(|| Words::of("given"));
/// Words at the end of a name, or before its "of", by which it is no actor: "prize", "river".
pub(super) static NO_ACTOR: LazyLock<Words> = LazyLock::new(|| Words::of("no-actor"));
/// Words that look like a past tense and are none.
pub(super) static NOT_PAST: LazyLock<Words> = LazyLock::new(|| Words::of("not-past"));
/// Verbs whose present is more often a noun.
pub(super) static NOUNS_TOO: LazyLock<Words> = LazyLock::new(|| Words::of("noun-too"));
/// Titles and nouns of men.
pub(super) static MALE: LazyLock<Words> = LazyLock::new(|| Words::of("male"));
/// Titles and nouns of women.
pub(super) static FEMALE: LazyLock<Words> = LazyLock::new(|| Words::of("female"));

/// Whether a word in lower case only joins others.
pub(super) fn is_function(word: &str) -> bool {
    FUNCTION.has(word)
}

/// Forms of "to be".
pub(super) const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"];
/// Forms of "to have".
pub(super) const HAVE: &[&str] = &["has", "have", "had", "having"];
/// Auxiliaries of what is to come.
pub(super) const WILL: &[&str] = &["will", "shall", "'ll", "wo"];
/// Auxiliaries of what may be.
pub(super) const MAY: &[&str] = &["would", "should", "can", "could", "may", "might", "must", "cannot"];

/// Words that may stand between an auxiliary and its verb.
pub(super) fn is_adverb(token: &Token<'_>) -> bool {
    token.is_word()
        && (token.lower.ends_with("ly") && token.lower.len() > 4
            || token.is_any(&[
                "not", "also", "never", "already", "still", "since", "now", "then", "once", "again", "just",
                "long", "later", "soon", "first", "even", "only", "often", "always", "yet", "ever", "n't",
                "both", "all", "not", "thus", "so", "twice", "jointly",
            ]))
}

/// Whether a word may stand before a noun and belong to it: "joint", "jihadist", "security".
pub(super) fn is_modifier_of(token: &Token<'_>) -> bool {
    if !token.is_word() || is_function(&token.lower) || is_adverb(token) || token.lower.contains('\'') {
        return false;
    }
    if BLANK.has(&token.lower) || LEXICON.noun(&token.lower).is_some() {
        return false;
    }
    match LEXICON.verb(&token.lower).map(|verb| verb.inflection) {
        None => true,
        Some(Inflection::Gerund) => {
            token.is_any(&["working", "ruling", "governing", "fighting", "training", "building"])
        }
        // "the armed forces", but not "they attacked forces".
        Some(_) => token.is_any(&[
            "armed", "united", "allied", "combined", "joint", "fire", "state", "foreign", "guard", "supply",
            "appeal", "lower", "border", "rescue", "united",
        ]),
    }
}

/// Pronouns for a person, and for others.
pub(super) const PERSON: &[&str] = &["he", "she"];
/// Pronouns for a thing or several.
pub(super) const THING: &[&str] = &["it", "they"];
/// Words that take up what was told before.
pub(super) const THIS: &[&str] = &["this", "that", "these", "those"];

/// Words that a clause with a verb of its own begins with.
pub(super) const SUBORDINATORS: &[&str] = &[
    "that", "who", "which", "whom", "whose", "where", "when", "while", "because", "since", "until", "till",
    "after", "before", "although", "though", "if", "unless", "whereas", "once", "as", "whether", "than",
    "so",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_its_words() {
        let classes = [
            &FUNCTION, &BLANK, &WHERE, &JOINING, &PARTS, &QUANTITY, &VAGUE, &RECALLED, &FIRM, &COMPANY,
            &TIMES, &GIVEN, &NO_ACTOR, &NOT_PAST, &NOUNS_TOO, &MALE, &FEMALE,
        ];
        assert!(classes.iter().all(|words| words.0.len() > 4));
        assert!(FUNCTION.has("beyond") && !FUNCTION.has("# join") && TIMES.has("monday"));
    }
}
