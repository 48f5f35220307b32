//! Verbs in a sentence, with their auxiliaries: when, whether done or suffered, and whether they carry a clause.

use std::ops::Range;

use super::lexicon::{Inflection, LEXICON, Sense, Verb};
use super::token::{Kind, Token};
use super::words::{BE, HAVE, MAY, SUBORDINATORS, WILL, is_adverb, is_function};

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

/// Words that look like a past tense and are none.
const NOT_PAST: &[&str] = &[
    "united",
    "hundred",
    "need",
    "indeed",
    "armed",
    "so-called",
    "red",
    "bed",
    "speed",
    "seed",
    "breed",
    "feed",
    "sacred",
    "wicked",
    "naked",
    "kindred",
    "shed",
    "led",
    "fed",
    "exceed",
    "proceed",
    "succeed",
    "indeed",
    "freed",
    "med",
    "embed",
    "limited",
    "advanced",
    "alleged",
    "supposed",
    "unprecedented",
    "unexpected",
    "unarmed",
    "wounded",
    "injured",
    "displaced",
    "infrared",
    "watershed",
    "bloodshed",
    "parliamented",
];

/// Verbs whose present is more often a noun.
const NOUNS_TOO: &[&str] = &[
    "last", "back", "base", "bases", "call", "close", "court", "cover", "cross", "damage", "document",
    "face", "fire", "house", "inform", "issue", "land", "lead", "limit", "march", "mark", "market", "mine",
    "name", "need", "note", "notes", "open", "order", "orders", "own", "plan", "plans", "pose", "post",
    "record", "report", "reports", "request", "result", "run", "sail", "share", "shares", "state", "states",
    "target", "turn", "turns", "use", "visit", "work", "works",
];

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

struct Reader<'a, 't> {
    tokens: &'a [Token<'t>],
    inside: Range<usize>,
    found: Vec<Group>,
}

impl<'t> Reader<'_, 't> {
    fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at).filter(|_| self.inside.contains(&at))
    }

    fn before(&self, at: usize) -> Option<&Token<'t>> {
        at.checked_sub(1).and_then(|at| self.token(at))
    }

    fn verb(&self, at: usize) -> Option<&'static Verb> {
        self.token(at).filter(|token| token.is_word()).and_then(|token| LEXICON.verb(&token.lower))
    }

    /// Behind adverbs, and whether one of them denies.
    fn skip(&self, mut at: usize) -> (usize, bool) {
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

    fn made(&self, tokens: Range<usize>, head: usize, tense: Tense, form: Form) -> Group {
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
        if self.is_participle(after) && !self.is_adjective(after) {
            let group = self.made(at..after + 1, after, tense, form);
            return Some(Group { passive: true, negated, ..group });
        }
        if self.is_gerund(next) {
            return Some(Group { negated, ..self.made(at..next + 1, next, tense, form) });
        }
        if self.token(next).is_some_and(|token| token.is("to"))
            && self.base(next + 1).is_some()
            && tense == Tense::Present
        {
            let head = self.skip(next + 1).0;
            return Some(Group { negated, ..self.made(at..head + 1, head, Tense::Future, form) });
        }
        Some(Group { negated, ..self.made(at..at + 1, at, tense, form) })
    }

    /// "to attack", "to be attacked"
    fn infinitive(&self, at: usize) -> Option<Group> {
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

    fn is_participle(&self, at: usize) -> bool {
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
                        )
            }
            None => self.token(at).is_some_and(is_past),
        }
    }

    /// "was limited", "was united": says what something is.
    fn is_adjective(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.is_any(NOT_PAST)
                && !token.is_any(&["wounded", "injured", "displaced", "freed", "led", "fed", "shed"])
        })
    }

    fn is_gerund(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|verb| verb.inflection == Inflection::Gerund)
            || self.token(at).is_some_and(|token| {
                token.is_word()
                    && token.lower.len() > 5
                    && token.lower.ends_with("ing")
                    && !token.is_capital()
            })
    }

    /// "remain deployed"
    fn remaining(&self, at: usize) -> Option<Group> {
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
    fn plain(&self, at: usize) -> Option<Group> {
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
        if form == Form::Participle && self.is_attribute(at) {
            return None;
        }
        if form == Form::Finite && self.is_attribute(at) && inflection != Inflection::PastOnly {
            return None;
        }
        let tense = if form == Form::Finite { Tense::Past } else { Tense::Open };
        Some(Group { passive: form == Form::Participle, ..self.made(at..at + 1, at, tense, form) })
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
        // Since the last word that a clause can begin with: is there a verb, and is there somebody?
        let mut start = self.inside.start;
        for back in (self.inside.start..at).rev() {
            let token = self.token(back)?;
            if token.is_any(SUBORDINATORS) && !token.is("as")
                || matches!(token.kind, Kind::Colon | Kind::Dash | Kind::Open)
            {
                start = back + 1;
                break;
            }
        }
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
            let fits = (subject || relative) && !self.finite_follows(at) && !(comma && at == start + 1);
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
        Some(if named && comma_and { Form::Finite } else { Form::Participle })
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
    fn gerund(&self, at: usize) -> Option<Group> {
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
            "no", "any", "to", "more", "and", "or", "many", "some",
        ]) || matches!(before.kind, Kind::Possessive | Kind::Number | Kind::Comma);
        let event_noun = LEXICON.noun(&token.lower).is_some() || token.is_any(NOUNS_TOO);
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

const fn last_form(last: &Group) -> Form {
    last.form
}

/// Whether a word that is not known looks like a past tense.
fn is_past(token: &Token<'_>) -> bool {
    token.is_word()
        && token.lower.len() > 4
        && token.lower.ends_with("ed")
        && !token.is_any(NOT_PAST)
        && !token.lower.contains('-')
}
