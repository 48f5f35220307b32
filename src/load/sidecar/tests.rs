//! Indexes that are kept, and what becomes of the file or of them meanwhile.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Cache;
use crate::load::{Order, open};
use crate::store::{Ctl, Keys, Question, Row, Store};

/// Enough for a file that an index is kept of.
const ROWS: usize = 9000;

/// A folder with a table and a cache beside it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Self { folder };
        fs::write(place.table(), format!("id,date,title,actors\n{}", rows(0..ROWS))).expect("written");
        place
    }

    fn table(&self) -> PathBuf {
        self.folder.path().join("table.csv")
    }

    fn cache(&self) -> Cache {
        Cache::at(&self.folder.path().join("cache"), 1 << 30)
    }

    fn indexes(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.path().join("cache")) else { return Vec::new() };
        files.map(|file| file.expect("a file").path()).collect()
    }

    fn index(&self) -> PathBuf {
        match self.indexes().as_slice() {
            [only] => only.clone(),
            other => panic!("one index: {other:?}"),
        }
    }

    /// Opens the table and gives the titles of all its events in order.
    fn titles(&self, cache: Option<Cache>) -> Vec<String> {
        titles(&self.table(), cache)
    }

    fn append(&self, text: &str) {
        let mut file = OpenOptions::new().append(true).open(self.table()).expect("opened");
        file.write_all(text.as_bytes()).expect("written");
    }
}

fn rows(range: std::ops::Range<usize>) -> String {
    let row = |n: usize| {
        let filler = "what happened, in so many words that the file grows long enough ".repeat(2);
        format!("E{n},{}-{:02}-01,\"title {n}, {filler}\",Actor {}\n", 1900 + n % 100, 1 + n % 12, n % 7)
    };
    range.map(row).collect::<Vec<_>>().concat()
}

fn titles(table: &Path, cache: Option<Cache>) -> Vec<String> {
    let order = Order { sources: vec![table.into()], cache, ..Order::default() };
    let loaded = open(&order).expect("opens");
    let outcome = loaded.wait(Duration::from_secs(1), &mut || ());
    assert_eq!(outcome.missing, None);
    let mut titles = Vec::new();
    let mut note = |row: &Row| {
        titles.push(row.entry.event.title.clone());
        Ok(())
    };
    loaded.store.scan(&Question::default(), &Keys::all(), &mut note, &Ctl::default()).expect("scanned");
    titles
}

#[test]
fn a_second_opening_says_the_same() {
    let place = Place::new();
    let plain = place.titles(None);
    assert_eq!(plain.len(), ROWS);
    assert!(place.indexes().is_empty(), "without a cache nothing is kept");
    assert_eq!(place.titles(Some(place.cache())), plain);
    let kept = fs::read(place.index()).expect("an index");
    assert_eq!(place.titles(Some(place.cache())), plain);
    assert_eq!(fs::read(place.index()).expect("an index"), kept, "it is used, not written again");
}

#[test]
fn a_changed_file_is_read_again() {
    let place = Place::new();
    place.titles(Some(place.cache()));
    let before = fs::metadata(place.table()).expect("a table").modified().expect("a time");
    let text = fs::read_to_string(place.table()).expect("read").replacen("title 5,", "TITLE 5,", 1);

    // Of the same length and time.
    fs::write(place.table(), &text).expect("written");
    let file = OpenOptions::new().append(true).open(place.table()).expect("opened");
    file.set_modified(before).expect("set");
    assert!(place.titles(Some(place.cache())).iter().any(|title| title.starts_with("TITLE 5,")));

    // Shorter.
    let half: String = text.split_inclusive('\n').take(ROWS / 2).collect();
    fs::write(place.table(), half).expect("written");
    assert_eq!(place.titles(Some(place.cache())).len(), ROWS / 2 - 1);

    // Another file in its place.
    fs::remove_file(place.table()).expect("removed");
    fs::write(place.table(), text.replace("title", "other")).expect("written");
    file.set_modified(before).expect("set");
    assert!(place.titles(Some(place.cache())).iter().all(|title| !title.starts_with("title")));
}

#[test]
fn rows_that_were_added_are_found() {
    let place = Place::new();
    place.titles(Some(place.cache()));
    let kept = fs::read(place.index()).expect("an index");
    place.append(&rows(ROWS..ROWS + 10));
    assert_eq!(place.titles(Some(place.cache())), place.titles(None));
    assert_eq!(fs::read(place.index()).expect("an index"), kept, "a few rows are not worth writing it again");
    place.append(&rows(ROWS + 10..ROWS * 2));
    assert_eq!(place.titles(Some(place.cache())), place.titles(None));
    assert_ne!(fs::read(place.index()).expect("an index"), kept);
}

#[test]
fn a_row_that_was_not_finished_is_not_kept_as_one() {
    let place = Place::new();
    place.append("X1,2001,unfinish");
    place.titles(Some(place.cache()));
    place.append("ed title,A\n");
    let titles = place.titles(Some(place.cache()));
    assert!(titles.iter().any(|title| title == "unfinished title"));
    assert_eq!(titles.len(), ROWS + 1);
}

#[test]
fn a_damaged_index_is_not_believed() {
    let place = Place::new();
    let plain = place.titles(Some(place.cache()));
    let kept = fs::read(place.index()).expect("an index");
    for part in 0..12 {
        let at = kept.len() * part / 12;
        let mut damaged = kept.clone();
        damaged[at] ^= 0x55;
        fs::write(place.index(), &damaged).expect("written");
        assert_eq!(place.titles(Some(place.cache())), plain, "byte {at}");
        // It is gone or written anew by now.
        place.titles(Some(place.cache()));
        assert_eq!(fs::read(place.index()).expect("an index"), kept, "byte {at}");
    }
    for length in [0, 7, kept.len() / 2, kept.len() - 1] {
        fs::write(place.index(), &kept[..length]).expect("written");
        assert_eq!(place.titles(Some(place.cache())), plain, "{length} bytes");
    }
}

#[test]
fn the_indexes_used_longest_ago_go_first() {
    let place = Place::new();
    let other = place.folder.path().join("other.csv");
    fs::copy(place.table(), &other).expect("copied");
    place.titles(Some(place.cache()));
    let first = place.index();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = OpenOptions::new().append(true).open(&first).expect("opened");
    file.set_modified(long_ago).expect("set");
    let size = file.metadata().expect("a size").len();
    let small = Cache::at(&place.folder.path().join("cache"), size + size / 2);
    titles(&other, Some(small));
    assert_eq!(place.indexes().len(), 1);
    assert!(!first.exists());
}

#[test]
fn where_nothing_can_be_kept_all_goes_on() {
    let place = Place::new();
    let file = place.folder.path().join("a file");
    fs::write(&file, "").expect("written");
    assert_eq!(place.titles(Some(Cache::at(&file.join("cache"), 1 << 30))).len(), ROWS);
}
