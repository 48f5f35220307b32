//! However a table comes to be in a store, it answers alike: read in one piece or in many, packed, through a pipe, from
//! an index, or in two parts. What is true is said by the naive filter and the plain store, for the events as another
//! reader finds them in the same bytes.

#[allow(dead_code, reason = "other tests use the rest of this")]
mod contract {
    pub mod plain;
}

#[allow(dead_code, reason = "other tests use the rest of this")]
mod naive {
    pub mod eval;
    pub mod query;
    pub mod texts;
    pub mod world;
}

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use annals::chronology::resolve::{LayerInput, resolve};
use annals::chronology::{Catalogue, Document, Entry, Event, Layer, Position, Resolved};
use annals::formats::{self, Collector, Events, Selection, WriteOptions};
use annals::load::{Cache, Loaded, Order, open};
use annals::query::{Dimension, Filter, Noted};
use annals::store::{Count, Ctl, Direction, Facet, Histogram, Histograms, Key, Keys, Question, Row, Store};
use annals::when::{Certainty, Instant};
use contract::plain::{self, Plain};
use naive::query::Query;
use naive::texts::{rows, searches, table};
use naive::world::World;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The layer's name, which queries know.
const LAYER: &str = "river";
const OFTEN: Duration = Duration::from_secs(3600);

struct All<'r>(&'r Resolved);

impl Events for All<'_> {
    fn for_each(&self, each: &mut dyn FnMut(&Entry, Certainty) -> io::Result<()>) -> io::Result<()> {
        self.0.entries.iter().try_for_each(|entry| each(entry, Certainty::Certain))
    }
}

fn layer_of(chronology: annals::chronology::Chronology) -> LayerInput {
    let layer = Layer { name: LAYER.to_owned(), ..Layer::default() };
    LayerInput { layer, chronology, texts: HashMap::new() }
}

/// The first layer of a world as a file of ours.
fn written(world: &World, format: &str) -> Vec<u8> {
    let resolved = resolve(vec![layer_of(world.layers[0].1.clone())]);
    let selection = Selection {
        title: "",
        summary: "",
        described: None,
        filtered: false,
        catalogue: &resolved.catalogue,
        events: &All(&resolved),
    };
    let mut bytes = Vec::new();
    let write = formats::by_name(format).and_then(|format| format.write).expect("a writer");
    write(&selection, &mut bytes, &WriteOptions::default()).expect("written");
    bytes
}

/// The same cells as lines of flat objects. One with a `date_basis` would be an event of ours, not a table.
fn flat(csv: &[u8]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader.headers().expect("a header").clone();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.expect("a row");
        let cells = header.iter().zip(&record).map(|(key, cell)| (key.to_owned(), cell.into()));
        let mut object: serde_json::Map<String, serde_json::Value> = cells.collect();
        object.remove("date_basis");
        writeln!(lines, "{}", serde_json::Value::Object(object)).expect("in memory");
    }
    lines
}

/// A file's events, as the reader of whole files finds them.
fn collected(bytes: &[u8], format: &str) -> World {
    let mut collected = Collector::default();
    let read = formats::by_name(format).and_then(|format| format.read).expect("a reader");
    read(&mut &*bytes, &mut collected).expect("read from memory");
    World { layers: vec![(LAYER.to_owned(), collected.chronology)], noted: Noted::default() }
}

/// What a store answers to a question.
#[derive(Debug, PartialEq)]
struct Answered {
    found: Vec<(String, Certainty)>,
    count: Count,
    histogram: Histogram,
    by: Vec<(String, Histogram)>,
    facets: Vec<Facet>,
    page: Vec<String>,
    map: OnMap,
}

/// What the map shows: how many events there are where they say themselves that they were, and where the first was of
/// those that name a place which nobody else says it of.
type OnMap = (BTreeMap<Position, Count>, BTreeMap<String, Position>);

impl Answered {
    fn new(
        rows: &[Row],
        count: Count,
        (histogram, by): Histograms,
        mut facets: Vec<Facet>,
        page: &[Row],
        map: OnMap,
    ) -> Self {
        // Names that no event has may come from half a row, which is all that was there at some time.
        facets.retain(|facet| facet.count.total() > 0);
        let id = |row: &Row| row.entry.event.id.clone();
        let found = rows.iter().map(|row| (id(row), row.certainty)).collect();
        Self { found, count, histogram, by, facets, page: page.iter().map(id).collect(), map }
    }
}

/// What is asked beside the filter.
#[derive(Clone, Debug)]
struct Asked {
    query: Query,
    reverse: bool,
    edges: Vec<Instant>,
    dimension: Dimension,
    /// Among the events found: where a page begins.
    from: usize,
    direction: Direction,
}

