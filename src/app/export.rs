//! The export dialog: formats, a file's name, how much, what is lost, and the same command for the shell.

use std::sync::Arc;

use tui_input::Input;

use super::effect::{ExportOrder, Preview};
use crate::formats;
use crate::notebook::Notebook;
use crate::store::{Keys, Question};

/// Which part of the dialog has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The formats.
    Formats,
    /// The file's name.
    Path,
}

/// The dialog's state.
#[derive(Clone, Debug)]
pub struct Export {
    /// The formats that can be written: name and whether it is ticked.
    pub formats: Vec<(&'static str, bool)>,
    /// The lit format.
    pub cursor: usize,
    /// The file's name being typed.
    pub path: Input,
    /// Which part has the keys.
    pub field: Field,
    /// Filter and order.
    pub question: Question,
    /// Which of its events.
    pub keys: Keys,
    /// Whether that is a selection rather than all that is shown.
    pub selected: bool,
    /// What the reader noted of events, and whether it is written with them; `None`: nothing is noted.
    pub notes: Option<(Arc<Notebook>, bool)>,
    /// What it would hold, once known.
    pub preview: Option<Preview>,
}

impl Export {
    /// A dialog with Markdown ticked.
    pub fn new(question: Question, keys: Keys, selected: bool, stem: &str) -> Self {
        let writable = formats::FORMATS.iter().filter(|format| format.write.is_some());
        let formats: Vec<_> = writable.map(|format| (format.name, format.name == "md")).collect();
        let cursor = formats.iter().position(|(name, _)| *name == "md").unwrap_or(0);
        let mut export = Self {
            formats,
            cursor,
            path: Input::new(stem.to_owned()),
            field: Field::Formats,
            question,
            keys,
            selected,
            notes: None,
            preview: None,
        };
        export.follow_format();
        export
    }

    /// The ticked formats.
    pub fn ticked(&self) -> Vec<&'static str> {
        self.formats.iter().filter(|(_, ticked)| *ticked).map(|(name, _)| *name).collect()
    }

    /// The same where the reader noted something, which may be written too.
    #[must_use]
    pub fn with_notes(self, notebook: &Arc<Notebook>) -> Self {
        let notes = (!notebook.events.is_empty()).then(|| (Arc::clone(notebook), false));
        Self { notes, ..self }
    }

    /// The last line that can be ticked: a format, or the notes.
    pub fn last(&self) -> usize {
        (self.formats.len() + usize::from(self.notes.is_some())).saturating_sub(1)
    }

    /// Ticks or unticks the lit format, or the notes.
    pub fn tick(&mut self) {
        if let Some((_, ticked)) = self.notes.as_mut().filter(|_| self.cursor == self.formats.len()) {
            *ticked = !*ticked;
        }
        if let Some((_, ticked)) = self.formats.get_mut(self.cursor) {
            *ticked = !*ticked;
        }
        self.follow_format();
    }

    /// Gives the file's name the ending of the only format, or none where there are several.
    fn follow_format(&mut self) {
        let path = self.path.value();
        let stem = match path.rsplit_once('.') {
            Some((stem, ending)) if formats::by_name(ending).is_some() && !stem.is_empty() => stem,
            _ => path,
        };
        let name = match self.ticked().as_slice() {
            [only] => format!("{stem}.{only}"),
            _ => stem.to_owned(),
        };
        self.path = Input::new(name);
    }

    /// What to write; `Err` says what is missing, in a sentence to be told with the keys in it.
    ///
    /// # Errors
    /// When no format is ticked or the file has no name.
    pub fn order(&self, replace: bool) -> Result<ExportOrder, &'static str> {
        let formats = self.ticked();
        if formats.is_empty() {
            return Err("tick at least one format with {select}");
        }
        let path = self.path.value().trim().to_owned();
        if path.is_empty() {
            return Err("type a file name ({next-field})");
        }
        let (question, keys) = (self.question.clone(), self.keys.clone());
        let notes = self.notes.as_ref().filter(|(_, ticked)| *ticked).map(|(notes, _)| Arc::clone(notes));
        Ok(ExportOrder { question, keys, formats, path, replace, notes })
    }

    /// The same export as a command for the shell. A selection is named by its events' ids; where they are too
    /// many to name there is no such command.
    pub fn command(&self, sources: &[String]) -> Option<String> {
        if self.ticked().is_empty() {
            return None;
        }
        let mut words = vec!["annals".to_owned(), "export".to_owned()];
        words.extend(sources.iter().map(|source| shell_word(source)));
        let filter = if self.selected && self.keys != Keys::all() {
            let ids = self.preview.as_ref()?.ids.as_ref()?;
            let ids: Vec<String> = ids.iter().map(|id| query_value(id)).collect();
            format!("id:{}", ids.join(","))
        } else {
            self.question.filter.to_string()
        };
        if !filter.is_empty() {
            words.extend(["--filter".to_owned(), shell_word(&filter)]);
        }
        if self.question.reverse {
            words.push("--reverse".to_owned());
        }
        for format in self.ticked() {
            words.extend(["--format".to_owned(), format.to_owned()]);
        }
        if self.notes.as_ref().is_some_and(|(_, ticked)| *ticked) {
            words.push("--notes".to_owned());
        }
        words.extend(["-o".to_owned(), shell_word(self.path.value().trim())]);
        Some(words.join(" "))
    }
}

/// An id as a value of the query language: quoted where it is not plain.
fn query_value(id: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    if !id.is_empty() && id.chars().all(plain) {
        return id.to_owned();
    }
    format!("\"{}\"", id.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A word for a POSIX shell.
pub fn shell_word(word: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "-_./:,=@%+".contains(char);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_words_are_quoted_where_they_must_be() {
        assert_eq!(shell_word("party:iran-aligned"), "party:iran-aligned");
        assert_eq!(shell_word("since:2023 until:2024"), "'since:2023 until:2024'");
        assert_eq!(shell_word("Sudani's"), "'Sudani'\\''s'");
        assert_eq!(shell_word(""), "''");
        assert_eq!(query_value("a b\"c"), "\"a b\\\"c\"");
    }
}
