//! Measures how well expressions of time are read: `cargo run --release --example timex_eval -- GOLD_DIR`.
//!
//! The folder holds articles in `TimeML`. Prints strict, relaxed and value F1 as the scorer of `TempEval-3` defines
//! them, by type of expression, and how many errors there are of which class; for the documents to develop on and for the third
//! of them that is held out. `--errors FILE` writes the errors of the first only; `--write FILE` the predictions;
//! `--against FILE` compares with another system's predictions.

mod bootstrap;
mod gold;
mod score;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use annals::text::timex::{Options, timex};
use annals::when::When;
use gold::{Document, Span};
use score::{Outcome, Tally};

/// What the command line says.
#[derive(Default)]
struct Asked {
    gold: PathBuf,
    errors: Option<PathBuf>,
    write: Option<PathBuf>,
    against: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    match io::stdout().write_all(report()?.as_bytes()) {
        // Whoever reads it has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Everything that is printed.
fn report() -> Result<String, Box<dyn Error>> {
    let mut report = String::new();
    let asked = asked()?;
    let documents = gold::read(&asked.gold)?;
    let (begun, bytes) =
        (Instant::now(), documents.iter().map(|document| document.text.len()).sum::<usize>());
    let found: Vec<Vec<Span>> = documents.iter().map(read).collect();
    writeln!(report, "read at {:.1} MB/s", bytes as f64 / 1e6 / begun.elapsed().as_secs_f64())?;
    if let Some(file) = &asked.write {
        let pairs = documents.iter().zip(&found);
        let lines: Vec<String> =
            pairs.flat_map(|(document, spans)| spans.iter().map(|span| span.json(&document.name))).collect();
        fs::write(file, lines.concat())?;
    }
    let outcomes: Vec<Outcome> =
        documents.iter().zip(&found).map(|(document, spans)| score::score(document, spans)).collect();
    for (name, part) in [("all", None), ("to develop on", Some(false)), ("held out", Some(true))] {
        let chosen =
            outcomes.iter().enumerate().filter(|(at, _)| part.is_none_or(|held| held == is_held_out(*at)));
        let chosen: Vec<&Outcome> = chosen.map(|(_, outcome)| outcome).collect();
        writeln!(report, "{name}: {} documents, {}", chosen.len(), Tally::sum(chosen.iter().copied()))?;
        if part == Some(false) {
            write!(report, "{}", score::by_type(&chosen))?;
            write!(report, "{}", score::by_class(&chosen))?;
        }
    }
    if let Some(file) = &asked.errors {
        let mut text = String::new();
        for (_, outcome) in outcomes.iter().enumerate().filter(|(at, _)| !is_held_out(*at)) {
            for error in &outcome.errors {
                writeln!(text, "{error}")?;
            }
        }
        fs::write(file, text)?;
    }
    if let Some(file) = &asked.against {
        let theirs = gold::predictions(&fs::read_to_string(file)?, &documents)?;
        let theirs: Vec<Outcome> =
            documents.iter().zip(&theirs).map(|(document, spans)| score::score(document, spans)).collect();
        writeln!(report, "theirs: {}", Tally::sum(&theirs))?;
        write!(report, "{}", bootstrap::compare(&outcomes, &theirs))?;
    }
    Ok(report)
}

/// Every third document is never looked at.
const fn is_held_out(at: usize) -> bool {
    at % 3 == 2
}

fn asked() -> Result<Asked, Box<dyn Error>> {
    let mut asked = Asked::default();
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        let mut file = || words.next().map(PathBuf::from).ok_or("a file is missing");
        match word.to_str() {
            Some("--errors") => asked.errors = Some(file()?),
            Some("--write") => asked.write = Some(file()?),
            Some("--against") => asked.against = Some(file()?),
            _ => asked.gold = word.into(),
        }
    }
    if asked.gold.as_os_str().is_empty() {
        return Err("usage: timex_eval GOLD_DIR [--errors FILE] [--write FILE] [--against FILE]".into());
    }
    Ok(asked)
}

/// What annals finds in a document, with offsets in characters.
fn read(document: &Document) -> Vec<Span> {
    let published =
        document.published.as_deref().and_then(|date| When::parse(date.get(..10).unwrap_or(date)).ok());
    let reading = timex(&document.text, &Options { published, mode: None });
    let (mut byte, mut chars) = (0, 0);
    let mut place = |to: usize| {
        chars += document.text.get(byte..to).map_or(0, |part| part.chars().count());
        byte = to;
        chars
    };
    let span = |timex: annals::text::timex::Timex| {
        let (start, end) = (place(timex.range.start), place(timex.range.end));
        Span { start, end, kind: timex.kind.name().to_owned(), value: timex.value }
    };
    reading.expressions.into_iter().map(span).collect()
}
