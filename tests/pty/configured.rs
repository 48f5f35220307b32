//! The browser as a reader has configured it.

use std::fs;
use std::path::Path;

use super::browser::{ANNALS, executable};
use super::session::{Session, Settings};

/// Starts the browser with a configuration.
fn configured(text: &str, arguments: &[&str]) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("annals")).unwrap();
    fs::write(folder.path().join("annals").join("config.toml"), text).unwrap();
    let home = folder.path().to_str().unwrap().to_owned();
    let environment = [("XDG_CONFIG_HOME", home.as_str())];
    let session =
        Session::start(ANNALS, arguments, &Settings { environment: &environment, ..Settings::default() });
    session.wait_for_text(" of 41");
    (folder, session)
}

#[test]
fn a_wrong_configuration_starts_with_defaults_and_says_so() {
    let (_folder, session) = configured("view = \"lines\"\n[keys]\nleave = \"Q\"\n", &[]);
    session.wait_for_text("config.toml:1:8: view: \"lines\" is none of");
    session.send("j");
    session.wait_for_text("2 of 41");
    session.send("Q");
    let end = session.end();
    end.assert_clean(0);
    let said = String::from_utf8_lossy(&end.raw).into_owned();
    assert!(said.contains("config.toml:1:8: warning: view: \"lines\" is none of"), "{said}");
}

#[test]
fn the_command_line_wins_and_the_configuration_can_be_left_out() {
    let (_folder, session) = configured("view = \"lanes\"\n", &[]);
    session.wait_for_text("l later");
    session.send("q");
    session.end().assert_clean(0);
    for arguments in [["--view", "timeline"].as_slice(), &["--no-config"]] {
        let (_folder, session) = configured("view = \"lanes\"\n", arguments);
        session.wait_for_text("j next");
        session.send("q");
        session.end().assert_clean(0);
    }
}

/// The question for the background.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// The colour of the first cell of the strip's dates, which are less important.
fn dim(session: &Session) -> vt100::Color {
    session.screen(|screen| screen.cell(3, 0).map(vt100::Cell::fgcolor).unwrap_or_default())
}

/// The browser in a terminal with these variables.
fn in_terminal(environment: &[(&str, &str)], arguments: &[&str]) -> Session {
    let session = Session::start(ANNALS, arguments, &Settings { environment, ..Settings::default() });
    session.wait_for_text(" of 41");
    session
}

