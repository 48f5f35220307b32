//! Verbs in a sentence, with their auxiliaries: when, whether done or suffered, and whether they carry a clause.

use std::ops::Range;

use super::lexicon::{Inflection, LEXICON, Sense, Verb};
use super::token::{Kind, Token};
use super::words::{BE, HAVE, MAY, NOT_PAST, WILL, is_adverb, is_function};

/// When, as the verb says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// "attacked"
    Past,
    /// "attacks"
    Present,
    /// "has attacked"
    Perfect,
    /// "had attacked"
    Pluperfect,
    /// "will attack"
    Future,
    /// "could attack"
    Possible,
    /// It says nothing of when.
    Open,
}

/// How a verb stands in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It carries a clause.
    Finite,
    /// "to attack"
    Infinitive,
    /// "attacking"
    Gerund,
    /// "attacked by"
    Participle,
}

/// A verb with its auxiliaries.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// From the first auxiliary to behind the verb and its particle.
    pub tokens: Range<usize>,
    /// The verb itself.
    pub head: usize,
    /// Its base form, empty where it is not known.
    pub base: String,
    /// What it says.
    pub sense: Option<Sense>,
    /// Whether what it is about may decide what it tells of.
    pub phase: bool,
    /// When.
    pub tense: Tense,
    /// How it stands.
    pub form: Form,
    /// "was attacked"
    pub passive: bool,
    /// "did not attack"
    pub negated: bool,
}

/// Forms of verbs that are used as prepositions.
const LIKE_PREPOSITIONS: &[&str] =
    &["including", "according", "following", "regarding", "concerning", "during", "pending"];

/// The verbs of a sentence, in order.
pub(super) fn groups(tokens: &[Token<'_>], inside: Range<usize>) -> Vec<Group> {
    let mut reader = Reader { tokens, inside: inside.clone(), found: Vec::new() };
    let mut at = inside.start;
    while at < inside.end {
        match reader.group(at) {
            Some(group) => {
                at = group.tokens.end.max(at + 1);
                reader.found.push(group);
            }
            None => at += 1,
        }
    }
    reader.found
}

/// Reads the verbs of a sentence.
pub(super) struct Reader<'a, 't> {
    tokens: &'a [Token<'t>],
    /// The range of the sentence.
    pub inside: Range<usize>,
    /// The verbs before.
    pub found: Vec<Group>,
}

