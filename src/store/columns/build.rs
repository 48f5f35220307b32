//! From facts to columns whose values are still texts. Knows nothing of other pieces, so that several can be
//! built at once.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::Bits;
use super::dates::Dates;
use super::offsets::Offsets;
use super::positions::{Gathered, Positions};
use super::postings::{Column, Lists};
use super::segment::MOST_ROWS;
use super::times::Times;
use crate::chronology::{Facts, LayerIndex, Status};
use crate::when::{Bounds, Instant, TimeRange};

/// Stands for a role where there is none.
pub(super) const NO_ROLE: u32 = u32::MAX;

/// How many bits of a row's marks are flags; its status stands above them.
const FLAG_BITS: u32 = 16;

/// Gathers the facts of up to [`MOST_ROWS`] rows of a layer, in the order in which they stand in it.
pub struct Builder {
    layer: LayerIndex,
    offsets: Vec<u64>,
    hashes: Vec<u32>,
    /// Flags and status of each row.
    marks: Vec<u32>,
    dates: Dates,
    positions: Gathered,
    extent: Option<TimeRange>,
    dictionary: Dictionary,
    /// Values of all rows, as places in the dictionary, row after row.
    hits: Vec<u32>,
    /// Where the values of each row end.
    ends: Vec<u32>,
}

/// A value as it was met in the rows of one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) column: Column,
    /// The value that is the role, for actors; else [`NO_ROLE`].
    pub(super) role: u32,
    /// `None`: the document's own word.
    pub(super) text: Option<Box<str>>,
    /// How many rows have it.
    count: u32,
    /// The last row that has it.
    last: u32,
}

impl Local {
    /// A value that no row has yet.
    pub(super) fn new(column: Column, role: u32, text: Option<Box<str>>) -> Self {
        Self { column, role, text, count: 0, last: u32::MAX }
    }
}

/// The values of a piece by text.
#[derive(Default)]
struct Dictionary {
    hasher: DefaultHashBuilder,
    table: HashTable<u32>,
    values: Vec<Local>,
}

impl Dictionary {
    /// The place of a value.
    fn place(&mut self, column: Column, role: u32, text: Option<&str>) -> u32 {
        let Self { hasher, table, values } = self;
        let hash = hasher.hash_one((column as u32 ^ role << 4, text));
        let same = |at: &u32| {
            values.get(*at as usize).is_some_and(|value| {
                value.text.as_deref() == text && value.column == column && value.role == role
            })
        };
        if let Some(at) = table.find(hash, same) {
            return *at;
        }
        let at = values.len() as u32;
        values.push(Local::new(column, role, text.map(Into::into)));
        table.insert_unique(hash, at, |at| {
            values.get(*at as usize).map_or(0, |value| {
                hasher.hash_one((value.column as u32 ^ value.role << 4, value.text.as_deref()))
            })
        });
        at
    }
}

