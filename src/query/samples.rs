//! Random queries for the tests: every kind of term, with texts that are as nasty as can be.

use proptest::prelude::*;

use super::ast::{Comparison, Name, Node, Order, Pattern, Term, TimeValue};
use super::field::{Has, Is, NameField, Relation};
use super::{Dimension, Filter};
use crate::when::When;

/// A text that is likely to be mistaken for syntax.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "or",
        "NOT",
        "-x",
        "/x/",
        "a:b",
        "actor:x",
        "fields.a:b",
        "\"",
        "\\",
        "\\\"",
        "a,b",
        "a@b",
        "=x",
        "*x*",
        "x*",
        "(",
        ")",
        "a)b",
        " ",
        "",
        "none",
        "U.S.",
        "al-Sudani",
        "Sudani’s",
        "中文",
        "العراق",
        "\u{301}",
        "\u{A0}",
        "\n",
        "\t",
        "a  b",
        ">10",
        "..",
        "[a,b]",
        "{x",
        "is:certain",
        "@x",
        "12:30",
        "\u{1B}[0m",
    ]);
    prop_oneof![
        3 => nasty.prop_map(str::to_owned),
        2 => "[a-c]{1,3}",
        1 => "\\PC{0,8}",
        1 => prop::collection::vec(any::<char>(), 0..5).prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn filled() -> impl Strategy<Value = String> {
    text().prop_filter("not empty", |text| !text.trim().is_empty())
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        4 => text().prop_map(Pattern::Exactly),
        1 => text().prop_map(Pattern::Prefix),
        1 => text().prop_map(Pattern::Anywhere),
    ]
}

fn name(field: NameField) -> BoxedStrategy<Name> {
    let role = if field.takes_role() { prop::option::of(filled()).boxed() } else { Just(None).boxed() };
    let alone = if field.has_parts() { any::<bool>().boxed() } else { Just(false).boxed() };
    let named = (alone, pattern(), role).prop_map(|(alone, pattern, role)| Name { alone, pattern, role });
    if field == NameField::By {
        let nobody = Name { alone: false, pattern: Pattern::Nobody, role: None };
        prop_oneof![4 => named, 1 => Just(nobody)].boxed()
    } else {
        named.boxed()
    }
}

fn names() -> impl Strategy<Value = Term> {
    let fields = Dimension::ALL.iter().map(|dimension| NameField::Of(*dimension));
    let fields: Vec<NameField> = fields.chain([NameField::Role, NameField::By, NameField::Id]).collect();
    prop::sample::select(fields).prop_flat_map(|field| {
        prop::collection::vec(name(field), 1..4).prop_map(move |values| Term::Names { field, values })
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    let number = prop::sample::select(vec!["10", "-2.5", "1e3", "0", "+7"]).prop_map(str::to_owned);
    let order = prop::sample::select(vec![Order::Greater, Order::AtLeast, Order::Less, Order::AtMost]);
    prop_oneof![
        pattern().prop_map(Comparison::Like),
        text().prop_map(Comparison::Equal),
        (order, number).prop_map(|(order, number)| Comparison::Order(order, number)),
    ]
}

fn time() -> impl Strategy<Value = TimeValue> {
    let dates = prop::sample::select(vec![
        "2017",
        "2023-10-07",
        "2023-10-1X",
        "[2017-09..2017-12]",
        "{2017,2019}",
        "2014/2017-39",
        "2023-08/..",
        "../2020",
        "2023-10-01T12:30",
        "2024-01-27?",
        "Y-20000",
        "[..2024-01-25]",
        "1958%/~1960",
    ]);
    // A date that cannot be read would be a fault of the dates, which have tests of their own.
    let date = dates.prop_filter_map("a date", |text| When::parse(text).ok()).prop_map(TimeValue::Date);
    prop_oneof![3 => date, 1 => filled().prop_map(TimeValue::Event)]
}

fn term() -> impl Strategy<Value = Term> {
    let relations = vec![Relation::In, Relation::Since, Relation::Until, Relation::During];
    let regex = prop::sample::select(vec![
        "a/b",
        "attack(s|ed)",
        "\\\\",
        "\\.",
        "a b",
        "[\"]",
        "(?-i)A",
        "/",
        "\\\\/",
    ]);
    prop_oneof![
        3 => text().prop_map(Term::Text),
        1 => regex.prop_map(|regex| Term::Regex(regex.to_owned())),
        4 => names(),
        1 => (filled(), prop::collection::vec(comparison(), 1..3))
            .prop_map(|(name, values)| Term::Fields { name, values }),
        2 => (prop::sample::select(relations), prop::collection::vec(time(), 1..3))
            .prop_map(|(relation, values)| Term::Time { relation, values }),
        1 => prop::collection::vec(prop::sample::select(Is::ALL), 1..3).prop_map(Term::Is),
        1 => prop::collection::vec(prop::sample::select(Has::ALL), 1..3).prop_map(Term::Has),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    term().prop_map(Node::Term).prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::all),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::any),
            inner.prop_map(Node::not),
        ]
    })
}

/// Any filter that can be written.
pub(super) fn filter() -> impl Strategy<Value = Filter> {
    (prop::collection::vec(node(), 0..4), any::<bool>()).prop_map(|(nodes, certain)| {
        let certain = certain.then_some(Node::Term(Term::Certain));
        let terms = match Node::all(nodes.into_iter().chain(certain).collect()) {
            Node::All(terms) => terms,
            other => vec![other],
        };
        Filter { terms }
    })
}
