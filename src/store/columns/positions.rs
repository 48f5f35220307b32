//! Where rows say themselves that they were.

use crate::chronology::Position;

/// Stands for a row that does not say it: the least numbers there are, which are no point’s parts.
const NOWHERE: u64 = 1 << 63 | 1 << 31;

/// The positions of the rows of a segment, in their order; nothing where no row has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Positions(Box<[u64]>);

impl Positions {
    /// Positions that were written as these numbers.
    pub(super) fn of(words: Box<[u64]>) -> Self {
        Self(words)
    }

    /// The positions as numbers.
    pub(super) fn words(&self) -> &[u64] {
        &self.0
    }

    /// Whether no row has one.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// That of a row.
    pub(super) fn get(&self, row: u32) -> Option<Position> {
        let word = *self.0.get(row as usize)?;
        Position::from_parts((((word >> 32) as u32).cast_signed(), (word as u32).cast_signed()))
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        size_of_val::<[u64]>(&self.0)
    }
}

/// Gathers positions row by row.
#[derive(Debug, Default)]
pub(super) struct Gathered(Vec<u64>);

impl Gathered {
    /// Adds that of the row with this number.
    pub(super) fn add(&mut self, row: u32, position: Option<Position>) {
        let Some((lat, lon)) = position.map(Position::parts) else { return };
        self.0.resize(row as usize, NOWHERE);
        self.0.push(u64::from(lat.cast_unsigned()) << 32 | u64::from(lon.cast_unsigned()));
    }

    /// The positions of so many rows in another order: `sorted` gives the number under which a row was added.
    pub(super) fn finish(self, rows: u32, sorted: &dyn Fn(u32) -> u32) -> Positions {
        if self.0.is_empty() {
            return Positions::default();
        }
        let of = |row| self.0.get(sorted(row) as usize).copied().unwrap_or(NOWHERE);
        Positions((0..rows).map(of).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_own_in_any_order() {
        let athens = Position::new(37.9, -23.7);
        let mut gathered = Gathered::default();
        gathered.add(0, None);
        gathered.add(1, athens);
        gathered.add(2, None);
        let positions = gathered.finish(4, &|row| 3 - row);
        let all: Vec<_> = (0..5).map(|row| positions.get(row)).collect();
        assert_eq!(all, [None, None, athens, None, None]);
    }

    #[test]
    fn no_room_is_taken_where_none_has_one() {
        let mut gathered = Gathered::default();
        gathered.add(0, None);
        assert!(gathered.finish(1, &|row| row).is_empty());
    }
}
