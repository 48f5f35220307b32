//! Where actors and places are named in a sentence: names that are known, capitalised ones with their titles,
//! and nouns for those who act with what stands before them.

use std::collections::HashSet;
use std::ops::Range;

use super::cast::Cast;
use super::dictionary::{Dictionary, key};
use super::lexicon::LEXICON;
use super::token::{Kind, Token};
use super::words::{JOINING, PARTS, QUANTITY, WHERE, is_adverb, is_function};

/// A place in a sentence where somebody or something is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The actor, where it may be one.
    pub actor: Option<usize>,
    /// The place, where it is named as one.
    pub place: Option<usize>,
    /// Whether it is whose something is: "Iraq’s economy".
    pub owner: bool,
    /// The preposition before it, in lower case.
    pub preposition: Option<String>,
}

/// Nouns that stand for one and the same, whatever is said before them.
pub(super) const ALIKE: &[&str] = &["coalition"];

/// Finds the names of one sentence after another.
pub(super) struct Scanner<'a, 't> {
    /// The tokens of the text.
    pub tokens: &'a [Token<'t>],
    /// Who is known.
    pub dictionary: &'a Dictionary,
    /// Who was named.
    pub cast: &'a mut Cast,
    /// Words that stand with a capital inside a sentence.
    pub capitals: &'a HashSet<String>,
    /// The number of the sentence.
    pub sentence: usize,
    /// The range of its tokens.
    pub inside: Range<usize>,
}

/// Somebody that begins at a token.
pub(super) struct Found {
    /// The token behind it.
    pub end: usize,
    /// Who, where it may be an actor.
    pub actor: Option<usize>,
    /// A name that could be that of a place.
    pub place: Option<String>,
}

