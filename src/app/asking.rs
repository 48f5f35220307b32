//! What the state asks of the store, and what it asks again when events arrive.

use std::sync::Arc;

use super::effect::Effect;
use super::rows::REACH;
use super::{App, COUNTED, sidebar, strip};
use crate::query::Dimension;
use crate::store::{Answer, Key, Keys, Reply, Request, Slot};

/// What was asked last in a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// The number its answers carry.
    pub serial: u64,
    /// Whether no answer to it is on its way any more.
    pub done: bool,
    /// The share of the events, in percent, that the last answer speaks of, where it is a partial one.
    share: Option<u8>,
    /// Whether events arrived since it was asked, so that it has to be asked again.
    stale: bool,
}

/// Why rows are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// The filter is another one.
    #[default]
    Filtered,
    /// The cursor goes elsewhere.
    Moved,
    /// More rows around the cursor, or those that arrived among them; the lit one stays.
    More,
}

impl App {
    pub(super) fn ask(&mut self, slot: Slot, request: Request) {
        self.serial += 1;
        let asked = Asked { serial: self.serial, done: false, share: None, stale: false };
        self.asked.insert(slot, asked);
        self.effects.push(Effect::Ask(slot, self.serial, request));
    }

    /// Wants no answer in a slot any more.
    pub(super) fn forget(&mut self, slot: Slot) {
        if self.asked.remove(&slot).is_some_and(|asked| !asked.done) {
            self.effects.push(Effect::Cancel(slot));
        }
    }

    /// Whether an answer in a slot is on its way.
    pub fn awaits(&self, slot: Slot) -> bool {
        self.asked.get(&slot).is_some_and(|asked| !asked.done)
    }

    /// Notes how far an answer reaches. Whether it is one to the newest question of its slot.
    pub(super) fn note(&mut self, slot: Slot, serial: u64, answer: Option<&Answer<Reply>>) -> bool {
        let Some(asked) = self.asked.get_mut(&slot).filter(|asked| asked.serial == serial) else {
            return false;
        };
        asked.done = answer.is_none_or(|answer| answer.done);
        asked.share = answer.filter(|answer| !answer.done).map(|answer| answer.coverage.share());
        true
    }

    /// Asks again what was answered while more events arrived.
    pub(super) fn catch_up(&mut self, slot: Slot, serial: u64) {
        let stale = |asked: &Asked| asked.serial == serial && asked.done && asked.stale;
        if self.asked.get(&slot).is_some_and(stale) {
            self.renew(slot);
        }
    }

    /// Asks a standing question again since events arrived; not before its last answer has come, so that answers
    /// do come however fast events arrive, and not where the reader stopped it.
    pub(super) fn renew(&mut self, slot: Slot) {
        match self.asked.get_mut(&slot) {
            Some(asked) if !asked.done => asked.stale = true,
            Some(asked) if asked.share.is_some() => {}
            _ => self.ask_slot(slot),
        }
    }

    fn ask_slot(&mut self, slot: Slot) {
        match slot {
            Slot::Page => self.ask_rows_near(self.anchor(), Why::More),
            Slot::Rank => self.ask_rank(),
            Slot::Count => self.ask_count(),
            Slot::Selected => self.ask_selected(),
            Slot::Search => self.ask_search(),
            Slot::Held => self.ask_held(),
            Slot::Histogram => self.ask_strip(),
            Slot::Hits => self.ask_strip_hits(),
            Slot::Lanes => self.ask_lanes(),
            Slot::Source => self.ask_reading(),
            Slot::Matrix => self.ask_matrix(),
            Slot::Places => self.ask_places(),
            Slot::Clusters => self.ask_clusters(),
            Slot::Cell => self.ask_cell(),
            Slot::Documents => self.ask_documents(),
            Slot::Facets(dimension) => self.ask_facet(dimension),
            Slot::Explain => self.ask_explain(),
            // An event is what it is, and a jump or a name is asked for by the reader.
            Slot::Jump | Slot::Event | Slot::Palette => {}
        }
    }

    /// The question whose partial answer is on screen while it goes on: its slot and the share done, in percent.
    pub fn searching(&self) -> Option<(Slot, u8)> {
        let running = |slot: &Slot| {
            let asked = self.asked.get(slot).filter(|asked| !asked.done)?;
            Some((*slot, asked.share?))
        };
        let first = [Slot::Search, Slot::Jump, Slot::Count, Slot::Page];
        first.iter().find_map(running).or_else(|| self.asked.keys().find_map(running))
    }

    /// Whether the last answer in a slot speaks only of a part of the events, be it that the question goes on or
    /// that it was stopped.
    pub fn is_partial(&self, slot: Slot) -> bool {
        self.asked.get(&slot).is_some_and(|asked| asked.share.is_some())
    }

