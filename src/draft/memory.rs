//! What later sentences take up of those before: persons, things, speakers, days, and what began when.

use std::ops::Range;

use super::clause::Clause;
use super::dating::{self, Dated, Relation, Time};
use super::lexicon::LEXICON;
use super::mention::Mention;
use super::part::Part;
use super::sentence::Sentence;
use super::teller::Teller;
use super::verb::Form;
use super::words::{PERSON, THIS, is_adverb};
use crate::when::When;

impl Teller<'_, '_> {
    /// Keeps what later sentences may take up.
    pub(super) fn remember(&mut self, parts: &[Part], sentence: &Sentence, mentions: &[Mention]) {
        let kind = |actor: usize| self.cast.members.get(actor).and_then(|member| member.kind.as_deref());
        let (mut thing, mut pair) = (self.thing, self.pair);
        let main = parts.iter().find(|part| part.clause.group.form == Form::Finite && part.said_in.is_none());
        let first = main.map(|part| part.subjects.clone()).unwrap_or_default();
        let other = main.is_some_and(|part| {
            let words = self.tokens.get(part.clause.subject()).unwrap_or_default();
            part.subjects.is_empty() && words.iter().any(|token| token.is_word() && !is_adverb(token))
        });
        // "It" is the subject of the sentence before, else what is named in it; nobody where the subject is none.
        let subject = first.iter().copied().find(|actor| kind(*actor) != Some("person"));
        let several =
            |actor: &usize| self.cast.members.get(*actor).is_some_and(|member| member.head.ends_with('s'));
        let mut named = mentions.iter().filter_map(|mention| mention.actor);
        if other {
            thing = None;
        } else if let Some(last) = subject
            .or_else(|| first.iter().copied().find(several))
            .or_else(|| named.rfind(|actor| !matches!(kind(*actor), Some("person") | None)))
        {
            thing = Some(last);
        }
        for part in parts {
            let pronoun =
                self.tokens.get(part.clause.subject()).unwrap_or_default().iter().find(|t| t.is_any(PERSON));
            if let (Some(pronoun), Some(actor)) = (pronoun, part.subjects.first()) {
                self.people.is(*actor, pronoun.is("she"));
            }
        }
        self.people.about = first.first().copied().filter(|actor| kind(*actor) == Some("person"));
        for mention in mentions {
            if let Some(actor) = mention.actor.filter(|actor| kind(*actor) == Some("person")) {
                let member = self.cast.members.get(actor);
                if member.is_some_and(|member| member.head.ends_with('s')) {
                    continue;
                }
                let proper = member.is_some_and(|member| member.head.is_empty());
                self.people.saw(actor, proper, first.contains(&actor));
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
            self.begin(part, &when);
            if part.clause.group.form == Form::Finite && !when.has_open_end() && part.said_in.is_none() {
                self.last = Some((when, sentence.paragraph));
            }
        }
        (self.thing, self.pair) = (thing, pair);
    }

    /// Keeps what began, and when: "the war began in October".
    fn begin(&mut self, part: &Part, when: &When) {
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
                .filter(|token| token.is_word() && LEXICON.noun(&token.lower).is_some());
            let nouns = nouns.map(|token| token.lower.clone()).collect();
            // What began: what the subject names, and who is in that.
            let inside = part.noun.is_some_and(|noun| part.clause.subject().contains(&noun));
            let actors = if inside {
                let named = part.roles.iter().filter(|(_, role)| *role != "mentioned");
                named.map(|(actor, _)| *actor).collect()
            } else {
                part.subjects.clone()
            };
            self.begun.push((actors, nouns, when.clone()));
        }
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

    /// Puts times of day on the day that is named beside them, else on the one told last.
    pub(super) fn clocks(&self, times: &mut [Time]) {
        let is_clock = |time: &Time| time.when.as_ref().is_some_and(|when| when.as_edtf().contains('T'));
        let days: Vec<(Range<usize>, Option<When>)> = times
            .iter()
            .filter(|time| !is_clock(time) && time.relation == Relation::At)
            .map(|time| (time.range.clone(), time.when.clone()))
            .collect();
        for time in times.iter_mut().filter(|time| is_clock(time)) {
            let beside = days.iter().find(|(range, _)| {
                let between = if range.start > time.range.end {
                    self.text.get(time.range.end..range.start)
                } else {
                    self.text.get(range.end..time.range.start)
                };
                between.is_some_and(|between| {
                    between.split(|c: char| !c.is_alphanumeric()).all(|w| matches!(w, "" | "on" | "at"))
                })
            });
            let day = beside.and_then(|(_, day)| day.as_ref()).or(self.named.as_ref());
            let said = self.text.get(time.range.clone()).unwrap_or_default();
            if let (Some(day), Some(when)) = (day, &time.when)
                && let Some(when) = dating::on_day_of(said, when, day)
            {
                time.basis =
                    format!("on the day told {}, {day}", if beside.is_some() { "beside it" } else { "last" });
                time.when = Some(when);
            }
        }
        // The clock says more than the day beside it.
        times.sort_by_key(|time| !is_clock(time));
    }
}
