//! Tests of the readers and of the writers that read back.

pub(crate) mod generate;
mod reading;
mod round_trip;
mod writing;

use super::{Collector, by_name};

/// What a reader makes of a text.
fn read(format: &str, text: &[u8]) -> Collector {
    let mut collector = Collector::default();
    let read = by_name(format).and_then(|format| format.read).unwrap();
    read(&mut &*text, &mut collector).unwrap();
    collector
}

/// The faults of a text, one line each: `2:5: error: what (hint)`.
fn faults(format: &str, text: &str) -> Vec<String> {
    let faults = read(format, text.as_bytes()).faults;
    let hint =
        |fault: &super::Fault| fault.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    faults.iter().map(|fault| format!("{fault}{}", hint(fault))).collect()
}
