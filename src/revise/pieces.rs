//! The pieces of a text that are an event each, under a heading of its own: one can be read and changed without the rest.

use std::ops::Range;

use crate::chronology::Event;
use crate::formats::toml::amend::furthest;
use crate::formats::tree::{Kind, Lines, Node};
use crate::formats::{self, Collector};

/// The bytes of a piece: from the heading of the event to the next heading that is none of its own.
pub(super) type Piece = Range<usize>;

/// The pieces of all events; `None` for those that are written otherwise, or in several places.
pub(super) fn events(text: &str, root: &Node) -> Vec<Option<Piece>> {
    let is_headed = |node: &Node| {
        matches!(node.kind, Kind::Table(_))
            && text.get(node.at.clone()).is_some_and(|raw| raw.starts_with('['))
    };
    let mut begins = Vec::new();
    for member in root.members() {
        begins.push(member.key_at.start.min(member.value.at.start));
        begins.extend(member.value.items().iter().filter(|item| is_headed(item)).map(|item| item.at.start));
    }
    begins.sort_unstable();
    let piece = |item: &Node| {
        let start = item.at.start;
        let next = begins.get(begins.partition_point(|begin| *begin <= start));
        let end = next.copied().unwrap_or(text.len());
        (is_headed(item) && furthest(item) <= end).then_some(start..end)
    };
    root.tables("events").into_iter().map(piece).collect()
}

/// A piece as the table and the event that it is. `None`: it is not one event with an id, and nothing else.
pub(super) fn read(text: &str) -> Option<(Node, Event)> {
    let lines = Lines::new(text, 0);
    let root = formats::toml::parse(&lines).ok()?;
    let mut collected = Collector::default();
    formats::build::chronology(&root, &lines, &mut collected);
    let Kind::Table(mut members) = root.kind else { return None };
    let member = members.pop().filter(|member| members.is_empty() && member.key == "events")?;
    let Kind::List(mut items) = member.value.kind else { return None };
    let table = items.pop().filter(|_| items.is_empty())?;
    let event = collected.chronology.events.pop().filter(|event| !event.id.is_empty())?;
    table.get("id").is_some().then_some((table, event))
}

/// The pieces once one of them has another length.
pub(super) fn moved(pieces: &[Option<Piece>], changed: &Piece, length: usize) -> Vec<Option<Piece>> {
    let moved = |at: usize| if at >= changed.end { at - changed.end + changed.start + length } else { at };
    let one = |piece: &Piece| moved(piece.start)..moved(piece.end);
    pieces.iter().map(|piece| piece.as_ref().map(one)).collect()
}
