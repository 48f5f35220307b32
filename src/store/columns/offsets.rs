//! Where the rows of a segment stand in their layer.

/// Offsets in as few bytes as they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offsets {
    /// Bytes after the first number.
    Narrow(u64, Box<[u32]>),
    /// As they are.
    Wide(Box<[u64]>),
}

impl Offsets {
    pub(super) fn new(all: impl Iterator<Item = u64> + Clone) -> Self {
        let base = all.clone().min().unwrap_or(0);
        let narrow = all.clone().map(|offset| u32::try_from(offset - base).ok());
        match narrow.collect::<Option<Box<[u32]>>>() {
            Some(narrow) => Self::Narrow(base, narrow),
            None => Self::Wide(all.collect()),
        }
    }

    pub(super) fn get(&self, row: u32) -> Option<u64> {
        match self {
            Self::Narrow(base, list) => list.get(row as usize).map(|offset| base + u64::from(*offset)),
            Self::Wide(list) => list.get(row as usize).copied(),
        }
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Narrow(_, list) => size_of_val::<[u32]>(list),
            Self::Wide(list) => size_of_val::<[u64]>(list),
        }
    }
}
