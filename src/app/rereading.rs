//! The sources were read again, since they were edited: filter, cursor and selection stay, and what cannot be read
//! leaves on screen what was read before.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::asking::Why;
use super::effect::Effect;
use super::lanes::Held;
use super::{App, Overlay, PaneState};
use crate::chronology::Entry;
use crate::chronology::letters::Letters;
use crate::query::Noted;
use crate::store::{Info, Key};

/// Up to so many places are carried over into what was read again; the nearest in the history first.
pub const MOST_CARRIED: usize = 10_000;

/// What was read again.
#[derive(Debug)]
pub struct Reread {
    /// What the store is now.
    pub info: Info,
    /// The events that are other than when they were first read, as (layer name, id).
    pub changed: HashSet<(String, String)>,
    /// Where the events of [`App::places`] stand now; those that are gone are missing.
    pub places: HashMap<Key, Key>,
    /// What happened, in words.
    pub said: String,
}

impl App {
    /// Every event that something hangs on: the cursor, the selection, and those of what can be undone.
    pub fn places(&self) -> Vec<Key> {
        let mut places = vec![self.cursor.key];
        places.extend(self.lit().map(|row| row.key));
        places.extend(self.selection.anchor);
        places.extend(self.selection.keys.each());
        places.extend(self.history.places());
        if let Some(Overlay::Export(export)) = &self.overlay {
            places.extend(export.keys.each());
        }
        places.truncate(MOST_CARRIED);
        places
    }

    /// Whether an event is other than when its source was opened.
    pub fn has_changed(&self, entry: &Entry) -> bool {
        let changed = &self.noted.changed;
        // Without any, no name need be put together.
        !changed.is_empty() && changed.contains(&self.name_of(entry))
    }

    /// What an event is called: its layer's name, and its id.
    pub(super) fn name_of(&self, entry: &Entry) -> (String, String) {
        (self.info.catalogue.layer(entry.layer).name.clone(), entry.event.id.clone())
    }

    /// Goes on with what was read again.
    pub fn reread(&mut self, reread: Reread) -> Vec<Effect> {
        let Reread { info, changed, places, said } = reread;
        let document = self.document_name();
        self.info = info;
        self.noted = Arc::new(Noted { changed, marked: self.noted.marked.clone() });
        self.broken = None;
        self.letters = Letters::default();
        self.letters.extend(&self.info.catalogue.parties);
        self.forget_what_was_read();
        self.carry_source(document);
        self.carry(&places);
        if self.strip.view.is_none() {
            self.strip.begin(self.info.extent, self.size.0);
        }
        self.unknown = self.filter.unknown(&self.info.catalogue);
        let adopt = self.cursor.adopt;
        self.ask_rows(Why::Filtered);
        self.cursor.adopt = adopt;
        self.ask_all_but_rows();
        self.propose();
        self.say(said);
        self.go_on_revising();
        std::mem::take(&mut self.effects)
    }

    /// The sources cannot be read as they stand; what was read before stays.
    pub fn cannot_reread(&mut self, why: &str) -> Vec<Effect> {
        let why = format!("still showing what was read before: {why}");
        self.message = None;
        self.broken = Some(why);
        std::mem::take(&mut self.effects)
    }

    /// What names anything by its number in what was read before must not be looked up in what is read now.
    fn forget_what_was_read(&mut self) {
        self.asked.clear();
        self.jump = None;
        self.followed = None;
        self.titles.clear();
        self.explained.clear();
        self.sidebar.facets.clear();
        self.lanes.held = Held::default();
        self.matrix.held = None;
        self.map.held = None;
        self.pane = PaneState { scroll: self.pane.scroll, ..PaneState::default() };
        if matches!(self.overlay, Some(Overlay::Menu(_) | Overlay::Columns(_) | Overlay::Confirm(_))) {
            self.overlay = None;
        }
        self.suspended_export = None;
        self.forget_what_was_asked();
    }

    /// Has everything that hangs on events hang on the same events where they stand now.
    fn carry(&mut self, places: &HashMap<Key, Key>) {
        let now = |key: Key| places.get(&key).copied().unwrap_or(key);
        let lit = self.lit().map(|row| now(row.key));
        self.rows.forget(lit);
        self.cursor.key = now(self.cursor.key);
        self.selection.anchor = self.selection.anchor.map(now);
        self.selection.keys = self.selection.keys.carried(places);
        self.history.carry(places);
        let question = self.question();
        match &mut self.overlay {
            Some(Overlay::Export(export)) => {
                export.keys = export.keys.carried(places);
                export.question = question;
                self.ask_preview();
            }
            Some(Overlay::Prompt(prompt)) => prompt.cursor_before = now(prompt.cursor_before),
            _ => {}
        }
    }
}
