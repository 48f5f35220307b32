//! The chronology document: one serde model for TOML and JSON. Keys it does not know are kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Keys a program does not know, kept in their order so that a round trip loses nothing.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// A whole chronology, as written in its file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chronology {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it is about, in a few sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The articles and files that were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// The sides that actors stand on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Who acts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Actor>,
    /// Where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// What happened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An article or file that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What it says of itself, or a description in brackets.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When, in EDTF; relative dates in its text are resolved against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where its text lies, relative to the chronology's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Its language, as in BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The editor's own words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The side or bloc an actor stands on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The editor's own words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A person, office, state, armed group, organisation or people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Other names, as sources write them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// person, office, state, organisation, armed group, people; other words are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The id of the party it stands on, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The parties it stands on for a time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub memberships: Vec<Membership>,
    /// The id of the actor it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// The editor's own words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// That an actor stands on a party during a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Membership {
    /// The party's id.
    pub party: String,
    /// When, in EDTF; absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub during: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Latitude in degrees, north positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude in degrees, east positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// The editor's own words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An event: when, who, where, and on whose word.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The editor's reading of when, in EDTF; absent: undated, or what the claims together allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The words for it in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// How the words were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<String>,
    /// What happened, in a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What happened, in a few sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// talks, attack, statement, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether it happened; absent: occurred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who, in which role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Participation>,
    /// Ids of parties beside those of its actors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Ids of places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Latitude of its own, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude of its own, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Free words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Anything else a source has; numbers are kept as their text.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// How it stands to other events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The passages it comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The editor's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether a reader looked at it; absent: accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// How sure a proposal is, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Why it is that sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_basis: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An actor in an event, in a role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Participation {
    /// The actor's id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// participant, agent, speaker, addressee, attacker, target, claimant, supporter, subject, mentioned;
    /// other words are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How an event stands to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// The other event's id.
    pub event: String,
    /// causes, follows, part-of, contradicts, same-as, about (from words to what they speak of); other words are kept.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub relation: String,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A passage that speaks of an event, and whose word it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The document's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Its words, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where the quote starts, in Unicode scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// Where it ends (exclusive), in Unicode scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// Whose word it is: an actor's id or a name; absent: the document's own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub according_to: Option<String>,
    /// What they do with it; absent: says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// The date this claim gives the event, in EDTF, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where there is no document: its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where there is no document: who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Keys not known here.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Defines an enum of words that are written in lower case, with its list and texts.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The words for them, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word for it, as written in a chronology.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

words! {
    /// Whether an event happened.
    Status {
        /// It happened.
        Occurred = "occurred",
        /// It goes on.
        Ongoing = "ongoing",
        /// Somebody means to do it.
        Planned = "planned",
        /// Somebody expects it.
        Expected = "expected",
        /// Somebody says it happened.
        Alleged = "alleged",
        /// Sources contradict each other about it.
        Disputed = "disputed",
    }
}

words! {
    /// What the one whose word it is does with a statement.
    Stance {
        /// Says it.
        Says = "says",
        /// Claims it.
        Claims = "claims",
        /// Confirms it.
        Confirms = "confirms",
        /// Denies it.
        Denies = "denies",
    }
}

words! {
    /// Whether a reader has looked at a proposed event.
    Review {
        /// Proposed by a program.
        Proposed = "proposed",
        /// Accepted by a reader.
        Accepted = "accepted",
        /// Rejected by a reader.
        Rejected = "rejected",
    }
}
