//! Rows read again, for what is shown or written.

use std::sync::Arc;

use super::asked::Asked;
use super::segment;
use super::spans::{self, Leg};
use super::state::State;
use super::walk::{Place, Walk};
use crate::chronology::{Entry, LayerIndex};
use crate::store::{Direction, Key, Keys, Question, Row, StoreError};

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

/// Reads the events at places, those of each layer at once.
pub(super) fn rows(state: &State, places: &[Place]) -> Result<Vec<Row>, StoreError> {
    let mut entries: Vec<Option<Arc<Entry>>> = vec![None; places.len()];
    for (layer, rows) in state.rows.iter().enumerate() {
        let layer = LayerIndex(layer as u32);
        let (slots, offsets): (Vec<usize>, Vec<u64>) = places
            .iter()
            .enumerate()
            .map(|(slot, place)| (slot, segment::place(place.key.tie)))
            .filter(|(_, (of, _))| *of == layer)
            .map(|(slot, (_, offset))| (slot, offset))
            .unzip();
        if offsets.is_empty() {
            continue;
        }
        let read = rows.entries(layer, &offsets, &state.names)?;
        for (slot, entry) in slots.into_iter().zip(read) {
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
