//! Sessions with the browser itself, as a reader has them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use base64::prelude::{BASE64_STANDARD, Engine};
use rustix::process::Signal;

use super::escapes::{foreign, sequences};
use super::session::{Session, Settings};

/// The program.
pub const ANNALS: &str = env!("CARGO_BIN_EXE_annals");

/// The browser in a folder, with the list on the screen.
pub fn start(arguments: &[&str], settings: &Settings<'_>) -> Session {
    let session = Session::start(ANNALS, arguments, settings);
    session.wait_for(" of ", |screen| last_line(screen).contains("1 of "));
    session
}

/// What a command of the program prints.
pub fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(ANNALS).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn last_line(screen: &vt100::Screen) -> String {
    let columns = screen.size().1.get();
    screen.rows(0, columns).last().unwrap_or_default()
}

/// The row of the screen that holds this.
fn row_of(session: &Session, text: &str) -> usize {
    let screen = session.text();
    let row = screen.lines().position(|line| line.contains(text));
    row.unwrap_or_else(|| panic!("no {text} on the screen\n{screen}"))
}

/// Goes to a format in the export dialog and ticks or unticks it.
fn tick(session: &Session, from: &str, format: &str) {
    let down = row_of(session, &format!("] {format} ")) - row_of(session, &format!("] {from} "));
    session.send("j".repeat(down));
    let was = session.text().contains(&format!("[x] {format} "));
    session.send(" ");
    let now = format!("[{}] {format} ", if was { ' ' } else { 'x' });
    session.wait_for_text(&now);
}

