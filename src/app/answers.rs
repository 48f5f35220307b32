//! Answers from the store.

use super::asking::Why;
use super::effect::Effect;
use super::{App, Followed, Jump};
use crate::store::{Answer, Count, Key, Reply, Request, Row, Slot, StoreError};

impl App {
    /// Takes an answer, of which more may follow until it is done. One to an older question is dropped.
    pub fn answer(
        &mut self,
        slot: Slot,
        serial: u64,
        answer: Result<Answer<Reply>, StoreError>,
    ) -> Vec<Effect> {
        if !self.note(slot, serial, answer.as_ref().ok()) {
            return Vec::new();
        }
        match answer {
            Ok(answer) => {
                self.take(slot, answer.value, answer.done);
                self.catch_up(slot, serial);
            }
            Err(StoreError::Cancelled) => {}
            Err(error) => self.fail(slot, format!("the chronology cannot be read: {error}")),
        }
        std::mem::take(&mut self.effects)
    }

    /// There is no answer: nothing is left on screen that would be taken for one.
    fn fail(&mut self, slot: Slot, why: String) {
        match slot {
            Slot::Page if self.why_rows == Why::Filtered => {
                self.rows = super::rows::Rows::default();
                self.rows.failed = Some(why.clone());
                self.arrived();
            }
            Slot::Count => self.count = None,
            Slot::Rank => self.rank = None,
            Slot::Selected => self.selected = None,
            Slot::Search => self.search.hits = None,
            Slot::Explain => self.explained.clear(),
            Slot::Facets(dimension) => drop(self.sidebar.facets.remove(&dimension)),
            Slot::Jump => self.jump = None,
            Slot::Histogram => self.strip.density.fill(Count::default()),
            Slot::Hits => self.strip.hits.clear(),
            Slot::Lanes => self.lanes.held = super::lanes::Held::default(),
            Slot::Source => self.source.held = None,
            Slot::Matrix => self.matrix.held = None,
            Slot::Places => self.map.held = None,
            Slot::Clusters => self.map.clear_points(),
            Slot::Cell => self.matrix.going_on = None,
            Slot::Documents => self.source.counts = None,
            Slot::Page | Slot::Held | Slot::Event | Slot::Palette => {}
        }
        self.complain(why);
    }

    fn take(&mut self, slot: Slot, reply: Reply, done: bool) {
        match reply {
            Reply::Window { after, .. } if slot == Slot::Palette => self.take_palette(after),
            Reply::Window { before, after } => self.take_window(before, after, done),
            Reply::Row(row) if slot == Slot::Event => self.take_title(row.as_ref()),
            Reply::Row(row) if done => self.take_jump(row),
            // It is still being looked for.
            Reply::Row(_) => {}
            Reply::Count(count) => match slot {
                Slot::Search => self.search.hits = Some(count),
                Slot::Rank => self.rank = Some(count.total()),
                Slot::Selected => self.selected = Some(count),
                Slot::Cell => self.take_cell(count),
                Slot::Held => self.take_held(count.total(), done),
                _ => self.count = Some(count),
            },
            Reply::Facets(_, counts) if slot == Slot::Documents => self.take_counts(counts),
            Reply::Facets(_, places) if slot == Slot::Places => self.take_places(places),
            Reply::Source(_) => self.take_reading(reply),
            Reply::Matrix(_) => self.take_matrix(reply),
            Reply::Clusters(clusters) => self.take_clusters(&clusters),
            Reply::Facets(dimension, facets) => {
                self.sidebar.facets.insert(dimension, facets);
            }
            Reply::Histogram { edges, histogram } if slot == Slot::Hits => {
                self.strip.take_hits(&edges, &histogram);
            }
            Reply::Histogram { edges, histogram } => {
                if self.strip.take(&edges, &histogram) {
                    self.ask_strip();
                    self.ask_strip_hits();
                } else {
                    self.lay_lanes();
                }
            }
            Reply::Events(_) | Reply::Values { .. } => self.take_lanes(reply),
            Reply::Explain(terms) => self.explained = terms,
        }
    }

    /// Takes the rows around the cursor. A part of them replaces what is on screen only where that answers another
    /// filter, or where the part shows what the reader goes to.
    fn take_window(&mut self, before: Vec<Row>, after: Vec<Row>, done: bool) {
        let useful = match self.why_rows {
            Why::Filtered => true,
            Why::Moved => !after.is_empty(),
            Why::More => false,
        };
        if done || useful {
            self.take_rows(before, after, done);
        }
    }

    /// Asks for the rows again where there are others by now.
    fn take_held(&mut self, total: u64, done: bool) {
        let held = self.rows.rows.len() as u64;
        if total > held || (done && total != held) {
            self.renew(Slot::Page);
        }
    }

    /// Whether the lit row is where the cursor was sent to: the very one, or the nearest, if that is known. What lies
    /// nearest to a date is known only when all is read.
    fn has_arrived(&self, lit: Key, nearest: bool) -> bool {
        let to_end =
            [true, false].iter().any(|first| self.cursor.key == Key::end(*first, self.options.reverse));
        lit == self.cursor.key || (nearest && (to_end || !self.info.loading))
    }

