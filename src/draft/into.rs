//! A draft beside a chronology that there is already: whom and what it knows is used again, and what it tells already
//! gets a further source.

use std::collections::{HashMap, HashSet};

use super::build::Ids;
use crate::chronology::{Chronology, Event, Participation, Source};
use crate::text::fold::fold;
use crate::when::{Bounds, When};

/// What a draft adds to a chronology.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    /// Documents, parties, actors, places and events that are new.
    pub new: Chronology,
    /// Further sources of events that are there: the id of the event, and the source, with its own date where that
    /// differs.
    pub sources: Vec<(String, Source)>,
}

/// Words of a title that two events have to share, of those of the shorter one, in hundredths.
const ALIKE: usize = 60;

/// Finds out what a draft adds to a chronology. Actors and places that it knows by name or alias are used again; an
/// event of the same time with the same actors and mostly the same words is proposed as a further source.
pub fn join(known: &Chronology, drafted: Chronology) -> Joined {
    let mut joined = Joined::default();
    let documents = Renamed::new(
        known.documents.iter().map(|item| (item.id.as_str(), Vec::new())),
        drafted.documents.iter().map(|item| (item.id.as_str(), Vec::new())),
    );
    let parties = Renamed::new(
        known.parties.iter().map(|item| (item.id.as_str(), names(&item.name, &item.aliases))),
        drafted.parties.iter().map(|item| (item.id.as_str(), names(&item.name, &item.aliases))),
    );
    let actors = Renamed::new(
        known.actors.iter().map(|item| (item.id.as_str(), names(&item.name, &item.aliases))),
        drafted.actors.iter().map(|item| (item.id.as_str(), names(&item.name, &item.aliases))),
    );
    let places = Renamed::new(
        known.places.iter().map(|item| (item.id.as_str(), names(&item.name, &item.aliases))),
        drafted.places.iter().map(|item| (item.id.as_str(), names(&item.name, &item.aliases))),
    );
    let events = Renamed::new(
        known.events.iter().map(|item| (item.id.as_str(), Vec::new())),
        drafted.events.iter().map(|item| (item.id.as_str(), Vec::new())),
    );
    let mut seen = Known::new(known);
    for mut document in drafted.documents {
        document.id = documents.id(&document.id);
        joined.new.documents.push(document);
    }
    joined.new.parties = drafted
        .parties
        .into_iter()
        .filter(|party| parties.is_new(&party.id))
        .map(|mut party| {
            party.id = parties.id(&party.id);
            party
        })
        .collect();
    for mut actor in drafted.actors.into_iter().filter(|actor| actors.is_new(&actor.id)) {
        actor.id = actors.id(&actor.id);
        actor.part_of = actor.part_of.map(|whole| actors.id(&whole)).filter(|whole| *whole != actor.id);
        actor.party = actor.party.map(|party| parties.id(&party));
        joined.new.actors.push(actor);
    }
    joined.new.places = drafted
        .places
        .into_iter()
        .filter(|place| places.is_new(&place.id))
        .map(|mut place| {
            place.id = places.id(&place.id);
            place
        })
        .collect();
    let mut stand_for: HashMap<String, String> = HashMap::new();
    let mut new: Vec<Event> = Vec::new();
    for mut event in drafted.events {
        let id = events.id(&event.id);
        let was = std::mem::replace(&mut event.id, id);
        for part in &mut event.actors {
            part.id = actors.id(&part.id);
        }
        event.actors = once_each(event.actors);
        for place in &mut event.places {
            *place = places.id(place);
        }
        for source in &mut event.sources {
            source.document = source.document.as_deref().map(|id| documents.id(id));
            source.according_to = source.according_to.as_deref().map(|id| actors.id(id));
        }
        if let Some(there) = seen.same(&event) {
            stand_for.insert(was, there.id.clone());
            for source in event.sources {
                let date = event.date.clone().filter(|date| there.date.as_ref() != Some(date));
                joined.sources.push((there.id.clone(), Source { date, ..source }));
            }
        } else {
            stand_for.insert(was, event.id.clone());
            new.push(event);
        }
    }
    for event in &mut new {
        for link in &mut event.links {
            link.event = stand_for.get(&link.event).cloned().unwrap_or_else(|| link.event.clone());
        }
        let id = event.id.clone();
        event.links.retain(|link| link.event != id);
    }
    joined.new.events = new;
    joined
}

fn names<'a>(name: &'a str, aliases: &'a [String]) -> Vec<&'a str> {
    std::iter::once(name).chain(aliases.iter().map(String::as_str)).collect()
}

