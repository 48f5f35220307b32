//! Finding the text of a document: among the embedded ones by its hash, then by its path.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::check::DocumentText;
use crate::chronology::{Document, ids};

/// The articles that are part of the program.
const EMBEDDED: &[&[u8]] = &[include_bytes!("../../seeds/000_c36e707fd56555f2.txt")];

/// Their hashes.
static HASHES: LazyLock<Vec<String>> =
    LazyLock::new(|| EMBEDDED.iter().map(|article| ids::sha256(article)).collect());

/// A document that is larger than this is not read.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Looks for a document's text; its path is relative to `folder`.
pub fn find(document: &Document, folder: &Path) -> DocumentText {
    let named = document.sha256.as_ref().map(|hash| hash.to_ascii_lowercase());
    let embedded = HASHES.iter().position(|hash| Some(hash) == named.as_ref());
    if let Some(article) = embedded.and_then(|place| EMBEDDED.get(place)) {
        return text(article);
    }
    let Some(path) = &document.path else { return DocumentText::Elsewhere };
    match read(&folder.join(path)) {
        Ok(bytes) => text(&bytes),
        Err(error) => DocumentText::Missing(format!("{path}: {error}")),
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
fn text(bytes: &[u8]) -> DocumentText {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    DocumentText::Found { text: Arc::from(text.as_ref()), sha256: ids::sha256(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedded_text_is_found_by_its_hash_from_anywhere() {
        let document = Document { sha256: Some(HASHES[0].to_uppercase()), ..Document::default() };
        assert!(matches!(find(&document, Path::new("/nowhere")), DocumentText::Found { .. }));
    }

    #[test]
    fn a_path_is_relative_to_the_chronology() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "\u{feff}text").expect("written");
        let mut document = Document { path: Some("a.txt".to_owned()), ..Document::default() };
        let found = find(&document, folder.path());
        let sha256 = ids::sha256("\u{feff}text".as_bytes());
        assert_eq!(found, DocumentText::Found { text: Arc::from("text"), sha256 });
        document.path = Some(".".to_owned());
        assert!(matches!(find(&document, folder.path()), DocumentText::Missing(_)));
        document.path = Some("b.txt".to_owned());
        assert!(matches!(find(&document, folder.path()), DocumentText::Missing(_)));
        document.path = None;
        assert_eq!(find(&document, folder.path()), DocumentText::Elsewhere);
    }
}
