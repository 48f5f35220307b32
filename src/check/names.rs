//! Ids and what they name: repeated, missing and unknown ones, circles, memberships; and numbers out of range.

use std::collections::HashMap;

use super::spot::Spot;
use super::{Checker, Loaded};
use crate::chronology::{Actor, Event};
use crate::formats::quoted;
use crate::text::fold::fold;
use crate::text::nearest::nearest;
use crate::when::{Instant, When};

/// The ids of one kind of thing, with its names for proposals.
struct Known<'a> {
    /// "party", "actor", ...
    what: &'static str,
    /// The line where each id stands first.
    lines: HashMap<&'a str, u32>,
    names: HashMap<String, &'a str>,
}

impl<'a> Known<'a> {
    /// Collects ids; repeated and missing ones are faults.
    fn new(
        checker: &mut Checker<'_>,
        what: &'static str,
        items: impl Iterator<Item = (Spot<'a>, &'a str, Vec<&'a str>)>,
    ) -> Self {
        let mut known = Self { what, lines: HashMap::new(), names: HashMap::new() };
        for (spot, id, names) in items {
            if id.is_empty() {
                if what != "event" || spot.has("id") {
                    checker.error(spot.get("id"), format!("this {what} has an empty id"));
                }
                continue;
            }
            if let Some(first) = known.lines.get(id) {
                let message =
                    format!("the {what} id {} is repeated; it is first in line {first}", quoted(id));
                checker.error(spot.get("id"), message);
                continue;
            }
            known.lines.insert(id, spot.get("id").position().line);
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                known.names.entry(fold(name)).or_insert(id);
            }
        }
        known
    }

    /// Reports an id that names nothing.
    fn expect(&self, checker: &mut Checker<'_>, spot: Spot<'_>, id: &str) {
        if self.lines.contains_key(id) {
            return;
        }
        let what = self.what;
        if id.is_empty() {
            checker.error(spot, format!("here should be the id of an existing {what}"));
            return;
        }
        checker.error(spot, format!("there is no {what} {}", quoted(id)));
        let by_name = self.names.get(&fold(id)).copied();
        // Of several that are equally near always the same is proposed.
        let mut all: Vec<&str> = self.lines.keys().copied().collect();
        all.sort_unstable();
        let near = by_name.or_else(|| nearest(id, all));
        checker.hint(near.map(|near| format!("did you mean {near}?")));
    }
}

fn names<'a>(name: &'a str, aliases: &'a [String]) -> Vec<&'a str> {
    std::iter::once(name).chain(aliases.iter().map(String::as_str)).collect()
}

/// Everything that documents, parties, actors, places and events name.
pub(super) fn check(checker: &mut Checker<'_>) {
    let loaded = checker.loaded;
    let chronology = loaded.chronology();
    let documents = loaded.each("documents", &chronology.documents);
    let documents =
        Known::new(checker, "document", documents.map(|(spot, item)| (spot, item.id.as_str(), Vec::new())));
    let parties = loaded.each("parties", &chronology.parties);
    let parties = parties.map(|(spot, item)| (spot, item.id.as_str(), names(&item.name, &item.aliases)));
    let parties = Known::new(checker, "party", parties);
    let actors = loaded.each("actors", &chronology.actors);
    let actors = actors.map(|(spot, item)| (spot, item.id.as_str(), names(&item.name, &item.aliases)));
    let actors = Known::new(checker, "actor", actors);
    let places = loaded.each("places", &chronology.places);
    let places = places.map(|(spot, item)| (spot, item.id.as_str(), names(&item.name, &item.aliases)));
    let places = Known::new(checker, "place", places);
    let events = loaded.each("events", &chronology.events);
    let events =
        Known::new(checker, "event", events.map(|(spot, item)| (spot, item.id.as_str(), Vec::new())));
    unnamed(checker);
    for (spot, actor) in loaded.each("actors", &chronology.actors) {
        if let Some(id) = &actor.party {
            parties.expect(checker, spot.get("party"), id);
        }
        if let Some(id) = &actor.part_of {
            actors.expect(checker, spot.get("part_of"), id);
        }
        for (index, membership) in actor.memberships.iter().enumerate() {
            let at = spot.table("memberships", index);
            parties.expect(checker, at.get("party"), &membership.party);
        }
        memberships(checker, spot, actor);
    }
    circles(checker, loaded);
    for (spot, place) in loaded.each("places", &chronology.places) {
        position(checker, spot, place.lat, place.lon);
    }
    let known = [&documents, &parties, &actors, &places, &events];
    for (spot, item) in loaded.each("events", &chronology.events) {
        event(checker, spot, item, known);
    }
}

/// Parties, actors and places that show as their id, and events that show as nothing.
fn unnamed(checker: &mut Checker<'_>) {
    let loaded = checker.loaded;
    let chronology = loaded.chronology();
    let parties = loaded.each("parties", &chronology.parties).map(|(spot, item)| (spot, &item.name, "party"));
    let actors = loaded.each("actors", &chronology.actors).map(|(spot, item)| (spot, &item.name, "actor"));
    let places = loaded.each("places", &chronology.places).map(|(spot, item)| (spot, &item.name, "place"));
    for (spot, name, what) in parties.chain(actors).chain(places) {
        if name.trim().is_empty() {
            checker.warning(spot, format!("this {what} has no name"));
        }
    }
    for (spot, event) in loaded.each("events", &chronology.events) {
        if event.title.trim().is_empty() {
            checker.warning(spot, "this event has no title");
        }
    }
}

