//! Writing what can be worked out, by replacing a few bytes of the file.

use super::quotes::{by_id, occurrences};
use super::{DocumentText, FindText, Loaded};
use crate::chronology::Source;
use crate::formats::splice::{apply, set};
use crate::formats::{Fault, Format};

/// A mended file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// How many quotes got offsets.
    pub offsets: usize,
    /// How many documents got a hash.
    pub hashes: usize,
}

/// Why a file was not mended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfixable {
    /// Its bytes cannot be read.
    #[error("{0}")]
    Unreadable(Box<Fault>),
    /// Only TOML and JSON are mended.
    #[error("only chronologies in TOML and JSON can be mended")]
    Format,
}

/// Writes the offsets of quotes that occur once in their documents, and the hashes of documents whose text was
/// found, and touches nothing else. A quote that occurs several times keeps the offsets it has.
///
/// # Errors
/// When the file cannot be read, or is neither TOML nor JSON.
pub fn fix(bytes: &[u8], format: &Format, find: FindText<'_>) -> Result<Fixed, Unfixable> {
    let loaded = Loaded::new(bytes, format).map_err(Unfixable::Unreadable)?;
    let Some(root) = &loaded.root else { return Err(Unfixable::Format) };
    let chronology = loaded.chronology();
    let texts: Vec<DocumentText> = chronology.documents.iter().map(find).collect();
    let text = loaded.lines.text();
    let json = format.name == "json";
    let mut edits = Vec::new();
    let mut hashes = 0;
    for ((node, document), found) in root.tables("documents").iter().zip(&chronology.documents).zip(&texts) {
        let DocumentText::Found { sha256, .. } = found else { continue };
        if document.sha256.as_ref().is_some_and(|named| named.eq_ignore_ascii_case(sha256)) {
            continue;
        }
        let beside =
            ["path", "url", "published", "title", "id"].into_iter().find(|key| node.get(key).is_some());
        let before = edits.len();
        set(&mut edits, text, json, node, beside, &[("sha256", format!("\"{sha256}\""))]);
        hashes += usize::from(edits.len() > before);
    }
    let mut offsets = 0;
    let known = by_id(chronology, &texts);
    for (event_node, event) in root.tables("events").iter().zip(&chronology.events) {
        for (node, source) in event_node.tables("sources").iter().zip(&event.sources) {
            let text_of = source.document.as_deref().and_then(|id| known.get(id));
            let Some((start, end)) = text_of.and_then(|document| right(document, source)) else { continue };
            let before = edits.len();
            let values = [("start", start.to_string()), ("end", end.to_string())];
            let beside = if node.get("start").is_some() { "start" } else { "quote" };
            set(&mut edits, text, json, node, Some(beside), &values);
            offsets += usize::from(edits.len() > before);
        }
    }
    let mark = bytes.len().saturating_sub(text.len());
    let mut fixed = bytes.get(..mark).unwrap_or_default().to_vec();
    fixed.extend_from_slice(apply(text, edits).as_bytes());
    Ok(Fixed { bytes: fixed, offsets, hashes })
}

/// The offsets a source should have, where it has others and only one place is possible.
fn right(document: &str, source: &Source) -> Option<(u64, u64)> {
    let quote = source.quote.as_deref().filter(|quote| !quote.is_empty())?;
    let [start] = occurrences(document, quote)[..] else { return None };
    let right = (start, start + quote.chars().count() as u64);
    ((source.start, source.end) != (Some(right.0), Some(right.1))).then_some(right)
}
