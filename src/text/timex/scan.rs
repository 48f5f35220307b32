//! Tokens looked at from a place, and the order in which expressions are looked for.

use super::context::Context;
use super::lexicon::Word;
use super::token::{Kind, Token};
use super::value::Value;
use super::{Grounds, Modifier};

/// So many tokens back the beginning of a paragraph is looked for.
const PARAGRAPH: usize = 400;

/// Tokens of a piece of text, with what is known there.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) context: &'a Context,
}

/// An expression of time that was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its first token.
    pub(super) first: usize,
    /// The token behind it.
    pub(super) last: usize,
    pub(super) value: Value,
    pub(super) modifier: Option<Modifier>,
    pub(super) grounds: Grounds,
    /// The rule and the anchor, in words.
    pub(super) basis: String,
    /// Whether what follows may count from it.
    pub(super) names: bool,
}

impl Found {
    /// An expression that says by itself what it means.
    pub(super) fn explicit(first: usize, last: usize, value: Value) -> Self {
        Self {
            first,
            last,
            value,
            modifier: None,
            grounds: Grounds::Explicit,
            basis: super::AS_WRITTEN.to_owned(),
            names: true,
        }
    }
}

impl<'a> Scan<'a> {
    /// A token, where there is one.
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The class of the word at a token; of what is none, nothing.
    pub(super) fn word(&self, at: usize) -> Word {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Word(word)) => word,
            _ => Word::Other,
        }
    }

    /// The class of the word before a token.
    pub(super) fn word_before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Other, |before| self.word(before))
    }

    /// The number at a token, with how many digits it has.
    pub(super) fn number(&self, at: usize) -> Option<(u32, u8)> {
        match self.token(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// Whether a token is this mark.
    pub(super) fn mark(&self, at: usize, mark: u8) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// Whether a token is a hyphen.
    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        self.mark(at, b'-')
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.space) && at > 0
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.capital)
    }

    /// What stands at a token.
    pub(super) fn said(&self, at: usize) -> &'a str {
        self.token(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// Whether the words at a token are these, whatever their case.
    pub(super) fn is_said(&self, at: usize, words: &[&str]) -> bool {
        let said = self.said(at);
        words.iter().any(|word| word.eq_ignore_ascii_case(said))
    }

    /// Whether a paragraph ends before a token.
    pub(super) fn breaks(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.lines > 1)
    }

    /// Whether a sentence ends with the token: a full stop that shortens nothing, or the end of a paragraph.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        if self.breaks(at + 1) {
            return true;
        }
        if self.mark(at, b'!') || self.mark(at, b'?') || self.mark(at, b';') {
            return true;
        }
        if !self.mark(at, b'.') || !self.token(at + 1).is_some_and(|next| next.space) {
            return false;
        }
        let shortened = at.checked_sub(1).is_some_and(|before| {
            let said = self.said(before);
            matches!(self.word(before), Word::Month(_) | Word::Weekday(_)) && said.len() <= 4
                || said.len() == 1
                || matches!(
                    said,
                    "Mr" | "Mrs" | "Ms" | "Dr" | "Gen" | "Col" | "Lt" | "Sen" | "Rep" | "St" | "Gov"
                )
        });
        !shortened
    }

    /// Whether a token stands at the beginning of a sentence, behind no more than two words: "In 1918", "By late 1942".
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).rev().any(|before| self.ends_sentence(before)) || at < 3
    }

    /// Whether a paragraph begins between two tokens: behind a blank line, or on a new line after a full stop.
    pub(super) fn opens_paragraph(&self, from: usize, to: usize) -> bool {
        (from + 1..=to).rev().take(PARAGRAPH).any(|at| {
            let lines = self.token(at).map_or(0, |token| token.lines);
            lines > 1 || lines == 1 && self.mark(at - 1, b'.')
        })
    }

    /// The expression that begins at a token, if one does: the longest of what the rules find.
    pub(super) fn expression(&self, at: usize) -> Option<Found> {
        if !self.may_begin(at) {
            return None;
        }
        let rules =
            [Self::clock, Self::calendar, Self::relative, Self::offset, Self::span, Self::set, Self::vague];
        let mut best: Option<Found> = None;
        for rule in rules {
            if let Some(found) = rule(self, at)
                && best.as_ref().is_none_or(|best| found.last > best.last)
            {
                best = Some(found);
            }
        }
        best
    }

    /// Whether an expression may begin with a token.
    fn may_begin(&self, at: usize) -> bool {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Number(..) | Kind::Mark(b'\'')) => true,
            Some(Kind::Word(word)) => !matches!(
                word,
                Word::Other
                    | Word::Did
                    | Word::Said
                    | Word::Does
                    | Word::Will
                    | Word::Of
                    | Word::In
                    | Word::To
                    | Word::And
                    | Word::Or
                    | Word::From
                    | Word::For
                    | Word::By
                    | Word::As
                    | Word::So
                    | Word::S
            ),
            _ => false,
        }
    }
}
