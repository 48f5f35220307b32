//! What tables promise as a whole: the rows of an independent parser, facts that say what the whole event says,
//! records that are the same from wherever they are read.

mod borders;
mod known;
mod laws;

use super::facts::WholeFacts;
use super::{FlawKind, Layout, map_option};
use crate::chronology::{Event, Facts, Flags, Status};
use crate::text::fold::fold;
use crate::when::Bounds;

/// Facts that outlive their record.
#[derive(Debug, PartialEq)]
struct Owned {
    offset: u64,
    hash: u32,
    bounds: Option<Bounds>,
    flags: Flags,
    status: Status,
    kind: Option<String>,
    actors: Vec<(String, String)>,
    lists: [Vec<String>; 4],
    voices: Vec<Option<String>>,
}

impl Owned {
    fn of(facts: &Facts<'_>) -> Self {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Self {
            offset: facts.offset,
            hash: facts.hash,
            bounds: facts.bounds.cloned(),
            flags: facts.flags,
            status: facts.status,
            kind: facts.kind.map(str::to_owned),
            actors: facts
                .actors
                .iter()
                .map(|(name, role)| ((*name).to_owned(), (*role).to_owned()))
                .collect(),
            lists: [facts.parties, facts.places, facts.tags, facts.documents].map(owned),
            voices: facts.voices.iter().map(|voice| voice.map(str::to_owned)).collect(),
        }
    }
}

/// A file that was read.
struct Table {
    layout: Layout,
    facts: Vec<Owned>,
    events: Vec<(u64, Event)>,
    /// What was wrong, for facts and for events.
    flaws: [Vec<(FlawKind, u64)>; 2],
}

/// Reads a file in both ways. `map` are values of `--map`.
fn table(bytes: &[u8], name: Option<&str>, map: &[&str]) -> Table {
    let map: Vec<_> = map.iter().map(|text| map_option(text).expect("a mapping")).collect();
    let layout = Layout::detect(bytes, name, &map).expect("a table");
    let rest = bytes.get(layout.first() as usize..).unwrap_or_default();
    let mut reader = layout.reader(rest, layout.first());
    let mut facts = Vec::new();
    while reader.next(|found| facts.push(Owned::of(found))).expect("reading from memory") {}
    assert_eq!(reader.offset(), bytes.len() as u64);
    let kinds =
        |flaws: &super::Flaws| flaws.kept().iter().map(|flaw| (flaw.kind, flaw.offset)).collect::<Vec<_>>();
    let of_facts = kinds(reader.flaws());
    let mut reader = layout.reader(rest, layout.first());
    let mut events = Vec::new();
    while let Some(event) = reader.next_event().expect("reading from memory") {
        events.push(event);
    }
    let of_events = kinds(reader.flaws());
    Table { layout, facts, events, flaws: [of_facts, of_events] }
}

impl Table {
    /// Holds the table to its laws: facts say what events say, and a record is the same wherever it is read from.
    fn check(&self, bytes: &[u8]) {
        assert_eq!(self.facts.len(), self.events.len());
        let mut again = self.layout.again();
        for (facts, (offset, event)) in self.facts.iter().zip(&self.events) {
            assert_eq!(facts.offset, *offset);
            let record = bytes.get(*offset as usize..).expect("an offset in the file");
            let length = self.layout.length(record, true).expect("a whole record");
            let record = record.get(..length).expect("a record in the file");
            assert_eq!(again.event(record, facts.hash).as_ref(), Some(event));
            assert_eq!(again.event(record, !facts.hash), None);
            let Event { id, fields, links, sources, extra, .. } = event.clone();
            let skimmed = Event { id, fields, links, sources, extra, ..Event::default() };
            assert_eq!(again.skim(record, facts.hash), Some(skimmed));
            let mut whole = None;
            WholeFacts::of(event).with(*offset, facts.hash, |facts| whole = Some(Owned::of(facts)));
            assert_eq!(whole.as_ref(), Some(facts), "{event:?}");
            self.check_texts(record, event);
        }
    }

    /// The texts of a record are those of its event, and its words are in the bytes where they stand.
    fn check_texts(&self, record: &[u8], event: &Event) {
        let Some(texts) = self.layout.texts() else { return };
        assert_eq!(texts.id(record).unwrap_or_default(), event.id);
        for name in event.fields.keys().map(String::as_str).chain(["none"]) {
            let mut told = Vec::new();
            if texts.field(record, &fold(name), &mut |text| told.push(text.to_owned())) {
                let same = event.fields.iter().filter(|(key, _)| fold(key) == fold(name));
                let mut wanted: Vec<String> = same.map(|(_, text)| text.clone()).collect();
                wanted.sort_unstable();
                told.sort_unstable();
                assert_eq!(told, wanted, "{name}");
            }
        }
        let mut found = Vec::new();
        let all = texts.each(record, &mut |range, text| {
            let bytes = String::from_utf8_lossy(record.get(range).expect("bytes of the record"));
            let runs = bytes.split(|c: char| !c.is_ascii_alphanumeric());
            let text = text();
            assert!(runs.clone().all(|run| text.contains(run)), "{bytes:?} is {text:?}");
            found.push(text);
        });
        let quotes = event.sources.iter().filter_map(|source| source.quote.as_ref());
        let own = [&event.summary, &event.note].into_iter().flatten().chain(quotes);
        let mut of_event: Vec<&String> = own.chain(event.fields.values()).chain([&event.title]).collect();
        of_event.retain(|text| !text.is_empty());
        of_event.sort_unstable();
        found.sort_unstable();
        if all {
            assert_eq!(found.iter().collect::<Vec<_>>(), of_event);
        } else {
            assert!(
                found.iter().all(|text| of_event.contains(&text)),
                "{found:?} is not all in {of_event:?}"
            );
        }
    }

    fn event(&self, index: usize) -> &Event {
        &self.events[index].1
    }

    fn dates(&self) -> Vec<&str> {
        self.events.iter().map(|(_, event)| event.date.as_deref().unwrap_or("undated")).collect()
    }
}

/// Reads a file and holds it to the laws.
fn read(text: &str, name: Option<&str>) -> Table {
    let table = table(text.as_bytes(), name, &[]);
    table.check(text.as_bytes());
    table
}
