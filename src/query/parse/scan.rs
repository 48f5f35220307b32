//! Reading characters, words and quotes of a query, with their bytes.

use std::ops::Range;

use crate::query::QueryFault;

/// A position in a query.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte that comes next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a byte at a character border.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// A part of the text; empty where the range is none.
    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'t str {
        self.slice(self.at..self.text.len())
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The bytes of the next character, where it is `c`.
    pub(super) fn here(&self, c: char) -> Option<Range<usize>> {
        (self.peek() == Some(c)).then(|| self.next_range())
    }

    /// The bytes of the next character; empty at the end.
    pub(super) fn next_range(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Reads `c`, where it comes next.
    pub(super) fn take(&mut self, c: char) -> Option<Range<usize>> {
        let at = self.here(c)?;
        self.at = at.end;
        Some(at)
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    /// Whether white space, `)` or the end comes next.
    pub(super) fn at_border(&self) -> bool {
        self.peek().is_none_or(|c| c.is_whitespace() || c == ')')
    }

    /// Where the word `or` or `not` stands, in any case, if it comes next.
    pub(super) fn peek_keyword(&self, keyword: &str) -> Option<Range<usize>> {
        let word = self.rest().get(..keyword.len())?;
        let after = self.rest().get(keyword.len()..)?.chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')'));
        (ends && word.eq_ignore_ascii_case(keyword)).then(|| self.at..self.at + keyword.len())
    }

    pub(super) fn keyword(&mut self, keyword: &str) -> Option<Range<usize>> {
        let at = self.peek_keyword(keyword)?;
        self.at = at.end;
        Some(at)
    }

    /// The letters before a colon, if such come next, and the bytes up to behind the colon. `12:30` is none.
    pub(super) fn field_word(&self) -> Option<(&'t str, Range<usize>)> {
        let rest = self.rest();
        let (word, _) = rest.split_once(':')?;
        let is_word = word.starts_with(char::is_alphabetic)
            && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        is_word.then(|| (word, self.at..self.at + word.len() + 1))
    }

    /// Reads up to white space, `)`, the end or one of `stops`.
    pub(super) fn word(&mut self, stops: &[char]) -> String {
        let mut word = String::new();
        while !self.at_border() && !self.peek().is_some_and(|c| stops.contains(&c)) {
            word.extend(self.bump());
        }
        word
    }

    /// Reads a date: as a word up to a comma, but commas in brackets are part of it.
    pub(super) fn date_word(&mut self) -> String {
        let mut word = String::new();
        let mut depth = 0_usize;
        while !self.at_border() {
            match self.peek() {
                Some('[' | '{') => depth += 1,
                Some(']' | '}') => depth = depth.saturating_sub(1),
                Some(',') if depth == 0 => break,
                _ => {}
            }
            word.extend(self.bump());
        }
        word
    }

    /// Reads what stands in quotation marks; `\"` and `\\` are a mark and a backslash, any other backslash is
    /// itself.
    pub(super) fn quoted(&mut self) -> Result<String, QueryFault> {
        let open = self.next_range();
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.bump() {
            match (c, self.peek()) {
                ('"', _) => return Ok(text),
                ('\\', Some(escaped @ ('"' | '\\'))) => {
                    self.bump();
                    text.push(escaped);
                }
                _ => text.push(c),
            }
        }
        Err(QueryFault::new(open, "a quotation mark is never closed").hint("add `\"`"))
    }

    /// Reads a regular expression between slashes, with its bytes; `\/` is a slash.
    pub(super) fn slashed(&mut self) -> Result<(String, Range<usize>), QueryFault> {
        let open = self.next_range();
        self.bump();
        let mut pattern = String::new();
        while let Some(c) = self.bump() {
            match c {
                '/' => return Ok((pattern, open.start..self.at)),
                '\\' => match self.bump() {
                    Some('/') => pattern.push('/'),
                    Some(escaped) => pattern.extend(['\\', escaped]),
                    None => pattern.push('\\'),
                },
                c => pattern.push(c),
            }
        }
        Err(QueryFault::new(open, "a regular expression is never closed")
            .hint("add `/`, or put text that begins with a slash in quotation marks"))
    }
}
