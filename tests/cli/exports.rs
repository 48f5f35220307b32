//! What `annals export` writes, and where to.

use std::fs;
use std::process::Command;

use super::{SAMPLE, SMALL, annals, annals_in, err, shuffled_table, succeeds};

#[test]
fn every_format_is_written_the_same_each_time() {
    for format in ["txt", "md", "toml", "json", "jsonl", "csv", "ics", "html"] {
        for source in [&[][..], &[SAMPLE][..]] {
            let arguments = [&["export", "--format", format], source].concat();
            let first = succeeds(&annals(&arguments));
            assert!(first.len() > 200, "{format}: {first}");
            assert_eq!(first, succeeds(&annals(&arguments)), "{format}");
        }
    }
}

#[test]
fn what_was_exported_opens_again_as_it_was() {
    let listing = succeeds(&annals(&[]));
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["json", "toml"] {
        let text = succeeds(&annals(&["export", "--format", format]));
        // From any folder: the article is found by its hash.
        let again = annals_in(folder.path(), &["-"], &text);
        assert_eq!(succeeds(&again), listing, "{format}");
        assert_eq!(err(&again), "", "{format}");
    }
}

#[test]
fn files_are_written_by_their_ending_or_name() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("small.toml"), SMALL).expect("written");
    fs::write(folder.path().join("a.csv"), "old").expect("written");
    let one = annals_in(folder.path(), &["export", "small.toml", "-o", "a.csv"], "");
    succeeds(&one);
    assert!(err(&one).contains("wrote 2 events to a.csv"), "{}", err(&one));
    assert!(fs::read_to_string(folder.path().join("a.csv")).expect("there").starts_with("id,date,"));

    let arguments = ["export", "small.toml", "--format", "ics", "--format", "md", "-o", "talks"];
    let two = annals_in(folder.path(), &arguments, "");
    succeeds(&two);
    assert!(err(&two).contains("ics: 1 inexact date became"), "{}", err(&two));
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["a.csv", "small.toml", "talks.ics", "talks.md"]);
}

#[test]
fn nothing_is_wrong_with_what_is_exported() {
    for format in ["json", "toml"] {
        let text = succeeds(&annals(&["export", "--format", format]));
        let folder = tempfile::tempdir().expect("a folder");
        let checked = annals_in(folder.path(), &["check", "-", "--strict"], &text);
        assert_eq!(succeeds(&checked), "", "{format}");
        assert!(err(&checked).contains("nothing is wrong"), "{}", err(&checked));
    }
    succeeds(&annals(&["check", "--strict", "assets/iraq-coalition-talks.toml"]));
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.html"), "old").expect("written");
    // A limit on the size of files stands in for a full disk.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" export -o a.html";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_annals")])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("cannot write"), "{}", err(&output));
    let names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(names.len(), 1);
    assert_eq!(fs::read_to_string(folder.path().join("a.html")).expect("there"), "old");
}

#[test]
fn a_table_is_exported_in_order_wherever_its_rows_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("t.csv"), shuffled_table()).expect("written");
    let export = ["export", "--no-cache", "t.csv", "--format", "csv"];
    let text = succeeds(&annals_in(folder.path(), &export, ""));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    // Only the last row in the file has a cell beyond the header's.
    assert_eq!(header.get(header.len() - 1), Some("fields.column 5"));
    let rows: Vec<_> = reader.records().map(|row| row.expect("as wide as the header")).collect();
    assert_eq!(rows.len(), 3_000);
    assert!(rows.is_sorted_by_key(|row| row[1].to_owned()), "in order of time");
    let mut ids: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3_000);
    for format in ["csv", "jsonl", "md", "txt"] {
        let printed = succeeds(&annals_in(folder.path(), &["export", "t.csv", "--format", format], ""));
        let file = format!("out.{format}");
        succeeds(&annals_in(folder.path(), &["export", "t.csv", "-o", &file], ""));
        assert_eq!(fs::read_to_string(folder.path().join(file)).expect("written"), printed, "{format}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_printed_in_part_does_not_look_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("t.csv"), shuffled_table()).expect("written");
    for format in ["csv", "jsonl", "md"] {
        let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" export t.csv --no-cache --format \"$1\" > out";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_annals"), format])
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        assert!(err(&output).contains("not all of it was written"), "{}", err(&output));
    }
}

#[test]
fn layers_keep_events_of_the_same_name_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.toml"), SMALL).expect("written");
    fs::write(folder.path().join("b.toml"), SMALL.replace("First", "Other")).expect("written");
    for format in ["csv", "ics", "jsonl", "json"] {
        let text =
            succeeds(&annals_in(folder.path(), &["export", "a.toml", "b.toml", "--format", format], ""));
        assert!(text.contains("b-one") && !text.contains("a-one"), "{format}: {text}");
    }
    let only = annals_in(folder.path(), &["count", "a.toml", "b.toml", "--filter", "layer:b"], "");
    assert_eq!(succeeds(&only), "2 of 4\n");
}

