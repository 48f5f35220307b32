//! Random chronologies, small enough that queries often hit.

use std::collections::BTreeMap;

use annals::chronology::{
    Actor, Chronology, Document, Event, Link, Membership, Participation, Party, Place, Review, Source,
    Stance, Status,
};
use annals::query::Noted;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

pub const ACTORS: &[(&str, &str, &[&str])] = &[
    ("arland", "Ārland", &["A.R.L."]),
    ("water-office", "Water Office", &["The Office"]),
    ("berland", "Berland", &[]),
    ("marovic", "Jana Marović", &["Marovic’s side"]),
    // Its alias is the id of another.
    ("old-arland", "Old Ārland", &["arland"]),
];
pub const PARTIES: &[(&str, &str)] =
    &[("upstream", "The Upper Valley"), ("downstream", "Lower-Valley"), ("press", "")];
pub const PLACES: &[(&str, &str)] = &[("ford", "The Ford"), ("u-s-bridge", "U.S. Bridge")];
pub const DOCUMENTS: &[(&str, &str)] = &[("report", "A report"), ("letter", "The letter")];
pub const DATES: &[&str] = &[
    "2018",
    "2019-05-XX",
    "2019-06-03?",
    "2019-06-03~",
    "2019/..",
    "../2019-06",
    "2019-05/",
    "/2019-07",
    "[2018,2020]",
    "{2018,2020}",
    "[2018-09..2018-12]",
    "2019-07-01/2019-07-31",
    "201X",
    "2019-05-10T12:30",
    "2019-XX-10",
    "2018-12-31/2019-01-01",
    "1950%",
];
const ROLES: &[&str] = &["participant", "attacker", "target", "mentioned", "Speaker"];
const KINDS: &[&str] = &["talks", "Attack", "armed attack"];
const TEXTS: &[&str] = &[
    "Work on the dam begins",
    "The U.S.-led talks",
    "Marović’s side waits",
    "a river, “the Ford” and more",
    "3.5 km",
    "",
];
pub const TAGS: &[&str] = &["dam", "Broken-Wording"];

/// Layers with their names, what the reader marked, and what was changed.
#[derive(Clone, Debug)]
pub struct World {
    pub layers: Vec<(String, Chronology)>,
    pub noted: Noted,
}

impl World {
    /// All events with their layer's name, in the order of the input.
    pub fn events(&self) -> impl Iterator<Item = (&str, &Event)> {
        self.layers.iter().flat_map(|(name, layer)| layer.events.iter().map(move |event| (&**name, event)))
    }

    /// The chronology of a layer.
    pub fn layer(&self, name: &str) -> &Chronology {
        &self.layers.iter().find(|(layer, _)| layer == name).expect("a layer of the world").1
    }
}

fn texts(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(list).prop_map(str::to_owned)
}

fn some(list: &[(&str, &str)]) -> impl Strategy<Value = Vec<String>> + use<> {
    let ids: Vec<String> = list.iter().map(|(id, _)| (*id).to_owned()).collect();
    let most = ids.len();
    subsequence(ids, 0..=most)
}

fn any_actor() -> impl Strategy<Value = String> {
    select(ACTORS).prop_map(|(id, ..)| id.to_owned())
}

fn actor(n: usize) -> impl Strategy<Value = Actor> {
    let (id, name, aliases) = ACTORS[n];
    let party = option::weighted(0.4, select(PARTIES).prop_map(|(id, _)| id.to_owned()));
    let membership = (select(PARTIES), option::of(select(&["2018", "2019-06/..", "2000/2010"][..])));
    let memberships = prop::collection::vec(membership, 0..2);
    // Only an actor further up may be the whole, so that there are no circles.
    let part_of =
        option::of(select(&ACTORS[..=n])).prop_map(move |whole| whole.filter(|whole| whole.0 != id));
    (party, memberships, part_of).prop_map(move |(party, memberships, part_of)| Actor {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        party,
        memberships: memberships
            .into_iter()
            .map(|((party, _), during)| Membership {
                party: party.to_owned(),
                during: during.map(str::to_owned),
                ..Membership::default()
            })
            .collect(),
        part_of: part_of.map(|(id, ..)| id.to_owned()),
        ..Actor::default()
    })
}

fn source() -> impl Strategy<Value = Source> {
    let who = prop_oneof![any_actor(), texts(&["Jana Marovic", "the office", "A.R.L.", "a witness"])];
    (
        option::of(select(DOCUMENTS)),
        option::of(texts(TEXTS)),
        option::of(who),
        option::weighted(0.2, select(Stance::ALL)),
        option::weighted(0.2, texts(&["https://example.org/"])),
    )
        .prop_map(|(document, quote, according_to, stance, url)| Source {
            document: document.map(|(id, _)| id.to_owned()),
            quote,
            according_to,
            stance,
            url,
            ..Source::default()
        })
}

