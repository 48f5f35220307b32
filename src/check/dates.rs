//! Dates that cannot be read, or not as they stand.

use super::Checker;
use super::spot::Spot;
use crate::formats::quoted;
use crate::when::{When, words};

/// Every date of the chronology.
pub(super) fn check(checker: &mut Checker<'_>) {
    let loaded = checker.loaded;
    let chronology = loaded.chronology();
    for (spot, document) in loaded.each("documents", &chronology.documents) {
        if let Some(text) = &document.published {
            date(checker, spot.get("published"), text);
        }
    }
    for (spot, actor) in loaded.each("actors", &chronology.actors) {
        for (index, membership) in actor.memberships.iter().enumerate() {
            if let Some(text) = &membership.during {
                date(checker, spot.table("memberships", index).get("during"), text);
            }
        }
    }
    for (spot, event) in loaded.each("events", &chronology.events) {
        if let Some(text) = &event.date {
            date(checker, spot.get("date"), text);
        }
        for (index, source) in event.sources.iter().enumerate() {
            if let Some(text) = &source.date {
                date(checker, spot.table("sources", index).get("date"), text);
            }
        }
    }
}

fn date(checker: &mut Checker<'_>, spot: Spot<'_>, text: &str) {
    match When::parse_noting(text) {
        Ok((when, notes)) => {
            for note in notes {
                checker.warning(spot, note);
                checker.hint(Some(format!("write {when}")));
            }
            // Only sets and masks have gaps, and telling how many takes a while.
            if (when.is_set() || when.is_fuzzy()) && when.is_coarsened() {
                checker.warning(
                    spot,
                    format!("{} has too many gaps: they are left out of account", quoted(text)),
                );
                checker.hint(Some("write the span from first to last, or fewer dates".to_owned()));
            }
        }
        Err(fault) => {
            checker
                .error(spot.within(fault.offset), format!("{} is no date: {}", quoted(text), fault.message));
            // A date in words is one that a reader of EDTF refuses and we can tell how to write.
            let in_words = text.contains(char::is_alphabetic).then(|| words::read(text, None).ok()).flatten();
            checker.hint(in_words.map(|when| format!("write {when}")).or(fault.hint));
        }
    }
}
