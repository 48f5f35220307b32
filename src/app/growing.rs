//! A store that changes while it is shown: events arrive, loading ends, its source breaks.

use super::effect::Effect;
use super::{App, View};
use crate::store::{Info, Slot};

impl App {
    /// The store has changed. What is counted is counted again; the lit event, the selection, what is typed and
    /// what is on screen stay.
    pub fn changed(&mut self, info: Info) -> Vec<Effect> {
        let grown = info.generation != self.info.generation;
        let ended = self.info.loading && !info.loading;
        self.info = info;
        self.letters.extend(&self.info.catalogue.parties);
        if grown || ended {
            self.refit_strip(ended);
            self.count_again();
        }
        if ended && self.cursor.adopt {
            self.renew(Slot::Page);
        }
        std::mem::take(&mut self.effects)
    }

    /// Everything that more events may change.
    fn count_again(&mut self) {
        let mut slots = vec![Slot::Held, Slot::Count, Slot::Histogram];
        slots.extend(self.lit().map(|_| Slot::Rank));
        slots.extend((!self.selection.is_empty()).then_some(Slot::Selected));
        if self.search.filter.is_some() {
            slots.extend([Slot::Search, Slot::Hits]);
        }
        slots.extend((self.view == View::Lanes).then_some(Slot::Lanes));
        if self.view == View::Source && !self.info.catalogue.documents.is_empty() {
            slots.extend([Slot::Source, Slot::Documents]);
        }
        slots.extend((self.view == View::Matrix).then_some(Slot::Matrix));
        if self.view == View::Map {
            slots.extend([Slot::Places, Slot::Clusters]);
        }
        slots.extend((!self.explained.is_empty()).then_some(Slot::Explain));
        slots.extend(self.counted_dimensions().into_iter().map(Slot::Facets));
        for slot in slots {
            self.renew(slot);
        }
    }

    /// Plans the strip anew where events arrived beyond it, and once when all are there.
    fn refit_strip(&mut self, ended: bool) {
        if self.strip.view.is_none() && (ended || self.strip.falls_short(self.info.extent)) {
            self.strip.begin(self.info.extent, self.size.0);
            self.ask_strip();
        }
    }
}
