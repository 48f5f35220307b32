//! Marks, notes and saved filters: what the reader notes beside a chronology.

use std::sync::Arc;

use super::action::Action;
use super::effect::Effect;
use super::movement::{key_at, moved};
use super::prompt::PromptKind;
use super::{App, Jump, Overlay};
use crate::chronology::Entry;
use crate::notebook::{Change, EventName, Notebook, Noticed};
use crate::query::{Filter, Noted};
use crate::store::{Request, Slot};
use crate::when::{Instant, When, words};

/// How many lines a page of the list is.
const PAGE: usize = 10;

/// How wide the list is, its border included.
pub const WIDTH: u16 = 76;

/// A line of the list of what is noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotedItem {
    /// An event with a mark or a note.
    Event(EventName, Noticed),
    /// A filter with its name.
    Filter(String, String),
}

/// The list of what is noted.
#[derive(Clone, Debug)]
pub struct NotedMenu {
    /// Its heading.
    pub heading: &'static str,
    /// Its lines.
    pub items: Vec<NotedItem>,
    /// The lit line.
    pub cursor: usize,
}

impl App {
    /// What the reader noted of an event.
    pub fn noticed(&self, entry: &Entry) -> Option<&Noticed> {
        // Where nothing is noted no name need be put together.
        let events = &self.notebook.events;
        if events.is_empty() { None } else { events.get(&self.name_of(entry)) }
    }

    /// Actions on what is noted. Whether this was one.
    pub(super) fn update_notebook(&mut self, action: Action) -> bool {
        match action {
            Action::Mark => self.mark(),
            Action::Note => self.begin_note(),
            Action::Marks => self.list_marks(),
            Action::SaveFilter if self.filter.is_empty() => {
                self.say(self.told("there is no filter to save: {filter} types one"));
            }
            Action::SaveFilter => {
                let known =
                    self.notebook.filters.iter().find(|(_, query)| **query == self.filter.to_string());
                let name = known.map(|(name, _)| name.clone()).unwrap_or_default();
                self.prompt(PromptKind::SaveFilter, name);
            }
            Action::Filters => self.list_filters(),
            _ => return false,
        }
        true
    }

    /// What is noted of the lit event, ready to be changed.
    fn lit_noticed(&self) -> Option<(EventName, Noticed)> {
        let entry = &self.lit()?.entry;
        let known = self.noticed(entry).cloned().unwrap_or_default();
        let date = entry.when.as_ref().map(ToString::to_string).unwrap_or_default();
        Some((self.name_of(entry), Noticed { date, title: entry.event.title.clone(), ..known }))
    }

    fn mark(&mut self) {
        let Some((name, noticed)) = self.lit_noticed() else {
            return self.say("there is no event here to mark");
        };
        let marked = !noticed.marked;
        let what = if marked { "marked" } else { "no longer marked" };
        self.change_notebook(what, &Change::Event(name, Noticed { marked, ..noticed }));
    }

    fn begin_note(&mut self) {
        let Some((name, noticed)) = self.lit_noticed() else {
            return self.say("there is no event here to write a note to");
        };
        let text = noticed.note.clone();
        self.noting = Some((name, noticed));
        self.prompt(PromptKind::Note, text);
    }

    /// The note that was typed is taken; an empty one is none.
    pub(super) fn accept_note(&mut self, text: &str) {
        let Some((name, noticed)) = self.noting.take() else { return };
        let note = text.trim().to_owned();
        let what = match (noticed.note.is_empty(), note.is_empty()) {
            (true, true) => return,
            (true, false) => "note written",
            (false, true) => "note taken away",
            (false, false) if note == noticed.note => return,
            (false, false) => "note changed",
        };
        self.change_notebook(what, &Change::Event(name, Noticed { note, ..noticed }));
    }

    /// The filter is kept under the name that was typed. Whether it was one.
    pub(super) fn accept_filter_name(&mut self, name: &str) -> bool {
        let name = name.trim();
        if name.is_empty() {
            self.complain("a filter is saved under a name");
            return false;
        }
        let there = self.notebook.filters.contains_key(name);
        let what = if there { format!("filter {name} replaced") } else { format!("filter saved as {name}") };
        self.change_notebook(what, &Change::Filter(name.to_owned(), Some(self.filter.to_string())));
        true
    }

    fn list_marks(&mut self) {
        let events = self.notebook.events.iter().map(|(name, noticed)| (name.clone(), noticed.clone()));
        let mut events: Vec<(EventName, Noticed)> = events.collect();
        events.sort_by_cached_key(|(name, noticed)| (begins(noticed), name.clone()));
        let items = events.into_iter().map(|(name, noticed)| NotedItem::Event(name, noticed)).collect();
        self.list(
            "Marks and notes",
            items,
            "nothing is marked: {mark} marks an event, {note} writes a note to it",
        );
    }

