//! What a filter says, in words for people.

use super::ast::{Comparison, Name, Node, Order, Pattern, Term, TimeValue};
use super::field::{Has, Is, NameField, Relation};
use super::{Dimension, Filter, names};
use crate::chronology::Catalogue;
use crate::when::{Precision, When, words};

impl Filter {
    /// What it says, in words, with names from the catalogue where it has them: "actor is Iraq or a part of
    /// it, kind is not statement, takes place in or after October 2023". The text is not yet safe for a screen.
    pub fn describe(&self, catalogue: &Catalogue) -> String {
        if self.is_empty() {
            return "everything".to_owned();
        }
        let describer = Describer { catalogue };
        let parts: Vec<String> = self.terms.iter().map(|node| describer.node(node, false, true)).collect();
        parts.join(", ")
    }
}

/// What dates in words may begin with that do not follow "in" or "on".
const PREPOSITIONS: &[&str] = &["from ", "since ", "until ", "between ", "by ", "on or "];

struct Describer<'c> {
    catalogue: &'c Catalogue,
}

impl Describer<'_> {
    /// `negated`: whether a *not* turns it over. `open`: whether it may use commas without being misread.
    fn node(&self, node: &Node, negated: bool, open: bool) -> String {
        match node {
            Node::Not(inner) => self.node(inner, !negated, open),
            Node::Term(term) => self.term(term, negated),
            Node::All(nodes) | Node::Any(nodes) => {
                let word = if matches!(node, Node::All(_)) { " and " } else { " or " };
                let parts: Vec<String> = nodes.iter().map(|node| self.node(node, false, false)).collect();
                let joined = parts.join(word);
                match (negated, open) {
                    (true, _) => format!("not ({joined})"),
                    (false, true) => joined,
                    (false, false) => format!("({joined})"),
                }
            }
        }
    }

    fn term(&self, term: &Term, negated: bool) -> String {
        let is = if negated { "is not" } else { "is" };
        let has = if negated { "does not have" } else { "has" };
        match term {
            Term::Text(text) => {
                let says = if negated { "does not say" } else { "says" };
                format!("{says} “{text}”")
            }
            Term::Regex(pattern) => {
                let fits = if negated { "no text fits" } else { "a text fits" };
                format!("{fits} /{pattern}/")
            }
            Term::Names { field, values } => self.names(*field, values, negated),
            Term::Fields { name, values } => {
                format!("field {name} {is} {}", list(values.iter().map(comparison)))
            }
            Term::Time { relation, values } => Self::time(*relation, values, negated),
            Term::Is(values) => format!("{is} {}", list(values.iter().map(|is| Is::says(*is).to_owned()))),
            Term::Has(values) => {
                format!("{has} {}", list(values.iter().map(|has| Has::says(*has).to_owned())))
            }
            Term::Certain => "only what is certain".to_owned(),
        }
    }

    fn names(&self, field: NameField, values: &[Name], negated: bool) -> String {
        let dimension = match field {
            NameField::Of(dimension) => Some(dimension),
            NameField::By => Some(Dimension::Actor),
            NameField::Role | NameField::Id => None,
        };
        let listed = list(values.iter().map(|value| self.name(field, dimension, value)));
        match (field, negated) {
            (NameField::By, false) => format!("on the word of {listed}"),
            (NameField::By, true) => format!("not on the word of {listed}"),
            (NameField::Role, false) => format!("somebody is {listed}"),
            (NameField::Role, true) => format!("nobody is {listed}"),
            (_, false) => format!("{} is {listed}", field.word()),
            (_, true) => format!("{} is not {listed}", field.word()),
        }
    }

    fn name(&self, field: NameField, dimension: Option<Dimension>, value: &Name) -> String {
        let mut text = match &value.pattern {
            Pattern::Exactly(text) => {
                let known = dimension.and_then(|dimension| names::only(dimension, text, self.catalogue));
                known.map_or(text.as_str(), |(_, name)| name).to_owned()
            }
            other => pattern(other),
        };
        if field.has_parts() && value.pattern != Pattern::Nobody {
            text.push_str(if value.alone { " itself" } else { " or a part of it" });
        }
        if let Some(role) = &value.role {
            text.push_str(" as ");
            text.push_str(role);
        }
        text
    }

    fn time(relation: Relation, values: &[TimeValue], negated: bool) -> String {
        let verb = match (relation, negated) {
            (Relation::During, false) => "begins and ends",
            (Relation::During, true) => "does not begin and end",
            (_, false) => "takes place",
            (_, true) => "does not take place",
        };
        let or = match relation {
            Relation::Since => " or after",
            Relation::Until => " or before",
            Relation::In | Relation::During => "",
        };
        let listed = values.iter().map(|value| match value {
            TimeValue::Date(when) => date(when, or),
            TimeValue::Event(id) => format!("during{or} the event {id}"),
        });
        format!("{verb} {}", list(listed))
    }
}

