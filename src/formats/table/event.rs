//! A record as the whole event. Its actors, parties and places are texts as read.

use super::Layout;
use super::dating::Dated;
use super::facts::Scratch;
use super::flaw::{FlawKind, Flaws};
use super::parts::{Claim, Lists, Parts, degrees, list};
use super::record::Record;
use super::role::Role;
use super::shape::Shape;
use crate::chronology::{DEFAULT_ROLE, Event, Extra, Link, Participation, Source, Stance};
use crate::formats::csv::guard::unguard;
use crate::formats::quoted;

impl Layout {
    /// Says what is wrong with a record as such.
    pub(super) fn complain_of(&self, record: &Record<'_>, offset: u64, flaws: &mut Flaws) {
        if !record.is_utf8() {
            flaws.add(FlawKind::Bytes, offset, || "the row is not UTF-8".to_owned());
        }
        if !record.is_whole() {
            flaws.add(FlawKind::Json, offset, || record.why_not());
        }
        if self.lines {
            return;
        }
        let (count, wanted) = (record.cells.len(), self.header.len());
        if count != wanted {
            flaws.add(FlawKind::Width, offset, || {
                format!("the row has {count} cells where {wanted} are meant")
            });
        }
    }

    pub(super) fn event_of(
        &self,
        record: &Record<'_>,
        offset: u64,
        scratch: &mut Scratch,
        flaws: &mut Flaws,
    ) -> Event {
        let mut event = Event::default();
        let mut title = String::new();
        let parts = self.whole_parts(record, std::mem::take(&mut scratch.lists), &mut event);
        let answer = self.dated(&parts, &mut scratch.dates);
        self.complain_of_date((&parts, &answer), offset, flaws);
        self.fill(&mut event, &parts, &answer);
        self.fill_loose(&mut event, &parts, offset, flaws);
        if event.title.is_empty() {
            self.entitle(&mut event, &parts, &mut title);
        }
        scratch.lists = parts.lists.recycled();
        event
    }

    /// The event of a record without what every event has: only its id, fields, links and sources.
    pub(super) fn skim_of(&self, record: &Record<'_>, scratch: &mut Scratch, flaws: &mut Flaws) -> Event {
        let mut event = Event::default();
        let parts = self.whole_parts(record, std::mem::take(&mut scratch.lists), &mut event);
        parts.id.clone_into(&mut event.id);
        self.fill_loose(&mut event, &parts, 0, flaws);
        scratch.lists = parts.lists.recycled();
        event
    }

