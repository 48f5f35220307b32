//! The commands: each opens what it is told to, asks the store, and prints or writes.

pub mod check;
pub mod completions;
pub mod count;
pub mod dates;
pub mod draft;
mod explain;
pub mod export;
pub mod listing;
pub mod man;
mod meter;
pub mod open;
pub mod picked;
mod revisable;
mod settings;

use std::collections::HashSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use crate::cli::{Choice, Cli, Command, Input};
use crate::failure::{Failure, say};
use crate::keep::{Keeper, Kept};
use crate::load::{self, Cache, Order};
use crate::notebook::Notebook;
use crate::query::{Filter, Noted};
use crate::store::{Columns, Question, Store};
use crate::text::safe::safe_text;
use crate::when::{When, words};

pub(crate) use explain::count_or_explain;
use meter::Meter;

/// Does what the command line says. Errors stand on standard error when it returns.
pub fn run(cli: &Cli) -> ExitCode {
    let done = match &cli.command {
        None => open::run(&cli.open, cli.show),
        Some(Command::Export(export)) => export::run(export, cli.show),
        Some(Command::Count(count)) => count::run(count),
        Some(Command::Check(check)) => check::run(check),
        Some(Command::Dates(dates)) => dates::run(dates),
        Some(Command::Draft(draft)) => draft::run(draft, cli.show),
        Some(Command::Completions { shell }) => completions::run(*shell),
        Some(Command::Man) => man::run(),
    };
    match done {
        Ok(status) => status,
        Err(failure) => {
            failure.report();
            ExitCode::from(failure.status)
        }
    }
}

/// A date given by an option; relative words count from `today`.
fn date(text: Option<&String>, option: &str, today: Option<&When>) -> Result<Option<When>, Failure> {
    let Some(text) = text else { return Ok(None) };
    words::read(text, today).map(Some).map_err(|fault| {
        let failure = Failure::usage(format!("{text:?} is no date: {fault}")).at(option);
        match fault.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })
}

/// What was opened, ready to be asked, with what to ask of it.
pub(crate) struct Asked {
    /// The events.
    pub store: Arc<Columns>,
    /// Filter and order.
    pub question: Question,
}

/// Opens SOURCEs and reads the filter.
pub(crate) fn ask(input: &Input, choice: &Choice) -> Result<Asked, Failure> {
    let today = date(choice.today.as_ref(), "--today", None)?;
    let filter = filter(choice.filter.as_deref(), today.as_ref())?;
    let store = load_all(input)?;
    let marked = if filter.asks_what_is_noted() { notebook(input)?.marked() } else { HashSet::new() };
    let noted = Arc::new(Noted { marked, ..Noted::default() });
    let question = Question { filter: Arc::new(filter), reverse: choice.reverse, noted };
    Ok(Asked { store, question })
}

/// What the reader noted of these sources.
fn notebook(input: &Input) -> Result<Notebook, Failure> {
    let kept = Keeper::of(&input.sources).map_or_else(|| Ok(Kept::default()), |keeper| keeper.load());
    let failed = |problem| Failure::new(format!("what you noted cannot be read: {problem}"));
    kept.map(|kept| kept.notebook).map_err(failed)
}

/// What the options on what is read say.
fn order(input: &Input) -> Order {
    let Input { sources, from, mappings, no_cache } = input.clone();
    let cache = if no_cache { None } else { Cache::of_reader() };
    Order { sources, from, mappings, cache, ..Order::default() }
}

/// Reads all of it, and says what was noticed.
fn load_all(input: &Input) -> Result<Arc<Columns>, Failure> {
    let loaded = load::open(&order(input))?;
    for remark in &loaded.remarks {
        say(&format!("annals: {remark}"));
    }
    let mut meter = Meter::default();
    let outcome = loaded.wait(Meter::OFTEN, &mut || meter.show(&loaded.store.info()));
    meter.clear();
    for remark in &outcome.remarks {
        say(&format!("annals: {remark}"));
    }
    match outcome.missing {
        Some((why, origin)) => Err(Failure::new(why).at(origin)),
        None => Ok(Arc::clone(&loaded.store)),
    }
}

/// Reads a filter; without one, everything is shown.
fn filter(text: Option<&str>, today: Option<&When>) -> Result<Filter, Failure> {
    let text = text.unwrap_or_default();
    Filter::parse(text, today).map_err(|fault| Failure::query(text, &fault))
}

/// Prints bytes on standard output. On a terminal, what could drive it is made visible.
pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    printed(|out| out.write_all(bytes))
}

/// The same with what `write` writes, while it is written. Gives back what `write` gave.
pub(crate) fn printed<T>(write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let out = io::stdout().lock();
    if out.is_terminal() {
        let mut visible = Visible { out, line: Vec::new() };
        let result = write(&mut visible)?;
        visible.end()?;
        return Ok(result);
    }
    let mut out = BufWriter::new(out);
    let result = write(&mut out)?;
    out.flush()?;
    Ok(result)
}

/// A terminal that only gets whole lines, in which everything is visible.
struct Visible<W> {
    out: W,
    /// What no line has ended yet.
    line: Vec<u8>,
}

impl<W: Write> Visible<W> {
    fn print(&mut self, length: usize) -> io::Result<()> {
        let lines: Vec<u8> = self.line.drain(..length).collect();
        self.out.write_all(safe_text(&String::from_utf8_lossy(&lines)).as_bytes())
    }

    fn end(mut self) -> io::Result<()> {
        self.print(self.line.len())?;
        self.out.flush()
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            self.print(self.line.len() - bytes.len() + last + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_visible_lines_wherever_they_are_cut() {
        let text = "ä\u{1b}[2J\nb\r\n\u{202e}c";
        for length in 1..8 {
            let mut visible = Visible { out: Vec::new(), line: Vec::new() };
            for piece in text.as_bytes().chunks(length) {
                visible.write_all(piece).expect("memory takes everything");
            }
            let rest = std::mem::take(&mut visible.line);
            let printed = String::from_utf8(visible.out).expect("text");
            assert_eq!(printed + &safe_text(&String::from_utf8_lossy(&rest)), safe_text(text), "{length}");
        }
    }
}
