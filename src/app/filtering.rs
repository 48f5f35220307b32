//! Changing what is shown and what is selected; undo.

use std::sync::Arc;

use super::action::Action;
use super::asking::Why;
use super::menu::{Item, Purpose, Value};
use super::pane::Target;
use super::prompt::PromptKind;
use super::selection::{add_range, toggle};
use super::sidebar::SideRow;
use super::{App, Focus};
use crate::query::{Choice, Dimension, Filter, Highlighter};
use crate::store::Keys;

impl App {
    /// Puts a filter in force. The cursor stays; the nearest event shown is lit.
    pub(super) fn put_filter(&mut self, filter: Filter) {
        if *self.filter == filter {
            return;
        }
        self.filter = Arc::new(filter);
        self.refilter();
    }

    /// Asks for all that follows from the filter.
    pub(super) fn refilter(&mut self) {
        if self.search.filter.is_none() {
            self.search.highlighter = Highlighter::new(&self.filter);
        }
        self.explained.clear();
        self.unknown = self.filter.unknown(&self.info.catalogue);
        self.cursor.adopt = false;
        self.ask_rows(Why::Filtered);
        self.ask_all_but_rows();
    }

    /// The same, as a change that can be undone.
    pub(super) fn change_filter(&mut self, what: impl Into<String>, filter: Filter) {
        if *self.filter == filter {
            return self.say("that changes nothing");
        }
        let what = what.into();
        let before = self.snapshot();
        self.history.note(what.clone(), before);
        self.put_filter(filter);
        self.say(what);
    }

    /// Actions on the filter. Whether this was one.
    pub(super) fn update_filter(&mut self, action: Action) -> bool {
        match action {
            Action::Filter => {
                let mut text = self.filter.to_string();
                if !text.is_empty() {
                    text.push(' ');
                }
                self.prompt(PromptKind::Filter, text);
            }
            Action::ClearFilter if self.filter.is_empty() => self.say("there is no filter"),
            Action::ClearFilter => self.change_filter("filter cleared", Filter::default()),
            Action::DropTerm => self.drop_term(),
            Action::FilterBy => self.open_menu(Purpose::Filter),
            Action::Exclude | Action::Only | Action::Select if self.focus == Focus::Sidebar => {
                self.choose_in_sidebar(action);
            }
            Action::Exclude | Action::Only if self.focus == Focus::Event && self.lit_link().is_some() => {
                self.choose_link(action);
            }
            Action::Exclude => self.open_menu(Purpose::Exclude),
            Action::Only => self.open_menu(Purpose::Only),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            _ => return false,
        }
        true
    }

    fn drop_term(&mut self) {
        let mut terms = self.filter.terms();
        let Some(term) = terms.pop() else { return self.say("there is no filter") };
        let filter = self.filter.without_term(terms.len());
        self.change_filter(format!("dropped {term}"), filter);
    }

    fn choose_in_sidebar(&mut self, action: Action) {
        let rows = self.sidebar.rows(&self.filter, &self.info.catalogue);
        let Some(row) = rows.get(self.sidebar.cursor.min(rows.len().saturating_sub(1))) else { return };
        match row {
            SideRow::Value { dimension, value, choice, .. } => {
                let next = match (action, choice) {
                    (Action::Only, _) => return self.choose_only(*dimension, value),
                    (Action::Exclude, Choice::Excluded)
                    | (Action::Select, Choice::Only | Choice::Excluded) => Choice::Unset,
                    (Action::Exclude, _) => Choice::Excluded,
                    _ => Choice::Only,
                };
                self.choose(*dimension, value, next);
            }
            SideRow::Section { .. } => self.sidebar.fold(row),
            SideRow::Rest(_) => self.say(self.told("{filter} edits this part of the filter")),
        }
    }

    fn choose_link(&mut self, action: Action) {
        match (self.lit_link(), action) {
            (Some(Target::Actor(id)), Action::Only) => self.choose_only(Dimension::Actor, &id),
            (Some(Target::Actor(id)), _) => self.choose(Dimension::Actor, &id, Choice::Excluded),
            _ => {
                self.say(self.told("an event can be followed with {open}; {exclude} and {only} take actors"));
            }
        }
    }

