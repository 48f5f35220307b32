//! Walking over the pieces of a text.

use super::lexer::{Lexeme, Number, Token, lex};
use super::lexicon;
use super::relative::Anchor;
use crate::when::{DateFault, When};

/// The pieces of a text, and how far they have been read.
pub(super) struct Reader {
    lexemes: Vec<Lexeme>,
    next: usize,
    end: usize,
    /// The day that relative words count from.
    pub(super) anchor: Option<Anchor>,
}

impl Reader {
    /// Takes a text apart.
    pub(super) fn new(text: &str, today: Option<&When>) -> Result<Self, DateFault> {
        Ok(Self { lexemes: lex(text)?, next: 0, end: text.len(), anchor: today.and_then(Anchor::of) })
    }

    /// Whether any word, rather than digits and signs alone, is in it.
    pub(super) fn has_words(&self) -> bool {
        self.lexemes.iter().any(|lexeme| matches!(lexeme.token, Token::Word(_)))
    }

    /// Where the next piece begins.
    pub(super) fn at(&self) -> usize {
        self.lexemes.get(self.next).map_or(self.end, |lexeme| lexeme.at)
    }

    /// How far it has been read, to come back to.
    pub(super) const fn place(&self) -> usize {
        self.next
    }

    /// Comes back to a place.
    pub(super) const fn return_to(&mut self, place: usize) {
        self.next = place;
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.next >= self.lexemes.len()
    }

    /// The piece that comes `ahead` pieces later.
    pub(super) fn token(&self, ahead: usize) -> Option<&Token> {
        self.lexemes.get(self.next + ahead).map(|lexeme| &lexeme.token)
    }

    /// Passes over some pieces.
    pub(super) fn skip(&mut self, count: usize) {
        self.next = self.lexemes.len().min(self.next + count);
    }

    /// The word that comes `ahead` pieces later, if it is one.
    pub(super) fn word(&self, ahead: usize) -> Option<&str> {
        match self.token(ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The number that comes `ahead` pieces later, if it is one.
    pub(super) fn number(&self, ahead: usize) -> Option<Number> {
        match self.token(ahead) {
            Some(Token::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Passes over the next words if they are these, one after another.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let all = words.iter().enumerate().all(|(ahead, word)| self.word(ahead) == Some(word));
        if all {
            self.skip(words.len());
        }
        all
    }

    /// Passes over the next word if it is any of these.
    pub(super) fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(&[word]))
    }

    /// Passes over the next piece if it is this one.
    pub(super) fn eat_token(&mut self, token: &Token) -> bool {
        let same = self.token(0) == Some(token);
        if same {
            self.skip(1);
        }
        same
    }

    /// Leaves out what stands from `ahead` pieces on.
    pub(super) fn cut(&mut self, ahead: usize) {
        self.lexemes.truncate(self.next + ahead);
    }

    /// How many pieces are left.
    pub(super) fn left(&self) -> usize {
        self.lexemes.len().saturating_sub(self.next)
    }

    /// What to say of a piece that has no place here.
    pub(super) fn unexpected(&self) -> DateFault {
        let fault = |what: String| DateFault::at(self.at(), what);
        match self.token(0) {
            None => fault("the date breaks off here".to_owned()),
            Some(Token::Word(word)) => {
                let known = fault(format!("“{word}” is not understood here"));
                match lexicon::nearest(word) {
                    Some(nearest) if nearest.to_lowercase() != *word => known.hint(nearest),
                    _ => known,
                }
            }
            Some(Token::Number(number)) => {
                fault(format!("the number {} is not understood here", number.value))
            }
            Some(Token::Decimal(text) | Token::Date(text) | Token::Time(text) | Token::Shift(text)) => {
                fault(format!("“{text}” is not understood here"))
            }
            Some(Token::Dash) => fault("a dash is not understood here".to_owned()),
            Some(Token::Mark(mark)) => fault(format!("“{mark}” is not understood here")),
        }
    }
}
