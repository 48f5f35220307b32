//! Numbers as they are shown: with thousands apart, and a plus where there may be more.

use crate::formats::wording::{counted, grouped};

/// "36", "1,204,000+" where there may be more.
pub fn number(number: u64, more: bool) -> String {
    let plus = if more { "+" } else { "" };
    format!("{}{plus}", grouped(number))
}

/// "1 event", "7 events", "7+ events" where there may be more.
pub fn events(count: u64, more: bool) -> String {
    if more { format!("{} events", number(count, more)) } else { counted(count, "event", "events") }
}

/// How far something that takes long has come, in percent.
pub fn searching(share: u8) -> String {
    format!("searching {share} %")
}
