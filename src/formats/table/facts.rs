//! The facts of a record that are indexed, without its event being made.

use super::Layout;
use super::dates::Dates;
use super::dating::{Date, Dated};
use super::flaw::{FlawKind, Flaws};
use super::parts::{Lists, Parts};
use super::record::Record;
use super::role::Role;
use crate::chronology::{DEFAULT_ROLE, Event, Facts, Flag, Flags, Position, Stance, Status, claims};
use crate::formats::quoted;
use crate::when::{Bounds, When};

/// What is used again from record to record.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub dates: Dates,
    pub lists: Lists<'static>,
    tags: String,
}

impl Layout {
    /// Calls `each` with the facts of a record.
    pub(super) fn facts(
        &self,
        record: &Record<'_>,
        offset: u64,
        scratch: &mut Scratch,
        flaws: &mut Flaws,
        each: impl FnOnce(&Facts<'_>),
    ) {
        let mut tags = std::mem::take(&mut scratch.tags);
        let mut parts = record.parts(std::mem::take(&mut scratch.lists));
        let hash = record.hash_of(&parts);
        if parts.lists.claims.iter().any(|claim| !claim.date.is_empty()) {
            // Claims about the date: rare, and worked out from the whole event.
            let event = self.event_of(record, offset, scratch, flaws);
            WholeFacts::of(&event).with(offset, hash, each);
        } else {
            let dated = self.dated(&parts, &mut scratch.dates);
            self.complain_of_date((&parts, &dated), offset, flaws);
            make_tags(&parts, &mut tags);
            add_made(&mut parts.lists, &tags);
            each_of(&mut parts, &dated, offset, hash, each);
        }
        scratch.lists = std::mem::take(&mut parts.lists).recycled();
        drop(parts);
        tags.clear();
        scratch.tags = tags;
    }
}

/// The texts of tags that are made, one behind the other.
fn make_tags(parts: &Parts<'_>, tags: &mut String) {
    for (front, text) in &parts.lists.made {
        tags.push_str(front);
        tags.push_str(text);
    }
}

fn add_made<'r>(lists: &mut Lists<'r>, tags: &'r str) {
    let mut rest = tags;
    for (front, text) in &lists.made {
        let Some((tag, after)) = rest.split_at_checked(front.len() + text.len()) else { return };
        lists.tags.push(tag);
        rest = after;
    }
}

/// The facts of a record whose sources do not date it.
fn each_of(parts: &mut Parts<'_>, dated: &Dated<'_>, offset: u64, hash: u32, each: impl FnOnce(&Facts<'_>)) {
    let bounds = dated.date.bounds();
    let status = parts.status();
    let lists = &mut parts.lists;
    let mut flags = date_flags(&dated.date, status);
    let mut denied = false;
    for claim in &lists.claims {
        flags = flags
            .with(Flag::Quote, !claim.quote.is_empty())
            .with(Flag::Url, !claim.url.is_empty())
            .with(Flag::Claim, !claim.voice.is_empty());
        denied |= claim.stance == Stance::Denies.word();
        lists.voices.push((!claim.voice.is_empty()).then_some(claim.voice));
        if !claim.document.is_empty() && !lists.documents.contains(&claim.document) {
            lists.documents.push(claim.document);
        }
    }
    let (lat, lon) = parts.position();
    let position = lat.zip(lon).and_then(|(lat, lon)| Position::new(lat, lon));
    let placed = !parts.lists.places.is_empty() || lat.and(lon).is_some();
    let flags = flags
        .with(Flag::Contested, denied || status == Some(Status::Disputed))
        .with(Flag::Place, placed)
        .with(Flag::Note, !parts.note.is_empty())
        .with(Flag::Link, super::event::links(parts.links).next().is_some());
    let lists = &parts.lists;
    each(&Facts {
        offset,
        hash,
        bounds: bounds.as_ref(),
        flags,
        status: status.unwrap_or(Status::Occurred),
        kind: (!parts.kind.is_empty()).then_some(parts.kind),
        actors: &lists.actors,
        parties: &lists.parties,
        places: &lists.places,
        position,
        tags: &lists.tags,
        documents: &lists.documents,
        voices: &lists.voices,
    });
}

/// What a date is by itself.
fn date_flags(date: &Date<'_>, status: Option<Status>) -> Flags {
    let flags = Flags::default();
    let flags = match date {
        Date::None => flags,
        Date::One(..) => flags.with(Flag::Point, true),
        Date::Span(..) => flags.with(Flag::Span, true).with(Flag::End, true),
        Date::Known(known) => when_flags(&known.when),
    };
    flags.with(Flag::Ongoing, status == Some(Status::Ongoing))
}

fn when_flags(when: &When) -> Flags {
    let interval = when.is_interval();
    Flags::default()
        .with(Flag::Fuzzy, when.is_fuzzy())
        .with(Flag::Point, !interval)
        .with(Flag::Span, interval)
        .with(Flag::Ongoing, when.has_open_end())
        .with(Flag::End, interval && !when.has_open_end() && !when.has_unknown_end())
}

impl Layout {
    /// Says what is wrong with a date, and in which column.
    pub(super) fn complain_of_date(
        &self,
        (parts, dated): (&Parts<'_>, &Dated<'_>),
        offset: u64,
        flaws: &mut Flaws,
    ) {
        if let Some(text) = dated.unreadable {
            flaws.add(FlawKind::Date, offset, || {
                let other = parts.date != text && parts.date_else == text;
                let of_date = |role: Role| match role {
                    Role::DateElse => other,
                    Role::Date | Role::Part(_) => !other,
                    _ => false,
                };
                let column = self.column_of(of_date);
                format!("{column}{} is no date that can be read; the event is undated", quoted(text))
            });
        }
        if let Some(text) = dated.bad_end {
            flaws.add(FlawKind::End, offset, || {
                let column = self.column_of(|role| matches!(role, Role::End | Role::EndPart(_)));
                format!("{column}{} is no end that fits the date; it is left out", quoted(text))
            });
        }
        complain_of_restored(dated, offset, flaws);
    }

    /// The name of the first column that has such a role, to stand before what is said of it; empty: none has.
    pub(super) fn column_of(&self, is: impl Fn(Role) -> bool) -> String {
        let column = self.roles.iter().position(|role| is(*role)).and_then(|column| self.header.get(column));
        column.map(|name| format!("column {}: ", quoted(name))).unwrap_or_default()
    }
}

fn complain_of_restored(dated: &Dated<'_>, offset: u64, flaws: &mut Flaws) {
    if dated.restored {
        let made = dated.date.edtf().unwrap_or_default();
        flaws.add(FlawKind::Restored, offset, || format!("the date was spoiled and is restored as {made}"));
    }
}

/// The facts of an event that was made as a whole.
pub(super) struct WholeFacts<'e> {
    event: &'e Event,
    bounds: Option<Bounds>,
    flags: Flags,
    actors: Vec<(&'e str, &'e str)>,
    parties: Vec<&'e str>,
    places: Vec<&'e str>,
    tags: Vec<&'e str>,
    documents: Vec<&'e str>,
    voices: Vec<Option<&'e str>>,
}

