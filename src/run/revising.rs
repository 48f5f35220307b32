//! Showing and saving what is revised: a text becomes a store, every step goes into the journal, a file is replaced only
//! where nobody else has written to it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::Running;
use crate::app::effect::{Effect, Expected, Outcome, Saved};
use crate::fsio;
use crate::keep::{Journal, Journals, Left};
use crate::load;
use crate::revise::{self, Manuscript, Record};
use crate::sources::{Place, decoded};
use crate::store::Store;

/// What the loop knows of what is revised.
pub(super) struct Revision {
    /// Where the text is said to stand.
    pub place: Place,
    /// Where journals are kept.
    pub journals: Option<Journals>,
    /// The one that is being written.
    pub journal: Option<Journal>,
    /// The one that was left behind the last time, until it is known what to do with it.
    pub left: Option<Left>,
    /// Whether the file was begun with a byte order mark.
    pub mark: bool,
    /// Whether the file was just saved from here, so that its change is no news.
    pub own: bool,
    /// Whether it was saved to another file than was opened: what becomes of that one is no news either.
    pub elsewhere: bool,
}

impl Running {
    /// Shows a chronology and keeps what was done.
    pub(super) fn revise(
        &mut self,
        manuscript: &Manuscript,
        records: &[Record],
        said: String,
    ) -> io::Result<Vec<Effect>> {
        let kept = self.journal(records);
        let store = match load::of_chronology(manuscript.chronology(), &self.revision.place) {
            Ok(store) => store,
            Err(failure) => return Ok(self.app.outcome(Outcome::Failed(failure.to_string()))),
        };
        let store: Arc<dyn Store> = Arc::clone(&store.store) as Arc<dyn Store>;
        let mut effects = self.put_store(store, self.app.noted.changed.clone(), said)?;
        if let Err(error) = kept {
            let why = format!("this change is not in the journal, save soon: {error}");
            effects.extend(self.app.outcome(Outcome::Failed(why)));
        }
        Ok(effects)
    }

    /// Writes records into the journal; what was saved is what it is about.
    fn journal(&mut self, records: &[Record]) -> io::Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let Some(journals) = &self.revision.journals else { return Ok(()) };
        if self.revision.journal.is_none() {
            let revising = &self.app.revising;
            let journal = match revising.saved() {
                Some(saved) => journals.begin(saved, true)?,
                None => journals.begin(&self.revision.place.first, false)?,
            };
            self.revision.journal = Some(journal);
        }
        let Some(journal) = &mut self.revision.journal else { return Ok(()) };
        records.iter().try_for_each(|record| journal.write(record))
    }

    /// Goes on writing the journal that was left behind.
    pub(super) fn take_journal(&mut self) {
        let Some(left) = self.revision.left.take() else { return };
        let saved = self.app.revising.saved().map(|saved| crate::chronology::ids::sha256(saved.as_bytes()));
        if saved.is_none_or(|saved| saved == left.head.sha256) {
            self.revision.journal = Some(left.journal);
            return;
        }
        // It is about another text: what still fits is written down anew.
        let edits = revise::standing(left.records);
        let records: Vec<Record> = edits.into_iter().map(|edit| Record::Do(Box::new(edit))).collect();
        if self.journal(&records).is_ok() {
            left.journal.remove();
        }
    }

    /// Throws away the journal that was left behind.
    pub(super) fn drop_left(&mut self) {
        if let Some(left) = self.revision.left.take() {
            left.journal.remove();
        }
    }

    /// Throws away the journal that is being written.
    pub(super) fn drop_journal(&mut self) {
        if let Some(journal) = self.revision.journal.take() {
            journal.remove();
        }
    }

    /// Saves a text, unless something else stands in the file than is expected.
    pub(super) fn save(&mut self, path: String, text: Arc<str>, expected: &Expected) -> Outcome {
        let folder = Path::new(&path).parent().unwrap_or(Path::new("")).to_path_buf();
        let text = elsewhere(&text, &self.revision.place.folder, &folder).unwrap_or(text);
        Outcome::Saved(match self.saved(&path, &text, expected) {
            Ok(None) => {
                if let Some(journal) = self.revision.journal.take() {
                    journal.remove();
                }
                self.revision.own = true;
                self.now_in(&path);
                Saved::Done { path, text }
            }
            Ok(Some(other)) => other,
            Err(error) => Saved::Failed(format!("{path} was not saved: {error}")),
        })
    }

    /// Saves; gives what kept it from that.
    fn saved(&self, path: &str, text: &str, expected: &Expected) -> io::Result<Option<Saved>> {
        let file = Path::new(path);
        match (expected, fs::read(file)) {
            (Expected::Anything, _) => {}
            (Expected::Nothing, Err(error)) if error.kind() == io::ErrorKind::NotFound => {}
            (Expected::Nothing, Ok(_)) => return Ok(Some(Saved::Taken(path.to_owned()))),
            (Expected::Text(_), Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Some(Saved::Meanwhile(None)));
            }
            (_, Err(error)) => return Err(error),
            (Expected::Text(known), Ok(bytes)) => {
                let (found, _) = decoded(&bytes).map_err(io::Error::other)?;
                if *found != **known {
                    return Ok(Some(Saved::Meanwhile(Some(Arc::from(found)))));
                }
            }
        }
        let mark = if self.revision.mark { "\u{feff}" } else { "" };
        fsio::replace(file, |out| {
            out.write_all(mark.as_bytes())?;
            out.write_all(text.as_bytes())
        })?;
        Ok(None)
    }

    /// The text stands in this file from now on.
    fn now_in(&mut self, path: &str) {
        let file = PathBuf::from(path);
        if self.revision.place.file.as_ref() == Some(&file) {
            return;
        }
        let layer = self.app.info.catalogue.layers.first().map(|layer| layer.name.clone());
        self.files = layer.into_iter().map(|layer| (layer, file.clone())).collect();
        let sources = [file.clone().into_os_string()];
        self.revision.journals = Journals::of(&sources, false).or(self.revision.journals.take());
        self.revision.elsewhere = true;
        self.revision.place.folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        self.revision.place.file = Some(file);
    }

    /// What to do where the files were read again: `None`, go on with what was read.
    pub(super) fn revised_meanwhile(&mut self) -> io::Result<Option<Vec<Effect>>> {
        let (Some(file), Some(manuscript)) =
            (self.revision.place.file.clone(), self.app.revising.manuscript().cloned())
        else {
            return Ok(None);
        };
        let found = fs::read(&file).ok();
        let found = found.as_deref().and_then(|bytes| decoded(bytes).ok()).map(|(found, _)| found.to_owned());
        if self.revision.elsewhere {
            return Ok(Some(Vec::new()));
        }
        let same = found.as_deref() == self.app.revising.saved().map(AsRef::as_ref);
        let own = std::mem::take(&mut self.revision.own);
        if !self.app.revising.is_unsaved() {
            if let (false, Some(found)) = (same, &found) {
                self.app.take_manuscript(found);
            }
            // What was saved from here is shown already.
            return Ok((same && own).then(Vec::new));
        }
        if same {
            // A text beside the file, or only its time.
            let said = self.app.message.as_ref().map(|message| message.text.clone()).unwrap_or_default();
            return if own { Ok(Some(Vec::new())) } else { self.revise(&manuscript, &[], said).map(Some) };
        }
        let what = "the file was changed by another program; saving asks what to do";
        Ok(Some(self.app.outcome(Outcome::Failed(what.to_owned()))))
    }
}

