//! However a table comes and is cut, the same is read of it.

mod following;

use std::fs;
use std::io::Write;

use proptest::prelude::*;

use super::parse::Table;
use super::workers::read_all;
use super::*;
use crate::chronology::{Entry, LayerIndex, Names};
use crate::formats::table::Layout;
use crate::sources::Bytes;
use crate::store::{Ctl, Info, Key, Keys, Question, Row, Store};
use crate::when::Bounds;

const NEVER: Duration = Duration::from_secs(3600);

fn file(text: &[u8]) -> (tempfile::NamedTempFile, Bytes) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), text).expect("written");
    let bytes = Bytes::of_file(file.reopen().expect("open")).expect("a size");
    (file, bytes)
}

/// What the columns know of a row: where it stands, its hash and its date.
type Known = (u64, u32, Option<Bounds>);

/// Reads a table in chunks of so many bytes.
fn in_chunks(text: &str, size: u64) -> (Vec<Known>, Names, Vec<u64>, u64) {
    let (_file, bytes) = file(text.as_bytes());
    let layout = Layout::detect(b"date,title,actors\n", None, &[]).expect("a header");
    let table = Table::new(&layout, LayerIndex(0));
    let (mut known, mut names, mut flaws) = (Vec::new(), Names::default(), Vec::new());
    let end = read_all(&table, &bytes, (layout.first(), 0), Some(size), &mut |part| {
        flaws.extend(part.piece.flaws.kept().iter().map(|flaw| flaw.offset));
        let segment = part.piece.piece.absorb(&mut names);
        let row = |row| (segment.offset(row), segment.hash(row), segment.bounds(row));
        known.extend(segment.in_layer_order().iter().map(|number| row(u32::from(*number))));
    });
    (known, names, flaws, end.expect("read"))
}

fn cell() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec!["", "2017", "2017-10-1", "x", "a;b", "2", "\r", "é", "a\"b"]);
    let quoted =
        prop::collection::vec(prop::sample::select(vec!["\n", ",", "\"\"", "2,x,y", "\r\n", "z"]), 0..6);
    prop_oneof![
        4 => plain.prop_map(str::to_owned),
        2 => quoted.prop_map(|parts| format!("\"{}\"", parts.concat())),
        // A quotation that is never closed takes in what follows.
        1 => Just("\"".to_owned()),
    ]
}

fn table() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\n", "\r\n", "\r", "\n\n"]);
    let row = (prop::collection::vec(cell(), 1..5), end).prop_map(|(cells, end)| cells.join(",") + end);
    let last = prop::sample::select(vec!["", "2018,last,b", "\"open"]);
    (prop::collection::vec(row, 0..30), last)
        .prop_map(|(rows, last)| format!("date,title,actors\n{}{last}", rows.concat()))
}

proptest! {
    #[test]
    fn any_chunks_give_the_same_rows(text in table(), size in 1_u64..200) {
        let (known, names, flaws, end) = in_chunks(&text, u64::MAX / 4);
        let (chunked, other_names, other_flaws, other_end) = in_chunks(&text, size);
        prop_assert_eq!(chunked, known);
        prop_assert_eq!(other_names.catalogue(), names.catalogue());
        prop_assert_eq!(other_flaws, flaws);
        prop_assert_eq!((other_end, end), (text.len() as u64, text.len() as u64));
    }
}

/// A table longer than what is looked at first.
fn long() -> String {
    let row = |number: u32| {
        format!(
            "{number},{}-0{}-1{},\"title, {number}\nMālikī 🌍\",actor {}\n",
            2000 + number % 20,
            number % 9 + 1,
            number % 10,
            number % 50
        )
    };
    "id,date,title,actors\n".to_owned() + &(0..6000).map(row).collect::<String>()
}

fn order(path: &Path) -> Order {
    Order { sources: vec![OsString::from(path)], ..Order::default() }
}

fn filter(text: &str) -> Arc<crate::query::Filter> {
    Arc::new(crate::query::Filter::parse(text, None).expect("a query"))
}

fn all(store: &Columns) -> Vec<(Key, Entry)> {
    let mut all = Vec::new();
    let mut note = |row: &Row| {
        all.push((row.key, Entry::clone(&row.entry)));
        Ok(())
    };
    store.scan(&Question::default(), &Keys::all(), &mut note, &Ctl::default()).expect("read");
    all
}

fn loaded(path: &Path) -> (Vec<(Key, Entry)>, Info, Outcome) {
    let loaded = open(&order(path)).expect("opens");
    let outcome = loaded.wait(NEVER, &mut || ());
    (all(&loaded.store), loaded.store.info(), outcome)
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("written");
    path
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("in memory");
    packer.finish().expect("in memory")
}

#[test]
fn a_table_is_the_same_however_it_is_packed() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = long();
    let (rows, info, outcome) = loaded(&written(folder.path(), "a.csv", text.as_bytes()));
    assert_eq!((rows.len(), info.total, info.loading), (6000, 6000, false));
    assert_eq!((outcome, info.problem), (Outcome::default(), None));
    assert_eq!(info.catalogue.actors.len(), 50);
    let zstandard =
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for (name, bytes) in [("a.csv.gz", gzip(text.as_bytes())), ("a.csv.zst", zstandard)] {
        let (packed, other, _) = loaded(&written(folder.path(), name, &bytes));
        assert!(packed == rows, "{name}");
        assert_eq!(other.catalogue.layers[0].name, "a");
    }
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    let (wide, _, _) =
        loaded(&written(folder.path(), "b.csv", &[0xff, 0xfe].into_iter().chain(wide).collect::<Vec<_>>()));
    let events =
        |rows: &[(Key, Entry)]| rows.iter().map(|(_, entry)| entry.event.clone()).collect::<Vec<_>>();
    assert!(events(&wide) == events(&rows), "UTF-16");
}

