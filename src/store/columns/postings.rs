//! Which rows of a segment have a value.

use super::bits::{self, Bits};

/// A value that more than one in this many rows have is kept as bits, which then take less room than numbers.
const DENSE: u32 = 16;

/// What events are indexed by, beside their dates. Values are numbers; what they stand for is said at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Column {
    /// Actors in a role: [`in_role`] of the role's word and the actor's place in the catalogue.
    Actor,
    /// Parties through actors in a role, in the same way, and in the role [`OWN`] those that an event names
    /// itself.
    Party,
    /// Places, by their place in the catalogue.
    Place,
    /// Documents of the sources, by their place in the catalogue.
    Document,
    /// Kinds, by the number of their word.
    Kind,
    /// Tags, by the number of their word.
    Tag,
    /// Statuses, in the order of their list.
    Status,
    /// Roles that somebody is in, by the number of their word.
    Role,
    /// Whose word a source gives: 0 the document's own, else the number of the word and one.
    Voice,
    /// What is true of an event, in the order of [`Flag::ALL`](crate::chronology::Flag::ALL).
    Flag,
}

impl Column {
    /// All of them, in order.
    pub const ALL: [Self; COLUMNS] = [
        Self::Actor,
        Self::Party,
        Self::Place,
        Self::Document,
        Self::Kind,
        Self::Tag,
        Self::Status,
        Self::Role,
        Self::Voice,
        Self::Flag,
    ];
}

/// How many [`Column`]s there are.
const COLUMNS: usize = Column::Flag as usize + 1;

/// Stands for a role where an event names a party itself.
pub const OWN: u32 = u32::MAX;

/// The value of a column for something in a role.
pub const fn in_role(role: u32, index: u32) -> u64 {
    (role as u64) << 32 | index as u64
}

/// Role and index of a value made by [`in_role`].
pub const fn role_of(value: u64) -> (u32, u32) {
    ((value >> 32) as u32, value as u32)
}

/// The rows of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posting<'a> {
    /// Their numbers, in order.
    Sparse(&'a [u16]),
    /// One bit a row, as in [`Bits::words`].
    Dense(&'a [u64]),
}

impl Posting<'_> {
    /// Adds the rows to a set.
    pub fn add_to(self, bits: &mut Bits) {
        match self {
            Self::Sparse(rows) => rows.iter().for_each(|row| bits.insert(u32::from(*row))),
            Self::Dense(words) => bits.or_words(words),
        }
    }

    /// How many rows there are.
    pub fn count(self) -> u32 {
        match self {
            Self::Sparse(rows) => rows.len() as u32,
            Self::Dense(words) => bits::ones(words),
        }
    }

    /// How many of the rows are in a set.
    pub fn count_and(self, bits: &Bits) -> u32 {
        match self {
            Self::Sparse(rows) => rows.iter().map(|row| u32::from(bits.contains(u32::from(*row)))).sum(),
            Self::Dense(words) => bits.count_and(words),
        }
    }

    /// Calls `each` with every row, in order.
    pub fn each(self, mut each: impl FnMut(u32)) {
        match self {
            Self::Sparse(rows) => rows.iter().for_each(|row| each(u32::from(*row))),
            Self::Dense(words) => bits::Rows::of(words).for_each(each),
        }
    }
}

/// Lists of rows, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists {
    /// Where each list begins in `sparse`, and where the last one ends. A dense one has no room there.
    pub(super) starts: Vec<u32>,
    pub(super) sparse: Vec<u16>,
    /// Which lists are dense, in order.
    pub(super) dense: Vec<u32>,
    /// How many words a dense list has.
    pub(super) width: usize,
    pub(super) words: Vec<u64>,
}

impl Lists {
    /// No lists yet, for a segment of so many rows.
    pub(super) fn new(rows: u32) -> Self {
        Self { starts: vec![0], width: Bits::new(rows).words().len(), ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Adds a list as it is.
    pub(super) fn push(&mut self, posting: Posting<'_>) {
        match posting {
            Posting::Sparse(rows) => self.sparse.extend_from_slice(rows),
            Posting::Dense(words) => {
                self.dense.push(self.len() as u32);
                self.words.extend_from_slice(words);
            }
        }
        self.starts.push(self.sparse.len() as u32);
    }

    /// Adds the rows of a set, as bits or as numbers.
    pub(super) fn push_bits(&mut self, bits: &Bits) {
        if is_dense(bits.count(), bits.rows()) {
            return self.push(Posting::Dense(bits.words()));
        }
        self.sparse.extend(bits.iter().map(|row| row as u16));
        self.starts.push(self.sparse.len() as u32);
    }

    /// Adds rows in order, as bits or as numbers.
    pub(super) fn push_rows(&mut self, rows: &[u16], of: u32) {
        if !is_dense(rows.len() as u32, of) {
            return self.push(Posting::Sparse(rows));
        }
        let mut bits = Bits::new(of);
        Posting::Sparse(rows).add_to(&mut bits);
        self.push(Posting::Dense(bits.words()));
    }

    /// The list at a place; beyond the last an empty one.
    pub(super) fn get(&self, at: usize) -> Posting<'_> {
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return Posting::Sparse(&[]);
        };
        if from == to
            && let Ok(dense) = self.dense.binary_search(&(at as u32))
        {
            let from = dense * self.width;
            return Posting::Dense(self.words.get(from..from + self.width).unwrap_or(&[]));
        }
        Posting::Sparse(self.sparse.get(*from as usize..*to as usize).unwrap_or(&[]))
    }

    /// Gives back what was reserved and not used.
    fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.sparse.shrink_to_fit();
        self.dense.shrink_to_fit();
        self.words.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        4 * (self.starts.capacity() + self.dense.capacity())
            + 2 * self.sparse.capacity()
            + 8 * self.words.capacity()
    }
}

/// Whether bits take less room than numbers.
fn is_dense(count: u32, of: u32) -> bool {
    count > of / DENSE
}

/// All values of all columns of a segment, with their rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Postings {
    /// Where the values of each column begin, and where those of the last one end.
    columns: [u32; COLUMNS + 1],
    /// The values, in order within each column.
    values: Box<[u64]>,
    lists: Lists,
}

impl Postings {
    /// From values in order of column and value, each once, with a list for each.
    pub(super) fn new(values: &[(Column, u64)], mut lists: Lists) -> Self {
        let mut columns = [0; COLUMNS + 1];
        for (at, start) in columns.iter_mut().enumerate() {
            *start = values.partition_point(|(column, _)| (*column as usize) < at) as u32;
        }
        lists.shrink();
        Self { columns, values: values.iter().map(|(_, value)| *value).collect(), lists }
    }

    fn range(&self, column: Column) -> std::ops::Range<usize> {
        let at = column as usize;
        self.columns[at] as usize..self.columns[at + 1] as usize
    }

    /// The rows that have a value; `None`: none has.
    pub(super) fn get(&self, column: Column, value: u64) -> Option<Posting<'_>> {
        let range = self.range(column);
        let at = self.values.get(range.clone())?.binary_search(&value).ok()?;
        Some(self.lists.get(range.start + at))
    }

    /// The values of a column that some row has, in order, with those rows.
    pub(super) fn values(&self, column: Column) -> impl Iterator<Item = (u64, Posting<'_>)> {
        self.range(column).filter_map(|at| Some((*self.values.get(at)?, self.lists.get(at))))
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        size_of_val::<[u64]>(&self.values) + self.lists.bytes()
    }
}
