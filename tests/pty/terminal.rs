//! What `annals::term` promises of the terminal, held against a real one.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rustix::process::Signal;

use super::escapes::sequences;
use super::host;
use super::session::{Session, Settings};

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    let session = host::start(&Settings::default());
    session.send("jK\x1b[A");
    session.wait_for_text("key Up");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_panic_is_reported_on_a_terminal_given_back() {
    let session = host::start(&Settings::default());
    session.send("p");
    let end = session.end();
    end.assert_clean(101);
    assert!(end.text.contains("a panic while drawing"), "{}", end.text);
}

#[test]
fn a_panic_on_another_thread_ends_the_program() {
    let session = host::start(&Settings::default());
    session.send("w");
    let end = session.end();
    end.assert_clean(101);
    assert!(end.text.contains("a panic beside"), "{}", end.text);
}

#[test]
fn signals_that_end_the_program_leave_a_clean_terminal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let session = host::start(&Settings::default());
        session.signal(signal);
        session.end().assert_clean(128 + signal.as_raw() as u32);
    }
}

#[test]
fn a_second_signal_ends_even_a_program_that_hangs() {
    let session = host::start(&Settings::default());
    session.send("l");
    session.wait_for_text("hanging");
    // Not the same one twice: two that come at once count as one.
    session.signal(Signal::TERM);
    session.signal(Signal::INT);
    let end = session.end();
    assert!(matches!(end.code, 130 | 143), "{}", end.code);
    assert_eq!(end.faults, "");
}

#[test]
fn without_a_shell_the_program_does_not_stop() {
    let session = host::start(&Settings::default());
    session.send("\x1a");
    session.wait_for_text("NoShell");
    session.signal(Signal::TSTP);
    session.send("q");
    session.end().assert_clean(0);
}

/// A shell with job control that runs the program and, when that has stopped, waits for Enter.
fn shell() -> Session {
    let script = format!(
        "{}; printf 'the shell has it\\n'; read answer; fg; printf 'ended with %s\\n' $?",
        host::command()
    );
    let session = Session::start("/bin/sh", &["-m", "-c", &script], &Settings::default());
    session.wait_for_text("ready");
    session
}

#[test]
fn ctrl_z_gives_the_shell_the_terminal_and_fg_takes_it_back() {
    let session = shell();
    session.send("j\x1a");
    session.wait_for("the shell on the main screen", |screen| {
        screen.contents().contains("the shell has it")
            && !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
    });
    session.resize(100, 30);
    session.send("\r");
    session.wait_for("the program, in the new size", |screen| {
        screen.alternate_screen()
            && screen.contents().contains("100x30")
            && screen.contents().contains("Resumed")
            && screen.contents().contains("ready")
    });
    session.send("k");
    session.wait_for_text("key Char('k')");
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    assert!(end.text.contains("ended with 0"), "{}", end.text);
}

