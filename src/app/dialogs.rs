//! Menus, the export dialog, the help, and copying.

use super::action::Action;
use super::effect::{Effect, ExportOrder, Outcome, Writing};
use super::export::{Export, Field};
use super::menu::{Confirm, Purpose};
use super::movement::moved;
use super::{App, Overlay, pane};
use crate::formats;
use crate::keymap::{Code, Key};
use crate::store::Keys;

/// How many lines a page of a menu or of the help is.
const PAGE: usize = 10;

impl App {
    pub(super) fn update_menu(&mut self, action: Action) {
        if self.update_everywhere(action) {
            return;
        }
        match self.overlay.take() {
            Some(Overlay::Menu(menu)) => self.update_values(menu, action),
            Some(Overlay::Columns(menu)) => self.update_columns(menu, action),
            Some(Overlay::Noted(menu)) => self.update_noted(menu, action),
            Some(Overlay::Export(export)) => {
                self.overlay = Some(Overlay::Export(export));
                self.update_export(action);
            }
            Some(Overlay::Confirm(confirm)) => self.update_confirm(confirm, action),
            Some(Overlay::Decision(decision)) => self.update_decision(decision, action),
            other => self.overlay = other,
        }
    }

    fn update_values(&mut self, mut menu: super::menu::Menu, action: Action) {
        let last = menu.items.len().saturating_sub(1);
        let purpose = match action {
            Action::Open | Action::Select => menu.purpose,
            Action::Exclude => Purpose::Exclude,
            Action::Only => Purpose::Only,
            Action::Close | Action::Leave => return,
            _ => {
                menu.cursor = moved(menu.cursor, last, PAGE, action);
                self.overlay = Some(Overlay::Menu(menu));
                return;
            }
        };
        if let Some(item) = menu.items.get(menu.cursor).cloned() {
            self.choose_item(&item, purpose);
        }
    }

    fn update_confirm(&mut self, confirm: Confirm, action: Action) {
        match action {
            Action::Open => self.start_export(ExportOrder { replace: true, ..confirm.order }),
            Action::Close | Action::Leave => self.return_to_export("nothing was written"),
            _ => self.overlay = Some(Overlay::Confirm(confirm)),
        }
    }

    fn return_to_export(&mut self, message: &str) {
        self.overlay = self.suspended_export.take().map(Overlay::Export);
        self.say(message);
    }

    /// `y` and `n` answer a question.
    pub(super) fn answer_question(&mut self, key: Key) {
        if self.answer_by_letter(key) {
            return;
        }
        let Some(Overlay::Confirm(confirm)) = &self.overlay else { return };
        let confirm = confirm.clone();
        match key.code {
            Code::Char('y' | 'Y') => {
                self.overlay = None;
                self.update_confirm(confirm, Action::Open);
            }
            Code::Char('n' | 'N') => self.update_confirm(confirm, Action::Close),
            _ => {}
        }
    }

    pub(super) fn update_help(&mut self, action: Action) {
        if self.update_everywhere(action) {
            return;
        }
        let Some(Overlay::Help(top, mode)) = self.overlay.take() else { return };
        if !matches!(action, Action::Close | Action::Leave) {
            let last = super::help::lines(&self.keymap, mode, self.options.ascii).len().saturating_sub(1);
            self.overlay = Some(Overlay::Help(moved(top, last, PAGE, action), mode));
        }
    }

    /// What an export or a copy takes: the selection, else everything shown.
    fn what_to_write(&self) -> (Keys, bool) {
        if self.selection.is_empty() { (Keys::all(), false) } else { (self.selected_keys(), true) }
    }

    pub(super) fn open_export(&mut self) {
        let (keys, selected) = self.what_to_write();
        let stem = self.export_stem();
        let export = Export::new(self.question(), keys, selected, &stem).with_notes(&self.notebook);
        self.overlay = Some(Overlay::Export(export));
        self.ask_preview();
    }