/// A text that is to stand in another folder than it did: the paths of its documents lead to the same files from there.
/// `None`: nothing has to be changed.
fn elsewhere(text: &str, from: &Path, to: &Path) -> Option<Arc<str>> {
    let absolute = |folder: &Path| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).ok()
    };
    let (from, to) = (absolute(from)?, absolute(to)?);
    if from == to {
        return None;
    }
    let moved = |path: &str| {
        let new = relative(&to, &from.join(path))?;
        Path::new(path).is_relative().then(|| new.to_string_lossy().into_owned())
    };
    let manuscript = Manuscript::read(text).ok()?;
    let edit = revise::documents_moved(&manuscript, &moved)?;
    manuscript.with(&edit).ok().map(|(now, _)| Arc::clone(now.text()))
}

/// The way from a folder to a file; both from the root.
fn relative(folder: &Path, file: &Path) -> Option<PathBuf> {
    let same = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(same).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(file.components().skip(same)).collect();
    (same > 0).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_from_the_folder_that_is_saved_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let (here, there) = (folder.path().join("here"), folder.path().join("there/below"));
        fs::create_dir_all(here.join("texts")).expect("made");
        fs::create_dir_all(&there).expect("made");
        let text = "[[documents]]\nid = \"a\"\npath = \"texts/a.txt\"  # the first\n\n[[documents]]\nid = \"b\"\n\
                    path = \"/b.txt\"\n\n[[documents]]\nid = \"c\"\npath = \"../c.txt\"\n";
        let moved = elsewhere(text, &here, &there).expect("other paths");
        assert!(moved.contains("path = \"../../here/texts/a.txt\"  # the first\n"), "{moved}");
        assert!(moved.contains("path = \"/b.txt\""), "{moved}");
        assert!(moved.contains("path = \"../../here/../c.txt\""), "{moved}");
        assert_eq!(elsewhere(text, &here, &here.join("texts/..")), None);
        assert_eq!(elsewhere("title = \"none\"\n", &here, &there), None);
    }
}
