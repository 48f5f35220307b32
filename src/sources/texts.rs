//! Finding the text of a document: among the embedded ones by its hash, then by its path.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::chronology::{Document, ids};

/// The articles that are part of the program.
const EMBEDDED: &[&[u8]] = &[include_bytes!("../../seeds/000_c36e707fd56555f2.txt")];

/// Their hashes.
static HASHES: LazyLock<Vec<String>> =
    LazyLock::new(|| EMBEDDED.iter().map(|article| ids::sha256(article)).collect());

/// A document that is larger than this is not read.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What came of looking for a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The text, decoded, without byte order mark.
    Text {
        /// The text.
        text: Arc<str>,
        /// The hash of its bytes.
        sha256: String,
        /// Whether that is not the hash the document names.
        changed: bool,
    },
    /// It is not where the document says, for this reason.
    Missing(String),
    /// The document names no file.
    Elsewhere,
}

/// Looks for a document's text; its path is relative to `folder`.
pub fn find(document: &Document, folder: &Path) -> Found {
    let named = document.sha256.as_ref().map(|hash| hash.to_ascii_lowercase());
    let embedded = HASHES.iter().position(|hash| Some(hash) == named.as_ref());
    if let Some(article) = embedded.and_then(|place| EMBEDDED.get(place)) {
        return text(article, named.as_deref());
    }
    let Some(path) = &document.path else { return Found::Elsewhere };
    match read(&folder.join(path)) {
        Ok(bytes) => text(&bytes, named.as_deref()),
        Err(error) => Found::Missing(format!("{path}: {error}")),
    }
}

/// Reads a regular file; a pipe or device that a chronology names would never end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    if metadata.len() > LARGEST {
        return Err(io::Error::other("it is larger than 64 MiB"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes as text. What is not UTF-8 shows as U+FFFD.
fn text(bytes: &[u8], named: Option<&str>) -> Found {
    let sha256 = ids::sha256(bytes);
    let changed = named.is_some_and(|named| named != sha256);
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    Found::Text { text: Arc::from(text.as_ref()), sha256, changed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedded_text_is_found_by_its_hash_from_anywhere() {
        let document = Document { sha256: Some(HASHES[0].to_uppercase()), ..Document::default() };
        assert!(matches!(find(&document, Path::new("/nowhere")), Found::Text { changed: false, .. }));
    }

    #[test]
    fn a_path_is_relative_to_the_chronology_and_a_change_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "\u{feff}text").expect("written");
        let mut document = Document { path: Some("a.txt".to_owned()), ..Document::default() };
        let Found::Text { text, sha256, changed } = find(&document, folder.path()) else {
            panic!("the file is there")
        };
        assert_eq!((text.as_ref(), changed), ("text", false));
        document.sha256 = Some(sha256.replace(|c| c != '0', "0"));
        assert!(matches!(find(&document, folder.path()), Found::Text { changed: true, .. }));
        document.path = Some(".".to_owned());
        assert!(matches!(find(&document, folder.path()), Found::Missing(_)));
        document.path = Some("b.txt".to_owned());
        assert!(matches!(find(&document, folder.path()), Found::Missing(_)));
        document.path = None;
        assert_eq!(find(&document, folder.path()), Found::Elsewhere);
    }
}