impl<'e> WholeFacts<'e> {
    pub fn of(event: &'e Event) -> Self {
        let dating = claims::date(event, None);
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        let any = |test: &dyn Fn(&crate::chronology::Source) -> bool| event.sources.iter().any(test);
        let denied = any(&|source| source.stance == Some(Stance::Denies));
        let flags = dating.when.as_ref().map_or_else(Flags::default, when_flags);
        let flags = flags
            .with(Flag::Ongoing, event.status == Some(Status::Ongoing))
            .with(Flag::Contested, dating.differ || denied || event.status == Some(Status::Disputed))
            .with(Flag::Proposed, event.review == Some(crate::chronology::Review::Proposed))
            .with(Flag::Place, !event.places.is_empty() || event.lat.is_some() && event.lon.is_some())
            .with(Flag::Quote, any(&|source| filled(&source.quote)))
            .with(Flag::Note, filled(&event.note))
            .with(Flag::Link, !event.links.is_empty())
            .with(Flag::Url, any(&|source| filled(&source.url)))
            .with(Flag::Claim, any(&|source| filled(&source.according_to)));
        let mut documents: Vec<&str> = Vec::new();
        for document in event.sources.iter().filter_map(|source| source.document.as_deref()) {
            if !documents.contains(&document) {
                documents.push(document);
            }
        }
        let role = |role: &'e Option<String>| role.as_deref().unwrap_or(DEFAULT_ROLE);
        let texts = |list: &'e Vec<String>| list.iter().map(String::as_str).collect();
        Self {
            event,
            bounds: dating.bounds,
            flags,
            actors: event.actors.iter().map(|actor| (actor.id.as_str(), role(&actor.role))).collect(),
            parties: texts(&event.parties),
            places: texts(&event.places),
            tags: texts(&event.tags),
            documents,
            voices: event.sources.iter().map(|source| source.according_to.as_deref()).collect(),
        }
    }

    pub fn with(&self, offset: u64, hash: u32, each: impl FnOnce(&Facts<'_>)) {
        each(&Facts {
            offset,
            hash,
            bounds: self.bounds.as_ref(),
            flags: self.flags,
            status: self.event.status.unwrap_or(Status::Occurred),
            kind: self.event.kind.as_deref(),
            actors: &self.actors,
            parties: &self.parties,
            places: &self.places,
            position: self.event.position(),
            tags: &self.tags,
            documents: &self.documents,
            voices: &self.voices,
        });
    }
}
