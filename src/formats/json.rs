//! JSON: a chronology for programs (RFC 8259, strictly: no comments, no trailing commas, no repeated keys).

use std::io::{self, BufRead};
use std::ops::Range;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::tree::{self, Kind, Lines, Member, Node};
use super::{Fault, Severity, Sink, build};

mod write;

pub use write::{chronology as to_string, write};
pub(crate) use write::{is_hidden, make_visible};

/// Reads a chronology.
///
/// # Errors
/// Only those of reading the bytes; whatever is wrong with them goes to the sink.
pub fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<()> {
    build::read(input, parse, sink)
}

/// Nothing beyond RFC 8259.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The values of a JSON text with their places.
pub(crate) fn parse(lines: &Lines<'_>) -> Result<Node, Box<Fault>> {
    let fault = |at, message: String| Box::new(lines.fault(Severity::Error, at, message));
    let parsed = parse_to_ast(lines.text(), &CollectOptions::default(), &STRICT).map_err(|error| {
        fault(error.range().start, format!("not JSON: {}", lower(&error.kind().to_string())))
    })?;
    let root = parsed.value.ok_or_else(|| fault(0, "not JSON: nothing in it".to_owned()))?;
    node(&root, 0).map_err(|at| fault(at, format!("nested more than {} deep", tree::MOST_NESTED)))
}

/// A value; the error is the byte where it is nested too deep.
fn node(value: &Value<'_>, depth: usize) -> Result<Node, usize> {
    let at = span(value);
    if depth >= tree::MOST_NESTED {
        return Err(at.start);
    }
    let kind = match value {
        Value::StringLit(text) => Kind::Text(text.value.clone().into_owned()),
        Value::NumberLit(number) => Kind::Number(number.value.to_owned()),
        Value::BooleanLit(truth) => Kind::Bool(truth.value),
        Value::NullKeyword(_) => Kind::Null,
        Value::Array(array) => {
            Kind::List(array.elements.iter().map(|item| node(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Value::Object(object) => {
            let mut members = Vec::with_capacity(object.properties.len());
            for property in &object.properties {
                members.push(Member {
                    key: property.name.as_str().to_owned(),
                    key_at: span(&property.name),
                    value: node(&property.value, depth + 1)?,
                });
            }
            Kind::Table(members)
        }
    };
    Ok(Node { at, kind })
}

fn span(ranged: &impl Ranged) -> Range<usize> {
    let range = ranged.range();
    range.start..range.end
}

/// Messages of ours begin in lower case.
fn lower(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
