//! What a query says, as a tree. The constructors here keep it in one form, so that a filter is equal to what
//! its text is read as: no *and* directly in an *and*, no *or* directly in an *or*, no *not* of a *not*.

use super::Dimension;
use super::field::{Has, Is, NameField, Relation};
use crate::when::When;

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// All of these (two or more).
    All(Vec<Node>),
    /// Any of these (two or more).
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One term.
    Term(Term),
}

/// A term of a query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    /// A word or phrase somewhere in a text, as written.
    Text(String),
    /// A regular expression on a text, without its slashes and with `\/` read as `/`.
    Regex(String),
    /// `actor:a,b`: any of these names.
    Names { field: NameField, values: Vec<Name> },
    /// `fields.NAME:…`: any of these.
    Fields { name: String, values: Vec<Comparison> },
    /// `in:…`: any of these times.
    Time { relation: Relation, values: Vec<TimeValue> },
    /// `is:…`: any of these.
    Is(Vec<Is>),
    /// `has:…`: any of these.
    Has(Vec<Has>),
    /// `is:certain`; only among the top-level terms.
    Certain,
}

/// A value of a field that holds names or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// `=`: without what is part of it.
    pub alone: bool,
    /// Which names.
    pub pattern: Pattern,
    /// `@role`.
    pub role: Option<String>,
}

/// Which names are meant. All comparisons are folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// The id, name or alias.
    Exactly(String),
    /// `halden*`
    Prefix(String),
    /// `*marovic*`
    Anywhere(String),
    /// `by:none`: the document's own voice.
    Nobody,
}

/// A value of a field of `fields`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// A word.
    Like(Pattern),
    /// `=`: equal as numbers or, where either is none, as words.
    Equal(String),
    /// `>10`: the text of the number.
    Order(Order, String),
}

/// How a number compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Greater,
    AtLeast,
    Less,
    AtMost,
}

impl Order {
    pub(crate) const ALL: [(Self, &str); 4] =
        [(Self::AtLeast, ">="), (Self::AtMost, "<="), (Self::Greater, ">"), (Self::Less, "<")];

    /// Whether `left` stands so to `right`.
    pub(crate) fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
        }
    }
}

/// A number as people write it in a field: no infinity, no `NaN`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

/// A value of a field on time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TimeValue {
    /// A date.
    Date(When),
    /// The whole span of the event with this id.
    Event(String),
}

impl Name {
    /// Exactly this name, in any role, with its parts.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { alone: false, pattern: Pattern::Exactly(text.into()), role: None }
    }

    /// The name, where it is plain.
    pub(crate) fn as_plain(&self) -> Option<&str> {
        match self {
            Self { alone: false, pattern: Pattern::Exactly(text), role: None } => Some(text),
            _ => None,
        }
    }
}

impl Node {
    /// All of these.
    pub(crate) fn all(nodes: Vec<Self>) -> Self {
        let parts = nodes.into_iter().flat_map(|node| match node {
            Self::All(parts) => parts,
            other => vec![other],
        });
        Self::single(parts.collect(), Self::All)
    }

    /// Any of these.
    pub(crate) fn any(nodes: Vec<Self>) -> Self {
        let parts = nodes.into_iter().flat_map(|node| match node {
            Self::Any(parts) => parts,
            other => vec![other],
        });
        Self::single(parts.collect(), Self::Any)
    }

    /// The one part there is, or all of them together.
    fn single(mut parts: Vec<Self>, many: fn(Vec<Self>) -> Self) -> Self {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                many(parts)
            }
            None => many(parts),
        }
    }

    /// Not this.
    pub(crate) fn not(node: Self) -> Self {
        match node {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The dimension, the names and whether they are left out, where this is a plain term that a check box
    /// can stand for: names of one dimension without wildcard, `=` and role, or *not* of such.
    pub(crate) fn as_choice(&self) -> Option<(Dimension, Vec<&str>, bool)> {
        let (term, excluded) = match self {
            Self::Term(term) => (term, false),
            Self::Not(inner) => match &**inner {
                Self::Term(term) => (term, true),
                _ => return None,
            },
            _ => return None,
        };
        match term {
            Term::Names { field: NameField::Of(dimension), values } => {
                let names: Option<Vec<&str>> = values.iter().map(Name::as_plain).collect();
                Some((*dimension, names?, excluded))
            }
            _ => None,
        }
    }

    /// A plain term that a check box can stand for.
    pub(crate) fn choice(dimension: Dimension, names: Vec<String>, excluded: bool) -> Self {
        let values = names.into_iter().map(Name::plain).collect();
        let term = Self::Term(Term::Names { field: NameField::Of(dimension), values });
        if excluded { Self::not(term) } else { term }
    }
}