    /// What all of a record means; what means nothing becomes fields.
    fn whole_parts<'r>(&self, record: &'r Record<'_>, lists: Lists<'r>, event: &mut Event) -> Parts<'r> {
        if self.lines {
            super::json::keep_fields(self, &record.text, event);
            return record.parts(lists);
        }
        let mut parts = Parts::filling(lists);
        for (column, role) in self.roles.iter().enumerate() {
            let text = record.cell(column);
            parts.add(self, *role, text);
            if matches!(role, Role::Field | Role::DateElse | Role::Zone | Role::Exactness) {
                self.keep(event, column, text);
            }
        }
        for column in self.roles.len()..record.cells.len() {
            self.keep(event, column, record.cell(column));
        }
        parts
    }

    /// Keeps a cell as a field.
    fn keep(&self, event: &mut Event, column: usize, text: &str) {
        let text = if self.shape == Shape::Own { unguard(text) } else { text };
        if text.is_empty() || text == self.shape.blank() {
            return;
        }
        event.fields.entry(self.field(column)).or_insert_with(|| text.to_owned());
    }

    /// The name of the field that a column is kept as.
    pub(super) fn field(&self, column: usize) -> String {
        match self.header.get(column) {
            Some(name) if self.shape == Shape::Own => name.strip_prefix("fields.").unwrap_or(name).to_owned(),
            Some(name) => name.clone(),
            None => format!("column {}", column + 1),
        }
    }

    fn fill(&self, event: &mut Event, parts: &Parts<'_>, dated: &Dated<'_>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let own = self.shape == Shape::Own;
        parts.id.clone_into(&mut event.id);
        event.date = dated.date.edtf();
        event.date_text =
            some(parts.date_text).or_else(|| dated.unreadable.or(dated.words).map(str::to_owned));
        event.date_basis = some(parts.date_basis);
        parts.title.clone_into(&mut event.title);
        event.summary = some(parts.summary);
        event.kind = some(parts.kind);
        event.status = parts.status();
        event.note = some(parts.note);
        (event.lat, event.lon) = parts.position();
        let lists = &parts.lists;
        event.actors = lists
            .actors
            .iter()
            .map(|(name, role)| Participation {
                id: (*name).to_owned(),
                role: (own || *role != DEFAULT_ROLE).then(|| (*role).to_owned()),
                extra: Extra::new(),
            })
            .collect();
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        event.parties = texts(&lists.parties);
        event.places = texts(&lists.places);
        event.tags = texts(&lists.tags);
        event.tags.extend(lists.made.iter().map(|(front, text)| format!("{front}{text}")));
    }

    /// Fills in what not every event has: links, sources, and what does not fit its column as a field under the
    /// column's name.
    fn fill_loose(&self, event: &mut Event, parts: &Parts<'_>, offset: u64, flaws: &mut Flaws) {
        event.links = links(parts.links).collect();
        event.sources = parts.lists.claims.iter().map(source).collect();
        for (role, text, misfit) in [
            (Role::Lat, parts.lat, degrees(parts.lat).is_none()),
            (Role::Lon, parts.lon, degrees(parts.lon).is_none()),
            (Role::Status, parts.status, parts.status().is_none()),
        ] {
            if !misfit || text.is_empty() {
                continue;
            }
            if let Some(column) = self.roles.iter().position(|known| *known == role) {
                self.keep(event, column, text);
            }
            if role != Role::Status {
                flaws.add(FlawKind::Value, offset, || {
                    let column = self.column_of(|known| known == role);
                    format!("{column}{} is no number of degrees; it is kept as a field", quoted(text))
                });
            }
        }
        let stances = parts.lists.claims.iter().map(|claim| claim.stance);
        for text in stances.filter(|text| !text.is_empty() && stance(text).is_none()) {
            event.fields.entry("stance".to_owned()).or_insert_with(|| text.to_owned());
        }
    }

    /// Makes a title for an event whose table has none, from what such tables have.
    fn entitle(&self, event: &mut Event, parts: &Parts<'_>, title: &mut String) {
        let names: Vec<&str> = parts.lists.actors.iter().map(|(name, _)| *name).collect();
        let cast = names.join(if self.shape == Shape::Acled { ", " } else { " – " });
        let kind = match self.shape {
            Shape::Acled => parts.lists.tags.first().copied().unwrap_or(parts.kind),
            Shape::Gdelt | Shape::Icews => parts.kind,
            _ => return,
        };
        for part in [kind, &cast].into_iter().filter(|part| !part.is_empty()) {
            if !title.is_empty() {
                title.push_str(": ");
            }
            title.push_str(part);
        }
        event.title = std::mem::take(title);
    }
}

/// The links of a cell: `follows e1; causes e2`, or ids alone.
pub(super) fn links(text: &str) -> impl Iterator<Item = Link> {
    list(text).map(|part| {
        let (relation, event) = part.split_once(' ').unwrap_or(("", part));
        Link { event: event.to_owned(), relation: relation.to_owned(), extra: Extra::new() }
    })
}

pub(super) fn stance(text: &str) -> Option<Stance> {
    Stance::ALL.iter().copied().find(|stance| stance.word() == text)
}

fn source(claim: &Claim<'_>) -> Source {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Source {
        document: some(claim.document),
        quote: some(claim.quote),
        according_to: some(claim.voice),
        stance: stance(claim.stance),
        date: some(claim.date),
        url: some(claim.url),
        publisher: some(claim.publisher),
        ..Source::default()
    }
}
