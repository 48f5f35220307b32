//! How far a filter is true of an event, in Kleene's three values. Names are looked up and expressions
//! compiled once; what is left for each event is comparing numbers and, for words, its texts.

mod compile;
mod test;

use crate::chronology::{Catalogue, Entry};
use crate::query::ast::{Name, Node, Term, TimeValue};
use crate::query::field::{Is, NameField};
use crate::query::{Context, Filter, Noted};
use crate::when::{Certainty, Instant, TimeRange};
use compile::Compiler;
pub use test::Part;
pub(crate) use test::{Set, Test};

/// A filter made ready for a catalogue.
pub struct Matcher {
    test: Test,
    /// `is:certain`: hides what the rest leaves possible.
    only_certain: bool,
    unknown: Vec<(String, Option<String>)>,
}

impl Matcher {
    /// Looks up the filter's names once.
    pub fn new(filter: &Filter, context: &Context<'_>) -> Self {
        let mut compiler = Compiler::new(context);
        let is_certain = |node: &Node| *node == Node::Term(Term::Certain);
        let rest = filter.terms.iter().filter(|node| !is_certain(node));
        let test = Test::all(rest.map(|node| compiler.node(node)).collect());
        let only_certain = filter.terms.iter().any(is_certain);
        Self { test, only_certain, unknown: compiler.unknown }
    }

    /// How far the filter is true of an event; [`Certainty::Not`] hides it.
    pub fn certainty(&self, catalogue: &Catalogue, entry: &Entry) -> Certainty {
        match self.test.certainty(catalogue, entry) {
            Certainty::Possible if self.only_certain => Certainty::Not,
            certainty => certainty,
        }
    }

    /// What it asks of each event, for a store that knows answers for many at once.
    pub(crate) fn test(&self) -> &Test {
        &self.test
    }

    /// Whether what is only possible is hidden.
    pub(crate) fn only_certain(&self) -> bool {
        self.only_certain
    }

    /// Values that name nothing in the catalogue, with the nearest that do:
    /// (as written with its field, nearest with its field).
    pub fn unknown(&self) -> &[(String, Option<String>)] {
        &self.unknown
    }
}

impl Filter {
    /// Values that name nothing in the catalogue, with the nearest that do, as in [`Matcher::unknown`]. Events that
    /// the filter refers to (`@id`) are the store's to know and not looked for.
    pub fn unknown(&self, catalogue: &Catalogue) -> Vec<(String, Option<String>)> {
        let none = Noted::default();
        let always = TimeRange { first: Instant::PAST, last: Instant::FUTURE };
        let context = Context { catalogue, span_of: &|_| Some(always), noted: &none };
        Matcher::new(self, &context).unknown().to_vec()
    }

    /// The events that it names (`in:@talks`, `id:talks`): what stands before an id, and the id.
    pub fn events(&self) -> Vec<(&'static str, &str)> {
        let mut events = Vec::new();
        for node in &self.terms {
            named_events(node, &mut events);
        }
        events
    }
}

impl Filter {
    /// Whether it asks for what only the reader's notes or the file's changes tell.
    pub fn asks_what_is_noted(&self) -> bool {
        self.terms.iter().any(asks_what_is_noted)
    }
}

fn asks_what_is_noted(node: &Node) -> bool {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(asks_what_is_noted),
        Node::Not(node) => asks_what_is_noted(node),
        Node::Term(Term::Is(values)) => values.iter().any(|is| matches!(is, Is::Marked | Is::Changed)),
        Node::Term(_) => false,
    }
}

fn named_events<'q>(node: &'q Node, events: &mut Vec<(&'static str, &'q str)>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| named_events(node, events)),
        Node::Not(node) => named_events(node, events),
        Node::Term(Term::Time { values, .. }) => {
            events.extend(values.iter().filter_map(|value| match value {
                TimeValue::Event(id) => Some(("@", id.as_str())),
                TimeValue::Date(_) => None,
            }));
        }
        Node::Term(Term::Names { field: NameField::Id, values }) => {
            events.extend(values.iter().filter_map(Name::as_plain).map(|id| ("id:", id)));
        }
        Node::Term(_) => {}
    }
}

/// A regular expression of a query: it ignores case unless it says `(?-i)`, and may not grow beyond a megabyte.
pub(super) fn regex(pattern: &str) -> Result<regex::Regex, regex::Error> {
    const MOST_BYTES: usize = 1 << 20;
    regex::RegexBuilder::new(pattern)
        .case_insensitive(IGNORES_CASE)
        .size_limit(MOST_BYTES)
        .dfa_size_limit(MOST_BYTES)
        .build()
}

/// Whether a regular expression of a query that does not say so ignores case.
pub(crate) const IGNORES_CASE: bool = true;

#[cfg(test)]
mod tests;
