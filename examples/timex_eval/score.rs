//! The measures of `TempEval-3`: what was found, how exactly, and with which value.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::fmt::Write as _;

use crate::gold::{Document, Span};

/// Counts, added over documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub gold: usize,
    pub found: usize,
    pub strict: usize,
    pub relaxed: usize,
    pub value: usize,
    pub kind: usize,
}

/// How one document went.
#[derive(Debug, Default)]
pub struct Outcome {
    pub tally: Tally,
    /// By the type that is right.
    pub types: BTreeMap<String, Tally>,
    /// How many of which class.
    pub classes: BTreeMap<String, usize>,
    /// One line each.
    pub errors: Vec<String>,
}

/// Percent.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.strict += other.strict;
        self.relaxed += other.relaxed;
        self.value += other.value;
        self.kind += other.kind;
    }

    pub fn sum<'o>(outcomes: impl IntoIterator<Item = &'o Outcome>) -> Self {
        let mut sum = Self::default();
        for outcome in outcomes {
            sum.add(&outcome.tally);
        }
        sum
    }

    /// The harmonic mean of what share is right of what was found and of what there is.
    pub fn f1(&self, right: usize) -> f64 {
        share(2 * right, self.gold + self.found)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |right| self.f1(right);
        write!(
            f,
            "gold {}, found {}: strict {:.2}, relaxed {:.2}, value {:.2}, type {:.2}",
            self.gold,
            self.found,
            of(self.strict),
            of(self.relaxed),
            of(self.value),
            of(self.kind)
        )
    }
}

/// Which of what was found belongs to which of what is there: the exact ones first, then from left to right.
fn pairs(gold: &[Span], found: &[Span]) -> Vec<(usize, usize, bool)> {
    let mut candidates = Vec::new();
    let mut from = 0;
    for (g, right) in gold.iter().enumerate() {
        // Spans lie in order, and few within each other.
        while found.get(from).is_some_and(|span| span.end + 400 < right.start) {
            from += 1;
        }
        for (p, span) in found.iter().enumerate().skip(from).take_while(|(_, span)| span.start < right.end) {
            if span.end > right.start {
                let exact = (span.start, span.end) == (right.start, right.end);
                candidates.push((!exact, right.start, span.start, g, p));
            }
        }
    }
    candidates.sort_unstable();
    let (mut golds, mut founds) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (inexact, _, _, g, p) in candidates {
        if !golds.contains(&g) && !founds.contains(&p) {
            golds.insert(g);
            founds.insert(p);
            pairs.push((g, p, !inexact));
        }
    }
    pairs
}

/// Compares what was found in a document with what is there.
pub fn score(document: &Document, found: &[Span]) -> Outcome {
    let mut seen = HashSet::new();
    let mut found: Vec<Span> = found
        .iter()
        .filter(|span| span.start < span.end && seen.insert((span.start, span.end)))
        .cloned()
        .collect();
    found.sort_by_key(|span| (span.start, span.end));
    let gold = &document.spans;
    let characters: Vec<char> = document.text.chars().collect();
    let tally = Tally { gold: gold.len(), found: found.len(), ..Tally::default() };
    let mut outcome = Outcome { tally, ..Outcome::default() };
    let (mut missed, mut spurious) = (vec![true; gold.len()], vec![true; found.len()]);
    for (g, p, exact) in pairs(gold, &found) {
        (missed[g], spurious[p]) = (false, false);
        let (right, is) = (&gold[g], &found[p]);
        let (value, kind) = (right.value == is.value, right.kind == is.kind);
        let one = Tally {
            gold: 0,
            found: 0,
            strict: exact.into(),
            relaxed: 1,
            value: value.into(),
            kind: kind.into(),
        };
        outcome.tally.add(&one);
        outcome.types.entry(right.kind.clone()).or_default().add(&one);
        let span = if exact {
            ""
        } else if is.end - is.start < right.end - right.start {
            "span too short"
        } else {
            "span too long"
        };
        let said = if value { "" } else { class_of_value(&right.value, &is.value) };
        let class = [span, said].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        if !class.is_empty() {
            outcome.note(&class, document, &characters, Some(right), Some(is));
        }
    }
    for span in gold {
        outcome.types.entry(span.kind.clone()).or_default().gold += 1;
    }
    for span in &found {
        outcome.types.entry(span.kind.clone()).or_default().found += 1;
    }
    for (span, _) in gold.iter().zip(&missed).filter(|(_, missed)| **missed) {
        outcome.note("missed", document, &characters, Some(span), None);
    }
    for (span, _) in found.iter().zip(&spurious).filter(|(_, spurious)| **spurious) {
        outcome.note("spurious", document, &characters, None, Some(span));
    }
    outcome
}

/// What is wrong with a value.
fn class_of_value(right: &str, is: &str) -> &'static str {
    let duration = |value: &str| value.starts_with('P') && !value.contains('_');
    let vague = |value: &str| value.ends_with("_REF");
    let (head, tail) = (is.split_once('-'), right.split_once('-'));
    if vague(right) != vague(is) {
        "vague or not"
    } else if duration(right) != duration(is) {
        "duration or date"
    } else if duration(right) {
        "another duration"
    } else if right.contains('X') != is.contains('X') {
        "known or not"
    } else if right.len() != is.len() {
        "granularity"
    } else if head.map(|(_, rest)| rest) == tail.map(|(_, rest)| rest) {
        "another year"
    } else {
        "another date"
    }
}

impl Outcome {
    fn note(
        &mut self,
        class: &str,
        document: &Document,
        text: &[char],
        right: Option<&Span>,
        is: Option<&Span>,
    ) {
        *self.classes.entry(class.to_owned()).or_default() += 1;
        let Some(at) = right.or(is) else { return };
        let part = |from: usize, to: usize| {
            let part: String = text[from.min(text.len())..to.min(text.len())].iter().collect();
            part.replace('\n', " ")
        };
        let show = |span: Option<&Span>| {
            span.map_or_else(
                || "-".to_owned(),
                |span| format!("“{}” {} {}", part(span.start, span.end), span.kind, span.value),
            )
        };
        self.errors.push(format!(
            "{class}\t{}\tright {}\tfound {}\t…{}[[{}]]{}…",
            document.name,
            show(right),
            show(is),
            part(at.start.saturating_sub(60), at.start),
            part(at.start, at.end),
            part(at.end, at.end + 40),
        ));
    }
}

/// The measures of each type.
pub fn by_type(outcomes: &[&Outcome]) -> String {
    let mut types: BTreeMap<&str, Tally> = BTreeMap::new();
    for (name, tally) in outcomes.iter().flat_map(|outcome| &outcome.types) {
        types.entry(name).or_default().add(tally);
    }
    let mut text = String::new();
    for (name, tally) in types {
        let Tally { gold, found, strict, relaxed, value, .. } = tally;
        let _ = writeln!(
            text,
            "  {name:<9} gold {gold:>5}, found {found:>5}: of these strict {:.1} %, relaxed {:.1} %, right value {:.1} %",
            share(strict, gold),
            share(relaxed, gold),
            share(value, relaxed)
        );
    }
    text
}

/// How many errors of which class, the most first.
pub fn by_class(outcomes: &[&Outcome]) -> String {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for (class, count) in outcomes.iter().flat_map(|outcome| &outcome.classes) {
        *classes.entry(class).or_default() += count;
    }
    let mut classes: Vec<(&str, usize)> = classes.into_iter().collect();
    classes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut text = String::new();
    for (class, count) in classes {
        let _ = writeln!(text, "  {count:>5} {class}");
    }
    text
}
