//! What annals costs: `cargo bench`.
//!
//! The release binary runs in a pseudo-terminal and is watched from outside, so the figures are what a reader
//! gets: times from starting the process or from a key press to the last byte of what answers it. The first
//! table is about the built-in chronology, the second about large tables, with the goals and with what this
//! machine can do at best, measured in the same run. Compare figures of one run with each other.
//!
//! `cargo bench -- WORD...` chooses: `builtin`, `dates` or `tables` makes only one of them, `10k`, `100k`, `1m`, `10m`
//! (or the variable `ANNALS_BENCH_ROWS`) the sizes of tables, which are the first three unless said, a number how
//! often each thing is run, and `peers` runs annals beside other programs instead. Tables are made once and kept
//! below `target/`, or are taken from the folder in the variable `ANNALS_BENCH_DIR`.

mod browser;
mod builtin;
mod data;
mod dates;
mod generate;
mod limits;
#[path = "../../tests/pty/long.rs"]
mod long;
mod peers;
mod process;
mod redraw;
mod report;
mod table;
mod tables;
mod terminal;
mod views;

use std::process::ExitCode;
use std::{env, fs, io, thread};

use data::{SIZES, Size};

/// What can be measured.
const PARTS: [&str; 4] = ["builtin", "dates", "tables", "peers"];

/// The usual number of starts.
const RUNS: usize = 40;

/// What is to be measured.
struct Plan {
    runs: usize,
    sizes: Vec<Size>,
    /// Of [`PARTS`].
    parts: Vec<&'static str>,
}

impl Plan {
    /// Reads the words behind `cargo bench --`.
    fn new(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut plan = Self { runs: RUNS, sizes: Vec::new(), parts: Vec::new() };
        for word in words {
            if let Ok(runs @ 1..) = word.parse() {
                plan.runs = runs;
            } else if let Some(size) = SIZES.into_iter().find(|size| size.name == word) {
                plan.sizes.push(size);
            } else {
                // What cargo says to every benchmark.
                if word == "--bench" {
                    continue;
                }
                let Some(part) = PARTS.into_iter().find(|part| *part == word) else {
                    let parts = PARTS.join(", ");
                    return Err(format!("{word}: it is {parts}, 10k, 100k, 1m, 10m or a number"));
                };
                plan.parts.push(part);
            }
        }
        if plan.parts.is_empty() {
            plan.parts.push("tables");
            if plan.sizes.is_empty() {
                plan.parts.push("builtin");
            }
        }
        if plan.sizes.is_empty() {
            plan.sizes = SIZES[..3].to_vec();
        }
        plan.sizes.sort_by_key(|size| size.rows);
        Ok(plan)
    }

    fn has(&self, part: &str) -> bool {
        self.parts.contains(&part)
    }
}

fn main() -> ExitCode {
    let sizes = env::var("ANNALS_BENCH_ROWS").unwrap_or_default();
    let words =
        env::args().skip(1).chain(sizes.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned));
    let plan = match Plan::new(words) {
        Ok(plan) => plan,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::from(2);
        }
    };
    println!("{}\n", machine());
    if plan.has("builtin") {
        println!("{}", builtin::table(plan.runs));
    }
    if plan.has("dates") {
        println!("{}", dates::table(plan.runs));
    }
    match large(&plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the tables: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is about large tables.
fn large(plan: &Plan) -> io::Result<()> {
    if plan.has("tables") {
        println!("{}", tables::report(&plan.sizes, plan.runs)?);
    }
    if plan.has("peers") {
        print!("{}", peers::report(&plan.sizes)?);
    }
    Ok(())
}

/// What this machine is.
fn machine() -> String {
    let line = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).and_then(|line| line.split_once(':'));
        line.map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} × {}, {}", line("/proc/cpuinfo", "model name"), line("/proc/meminfo", "MemTotal"))
}