fn event(checker: &mut Checker<'_>, spot: Spot<'_>, event: &Event, known: [&Known<'_>; 5]) {
    let [documents, parties, actors, places, events] = known;
    for (index, part) in event.actors.iter().enumerate() {
        actors.expect(checker, spot.table("actors", index).get("id"), &part.id);
    }
    for (index, id) in event.parties.iter().enumerate() {
        parties.expect(checker, spot.text("parties", index), id);
    }
    for (index, id) in event.places.iter().enumerate() {
        places.expect(checker, spot.text("places", index), id);
    }
    for (index, link) in event.links.iter().enumerate() {
        let at = spot.table("links", index).get("event");
        events.expect(checker, at, &link.event);
        if !link.event.is_empty() && link.event == event.id {
            checker.warning(at, "this event is linked to itself");
        }
    }
    for (index, source) in event.sources.iter().enumerate() {
        let at = spot.table("sources", index);
        if let Some(id) = &source.document {
            documents.expect(checker, at.get("document"), id);
        }
        if let Some(voice) = &source.according_to {
            speaker(checker, at.get("according_to"), voice, actors);
        }
    }
    position(checker, spot, event.lat, event.lon);
    if let Some(confidence) = event.confidence.filter(|confidence| !(0.0..=1.0).contains(confidence)) {
        checker
            .error(spot.get("confidence"), format!("a confidence is between 0 and 1, this is {confidence}"));
    }
}

/// Whose word it is may be a name. What is written as an id and is almost one is worth a look.
fn speaker(checker: &mut Checker<'_>, spot: Spot<'_>, voice: &str, actors: &Known<'_>) {
    let slug =
        !voice.is_empty() && voice.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !slug || actors.lines.contains_key(voice) {
        return;
    }
    let mut all: Vec<&str> = actors.lines.keys().copied().collect();
    all.sort_unstable();
    if let Some(near) = nearest(voice, all) {
        checker.warning(spot, format!("{} is no actor’s id; it is taken as a name", quoted(voice)));
        checker.hint(Some(format!("did you mean {near}?")));
    }
}

fn position(checker: &mut Checker<'_>, spot: Spot<'_>, lat: Option<f64>, lon: Option<f64>) {
    if let Some(lat) = lat.filter(|lat| !(-90.0..=90.0).contains(lat)) {
        checker.error(spot.get("lat"), format!("a latitude is between -90 and 90 degrees, this is {lat}"));
    }
    if let Some(lon) = lon.filter(|lon| !(-180.0..=180.0).contains(lon)) {
        checker.error(spot.get("lon"), format!("a longitude is between -180 and 180 degrees, this is {lon}"));
    }
    match (lat, lon) {
        (Some(_), None) => checker.warning(spot.get("lat"), "there is a latitude, but no longitude"),
        (None, Some(_)) => checker.warning(spot.get("lon"), "there is a longitude, but no latitude"),
        _ => {}
    }
}

/// Memberships that certainly go on at the same time.
fn memberships(checker: &mut Checker<'_>, spot: Spot<'_>, actor: &Actor) {
    if actor.party.is_some() && !actor.memberships.is_empty() {
        checker.error(spot.get("party"), "this actor has a party for always and memberships for a time");
        checker.hint(Some("keep one of the two".to_owned()));
    }
    let cores: Vec<Option<(Instant, Instant)>> =
        actor.memberships.iter().map(|membership| core(membership.during.as_deref())).collect();
    for (later, this) in cores.iter().enumerate() {
        for (earlier, other) in cores.iter().enumerate().take(later) {
            let (Some(this), Some(other)) = (this, other) else { continue };
            if this.0.max(other.0) <= this.1.min(other.1) {
                let at = spot.table("memberships", later);
                let at = if at.has("during") { at.get("during") } else { at };
                let message = format!("this membership overlaps no. {} of the same actor", earlier + 1);
                checker.error(at, message);
            }
        }
    }
}

/// The time in which a membership certainly goes on, if any; `None` too for a date that cannot be read.
fn core(during: Option<&str>) -> Option<(Instant, Instant)> {
    let Some(during) = during else { return Some((Instant::PAST, Instant::FUTURE)) };
    let when = When::parse(during).ok()?;
    if !when.is_interval() {
        // "2017" as a time of membership is the whole year.
        return Some((when.span().first, when.span().last));
    }
    let hull = when.bounds(None).hull;
    (hull.s1 <= hull.e0).then_some((hull.s1, hull.e0))
}

/// Actors that are part of themselves. Each circle is reported once, at the first of its actors.
fn circles(checker: &mut Checker<'_>, loaded: &Loaded<'_>) {
    let actors = &loaded.chronology().actors;
    let mut index: HashMap<&str, usize> = HashMap::new();
    for (at, actor) in actors.iter().enumerate() {
        index.entry(&actor.id).or_insert(at);
    }
    let whole = |at: usize| actors.get(at).and_then(|actor| index.get(actor.part_of.as_deref()?).copied());
    // The walk from which each actor was first reached.
    let mut reached: Vec<Option<usize>> = vec![None; actors.len()];
    for (start, (spot, _)) in loaded.each("actors", actors).enumerate() {
        let mut path = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| reached.get(*at) == Some(&None)) {
            if let Some(slot) = reached.get_mut(at) {
                *slot = Some(start);
            }
            path.push(at);
            next = whole(at);
        }
        let Some(repeated) = next.filter(|at| reached.get(*at) == Some(&Some(start))) else { continue };
        let circle = path.iter().skip_while(|at| **at != repeated).chain([&repeated]);
        let circle: Vec<&str> =
            circle.filter_map(|at| actors.get(*at)).map(|actor| actor.id.as_str()).collect();
        let first = loaded.each("actors", actors).nth(repeated).map_or(spot, |(spot, _)| spot);
        let message = format!("a circle: {}", circle.join(" is part of "));
        checker.error(first.get("part_of"), message);
    }
}
