//! Clauses: a verb with what belongs to it, and how it hangs on the others of its sentence.

use std::ops::Range;

use super::dating::Time;
use super::token::{Kind, Token};
use super::verb::{Form, Group};
use super::words::{SUBORDINATORS, is_adverb};

/// A verb with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// The verb.
    pub group: Group,
    /// All of its tokens.
    pub tokens: Range<usize>,
    /// The word that joins it to another clause: "that", "until", "and".
    pub joint: Option<String>,
    /// The clause with a verb of its own that it stands in, by its place in the list, where it has none.
    pub inside: Option<usize>,
    /// Whether the verb stands in quotation marks.
    pub quoted: bool,
}

impl Clause {
    /// The tokens before its verb.
    pub fn subject(&self) -> Range<usize> {
        self.tokens.start.min(self.group.tokens.start)..self.group.tokens.start
    }

    /// The tokens behind its verb.
    pub fn rest(&self) -> Range<usize> {
        self.group.tokens.end..self.tokens.end.max(self.group.tokens.end)
    }
}

/// Joints that say when.
pub(super) const TEMPORAL: &[&str] =
    &["since", "until", "till", "after", "before", "when", "once", "while", "as"];

/// The clauses of a sentence in the order of their verbs.
pub(super) fn clauses(
    tokens: &[Token<'_>],
    inside: &Range<usize>,
    groups: Vec<Group>,
    times: &[Time],
) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    let mut last_finite: Option<usize> = None;
    for (at, group) in groups.into_iter().enumerate() {
        let quoted = tokens.get(group.head).is_some_and(|token| token.quoted);
        let joint;
        let start;
        let mut parent = None;
        if group.form == Form::Finite {
            let border = last_finite.and_then(|last| {
                let before = found.get(last)?;
                let fronted = last == 0
                    && before.joint.as_deref().is_some_and(|joint| joint != "that" && joint != "and");
                Some(border(tokens, before.group.tokens.end, group.tokens.start, fronted, times))
            });
            let from = border.unwrap_or(inside.start);
            (start, joint) = opening(tokens, from, group.tokens.start, last_finite.is_none(), times);
            // What stood open until here ends here.
            for before in &mut found {
                before.tokens.end = before.tokens.end.min(from.max(before.group.tokens.end));
            }
            last_finite = Some(at);
        } else {
            parent = last_finite;
            start = group.tokens.start;
            let before =
                start.checked_sub(1).filter(|before| inside.contains(before)).and_then(|at| tokens.get(at));
            joint = before.filter(|token| token.is_word()).map(|token| token.lower.clone());
        }
        found.push(Clause { group, tokens: start..inside.end, joint, inside: parent, quoted });
    }
    // "it began and after accomplishing …": what follows "and" is no part of the first.
    for at in 0..found.len() {
        let Some(clause) = found.get(at).filter(|clause| clause.group.form == Form::Gerund) else { continue };
        let parent = clause.inside;
        let mut before = clause.group.tokens.start;
        let word = |at: usize| at.checked_sub(1).and_then(|at| tokens.get(at));
        while word(before).is_some_and(is_adverb) {
            before -= 1;
        }
        let joined = word(before).is_some_and(|token| token.is_any(TEMPORAL))
            && word(before - 1).is_some_and(|token| token.is("and"));
        if let Some(parent) = parent.filter(|_| joined).and_then(|parent| found.get_mut(parent)) {
            parent.tokens.end = parent.tokens.end.min(before - 2).max(parent.group.tokens.end);
        }
    }
    // A clause without a verb of its own ends at a comma, a quotation mark or the next one like it.
    let starts: Vec<usize> = found.iter().map(|clause| clause.group.tokens.start).collect();
    for (at, clause) in found.iter_mut().enumerate().filter(|(_, clause)| clause.group.form != Form::Finite) {
        let next = starts.get(at + 1).copied().unwrap_or(inside.end);
        let comma = (clause.group.tokens.end..clause.tokens.end).find(|at| {
            tokens.get(*at).is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Close | Kind::Colon))
        });
        clause.tokens.end =
            clause.tokens.end.min(comma.unwrap_or(inside.end)).min(next.max(clause.group.tokens.end));
    }
    found
}

