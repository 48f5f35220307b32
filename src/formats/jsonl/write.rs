//! Writing JSON Lines.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::json::make_visible;
use super::super::select::Plan;
use super::super::{Loss, Piece, Selection, WriteOptions, wording};
use crate::chronology::{Catalogue, Entry, Extra, Link, Participation, Source};
use crate::when::{Certainty, Instant, words};

/// Writes one event a line: the event of the model with its date in words and as two instants, and the names
/// behind its ids.
///
/// # Errors
/// Those of writing, and of the store that the events come from.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let catalogue = selection.catalogue;
    // Only links to what is left out have to be known before.
    let looks = Plan::looks(selection, true);
    selection.events.passes(if looks { 3 } else { 1 });
    let linked = looks && !selection.events.outline(catalogue)?.linked.is_empty();
    if !Plan::looks(selection, linked) {
        selection.events.passes(1 + u32::from(looks));
    }
    let plan = Plan::of_events(selection, options, linked)?;
    let met = Met::new(catalogue);
    let lines = Lines { plan: &plan, catalogue, several: catalogue.layers.len() > 1 };
    let write = |entry: &Entry, _: Certainty, piece: &mut Piece| {
        met.note(entry);
        let start = piece.bytes.len();
        lines.write(entry, &mut piece.bytes)?;
        make_visible(&mut piece.bytes, start);
        piece.bytes.push(b'\n');
        Ok(())
    };
    selection.events.in_pieces(&write, &mut |piece| out.write_all(&piece.bytes))?;
    let mut losses = plan.losses();
    losses.extend(met.losses(catalogue));
    Ok(losses)
}

/// The actors and places that were met, by several threads at once.
struct Met {
    actors: Vec<AtomicBool>,
    places: Vec<AtomicBool>,
}

impl Met {
    fn new(catalogue: &Catalogue) -> Self {
        let none = |count| (0..count).map(|_| AtomicBool::new(false)).collect();
        Self { actors: none(catalogue.actors.len()), places: none(catalogue.places.len()) }
    }

    fn note(&self, entry: &Entry) {
        let mark = |list: &[AtomicBool], at: u32| {
            // What is marked already is only looked at, so that threads do not get into each other's way.
            if let Some(met) = list.get(at as usize).filter(|met| !met.load(Ordering::Relaxed)) {
                met.store(true, Ordering::Relaxed);
            }
        };
        entry.cast.iter().for_each(|cast| mark(&self.actors, cast.actor.0));
        entry.places.iter().for_each(|place| mark(&self.places, place.0));
    }

    /// What no line has of them.
    fn losses(&self, catalogue: &Catalogue) -> Vec<Loss> {
        fn met<'l, T>(list: &'l [T], met: &'l [AtomicBool]) -> impl Iterator<Item = &'l T> {
            list.iter().zip(met).filter(|(_, met)| met.load(Ordering::Relaxed)).map(|(item, _)| item)
        }
        let more = met(&catalogue.actors, &self.actors).filter(|known| {
            let actor = &known.actor;
            let beside = (&actor.kind, &actor.part_of, &actor.note, &actor.aliases, &actor.extra);
            let bare = (&None, &None, &None, &Vec::new(), &Map::new());
            beside != bare || !actor.memberships.is_empty()
        });
        let somewhere = met(&catalogue.places, &self.places).filter(|place| place.lat.is_some());
        wording::losses([
            (
                more.count() as u64,
                ("actor kept only its id and name", "actors kept only their ids and names"),
            ),
            (
                somewhere.count() as u64,
                (
                    "place kept only its name, not where it is",
                    "places kept only their names, not where they are",
                ),
            ),
        ])
    }
}

/// An object or a list that is being written.
struct Open<'o> {
    out: &'o mut Vec<u8>,
    begun: bool,
}

impl<'o> Open<'o> {
    /// Begins an object or a list with its mark.
    fn begin(out: &'o mut Vec<u8>, mark: u8) -> Self {
        out.push(mark);
        Self { out, begun: false }
    }

    /// Where the next item of a list is written.
    fn item(&mut self) -> &mut Vec<u8> {
        if self.begun {
            self.out.push(b',');
        }
        self.begun = true;
        self.out
    }

