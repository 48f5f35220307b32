//! Random queries, as a tree of their own and as text.

use std::fmt::{self, Display, Formatter};

use proptest::prelude::*;
use proptest::sample::select;

use super::world::DATES;

/// A query.
#[derive(Clone, Debug)]
pub enum Query {
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
    /// `field:value,value`
    Names(&'static str, Vec<Value>),
    /// `fields.NAME:value`: the sign and the operand.
    Field(&'static str, &'static str, &'static str),
    /// `in:value,value`
    Time(&'static str, Vec<&'static str>),
    /// `is:word,word` and `has:word,word`
    Words(&'static str, Vec<&'static str>),
    /// A word or phrase.
    Text(&'static str),
    /// A regular expression, and whether it minds case.
    Regex(&'static str, bool),
}

/// A value: `=`, the text with its stars, a role.
#[derive(Clone, Debug)]
pub struct Value {
    pub alone: bool,
    pub stars: (bool, bool),
    pub text: &'static str,
    pub role: Option<&'static str>,
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let join = |parts: &[Self], between: &str| {
            parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(between)
        };
        match self {
            Self::And(parts) => f.write_str(&join(parts, " ")),
            Self::Or(parts) => f.write_str(&join(parts, " OR ")),
            Self::Not(part) => write!(f, "-({part})"),
            Self::Names(field, values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "{field}:{}", values.join(","))
            }
            Self::Field(name, sign, operand) => write!(f, "fields.{name}:{sign}\"{operand}\""),
            Self::Time(field, values) => write!(f, "{field}:{}", values.join(",")),
            Self::Words(field, words) => write!(f, "{field}:{}", words.join(",")),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Regex(pattern, minds_case) => {
                write!(f, "/{}{pattern}/", if *minds_case { "(?-i)" } else { "" })
            }
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let star = |there: bool| if there { "*" } else { "" };
        let alone = if self.alone { "=" } else { "" };
        write!(f, "{alone}{}\"{}\"{}", star(self.stars.0), self.text, star(self.stars.1))?;
        self.role.map_or(Ok(()), |role| write!(f, "@{role}"))
    }
}

const ACTORS: &[&str] = &[
    "arland",
    "Arland",
    "water-office",
    "WATER OFFICE",
    "berland",
    "marovic",
    "jana marovic",
    "marovic's side",
    "arl",
    "the office",
    "old arland",
    "a witness",
];

/// Names that a field may have, and some that it has not.
fn names(field: &str) -> &'static [&'static str] {
    match field {
        "actor" | "by" => ACTORS,
        "party" => &["upstream", "the upper-valley", "downstream", "lower valley", "press", ""],
        "place" => &["ford", "the ford", "us bridge", "u-s-bridge"],
        "document" => &["report", "the letter"],
        "layer" => &["river", "the sea"],
        "status" => &["occurred", "disputed", "ongoing"],
        "role" => &["target", "speaker", "participant", "mentioned"],
        "id" => &["a0", "b1"],
        _ => &["talks", "attack", "armed attack", "dam", "broken wording"],
    }
}
const STARRED: &[&str] = &["ar", "land", "off", "va", "the", "o", "a", "s", ""];
const FIELDS: &[&str] =
    &["actor", "party", "place", "kind", "tag", "status", "document", "layer", "role", "by", "id"];
const TIMES: &[&str] = &[
    "2018",
    "2019",
    "2019-05",
    "2019-05-10",
    "2019-06-03",
    "2019-07",
    "2018/2019",
    "2019-06/..",
    "../2018",
    "2018-1X",
    "[2018,2020]",
    "@a0",
    "@a1",
    "@nothing",
];
const WORDS: &[&str] = &[
    "dam",
    "us",
    "U.S.-led",
    "the ford",
    "marovic’s",
    "begins the",
    "3.5",
    "35",
    "broken-wording",
    "valley",
    "12",
    "lower valley",
    "office",
];
const PATTERNS: &[&str] = &["^the", "D(a|i)m", "Ford”", "valley$", "^$", "[0-9]"];

fn value(field: &'static str) -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        5 => select(names(field)).prop_map(|text| ((false, false), text)),
        1 => select(&["nobody", "", "arland", "the ford"][..]).prop_map(|text| ((false, false), text)),
        1 => select(STARRED).prop_map(|text| ((false, true), text)),
        1 => select(STARRED).prop_map(|text| ((true, true), text)),
    ];
    let role = prop::option::weighted(
        0.3,
        select(&["attacker", "target", "mentioned", "SPEAKER", "participant"][..]),
    );
    (prop::bool::weighted(0.2), text, role).prop_map(move |(alone, (stars, text), role)| Value {
        alone: alone && matches!(field, "actor" | "by"),
        stars,
        text,
        role: role.filter(|_| matches!(field, "actor" | "party")),
    })
}

fn leaf() -> impl Strategy<Value = Query> {
    let names = prop_oneof![1 => Just("actor"), 3 => select(FIELDS)].prop_flat_map(|field| {
        prop::collection::vec(value(field), 1..3).prop_map(move |values| Query::Names(field, values))
    });
    let times = prop_oneof![3 => select(TIMES), 1 => select(DATES)];
    let time = (select(&["in", "since", "until", "during"][..]), prop::collection::vec(times, 1..3))
        .prop_map(|(field, values)| Query::Time(field, values));
    let number = (select(&[">", ">=", "<", "<=", "="][..]), select(&["3", "12.5", "-1"][..]));
    let word = (select(&["=", ""][..]), select(&["km", "KM", "3", "3.0", "many"][..]));
    let field = (select(&["cost", "unit", "COST", "none"][..]), prop_oneof![number, word])
        .prop_map(|(name, (sign, operand))| Query::Field(name, sign, operand));
    let is = [
        "fuzzy",
        "undated",
        "point",
        "span",
        "ongoing",
        "contested",
        "proposed",
        "rejected",
        "marked",
        "changed",
    ];
    let has = ["end", "place", "quote", "note", "link", "url", "claim"];
    prop_oneof![
        6 => names,
        4 => time,
        1 => field,
        1 => prop::collection::vec(select(is.to_vec()), 1..3).prop_map(|words| Query::Words("is", words)),
        1 => prop::collection::vec(select(has.to_vec()), 1..3).prop_map(|words| Query::Words("has", words)),
        2 => select(WORDS).prop_map(Query::Text),
        1 => (select(PATTERNS), any::<bool>()).prop_map(|(pattern, case)| Query::Regex(pattern, case)),
        1 => Just(Query::Names("by", vec![Value { alone: false, stars: (false, false), text: "", role: None }])),
    ]
}

/// Any query.
pub fn query() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Or),
            inner.prop_map(|part| Query::Not(Box::new(part))),
        ]
    })
}