impl<'t> Scanner<'_, 't> {
    /// The names in the sentence, in order; two may share a token ("Israeli-Hamas").
    pub fn scan(&mut self) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = self.inside.start;
        while at < self.inside.end {
            if let Some(pair) = self.pair(at) {
                let preposition = self.preposition(at, &found);
                for actor in pair {
                    self.cast.saw(actor, self.sentence);
                    let preposition = preposition.clone();
                    found.push(Mention {
                        tokens: at..at + 1,
                        actor: Some(actor),
                        place: None,
                        owner: false,
                        preposition,
                    });
                }
                at += 1;
                continue;
            }
            let floor = found.last().map_or(self.inside.start, |last| last.tokens.end);
            let Some((start, hit)) = self.name(at).map(|hit| (at, hit)).or_else(|| self.noun(at, floor))
            else {
                at += 1;
                continue;
            };
            at = hit.end.max(at + 1);
            let mention = self.placed(start, hit, &found);
            if let Some(actor) = mention.actor {
                self.cast.saw(actor, self.sentence);
            }
            found.push(mention);
        }
        self.beside_each_other(&mut found);
        found
    }

    /// "Northair’s director, Paul Lind", "the company, Valmor Terminals": what is set beside a noun is its name.
    fn beside_each_other(&mut self, found: &mut [Mention]) {
        for at in 1..found.len() {
            let Some(name) = found.get(at) else { continue };
            // "the mayor of Halden, Erik Dahl"
            let of = found.get(at - 1).is_some_and(|before| {
                before.preposition.as_deref() == Some("of")
                    && at > 1
                    && found.get(at - 2).is_some_and(|noun| noun.tokens.end + 1 == before.tokens.start)
            });
            let comma_at = found.get(at - 1).map_or(0, |before| before.tokens.end);
            let before = at - 1 - usize::from(of);
            let Some(noun) = found.get(before) else { continue };
            let comma = name.tokens.start == comma_at + 1 && self.kind(comma_at) == Some(Kind::Comma);
            let noun_end = noun.tokens.end;
            let ends = self
                .token(name.tokens.end)
                .is_none_or(|next| !next.is_word() && next.kind != Kind::Possessive);
            let (Some(noun), Some(name)) = (noun.actor, name.actor.filter(|_| comma && ends)) else {
                continue;
            };
            let (Some(described), Some(named)) = (self.cast.members.get(noun), self.cast.members.get(name))
            else {
                continue;
            };
            let kinds = match (described.kind.as_deref(), named.kind.as_deref()) {
                (Some("person" | "organisation"), None) => true,
                (one, other) => one == other,
            };
            // "the port company" is no name, "Valmor Terminals" is one.
            let proper = |member: &super::cast::Member| {
                member.head.is_empty() || member.name.chars().skip(1).any(char::is_uppercase)
            };
            let seen_as_noun = self.token(noun_end - 1).is_some_and(|word| !word.is_capital());
            let plural = described.head.ends_with('s') && described.kind.as_deref() != Some("organisation");
            if described.head.is_empty() || !seen_as_noun || !proper(named) || !kinds || plural {
                continue;
            }
            let kind = described.kind.clone();
            if let Some(named) = self.cast.members.get_mut(name) {
                named.kind = kind;
            }
            if let Some(mention) = found.get_mut(before) {
                mention.actor = Some(name);
            }
        }
    }

    /// What was found, as an actor or a place by what stands before it.
    fn placed(&mut self, start: usize, hit: Found, before: &[Mention]) -> Mention {
        let preposition = self.preposition(start, before);
        // "the Northair turboprop": whose it is.
        let described = hit.place.is_some()
            && start
                .checked_sub(1)
                .and_then(|at| self.token(at))
                .is_some_and(|before| before.is_any(&["the", "a", "an", "its", "his", "her", "their"]))
            && self.token(hit.end).is_some_and(|next| {
                next.is_word()
                    && !next.is_capital()
                    && !is_function(&next.lower)
                    && !is_adverb(next)
                    && !self.is_verb(hit.end)
                    && self.dictionary.noun(&next.lower).is_none()
                    && LEXICON.noun(&next.lower).is_none()
            });
        let owner = self.kind(hit.end) == Some(Kind::Possessive) || described;
        let where_it_is = preposition.as_deref().is_some_and(|word| WHERE.has(word) || word == "of which");
        let along = before.last().is_some_and(|last| {
            last.place.is_some() && last.preposition == preposition && preposition.is_some()
        });
        // "opposed to U.S. support": a name before a noun says whose it is.
        let modifies =
            self.token(hit.end).is_some_and(|next| LEXICON.noun(&next.lower).is_some() && next.is_word());
        let place = hit.place.filter(|_| (where_it_is || along) && !owner && !modifies);
        let place = place.map(|name| self.cast.place(&name));
        let actor = hit.actor.filter(|_| place.is_none());
        Mention { tokens: start..hit.end, actor, place, owner, preposition }
    }

    /// The preposition before a name, across articles, adjectives, and names that it is joined to.
    pub(super) fn preposition(&self, start: usize, before: &[Mention]) -> Option<String> {
        for back in 1..=4 {
            let at = start.checked_sub(back).filter(|at| *at >= self.inside.start)?;
            let token = self.tokens.get(at)?;
            if let Some(last) = before.last().filter(|last| last.tokens.contains(&at)) {
                let joined = (at + 1..start)
                    .any(|at| self.tokens.get(at).is_some_and(|t| t.is("and") || t.kind == Kind::Comma));
                let anew = (at + 1..start)
                    .any(|at| self.tokens.get(at).is_some_and(|t| t.kind == Kind::Comma))
                    && (at + 1..start).any(|at| self.tokens.get(at).is_some_and(|t| t.is("and")));
                return last.preposition.clone().filter(|_| joined && !anew);
            }
            if token.is("of") {
                let part = at.checked_sub(1).and_then(|at| self.tokens.get(at));
                if part.is_some_and(|part| part.is_in(&QUANTITY)) {
                    return self.preposition(at - 1, before);
                }
                return Some(
                    if part.is_some_and(|part| part.is_in(&PARTS)) { "in" } else { "of" }.to_owned(),
                );
            }
            if token.is_in(&WHERE) || token.is_in(&JOINING) {
                return Some(token.lower.clone());
            }
            let passed = token.is_any(&[
                "the",
                "a",
                "an",
                "and",
                "both",
                "neighboring",
                "neighbouring",
                "its",
                "their",
                "his",
                "her",
            ]) || (token.is_word()
                && !is_function(&token.lower)
                && LEXICON.verb(&token.lower).is_none()
                && !token.is_capital())
                || token.text == "("
                || token.kind == Kind::Comma && before.last().is_some_and(|last| last.tokens.end == at);
            if !passed {
                return None;
            }
        }
        None
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at).filter(|_| at < self.inside.end)
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.token(at).map(|token| token.kind)
    }

    /// The words from one token to before another, as written, with the marks of possession.
    pub(super) fn written(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for token in self.tokens.get(range).unwrap_or_default() {
            if !text.is_empty() && token.kind != Kind::Possessive {
                text.push(' ');
            }
            text.push_str(token.text);
        }
        text
    }

    /// Two known names joined by a hyphen.
    fn pair(&mut self, at: usize) -> Option<[usize; 2]> {
        let token = self.token(at).filter(|token| token.is_capital() && token.text.contains(['-', '–']))?;
        if self.dictionary.get(&key(token.text)).is_some() {
            return None;
        }
        let (left, right) = token.text.split_once(['-', '–'])?;
        let dictionary = self.dictionary;
        let (one, other) = (dictionary.get(&key(left))?.clone(), dictionary.get(&key(right))?.clone());
        let (left, right) = (left.to_owned(), right.to_owned());
        Some([self.member(&one, &left), self.member(&other, &right)])
    }
}
