//! `annals`: the browser, or, where there is no terminal, the listing.

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::listing::print_listing;
use super::{Failure, ask, date, filter, order, say};
use crate::app::Options;
use crate::app::columns::Column;
use crate::cli::{Color, Open, Show};
use crate::keep::Keeper;
use crate::load::{self, Order};
use crate::run::{self, Browse};
use crate::store::Store;
use crate::term::{Capabilities, ColorChoice};
use crate::when::When;

/// Opens the browser, or prints the listing where standard output is no terminal.
///
/// # Errors
/// When a SOURCE cannot be opened, or there is a terminal that cannot be browsed on.
pub fn run(open: &Open, show: Show) -> Result<ExitCode, Failure> {
    if !io::stdout().is_terminal() {
        let asked = ask(&open.input, &open.choice)?;
        let today = date(open.choice.today.as_ref(), "--today", None)?;
        // A listing begins at its first event, but a date that is none is said here as it is there.
        date(open.at.as_ref(), "--at", today.as_ref())?;
        print_listing(&asked, show)?;
        return Ok(ExitCode::SUCCESS);
    }
    let capabilities = Capabilities::of_process(color(show.color));
    if !capabilities.addressable {
        return Err(Failure::new("this terminal has no screen to browse on")
            .at("TERM")
            .hint("print the listing with `annals | cat`, or write a file with `annals export`"));
    }
    let status = run::browse(session(open, show, capabilities)?)
        .map_err(|error| Failure::new(format!("the terminal cannot be used: {error}")))?;
    Ok(ExitCode::from(u8::try_from(status).unwrap_or(1)))
}

/// Opens what the browser starts with.
fn session(open: &Open, show: Show, capabilities: Capabilities) -> Result<Browse, Failure> {
    let today = date(open.choice.today.as_ref(), "--today", None)?.or_else(local_date);
    let filter = filter(open.choice.filter.as_deref(), today.as_ref())?;
    let at = date(open.at.as_ref(), "--at", today.as_ref())?;
    let loaded = load::open(&Order { follow: true, ..order(&open.input) })?;
    for remark in &loaded.remarks {
        say(&format!("annals: {remark}"));
    }
    let store = Arc::clone(&loaded.store);
    let catalogue = store.info().catalogue;
    let from_file = catalogue.layers.iter().filter(|layer| !layer.origin.is_empty() && layer.origin != "-");
    let files = from_file.map(|layer| (layer.name.clone(), PathBuf::from(&layer.origin))).collect();
    let keeper = Keeper::of(&open.input.sources);
    let options = Options {
        filter,
        columns: kept_columns(keeper.as_ref()),
        reverse: open.choice.reverse,
        ascii: show.ascii || !capabilities.unicode,
        today,
        at,
        sources: open.input.sources.iter().map(|source| source.to_string_lossy().into_owned()).collect(),
    };
    let input = open.input.clone();
    // Loading goes on for as long as this is kept.
    let current = RefCell::new(loaded);
    let reopen = move || {
        if input.sources.iter().any(|source| source == "-") {
            return Err("standard input cannot be read a second time".to_owned());
        }
        let loaded =
            load::open(&Order { follow: true, ..order(&input) }).map_err(|failure| failure.to_string())?;
        let store = Arc::clone(&loaded.store);
        current.replace(loaded);
        Ok(store as Arc<dyn Store>)
    };
    Ok(Browse { store, options, capabilities, files, keeper, reopen: Box::new(reopen) })
}

/// The columns that the reader chose before.
fn kept_columns(keeper: Option<&Keeper>) -> Vec<Column> {
    let Some(keeper) = keeper else { return Vec::new() };
    match keeper.load() {
        Ok(kept) => Column::all_named(&kept.columns),
        Err(problem) => {
            say(&format!("annals: the columns chosen before cannot be read: {problem}"));
            Vec::new()
        }
    }
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
