//! Finding one event by its id.

use super::read;
use super::state::State;
use super::walk::Place;
use crate::chronology::facts;
use crate::store::{Ctl, StoreError};
use crate::when::Certainty;

/// The first event of the order with this id in the layer of this name; with an empty name, in the first layer that
/// has one.
pub(super) fn event(state: &State, layer: &str, id: &str, ctl: &Ctl) -> Result<Option<Place>, StoreError> {
    let layers = state.names.catalogue().layers.iter().zip(0..);
    for (_, number) in layers.filter(|(known, _)| layer.is_empty() || known.name == layer) {
        ctl.check()?;
        if let Some(place) = in_layer(state, number, id, ctl)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

fn in_layer(state: &State, layer: u32, id: &str, ctl: &Ctl) -> Result<Option<Place>, StoreError> {
    let hash = facts::hash(id.as_bytes());
    let segments = state.segments.iter().enumerate().filter(|(_, segment)| segment.layer().0 == layer);
    let mut places: Vec<Place> = segments
        .flat_map(|(at, segment)| {
            segment.with_hash(hash).map(move |row| Place {
                key: segment.key(row),
                certainty: Certainty::Certain,
                segment: at,
                row,
            })
        })
        .collect();
    places.sort_unstable_by_key(|place| place.key);
    for place in places {
        ctl.check()?;
        let read = read::rows(state, &[place])?;
        if read.first().is_some_and(|row| row.entry.event.id == id) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}