impl Asked {
    fn question(&self) -> Question {
        let text = self.query.to_string();
        let filter = Filter::parse(&text, None).expect(&text);
        Question { filter: Arc::new(filter), reverse: self.reverse, ..Question::default() }
    }

    fn page_from(&self, rows: &[Row]) -> Key {
        let from = self.from.checked_rem(rows.len()).and_then(|from| rows.get(from));
        from.map_or(Key::FIRST, |row| row.key)
    }

    /// What the plain store answers, of which what it finds is held against the naive filter.
    fn truth(&self, plain: &Plain, world: &World) -> Answered {
        let question = self.question();
        let rows = plain.found(&question);
        let mut truths: BTreeMap<&str, u8> = BTreeMap::new();
        for (layer, event) in world.events() {
            truths.insert(&event.id, naive::eval::truth(&self.query, world, layer, event));
        }
        truths.retain(|_, truth| *truth > 0);
        let found: BTreeMap<&str, u8> =
            rows.iter().map(|row| (row.entry.event.id.as_str(), row.certainty as u8)).collect();
        assert_eq!(found, truths, "{}", self.query);
        let page = plain::page(&rows, self.page_from(&rows), self.direction, self.reverse, 3);
        let sums = (
            plain::histogram(rows.iter(), &self.edges),
            plain::histograms(&rows, &self.edges, self.dimension, &plain.catalogue),
        );
        let facets = plain.facets(&question, self.dimension, "", usize::MAX);
        Answered::new(
            &rows,
            plain::count(&rows, &Keys::all()),
            sums,
            facets,
            &page,
            on_map(&rows, &plain.catalogue),
        )
    }

    fn of(&self, store: &dyn Store) -> Answered {
        let (question, ctl) = (self.question(), Ctl::default());
        let mut rows = Vec::new();
        let mut note = |row: &Row| {
            rows.push(row.clone());
            Ok(())
        };
        store.scan(&question, &Keys::all(), &mut note, &ctl).expect("scanned");
        let count = store.count(&question, &Keys::all(), &ctl).expect("counted").value;
        let sums =
            store.histogram(&question, &self.edges, Some(self.dimension), &ctl).expect("counted").value;
        let facets = store.facets(&question, self.dimension, "", usize::MAX, &ctl).expect("counted").value;
        let from = self.page_from(&rows);
        let page = store.page(&question, from, self.direction, 3, &ctl).expect("read").value;
        let clusters = store.clusters(&question, None, &ctl).expect("gathered").value;
        let catalogue = store.info().catalogue;
        let spots = clusters.clusters.iter().map(|cluster| (cluster.position, cluster.count));
        let places = clusters.places.iter().map(|(place, at)| (catalogue.place(*place).id.clone(), *at));
        Answered::new(&rows, count, sums, facets, &page, (spots.collect(), places.collect()))
    }
}

fn on_map(rows: &[Row], catalogue: &Catalogue) -> OnMap {
    let (mut spots, mut places) = OnMap::default();
    let mut in_order: Vec<&Row> = rows.iter().collect();
    in_order.sort_by_key(|row| row.key);
    for row in in_order {
        let Some(position) = row.entry.event.position() else { continue };
        spots.entry(position).or_insert_with(Count::default).add(row.certainty);
        for place in row.entry.places.iter().map(|place| catalogue.place(*place)) {
            if place.position().is_none() {
                places.entry(place.id.clone()).or_insert(position);
            }
        }
    }
    (spots, places)
}

fn asked() -> impl Strategy<Value = Asked> {
    let years = prop_oneof![3 => 2017i64..2022, 1 => -13_900_000_000i64..10_100];
    (
        naive::query::query(),
        any::<bool>(),
        prop::collection::btree_set(years, 2..6),
        select(Dimension::ALL),
        any::<usize>(),
        select(&[Direction::Forward, Direction::Backward][..]),
    )
        .prop_map(|(query, reverse, years, dimension, from, direction)| Asked {
            query,
            reverse,
            edges: years.into_iter().map(|year| Instant::year_start(year).expect("a year")).collect(),
            dimension,
            from,
            direction,
        })
}

fn load(path: &Path, order: Order) -> Loaded {
    let loaded = open(&Order { sources: vec![path.into()], ..order }).expect("opens");
    assert_eq!(loaded.wait(OFTEN, &mut || ()).missing, None);
    loaded
}

/// How many events there are, and the one that stands last in the file; `None`: they cannot be read just now.
fn last_of(loaded: &Loaded) -> Option<(usize, Option<Event>)> {
    let mut events = BTreeMap::new();
    let mut note = |row: &Row| {
        events.insert(row.key.tie, row.entry.event.clone());
        Ok(())
    };
    loaded.store.scan(&Question::default(), &Keys::all(), &mut note, &Ctl::default()).ok()?;
    Some((events.len(), events.pop_last().map(|(_, event)| event)))
}

