//! JSON Lines: one event a line, with names beside ids, for programs that go through events one by one.

use std::io::{self, BufRead};

use super::tree::{self, Kind, Lines};
use super::{Severity, Sink, build, json, table};
use crate::chronology::Extra;

mod names;
mod write;

pub use write::write;

use names::Names;

/// Reads events, one a line. Each is an event of the model; its actors, parties and places may be names, which
/// become ids, and what `write` adds (names, bounds, words) is understood. Flat objects of other programs are read as
/// a table.
///
/// # Errors
/// Only those of reading the bytes; whatever is wrong with them goes to the sink.
pub fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<()> {
    if table::is_foreign(input.fill_buf()?) {
        return table::read(input, sink);
    }
    sink.head(String::new(), String::new(), Extra::new());
    let mut names = Names::default();
    let (mut offset, mut number) = (0, 0);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let length = input.read_until(b'\n', &mut bytes)?;
        if length == 0 {
            return Ok(());
        }
        line(&bytes, offset, number, &mut names, sink);
        offset += length as u64;
        number += 1;
    }
}

/// One line, after so many bytes and lines of its file.
fn line(bytes: &[u8], offset: u64, number: u32, names: &mut Names, sink: &mut dyn Sink) {
    let (text, mark) = match tree::decode(bytes) {
        Ok((_, mark)) if mark > 0 && number > 0 => {
            let lines = Lines::within("", offset, number);
            sink.fault(lines.fault(Severity::Error, 0, "a byte order mark inside the file"));
            return;
        }
        Ok(decoded) => decoded,
        Err(mut fault) => {
            fault.line = number + 1;
            sink.fault(*fault);
            return;
        }
    };
    if text.trim().is_empty() {
        return;
    }
    let lines = Lines::within(text, offset + mark, number);
    match json::parse(&lines) {
        Ok(node) if matches!(node.kind, Kind::Table(_)) => {
            let event = names.event(node, &lines, sink);
            let position = lines.position(event.at.start);
            let event = build::event(&event, &lines, sink);
            sink.event(event, position);
        }
        Ok(node) => {
            let message = format!("an event should be a table, this is {}", node.what());
            sink.fault(lines.fault(Severity::Error, node.at.start, message));
        }
        Err(fault) => sink.fault(*fault),
    }
}