    /// Stops what is being searched for or counted and takes long. Whether there was such a thing.
    pub(super) fn stop_searching(&mut self) -> bool {
        let share = self.searching().map(|(_, share)| share);
        let mut stopped = false;
        for (slot, asked) in self.asked.iter_mut().filter(|(_, asked)| !asked.done) {
            if asked.share.is_none() && !matches!(slot, Slot::Search | Slot::Hits | Slot::Jump) {
                continue;
            }
            // Late answers carry another number; what has been answered so far stays a partial answer.
            *asked = Asked { serial: 0, done: true, stale: false, share: asked.share.or(Some(0)) };
            self.effects.push(Effect::Cancel(*slot));
            stopped = true;
        }
        if stopped {
            self.jump = None;
            let share = share.map(|share| format!(" at {share} %")).unwrap_or_default();
            self.say(format!("stopped{share}: what was not counted to its end is marked with +"));
        }
        stopped
    }

    /// Around which row the rows that are held lie: the lit one, or where the cursor is going.
    fn anchor(&self) -> Key {
        let lit = self.lit().filter(|_| !self.cursor.adopt);
        lit.map_or(self.cursor.key, |row| row.key)
    }

    /// Asks for the rows around the cursor.
    pub(super) fn ask_rows(&mut self, why: Why) {
        self.ask_rows_near(self.cursor.key, why);
    }

    fn ask_rows_near(&mut self, key: Key, why: Why) {
        // What an unanswered question was asked for still has to be done.
        self.why_rows = if self.awaits(Slot::Page) { self.why_rows.min(why) } else { why };
        let request = Request::Window { question: self.question(), key, before: REACH, after: REACH };
        self.ask(Slot::Page, request);
    }

    /// Asks for everything that follows from the filter, except the rows.
    pub(super) fn ask_all_but_rows(&mut self) {
        self.ask_count();
        self.ask_rank();
        self.ask_selected();
        self.ask_hits();
        self.ask_strip();
        self.ask_facets();
        self.ask_lanes();
        self.ask_source();
        self.ask_matrix();
        self.ask_map();
    }

    fn count_request(&self, keys: Keys) -> Request {
        Request::Count { question: self.question(), keys }
    }

    fn ask_count(&mut self) {
        self.ask(Slot::Count, self.count_request(Keys::all()));
    }

    pub(super) fn ask_rank(&mut self) {
        let Some(key) = self.lit().map(|row| row.key) else {
            self.rank = None;
            return self.forget(Slot::Rank);
        };
        let request = self.count_request(Keys::up_to(key, self.options.reverse));
        self.ask(Slot::Rank, request);
    }

    pub(super) fn ask_selected(&mut self) {
        let keys = self.selected_keys();
        if keys.is_empty() {
            self.selected = None;
            return self.forget(Slot::Selected);
        }
        self.ask(Slot::Selected, self.count_request(keys));
    }

    /// Asks how many events lie where the rows that are held lie.
    fn ask_held(&mut self) {
        let keys = self.rows.keys(self.options.reverse);
        self.ask(Slot::Held, self.count_request(keys));
    }

    /// Asks how many hits the search has and where they lie.
    pub(super) fn ask_hits(&mut self) {
        self.ask_search();
        self.ask_strip_hits();
    }

    fn ask_search(&mut self) {
        let Some(question) = self.search_question() else {
            self.search.hits = None;
            return self.forget(Slot::Search);
        };
        self.ask(Slot::Search, Request::Count { question, keys: Keys::all() });
    }

    pub(super) fn ask_strip_hits(&mut self) {
        let Some(question) = self.search_question() else {
            self.strip.hits.clear();
            return self.forget(Slot::Hits);
        };
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
        for dimension in self.counted_dimensions() {
            self.ask_facet(dimension);
        }
    }

    /// The dimensions whose values are wanted.
    pub(super) fn counted_dimensions(&self) -> Vec<Dimension> {
        let wanted = |dimension: &Dimension| self.sidebar.shown || COUNTED.contains(dimension);
        self.info.dimensions.iter().copied().filter(wanted).collect()
    }

    fn ask_facet(&mut self, dimension: Dimension) {
        // With the parties stand their actors: a party must not vanish while one of them is looked for.
        let prefix = if dimension == Dimension::Party { String::new() } else { self.sidebar.prefix.clone() };
        let n = sidebar::MOST_VALUES;
        let request = Request::Facets { question: self.question(), dimension, prefix, n };
        self.ask(Slot::Facets(dimension), request);
    }

    /// Asks which term lets nothing through.
    pub(super) fn ask_explain(&mut self) {
        self.ask(Slot::Explain, Request::Explain { question: self.question() });
    }
}
