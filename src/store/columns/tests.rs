//! Random events as columns, against the events themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::chronology::{
    Actor, Catalogue, Chronology, Entry, EntryFacts, Event, Flag, LayerIndex, LayerInput, Membership, Names,
    Participation, Party, Place, Resolved, Source, Status, WordColumn, facts, resolve,
};
use crate::store::Key;
use crate::when::{Certainty, Instant, TimeRange, When};

/// Dates of every kind: deep time, equal times, open and unknown ends, sets, doubt, fractions of a second.
const DATES: &[&str] = &[
    "Y-138E8",
    "-0043-03-15",
    "1999",
    "2014",
    "2014~",
    "2014?",
    "2014%",
    "2014/2017-39",
    "[2017-09..2017-12]",
    "2023-08",
    "2023-10-1X/..",
    "2014/",
    "/2014",
    "../1900",
    "[..2024-01-25]",
    "[2024-01-27..]",
    "2024-01-27",
    "2024-01-27?",
    "2024-01-27T10:00",
    "2024-01-27T10:00:00.000000001",
    "{1667,1670..1672}",
    "[1667,2020]",
    "20XX",
    "2023-1X-05",
    "9999",
];

fn day() -> impl Strategy<Value = String> {
    (2020i64..2026, 1u8..=12, 1u8..=28).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// A date as it is written. Most are days, as in a table.
fn date() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => day(),
        2 => (day(), prop::sample::select(vec!["?", "~", "%", "T12:30", "T12:30:15.25"])).prop_map(|(day, end)| day + end),
        2 => (day(), day()).prop_map(|(a, b)| format!("{}/{}", a.clone().min(b.clone()), a.max(b))),
        1 => (day(), prop::sample::select(vec!["/..", "/"])).prop_map(|(day, end)| day + end),
        1 => (-13_800_000_000i64..9999).prop_map(|year| match year {
            0..=9999 => format!("{year:04}"),
            -9999..0 => format!("-{:04}", -year),
            _ => format!("Y{year}"),
        }),
        2 => prop::sample::select(DATES).prop_map(str::to_owned),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let some = |words: &'static [&'static str]| prop::sample::subsequence(words, 0..=words.len());
    let word = |words: &'static [&'static str]| prop::option::of(prop::sample::select(words));
    let actor = (prop::sample::select(&["a", "b", "c", "nobody"][..]), word(&["agent", "mentioned"]));
    let source =
        (word(&["d", "e", "unknown"]), word(&["a", "Somebody", ""]), prop::option::weighted(0.1, date()));
    (
        prop::option::weighted(0.9, date()),
        proptest::collection::vec(actor, 0..4),
        (some(&["north", "south", "nowhere"]), some(&["p", "q"]), some(&["x", "y", "z"])),
        (word(&["talks", "attack"]), prop::option::of(prop::sample::select(Status::ALL))),
        proptest::collection::vec(source, 0..3),
        prop::option::weighted(0.3, (-95.0f64..95.0, -200.0f64..200.0)),
    )
        .prop_map(|(date, actors, (parties, places, tags), (kind, status), sources, position)| {
            let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
            let participation = |(id, role): (&str, Option<&str>)| Participation {
                id: id.to_owned(),
                role: role.map(str::to_owned),
                ..Participation::default()
            };
            let source = |(document, voice, date): (Option<&str>, Option<&str>, Option<String>)| Source {
                document: document.map(str::to_owned),
                according_to: voice.map(str::to_owned),
                date,
                ..Source::default()
            };
            Event {
                date,
                actors: actors.into_iter().map(participation).collect(),
                parties: owned(parties),
                places: owned(places),
                tags: owned(tags),
                kind: kind.map(str::to_owned),
                status,
                sources: sources.into_iter().map(source).collect(),
                lat: position.map(|(lat, _)| lat),
                lon: position.map(|(_, lon)| lon),
                ..Event::default()
            }
        })
}

