//! When the event of each clause was: by its own words, those of the clause it hangs on, its tense, or what was told
//! before; or not known.

use super::clause::Clause;
use super::dating::{self, Dated, Relation, Time, added, between, first_day, last_day, related};
use super::part::Part;
use super::sentence::Sentence;
use super::teller::Teller;
use super::verb::{Form, Tense};
use super::words::is_adverb;
use crate::when::When;

impl Teller<'_, '_> {
    /// Dates the clauses of a sentence.
    pub(super) fn date(&self, parts: &mut [Part], times: &[Time], sentence: &Sentence) {
        for at in 0..parts.len() {
            let own = self.own(parts, at, times);
            if let Some(part) = parts.get_mut(at) {
                part.dated = own;
            }
        }
        self.hang(parts);
        Self::lend(parts);
        let quoted_day = |part: &Part| {
            part.clause.quoted
                && part.dated.as_ref().is_some_and(|dated| dated.text.eq_ignore_ascii_case("today"))
        };
        let today = parts.iter().find(|part| quoted_day(part)).and_then(|part| part.dated.clone());
        for part in parts.iter_mut().filter(|part| part.reports && part.dated.is_none()) {
            if part.clause.group.tense == Tense::Past
                || part.sense.is_some_and(|sense| sense.kind == "statement")
            {
                part.dated = Some(self.said(today.clone()));
            }
        }
        for at in 0..parts.len() {
            if parts.get(at).is_some_and(|part| part.dated.is_none()) {
                let dated = self.default(parts, at, times, sentence);
                if let Some(part) = parts.get_mut(at) {
                    part.dated = Some(dated);
                }
            }
        }
    }

    /// The date that stands in a clause itself.
    fn own(&self, parts: &[Part], at: usize, times: &[Time]) -> Option<Dated> {
        let clause = &parts.get(at)?.clause;
        let (first, last) =
            (self.tokens.get(clause.tokens.start)?, self.tokens.get(clause.tokens.end.checked_sub(1)?)?);
        let nested = |time: &&Time| {
            parts.iter().any(|other| {
                let inner = &other.clause;
                inner.group.tokens.start > clause.group.tokens.start
                    && inner.tokens.end <= clause.tokens.end
                    && self.tokens.get(inner.tokens.start).is_some_and(|token| token.at <= time.range.start)
                    && inner
                        .tokens
                        .end
                        .checked_sub(1)
                        .and_then(|at| self.tokens.get(at))
                        .is_some_and(|token| time.range.end <= token.end())
            })
        };
        let fits =
            |time: &&Time| first.at <= time.range.start && time.range.end <= last.end() && !nested(time);
        let mut own = times.iter().filter(fits);
        let time = own.clone().find(|time| time.when.is_some()).or_else(|| own.next())?;
        let said = self.text.get(time.range.clone())?;
        let Some(when) = time.when.as_ref() else {
            return Some(Dated {
                when: None,
                text: said.to_owned(),
                basis: time.basis.clone(),
                confidence: 0.3,
            });
        };
        // "will … on Tuesday", "until Tuesday": the next one, where the last is past.
        let ahead = clause.group.tense == Tense::Future
            || time.relation == Relation::Until && clause.group.tense == Tense::Present;
        let past = self
            .published
            .is_some_and(|day| when.span().last < day.span().first && when.as_edtf().len() == 10);
        let next =
            Some(when).filter(|_| ahead && past && time.relative).and_then(|when| added(when, 7, "day"));
        let when = next.as_ref().unwrap_or(when);
        // "planned since August": what is dated is the planning.
        let point = matches!(clause.group.base.as_str(), "plan" | "schedule" | "announce" | "propose")
            && time.relation == Relation::Since;
        let until =
            own.find(|other| other.relation == Relation::Until).filter(|_| time.relation != Relation::Until);
        let dated = match until.and_then(|end| Some((end.when.as_ref()?, self.text.get(end.range.clone())?)))
        {
            Some((end, said)) => between(when, end, said),
            None if point => Some(when.clone()),
            None => match &time.whole {
                Some(whole) if time.relation == Relation::Since && whole.has_open_end() => {
                    Some(whole.clone())
                }
                _ => related(when, time.relation, said),
            },
        };
        let confidence = if time.relative { 0.8 } else { 0.9 };
        Some(Dated {
            when: Some(dated?),
            text: said.to_owned(),
            basis: next
                .as_ref()
                .map_or_else(|| time.basis.clone(), |next| format!("the next after publication: {next}")),
            confidence,
        })
    }

