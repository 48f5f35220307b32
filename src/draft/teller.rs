//! From sentences to events: each clause that tells of one, dated, with its actors and whose word it is.

use std::ops::Range;

use super::cast::Cast;
use super::clause::{Clause, TEMPORAL, clauses};
use super::dating::{self, Dated, Relation, Time};
use super::lexicon::Sense;
use super::mention::Mention;
use super::part::{self, Part};
use super::roles::{self, Roles, add};
use super::sentence::Sentence;
use super::title::title;
use super::token::{Kind, Token};
use super::verb::{Form, Tense, groups};
use super::words::{PERSON, THING, THIS, is_adverb};
use crate::chronology::{Stance, Status};
use crate::when::When;

/// An event that the text tells of.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Its kind, empty where the verb is not known.
    pub kind: &'static str,
    /// Whether it happened.
    pub status: Status,
    /// Who.
    pub roles: Roles,
    /// Where.
    pub places: Vec<usize>,
    /// When.
    pub dated: Dated,
    /// What, in a line.
    pub title: String,
    /// The bytes of the passage.
    pub quote: Range<usize>,
    /// Whose word it is.
    pub voice: Option<usize>,
    /// What they do with it.
    pub stance: Option<Stance>,
    /// The statement in which it is said, by its place in the list.
    pub said_in: Option<usize>,
}

/// What a text has told so far.
pub(super) struct Teller<'a, 't> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token<'t>],
    /// Who is in it.
    pub cast: &'a Cast,
    /// When it was published.
    pub published: Option<&'a When>,
    /// Whether it reports what is new: what is said without a day is said about the day of publication.
    pub news: bool,
    /// The events.
    pub told: Vec<Told>,
    pub(super) last: Option<(When, usize)>,
    /// The events of the sentence before.
    before: Range<usize>,
    /// The date that was named last.
    named: Option<When>,
    person: Option<usize>,
    thing: Option<usize>,
    speaker: Option<(usize, usize)>,
    pair: Option<[usize; 2]>,
    /// What began when: its actors and nouns.
    pub(super) begun: Vec<(Vec<usize>, Vec<String>, When)>,
}

