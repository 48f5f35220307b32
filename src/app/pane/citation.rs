//! An event as a citation.

use crate::chronology::{Catalogue, Entry};
use crate::formats::wording;

/// An event as a citation for a footnote: quote, speaker, publisher, title, date, address; one line a source.
pub fn citation(entry: &Entry, catalogue: &Catalogue) -> String {
    let mut lines = Vec::new();
    for source in &entry.event.sources {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(source.quote.as_ref().map(|quote| format!("“{quote}”")));
        parts
            .extend(source.according_to.as_ref().map(|who| wording::speaker_name(catalogue, who).to_owned()));
        parts.extend(wording::reference(wording::document_of(catalogue, entry, source), source));
        lines.push(format!("{}.", parts.join(", ")));
    }
    if lines.is_empty() {
        let when = wording::when_in_words(entry);
        lines.push(format!("{}, {when}.", entry.event.title));
    }
    lines.join("\n")
}