impl<'t> Reader<'_, 't> {
    pub(super) fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at).filter(|_| self.inside.contains(&at))
    }

    pub(super) fn before(&self, at: usize) -> Option<&Token<'t>> {
        at.checked_sub(1).and_then(|at| self.token(at))
    }

    pub(super) fn verb(&self, at: usize) -> Option<&'static Verb> {
        self.token(at).filter(|token| token.is_word()).and_then(|token| LEXICON.verb(&token.lower))
    }

    /// Behind adverbs, and whether one of them denies.
    pub(super) fn skip(&self, mut at: usize) -> (usize, bool) {
        let mut negated = false;
        while let Some(token) = self.token(at).filter(|token| is_adverb(token)) {
            negated |= token.is("not") || token.is("never") || token.lower.ends_with("n't");
            at += 1;
        }
        (at, negated)
    }

    /// The verb with its auxiliaries that begins here.
    fn group(&self, at: usize) -> Option<Group> {
        let token = self.token(at).filter(|token| token.is_word() || token.kind == Kind::Possessive)?;
        if token.is_shouted() || token.is_any(LIKE_PREPOSITIONS) {
            return None;
        }
        let negated = token.lower.ends_with("n't");
        let bare = token.lower.strip_suffix("n't").unwrap_or(&token.lower);
        let mut group = if WILL.contains(&bare) {
            self.modal(at, Tense::Future)
        } else if MAY.contains(&bare) && !(token.is("may") && token.is_capital()) {
            self.modal(at, Tense::Possible)
        } else if HAVE.contains(&bare) {
            self.perfect(at)
        } else if BE.contains(&bare) && token.kind == Kind::Word {
            self.copula(at)
        } else if matches!(bare, "did" | "do" | "does")
            && self.verb(self.skip(at + 1).0).is_some_and(|v| v.inflection == Inflection::Base)
        {
            let tense = if bare == "did" { Tense::Past } else { Tense::Present };
            self.modal(at, tense)
        } else if token.is("to") {
            self.infinitive(at)
        } else {
            self.remaining(at).or_else(|| self.plain(at))
        }?;
        group.negated |= negated;
        self.particle(&mut group);
        Some(group)
    }

    pub(super) fn made(&self, tokens: Range<usize>, head: usize, tense: Tense, form: Form) -> Group {
        let is_be = self.token(head).is_some_and(|token| token.is_any(BE));
        let verb = if is_be { LEXICON.verb("be") } else { self.verb(head) };
        Group {
            tokens,
            head,
            base: verb.map(|verb| verb.base.to_owned()).unwrap_or_default(),
            sense: verb.and_then(|verb| verb.sense),
            phase: verb.is_some_and(|verb| verb.phase),
            tense,
            form,
            passive: false,
            negated: false,
        }
    }

    /// "will attack", "will be attacked", "would have attacked"
    fn modal(&self, at: usize, tense: Tense) -> Option<Group> {
        let (mut next, mut negated) = self.skip(at + 1);
        // "Will the court", "may day": not before a verb.
        let mut token = self.token(next)?;
        if token.is("have") && self.is_participle(self.skip(next + 1).0) {
            (next, _) = self.skip(next + 1);
            token = self.token(next)?;
        }
        if token.is_any(&["be", "been"]) {
            let (after, not) = self.skip(next + 1);
            negated |= not;
            let mut group = if self.is_participle(after) && !self.is_adjective(after) {
                Group { passive: true, ..self.made(at..after + 1, after, tense, Form::Finite) }
            } else if self.is_gerund(after) {
                self.made(at..after + 1, after, tense, Form::Finite)
            } else {
                self.made(at..next + 1, next, tense, Form::Finite)
            };
            group.negated = negated;
            return Some(group);
        }
        let known = self.verb(next).is_some();
        let plain = token.is_word() && !token.is_capital() && !is_function(&token.lower);
        (known || plain).then(|| Group { negated, ..self.made(at..next + 1, next, tense, Form::Finite) })
    }

    /// "has attacked", "had been attacked", "has troops"
    fn perfect(&self, at: usize) -> Option<Group> {
        let token = self.token(at)?;
        let tense = match token.lower.as_str() {
            "had" | "hadn't" => Tense::Pluperfect,
            "having" => Tense::Open,
            _ => Tense::Perfect,
        };
        let form = if tense == Tense::Open { Form::Gerund } else { Form::Finite };
        let (next, negated) = self.skip(at + 1);
        if self.token(next).is_some_and(|token| token.is("been")) {
            let (after, _) = self.skip(next + 1);
            if self.is_participle(after) {
                return Some(Group {
                    passive: true,
                    negated,
                    ..self.made(at..after + 1, after, tense, form)
                });
            }
            if self.is_gerund(after) {
                return Some(Group { negated, ..self.made(at..after + 1, after, tense, form) });
            }
            return Some(Group { negated, ..self.made(at..next + 1, next, tense, form) });
        }
        if self.is_participle(next) {
            return Some(Group { negated, ..self.made(at..next + 1, next, tense, form) });
        }
        let tense = if tense == Tense::Pluperfect { Tense::Past } else { Tense::Present };
        Some(Group { negated, ..self.made(at..at + 1, at, tense, form) })
    }

    /// "was attacked", "is attacking", "is to attack", "was a war"
    fn copula(&self, at: usize) -> Option<Group> {
        let token = self.token(at)?;
        let tense = if token.is_any(&["was", "were"]) { Tense::Past } else { Tense::Present };
        let form = if token.is_any(&["being", "be", "been"]) { Form::Gerund } else { Form::Finite };
        let (next, negated) = self.skip(at + 1);
        let being = self.token(next).is_some_and(|token| token.is("being"));
        let after = if being { self.skip(next + 1).0 } else { next };
        // "is expected to become"
        let coming = self.token(next).is_some_and(|token| {
            token.is_any(&[
                "expected",
                "due",
                "set",
                "scheduled",
                "likely",
                "slated",
                "planned",
                "supposed",
                "bound",
            ])
        });
        if coming && form == Form::Finite && self.token(next + 1).is_some_and(|token| token.is("to")) {
            let tense = if tense == Tense::Present { Tense::Future } else { Tense::Possible };
            if let Some(group) = self.infinitive(next + 1) {
                let tokens = at..group.tokens.end;
                return Some(Group { tokens, tense, form, negated, ..group });
            }
        }
        if self.is_participle(after) && !self.is_adjective(after) {
            let group = self.made(at..after + 1, after, tense, form);
            return Some(Group { passive: true, negated, ..group });
        }
        if self.is_gerund(next) {
            return Some(Group { negated, ..self.made(at..next + 1, next, tense, form) });
        }
        if self.token(next).is_some_and(|token| token.is("to"))
            && tense == Tense::Present
            && let Some(group) = self.infinitive(next)
        {
            let tokens = at..group.tokens.end;
            return Some(Group { tokens, tense: Tense::Future, form, negated, ..group });
        }
        Some(Group { negated, ..self.made(at..at + 1, at, tense, form) })
    }

    /// "to attack", "to be attacked"
    pub(super) fn infinitive(&self, at: usize) -> Option<Group> {
        let (next, negated) = self.skip(at + 1);
        let token = self.token(next)?;
        if token.is("be") || token.is("have") {
            let (after, _) = self.skip(next + 1);
            let (after, _) =
                if self.token(after)?.is("been") { self.skip(after + 1) } else { (after, false) };
            if self.is_participle(after) {
                let passive = token.is("be") || after > next + 1;
                return Some(Group {
                    passive,
                    negated,
                    ..self.made(at..after + 1, after, Tense::Open, Form::Infinitive)
                });
            }
        }
        self.base(next)?;
        Some(Group { negated, ..self.made(at..next + 1, next, Tense::Open, Form::Infinitive) })
    }

    fn base(&self, at: usize) -> Option<&'static Verb> {
        let (at, _) = self.skip(at);
        self.verb(at).filter(|verb| verb.inflection == Inflection::Base)
    }

    pub(super) fn is_participle(&self, at: usize) -> bool {
        match self.verb(at) {
            Some(verb) => {
                let same = verb.base.len() == self.token(at).map_or(0, |token| token.lower.len());
                matches!(verb.inflection, Inflection::Past | Inflection::Participle)
                    || same
                        && matches!(
                            verb.base,
                            "hit"
                                | "put"
                                | "set"
                                | "become"
                                | "come"
                                | "overrun"
                                | "burst"
                                | "cost"
                                | "spread"
                                | "broadcast"
                                | "let"
                                | "run"
                                | "shut"
                                | "cut"
                                | "hurt"
                                | "cast"
                                | "split"
                        )
            }
            None => self.token(at).is_some_and(is_past),
        }
    }

    /// "was limited", "was united": says what something is.
    pub(super) fn is_adjective(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.is_in(&NOT_PAST)
                && !token.is_any(&["wounded", "injured", "displaced", "freed", "led", "fed", "shed"])
        })
    }

    pub(super) fn is_gerund(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|verb| verb.inflection == Inflection::Gerund)
            || self.token(at).is_some_and(|token| {
                token.is_word()
                    && token.lower.len() > 5
                    && token.lower.ends_with("ing")
                    && !token.is_capital()
            })
    }

    /// Takes a particle with the verb: "carry out", "call for", also behind a short object.
    fn particle(&self, group: &mut Group) {
        let Some(verb) = self.verb(group.head) else { return };
        let Some(next) = self.token(group.tokens.end) else { return };
        if let Some(sense) = LEXICON.with_particle(verb.base, &next.lower) {
            group.sense = Some(sense);
            group.phase = sense.kind == ".phase";
            group.tokens.end += 1;
        }
    }
}

pub(super) const fn last_form(last: &Group) -> Form {
    last.form
}

/// Whether a word that is not known looks like a past tense.
pub(super) fn is_past(token: &Token<'_>) -> bool {
    token.is_word()
        && token.lower.len() > 4
        && token.lower.ends_with("ed")
        && !token.is_in(&NOT_PAST)
        && !token.lower.contains('-')
}
