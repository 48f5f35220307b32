//! The parts of a piece, each written and read.

use std::sync::Arc;

use super::bytes::{In, Out};
use crate::chronology::LayerIndex;
use crate::store::columns::bits::Bits;
use crate::store::columns::build::{Local, Piece};
use crate::store::columns::offsets::Offsets;
use crate::store::columns::positions::Positions;
use crate::store::columns::postings::{Column, Lists};
use crate::store::columns::shape::{Reach, Shape};
use crate::store::columns::times::{Seconds, Times};
use crate::when::{Bounds, Instant, Stretch, Stretches, TimeRange};

pub(super) fn piece(piece: &Piece, out: &mut Out) {
    offsets(&piece.offsets, out);
    out.list(&piece.hashes);
    times(&piece.times, out);
    out.list(piece.positions.words());
    out.number(piece.bytes.start);
    out.number(piece.bytes.end);
    out.number(u8::from(piece.extent.is_some()));
    if let Some(TimeRange { first, last }) = piece.extent {
        instant(first, out);
        instant(last, out);
    }
    out.number(piece.values.len() as u64);
    for value in &piece.values {
        local(value, out);
    }
    out.number(piece.fixed.len() as u64);
    for (column, value) in &piece.fixed {
        out.number(*column as u8);
        out.number(*value);
    }
    lists(&piece.lists, out);
}

pub(super) fn read_piece(input: &mut In<'_>, layer: LayerIndex) -> Option<Piece> {
    let offsets = read_offsets(input)?;
    let hashes = input.list()?.into_boxed_slice();
    let times = read_times(input)?;
    let positions = Positions::of(input.list()?.into_boxed_slice());
    let bytes = input.number()?..input.number()?;
    let extent = match input.number::<u8>()? {
        0 => None,
        _ => Some(TimeRange { first: read_instant(input)?, last: read_instant(input)? }),
    };
    let values = (0..input.count()?).map(|_| read_local(input)).collect::<Option<_>>()?;
    let fixed = (0..input.count()?)
        .map(|_| Some((column(input.number()?)?, input.number()?)))
        .collect::<Option<_>>()?;
    let lists = read_lists(input)?;
    Some(Piece { layer, times, positions, offsets, hashes, bytes, extent, values, fixed, lists })
}

fn offsets(offsets: &Offsets, out: &mut Out) {
    match offsets {
        Offsets::Narrow(base, list) => {
            out.number(0_u8);
            out.number(*base);
            out.list(list);
        }
        Offsets::Wide(list) => {
            out.number(1_u8);
            out.list(list);
        }
    }
}

fn read_offsets(input: &mut In<'_>) -> Option<Offsets> {
    Some(match input.number::<u8>()? {
        0 => Offsets::Narrow(input.number()?, input.list()?.into_boxed_slice()),
        _ => Offsets::Wide(input.list()?.into_boxed_slice()),
    })
}

fn times(times: &Times, out: &mut Out) {
    out.number(times.rows);
    match &times.starts {
        Seconds::Narrow(base, list) => {
            out.number(0_u8);
            out.number(*base);
            out.list(list);
        }
        Seconds::Wide(list) => {
            out.number(1_u8);
            out.list(list);
        }
    }
    out.list(&times.nanos);
    out.number(times.shapes.len() as u64);
    for it in &times.shapes {
        shape(it, out);
    }
    out.list(&times.shape_of);
    out.number(times.reach.back);
    out.number(times.reach.ahead);
    out.list(&times.odd);
    out.number(u8::from(times.uncertain.is_some()));
    if let Some(uncertain) = &times.uncertain {
        out.list(uncertain.words());
    }
    out.list(&times.unbounded);
}

fn read_times(input: &mut In<'_>) -> Option<Times> {
    let rows = input.number()?;
    let starts = match input.number::<u8>()? {
        0 => Seconds::Narrow(input.number()?, input.list()?.into_boxed_slice()),
        _ => Seconds::Wide(input.list()?.into_boxed_slice()),
    };
    let nanos = input.list()?.into_boxed_slice();
    let shapes = (0..input.count()?).map(|_| read_shape(input)).collect::<Option<_>>()?;
    let shape_of = input.list()?.into_boxed_slice();
    let reach = Reach { back: input.number()?, ahead: input.number()? };
    let odd = input.list()?.into_boxed_slice();
    let uncertain = if input.number::<u8>()? == 0 {
        None
    } else {
        let mut bits = Bits::new(rows);
        bits.or_words(&input.list::<u64>()?);
        Some(bits)
    };
    let unbounded = input.list()?.into_boxed_slice();
    Some(Times { rows, starts, nanos, shapes, shape_of, reach, odd, uncertain, unbounded })
}

