//! Titles from the words of the text: who, what, whom; short, without what says when.

use std::ops::Range;

use super::dating::Time;
use super::lexicon::{Inflection, LEXICON};
use super::token::{Kind, Token};
use super::words::{JOINING, WHERE, is_adverb, is_function};

/// The most characters of a title.
const LONGEST: usize = 90;

/// Words that nothing ends with.
const LOOSE: &[&str] = &[
    "and", "or", "but", "that", "which", "who", "since", "until", "with", "the", "a", "of", "in", "on", "by",
    "to", "when", "while", "as", "after", "before", "through", "for", "at", "from", "into",
];

/// A title from a range of tokens, with words before it in place of those it begins with.
pub(super) fn title(
    tokens: &[Token<'_>],
    range: Range<usize>,
    subject: Option<&str>,
    times: &[Time],
) -> String {
    let tells_when = |token: &Token<'_>| {
        times.iter().any(|time| time.range.start <= token.at && token.end() <= time.range.end)
    };
    let mut title = subject.unwrap_or_default().to_owned();
    let mut joined = false;
    for at in range.clone() {
        let Some(token) = tokens.get(at) else { break };
        let next = tokens.get(at + 1).filter(|_| at + 1 < range.end);
        let article = token.is("the") && next.is_some_and(&tells_when);
        let after =
            tokens.get(at + 2).filter(|_| at + 2 < range.end && next.is_some_and(|next| next.is("the")));
        let next = after.or(next);
        let before_time = article
            || next.is_some_and(&tells_when)
                && token
                    .is_any(&["in", "on", "since", "by", "until", "at", "from", "during", "late", "early"]);
        if tells_when(token) || before_time || matches!(token.kind, Kind::Open | Kind::Close) {
            joined = false;
            continue;
        }
        let mark = matches!(token.kind, Kind::Comma | Kind::Stop | Kind::Colon | Kind::Possessive);
        if mark && title.is_empty() {
            continue;
        }
        let after = joined || (mark && token.kind != Kind::Possessive) || token.kind == Kind::Possessive;
        if !title.is_empty() && !after {
            title.push(' ');
        }
        title.push_str(token.text);
        joined = matches!(token.text, "(" | "[" | "$" | "£" | "€");
        if token.kind == Kind::Other && matches!(token.text, ")" | "]" | "%") {
            joined = false;
        }
    }
    let title = title
        .replace(",,", ",")
        .replace(" (to)", "")
        .replace("( ", "(")
        .replace(" )", ")")
        .replace(" (to)", "")
        .replace(" %", "%");
    let title = title.trim_end_matches([',', '.', ':', ';', '–', '—', ' ', '-']);
    let mut title = title;
    while let Some((rest, last)) = title.rsplit_once(' ') {
        if !LOOSE.contains(&last.to_lowercase().as_str()) {
            break;
        }
        title = rest.trim_end_matches([',', ' ']);
    }
    cut(&capitalised(title))
}

/// Where the words of a title begin: behind what only leads to the one who acts ("Alarmed at the loss, Congress
/// passed …"), if that stands before the verb.
pub(super) fn begins(tokens: &[Token<'_>], range: &Range<usize>, verb: usize) -> usize {
    let token = |at: usize| tokens.get(at).filter(|_| at < verb);
    let leads = token(range.start).is_some_and(|first| {
        let form = LEXICON.verb(&first.lower).map(|verb| verb.inflection);
        WHERE.has(&first.lower)
            || JOINING.has(&first.lower)
            || first.is_any(&["of", "because"])
            || is_adverb(first) && token(range.start + 1).is_some_and(|next| next.kind == Kind::Comma)
            || matches!(form, Some(Inflection::Past | Inflection::Participle | Inflection::Gerund))
            || first.lower.len() > 4 && (first.lower.ends_with("ed") || first.lower.ends_with("ing"))
    });
    let comma = |at: &usize| {
        let next = token(at + 1);
        token(*at).is_some_and(|token| token.kind == Kind::Comma)
            && next.is_some_and(|next| {
                next.is_word()
                    && (next
                        .is_any(&["the", "a", "an", "he", "she", "it", "they", "his", "her", "its", "their"])
                        || !is_function(&next.lower))
            })
    };
    if !leads {
        return range.start;
    }
    (range.start..verb).find(comma).map_or(range.start, |comma| comma + 1)
}

/// With a capital at the start.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Cut between words.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        length += word.chars().count() + 1;
        if length > LONGEST {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = text.chars().take(LONGEST - 1).collect();
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn made(text: &str, verb: &str) -> String {
        let tokens = tokens(text);
        let at = tokens.iter().position(|token| token.is(verb)).expect("the verb");
        let start = begins(&tokens, &(0..tokens.len()), at);
        title(&tokens, start..tokens.len(), None, &[])
    }

    #[test]
    fn a_title_begins_with_who_acts() {
        for (text, verb, expected) in [
            (
                "Alarmed at the loss, and in haste, Congress passed a bill.",
                "passed",
                "Congress passed a bill",
            ),
            ("Under orders from Davis, troops fired on the fort.", "fired", "Troops fired on the fort"),
            ("Later, the controller asked.", "asked", "The controller asked"),
            ("Despite the rain, the river fell.", "fell", "The river fell"),
            // A place in an apposition, and a list, are who it is about.
            ("Orlow, the capital, fell.", "fell", "Orlow, the capital, fell"),
            ("Iraq, Iran and Syria met.", "met", "Iraq, Iran and Syria met"),
        ] {
            assert_eq!(made(text, verb), expected);
        }
    }

    #[test]
    fn a_title_is_cut_between_words_and_ends_with_one_that_says_something() {
        assert_eq!(made("The army left (to) the hills, and the", "left"), "The army left the hills");
        let long = made(&format!("The army left {}", "far away ".repeat(20)), "left");
        assert!(long.ends_with('…') && long.chars().count() <= LONGEST + 1, "{long}");
    }
}
