//! Going on with what was read again.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Running, start_worker, watch};
use crate::app::effect::{Effect, Outcome};
use crate::app::rereading::Reread;
use crate::formats::wording::counted;
use crate::load::{Again, Edits, Turn};
use crate::store::{Store, carried};

/// How long keys wait for the rows of another store at the most: without these there is no event that they could mean.
const ROWS_PATIENCE: Duration = Duration::from_secs(1);

impl Running {
    /// The files of the sources have changed.
    pub(super) fn turn(&mut self, turn: Turn) -> io::Result<Vec<Effect>> {
        match turn {
            Turn::Same => Ok(self.app.outcome(Outcome::Done("nothing was changed".to_owned()))),
            Turn::Broken(why) => Ok(self.app.cannot_reread(&why)),
            Turn::Read(again) => {
                if let Some(effects) = self.revised_meanwhile()? {
                    return Ok(effects);
                }
                let Again { store, changed, edits, remarks } = again;
                let said = said(edits, remarks.first());
                self.put_store(store, changed, said)
            }
        }
    }

    /// Goes on with another store of the same chronology, and which events in it are other than at the start.
    pub(super) fn put_store(
        &mut self,
        store: Arc<dyn Store>,
        changed: HashSet<(String, String)>,
        said: String,
    ) -> io::Result<Vec<Effect>> {
        let places = carried(self.store.as_ref(), store.as_ref(), &self.app.places());
        self.worker = start_worker(&store, &self.sender)?;
        self.changed = watch(store.as_ref(), &self.sender);
        self.awaited.clear();
        self.rows_until = Some(Instant::now() + ROWS_PATIENCE);
        self.store = store;
        let info = self.store.info();
        Ok(self.app.reread(Reread { info, changed, places, said }))
    }
}

/// "read again: 2 events changed, 1 new".
fn said(edits: Option<Edits>, remark: Option<&String>) -> String {
    let remark = remark.map(|remark| format!("; {remark}")).unwrap_or_default();
    let Some(Edits { added, altered, gone }) = edits else { return format!("read again{remark}") };
    let parts = [
        (altered, counted(altered as u64, "event changed", "events changed")),
        (added, counted(added as u64, "event new", "events new")),
        (gone, counted(gone as u64, "event gone", "events gone")),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part).collect();
    let what = if parts.is_empty() { "no event changed".to_owned() } else { parts.join(", ") };
    let how = if altered + added > 0 { " (is:changed shows them)" } else { "" };
    format!("read again: {what}{how}{remark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_edited_is_said_in_words() {
        let edits = |added, altered, gone| said(Some(Edits { added, altered, gone }), None);
        assert_eq!(edits(0, 0, 0), "read again: no event changed");
        assert_eq!(edits(1, 2, 0), "read again: 2 events changed, 1 event new (is:changed shows them)");
        assert_eq!(edits(0, 0, 3), "read again: 3 events gone");
        let remark = "a.toml:3: no date".to_owned();
        assert_eq!(said(None, Some(&remark)), "read again; a.toml:3: no date");
    }
}
