//! What each clause of a sentence tells of: who carries it, who is in it, and whose word it is.

use std::ops::Range;

use super::clause::{Clause, TEMPORAL};
use super::lexicon::{LEXICON, Sense};
use super::mention::Mention;
use super::part::{self, Part};
use super::roles::{self, Roles, add};
use super::sentence::Sentence;
use super::teller::Teller;
use super::token::{Kind, Token};
use super::verb::Form;
use super::words::{PERSON, THING, is_adverb};

impl Teller<'_, '_> {
    /// What each clause tells of.
    pub(super) fn parts(&self, clauses: Vec<Clause>, mentions: &[Mention], end: usize) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let gerunds: Vec<Option<usize>> = clauses
            .iter()
            .map(|clause| clause.inside.filter(|_| clause.group.form == Form::Gerund))
            .collect();
        let begins: Vec<usize> = clauses
            .iter()
            .filter(|clause| clause.group.form == Form::Finite && clause.joint.is_none())
            .map(|clause| clause.tokens.start)
            .collect();
        for (at, clause) in clauses.into_iter().enumerate() {
            let found = part::sense(self.tokens, &clause);
            let kind = found.map_or("", |(sense, _)| sense.kind);
            let attitude = matches!(kind, "position" | "demand" | "threat" | "accusation" | "plan");
            let quotes = !clause.quoted
                && self
                    .tokens
                    .get(clause.rest().start..end)
                    .unwrap_or_default()
                    .iter()
                    .any(|token| token.quoted);
            // "hopes that …", "hopes the talks will …"
            let that = self.tokens.get(clause.group.tokens.end).is_some_and(|token| token.is("that"))
                || begins.contains(&clause.group.tokens.end) && clause.group.form == Form::Finite;
            let reports = found.is_some_and(|(_, noun)| noun.is_none())
                && !clause.group.passive
                && (kind == "statement" || attitude && (quotes || that) || kind == "claim" && that);
            let parent = clause.inside.and_then(|at| parts.get(at));
            // "has left them relying on …" tells of that.
            let leaves = clause.group.base == "leave" && gerunds.contains(&Some(at));
            let dropped = leaves
                || self.is_nobody(&clause)
                || part::is_none(&clause, reports)
                || clause.group.form == Form::Infinitive && !part::is_coming(&clause, parent);
            let subjects = self.subjects(&clause, &parts, mentions, reports);
            // "a telescope confirmed it", "recalled its envoy": nobody says anything.
            let mute = !that && !quotes && self.is_mute(&clause, &subjects);
            let silent = |sense: Sense| mute && sense.subject == Some("speaker");
            let found = found.map(|(sense, noun)| {
                (if noun.is_none() && silent(sense) { part::UNKNOWN } else { sense }, noun)
            });
            let reports = reports && found.is_some_and(|(sense, _)| !sense.kind.is_empty());
            let found = found.filter(|_| !dropped);
            let roles = found.map(|found| self.roles(&clause, &subjects, mentions, found, &parts));
            let (sense, noun) = found.map_or((None, None), |(sense, noun)| (Some(sense), noun));
            // What somebody expects and is quoted with is a statement.
            let sense = match sense {
                Some(sense) if reports && kind == "position" && quotes => {
                    Some(Sense { kind: "statement", subject: Some("speaker"), ..sense })
                }
                sense => sense,
            };
            let roles = roles.unwrap_or_default();
            parts.push(Part { clause, sense, noun, subjects, roles, dated: None, said_in: None, reports });
        }
        parts
    }

    /// Whether nobody does what a clause says: "neither side won".
    fn is_nobody(&self, clause: &Clause) -> bool {
        let words = self.tokens.get(clause.subject()).unwrap_or_default();
        let first = words.iter().find(|token| token.is_word());
        first.is_some_and(|first| first.is_any(&["no", "nobody", "none", "neither", "nothing"]))
    }

    /// Whether a verb of speech has a subject that cannot speak, or says something else without what is said.
    fn is_mute(&self, clause: &Clause, subjects: &[usize]) -> bool {
        let words = self.tokens.get(clause.subject()).unwrap_or_default();
        let thing = subjects.is_empty() && words.iter().any(|token| token.is_word() && !is_adverb(token));
        let before = clause.tokens.start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let quoted = before.is_some_and(|before| before.quoted || before.kind == Kind::Close);
        (thing || clause.group.base == "recall") && !quoted && !clause.group.passive
    }

    /// Who carries a clause.
    fn subjects(&self, clause: &Clause, before: &[Part], mentions: &[Mention], reports: bool) -> Vec<usize> {
        let start = clause.group.tokens.start;
        if clause.group.form != Form::Finite {
            let near = part::antecedents(self.tokens, mentions, start);
            let joined = clause.joint.as_deref() == Some("and");
            let parent = clause.inside.and_then(|at| before.get(at));
            let timed = clause
                .joint
                .as_deref()
                .is_some_and(|joint| TEMPORAL.contains(&joint) || joint == "by" || joint == "for");
            if joined && let Some(last) = before.last() {
                return last.subjects.clone();
            }
            if near.is_empty() || timed || clause.group.form == Form::Infinitive {
                return parent.map(|parent| parent.subjects.clone()).unwrap_or_default();
            }
            return near;
        }
        let own = part::subjects(self.tokens, mentions, clause, reports);
        if !own.is_empty() {
            return own;
        }
        let words = self.tokens.get(clause.subject()).unwrap_or_default();
        let relative = clause.joint.as_deref().is_some_and(|joint| matches!(joint, "who" | "which" | "that"));
        if words.is_empty() && relative && !before.is_empty() {
            let near = part::antecedents(self.tokens, mentions, clause.tokens.start.saturating_sub(1));
            if !near.is_empty() {
                return near;
            }
        }
        let finite = || before.iter().rev().find(|part| part.clause.group.form == Form::Finite);
        if words.is_empty() || words.iter().all(is_adverb) {
            return finite().map(|part| part.subjects.clone()).unwrap_or_default();
        }
        let sentence = finite().and_then(|part| part.subjects.first().copied());
        let is_person = |actor: &usize| {
            self.cast.members.get(*actor).is_some_and(|m| m.kind.as_deref() == Some("person"))
        };
        for word in words {
            if word.is_any(PERSON) {
                let female = word.is("she");
                let fits = |actor: &usize| is_person(actor) && self.people.fits(self.cast, *actor, female);
                let meant = sentence.filter(fits).or_else(|| self.people.meant(self.cast, female));
                return meant.into_iter().collect();
            }
            if word.is_any(THING) {
                // "It" is none of several.
                let several = |actor: &usize| {
                    word.is("it")
                        && self.cast.members.get(*actor).is_some_and(|m| m.kind.as_deref() == Some("people"))
                };
                let other = finite().and_then(|part| {
                    part.roles
                        .iter()
                        .map(|(actor, _)| *actor)
                        .find(|actor| !part.subjects.contains(actor) && !several(actor))
                });
                let sentence = if sentence.as_ref().is_some_and(several) { other } else { sentence };
                return sentence.filter(|actor| !is_person(actor)).or(self.thing).into_iter().collect();
            }
        }
        Vec::new()
    }

    /// Who is in an event.
    fn roles(
        &self,
        clause: &Clause,
        subjects: &[usize],
        mentions: &[Mention],
        (sense, noun): (Sense, Option<usize>),
        before: &[Part],
    ) -> Roles {
        let mut roles = Roles::new();
        match noun {
            Some(at) if clause.subject().contains(&at) => {
                roles::of_noun(self.tokens, &mut roles, mentions, &clause.subject(), at, sense);
                roles::mentioned(&mut roles, mentions, &clause.rest());
            }
            Some(at) => self.of_object(&mut roles, clause, subjects, mentions, (sense, at)),
            None => {
                if clause.group.base == "oppose" && clause.group.form == Form::Participle {
                    for actor in subjects {
                        add(&mut roles, *actor, "agent");
                    }
                }
                roles::of_verb(self.tokens, &mut roles, clause, subjects, mentions, sense);
                // "established under the agreement with …"
                let rest = clause.rest();
                let under = self.tokens.get(rest.start).is_some_and(|token| token.is("under"));
                let noun = roles::event_noun(self.tokens, rest.start..rest.end.min(rest.start + 4));
                if let Some((at, noun)) = noun.filter(|_| under) {
                    roles::of_noun(self.tokens, &mut roles, mentions, &rest, at, noun);
                    self.of_the_same(&mut roles, before, at, noun);
                }
                return roles;
            }
        }
        self.of_the_same(&mut roles, before, noun.unwrap_or_default(), sense);
        if self.names_pair(clause)
            && let Some(pair) = self.pair
        {
            for actor in &pair {
                add(&mut roles, *actor, sense.subject.unwrap_or("participant"));
            }
        }
        roles
    }

    /// Who is in an event that the object of a verb names: "held talks with …", "faced attacks by …".
    fn of_object(
        &self,
        roles: &mut Roles,
        clause: &Clause,
        subjects: &[usize],
        mentions: &[Mention],
        (sense, at): (Sense, usize),
    ) {
        let (subject, rest) = (clause.subject(), clause.rest());
        let led_to = clause.group.sense.is_some_and(|sense| sense.kind == ".cause");
        // "is part of the talks" is about it, "is on strike", "are at war" are done by it.
        let at_it = self.tokens.get(rest.start).is_some_and(|word| word.is_any(&["on", "at", "in"]))
            && at <= rest.start + 1;
        let is = clause.group.base == "be" && !at_it;
        for actor in subjects.iter().filter(|_| !led_to) {
            add(roles, *actor, sense.subject.filter(|_| !is).unwrap_or("subject"));
        }
        if is && subjects.is_empty() {
            // "U.S. presence will be part of the talks": what they are about.
            for mention in mentions.iter().filter(|mention| roles::inside(mention, &subject)) {
                if let Some(actor) = mention.actor.filter(|_| mention.preposition.is_none()) {
                    add(roles, actor, "subject");
                }
            }
        }
        // To whom it is done is before the verb, who does it behind "by".
        let suffers = clause.group.sense.is_some_and(|sense| sense.kind == ".suffer");
        let sense =
            if suffers { Sense { subject: sense.object, object: sense.subject, ..sense } } else { sense };
        let end = self.noun_end(&rest);
        roles::of_noun(self.tokens, roles, mentions, &(rest.start..end), at, sense);
        roles::mentioned(roles, mentions, &subject);
    }

    /// "the agreement with Baghdad": who else takes part is known where one was told before.
    fn of_the_same(&self, roles: &mut Roles, parts: &[Part], noun: usize, sense: Sense) {
        let definite =
            noun.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|word| word.is("the"));
        let mut inside = roles.iter().filter(|(_, role)| *role == "participant").map(|(actor, _)| *actor);
        let (Some(one), None) = (inside.next(), inside.next()) else { return };
        if !definite || sense.subject != Some("participant") {
            return;
        }
        let same = |kind: &str, roles: &Roles| kind == sense.kind && roles.contains(&(one, "participant"));
        let here =
            parts.iter().rev().find(|part| part.sense.is_some_and(|sense| same(sense.kind, &part.roles)));
        let before = || self.told.iter().rev().take(40).find(|told| same(told.kind, &told.roles));
        let Some(known) = here.map(|part| &part.roles).or_else(|| before().map(|told| &told.roles)) else {
            return;
        };
        for (actor, role) in known.iter().filter(|(_, role)| *role == "participant") {
            add(roles, *actor, role);
        }
    }

    /// Where what belongs to the noun behind a verb ends: before "including", or a participle behind a comma.
    fn noun_end(&self, rest: &Range<usize>) -> usize {
        let comma = |at: &usize| {
            self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Comma)
                && self.tokens.get(*at + 1).is_some_and(|next| {
                    next.is_any(&["including", "many", "some", "most", "several", "which"])
                        || next.lower.ends_with("ing") && LEXICON.verb(&next.lower).is_some()
                })
        };
        rest.clone().find(comma).unwrap_or(rest.end)
    }

    /// "the two countries", "both sides"
    fn names_pair(&self, clause: &Clause) -> bool {
        clause.tokens.clone().any(|at| {
            self.tokens.get(at).is_some_and(|token| token.is_any(&["two", "both"]))
                && self.tokens.get(at + 1).is_some_and(|next| {
                    next.is_any(&[
                        "countries",
                        "sides",
                        "nations",
                        "governments",
                        "states",
                        "parties",
                        "companies",
                        "armies",
                        "firms",
                    ])
                })
        })
    }

    /// Whose word each clause is; gives the speaker of a sentence that is nothing but a quotation.
    pub(super) fn voices(&self, parts: &mut [Part], sentence: &Sentence) -> Option<usize> {
        let says =
            |part: &Part| part.reports && !part.clause.quoted && part.clause.group.form == Form::Finite;
        // "The crew reported smoke, investigators said": who stands at the end says all of it.
        let last =
            parts.iter().rposition(|part| part.clause.group.form == Form::Finite && !part.clause.quoted);
        let at_end = last.filter(|at| {
            parts.get(*at).is_some_and(|part| {
                let before = part.clause.tokens.start.checked_sub(1).and_then(|at| self.tokens.get(at));
                says(part)
                    && part.clause.joint.is_none()
                    && before.is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Close))
            })
        });
        let reporter = at_end.or_else(|| parts.iter().position(says));
        let Some(reporter) = reporter else {
            let tokens = self.tokens.get(sentence.tokens.clone()).unwrap_or_default();
            let quoted = tokens.iter().filter(|token| token.is_word()).all(|token| token.quoted);
            let whole = quoted && tokens.iter().any(Token::is_word);
            let near = self.speaker.filter(|(_, paragraph)| paragraph + 1 >= sentence.paragraph);
            return near.filter(|_| whole).map(|(speaker, _)| speaker);
        };
        let last_finite = last;
        let border = parts.get(reporter).map_or(0, |part| part.clause.tokens.start);
        let ends_it = border
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Close));
        let turned = border < sentence.tokens.end
            && self
                .tokens
                .get(border.saturating_sub(1)..border + 1)
                .unwrap_or_default()
                .iter()
                .any(|token| token.kind == Kind::Close);
        let next_finite = parts
            .iter()
            .enumerate()
            .position(|(at, part)| at > reporter && part.clause.group.form == Form::Finite);
        for (at, part) in parts.iter_mut().enumerate() {
            // "thanked voters and promised …": both are what the speaker does.
            let beside = !part.clause.quoted
                && part.clause.joint.as_deref() == Some("and")
                && part.clause.tokens.start == part.clause.group.tokens.start
                && Some(at) == next_finite;
            let after = at > reporter
                && !beside
                && (part.clause.quoted || part.clause.joint.as_deref() != Some("but"));
            let before = at < reporter
                && last_finite == Some(reporter)
                && (ends_it || turned)
                && (part.clause.quoted
                    || !matches!(part.clause.joint.as_deref(), Some("when" | "while" | "as" | "after")));
            if after || before {
                part.said_in = Some(reporter);
            }
        }
        None
    }
}