    fn list_filters(&mut self) {
        let filters = self.notebook.filters.iter();
        let items = filters.map(|(name, query)| NotedItem::Filter(name.clone(), query.clone())).collect();
        self.list("Saved filters", items, "no filter is saved: {save-filter} saves the present one");
    }

    fn list(&mut self, heading: &'static str, items: Vec<NotedItem>, none: &str) {
        if items.is_empty() {
            return self.say(self.told(none));
        }
        // Where the reader is already.
        let lit = self.lit().map(|row| self.name_of(&row.entry));
        let filter = self.filter.to_string();
        let here = |item: &NotedItem| match item {
            NotedItem::Event(name, _) => lit.as_ref() == Some(name),
            NotedItem::Filter(_, query) => *query == filter,
        };
        let cursor = items.iter().position(here).unwrap_or(0);
        self.overlay = Some(Overlay::Noted(NotedMenu { heading, items, cursor }));
    }

    pub(super) fn update_noted(&mut self, mut menu: NotedMenu, action: Action) {
        match action {
            Action::Close | Action::Leave => return,
            Action::Open | Action::Select => {
                if let Some(item) = menu.items.get(menu.cursor).cloned() {
                    self.choose_noted(item);
                }
                return;
            }
            Action::Exclude if menu.cursor < menu.items.len() => {
                let item = menu.items.remove(menu.cursor);
                self.drop_noted(item);
                menu.cursor = menu.cursor.min(menu.items.len().saturating_sub(1));
                if menu.items.is_empty() {
                    return;
                }
            }
            _ => menu.cursor = moved(menu.cursor, menu.items.len().saturating_sub(1), PAGE, action),
        }
        self.overlay = Some(Overlay::Noted(menu));
    }

    fn choose_noted(&mut self, item: NotedItem) {
        match item {
            NotedItem::Event((layer, id), noticed) => {
                self.jump = Some(Jump::Noted(noticed));
                self.ask(Slot::Jump, Request::Event { layer, id });
            }
            NotedItem::Filter(name, query) => self.apply_saved(&name, &query),
        }
    }

    /// Filters by a saved filter.
    pub(super) fn apply_saved(&mut self, name: &str, query: &str) {
        match Filter::parse(query, self.options.today.as_ref()) {
            Ok(filter) => self.change_filter(format!("filter {name}: {query}"), filter),
            Err(fault) => self.complain(format!("the filter {name} cannot be read: {}", fault.message)),
        }
    }

    fn drop_noted(&mut self, item: NotedItem) {
        match item {
            NotedItem::Event(name, noticed) => {
                let what = format!("no longer noted: {}", noticed.title);
                self.change_notebook(what, &Change::Event(name, Noticed::default()));
            }
            NotedItem::Filter(name, _) => {
                let what = format!("filter {name} taken away");
                self.change_notebook(what, &Change::Filter(name, None));
            }
        }
    }

    /// The event that was noted is gone: the reader goes where it stood.
    pub(super) fn go_where_it_stood(&mut self, noticed: &Noticed) {
        let Ok(when) = When::parse(&noticed.date) else {
            return self.complain(format!("“{}” is gone, and it had no date", noticed.title));
        };
        self.go_to(key_at(&when, self.options.reverse));
        self.say(format!("“{}” is gone: it stood at {}", noticed.title, words::write(&when, None)));
    }

    fn change_notebook(&mut self, what: impl Into<String>, change: &Change) {
        let what = what.into();
        let before = self.snapshot();
        self.history.note(what.clone(), before);
        let mut notebook = (*self.notebook).clone();
        notebook.take(change);
        self.put_notebook(Arc::new(notebook));
        self.say(what);
    }

    /// Puts another notebook in the place of this one, and has what is other in it kept.
    pub(super) fn put_notebook(&mut self, notebook: Arc<Notebook>) {
        for change in self.notebook.changes_to(&notebook) {
            self.effects.push(Effect::Keep(change));
        }
        self.notebook = notebook;
        let marked = self.notebook.marked();
        if marked == self.noted.marked {
            return;
        }
        self.noted = Arc::new(Noted { marked, changed: self.noted.changed.clone() });
        if self.filter.asks_what_is_noted() {
            self.refilter();
        } else if self.search.filter.as_ref().is_some_and(|search| search.asks_what_is_noted()) {
            self.ask_hits();
        }
    }
}

/// When what was noted begins, those without a date last.
fn begins(noticed: &Noticed) -> (bool, Instant) {
    let span = When::parse(&noticed.date).map(|when| when.span());
    span.map_or((true, Instant::FUTURE), |span| (false, span.first))
}
