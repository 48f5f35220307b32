//! Text to filter: a recursive descent over the characters, since what a character means depends on the field
//! it stands in.

mod scan;
mod values;

use std::ops::Range;

use super::ast::{Node, Term};
use super::field::{FIELDS, Field, Has, Is};
use super::{QueryFault, matcher};
use crate::text::nearest::nearest;
use crate::when::When;
use scan::Scanner;

/// How deep parentheses may stand in each other.
const DEEPEST: usize = 64;

/// Reads a query: its top-level terms.
pub(super) fn parse(text: &str, today: Option<&When>) -> Result<Vec<Node>, QueryFault> {
    let mut parser = Parser { scan: Scanner::new(text), today, certain: None };
    parser.scan.skip_space();
    if parser.scan.is_done() {
        return Ok(Vec::new());
    }
    let node = parser.any(0)?;
    if let Some(at) = parser.scan.here(')') {
        return Err(QueryFault::new(at, "`)` closes nothing")
            .hint("take it away, or put the word in quotation marks"));
    }
    if let (Node::Any(_), Some(at)) = (&node, parser.certain) {
        return Err(certain_is_of_all(at));
    }
    Ok(match node {
        Node::All(terms) => terms,
        other => vec![other],
    })
}

fn certain_is_of_all(at: Range<usize>) -> QueryFault {
    QueryFault::new(at, "`is:certain` speaks of the whole filter")
        .hint("put it last, outside parentheses, `or` and `not`")
}

struct Parser<'t> {
    scan: Scanner<'t>,
    today: Option<&'t When>,
    /// Where the last `is:certain` stands.
    certain: Option<Range<usize>>,
}

