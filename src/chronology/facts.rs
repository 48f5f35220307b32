//! What is indexed of an event: the answers that need no text read again.

use crate::when::Bounds;

use super::Status;

/// What is true or not true of an event by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Flag {
    /// Its source is vague about its date.
    Fuzzy,
    /// It has a date that is no interval.
    Point,
    /// Its date is an interval.
    Span,
    /// Its end is open, or its status says so.
    Ongoing,
    /// Its claims differ.
    Contested,
    /// Proposed by a program, looked at by nobody.
    Proposed,
    /// It has an end that is known.
    End,
    /// It has a place, or a position of its own.
    Place,
    /// It has a quote.
    Quote,
    /// It has a note by its editor.
    Note,
    /// It has a link to another event.
    Link,
    /// A source of it, or the document of one, has an address.
    Url,
    /// A source gives somebody's word rather than the document's own.
    Claim,
}

impl Flag {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::Fuzzy,
        Self::Point,
        Self::Span,
        Self::Ongoing,
        Self::Contested,
        Self::Proposed,
        Self::End,
        Self::Place,
        Self::Quote,
        Self::Note,
        Self::Link,
        Self::Url,
        Self::Claim,
    ];
}

/// A set of [`Flag`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u16);

impl Flags {
    /// The set with `flag` in it where `holds`.
    #[must_use]
    pub const fn with(self, flag: Flag, holds: bool) -> Self {
        if holds { Self(self.0 | 1 << flag as u16) } else { self }
    }

    /// Whether `flag` is in it.
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & 1 << flag as u16 != 0
    }
}

/// What is indexed of one event. Names are texts as read: an id, or a name that becomes one.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Where the event stands in its layer: a byte offset, or its place among those held in memory. Less than 2^48.
    pub offset: u64,
    /// A hash of its id, or, where it has none, of the record it is read from.
    pub hash: u32,
    /// What its date allows; `None`: undated.
    pub bounds: Option<&'a Bounds>,
    /// What is true of it.
    pub flags: Flags,
    /// Its status.
    pub status: Status,
    /// Its kind.
    pub kind: Option<&'a str>,
    /// Its actors, each with its role.
    pub actors: &'a [(&'a str, &'a str)],
    /// The parties that it names itself, beside those of its actors.
    pub parties: &'a [&'a str],
    /// Its places.
    pub places: &'a [&'a str],
    /// Its tags.
    pub tags: &'a [&'a str],
    /// The ids of the documents of its sources.
    pub documents: &'a [&'a str],
    /// Whose word its sources give; `None`: the document's own.
    pub voices: &'a [Option<&'a str>],
}
