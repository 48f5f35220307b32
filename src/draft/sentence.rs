//! Sentences and paragraphs: where each begins and ends, and which lines are headings.

use std::ops::Range;

use super::token::{Kind, Token};

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Which paragraph it stands in.
    pub paragraph: usize,
}

/// A sentence is cut after this many tokens, so that what is done for each takes no longer in any text.
const LONGEST: usize = 250;
/// A line of at most this many words without an end is a heading.
const HEADING: usize = 14;

/// Words that begin a sentence after a shortened word more often than they go on with it.
const STARTERS: &[&str] = &[
    "the",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "in",
    "on",
    "at",
    "but",
    "and",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "their",
    "its",
    "after",
    "before",
    "when",
    "while",
    "however",
    "meanwhile",
    "since",
    "as",
];

/// The sentences of a text, without headings and lines of initials.
pub(super) fn sentences(tokens: &[Token<'_>]) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (paragraph, range) in paragraphs(tokens).into_iter().enumerate() {
        let Some(inside) = tokens.get(range.clone()) else { continue };
        if is_heading(inside) {
            continue;
        }
        let mut start = range.start + dateline(inside);
        let begins = start;
        for at in begins..range.end {
            if at + 1 == range.end || at - start >= LONGEST || ends_sentence(tokens, at) {
                if tokens.get(start..=at).is_some_and(|inside| inside.iter().any(Token::is_word)) {
                    found.push(Sentence { tokens: start..at + 1, paragraph });
                }
                start = at + 1;
            }
        }
    }
    found
}

/// The token ranges of paragraphs: an empty line ends one, and a line that is a sentence's or a heading's end.
pub(super) fn paragraphs(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut line = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.breaks == 0 && at + 1 < tokens.len() {
            continue;
        }
        let ended = matches!(token.kind, Kind::Stop | Kind::Close | Kind::Dash | Kind::Colon);
        let next_is_capital =
            tokens.get(at + 1).is_none_or(|next| next.is_capital() || next.kind == Kind::Open);
        let short = at - line < HEADING - 4;
        if at + 1 == tokens.len() || token.breaks > 1 || ended || (short && next_is_capital && line == start)
        {
            found.push(start..at + 1);
            start = at + 1;
        }
        line = at + 1;
    }
    found
}

/// Whether a paragraph is a heading, a line of initials or the like: short, and no sentence.
fn is_heading(tokens: &[Token<'_>]) -> bool {
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let stopped = tokens.iter().any(|token| token.kind == Kind::Stop);
    let framed = tokens.first().is_some_and(|first| first.kind == Kind::Dash || first.text == "#");
    words <= HEADING && (framed || !stopped)
}

/// How many tokens at the start of a paragraph are its dateline: "BAGHDAD, Jan. 27 (AFP) —".
fn dateline(tokens: &[Token<'_>]) -> usize {
    let shouted = |token: &&Token<'_>| {
        token.text.chars().count() > 2 && token.is_word() && !token.text.chars().any(char::is_lowercase)
    };
    if tokens.first().as_ref().is_none_or(|x| !shouted(x)) {
        return 0;
    }
    let is_dash = |token: &Token<'_>| token.kind == Kind::Dash || token.text == "_";
    let dash = tokens.iter().take(16).position(is_dash);
    let stop = tokens.iter().take(16).position(|token| token.kind == Kind::Stop).unwrap_or(16);
    dash.filter(|dash| *dash < stop)
        .map_or(0, |dash| dash + tokens.iter().skip(dash).take_while(|token| is_dash(token)).count())
}

/// Whether a sentence ends with this token.
fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
    let opens = |token: &Token<'_>| {
        token.is_capital() || matches!(token.kind, Kind::Open | Kind::Number) || token.text == "("
    };
    match token.kind {
        // The mark that closes a quotation belongs to the sentence in it.
        Kind::Stop => match next.kind {
            Kind::Close | Kind::Stop => false,
            _ => opens(next) && token.end() < next.at,
        },
        Kind::Close => {
            let stopped = at.checked_sub(1).and_then(|before| tokens.get(before));
            stopped.is_some_and(|before| before.kind == Kind::Stop) && opens(next)
        }
        Kind::Word if token.text.ends_with('.') => {
            next.is_capital() && next.is_any(STARTERS) && token.text.len() > 2
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = tokens(text);
        sentences(&tokens)
            .into_iter()
            .filter_map(|sentence| {
                let (first, last) =
                    (tokens.get(sentence.tokens.start)?, tokens.get(sentence.tokens.end - 1)?);
                text.get(first.at..last.end())
            })
            .collect()
    }

    #[test]
    fn sentences_end_where_they_do() {
        assert_eq!(
            cut("U.S. Gen. J. Smith met Mr. al-Sudani. He left the U.S. The talks ended."),
            ["U.S. Gen. J. Smith met Mr. al-Sudani.", "He left the U.S.", "The talks ended."]
        );
        assert_eq!(cut("“It is over.” He left."), ["“It is over.”", "He left."]);
        assert_eq!(cut("He said: \"Go. Now.\" They went"), ["He said: \"Go.", "Now.\"", "They went"]);
        assert_eq!(cut("the Gaza war. are doing. Next."), ["the Gaza war. are doing.", "Next."]);
        assert_eq!(cut("It cost 3.5 million… Then nothing."), ["It cost 3.5 million…", "Then nothing."]);
    }

    #[test]
    fn headings_datelines_and_initials_are_none() {
        assert_eq!(
            cut("A Long Way Home\n\nIt rained all day.\n– “Clear” –\nIt stopped.\nab/cd/ef"),
            ["It rained all day.", "It stopped."]
        );
        assert_eq!(cut("HALDEN, March 3 (Wire) — The river rose."), ["The river rose."]);
        assert_eq!(cut("HALDEN, Norway (Wire) _ The river rose."), ["The river rose."]);
        assert_eq!(cut("The river rose and\nthe bridge fell."), ["The river rose and\nthe bridge fell."]);
    }
}