/// Every actor once, with what it was first.
fn once_each(parts: Vec<Participation>) -> Vec<Participation> {
    let mut seen = HashSet::new();
    parts.into_iter().filter(|part| seen.insert(part.id.clone())).collect()
}

/// Ids of a draft in the chronology that it joins.
struct Renamed {
    ids: HashMap<String, String>,
    new: HashSet<String>,
}

impl Renamed {
    /// What has a name there has its id there; what is new keeps its id, or gets another where that is taken.
    fn new<'a>(
        known: impl Iterator<Item = (&'a str, Vec<&'a str>)>,
        drafted: impl Iterator<Item = (&'a str, Vec<&'a str>)>,
    ) -> Self {
        let mut taken = Ids::default();
        let mut by_name: HashMap<String, &str> = HashMap::new();
        for (id, names) in known {
            taken.take(id);
            for name in names {
                by_name.entry(fold(name)).or_insert(id);
            }
        }
        let mut renamed = Self { ids: HashMap::new(), new: HashSet::new() };
        for (id, names) in drafted {
            if let Some(there) = names.iter().find_map(|name| by_name.get(&fold(name))) {
                renamed.ids.insert(id.to_owned(), (*there).to_owned())
            } else {
                renamed.new.insert(id.to_owned());
                renamed.ids.insert(id.to_owned(), taken.unique(id))
            };
        }
        renamed
    }

    fn id(&self, id: &str) -> String {
        self.ids.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn is_new(&self, id: &str) -> bool {
        self.new.contains(id)
    }
}

/// The events that there are, by their actors.
struct Known<'a> {
    events: Vec<(&'a Event, Option<Bounds>, HashSet<String>)>,
    by_actor: HashMap<&'a str, Vec<usize>>,
    taken: HashSet<(String, String)>,
}

impl<'a> Known<'a> {
    fn new(known: &'a Chronology) -> Self {
        let mut by_actor: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut events = Vec::new();
        for (at, event) in known.events.iter().enumerate() {
            let bounds =
                event.date.as_deref().and_then(|date| When::parse(date).ok()).map(|when| when.bounds(None));
            for part in &event.actors {
                by_actor.entry(&part.id).or_default().push(at);
            }
            events.push((event, bounds, words(event)));
        }
        Self { events, by_actor, taken: HashSet::new() }
    }

    /// The event that a drafted one is a further source of: the time overlaps, it has the drafted one's actors, and
    /// shares most of its words.
    fn same(&mut self, event: &Event) -> Option<&'a Event> {
        let date = When::parse(event.date.as_deref()?).ok()?;
        let bounds = date.bounds(None);
        let words = words(event);
        let taking_part = event.actors.iter().filter(|part| part.role.as_deref() != Some("mentioned"));
        let actors: Vec<&str> = taking_part.map(|part| part.id.as_str()).collect();
        let first = actors.first()?;
        let near = self.by_actor.get(first)?.iter().filter_map(|at| self.events.get(*at));
        let fits = near.filter(|(known, there, _)| {
            let at_once = there
                .as_ref()
                .is_some_and(|there| there.hull.s0 <= bounds.hull.e1 && there.hull.e1 >= bounds.hull.s0);
            let kind = known.kind == event.kind || event.kind.is_none() || known.kind.is_none();
            at_once && kind && actors.iter().all(|actor| known.actors.iter().any(|part| part.id == *actor))
        });
        let shared = |known: &HashSet<String>| {
            let all = known.len().min(words.len()).max(1);
            known.intersection(&words).count() * 100 / all
        };
        let best =
            fits.map(|(known, _, there)| (shared(there), *known)).filter(|(shared, _)| *shared >= ALIKE);
        let (_, found) = best.max_by_key(|(shared, known)| (*shared, std::cmp::Reverse(known.id.clone())))?;
        // One passage stands for an event once.
        let quote = event.sources.first().and_then(|source| source.quote.clone()).unwrap_or_default();
        let fresh = !found.sources.iter().any(|source| source.quote.as_deref() == Some(quote.as_str()));
        (fresh && self.taken.insert((found.id.clone(), quote))).then_some(found)
    }
}