    /// Sets what the filter says of a value.
    pub(super) fn choose(&mut self, dimension: Dimension, value: &str, choice: Choice) {
        let filter = self.filter.with_choice(dimension, value, choice);
        let label = dimension.label(value, &self.info.catalogue);
        let what = match choice {
            Choice::Unset => format!("{}: {label} no longer asked for", dimension.field()),
            Choice::Only => format!("{}: {label}", dimension.field()),
            Choice::Excluded => format!("without {}: {label}", dimension.field()),
        };
        self.change_filter(what, filter);
    }

    /// Only this value of its dimension.
    pub(super) fn choose_only(&mut self, dimension: Dimension, value: &str) {
        let filter = self.filter.without_dimension(dimension).with_choice(dimension, value, Choice::Only);
        let label = dimension.label(value, &self.info.catalogue);
        self.change_filter(format!("only {}: {label}", dimension.field()), filter);
    }

    /// Filters by a line of the value menu.
    pub(super) fn choose_item(&mut self, item: &Item, purpose: Purpose) {
        match &item.value {
            Value::Of(dimension, value) if purpose == Purpose::Only => self.choose_only(*dimension, value),
            Value::Of(dimension, value) => self.choose(*dimension, value, purpose.choice()),
            Value::Time(term) => {
                let text = if purpose == Purpose::Exclude { format!("-{term}") } else { term.clone() };
                match Filter::parse(&text, None) {
                    Ok(filter) => self.change_filter(text, self.filter.and(&filter)),
                    Err(fault) => self.complain(fault.message),
                }
            }
        }
    }

    fn undo(&mut self) {
        let now = self.snapshot();
        match self.history.undo(now) {
            Some((what, state)) => {
                let said = format!("undone: {what}");
                self.restore(state, &said);
                self.say(said);
            }
            None => self.say("nothing to undo"),
        }
    }

    fn redo(&mut self) {
        let now = self.snapshot();
        match self.history.redo(now) {
            Some((what, state)) => {
                let said = format!("done again: {what}");
                self.restore(state, &said);
                self.say(said);
            }
            None => self.say("nothing to do again"),
        }
    }

    fn restore(&mut self, state: super::Snapshot, said: &str) {
        self.selection.anchor = None;
        self.selection.keys = state.selected;
        self.put_notebook(state.notebook);
        if self.filter == state.filter {
            self.ask_selected();
        } else {
            self.filter = state.filter;
            self.refilter();
        }
        self.put_steps(state.steps, said);
    }

    /// Actions on the selection. Whether this was one.
    pub(super) fn update_selection(&mut self, action: Action) -> bool {
        let Some(key) = self.lit().map(|row| row.key) else {
            let needs_event = matches!(action, Action::Select | Action::Range | Action::SelectAll);
            if needs_event {
                self.say("there is no event here to select");
            }
            return needs_event;
        };
        match action {
            Action::Select => {
                let mut keys = self.selection.keys.clone();
                toggle(&mut keys, key);
                let what = if keys.contains(key) { "event selected" } else { "event no longer selected" };
                self.change_selection(what, keys);
            }
            Action::Range => match self.selection.anchor.take() {
                None => {
                    self.selection.anchor = Some(key);
                    self.ask_selected();
                    self.say(self.told("range begun: move, then {range} ends it, {close} gives it up"));
                }
                Some(anchor) => {
                    let mut keys = self.selection.keys.clone();
                    add_range(&mut keys, anchor, key);
                    self.change_selection("range selected", keys);
                }
            },
            Action::SelectAll => self.change_selection("all selected that is shown", Keys::all()),
            _ => return false,
        }
        true
    }

    pub(super) fn change_selection(&mut self, what: &str, keys: Keys) {
        let before = self.snapshot();
        self.history.note(what, before);
        self.selection.keys = keys;
        self.ask_selected();
        self.say(what);
    }

    pub(super) fn clear_selection(&mut self) {
        self.change_selection("selection cleared", Keys::default());
    }
}
