//! A matrix: columns of periods with what they have room for, and shades of counts.

/// A cell's shade, from nothing to the most.
pub const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];
/// The same in ASCII.
pub const SHADES_ASCII: [&str; 5] = [" ", ".", ":", "=", "#"];

/// The narrowest column: a shade, three digits, and a space.
pub const NARROWEST: u16 = 5;
/// The widest one.
const WIDEST: u16 = 18;
/// What a folded gap takes.
pub const GAP: u16 = 2;

/// A column on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Which of the periods.
    pub period: usize,
    /// Its first cell.
    pub cell: u16,
    /// Its cells, the space behind it included.
    pub width: u16,
    /// Whether a folded gap stands before it.
    pub gap: bool,
}

/// Lays columns out from period `first` on, as many as have room. `wanted` is what each would like to have for its
/// label, and whether a gap stands before it. Room that is left goes to those that want more.
pub fn columns(wanted: &[(u16, bool)], first: usize, room: u16) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut taken = 0u16;
    for (period, (_, gap)) in wanted.iter().enumerate().skip(first) {
        let gap = *gap && period > first;
        let width = NARROWEST + if gap { GAP } else { 0 };
        if taken.saturating_add(width) > room {
            break;
        }
        taken += width;
        columns.push(Column { period, cell: 0, width: NARROWEST, gap });
    }
    let mut spare = room.saturating_sub(taken);
    for column in &mut columns {
        let (wants, _) = wanted.get(column.period).copied().unwrap_or_default();
        let more = wants.min(WIDEST).saturating_sub(NARROWEST).min(spare);
        column.width += more;
        spare -= more;
    }
    let mut cell = 0u16;
    for column in &mut columns {
        cell += if column.gap { GAP } else { 0 };
        column.cell = cell;
        cell += column.width;
    }
    columns
}

/// The first column on screen that is nearest to `first` with `shown` on it.
pub fn scrolled(wanted: &[(u16, bool)], first: usize, shown: usize, room: u16) -> usize {
    let mut first = first.min(shown);
    while first < shown && !columns(wanted, first, room).iter().any(|column| column.period == shown) {
        first += 1;
    }
    first
}

/// How dark a count is beside the largest one: 0 for nothing, 1 to 4.
pub fn shade(count: u64, most: u64) -> usize {
    if count == 0 {
        return 0;
    }
    let level = (u128::from(count) * 4).div_ceil(u128::from(most.max(1)));
    usize::try_from(level).unwrap_or(4).clamp(1, 4)
}

/// The smallest and the largest count that are as dark as `level` (1 to 4) beside the largest one; `None`: none are.
pub fn shaded(level: usize, most: u64) -> Option<(u64, u64)> {
    let quarters = |level: usize| {
        let quarters = u128::from(most) * level as u128 / 4;
        u64::try_from(quarters).unwrap_or(u64::MAX)
    };
    let (first, last) = (quarters(level.checked_sub(1)?).checked_add(1)?, quarters(level));
    (first <= last).then_some((first, last))
}

/// A count in so many columns: in full, or in thousands, millions, … rounded down, with a sign for the unit. At least
/// three columns are enough for any count.
pub fn short(count: u64, columns: usize) -> String {
    let full = count.to_string();
    if full.len() <= columns {
        return full;
    }
    for (unit, sign) in [(1_000, 'k'), (1_000_000, 'M'), (1_000_000_000, 'G'), (1_000_000_000_000, 'T')] {
        let whole = format!("{}{sign}", count / unit);
        if count >= unit && whole.len() <= columns {
            return whole;
        }
        // ".4M": hundred thousands of what has no room in thousands.
        let tenths = count / (unit / 10);
        if tenths > 0 && tenths < 10 && columns >= 3 {
            return format!(".{tenths}{sign}");
        }
    }
    "+".to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_have_room_for_their_labels_where_there_is_some() {
        let wanted = [(5, false), (12, true), (5, false)];
        let cells = |room| -> Vec<(u16, u16)> {
            columns(&wanted, 0, room).iter().map(|column| (column.cell, column.width)).collect()
        };
        assert_eq!(cells(17), [(0, 5), (7, 5), (12, 5)]);
        assert_eq!(cells(20), [(0, 5), (7, 8), (15, 5)]);
        assert_eq!(cells(80), [(0, 5), (7, 12), (19, 5)]);
        assert_eq!(cells(11), [(0, 5)]);
        assert_eq!(cells(4), []);
        assert_eq!(scrolled(&wanted, 0, 2, 12), 1);
        assert_eq!(scrolled(&wanted, 2, 0, 12), 0);
        assert_eq!(scrolled(&wanted, 0, 2, 3), 2);
    }

    #[test]
    fn counts_are_shortened_and_never_rounded_up() {
        let all = [7, 999, 1_000, 12_345, 99_999, 456_789, 1_000_000, 99_000_000, 450_000_000, 7_000_000_000];
        let said = all.map(|count| short(count, 3));
        assert_eq!(said, ["7", "999", "1k", "12k", "99k", ".4M", "1M", "99M", ".4G", "7G"]);
        assert_eq!(short(12_345, 5), "12345");
        assert_eq!([0, 1, 24, 25, 50, 99, 100].map(|count| shade(count, 100)), [0, 1, 1, 1, 2, 4, 4]);
    }

    proptest! {
        #[test]
        fn what_is_laid_out_stays_within_its_room_and_apart(
            wanted in proptest::collection::vec((0u16..40, any::<bool>()), 0..40), first in 0usize..40, room in 0u16..220,
        ) {
            let columns = columns(&wanted, first, room);
            let mut end = 0;
            for (at, column) in columns.iter().enumerate() {
                prop_assert_eq!(column.period, first + at);
                prop_assert!(column.cell >= end && column.width >= NARROWEST);
                end = column.cell + column.width;
            }
            prop_assert!(end <= room);
        }

        #[test]
        fn counts_of_a_shade_have_it(most in 1u64..1000) {
            let mut next = 1;
            for level in 1..=4 {
                let Some((first, last)) = shaded(level, most) else { continue };
                prop_assert_eq!(first, next);
                prop_assert!((first..=last).all(|count| shade(count, most) == level));
                next = last + 1;
            }
            prop_assert_eq!(next, most + 1);
        }

        #[test]
        fn a_count_has_room_and_a_shade(count: u64, columns in 3usize..12) {
            prop_assert!(short(count, columns).len() <= columns);
            prop_assert_eq!(shade(count, u64::MAX) > 0, count > 0);
        }
    }
}
