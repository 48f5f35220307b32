//! Sets of rows of one segment.

use std::ops::Range;

/// How many rows one word holds.
const WORD: u32 = u64::BITS;

/// How many words one count of [`Ranked`] covers.
const BLOCK: u32 = 8;

/// A set of the rows 0 to `rows` (exclusive) of one segment, one bit each. Rows beyond are never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    rows: u32,
    /// Bits beyond `rows` are never set, so that counting needs no mask.
    words: Box<[u64]>,
}

impl Bits {
    /// The empty set of `rows` rows.
    pub fn new(rows: u32) -> Self {
        Self { rows, words: vec![0; rows.div_ceil(WORD) as usize].into_boxed_slice() }
    }

    /// The set of all `rows` rows.
    pub fn full(rows: u32) -> Self {
        let mut bits = Self::new(rows);
        bits.insert_range(0..rows);
        bits
    }

    /// How many rows there are, in the set or not.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The words, the first row in the lowest bit of the first.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Adds a row.
    pub fn insert(&mut self, row: u32) {
        if row < self.rows
            && let Some(word) = self.words.get_mut((row / WORD) as usize)
        {
            *word |= 1 << (row % WORD);
        }
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut((row / WORD) as usize) {
            *word &= !(1 << (row % WORD));
        }
    }

    /// Whether a row is in it.
    pub fn contains(&self, row: u32) -> bool {
        self.words.get((row / WORD) as usize).is_some_and(|word| word >> (row % WORD) & 1 == 1)
    }

    /// Adds the rows of a range, as far as there are such.
    pub fn insert_range(&mut self, range: Range<u32>) {
        each_word(range.start..range.end.min(self.rows), |at, mask| {
            if let Some(word) = self.words.get_mut(at) {
                *word |= mask;
            }
        });
    }

    /// Takes the rows of a range out.
    pub fn remove_range(&mut self, range: Range<u32>) {
        each_word(range.start..range.end.min(self.rows), |at, mask| {
            if let Some(word) = self.words.get_mut(at) {
                *word &= !mask;
            }
        });
    }

    /// Keeps only the rows that are in `other` too.
    pub fn and(&mut self, other: &Self) {
        // Where `other` speaks of fewer rows, those beyond are not in it.
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    /// Adds the rows of `other`.
    pub fn or(&mut self, other: &Self) {
        self.or_words(&other.words);
    }

    /// Adds the rows of other words of the same segment.
    pub fn or_words(&mut self, words: &[u64]) {
        self.words.iter_mut().zip(words).for_each(|(word, other)| *word |= other);
        self.trim();
    }

    /// Takes the rows of `other` out.
    pub fn and_not(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// Turns it into the set of the rows that were not in it.
    pub fn not(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
    }

    /// How many rows are in it.
    pub fn count(&self) -> u32 {
        ones(&self.words)
    }

    /// How many rows of a range are in it.
    pub fn count_range(&self, range: Range<u32>) -> u32 {
        let mut count = 0;
        each_word(range.start..range.end.min(self.rows), |at, mask| {
            count += self.words.get(at).map_or(0, |word| (word & mask).count_ones());
        });
        count
    }

    /// How many rows are both in it and in `words`.
    pub fn count_and(&self, words: &[u64]) -> u32 {
        self.words.iter().zip(words).map(|(word, other)| (word & other).count_ones()).sum()
    }

    /// Whether no row is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The first row in it from `from` on.
    pub fn next(&self, from: u32) -> Option<u32> {
        let first = (from / WORD) as usize;
        let words = self.words.get(first..)?;
        let mut mask = u64::MAX << (from % WORD);
        for (at, word) in words.iter().enumerate() {
            let word = word & mask;
            if word != 0 {
                return Some((first + at) as u32 * WORD + word.trailing_zeros());
            }
            mask = u64::MAX;
        }
        None
    }

    /// The last row in it before `before`.
    pub fn previous(&self, before: u32) -> Option<u32> {
        let last = before.min(self.rows).checked_sub(1)?;
        let words = self.words.get(..=(last / WORD) as usize)?;
        let mut mask = u64::MAX >> (WORD - 1 - last % WORD);
        for (at, word) in words.iter().enumerate().rev() {
            let word = word & mask;
            if word != 0 {
                return Some(at as u32 * WORD + WORD - 1 - word.leading_zeros());
            }
            mask = u64::MAX;
        }
        None
    }

    /// The rows in it, in order.
    pub fn iter(&self) -> Rows<'_> {
        Rows::of(&self.words)
    }

    /// Clears the bits beyond the last row.
    fn trim(&mut self) {
        let beyond = self.rows % WORD;
        if beyond != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= u64::MAX >> (WORD - beyond);
        }
    }
}

impl<'a> IntoIterator for &'a Bits {
    type Item = u32;
    type IntoIter = Rows<'a>;

    fn into_iter(self) -> Rows<'a> {
        self.iter()
    }
}

/// The rows of a set, in order.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    words: &'a [u64],
    at: usize,
    /// What is left of the word at `at`.
    left: u64,
}

impl<'a> Rows<'a> {
    pub(super) fn of(words: &'a [u64]) -> Self {
        Self { words, at: 0, left: words.first().copied().unwrap_or(0) }
    }
}

impl Iterator for Rows<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.left == 0 {
            self.at += 1;
            self.left = *self.words.get(self.at)?;
        }
        let bit = self.left.trailing_zeros();
        self.left &= self.left - 1;
        Some(self.at as u32 * WORD + bit)
    }
}