    /// Dates clauses by those that say when: "since the war began in October", "ten years after it began".
    fn hang(&self, parts: &mut [Part]) {
        for at in 0..parts.len() {
            let Some(part) = parts.get(at).cloned() else { continue };
            let gerund = part.clause.group.form == Form::Gerund;
            let joint = if gerund { self.gerund_joint(&part.clause) } else { part.clause.joint.clone() };
            let Some(relation) = joint.as_deref().and_then(Self::relation) else { continue };
            if part.reports
                || parts
                    .get(at.wrapping_sub(1))
                    .is_some_and(|before| before.reports && !part.clause.quoted && relation == Relation::At)
            {
                continue;
            }
            let Some(mut main) = Self::main_of(parts, at) else { continue };
            // "ten years after it began and after accomplishing …": both hang on what was before.
            let temporal = |at: usize| {
                parts.get(at).is_some_and(|part| {
                    part.clause.joint.as_deref().is_some_and(|joint| Self::relation(joint).is_some())
                })
            };
            if gerund && temporal(main) && main < at {
                main = Self::main_of(parts, main).unwrap_or(main);
            }
            if self.counted(parts, at, main) || gerund {
                if gerund {
                    Self::after_gerund(parts, at, main, relation);
                }
                continue;
            }
            let when = part.dated.as_ref().and_then(|dated| dated.when.clone());
            let (when, recalled) = match when {
                Some(when) => (when, false),
                None => match self.recall(parts, at, main) {
                    Some(when) => (when, true),
                    None => continue,
                },
            };
            self.apply(parts, at, main, relation, &when, recalled);
        }
    }

    /// Gives a clause the date of the one that says when it was.
    fn apply(
        &self,
        parts: &mut [Part],
        at: usize,
        main: usize,
        relation: Relation,
        when: &When,
        recalled: bool,
    ) {
        let Some(part) = parts.get(at) else { return };
        let words = part.dated.as_ref().map(|dated| dated.text.clone()).unwrap_or_default();
        let before = parts.get(main).and_then(|main| main.dated.clone());
        let joined = parts
            .get(main)
            .filter(|part| part.clause.joint.as_deref() == Some("and") && part.dated.is_none());
        let start =
            before.clone().or_else(|| joined.and_then(|_| parts.get(main.checked_sub(1)?)?.dated.clone()));
        let start_when = start.as_ref().and_then(|dated| dated.when.as_ref());
        let date = match (relation, start_when) {
            (Relation::Until, Some(start)) => between(start, when, &words),
            _ if before.is_some() => return,
            _ => related(when, relation, &words),
        };
        let clause = part.clause.tokens.clone();
        let text = self
            .bytes(&(clause.start.saturating_sub(1)..clause.end))
            .and_then(|range| self.text.get(range))
            .unwrap_or_default();
        let basis = match (recalled, start_when) {
            (true, _) => format!("from the event that it names, told before with the date {when}"),
            (false, Some(start)) if relation == Relation::Until => {
                format!("from {start} to {when}, the time that ends it")
            }
            (false, _) => format!("by the time when that happened, {when}"),
        };
        let confidence = if recalled { 0.55 } else { 0.75 };
        if recalled && let Some(part) = parts.get_mut(at) {
            part.dated =
                Some(Dated { when: Some(when.clone()), text: words, basis: basis.clone(), confidence: 0.5 });
        }
        if let Some(main) = parts.get_mut(main).filter(|_| date.is_some()) {
            main.dated = Some(Dated { when: date, text: text.to_owned(), basis, confidence });
        }
    }