impl Parser<'_> {
    /// Alternatives between `or`.
    fn any(&mut self, depth: usize) -> Result<Node, QueryFault> {
        let mut alternatives = vec![self.all(depth)?];
        while let Some(at) = self.scan.keyword("or") {
            self.scan.skip_space();
            if self.scan.is_done() || self.scan.here(')').is_some() {
                return Err(nothing_beside_or(at));
            }
            alternatives.push(self.all(depth)?);
        }
        Ok(Node::any(alternatives))
    }

    /// Terms side by side, at least one, up to `or`, `)` or the end.
    fn all(&mut self, depth: usize) -> Result<Node, QueryFault> {
        let mut terms = Vec::new();
        loop {
            self.scan.skip_space();
            if let Some(at) = self.scan.peek_keyword("or") {
                if terms.is_empty() {
                    return Err(nothing_beside_or(at));
                }
                break;
            }
            if self.scan.is_done() || self.scan.here(')').is_some() {
                break;
            }
            terms.push(self.unary(depth)?);
        }
        Ok(Node::all(terms))
    }

    /// A term with any number of `not` and `-` before it.
    fn unary(&mut self, depth: usize) -> Result<Node, QueryFault> {
        let mut negated = false;
        let mut sign = None;
        loop {
            if let Some(at) = self.scan.keyword("not") {
                self.scan.skip_space();
                sign = Some(at);
            } else if let Some(at) = self.scan.take('-') {
                sign = Some(at);
            } else {
                break;
            }
            negated = !negated;
        }
        if let Some(at) = &sign
            && (self.scan.at_border() || self.scan.peek_keyword("or").is_some())
        {
            let message = format!("nothing follows `{}`", self.scan.slice(at.clone()));
            return Err(QueryFault::new(at.clone(), message)
                .hint("name what to leave out, or put it in quotation marks"));
        }
        let node = self.primary(depth, sign.is_none())?;
        Ok(if negated { Node::not(node) } else { node })
    }

    /// A term, or several in parentheses. `plain`: nothing stands before it that turns it over.
    fn primary(&mut self, depth: usize, plain: bool) -> Result<Node, QueryFault> {
        if let Some(open) = self.scan.take('(') {
            return self.group(open, depth);
        }
        let term = match self.scan.peek() {
            Some('"') => Term::Text(self.scan.quoted()?),
            Some('/') => self.regex()?,
            _ => match self.field()? {
                Some(term) => term,
                None => Term::Text(self.scan.word(&[])),
            },
        };
        self.end_of_term()?;
        if let (Term::Certain, Some(at)) = (&term, &self.certain)
            && (depth > 0 || !plain)
        {
            return Err(certain_is_of_all(at.clone()));
        }
        Ok(Node::Term(term))
    }

    fn group(&mut self, open: Range<usize>, depth: usize) -> Result<Node, QueryFault> {
        if depth >= DEEPEST {
            return Err(QueryFault::new(open, "too many parentheses in each other"));
        }
        self.scan.skip_space();
        if let Some(close) = self.scan.here(')') {
            return Err(QueryFault::new(open.start..close.end, "nothing stands in these parentheses")
                .hint("put parentheses that you look for in quotation marks: \"()\""));
        }
        let node = if self.scan.is_done() { None } else { Some(self.any(depth + 1)?) };
        match (node, self.scan.take(')')) {
            (Some(node), Some(_)) => Ok(node),
            _ => Err(QueryFault::new(open, "`(` is never closed").hint("add `)`")),
        }
    }

    /// A term ends at white space, `)` or the end: says so where something follows a quote or an expression.
    fn end_of_term(&self) -> Result<(), QueryFault> {
        if self.scan.at_border() {
            return Ok(());
        }
        let at = self.scan.next_range();
        Err(QueryFault::new(at, "a term ends here, and something follows it")
            .hint("put a space between, or write \\\" for a quotation mark inside quotation marks"))
    }

    fn regex(&mut self) -> Result<Term, QueryFault> {
        let (pattern, at) = self.scan.slashed()?;
        if pattern.is_empty() {
            return Err(QueryFault::new(at, "a regular expression is empty")
                .hint("put a slash that you look for in quotation marks: \"/\""));
        }
        match matcher::regex(&pattern) {
            Ok(_) => Ok(Term::Regex(pattern)),
            Err(fault) => Err(QueryFault::new(at, format!("no regular expression: {}", reason(&fault)))
                .hint("put text that begins with a slash in quotation marks")),
        }
    }

    /// A term with a field, where a word and a colon stand here.
    fn field(&mut self) -> Result<Option<Term>, QueryFault> {
        if let Some(term) = self.own_field()? {
            return Ok(Some(term));
        }
        let Some((word, at)) = self.scan.field_word() else { return Ok(None) };
        let Some(field) = Field::read(word) else {
            let written = self.scan.rest().split([' ', ')']).next().unwrap_or(word);
            return Err(no_such_field(word, written, at));
        };
        self.scan.go_to(at.end);
        Ok(Some(match field {
            Field::Name(field) => Term::Names { field, values: self.values(&at, |p| p.name(field))? },
            Field::Time(relation) => Term::Time { relation, values: self.values(&at, |p| p.time(relation))? },
            Field::Has => Term::Has(self.values(&at, |p| p.one_of(Has::ALL, Has::word, "has"))?),
            Field::Is => self.is(&at)?,
        }))
    }

    fn is(&mut self, field: &Range<usize>) -> Result<Term, QueryFault> {
        // None stands for `certain`, which is no property of an event.
        let words: Vec<Option<Is>> = Is::ALL.iter().copied().map(Some).chain([None]).collect();
        let word = |is: Option<Is>| is.map_or("certain", Is::word);
        let values = self.values(field, |p| p.one_of(&words, word, "is"))?;
        let at = field.start..self.scan.at();
        match values.iter().copied().collect::<Option<Vec<Is>>>() {
            Some(values) => Ok(Term::Is(values)),
            None if values.len() == 1 => {
                self.certain = Some(at);
                Ok(Term::Certain)
            }
            None => {
                Err(QueryFault::new(at, "`is:certain` stands alone").hint("write it as a term of its own"))
            }
        }
    }
}

fn nothing_beside_or(at: Range<usize>) -> QueryFault {
    QueryFault::new(at, "`or` stands between two terms").hint("to look for the word, write \"or\"")
}

/// `written`: the whole term.
fn no_such_field(word: &str, written: &str, at: Range<usize>) -> QueryFault {
    let fields = FIELDS.iter().map(|field| field.name.trim_end_matches([':', '.']));
    let (head, own) = word.split_once('.').unwrap_or((word, ""));
    let hint = match nearest(head, fields) {
        Some("fields") if own.is_empty() => "did you mean `fields.NAME:`?".to_owned(),
        Some("fields") => format!("did you mean `fields.{own}:`?"),
        Some(near) if own.is_empty() => format!("did you mean `{near}:`?"),
        _ => format!("to look for the text, put it in quotation marks: {}", Term::Text(written.to_owned())),
    };
    QueryFault::new(at, format!("`{word}:` is no field")).hint(hint)
}

/// The last line of a fault of the `regex` crate, which draws the expression above it.
fn reason(fault: &regex::Error) -> String {
    let text = fault.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests;
