//! Where the reader was: told when the browser is left, and gone back to when the same source is opened again.

use std::sync::Arc;

use super::movement::key_at;
use super::{App, Cursor, Jump, View};
use crate::notebook::Session;
use crate::query::{Filter, Highlighter};
use crate::store::{Request, Slot};
use crate::when::{Instant, TimeRange, When};

impl App {
    /// Where the reader is.
    pub fn session(&self) -> Session {
        let lit = self.lit().filter(|_| self.rank != Some(1));
        let (layer, id) = lit.map(|row| self.name_of(&row.entry)).unwrap_or_default();
        let date = lit.and_then(|row| row.entry.when.as_ref()).map(ToString::to_string);
        let ends = self.strip.view.map(|view| [view.first, view.last]);
        Session {
            layer,
            id,
            date: date.unwrap_or_default(),
            view: self.view.name().to_owned(),
            filter: self.filter.to_string(),
            zoom: ends.iter().flatten().map(|end| end.secs).collect(),
            nanos: ends.iter().flatten().map(|end| end.nanos).collect(),
        }
    }

    /// Is where the reader was, as far as nothing else is asked for. Before anything is asked of the store.
    pub(super) fn resume(&mut self, session: &Session) {
        let mut back = Vec::new();
        let view = View::ALL.into_iter().find(|view| view.name() == session.view);
        if let Some(view) = view.filter(|view| *view != self.view && (view.is_text() || !self.options.linear))
        {
            self.view = view;
            back.push(format!("view {}", view.name()));
        }
        if let Some(filter) = self.filter_of(session) {
            back.push(format!("filter {filter}"));
            self.search.highlighter = Highlighter::new(&filter);
            self.filter = Arc::new(filter);
        }
        let nanos = session.nanos.iter().copied().chain(std::iter::repeat(0));
        let ends = session.zoom.iter().zip(nanos).map(|(secs, nanos)| Instant { secs: *secs, nanos });
        if let [first, last] = *ends.collect::<Vec<_>>().as_slice()
            && first < last
            && last.nanos < 1_000_000_000
            && first.nanos < 1_000_000_000
        {
            self.strip.view = Some(TimeRange { first, last });
            back.push("zoomed".to_owned());
        }
        if !session.id.is_empty() {
            if let Ok(when) = When::parse(&session.date) {
                self.cursor = Cursor { key: key_at(&when, self.options.reverse), adopt: true };
            }
            let (layer, id) = (session.layer.clone(), session.id.clone());
            self.jump = Some(Jump::Resumed);
            self.ask(Slot::Jump, Request::Event { layer, id });
        }
        if !back.is_empty() || !session.id.is_empty() {
            let what = if back.is_empty() { String::new() } else { format!(": {}", back.join(", ")) };
            self.say(format!("back where you were{what} (--fresh begins anew)"));
        }
    }

    fn filter_of(&self, session: &Session) -> Option<Filter> {
        let filter = Filter::parse(&session.filter, self.options.today.as_ref()).ok()?;
        (!filter.is_empty()).then_some(filter)
    }
}