    /// Where the value of a member is written.
    fn key(&mut self, key: &str) -> io::Result<&mut Vec<u8>> {
        self.item();
        value(self.out, key)?;
        self.out.push(b':');
        Ok(self.out)
    }

    /// A member.
    fn member(&mut self, key: &str, value_of: &(impl Serialize + ?Sized)) -> io::Result<()> {
        value(self.key(key)?, value_of)
    }

    /// A member that may be absent.
    fn maybe(&mut self, key: &str, value_of: Option<&impl Serialize>) -> io::Result<()> {
        value_of.map_or(Ok(()), |value_of| self.member(key, value_of))
    }

    /// A text that may be empty, and is absent then.
    fn filled(&mut self, key: &str, text: &str) -> io::Result<()> {
        if text.is_empty() { Ok(()) } else { self.member(key, text) }
    }

    /// A list; absent where it is empty.
    fn list<T>(
        &mut self,
        key: &str,
        items: &[T],
        mut each: impl FnMut(&T, &mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let mut list = Open::begin(self.key(key)?, b'[');
        for item in items {
            each(item, list.item())?;
        }
        self.out.push(b']');
        Ok(())
    }

    /// Members not known here, but for those of these names.
    fn extra(&mut self, extra: &Extra, but: &[&str]) -> io::Result<()> {
        extra
            .iter()
            .filter(|(key, _)| !but.contains(&key.as_str()))
            .try_for_each(|(key, value)| self.member(key, value))
    }

    fn end(self) {
        self.out.push(b'}');
    }
}

fn value(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    Ok(serde_json::to_writer(out, value)?)
}

/// What lines are made with.
struct Lines<'p> {
    plan: &'p Plan<'p>,
    catalogue: &'p Catalogue,
    /// Whether there are several layers.
    several: bool,
}

