//! Verbs without auxiliaries: whether they carry a clause, and where a form is a noun instead.

use super::lexicon::{Inflection, LEXICON};
use super::token::{Kind, Token};
use super::verb::{Form, Group, Reader, Tense, is_past, last_form};
use super::words::{JOINING, NOT_PAST, NOUNS_TOO, SUBORDINATORS, WHERE, is_adverb, is_function};

impl Reader<'_, '_> {
    /// "remain deployed"
    pub(super) fn remaining(&self, at: usize) -> Option<Group> {
        let verb = self.verb(at).filter(|verb| matches!(verb.base, "remain" | "stay" | "become"))?;
        let (next, negated) = self.skip(at + 1);
        let tense = match verb.inflection {
            Inflection::Base | Inflection::Third => Tense::Present,
            Inflection::Past | Inflection::PastOnly => Tense::Past,
            _ => return None,
        };
        let participle = self.is_participle(next) && !self.is_adjective(next);
        participle.then(|| Group {
            passive: true,
            negated,
            ..self.made(at..next + 1, next, tense, Form::Finite)
        })
    }

    /// A verb without auxiliaries.
    pub(super) fn plain(&self, at: usize) -> Option<Group> {
        let token = self.token(at)?;
        let inflection = match self.verb(at) {
            Some(verb) => verb.inflection,
            None if is_past(token) && !token.is_capital() => Inflection::Past,
            None => return None,
        };
        // A capital inside a sentence is a name.
        if token.is_capital()
            && at > self.inside.start
            && self.before(at).is_some_and(|before| before.kind != Kind::Open)
        {
            return None;
        }
        let form = match inflection {
            Inflection::PastOnly => Form::Finite,
            Inflection::Past => self.past(at)?,
            Inflection::Participle => Form::Participle,
            Inflection::Gerund => return self.gerund(at),
            Inflection::Base | Inflection::Third => return self.present(at, inflection),
        };
        // "the army and armed forces"
        let named = token.is_in(&NOT_PAST)
            && self.token(at + 1).is_some_and(|next| next.is_word() && !is_function(&next.lower))
            && !self.before(at).is_some_and(Token::is_capital);
        if named && form != Form::Gerund {
            return None;
        }
        if form == Form::Participle && self.is_attribute(at) {
            return None;
        }
        if form == Form::Finite && self.is_attribute(at) && inflection != Inflection::PastOnly {
            return None;
        }
        let tense = if form == Form::Finite { Tense::Past } else { Tense::Open };
        let negated = self.before(at).is_some_and(|before| before.is_any(&["never", "not", "hardly", "nor"]));
        // "began to study", "started working": what is begun.
        if form == Form::Finite
            && self.verb(at).is_some_and(|verb| matches!(verb.base, "begin" | "start" | "continue"))
        {
            let inner = if self.token(at + 1).is_some_and(|next| next.is("to")) {
                let plain =
                    |token: &&Token<'_>| token.is_word() && !token.is_capital() && !is_function(&token.lower);
                let bare = self.token(at + 2).filter(plain);
                self.infinitive(at + 1)
                    .or_else(|| bare.map(|_| self.made(at..at + 3, at + 2, Tense::Open, Form::Infinitive)))
            } else {
                Some(at + 1).filter(|at| self.is_gerund(*at)).and_then(|at| self.gerund(at))
            };
            if let Some(inner) = inner.filter(|inner| !inner.passive) {
                return Some(Group { tokens: at..inner.tokens.end, tense, form, negated, ..inner });
            }
        }
        Some(Group { negated, passive: form == Form::Participle, ..self.made(at..at + 1, at, tense, form) })
    }

    /// "the planned talks": before a noun, behind an article or the like.
    fn is_attribute(&self, at: usize) -> bool {
        let leads = self.before(at).is_some_and(|before| {
            before.is_any(&[
                "the",
                "a",
                "an",
                "their",
                "his",
                "her",
                "its",
                "of",
                "by",
                "in",
                "with",
                "against",
                "for",
                "other",
                "more",
                "any",
                "no",
                "some",
                "this",
                "these",
                "those",
                "most",
                "many",
                "our",
                "newly",
                "recently",
                "on",
                "from",
                "as",
                "including",
            ]) || before.kind == Kind::Possessive
                || before.kind == Kind::Number
        });
        let noun = self.token(at + 1).is_some_and(|next| {
            next.is_word() && !is_function(&next.lower) || next.kind == Kind::Comma || next.kind == Kind::Stop
        });
        leads && noun
    }

