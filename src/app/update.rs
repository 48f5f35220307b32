//! What each action does.

use super::action::{Action, Mode};
use super::effect::Effect;
use super::menu::Purpose;
use super::prompt::{PromptKind, paste};
use super::{App, Focus, Overlay, View};
use crate::keymap::{Found, Key, shown_keys};

impl App {
    /// A key was pressed.
    pub fn key(&mut self, key: Key) -> Vec<Effect> {
        let mode = self.mode();
        let mut pressed = std::mem::take(&mut self.pressed);
        pressed.push(key);
        match self.keymap.find(mode, &pressed) {
            Found::Action(action) => return self.update(action),
            Found::Begun => {
                self.message = None;
                self.pressed = pressed;
            }
            Found::Nothing if pressed.len() > 1 => self.give_up(&pressed),
            Found::Nothing if mode == Mode::Prompt => self.type_key(key),
            Found::Nothing => self.answer_question(key),
        }
        std::mem::take(&mut self.effects)
    }

    /// Keys were begun that mean nothing as they go on; what closes or cancels something gives them up without a word.
    fn give_up(&mut self, pressed: &[Key]) {
        let closes = |key: &Key| {
            let found = self.keymap.find(self.mode(), std::slice::from_ref(key));
            matches!(found, Found::Action(Action::Close | Action::Cancel | Action::Quit))
        };
        if !pressed.last().is_some_and(closes) {
            self.say(format!("{} means nothing here", shown_keys(pressed, self.options.ascii)));
        }
    }

    /// A sentence of ours in which `{name}` stands for the key that does the action of that name: here, or where it has
    /// one.
    pub(crate) fn told(&self, sentence: &str) -> String {
        let mut told = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
        {
            told.push_str(before);
            let action = Action::named(name);
            debug_assert!(action.is_some(), "{name} is no action");
            told.push_str(&action.map_or_else(|| name.to_owned(), |action| self.key_for(action)));
            rest = after;
        }
        told + rest
    }

    /// The key that does an action, for a sentence; where it has none, its name in the palette.
    fn key_for(&self, action: Action) -> String {
        let here = [self.mode()];
        let modes = here.iter().chain(action.modes());
        let keys = modes.copied().find_map(|mode| self.keymap.keys(mode, action).next());
        keys.map_or_else(|| format!(":{}", action.name()), |keys| shown_keys(keys, self.options.ascii))
    }