    fn take_rows(&mut self, before: Vec<Row>, after: Vec<Row>, done: bool) {
        let height = self.list_height();
        let forgotten = self.rows.lit_before();
        let lit_before = self.lit().map(|row| row.key).or(forgotten);
        let nearest = done || !after.is_empty();
        self.rows.take(before, after, done, height);
        let lit = self.lit().map(|row| row.key);
        if let Some(key) = lit.filter(|key| self.cursor.adopt && self.has_arrived(*key, nearest)) {
            self.cursor.key = key;
            self.cursor.adopt = false;
        }
        let followed = if done { self.followed.take() } else { None };
        if let Some(followed) = followed.filter(|followed| lit != Some(followed.key)) {
            self.turn_back(&followed);
        } else if lit == lit_before {
            if forgotten.is_some() {
                self.ask_rank();
                self.ask_selected();
            }
            self.ask_link_titles();
        } else {
            self.arrived();
        }
        if done && self.rows.rows.is_empty() && !self.filter.is_empty() {
            self.ask_explain();
        }
    }

    /// Asks for the first title that a link of the lit event needs and that is not known.
    pub(super) fn ask_link_titles(&mut self) {
        let Some(row) = self.lit() else { return };
        let layer = row.entry.layer;
        let held = self.rows.rows.iter().filter(|other| other.entry.layer == layer);
        let wanted: Vec<String> = row
            .entry
            .event
            .links
            .iter()
            .map(|link| link.event.clone())
            .filter(|id| !self.titles.contains_key(&(layer.0, id.clone())))
            .collect();
        if wanted.is_empty() {
            return;
        }
        let found: Vec<(String, String)> = held
            .filter(|other| wanted.contains(&other.entry.event.id))
            .map(|other| (other.entry.event.id.clone(), other.entry.event.title.clone()))
            .collect();
        let missing = wanted.iter().find(|id| !found.iter().any(|(known, _)| known == *id)).cloned();
        self.titles.extend(found.into_iter().map(|(id, title)| ((layer.0, id), title)));
        if let Some(id) = missing {
            let layer = self.info.catalogue.layer(layer).name.clone();
            self.ask(Slot::Event, Request::Event { layer, id });
        }
    }

    fn take_title(&mut self, row: Option<&Row>) {
        // A link to an event that does not exist keeps its id as its text and is not asked for again.
        if let Some(row) = row {
            let key = (row.entry.layer.0, row.entry.event.id.clone());
            self.titles.insert(key, row.entry.event.title.clone());
            self.ask_link_titles();
        }
    }

    fn take_jump(&mut self, row: Option<Row>) {
        let Some(jump) = self.jump.take() else { return };
        match (jump, row) {
            (Jump::Hit { wrapped, forward }, Some(row)) => {
                if wrapped {
                    self.say(if forward { "on from the first" } else { "on from the last" });
                }
                self.go_to(row.key);
            }
            (Jump::Hit { forward, wrapped: false }, None) => {
                self.jump_to_hit(Key::end(forward, self.options.reverse), forward, true, true);
            }
            (Jump::Hit { .. }, None) => self.say("no hit among the events shown"),
            (Jump::Actor, Some(row)) => self.go_to(row.key),
            (Jump::Actor, None) => {
                let name = self.actor.as_ref().map(|id| self.actor_name(id)).unwrap_or_default();
                self.say(format!("no further event of {name}"));
            }
            (Jump::Link | Jump::Id(_) | Jump::Noted(_), Some(row)) => self.arrive_by_link(&row),
            (Jump::Revised, Some(row)) => {
                let said = self.message.take();
                self.arrive_by_link(&row);
                self.message = said;
            }
            (Jump::Join(key), Some(row)) if row.key == key => self.join_with(&row),
            (Jump::Join(_), _) => self.complain("the selected event is gone"),
            (Jump::Noted(noticed), None) => self.go_where_it_stood(&noticed),
            (Jump::Resumed, Some(row)) => {
                let said = self.message.take();
                self.go_to(row.key);
                self.message = said;
            }
            // The nearest to its date is lit.
            (Jump::Resumed | Jump::Revised, None) => {}
            (Jump::Link, None) => self.complain("that event is not in this chronology"),
            (Jump::Id(id), None) => self.complain(format!("{id}: no action, date or event is called that")),
        }
    }

    /// Goes to an event by its id, so that it can be come back from.
    fn arrive_by_link(&mut self, row: &Row) {
        let from = self.lit().map(|row| row.key);
        self.pane.back.extend(from);
        self.go_to(row.key);
        if self.cursor.adopt {
            let title = row.entry.event.title.clone();
            self.followed = Some(Followed { key: row.key, title, from });
        }
    }

    /// The filter hides the event that was gone to: that is said, and the reader is where they were.
    fn turn_back(&mut self, followed: &Followed) {
        self.pane.back.pop();
        if let Some(from) = followed.from {
            self.go_to(from);
        }
        let how = self.told("{clear-filter} clears it, {undo} brings it back");
        self.say(format!("the filter hides “{}”: {how}", followed.title));
    }
}
