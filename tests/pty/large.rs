//! Large tables: used while they are still being read, and changed by somebody else meanwhile.
//!
//! What is still being read comes through a named pipe that the test holds open, so that it is certain to be so.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::browser::ANNALS;
use super::escapes::foreign;
use super::long::{mark, words};
use super::session::{Session, Settings};

/// How many events a table has.
const ALL: usize = 100_000;
/// How many of them are there while the rest is waited for.
const FIRST: usize = 60_000;
/// The size of the screen.
const SIZE: (u16, u16) = (120, 40);

/// Events in CSV, in the order of their dates; always the same ones. Every fortieth is Actor 7's.
fn rows(numbers: RangeInclusive<usize>) -> String {
    let mut text = String::new();
    for number in numbers {
        let (year, month, day) = (1000 + number / 120, 1 + number / 10 % 12, 1 + number % 10 * 3);
        let (mark, words, actor) = (mark(number), words(number, 4), number % 40);
        // Quotes, commas and line breaks within cells are where a table is easily misread.
        let title = if number % 9 == 0 {
            format!("{mark}, \"\"{words}\"\"\nand so on")
        } else {
            format!("{mark} {words}")
        };
        let _ = writeln!(text, "e{number},{year}-{month:02}-{day:02},\"{title}\",Actor {actor}");
    }
    text
}

fn table(numbers: RangeInclusive<usize>) -> String {
    format!("id,date,title,actors\n{}", rows(numbers))
}

/// The writing end of a named pipe. Dropping it ends the file.
struct Feed(Sender<String>);

impl Feed {
    /// Makes the pipe.
    fn new(path: &Path) -> Self {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        // Opened for reading as well, which does not wait for another reader.
        let mut pipe = OpenOptions::new().read(true).write(true).open(path).unwrap();
        let (sender, receiver) = channel::<String>();
        // A pipe holds little: whoever writes waits for the reader, which must not keep the test from its limit.
        thread::spawn(move || receiver.iter().try_for_each(|text| pipe.write_all(text.as_bytes())));
        Self(sender)
    }

    fn write(&self, text: String) {
        self.0.send(text).unwrap();
    }
}

/// Waits until an event is lit: its number in the list is told, and it stands both in the list and in its pane.
fn wait_for_event(session: &Session, number: usize, told: &str) {
    session.wait_for(told, |screen| {
        let text = screen.contents();
        text.contains(told) && text.matches(&mark(number)).count() == 2
    });
}

#[test]
fn a_table_is_used_while_it_is_being_read() {
    let folder = tempfile::tempdir().unwrap();
    let feed = Feed::new(&folder.path().join("events.csv"));
    let settings = Settings { size: SIZE, directory: folder.path(), ..Settings::default() };
    let session = Session::start(ANNALS, &["events.csv"], &settings);
    feed.write(table(1..=FIRST));
    session.wait_for_text("60,000+ events");

    session.send("j".repeat(45));
    wait_for_event(&session, 46, " 46 of 60,000+");
    session.send("\x1b[6~\x1b[5~G");
    wait_for_event(&session, FIRST, " 60,000 of 60,000+");
    session.send("factor:\"Actor 7\"\r");
    session.wait_for_text(" 1500+ of 60,000+ events");
    session.send(format!("/{}\r", mark(1207)));
    wait_for_event(&session, 1207, " 31 of 1500+");
    let strip_ends_late =
        |screen: &vt100::Screen| screen.rows(0, SIZE.0).nth(3).is_some_and(|row| row.contains("1450"));
    session.wait_for("the whole time", strip_ends_late);
    session.send("++");
    session.wait_for("less of it", |screen| !strip_ends_late(screen));
    session.send("0");
    session.wait_for("the whole time again", strip_ends_late);
    session.wait_for_text("reading");

    feed.write(rows(FIRST + 1..=ALL));
    session.wait_for_text(" 2500+ of 100,000+ events");
    session.wait_for_text("reading");
    drop(feed);
    session.wait_for_text(" 2500 of 100,000 events");
    wait_for_event(&session, 1207, " 31 of 2500");
    assert!(!session.text().contains("reading"), "{}", session.text());
    session.send("cG");
    wait_for_event(&session, ALL, " 100,000 of 100,000");
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert_eq!(foreign(&end.raw), Vec::<String>::new());
}

