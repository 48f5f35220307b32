//! What a query says of an event: 0 not, 1 possible, 2 certain.

use std::cell::RefCell;
use std::collections::HashMap;

use annals::chronology::{Actor, Event, Participation, Review, Source, Stance, Status};
use annals::text::fold::fold;
use annals::when::{Bounds, Instant, Stretch, Stretches, When};

use super::query::{Query, Value};
use super::world::World;

/// How far a query is true of an event of a layer.
pub fn truth(query: &Query, world: &World, layer: &str, event: &Event) -> u8 {
    let of = |part: &Query| truth(part, world, layer, event);
    let sure = |so: bool| if so { 2 } else { 0 };
    let it = It { world, layer, event };
    match query {
        Query::And(parts) => parts.iter().map(of).min().unwrap(),
        Query::Or(parts) => parts.iter().map(of).max().unwrap(),
        Query::Not(part) => 2 - of(part),
        Query::Names(field, values) => sure(values.iter().any(|value| it.has_name(field, value))),
        Query::Field(name, sign, operand) => sure(it.has_field(name, sign, operand)),
        Query::Time(field, values) => values.iter().map(|value| it.in_time(field, value)).max().unwrap(),
        Query::Words("is", words) => sure(words.iter().any(|word| it.is(word))),
        Query::Words(_, words) => sure(words.iter().any(|word| it.has(word))),
        Query::Text(text) => sure(it.texts().iter().any(|other| fold(other).contains(&fold(text)))),
        Query::Regex(pattern, minds_case) => {
            let flag = if *minds_case { "" } else { "(?i)" };
            let regex = regex::Regex::new(&format!("{flag}{pattern}")).unwrap();
            sure(it.texts().iter().any(|text| regex.is_match(text)))
        }
    }
}

/// Whether a value means a text: equal, at its beginning, or anywhere, folded.
fn means(value: &Value, text: &str) -> bool {
    let (text, wanted) = (fold(text), fold(value.text));
    match value.stars {
        (false, false) => text == wanted,
        (false, true) => text.starts_with(&wanted),
        _ => text.contains(&wanted),
    }
}

/// Whether a value means a thing: its id as written, which then is the only one of `ids`; else any of its names.
fn means_thing(value: &Value, id: &str, names: &[&str], ids: &[&str]) -> bool {
    if value.stars == (false, false) && ids.contains(&value.text) {
        return id == value.text;
    }
    means(value, id) || names.iter().any(|name| !name.is_empty() && means(value, name))
}

struct It<'w> {
    world: &'w World,
    layer: &'w str,
    event: &'w Event,
}

