//! What is told of files that are edited. Nobody waits here: each look is asked for.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::*;

const TALKS: &str = "[[events]]\nid = \"talks\"\ndate = \"2024-01-27\"\ntitle = \"Talks\"\n";
const RAID: &str = "[[events]]\nid = \"raid\"\ndate = \"2024-01-25\"\ntitle = \"Raid\"\n";

fn reader(file: &Path) -> Reader {
    let order = Order { sources: vec![file.as_os_str().to_owned()], follow: true, ..Order::default() };
    let loaded = open(&order).expect("opened");
    let files = Files::of(&loaded).expect("files");
    Reader { order, loaded, files, first: OnceCell::new(), told: false }
}

fn read(turn: Option<Turn>) -> Again {
    match turn {
        Some(Turn::Read(again)) => again,
        Some(Turn::Broken(why)) => panic!("broken: {why}"),
        Some(Turn::Same) => panic!("the same"),
        None => panic!("nothing"),
    }
}

fn ids(again: &Again) -> Vec<&str> {
    let mut ids: Vec<&str> = again.changed.iter().map(|(_, id)| id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn what_an_editor_changes_is_read_again_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("affair.toml");
    fs::write(&file, format!("{TALKS}{RAID}")).expect("written");
    let mut reader = reader(&file);
    assert!(reader.look(false).is_none());
    assert!(matches!(reader.look(true), Some(Turn::Same)));

    fs::write(&file, format!("{}{RAID}", TALKS.replace("Talks", "Long talks"))).expect("written");
    let again = read(reader.look(false));
    assert_eq!(again.edits, Some(Edits { added: 0, altered: 1, gone: 0 }));
    assert_eq!(ids(&again), ["talks"]);

    // Most editors write another file and put it in the place of the first.
    let beside = folder.path().join(".affair.toml.new");
    fs::write(&beside, format!("{TALKS}[[events]]\nid = \"new\"\ntitle = \"New\"\n")).expect("written");
    fs::rename(&beside, &file).expect("renamed");
    let again = read(reader.look(false));
    assert_eq!(again.edits, Some(Edits { added: 1, altered: 1, gone: 1 }));
    assert_eq!(ids(&again), ["new"], "the talks are again what they were when the file was opened");
    assert_eq!(again.store.info().total, 2);
    assert!(reader.look(true).is_none(), "it was told already");
    assert!(matches!(reader.look(true), Some(Turn::Same)));
}

#[test]
fn a_broken_file_leaves_what_was_read_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("affair.toml");
    fs::write(&file, TALKS).expect("written");
    let mut reader = reader(&file);
    fs::write(&file, "[[events]\n").expect("written");
    let Some(Turn::Broken(why)) = reader.look(false) else { panic!("it cannot be read") };
    assert!(why.contains("affair.toml:1"), "{why}");
    assert!(reader.look(false).is_none(), "it is said once");
    assert_eq!(reader.loaded.store.info().total, 1);
    fs::remove_file(&file).expect("removed");
    assert!(matches!(reader.look(false), Some(Turn::Broken(_))));
    fs::write(&file, format!("{TALKS}{RAID}")).expect("written");
    let again = read(reader.look(false));
    assert_eq!(again.edits, Some(Edits { added: 1, altered: 0, gone: 0 }));
}

#[test]
fn the_text_of_a_document_is_read_again_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, text) = (folder.path().join("affair.toml"), folder.path().join("article.txt"));
    fs::write(&text, "They met.").expect("written");
    let document = "[[documents]]\nid = \"article\"\npath = \"article.txt\"\n";
    fs::write(&file, format!("{document}{TALKS}")).expect("written");
    let mut reader = reader(&file);
    fs::write(&text, "They met on Saturday.").expect("written");
    let again = read(reader.look(false));
    assert_eq!(again.edits, Some(Edits::default()));
    let document = again.store.document(crate::chronology::DocumentIndex(0)).expect("a document");
    assert_eq!(document.text.as_deref(), Some("They met on Saturday."));
}

#[test]
fn a_table_that_grows_is_not_read_again_but_one_that_is_written_anew_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("events.csv");
    fs::write(&file, "id,date,title\na,2024-01-01,One\n").expect("written");
    let mut reader = reader(&file);
    fs::File::options().append(true).open(&file).expect("open").write_all(b"b,2024-01-02,Two\n").expect("ok");
    assert!(reader.look(false).is_none());
    fs::write(&file, "id,date,title\nc,2024-01-03,Three\nd,2024-01-04,Four\ne,2024-01-05,Five\n")
        .expect("written");
    let again = read(reader.look(false));
    assert_eq!(again.store.info().total, 3);
}

#[test]
fn a_text_in_a_folder_that_is_missing_does_not_keep_the_others_from_being_watched() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("affair.toml");
    fs::write(&file, format!("[[documents]]\nid = \"d\"\npath = \"gone/article.txt\"\n{TALKS}"))
        .expect("written");
    let reader = reader(&file);
    assert_eq!(reader.files.0.len(), 2);
    assert_eq!(reader.files.paths(), [file]);
}

#[test]
fn what_cannot_be_read_twice_is_not_watched() {
    let order = Order::default();
    let loaded = open(&order).expect("the built-in chronology");
    assert!(Files::of(&loaded).is_none());
    let live = Live::start(order, loaded, true, |_| true).expect("kept");
    assert!(!live.look());
}
