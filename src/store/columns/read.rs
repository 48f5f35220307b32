//! Rows read again, for what is shown or written.

use std::io;
use std::sync::Arc;

use super::asked::Asked;
use super::spans::{self, Leg};
use super::state::State;
use super::walk::{Place, Walk};
use crate::chronology::{Entry, LayerIndex};
use crate::store::batch::Skimmed;
use crate::store::rows::{RowFault, Spot};
use crate::store::{Batch, Direction, Key, Keys, Question, Row, StoreError};
use crate::when::{Bounds, Certainty};

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

/// Calls `each` with the hits among keys, in the question's order, a batch at a time.
pub(super) fn batches(
    asked: &Asked<'_>,
    question: &Question,
    keys: &Keys,
    each: &mut dyn FnMut(Box<dyn Batch>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let legs: Vec<Leg> = spans::whole(spans::spans(keys), question.reverse);
    let mut walk = Walk::new(asked, legs);
    loop {
        asked.ctl.check()?;
        let mut places = Vec::with_capacity(BATCH);
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
        each(Box::new(Unread { state: Arc::clone(&asked.state), places }))?;
    }
}

/// Hits of one state of the store.
struct Unread {
    state: Arc<State>,
    places: Vec<Place>,
}

impl Unread {
    /// The layer that all of them are of, with where they stand; `None`: they are of several.
    fn of_one_layer(&self) -> Option<(LayerIndex, Vec<Spot>)> {
        let layer = self.state.segments.get(self.places.first()?.segment)?.layer();
        let spot = |place: &Place| {
            let segment = self.state.segments.get(place.segment)?;
            (segment.layer() == layer).then(|| segment.spot(place.row))
        };
        Some((layer, self.places.iter().map(spot).collect::<Option<Vec<Spot>>>()?))
    }
}

impl Batch for Unread {
    fn events(&self) -> usize {
        self.places.len()
    }

    fn read(&self, sink: &mut dyn FnMut(&Row) -> io::Result<()>) -> Result<(), StoreError> {
        let Some((layer, spots)) = self.of_one_layer() else {
            return Ok(rows(&self.state, &self.places)?.iter().try_for_each(sink)?);
        };
        let names = &self.state.names;
        self.state.rows_of(layer)?.each(layer, &spots, names, &mut |at, entry| {
            let Some(Place { key, certainty, .. }) = self.places.get(at).copied() else { return Ok(()) };
            if !is_at(key, &entry) {
                return Err(RowFault::Changed.into());
            }
            Ok(sink(&Row { key, certainty, entry })?)
        })
    }

    fn skim(&self, sink: &mut Skimmed<'_>) -> Result<(), StoreError> {
        let Some((layer, spots)) = self.of_one_layer() else {
            return self.read(&mut |row| sink(row.entry.layer, &row.entry.event, row.certainty));
        };
        self.state.rows_of(layer)?.skim(layer, &spots, &self.state.names, &mut |at, event| {
            let certainty = self.places.get(at).map_or(Certainty::Not, |place| place.certainty);
            Ok(sink(layer, event, certainty)?)
        })
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