#[test]
fn the_first_rows_are_there_at_once_and_the_others_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let loaded = open(&order(&written(folder.path(), "a.csv", long().as_bytes()))).expect("opens");
    assert!(loaded.store.info().total > 500);
    loaded.wait(NEVER, &mut || ());
    assert_eq!(loaded.store.info().total, 6000);
}

#[test]
fn layers_follow_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let chronology = "title = \"whole\"\n[[events]]\nid = \"one\"\ntitle = \"one\"\ndate = \"2001\"\n";
    let toml = written(folder.path(), "b.toml", chronology.as_bytes());
    let paths = [
        written(folder.path(), "a.csv", long().as_bytes()),
        toml,
        written(folder.path(), "c.csv", b"date,title\n2017,x\n"),
    ];
    let sources = paths.iter().map(OsString::from).collect();
    let loaded = open(&Order { sources, ..Order::default() }).expect("opens");
    loaded.wait(NEVER, &mut || ());
    let info = loaded.store.info();
    let names: Vec<&str> = info.catalogue.layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!((names, info.total), (vec!["a", "b", "c"], 6002));
    let one = loaded.store.event("b", "one", &Ctl::default()).expect("found").expect("there");
    assert_eq!((one.entry.layer, one.entry.event.title.as_str()), (LayerIndex(1), "one"));
}

#[test]
fn what_is_cut_off_or_damaged_is_said_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut packed = gzip(long().as_bytes());
    packed.truncate(packed.len() / 2);
    let (rows, info, outcome) = loaded(&written(folder.path(), "a.csv.gz", &packed));
    let (why, origin) = outcome.missing.expect("missing");
    assert!(why.starts_with("only the first ") && origin.ends_with("a.csv.gz"), "{why}");
    assert!(rows.len() > 1000 && rows.len() < 6000, "{}", rows.len());
    assert!(info.problem.is_some_and(|problem| problem.contains("only the first")));
}

#[test]
fn rows_that_were_cut_off_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", long().as_bytes());
    let loaded = open(&order(&path)).expect("opens");
    loaded.wait(NEVER, &mut || ());
    fs::OpenOptions::new().write(true).open(&path).expect("open").set_len(1000).expect("cut");
    let event = loaded.store.event("", "17", &Ctl::default());
    assert!(event.expect_err("changed").to_string().contains("changed"));
}

#[test]
fn flaws_are_counted_with_the_line_of_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "date,title\n2017,\"two\nlines\"\nnever,x\n2018,y\nsoon,z\n";
    let (rows, _, outcome) = loaded(&written(folder.path(), "a.csv", text.as_bytes()));
    assert_eq!(rows.len(), 4);
    let remark = outcome.remarks.first().expect("a remark");
    assert!(remark.contains("a.csv: 2 dates could not be read (line 4: "), "{remark}");
}

#[test]
fn a_check_names_lines_and_columns_also_of_what_only_events_show() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "id,Date,lat,lon,title\n1,never,north,3,\"two\nlines\"\n2,2019,1,2\n3,2018,1,\"\",z\n";
    let path = written(folder.path(), "a.csv", text.as_bytes());
    let given = sources::given(&[path.into()], None).expect("opens");
    let mut said = Vec::new();
    let mut note = |fault: crate::formats::Fault| {
        said.push(format!("{}: {}", fault.line, fault.message));
        Ok(())
    };
    check(&given[0], &[], &mut note).expect("read");
    let expected = [
        "2: column “Date”: “never” is no date that can be read; the event is undated",
        "2: column “lat”: “north” is no number of degrees; it is kept as a field",
        "4: the row has 4 cells where 5 are meant",
    ];
    assert_eq!(said, expected);
}

#[test]
fn loading_that_is_no_longer_wanted_ends() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let bytes = sources::Source::of_stream(Box::new(reader)).expect("a spool").bytes;
    let layout = Layout::detect(b"date,title\n", None, &[]).expect("a header");
    let other = bytes.clone();
    let reading = thread::spawn(move || {
        let table = Table::new(&layout, LayerIndex(0));
        read_all(&table, &bytes, (0, 0), None, &mut |_| ())
    });
    other.stop();
    reading.join().expect("no panic").expect_err("stopped");
    drop(writer);
}

#[test]
fn a_table_is_shown_while_it_comes_through_a_pipe() {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    let bytes = sources::Source::of_stream(Box::new(reader)).expect("a spool").bytes;
    let layout = Layout::detect(b"date,title\n", None, &[]).expect("a header");
    let (sender, receiver) = mpsc::channel();
    let reading = thread::spawn(move || {
        let table = Table::new(&layout, LayerIndex(0));
        read_all(&table, &bytes, (0, 0), None, &mut |part| {
            let _ = sender.send((part.rows, part.end));
        })
    });
    writer.write_all(b"2017,a\n2018,b\n2019").expect("written");
    assert_eq!(receiver.recv().expect("rows"), (2, 14));
    writer.write_all(b",c\n").expect("written");
    assert_eq!(receiver.recv().expect("rows"), (1, 21));
    drop(writer);
    assert_eq!(reading.join().expect("no panic").expect("read"), 21);
}