/// Calls `each` with every word that a range of rows touches and the bits of the range in it.
fn each_word(range: Range<u32>, mut each: impl FnMut(usize, u64)) {
    let Range { start, end } = range;
    if start >= end {
        return;
    }
    let (first, last) = (start / WORD, (end - 1) / WORD);
    for at in first..=last {
        let mut mask = u64::MAX;
        if at == first {
            mask &= u64::MAX << (start % WORD);
        }
        if at == last {
            mask &= u64::MAX >> (WORD - 1 - (end - 1) % WORD);
        }
        each(at as usize, mask);
    }
}

/// How many bits are set.
pub(super) fn ones(words: &[u64]) -> u32 {
    words.iter().map(|word| word.count_ones()).sum()
}

/// A set that says at once how many of its rows come before a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    bits: Bits,
    /// How many rows of the set come before each block of [`BLOCK`] words, and in the end all.
    before: Box<[u32]>,
}

impl Ranked {
    /// Counts a set once.
    pub fn new(bits: Bits) -> Self {
        let mut total = 0;
        let mut before = vec![0];
        for block in bits.words.chunks(BLOCK as usize) {
            total += ones(block);
            before.push(total);
        }
        Self { bits, before: before.into_boxed_slice() }
    }

    /// The set.
    pub fn bits(&self) -> &Bits {
        &self.bits
    }

    /// How many rows are in it.
    pub fn count(&self) -> u32 {
        self.before.last().copied().unwrap_or(0)
    }

    /// How many rows before `row` are in it.
    pub fn rank(&self, row: u32) -> u32 {
        let row = row.min(self.bits.rows);
        let block = row / (WORD * BLOCK);
        let before = self.before.get(block as usize).copied().unwrap_or(0);
        before + self.bits.count_range(block * WORD * BLOCK..row)
    }

    /// How many rows of a range are in it.
    pub fn count_range(&self, range: Range<u32>) -> u32 {
        self.rank(range.end).saturating_sub(self.rank(range.start))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn of(rows: u32, members: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::new(rows);
        for row in members {
            bits.insert(*row);
        }
        bits
    }

    fn members(bits: &Bits) -> BTreeSet<u32> {
        bits.iter().collect()
    }

    /// How many rows, and three sets of numbers, some beyond the rows.
    fn sets() -> impl Strategy<Value = (u32, BTreeSet<u32>, BTreeSet<u32>, Range<u32>)> {
        (0u32..1300).prop_flat_map(|rows| {
            let some = || proptest::collection::btree_set(0..rows + 70, 0..200);
            (Just(rows), some(), some(), (0..rows + 70, 0..rows + 70).prop_map(|(a, b)| a..b))
        })
    }

    proptest! {
        #[test]
        fn a_set_of_rows_is_a_set((rows, a, b, range) in sets()) {
            let inside = |set: &BTreeSet<u32>| -> BTreeSet<u32> { set.range(..rows).copied().collect() };
            let (bits, other) = (of(rows, &a), of(rows, &b));
            let (a, b) = (inside(&a), inside(&b));
            let in_range = |row: &u32| range.contains(row);
            prop_assert_eq!(members(&bits), a.clone());
            prop_assert_eq!(bits.count() as usize, a.len());
            prop_assert_eq!(bits.is_empty(), a.is_empty());
            prop_assert_eq!(bits.count_range(range.clone()) as usize, a.iter().filter(|row| in_range(row)).count());
            prop_assert_eq!(bits.count_and(other.words()) as usize, a.intersection(&b).count());
            let after = |change: &dyn Fn(&mut Bits)| {
                let mut bits = bits.clone();
                change(&mut bits);
                members(&bits)
            };
            prop_assert_eq!(after(&|bits| bits.and(&other)), &a & &b);
            prop_assert_eq!(after(&|bits| bits.or(&other)), &a | &b);
            prop_assert_eq!(after(&|bits| bits.and_not(&other)), &a - &b);
            prop_assert_eq!(after(&Bits::not), (0..rows).filter(|row| !a.contains(row)).collect());
            let ranged: BTreeSet<u32> = (0..rows).filter(|row| in_range(row)).collect();
            prop_assert_eq!(after(&|bits| bits.insert_range(range.clone())), &a | &ranged);
            prop_assert_eq!(after(&|bits| bits.remove_range(range.clone())), &a - &ranged);
            prop_assert_eq!(after(&|bits| b.iter().for_each(|row| bits.remove(*row))), &a - &b);
            for row in [range.start, range.end, 0, rows] {
                prop_assert_eq!(bits.contains(row), a.contains(&row));
                prop_assert_eq!(bits.next(row), a.range(row..).next().copied());
                prop_assert_eq!(bits.previous(row), a.range(..row).next_back().copied());
            }
        }

        #[test]
        fn ranks_are_counts((rows, a, _, range) in sets()) {
            let bits = of(rows, &a);
            let ranked = Ranked::new(bits.clone());
            prop_assert_eq!(ranked.count(), bits.count());
            for row in [range.start, range.end, 0, rows] {
                prop_assert_eq!(ranked.rank(row), bits.count_range(0..row));
            }
            prop_assert_eq!(ranked.count_range(range.clone()), bits.count_range(range));
        }
    }

    #[test]
    fn a_full_set_has_every_row() {
        for rows in [0, 1, 63, 64, 65, 65_536] {
            assert_eq!(Bits::full(rows).count(), rows);
            assert_eq!(Ranked::new(Bits::full(rows)).rank(u32::MAX), rows);
        }
    }
}
