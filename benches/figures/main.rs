//! What the browser costs: `cargo bench`.
//!
//! The release binary runs in a pseudo-terminal and is watched from outside, so the figures are what a reader
//! gets: times from starting the process or from a key press to the last byte of the frame that answers it.
//! The first row is the price of starting any process here; compare figures of one run with each other.
//!
//! `cargo bench -- 5` makes five runs of each instead of the usual number.

#[path = "../../tests/pty/session.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod session;

mod redraw;
mod table;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use session::{Session, Settings};
use table::{Table, Unit};

/// The program under test.
const ANNALS: &str = env!("CARGO_BIN_EXE_annals");
/// What the last bytes of a frame are.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// The usual number of starts.
const RUNS: usize = 40;

fn main() {
    let runs = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(RUNS).max(1);
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
        let (time, bytes) = presses((200, 50), keys, runs);
        table.row(&format!("key {name} to its frame, 200x50"), Unit::Milliseconds, time);
        table.row(&format!("bytes for key {name}, 200x50"), Unit::Bytes, bytes);
    }
    redraw::rows(&mut table, runs);
    table.row("size of the binary", Unit::Mebibytes, vec![size_of(Path::new(ANNALS))]);
    table.row("size without line tables and symbols", Unit::Mebibytes, stripped().into_iter().collect());
    print!("{table}");
}

/// The size of a file in MiB.
fn size_of(file: &Path) -> f64 {
    mebibytes(fs::metadata(file).map_or(f64::NAN, |file| file.len() as f64))
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

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn mebibytes(bytes: f64) -> f64 {
    bytes / 1_048_576.0
}

fn start_of(program: &str, arguments: &[&str]) {
    Session::start(program, arguments, &Settings::default()).end();
}

/// One start of the browser on the built-in chronology.
struct Start {
    first_frame: f64,
    first_event: f64,
    bytes: f64,
    memory: f64,
}

fn start(size: (u16, u16)) -> Start {
    let begun = Instant::now();
    let session = Session::start(ANNALS, &[], &Settings { size, ..Settings::default() });
    session.wait_for_bytes(FRAME_END, 0);
    let first_frame = milliseconds(begun.elapsed());
    session.wait_for_text("2014");
    let first_event = milliseconds(begun.elapsed());
    let bytes = session.written() as f64;
    let memory = peak_memory(session.pid());
    session.send("\x03");
    session.end().assert_clean(0);
    Start { first_frame, first_event, bytes, memory }
}

/// The most memory that a process has had, in MiB; 0 where the system does not say.
fn peak_memory(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|word| word.parse::<f64>().ok());
    mebibytes(kibibytes.unwrap_or(0.0) * 1024.0)
}

/// Waits until nothing more comes; gives the number of bytes that have.
fn settle(session: &Session) -> usize {
    loop {
        let before = session.written();
        thread::sleep(Duration::from_millis(25));
        if session.written() == before {
            return before;
        }
    }
}

/// From a key, one and the other in turn, to the end of the first frame that follows it, and the bytes of all that follow.
fn presses(size: (u16, u16), keys: [&str; 2], runs: usize) -> (Vec<f64>, Vec<f64>) {
    let session = Session::start(ANNALS, &[], &Settings { size, ..Settings::default() });
    session.wait_for_text("2014");
    let press = |run: usize| {
        let before = settle(&session);
        let start = Instant::now();
        session.send(keys[run % 2]);
        session.wait_for_bytes(FRAME_END, before);
        let time = milliseconds(start.elapsed());
        (time, (settle(&session) - before) as f64)
    };
    let figures = (0..runs.min(20)).map(press).unzip();
    session.send("\x03");
    session.end().assert_clean(0);
    figures
}