    /// Whether a form that is past and participle alike carries the clause.
    fn past(&self, at: usize) -> Option<Form> {
        let token = self.token(at)?;
        let (next, _) = self.skip(at + 1);
        let statement =
            LEXICON.verb(&token.lower).and_then(|v| v.sense).is_some_and(|sense| sense.kind == "statement");
        if self.token(next).is_some_and(|token| token.is("by")) {
            return Some(Form::Participle);
        }
        if statement {
            return Some(Form::Finite);
        }
        let start = self.clause_start(at);
        let last =
            self.found.iter().rev().find(|group| group.form == Form::Finite && group.tokens.start >= start);
        let Some(last) = last else {
            let subject = (start..at).any(|at| {
                self.token(at).is_some_and(|token| {
                    token.is_word()
                        && (!is_function(&token.lower)
                            || token.is_shouted()
                            || token.is_any(&[
                                "it", "he", "she", "they", "this", "which", "who", "some", "many", "others",
                                "we", "i",
                            ]))
                })
            });
            let relative = start
                .checked_sub(1)
                .and_then(|at| self.token(at))
                .is_some_and(|t| t.is_any(&["who", "which", "that"]));
            let comma = self.before(at).is_some_and(|before| before.kind == Kind::Comma);
            let fits = (subject || relative)
                && !self.finite_follows(at)
                && !(comma && at == start + 1)
                && (relative || self.found.is_empty() || !self.is_reduced(at, start));
            return Some(if fits { Form::Finite } else { Form::Participle });
        };
        // With a verb before it: behind "and", "but", or a comma with somebody new.
        let joined = self
            .before(at)
            .is_some_and(|before| before.is_any(&["and", "but", "or", "then"]) || is_adverb(before));
        if joined {
            return Some(if last.passive && last.tense == Tense::Past {
                Form::Finite
            } else {
                last_form(last)
            });
        }
        let mut boundary = None;
        for back in (last.tokens.end..at).rev() {
            let token = self.token(back)?;
            if token.is_any(&["and", "but"]) || token.kind == Kind::Comma {
                boundary = Some(back);
                break;
            }
        }
        let named = boundary.is_some_and(|boundary| boundary + 1 < at && !self.finite_follows(at));
        let comma_and = boundary.is_some_and(|boundary| {
            self.token(boundary).is_some_and(|token| token.is_any(&["and", "but"]))
                || self
                    .token(boundary + 1)
                    .is_some_and(|token| token.is_any(&["the", "it", "he", "she", "they"]))
        });
        Some(if named && comma_and && !self.is_reduced(at, boundary.unwrap_or(start)) {
            Form::Finite
        } else {
            Form::Participle
        })
    }

    /// Behind the last word before a token that a clause can begin with.
    fn clause_start(&self, at: usize) -> usize {
        for back in (self.inside.start..at).rev() {
            let begins = self.token(back).is_some_and(|token| {
                token.is_any(SUBORDINATORS) && !token.is("as")
                    || matches!(token.kind, Kind::Colon | Kind::Dash | Kind::Open)
            });
            if begins {
                return back + 1;
            }
        }
        self.inside.start
    }

    /// "experts as part of a commission established under …": a verb that takes an object and has none, behind a noun
    /// that hangs on another.
    fn is_reduced(&self, at: usize, from: usize) -> bool {
        let joins = |token: &Token<'_>| WHERE.has(&token.lower) || JOINING.has(&token.lower);
        let sense = self.verb(at).and_then(|verb| verb.sense);
        sense.is_some_and(|sense| sense.object.is_some())
            && self.token(at + 1).is_some_and(joins)
            && (from + 2..at).any(|at| self.token(at).is_some_and(|token| token.is("of") || joins(token)))
    }

