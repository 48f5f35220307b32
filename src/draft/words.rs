//! The closed classes of English: words that only join others, auxiliaries, pronouns.

use super::lexicon::{Inflection, LEXICON};
use super::token::Token;

/// Words that join others and name nothing.
const FUNCTION: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "to",
    "from",
    "into",
    "over",
    "under",
    "about",
    "against",
    "between",
    "among",
    "after",
    "before",
    "since",
    "until",
    "till",
    "during",
    "through",
    "and",
    "or",
    "but",
    "nor",
    "so",
    "yet",
    "if",
    "unless",
    "because",
    "although",
    "though",
    "while",
    "when",
    "where",
    "who",
    "whom",
    "whose",
    "which",
    "what",
    "why",
    "how",
    "as",
    "than",
    "not",
    "no",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "am",
    "has",
    "have",
    "had",
    "having",
    "do",
    "does",
    "did",
    "will",
    "would",
    "shall",
    "should",
    "can",
    "could",
    "may",
    "might",
    "must",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "him",
    "her",
    "them",
    "us",
    "me",
    "his",
    "hers",
    "their",
    "its",
    "our",
    "your",
    "my",
    "there",
    "here",
    "then",
    "now",
    "also",
    "both",
    "either",
    "neither",
    "each",
    "every",
    "all",
    "some",
    "any",
    "many",
    "most",
    "more",
    "less",
    "few",
    "several",
    "other",
    "others",
    "another",
    "such",
    "same",
    "own",
    "very",
    "just",
    "only",
    "even",
    "still",
    "again",
    "however",
    "meanwhile",
    "including",
    "despite",
    "without",
    "within",
    "along",
    "across",
    "near",
    "per",
    "via",
    "upon",
    "off",
    "out",
    "up",
    "down",
    "away",
    "back",
    "ago",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "about",
    "around",
    "nearly",
    "almost",
    "roughly",
    "least",
    "later",
    "earlier",
    "first",
    "last",
    "next",
    "ever",
    "never",
    "much",
    "further",
    "together",
    "part",
    "too",
    "once",
    "twice",
    "toward",
    "towards",
    "behind",
    "beside",
    "beyond",
];

/// Whether a word in lower case only joins others.
pub(super) fn is_function(word: &str) -> bool {
    FUNCTION.contains(&word)
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
    if is_vague(&token.lower) || LEXICON.noun(&token.lower).is_some() {
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

/// Words before a noun that say nothing of who it is.
fn is_vague(word: &str) -> bool {
    matches!(
        word,
        "local"
            | "senior"
            | "former"
            | "hundreds"
            | "thousands"
            | "dozens"
            | "half"
            | "various"
            | "certain"
            | "new"
            | "old"
            | "whole"
            | "entire"
            | "growing"
            | "neighboring"
            | "neighbouring"
            | "following"
            | "early"
            | "late"
            | "nearby"
            | "dozen"
            | "hundred"
            | "thousand"
            | "million"
            | "remaining"
            | "surviving"
            | "main"
    )
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
