//! The listing that is printed where there is no terminal to browse in.

use super::{Asked, Failure, count_or_explain, print};
use crate::cli::Show;
use crate::commands::export::Picked;
use crate::formats::{WriteOptions, by_name};
use crate::store::{Ctl, Keys};

/// Prints the matching events as text.
///
/// # Errors
/// When they cannot be printed.
pub(crate) fn print_listing(asked: &Asked, show: Show) -> Result<(), Failure> {
    count_or_explain(asked)?;
    let Some(format) = by_name("txt") else { return Ok(()) };
    let keys = Keys::all();
    let Asked { store, question } = asked;
    let picked =
        Picked { store: store.as_ref(), question, keys: &keys, ctl: &Ctl::default(), passed: &|| () };
    let mut bytes = Vec::new();
    picked.write(format, &mut bytes, &WriteOptions { ascii: show.ascii, ..WriteOptions::default() })?;
    print(&bytes)?;
    Ok(())
}