#[test]
fn a_party_a_range_and_one_more_event_become_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let session = start(&[], &Settings { directory: folder.path(), ..Settings::default() });
    session.send("fparty:iran-aligned\r");
    session.wait_for_text("filter party:iran-aligned ");
    session.wait_for("the count", |screen| {
        screen.contents().contains(" of 5\n") || last_line(screen).ends_with(" 1 of 5")
    });
    session.send("gvjjv");
    session.wait_for_text("3 selected");
    session.send("jj ");
    session.wait_for_text("4 selected");
    session.send("w");
    session.wait_for_text("4 events selected");
    tick(&session, "md", "md");
    tick(&session, "md", "csv");
    tick(&session, "csv", "ics");
    session.send("\t\x15picked");
    session.wait_for_text("file  picked");
    session.send("\r");
    session.wait_for_text("wrote 4 events");
    session.send("q");
    session.end().assert_clean(0);

    let events = printed(folder.path(), &["export", "--filter", "party:iran-aligned", "--format", "jsonl"]);
    let ids: Vec<String> = events
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned()
        })
        .collect();
    let filter = format!("id:{},{},{},{}", ids[0], ids[1], ids[2], ids[4]);
    for format in ["csv", "ics"] {
        let written = fs::read_to_string(folder.path().join(format!("picked.{format}"))).unwrap();
        let expected = printed(folder.path(), &["export", "--filter", &filter, "--format", format]);
        assert_eq!(written, expected, "{format}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "other files were left");
}

#[test]
fn signals_that_end_the_browser_leave_a_clean_terminal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let session = start(&[], &Settings::default());
        session.send("jj");
        session.signal(signal);
        session.end().assert_clean(128 + signal.as_raw() as u32);
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_is_reported_on_a_terminal_given_back() {
    let environment = [("ANNALS_PANIC", "render")];
    let session = Session::start(ANNALS, &[], &Settings { environment: &environment, ..Settings::default() });
    let end = session.end();
    end.assert_clean(101);
    assert!(end.text.contains("panicked"), "{}", end.text);
}

#[test]
fn ctrl_z_and_back() {
    let script =
        format!("'{ANNALS}'; printf 'the shell has it\\n'; read answer; fg; printf 'ended with %s\\n' $?");
    let session = Session::start("/bin/sh", &["-m", "-c", &script], &Settings::default());
    session.wait_for_text("1 of ");
    session.send("jj");
    session.wait_for_text("3 of ");
    session.send("\x1a");
    session.wait_for("the shell on the main screen", |screen| {
        screen.contents().contains("the shell has it") && !screen.alternate_screen() && !screen.hide_cursor()
    });
    session.resize(120, 40);
    session.send("\r");
    session.wait_for("the browser where it was, in the new size", |screen| {
        screen.alternate_screen() && last_line(screen).contains("3 of ")
    });
    session.send("k");
    session.wait_for_text("2 of ");
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert!(end.text.contains("ended with 0"), "{}", end.text);
}

#[test]
fn after_a_storm_of_sizes_the_screen_is_as_at_a_start() {
    let size = (101, 33);
    let fresh = start(&[], &Settings { size, ..Settings::default() });
    let session = start(&[], &Settings::default());
    for n in 0..500_u16 {
        session.resize(n.wrapping_mul(37) % 300, n.wrapping_mul(17) % 90);
    }
    for (columns, rows) in [(0, 0), (1, 1), (2, 500), (1000, 1), size] {
        session.resize(columns, rows);
    }
    // Blank cells and cells never written are the same to a reader.
    let seen = |text: String| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    session.wait_for("the same screen", |screen| seen(screen.contents()) == seen(fresh.text()));
    for session in [fresh, session] {
        session.send("q");
        session.end().assert_clean(0);
    }
}

#[test]
fn a_chronology_from_a_pipe_leaves_the_keyboard_to_the_reader() {
    let script = format!("'{ANNALS}' export --format json | '{ANNALS}' -");
    let session = Session::start("/bin/sh", &["-c", &script], &Settings::default());
    session.wait_for_text("1 of ");
    session.send("j");
    session.wait_for_text("2 of ");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_browser_costs_nothing() {
    let session = start(&[], &Settings::default());
    session.send("jjj");
    session.wait_for_text("4 of ");
    super::idle::assert_idle(&session);
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_copy_goes_to_the_terminal_and_says_no_more_than_that() {
    let session = start(&[], &Settings::default());
    session.send("y");
    session.wait_for_text("sent to the terminal");
    let begin = session.wait_for_bytes(b"\x1b]52;c;", 0);
    let end = session.wait_for_bytes(b"\x1b\\", begin);
    session.send("q");
    let raw = session.end().raw;
    let text = BASE64_STANDARD.decode(&raw[begin..end - 2]).unwrap();
    let expected = printed(Path::new("/"), &["export", "--format", "jsonl"]);
    let first: serde_json::Value = serde_json::from_str(expected.lines().next().unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains(first["title"].as_str().unwrap()), "{text}");
}

#[test]
fn inside_tmux_a_copy_goes_to_tmux() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let script = "#!/bin/sh\nprintf '%s\\n' \"$*\" >\"$OUT\"\ncat >>\"$OUT\"\n";
    executable(&folder.path().join("tmux"), script);
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let environment = [("TMUX", "/tmp/x,1,0"), ("PATH", path.as_str()), ("OUT", out.to_str().unwrap())];
    let session = start(&[], &Settings { environment: &environment, ..Settings::default() });
    session.send("Y");
    session.wait_for_text("sent to tmux");
    assert!(fs::read_to_string(&out).unwrap().starts_with("load-buffer -w -\n"));
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert_eq!(foreign(&end.raw), Vec::<String>::new(), "the terminal was sent something as well");
}

/// Writes a script.
pub fn executable(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_editor_opens_the_file_at_the_event_and_the_change_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    fs::write(&file, "title = \"Mine\"\n\n[[events]]\nid = \"a\"\ndate = \"1815\"\ntitle = \"First\"\n\n[[events]]\nid = \"b\"\ndate = \"1816\"\ntitle = \"Second\"\n").unwrap();
    let editor = folder.path().join("editor");
    executable(&editor, "#!/bin/sh\nprintf '%s' \"$*\" >\"$OUT\"\nsed -i s/Second/Changed/ \"$2\"\n");
    let out = folder.path().join("out");
    let environment = [("VISUAL", editor.to_str().unwrap()), ("OUT", out.to_str().unwrap())];
    let settings = Settings { environment: &environment, directory: folder.path(), ..Settings::default() };
    let session = start(&["mine.toml"], &settings);
    session.send("j");
    session.wait_for_text("2 of 2");
    session.send("E");
    session.wait_for_text("read again: 1 event changed");
    session.wait_for_text("Changed");
    let asked = fs::read_to_string(&out).unwrap();
    assert!(
        (asked.starts_with("+8 ") || asked.starts_with("+9 ")) && asked.ends_with("mine.toml"),
        "{asked}"
    );
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn what_an_editor_elsewhere_changes_is_shown_and_what_it_breaks_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let event =
        |id: &str, title: &str| format!("[[events]]\nid = \"{id}\"\ndate = \"1815\"\ntitle = \"{title}\"\n");
    let save = |text: String| {
        let beside = folder.path().join("mine.toml~");
        fs::write(&beside, text).unwrap();
        fs::rename(&beside, &file).unwrap();
    };
    fs::write(&file, event("a", "First") + &event("b", "Second")).unwrap();
    let session = start(&["mine.toml"], &Settings { directory: folder.path(), ..Settings::default() });
    session.send("j");
    session.wait_for_text("2 of 2");
    save(event("new", "Before all") + &event("a", "First") + &event("b", "Second, corrected"));
    session.wait_for_text("read again: 1 event changed, 1 event new");
    session.wait_for_text("Second, corrected");
    session.wait_for_text("3 of 3");
    save("[[events]\n".to_owned());
    session.wait_for_text("still showing what was read before: ");
    assert!(session.text().contains("Second, corrected"), "{}", session.text());
    save(event("a", "First") + &event("b", "Second"));
    session.wait_for_text("2 of 2");
    session.wait_for_text("1 event gone");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn what_was_noted_and_where_one_was_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_str().unwrap();
    let file = folder.path().join("mine.toml");
    let event = |id: &str| format!("[[events]]\nid = \"{id}\"\ndate = \"1815\"\ntitle = \"Event {id}\"\n");
    fs::write(&file, event("a") + &event("b") + &event("c")).unwrap();
    let settings =
        Settings { environment: &[("HOME", home)], directory: folder.path(), ..Settings::default() };
    let session = start(&["mine.toml"], &settings);
    session.send("j");
    session.wait_for_text("2 of 3");
    session.send("m");
    session.wait_for_text("marked");
    session.send("iask her\r");
    session.wait_for_text("note written");
    session.send("q");
    session.end().assert_clean(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), event("a") + &event("b") + &event("c"));

    let session = Session::start(ANNALS, &["mine.toml"], &settings);
    session.wait_for_text("2 of 3");
    session.wait_for_text("ask her");
    assert!(session.text().contains("back where you were (--fresh begins anew)"), "{}", session.text());
    session.send("q");
    session.end().assert_clean(0);

    let session = start(&["--fresh", "mine.toml"], &settings);
    session.wait_for_text("1 of 3");
    session.send("q");
    session.end().assert_clean(0);

    let annals = |arguments: &[&str]| {
        let mut command = Command::new(ANNALS);
        let output =
            command.args(arguments).env_clear().env("HOME", home).current_dir(folder.path()).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let written = annals(&["export", "mine.toml", "--filter", "is:marked", "--format", "toml", "--notes"]);
    assert!(written.contains("id = \"b\"") && !written.contains("id = \"a\""), "{written}");
    assert!(written.contains("note = \"ask her\"") && written.contains("tags = [\"marked\"]"), "{written}");
    let written = annals(&["export", "mine.toml", "--filter", "is:marked", "--format", "toml"]);
    assert!(!written.contains("ask her"), "{written}");
}

#[test]
fn in_lines_no_sequence_is_sent_and_what_was_said_stays() {
    let environment = [("TERM", "dumb")];
    let settings = Settings { environment: &environment, size: (100, 40), ..Settings::default() };
    let session = Session::start(ANNALS, &["--linear"], &settings);
    session.wait_for_text("1 of 41");
    session.send("j");
    session.wait_for_text("2 of 41");
    // Typed ahead, it is echoed all the same.
    session.send("fkind:talks\r");
    session.wait_for_text("filter kind:talks");
    session.wait_for_text("6 of 41 events");
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert!(!end.raw.contains(&0x1b), "{}", String::from_utf8_lossy(&end.raw));
    assert!(end.text.contains("1 of 41") && end.text.contains("2 of 41"), "{}", end.text);
    // Without the option it is offered.
    let session = Session::start(ANNALS, &[], &settings);
    let end = session.end();
    end.assert_clean(1);
    assert!(String::from_utf8_lossy(&end.raw).contains("annals --linear"), "{}", end.text);
}

#[test]
fn without_colour_no_colour_is_sent() {
    let colours = |raw: &[u8]| {
        let text = String::from_utf8_lossy(raw).into_owned();
        text.split("\x1b[")
            .skip(1)
            .filter_map(|part| part.split_once('m'))
            .map(|(parameters, _)| parameters.to_owned())
            .filter(|parameters| {
                let mut numbers = parameters.split([';', ':']).map_while(|number| number.parse::<u16>().ok());
                numbers.any(|number| matches!(number, 30..=38 | 40..=48 | 58 | 90..=107))
            })
            .collect::<Vec<_>>()
    };
    for (arguments, environment, expected) in [
        (&[][..], &[][..], true),
        (&[], &[("NO_COLOR", "1")], false),
        (&["--color", "never"], &[], false),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&[], &[("TERM", "vt100")], false),
    ] {
        let session = start(arguments, &Settings { environment, ..Settings::default() });
        session.send("ja");
        session.wait_for_text("2 of ");
        session.send("\x03");
        let end = session.end();
        end.assert_clean(0);
        assert_eq!(
            !colours(&end.raw).is_empty(),
            expected,
            "{arguments:?} {environment:?}: {:?}",
            colours(&end.raw)
        );
    }
}

#[test]
fn a_dumb_terminal_is_told_what_to_use_instead() {
    let session =
        Session::start(ANNALS, &[], &Settings { environment: &[("TERM", "dumb")], ..Settings::default() });
    let end = session.end();
    assert!(end.text.contains("hint:") || end.text.contains("annals export"), "{}", end.text);
    let written = sequences(&end.raw);
    assert!(written.iter().all(|sequence| sequence == "U+000A" || sequence == "U+000D"), "{written:?}");
    assert_eq!(end.faults, "");
}
