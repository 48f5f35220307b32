//! The chronology of what was read: actors, places and events with ids, in the order of time.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::cast::Member;
use super::teller::Told;
use super::{Article, Read};
use crate::chronology::{
    Actor, Chronology, Document, Event, Link, Participation, Party, Place, Review, Source, ids,
};
use crate::text::fold::fold;
use crate::when::{Instant, When};

/// Collects what several texts tell.
#[derive(Default)]
pub(super) struct Builder {
    chronology: Chronology,
    /// The actors by their names: their ids and places in the list.
    actors: HashMap<String, (String, usize)>,
    places: HashMap<String, String>,
    parties: HashMap<String, String>,
    taken: Taken,
    events: Vec<(Option<(Instant, Instant)>, Event)>,
}

#[derive(Default)]
struct Taken {
    documents: Ids,
    names: Ids,
    places: Ids,
    events: Ids,
}

/// Ids that are taken, and the next number for those made from one: however many events have one title, each gets its
/// id in one step.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    next: HashMap<String, u64>,
}

impl Ids {
    /// The id itself, or with a number where it is taken. The result is marked as taken.
    pub fn unique(&mut self, id: &str) -> String {
        let number = self.next.entry(id.to_owned()).or_insert(1);
        let free = ids::numbered(id, number, |id| self.taken.contains(id));
        self.taken.insert(free.clone());
        free
    }

    /// Marks an id as taken.
    pub fn take(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }
}

impl Builder {
    /// Adds what a text tells.
    pub fn add(&mut self, article: &Article, read: Read) {
        let id = if article.document.id.is_empty() { "article" } else { &article.document.id };
        let document = Document { id: self.taken.documents.unique(id), ..article.document.clone() };
        let Read { told, cast } = read;
        let mut used: BTreeSet<usize> = BTreeSet::new();
        for event in &told {
            for actor in event.roles.iter().map(|(actor, _)| *actor).chain(event.voice) {
                used.extend(cast.wholes(actor));
            }
        }
        // Wholes before their parts, so that each can be named.
        let mut named: HashMap<usize, String> = HashMap::new();
        let mut listed: HashMap<usize, usize> = HashMap::new();
        for actor in &used {
            if let Some(member) = cast.members.get(*actor) {
                let (id, at) = self.actor(member);
                named.insert(*actor, id);
                listed.insert(*actor, at);
            }
        }
        for actor in &used {
            let Some(id) = named.get(actor) else { continue };
            let whole =
                cast.members.get(*actor).and_then(|member| member.whole).and_then(|whole| named.get(&whole));
            let known = listed.get(actor).and_then(|at| self.chronology.actors.get_mut(*at));
            if let (Some(whole), Some(known)) = (whole, known)
                && known.part_of.is_none()
                && whole != id
            {
                known.part_of = Some(whole.clone());
            }
        }
        let places: Vec<String> = cast.places.iter().map(ToOwned::to_owned).collect();
        let chars = Chars::new(&article.text);
        let mut ids: Vec<String> = Vec::new();
        let newest = document
            .published
            .as_deref()
            .and_then(|text| When::parse(text).ok())
            .map(|when| when.span().last);
        for event in &told {
            let mut made = self.event(event, &document.id, &named, &places, &chars);
            if let Some(about) = event.said_in.and_then(|at| ids.get(at)) {
                made.links.push(Link {
                    event: about.clone(),
                    relation: "said-in".to_owned(),
                    ..Link::default()
                });
            }
            ids.push(made.id.clone());
            let order = event.dated.when.as_ref().map(|when| when.bounds(newest).order());
            self.events.push((order, made));
        }
        self.chronology.documents.push(document);
    }

    /// All of it.
    pub fn finish(mut self) -> Chronology {
        self.events.sort_by_key(|(order, _)| (order.is_none(), *order));
        // A statement is linked to what is said in it.
        let mut about: HashMap<String, Vec<String>> = HashMap::new();
        for (_, event) in &mut self.events {
            for link in std::mem::take(&mut event.links) {
                about.entry(link.event).or_default().push(event.id.clone());
            }
        }
        for (_, event) in &mut self.events {
            for said in about.remove(&event.id).unwrap_or_default() {
                event.links.push(Link { event: said, relation: "about".to_owned(), ..Link::default() });
            }
        }
        self.chronology.events = self.events.into_iter().map(|(_, event)| event).collect();
        self.chronology
    }

    fn actor(&mut self, member: &Member) -> (String, usize) {
        let key = fold(&member.name);
        if let Some((id, at)) = self.actors.get(&key) {
            let (id, at) = (id.clone(), *at);
            if let Some(known) = self.chronology.actors.get_mut(at) {
                for alias in &member.aliases {
                    if !known.aliases.contains(alias) {
                        known.aliases.push(alias.clone());
                    }
                }
            }
            return (id, at);
        }
        let at = self.chronology.actors.len();
        let slug = ids::slug(&member.name);
        let id = self.taken.names.unique(if slug.is_empty() { "actor" } else { &slug });
        let party = member.party.as_ref().map(|name| self.party(name));
        self.chronology.actors.push(Actor {
            id: id.clone(),
            name: member.name.clone(),
            aliases: member.aliases.clone(),
            kind: member.kind.clone(),
            party,
            ..Actor::default()
        });
        self.actors.insert(key, (id.clone(), at));
        (id, at)
    }