#[test]
fn quitting_does_not_wait_for_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let feed = Feed::new(&folder.path().join("events.csv"));
    let settings = Settings { size: SIZE, directory: folder.path(), ..Settings::default() };
    let session = Session::start(ANNALS, &["events.csv"], &settings);
    feed.write(table(1..=100));
    session.wait_for_text("100+ events");
    session.send("q");
    session.end().assert_clean(0);
    drop(feed);
}

/// Opens a table, changes the file, and goes where rows have to be read again.
fn changed(change: impl Fn(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.csv");
    fs::write(&file, table(1..=ALL)).unwrap();
    let settings = Settings { size: SIZE, directory: folder.path(), ..Settings::default() };
    let session = Session::start(ANNALS, &["--no-watch", "events.csv"], &settings);
    session.wait_for_text(" 100,000 events");
    wait_for_event(&session, 1, " 1 of 100,000");
    change(&file);
    session.send("G");
    session.wait_for_text("changed");
    // Nothing is shown but what was read before.
    let text = session.text();
    for shown in text.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.strip_prefix('n')) {
        if let Ok(number) = shown.parse::<usize>() {
            assert!(number < 200, "{number} is shown\n{text}");
        }
    }
    assert!(!text.contains("xxx"), "what is not an event is shown\n{text}");
    // A filter that cannot be answered is no filter that nothing fits, while it is typed and then.
    session.send(format!("f{}", mark(ALL / 2)));
    session.wait_for_text("the chronology cannot be read: the file has changed");
    session.send("\r");
    session.wait_for("the error, and no number", |screen| {
        let text = screen.contents();
        text.contains("cannot be read") && text.contains("filter ") && !text.contains("100,000 events")
    });
    assert!(!session.text().contains("No event fits"), "{}", session.text());
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_table_that_is_cut_off_is_not_misread() {
    changed(|file| {
        let length = fs::metadata(file).unwrap().len();
        File::options().write(true).open(file).unwrap().set_len(length / 2).unwrap();
    });
}

#[test]
fn a_table_that_is_cut_off_while_it_is_being_read_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.csv");
    fs::write(&file, table(1..=ALL)).unwrap();
    let settings = Settings { size: SIZE, directory: folder.path(), ..Settings::default() };
    let session = Session::start(ANNALS, &["--no-cache", "events.csv"], &settings);
    // On a quick machine all of it may have been read by then; what is said in the end is the same.
    session.wait_for("a number of events", |screen| {
        let text = screen.contents();
        text.contains("+ events") || text.contains(" 100,000 events")
    });
    let length = fs::metadata(&file).unwrap().len();
    File::options().write(true).open(&file).unwrap().set_len(length / 3).unwrap();
    // It is read again as it stands now.
    session.wait_for("a third of the events", |screen| {
        let text = screen.contents();
        text.lines().any(|line| {
            let number = line.rsplit("  ").next().and_then(|end| end.trim().strip_suffix(" events"));
            let number = number.and_then(|number| number.replace(',', "").parse::<usize>().ok());
            number.is_some_and(|number| (ALL / 4..ALL / 2).contains(&number))
        })
    });
    session.send("G");
    session.wait_for("its last event", |screen| !screen.contents().contains("cannot be read"));
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_table_that_is_overwritten_is_not_misread() {
    changed(|file| {
        let length = fs::metadata(file).unwrap().len() as usize;
        fs::write(file, "x".repeat(length)).unwrap();
    });
}
