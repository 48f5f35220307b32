//! The words of a text, each with its place, and what stands between them.

use std::ops::Range;

use super::words::Words;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// A number, as "2,500", "27th".
    Number,
    /// The ’s of a possessor.
    Possessive,
    /// A comma.
    Comma,
    /// What ends a sentence.
    Stop,
    /// A colon or semicolon.
    Colon,
    /// A dash between words.
    Dash,
    /// A quotation mark that opens.
    Open,
    /// A quotation mark that closes.
    Close,
    /// Anything else.
    Other,
}

/// A word, number or mark.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    /// As written.
    pub text: &'t str,
    /// Its first byte.
    pub at: usize,
    /// In lower case, with straight apostrophes and without dots.
    pub lower: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether a line ends behind it, and whether an empty one follows.
    pub breaks: u8,
}

impl Token<'_> {
    /// Whether it is written in capitals, so that it is another word: "IS", "US".
    pub fn is_shouted(&self) -> bool {
        (2..=5).contains(&self.text.len()) && self.text.chars().all(|c| c.is_uppercase() || c == '.')
    }

    /// The byte behind it.
    pub const fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether it is this word.
    pub fn is(&self, word: &str) -> bool {
        self.lower == word && !self.is_shouted()
    }

    /// Whether it is one of these words.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str()) && !self.is_shouted()
    }

    /// Whether it is one of a class of words.
    pub fn is_in(&self, words: &Words) -> bool {
        words.has(&self.lower) && !self.is_shouted()
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        self.kind == Kind::Word && self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Words that are shortened with a dot, without it.
const SHORTENED: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "adm", "brig", "sen", "rep",
    "gov", "st", "jr", "sr", "inc", "corp", "ltd", "co", "vs", "no", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs",
    "fri", "sat", "sun", "ca", "approx", "dept", "est", "fig", "vol", "rev", "hon", "pres", "messrs",
];

/// The tokens of a text. Takes time in proportion to its length.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut quoted = false;
    while let Some((at, c)) = rest.next() {
        if c.is_whitespace() {
            if c == '\n'
                && let Some(last) = found.last_mut()
            {
                last.breaks = last.breaks.saturating_add(1);
                // A quotation that was never closed ends with its paragraph.
                quoted = quoted && last.breaks < 2;
            }
            continue;
        }
        if c.is_alphanumeric() {
            let end = word_end(text, at);
            while rest.peek().is_some_and(|(next, _)| *next < end) {
                rest.next();
            }
            push_word(&mut found, text, at..end, quoted);
            continue;
        }
        let before_is_word = found.last().is_some_and(|last| last.end() == at && last.kind != Kind::Open);
        let kind = match c {
            ',' => Kind::Comma,
            '.' | '!' | '?' | '…' => Kind::Stop,
            ':' | ';' => Kind::Colon,
            '–' | '—' | '-' => Kind::Dash,
            '”' | '»' => Kind::Close,
            '"' if quoted || before_is_word => Kind::Close,
            '“' | '«' | '„' | '"' => Kind::Open,
            _ => Kind::Other,
        };
        quoted = match kind {
            Kind::Open => true,
            Kind::Close => false,
            _ => quoted,
        };
        let end = at + c.len_utf8();
        let text = text.get(at..end).unwrap_or_default();
        found.push(Token { text, at, lower: text.to_owned(), kind, quoted, breaks: 0 });
    }
    found
}

/// Where a word that begins here ends: dots, hyphens, apostrophes and commas belong to it between letters or digits.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    let mut before = ' ';
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let joins = match c {
            c if c.is_alphanumeric() => true,
            '.' => {
                let initial = before.is_alphabetic() && is_initial(rest, offset);
                initial || next.is_some_and(|next| before.is_ascii_digit() && next.is_ascii_digit())
            }
            ',' => before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
            '-' | '‐' | '‑' | '/' | '&' => next.is_some_and(char::is_alphanumeric),
            '\'' | '’' => next.is_some_and(char::is_alphabetic),
            // Accents that stand by themselves.
            c => unicode_normalization::char::is_combining_mark(c),
        };
        if !joins {
            break;
        }
        before = c;
        end = offset + c.len_utf8();
    }
    let word = rest.get(..end).unwrap_or_default();
    let dotted = rest.get(end..).is_some_and(|rest| rest.starts_with('.'));
    let shortened = dotted && word.len() < 8 && SHORTENED.contains(&word.to_lowercase().as_str());
    at + end + usize::from(shortened)
}

/// Whether the dot at a byte stands behind a single letter, as in "U.S." and "J. Smith".
fn is_initial(word: &str, dot: usize) -> bool {
    let mut before = word.get(..dot).unwrap_or_default().chars().rev();
    let letter = before.next().is_some_and(char::is_uppercase);
    let alone = before.next().is_none_or(|c| !c.is_alphanumeric());
    let after = word.get(dot + 1..).unwrap_or_default();
    let more = after.chars().next().is_some_and(char::is_alphabetic);
    let inside = word.get(..dot).is_some_and(|word| word.contains('.'));
    let name = after.strip_prefix(' ').and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
    letter && alone && (more || inside || name)
}

/// Adds a word, and what follows an apostrophe by itself.
fn push_word<'t>(found: &mut Vec<Token<'t>>, text: &'t str, range: Range<usize>, quoted: bool) {
    let word = text.get(range.clone()).unwrap_or_default();
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    let split = owner.map_or(range.end, |owner| range.start + owner.len());
    let mut push = |range: Range<usize>, kind| {
        let text = text.get(range.clone()).unwrap_or_default();
        let lower = text.to_lowercase().replace('’', "'").replace('.', "");
        found.push(Token { text, at: range.start, lower, kind, quoted, breaks: 0 });
    };
    let digit = word.chars().next().is_some_and(|c| c.is_ascii_digit());
    push(range.start..split, if digit { Kind::Number } else { Kind::Word });
    if split < range.end {
        push(split..range.end, Kind::Possessive);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.text).collect()
    }

    #[test]
    fn what_is_shortened_keeps_its_dot() {
        assert_eq!(words("U.S. Gen. J. Smith met."), ["U.S.", "Gen.", "J.", "Smith", "met", "."]);
        assert_eq!(
            words("2,500 of al-Sudani’s 3.5."),
            ["2,500", "of", "al-Sudani", "’s", "of", "3.5", "."][..4]
                .iter()
                .chain(&["3.5", "."])
                .copied()
                .collect::<Vec<_>>()
        );
        assert_eq!(words("in the U.S. It"), ["in", "the", "U.S.", "It"]);
    }

    #[test]
    fn quotation_marks_open_and_close() {
        let quoted: Vec<bool> = tokens("a \"b c,\" d “e” f").iter().map(|token| token.quoted).collect();
        assert_eq!(quoted, [false, true, true, true, true, false, false, true, true, false, false]);
    }
}