/// Two layers with these events, which share names.
fn resolved(events: &[Event]) -> Resolved {
    let id = |id: &str| id.to_owned();
    let actor = |name: &str, party: Option<&str>, memberships: &[(&str, &str)], whole: Option<&str>| Actor {
        id: id(name),
        party: party.map(id),
        memberships: memberships
            .iter()
            .map(|(party, during)| Membership {
                party: id(party),
                during: Some(id(during)),
                ..Membership::default()
            })
            .collect(),
        part_of: whole.map(id),
        ..Actor::default()
    };
    let document = |name: &str, published: Option<&str>| crate::chronology::Document {
        id: id(name),
        published: published.map(id),
        ..crate::chronology::Document::default()
    };
    let place = |name: &str| Place { id: id(name), ..Place::default() };
    let chronology = |events: &[Event]| Chronology {
        documents: vec![document("d", Some("2024-01-27")), document("e", None)],
        parties: ["north", "south"].map(|name| Party { id: id(name), ..Party::default() }).to_vec(),
        actors: vec![
            actor("a", Some("north"), &[], None),
            actor("b", None, &[("north", "../2022"), ("south", "2022/..")], None),
            actor("c", None, &[], Some("b")),
        ],
        places: vec![place("p"), place("q")],
        events: events.to_vec(),
        ..Chronology::default()
    };
    let (first, second) = events.split_at(events.len() / 2);
    let layer = |events| LayerInput { chronology: chronology(events), ..LayerInput::default() };
    resolve(vec![layer(first), layer(second)])
}

/// The entries of a layer, as pieces of `size` rows.
fn pieces(entries: &[Arc<Entry>], layer: u32, size: usize, catalogue: &Catalogue) -> Vec<Piece> {
    let piece = |(number, chunk): (usize, &[Arc<Entry>])| {
        let mut builder = Builder::new(LayerIndex(layer));
        for (entry, at) in chunk.iter().zip(number * size..) {
            assert!(builder.add(&EntryFacts::new(entry, catalogue).facts(at as u64)), "not full");
        }
        let piece = builder.finish((number * size + chunk.len()) as u64);
        assert_eq!(piece.rows() as usize, chunk.len());
        piece
    };
    entries.chunks(size).enumerate().map(piece).collect()
}

/// The entries of a layer, as segments of `size` rows.
fn segments(entries: &[Arc<Entry>], layer: u32, size: usize, names: &mut Names) -> Vec<Segment> {
    let catalogue = Arc::clone(names.catalogue());
    pieces(entries, layer, size, &catalogue).into_iter().map(|piece| piece.absorb(names)).collect()
}

/// Both layers' entries, each layer by itself, with the names before any was learnt.
fn layers(events: &[Event]) -> (Names, [Vec<Arc<Entry>>; 2]) {
    let Resolved { catalogue, entries, .. } = resolved(events);
    let (first, second) = entries.into_iter().partition(|entry| entry.layer == LayerIndex(0));
    (Names::of(catalogue), [first, second])
}

fn expected_key(entry: &Entry, offset: u64) -> Key {
    let tie = tie(entry.layer, offset);
    entry.bounds.as_ref().map_or(Key { tie, ..Key::FIRST_UNDATED }, |bounds| {
        let (start, end) = bounds.order();
        Key { undated: false, start, end, tie }
    })
}

/// All that an entry is indexed by.
fn values(entry: &Entry, names: &Names) -> BTreeSet<(Column, u64)> {
    let catalogue = names.catalogue();
    let word = |column, text: &str| u64::from(names.find_word(column, text).expect("a word that was met"));
    let event = &entry.event;
    let mut values = BTreeSet::new();
    for cast in &entry.cast {
        let role = word(WordColumn::Role, &cast.role);
        values.insert((Column::Role, role));
        values.insert((Column::Actor, in_role(role as u32, cast.actor.0)));
        values.extend(cast.parties.iter().map(|party| (Column::Party, in_role(role as u32, party.0))));
    }
    let own = event.parties.iter().filter_map(|id| catalogue.party_by_id(id));
    values.extend(own.map(|party| (Column::Party, in_role(OWN, party.0))));
    values.extend(entry.places.iter().map(|place| (Column::Place, u64::from(place.0))));
    values.extend(entry.documents.iter().map(|document| (Column::Document, u64::from(document.0))));
    values.extend(event.kind.iter().map(|kind| (Column::Kind, word(WordColumn::Kind, kind))));
    values.extend(event.tags.iter().map(|tag| (Column::Tag, word(WordColumn::Tag, tag))));
    values.extend(event.sources.iter().map(|source| {
        let voice = source.according_to.as_ref();
        (Column::Voice, voice.map_or(0, |voice| word(WordColumn::Voice, voice) + 1))
    }));
    let status = Status::ALL.iter().position(|status| *status == entry.status()).expect("a status");
    values.insert((Column::Status, status as u64));
    let flags = Flag::ALL.into_iter().filter(|flag| entry.is(*flag, catalogue));
    values.extend(flags.map(|flag| (Column::Flag, flag as u64)));
    values
}

