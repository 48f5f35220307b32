//! What the browser costs on the built-in chronology, and what scrolling does in a longer one.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::browser::{ANNALS, QUIET};
use crate::long;
use crate::process::run;
use crate::redraw;
use crate::table::{Table, Unit};
use crate::terminal::{Terminal, milliseconds};

/// What the last bytes of a frame are.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// A date of the first events.
const FIRST: &str = "2014";

/// All figures.
pub fn table(runs: usize) -> Table {
    let mut table = Table::default();
    table.row("start of any process (true)", Unit::Milliseconds, times(runs, || start_of("true", &[])));
    table.row("annals --version", Unit::Milliseconds, times(runs, || start_of(ANNALS, &["--version"])));
    for size in [(80, 24), (200, 50)] {
        let starts: Vec<Start> = (0..runs).map(|_| start(size)).collect();
        let (columns, rows) = size;
        let name = |what: &str| format!("{what}, {columns}x{rows}");
        let of = |figure: fn(&Start) -> f64| starts.iter().map(figure).collect();
        table.row(&name("start to first frame"), Unit::Milliseconds, of(|start| start.first_frame));
        table.row(&name("start to first event on screen"), Unit::Milliseconds, of(|start| start.first_event));
        table.row(&name("bytes until then"), Unit::Bytes, of(|start| start.bytes));
        table.row(&name("peak memory"), Unit::Mebibytes, of(|start| start.memory));
    }
    let pairs = [
        ("j or k", ["j", "k"]),
        ("a (sidebar)", ["a"; 2]),
        ("PgDn or PgUp", ["\x1b[6~", "\x1b[5~"]),
        ("Tab", ["\t"; 2]),
    ];
    for (name, keys) in pairs {
        let (time, bytes) = presses(&[], (200, 50), "", keys, runs);
        table.row(&format!("key {name} to its frame, 200x50"), Unit::Milliseconds, time);
        table.row(&format!("bytes for key {name}, 200x50"), Unit::Bytes, bytes);
    }
    scrolled(&mut table, runs);
    redraw::rows(&mut table, runs);
    table.row("size of the binary", Unit::Mebibytes, vec![size_of(Path::new(ANNALS))]);
    table.row("size without line tables and symbols", Unit::Mebibytes, stripped().into_iter().collect());
    table
}

/// The size of a file in MiB.
fn size_of(file: &Path) -> f64 {
    fs::metadata(file).map_or(f64::NAN, |file| file.len() as f64 / 1_048_576.0)
}

/// The size of the binary after `strip`, where there is such a program.
fn stripped() -> Option<f64> {
    let folder = tempfile::tempdir().ok()?;
    let file = folder.path().join("annals");
    let done = Command::new("strip").arg("-o").arg(&file).arg(ANNALS).status().ok()?.success();
    done.then(|| size_of(&file))
}

/// Milliseconds that each of several runs takes.
fn times(runs: usize, mut run: impl FnMut()) -> Vec<f64> {
    let time = |_| {
        let start = Instant::now();
        run();
        milliseconds(start.elapsed())
    };
    (0..runs).map(time).collect()
}

fn start_of(program: &str, arguments: &[&str]) {
    run(program, arguments, &[]);
}

/// One start of the browser.
struct Start {
    first_frame: f64,
    first_event: f64,
    bytes: f64,
    memory: f64,
}

fn start(size: (u16, u16)) -> Start {
    let mut terminal = Terminal::start(ANNALS, &[], size, &[]);
    let first_frame = terminal.until_bytes(FRAME_END);
    let first_event = terminal.until("an event", |screen| screen.contents().contains(FIRST));
    let bytes = terminal.bytes() as f64;
    terminal.until_quiet(QUIET);
    let memory = terminal.process().peak().unwrap_or(f64::NAN);
    Start { first_frame, first_event, bytes, memory }
}

/// A list longer than the screen, whose lit row stands at its lower edge: every key moves all rows.
fn scrolled(table: &mut Table, runs: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("long.toml");
    fs::write(&file, long::chronology(1000)).expect("a file can be written there");
    let arguments = [file.to_str().unwrap_or_default()];
    for size in [(80, 24), (200, 50)] {
        let (columns, rows) = size;
        for (name, key) in [("j, scrolling", "j"), ("PgDn, scrolling", "\x1b[6~")] {
            let (time, bytes) = presses(&arguments, size, &"j".repeat(60), [key; 2], runs);
            table.row(&format!("key {name}, {columns}x{rows}"), Unit::Milliseconds, time);
            table.row(&format!("bytes for key {name}, {columns}x{rows}"), Unit::Bytes, bytes);
        }
    }
}

/// From a key, one and the other in turn, to the end of the first frame that follows it, and the bytes of all that
/// follow; after some other keys.
fn presses(
    arguments: &[&str],
    size: (u16, u16),
    first: &str,
    keys: [&str; 2],
    runs: usize,
) -> (Vec<f64>, Vec<f64>) {
    let mut terminal = Terminal::start(ANNALS, arguments, size, &[]);
    terminal.until("a place in the list", |screen| screen.contents().contains("1 of "));
    terminal.send(first);
    terminal.until_quiet(QUIET);
    let press = |run: usize| {
        terminal.send(keys[run % 2]);
        let time = terminal.until_bytes(FRAME_END);
        terminal.until_quiet(QUIET);
        (time, terminal.bytes() as f64)
    };
    (0..runs.min(20)).map(press).unzip()
}
