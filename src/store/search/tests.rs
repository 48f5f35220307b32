//! What a search finds in raw bytes, against the test on every event.

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::chronology::facts::{Facts, Flags, hash};
use crate::chronology::{
    Actor, ActorIndex, Chronology, Entry, Event, LayerIndex, LayerInput, Participation, Source as Cited,
    Status, resolve,
};
use crate::query::{Context, Filter, Matcher, Noted};
use crate::store::columns::{Builder, Column, role_of};
use crate::store::rows::{EachBlock, EachText, Notation, RowFault};
use crate::text::fold::fold;
use crate::when::When;

/// Texts of everything that folding treats in its own way.
pub(super) fn texts() -> impl Strategy<Value = String> {
    let odd = "[ßẞæœŁłøİıéèÀﬁﬀ½⑩℀…․‥\u{301}\u{AD}\u{200B}\u{640}\u{7}\u{1F}'’`´\"“«\\-–. \n\t/\\\\,;\u{A0}\u{FFFD}]";
    let word = prop_oneof![
        "[a-cA-C. ]{1,6}",
        odd,
        "[ا-يً-ْ]{1,4}",
        "[가-힣]{1,2}",
        "[か-ご]{1,3}",
        "[а-яё]{1,3}",
        "\\PC",
        Just("…".to_owned()),
    ];
    proptest::collection::vec(word, 1..12).prop_map(|words| words.concat())
}

/// A table in memory: an id, a date, a title, a summary, actors, an address.
struct Table {
    bytes: Vec<u8>,
    /// The size of blocks, which end anywhere.
    block: usize,
    /// Whether it tells the texts of a record.
    tells: bool,
}

impl Table {
    /// The cells of the first record, each with the bytes in which it stands.
    fn cells(record: &[u8]) -> Vec<(Range<usize>, String)> {
        let (mut cells, mut at) = (Vec::new(), 0);
        loop {
            let start = at;
            let mut text = Vec::new();
            if record.get(at) == Some(&b'"') {
                at += 1;
                while let Some(byte) = record.get(at) {
                    let doubled = record.get(at + 1) == Some(&b'"');
                    at += if *byte == b'"' && doubled { 2 } else { 1 };
                    match byte {
                        b'"' if !doubled => break,
                        byte => text.push(*byte),
                    }
                }
            }
            while let Some(byte) = record.get(at).filter(|byte| !b",\n".contains(byte)) {
                text.push(*byte);
                at += 1;
            }
            cells.push((start..at, String::from_utf8_lossy(&text).into_owned()));
            match record.get(at) {
                Some(b',') => at += 1,
                _ => return cells,
            }
        }
    }

    fn event(&self, offset: u64) -> Option<Event> {
        let cells = Self::cells(self.bytes.get(usize::try_from(offset).ok()?..)?);
        let mut cells = cells.into_iter().map(|(_, text)| text);
        let mut next = || cells.next();
        let (id, date, title, summary) = (next()?, next()?, next()?, next()?);
        let names = next()?;
        let actors = names.split(';').filter(|name| !name.is_empty());
        Some(Event {
            id,
            date: Some(date),
            title,
            summary: Some(summary).filter(|text| !text.is_empty()),
            actors: actors
                .map(|id| Participation { id: id.to_owned(), ..Participation::default() })
                .collect(),
            sources: vec![Cited { url: next(), ..Cited::default() }],
            ..Event::default()
        })
    }
}

impl Rows for Table {
    fn entry(&self, layer: LayerIndex, spot: Spot, names: &Names) -> Result<Arc<Entry>, RowFault> {
        let event = self.event(spot.offset).ok_or(RowFault::Changed)?;
        Ok(Arc::new(names.entry(layer, event)))
    }

    fn notation(&self) -> Option<Notation> {
        Some(Notation::Delimited { quote: Some(b'"') })
    }

    fn blocks(&self, range: Range<u64>, _: &Ctl, each: &mut EachBlock<'_>) -> Result<(), StoreError> {
        let bytes = self.bytes.get(range.start as usize..range.end as usize).unwrap_or_default();
        let mut at = range.start;
        for block in bytes.chunks(self.block) {
            each(at, block)?;
            at += block.len() as u64;
        }
        Ok(())
    }

    fn texts(&self, record: &[u8], each: &mut EachText<'_>) -> bool {
        for (range, text) in Self::cells(record).into_iter().skip(2).take(2) {
            each(range, &|| text.clone());
        }
        self.tells
    }
}