    /// The word before a gerund, across adverbs.
    fn gerund_joint(&self, clause: &Clause) -> Option<String> {
        let mut at = clause.group.tokens.start.checked_sub(1)?;
        while self.tokens.get(at).is_some_and(is_adverb) {
            at = at.checked_sub(1)?;
        }
        self.tokens.get(at).map(|token| token.lower.clone())
    }

    /// The clause that one with a joint of time hangs on: the one before it, at the start of a sentence the next.
    fn main_of(parts: &[Part], at: usize) -> Option<usize> {
        let finite = |at: &usize| parts.get(*at).is_some_and(|part| part.clause.group.form == Form::Finite);
        (0..at).rev().find(|at| finite(at)).or_else(|| (at + 1..parts.len()).find(|at| finite(at)))
    }

    /// "ten years after it began": dates both where what began is known.
    fn counted(&self, parts: &mut [Part], at: usize, main: usize) -> bool {
        let Some(part) = parts.get(at) else { return false };
        let Some(joint) = part.clause.tokens.start.checked_sub(1) else { return false };
        let word = |back: usize| {
            joint
                .checked_sub(back)
                .and_then(|at| self.tokens.get(at))
                .map(|token| token.lower.clone())
                .unwrap_or_default()
        };
        let unit = word(1);
        let unit = unit.trim_end_matches('s');
        if word(0) != "after" || !matches!(unit, "day" | "week" | "month" | "year") {
            return false;
        }
        let Some(number) = dating::count(&word(2)) else { return false };
        let own = part.dated.as_ref().and_then(|dated| dated.when.clone());
        let Some(start) = own.or_else(|| self.recall(parts, at, main)) else { return true };
        let text = self
            .bytes(&(joint.saturating_sub(2)..part.clause.tokens.end))
            .and_then(|range| self.text.get(range))
            .unwrap_or_default()
            .to_owned();
        let about = |when: &When| When::parse(&format!("{}~", when.as_edtf().trim_end_matches('~'))).ok();
        let basis =
            format!("{number} {unit}s from {start}, the date of what began, told before; approximate");
        let set = |part: Option<&mut Part>, when: Option<When>| {
            if let Some(part) = part.filter(|_| when.is_some()) {
                part.dated = Some(Dated { when, text: text.clone(), basis: basis.clone(), confidence: 0.5 });
            }
        };
        set(parts.get_mut(main), added(&start, number, unit).as_ref().and_then(about));
        set(parts.get_mut(at), about(&start));
        true
    }

    /// "after accomplishing the mission": between what began and what it came before.
    fn after_gerund(parts: &mut [Part], at: usize, main: usize, relation: Relation) {
        let Some(end) = parts.get(main).and_then(|part| part.dated.as_ref()?.when.clone()) else { return };
        let end_day = end.as_edtf().trim_end_matches('~').to_owned();
        let start = (0..at).rev().find_map(|other| {
            let part = parts.get(other).filter(|part| part.clause.group.base == "begin")?;
            part.dated.as_ref()?.when.clone()
        });
        let text = match (relation, start) {
            (Relation::After, Some(start)) => {
                format!("[{}..{end_day}]", start.as_edtf().trim_end_matches('~'))
            }
            (Relation::After, None) => format!("[..{end_day}]"),
            (Relation::Before, _) => format!("[{end_day}..]"),
            _ => return,
        };
        let Some(when) = When::parse(&text).ok() else { return };
        if let Some(part) = parts.get_mut(at) {
            let basis = format!("by the event that it came before or after, {end}; when is not said");
            part.dated = Some(Dated { when: Some(when), text: String::new(), basis, confidence: 0.45 });
        }
    }

