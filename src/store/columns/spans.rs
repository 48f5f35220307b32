//! Keys as stretches of the order, and the order of a question as legs along them.

use std::ops::Range;

use super::segment::{self, Segment};
use crate::store::{Direction, Key, Keys};

/// The keys from the first to before the second.
pub(super) type Span = Range<Key>;

/// A span walked in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) span: Span,
    pub(super) ascending: bool,
}

/// The next key that an event can have. No event has the last tie.
const fn after(key: Key) -> Key {
    Key { tie: key.tie.saturating_add(1), ..key }
}

/// Keys as spans that neither touch nor overlap, growing.
pub(super) fn spans(keys: &Keys) -> Vec<Span> {
    let ranges = joined(keys.ranges.iter().map(|(first, last)| *first..after(*last)).collect());
    let mut left = Vec::new();
    let mut removed = keys.removed.iter().peekable();
    for Span { mut start, end } in ranges {
        while let Some(key) = removed.next_if(|key| **key < end) {
            if *key >= start {
                left.push(start..*key);
                start = after(*key);
            }
        }
        left.push(start..end);
    }
    left.extend(keys.added.iter().map(|key| *key..after(*key)));
    joined(left)
}

fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    spans.sort_by_key(|span| span.start);
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// All of a question's order, as far as it lies in the spans: undated events stand last either way.
pub(super) fn whole(spans: Vec<Span>, reverse: bool) -> Vec<Leg> {
    let leg = |ascending| move |span| Leg { span, ascending };
    if !reverse {
        return spans.into_iter().map(leg(true)).collect();
    }
    let parts = |of: Span| {
        let part = |span: &Span| span.start.max(of.start)..span.end.min(of.end);
        spans.iter().map(part).filter(|span| span.start < span.end).collect::<Vec<_>>()
    };
    let dated = parts(Key::FIRST..Key::FIRST_UNDATED).into_iter().rev().map(leg(false));
    dated.chain(parts(Key::FIRST_UNDATED..Key::LAST).into_iter().map(leg(true))).collect()
}

/// What follows from a key on, or comes before it, in a question's order.
pub(super) fn from(key: Key, direction: Direction, reverse: bool) -> Vec<Leg> {
    let dated = |from: Key, to: Key| from..to.min(Key::FIRST_UNDATED);
    let (up, down) = (true, false);
    let legs = match (direction, reverse, key.undated) {
        (Direction::Forward, false, _) | (Direction::Forward, true, true) => vec![(key..Key::LAST, up)],
        (Direction::Backward, false, _) => vec![(Key::FIRST..key, down)],
        (Direction::Forward, true, false) => {
            vec![(dated(Key::FIRST, after(key)), down), (Key::FIRST_UNDATED..Key::LAST, up)]
        }
        (Direction::Backward, true, false) => vec![(dated(after(key), Key::LAST), up)],
        (Direction::Backward, true, true) => {
            vec![(Key::FIRST_UNDATED..key, down), (dated(Key::FIRST, Key::LAST), up)]
        }
    };
    legs.into_iter().map(|(span, ascending)| Leg { span, ascending }).collect()
}

/// The rows of a segment in a span.
pub(super) fn rows(segment: &Segment, span: &Span) -> Range<u32> {
    let rows = segment.rows();
    if span.end == after(span.start) && !may_hold(segment, span.start) {
        return 0..0;
    }
    let (first, last) = (segment.key(0), segment.key(rows.saturating_sub(1)));
    if rows == 0 || last < span.start || span.end <= first {
        return 0..0;
    }
    let start = if span.start <= first { 0 } else { segment.position(span.start) };
    let end = if last < span.end { rows } else { segment.position(span.end) };
    start..end
}

/// Whether the row of a key may be in a segment, as far as its tie says.
fn may_hold(segment: &Segment, key: Key) -> bool {
    let (layer, offset) = segment::place(key.tie);
    segment.layer() == layer && segment.bytes().contains(&offset)
}
