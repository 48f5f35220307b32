//! What `annals dates` costs: one article from start to end, and long texts.

use std::fs;
use std::path::Path;
use std::time::Instant;

use annals::text::timex::{Options, timex};
use annals::when::When;

use crate::browser::ANNALS;
use crate::process::{Run, run};
use crate::table::{Table, Unit};

/// The article that is part of the project.
const ARTICLE: &str = "seeds/000_c36e707fd56555f2.txt";
/// A long text is so long, in bytes.
const LONG: usize = 16_000_000;
/// The command line of another program that reads times; the file is put behind it.
const PEER: &str = "ANNALS_DATES_PEER";

/// All figures, and those of the program in `ANNALS_DATES_PEER`, where there is one.
pub fn table(runs: usize) -> Table {
    let mut table = Table::default();
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join(ARTICLE);
    let Ok(text) = fs::read_to_string(&article) else { return table };
    let file = article.to_string_lossy().into_owned();
    let arguments = ["dates", file.as_str(), "--published", "2024-01-27", "--format", "jsonl"];
    let ran: Vec<Run> = (0..runs).filter_map(|_| run(ANNALS, &arguments, &[])).collect();
    table.row("annals dates, one article", Unit::Milliseconds, ran.iter().map(|run| run.time).collect());
    table.row("peak memory", Unit::Mebibytes, ran.iter().map(|run| run.peak).collect());
    let long = text.repeat(LONG / text.len().max(1));
    let options = Options { published: When::day(2024, 1, 27), mode: None };
    let rate = |_| {
        let begun = Instant::now();
        let found = timex(&long, &options).expressions.len();
        assert!(found > 0, "the article has dates");
        long.len() as f64 / 1e6 / begun.elapsed().as_secs_f64()
    };
    table.row(
        "reading 16 MB of it on one core",
        Unit::MegabytesPerSecond,
        (0..runs.min(10)).map(rate).collect(),
    );
    if let Ok(command) = std::env::var(PEER) {
        let mut words = command.split_whitespace();
        let program = words.next().unwrap_or_default();
        let arguments: Vec<&str> = words.chain([file.as_str()]).collect();
        let ran: Vec<Run> = (0..runs.min(10)).filter_map(|_| run(program, &arguments, &[])).collect();
        table.row(
            &format!("{program}, one article"),
            Unit::Milliseconds,
            ran.iter().map(|run| run.time).collect(),
        );
        table.row("peak memory", Unit::Mebibytes, ran.iter().map(|run| run.peak).collect());
    }
    table
}
