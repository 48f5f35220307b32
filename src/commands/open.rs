//! `annals`: the browser, or, where there is no terminal, the listing.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use super::listing::print_listing;
use super::{Failure, ask, date, filter};
use crate::cli::{Color, Open, Show};
use crate::query::Filter;
use crate::sources::{self, Whole};
use crate::term::{Capabilities, ColorChoice};
use crate::when::When;

/// What the browser starts with.
#[derive(Clone, Debug)]
pub struct Session {
    /// Names, events, titles, and what was noticed when they were read.
    pub whole: Whole,
    /// The SOURCEs as given, for the same command in a shell.
    pub sources: Vec<String>,
    /// The filter to start with.
    pub filter: Filter,
    /// Newest first.
    pub reverse: bool,
    /// Only ASCII for lines and marks.
    pub ascii: bool,
    /// What the terminal can do, with the colours that were asked for.
    pub capabilities: Capabilities,
    /// The day that relative words count from.
    pub today: Option<When>,
    /// Where to start.
    pub at: Option<When>,
}

/// Opens the browser, or prints the listing where standard output is no terminal.
///
/// # Errors
/// When a SOURCE cannot be opened, or there is a terminal that cannot be browsed on.
pub fn run(open: &Open, show: Show) -> Result<ExitCode, Failure> {
    if !io::stdout().is_terminal() {
        let asked = ask(&open.input, &open.choice)?;
        print_listing(&asked, show)?;
        return Ok(ExitCode::SUCCESS);
    }
    let capabilities = Capabilities::of_process(color(show.color));
    if !capabilities.addressable {
        return Err(Failure::new("this terminal has no screen to browse on")
            .at("TERM")
            .hint("print the listing with `annals | cat`, or write a file with `annals export`"));
    }
    browse(session(open, show, capabilities)?)
}

/// Opens what the browser starts with.
fn session(open: &Open, show: Show, capabilities: Capabilities) -> Result<Session, Failure> {
    let today = date(open.choice.today.as_ref(), "--today")?.or_else(local_date);
    let filter = filter(open.choice.filter.as_deref(), today.as_ref())?;
    let at = match &open.at {
        None => None,
        Some(text) => Some(crate::when::words::read(text, today.as_ref()).map_err(|fault| {
            let failure = Failure::usage(format!("{text:?} is no date: {fault}")).at("--at");
            match fault.hint {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
        })?),
    };
    let whole = sources::open(&open.input.sources, open.input.from.as_deref())?;
    let sources = open.input.sources.iter().map(|source| source.to_string_lossy().into_owned()).collect();
    Ok(Session {
        whole,
        sources,
        filter,
        reverse: open.choice.reverse,
        ascii: show.ascii || !capabilities.unicode,
        capabilities,
        today,
        at,
    })
}

/// The local date, read once, at start.
fn local_date() -> Option<When> {
    use chrono::Datelike;
    let now = chrono::Local::now().date_naive();
    When::day(i64::from(now.year()), u8::try_from(now.month()).ok()?, u8::try_from(now.day()).ok()?)
}

/// The choice of colours as the terminal's code takes it.
fn color(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}

/// Runs the browser until it is left.
fn browse(_session: Session) -> Result<ExitCode, Failure> {
    Err(Failure::new("the browser is not built in yet")
        .hint("print the listing with `annals | cat`, or write a file with `annals export`"))
}
