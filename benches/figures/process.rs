//! What a process costs, as the system counts it, and commands that run to their end.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::terminal::milliseconds;

/// A running process, by its number.
#[derive(Clone, Copy)]
pub struct Process(pub u32);

impl Process {
    /// The most memory that it has had, in MiB.
    pub fn peak(self) -> Option<f64> {
        self.memory("VmHWM:")
    }

    /// The memory that it has now and that is no file's, in MiB.
    pub fn anonymous(self) -> Option<f64> {
        self.memory("RssAnon:")
    }

    fn memory(self, name: &str) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes / 1024.0)
    }

    /// The time that its threads have spent on a processor, in ms; of those that are running.
    pub fn busy(self) -> f64 {
        let threads = fs::read_dir(format!("/proc/{}/task", self.0)).into_iter().flatten().flatten();
        let times = threads.filter_map(|thread| {
            let schedule = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            schedule.split_whitespace().next()?.parse::<f64>().ok()
        });
        times.sum::<f64>() / 1e6
    }
}

/// A command that ran to its end.
pub struct Run {
    /// How long it took, in ms.
    pub time: f64,
    /// The most memory that it was seen to have, in MiB.
    pub peak: f64,
    /// What it printed.
    pub output: String,
}

/// Runs a command; nothing where there is no such program or it fails.
pub fn run(program: impl AsRef<OsStr>, arguments: &[&str], environment: &[(&str, &OsStr)]) -> Option<Run> {
    let mut command = Command::new(program);
    command.args(arguments).envs(environment.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn().ok()?;
    let process = Process(child.id());
    let watch = thread::spawn(move || {
        let mut most = 0.0_f64;
        // The system forgets the figure when the process ends, so that the last milliseconds may be missed.
        while let Some(now) = process.peak() {
            most = most.max(now);
            thread::sleep(Duration::from_millis(2));
        }
        most
    });
    let mut output = Vec::new();
    child.stdout.take()?.read_to_end(&mut output).ok()?;
    let status = child.wait().ok()?;
    let time = milliseconds(begun.elapsed());
    let peak = watch.join().ok()?;
    status.success().then(|| Run { time, peak, output: String::from_utf8_lossy(&output).into_owned() })
}
