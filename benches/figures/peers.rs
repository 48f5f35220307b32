//! annals beside other programs that read tables, where they are installed: the same file, the same run.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use regex::Regex;

use crate::browser::ANNALS;
use crate::data::{FREQUENT, Size, Table, UNIQUE};
use crate::process::run;
use crate::table::quantile;
use crate::terminal::Terminal;

mod commands;
mod screens;

use commands::COMMANDS;
use screens::{SCREENS, Script};

/// How often each thing is run.
const RUNS: usize = 3;
/// How long a program on a screen is given for one step.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is compared, in the order in which it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// From the start to rows on the screen.
    FirstRows,
    /// From the start until all rows are known, on the screen.
    AllRows,
    /// From the last key of a filter by an actor to the right count on the screen.
    Filter,
    /// From the last key of a search for a word at nine tenths of the table to its row on the screen.
    Search,
    /// The program after all that.
    Memory,
    /// A command that counts the rows.
    CountRows,
    /// A command that counts the rows with an actor.
    CountActor,
    /// A command that counts the rows with a word.
    CountWord,
    /// A command that counts the rows with an actor, by month.
    CountMonths,
    /// A command that counts the rows with an actor in JSON Lines.
    CountLines,
    /// The most memory of the command that counts the rows with an actor.
    CommandMemory,
}

impl Measure {
    const fn words(self) -> &'static str {
        match self {
            Self::FirstRows => "start to first rows on the screen, ms",
            Self::AllRows => "start to all rows known, on the screen, ms",
            Self::Filter => "key to the count of an actor's rows on the screen, ms",
            Self::Search => "key to the only hit, at 90 %, on the screen, ms",
            Self::Memory => "peak memory of the program on the screen after these, MiB",
            Self::CountRows => "command that counts the rows, ms",
            Self::CountActor => "command that counts an actor's rows, ms",
            Self::CountWord => "command that counts the rows with a word, ms",
            Self::CountMonths => "command that counts an actor's rows by month, ms",
            Self::CountLines => "command that counts an actor's rows in JSON Lines, ms",
            Self::CommandMemory => "peak memory of the command that counts an actor's rows, MiB",
        }
    }
}

/// Medians by what is compared and by program.
type Figures = BTreeMap<Measure, Vec<(String, f64)>>;

/// Compares at these sizes; a table for each.
pub fn report(sizes: &[Size]) -> std::io::Result<String> {
    let mut text = String::new();
    for size in sizes {
        eprintln!("comparing at {} rows", size.rows);
        let table = Table::get(*size)?;
        let mut figures = Figures::new();
        for script in SCREENS.iter().filter(|script| installed(script.program)) {
            on_screen(script, &table, &mut figures);
        }
        for command in &COMMANDS {
            if installed(command.words[0]) {
                in_shell(command, &table, &mut figures)?;
            }
        }
        print(&mut text, *size, &figures);
    }
    Ok(text)
}

/// Whether a program can be started; annals itself always can.
fn installed(program: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    program == "annals" || env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Where a program is.
fn path(program: &str) -> PathBuf {
    Path::new(if program == "annals" { ANNALS } else { program }).to_owned()
}

/// Fills in what is particular to a table.
fn filled(text: &str, table: &Table) -> String {
    text.replace("{file}", &table.csv.display().to_string())
        .replace("{lines}", &table.jsonl.display().to_string())
        .replace("{rows}", &table.size.rows.to_string())
        .replace("{actor}", FREQUENT)
        .replace("{count}", &table.frequent().to_string())
        .replace("{word}", UNIQUE)
        .replace("{hit}", &regex::escape(&table.unique))
}

/// Drives a program in a terminal through its script.
fn on_screen(script: &Script, table: &Table, figures: &mut Figures) {
    let mut all: BTreeMap<Measure, Vec<f64>> = BTreeMap::new();
    for _ in 0..RUNS {
        let Ok(home) = tempfile::tempdir() else { return };
        let arguments: Vec<String> = script.arguments.iter().map(|word| filled(word, table)).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let homes =
            [("HOME", home.path()), ("XDG_CACHE_HOME", home.path()), ("XDG_CONFIG_HOME", home.path())];
        let mut terminal = Terminal::start(path(script.program), &arguments, (200, 50), &homes);
        let first = terminal.within(PATIENCE, |terminal| table.is_begun_on(&terminal.screen().contents()));
        let mut found = vec![(Measure::FirstRows, first)];
        for step in script.steps {
            if let Some((last, before)) = step.keys.split_last() {
                for keys in before {
                    terminal.send(filled(keys, table));
                    pause(&mut terminal);
                }
                terminal.send(filled(last, table));
            }
            let shown = Regex::new(&filled(step.shown, table)).expect("a correct expression");
            let time =
                terminal.within(PATIENCE, |terminal| shown.is_match(&plain(&terminal.screen().contents())));
            if time.is_none() {
                eprintln!("{}: {}: not seen:\n{}", script.program, step.shown, terminal.screen().contents());
            }
            found.push((step.measure, time));
            pause(&mut terminal);
        }
        found.push((Measure::Memory, terminal.process().peak()));
        for (measure, figure) in found {
            all.entry(measure).or_default().extend(figure);
        }
    }
    for (measure, list) in all {
        add(figures, measure, script.program, list);
    }
}

/// Gives a program time to take what was typed; some redraw for ever, so that none can be waited for to be quiet.
fn pause(terminal: &mut Terminal) {
    let _ = terminal.within(Duration::from_millis(300), |_| false);
}

/// A screen's text, its numbers without separators.
fn plain(text: &str) -> String {
    text.replace(',', "")
}

/// Runs a command to its end.
fn in_shell(command: &commands::Command, table: &Table, figures: &mut Figures) -> std::io::Result<()> {
    let words: Vec<String> = command.words.iter().map(|word| filled(word, table)).collect();
    let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    let program = path(command.words[0]);
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let home = tempfile::tempdir()?;
        let environment = [("XDG_CACHE_HOME", home.path().as_os_str())];
        let first = run(&program, &arguments, &environment);
        runs.extend(if command.again { run(&program, &arguments, &environment) } else { first });
    }
    let answer = filled(command.answer, table);
    for run in &runs {
        if !run.output.contains(&answer) {
            eprintln!("{}: its answer is not {answer}: {}", command.name, run.output);
        }
    }
    add(figures, command.measure, command.name, runs.iter().map(|run| run.time).collect());
    if command.measure == Measure::CountActor {
        add(figures, Measure::CommandMemory, command.name, runs.iter().map(|run| run.peak).collect());
    }
    Ok(())
}

fn add(figures: &mut Figures, measure: Measure, program: &str, mut list: Vec<f64>) {
    list.sort_by(f64::total_cmp);
    let median = quantile(&list, 0.5);
    if median.is_finite() {
        figures.entry(measure).or_default().push((program.to_owned(), median));
    }
}

/// Each program's figure, and how much of it annals takes.
fn print(text: &mut String, size: Size, figures: &Figures) {
    for (measure, list) in figures {
        let _ = writeln!(text, "{}, {} rows", measure.words(), size.rows);
        let ours = list.iter().find(|(program, _)| program == "annals").map(|(_, figure)| *figure);
        for (program, figure) in list {
            let ratio = ours.filter(|_| !program.starts_with("annals")).map(|ours| ours / figure);
            let ratio = ratio.map(|ratio| format!("   annals / it: {ratio:.3}")).unwrap_or_default();
            let _ = writeln!(text, "  {program:36} {figure:>10.1}{ratio}");
        }
    }
    text.push('\n');
}
