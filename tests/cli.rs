//! The program itself, run as a reader's shell runs it.

#[path = "cli/dates.rs"]
mod dates;
#[path = "cli/exports.rs"]
mod exports;

#[path = "cli/drafts.rs"]
mod drafts;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs annals in a folder, with something on standard input.
fn annals_in(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("annals starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // The other end may end before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("annals ends");
    writer.join().expect("the writer ends");
    output
}

fn annals(arguments: &[&str]) -> Output {
    annals_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments, "")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
    out(output)
}

/// A table of several batches whose rows stand in another order than that of time.
fn shuffled_table() -> String {
    let row = |at: u64| {
        let day = at * 1_237 % 3_000;
        let note = if at == 2_999 { ",,last" } else { "" };
        format!(
            "e{at},{:04}-{:02}-{:02},Event {at}{note}\n",
            1900 + day / 336,
            day % 336 / 28 + 1,
            day % 28 + 1
        )
    };
    "id,date,title\n".to_owned() + &(0..3_000).map(row).collect::<String>()
}

const SAMPLE: &str = "tests/data/sample.toml";

/// A small chronology whose text has no surprises.
const SMALL: &str = r#"
title = "Small"
[[events]]
id = "one"
date = "2019-06-14"
title = "First"
kind = "talks"
[[events]]
id = "two"
date = "2020"
title = "Second"
"#;

#[test]
fn a_pipe_gets_the_listing() {
    let text = succeeds(&annals(&[]));
    assert!(text.starts_with("Iraq and the coalition, 2014 to 2024\n"), "{text}");
    assert!(text.lines().any(|line| line == "October 2023"));
    assert_eq!(text, succeeds(&annals(&["export", "--format", "txt"])));
}

#[test]
fn standard_input_is_a_source() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = succeeds(&annals_in(folder, &["-"], SMALL));
    assert!(text.contains("14 Jun 2019"), "{text}");
    let both = succeeds(&annals_in(folder, &["-", SAMPLE], SMALL));
    assert!(both.contains("First") && both.contains("A ditch is dug"), "{both}");
    let twice = annals_in(folder, &["-", "-"], SMALL);
    assert_eq!(twice.status.code(), Some(2));
}

#[test]
fn wrong_usage_is_told_with_a_way_out() {
    for (arguments, status, says, hint) in [
        (vec!["exprot"], 1, "there is no such file (exprot)", "annals export"),
        (vec!["no/such.toml"], 1, "there is no such file (no/such.toml)", ""),
        (vec!["src"], 1, "this is a folder, not a file (src)", ""),
        (vec!["LICENSE-MIT"], 1, "no format that annals reads", "--from toml|json|jsonl"),
        (vec!["export"], 2, "no format is given", "--format txt|md|"),
        (vec!["export", "--format", "pdf"], 2, "invalid value 'pdf'", ""),
        (vec!["export", "--format", "md", "--format", "csv"], 2, "need a file's name", "-o NAME"),
        (vec!["export", "-o", "/tmp/x.pdf"], 2, "does not end like a format", "--format"),
        (vec!["--filter", "actr:iraq"], 2, "`actr:` is no field", "actor:"),
        (vec!["count", "--today", "someday"], 2, "is no date", ""),
        (vec!["export", "--format", "md", "-o", "src"], 1, "cannot write", ""),
    ] {
        let output = annals(&arguments);
        let text = err(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {text}");
        assert!(text.contains(says) && text.contains(hint), "{arguments:?}: {text}");
        assert_eq!(out(&output), "", "{arguments:?}");
    }
}

#[test]
fn a_query_that_cannot_be_read_is_pointed_at() {
    let text = err(&annals(&["--filter", "kind:talks actr:iraq"]));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.get(1), Some(&"  kind:talks actr:iraq"), "{text}");
    assert_eq!(lines.get(2), Some(&"             ^^^^^"), "{text}");
}

#[test]
fn an_empty_answer_says_which_term_is_to_blame() {
    let output = annals(&["count", SAMPLE, "--filter", "kind:talks tag:nothing"]);
    assert_eq!(succeeds(&output), "0 of 11\n");
    let text = err(&output);
    assert!(text.contains("no event matches"), "{text}");
    assert!(text.contains("without `tag:nothing` there would be 1 event\n"), "{text}");
}

