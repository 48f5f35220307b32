//! Setting the date, title, actors and kind of the lit event in a line that is typed.

use super::super::decision::{Deed, Way};
use super::super::prompt::{PromptKind, Proposal};
use super::super::{App, Overlay};
use crate::chronology::{Actor, Event, Participation, ids};
use crate::query::QueryFault;
use crate::revise::{self, Manuscript};
use crate::text::fold::fold;
use crate::text::nearest::nearest;
use crate::when::{When, words};

/// How many proposals there are at the most.
const MOST: usize = 20;
/// What stands before the name of an actor that is new.
const NEW: char = '+';

/// What a date may look like, where nothing better is known about one that cannot be read.
const DATES: &str = "as 2014, 2014-07-03, 2014/2017, late 2017; nothing: undated";

/// What is set of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its date.
    Date,
    /// Its title.
    Title,
    /// Its actors.
    Actors,
    /// Its kind.
    Kind,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Date, Self::Title, Self::Actors, Self::Kind];

    const fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Actors => "actors",
            Self::Kind => "kind",
        }
    }

    /// The letter that chooses it.
    const fn letter(self) -> char {
        match self {
            Self::Date => 'd',
            Self::Title => 't',
            Self::Actors => 'a',
            Self::Kind => 'i',
        }
    }

    /// What stands before the line in which it is typed.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Date => "date ",
            Self::Title => "title ",
            Self::Actors => "actors ",
            Self::Kind => "kind ",
        }
    }

    /// What it is of an event, as it is typed.
    fn text(self, event: &Event) -> String {
        match self {
            Self::Date => event.date.clone().unwrap_or_default(),
            Self::Title => event.title.clone(),
            Self::Kind => event.kind.clone().unwrap_or_default(),
            Self::Actors => {
                let part = |part: &Participation| {
                    part.role.as_ref().map_or_else(|| part.id.clone(), |role| format!("{}@{role}", part.id))
                };
                event.actors.iter().map(part).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl App {
    /// Asks what of the lit event is to be set.
    pub(super) fn ask_part(&mut self) {
        let Some((_, event)) = self.lit_to_revise() else { return };
        let ways = Part::ALL.map(|part| {
            let text = part.text(&event);
            let text = if text.is_empty() { "(none)".to_owned() } else { text };
            Way::new(part.letter(), format!("{:<7} {text}", part.word()), Deed::Set(part))
        });
        self.ask_decision("Change", "", ways.to_vec());
    }

    pub(super) fn begin_part(&mut self, part: Part) {
        let Some((_, event)) = self.lit_to_revise() else { return };
        let text = part.text(&event);
        self.revising.setting = Some(event);
        self.prompt(PromptKind::Part(part), text);
        self.read_part(part);
    }

    /// What the typed words count from, where they are relative: the publication of the event's document, else today.
    fn counted_from(&self) -> Option<When> {
        let published = self.lit().and_then(|row| row.entry.as_of.clone());
        published.or_else(|| self.options.today.clone())
    }

    /// Says while it is typed what is understood, or what is wrong.
    pub(in super::super) fn read_part(&mut self, part: Part) {
        let Some(Overlay::Prompt(prompt)) = &self.overlay else { return };
        let (text, at) = (prompt.text().to_owned(), prompt.input.cursor());
        let (fault, proposals) = match part {
            Part::Date => self.understood(&text),
            Part::Title => (None, Vec::new()),
            Part::Kind => (None, self.kinds(&text)),
            Part::Actors => self.actors_for(&text, at),
        };
        if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
            (prompt.fault, prompt.proposals, prompt.chosen) = (fault, proposals, None);
        }
    }

    /// The date that is typed: in EDTF and in words, or why it is none.
    fn understood(&self, text: &str) -> (Option<QueryFault>, Vec<Proposal>) {
        let whole = |insert: String, label: String| Proposal {
            insert,
            replace: 0..text.chars().count(),
            label,
            lit: Vec::new(),
            target: None,
        };
        if text.trim().is_empty() {
            return (None, vec![whole(String::new(), "undated".to_owned())]);
        }
        match words::read(text, self.counted_from().as_ref()) {
            Ok(when) => (None, vec![whole(when.to_string(), words::write(&when, None))]),
            Err(fault) => {
                let at = fault.offset.min(text.len());
                let hint = fault.hint.or_else(|| Some(DATES.to_owned()));
                let fault = QueryFault { at: at..text.len(), message: fault.message, hint };
                (Some(fault), Vec::new())
            }
        }
    }

    /// The kinds that begin like what is typed.
    fn kinds(&self, text: &str) -> Vec<Proposal> {
        let Some(manuscript) = &self.revising.manuscript else { return Vec::new() };
        let typed = fold(text.trim());
        let mut kinds: Vec<&str> =
            manuscript.chronology().events.iter().filter_map(|event| event.kind.as_deref()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let fits = |kind: &&str| fold(kind).starts_with(&typed) && **kind != *text;
        let proposal = |kind: &str| Proposal {
            insert: kind.to_owned(),
            replace: 0..text.chars().count(),
            label: "a kind of this chronology".to_owned(),
            lit: Vec::new(),
            target: None,
        };
        kinds.into_iter().filter(fits).take(MOST).map(proposal).collect()
    }

    /// The actors that fit what is typed at the cursor, and what is wrong with those that are typed.
    fn actors_for(&self, text: &str, cursor: usize) -> (Option<QueryFault>, Vec<Proposal>) {
        let Some(manuscript) = &self.revising.manuscript else { return (None, Vec::new()) };
        let chars: Vec<char> = text.chars().collect();
        let before = chars.get(..cursor.min(chars.len())).unwrap_or_default();
        let start = before.iter().rposition(|c| *c == ',').map_or(0, |at| at + 1);
        let start = start + before.iter().skip(start).take_while(|c| c.is_whitespace()).count();
        let typed: String = chars.iter().take(cursor).skip(start).collect();
        let end = chars
            .iter()
            .skip(cursor)
            .position(|c| matches!(c, ',' | '@'))
            .map_or(chars.len(), |at| cursor + at);
        let proposals = match typed.split_once('@') {
            None if !typed.starts_with(NEW) => {
                let fits = |actor: &&Actor| {
                    let names = std::iter::once(&actor.name).chain(&actor.aliases);
                    let typed = fold(typed.trim());
                    fold(&actor.id).starts_with(&typed)
                        || names.into_iter().any(|name| fold(name).contains(&typed))
                };
                let proposal = |actor: &Actor| Proposal {
                    insert: actor.id.clone(),
                    replace: start..end,
                    label: actor.name.clone(),
                    lit: Vec::new(),
                    target: None,
                };
                manuscript.chronology().actors.iter().filter(fits).take(MOST).map(proposal).collect()
            }
            _ => Vec::new(),
        };
        (read_actors(manuscript, text).err(), proposals)
    }

    /// What was typed is taken. Whether it could be.
    pub(in super::super) fn accept_part(&mut self, part: Part, text: &str) -> bool {
        let (Some(manuscript), Some(event)) = (self.manuscript(), self.revising.setting.clone()) else {
            return true;
        };
        let text = text.trim();
        let some = Some(text.to_owned()).filter(|text| !text.is_empty());
        let edit = match part {
            Part::Title if text.is_empty() => {
                self.complain("an event has a title");
                return false;
            }
            Part::Title => {
                revise::set(&event, &Event { title: text.to_owned(), ..event.clone() }, part.word())
            }
            Part::Kind => revise::set(&event, &Event { kind: some, ..event.clone() }, part.word()),
            Part::Date => {
                let date = match some.map(|text| words::read(&text, self.counted_from().as_ref())).transpose()
                {
                    Ok(when) => when.map(|when| when.to_string()),
                    Err(fault) => {
                        let hint = fault.hint.as_deref().unwrap_or(DATES);
                        self.complain(format!("{fault} ({hint})"));
                        return false;
                    }
                };
                revise::set(&event, &Event { date, ..event.clone() }, part.word())
            }
            Part::Actors => match read_actors(&manuscript, text) {
                Ok((parts, new)) => revise::actors(&event, keeping(parts, &event), &new),
                Err(fault) => {
                    let hint = fault.hint.clone().map(|hint| format!(": {hint}")).unwrap_or_default();
                    self.complain(format!("{}{hint}", fault.message));
                    return false;
                }
            },
        };
        self.revising.go_on = Some(event.id.clone());
        if self.revise(edit) {
            self.say_what_is_set(part, &event.id);
        }
        true
    }

    fn say_what_is_set(&mut self, part: Part, id: &str) {
        let now = self.revising.manuscript.as_ref().and_then(|manuscript| manuscript.event(id));
        let Some(text) = now.map(|event| part.text(event)) else { return };
        let text = match When::parse(&text) {
            Ok(when) if part == Part::Date => format!("{} ({text})", words::write(&when, None)),
            _ if text.is_empty() => "none".to_owned(),
            _ => text,
        };
        self.say_of_revision(format!("{}: {text}", part.word()));
    }
}

/// Actors as they are typed: ids or names, each with its role behind an at sign, with commas between them; a plus sign
/// before a name makes a new one.
fn read_actors(manuscript: &Manuscript, text: &str) -> Result<(Vec<Participation>, Vec<Actor>), QueryFault> {
    let actors = &manuscript.chronology().actors;
    let (mut parts, mut new): (Vec<Participation>, Vec<Actor>) = (Vec::new(), Vec::new());
    let mut at = 0;
    for item in text.split(',') {
        let range = at..at + item.len();
        at = range.end + 1;
        let (who, role) = item.split_once('@').unwrap_or((item, ""));
        let (who, role) = (who.trim(), role.trim());
        if who.is_empty() {
            continue;
        }
        let called = |actor: &&Actor| {
            let folded = fold(who);
            let names = std::iter::once(&actor.name).chain(&actor.aliases);
            actor.id == who || names.into_iter().any(|name| fold(name) == folded)
        };
        let id = match who.strip_prefix(NEW).map(str::trim) {
            Some(name) if !name.is_empty() => {
                let taken = actors.iter().chain(&new).map(|actor| actor.id.clone());
                let mut taken: std::collections::HashSet<String> = taken.collect();
                let wished = Some(ids::slug(name)).filter(|id| !id.is_empty());
                let id = ids::unique(&wished.unwrap_or_else(|| "actor".to_owned()), &mut taken);
                new.push(Actor { id: id.clone(), name: name.to_owned(), ..Actor::default() });
                id
            }
            _ => {
                let Some(actor) = actors.iter().find(called) else {
                    let near = nearest(who, actors.iter().map(|actor| actor.id.as_str()));
                    let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
                    return Err(QueryFault {
                        at: range,
                        message: format!("no actor is called {who}"),
                        hint: Some(format!("{near}{NEW}{who} makes a new one")),
                    });
                };
                actor.id.clone()
            }
        };
        let role = Some(role.to_owned()).filter(|role| !role.is_empty());
        parts.push(Participation { id, role, ..Participation::default() });
    }
    Ok((parts, new))
}

/// What else stands with the actors of an event stays.
fn keeping(parts: Vec<Participation>, event: &Event) -> Vec<Participation> {
    let kept = |part: Participation| {
        let same = |other: &&Participation| other.id == part.id && other.role == part.role;
        event.actors.iter().find(same).cloned().unwrap_or(part)
    };
    parts.into_iter().map(kept).collect()
}
