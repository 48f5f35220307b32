//! The palette: everything that can be done or gone to by its name, best fit first.

use std::ops::Range;

use super::action::{Action, Mode};
use super::prompt::{PromptKind, Proposal};
use super::{App, Overlay};
use crate::formats::wording;
use crate::query::{Choice, Dimension, Filter};
use crate::store::{Key, Request, Row, Slot};
use crate::text::fold::fold;
use crate::text::fuzzy;

/// How many characters have to be typed before events are looked for.
const ENOUGH: usize = 3;
/// How many events are looked at at the most.
const MOST_EVENTS: usize = 200;
/// How many parties and actors are looked at at the most.
const MOST_NAMES: usize = 5_000;
/// How many proposals there are at the most.
const MOST: usize = 50;
/// How much less it is worth that an action's words fit than that its name does.
const WORDS: i32 = 40;

/// What a proposal of the palette does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An action.
    Action(Action),
    /// Filter by a value of a dimension.
    Value(Dimension, String),
    /// Filter by what was saved: its name and its query.
    Saved(String, String),
    /// Go to an event: its key and its id.
    Event(Key, String),
}

/// Something that can be proposed.
struct Candidate {
    target: Target,
    /// What is looked at first.
    name: String,
    /// What it is, or does.
    label: String,
    /// Whether the label is looked at too.
    by_label: bool,
}

impl App {
    /// Finds proposals for what has been typed so far, and asks for events.
    pub(super) fn propose_in_palette(&mut self) {
        let Some(typed) = self.palette_text() else { return };
        self.ask_palette(&typed);
        self.rank_palette(&typed);
    }

    /// What has been typed into the palette; `None` where that is not open.
    fn palette_text(&self) -> Option<String> {
        match &self.overlay {
            Some(Overlay::Prompt(prompt)) if prompt.kind == PromptKind::Palette => {
                Some(prompt.text().to_owned())
            }
            _ => None,
        }
    }