    fn party(&mut self, name: &str) -> String {
        let (parties, taken) = (&mut self.chronology.parties, &mut self.taken.names);
        let make = || {
            let id = taken.unique(&format!("party-{}", ids::slug(name)));
            parties.push(Party { id: id.clone(), name: name.to_owned(), ..Party::default() });
            id
        };
        self.parties.entry(fold(name)).or_insert_with(make).clone()
    }

    fn place(&mut self, name: &str) -> String {
        let (places, taken) = (&mut self.chronology.places, &mut self.taken.places);
        let make = || {
            let slug = ids::slug(name);
            let id = taken.unique(if slug.is_empty() { "place" } else { &slug });
            places.push(Place { id: id.clone(), name: name.to_owned(), ..Place::default() });
            id
        };
        self.places.entry(fold(name)).or_insert_with(make).clone()
    }

    fn event(
        &mut self,
        told: &Told,
        document: &str,
        named: &HashMap<usize, String>,
        places: &[String],
        chars: &Chars<'_>,
    ) -> Event {
        let slug = ids::slug(&told.title);
        let id = self.taken.events.unique(if slug.is_empty() { "event" } else { &slug });
        let mut actors: Vec<Participation> = Vec::new();
        for (actor, role) in &told.roles {
            let Some(id) = named.get(actor) else { continue };
            if !actors.iter().any(|known| known.id == *id) {
                actors.push(Participation {
                    id: id.clone(),
                    role: Some((*role).to_owned()),
                    ..Participation::default()
                });
            }
        }
        let voice =
            told.voice.filter(|voice| told.kind != "statement" || !told.roles.contains(&(*voice, "speaker")));
        let source = Source {
            document: Some(document.to_owned()),
            quote: chars.text.get(told.quote.clone()).map(str::to_owned),
            start: Some(chars.count(told.quote.start)),
            end: Some(chars.count(told.quote.end)),
            according_to: voice.or(told.voice).and_then(|voice| named.get(&voice).cloned()),
            stance: told.stance,
            ..Source::default()
        };
        let confidence = (told.dated.confidence * doubt(told) * 100.0).round() / 100.0;
        let text = Some(told.dated.text.clone()).filter(|text| !text.is_empty());
        Event {
            id,
            date: told.dated.when.as_ref().map(|when| when.as_edtf().to_owned()),
            date_text: text,
            date_basis: Some(told.dated.basis.clone()).filter(|basis| !basis.is_empty()),
            title: told.title.clone(),
            kind: Some(told.kind.to_owned()).filter(|kind| !kind.is_empty()),
            status: Some(told.status),
            places: told
                .places
                .iter()
                .filter_map(|place| places.get(*place))
                .map(|name| self.place(name))
                .collect(),
            actors,
            sources: vec![source],
            review: Some(Review::Proposed),
            confidence: Some(confidence),
            confidence_basis: Some(reason(told)),
            ..Event::default()
        }
    }
}

/// How much of the confidence in its date is left for an event.
fn doubt(told: &Told) -> f64 {
    let kind = if told.kind.is_empty() { 0.8 } else { 1.0 };
    let actors = if told.roles.iter().any(|(_, role)| *role != "mentioned") { 1.0 } else { 0.8 };
    kind * actors
}

/// Why it is that sure.
fn reason(told: &Told) -> String {
    let mut reasons = vec![match told.dated.confidence {
        _ if told.dated.when.is_none() => "undated",
        sure if sure >= 0.85 => "the date stands in its words",
        sure if sure >= 0.75 => "its date is counted from another",
        sure if sure >= 0.65 => "the date of its sentence",
        sure if sure >= 0.4 => "its date follows from the tense or from what is told before",
        _ => "its date is carried on from what is told before",
    }];
    if told.kind.is_empty() {
        reasons.push("what kind of event it is, is not known");
    }
    if !told.roles.iter().any(|(_, role)| *role != "mentioned") {
        reasons.push("who acts is not found");
    }
    reasons.join("; ")
}

/// Bytes of a text as Unicode scalar values.
struct Chars<'a> {
    text: &'a str,
    /// The number at every so many bytes.
    steps: Vec<u64>,
}

const STEP: usize = 1024;

impl<'a> Chars<'a> {
    fn new(text: &'a str) -> Self {
        let mut steps = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at.is_multiple_of(STEP) {
                steps.push(count);
            }
            count += u64::from(byte & 0xC0 != 0x80);
        }
        Self { text, steps }
    }

    /// How many scalar values begin before a byte.
    fn count(&self, byte: usize) -> u64 {
        let base = byte / STEP;
        let before = self.steps.get(base).copied();
        let (from, count) = before.map_or((0, 0), |count| (base * STEP, count));
        let rest = self.text.as_bytes().get(from..byte).unwrap_or_default();
        count + rest.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64
    }
}
