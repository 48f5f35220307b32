//! Names that become ids while a file is read event by event.

use std::collections::{HashMap, HashSet};

use crate::chronology::ids;
use crate::text::fold::fold;

/// Ids by folded name.
#[derive(Default)]
pub(super) struct Known {
    by_name: HashMap<String, String>,
    ids: HashSet<String>,
}

impl Known {
    /// The id for a name, or for an id that was met, and whether it is new.
    pub fn id(&mut self, name: &str) -> (String, bool) {
        if self.ids.contains(name) {
            return (name.to_owned(), false);
        }
        if let Some(id) = self.by_name.get(&fold(name)) {
            return (id.clone(), false);
        }
        let slug = ids::slug(name);
        let id = ids::unique(if slug.is_empty() { name } else { &slug }, &mut self.ids);
        self.by_name.insert(fold(name), id.clone());
        (id, true)
    }

    /// Whether an id that is written with its name is new.
    pub fn learn(&mut self, id: &str, name: &str) -> bool {
        if !name.is_empty() {
            self.by_name.entry(fold(name)).or_insert_with(|| id.to_owned());
        }
        self.ids.insert(id.to_owned())
    }
}