    /// Whether before the next border a verb follows that certainly carries a clause.
    fn finite_follows(&self, at: usize) -> bool {
        for next in at + 1..self.inside.end {
            let Some(token) = self.token(next) else { return false };
            if token.is_any(SUBORDINATORS)
                || matches!(token.kind, Kind::Comma | Kind::Colon | Kind::Dash)
                || token.is_any(&["and", "but"])
            {
                return false;
            }
            if token
                .is_any(&["was", "were", "is", "are", "has", "have", "had", "will", "would", "could", "did"])
            {
                return true;
            }
            if self.verb(next).is_some_and(|verb| verb.inflection == Inflection::PastOnly) {
                return true;
            }
        }
        false
    }

    /// "attacking", where it is no noun.
    pub(super) fn gerund(&self, at: usize) -> Option<Group> {
        let token = self.token(at)?;
        let attribute = self.before(at).is_some_and(|before| {
            before.is_any(&["the", "a", "an", "their", "its", "his", "her", "this"])
                || before.kind == Kind::Possessive
        });
        let noun = LEXICON.noun(&token.lower).is_some()
            && !self.token(at + 1).is_some_and(|next| next.is_any(&["the", "a"]));
        if attribute || noun || self.token(at + 1).is_some_and(|next| next.is_any(&["group", "groups"])) {
            return None;
        }
        Some(self.made(at..at + 1, at, Tense::Open, Form::Gerund))
    }

    /// "attacks", "attack": only where no noun can stand.
    fn present(&self, at: usize, inflection: Inflection) -> Option<Group> {
        let token = self.token(at)?;
        let verb = self.verb(at)?;
        let before = self.before(at)?;
        let next = self.token(at + 1);
        if self.found.last().is_some_and(|group| group.tokens.end == at) {
            return None;
        }
        if verb.base == token.lower
            && matches!(
                verb.base,
                "hit" | "put" | "set" | "let" | "overrun" | "burst" | "spread" | "cost" | "beat"
            )
            && !before.is_any(&["the", "a", "an", "of", "their", "his"])
            && before.is_word()
        {
            return Some(self.made(at..at + 1, at, Tense::Past, Form::Finite));
        }
        let alone = next.is_none_or(|next| !next.is_word() && next.kind != Kind::Open);
        if before.is("that") && alone {
            return None;
        }
        let pronoun = before
            .is_any(&["it", "he", "she", "they", "we", "i", "who", "which", "that", "you", "and"])
            && !before.is("and");
        let opens = next.is_some_and(|next| {
            next.is_any(&[
                "that", "the", "a", "an", "to", "his", "her", "its", "their", "it", "on", "in", "more",
                "for", "at", "about",
            ]) || next.kind == Kind::Open
        });
        let in_noun = before.is_any(&[
            "the", "a", "an", "of", "in", "on", "for", "with", "by", "from", "their", "its", "his", "her",
            "no", "any", "to", "more", "and", "or", "many", "some", "first", "last", "next", "own", "other",
            "such",
        ]) || matches!(before.kind, Kind::Possessive | Kind::Number | Kind::Comma);
        let event_noun = LEXICON.noun(&token.lower).is_some() || token.is_in(&NOUNS_TOO);
        let plural_subject = before.is_word() && before.lower.ends_with('s') && !is_function(&before.lower);
        let fits = match inflection {
            Inflection::Third if event_noun => {
                let object = next.is_some_and(|next| {
                    next.is_any(&["that", "the", "a", "an", "to", "his", "her", "its", "their", "it"])
                });
                !in_noun && (pronoun || before.is_capital() && object)
            }
            Inflection::Third => {
                !in_noun
                    && (pronoun
                        || (opens && !event_noun)
                        || (!event_noun && before.is_word() && !is_function(&before.lower))
                        || (before.is_capital() && opens))
            }
            _ => {
                !in_noun
                    && (pronoun
                        || (plural_subject && (opens || next.is_some_and(Token::is_word)) && !event_noun))
            }
        };
        fits.then(|| self.made(at..at + 1, at, Tense::Present, Form::Finite))
    }
}