impl Builder {
    /// No rows yet.
    pub fn new(layer: LayerIndex) -> Self {
        Self {
            layer,
            offsets: Vec::new(),
            hashes: Vec::new(),
            marks: Vec::new(),
            dates: Dates::default(),
            positions: Gathered::default(),
            extent: None,
            dictionary: Dictionary::default(),
            hits: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        self.hashes.len() as u32
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Whether it takes no more rows.
    pub fn is_full(&self) -> bool {
        self.len() >= MOST_ROWS
    }

    /// Adds a row. Whether it was taken: a full builder takes none.
    pub fn add(&mut self, facts: &Facts<'_>) -> bool {
        if self.is_full() {
            return false;
        }
        let row = self.len();
        self.offsets.push(facts.offset);
        self.hashes.push(facts.hash);
        self.marks.push(facts.flags.bits() | (facts.status as u32) << FLAG_BITS);
        self.dates.add(facts.bounds);
        self.positions.add(row, facts.position);
        self.extent = join(self.extent, facts.bounds.and_then(extent));
        let mut met: Option<(&str, u32)> = None;
        for (actor, role) in facts.actors {
            let place = match met {
                Some((text, place)) if text == *role => place,
                _ => self.hit(row, Column::Role, NO_ROLE, Some(role)),
            };
            met = Some((role, place));
            self.hit(row, Column::Actor, place, Some(actor));
        }
        let lists = [
            (Column::Party, facts.parties),
            (Column::Place, facts.places),
            (Column::Tag, facts.tags),
            (Column::Document, facts.documents),
        ];
        for (column, texts) in lists {
            for text in texts {
                self.hit(row, column, NO_ROLE, Some(text));
            }
        }
        if let Some(kind) = facts.kind {
            self.hit(row, Column::Kind, NO_ROLE, Some(kind));
        }
        for voice in facts.voices {
            self.hit(row, Column::Voice, NO_ROLE, *voice);
        }
        self.ends.push(self.hits.len() as u32);
        true
    }

    /// Notes that a row has a value, once; gives the value's place.
    fn hit(&mut self, row: u32, column: Column, role: u32, text: Option<&str>) -> u32 {
        let place = self.dictionary.place(column, role, text);
        if let Some(value) = self.dictionary.values.get_mut(place as usize)
            && value.last != row
        {
            value.last = row;
            value.count += 1;
            self.hits.push(place);
        }
        place
    }

    /// The rows in order of time. `end` is where the last record ends in the layer.
    pub fn finish(self, end: u64) -> Piece {
        let rows = self.len();
        let order = self.dates.order();
        let sorted = |row: u32| {
            order.as_ref().map_or(row, |order| order.get(row as usize).map_or(row, |row| u32::from(*row)))
        };
        let mut lists = Lists::new(rows);
        let pool = self.by_value(&sorted);
        let mut start = 0;
        for value in &self.dictionary.values {
            let next = start + value.count as usize;
            lists.push_rows(pool.get(start..next).unwrap_or(&[]), rows);
            start = next;
        }
        let fixed = self.marked(&sorted, &mut lists);
        let offsets = (0..rows).map(|row| self.offsets.get(sorted(row) as usize).copied().unwrap_or(0));
        let hashes = (0..rows).map(|row| self.hashes.get(sorted(row) as usize).copied().unwrap_or(0));
        let first = self.offsets.iter().copied().min().unwrap_or(end);
        Piece {
            layer: self.layer,
            offsets: Offsets::new(offsets),
            hashes: hashes.collect(),
            times: self.dates.finish(order.as_deref()),
            positions: self.positions.finish(rows, &sorted),
            bytes: first..end.max(first),
            extent: self.extent,
            values: self.dictionary.values,
            fixed,
            lists,
        }
    }

    /// The rows of every value, one value after the other, each in order of time.
    fn by_value(&self, sorted: &dyn Fn(u32) -> u32) -> Vec<u16> {
        let mut next = 0;
        let starts = self.dictionary.values.iter().map(|value| {
            next += value.count as usize;
            next - value.count as usize
        });
        let mut free: Vec<usize> = starts.collect();
        let mut pool = vec![0; self.hits.len()];
        for row in 0..self.len() {
            let added = sorted(row) as usize;
            let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
            let from = added.checked_sub(1).map_or(0, end);
            for value in self.hits.get(from..end(added)).unwrap_or(&[]) {
                if let Some(free) = free.get_mut(*value as usize)
                    && let Some(slot) = pool.get_mut(*free)
                {
                    *slot = row as u16;
                    *free += 1;
                }
            }
        }
        pool
    }

    /// Adds the lists of statuses and flags; gives which values they are.
    fn marked(&self, sorted: &dyn Fn(u32) -> u32, lists: &mut Lists) -> Vec<(Column, u64)> {
        let mut by_bit = vec![Bits::new(self.len()); FLAG_BITS as usize + Status::ALL.len()];
        for row in 0..self.len() {
            let mark = self.marks.get(sorted(row) as usize).copied().unwrap_or(0);
            let (status, mut flags) = (mark >> FLAG_BITS, mark & ((1 << FLAG_BITS) - 1));
            if let Some(bits) = by_bit.get_mut((FLAG_BITS + status) as usize) {
                bits.insert(row);
            }
            while flags != 0 {
                if let Some(bits) = by_bit.get_mut(flags.trailing_zeros() as usize) {
                    bits.insert(row);
                }
                flags &= flags - 1;
            }
        }
        let mut values = Vec::new();
        for (bit, bits) in by_bit.iter().enumerate().filter(|(_, bits)| !bits.is_empty()) {
            lists.push_bits(bits);
            let status = (bit as u64).checked_sub(u64::from(FLAG_BITS));
            values.push(status.map_or((Column::Flag, bit as u64), |status| (Column::Status, status)));
        }
        values
    }
}

/// Rows in order of time whose values are still texts.
#[derive(Clone, Debug)]
pub struct Piece {
    pub(super) layer: LayerIndex,
    pub(super) times: Times,
    pub(super) positions: Positions,
    pub(super) offsets: Offsets,
    pub(super) hashes: Box<[u32]>,
    pub(super) bytes: Range<u64>,
    pub(super) extent: Option<TimeRange>,
    /// What the first lists are of.
    pub(super) values: Vec<Local>,
    /// What the lists after those are of.
    pub(super) fixed: Vec<(Column, u64)>,
    pub(super) lists: Lists,
}

impl Piece {
    /// How many rows it has.
    pub fn rows(&self) -> u32 {
        self.hashes.len() as u32
    }
}

/// From the first to the last finite instant that a date may begin or end at.
fn extent(bounds: &Bounds) -> Option<TimeRange> {
    let finite = |instants: [Instant; 2]| instants.into_iter().find(|instant| instant.is_finite());
    let hull = bounds.hull;
    // An open end reaches from the date on from which it is known; so with an open beginning.
    let (first, last) = (finite([hull.s0, hull.e0])?, finite([hull.e1, hull.s1])?);
    Some(TimeRange { first: first.min(last), last: last.max(first) })
}

/// The stretch that holds both.
pub(super) fn join(a: Option<TimeRange>, b: Option<TimeRange>) -> Option<TimeRange> {
    let (Some(one), Some(other)) = (a, b) else { return a.or(b) };
    Some(TimeRange { first: one.first.min(other.first), last: one.last.max(other.last) })
}
