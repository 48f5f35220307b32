//! A text cut into tokens in one pass over its bytes: words with their class, numbers, and marks.

use super::lexicon::{Word, class};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters.
    Word(Word),
    /// A run of ASCII digits: its value (no more than `u32::MAX`) and how many there are (no more than 255).
    Number(u32, u8),
    /// Anything else, one character; the forms of apostrophes, quotation marks and hyphens are one each.
    Mark(u8),
}

/// The mark of an em dash, which is no hyphen.
pub(super) const DASH: u8 = 1;
/// The mark of everything that has none.
const OTHER: u8 = 0;

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether white space stands before it.
    pub(super) space: bool,
    /// How many lines end before it, up to 2: a blank line ends a paragraph.
    pub(super) lines: u8,
    /// Whether a word begins with a capital.
    pub(super) capital: bool,
}

/// The tokens of a text, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    /// Starts at the beginning of a text.
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The character here, which is not ASCII.
    fn char(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    /// Goes over white space; says whether there was any, and how many lines ended.
    fn blank(&mut self) -> (bool, u8) {
        let (from, mut lines) = (self.at, 0u8);
        while let Some(byte) = self.byte() {
            match byte {
                b'\n' => lines = (lines + 1).min(2),
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {}
                0x80.. => match self.char() {
                    Some(c) if c.is_whitespace() => self.at += c.len_utf8() - 1,
                    _ => break,
                },
                _ => break,
            }
            self.at += 1;
        }
        (self.at > from, lines)
    }

    fn word(&mut self) -> Kind {
        let from = self.at;
        let mut ascii = true;
        while let Some(byte) = self.byte() {
            if byte.is_ascii_alphabetic() {
                self.at += 1;
            } else if byte >= 0x80 {
                match self.char() {
                    Some(c) if c.is_alphanumeric() => self.at += c.len_utf8(),
                    _ => break,
                }
                ascii = false;
            } else {
                break;
            }
        }
        let said = if ascii { self.text.as_bytes().get(from..self.at) } else { None };
        Kind::Word(said.map_or(Word::Other, class))
    }

    fn number(&mut self) -> Kind {
        let (mut value, mut digits) = (0u32, 0u8);
        while let Some(byte) = self.byte().filter(u8::is_ascii_digit) {
            value = value.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
            digits = digits.saturating_add(1);
            self.at += 1;
        }
        Kind::Number(value, digits)
    }

    fn mark(&mut self, c: char) -> Kind {
        self.at += c.len_utf8();
        Kind::Mark(match c {
            '‘' | '’' | 'ʼ' | '′' | '`' => b'\'',
            '‐' | '‑' | '‒' | '–' | '−' => b'-',
            '—' | '―' => DASH,
            '“' | '”' | '„' | '«' | '»' => b'"',
            '…' => b'.',
            c => u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(OTHER),
        })
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let (space, lines) = self.blank();
        let byte = self.byte()?;
        let (start, mut capital) = (self.at, false);
        let kind = if byte.is_ascii_digit() {
            self.number()
        } else if byte.is_ascii_alphabetic() {
            capital = byte.is_ascii_uppercase();
            self.word()
        } else {
            let c = self.char()?;
            if c.is_alphanumeric() {
                capital = c.is_uppercase();
                self.word()
            } else {
                self.mark(c)
            }
        };
        Some(Token { start, end: self.at, kind, space, lines, capital })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        Lexer::new(text).map(|token| token.kind).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        assert_eq!(
            kinds("mid-1990s, 5:30"),
            [
                Kind::Word(Word::Mid),
                Kind::Mark(b'-'),
                Kind::Number(1990, 4),
                Kind::Word(Word::S),
                Kind::Mark(b','),
                Kind::Number(5, 1),
                Kind::Mark(b':'),
                Kind::Number(30, 2),
            ]
        );
    }

    #[test]
    fn forms_of_marks_are_one() {
        assert_eq!(kinds("’–“—"), [b'\'', b'-', b'"', DASH].map(Kind::Mark));
    }

    #[test]
    fn lines_and_spaces_are_counted() {
        let tokens: Vec<Token> = Lexer::new(" a\nb\n\n\nc\u{a0}Éd").collect();
        assert_eq!(tokens.iter().map(|token| token.lines).collect::<Vec<_>>(), [0, 1, 2, 0]);
        assert!(tokens.iter().all(|token| token.space));
        assert!(tokens[3].capital);
    }
}
