//! The listing that is printed where there is no terminal to browse in.

use super::{Asked, Failure, count_or_explain, printed};
use crate::cli::Show;
use crate::commands::picked::Picked;
use crate::formats::{WriteOptions, by_name};
use crate::store::{Ctl, Keys};

/// Prints the matching events as text.
///
/// # Errors
/// When they cannot be printed.
pub(crate) fn print_listing(asked: &Asked, show: Show) -> Result<(), Failure> {
    count_or_explain(asked)?;
    let Some(format) = by_name("txt") else { return Ok(()) };
    let (keys, ctl) = (Keys::all(), Ctl::default());
    let Asked { store, question } = asked;
    let picked = Picked::new(store.as_ref(), question, &keys, &ctl);
    let options = WriteOptions { ascii: show.ascii, ..WriteOptions::default() };
    printed(|out| picked.write(format, out, &options))?;
    Ok(())
}