#[test]
fn counts_are_certain_and_possible() {
    assert_eq!(succeeds(&annals(&["count", SAMPLE])), "11\n");
    // The flood lies in October for some readings only; undated events are always possible.
    let count = succeeds(&annals(&["count", SAMPLE, "--filter", "in:2017-10"]));
    assert_eq!(count, "0 certain + 3 possible of 11\n");
    let years = succeeds(&annals(&["count", SAMPLE, "--by", "year"]));
    assert!(years.contains("44 BCE") || years.contains("45 BCE"), "{years}");
    assert!(years.lines().any(|line| line.starts_with("2019 ")), "{years}");
    assert!(years.lines().last().is_some_and(|line| line.starts_with("undated")), "{years}");
    let kinds = succeeds(&annals(&["count", SAMPLE, "--by", "kind", "--format", "jsonl"]));
    assert!(kinds.contains(r#"{"value":"talks","label":"talks","certain":1,"possible":0}"#), "{kinds}");
    let reversed = succeeds(&annals(&["count", SAMPLE, "--by", "year", "--reverse"]));
    let first_year = reversed.lines().nth(1).unwrap_or_default();
    assert!(first_year.starts_with("2019"), "{reversed}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv").to_string_lossy().into_owned();
    fs::write(&table, shuffled_table()).expect("written");
    let of_table = ["export", "--no-cache", "--format", "csv", &table];
    for arguments in
        [&["export", "--format", "json"][..], &of_table[..], &[][..], &["man"][..], &["--help"][..]]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("annals starts");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
        let status = child.wait().expect("annals ends");
        assert_eq!(status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("roken pipe") && !said.contains("panicked"), "{arguments:?}: {said}");
    }
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = annals_in(folder.path(), &["a\u{1b}[31m\u{202e}b"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(!err(&output).contains(['\u{1b}', '\u{202e}']), "{}", err(&output));
    let listing = succeeds(&annals(&[SAMPLE]));
    assert!(!listing.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn a_file_named_like_a_command_opens_by_its_path() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("count"), SMALL).expect("written");
    let text = succeeds(&annals_in(folder.path(), &["./count"], ""));
    assert!(text.starts_with("Small\n"), "{text}");
}

#[test]
fn faults_are_told_but_the_rest_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("broken.toml"), "title = \"x\"\n[[events]\n").expect("written");
    let output = annals_in(folder.path(), &["broken.toml"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("broken.toml:2"), "{}", err(&output));
}

#[test]
fn shells_and_manuals_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(succeeds(&annals(&["completions", shell])).contains("export"), "{shell}");
    }
    let page = succeeds(&annals(&["man"]));
    assert!(page.contains(".SH \"EXIT STATUS\"") && page.contains(".SS export"), "{page}");
    let help = succeeds(&annals(&["--help"]));
    for absent in ["diff", "merge", "push"] {
        assert!(!help.split_whitespace().any(|word| word == absent), "{absent}: {help}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = SMALL.replace("2019-06-14", "2019-02-30");
    fs::write(folder.path().join("a.toml"), &text).expect("written");
    let checked = annals_in(folder.path(), &["check", "a.toml"], "");
    assert_eq!(checked.status.code(), Some(1));
    let first = out(&checked);
    assert!(first.starts_with("a.toml:5:"), "{first}");
    assert!(first.lines().next().is_some_and(|line| line.contains(": error: ")), "{first}");
    // A warning alone is no failure unless asked for.
    let text = SMALL.replace("kind =", "colour =");
    let lenient = annals_in(folder.path(), &["check", "-"], &text);
    assert!(succeeds(&lenient).contains("-:7:1: warning: "), "{}", out(&lenient));
    assert_eq!(annals_in(folder.path(), &["check", "-", "--strict"], &text).status.code(), Some(1));
}

#[test]
fn mending_writes_offsets_and_hashes_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "# mine\ntitle = 'T'\n\n[[documents]]\nid = 'd'\npath = 'd.txt'  # here\n\n[[events]]\nid = 'e'\n\
                date = '2020'\ntitle = 'E'\nsources = [{ document = 'd', quote = 'two' }]\n";
    fs::write(folder.path().join("a.toml"), text).expect("written");
    fs::write(folder.path().join("d.txt"), "one two three").expect("written");
    let fixed = annals_in(folder.path(), &["check", "--fix", "a.toml"], "");
    succeeds(&fixed);
    let mended = fs::read_to_string(folder.path().join("a.toml")).expect("there");
    assert!(mended.contains("start = 4") && mended.contains("end = 7"), "{mended}");
    assert!(
        mended.contains("sha256 = ") && mended.contains("# mine") && mended.contains("# here"),
        "{mended}"
    );
    let again = annals_in(folder.path(), &["check", "--fix", "--strict", "a.toml"], "");
    assert_eq!(succeeds(&again), "");
    assert_eq!(fs::read_to_string(folder.path().join("a.toml")).expect("there"), mended);
    let stdin = annals_in(folder.path(), &["check", "--fix", "-"], text);
    assert_eq!(stdin.status.code(), Some(2));
}

/// What cannot be shown as it is meant is said where the chronology opens, not only where it is checked.
#[test]
fn unread_dates_and_unknown_names_are_said_on_opening() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "[[events]]\ntitle = 'a'\ndate = '2020-13'\nactors = [{ id = 'nobody' }]\n\
                [[events]]\ntitle = 'b'\ndate = '12/04/1985'\n[[events]]\ntitle = 'c'\ndate = '199u'\n";
    fs::write(folder.path().join("a.toml"), text).expect("written");
    let output = annals_in(folder.path(), &["a.toml"], "");
    succeeds(&output);
    let said = err(&output);
    assert!(
        said.contains("a.toml: 2 dates cannot be read, the first “2020-13”; see `annals check`"),
        "{said}"
    );
    assert!(said.contains("a.toml: 1 actor, party or place is not described, the first “nobody”"), "{said}");
    assert_eq!(err(&annals(&["count"])), "");
}