/// Where the second of two clauses begins, between the verb of one and that of the other.
fn border(tokens: &[Token<'_>], from: usize, to: usize, fronted: bool, times: &[Time]) -> usize {
    let range = from..to;
    let token = |at: &usize| tokens.get(*at);
    let comma = |at: &usize| token(at).is_some_and(|token| token.kind == Kind::Comma);
    // “…,” said the mayor.
    if to > from
        && token(&(to - 1)).is_some_and(|token| token.kind == Kind::Close)
        && to > from + 1
        && token(&(to - 2)).is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Stop))
    {
        return to;
    }
    // Words that a broken sentence goes on with.
    if let Some(at) = range.clone().rev().find(|at| token(at).is_some_and(|token| token.kind == Kind::Stop)) {
        return at + 1;
    }
    if fronted && let Some(at) = range.clone().find(comma) {
        // A later subordinate still begins its own.
        let later = (at..to).rev().find(|at| token(at).is_some_and(|t| t.is_any(&["that", "which", "who"])));
        return later.unwrap_or(at);
    }
    let hard = |at: &usize| {
        token(at).is_some_and(|token| {
            (token.is_any(SUBORDINATORS) && !token.is_any(&["as", "so", "than", "once"]))
                || matches!(token.kind, Kind::Colon | Kind::Dash)
        }) && !(token(at).is_some_and(|token| token.is_any(TEMPORAL))
            && is_preposition(tokens, *at, to, times))
    };
    if let Some(at) = range.clone().rev().find(hard) {
        return at;
    }
    let joined = |at: &usize| {
        token(at).is_some_and(|token| token.is_any(&["and", "but", "or", "so"]))
            && (*at + 1 == to
                || at.checked_sub(1).is_some_and(|before| comma(&before))
                || !(from..*at).any(|at| comma(&at)))
    };
    if let Some(at) = range.clone().rev().find(joined) {
        return at;
    }
    if let Some(at) = range.clone().rev().find(|at| token(at).is_some_and(|t| t.kind == Kind::Close)) {
        return at + 1;
    }
    if let Some(at) = range.clone().find(|at| token(at).is_some_and(|t| t.kind == Kind::Open)) {
        return at;
    }
    range.clone().rev().find(comma).unwrap_or(from)
}

/// Whether a word that may join a clause stands before a time or a name only: "since August", "after the war, …".
fn is_preposition(tokens: &[Token<'_>], at: usize, to: usize, times: &[Time]) -> bool {
    let in_time = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            times.iter().any(|time| time.range.start <= token.at && token.end() <= time.range.end)
        })
    };
    let article = usize::from(tokens.get(at + 1).is_some_and(|token| token.is_any(&["the", "a"])));
    let commas = (at..to).filter(|at| tokens.get(*at).is_some_and(|token| token.kind == Kind::Comma)).count();
    in_time(at) || in_time(at + 1 + article) || commas % 2 == 1
}

/// Behind the words that join a clause to another, and the last of them that says how.
fn opening(
    tokens: &[Token<'_>],
    from: usize,
    to: usize,
    first: bool,
    times: &[Time],
) -> (usize, Option<String>) {
    let mut joint = None;
    let mut at = from;
    while at < to {
        let Some(token) = tokens.get(at) else { break };
        let temporal = token.is_any(SUBORDINATORS) && !(first && token.is_any(&["that", "who", "which"]));
        let temporal = temporal && !(token.is_any(TEMPORAL) && is_preposition(tokens, at, to, times));
        let leads = token.is_any(&["and", "but", "or", "so", "then", "however", "meanwhile"]) || temporal;
        // "Since August the talks": a preposition, not a joint, before a time.
        let mark = matches!(
            token.kind,
            Kind::Comma | Kind::Colon | Kind::Dash | Kind::Open | Kind::Close | Kind::Other
        );
        if leads {
            joint = Some(token.lower.clone());
        } else if !mark {
            break;
        }
        at += 1;
    }
    (at, joint)
}
