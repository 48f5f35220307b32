//! Who does what to whom in a clause.

use std::ops::Range;

use super::clause::Clause;
use super::lexicon::{LEXICON, Sense};
use super::mention::Mention;
use super::token::{Kind, Token};

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

/// The subjects among the names in a range: the first without a preposition, and what is joined to it.
pub(super) fn subjects(tokens: &[Token<'_>], mentions: &[Mention], range: &Range<usize>) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut end = 0;
    for mention in mentions.iter().filter(|mention| inside(mention, range)) {
        let Some(actor) = mention.actor.filter(|_| !mention.owner && mention.preposition.is_none()) else {
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

/// The roles that an event noun gives to the names around it: "attacks on A by B", "U.S. support for Israel".
pub(super) fn of_noun(
    roles: &mut Roles,
    mentions: &[Mention],
    range: &Range<usize>,
    at: usize,
    sense: Sense,
) {
    for mention in mentions.iter().filter(|mention| inside(mention, range)) {
        let Some(actor) = mention.actor else { continue };
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
    let mut direct = true;
    let mut end = rest.start;
    for mention in mentions.iter().filter(|mention| inside(mention, &rest)) {
        let Some(actor) = mention.actor else { continue };
        let near = mention.tokens.start.saturating_sub(end) < 5;
        end = mention.tokens.end;
        let role = match mention.preposition.as_deref() {
            Some("by") if passive => object,
            None if !passive && direct && near && !mention.owner => object,
            Some("and") if direct => object,
            Some("with" | "between") if sense.subject == Some("participant") => sense.subject,
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