/// Of a file that cannot be made is said why, without the name of a file that nobody asked for.
#[test]
fn a_file_that_cannot_be_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = annals_in(folder.path(), &["export", "-o", "no/such.md"], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(err(&output), "annals: cannot write: there is no folder no (no/such.md)\n");
    fs::create_dir(folder.path().join("sub")).expect("made");
    let output = annals_in(folder.path(), &["export", "-o", "sub"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).starts_with("annals: this is a folder, not a file (sub)\n"), "{}", err(&output));
    let output = annals_in(folder.path(), &["export", "--format", "md", "-o", "sub"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("(sub)"), "{}", err(&output));
}

#[test]
fn lanes_are_drawn_as_text_and_as_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let both = ["export", "--view", "lanes", "--format", "txt", "--format", "svg", "-o", "talks"];
    let output = annals_in(folder.path(), &both, "");
    succeeds(&output);
    let text = fs::read_to_string(folder.path().join("talks.txt")).expect("written");
    let picture = fs::read_to_string(folder.path().join("talks.svg")).expect("written");
    for drawn in [&text, &picture] {
        assert!(drawn.contains("Sabrina Singh") && drawn.contains("41 events"), "{drawn}");
    }
    assert!(text.contains('░') && text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(picture.starts_with("<svg xmlns=") && picture.contains("at some time in there"), "{picture}");
    let again = annals(&["export", "--view", "lanes", "--format", "svg"]);
    assert_eq!(succeeds(&again), picture);
    let narrow = annals(&["export", "--view", "lanes", "--format", "txt", "--width", "60", "--ascii"]);
    let narrow = succeeds(&narrow);
    assert!(narrow.lines().all(|line| line.chars().count() <= 60) && !narrow.contains('░'), "{narrow}");
    // Exactly what matches is drawn.
    let few = ["export", "--view", "lanes", "--format", "svg", "--filter", "actor:singh"];
    let few = succeeds(&annals(&few));
    assert!(few.contains("Sabrina Singh") && !few.contains("Alaluddin"), "{few}");
    assert!(few.len() * 3 < picture.len());
}

#[test]
fn the_matrix_and_lanes_are_by_what_is_asked_for() {
    let text = |arguments: &[&str]| {
        let all = [&["export", "--view"], arguments, &["--format", "txt"]].concat();
        succeeds(&annals(&all)).clone()
    };
    let by_party = text(&["matrix"]);
    assert!(by_party.contains("party, by month") && by_party.contains("The Iraqi government"), "{by_party}");
    let talks =
        |text: &str| text.lines().find(|line| line.starts_with("talks ")).unwrap_or_default().to_owned();
    let by_kind = text(&["matrix", "--by", "kind", "--filter", "kind:talks"]);
    assert!(talks(&by_kind).ends_with(" 6"), "{by_kind}");
    let lanes = text(&["lanes", "--by", "kind", "--filter", "kind:talks"]);
    assert!(talks(&lanes).starts_with("talks ") && !lanes.contains("Sudani"), "{lanes}");
    let picture = annals(&["export", "--view", "matrix", "--format", "svg"]);
    let picture = succeeds(&picture);
    assert!(picture.starts_with("<svg xmlns=") && picture.contains("The Iraqi government"), "{picture}");
    let output = annals(&["export", "--by", "kind", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--view"), "{}", err(&output));
}

#[test]
fn views_say_how_they_can_be_written() {
    let fails = |arguments: &[&str], what: &str, hint: &str| {
        let output = annals(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).contains(what) && err(&output).contains(hint), "{}", err(&output));
    };
    let hint = "hint: the view lanes is written with --format txt|svg";
    fails(&["export", "--view", "lanes"], "no format is given (--view lanes)", hint);
    fails(&["export", "--view", "lanes", "--format", "csv"], "no view is written as csv", hint);
    fails(&["export", "--view", "lanes", "-o", "x.html"], "no view is written as html", hint);
    fails(
        &["export", "--format", "svg"],
        "svg is a picture of a view",
        "hint: say of which one with --view lanes|matrix",
    );
}