/// Words that need a today say how to give one; a date that is none is refused even where nothing asks for it.
#[test]
fn dates_on_the_command_line() {
    let output = annals(&["count", "--filter", "in:\"last August\""]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--today"), "{}", err(&output));
    let output = annals(&["count", "--filter", "in:\"last August\"", "--today", "2024-01-27"]);
    assert_eq!(succeeds(&output), succeeds(&annals(&["count", "--filter", "in:2023-08"])));
    for arguments in [["--at", "2024-13"], ["--today", "2024-13"], ["--today", "yesterday"]] {
        let output = annals(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(arguments[0]), "{}", err(&output));
    }
}

/// An event that a filter names and that is none is named, with the nearest that is one.
#[test]
fn unknown_events_of_a_filter_are_named() {
    for (filter, wrong, right) in [
        ("in:@first-round-of-talk", "@first-round-of-talk", "@first-round-of-talks"),
        ("actor:iraq -(id:photo-relased)  id:x", "id:photo-relased", "id:photo-released"),
    ] {
        let output = annals(&["count", "--filter", filter]);
        let said = err(&output);
        assert!(said.contains(&format!("nothing is called `{wrong}`: did you mean `{right}`?")), "{said}");
    }
    assert!(
        !err(&annals(&["count", "--filter", "in:@first-round-of-talks id:X"])).contains("called `@first")
    );
}

/// In a large table the nearest is not looked for, which would take long; what is there is known all the same.
#[test]
fn unknown_events_of_a_large_table_are_named() {
    let head = "id,date,title\n".to_owned();
    let table = (0..100_001).fold(head, |table, number| table + &format!("e{number},2001,Rain\n"));
    let folder = tempfile::tempdir().expect("a folder");
    let asked = |filter: &str| annals_in(folder.path(), &["count", "--filter", filter, "-"], &table);
    let said = err(&asked("id:e100001"));
    assert!(said.contains("nothing is called `id:e100001`\n"), "{said}");
    let said = err(&asked("id:e100000 kind:none"));
    assert!(!said.contains("nothing is called `id:"), "{said}");
}

/// A date is not counted finer than it is known: an event of 2018 began in no month of it.
#[test]
fn counts_by_date_are_no_finer_than_the_dates() {
    let months = succeeds(&annals(&["count", SAMPLE, "--by", "month", "--format", "jsonl"]));
    let values: Vec<&str> =
        months.lines().filter_map(|line| line.strip_prefix("{\"value\":")?.split(',').next()).collect();
    let expected = [
        "\"..\"",
        "\"-0043\"",
        "\"1911\"",
        "\"2017\"",
        "\"2018\"",
        "\"2019\"",
        "\"2019-03\"",
        "\"2019-06\"",
        "null",
    ];
    assert_eq!(values, expected, "{months}");
    let days = succeeds(&annals(&["count", SAMPLE, "--by", "day", "--reverse"]));
    let labels: Vec<&str> = days.lines().skip(1).filter_map(|line| line.split("  ").next()).collect();
    let expected = [
        "14 June 2019",
        "13 June 2019",
        "12 June 2019",
        "March 2019",
        "2019",
        "2018",
        "2017",
        "1911",
        "44 BCE",
        "no beginning",
        "undated",
    ];
    assert_eq!(labels, expected, "{days}");
    // Beyond the range of civil dates there are no months.
    let far = "[[events]]\ntitle = 'far'\ndate = 'Y100000000000'\n";
    let counts = succeeds(&annals_in(Path::new("."), &["count", "-", "--by", "day"], far));
    assert!(counts.contains("\n100 billion CE  "), "{counts}");
    let listing = succeeds(&annals_in(Path::new("."), &["-"], far));
    assert!(listing.contains("\n100 billion CE\n"), "{listing}");
}

/// Values of options may begin with a hyphen: terms that leave out, years before the first.
#[test]
fn a_query_may_begin_with_a_hyphen() {
    let without = succeeds(&annals(&["count", SAMPLE, "--filter", "-kind:talks"]));
    assert_eq!(without, succeeds(&annals(&["count", SAMPLE, "--filter", "not kind:talks"])));
    succeeds(&annals(&[SAMPLE, "--at", "-0043-03-15", "--today", "-0001-01-01"]));
}

/// Nothing at all is not called a strange format.
#[test]
fn an_empty_input_is_called_empty() {
    for arguments in [["count", "-"], ["check", "-"]] {
        let output = annals(&arguments);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(err(&output), "annals: there is nothing in it (-)\n");
    }
}

#[test]
fn the_configuration_is_printed() {
    let text = succeeds(&annals(&["--print-config"]));
    assert!(
        text.contains("\n#reverse = false\n") && text.contains("\n[keys]\n#timeline = [\"1\"]"),
        "{text}"
    );
    assert!(succeeds(&annals(&["--print-keys", "--no-config"])).contains("[\"j\", \"down\"]"));
    assert_eq!(annals(&["--print-keys", "--print-config"]).status.code(), Some(2));
}

#[test]
fn the_keys_that_are_printed_are_those_of_the_configuration() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("annals");
    fs::create_dir(&home).expect("a folder");
    fs::write(home.join("config.toml"), "revrse = true\n[keys]\nnext = [\"e\", \"g e\"]\n").expect("written");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
        command.args(arguments).env("XDG_CONFIG_HOME", folder.path()).stdin(Stdio::null());
        command.output().expect("annals runs")
    };
    let output = run(&["--print-keys"]);
    let table = succeeds(&output);
    assert!(
        table.lines().any(|line| line.starts_with("list ") && line.contains("[\"e\", \"g e\"]")),
        "{table}"
    );
    let said = err(&output);
    assert!(said.contains("config.toml:1:1: warning: there is no key called \"revrse\""), "{said}");
    assert!(said.contains("hint: did you mean reverse?"), "{said}");
    assert!(said.contains("g·e for next and g for first begin alike"), "{said}");
    let paths = succeeds(&run(&["--print-paths"]));
    let expected = format!("config  {}", home.join("config.toml").display());
    assert!(paths.lines().any(|line| line.starts_with(&expected) && line.ends_with(" is there")), "{paths}");
}
