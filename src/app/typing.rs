//! Typing: what each prompt does while a line is typed, when it is accepted, and when it is cancelled.

use std::sync::Arc;

use super::COUNTED;
use super::action::Action;
use super::export::Field;
use super::prompt::{Prompt, PromptKind, edit};
use super::{App, Jump, Overlay};
use crate::keymap::Key;
use crate::query::{Dimension, Filter, Highlighter};
use crate::store::{Direction, Request, Slot};
use crate::when::words;

impl App {
    /// A key that is no action in a prompt edits its line.
    pub(super) fn type_key(&mut self, key: Key) {
        match &mut self.overlay {
            Some(Overlay::Prompt(prompt)) => {
                let changed = edit(&mut prompt.input, key);
                if changed {
                    self.typed();
                }
            }
            Some(Overlay::Export(export)) if export.field == Field::Path => {
                edit(&mut export.path, key);
            }
            _ => {}
        }
    }

    /// Finds proposals for the line being typed.
    pub(super) fn propose(&mut self) {
        let facets = self.sidebar.facets.iter().filter(|(dimension, _)| COUNTED.contains(dimension));
        let values: Vec<(Dimension, String)> = facets
            .flat_map(|(dimension, facets)| facets.iter().map(|facet| (*dimension, facet.value.clone())))
            .collect();
        if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
            prompt.propose(&self.info.catalogue, &values);
        }
        self.propose_in_palette();
    }

    /// The line changed: filter, search and narrowing follow as it is typed.
    pub(super) fn typed(&mut self) {
        self.message = None;
        self.propose();
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return };
        let (kind, text, origin) = (prompt.kind, prompt.text().to_owned(), prompt.cursor_before);
        prompt.fault = None;
        match kind {
            PromptKind::Filter | PromptKind::Search => {
                match Filter::parse(&text, self.options.today.as_ref()) {
                    // A name that is still being typed would hide everything: what is shown waits until it is known.
                    Ok(filter) if kind == PromptKind::Filter => {
                        if filter.unknown(&self.info.catalogue).is_empty() {
                            self.put_filter(filter);
                        }
                    }
                    Ok(filter) => self.put_search(filter, Some(origin)),
                    Err(fault) => {
                        if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
                            prompt.fault = Some(fault);
                        }
                    }
                }
            }
            PromptKind::Narrow => {
                self.sidebar.prefix = text;
                self.sidebar.cursor = 0;
                self.ask_facets();
            }
            PromptKind::Part(part) => self.read_part(part),
            PromptKind::GoTo
            | PromptKind::Palette
            | PromptKind::Note
            | PromptKind::SaveFilter
            | PromptKind::NewEvent
            | PromptKind::SaveAs => {}
        }
    }

    /// Puts a search in force; from a key on, the first hit is lit as it is typed.
    fn put_search(&mut self, search: Filter, from: Option<crate::store::Key>) {
        if search.is_empty() {
            return self.clear_search();
        }
        self.search.highlighter = Highlighter::new(&search);
        self.search.filter = Some(Arc::new(search));
        self.search.hits = None;
        self.ask_hits();
        if let Some(key) = from {
            self.jump_to_hit(key, true, true, false);
        }
    }

    pub(super) fn clear_search(&mut self) {
        self.search.filter = None;
        self.drop_jump_to_hit();
        self.search.highlighter = Highlighter::new(&self.filter);
        self.ask_hits();
    }

    /// Stops looking for a hit: it would go on through all of a large file, and move the cursor when nobody expects it.
    fn drop_jump_to_hit(&mut self) {
        if matches!(self.jump, Some(Jump::Hit { .. })) {
            self.jump = None;
            self.forget(Slot::Jump);
        }
    }

    /// Goes on to the next hit, or back.
    pub(super) fn next_hit(&mut self, forward: bool) {
        if self.search.filter.is_none() {
            return self.say(self.told("nothing is searched for: {search} begins a search"));
        }
        let key = self.lit().map_or(self.cursor.key, |row| row.key);
        self.jump_to_hit(key, forward, false, false);
    }

    pub(super) fn jump_to_hit(
        &mut self,
        key: crate::store::Key,
        forward: bool,
        inclusive: bool,
        wrapped: bool,
    ) {
        let Some(question) = self.search_question() else { return };
        let direction = if forward { Direction::Forward } else { Direction::Backward };
        self.jump = Some(Jump::Hit { forward, wrapped });
        self.ask(Slot::Jump, Request::Next { question, key, direction, inclusive });
    }

    pub(super) fn update_prompt(&mut self, action: Action) {
        if self.update_everywhere(action) {
            return;
        }
        if matches!(self.overlay, Some(Overlay::Export(_))) {
            return self.update_export(action);
        }
        match action {
            Action::Cancel => self.cancel_prompt(),
            Action::Open => self.accept_prompt(),
            Action::NextProposal | Action::PreviousProposal => {
                if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
                    prompt.choose(action == Action::NextProposal);
                }
            }
            Action::Complete => {
                if let Some(Overlay::Prompt(prompt)) = &mut self.overlay
                    && prompt.complete()
                {
                    self.typed();
                }
            }
            _ => {}
        }
    }

    /// Back to how everything was before the prompt opened.
    fn cancel_prompt(&mut self) {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        match prompt.kind {
            PromptKind::Filter => self.put_filter((*prompt.filter_before).clone()),
            PromptKind::Search => {
                self.drop_jump_to_hit();
                match prompt.search_before {
                    Some(search) => self.put_search((*search).clone(), None),
                    None => self.clear_search(),
                }
                self.go_to(prompt.cursor_before);
            }
            PromptKind::Narrow => {
                self.sidebar.prefix.clear();
                self.ask_facets();
            }
            PromptKind::Palette => self.close_palette(),
            PromptKind::GoTo
            | PromptKind::Note
            | PromptKind::SaveFilter
            | PromptKind::Part(_)
            | PromptKind::NewEvent => {}
            PromptKind::SaveAs => self.stay(),
        }
    }

    fn accept_prompt(&mut self) {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return };
        // A lit proposal is taken first; Enter then accepts the line.
        if matches!(prompt.kind, PromptKind::Filter | PromptKind::Part(_))
            && prompt.chosen.is_some()
            && prompt.complete()
        {
            return self.typed();
        }
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        match prompt.kind {
            PromptKind::Filter => self.accept_filter(prompt),
            PromptKind::Search => self.accept_search(prompt),
            PromptKind::Narrow => {}
            PromptKind::GoTo => self.accept_date(prompt),
            PromptKind::Note => self.accept_note(prompt.text()),
            PromptKind::SaveFilter => {
                if !self.accept_filter_name(prompt.text()) {
                    self.overlay = Some(Overlay::Prompt(prompt));
                }
            }
            PromptKind::Part(part) => {
                if !self.accept_part(part, prompt.text()) {
                    self.overlay = Some(Overlay::Prompt(prompt));
                }
            }
            PromptKind::NewEvent => {
                if !self.accept_event(prompt.text()) {
                    self.overlay = Some(Overlay::Prompt(prompt));
                }
            }
            PromptKind::SaveAs => {
                if !self.accept_name(prompt.text()) {
                    self.overlay = Some(Overlay::Prompt(prompt));
                }
            }
            PromptKind::Palette => {
                self.close_palette();
                self.accept_command(&prompt);
            }
        }
    }

    fn accept_filter(&mut self, prompt: Prompt) {
        let Ok(typed) = Filter::parse(prompt.text(), self.options.today.as_ref()) else {
            self.overlay = Some(Overlay::Prompt(prompt));
            return;
        };
        // Names that were typed become ids, so that the sidebar's boxes show them.
        self.put_filter(typed.with_ids(&self.info.catalogue));
        let filter = Arc::clone(&self.filter);
        if filter == prompt.filter_before {
            return;
        }
        let what = if filter.is_empty() { "filter cleared".to_owned() } else { format!("filter {filter}") };
        let before = super::Snapshot { filter: prompt.filter_before, ..self.snapshot() };
        self.history.note(what.clone(), before);
        self.say(what);
    }

    fn accept_search(&mut self, prompt: Prompt) {
        if prompt.fault.is_some() {
            self.overlay = Some(Overlay::Prompt(prompt));
        } else if prompt.text().trim().is_empty() {
            self.clear_search();
        }
    }

    fn accept_date(&mut self, prompt: Prompt) {
        match words::read(prompt.text(), self.options.today.as_ref()) {
            Ok(when) => {
                self.say(format!("the first event from {} on", words::write(&when, None)));
                self.go_to(super::movement::key_at(&when, self.options.reverse));
            }
            Err(fault) => {
                let hint = fault.hint.clone().map(|hint| format!(" ({hint})")).unwrap_or_default();
                self.complain(format!("{fault}{hint}"));
                self.overlay = Some(Overlay::Prompt(prompt));
            }
        }
    }

    /// The palette takes a proposal, an action's name, `w FILE`, a date, an id; of what is none of these the best
    /// proposal.
    fn accept_command(&mut self, prompt: &Prompt) {
        let typed = prompt.text().trim().to_owned();
        let chosen = prompt.chosen.and_then(|at| prompt.proposals.get(at));
        if let Some(target) = chosen.and_then(|chosen| chosen.target.as_ref()) {
            return self.take_proposal(target);
        }
        let (word, rest) = typed.split_once(' ').unwrap_or((&typed, ""));
        match (word, rest.trim()) {
            ("", "") => {}
            ("q" | "quit", "") => self.update_from_palette(Action::Quit),
            ("w", "") if self.revising.is_unsaved() => self.save(),
            ("w" | "write", "") => self.open_export(),
            ("w", path) if self.is_unnamed(path) => drop(self.accept_name(path)),
            ("w" | "write", path) => self.write_to(path),
            ("help" | "h", "") => self.update_from_palette(Action::Help),
            _ => self.command_by_name(&typed, prompt),
        }
    }

    fn command_by_name(&mut self, typed: &str, prompt: &Prompt) {
        if let Some(action) = Action::named(typed) {
            return self.update_from_palette(action);
        }
        if let Ok(when) = words::read(typed, self.options.today.as_ref()) {
            return self.go_to(super::movement::key_at(&when, self.options.reverse));
        }
        let best = prompt.proposals.first().and_then(|best| best.target.as_ref());
        if let Some(target) = best {
            return self.take_proposal(target);
        }
        self.jump = Some(Jump::Id(typed.to_owned()));
        self.ask(Slot::Jump, Request::Event { layer: String::new(), id: typed.to_owned() });
    }

    /// Does an action by name, with what was asked for before kept.
    pub(super) fn update_from_palette(&mut self, action: Action) {
        let kept = std::mem::take(&mut self.effects);
        let more = self.update(action);
        self.effects = kept;
        self.effects.extend(more);
    }
}