    /// A text was pasted: it goes only into a line that is being typed.
    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.pressed.clear();
        match &mut self.overlay {
            Some(Overlay::Prompt(prompt)) => {
                paste(&mut prompt.input, text);
                self.typed();
            }
            Some(Overlay::Export(export)) if export.field == super::export::Field::Path => {
                paste(&mut export.path, text);
            }
            _ => self.say(self.told(
                "pasted text goes only into a line that is being typed: press {filter}, {search} or {palette} first",
            )),
        }
        std::mem::take(&mut self.effects)
    }

    /// The terminal has another size.
    pub fn resize(&mut self, size: (u16, u16)) -> Vec<Effect> {
        self.size = size;
        self.strip.resize(size.0);
        self.ask_strip();
        self.ask_hits();
        self.lay_lanes();
        let height = self.list_height();
        self.rows.scroll_to_lit(height);
        self.clamp_pane();
        self.lay_views();
        std::mem::take(&mut self.effects)
    }

    /// Does an action.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        self.message = None;
        self.pressed.clear();
        // Where lines are values the same has another key.
        let action = if action == Action::LeaveOut { Action::Exclude } else { action };
        match self.mode() {
            Mode::Prompt => self.update_prompt(action),
            Mode::Menu => self.update_menu(action),
            Mode::Help => self.update_help(action),
            Mode::Words if matches!(action, Action::Save | Action::Palette | Action::Help) => {
                self.update_panes(action);
            }
            Mode::Words => self.update_words(action),
            _ => self.update_panes(action),
        }
        std::mem::take(&mut self.effects)
    }

    /// Actions that mean the same everywhere. Whether this was one.
    pub(super) fn update_everywhere(&mut self, action: Action) -> bool {
        let effect = match action {
            Action::Redraw => Effect::Redraw,
            Action::Suspend => Effect::Suspend,
            Action::Quit => Effect::Quit,
            _ => return false,
        };
        self.effects.push(effect);
        true
    }

    pub(super) fn update_panes(&mut self, action: Action) {
        if self.update_everywhere(action)
            || self.update_filter(action)
            || self.update_selection(action)
            || self.update_notebook(action)
            || self.update_revising(action)
        {
            return;
        }
        let in_list = self.focus == Focus::List;
        match action {
            Action::Into => self.focus_in(),
            Action::Out => self.focus_out(),
            Action::NextPane => self.next_pane(true),
            Action::PreviousPane => self.next_pane(false),
            Action::ScrollDown => self.scroll_pane(1),
            Action::ScrollUp => self.scroll_pane(-1),
            Action::GoTo => self.prompt(PromptKind::GoTo, String::new()),
            Action::Search if self.focus == Focus::Sidebar => {
                self.prompt(PromptKind::Narrow, self.sidebar.prefix.clone());
            }
            Action::Search => self.prompt(PromptKind::Search, String::new()),
            Action::Palette => self.prompt(PromptKind::Palette, String::new()),
            Action::NextHit => self.next_hit(true),
            Action::PreviousHit => self.next_hit(false),
            Action::NextOfActor => self.next_of_actor(true),
            Action::PreviousOfActor => self.next_of_actor(false),
            Action::Sidebar => self.toggle_sidebar(),
            Action::Sort => self.sidebar.by_name = !self.sidebar.by_name,
            Action::Columns => self.open_columns(),
            Action::Elapsed => self.elapsed = !self.elapsed,
            Action::ZoomIn | Action::ZoomOut if in_list && self.view == View::Map => {
                self.zoom_map(action == Action::ZoomIn);
            }
            Action::ZoomAll if in_list && self.view == View::Map => self.fit_map(),
            Action::ZoomIn => self.zoom(true),
            Action::ZoomOut => self.zoom(false),
            Action::ZoomAll => self.zoom_all(),
            Action::ZoomSelection => self.zoom_to_selection(),
            Action::Timeline => self.show(View::Timeline),
            Action::Lanes => self.show(View::Lanes),
            Action::Source => self.show(View::Source),
            Action::OpenAddress => self.open_address(),
            Action::Mouse => self.toggle_mouse(),
            Action::Matrix => self.show(View::Matrix),
            Action::Map => self.show(View::Map),
            Action::Copy => self.copy(),
            Action::Cite => self.cite(),
            Action::Write => self.open_export(),
            Action::Edit => self.edit(),
            Action::Help => self.overlay = Some(Overlay::Help(0, self.mode())),
            Action::Close => self.close(),
            Action::Leave => self.leave(),
            Action::Back => self.back(),
            Action::Open if in_list && self.view == View::Timeline => self.focus_in(),
            _ => self.update_place(action),
        }
    }

    /// Movement in the middle pane.
    pub(super) fn move_in_middle(&mut self, action: Action) {
        match self.view {
            View::Timeline => self.move_in_list(action),
            View::Lanes => self.move_in_lanes(action),
            View::Source => self.move_in_source(action),
            View::Matrix => self.move_in_matrix(action),
            View::Map => self.move_in_map(action),
        }
    }

    /// Movement within the pane that has the keys.
    fn update_place(&mut self, action: Action) {
        match self.focus {
            Focus::List => self.move_in_middle(action),
            Focus::Event => self.move_in_pane(action),
            Focus::Sidebar => self.move_in_sidebar(action),
        }
    }

    /// Opens a line for typing.
    pub(super) fn prompt(&mut self, kind: PromptKind, text: String) {
        let prompt = super::prompt::Prompt::new(
            kind,
            text,
            std::sync::Arc::clone(&self.filter),
            self.search.filter.clone(),
            self.cursor.key,
        );
        self.overlay = Some(Overlay::Prompt(prompt));
        self.propose();
    }

    /// `q`: closes a pane; in the timeline it quits, but not while a file is being written.
    fn leave(&mut self) {
        if self.exporting.is_some() {
            self.close();
        } else if self.focus == Focus::List {
            if self.may_quit() {
                self.effects.push(Effect::Quit);
            }
        } else {
            self.focus = Focus::List;
        }
    }

    /// Escape: undoes the innermost and never quits.
    fn close(&mut self) {
        if self.exporting.is_some() {
            return self.effects.push(Effect::CancelExport);
        }
        if self.stop_searching() {
            return;
        }
        if self.selection.anchor.take().is_some() {
            self.ask_selected();
            self.say("range given up");
        } else if self.focus == Focus::Sidebar && !self.sidebar.prefix.is_empty() {
            self.sidebar.prefix.clear();
            self.ask_facets();
        } else if self.focus != Focus::List {
            self.focus = Focus::List;
        } else if self.search.filter.is_some() {
            self.clear_search();
            self.say("search closed");
        } else if self.selection.is_empty() {
            self.say(self.told("{leave} quits; {help} shows the keys"));
        } else {
            self.clear_selection();
        }
    }

    fn edit(&mut self) {
        let Some(row) = self.lit() else { return self.complain("there is no event here to edit") };
        let layer = self.info.catalogue.layer(row.entry.layer).name.clone();
        let id = row.entry.event.id.clone();
        if self.revising.is_unsaved() {
            return self.complain(self.told("the file has not yet what was changed here: {save} saves it"));
        }
        self.effects.push(Effect::Edit { layer, id });
    }

    /// Opens the menu of the lit event's values.
    pub(super) fn open_menu(&mut self, purpose: Purpose) {
        let Some(row) = self.lit() else { return self.complain("there is no event here to filter by") };
        let items = super::menu::values_of(&row.entry, &self.info.catalogue);
        self.overlay = Some(Overlay::Menu(super::menu::Menu { purpose, items, cursor: 0 }));
    }
}
