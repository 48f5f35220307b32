//! Whether a text is written as news or as a history.

use super::Mode;
use super::lexicon::Word;
use super::token::{Kind, Lexer};
use crate::when::When;

/// So many tokens are looked at.
const ENOUGH: usize = 200_000;
/// A history names at least so many years that are long over.
const LEAST: usize = 4;

/// A text is a history if most of its years lie well before its publication, and it has fewer words that count from
/// its day ("yesterday", "Tuesday", "said").
pub(super) fn decide(text: &str, published: Option<&When>) -> Mode {
    let this = published.and_then(|date| date.span().first.civil()).map_or(9999, |civil| civil.year);
    let (mut old, mut years, mut news) = (0usize, 0usize, 0usize);
    for token in Lexer::new(text).take(ENOUGH) {
        match token.kind {
            Kind::Number(year @ 1000..=2100, 4) => {
                years += 1;
                old += usize::from(i64::from(year) < this - 1);
            }
            Kind::Word(Word::Bc) if token.end - token.start <= 3 && token.capital => {
                years += 1;
                old += 1;
            }
            Kind::Word(
                Word::Today
                | Word::Yesterday
                | Word::Tomorrow
                | Word::Tonight
                | Word::Said
                | Word::Weekday(_),
            ) => news += usize::from(token.end - token.start > 3),
            _ => {}
        }
    }
    if old >= LEAST && old * 10 >= years * 6 && old > news { Mode::Narrative } else { Mode::News }
}