fn shape(shape: &Shape, out: &mut Out) {
    match shape {
        Shape::Near { s1, e0, e1, qualified, uncertain } => {
            out.number(0_u8);
            for distance in [s1, e0, e1] {
                out.number(*distance);
            }
            out.number(u8::from(*qualified));
            out.number(u8::from(*uncertain));
        }
        Shape::Whole(bounds) => {
            let parts: &[Stretch] = match &bounds.stretches {
                Stretches::One => {
                    out.number(1_u8);
                    &[]
                }
                Stretches::OneOf(parts) => {
                    out.number(2_u8);
                    parts
                }
                Stretches::AllOf(parts) => {
                    out.number(3_u8);
                    parts
                }
            };
            stretch(bounds.hull, out);
            out.number(u8::from(bounds.qualified));
            out.number(u8::from(bounds.uncertain));
            out.number(parts.len() as u64);
            for part in parts {
                stretch(*part, out);
            }
        }
    }
}

fn read_shape(input: &mut In<'_>) -> Option<Shape> {
    let kind = input.number::<u8>()?;
    if kind == 0 {
        let (s1, e0, e1) = (input.number()?, input.number()?, input.number()?);
        let (qualified, uncertain) = (input.number::<u8>()? != 0, input.number::<u8>()? != 0);
        return Some(Shape::Near { s1, e0, e1, qualified, uncertain });
    }
    let hull = read_stretch(input)?;
    let (qualified, uncertain) = (input.number::<u8>()? != 0, input.number::<u8>()? != 0);
    let parts = (0..input.count()?).map(|_| read_stretch(input)).collect::<Option<Arc<[Stretch]>>>()?;
    let stretches = match kind {
        1 => Stretches::One,
        2 => Stretches::OneOf(parts),
        _ => Stretches::AllOf(parts),
    };
    Some(Shape::Whole(Box::new(Bounds { hull, stretches, qualified, uncertain })))
}

fn stretch(stretch: Stretch, out: &mut Out) {
    let Stretch { s0, s1, e0, e1 } = stretch;
    for it in [s0, s1, e0, e1] {
        instant(it, out);
    }
}

fn read_stretch(input: &mut In<'_>) -> Option<Stretch> {
    let mut next = || read_instant(input);
    Some(Stretch { s0: next()?, s1: next()?, e0: next()?, e1: next()? })
}

fn instant(instant: Instant, out: &mut Out) {
    out.number(instant.secs);
    out.number(instant.nanos);
}

fn read_instant(input: &mut In<'_>) -> Option<Instant> {
    Some(Instant { secs: input.number()?, nanos: input.number()? })
}

fn local(value: &Local, out: &mut Out) {
    out.number(value.column as u8);
    out.number(value.role);
    out.number(u8::from(value.text.is_some()));
    if let Some(text) = &value.text {
        out.list(text.as_bytes());
    }
}

fn read_local(input: &mut In<'_>) -> Option<Local> {
    let (column, role) = (column(input.number()?)?, input.number()?);
    let text = match input.number::<u8>()? {
        0 => None,
        _ => Some(input.text()?.into()),
    };
    Some(Local::new(column, role, text))
}

fn column(number: u8) -> Option<Column> {
    Column::ALL.into_iter().find(|column| *column as u8 == number)
}

fn lists(lists: &Lists, out: &mut Out) {
    out.list(&lists.starts);
    out.list(&lists.sparse);
    out.list(&lists.dense);
    out.number(lists.width as u64);
    out.list(&lists.words);
}

fn read_lists(input: &mut In<'_>) -> Option<Lists> {
    let (starts, sparse, dense) = (input.list()?, input.list()?, input.list()?);
    let width = usize::try_from(input.number::<u64>()?).ok()?;
    Some(Lists { starts, sparse, dense, width, words: input.list()? })
}
