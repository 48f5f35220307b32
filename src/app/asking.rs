//! What the state asks of the store.

use std::sync::Arc;

use super::effect::Effect;
use super::rows::REACH;
use super::{App, COUNTED, sidebar, strip};
use crate::query::Dimension;
use crate::store::{Request, Slot};

impl App {
    pub(super) fn ask(&mut self, slot: Slot, request: Request) {
        self.serial += 1;
        self.serials.insert(slot, self.serial);
        self.effects.push(Effect::Ask(slot, self.serial, request));
    }

    /// Wants no answer in a slot any more.
    fn forget(&mut self, slot: Slot) {
        if self.serials.remove(&slot).is_some() {
            self.effects.push(Effect::Cancel(slot));
        }
    }

    /// Asks for the rows around the cursor.
    pub(super) fn ask_rows(&mut self) {
        let request =
            Request::Window { question: self.question(), key: self.cursor.key, before: REACH, after: REACH };
        self.ask(Slot::Page, request);
    }

    /// Asks for everything that follows from the filter, except the rows.
    pub(super) fn ask_all_but_rows(&mut self) {
        self.ask_totals();
        self.ask_selected();
        self.ask_hits();
        self.ask_strip();
        self.ask_facets();
    }

    pub(super) fn ask_totals(&mut self) {
        let rank_of = self.lit().map(|row| row.key);
        let request = Request::Totals { question: self.question(), rank_of };
        self.ask(Slot::Count, request);
    }

    pub(super) fn ask_selected(&mut self) {
        let keys = self.selected_keys();
        if keys.is_empty() {
            self.selected = None;
            return self.forget(Slot::Selected);
        }
        let request = Request::Selected { question: self.question(), keys };
        self.ask(Slot::Selected, request);
    }

    pub(super) fn ask_hits(&mut self) {
        let Some(question) = self.search_question() else {
            self.search.hits = None;
            self.strip.hits.clear();
            self.forget(Slot::Search);
            return self.forget(Slot::Hits);
        };
        self.ask(Slot::Search, Request::Totals { question: question.clone(), rank_of: None });
        let edges = self.strip.edges();
        if self.strip.stage() == strip::Stage::Laid && edges.len() > 1 {
            self.ask(Slot::Hits, Request::Histogram { question, edges });
        }
    }

    /// Asks for the strip's counts: of everything while its axis is planned, else of what is shown.
    pub(super) fn ask_strip(&mut self) {
        let edges = self.strip.edges();
        if edges.len() < 2 {
            return;
        }
        let question = match self.strip.stage() {
            strip::Stage::Planning => self.question_of(Arc::default()),
            strip::Stage::Laid => self.question(),
        };
        self.ask(Slot::Histogram, Request::Histogram { question, edges });
    }

    pub(super) fn ask_facets(&mut self) {
        let wanted = |dimension: &Dimension| self.sidebar.shown || COUNTED.contains(dimension);
        let wanted: Vec<Dimension> = self.info.dimensions.iter().copied().filter(wanted).collect();
        for dimension in wanted {
            // With the parties stand their actors: a party must not vanish while one of them is looked for.
            let prefix =
                if dimension == Dimension::Party { String::new() } else { self.sidebar.prefix.clone() };
            let request =
                Request::Facets { question: self.question(), dimension, prefix, n: sidebar::MOST_VALUES };
            self.ask(Slot::Facets(dimension), request);
        }
    }
}
