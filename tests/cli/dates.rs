//! `annals dates`, run as a reader's shell runs it.

use super::{annals, annals_in, err, out, succeeds};
use std::fs;

#[test]
fn dates_of_a_text_are_listed_with_their_basis() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = annals_in(
        folder.path(),
        &["dates", "-", "--published", "2024-01-27"],
        "Talks began on Saturday. In late 2017 the group was defeated.\n",
    );
    let text = succeeds(&output);
    assert!(text.contains("Saturday"), "{text}");
    assert!(text.contains("the last Saturday on or before publication, 2024-01-27"), "{text}");
    assert!(text.contains("[2017-09..2017-12]"), "{text}");
    assert_eq!(err(&output), "");
}

#[test]
fn dates_as_json_lines_name_their_document() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.txt"), "\u{feff}Published: 27 January 2024\n\nÄ: on Thursday.\n")
        .expect("written");
    let output = annals_in(folder.path(), &["dates", "one.txt", "--format", "jsonl"], "");
    let text = succeeds(&output);
    let last = text.lines().last().expect("a line");
    for part in [
        "\"doc\":\"one\"",
        "\"start\":34",
        "\"end\":42",
        "\"type\":\"DATE\"",
        "\"value\":\"2024-01-25\"",
        "\"edtf\":\"2024-01-25\"",
        "\"mod\":null",
    ] {
        assert!(last.contains(part), "{part}: {last}");
    }
    assert_eq!(err(&output), "annals: published 2024-01-27, as the text says (one.txt)\n");
}

#[test]
fn without_a_day_of_publication_dates_stay_open_and_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = annals_in(folder.path(), &["dates", "-"], "It began on Thursday.");
    assert!(succeeds(&output).contains("XXXX-WXX-4"), "{}", out(&output));
    let said = "annals: 1 expression depends on the day of publication, which is not known (-)\n\
                hint: say it with --published DATE\n";
    assert_eq!(err(&output), said);
}

#[test]
fn wrong_words_for_dates_are_refused() {
    let output = annals(&["dates", "nowhere.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("nowhere.txt"), "{}", err(&output));
    assert_eq!(annals(&["dates"]).status.code(), Some(2));
    assert_eq!(annals(&["dates", "-", "-"]).status.code(), Some(2));
    assert_eq!(annals(&["dates", "-", "--news", "--narrative"]).status.code(), Some(2));
    assert_eq!(annals(&["dates", "-", "--published", "soon"]).status.code(), Some(2));
}
