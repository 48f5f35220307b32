//! The query language: text to filter, filter to text, what a filter says in words, and which events it fits.
//!
//! | file | owns |
//! |---|---|
//! | `ast` | the tree, kept in one form |
//! | `field` | the fields and the words they take |
//! | `parse` | text to tree, with faults that point and propose |
//! | `print` | tree to text: `parse(print(filter)) == filter` |
//! | `describe` | what a filter says, for people |
//! | `edit` | changing single terms, for the sidebar |
//! | `names` | which actors, parties, places a name means |
//! | `matcher` | how far a filter is true of an event |
//! | `highlight` | where its words stand in a text |
//! | `complete` | what may be meant by a query that is being typed |

mod ast;
mod complete;
mod describe;
mod dimension;
mod edit;
mod fault;
mod field;
mod highlight;
mod matcher;
mod names;
mod parse;
mod print;

#[cfg(test)]
mod samples;

use std::collections::HashSet;

use crate::chronology::Catalogue;
use crate::when::{TimeRange, When};
use ast::Node;

pub use complete::{Completion, complete};
pub use fault::QueryFault;
pub use field::{FIELDS, FieldInfo, ROLES};
pub(crate) use field::{NameField, Relation};
pub use highlight::Highlighter;
pub(crate) use matcher::{IGNORES_CASE, Set, Test};
pub use matcher::{Matcher, Part};
pub(crate) use names::Folded;

/// A filter: which events are shown. The empty one shows everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Its top-level terms: all of them must hold.
    pub(crate) terms: Vec<Node>,
}

/// The dimensions that events are counted and filtered by: the sidebar's sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// `party:`
    Party,
    /// `actor:`
    Actor,
    /// `kind:`
    Kind,
    /// `place:`
    Place,
    /// `tag:`
    Tag,
    /// `document:`
    Document,
    /// `status:`
    Status,
    /// `layer:`
    Layer,
}

impl Dimension {
    /// All of them, in the sidebar's order.
    pub const ALL: &'static [Self] = &[
        Self::Party,
        Self::Actor,
        Self::Kind,
        Self::Place,
        Self::Tag,
        Self::Document,
        Self::Status,
        Self::Layer,
    ];

    /// Those that lanes and rows are by, in the order in which they are offered.
    pub const SHARED: &'static [Self] =
        &[Self::Actor, Self::Party, Self::Place, Self::Kind, Self::Tag, Self::Document];

    /// The field of the query language.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Actor => "actor",
            Self::Kind => "kind",
            Self::Place => "place",
            Self::Tag => "tag",
            Self::Document => "document",
            Self::Status => "status",
            Self::Layer => "layer",
        }
    }
}

/// How a top-level term of one dimension stands to one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Not named.
    Unset,
    /// Asked for.
    Only,
    /// Left out.
    Excluded,
}

impl Filter {
    /// Reads a query. Dates in words become EDTF here; relative ones count from `today`.
    ///
    /// # Errors
    /// A [`QueryFault`] that points at the text.
    pub fn parse(text: &str, today: Option<&When>) -> Result<Self, QueryFault> {
        parse::parse(text, today).map(|terms| Self { terms })
    }

    /// Whether it shows everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// What a filter is matched against beside the events themselves.
pub struct Context<'a> {
    /// The names.
    pub catalogue: &'a Catalogue,
    /// The whole span of an event (`@id`); `None` where there is no such event or it is undated.
    pub span_of: &'a dyn Fn(&str) -> Option<TimeRange>,
    /// What is known of events beside what stands in them.
    pub noted: &'a Noted,
}

/// What is known of events beside what stands in them, for `is:marked` and `is:changed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Events marked by the reader, as (layer name, id).
    pub marked: HashSet<(String, String)>,
    /// Events changed since the file was opened, as (layer name, id).
    pub changed: HashSet<(String, String)>,
}