    /// A file name made from the title.
    pub(super) fn export_stem(&self) -> String {
        let slug: String = self
            .info
            .title
            .chars()
            .map(|char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { '-' })
            .collect();
        let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).take(6).collect();
        if words.is_empty() { "annals".to_owned() } else { words.join("-") }
    }

    pub(super) fn ask_preview(&mut self) {
        if let Some(Overlay::Export(export)) = &mut self.overlay
            && let Ok(order) = export.order(false)
        {
            export.preview = None;
            self.effects.push(Effect::Preview(order));
        }
    }

    pub(super) fn update_export(&mut self, action: Action) {
        let Some(Overlay::Export(export)) = &mut self.overlay else { return };
        match action {
            Action::Close | Action::Leave | Action::Cancel => self.overlay = None,
            Action::NextField | Action::Complete => {
                export.field = match export.field {
                    Field::Formats => Field::Path,
                    Field::Path => Field::Formats,
                };
            }
            Action::Select => {
                export.tick();
                self.ask_preview();
            }
            Action::Open => match export.order(false) {
                Ok(order) => {
                    self.suspended_export = Some(export.clone());
                    self.start_export(order);
                }
                Err(missing) => self.complain(self.told(missing)),
            },
            _ => export.cursor = moved(export.cursor, export.last(), PAGE, action),
        }
    }

    fn start_export(&mut self, order: ExportOrder) {
        self.overlay = None;
        self.exporting = Some(Writing::default());
        self.effects.push(Effect::Export(order));
    }

    /// `:w FILE`: the format by the file's ending.
    pub(super) fn write_to(&mut self, path: &str) {
        let Some(format) =
            formats::by_ending(std::path::Path::new(path)).filter(|format| format.write.is_some())
        else {
            let how = self.told("{write} asks for formats and a file");
            return self.complain(format!("{path}: no format has this ending; {how}"));
        };
        let (keys, selected) = self.what_to_write();
        let mut export = Export::new(self.question(), keys, selected, path);
        for (name, ticked) in &mut export.formats {
            *ticked = *name == format.name;
        }
        export.path = tui_input::Input::new(path.to_owned());
        match export.order(false) {
            Ok(order) => {
                self.suspended_export = Some(export);
                self.start_export(order);
            }
            Err(missing) => self.complain(self.told(missing)),
        }
    }

    pub(super) fn copy(&mut self) {
        let keys = match (self.selection.is_empty(), self.lit()) {
            (false, _) => self.selected_keys(),
            (true, Some(row)) => Keys { added: [row.key].into(), ..Keys::default() },
            (true, None) => return self.complain("there is no event here to copy"),
        };
        let question = self.question();
        self.effects.push(Effect::CopyEvents(question, keys));
    }

    pub(super) fn cite(&mut self) {
        let Some(row) = self.lit() else { return self.complain("there is no event here to cite") };
        let citation = pane::citation(&row.entry, &self.info.catalogue);
        self.effects.push(Effect::CopyText(citation, "citation"));
    }

    /// What came of an effect.
    pub fn outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Done(text) => self.say(text),
            Outcome::Failed(text) => self.complain(text),
            Outcome::ToCopy(text) => self.effects.push(Effect::CopyText(text, "Markdown")),
            Outcome::Writing(writing) => {
                // What was stopped meanwhile is not written any more.
                if let Some(exporting) = &mut self.exporting {
                    *exporting = writing;
                }
            }
            Outcome::Written(text) => {
                self.exporting = None;
                self.say(text);
            }
            Outcome::NotWritten(text) => {
                self.exporting = None;
                self.overlay = self.suspended_export.take().map(Overlay::Export);
                self.complain(text);
            }
            Outcome::TooLong(text) => {
                self.open_export();
                self.complain(text);
            }
            Outcome::Preview(preview) => {
                if let Some(Overlay::Export(export)) = &mut self.overlay {
                    export.preview = Some(preview);
                }
            }
            Outcome::Exists(paths) => self.ask_to_replace(&paths),
            Outcome::Saved(saved) => self.take_saved(saved),
        }
        std::mem::take(&mut self.effects)
    }

    fn ask_to_replace(&mut self, paths: &[String]) {
        self.exporting = None;
        self.message = None;
        let Some(order) = self.suspended_export.as_ref().and_then(|export| export.order(true).ok()) else {
            return;
        };
        let question = match paths {
            [only] => format!("{only} exists. Replace it?"),
            several => format!("{} exist. Replace them?", several.join(", ")),
        };
        self.overlay = Some(Overlay::Confirm(Confirm { question, order }));
    }
}
