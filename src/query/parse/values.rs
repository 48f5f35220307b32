//! The values behind a field: names, comparisons, times, fixed words.

use std::ops::Range;

use super::Parser;
use crate::query::QueryFault;
use crate::query::ast::{Comparison, Name, Order, Pattern, Term, TimeValue, number};
use crate::query::field::{NameField, ROLES, Relation};
use crate::text::nearest::nearest;
use crate::when::{DateFault, words};

impl Parser<'_> {
    /// Values between commas, at least one. `field`: the bytes of the field with its colon.
    pub(super) fn values<T>(
        &mut self,
        field: &Range<usize>,
        one: impl Fn(&mut Self) -> Result<T, QueryFault>,
    ) -> Result<Vec<T>, QueryFault> {
        let mut values = Vec::new();
        loop {
            if self.scan.at_border() || self.scan.here(',').is_some() {
                return Err(self.missing(field));
            }
            values.push(one(self)?);
            if self.scan.take(',').is_none() {
                return Ok(values);
            }
        }
    }

    fn missing(&self, field: &Range<usize>) -> QueryFault {
        let at = field.start..self.scan.at();
        let fault =
            QueryFault::new(at, format!("a value is missing after `{}`", self.scan.slice(field.clone())));
        if self.scan.at() == field.end {
            fault.hint("write the value right behind the colon; to look for the word, use quotation marks")
        } else {
            fault.hint("write values with commas and no spaces: `a,b`")
        }
    }

    /// `=x`, `x@role`, with wildcards.
    pub(super) fn name(&mut self, field: NameField) -> Result<Name, QueryFault> {
        let start = self.scan.at();
        let alone = field.has_parts() && self.scan.take('=').is_some();
        let stops: &[char] = if field.takes_role() { &[',', '@'] } else { &[','] };
        let bare_none = field == NameField::By && !alone && self.scan.here('"').is_none();
        let mut pattern = self.pattern(stops)?;
        if bare_none && matches!(&pattern, Pattern::Exactly(text) if text.eq_ignore_ascii_case("none")) {
            pattern = Pattern::Nobody;
        }
        if pattern == Pattern::Exactly(String::new())
            && !self.scan.slice(start..self.scan.at()).ends_with('"')
        {
            let at = start..self.scan.next_range().end;
            return Err(QueryFault::new(at, "a name is missing here").hint("any name is `*`"));
        }
        let role = match self.scan.here('@') {
            Some(at) if field.takes_role() => Some(self.role(at)?),
            _ => None,
        };
        Ok(Name { alone, pattern, role })
    }

    fn role(&mut self, sign: Range<usize>) -> Result<String, QueryFault> {
        self.scan.go_to(sign.end);
        let role = if self.scan.here('"').is_some() { self.scan.quoted()? } else { self.scan.word(&[',']) };
        if role.trim().is_empty() {
            return Err(QueryFault::new(sign, "a role is missing after `@`")
                .hint(format!("one of {}, or another that the chronology uses", ROLES.join(", "))));
        }
        Ok(role)
    }

    /// A name with a wildcard at its end or at both ends, quoted or up to one of `stops`.
    fn pattern(&mut self, stops: &[char]) -> Result<Pattern, QueryFault> {
        let start = self.scan.at();
        let mut open = false;
        let mut tail = false;
        let text = if self.scan.rest().starts_with('"') || self.scan.rest().starts_with("*\"") {
            open = self.scan.take('*').is_some();
            let text = self.scan.quoted()?;
            tail = self.scan.take('*').is_some();
            text
        } else {
            let mut word = &*self.scan.word(stops);
            if let Some(before) = word.strip_suffix('*') {
                (word, tail) = (before, true);
            }
            if let Some(after) = word.strip_prefix('*') {
                (word, open) = (after, true);
            }
            word.to_owned()
        };
        match (open, tail) {
            (false, false) => Ok(Pattern::Exactly(text)),
            (false, true) => Ok(Pattern::Prefix(text)),
            (true, true) => Ok(Pattern::Anywhere(text)),
            (true, false) => {
                let at = start..self.scan.at();
                let written = self.scan.slice(at.clone());
                Err(QueryFault::new(at, "a `*` at the beginning needs one at the end").hint(format!(
                    "write `{written}*`, or put a star that is part of the name in quotation marks"
                )))
            }
        }
    }

    /// `fields.NAME:…`, where that comes next.
    pub(super) fn own_field(&mut self) -> Result<Option<Term>, QueryFault> {
        const FIELDS: &str = "fields.";
        let start = self.scan.at();
        if !self.scan.rest().get(..FIELDS.len()).is_some_and(|word| word.eq_ignore_ascii_case(FIELDS)) {
            return Ok(None);
        }
        self.scan.go_to(start + FIELDS.len());
        let quoted = self.scan.here('"').is_some();
        let name = if quoted { self.scan.quoted()? } else { self.scan.word(&[':', '"', '(', ',']) };
        if self.scan.take(':').is_none() {
            // "fields.…" without a colon is a word like any other.
            self.scan.go_to(start);
            return Ok(None);
        }
        let field = start..self.scan.at();
        if name.is_empty() {
            return Err(QueryFault::new(field, "the name of the field is missing")
                .hint("write it as in the chronology: `fields.fatalities:>10`"));
        }
        Ok(Some(Term::Fields { name, values: self.values(&field, Self::comparison)? }))
    }

    /// `>10`, `=10`, or a word.
    fn comparison(&mut self) -> Result<Comparison, QueryFault> {
        let start = self.scan.at();
        for (order, sign) in Order::ALL {
            if self.scan.rest().starts_with(sign) {
                self.scan.go_to(start + sign.len());
                let text = self.operand()?;
                let at = start..self.scan.at();
                return match number(&text) {
                    Some(_) => Ok(Comparison::Order(order, text)),
                    None => Err(QueryFault::new(at, format!("`{sign}` compares numbers"))
                        .hint(format!("write a number behind it: `{sign}10`"))),
                };
            }
        }
        if self.scan.take('=').is_some() {
            let text = self.operand()?;
            if text.is_empty() && !self.scan.slice(start..self.scan.at()).ends_with('"') {
                return Err(QueryFault::new(start..self.scan.at(), "a value is missing after `=`"));
            }
            return Ok(Comparison::Equal(text));
        }
        self.pattern(&[',']).map(Comparison::Like)
    }

    fn operand(&mut self) -> Result<String, QueryFault> {
        if self.scan.here('"').is_some() { self.scan.quoted() } else { Ok(self.scan.word(&[','])) }
    }

    /// A date in EDTF or words, or `@event`.
    pub(super) fn time(&mut self, relation: Relation) -> Result<TimeValue, QueryFault> {
        let start = self.scan.at();
        if let Some(sign) = self.scan.take('@') {
            let id = self.operand()?;
            return if id.is_empty() {
                Err(QueryFault::new(sign, "the id of an event is missing after `@`"))
            } else {
                Ok(TimeValue::Event(id))
            };
        }
        let quoted = self.scan.here('"').is_some();
        let text = if quoted { self.scan.quoted()? } else { self.scan.date_word() };
        let at = start..self.scan.at();
        match words::read(&text, self.today) {
            Ok(when) => Ok(TimeValue::Date(when)),
            Err(fault) => Err(self.no_date(relation, at, quoted, fault)),
        }
    }

    fn no_date(&self, relation: Relation, at: Range<usize>, quoted: bool, fault: DateFault) -> QueryFault {
        // The fault's byte counts in the text as read: the same in the query where nothing was escaped.
        let written = self.scan.slice(at.clone());
        let mark = usize::from(quoted);
        let offset = fault.offset.saturating_add(mark);
        let end = at.end.saturating_sub(mark);
        let fits = at.start + offset < end && written.is_char_boundary(offset) && !written.contains('\\');
        let pointed = if fits { at.start + offset..end } else { at.clone() };
        let hint = match self.with_more_words(&at, quoted) {
            Some(more) => Some(format!("put it in quotation marks: `{}:\"{more}\"`", relation.word())),
            None => fault.hint,
        };
        QueryFault { at: pointed, message: fault.message, hint }
    }

    /// The words here and up to four that follow, where together they are a date: `in:late 2017`.
    fn with_more_words(&self, at: &Range<usize>, quoted: bool) -> Option<String> {
        if quoted {
            return None;
        }
        let written = self.scan.slice(at.clone()).to_owned() + self.scan.rest();
        let words_here: Vec<&str> = written.split_whitespace().take(5).collect();
        (2..=words_here.len())
            .filter_map(|n| words_here.get(..n))
            .map(|some| some.join(" "))
            .filter(|text| !text.contains(['"', '(', ')', ':']))
            .find(|text| words::read(text, self.today).is_ok())
    }

    /// One of the fixed words of `is:` or `has:`.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        all: &[T],
        word_of: impl Fn(T) -> &'static str,
        field: &str,
    ) -> Result<T, QueryFault> {
        let start = self.scan.at();
        let word = self.scan.word(&[',']);
        if let Some(found) = all.iter().find(|value| word_of(**value).eq_ignore_ascii_case(&word)) {
            return Ok(*found);
        }
        let words: Vec<&str> = all.iter().map(|value| word_of(*value)).collect();
        let hint = match nearest(&word, words.iter().copied()) {
            Some(near) => format!("did you mean `{field}:{near}`?"),
            None => format!("one of {}", words.join(", ")),
        };
        Err(QueryFault::new(start..self.scan.at(), format!("`{field}:{word}` means nothing")).hint(hint))
    }
}