#[test]
fn the_background_that_the_terminal_tells_chooses_the_theme() {
    let session = in_terminal(&[], &[]);
    session.wait_for_bytes(QUESTION, 0);
    assert_eq!(dim(&session), vt100::Color::Default);
    for (answer, colour) in [
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", vt100::Color::Idx(241)),
        ("\x1b]11;rgb:00/2b/36\x07", vt100::Color::Idx(249)),
        ("\x1b]11;rgb:8080/8080/8080\x1b\\", vt100::Color::Default),
    ] {
        session.send(answer);
        session.wait_for("the theme's colour", |screen| {
            screen.cell(3, 0).is_some_and(|cell| cell.fgcolor() == colour)
        });
    }
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_theme_that_was_asked_for_stays() {
    let session = in_terminal(&[], &["--theme", "dark"]);
    session.wait_for("the theme's colour", |screen| {
        screen.cell(3, 0).is_some_and(|cell| cell.fgcolor() == vt100::Color::Idx(249))
    });
    session.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\j");
    session.wait_for_text("2 of 41");
    assert_eq!(dim(&session), vt100::Color::Idx(249));
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn terminals_that_may_not_understand_are_not_asked() {
    for (environment, asked) in [
        ([("TERM", "linux"), ("NO_COLOR", "")], false),
        ([("TERM", "vt100"), ("NO_COLOR", "")], false),
        ([("TERM", "xterm"), ("NO_COLOR", "1")], true),
    ] {
        let session = in_terminal(&environment, &[]);
        session.send("q");
        let end = session.end();
        end.assert_clean(0);
        assert_eq!(end.raw.windows(QUESTION.len()).any(|bytes| bytes == QUESTION), asked, "{environment:?}");
    }
}

#[test]
fn an_answer_that_comes_late_is_not_left_to_the_next_program() {
    let session = in_terminal(&[], &[]);
    // Both are there before the program can look: it ends with the answer unread.
    session.send("q\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    session.end().assert_clean(0);
}

/// How often these bytes were written.
fn count(raw: &[u8], bytes: &[u8]) -> usize {
    raw.windows(bytes.len()).filter(|window| *window == bytes).count()
}

#[test]
fn the_mouse_is_taken_by_a_key_and_given_back_however_the_program_ends() {
    let session = in_terminal(&[], &[]);
    let reports = |session: &Session| session.screen(vt100::Screen::mouse_protocol_mode);
    assert_eq!(reports(&session), vt100::MouseProtocolMode::None);
    session.send("M");
    session.wait_for_text("the mouse acts here");
    session.wait_for("reports", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
            && screen.mouse_protocol_encoding() == vt100::MouseProtocolEncoding::Sgr
    });
    session.send("\x1b[<65;10;15M");
    session.wait_for_text("4 of 41");
    session.send("M");
    session.wait_for("no reports", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    session.send("M");
    session.wait_for_text("the mouse acts here");
    session.signal(rustix::process::Signal::TERM);
    session.end().assert_clean(143);

    let (_folder, session) = configured("mouse = true\n", &[]);
    session
        .wait_for("reports", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion);
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn keyboard_flags_are_pushed_where_the_terminal_knows_them_and_popped_at_the_end() {
    let (push, pop) = (b"\x1b[>1u", b"\x1b[<u");
    let session = in_terminal(&[], &[]);
    session.send("q");
    let end = session.end();
    assert_eq!((count(&end.raw, push), count(&end.raw, pop)), (0, 0));

    for ending in ["key", "signal"] {
        let session = in_terminal(&[], &[]);
        // It answers twice, as when it gets the focus again: the flags are pushed once.
        session.send("\x1b[?0u\x1b[?1u");
        let pushed = session.wait_for_bytes(push, 0);
        session.send("j\x1b[106;5u");
        if ending == "signal" {
            session.signal(rustix::process::Signal::TERM);
        } else {
            session.send("\x1b[99;5u");
        }
        let end = session.end();
        assert!(end.faults.is_empty(), "{ending}: {}", end.faults);
        assert_eq!((count(&end.raw, push), count(&end.raw, pop)), (1, 1), "{ending}");
        // The stack is that of the alternate screen: it is popped before that is left.
        let place = |bytes: &[u8]| end.raw.windows(bytes.len()).rposition(|window| window == bytes);
        assert!(Some(pushed) <= place(pop) && place(pop) < place(b"\x1b[?1049l"), "{ending}");
    }
}

/// A chronology with an event of a document that has an address.
const WITH_ADDRESS: &str = "title = \"T\"\n[[documents]]\nid = \"d\"\ntitle = \"D\"\nurl = \"https://example.org/d\"\n\
    [[events]]\nid = \"a\"\ndate = \"2001\"\ntitle = \"A\"\nsources = [{ document = \"d\" }]\n";

/// The browser on that, in a terminal with these variables, with programs of these names first in the path that write
/// what they are told into a file each.
fn with_address(
    environment: &[(&str, &str)],
    programs: &[&str],
    arguments: &[&str],
) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.toml"), WITH_ADDRESS).unwrap();
    for program in programs {
        let script = "#!/bin/sh\n{ printf '%s\\n' \"$*\"; cat; } >\"$0.part\"\nmv \"$0.part\" \"$0.out\"\n";
        executable(&folder.path().join(program), script);
    }
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let environment = [environment, &[("PATH", path.as_str())]].concat();
    let settings = Settings { environment: &environment, directory: folder.path(), ..Settings::default() };
    let session = Session::start(ANNALS, &[&["mine.toml"], arguments].concat(), &settings);
    session.wait_for_text("1 of 1");
    (folder, session)
}

/// What a program was told, once it has ended.
fn told(session: &Session, folder: &Path, program: &str) -> String {
    let file = folder.join(format!("{program}.out"));
    session.wait_for(program, |_| file.exists());
    fs::read_to_string(file).unwrap()
}

#[test]
fn an_address_is_opened_on_a_desktop_and_copied_over_ssh() {
    let (folder, session) = with_address(&[("DISPLAY", ":0")], &["xdg-open"], &[]);
    session.send("O");
    session.wait_for_text("opened https://example.org/d");
    assert_eq!(told(&session, folder.path(), "xdg-open"), "https://example.org/d\n");
    session.send("q");
    session.end().assert_clean(0);

    let variables = [("DISPLAY", "localhost:10.0"), ("SSH_TTY", "/dev/pts/9")];
    let (folder, session) = with_address(&variables, &["xdg-open", "xclip"], &[]);
    session.send("O");
    session.wait_for_text("address sent to the terminal, as there is no desktop here");
    session.wait_for_bytes(b"\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZy9k\x1b\\", 0);
    session.send("q");
    session.end().assert_clean(0);
    assert!(!folder.path().join("xdg-open.out").exists() && !folder.path().join("xclip.out").exists());
}

#[test]
fn a_copy_goes_to_the_desktop_by_a_program_that_is_there() {
    let (folder, session) = with_address(&[("WAYLAND_DISPLAY", "wayland-0")], &["xsel"], &[]);
    session.send("Y");
    // Of those that Wayland has one is there; where others are installed they have no desktop to reach.
    session.wait_for_text("citation copied with xsel");
    assert!(told(&session, folder.path(), "xsel").starts_with("--clipboard --input\n"));
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert_eq!(count(&end.raw, b"\x1b]52;"), 0);
}

#[test]
fn addresses_are_hyperlinks_unless_they_are_not_wanted() {
    let link = b"\x1b]8;id=1;https://example.org/d\x1b\\";
    let ends = b"\x1b]8;;\x1b\\";
    let (_folder, session) = with_address(&[], &[], &[]);
    session.wait_for_bytes(link, 0);
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert_eq!(count(&end.raw, b"\x1b]8;id="), count(&end.raw, ends));

    let (_folder, session) = with_address(&[("TERM", "linux")], &[], &[]);
    session.send("q");
    assert_eq!(count(&session.end().raw, b"\x1b]8;"), 0);

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("annals")).unwrap();
    fs::write(folder.path().join("annals").join("config.toml"), "links = false\n").unwrap();
    let home = folder.path().to_str().unwrap();
    let (_folder, session) = with_address(&[("XDG_CONFIG_HOME", home)], &[], &[]);
    session.send("q");
    assert_eq!(count(&session.end().raw, b"\x1b]8;"), 0);
}
