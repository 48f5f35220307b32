//! Dates in words: the one reader of them and the one writer for people.

mod ages;
mod clock;
mod compose;
mod date;
mod elapsed;
mod lexer;
mod lexicon;
mod loose;
mod phrase;
mod reader;
mod relative;
mod write;
mod year;

use super::{Civil, DateFault, Instant, Precision, When};
pub use elapsed::elapsed;
pub use lexicon::{month, month_name, month_short, season, weekday};
use reader::Reader;
use write::Style;
pub use year::heading_year;

/// Reads a date in words ("late 2017", "mid-October 2023", "44 BCE", "last August") or in EDTF.
/// Relative words count from `today`; without it they are an error that says so.
///
/// # Errors
/// A [`DateFault`] that says where and what, with a proposal where there is one.
pub fn read(text: &str, today: Option<&When>) -> Result<When, DateFault> {
    let edtf = match When::parse(text) {
        Ok(when) => return Ok(when),
        Err(fault) => fault,
    };
    let mut reader = match Reader::new(text, today) {
        Ok(reader) => reader,
        Err(fault) => return Err(better(edtf, fault, text)),
    };
    let has_words = reader.has_words();
    let words = reader.phrase().and_then(|found| {
        // What is wrong with the EDTF that was made is wrong with the words; where, cannot be said.
        When::parse(&found).map_err(|fault| DateFault { offset: 0, ..fault })
    });
    words.map_err(|fault| if has_words { fault } else { better(edtf, fault, text) })
}

/// Which of two faults to show: that of the words where there are any, else the one that has a proposal.
fn better(edtf: DateFault, words: DateFault, text: &str) -> DateFault {
    let written = text.trim().contains(|c: char| c.is_lowercase() || c.is_whitespace() || !c.is_ascii());
    if written || (words.hint.is_some() && edtf.hint.is_none()) { words } else { edtf }
}

/// A date in words for people, in full: "since mid-October 2023, as of 27 January 2024".
/// `as_of` is the newest publication of its documents, said with an open end.
pub fn write(when: &When, as_of: Option<&When>) -> String {
    write::form(when.form(), Style::Full, as_of)
}

/// The same for a narrow column: "27 Jan 2024", "since mid-Oct 2023", "late 2017".
pub fn write_short(when: &When) -> String {
    write::form(when.form(), Style::Short, None)
}

/// An instant as a label, down to a unit: "2024", "Oct 2023", "27 Jan 2024", "27 Jan 2024 14:30". Beyond the range
/// of civil dates only the year is said; an infinity gives "…".
pub fn write_instant(instant: Instant, precision: Precision) -> String {
    let Some(Civil { year, month, day, hour, minute, second, nanos }) = instant.civil() else {
        return "…".to_owned();
    };
    let name = heading_year(year);
    if precision <= Precision::Year || Instant::midnight(year, 2, 1).is_none() {
        return name;
    }
    let month = month_short(month);
    let time = format!("{hour:02}:{minute:02}");
    match precision {
        Precision::Years | Precision::Year => name,
        Precision::Season | Precision::Month => format!("{month} {name}"),
        Precision::Day => format!("{day} {month} {name}"),
        Precision::Hour | Precision::Minute => format!("{day} {month} {name} {time}"),
        Precision::Second => format!("{day} {month} {name} {time}:{second:02}"),
        Precision::Fraction => {
            let fraction = format!("{nanos:09}");
            let fraction = fraction.trim_end_matches('0');
            let point = if fraction.is_empty() { "" } else { "." };
            format!("{day} {month} {name} {time}:{second:02}{point}{fraction}")
        }
    }
}
