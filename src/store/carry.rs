//! Where events of one store stand in another that was read from the same sources later.

use std::collections::HashMap;

use super::{Ctl, Direction, Key, Question, Store};

/// Where the events now stand that stood at these places in an older store: by their ids. Those that are gone, and
/// places at which nothing stood, are missing.
pub fn carried(old: &dyn Store, new: &dyn Store, places: &[Key]) -> HashMap<Key, Key> {
    let (question, ctl, catalogue) = (Question::default(), Ctl::default(), old.info().catalogue);
    let now = |key: &Key| {
        let page = old.page(&question, *key, Direction::Forward, 1, &ctl).ok()?;
        let row = page.value.into_iter().next().filter(|row| row.key == *key)?;
        let layer = &catalogue.layer(row.entry.layer).name;
        let found = new.event(layer, &row.entry.event.id, &ctl).ok()??;
        Some((*key, found.key))
    };
    places.iter().filter_map(now).collect()
}