    /// The date of an event told before that a clause names again, where there is exactly one.
    fn recall(&self, parts: &[Part], at: usize, main: usize) -> Option<When> {
        let (part, main) = (parts.get(at)?, parts.get(main)?);
        let pronoun =
            self.tokens.get(part.clause.subject())?.iter().any(|token| token.is_any(super::words::THING));
        let named = if pronoun { &main.clause } else { &part.clause };
        let words = self.tokens.get(named.tokens.clone())?;
        let actors: Vec<usize> =
            if pronoun { &main.roles } else { &part.roles }.iter().map(|(actor, _)| *actor).collect();
        let fits = |known: &(Vec<usize>, Vec<String>, When)| {
            let noun = known.1.iter().any(|noun| words.iter().any(|word| word.is(noun)));
            noun || known.0.iter().any(|actor| actors.contains(actor))
        };
        let mut found: Vec<&When> = Vec::new();
        for known in self.begun.iter().rev().take(200).filter(|known| fits(known)) {
            if !found.contains(&&known.2) {
                found.push(&known.2);
            }
        }
        match found.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    }

    /// Gives dates to clauses that share them: those joined by "and", and those without a verb of their own.
    fn lend(parts: &mut [Part]) {
        for at in 0..parts.len() {
            let Some(part) = parts.get(at).filter(|part| part.dated.is_none()) else { continue };
            let group = &part.clause.group;
            let from = if group.form == Form::Finite {
                let joined = part.clause.joint.as_deref() == Some("and") && group.tense == Tense::Past;
                (0..at)
                    .rev()
                    .find(|before| parts.get(*before).is_some_and(|p| p.clause.group.form == Form::Finite))
                    .filter(|_| joined)
            } else if group.form == Form::Infinitive {
                None
            } else {
                part.clause.inside
            };
            let Some(lender) = from.and_then(|from| parts.get(from)) else { continue };
            let state =
                part.sense.is_some_and(|sense| sense.kind == "position") && group.form == Form::Participle;
            if lender.reports || state || lender.clause.group.tense == Tense::Future {
                continue;
            }
            if let Some(dated) = lender.dated.clone().filter(|dated| dated.when.is_some()) {
                let basis = format!("the sentence’s: {}", dated.basis);
                if let Some(part) = parts.get_mut(at) {
                    part.dated = Some(Dated { basis, confidence: dated.confidence.min(0.7), ..dated });
                }
            }
        }
        // What a sentence of several parts dates only within one of them holds for the sentence: "there were attacks,
        // targeting … since October".
        for at in 0..parts.len() {
            let inner = parts.iter().find(|other| {
                other.clause.inside == Some(at)
                    && other.clause.group.form == Form::Gerund
                    && other.dated.is_some()
            });
            let Some(dated) = inner.and_then(|part| part.dated.clone()) else { continue };
            let Some(part) = parts.get(at).filter(|part| part.dated.is_none() && part.noun.is_some()) else {
                continue;
            };
            if part.clause.group.tense == Tense::Future {
                continue;
            }
            for other in at..parts.len() {
                let takes = other == at
                    || parts.get(other).is_some_and(|part| {
                        part.clause.inside == Some(at)
                            && part.dated.is_none()
                            && part.sense.is_none_or(|sense| sense.kind != "position")
                    });
                if let Some(part) = parts.get_mut(other).filter(|_| takes) {
                    part.dated = Some(Dated { confidence: 0.75, ..dated.clone() });
                }
            }
        }
    }

