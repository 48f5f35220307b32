//! When the event of each clause was: by its own words, those of the clause it hangs on, its tense, or what was told
//! before; or not known.

use super::clause::Clause;
use super::dating::{self, Dated, Relation, Time, added, between, first_day, last_day, related};
use super::part::Part;
use super::sentence::Sentence;
use super::teller::Teller;
use super::verb::{Form, Tense};
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
        let own_word = |part: &&mut Part| part.reports && part.dated.is_none() && part.said_in.is_none();
        for part in parts.iter_mut().filter(own_word) {
            if part.clause.group.tense == Tense::Past
                || part.sense.is_some_and(|sense| sense.kind == "statement")
                    && !matches!(part.clause.group.tense, Tense::Future)
                    && part.clause.group.form != Form::Infinitive
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
        let fits = |time: &&Time| {
            first.at <= time.range.start
                && time.range.end <= last.end()
                && !self.is_nested(parts, clause, time)
        };
        let mut own = times.iter().filter(fits).filter(|time| !self.is_compared(clause, time));
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
            // "is expected until Thursday": from now on.
            None if time.relation == Relation::Until && clause.group.tense == Tense::Present => self
                .published
                .filter(|day| day.span().last < when.span().first)
                .and_then(|day| between(day, when, said))
                .or_else(|| related(when, time.relation, said)),
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

    /// Whether a time belongs to another clause inside one.
    fn is_nested(&self, parts: &[Part], clause: &Clause, time: &Time) -> bool {
        parts.iter().any(|other| {
            let inner = &other.clause;
            let last = inner.tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at));
            inner.group.tokens.start > clause.group.tokens.end
                && (inner.group.form != Form::Infinitive || other.sense.is_some() && !self.is_past(time))
                && inner.tokens.end <= clause.tokens.end
                && self.tokens.get(inner.tokens.start).is_some_and(|token| token.at <= time.range.start)
                && last.is_some_and(|token| time.range.end <= token.end())
        })
    }

    /// "the highest since 1990" says nothing of when.
    fn is_compared(&self, clause: &Clause, time: &Time) -> bool {
        let behind = |at: &usize| self.tokens.get(*at).is_some_and(|token| token.end() >= time.range.start);
        let Some(at) = clause.tokens.clone().find(behind).filter(|_| time.relation == Relation::Since) else {
            return false;
        };
        self.tokens.get(at.saturating_sub(3)..=at).unwrap_or_default().iter().any(|token| {
            token.lower.len() > 4 && token.lower.ends_with("est")
                || token.is_any(&["worst", "best", "first", "most", "only"])
        })
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
        let said_on = said.as_ref();
        let told = said.clone().filter(|when| !when.as_edtf().ends_with('?'));
        let day = told.or_else(|| self.published.cloned());
        let parent = part.clause.inside.and_then(|at| parts.get(at));
        let coming = group.tense == Tense::Future || group.form == Form::Infinitive;
        if let (true, Some(day)) = (coming, &day)
            && let Some((end, said)) = self.within(&part.clause, day)
        {
            let text = format!("[{}..{end}]", plain(day));
            return Self::open(&text, said, format!("so long from {} at most", spoken(day, said_on)), 0.7);
        }
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
        if part.sense.is_some_and(|sense| sense.subject == Some("speaker"))
            && group.tense == Tense::Past
            && self.news
            && group.form == Form::Finite
            && part.noun.is_none()
        {
            return self.said(None);
        }
        self.carried(part, times, sentence).unwrap_or_else(none)
    }

    /// A past event without a date in its sentence goes on from the one before.
    fn carried(&self, part: &Part, times: &[Time], sentence: &Sentence) -> Option<Dated> {
        let group = &part.clause.group;
        let own_sentence = times.iter().any(|time| time.when.is_some());
        let carried = self.last.as_ref().filter(|(when, paragraph)| {
            // In news, only what is told of the past goes on from paragraph to paragraph.
            let old = self
                .published
                .is_some_and(|day| when.span().last < day.span().first.plus_nanos(-7 * 86_400_000_000_000));
            let near = *paragraph == sentence.paragraph
                || ((!self.news || old) && paragraph + 1 >= sentence.paragraph);
            near && !own_sentence && !when.is_interval() && !when.is_set()
        });
        if let (Some((when, _)), Tense::Past, Form::Finite) = (carried, group.tense, group.form) {
            let text = format!("{}?", plain(when));
            return Some(Self::open(
                &text,
                String::new(),
                format!("inferred: no time is given, carried on from what is told before, {when}"),
                0.35,
            ));
        }
        None
    }

    /// Whether a time is certainly past: "ordered him to pay in 2014" says when that was ordered.
    fn is_past(&self, time: &Time) -> bool {
        match (&time.when, self.published) {
            (Some(when), Some(day)) => when.span().first <= day.span().last,
            _ => !matches!(time.relation, Relation::By | Relation::Until),
        }
    }

    /// "within 30 days": the last day of that, and the words.
    fn within(&self, clause: &Clause, day: &When) -> Option<(String, String)> {
        clause.tokens.clone().find_map(|at| {
            let [word, number, unit] = self.tokens.get(at..at + 3)? else { return None };
            let number = word.is("within").then(|| dating::count(&number.lower)).flatten()?;
            let end = added(day, number, unit.lower.trim_end_matches('s'))?;
            Some((last_day(&end)?, self.text.get(word.at..unit.end())?.to_owned()))
        })
    }

    /// The first day of the date told last.
    fn last_start(&self) -> Option<String> {
        let last = self.told.iter().rev().take(40).find_map(|told| told.dated.when.as_ref())?;
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
pub(super) fn plain(when: &When) -> String {
    when.as_edtf().trim_end_matches(['?', '~', '%']).to_owned()
}

/// The day that something is told on, in words.
fn spoken(day: &When, said: Option<&When>) -> String {
    match said {
        Some(said) if said == day => format!("it was said, {day}"),
        _ => format!("publication, {day}"),
    }
}
