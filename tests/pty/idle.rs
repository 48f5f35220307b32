//! Whether a program that waits really waits.

use std::fs;
use std::path::Path;

use super::session::{Session, Settings};

/// Panics unless every thread of the process sleeps, without a time limit, and none wakes up while other
/// things happen.
pub fn assert_idle(session: &Session) {
    // The frame is out, but its threads may still be on their way to sleep.
    let asleep = |pid| threads(pid).iter().all(|thread| thread.state == "S");
    while !asleep(session.pid()) {
        std::thread::yield_now();
    }
    let before = threads(session.pid());
    for thread in &before {
        assert!(!thread.limited, "{} sleeps with a time limit: {}", thread.name, thread.call);
    }
    for _ in 0..10 {
        Session::start("true", &[], &Settings::default()).end();
    }
    assert_eq!(threads(session.pid()), before, "a thread woke up");
}

/// What the system says of a thread.
#[derive(Debug, PartialEq)]
struct Thread {
    id: String,
    name: String,
    state: String,
    /// Times it gave up the processor, of its own accord or not.
    switches: Vec<String>,
    /// The system call it is in.
    call: String,
    /// Whether that call is known to end by itself.
    limited: bool,
}

fn threads(pid: u32) -> Vec<Thread> {
    let folder = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let mut threads: Vec<Thread> = folder.map(|thread| read(&thread.unwrap().path())).collect();
    threads.sort_by(|a, b| a.id.cmp(&b.id));
    threads
}

fn read(folder: &Path) -> Thread {
    let status = fs::read_to_string(folder.join("status")).unwrap();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(":\t"));
        line.unwrap_or_default().to_owned()
    };
    // Not readable everywhere; then only the switches tell.
    let call = fs::read_to_string(folder.join("syscall")).unwrap_or_default().trim().to_owned();
    Thread {
        id: folder.file_name().unwrap().to_string_lossy().into_owned(),
        name: field("Name"),
        state: field("State").chars().take(1).collect(),
        switches: vec![field("voluntary_ctxt_switches"), field("nonvoluntary_ctxt_switches")],
        limited: has_limit(&call),
        call,
    }
}

/// Whether a line of `/proc/PID/syscall` is a call with a time limit, as far as its number is known here:
/// `poll` with milliseconds, `ppoll` and `futex` with a pointer to a time.
fn has_limit(call: &str) -> bool {
    let words: Vec<&str> = call.split_whitespace().collect();
    let argument = |index: usize| words.get(index + 1).copied().unwrap_or_default();
    match (std::env::consts::ARCH, words.first().copied().unwrap_or_default()) {
        ("x86_64", "7") => !argument(2).ends_with("ffffffff"),
        ("x86_64", "271") | ("aarch64", "73") => argument(2) != "0x0",
        ("x86_64", "202") | ("aarch64", "98") => argument(3) != "0x0",
        ("x86_64", "35" | "230") | ("aarch64", "101" | "115") => true,
        _ => false,
    }
}

#[test]
fn calls_with_a_limit_are_told_apart() {
    if std::env::consts::ARCH == "x86_64" {
        assert!(has_limit("271 0x7f 0x2 0x7ffd 0x0 0x8 0x0 0x1 0x2"));
        assert!(!has_limit("271 0x7f 0x2 0x0 0x0 0x8 0x0 0x1 0x2"));
        assert!(has_limit("7 0x7f 0x2 0x64 0x0 0x8 0x0 0x1 0x2"));
        assert!(!has_limit("7 0x7f 0x2 0xffffffff 0x0 0x8 0x0 0x1 0x2"));
        assert!(has_limit("202 0x7f 0x189 0x0 0x7ffd 0x0 0xffffffff 0x1 0x2"));
        assert!(!has_limit("202 0x7f 0x189 0x0 0x0 0x0 0xffffffff 0x1 0x2"));
    }
    assert!(!has_limit("running"));
    assert!(!has_limit(""));
}