/// The words of a title that say something, without their endings.
fn words(event: &Event) -> HashSet<String> {
    let title = fold(&event.title);
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| word.chars().take(5).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, Collector};

    fn read(text: &str) -> Chronology {
        let mut collected = Collector::default();
        let read = formats::by_name("toml").and_then(|format| format.read).expect("TOML is read");
        read(&mut text.as_bytes(), &mut collected).expect("reading from memory does not fail");
        collected.chronology
    }

    const MINE: &str = r#"
        documents = [{ id = "text", title = "Other" }]
        parties = [{ id = "gov", name = "The government" }]
        actors = [
            { id = "iq", name = "Army of Iraq", aliases = ["Iraqi army"], party = "gov" },
            { id = "them", name = "Rebels" },
        ]
        places = [{ id = "old-halden", name = "Halden" }]
        events = [
            { id = "raid", date = "2017-10", title = "Rebels attack the Iraqi army", kind = "attack",
              actors = [{ id = "them", role = "attacker" }, { id = "iq", role = "target" }] },
        ]
    "#;

    const DRAFT: &str = r#"
        documents = [{ id = "text", title = "New" }]
        parties = [{ id = "party-x", name = "the government" }, { id = "gov", name = "Others" }]
        actors = [
            { id = "iraqi-army", name = "Iraqi army", party = "party-x" },
            { id = "rebels", name = "REBELS" },
            { id = "iq", name = "Somebody", part_of = "iraqi-army", party = "gov" },
        ]
        places = [{ id = "halden", name = "halden" }]
        events = [
            { id = "raid", date = "[2017-09..2017-12]", title = "Rebels attacked the Iraqi army", kind = "attack",
              actors = [{ id = "rebels", role = "attacker" }, { id = "iraqi-army", role = "target" }],
              sources = [{ document = "text", quote = "Rebels attacked", according_to = "iq" }] },
            { id = "word", date = "2024", title = "Somebody says so", kind = "statement", places = ["halden"],
              actors = [{ id = "iq", role = "speaker" }], links = [{ event = "raid", relation = "about" }] },
        ]
    "#;

    #[test]
    fn who_is_known_is_used_again_and_what_is_known_gets_a_source() {
        let joined = join(&read(MINE), read(DRAFT));
        let new = &joined.new;
        let ids: Vec<&str> = new.actors.iter().map(|actor| actor.id.as_str()).collect();
        assert_eq!(ids, ["iq-2"], "by name and alias, whatever the case; a taken id gets a number");
        assert_eq!(new.actors[0].part_of.as_deref(), Some("iq"));
        assert_eq!(new.actors[0].party.as_deref(), Some("gov-2"));
        assert_eq!(new.parties.len(), 1);
        assert!(new.places.is_empty());
        assert_eq!(new.documents[0].id, "text-2");
        let [(event, source)] = joined.sources.as_slice() else { panic!("{:?}", joined.sources) };
        assert_eq!(event, "raid");
        assert_eq!(source.date.as_deref(), Some("[2017-09..2017-12]"), "its own date, which differs");
        assert_eq!(source.document.as_deref(), Some("text-2"));
        assert_eq!(source.according_to.as_deref(), Some("iq-2"));
        let [word] = new.events.as_slice() else { panic!("{:?}", new.events) };
        assert_eq!(word.actors[0].id, "iq-2");
        assert_eq!(word.places, ["old-halden"]);
        assert_eq!(word.links[0].event, "raid", "the one that is there");
    }

    #[test]
    fn an_event_of_another_time_kind_or_actor_is_new() {
        for other in [
            DRAFT.replace("[2017-09..2017-12]", "2018"),
            DRAFT.replace("kind = \"attack\"", "kind = \"talks\""),
            DRAFT.replace("{ id = \"rebels\", role = \"attacker\" }", "{ id = \"iq\", role = \"attacker\" }"),
            DRAFT.replace("Rebels attacked the Iraqi army\", kind", "Villages burn\", kind"),
        ] {
            let joined = join(&read(MINE), read(&other));
            assert!(joined.sources.is_empty() && joined.new.events.len() == 2, "{other}");
            assert_eq!(joined.new.events[0].id, "raid-2");
            assert_eq!(joined.new.events[1].links[0].event, "raid-2");
        }
    }

    #[test]
    fn the_same_date_is_not_said_again_and_the_same_passage_not_added_twice() {
        let draft = DRAFT.replace("[2017-09..2017-12]", "2017-10");
        let joined = join(&read(MINE), read(&draft));
        assert_eq!(joined.sources[0].1.date, None);
        let known = MINE
            .replace("kind = \"attack\",", "kind = \"attack\", sources = [{ quote = \"Rebels attacked\" }],");
        assert!(join(&read(&known), read(&draft)).sources.is_empty());
    }
}
