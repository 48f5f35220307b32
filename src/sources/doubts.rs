//! What of a chronology cannot be shown as it is meant: dates that cannot be read, names that nothing describes.

use crate::chronology::{Entry, Layer, LayerIndex, Resolved};
use crate::formats::wording::counted;
use crate::when::When;

/// One line for each layer and kind of fault, with the first of them as an example.
pub(super) fn doubts(resolved: &Resolved) -> Vec<String> {
    let layers = resolved.catalogue.layers.iter().enumerate();
    layers.flat_map(|(index, layer)| of_layer(resolved, LayerIndex(index as u32), layer)).collect()
}

fn of_layer(resolved: &Resolved, index: LayerIndex, layer: &Layer) -> Vec<String> {
    let mut dates = Vec::new();
    let mut names = Vec::new();
    for entry in resolved.entries.iter().filter(|entry| entry.layer == index) {
        dates.extend(unread_date(entry));
        names.extend(unknown_names(resolved, entry));
    }
    let shown = if layer.origin.is_empty() { &layer.name } else { &layer.origin };
    let say = |found: &[&str], one: &str, many: &str| {
        let first = found.first()?;
        let count = counted(found.len() as u64, one, many);
        Some(format!("{shown}: {count}, the first “{first}”; see `annals check`"))
    };
    let dates = say(&dates, "date cannot be read", "dates cannot be read");
    let names =
        say(&names, "actor, party or place is not described", "actors, parties or places are not described");
    dates.into_iter().chain(names).collect()
}

/// The date of an event that has one which is none.
fn unread_date(entry: &Entry) -> Option<&str> {
    let text = entry.event.date.as_deref()?;
    let read = entry.when.as_ref().is_some_and(|when| when.as_edtf() == text);
    (!read && When::parse(text).is_err()).then_some(text)
}

/// The ids in an event that stand for nothing.
fn unknown_names<'e>(resolved: &'e Resolved, entry: &'e Entry) -> impl Iterator<Item = &'e str> {
    let catalogue = &resolved.catalogue;
    let event = &entry.event;
    let actors = event.actors.iter().map(|part| part.id.as_str());
    let actors = actors.filter(|id| catalogue.actor_by_id(id).is_none());
    let parties = event.parties.iter().map(String::as_str);
    let parties = parties.filter(|id| catalogue.party_by_id(id).is_none());
    let places = event.places.iter().map(String::as_str);
    let places = places.filter(|id| catalogue.place_by_id(id).is_none());
    actors.chain(parties).chain(places)
}
