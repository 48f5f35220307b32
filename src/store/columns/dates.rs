//! Gathering the dates of rows as they are read.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::bits::Bits;
use super::shape::{Reach, Shape};
use super::times::{Seconds, Times};
use crate::when::{Bounds, Instant};

/// Of this many dated rows one may reach so far that it is looked at by itself.
const ONE_ODD_IN: u32 = 64;

/// Stands for the nanoseconds of an undated row when rows are put in order: more than any, in 30 bits.
const UNDATED: u32 = (1 << 30) - 1;

/// Gathers dates row by row.
#[derive(Default)]
pub(super) struct Dates {
    shapes: Vec<Shape>,
    hasher: DefaultHashBuilder,
    known: HashTable<u16>,
    last_shape: u16,
    /// For each row its place in the order and its shape; undated ones have none.
    rows: Vec<Option<(Instant, u16)>>,
    /// The place of the last row.
    last: Option<(Instant, Instant)>,
    unsorted: bool,
}

impl Dates {
    /// Adds the date of the next row.
    pub(super) fn add(&mut self, bounds: Option<&Bounds>) {
        let order = bounds.map(Bounds::order);
        let backwards = match (self.last, order) {
            (Some(last), Some(order)) => order < last,
            (None, Some(_)) => !self.rows.is_empty(),
            (_, None) => false,
        };
        self.unsorted |= backwards;
        self.last = order;
        let row = bounds.zip(order).map(|(bounds, (start, _))| (start, self.intern(Shape::of(bounds))));
        self.rows.push(row);
    }

    fn intern(&mut self, shape: Shape) -> u16 {
        // Most tables have dates of one shape, in runs at least.
        if self.shape(self.last_shape) == Some(&shape) {
            return self.last_shape;
        }
        let Self { shapes, hasher, known, .. } = self;
        let same = |at: &u16| shapes.get(usize::from(*at)) == Some(&shape);
        let hash = |at: &u16| hasher.hash_one(shapes.get(usize::from(*at)));
        let found = known.entry(hasher.hash_one(Some(&shape)), same, hash).or_insert(shapes.len() as u16);
        let at = *found.get();
        if usize::from(at) == shapes.len() {
            shapes.push(shape);
        }
        self.last_shape = at;
        at
    }

    fn shape(&self, at: u16) -> Option<&Shape> {
        self.shapes.get(usize::from(at))
    }

    /// The rows as they were added, in the order of time; `None`: they already are in it. Start, end and row
    /// are packed into one number each, since sorting would else be the longest step of building.
    pub(super) fn order(&self) -> Option<Vec<u16>> {
        if !self.unsorted {
            return None;
        }
        let ranks = self.ranks();
        // A full segment has a row more than 16 bits can count to.
        let mut keys: Vec<u128> = (0..)
            .zip(&self.rows)
            .map(|(row, dated): (u32, _)| {
                let (secs, nanos, rank) = dated.map_or((u64::MAX, UNDATED, 0), |(start, shape)| {
                    let rank = ranks.get(usize::from(shape)).copied().unwrap_or(0);
                    (start.secs.cast_unsigned() ^ 1 << 63, start.nanos, rank)
                });
                u128::from(secs) << 62 | u128::from(nanos) << 32 | u128::from(rank) << 16 | u128::from(row)
            })
            .collect();
        keys.sort_unstable();
        Some(keys.into_iter().map(|key| key as u16).collect())
    }

    /// For each shape how it stands to the others in the order of the ends that it gives to equal starts.
    fn ranks(&self) -> Vec<u16> {
        let lengths: Vec<i128> = self.shapes.iter().map(Shape::length).collect();
        let mut growing = lengths.clone();
        growing.sort_unstable();
        growing.dedup();
        lengths.iter().map(|length| growing.partition_point(|other| other < length) as u16).collect()
    }

    /// The dates with the rows in this order.
    pub(super) fn finish(self, order: Option<&[u16]>) -> Times {
        let added =
            |row: usize| order.map_or(row, |order| order.get(row).map_or(row, |row| usize::from(*row)));
        let rows = self.rows.len();
        let dated: Vec<(Instant, u16)> =
            (0..rows).map_while(|row| self.rows.get(added(row)).copied().flatten()).collect();
        let timed = dated.iter().any(|(start, _)| start.nanos != 0);
        let several = self.shapes.len() > 1;
        let (reach, is_odd) = self.reaches(&dated);
        let rows_where = |is: &dyn Fn(u16) -> bool| -> Box<[u16]> {
            let rows = dated.iter().enumerate().filter(|(_, (_, shape))| is(*shape));
            rows.map(|(row, _)| row as u16).collect()
        };
        let of_shape = |is: &dyn Fn(&Shape) -> bool| {
            let shapes: Vec<bool> = self.shapes.iter().map(is).collect();
            if !shapes.contains(&true) {
                return Box::default();
            }
            rows_where(&|shape| shapes.get(usize::from(shape)).copied().unwrap_or(false))
        };
        let doubted = of_shape(&Shape::is_uncertain);
        let mut uncertain = (!doubted.is_empty()).then(|| Bits::new(rows as u32));
        if let Some(bits) = &mut uncertain {
            for row in &doubted {
                bits.insert(u32::from(*row));
            }
        }
        Times {
            rows: rows as u32,
            starts: Seconds::new(dated.iter().map(|(start, _)| start.secs)),
            nanos: if timed { dated.iter().map(|(start, _)| start.nanos).collect() } else { Box::default() },
            shape_of: if several { dated.iter().map(|(_, shape)| *shape).collect() } else { Box::default() },
            reach,
            odd: rows_where(&|shape| is_odd.get(usize::from(shape)).copied().unwrap_or(true)),
            uncertain,
            unbounded: of_shape(&Shape::is_unbounded),
            shapes: self.shapes.into_boxed_slice(),
        }
    }

    /// How far most rows reach, and which shapes are odd because they reach farther.
    fn reaches(&self, dated: &[(Instant, u16)]) -> (Reach, Vec<bool>) {
        let mut counts = vec![0u32; self.shapes.len()];
        for (_, shape) in dated {
            if let Some(count) = counts.get_mut(usize::from(*shape)) {
                *count += 1;
            }
        }
        let mut odd = vec![true; self.shapes.len()];
        let mut ends: Vec<(Reach, usize)> =
            self.shapes.iter().enumerate().filter_map(|(at, shape)| Some((shape.reach()?, at))).collect();
        ends.sort_unstable_by_key(|(reach, at)| (reach.back.max(reach.ahead), *at));
        let mut spare = dated.len() as u32 / ONE_ODD_IN;
        while let Some((_, at)) = ends.last() {
            let count = counts.get(*at).copied().unwrap_or(0);
            if count > spare {
                break;
            }
            spare -= count;
            ends.pop();
        }
        let mut reach = Reach::default();
        for (plain, at) in ends {
            reach = reach.max(plain);
            if let Some(odd) = odd.get_mut(at) {
                *odd = false;
            }
        }
        (reach, odd)
    }
}
