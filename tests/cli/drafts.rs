//! `annals draft`: from an article to a chronology, checked and exported.

use std::fs;

use super::{annals_in, err, out, succeeds};

const ARTICLE: &str = "Published: 27 January 2024\n\nThe Halden river flooded the old town on Thursday. Rebels attacked \
    the Iraqi army in late 2017. “The water will rise again,” Mayor Ann Berg said on Friday.\n";

#[test]
fn an_article_becomes_a_checked_and_exported_chronology() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("texts")).expect("a folder");
    fs::write(folder.path().join("texts/flood.txt"), ARTICLE).expect("written");
    succeeds(&annals_in(folder.path(), &["draft", "texts/flood.txt", "-o", "draft.toml"], ""));
    let checked = annals_in(folder.path(), &["check", "--strict", "draft.toml"], "");
    assert_eq!(checked.status.code(), Some(0), "{}{}", out(&checked), err(&checked));
    let table = succeeds(&annals_in(folder.path(), &["export", "draft.toml", "--format", "csv"], ""));
    assert!(table.contains("[2017-09..2017-12]") && table.contains("2024-01-25"), "{table}");
    let again = annals_in(folder.path(), &["draft", "texts/flood.txt", "-o", "draft.toml"], "");
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("is there already"));
}

#[test]
fn the_day_of_publication_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = annals_in(folder.path(), &["draft", "-"], "The army left on Thursday.");
    assert_eq!(asked.status.code(), Some(2));
    assert!(err(&asked).contains("--published"), "{}", err(&asked));
    let given = succeeds(&annals_in(
        folder.path(),
        &["draft", "-", "--published", "27 January 2024"],
        "The army left on Thursday.",
    ));
    assert!(given.contains("date = \"2024-01-25\"") && given.contains("standard input"), "{given}");
}

#[test]
fn a_draft_joins_a_chronology_and_leaves_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let mine = "# Mine.\ntitle = \"Mine\"\n\n[[actors]]\nid = \"iq-army\"\nname = \"Iraqi army\" # ours\n\n[[actors]]\nid = \"them\"\nname = \"Rebels\"\n\n[[events]]\nid = \"attack\"\ndate = \"2017-10\"\ntitle = \"Rebels attack the Iraqi army\"\nkind = \"attack\"\nactors = [{ id = \"them\", role = \"attacker\" }, { id = \"iq-army\", role = \"target\" }]\n";
    fs::write(file("mine.toml"), mine).expect("written");
    fs::write(file("flood.txt"), ARTICLE).expect("written");
    succeeds(&annals_in(folder.path(), &["draft", "flood.txt", "--into", "mine.toml", "-o", "new.toml"], ""));
    let new = fs::read_to_string(file("new.toml")).expect("a file");
    assert_eq!(fs::read_to_string(file("mine.toml")).expect("a file"), mine);
    // Only the further source is new among the lines that were there.
    assert!(mine.lines().all(|line| new.contains(line)) && new.starts_with("# Mine."), "{new}");
    assert!(new.contains("date = \"[2017-09..2017-12]\""), "{new}");
    assert_eq!(new.matches("name = \"Iraqi army\"").count(), 1);
    let checked = annals_in(folder.path(), &["check", "new.toml"], "");
    assert_eq!(checked.status.code(), Some(0), "{}{}", out(&checked), err(&checked));
    // In place only where -o says so; the same text again adds no source twice.
    succeeds(&annals_in(folder.path(), &["draft", "flood.txt", "--into", "new.toml", "-o", "new.toml"], ""));
    assert_eq!(annals_in(folder.path(), &["check", "new.toml"], "").status.code(), Some(0));
}

#[test]
fn what_is_wrong_in_a_file_of_actors_has_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("who.toml"), "[[actors]]\nname = \"A\"\ncolour = \"red\"\n")
        .expect("written");
    let output = annals_in(
        folder.path(),
        &["draft", "-", "--published", "2024", "--actors", "who.toml"],
        "It rained.",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("who.toml:3:1"), "{}", err(&output));
}