    /// The date of a clause that nothing in its sentence dates.
    fn default(&self, parts: &[Part], at: usize, times: &[Time], sentence: &Sentence) -> Dated {
        let none =
            || Dated { basis: "no time is given for it".to_owned(), confidence: 0.3, ..Dated::default() };
        let Some(part) = parts.get(at) else { return none() };
        let group = &part.clause.group;
        let verb = self
            .tokens
            .get(group.tokens.clone())
            .and_then(|tokens| self.text.get(tokens.first()?.at..tokens.last()?.end()).map(str::to_owned));
        let verb = verb.unwrap_or_default();
        let said = part.said_in.and_then(|at| parts.get(at)?.dated.as_ref()?.when.clone());
        let told = said.clone().filter(|when| !when.as_edtf().ends_with('?'));
        let day = told.or_else(|| self.published.cloned());
        let parent = part.clause.inside.and_then(|at| parts.get(at));
        let coming = group.tense == Tense::Future || group.form == Form::Infinitive;
        if let (true, Some(day)) = (coming, &day) {
            return Self::open(
                &format!("[{}..]", plain(day)),
                verb,
                format!("expected after {}; no end given", spoken(day, said.as_ref())),
                0.6,
            );
        }
        let state = part.sense.is_some_and(|sense| matches!(sense.kind, "position"));
        let participle = group.form == Form::Participle || group.form == Form::Gerund;
        let present = group.tense == Tense::Present
            || (participle && state)
            || (participle
                && group.form == Form::Gerund
                && parent.is_some_and(|p| matches!(p.clause.group.tense, Tense::Present | Tense::Perfect)));
        if let (true, Some(day)) = (present, &self.published) {
            return Self::open(
                &plain(day),
                verb,
                format!("a state with no beginning given; as of publication, {day}"),
                0.6,
            );
        }
        let done = matches!(group.tense, Tense::Perfect | Tense::Pluperfect)
            || (group.tense == Tense::Past || group.form == Form::Participle) && said.is_some();
        if let (true, Some(day)) = (done, &day) {
            let start = self.last_start().filter(|_| self.takes_up(&part.clause));
            let end = last_day(day).unwrap_or_else(|| plain(day));
            if let Some(start) = start {
                return Self::open(
                    &format!("[{start}..{end}]"),
                    verb,
                    format!("after what is told before it, and not after {}", spoken(day, said.as_ref())),
                    0.45,
                );
            }
            return Self::open(
                &format!("[..{end}]"),
                verb,
                format!("had happened by {}; since when is not said", spoken(day, said.as_ref())),
                0.5,
            );
        }
        if part.sense.is_some_and(|sense| sense.kind == "statement" && sense.subject.is_some())
            && self.news
            && group.form == Form::Finite
            && part.noun.is_none()
        {
            return self.said(None);
        }
        // A past event without a date in its sentence goes on from the one before.
        let own_sentence = times.iter().any(|time| time.when.is_some());
        let carried = self.last.as_ref().filter(|(when, paragraph)| {
            let near =
                *paragraph == sentence.paragraph || (!self.news && paragraph + 1 >= sentence.paragraph);
            near && !own_sentence && !when.is_interval() && !when.is_set()
        });
        if let (Some((when, _)), Tense::Past, Form::Finite) = (carried, group.tense, group.form) {
            let text = format!("{}?", plain(when));
            return Self::open(
                &text,
                String::new(),
                format!("inferred: no time is given, carried on from what is told before, {when}"),
                0.35,
            );
        }
        none()
    }

    /// The first day of the date told last.
    fn last_start(&self) -> Option<String> {
        let last = self.told.iter().rev().find_map(|told| told.dated.when.as_ref())?;
        first_day(last)
    }

    /// A date that follows from the tense, with the verb as its words.
    fn open(edtf: &str, verb: String, basis: String, confidence: f64) -> Dated {
        match When::parse(edtf) {
            Ok(when) => Dated { when: Some(when), text: verb, basis, confidence },
            Err(_) => {
                Dated { basis: "no time is given for it".to_owned(), confidence: 0.3, ..Dated::default() }
            }
        }
    }
}

/// A date without its marks of doubt.
fn plain(when: &When) -> String {
    when.as_edtf().trim_end_matches(['?', '~', '%']).to_owned()
}

/// The day that something is told on, in words.
fn spoken(day: &When, said: Option<&When>) -> String {
    match said {
        Some(said) if said == day => format!("it was said, {day}"),
        _ => format!("publication, {day}"),
    }
}
