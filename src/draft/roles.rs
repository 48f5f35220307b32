//! Who does what to whom in a clause.

use std::ops::Range;

use super::clause::{Clause, TEMPORAL};
use super::lexicon::{Inflection, LEXICON, Sense};
use super::mention::Mention;
use super::token::{Kind, Token};
use super::words::{JOINING, TIMES, WHERE};

/// Actors with their roles.
pub(super) type Roles = Vec<(usize, &'static str)>;

/// Adds an actor in a role, unless it has one that says more than that it is named.
pub(super) fn add(roles: &mut Roles, actor: usize, role: &'static str) {
    match roles.iter_mut().find(|(known, _)| *known == actor) {
        Some((_, known)) if *known == "mentioned" => *known = role,
        Some(_) => {}
        None => roles.push((actor, role)),
    }
}

/// An event noun in a range of tokens: where it stands and what it says.
pub(super) fn event_noun(tokens: &[Token<'_>], range: Range<usize>) -> Option<(usize, Sense)> {
    let mut first = None;
    for at in range {
        let token = tokens.get(at)?;
        if matches!(token.kind, Kind::Colon | Kind::Dash) {
            break;
        }
        if let Some(sense) = LEXICON.noun(&token.lower).filter(|_| token.is_word()) {
            let sense = if token.is_any(&["strike", "strikes"]) { strike(tokens, at, sense) } else { sense };
            // "the war effort": the last of several nouns side by side says what it is.
            first = Some((at, sense));
            let beside = tokens.get(at + 1).and_then(|next| LEXICON.noun(&next.lower));
            if beside.is_none() {
                break;
            }
        }
    }
    first
}

/// A strike is an attack where something says so: "air strike", "Israeli strikes", "a strike on"; else work is stopped.
fn strike(tokens: &[Token<'_>], at: usize, sense: Sense) -> Sense {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let armed = before.is_some_and(|before| {
        before.is_capital()
            || before.is_any(&[
                "air",
                "drone",
                "missile",
                "military",
                "retaliatory",
                "precision",
                "nuclear",
                "rocket",
            ])
    });
    let next = tokens.get(at + 1);
    let dated = tokens.get(at + 2).is_some_and(|next| next.kind == Kind::Number || TIMES.has(&next.lower));
    let at_somebody = !dated
        && next
            .is_some_and(|next| next.is_any(&["on", "against", "targeting", "hit", "killed", "destroyed"]));
    // "on strike since"
    let stopped = before.is_some_and(|before| before.is_any(&["on", "a", "the", "general", "hunger", "day"]));
    if armed || at_somebody && !before.is_some_and(|before| before.is("on")) || !stopped {
        return sense;
    }
    Sense { kind: "protest", subject: Some("agent"), object: Some("target") }
}

/// The subjects among the names in a range: the first without a preposition, and what is joined to it.
pub(super) fn subjects(tokens: &[Token<'_>], mentions: &[Mention], range: &Range<usize>) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut end = 0;
    for mention in mentions.iter().filter(|mention| inside(mention, range)) {
        // "after their union signed": the joint is no preposition.
        let joint = range.start.checked_sub(1).and_then(|at| tokens.get(at));
        let joined = mention.preposition.as_deref().is_some_and(|word| {
            found.is_empty()
                && joint.is_some_and(|joint| joint.is(word) && joint.is_any(TEMPORAL))
                && tokens.get(range.start..mention.tokens.start).unwrap_or_default().iter().all(|token| {
                    token.is_word()
                        && !WHERE.has(&token.lower)
                        && !JOINING.has(&token.lower)
                        && !token.is("of")
                })
        });
        let first = mention.tokens.start == range.start && found.is_empty();
        let free = first || joined || mention.preposition.is_none();
        let Some(actor) = mention.actor.filter(|_| !mention.owner && free) else {
            continue;
        };
        let joined = tokens.get(end..mention.tokens.start).is_some_and(|between| {
            between.len() < 5
                && between.iter().any(|token| token.is_any(&["and", "or"]))
                && between.iter().all(|token| token.kind == Kind::Comma || token.is_word())
        });
        let shared = found.len() == 1 && mention.tokens.end == end;
        if found.is_empty() || joined || shared {
            if !found.contains(&actor) {
                found.push(actor);
            }
            end = mention.tokens.end;
        }
    }
    found
}

/// Whether a name stands in a range.
pub(super) fn inside(mention: &Mention, range: &Range<usize>) -> bool {
    range.start <= mention.tokens.start && mention.tokens.end <= range.end
}

/// Where what is to be done begins, which has actors of its own: "an agreement with A to establish B".
fn purpose(tokens: &[Token<'_>], mut range: Range<usize>) -> Option<usize> {
    range.find(|at| {
        let verb = tokens.get(at + 1).and_then(|next| LEXICON.verb(&next.lower));
        tokens.get(*at).is_some_and(|token| token.is("to"))
            && verb.is_some_and(|verb| verb.inflection == Inflection::Base)
    })
}

/// The roles that an event noun gives to the names around it: "attacks on A by B", "U.S. support for Israel".
pub(super) fn of_noun(
    tokens: &[Token<'_>],
    roles: &mut Roles,
    mentions: &[Mention],
    range: &Range<usize>,
    at: usize,
    sense: Sense,
) {
    let end = purpose(tokens, at + 1..range.end);
    for mention in mentions.iter().filter(|mention| inside(mention, range)) {
        let Some(actor) = mention.actor else { continue };
        if end.is_some_and(|end| mention.tokens.start > end) {
            add(roles, actor, "mentioned");
            continue;
        }
        let behind = mention.tokens.start > at;
        let near_before = mention.tokens.end <= at && at - mention.tokens.end < 3;
        let role = match mention.preposition.as_deref() {
            Some("by" | "from") if behind => sense.subject,
            Some("with" | "between" | "among") if sense.subject == Some("participant") => sense.subject,
            Some("with" | "on" | "against" | "for" | "of" | "targeting" | "about" | "to") if behind => {
                sense.object
            }
            _ if near_before => sense.subject,
            _ => None,
        };
        add(roles, actor, role.unwrap_or("mentioned"));
    }
}

/// The roles that a verb gives to the names around it.
pub(super) fn of_verb(
    tokens: &[Token<'_>],
    roles: &mut Roles,
    clause: &Clause,
    subjects: &[usize],
    mentions: &[Mention],
    sense: Sense,
) {
    let passive = clause.group.passive;
    let (subject, object) =
        if passive { (sense.object, sense.subject) } else { (sense.subject, sense.object) };
    for actor in subjects {
        add(roles, *actor, subject.unwrap_or("subject"));
    }
    let rest = clause.rest();
    let purpose = purpose(tokens, rest.clone());
    let mut direct = true;
    let mut end = rest.start;
    for mention in mentions.iter().filter(|mention| inside(mention, &rest)) {
        let Some(actor) = mention.actor else { continue };
        if purpose.is_some_and(|purpose| mention.tokens.start > purpose) {
            add(roles, actor, "mentioned");
            continue;
        }
        // One after another without "and" or a comma: the second has a clause of its own.
        let apart = end > rest.start
            && !tokens.get(end..mention.tokens.start).unwrap_or_default().iter().any(|token| {
                token.kind == Kind::Comma || token.kind == Kind::Possessive || token.is_any(&["and", "or"])
            });
        direct &= !(apart && mention.preposition.is_none());
        let near = mention.tokens.start.saturating_sub(end) < 5;
        end = mention.tokens.end;
        let role = match mention.preposition.as_deref() {
            Some("by") if passive => object,
            None if !passive && direct && near && !mention.owner => object,
            Some("and") if direct => object,
            Some("with" | "between") if sense.subject == Some("participant") => sense.subject,
            Some("between") if sense.kind == "battle" => sense.subject,
            Some("with") if sense.kind == "battle" => sense.object,
            Some("against" | "on" | "at" | "targeting") if matches!(sense.object, Some("target")) => {
                sense.object
            }
            Some("to") if sense.object == Some("addressee") => sense.object,
            Some("of" | "for") if direct && near && !passive => object.filter(|role| *role != "addressee"),
            _ => None,
        };
        direct &= mention.preposition.is_none();
        add(roles, actor, role.unwrap_or("mentioned"));
    }
}

/// Everybody else who is named in a range.
pub(super) fn mentioned(roles: &mut Roles, mentions: &[Mention], range: &Range<usize>) {
    for actor in mentions.iter().filter(|mention| inside(mention, range)).filter_map(|mention| mention.actor)
    {
        add(roles, actor, "mentioned");
    }
}