    fn rank_palette(&mut self, typed: &str) {
        let folded = fold(typed);
        let length = typed.chars().count();
        let candidates = self.actions().chain(self.saved()).chain(self.names()).chain(self.events(typed));
        let mut ranked: Vec<(i32, Candidate, Vec<Range<usize>>)> = candidates
            .filter_map(|candidate| {
                let (score, lit) = fit(&folded, &candidate)?;
                Some((score, candidate, lit))
            })
            .collect();
        // Of equals those come first that do something, as they do where nothing has been typed.
        ranked.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
        let proposals = ranked.into_iter().take(MOST).map(|(_, candidate, lit)| Proposal {
            insert: candidate.name,
            replace: 0..length,
            label: candidate.label,
            lit,
            target: Some(candidate.target),
        });
        let proposals = proposals.collect();
        if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
            // What is lit stays lit while events arrive.
            let chosen = prompt.chosen.and_then(|at| prompt.proposals.get(at)?.target.clone());
            prompt.proposals = proposals;
            prompt.chosen = chosen.and_then(|target| {
                prompt.proposals.iter().position(|other| other.target.as_ref() == Some(&target))
            });
        }
    }

    /// All actions, in the order of the help.
    fn actions(&self) -> impl Iterator<Item = Candidate> {
        Action::ALL.iter().map(|action| {
            let mode = action.modes().first().copied().unwrap_or(Mode::List);
            let keys = self.keymap.shown(mode, *action, self.options.ascii);
            let keys = if keys.is_empty() { keys } else { format!(" ({keys})") };
            let label = format!("{}{keys}", action.doc());
            Candidate {
                target: Target::Action(*action),
                name: action.name().to_owned(),
                label,
                by_label: true,
            }
        })
    }

    /// Filters that were saved.
    fn saved(&self) -> impl Iterator<Item = Candidate> {
        self.notebook.filters.iter().map(|(name, query)| Candidate {
            target: Target::Saved(name.clone(), query.clone()),
            name: name.clone(),
            label: format!("saved filter {query}"),
            by_label: true,
        })
    }

    /// Parties and actors, by which can be filtered.
    fn names(&self) -> impl Iterator<Item = Candidate> {
        let catalogue = &self.info.catalogue;
        let candidate = |dimension: Dimension, id: &str, name: &str| Candidate {
            target: Target::Value(dimension, id.to_owned()),
            name: wording::name_or_id(name, id).to_owned(),
            label: format!("filter by this {}", dimension.field()),
            by_label: false,
        };
        let parties = catalogue.parties.iter().take(MOST_NAMES);
        let parties = parties.map(move |party| candidate(Dimension::Party, &party.id, &party.name));
        let actors = catalogue.actors.iter().take(MOST_NAMES).map(|known| &known.actor);
        parties.chain(actors.map(move |actor| candidate(Dimension::Actor, &actor.id, &actor.name)))
    }

    /// The events that have been found for what has been typed.
    fn events(&self, typed: &str) -> impl Iterator<Item = Candidate> {
        let typed = typed.trim().to_owned();
        self.found.iter().map(move |row| {
            let event = &row.entry.event;
            let date = wording::when_in_short(&row.entry);
            // An event that is asked for by its id is shown by it.
            let by_id = event.id == typed;
            Candidate {
                target: Target::Event(row.key, event.id.clone()),
                name: if by_id { event.id.clone() } else { event.title.clone() },
                label: if by_id { format!("{date}: {}", event.title) } else { date },
                by_label: false,
            }
        })
    }

    /// Asks for events that fit the filter and have all that was typed somewhere, or have it as their id.
    fn ask_palette(&mut self, typed: &str) {
        self.found.clear();
        if typed.trim().chars().count() < ENOUGH {
            return self.forget(Slot::Palette);
        }
        let quoted = |word: &str| format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""));
        let words: Vec<String> = typed.split_whitespace().map(quoted).collect();
        let id = if words.len() == 1 { format!(" or id:{}", words.join("")) } else { String::new() };
        let Ok(filter) = Filter::parse(&format!("{}{id}", words.join(" ")), None) else {
            return self.forget(Slot::Palette);
        };
        let question = self.question_of(std::sync::Arc::new(self.filter.and(&filter)));
        let key = Key::end(true, self.options.reverse);
        self.ask(Slot::Palette, Request::Window { question, key, before: 0, after: MOST_EVENTS });
    }

    pub(super) fn take_palette(&mut self, rows: Vec<Row>) {
        if let Some(typed) = self.palette_text() {
            self.found = rows;
            self.rank_palette(&typed);
        }
    }

    /// The palette is closed: nothing more is looked for.
    pub(super) fn close_palette(&mut self) {
        self.found.clear();
        self.forget(Slot::Palette);
    }

    /// Does what a proposal says.
    pub(super) fn take_proposal(&mut self, target: &Target) {
        match target {
            Target::Action(action) => self.update_from_palette(*action),
            Target::Value(dimension, value) => self.choose(*dimension, value, Choice::Only),
            Target::Saved(name, query) => self.apply_saved(name, query),
            Target::Event(key, _) => self.go_to(*key),
        }
    }
}

/// How well a candidate fits, and the bytes of its name that do. An action's words, and an event's title, have to have
/// what was typed in one piece: in long texts single letters always fit somewhere.
fn fit(typed: &str, candidate: &Candidate) -> Option<(i32, Vec<Range<usize>>)> {
    let by_name = fuzzy::fit(typed, &candidate.name).map(|fit| (fit.score, fit.at));
    if matches!(candidate.target, Target::Event(..)) {
        let has = |word: &str| fold(&candidate.name).contains(word);
        return by_name.filter(|_| typed.split_whitespace().all(has));
    }
    let words = fold(&candidate.label);
    let in_words = candidate.by_label && typed.split_whitespace().all(|word| words.contains(word));
    by_name.or_else(|| {
        in_words.then(|| (fuzzy::fit(typed, &candidate.label).map_or(0, |fit| fit.score) - WORDS, Vec::new()))
    })
}
