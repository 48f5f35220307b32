//! Titles from the words of the text: who, what, whom; short, without what says when.

use std::ops::Range;

use super::dating::Time;
use super::token::{Kind, Token};

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
    let title = title.replace("( ", "(").replace(" )", ")").replace(" %", "%");
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
