//! What a clause tells of: the kind of event, who is in it, and what it hangs on.

use super::clause::Clause;
use super::dating::Dated;
use super::lexicon::{LEXICON, Sense};
use super::mention::Mention;
use super::roles::{self, Roles, event_noun};
use super::token::{Kind, Token};
use super::verb::{Form, Tense};

/// A clause with what is found out about it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The clause.
    pub clause: Clause,
    /// What it tells of; none: of no event.
    pub sense: Option<Sense>,
    /// The noun that names the event.
    pub noun: Option<usize>,
    /// Who carries it.
    pub subjects: Vec<usize>,
    /// Who is in it.
    pub roles: Roles,
    /// When.
    pub dated: Option<Dated>,
    /// The clause whose speaker says it.
    pub said_in: Option<usize>,
    /// Whether the clause passes on what somebody says.
    pub reports: bool,
}

/// A sense of a verb that is not known.
pub(super) const UNKNOWN: Sense = Sense { kind: "", subject: Some("agent"), object: Some("subject") };
/// How far behind a verb the noun stands that says what it is about.
const NEAR: usize = 9;

/// What a clause tells of, and the noun that says so.
pub(super) fn sense(tokens: &[Token<'_>], clause: &Clause) -> Option<(Sense, Option<usize>)> {
    let group = &clause.group;
    let rest = clause.rest();
    // What stands behind a preposition is not what is done, unless it follows at once.
    let behind = || event_noun(tokens, rest.start..rest.end.min(rest.start + NEAR));
    let before = || event_noun(tokens, clause.subject());
    let own = group.sense;
    // "ended a strike": what is done directly; "the war ended in a treaty" is told by its subject.
    let direct = || {
        behind().filter(|(at, _)| {
            tokens.get(rest.start..*at).is_some_and(|between| {
                between.iter().all(|token| {
                    token.is_word()
                        && !super::words::JOINING.has(&token.lower)
                        && !super::words::WHERE.has(&token.lower)
                        && !token.is("of")
                })
            })
        })
    };
    if group.phase || own.is_some_and(|sense| sense.kind == ".phase") {
        let light = own.is_some_and(|sense| sense.kind == ".light");
        let named = if group.passive {
            before()
        } else {
            before().or_else(|| if light { behind() } else { direct() })
        };
        let named = named.filter(|(_, sense)| sense.kind != "statement");
        let named = named.or_else(|| behind().filter(|_| light)).map(|(at, sense)| (sense, Some(at)));
        let own = own.filter(|sense| !sense.kind.starts_with('.')).unwrap_or(UNKNOWN);
        return Some(named.unwrap_or((own, None)));
    }
    match own {
        Some(sense) if sense.kind == ".suffer" => {
            let Some((at, noun)) = behind() else {
                return Some((Sense { subject: Some("subject"), ..UNKNOWN }, None));
            };
            Some((Sense { subject: noun.object.or(Some("subject")), object: noun.subject, ..noun }, Some(at)))
        }
        Some(sense) if matches!(sense.kind, ".light" | ".cause") => match behind() {
            Some((at, noun)) => Some((noun, Some(at))),
            None => Some((UNKNOWN, None)),
        },
        Some(sense) if sense.kind == ".none" => {
            // "called the deal “a victory”"
            let quotes =
                tokens.get(rest.clone()).unwrap_or_default().iter().any(|token| token.kind == Kind::Open);
            if group.base == "call" && quotes && !group.passive {
                return Some((Sense { kind: "statement", subject: Some("speaker"), object: None }, None));
            }
            if group.base == "call"
                && let Some((at, noun)) = direct()
            {
                return Some((noun, Some(at)));
            }
            if group.base != "be" {
                return (group.tense != Tense::Present).then_some((UNKNOWN, None));
            }
            let (at, noun) = behind()?;
            Some((noun, Some(at)))
        }
        Some(sense) if sense.kind != ".plain" => Some((sense, None)),
        _ => Some((UNKNOWN, None)),
    }
}

/// Who carries a clause that has a verb of its own, by the names before its verb or right behind it.
pub(super) fn subjects(
    tokens: &[Token<'_>],
    mentions: &[Mention],
    clause: &Clause,
    reports: bool,
) -> Vec<usize> {
    let before = roles::subjects(tokens, mentions, &clause.subject());
    if before.is_empty() && reports {
        // “…,” said Alaluddin.
        let rest = clause.rest();
        let next = mentions.iter().find(|mention| mention.tokens.start >= rest.start);
        let turned =
            next.filter(|mention| mention.tokens.start <= rest.start + 2 && clause.subject().is_empty());
        return turned.and_then(|mention| mention.actor).into_iter().collect();
    }
    before
}

/// The name right before a clause without a verb of its own, and the one that it is set beside.
pub(super) fn antecedents(tokens: &[Token<'_>], mentions: &[Mention], start: usize) -> Vec<usize> {
    let Some(at) =
        mentions.iter().rposition(|mention| mention.tokens.end <= start && mention.tokens.end + 3 > start)
    else {
        return Vec::new();
    };
    let Some(near) = mentions.get(at) else { return Vec::new() };
    let mut found: Vec<usize> = near.actor.into_iter().collect();
    // "X, an alliance of Y": it is X that is spoken of.
    let chain = (1..=at)
        .rev()
        .find(|at| mentions.get(*at).is_none_or(|m| m.preposition.as_deref() != Some("of")))
        .unwrap_or(0);
    let beside =
        if chain < at { mentions.get(chain) } else { at.checked_sub(1).and_then(|at| mentions.get(at)) };
    let beside = beside.filter(|beside| beside.tokens.end <= near.tokens.start);
    if let Some(beside) = beside
        && tokens.get(beside.tokens.end).is_some_and(|token| token.kind == Kind::Comma)
        && tokens.get(beside.tokens.end + 1).is_some_and(|token| token.is_any(&["a", "an", "the"]))
        && let Some(actor) = beside.actor
    {
        found.insert(0, actor);
    }
    found
}

/// Whether a clause is no event at all: denied, only possible, a condition.
pub(super) fn is_none(clause: &Clause, reports: bool) -> bool {
    let condition = matches!(clause.joint.as_deref(), Some("if" | "unless" | "whether" | "than"));
    condition
        || clause.group.tense == Tense::Possible
        || (clause.group.negated && (!reports || clause.group.base != "deny"))
}

/// Whether a verb without a clause of its own is told as coming: "plans to build", "will be drawn up to begin".
pub(super) fn is_coming(clause: &Clause, parent: Option<&Part>) -> bool {
    const PLANS: &[&str] =
        &["plan", "agree", "intend", "schedule", "expect", "aim", "prepare", "propose", "decide"];
    clause.group.form == Form::Infinitive
        && parent.is_some_and(|parent| {
            let group = &parent.clause.group;
            group.tense == Tense::Future && group.passive
                || PLANS.contains(&group.base.as_str()) && clause.group.tokens.start <= group.tokens.end + 5
        })
}

/// Whether a noun that is not the object of a verb tells of an event by itself: "U.S. attacks on …".
pub(super) fn stands_alone(tokens: &[Token<'_>], at: usize) -> Option<Sense> {
    let sense = LEXICON.noun(&tokens.get(at)?.lower)?;
    matches!(sense.kind, "attack" | "support" | "battle" | "movement" | "siege").then_some(sense)
}
