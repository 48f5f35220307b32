//! Rows read again, for what is shown or written.

use std::sync::Arc;

use super::asked::Asked;
use super::spans::{self, Leg};
use super::state::State;
use super::walk::{Place, Walk};
use crate::chronology::{Entry, LayerIndex};
use crate::store::rows::{RowFault, Spot};
use crate::store::{Direction, Key, Keys, Question, Row, StoreError};
use crate::when::Bounds;

/// How many rows are read at once where many are wanted.
const BATCH: usize = 512;

/// Up to `n` rows from a key on, and whether there are more only because the time did not suffice.
pub(super) fn page(
    asked: &Asked<'_>,
    (key, direction): (Key, Direction),
    reverse: bool,
    n: usize,
) -> Result<(Vec<Row>, bool), StoreError> {
    let mut walk = Walk::new(asked, spans::from(key, direction, reverse));
    let mut places = Vec::new();
    while places.len() < n
        && let Some(place) = walk.next()?
    {
        places.push(place);
    }
    Ok((rows(&asked.state, &places)?, walk.late))
}

/// Calls `sink` with every hit among keys, in the question's order.
pub(super) fn scan(
    asked: &Asked<'_>,
    question: &Question,
    keys: &Keys,
    sink: &mut dyn FnMut(&Row) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    let legs: Vec<Leg> = spans::whole(spans::spans(keys), question.reverse);
    let mut walk = Walk::new(asked, legs);
    let mut places = Vec::with_capacity(BATCH);
    loop {
        asked.ctl.check()?;
        places.clear();
        while places.len() < BATCH
            && let Some(place) = walk.next()?
        {
            places.push(place);
        }
        if walk.late {
            return Err(StoreError::Late);
        }
        if places.is_empty() {
            return Ok(());
        }
        for row in rows(&asked.state, &places)? {
            sink(&row)?;
        }
    }
}

/// Whether an event has the date that its key says.
fn is_at(key: Key, entry: &Entry) -> bool {
    let order = entry.bounds.as_ref().map(Bounds::order);
    order == (!key.undated).then_some((key.start, key.end))
}

/// Reads the events at places, those of each layer at once.
///
/// # Errors
/// [`RowFault::Changed`] where an event is not the one that was there.
pub(super) fn rows(state: &State, places: &[Place]) -> Result<Vec<Row>, StoreError> {
    let mut entries: Vec<Option<Arc<Entry>>> = vec![None; places.len()];
    for (layer, rows) in state.rows.iter().enumerate() {
        let layer = LayerIndex(layer as u32);
        let of_layer = |(slot, place): (usize, &Place)| {
            let segment = state.segments.get(place.segment).filter(|segment| segment.layer() == layer)?;
            Some((slot, segment.spot(place.row)))
        };
        let (numbers, spots): (Vec<usize>, Vec<Spot>) =
            places.iter().enumerate().filter_map(of_layer).unzip();
        if spots.is_empty() {
            continue;
        }
        let read = rows.entries(layer, &spots, &state.names)?;
        for (slot, entry) in numbers.into_iter().zip(read) {
            let key = places.get(slot).map(|place| place.key);
            if key.is_none_or(|key| !is_at(key, &entry)) {
                return Err(RowFault::Changed.into());
            }
            if let Some(place) = entries.get_mut(slot) {
                *place = Some(entry);
            }
        }
    }
    let row = |(place, entry): (&Place, Option<Arc<Entry>>)| {
        Some(Row { key: place.key, certainty: place.certainty, entry: entry? })
    };
    Ok(places.iter().zip(entries).filter_map(row).collect())
}
