//! A long chronology, made on the spot.

use std::fmt::Write as _;

/// Words that titles and summaries are made of.
const WORDS: [&str; 24] = [
    "attack",
    "base",
    "border",
    "ceasefire",
    "coalition",
    "convoy",
    "delegation",
    "embassy",
    "foreign",
    "governor",
    "harbour",
    "inquiry",
    "joint",
    "kilometres",
    "letter",
    "militia",
    "night",
    "observers",
    "parliament",
    "report",
    "siege",
    "talks",
    "unknown",
    "visit",
];

/// The word that only the event with this number, counted from 1, has in its title.
pub fn mark(number: usize) -> String {
    format!("n{number:05}")
}

/// So many events in TOML, a few days apart, of eight parties; always the same ones.
pub fn chronology(events: usize) -> String {
    let mut text = String::from("title = \"A long chronology\"\n");
    for party in 0..8 {
        let _ = write!(text, "\n[[parties]]\nid = \"p{party}\"\nname = \"Party {party}\"\n");
    }
    for actor in 0..40 {
        let _ = write!(
            text,
            "\n[[actors]]\nid = \"a{actor}\"\nname = \"Actor {actor}\"\nparty = \"p{}\"\n",
            actor % 8
        );
    }
    for number in 1..=events {
        let (year, month, day) = (1900 + number / 120, 1 + number / 10 % 12, 1 + number % 10 * 3);
        let title = words(number, 5);
        let summary = words(number + events, 30);
        let _ = write!(
            text,
            "\n[[events]]\nid = \"e{number}\"\ndate = \"{year}-{month:02}-{day:02}\"\ntitle = \"{} {title}\"\n\
             summary = \"{summary}\"\nactors = [{{ id = \"a{}\" }}, {{ id = \"a{}\" }}]\n",
            mark(number),
            number % 40,
            number * 7 % 40
        );
    }
    text
}

/// So many words that look chosen at random.
pub fn words(seed: usize, count: usize) -> String {
    let pick = |n: usize| WORDS[(seed * 7919 + n * 104_729 + seed * n * 31) / 7 % WORDS.len()];
    (0..count).map(pick).collect::<Vec<_>>().join(" ")
}