impl Lines<'_> {
    fn write(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()> {
        let event = &entry.event;
        let mut line = Open::begin(out, b'{');
        let mut made = Vec::new();
        line.filled("id", self.plan.event_id(entry.layer, &event.id))?;
        if self.several {
            line.member("layer", &self.catalogue.layer(entry.layer).name)?;
            made.push("layer");
        }
        line.maybe("date", event.date.as_ref())?;
        if let (Some(when), Some(bounds)) = (&entry.when, &entry.bounds) {
            line.member("when", &words::write(when, entry.as_of.as_ref()))?;
            instant(bounds.hull.s0, line.key("earliest")?);
            instant(bounds.hull.e1, line.key("latest")?);
            made.extend(["when", "earliest", "latest"]);
        }
        line.maybe("date_text", event.date_text.as_ref())?;
        line.maybe("date_basis", event.date_basis.as_ref())?;
        line.filled("title", &event.title)?;
        line.maybe("summary", event.summary.as_ref())?;
        line.maybe("kind", event.kind.as_ref())?;
        line.maybe("status", event.status.as_ref())?;
        line.list("actors", &event.actors, |actor, out| self.actor(actor, out))?;
        if !event.parties.is_empty() {
            self.parties(entry, &mut line)?;
        }
        line.list("places", &event.places, |id, out| value(out, self.place(id)))?;
        line.maybe("lat", event.lat.as_ref())?;
        line.maybe("lon", event.lon.as_ref())?;
        line.list("tags", &event.tags, |tag, out| value(out, tag))?;
        if !event.fields.is_empty() {
            line.member("fields", &event.fields)?;
        }
        let links: Vec<&Link> =
            event.links.iter().filter(|link| self.plan.keeps_link(entry.layer, link)).collect();
        line.list("links", &links, |link, out| {
            let mut object = Open::begin(out, b'{');
            object.member("event", self.plan.event_id(entry.layer, &link.event))?;
            object.filled("relation", &link.relation)?;
            object.extra(&link.extra, &[])?;
            object.end();
            Ok(())
        })?;
        line.list("sources", &event.sources, |source, out| self.source(entry, source, out))?;
        line.maybe("note", event.note.as_ref())?;
        line.maybe("review", event.review.as_ref())?;
        line.maybe("confidence", event.confidence.as_ref())?;
        line.maybe("confidence_basis", event.confidence_basis.as_ref())?;
        line.extra(&event.extra, &made)?;
        if event.parties.is_empty() {
            self.parties(entry, &mut line)?;
        }
        line.end();
        Ok(())
    }

    /// The parties by name, those of the actors among them, so that no other line and no other file is needed.
    fn parties(&self, entry: &Entry, line: &mut Open<'_>) -> io::Result<()> {
        line.list("parties", &entry.parties, |party, out| {
            let party = self.catalogue.party(*party);
            value(out, wording::name_or_id(&party.name, &party.id))
        })
    }

    /// An actor with its name between id and role.
    fn actor(&self, actor: &Participation, out: &mut Vec<u8>) -> io::Result<()> {
        let id = self.plan.actor_id(&actor.id);
        let mut object = Open::begin(out, b'{');
        object.filled("id", id)?;
        let known = if id.is_empty() { None } else { self.catalogue.actor_by_id(id) };
        if let Some(index) = known {
            let name = &self.catalogue.actor(index).actor.name;
            object.member("name", actor.extra.get("name").unwrap_or(&Value::from(name.as_str())))?;
        }
        object.maybe("role", actor.role.as_ref())?;
        object.extra(&actor.extra, if known.is_some() { &["name"] } else { &[] })?;
        object.end();
        Ok(())
    }

    /// A place's name, or its id where it has none.
    fn place<'b>(&'b self, id: &'b str) -> &'b str {
        let id = self.plan.place_id(id);
        let name = self.catalogue.place_by_id(id).map(|place| self.catalogue.place(place).name.as_str());
        name.filter(|name| !name.is_empty()).unwrap_or(id)
    }

    /// A source with what its document says of itself, and the name of the one whose word it is.
    fn source(&self, entry: &Entry, source: &Source, out: &mut Vec<u8>) -> io::Result<()> {
        let own = source.document.as_deref();
        let document = wording::document_of(self.catalogue, entry, source).map(|known| &known.document);
        let voice = source.according_to.as_deref().map(|id| self.plan.actor_id(id));
        let mut object = Open::begin(out, b'{');
        object.maybe("document", own.map(|id| self.plan.document_id(entry.layer, id)).as_ref())?;
        object.maybe("quote", source.quote.as_ref())?;
        object.maybe("start", source.start.as_ref())?;
        object.maybe("end", source.end.as_ref())?;
        object.maybe("according_to", voice.as_ref())?;
        object.maybe("stance", source.stance.as_ref())?;
        object.maybe("date", source.date.as_ref())?;
        object.maybe("url", source.url.as_ref())?;
        object.maybe("publisher", source.publisher.as_ref())?;
        object.extra(&source.extra, &[])?;
        let mut fill = |key: &str, text: Option<&str>| match text.filter(|text| !text.is_empty()) {
            Some(text) if !source.extra.contains_key(key) => object.member(key, text),
            _ => Ok(()),
        };
        let actor = voice.and_then(|id| self.catalogue.actor_by_id(id));
        fill("according_to_name", actor.map(|actor| self.catalogue.actor(actor).actor.name.as_str()))?;
        if let Some(document) = document {
            fill("document_title", Some(&document.title))?;
            if source.publisher.is_none() {
                fill("publisher", document.publisher.as_deref())?;
            }
            fill("published", document.published.as_deref())?;
            if source.url.is_none() {
                fill("url", document.url.as_deref())?;
            }
        }
        object.end();
        Ok(())
    }
}

/// An instant as date and time in UTC (ISO 8601), null where it is infinite. A last instant of a second is
/// written as that second.
fn instant(instant: Instant, out: &mut Vec<u8>) {
    let Some(civil) = instant.civil() else { return out.extend_from_slice(b"null") };
    let mut text = String::with_capacity(40);
    match civil.year {
        0..=9999 => wording::digits(civil.year.unsigned_abs(), 4, &mut text),
        year => text.push_str(&format!("{year:+05}")),
    }
    for part in [civil.month, civil.day] {
        text.push('-');
        wording::digits(part.into(), 2, &mut text);
    }
    wording::clock(&civil, !matches!(civil.nanos, 0 | 999_999_999), &mut text);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}