impl<'a, 't> Teller<'a, 't> {
    /// Begins a text.
    pub fn new(
        text: &'a str,
        tokens: &'a [Token<'t>],
        cast: &'a Cast,
        published: Option<&'a When>,
        news: bool,
    ) -> Self {
        Self {
            text,
            tokens,
            cast,
            published,
            news,
            told: Vec::new(),
            last: None,
            before: 0..0,
            named: None,
            person: None,
            thing: None,
            speaker: None,
            pair: None,
            begun: Vec::new(),
        }
    }

    /// Reads a sentence with its names and its expressions of time.
    pub fn sentence(&mut self, sentence: &Sentence, mentions: &[Mention], times: &[Time]) {
        let inside = sentence.tokens.clone();
        let mut times = times.to_vec();
        if let Some(last) = &self.named {
            for time in times.iter_mut().filter(|time| time.when.is_none()) {
                let said = self.text.get(time.range.clone()).unwrap_or_default();
                if let Some(when) = dating::in_year_of(said, last) {
                    time.basis = format!("no year is given; that of the date told last, {last}");
                    time.when = Some(when);
                }
            }
        }
        if let Some(last) = &self.named
            && let Some(time) = dating::anaphora(self.tokens, inside.clone(), last)
        {
            times.retain(|other| other.range.start >= time.range.end || time.range.start >= other.range.end);
            times.push(time);
        }
        let groups = groups(self.tokens, inside.clone());
        let mut parts = self.parts(clauses(self.tokens, &inside, groups, &times), mentions, inside.end);
        let voice = self.voices(&mut parts, sentence);
        self.date(&mut parts, &times, sentence);
        let first = self.told.len();
        self.tell(&parts, sentence, mentions, &times, voice);
        self.before = first..self.told.len();
        self.remember(&parts, sentence, mentions);
        let plain =
            |time: &&Time| time.when.as_ref().is_some_and(|when| !when.is_interval() && !when.is_set());
        times.sort_by_key(|time| time.range.start);
        if let Some(time) = times.iter().rfind(plain) {
            self.named.clone_from(&time.when);
        }
    }

    /// What each clause tells of.
    fn parts(&self, clauses: Vec<Clause>, mentions: &[Mention], end: usize) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let gerunds: Vec<Option<usize>> = clauses
            .iter()
            .map(|clause| clause.inside.filter(|_| clause.group.form == Form::Gerund))
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
            let that = self.tokens.get(clause.group.tokens.end).is_some_and(|token| token.is("that"));
            let reports = found.is_some_and(|(_, noun)| noun.is_none())
                && !clause.group.passive
                && (kind == "statement" || attitude && (quotes || that) || kind == "claim" && that);
            let parent = clause.inside.and_then(|at| parts.get(at));
            // "has left them relying on …" tells of that.
            let leaves = clause.group.base == "leave" && gerunds.contains(&Some(at));
            let dropped = leaves
                || part::is_none(&clause, reports)
                || clause.group.form == Form::Infinitive && !part::is_coming(&clause, parent);
            let subjects = self.subjects(&clause, &parts, mentions, reports);
            let mut roles = Roles::new();
            if let Some((sense, noun)) = found.filter(|_| !dropped) {
                self.roles(&mut roles, &clause, &subjects, mentions, sense, noun);
            }
            let (sense, noun) = match found.filter(|_| !dropped) {
                Some((sense, noun)) => (Some(sense), noun),
                None => (None, None),
            };
            // What somebody expects and is quoted with is a statement.
            let sense = match sense {
                Some(sense) if reports && kind == "position" && quotes => {
                    Some(Sense { kind: "statement", subject: Some("speaker"), ..sense })
                }
                sense => sense,
            };
            parts.push(Part { clause, sense, noun, subjects, roles, dated: None, said_in: None, reports });
        }
        parts
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
                return sentence.filter(is_person).or(self.person).into_iter().collect();
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
        roles: &mut Roles,
        clause: &Clause,
        subjects: &[usize],
        mentions: &[Mention],
        sense: Sense,
        noun: Option<usize>,
    ) {
        let Some(at) = noun else {
            if clause.group.base == "oppose" && clause.group.form == Form::Participle {
                for actor in subjects {
                    add(roles, *actor, "agent");
                }
            }
            return roles::of_verb(roles, clause, subjects, mentions, sense);
        };
        let subject = clause.subject();
        if subject.contains(&at) {
            roles::of_noun(roles, mentions, &subject, at, sense);
            roles::mentioned(roles, mentions, &clause.rest());
        } else {
            let led_to = clause.group.sense.is_some_and(|sense| sense.kind == ".cause");
            if !led_to && clause.group.base != "be" {
                for actor in subjects {
                    add(roles, *actor, sense.subject.unwrap_or("subject"));
                }
            }
            let rest = clause.rest();
            let end = self.noun_end(&rest);
            roles::of_noun(roles, mentions, &(rest.start..end), at, sense);
            roles::mentioned(roles, mentions, &subject);
        }
        if self.names_pair(clause)
            && let Some(pair) = self.pair
        {
            for actor in &pair {
                add(roles, *actor, sense.subject.unwrap_or("participant"));
            }
        }
    }

    /// Where what belongs to the noun behind a verb ends: before "including", or a participle behind a comma.
    fn noun_end(&self, rest: &Range<usize>) -> usize {
        let comma = |at: &usize| {
            self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Comma)
                && self.tokens.get(*at + 1).is_some_and(|next| {
                    next.is_any(&["including", "many", "some", "most", "several", "which"])
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
    fn voices(&self, parts: &mut [Part], sentence: &Sentence) -> Option<usize> {
        let reporter = parts
            .iter()
            .position(|part| part.reports && !part.clause.quoted && part.clause.group.form == Form::Finite);
        let Some(reporter) = reporter else {
            let tokens = self.tokens.get(sentence.tokens.clone()).unwrap_or_default();
            let quoted = tokens.iter().filter(|token| token.is_word()).all(|token| token.quoted);
            let whole = quoted && tokens.iter().any(Token::is_word);
            let near = self.speaker.filter(|(_, paragraph)| paragraph + 1 >= sentence.paragraph);
            return near.filter(|_| whole).map(|(speaker, _)| speaker);
        };
        let last_finite =
            parts.iter().rposition(|part| part.clause.group.form == Form::Finite && !part.clause.quoted);
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
        for (at, part) in parts.iter_mut().enumerate() {
            let after = at > reporter && (part.clause.quoted || part.clause.joint.as_deref() != Some("but"));
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

    /// Adds the events of a sentence.
    fn tell(
        &mut self,
        parts: &[Part],
        sentence: &Sentence,
        mentions: &[Mention],
        times: &[Time],
        voice: Option<usize>,
    ) {
        let mut numbers: Vec<Option<usize>> = vec![None; parts.len()];
        let mut used: Vec<usize> = parts.iter().filter_map(|part| part.noun).collect();
        let statement = voice.map(|voice| self.quotation(sentence, voice, mentions, times));
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| !parts.get(*at).is_some_and(|part| part.reports));
        for at in order {
            let Some(part) = parts.get(at) else { continue };
            if let Some((roles, to)) = Self::merged(parts, at, &numbers) {
                if let Some(told) = self.told.get_mut(to) {
                    for (actor, role) in roles {
                        add(&mut told.roles, actor, role);
                    }
                }
                continue;
            }
            self.claimed(parts, at, &numbers);
            let Some(mut told) = self.event(parts, at, sentence, mentions, times) else { continue };
            told.said_in = part.said_in.and_then(|at| numbers.get(at).copied().flatten()).or(statement);
            if told.voice.is_none() {
                told.voice = voice;
            }
            if let Some(number) = numbers.get_mut(at) {
                *number = Some(self.told.len());
            }
            self.told.push(told);
        }
        for at in sentence.tokens.clone() {
            if used.contains(&at) {
                continue;
            }
            if let Some(told) = self.noun_event(parts, at, mentions, times, sentence) {
                used.push(at);
                self.told.push(told);
            }
        }
    }

    /// Who claims what a clause tells of is in that, too: "attacks, many of them claimed by …".
    fn claimed(&mut self, parts: &[Part], at: usize, numbers: &[Option<usize>]) {
        let Some(part) = parts.get(at).filter(|part| part.sense.is_some_and(|sense| sense.kind == "claim"))
        else {
            return;
        };
        let number = part.clause.inside.and_then(|to| numbers.get(to).copied().flatten());
        let Some(told) = number.and_then(|number| self.told.get_mut(number)) else { return };
        for (actor, role) in part.roles.iter().filter(|(_, role)| *role == "claimant") {
            add(&mut told.roles, *actor, role);
        }
    }

    /// Actors that a clause without a verb of its own adds to the event it stands in: "backed by", "targeting".
    fn merged(parts: &[Part], at: usize, numbers: &[Option<usize>]) -> Option<(Roles, usize)> {
        let part = parts.get(at)?;
        let to = part.clause.inside?;
        let number = numbers.get(to).copied().flatten()?;
        let sense = part.sense?;
        let parent = parts.get(to)?;
        let backing = sense.kind == "support" && part.clause.group.form == Form::Participle;
        let of_noun = parent.noun.is_some_and(|noun| {
            noun + 2 > part.clause.group.tokens.start && noun < part.clause.group.tokens.start
        });
        let target = sense.kind == "attack" && of_noun && part.clause.group.form != Form::Infinitive;
        if !backing && !target {
            return None;
        }
        let roles = part.roles.iter().filter(|(actor, _)| !part.subjects.contains(actor)).copied().collect();
        Some((roles, number))
    }

    /// The event of a clause.
    fn event(
        &self,
        parts: &[Part],
        at: usize,
        sentence: &Sentence,
        mentions: &[Mention],
        times: &[Time],
    ) -> Option<Told> {
        let part = parts.get(at)?;
        let sense = part.sense.filter(|sense| !sense.kind.starts_with('.'))?;
        let dated = part.dated.clone()?;
        let group = &part.clause.group;
        let own_time = !dated.text.is_empty() && dated.confidence > 0.7;
        if sense.kind.is_empty()
            && (!own_time || part.roles.is_empty() && mentions.is_empty() || group.form != Form::Finite)
        {
            return None;
        }
        if group.form != Form::Finite && part.roles.is_empty() {
            return None;
        }
        let range = Self::reach(parts, at, sentence);
        let quote = self.bytes(&range)?;
        let subject = self.subject_words(part);
        let words = match &subject {
            Some(_) => group.tokens.start..range.end,
            None => range.clone(),
        };
        let reporter = part.said_in.and_then(|at| parts.get(at));
        let mut roles = part.roles.clone();
        if self.takes_up(&part.clause) {
            // "This led to …": those of whom it was told.
            let before = self.told.get(self.before.clone()).unwrap_or_default();
            before
                .iter()
                .flat_map(|told| &told.roles)
                .for_each(|(actor, _)| add(&mut roles, *actor, "mentioned"));
        }
        let voice = reporter.and_then(|part| part.subjects.first().copied());
        Some(Told {
            kind: sense.kind,
            status: Self::status(part, reporter),
            roles,
            places: Self::places(mentions, &range),
            dated,
            title: title(self.tokens, words, subject.as_deref(), times),
            quote,
            voice,
            stance: reporter.and_then(|part| stance(&part.clause.group.base)),
            said_in: None,
        })
    }

    /// What an event says whose clause begins with no name of its own: the name of who carries it.
    fn subject_words(&self, part: &Part) -> Option<String> {
        let words = self.tokens.get(part.clause.subject()).unwrap_or_default();
        let named = words.iter().any(|token| {
            token.is_word() && !token.is_any(PERSON) && !token.is_any(THING) && !is_adverb(token)
        });
        let first = part.subjects.first().and_then(|actor| self.cast.members.get(*actor))?;
        (!named).then(|| first.name.clone())
    }

    /// The tokens of a clause with what it says: of a statement, all that is said.
    fn reach(parts: &[Part], at: usize, sentence: &Sentence) -> Range<usize> {
        let Some(part) = parts.get(at) else { return sentence.tokens.clone() };
        if part.reports && part.clause.group.form == Form::Finite && !part.clause.quoted {
            return sentence.tokens.clone();
        }
        let inner =
            parts.iter().filter(|other| other.clause.inside == Some(at)).map(|other| other.clause.tokens.end);
        let end = inner.chain([part.clause.tokens.end]).max().unwrap_or(part.clause.tokens.end);
        let next = parts
            .iter()
            .filter(|other| {
                other.clause.group.form == Form::Finite
                    && other.clause.tokens.start > part.clause.group.tokens.start
            })
            .map(|other| other.clause.tokens.start)
            .min();
        let end = if part.clause.group.form == Form::Finite {
            end.min(next.unwrap_or(end)).max(part.clause.tokens.end)
        } else {
            part.clause.tokens.end
        };
        part.clause.tokens.start..end
    }

    /// The bytes of some tokens, without marks around them and words that only join.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let loose = |token: &Token<'_>| {
            matches!(token.kind, Kind::Comma | Kind::Colon | Kind::Dash | Kind::Other | Kind::Stop)
                || token.is_any(&["and", "but", "that", "who", "which", "with"])
        };
        let inside = self.tokens.get(range.clone())?;
        let first = inside.iter().find(|token| !loose(token))?;
        let mut last = inside.iter().rev().find(|token| !loose(token))?;
        // The mark that ends a whole sentence belongs to it.
        if let Some(end) =
            inside.last().filter(|end| matches!(end.kind, Kind::Stop | Kind::Close) && end.at >= last.at)
        {
            last = end;
        }
        Some(first.at..last.end()).filter(|range| !range.is_empty())
    }

    fn places(mentions: &[Mention], range: &Range<usize>) -> Vec<usize> {
        let mut places: Vec<usize> = Vec::new();
        for place in mentions
            .iter()
            .filter(|mention| roles::inside(mention, range))
            .filter_map(|mention| mention.place)
        {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// Whether an event happened, goes on, or is to come.
    fn status(part: &Part, reporter: Option<&Part>) -> Status {
        let group = &part.clause.group;
        if group.form == Form::Infinitive || group.tense == Tense::Future {
            return Status::Expected;
        }
        if group.passive && matches!(group.base.as_str(), "plan" | "schedule") {
            return Status::Planned;
        }
        let open = part.dated.as_ref().and_then(|dated| dated.when.as_ref()).is_some_and(When::has_open_end);
        let state = group.tense == Tense::Present && !part.reports
            || part.sense.is_some_and(|sense| sense.kind == "position") && group.tense != Tense::Past;
        if open || state {
            return Status::Ongoing;
        }
        let claimed = reporter.is_some_and(|part| {
            matches!(part.clause.group.base.as_str(), "claim" | "allege" | "accuse" | "assert" | "insist")
        });
        if claimed { Status::Alleged } else { Status::Occurred }
    }

    /// The statement that a sentence of nothing but a quotation is.
    fn quotation(
        &mut self,
        sentence: &Sentence,
        voice: usize,
        mentions: &[Mention],
        times: &[Time],
    ) -> usize {
        let mut roles: Roles = vec![(voice, "speaker")];
        roles::mentioned(&mut roles, mentions, &sentence.tokens);
        let name = self.cast.members.get(voice).map(|member| member.name.clone()).unwrap_or_default();
        let quote = self.bytes(&sentence.tokens).unwrap_or_default();
        let dated = self.said(None);
        self.told.push(Told {
            kind: "statement",
            status: Status::Occurred,
            roles,
            places: Vec::new(),
            dated,
            title: title(self.tokens, sentence.tokens.clone(), Some(&format!("{name}:")), times),
            quote,
            voice: Some(voice),
            stance: None,
            said_in: None,
        });
        self.told.len() - 1
    }

    /// An event that a noun with its doer tells of: "U.S. attacks on Iraqi territory".
    fn noun_event(
        &self,
        parts: &[Part],
        at: usize,
        mentions: &[Mention],
        times: &[Time],
        sentence: &Sentence,
    ) -> Option<Told> {
        let sense = part::stands_alone(self.tokens, at)?;
        let doer = mentions.iter().rfind(|mention| {
            mention.tokens.end <= at
                && mention.tokens.end + 2 > at.saturating_sub(1)
                && mention.actor.is_some()
        })?;
        let near = at - doer.tokens.end <= 2
            && self.tokens.get(doer.tokens.end..at)?.iter().all(|token| {
                token.is_word() && !super::words::is_function(&token.lower) || token.kind == Kind::Possessive
            });
        let actor = doer.actor.filter(|_| near)?;
        let within = parts.iter().rfind(|part| {
            part.clause.tokens.contains(&at) && (part.sense.is_some() || part.clause.inside.is_none())
        })?;
        if within.clause.subject().contains(&at) || within.clause.group.tense == Tense::Possible {
            return None;
        }
        let dated = within.dated.clone().filter(|dated| dated.when.is_some())?;
        let stop = |at: &usize| {
            self.tokens.get(*at).is_some_and(|token| {
                token.kind != Kind::Word && token.kind != Kind::Number
                    || token.is_any(&["and", "that", "which", "who"])
            })
        };
        let end = (at + 1..sentence.tokens.end).find(stop).unwrap_or(sentence.tokens.end);
        let range = doer.tokens.start..end;
        let mut roles: Roles = vec![(actor, sense.subject.unwrap_or("agent"))];
        roles::of_noun(&mut roles, mentions, &(at..end), at, sense);
        let open = dated.when.as_ref().is_some_and(When::has_open_end);
        let state = within.sense.is_some_and(|sense| sense.kind == "position");
        Some(Told {
            kind: sense.kind,
            status: if open || state { Status::Ongoing } else { Status::Occurred },
            roles,
            places: Self::places(mentions, &range),
            dated: Dated { confidence: dated.confidence.min(0.6), ..dated },
            title: title(self.tokens, range.clone(), None, times),
            quote: self.bytes(&range)?,
            voice: None,
            stance: None,
            said_in: None,
        })
    }

    /// Keeps what later sentences may take up.
    fn remember(&mut self, parts: &[Part], sentence: &Sentence, mentions: &[Mention]) {
        let kind = |actor: usize| self.cast.members.get(actor).and_then(|member| member.kind.as_deref());
        let (mut person, mut thing, mut pair) = (self.person, self.thing, self.pair);
        let named = mentions.iter().filter_map(|mention| mention.actor);
        let first = parts.first().map(|part| part.subjects.clone()).unwrap_or_default();
        for actor in named.chain(first.iter().copied()) {
            match kind(actor) {
                Some("person") => person = Some(actor),
                Some(_) => thing = Some(actor),
                None => {}
            }
        }
        if let [one, other] = first.as_slice() {
            pair = Some([*one, *other]);
        }
        for part in parts {
            if part.reports
                && let Some(speaker) = part.subjects.first()
            {
                self.speaker = Some((*speaker, sentence.paragraph));
            }
            let Some(dated) = &part.dated else { continue };
            let Some(when) = dated.when.clone().filter(|_| dated.confidence > 0.65) else { continue };
            let begins = part.clause.group.phase && part.clause.group.base == "begin"
                || matches!(
                    part.clause.group.base.as_str(),
                    "begin"
                        | "start"
                        | "form"
                        | "found"
                        | "establish"
                        | "launch"
                        | "create"
                        | "break"
                        | "declare"
                        | "open"
                        | "sign"
                );
            if begins && self.begun.len() < 1000 {
                let words = self.tokens.get(part.clause.subject()).unwrap_or_default();
                let object = part.noun.and_then(|noun| self.tokens.get(noun));
                let nouns = words
                    .iter()
                    .chain(object)
                    .filter(|token| token.is_word() && super::lexicon::LEXICON.noun(&token.lower).is_some());
                let nouns = nouns.map(|token| token.lower.clone()).collect();
                let actors = part
                    .roles
                    .iter()
                    .filter(|(_, role)| *role != "mentioned")
                    .map(|(actor, _)| *actor)
                    .collect();
                self.begun.push((actors, nouns, when.clone()));
            }
            if part.clause.group.form == Form::Finite && !when.has_open_end() && part.said_in.is_none() {
                self.last = Some((when, sentence.paragraph));
            }
        }
        (self.person, self.thing, self.pair) = (person, thing, pair);
    }

    /// Whether the subject of a clause takes up what was told before: "This has led to …".
    pub(super) fn takes_up(&self, clause: &Clause) -> bool {
        let words = self.tokens.get(clause.subject()).unwrap_or_default();
        words.len() <= 2 && words.iter().any(|token| token.is_any(THIS))
    }

    /// The date of what is said: as told, else about the day of publication.
    pub(super) fn said(&self, own: Option<Dated>) -> Dated {
        if let Some(own) = own {
            return own;
        }
        let day = self.published.filter(|_| self.news);
        let when = day.and_then(|day| {
            When::parse(&format!("{}?", day.as_edtf().trim_end_matches(['?', '~', '%']))).ok()
        });
        match (day, when) {
            (Some(day), Some(when)) => Dated {
                when: Some(when),
                text: String::new(),
                basis: format!("no day given; taken as the day of publication, {day}"),
                confidence: 0.5,
            },
            _ => Dated { basis: "no time is given for it".to_owned(), confidence: 0.3, ..Dated::default() },
        }
    }

    /// The relation that a joint of time says.
    pub(super) fn relation(joint: &str) -> Option<Relation> {
        Some(match joint {
            "since" => Relation::Since,
            "until" | "till" => Relation::Until,
            "after" | "once" => Relation::After,
            "before" => Relation::Before,
            "when" => Relation::At,
            _ => return None,
        })
    }
}

/// What a speaker does with what is said.
fn stance(verb: &str) -> Option<Stance> {
    Some(match verb {
        "claim" | "allege" | "accuse" | "insist" | "assert" => Stance::Claims,
        "confirm" | "acknowledge" | "admit" | "concede" => Stance::Confirms,
        "deny" | "reject" => Stance::Denies,
        _ => return None,
    })
}
