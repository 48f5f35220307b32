//! From sentences to events: each clause that tells of one, dated, with its actors and whose word it is.

use std::ops::Range;

use super::cast::Cast;
use super::clause::{TEMPORAL, clauses};
use super::dating::{self, Dated, Relation, Time};
use super::mention::Mention;
use super::part::{self, Part};
use super::people::People;
use super::roles::{self, Roles, add};
use super::sentence::Sentence;
use super::title::{begins, title};
use super::token::{Kind, Token};
use super::verb::{Form, Tense, groups};
use super::words::{BE, PERSON, THING, is_adverb};
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
    pub(super) before: Range<usize>,
    /// The date that was named last.
    pub(super) named: Option<When>,
    pub(super) people: People,
    pub(super) thing: Option<usize>,
    pub(super) speaker: Option<(usize, usize)>,
    pub(super) pair: Option<[usize; 2]>,
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
            people: People::default(),
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
        self.clocks(&mut times);
        if let Some(time) = dating::anaphora(self.tokens, inside.clone(), &times, self.named.as_ref()) {
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
        // What was to be done long ago may have been done or not.
        let parent = part.clause.inside.and_then(|at| parts.get(at)?.dated.as_ref()?.when.as_ref());
        let old = parent.zip(self.published).is_some_and(|(when, day)| {
            when.span().last < day.span().first.plus_nanos(-31 * 86_400_000_000_000)
        });
        let own_time = !dated.text.is_empty() && dated.confidence >= 0.7;
        if sense.kind.is_empty() && (!own_time || group.form != Form::Finite) {
            return None;
        }
        // "was a mission", "are damaged": what something is, not what happened.
        let is_state = group.base == "be" && !matches!(group.tense, Tense::Future | Tense::Perfect)
            || group.passive
                && group.tense == Tense::Present
                && self.tokens.get(group.tokens.start).is_some_and(|first| first.is_any(BE));
        if is_state && !own_time && sense.kind != "position" {
            return None;
        }
        if group.form == Form::Infinitive && (old || self.published.is_none() && !own_time) {
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
            None => begins(self.tokens, &range, group.tokens.start)..range.end,
        };
        let reporter = part.said_in.and_then(|at| parts.get(at));
        let mut roles = part.roles.clone();
        if self.takes_up(&part.clause) {
            // "This led to …": those of whom it was told; accused is who did what was told last.
            let before = self.told.get(self.before.clone()).unwrap_or_default();
            if sense.kind == "accusation"
                && let Some(last) = before.last()
            {
                let doer = last.roles.iter().find(|(_, role)| matches!(*role, "attacker" | "agent"));
                if let Some((actor, _)) = doer {
                    add(&mut roles, *actor, "target");
                }
            }
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
        let open = |token: &Token<'_>| loose(token) || token.is_any(TEMPORAL);
        let inside = self.tokens.get(range.clone())?;
        let first = inside.iter().find(|token| !loose(token))?;
        let mut last = inside.iter().rev().find(|token| !open(token))?;
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
        roles::of_noun(self.tokens, &mut roles, mentions, &(at..end), at, sense);
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
