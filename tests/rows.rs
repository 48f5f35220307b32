//! How many rows a table has, against an independent parser. Not a part of the usual tests, since it needs tables that
//! are not the project's: `ANNALS_TABLES=FOLDER[:FOLDER] cargo test --release --test rows -- --ignored --nocapture`

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use annals::load::{self, Order};
use annals::store::Store;

/// The tables of a folder and of the folders in it.
fn tables(folder: &Path, found: &mut Vec<PathBuf>) {
    for file in fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        if path.is_dir() {
            tables(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ["csv", "tsv", "jsonl"].iter().any(|it| ending == *it))
        {
            found.push(path);
        }
    }
}

/// The rows that the crate `csv` finds behind the header, or the lines of JSON.
fn counted(table: &Path) -> u64 {
    let ending = table.extension().and_then(OsStr::to_str);
    if ending == Some("jsonl") {
        let lines = BufReader::new(File::open(table).expect("opened")).split(b'\n');
        return lines.filter(|line| !line.as_ref().expect("read").trim_ascii().is_empty()).count() as u64;
    }
    let delimiter = if ending == Some("tsv") { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_path(table).expect("opened");
    reader.byte_records().try_fold(0, |count, record| record.map(|_| count + 1)).expect("read")
}

#[test]
#[ignore = "needs tables named by ANNALS_TABLES"]
fn as_many_rows_as_another_parser_finds() {
    let folders = env::var_os("ANNALS_TABLES").expect("ANNALS_TABLES names folders of tables");
    let mut found = Vec::new();
    for folder in env::split_paths(&folders) {
        tables(&folder, &mut found);
    }
    assert!(!found.is_empty(), "there are no tables");
    found.sort();
    let mut different = Vec::new();
    for table in found {
        let order = Order { sources: vec![table.clone().into()], ..Order::default() };
        let loaded = load::open(&order).expect("opens");
        loaded.wait(Duration::from_secs(1), &mut || ());
        let (ours, theirs) = (loaded.store.info().total, counted(&table));
        println!("{ours:>10} {theirs:>10} {}", table.display());
        if ours != theirs {
            different.push(table);
        }
    }
    assert!(different.is_empty(), "other counts: {different:?}");
}
