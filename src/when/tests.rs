//! What time promises as a whole: the standard's examples, brute force over readings, round trips, hostile text.

mod forms;
mod hostile;
mod reading;
mod readings;
mod round_trip;
mod standard;
mod writing;

use super::{Bounds, Instant, When};

/// The date of a text that is one.
fn when(text: &str) -> When {
    When::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// A Saturday.
fn today() -> When {
    when("2024-01-27")
}

/// The four instants for people: `a..b` for one moment from a to b, else `s0..s1 to e0..e1`; days by their names,
/// other instants with their time.
fn show(bounds: &Bounds) -> String {
    let hull = bounds.hull;
    let start = format!("{}..{}", instant(hull.s0, true), instant(hull.s1, false));
    let end = format!("{}..{}", instant(hull.e0, true), instant(hull.e1, false));
    if start == end { start } else { format!("{start} to {end}") }
}

/// An instant; the first of a day as a start and the last of a day as an end are the day.
fn instant(instant: Instant, first: bool) -> String {
    let Some(civil) = instant.civil() else {
        return if instant == Instant::PAST { "-∞".to_owned() } else { "∞".to_owned() };
    };
    let whole = if first {
        instant.start_of_day() == Some(instant)
    } else {
        instant.next().start_of_day() == Some(instant.next())
    };
    let day = if Instant::midnight(civil.year, 2, 1).is_some() {
        format!("{}-{:02}-{:02}", civil.year, civil.month, civil.day)
    } else {
        civil.year.to_string()
    };
    if whole {
        return day;
    }
    let fraction = if civil.nanos == 0 { String::new() } else { format!(".{:09}", civil.nanos) };
    format!("{day}T{:02}:{:02}:{:02}{fraction}", civil.hour, civil.minute, civil.second)
}