/// How a table gets into a store.
struct Ways<'f> {
    folder: &'f Path,
    /// What the file's name ends with.
    ending: &'f str,
    bytes: &'f [u8],
}

impl Ways<'_> {
    /// A file of its own for a way, with the layer's name.
    fn path(&self, way: &str, ending: &str) -> PathBuf {
        let folder = self.folder.join(way);
        fs::create_dir(&folder).expect("a folder");
        folder.join(format!("{LAYER}.{}{ending}", self.ending))
    }

    fn file(&self, way: &str, ending: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(way, ending);
        fs::write(&path, bytes).expect("written");
        path
    }

    fn packed(&self) -> [Loaded; 2] {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(self.bytes).expect("in memory");
        let gzip = packer.finish().expect("in memory");
        let zstandard =
            ruzstd::encoding::compress_to_vec(self.bytes, ruzstd::encoding::CompressionLevel::Fastest);
        [("gzip", ".gz", gzip), ("zstandard", ".zst", zstandard)]
            .map(|(way, ending, bytes)| load(&self.file(way, ending, &bytes), Order::default()))
    }

    /// Through a pipe, in blocks of this size.
    fn piped(&self, size: usize) -> Loaded {
        let path = self.path("pipe", "");
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
        let (bytes, to) = (self.bytes.to_vec(), path.clone());
        let writing = thread::spawn(move || {
            let mut pipe = OpenOptions::new().write(true).open(to).expect("open");
            bytes.chunks(size).for_each(|block| pipe.write_all(block).expect("written"));
        });
        let loaded = load(&path, Order::default());
        writing.join().expect("no panic");
        loaded
    }

    /// From the index that an earlier opening left, in pieces of this size.
    fn indexed(&self, size: u64) -> Loaded {
        let path = self.file("index", "", self.bytes);
        let cache = Cache::at(&self.folder.join("cache"), 1 << 30).for_small_files();
        let order = Order { cache: Some(cache), pieces: Some(size), ..Order::default() };
        drop(load(&path, order.clone()));
        assert_eq!(fs::read_dir(self.folder.join("cache")).expect("a cache").count(), 1);
        load(&path, order)
    }

    /// Cut into two parts, the second of which is added when the first was read.
    fn followed(&self, cut: usize, pieces: Option<u64>) -> Loaded {
        let (first, second) = self.bytes.split_at(cut);
        let path = self.file("follow", "", first);
        let loaded = open(&Order { sources: vec![(&path).into()], follow: true, pieces, ..Order::default() });
        let loaded = loaded.expect("opens");
        let (sender, changes) = mpsc::channel();
        loaded.store.on_change(Arc::new(move || {
            let _ = sender.send(());
        }));
        loaded.wait(OFTEN, &mut || ());
        let before = loaded.store.info().generation;
        OpenOptions::new().append(true).open(&path).expect("open").write_all(second).expect("written");
        // Half a row may be there from the beginning, so the number of rows does not say that all are; and what is read of
        // it again is whole as soon as the file is, while the columns still hold the half.
        let whole = load(&self.file("whole", "", self.bytes), Order::default());
        let (count, last) = last_of(&whole).expect("read");
        let is_taken = || second.is_empty() || loaded.store.info().generation > before;
        while !(is_taken() && matches!(last_of(&loaded), Some(now) if now.0 >= count && now.1 == last)) {
            changes.recv().expect("a change");
        }
        loaded
    }
}

/// Asks all ways the same.
fn compare(
    ways: &Ways<'_>,
    count: usize,
    format: &str,
    asked: &[Asked],
    stores: &[(&str, Loaded)],
) -> Vec<Event> {
    let mut read = collected(ways.bytes, format);
    let events = &read.layers[0].1.events;
    assert_eq!(events.len(), count);
    // Of the documents of a table nothing is known but that they are named.
    let sources = events.iter().flat_map(|event| &event.sources);
    let named: BTreeSet<&String> = sources.filter_map(|source| source.document.as_ref()).collect();
    let document = |id: &String| Document { id: id.clone(), ..Document::default() };
    let documents: Vec<Document> = named.into_iter().map(document).collect();
    if read.layers[0].1.documents.is_empty() {
        read.layers[0].1.documents = documents;
    }
    let resolved = resolve(vec![layer_of(read.layers[0].1.clone())]);
    // Those without an id get one.
    for (event, entry) in read.layers[0].1.events.iter_mut().zip(&resolved.entries) {
        event.id.clone_from(&entry.event.id);
    }
    let plain = Plain::new(resolved);
    for asked in asked {
        let truth = asked.truth(&plain, &read);
        for (way, loaded) in stores {
            assert_eq!(asked.of(&*loaded.store), truth, "{way}: {}", asked.query);
        }
    }
    read.layers.remove(0).1.events
}