const COLUMNS: [Column; 10] = [
    Column::Actor,
    Column::Party,
    Column::Place,
    Column::Document,
    Column::Kind,
    Column::Tag,
    Column::Status,
    Column::Role,
    Column::Voice,
    Column::Flag,
];

fn rows_of(posting: Posting<'_>, rows: u32) -> BTreeSet<u32> {
    let mut bits = Bits::new(rows);
    posting.add_to(&mut bits);
    bits.iter().collect()
}

/// A segment with its entries in the order of its rows.
fn with_entries<'e>(segment: &Segment, entries: &'e [Arc<Entry>]) -> Vec<&'e Entry> {
    (0..segment.rows()).map(|row| &*entries[segment.offset(row) as usize]).collect()
}

fn windows() -> impl Strategy<Value = Vec<TimeRange>> {
    // As `in:`, `since:` and `until:` make them.
    let window = (date(), 0..5).prop_map(|(text, relation)| {
        let TimeRange { first, last } = When::parse(&text).expect(&text).span();
        TimeRange {
            first: if relation == 3 { Instant::PAST } else { first },
            last: if relation == 4 { Instant::FUTURE } else { last },
        }
    });
    proptest::collection::vec(window, 1..12)
}

fn check_rows(segment: &Segment, entries: &[&Entry]) {
    let keys: Vec<Key> = (0..segment.rows()).map(|row| segment.key(row)).collect();
    assert!(keys.is_sorted(), "rows are in order");
    for (row, entry) in (0..).zip(entries) {
        assert_eq!(segment.key(row), expected_key(entry, segment.offset(row)));
        assert_eq!(segment.bounds(row), entry.bounds);
        assert_eq!(segment.position_of(row), entry.event.position());
        assert_eq!(segment.hash(row), facts::hash(entry.event.id.as_bytes()));
        assert!(segment.with_hash(segment.hash(row)).any(|other| other == row));
        assert_eq!(place(segment.key(row).tie), (segment.layer(), segment.offset(row)));
    }
    let dated = entries.iter().filter(|entry| entry.bounds.is_some()).count();
    assert_eq!(segment.dated() as usize, dated);
    for key in keys.iter().copied().chain([Key::FIRST, Key::LAST_DATED, Key::FIRST_UNDATED, Key::LAST]) {
        let before = keys.iter().filter(|other| **other < key).count();
        assert_eq!(segment.position(key) as usize, before);
    }
    let start = |entry: &Entry| entry.bounds.as_ref().map(|bounds| bounds.hull.s0);
    let open = (0..).zip(entries).filter(|(_, entry)| start(entry) == Some(Instant::PAST));
    assert_eq!(segment.unbounded(), open.map(|(row, _)| row).collect::<Vec<u16>>());
    let offsets: Vec<u64> =
        segment.in_layer_order().iter().map(|row| segment.offset(u32::from(*row))).collect();
    assert!(offsets.is_sorted());
    assert_eq!(
        segment.bytes(),
        offsets.first().copied().unwrap_or(0)..offsets.last().map_or(0, |last| last + 1)
    );
}

fn check_windows(segment: &Segment, entries: &[&Entry], windows: &[TimeRange]) {
    for window in windows {
        let starting = entries
            .iter()
            .filter(|entry| entry.bounds.as_ref().is_some_and(|bounds| bounds.order().0 < window.first));
        assert_eq!(segment.starting_before(window.first) as usize, starting.count());
        for within in [Within::Partly, Within::Wholly] {
            let (certain, possible) = segment.in_window(within, *window);
            for (row, entry) in (0..).zip(entries) {
                let expected = entry.bounds.as_ref().map_or(Certainty::Possible, |bounds| match within {
                    Within::Partly => bounds.goes_on_in(*window),
                    Within::Wholly => bounds.lies_in(*window),
                });
                let found = match (certain.contains(row), possible.contains(row)) {
                    (true, _) => Certainty::Certain,
                    (false, true) => Certainty::Possible,
                    (false, false) => Certainty::Not,
                };
                assert_eq!(found, expected, "{within:?} {window:?} {:?}", entry.event.date);
                assert!(possible.contains(row) || !certain.contains(row));
            }
        }
    }
}