impl<'w> It<'w> {
    /// The actor with this id; all layers have the same ones.
    fn actor(&self, id: &str) -> Option<&'w Actor> {
        self.world.layers[0].1.actors.iter().find(|actor| actor.id == id)
    }

    /// Whether a value means an actor, or something that the actor is a part of.
    fn means_actor(&self, value: &Value, actor: &Actor) -> bool {
        let ids: Vec<&str> = self.world.layers[0].1.actors.iter().map(|actor| &*actor.id).collect();
        let names: Vec<&str> = [&actor.name].into_iter().chain(&actor.aliases).map(|name| &**name).collect();
        if means_thing(value, &actor.id, &names, &ids) {
            return true;
        }
        let whole = actor.part_of.as_ref().and_then(|id| self.actor(id));
        !value.alone && whole.is_some_and(|whole| self.means_actor(value, whole))
    }

    /// The parties an actor stands on at the event's date, certainly or possibly: its own, else those of the
    /// nearest whole that has any.
    fn parties_of(&self, actor: &'w Actor) -> Vec<&'w str> {
        if actor.party.is_none() && actor.memberships.is_empty() {
            let whole = actor.part_of.as_ref().and_then(|id| self.actor(id));
            return whole.map_or_else(Vec::new, |whole| self.parties_of(whole));
        }
        let mut parties: Vec<&str> = actor.party.iter().map(|party| &**party).collect();
        for membership in &actor.memberships {
            let then = match (&membership.during, self.bounds()) {
                (Some(during), Some(bounds)) => {
                    let during = span(during);
                    goes_on(&bounds, during.0, during.1) > 0
                }
                _ => true,
            };
            if then {
                parties.push(&membership.party);
            }
        }
        parties
    }

    fn has_name(&self, field: &str, value: &Value) -> bool {
        let event = self.event;
        let layer = self.world.layer(self.layer);
        let takes_part = |part: &Participation| {
            let role = part.role.as_deref().unwrap_or("participant");
            value.role.map_or(role != "mentioned", |wanted| fold(role) == fold(wanted))
        };
        let means_party = |id: &str| {
            let ids: Vec<&str> = layer.parties.iter().map(|party| &*party.id).collect();
            layer.parties.iter().any(|party| party.id == id && means_thing(value, id, &[&party.name], &ids))
        };
        match field {
            "actor" => event.actors.iter().any(|part| {
                takes_part(part) && self.actor(&part.id).is_some_and(|actor| self.means_actor(value, actor))
            }),
            "party" => {
                let through_actors = event.actors.iter().any(|part| {
                    let actor = self.actor(&part.id);
                    takes_part(part)
                        && actor.is_some_and(|a| self.parties_of(a).iter().any(|id| means_party(id)))
                });
                through_actors || (value.role.is_none() && event.parties.iter().any(|id| means_party(id)))
            }
            "place" => {
                let ids: Vec<&str> = layer.places.iter().map(|place| &*place.id).collect();
                let mut here = layer.places.iter().filter(|place| event.places.contains(&place.id));
                here.any(|place| means_thing(value, &place.id, &[&place.name], &ids))
            }
            "document" => {
                let ids: Vec<&str> = layer.documents.iter().map(|document| &*document.id).collect();
                let mut cited = layer.documents.iter().filter(|document| {
                    event.sources.iter().any(|source| source.document.as_ref() == Some(&document.id))
                });
                cited.any(|document| means_thing(value, &document.id, &[&document.title], &ids))
            }
            "layer" => {
                let ids: Vec<&str> = self.world.layers.iter().map(|(name, _)| &**name).collect();
                means_thing(value, self.layer, &[], &ids)
            }
            "kind" => event.kind.iter().any(|kind| means(value, kind)),
            "tag" => event.tags.iter().any(|tag| means(value, tag)),
            "status" => means(value, event.status.unwrap_or(Status::Occurred).word()),
            "role" => {
                event.actors.iter().any(|part| means(value, part.role.as_deref().unwrap_or("participant")))
            }
            "id" => means(value, &event.id),
            "by" => event.sources.iter().any(|source| self.is_word_of(source, value)),
            other => panic!("no field {other}"),
        }
    }

    /// Whose word a source is: an actor by its id, or by a name, which may be that of several or of none.
    fn is_word_of(&self, source: &Source, value: &Value) -> bool {
        let Some(who) = &source.according_to else { return false };
        if let Some(actor) = self.actor(who) {
            return self.means_actor(value, actor);
        }
        let mut named = self.world.layers[0].1.actors.iter().filter(|actor| {
            fold(&actor.id) == fold(who)
                || fold(&actor.name) == fold(who)
                || actor.aliases.iter().any(|alias| fold(alias) == fold(who))
        });
        named.any(|actor| self.means_actor(value, actor)) || means(value, who)
    }

    fn has_field(&self, name: &str, sign: &str, operand: &str) -> bool {
        let number = |text: &str| text.parse::<f64>().ok();
        let fields = self.event.fields.iter().filter(|(key, _)| fold(key) == fold(name));
        fields.map(|(_, text)| text).any(|text| match (sign, number(text), number(operand)) {
            (">", Some(left), Some(right)) => left > right,
            (">=", Some(left), Some(right)) => left >= right,
            ("<", Some(left), Some(right)) => left < right,
            ("<=", Some(left), Some(right)) => left <= right,
            ("=", Some(left), Some(right)) => (left - right).abs() < f64::EPSILON,
            ("=" | "", _, _) => fold(text) == fold(operand),
            _ => false,
        })
    }

    fn when(&self) -> Option<When> {
        self.event.date.as_deref().map(|date| When::parse(date).unwrap())
    }

    /// What the date allows; an open end is vouched for by the newest document.
    fn bounds(&self) -> Option<Bounds> {
        let documents = &self.world.layer(self.layer).documents;
        let cited = documents.iter().filter(|document| {
            self.event.sources.iter().any(|source| source.document.as_ref() == Some(&document.id))
        });
        let published = cited.filter_map(|document| document.published.as_deref());
        let vouched = published.map(|date| span(date).1).max();
        self.event.date.as_deref().map(|date| bounds_of(date, vouched))
    }

    fn in_time(&self, field: &str, value: &str) -> u8 {
        let window = match value.strip_prefix('@') {
            Some(id) => {
                let known = self.world.events().find(|(_, event)| event.id == id);
                let bounds = known.and_then(|(layer, event)| It { world: self.world, layer, event }.bounds());
                bounds.map(|bounds| (bounds.hull.s0, bounds.hull.e1))
            }
            None => Some(span(value)),
        };
        // A time that nobody knows is no time at all, also for an undated event.
        let Some((first, last)) = window else { return 0 };
        let Some(bounds) = self.bounds() else { return 1 };
        match field {
            "in" => goes_on(&bounds, first, last),
            "since" => goes_on(&bounds, first, Instant::FUTURE),
            "until" => goes_on(&bounds, Instant::PAST, last),
            _ => lies(&bounds, first, last),
        }
    }

    fn name(&self) -> (String, String) {
        (self.layer.to_owned(), self.event.id.clone())
    }

    fn is(&self, word: &str) -> bool {
        let when = self.when();
        let date = |so: fn(&When) -> bool| when.as_ref().is_some_and(so);
        match word {
            "fuzzy" => date(When::is_fuzzy),
            "undated" => when.is_none(),
            "point" => date(|when| !when.is_interval()),
            "span" => date(When::is_interval),
            "ongoing" => date(When::has_open_end) || self.event.status == Some(Status::Ongoing),
            "contested" => {
                self.event.status == Some(Status::Disputed)
                    || self.event.sources.iter().any(|source| source.stance == Some(Stance::Denies))
            }
            "proposed" => self.event.review == Some(Review::Proposed),
            "rejected" => self.event.review == Some(Review::Rejected),
            "marked" => self.world.noted.marked.contains(&self.name()),
            "changed" => self.world.noted.changed.contains(&self.name()),
            _ => false,
        }
    }

    fn has(&self, word: &str) -> bool {
        let Event { sources, .. } = self.event;
        let filled = |text: Option<&String>| text.is_some_and(|text| !text.is_empty());
        match word {
            "end" => self.event.date.as_deref().is_some_and(|date| {
                date.split_once('/').is_some_and(|(_, end)| !end.is_empty() && end != "..")
            }),
            "place" => !self.event.places.is_empty() || self.event.lat.is_some(),
            "quote" => sources.iter().any(|source| filled(source.quote.as_ref())),
            "note" => filled(self.event.note.as_ref()),
            "link" => !self.event.links.is_empty(),
            "url" => sources.iter().any(|source| {
                let mut documents = self.world.layer(self.layer).documents.iter();
                let document = documents.find(|document| source.document.as_ref() == Some(&document.id));
                filled(source.url.as_ref()) || document.is_some_and(|document| filled(document.url.as_ref()))
            }),
            "claim" => sources.iter().any(|source| source.according_to.is_some()),
            other => panic!("has {other}"),
        }
    }

    /// Every text that a search looks at.
    fn texts(&self) -> Vec<String> {
        let event = self.event;
        let layer = self.world.layer(self.layer);
        let mut texts = vec![event.title.clone()];
        texts.extend(event.summary.iter().chain(&event.note).cloned());
        texts.extend(event.sources.iter().filter_map(|source| source.quote.clone()));
        let mut parties: Vec<&str> = event.parties.iter().map(|id| &**id).collect();
        for actor in event.actors.iter().filter_map(|part| self.actor(&part.id)) {
            texts.push(actor.name.clone());
            texts.extend(actor.aliases.iter().cloned());
            parties.extend(self.parties_of(actor));
        }
        texts.extend(
            layer.parties.iter().filter(|p| parties.contains(&&*p.id)).map(|party| party.name.clone()),
        );
        texts.extend(
            layer.places.iter().filter(|p| event.places.contains(&p.id)).map(|place| place.name.clone()),
        );
        texts.extend(event.tags.iter().chain(event.fields.values()).cloned());
        texts.retain(|text| !text.is_empty());
        texts
    }
}

