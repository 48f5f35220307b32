//! Finding one event by its id.

use std::sync::Arc;

use super::asked::{Asked, Reach};
use super::state::State;
use super::walk::{Place, Walk};
use super::{read, segment, spans};
use crate::chronology::{facts, ids};
use crate::query::Filter;
use crate::store::{Ctl, Direction, Key, Question, StoreError};
use crate::when::Certainty;

/// The first event of the order with this id in the layer of this name; with an empty name, in the first layer that
/// has one. An id that may be made of an event's fields, which the columns do not know, is looked for in all rows.
pub(super) fn event(
    state: &Arc<State>,
    layer: &str,
    id: &str,
    ctl: &Ctl,
) -> Result<Option<Place>, StoreError> {
    let made = if ids::may_be_made(id) { made(state, id, ctl)? } else { Vec::new() };
    let layers = state.names.catalogue().layers.iter().zip(0..);
    for (_, number) in layers.filter(|(known, _)| layer.is_empty() || known.name == layer) {
        ctl.check()?;
        let of_layer = |place: &&Place| segment::place(place.key.tie).0.0 == number;
        if let Some(place) = made.iter().find(of_layer) {
            return Ok(Some(*place));
        }
        if let Some(place) = in_layer(state, number, id, ctl)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// The events with an id, whether it is written or made of their fields, in order. What was looked through is known
/// when it is asked for again.
fn made(state: &Arc<State>, id: &str, ctl: &Ctl) -> Result<Vec<Place>, StoreError> {
    let question = Question { filter: Arc::new(Filter::of_id(id)), ..Question::default() };
    let results = state.cache.results(&question, state, &|_| None);
    let asked = Asked { state: Arc::clone(state), results, ctl };
    let (_, reach) = asked.all()?;
    if reach != Reach::whole(state.total) {
        return Err(StoreError::Late);
    }
    let mut walk = Walk::new(&asked, spans::from(Key::FIRST, Direction::Forward, false));
    let mut places = Vec::new();
    while let Some(place) = walk.next()? {
        // Ids that fold alike are found, too.
        if read::rows(state, &[place])?.iter().any(|row| row.entry.event.id == id) {
            places.push(place);
        }
    }
    if walk.late { Err(StoreError::Late) } else { Ok(places) }
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