/// A date as it is written: often the same, often a day, sometimes any year since the beginning.
fn date() -> impl Strategy<Value = String> {
    let year = (-13_800_000_000i64..=9999).prop_map(|year| match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    });
    let day = (2018..=2020, 1..=12, 1..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    prop_oneof![4 => texts(DATES), 2 => day, 1 => year]
}

fn event() -> impl Strategy<Value = Event> {
    let cast = prop::collection::vec((any_actor(), option::of(texts(ROLES))), 0..3).prop_map(|cast| {
        cast.into_iter().map(|(id, role)| Participation { id, role, ..Participation::default() }).collect()
    });
    let fields = prop::collection::btree_map(
        texts(&["cost", "Unit"]),
        texts(&["12.5", "3", "3.0", "km", "many"]),
        0..3,
    );
    let link = Link { event: "a0".into(), relation: "follows".into(), ..Link::default() };
    let what = (texts(TEXTS), option::of(texts(TEXTS)), option::of(texts(TEXTS)), option::of(texts(KINDS)));
    let who = (cast, some(PARTIES), some(PLACES), subsequence(TAGS.to_vec(), 0..=2));
    let rest = (
        option::weighted(0.85, date()),
        option::of(select(Status::ALL)),
        option::of(select(Review::ALL)),
        fields,
        prop::collection::vec(source(), 0..3),
        option::weighted(0.2, Just(link)),
        option::weighted(0.3, select(vec![33.3, -90.0, 0.000_001, 91.0])),
    );
    (what, who, rest).prop_map(
        move |((title, summary, note, kind), (actors, parties, places, tags), rest)| {
            let (date, status, review, fields, sources, link, lat) = rest;
            let fields: BTreeMap<String, String> = fields;
            let tags = tags.into_iter().map(str::to_owned).collect();
            let links = link.into_iter().collect();
            let lon = lat;
            Event {
                date,
                title,
                summary,
                kind,
                status,
                actors,
                parties,
                places,
                lat,
                lon,
                tags,
                fields,
                links,
                sources,
                note,
                review,
                ..Event::default()
            }
        },
    )
}

/// Up to so many events, with ids that begin with a letter.
fn events(letter: &'static str, most: usize) -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 0..=most).prop_map(move |events| {
        let named = |(n, event)| Event { id: format!("{letter}{n}"), ..event };
        events.into_iter().enumerate().map(named).collect()
    })
}

/// One or two layers, which know the same names, with up to so many events each.
pub fn world(most: usize) -> impl Strategy<Value = World> {
    let actors = (0..ACTORS.len()).map(actor).collect::<Vec<_>>();
    let published = option::of(select(&["2020-06-30", "2019-12"][..]));
    let url = option::of(texts(&["https://example.org/report"]));
    let marks = || subsequence(vec!["a0", "a1", "b0"], 0..=3);
    let marks = (marks(), marks());
    (actors, published, url, events("a", most), events("b", most), any::<bool>(), marks).prop_map(
        |(actors, published, url, here, there, two, marks)| {
            let document = |(id, title): &(&str, &str)| Document {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                published: published.filter(|_| *id == "report").map(str::to_owned),
                url: url.clone().filter(|_| *id == "letter"),
                ..Document::default()
            };
            let party = |(id, name): &(&str, &str)| Party {
                id: (*id).into(),
                name: (*name).into(),
                ..Party::default()
            };
            let place = |(id, name): &(&str, &str)| Place {
                id: (*id).into(),
                name: (*name).into(),
                ..Place::default()
            };
            let chronology = |events: Vec<Event>| Chronology {
                documents: DOCUMENTS.iter().map(document).collect(),
                parties: PARTIES.iter().map(party).collect(),
                actors: actors.clone(),
                places: PLACES.iter().map(place).collect(),
                events,
                ..Chronology::default()
            };
            let mut layers = vec![("river".to_owned(), chronology(here))];
            if two {
                layers.push(("the-sea".to_owned(), chronology(there)));
            }
            let name = |id: &str| {
                let layer = if id.starts_with('a') { "river" } else { "the-sea" };
                (layer.to_owned(), id.to_owned())
            };
            let names = |ids: Vec<&str>| ids.into_iter().map(name).collect();
            World { layers, noted: Noted { marked: names(marks.0), changed: names(marks.1) } }
        },
    )
}
