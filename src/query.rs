//! The query language: text to filter, filter to text, what a filter says in words, and which events it fits.

use std::collections::HashSet;
use std::ops::Range;

use crate::chronology::{Catalogue, Entry};
use crate::when::{Certainty, TimeRange, When};

/// A filter: which events are shown. The empty one shows everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub(crate) terms: Vec<()>,
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

/// Why a text is no query: the byte, and a proposal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryFault {
    /// The bytes of the text that are meant.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// A proposal.
    pub hint: Option<String>,
}

impl Filter {
    /// Reads a query. Dates in words become EDTF here; relative ones count from `today`.
    ///
    /// # Errors
    /// A [`QueryFault`] that points at the text.
    pub fn parse(_text: &str, _today: Option<&When>) -> Result<Self, QueryFault> {
        todo!()
    }

    /// Whether it shows everything.
    pub fn is_empty(&self) -> bool {
        todo!()
    }

    /// What it says, in words, with names from the catalogue where it has them.
    pub fn describe(&self, _catalogue: &Catalogue) -> String {
        todo!()
    }

    /// Both this and `other`.
    #[must_use]
    pub fn and(&self, _other: &Self) -> Self {
        todo!()
    }

    /// Its top-level terms, each as a filter of its own.
    pub fn terms(&self) -> Vec<Self> {
        todo!()
    }

    /// The same without its `index`-th top-level term.
    #[must_use]
    pub fn without_term(&self, _index: usize) -> Self {
        todo!()
    }

    /// The same without its top-level terms of a dimension (for facets).
    #[must_use]
    pub fn without_dimension(&self, _dimension: Dimension) -> Self {
        todo!()
    }

    /// How its top-level terms stand to a value (an id) of a dimension.
    pub fn choice(&self, _dimension: Dimension, _value: &str) -> Choice {
        todo!()
    }

    /// The same with that value chosen so. `Only` adds to other values asked for of the dimension
    /// (`party:a,b`); other terms are left untouched.
    #[must_use]
    pub fn with_choice(&self, _dimension: Dimension, _value: &str, _choice: Choice) -> Self {
        todo!()
    }

    /// The terms that are not plain top-level dimension terms (what the sidebar shows as one line).
    #[must_use]
    pub fn rest(&self) -> Self {
        todo!()
    }
}

impl std::fmt::Display for Filter {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        todo!()
    }
}

/// What a filter is matched against beside the events themselves.
pub struct Context<'a> {
    /// The names.
    pub catalogue: &'a Catalogue,
    /// The whole span of an event (`@id`); `None` where there is no such event or it is undated.
    pub span_of: &'a dyn Fn(&str) -> Option<TimeRange>,
    /// Events marked by the reader, as (layer name, id).
    pub marked: &'a HashSet<(String, String)>,
    /// Events changed since the file was opened, as (layer name, id).
    pub changed: &'a HashSet<(String, String)>,
}

/// A filter made ready for a catalogue.
pub struct Matcher {
    _private: (),
}

impl Matcher {
    /// Looks up the filter's names once.
    pub fn new(_filter: &Filter, _context: &Context<'_>) -> Self {
        todo!()
    }

    /// How far the filter is true of an event; [`Certainty::Not`] hides it.
    pub fn certainty(&self, _catalogue: &Catalogue, _entry: &Entry) -> Certainty {
        todo!()
    }

    /// Values that name nothing in the catalogue, with the nearest that do:
    /// (as written with its field, nearest with its field).
    pub fn unknown(&self) -> &[(String, Option<String>)] {
        todo!()
    }
}

/// Finds the words of a filter in a text, to highlight them.
#[derive(Clone, Debug, Default)]
pub struct Highlighter {
    _private: (),
}

impl Highlighter {
    /// Takes the bare words, phrases and regular expressions of a filter.
    pub fn new(_filter: &Filter) -> Self {
        todo!()
    }

    /// The byte ranges in `text` (at character borders) where they occur, in order, not overlapping.
    pub fn ranges(&self, _text: &str) -> Vec<Range<usize>> {
        todo!()
    }
}

/// A proposal for completing a query at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes to replace.
    pub replace: Range<usize>,
    /// What with.
    pub insert: String,
    /// What it means, for the list.
    pub label: String,
}

/// Completions of fields and names at byte `cursor` of a query, best first.
pub fn complete(_text: &str, _cursor: usize, _catalogue: &Catalogue) -> Vec<Completion> {
    todo!()
}
