//! A filter's tree made into tests: names looked up, expressions compiled, spans of events fetched.

use super::test::{Expression, Marks, Set, Test};
use crate::chronology::Status;
use crate::chronology::facts::Flag;
use crate::query::ast::{Comparison, Name, Node, Pattern, Term, TimeValue, number};
use crate::query::field::{Has, Is, NameField, Relation};
use crate::query::names::{self, Folded};
use crate::query::{Context, Dimension};
use crate::text::fold::fold;
use crate::text::nearest::nearest;
use crate::when::{Instant, TimeRange};

pub(super) struct Compiler<'c> {
    context: &'c Context<'c>,
    /// What names nothing, with the nearest that does.
    pub(super) unknown: Vec<(String, Option<String>)>,
}

impl<'c> Compiler<'c> {
    pub(super) fn new(context: &'c Context<'c>) -> Self {
        Self { context, unknown: Vec::new() }
    }

    pub(super) fn node(&mut self, node: &Node) -> Test {
        match node {
            Node::All(nodes) => Test::all(nodes.iter().map(|node| self.node(node)).collect()),
            Node::Any(nodes) => Test::any(nodes.iter().map(|node| self.node(node)).collect()),
            Node::Not(node) => Test::Not(Box::new(self.node(node))),
            Node::Term(term) => self.term(term),
        }
    }

    fn term(&mut self, term: &Term) -> Test {
        match term {
            Term::Text(text) => Test::Text(fold(text)),
            Term::Regex(pattern) => Test::Regex(Expression::new(pattern)),
            Term::Names { field, values } => {
                Test::any(values.iter().map(|value| self.name(*field, value)).collect())
            }
            Term::Fields { name, values } => {
                Test::any(values.iter().map(|value| comparison(fold(name), value)).collect())
            }
            Term::Time { relation, values } => {
                Test::any(values.iter().map(|value| self.time(*relation, value)).collect())
            }
            Term::Is(values) => Test::any(values.iter().map(|is| self.is(*is)).collect()),
            Term::Has(values) => Test::any(values.iter().map(|has| Test::Flag(flag(*has))).collect()),
            // Taken out before; elsewhere no filter has it.
            Term::Certain => Test::All(Vec::new()),
        }
    }

    fn name(&mut self, field: NameField, value: &Name) -> Test {
        let catalogue = self.context.catalogue;
        let role = value.role.as_deref().map(fold);
        match field {
            NameField::Of(Dimension::Actor) => {
                let actors = names::actors(&value.pattern, value.alone, catalogue);
                self.note(Dimension::Actor, value, actors.is_empty());
                Test::Actor(Set::new(actors), role)
            }
            NameField::By => {
                let actors = names::actors(&value.pattern, value.alone, catalogue);
                let names = names::folded_names(&actors, catalogue);
                Test::By(Set::new(actors), names, Folded::new(&value.pattern))
            }
            NameField::Of(dimension) => {
                let Some(meant) = names::meant(dimension, &value.pattern, catalogue) else {
                    if dimension == Dimension::Status {
                        self.note_status(value);
                    }
                    return Test::Word(field, Folded::new(&value.pattern));
                };
                self.note(dimension, value, meant.is_empty());
                let set = Set::new(meant);
                match dimension {
                    Dimension::Party => Test::Party(set, role),
                    Dimension::Place => Test::Place(set),
                    Dimension::Document => Test::Document(set),
                    _ => Test::Layer(set),
                }
            }
            NameField::Role | NameField::Id => Test::Word(field, Folded::new(&value.pattern)),
        }
    }

    /// Remembers a value that means nothing in the catalogue.
    fn note(&mut self, dimension: Dimension, value: &Name, nothing: bool) {
        if nothing {
            let near = text_of(&value.pattern)
                .and_then(|text| names::nearest_name(dimension, text, self.context.catalogue));
            self.propose(dimension, value, near);
        }
    }

    fn note_status(&mut self, value: &Name) {
        let words = || Status::ALL.iter().map(|status| status.word());
        let folded = Folded::new(&value.pattern);
        if !words().any(|word| folded.fits(word)) {
            let near = text_of(&value.pattern).and_then(|text| nearest(text, words()));
            self.propose(Dimension::Status, value, near);
        }
    }

    fn propose(&mut self, dimension: Dimension, value: &Name, near: Option<&str>) {
        let field = dimension.field();
        let near = near.map(|near| format!("{field}:{}", Pattern::Exactly(near.to_owned())));
        self.unknown.push((format!("{field}:{value}"), near));
    }

    fn time(&mut self, relation: Relation, value: &TimeValue) -> Test {
        let span = match value {
            TimeValue::Date(when) => Some(when.span()),
            TimeValue::Event(id) => (self.context.span_of)(id),
        };
        let Some(span) = span else {
            self.unknown.push((format!("{}:{value}", relation.word()), None));
            return Test::Never;
        };
        let window = match relation {
            Relation::In | Relation::During => span,
            Relation::Since => TimeRange { first: span.first, last: Instant::FUTURE },
            Relation::Until => TimeRange { first: Instant::PAST, last: span.last },
        };
        Test::Time(relation, window)
    }

    fn is(&self, is: Is) -> Test {
        let marks = match is {
            Is::Marked => &self.context.noted.marked,
            Is::Changed => &self.context.noted.changed,
            Is::Undated => return Test::Undated,
            Is::Fuzzy => return Test::Flag(Flag::Fuzzy),
            Is::Point => return Test::Flag(Flag::Point),
            Is::Span => return Test::Flag(Flag::Span),
            Is::Ongoing => return Test::Flag(Flag::Ongoing),
            Is::Contested => return Test::Flag(Flag::Contested),
            Is::Proposed => return Test::Flag(Flag::Proposed),
            Is::Rejected => return Test::Flag(Flag::Rejected),
        };
        let mut by_layer = Marks::new();
        for (layer, id) in marks {
            by_layer.entry(layer.clone()).or_default().insert(id.clone());
        }
        Test::Listed(by_layer)
    }
}

/// What `has:` asks.
const fn flag(has: Has) -> Flag {
    match has {
        Has::End => Flag::End,
        Has::Place => Flag::Place,
        Has::Quote => Flag::Quote,
        Has::Note => Flag::Note,
        Has::Link => Flag::Link,
        Has::Url => Flag::Url,
        Has::Claim => Flag::Claim,
    }
}

fn text_of(pattern: &Pattern) -> Option<&str> {
    match pattern {
        Pattern::Exactly(text) | Pattern::Prefix(text) | Pattern::Anywhere(text) => Some(text),
        Pattern::Nobody => None,
    }
}

fn comparison(name: String, value: &Comparison) -> Test {
    match value {
        Comparison::Like(pattern) => Test::Field(name, Folded::new(pattern)),
        Comparison::Equal(text) => Test::FieldEqual(name, text.clone()),
        Comparison::Order(order, text) => match number(text) {
            Some(right) => Test::FieldOrder(name, *order, right),
            None => Test::Never,
        },
    }
}
