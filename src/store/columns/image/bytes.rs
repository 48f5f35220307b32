//! Numbers, lists and texts as bytes.

use bytemuck::allocation::pod_collect_to_vec;
use bytemuck::{Pod, cast_slice};

/// A number that lists are made of.
pub(super) trait Number: Pod {
    /// Between the order of bytes of this machine and that of an image, either way.
    fn swap(self) -> Self;
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Number for $number {
            fn swap(self) -> Self {
                self.to_le()
            }
        })*
    };
}
numbers!(u8 u16 u32 u64 i64);

/// Bytes that are being written.
pub(super) struct Out(Vec<u8>);

impl Out {
    /// What follows `start`.
    pub fn with(start: Vec<u8>) -> Self {
        Self(start)
    }

    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    pub fn number<N: Number>(&mut self, number: N) {
        self.0.extend_from_slice(cast_slice(&[number.swap()]));
    }

    /// A list with its length.
    pub fn list<N: Number>(&mut self, list: &[N]) {
        self.number(list.len() as u64);
        if cfg!(target_endian = "little") {
            self.0.extend_from_slice(cast_slice(list));
        } else {
            for number in list {
                self.number(*number);
            }
        }
    }
}

/// Bytes that are being read. Nothing is given where there are too few.
pub(super) struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn number<N: Number>(&mut self) -> Option<N> {
        let bytes = self.take(size_of::<N>())?;
        bytemuck::try_pod_read_unaligned::<N>(bytes).ok().map(N::swap)
    }

    /// How many things of at least one byte each follow.
    pub fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number::<u64>()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    /// A list with its length.
    pub fn list<N: Number>(&mut self) -> Option<Vec<N>> {
        let count = self.count()?;
        let mut list: Vec<N> = pod_collect_to_vec(self.take(count.checked_mul(size_of::<N>())?)?);
        if cfg!(target_endian = "big") {
            for number in &mut list {
                *number = number.swap();
            }
        }
        Some(list)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let count = self.count()?;
        str::from_utf8(self.take(count)?).ok()
    }
}