/// Records with these titles, summaries and actors as a segment.
fn segment(records: &[(String, String, Vec<&str>)], names: &mut Names) -> (Vec<u8>, Segment) {
    let layer = LayerIndex(0);
    let mut builder = Builder::new(layer);
    let mut bytes = Vec::new();
    let quoted = |text: &str| {
        let odd = text.contains([',', '"', '\n']);
        let (start, rest): (String, String) =
            (text.chars().take(2).collect(), text.chars().skip(2).collect());
        if odd {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else if rest.starts_with(['a', 'b', 'c']) {
            // Against the rules, but files have it: text behind a closing mark.
            format!("\"{start}\"{rest}")
        } else {
            text.to_owned()
        }
    };
    for (number, (title, summary, actors)) in records.iter().enumerate() {
        // Not in the order of time, and with a line between some records that is none.
        let date = format!("20{:02}", (number * 7) % 100);
        let bounds = When::parse(&date).unwrap().bounds(None);
        let id = format!("abc{number}");
        let roles: Vec<(&str, &str)> = actors.iter().map(|name| (*name, "participant")).collect();
        let offset = bytes.len() as u64;
        builder.add(&Facts {
            offset,
            hash: hash(id.as_bytes()),
            bounds: Some(&bounds),
            flags: Flags::default(),
            status: Status::Occurred,
            kind: None,
            actors: &roles,
            parties: &[],
            places: &[],
            position: None,
            tags: &[],
            documents: &[],
            voices: &[],
        });
        let cells = [&id, &date, title, summary, &actors.join(";"), "https://abc.example/ab c"];
        bytes.extend(cells.map(quoted).join(",").bytes());
        bytes.extend(if number % 5 == 4 { &b"\n\n"[..] } else { b"\n" });
    }
    let end = bytes.len() as u64;
    (bytes, builder.finish(end).absorb(names))
}

fn names() -> Names {
    let actor = |id: &str, name: &str, alias: &str| Actor {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: vec![alias.to_owned()],
        ..Actor::default()
    };
    let actors = vec![actor("first", "Abc Cab", "Bab"), actor("second", "Łódź", "")];
    let chronology = Chronology { actors, ..Chronology::default() };
    Names::of(resolve(vec![LayerInput { chronology, ..LayerInput::default() }]).catalogue)
}

fn test_of(query: &str, names: &Names) -> Test {
    let filter = Filter::parse(query, None).unwrap();
    let none = Noted::default();
    let context = Context { catalogue: names.catalogue(), span_of: &|_| None, noted: &none };
    match Matcher::new(&filter, &context).test() {
        Test::All(tests) if tests.len() == 1 => tests[0].clone(),
        test => test.clone(),
    }
}

/// The rows of whose names a test is true.
fn named(test: &Test, segment: &Segment, names: &Names) -> Bits {
    let mut rows = Bits::new(segment.rows());
    for (value, posting) in segment.values(Column::Actor) {
        let actor = &names.catalogue().actor(ActorIndex(role_of(value).1)).actor;
        let mut all = std::iter::once(&actor.name).chain(&actor.aliases).filter(|name| !name.is_empty());
        if all.any(|name| test.is_in(name)) {
            posting.add_to(&mut rows);
        }
    }
    rows
}

fn naive(test: &Test, (segment, rows, names): Source<'_>, within: &Bits) -> Vec<u32> {
    let is_hit = |row: &u32| {
        let entry = rows.entry(segment.layer(), segment.spot(*row), names).unwrap();
        test.certainty(names.catalogue(), &entry) == Certainty::Certain
    };
    within.iter().filter(is_hit).collect()
}

fn nothing(segment: &Segment) -> Found {
    Found { looked: Bits::new(segment.rows()), hits: Bits::new(segment.rows()) }
}

fn record() -> impl Strategy<Value = (String, String, Vec<&'static str>)> {
    let actors = proptest::sample::subsequence(vec!["first", "second", "Abba C.", "cc"], 0..3);
    (texts(), texts(), actors)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_what_the_test_is_true_of(
        records in proptest::collection::vec(record(), 1..12),
        (of, from, length) in (0usize..12, 0usize..40, 1usize..8),
        (block, tells, skipped) in (1usize..400, any::<bool>(), any::<u16>()),
        expression in prop::option::weighted(0.2, "[a-c]{1,2}(b|c\\.)?"),
    ) {
        let mut names = names();
        let (bytes, segment) = segment(&records, &mut names);
        let table = Table { bytes, block, tells };
        let source: Source<'_> = (&segment, &table, &names);
        let (title, summary, actors) = &records[of % records.len()];
        let folded = fold([title, summary, &actors.concat(), "abc20Łódź"][from % 4]);
        let needle: String = folded.chars().skip(from % folded.chars().count().max(1)).take(length).collect();
        let test = match expression {
            Some(expression) => test_of(&format!("/{expression}/"), &names),
            None => Test::Text(needle.trim_matches(' ').to_owned()),
        };
        let mut within = Bits::full(segment.rows());
        (0..16).filter(|row| skipped >> row & 1 == 1).for_each(|row| within.remove(row));
        within.and_not(&named(&test, &segment, &names));
        let expected = naive(&test, source, &within);
        let search = Search::new(test);
        let ctl = Ctl::default();
        let mut found = nothing(&segment);
        search.find(source, &within, &mut found, &ctl).unwrap();
        prop_assert_eq!(found.hits.iter().collect::<Vec<u32>>(), expected.clone());
        prop_assert_eq!(&found.looked, &within);
        // Looked through as raw bytes whatever that costs.
        let mut found = nothing(&segment);
        Sweep::new(&search, source, table.notation().unwrap(), within.clone(), &mut found).run(&ctl).unwrap();
        prop_assert_eq!(found.hits.iter().collect::<Vec<u32>>(), expected);
        prop_assert_eq!(found.looked, within);
    }
}