/// A date with what stands before it: "in October 2023", "on or after 27 January 2024", but "in the time from 2014
/// to 2017".
fn date(when: &When, or: &str) -> String {
    let date = words::write(when, None);
    if PREPOSITIONS.iter().any(|word| date.starts_with(word)) {
        format!("in{or} the time {date}")
    } else if when.precision() >= Precision::Day && date.starts_with(|c: char| c.is_ascii_digit()) {
        format!("on{or} {date}")
    } else {
        format!("in{or} {date}")
    }
}

fn pattern(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Exactly(text) => text.clone(),
        Pattern::Prefix(text) | Pattern::Anywhere(text) if text.is_empty() => "anything".to_owned(),
        Pattern::Prefix(text) => format!("what begins with “{text}”"),
        Pattern::Anywhere(text) => format!("what contains “{text}”"),
        Pattern::Nobody => "the document itself".to_owned(),
    }
}

fn comparison(value: &Comparison) -> String {
    match value {
        Comparison::Like(like) => pattern(like),
        Comparison::Equal(text) => format!("equal to {text}"),
        Comparison::Order(Order::Greater, text) => format!("more than {text}"),
        Comparison::Order(Order::AtLeast, text) => format!("at least {text}"),
        Comparison::Order(Order::Less, text) => format!("less than {text}"),
        Comparison::Order(Order::AtMost, text) => format!("at most {text}"),
    }
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::chronology::{Actor, Catalogue, CataloguedActor, Party};
    use crate::query::Filter;

    #[test]
    fn filters_in_words() {
        let actor = Actor { id: "iraq".into(), name: "Iraq".into(), ..Actor::default() };
        let party =
            Party { id: "iran-aligned".into(), name: "Iran-aligned groups".into(), ..Party::default() };
        let actors = vec![CataloguedActor { actor, wholes: Vec::new() }];
        let catalogue = Catalogue { actors, parties: vec![party], ..Catalogue::default() };
        let mut report = String::new();
        for query in [
            "",
            "actor:iraq -kind:statement since:2023-10",
            "actor:=iraq,unknown@target party:iran-aligned@attacker",
            "-actor:iraq,hald*",
            "place:*river* tag:*",
            "until:2024-01-25 during:2014/2017-39 -in:2019 in:@raid",
            "in:2017,2019",
            "\"working group\" -attack /attack(s|ed)/ -/x/",
            "by:iraq by:none -by:=iraq",
            "role:speaker -role:target id:x",
            "fields.cost:>10,=7 -fields.unit:km fields.a:<=1",
            "is:fuzzy,span -is:ongoing has:quote -has:url is:certain",
            "a or b c or -(d e)",
            "(a or b) -(c or d)",
        ] {
            let filter = Filter::parse(query, None).unwrap();
            let _ = writeln!(report, "{query}\n    {}", filter.describe(&catalogue));
        }
        insta::assert_snapshot!(report);
    }
}