/// Loads a table in every way and asks all of them the same.
fn compare_tables(world: &World, bytes: &[u8], ending: &str, asked: &[Asked], sizes: (u64, u64, Index)) {
    let folder = tempfile::tempdir().expect("a folder");
    let ways = Ways { folder: folder.path(), ending, bytes };
    let (small, large, cut) = sizes;
    let given = annals::sources::given(&[ways.file("given", "", bytes).into()], None).expect("opens");
    assert!(given.iter().all(annals::load::is_table), "it is read as a table");
    let in_pieces =
        |way: &str, size| load(&ways.file(way, "", bytes), Order { pieces: Some(size), ..Order::default() });
    // The header is read when the file is opened.
    let header = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let cut = header + cut.index(bytes.len() - header + 1);
    let [gzip, zstandard] = ways.packed();
    let stores = [
        ("in one piece", load(&ways.file("file", "", bytes), Order::default())),
        ("in small pieces", in_pieces("small", small)),
        ("in large pieces", in_pieces("large", large)),
        ("gzip", gzip),
        ("Zstandard", zstandard),
        ("a pipe", ways.piped(small as usize)),
        ("an index", ways.indexed(small)),
        ("added to", ways.followed(cut, Some(small))),
    ];
    compare(&ways, world.layers[0].1.events.len(), ending, asked, &stores);
}

/// Events that a table can hold as they are.
fn world() -> impl Strategy<Value = World> {
    let events = naive::world::world(12).prop_map(|mut world| {
        world.layers.truncate(1);
        world
    });
    // Nothing at all is no table.
    events.prop_filter("no events", |world| !world.layers[0].1.events.is_empty())
}

fn sizes() -> impl Strategy<Value = (u64, u64, Index)> {
    (8u64..80, 80u64..3000, any::<Index>())
}

proptest! {
    // 10 worlds of 52 queries in two formats: 1040 of every way.
    #![proptest_config(ProptestConfig {
        cases: 10, max_shrink_iters: 30, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn a_csv_answers_alike_however_it_is_read(
        world in world(), asked in prop::collection::vec(asked(), 52), sizes in sizes(),
    ) {
        compare_tables(&world, &written(&world, "csv"), "csv", &asked, sizes);
    }

    #[test]
    fn flat_json_lines_answer_alike_however_they_are_read(
        world in world(), asked in prop::collection::vec(asked(), 52), sizes in sizes(),
    ) {
        compare_tables(&world, &flat(&written(&world, "csv")), "jsonl", &asked, sizes);
    }

    /// They are read whole, since their names stand beside ids.
    #[test]
    fn json_lines_of_ours_answer_alike_however_they_come(
        world in world(), asked in prop::collection::vec(asked(), 52), size in 1usize..100,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = written(&world, "jsonl");
        let ways = Ways { folder: folder.path(), ending: "jsonl", bytes: &bytes };
        let [gzip, zstandard] = ways.packed();
        let file = load(&ways.file("file", "", &bytes), Order::default());
        let stores = [
            ("a file", file), ("gzip", gzip), ("Zstandard", zstandard), ("a pipe", ways.piped(size)),
        ];
        compare(&ways, world.layers[0].1.events.len(), "jsonl", &asked, &stores);
    }
}

#[test]
fn texts_fields_and_made_ids_are_found_in_files() {
    let rows = rows(400);
    let edges = vec![Instant::year_start(2000).expect("a year"), Instant::year_start(2010).expect("a year")];
    let asked = |query| Asked {
        query,
        reverse: false,
        edges: edges.clone(),
        dimension: Dimension::Kind,
        from: 5,
        direction: Direction::Forward,
    };
    for (with_ids, lines) in [(true, false), (false, false), (true, true), (false, true)] {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = table(&rows, with_ids, lines);
        let ending = if lines { "jsonl" } else { "csv" };
        let ways = Ways { folder: folder.path(), ending, bytes: &bytes };
        let order = Order { pieces: Some(20_000), ..Order::default() };
        let stores = [("a file", load(&ways.file("file", "", &bytes), order))];
        let queries: Vec<Asked> = searches().into_iter().map(asked).collect();
        let events = compare(&ways, rows.len(), ending, &queries, &stores);
        let store = &stores[0].1.store;
        for event in events.iter().step_by(57) {
            let found = store.event("", &event.id, &Ctl::default()).expect("read").expect(&event.id);
            assert_eq!(found.entry.event.title, event.title);
            let question = Question {
                filter: Arc::new(Filter::parse(&format!("id:{}", event.id), None).expect("an id")),
                ..Question::default()
            };
            let count = store.count(&question, &Keys::all(), &Ctl::default()).expect("counted").value;
            assert_eq!(count, Count { certain: 1, possible: 0 }, "{}", event.id);
        }
        assert!(store.event("", "x-0123456789ab", &Ctl::default()).expect("read").is_none());
    }
}
