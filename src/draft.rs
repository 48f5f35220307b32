//! Drafting: from the text of an article to a proposed chronology, by rules and word lists. Each event has the
//! words that it comes from; what cannot be dated is undated.

mod build;
mod cast;
mod clause;
mod clauses;
mod dating;
mod dictionary;
mod hang;
pub mod into;
mod known;
mod lexicon;
mod memory;
mod mention;
mod names;
mod nouns;
mod part;
mod people;
mod roles;
mod sentence;
mod simple;
mod teller;
mod tense;
mod title;
mod token;
mod verb;
mod words;

use std::collections::HashSet;

use crate::chronology::{Chronology, Document};
use crate::when::When;
use cast::Cast;
pub use dictionary::Actors;
use dictionary::Dictionary;
use mention::{Mention, Scanner};
use sentence::Sentence;
use teller::Teller;
use token::{Kind, Token};

/// A text to draft from.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// What is known of it; its `published` is what relative dates count from.
    pub document: Document,
    /// All of it.
    pub text: String,
}

/// Drafts a chronology from texts: their events in the order of time, each proposed, with its quote.
/// Takes time in proportion to the length of the texts.
pub fn draft(articles: &[Article], actors: &Actors) -> Chronology {
    let mut dictionary = Dictionary::built_in();
    actors.teach(&mut dictionary);
    let mut builder = build::Builder::default();
    for article in articles {
        let published = article.document.published.as_deref().and_then(|text| When::parse(text).ok());
        let read = read(&article.text, published.as_ref(), &dictionary);
        builder.add(article, read);
    }
    builder.finish()
}

/// Whether a text has words for time that count from its day of publication, which has to be known then.
pub fn counts_from_publication(text: &str) -> bool {
    dating::times(text, None).iter().any(|time| time.when.is_none() && time.relative)
}

/// What was read in a text.
struct Read {
    told: Vec<teller::Told>,
    cast: Cast,
}

/// Reads a text: first who is in it, then what they do.
fn read(text: &str, published: Option<&When>, dictionary: &Dictionary) -> Read {
    let tokens = token::tokens(text);
    let sentences = sentence::sentences(&tokens);
    let times = dating::times(text, published);
    let capitals = capitals(&tokens, &sentences);
    let mut cast = Cast::default();
    // Twice: a name is often short, or only a title, before it is said in full.
    scan(&tokens, &sentences, dictionary, &capitals, &mut cast);
    cast.again();
    let mentions = scan(&tokens, &sentences, dictionary, &capitals, &mut cast);
    let news = is_news(&times, published);
    let mut teller = Teller::new(text, &tokens, &cast, published, news);
    let mut next = 0;
    for (sentence, mentions) in sentences.iter().zip(&mentions) {
        let bytes = bytes(&tokens, sentence);
        while times.get(next).is_some_and(|time| time.range.end <= bytes.start) {
            next += 1;
        }
        let inside =
            times.get(next..).unwrap_or_default().iter().take_while(|time| time.range.end <= bytes.end);
        let inside: Vec<dating::Time> = inside.cloned().collect();
        teller.sentence(sentence, mentions, &inside);
    }
    let told = teller.told;
    Read { told, cast }
}

fn bytes(tokens: &[Token<'_>], sentence: &Sentence) -> std::ops::Range<usize> {
    let start = tokens.get(sentence.tokens.start).map_or(0, |token| token.at);
    start..sentence.tokens.end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(start, Token::end)
}

/// The words that stand with a capital inside a sentence, where it says something.
fn capitals(tokens: &[Token<'_>], sentences: &[Sentence]) -> HashSet<String> {
    let inner = sentences.iter().flat_map(|sentence| sentence.tokens.start + 1..sentence.tokens.end);
    let capital = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before))?;
        let opened = matches!(before.kind, Kind::Open | Kind::Stop | Kind::Colon | Kind::Dash);
        tokens.get(at).filter(|token| token.is_capital() && !opened).map(|token| token.lower.clone())
    };
    inner.filter_map(capital).collect()
}

/// The names in all sentences.
fn scan(
    tokens: &[Token<'_>],
    sentences: &[Sentence],
    dictionary: &Dictionary,
    capitals: &HashSet<String>,
    cast: &mut Cast,
) -> Vec<Vec<Mention>> {
    let mut found = Vec::with_capacity(sentences.len());
    for (at, sentence) in sentences.iter().enumerate() {
        let inside = sentence.tokens.clone();
        let mut scanner = Scanner { tokens, dictionary, cast, capitals, sentence: at, inside };
        found.push(scanner.scan());
    }
    found
}

/// Whether a text reports what was new when it was published: it counts days from then, and does not tell mostly
/// of years long before.
fn is_news(times: &[dating::Time], published: Option<&When>) -> bool {
    let Some(day) = published.and_then(|day| day.span().first.civil()) else { return false };
    let relative = times.iter().filter(|time| time.relative).count();
    let years =
        times.iter().filter_map(|time| time.when.as_ref()?.span().first.civil()).map(|civil| civil.year);
    let (mut old, mut all) = (0_usize, 0_usize);
    for year in years {
        all += 1;
        old += usize::from(year + 2 < day.year);
    }
    relative > 0 || old * 10 <= all * 6
}

#[cfg(test)]
mod tests;