fn check_values(segment: &Segment, entries: &[&Entry], names: &Names) {
    let mut expected: BTreeMap<(Column, u64), BTreeSet<u32>> = BTreeMap::new();
    for (row, entry) in (0..).zip(entries) {
        for value in values(entry, names) {
            expected.entry(value).or_default().insert(row);
        }
    }
    let mut found = BTreeMap::new();
    for column in COLUMNS {
        let mut last = None;
        for (value, posting) in segment.values(column) {
            assert!(last < Some(value), "values are in order");
            last = Some(value);
            assert_eq!(segment.posting(column, value), Some(posting));
            let rows = rows_of(posting, segment.rows());
            let mut each = BTreeSet::new();
            posting.each(|row| assert!(each.insert(row)));
            assert_eq!(each, rows);
            assert_eq!(posting.count() as usize, rows.len());
            let mut even = Bits::new(segment.rows());
            (0..segment.rows()).step_by(2).for_each(|row| even.insert(row));
            assert_eq!(posting.count_and(&even) as usize, rows.iter().filter(|row| *row % 2 == 0).count());
            found.insert((column, value), rows);
        }
        assert_eq!(segment.posting(column, u64::MAX - 1), None);
    }
    assert_eq!(found, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn columns_say_what_the_events_say(
        events in proptest::collection::vec(event(), 0..150),
        size in 1usize..200,
        windows in windows(),
    ) {
        let (mut names, layers) = layers(&events);
        let mut all = Vec::new();
        for (layer, entries) in (0..).zip(&layers) {
            all.extend(segments(entries, layer, size, &mut names));
        }
        for segment in &all {
            let entries = with_entries(segment, &layers[segment.layer().0 as usize]);
            check_rows(segment, &entries);
            check_windows(segment, &entries, &windows);
            check_values(segment, &entries, &names);
        }
    }

    #[test]
    fn names_do_not_depend_on_how_the_rows_were_cut(
        events in proptest::collection::vec(event(), 0..60),
        size in 1usize..60,
    ) {
        let (names, [entries, _]) = layers(&events);
        let (mut whole, mut cut) = (names.clone(), names);
        segments(&entries, 0, entries.len().max(1), &mut whole);
        segments(&entries, 0, size, &mut cut);
        prop_assert_eq!(whole.catalogue(), cut.catalogue());
        for column in [WordColumn::Kind, WordColumn::Tag, WordColumn::Role, WordColumn::Voice] {
            prop_assert_eq!(whole.words(column), cut.words(column));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// As for an index that is kept: what comes back is what went in, and damage is told, wherever it is.
    #[test]
    fn an_image_is_the_piece_or_nothing(
        events in proptest::collection::vec(event(), 0..40),
        places in proptest::collection::vec((any::<prop::sample::Index>(), 1u8..), 8),
    ) {
        let (names, [first, _]) = layers(&events);
        for piece in pieces(&first, 0, 16, &names.catalogue().clone()) {
            let image = piece.to_image();
            prop_assert_eq!(Piece::image_length(&image), Some(image.len() as u64));
            for (place, change) in &places {
                let place = place.index(image.len());
                let mut changed = image.clone();
                changed[place] = changed[place].wrapping_add(*change);
                prop_assert!(Piece::from_image(&changed, LayerIndex(0)).is_none(), "byte {place} changed");
                prop_assert!(Piece::from_image(&image[..place], LayerIndex(0)).is_none(), "cut at {place}");
            }
            let back = Piece::from_image(&image, LayerIndex(0)).expect("what was written");
            prop_assert_eq!(back.absorb(&mut names.clone()), piece.absorb(&mut names.clone()));
        }
    }
}

#[test]
fn a_full_segment_takes_no_more_rows() {
    let dated = |date: &str| Event { date: Some(date.into()), ..Event::default() };
    let (names, [_, entries]) = layers(&[dated("2024"), dated("2024"), dated("2023")]);
    let facts = [0, 1].map(|place| EntryFacts::new(&entries[place], names.catalogue()));
    let mut builder = Builder::new(LayerIndex(1));
    for offset in 0..u64::from(MOST_ROWS) {
        // A file of more than four gigabytes that is read backwards.
        let facts = &facts[usize::from(offset > 0)];
        assert!(builder.add(&facts.facts((u64::from(MOST_ROWS) - offset) << 20)));
    }
    assert!(builder.is_full() && !builder.add(&facts[0].facts(0)));
    let segment = builder.finish(1 << 40).absorb(&mut names.clone());
    assert_eq!((segment.rows(), segment.dated()), (MOST_ROWS, MOST_ROWS));
    assert_eq!(segment.offset(MOST_ROWS - 1), u64::from(MOST_ROWS) << 20);
    assert_eq!(segment.bytes(), 1 << 20..1 << 40);
    assert_eq!(segment.posting(Column::Status, 0).map(Posting::count), Some(MOST_ROWS));
}
