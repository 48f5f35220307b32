//! Where the words of a filter stand in a text.

use std::ops::Range;

use regex::Regex;

use super::Filter;
use super::ast::{Node, Term};
use super::matcher;
use crate::text::fold::{Folded, fold};

/// Finds the words of a filter in a text, to highlight them. Words that a *not* leaves out are no words of it.
#[derive(Clone, Debug, Default)]
pub struct Highlighter {
    needles: Vec<String>,
    patterns: Vec<Regex>,
}

impl Highlighter {
    /// Takes the bare words, phrases and regular expressions of a filter.
    pub fn new(filter: &Filter) -> Self {
        let mut highlighter = Self::default();
        filter.terms.iter().for_each(|node| highlighter.collect(node));
        highlighter
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty() && self.patterns.is_empty()
    }

    fn collect(&mut self, node: &Node) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Node::Term(Term::Text(text)) => self.needles.extend(Some(fold(text)).filter(|n| !n.is_empty())),
            Node::Term(Term::Regex(pattern)) => self.patterns.extend(matcher::regex(pattern).ok()),
            Node::Not(_) | Node::Term(_) => {}
        }
    }

    /// The byte ranges in `text` (at character borders) where they occur, in order, not overlapping.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        if !self.needles.is_empty() {
            let folded = Folded::new(text);
            found.extend(self.needles.iter().flat_map(|needle| folded.find(needle)));
        }
        for pattern in &self.patterns {
            found.extend(pattern.find_iter(text).map(|hit| hit.range()).filter(|range| !range.is_empty()));
        }
        merged(found)
    }
}

/// The same ranges in order; those that overlap or touch are one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        let highlighter = Highlighter::new(&Filter::parse(query, None).unwrap());
        highlighter.ranges(text).into_iter().map(|range| text.get(range).unwrap()).collect()
    }

    #[test]
    fn words_phrases_and_expressions_are_found_as_written() {
        let text = "Sudani’s office said the U.S. “working group” attacked; AL‑SUDANI agreed.";
        assert_eq!(found("sudani's", text), ["Sudani’s"]);
        assert_eq!(found("\"al sudani\"", text), ["AL‑SUDANI"]);
        assert_eq!(found("us", text), ["U.S"]);
        assert_eq!(found("/attack(s|ed)/", text), ["attacked"]);
        assert_eq!(found("office or group", text), ["office", "group"]);
        assert_eq!(found("-office kind:talks", text), [""; 0]);
        assert_eq!(found("attack /tacked/", text), ["attacked"], "what overlaps is one");
        assert_eq!(found("/x*/", text), [""; 0], "an empty match is nothing to see");
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_at_borders(text in "\\PC{0,60}", needle in "\\PC{0,3}") {
            let filter = Filter { terms: vec![Node::Term(Term::Text(needle)), Node::Term(Term::Text("a".into()))] };
            let mut end = 0;
            for range in Highlighter::new(&filter).ranges(&text) {
                prop_assert!(range.start >= end && range.end > range.start);
                prop_assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
