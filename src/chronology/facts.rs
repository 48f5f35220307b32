//! What is indexed of an event: the answers that need no text read again.

use crate::when::{Bounds, When};

use super::{Catalogue, Entry, Position, Review, Status};

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
    /// Looked at, and found wrong.
    Rejected,
}

impl Flag {
    /// All of them, in order.
    pub const ALL: [Self; 14] = [
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
        Self::Rejected,
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

    /// One bit for each flag, the first of [`Flag::ALL`] the lowest.
    pub const fn bits(self) -> u32 {
        self.0 as u32
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
    /// Where it says itself that it was, beside its places.
    pub position: Option<Position>,
    /// The ids of the documents of its sources.
    pub documents: &'a [&'a str],
    /// Whose word its sources give; `None`: the document's own.
    pub voices: &'a [Option<&'a str>],
}

/// A hash of some bytes, for [`Facts::hash`]: the same on every machine and in every version, since it is kept
/// in files. Not proof against those who want two texts to have the same.
pub fn hash(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(FACTOR);
        hash ^ hash >> 29
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    (mix(mix(hash, rest), FACTOR) >> 32) as u32
}

/// What is indexed of an entry, with the lists that [`Facts`] refers to.
#[derive(Clone, Debug)]
pub struct EntryFacts<'e> {
    entry: &'e Entry,
    flags: Flags,
    actors: Vec<(&'e str, &'e str)>,
    parties: Vec<&'e str>,
    places: Vec<&'e str>,
    tags: Vec<&'e str>,
    documents: Vec<&'e str>,
    voices: Vec<Option<&'e str>>,
}

impl<'e> EntryFacts<'e> {
    /// Looks an entry's names up.
    pub fn new(entry: &'e Entry, catalogue: &'e Catalogue) -> Self {
        let event = &entry.event;
        let own = event.parties.iter().filter(|id| catalogue.party_by_id(id).is_some());
        Self {
            entry,
            flags: entry.flags(catalogue),
            actors: (entry.cast.iter())
                .map(|cast| (catalogue.actor(cast.actor).actor.id.as_str(), cast.role.as_str()))
                .collect(),
            parties: own.map(String::as_str).collect(),
            places: entry.places.iter().map(|place| catalogue.place(*place).id.as_str()).collect(),
            tags: event.tags.iter().map(String::as_str).collect(),
            documents: (entry.documents.iter())
                .map(|document| catalogue.document(*document).document.id.as_str())
                .collect(),
            voices: event.sources.iter().map(|source| source.according_to.as_deref()).collect(),
        }
    }

    /// The facts of the entry, which stands at `offset` in its layer.
    pub fn facts(&self, offset: u64) -> Facts<'_> {
        let event = &self.entry.event;
        Facts {
            offset,
            hash: hash(event.id.as_bytes()),
            bounds: self.entry.bounds.as_ref(),
            flags: self.flags,
            actors: &self.actors,
            parties: &self.parties,
            places: &self.places,
            position: event.position(),
            kind: event.kind.as_deref(),
            tags: &self.tags,
            status: self.entry.status(),
            documents: &self.documents,
            voices: &self.voices,
        }
    }
}

impl Entry {
    /// All that is true of the event by itself.
    pub fn flags(&self, catalogue: &Catalogue) -> Flags {
        Flag::ALL.into_iter().fold(Flags::default(), |flags, flag| flags.with(flag, self.is(flag, catalogue)))
    }

    /// Whether a flag is true of the event.
    pub fn is(&self, flag: Flag, catalogue: &Catalogue) -> bool {
        let Self { event, when, .. } = self;
        let when = when.as_ref();
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        match flag {
            Flag::Fuzzy => when.is_some_and(When::is_fuzzy),
            Flag::Point => when.is_some_and(|when| !when.is_interval()),
            Flag::Span => when.is_some_and(When::is_interval),
            Flag::Ongoing => self.status() == Status::Ongoing || when.is_some_and(When::has_open_end),
            Flag::Contested => self.contested,
            Flag::Proposed => event.review == Some(Review::Proposed),
            Flag::Rejected => event.review == Some(Review::Rejected),
            Flag::End => {
                when.is_some_and(|when| when.is_interval() && !when.has_open_end() && !when.has_unknown_end())
            }
            Flag::Place => !self.places.is_empty() || (event.lat.is_some() && event.lon.is_some()),
            Flag::Quote => event.sources.iter().any(|source| filled(&source.quote)),
            Flag::Note => filled(&event.note),
            Flag::Link => !event.links.is_empty(),
            Flag::Url => {
                event.sources.iter().any(|source| filled(&source.url))
                    || (self.documents.iter())
                        .any(|document| filled(&catalogue.document(*document).document.url))
            }
            Flag::Claim => event.sources.iter().any(|source| filled(&source.according_to)),
        }
    }
}
