//! What of the opened SOURCEs can be revised, and what was left unsaved the last time.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::revising::{LeftBehind, Revisable};
use crate::chronology::ids::sha256;
use crate::keep::{Journals, Left};
use crate::load::Loaded;
use crate::revise::{Manuscript, standing};
use crate::run::Revisions;
use crate::sources::{self, Place, decoded};

/// How a chronology becomes one that can be revised.
const HOW: &str = "annals export --format toml -o FILE makes one that can";

/// What can be revised of SOURCEs that were loaded.
pub(super) fn of_sources(
    sources: &[OsString],
    from: Option<&str>,
    loaded: &Loaded,
) -> (Revisable, Revisions) {
    match manuscript(sources, from, loaded) {
        Ok((file, text, manuscript, mark)) => {
            let journals = Journals::of(sources, false);
            let left = journals.as_ref().and_then(Journals::left);
            let behind = left.as_ref().map(|left| behind(left, &text));
            let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
            let origin =
                sources.first().map(|source| source.to_string_lossy().into_owned()).unwrap_or_default();
            let revisable = Revisable {
                manuscript: Some(manuscript),
                why_not: String::new(),
                file: Some(origin.clone()),
                left: behind,
            };
            let place = Place { origin, folder, file: Some(file), first: Arc::from("") };
            (revisable, Revisions { place, journals, left, mark })
        }
        Err(why_not) => (Revisable { why_not, ..Revisable::default() }, Revisions::default()),
    }
}

/// A chronology that is in no file yet, made of texts.
///
/// # Errors
/// When it is not TOML, in words.
pub(super) fn of_text(
    text: &str,
    texts: &[OsString],
    place: &Place,
) -> Result<(Revisable, Revisions), String> {
    let manuscript = Manuscript::read(text).map_err(|unfit| unfit.to_string())?;
    let journals = Journals::of(texts, true);
    let left = journals.as_ref().and_then(Journals::left);
    let behind = left.as_ref().map(|left| behind(left, text));
    let revisable =
        Revisable { manuscript: Some(manuscript), why_not: String::new(), file: None, left: behind };
    Ok((revisable, Revisions { place: place.clone(), journals, left, mark: false }))
}

fn behind(left: &Left, text: &str) -> LeftBehind {
    LeftBehind {
        edits: standing(left.records.iter().cloned()),
        same: left.head.sha256 == sha256(text.as_bytes()),
    }
}

/// The file with its text, or why it cannot be revised.
fn manuscript(
    sources: &[OsString],
    from: Option<&str>,
    loaded: &Loaded,
) -> Result<(PathBuf, String, Manuscript, bool), String> {
    let source = match sources {
        [] => return Err(format!("the built-in chronology cannot be changed: {HOW}")),
        [only] if only == "-" => return Err(format!("standard input cannot be changed: {HOW}")),
        [only] => only,
        _ => return Err("several sources are open: open the one that is to be changed by itself".to_owned()),
    };
    let other = || format!("only chronologies in TOML can be changed here: {HOW}");
    if loaded.has_tables() {
        return Err(other());
    }
    let given = sources::given(sources, from).map_err(|failure| failure.to_string())?;
    if given.iter().any(|given| given.format.name != "toml") {
        return Err(other());
    }
    let name = source.to_string_lossy();
    let file = PathBuf::from(source);
    let bytes = fs::read(&file).map_err(|error| format!("{name}: {error}"))?;
    let (text, mark) = decoded(&bytes)
        .map_err(|_| format!("{name} is packed or in another encoding, and cannot be changed: {HOW}"))?;
    let manuscript = Manuscript::read(text).map_err(|unfit| format!("{name}: {unfit}"))?;
    Ok((file, text.to_owned(), manuscript, mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Order, open};

    /// What can be revised of files with these names and contents.
    fn revisable(files: &[(&str, &[u8])]) -> Revisable {
        let folder = tempfile::tempdir().expect("a folder");
        let sources: Vec<OsString> = files
            .iter()
            .map(|(name, bytes)| {
                let path = folder.path().join(name);
                fs::write(&path, bytes).expect("written");
                path.into_os_string()
            })
            .collect();
        let loaded = open(&Order { sources: sources.clone(), ..Order::default() }).expect("opened");
        of_sources(&sources, None, &loaded).0
    }

    #[test]
    fn one_chronology_in_toml_can_be_revised_and_of_all_else_it_is_said_why_not() {
        let toml =
            b"title = \"A\"\n[[events]]\nid = \"a\"\ntitle = \"a\"\nreview = \"proposed\"\n".as_slice();
        let whole = revisable(&[("a.toml", toml)]);
        assert!(whole.manuscript.is_some() && whole.left.is_none());
        assert!(whole.file.is_some_and(|file| file.ends_with("a.toml")));
        let marked = revisable(&[("a.toml", &[b"\xef\xbb\xbf", toml].concat())]);
        assert_eq!(marked.manuscript, whole.manuscript);
        let json = br#"{"title": "A", "events": [{"id": "a", "title": "a"}]}"#.as_slice();
        for (files, why) in [
            (&[][..], "the built-in chronology cannot be changed: annals export"),
            (&[("a.json", json)], "only chronologies in TOML can be changed here: annals export"),
            (&[("a.csv", b"date,title\n2014,a\n".as_slice())], "only chronologies in TOML"),
            (&[("a.toml", toml), ("b.toml", toml)], "several sources are open"),
        ] {
            let not = revisable(files);
            assert!(not.manuscript.is_none() && not.why_not.starts_with(why), "{}", not.why_not);
        }
    }
}
