//! Dates that clauses of a sentence give one another: "since the war began in October", "ten years after it began".

use super::clause::Clause;
use super::dating::{self, Dated, Relation, added, between, related};
use super::part::Part;
use super::teller::Teller;
use super::tense::plain;
use super::verb::{Form, Tense};
use super::words::is_adverb;
use crate::when::When;

impl Teller<'_, '_> {
    /// Dates clauses by those that say when: "since the war began in October", "ten years after it began".
    pub(super) fn hang(&self, parts: &mut [Part]) {
        for at in 0..parts.len() {
            let Some(part) = parts.get(at).cloned() else { continue };
            let gerund = part.clause.group.form == Form::Gerund;
            let joint = if gerund { self.gerund_joint(&part.clause) } else { part.clause.joint.clone() };
            let Some(relation) = joint.as_deref().and_then(Self::relation) else { continue };
            if part.reports && relation == Relation::At && !part.clause.quoted && part.dated.is_none() {
                if let Some(main) = Self::main_of(parts, at).filter(|main| *main < at) {
                    Self::hung(parts, at, main, relation);
                }
                continue;
            }
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
            if let Some(when) = when {
                self.apply(parts, at, main, relation, &when, false);
            } else if let Some(when) = self.recall(parts, at, main) {
                self.apply(parts, at, main, relation, &when, true);
            } else {
                Self::hung(parts, at, main, relation);
            }
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

    /// Dates a clause by the one that it hangs on: "signed on 3 May after both sides had agreed" was by then.
    fn hung(parts: &mut [Part], at: usize, main: usize, relation: Relation) {
        let Some(dated) = parts.get(main).filter(|main| !main.reports).and_then(|main| main.dated.clone())
        else {
            return;
        };
        let Some(when) = dated.when.as_ref().filter(|when| !when.is_interval() && !when.is_set()) else {
            return;
        };
        let text = match relation {
            Relation::At => when.as_edtf().to_owned(),
            Relation::After => format!("[..{}]", plain(when)),
            Relation::Before => format!("[{}..]", plain(when)),
            _ => return,
        };
        let Some(part) = parts.get_mut(at).filter(|part| part.clause.group.tense != Tense::Future) else {
            return;
        };
        if let Ok(date) = When::parse(&text) {
            let basis = format!("by the clause that it hangs on, {when}");
            part.dated = Some(Dated { when: Some(date), text: dated.text, basis, confidence: 0.6 });
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
    pub(super) fn lend(parts: &mut [Part]) {
        for at in 0..parts.len() {
            let Some(part) = parts.get(at).filter(|part| part.dated.is_none()) else { continue };
            let group = &part.clause.group;
            let from = if group.form == Form::Finite {
                let joined =
                    matches!(part.clause.joint.as_deref(), Some("and" | "but")) && group.tense == Tense::Past;
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
        Self::lend_back(parts);
        Self::lend_out(parts);
    }

    /// "was wounded and died on 30 September": the first was by then.
    fn lend_back(parts: &mut [Part]) {
        for at in 0..parts.len() {
            let open = parts.get(at).is_some_and(|part| {
                part.dated.is_none()
                    && !part.reports
                    && part.clause.group.form == Form::Finite
                    && part.clause.group.tense == Tense::Past
            });
            let next = (at + 1..parts.len())
                .find(|next| parts.get(*next).is_some_and(|part| part.clause.group.form == Form::Finite));
            let Some(next) = next.filter(|_| open).and_then(|next| parts.get(next)) else { continue };
            let joined = next.clause.joint.as_deref() == Some("and")
                && next.clause.subject().is_empty()
                && next.clause.group.tense == Tense::Past;
            let dated = next.dated.clone().filter(|dated| joined && dated.confidence > 0.7);
            let Some(when) = dated.as_ref().and_then(|dated| dated.when.clone()) else { continue };
            let text = format!("[..{}]", plain(&when));
            let day = !when.is_interval() && !when.is_set();
            if let (Some(dated), Ok(by), Some(part)) =
                (dated, When::parse(&text), parts.get_mut(at).filter(|_| day))
            {
                let basis = format!("by what it is told together with, {when}");
                part.dated = Some(Dated { when: Some(by), text: dated.text, basis, confidence: 0.6 });
            }
        }
    }

    /// What a sentence of several parts dates only within one of them holds for the sentence: "there were attacks,
    /// targeting … since October".
    fn lend_out(parts: &mut [Part]) {
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
}