#[test]
fn a_stop_from_outside_is_the_same() {
    let session = shell();
    let text = session.text();
    let (_, rest) = text.split_once("process ").unwrap();
    let pid: i32 = rest.split_whitespace().next().unwrap().parse().unwrap();
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, Signal::TSTP).unwrap();
    session.wait_for_text("the shell has it");
    session.send("\r");
    session.wait_for_text("Resumed");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn going_on_after_a_stop_that_nobody_was_told_of_draws_again() {
    let session = host::start(&Settings::default());
    let before = session.written();
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    session.wait_for_bytes(b"\x1b[?1049h", before);
    session.wait_for_text("resumed");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn after_a_storm_of_sizes_the_last_one_is_drawn() {
    let session = host::start(&Settings::default());
    for n in 0..1000_u16 {
        session.resize(n.wrapping_mul(37) % 300, n.wrapping_mul(17) % 90);
    }
    for (columns, rows) in [(0, 0), (1, 1), (2, 500), (1000, 1), (97, 31)] {
        session.resize(columns, rows);
    }
    session.wait_for_text("97x31");
    session.wait_for_text("resized 97x31");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn an_editor_has_the_terminal_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor");
    fs::write(
        &editor,
        "#!/bin/sh\nprintf 'editing %s' \"$*\"\nread line\nprintf '%s' \"$line\" >\"$OUT\"\nexit 3\n",
    )
    .unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let out = folder.path().join("out");
    let environment = [("EDITOR", editor.to_str().unwrap()), ("OUT", out.to_str().unwrap())];
    let session = host::start(&Settings { environment: &environment, ..Settings::default() });
    session.send("e");
    session.wait_for("the editor on the main screen", |screen| {
        screen.contents().contains("editing +7 a file.toml") && !screen.alternate_screen()
    });
    session.send("hello\r");
    session.wait_for_text("edited: exit status: 3");
    assert_eq!(fs::read_to_string(&out).unwrap(), "hello");
    assert!(!session.text().contains("key"), "the editor's keys came to us: {}", session.text());
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn an_interrupt_at_the_editor_is_not_for_us() {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nprintf 'editing'\nread line\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let environment = [("VISUAL", editor.to_str().unwrap())];
    let session = host::start(&Settings { environment: &environment, ..Settings::default() });
    session.send("e");
    session.wait_for_text("editing");
    session.send("\x03");
    session.wait_for_text("edited: signal: 2");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn an_editor_that_is_not_there_is_an_error_on_the_screen() {
    let session =
        host::start(&Settings { environment: &[("EDITOR", "/nonexistent/vi")], ..Settings::default() });
    session.send("e");
    session.wait_for_text("/nonexistent/vi: No such file");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn with_a_pipe_for_standard_input_the_keyboard_is_the_terminal() {
    let script = format!("printf 'qqq' | {}", host::command());
    let session = Session::start("/bin/sh", &["-c", &script], &Settings::default());
    session.wait_for_text("ready");
    session.send("j");
    session.wait_for_text("key Char('j')");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_copied_text_goes_to_the_terminal_in_one_sequence() {
    let session = host::start(&Settings::default());
    session.send("y");
    session.wait_for_text("sent to the terminal");
    session.wait_for_bytes(b"\x1b]52;c;NDQgQkNFCg==\x1b\\", 0);
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn a_paste_is_no_keys() {
    let session = host::start(&Settings::default());
    session.send("\x1b[200~qqp\r\x1b[201~");
    session.wait_for_text("Paste(\"qqp\\n\")");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn whatever_the_terminal_says_the_keyboard_lives() {
    let session = host::start(&Settings::default());
    session
        .send(b"\xff\xfe\x1b[999;999;999R\x1b]11;rgb:ff/ff/ff\x1b\\\x1b[?1;2c\x1bP1$r0m\x1b\\\x1b[<0;1;1M");
    session.send("\x1b[");
    session.wait_for_text("key Char('[')");
    session.send("j");
    session.wait_for_text("key Char('j')");
    session.send("q");
    session.end().assert_clean(0);
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let session = host::start(&Settings::default());
    for n in 0..20 {
        session.send(if n % 2 == 0 { "j" } else { "k" });
    }
    session.send("\x1b[A");
    session.wait_for_text("key Up");
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    let raw = String::from_utf8(end.raw).unwrap();
    let (_, frames) = raw.split_once("\x1b[2J").unwrap();
    let (frames, _) = frames.split_once("\x1b[?1049l").unwrap();
    for frame in frames.split("\x1b[?2026h").skip(1) {
        let (_, after) = frame.split_once("\x1b[?2026l").expect("a frame without an end");
        assert!(after.is_empty() || after.starts_with("\x1b[?2026l"), "outside a frame: {after:?}");
    }
}

#[test]
fn the_terminal_is_asked_nothing() {
    let session = host::start(&Settings::default());
    session.send("j\x0c\x1b[A");
    session.wait_for_text("key Up");
    assert!(session.text().contains("drawn anew"));
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    let asked: Vec<String> = sequences(&end.raw)
        .into_iter()
        .filter(|sequence| sequence.starts_with("ESC ") || sequence.ends_with(['n', 'c', 'p', 'q', 't', 'u']))
        .collect();
    assert!(asked.is_empty(), "{asked:?}");
}

/// What is turned on in addition: the mouse, and the keyboard's flags.
const EXTRAS: [(&[u8], &[u8]); 2] = [(b"\x1b[?1006h", b"\x1b[?1006l"), (b"\x1b[>1u", b"\x1b[<u")];

/// How often these bytes were written.
fn count(raw: &[u8], bytes: &[u8]) -> usize {
    raw.windows(bytes.len()).filter(|window| *window == bytes).count()
}

#[test]
fn modes_that_were_turned_on_are_turned_off_by_a_panic() {
    let session = host::start(&Settings::default());
    session.send("mm");
    session.wait_for_text("mouse and keyboard");
    session.send("p");
    let end = session.end();
    end.assert_clean(101);
    for (on, off) in EXTRAS {
        assert_eq!((count(&end.raw, on), count(&end.raw, off)), (1, 1), "{}", on.escape_ascii());
    }
}

#[test]
fn modes_that_were_turned_on_come_back_with_the_terminal() {
    let session = shell();
    session.send("m");
    session.wait_for_text("mouse and keyboard");
    session.send("\x1a");
    session.wait_for_text("the shell has it");
    session.screen(|screen| assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None));
    session.send("\n");
    session.wait_for("reports of the mouse", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
    });
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    for (on, off) in EXTRAS {
        assert_eq!((count(&end.raw, on), count(&end.raw, off)), (2, 2), "{}", on.escape_ascii());
    }
}

#[test]
fn going_on_without_having_left_leaves_no_mode_on_twice() {
    let session = host::start(&Settings::default());
    session.send("m");
    session.wait_for_text("mouse and keyboard");
    session.signal(Signal::CONT);
    session.wait_for_text("resumed");
    session.send("q");
    let end = session.end();
    end.assert_clean(0);
    for (on, off) in EXTRAS {
        assert_eq!((count(&end.raw, on), count(&end.raw, off)), (2, 2), "{}", on.escape_ascii());
    }
}
