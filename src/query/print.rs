//! Filter to text, in one form: what it prints is read as the same filter.

use std::fmt::{self, Display, Formatter, Write as _};

use super::Filter;
use super::ast::{Comparison, Name, Node, Order, Pattern, Term, TimeValue};

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &*self.terms {
            // Alternatives alone need no parentheses.
            [Node::Any(alternatives)] => separated(f, alternatives, " or ", alternative),
            terms => separated(f, terms, " ", part),
        }
    }
}

fn separated<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    between: &str,
    one: fn(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        one(f, item)?;
    }
    Ok(())
}

/// A part of an *or*.
fn alternative(f: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::All(parts) => separated(f, parts, " ", part),
        other => part(f, other),
    }
}

/// A part of an *and*, or what a *not* turns over.
fn part(f: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::Term(term) => write!(f, "{term}"),
        Node::Not(inner) => {
            f.write_char('-')?;
            part(f, inner)
        }
        Node::All(parts) => {
            f.write_char('(')?;
            separated(f, parts, " ", part)?;
            f.write_char(')')
        }
        Node::Any(alternatives) => {
            f.write_char('(')?;
            separated(f, alternatives, " or ", alternative)?;
            f.write_char(')')
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if is_plain_word(text) => f.write_str(text),
            Self::Text(text) => quote(f, text),
            Self::Regex(pattern) => slashes(f, pattern),
            Self::Names { field, values } => {
                write!(f, "{}:", field.word())?;
                separated(f, values, ",", |f, value| write!(f, "{value}"))
            }
            Self::Fields { name, values } => {
                f.write_str("fields.")?;
                word(f, name)?;
                f.write_char(':')?;
                separated(f, values, ",", |f, value| write!(f, "{value}"))
            }
            Self::Time { relation, values } => {
                write!(f, "{}:", relation.word())?;
                separated(f, values, ",", |f, value| write!(f, "{value}"))
            }
            Self::Is(values) => {
                f.write_str("is:")?;
                separated(f, values, ",", |f, value| f.write_str(value.word()))
            }
            Self::Has(values) => {
                f.write_str("has:")?;
                separated(f, values, ",", |f, value| f.write_str(value.word()))
            }
            Self::Certain => f.write_str("is:certain"),
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.alone {
            f.write_char('=')?;
        }
        write!(f, "{}", self.pattern)?;
        match &self.role {
            Some(role) => {
                f.write_char('@')?;
                word(f, role)
            }
            None => Ok(()),
        }
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // An empty name needs no quotation marks beside a star.
        let starred = |f: &mut Formatter<'_>, text: &str| match text {
            "" => Ok(()),
            text => word(f, text),
        };
        match self {
            Self::Exactly(text) => word(f, text),
            Self::Prefix(text) => {
                starred(f, text)?;
                f.write_char('*')
            }
            Self::Anywhere(text) => {
                f.write_char('*')?;
                starred(f, text)?;
                f.write_char('*')
            }
            Self::Nobody => f.write_str("none"),
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Like(pattern) => write!(f, "{pattern}"),
            Self::Equal(text) => {
                f.write_char('=')?;
                word(f, text)
            }
            Self::Order(order, text) => {
                let sign = Order::ALL.iter().find(|(other, _)| other == order).map_or("", |(_, sign)| sign);
                f.write_str(sign)?;
                word(f, text)
            }
        }
    }
}

impl Display for TimeValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(id) => {
                f.write_char('@')?;
                word(f, id)
            }
            Self::Date(when) if is_plain_date(when.as_edtf()) => f.write_str(when.as_edtf()),
            Self::Date(when) => quote(f, when.as_edtf()),
        }
    }
}

/// A value of a field, in quotation marks where it needs them.
pub(super) fn word(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let plain = !text.is_empty() && !text.contains(means_something) && !text.eq_ignore_ascii_case("none");
    if plain { f.write_str(text) } else { quote(f, text) }
}

/// Whether a bare word is read as itself.
fn is_plain_word(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(['-', '/'])
        && !text.contains(means_something)
        && !["or", "not"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a date is read as itself: commas only in brackets, nothing that ends a term.
fn is_plain_date(edtf: &str) -> bool {
    let mut depth = 0_usize;
    !edtf.is_empty()
        && edtf.chars().all(|c| {
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                ',' => return depth > 0,
                _ => {}
            }
            !c.is_whitespace() && !matches!(c, '"' | '@' | '(' | ')' | '\\')
        })
}

/// Characters that may mean something somewhere in a query: text that has one is quoted.
fn means_something(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"\\():,@*=<>[]{}".contains(c)
}

fn quote(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// A regular expression between slashes; its own are escaped, and what it escapes itself stays.
fn slashes(f: &mut Formatter<'_>, pattern: &str) -> fmt::Result {
    f.write_char('/')?;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '/' => f.write_str("\\/")?,
            '\\' => {
                f.write_char('\\')?;
                chars.next().map_or(Ok(()), |escaped| f.write_char(escaped))?;
            }
            c => f.write_char(c)?,
        }
    }
    f.write_char('/')
}