/// What a date allows. Asked for the same few dates again and again, and slow for masks, so remembered.
fn bounds_of(date: &str, vouched: Option<Instant>) -> Bounds {
    type Known = HashMap<(String, Option<Instant>), Bounds>;
    thread_local!(static KNOWN: RefCell<Known> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        let read = || When::parse(date).unwrap().bounds(vouched);
        known.entry((date.to_owned(), vouched)).or_insert_with(read).clone()
    })
}

/// The first and the last instant of all that a date may mean.
fn span(date: &str) -> (Instant, Instant) {
    let hull = bounds_of(date, None).hull;
    (hull.s0, hull.e1)
}

/// Whether something with these bounds goes on at some time from `first` to `last`.
fn goes_on(bounds: &Bounds, first: Instant, last: Instant) -> u8 {
    answer(bounds, true, |part| {
        let possible = part.s0 <= last && part.e1 >= first;
        let certain = part.e0 >= first && part.s1 <= last;
        u8::from(possible) + u8::from(possible && certain)
    })
}

/// Whether something with these bounds begins and ends from `first` to `last`: then it goes on there too.
fn lies(bounds: &Bounds, first: Instant, last: Instant) -> u8 {
    answer(bounds, false, |part| {
        let possible = part.s1 >= first && part.e0 <= last && part.s0 <= last && part.e1 >= first;
        let certain = part.s0 >= first && part.e1 <= last && part.e0 >= first && part.s1 <= last;
        u8::from(possible) + u8::from(possible && certain)
    })
}

/// One of several is certain where all are; all of several do something when one does or, to lie in a window,
/// when each does. A doubted date is certain of nothing.
fn answer(bounds: &Bounds, one_is_enough: bool, of: impl Fn(&Stretch) -> u8) -> u8 {
    let parts = |parts: &[Stretch]| parts.iter().map(&of).collect::<Vec<u8>>();
    let answer = match &bounds.stretches {
        Stretches::One => of(&bounds.hull),
        Stretches::OneOf(list) => {
            let answers = parts(list);
            if answers.iter().all(|answer| *answer == 2) {
                2
            } else {
                u8::from(answers.iter().any(|answer| *answer > 0))
            }
        }
        Stretches::AllOf(list) if one_is_enough => parts(list).into_iter().max().unwrap(),
        Stretches::AllOf(list) => parts(list).into_iter().min().unwrap(),
    };
    if bounds.uncertain { answer.min(1) } else { answer }
}
