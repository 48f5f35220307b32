//! A long list scrolled: the screen is right, and few bytes make it so.

use std::fmt::Write as _;
use std::fs;

use vt100::{Cell, Screen};

use super::browser::start;
use super::escapes::{foreign, sequences};
use super::long::{chronology, mark};
use super::session::{Session, Settings};

/// How many events there are.
const EVENTS: usize = 1000;

/// What a reader sees, looks and all. A blank is the same whether it was drawn or never written.
fn seen(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let mut seen = String::new();
    let look = |cell: &Cell| {
        (cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.dim(), cell.underline(), cell.inverse())
    };
    for row in 0..rows.get() {
        for cell in (0..columns.get()).filter_map(|column| screen.cell(row, column)) {
            let shows = !cell.contents().trim().is_empty() || cell.inverse() || cell.underline();
            let _ =
                if shows { write!(seen, "{}{:?}", cell.contents(), look(cell)) } else { write!(seen, " ") };
        }
        seen.push('\n');
    }
    seen
}

/// Presses keys and waits until all that follows is drawn: the place in the list is told, and the event stands both in
/// the list and in its pane.
fn press(session: &Session, keys: &str, place: usize) {
    session.send(keys);
    let told = format!(" {place} of {EVENTS}");
    session.wait_for(&told, |screen| {
        let text = screen.contents();
        text.contains(&told) && text.matches(&mark(place)).count() == 2
    });
}

/// Draws everything anew and compares.
fn assert_as_drawn_anew(session: &Session, after: &str) {
    let (before, from) = (session.screen(seen), session.written());
    session.send("\x0c");
    let cleared = session.wait_for_bytes(b"\x1b[2J", from);
    session.wait_for_bytes(b"\x1b[?2026l", cleared);
    let anew = session.screen(seen);
    assert!(before == anew, "after {after}:\n{}", session.text());
}

#[test]
fn a_scrolled_screen_is_the_same_as_one_drawn_anew() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("long.toml"), chronology(EVENTS)).unwrap();
    for size in [(80, 24), (200, 50), (60, 30)] {
        let session =
            start(&["long.toml"], &Settings { size, directory: folder.path(), ..Settings::default() });
        let mut place = 1_usize;
        // First to the edge of the screen, then beyond it.
        for (key, by, first) in [("j", 1, 50), ("k", -1, 45)] {
            for keys in [first, 1_isize, 1, 2, 1, 1, 3, 1] {
                place = place.saturating_add_signed(keys * by);
                press(&session, &key.repeat(keys.unsigned_abs()), place);
                assert_as_drawn_anew(&session, &format!("{key} to {place} at {size:?}"));
            }
        }
        press(&session, "\x1b[6~\x1b[6~\x1b[5~G", EVENTS);
        assert_as_drawn_anew(&session, &format!("pages at {size:?}"));
        session.send("\x03");
        let end = session.end();
        end.assert_clean(0);
        assert_eq!(foreign(&end.raw), Vec::<String>::new());
        let moved = sequences(&end.raw);
        assert!(
            moved.contains("CSI M") && moved.contains("CSI L"),
            "rows are not moved at {size:?}: {moved:?}"
        );
    }
}

#[test]
fn a_scrolled_row_is_few_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("long.toml"), chronology(EVENTS)).unwrap();
    let settings = Settings { size: (200, 50), directory: folder.path(), ..Settings::default() };
    let session = start(&["long.toml"], &settings);
    press(&session, &"j".repeat(60), 61);
    let mut bytes = Vec::new();
    for place in 62..90 {
        let before = session.written();
        press(&session, "j", place);
        bytes.push(session.written() - before);
    }
    bytes.sort_unstable();
    let median = bytes[bytes.len() / 2];
    assert!(median <= 1500, "{median} bytes for a row");
    session.send("\x03");
    session.end().assert_clean(0);
}
