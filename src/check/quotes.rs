//! Quotes and their documents: whether the words stand where the source says.

use std::collections::HashMap;
use std::sync::Arc;

use super::spot::Spot;
use super::{Checker, DocumentText, near};
use crate::chronology::{Chronology, Source};
use crate::formats::quoted;

/// Hashes of documents, and every quote against its document.
pub(super) fn check(checker: &mut Checker<'_>, texts: &[DocumentText]) {
    let loaded = checker.loaded;
    let chronology = loaded.chronology();
    for ((spot, document), text) in loaded.each("documents", &chronology.documents).zip(texts) {
        let id = quoted(&document.id);
        match text {
            DocumentText::Found { sha256, .. } => {
                let changed = document.sha256.as_ref().filter(|named| !named.eq_ignore_ascii_case(sha256));
                if changed.is_some() {
                    checker.error(
                        spot.get("sha256"),
                        format!("the document {id} has changed: its hash is {sha256}"),
                    );
                    checker.hint(Some("read it again; `annals check --fix` then writes the hash".to_owned()));
                }
            }
            DocumentText::Missing(why) => {
                let quotes = quotes_of(chronology, &document.id);
                let message = format!("the document {id} was not found ({why}); {quotes} unchecked");
                checker.warning(spot.get("path"), message);
            }
            DocumentText::Elsewhere => {}
        }
    }
    let texts = by_id(chronology, texts);
    for (spot, event) in loaded.each("events", &chronology.events) {
        for (index, source) in event.sources.iter().enumerate() {
            quote(checker, spot.table("sources", index), source, &texts);
        }
    }
}

fn quotes_of(chronology: &Chronology, document: &str) -> String {
    let sources = chronology.events.iter().flat_map(|event| &event.sources);
    let of_it = |source: &&Source| source.document.as_deref() == Some(document) && source.quote.is_some();
    match sources.filter(of_it).count() {
        1 => "1 quote is".to_owned(),
        count => format!("{count} quotes are"),
    }
}

/// The texts that were found, by the document's id; of a repeated id the first.
pub(super) fn by_id<'a>(
    chronology: &'a Chronology,
    texts: &'a [DocumentText],
) -> HashMap<&'a str, &'a Arc<str>> {
    let mut known = HashMap::new();
    for (document, text) in chronology.documents.iter().zip(texts) {
        if let DocumentText::Found { text, .. } = text {
            known.entry(document.id.as_str()).or_insert(text);
        }
    }
    known
}

fn quote(checker: &mut Checker<'_>, spot: Spot<'_>, source: &Source, texts: &HashMap<&str, &Arc<str>>) {
    let offset = |key| if spot.has(key) { spot.get(key) } else { spot.get("quote") };
    if let (Some(start), Some(end)) = (source.start, source.end)
        && start > end
    {
        checker.error(offset("start"), format!("the quote ends at {end}, before it starts at {start}"));
        return;
    }
    let Some(id) = source.document.as_deref() else { return };
    let Some(quote) = &source.quote else {
        if source.start.is_some() || source.end.is_some() {
            checker.warning(offset("start"), "there are offsets, but no quote");
        }
        return;
    };
    if quote.is_empty() {
        checker.error(spot.get("quote"), "this quote is empty");
        return;
    }
    let Some(text) = texts.get(id) else { return };
    let starts = occurrences(text, quote);
    let length = quote.chars().count() as u64;
    match (starts.as_slice(), source.start, source.end) {
        ([], _, _) => missing(checker, spot.get("quote"), id, quote, texts),
        (starts, Some(start), Some(end)) if starts.contains(&start) && start + length == end => {}
        ([_], None, None) => {}
        ([start], _, _) => {
            checker.error(offset("start"), format!("this quote stands at {start} to {}", start + length));
            checker.hint(Some("`annals check --fix` writes it".to_owned()));
        }
        (starts, _, _) => {
            let listed: Vec<String> = starts.iter().take(8).map(u64::to_string).collect();
            let count = starts.len();
            let message = format!("this quote stands in {} {count} times: say which one", quoted(id));
            checker.error(offset("start"), message);
            checker.hint(Some(format!("it starts at {}", listed.join(", "))));
        }
    }
}

fn missing(
    checker: &mut Checker<'_>,
    spot: Spot<'_>,
    id: &str,
    quote: &str,
    texts: &HashMap<&str, &Arc<str>>,
) {
    checker.error(spot, format!("these words are not in the document {}", quoted(id)));
    let mut others: Vec<&str> =
        texts.iter().filter(|(_, text)| text.contains(quote)).map(|(id, _)| *id).collect();
    others.sort_unstable();
    let hint = match others.first() {
        Some(other) => Some(format!("they are in {}", quoted(other))),
        None => texts.get(id).and_then(|text| near::difference(text, quote)),
    };
    checker.hint(hint);
}

/// Where a quote starts in a text, in Unicode scalar values; occurrences may overlap.
pub(super) fn occurrences(text: &str, quote: &str) -> Vec<u64> {
    let mut starts = Vec::new();
    let (mut rest, mut before) = (text, 0);
    while let Some(at) = rest.find(quote) {
        let (skipped, found) = rest.split_at(at);
        before += skipped.chars().count() as u64;
        starts.push(before);
        let mut chars = found.chars();
        chars.next();
        before += 1;
        rest = chars.as_str();
        if quote.is_empty() {
            break;
        }
    }
    starts
}
