//! A draft that is reviewed in a terminal: what is done survives the terminal, and what is saved is what was done.

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use super::session::{Session, Settings};

const DRAFT: &str = include_str!("../support/draft.toml");
const GAZETTE: &str = include_str!("../support/gazette.txt");

/// A folder with the draft and its article.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.toml"), DRAFT).unwrap();
    fs::write(folder.path().join("gazette.txt"), GAZETTE).unwrap();
    folder
}

/// The browser on the draft, with a state folder that outlives it.
fn start(folder: &Path, until: &str) -> Session {
    let state = folder.join("state").to_str().unwrap().to_owned();
    let environment = [("XDG_STATE_HOME", state.as_str()), ("VISUAL", "true")];
    let settings = Settings { environment: &environment, directory: folder, size: (100, 30) };
    let session = Session::start(super::browser::ANNALS, &["draft.toml"], &settings);
    session.wait_for_text(until);
    session
}

fn saved(folder: &Path) -> String {
    fs::read_to_string(folder.join("draft.toml")).unwrap()
}

/// The lines that are new.
fn new_lines<'t>(before: &str, after: &'t str) -> Vec<&'t str> {
    after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect()
}

#[test]
fn a_killed_terminal_loses_nothing() {
    let folder = folder();
    let session = start(folder.path(), "3 events to review");
    // It begins beside the passage of the most doubtful.
    session.wait_for_text("passage 2 of 3");
    session.wait_for_text("0.3, no date");
    session.send("r");
    session.wait_for_text("1 of 3 reviewed");
    session.wait_for_text("0.6, the next");
    session.send("x");
    session.wait_for_text("2 of 3 reviewed");
    session.send("ed\x15Friday, 3 March 1911");
    session.wait_for_text("1911-03-03  ");
    session.send("\r");
    session.wait_for_text("date: 3 March 1911 (1911-03-03)");
    session.send("vG");
    session.wait_for_text("“May”");
    session.send("bbbbvllllI");
    session.wait_for_text("title of the new event Rebuilding will begin in May");
    session.send("\x15Rebuilding begins\r");
    session.wait_for_text("new event, ");
    assert_eq!(saved(folder.path()), DRAFT, "nothing is saved that nobody saved");
    session.signal(Signal::KILL);
    session.end();

    let session = start(folder.path(), "4 changes made here before were not saved.");
    // While it is asked about here, nobody else is asked.
    let other = start(folder.path(), "3 events to review");
    other.send("q");
    other.end().assert_clean(0);
    session.send("t");
    session.wait_for_text("4 changes taken up");
    session.send("\x13");
    session.wait_for_text("saved to draft.toml");
    session.send("q");
    session.end().assert_clean(0);

    let text = saved(folder.path());
    let new = new_lines(DRAFT, &text);
    assert!(new.starts_with(&["date = \"1911-03-03\""]), "{new:?}");
    assert!(new.contains(&"id = \"rebuilding-begins\"") && new.contains(&"review = \"rejected\""), "{new:?}");
    let start_at = GAZETTE.find("Rebuilding").unwrap();
    let place = format!("start = {start_at}, end = {}", start_at + "Rebuilding will begin in May".len());
    assert!(text.contains(&place), "{text}");
    assert_eq!(new.iter().filter(|line| line.starts_with("review = ")).count(), 2, "{new:?}");
    for comment in DRAFT.lines().filter(|line| line.contains('#')) {
        assert!(text.contains(comment), "{comment}");
    }
    let checked = std::process::Command::new(super::browser::ANNALS)
        .args(["check", "draft.toml"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));

    // It is asked about no more.
    let session = start(folder.path(), "1 event to review");
    session.send("q");
    session.end().assert_clean(0);
    let journals = fs::read_dir(folder.path().join("state/annals/journals")).unwrap();
    assert_eq!(journals.count(), 0);
}

#[test]
fn what_an_editor_wrote_meanwhile_is_not_overwritten() {
    let folder = folder();
    let session = start(folder.path(), "3 events to review");
    session.send("r1");
    session.wait_for_text("1 of 3 reviewed");
    session.wait_for_text("The dam breaks");
    let theirs = DRAFT.replace("The dam breaks", "The dam at Ulm breaks");
    fs::write(folder.path().join("draft.toml"), &theirs).unwrap();
    session.wait_for_text("the file was changed by another program");
    assert!(!session.text().contains("The dam at Ulm breaks"));
    session.send("\x13");
    session.wait_for_text("put the changes made here onto it");
    assert_eq!(saved(folder.path()), theirs);
    session.send("p");
    session.wait_for_text("saved to draft.toml");
    session.wait_for_text("The dam at Ulm breaks");
    let text = saved(folder.path());
    assert_eq!(new_lines(&theirs, &text), ["review = \"accepted\""]);
    assert_eq!(text.replace("accepted", "proposed"), theirs);
    // Where nothing is unsaved, what an editor writes is shown at once.
    fs::write(folder.path().join("draft.toml"), text.replace("The council meets\"", "The council met\""))
        .unwrap();
    session.wait_for_text("The council met");
    session.send("r");
    session.wait_for_text("2 of 3 reviewed");
    session.send("q");
    session.wait_for_text("draft.toml has changes that are not saved.");
    session.send("s");
    session.end().assert_clean(0);
    let text = saved(folder.path());
    assert!(text.contains("The council met\"") && text.matches("accepted").count() == 2, "{text}");
}

#[test]
fn the_built_in_chronology_says_how_it_could_be_revised() {
    let session = super::browser::start(&[], &Settings::default());
    session.send("r");
    session.wait_for_text("the built-in chronology cannot be changed: annals export");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_review_is_said_in_lines() {
    let folder = folder();
    let settings = Settings { directory: folder.path(), ..Settings::default() };
    let session = Session::start(super::browser::ANNALS, &["--linear", "draft.toml"], &settings);
    session.wait_for_text("3 events to review");
    session.send("p");
    session.wait_for_text("Ott warns the council. proposed");
    session.send("e");
    session.wait_for_text("d date    (none), 1 of 4");
    session.send("d");
    session.wait_for_text("date ");
    session.send("March 1911\r");
    session.wait_for_text("date: March 1911 (1911-03)");
    session.send("r");
    session.wait_for_text("accepted “Ott warns the council”");
    session.wait_for_text("The council meets. proposed");
    session.send("q");
    session.wait_for_text("Quit. draft.toml has changes that are not saved.");
    session.send("s");
    session.end().assert_clean(0);
    let text = saved(folder.path());
    assert_eq!(new_lines(DRAFT, &text), ["date = \"1911-03\"", "review = \"accepted\""]);
}
