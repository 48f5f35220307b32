//! A block of a document laid out: passages, names and times marked, wrapped.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::app::App;
use crate::query::Highlighter;
use crate::store::{Passage, Reading};
use crate::text::safe::safe_line;
use crate::text::timex::clear;
use crate::text::width::wrap;
use crate::when::When;

/// What a piece of the text is to the events, from the least to the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// No event comes from it.
    #[default]
    None,
    /// Events that the filter hides.
    Hidden,
    /// Events that are shown.
    Shown,
    /// The lit event.
    Lit,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is something of its own that a piece can be")]
pub struct Piece {
    /// Its text, safe to show.
    pub text: String,
    /// What it is.
    pub mark: Mark,
    /// Whether it is an expression of time or a name that is known.
    pub known: bool,
    /// Whether it is a hit of the search.
    pub hit: bool,
    /// Whether it is the number of the passage that begins here.
    pub number: bool,
    /// Whether it is of the words that are being chosen.
    pub chosen: bool,
}

/// A line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The byte of the text with which it begins.
    pub begins: usize,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// The most that any of them is.
    pub mark: Mark,
}

/// The lines of a block.
type Lines = Rc<Vec<Line>>;

/// What lines are made from.
pub struct Page<'a> {
    reading: &'a Reading,
    lit: Option<usize>,
    highlighter: &'a Highlighter,
    published: Option<When>,
    chosen: Option<Range<usize>>,
    ascii: bool,
    /// The blocks that were laid out already, with their width: each is asked for several times.
    laid: RefCell<HashMap<(usize, usize), Lines>>,
}

impl App {
    /// A document as it is drawn.
    pub(super) fn page<'a>(&'a self, reading: &'a Reading) -> Page<'a> {
        let document = self.info.catalogue.documents.get(reading.document.0 as usize);
        let published = document.and_then(|known| known.document.published.as_deref());
        Page {
            reading,
            lit: self.lit_passage(),
            highlighter: &self.search.highlighter,
            chosen: self.source.chosen.as_ref().map(super::super::revising::Chosen::range),
            published: published.and_then(|date| When::parse(date).ok()),
            ascii: self.options.ascii,
            laid: RefCell::default(),
        }
    }
}

impl Page<'_> {
    /// The lines of a block at a width; at least one.
    pub fn block(&self, block: usize, columns: usize) -> Lines {
        if let Some(laid) = self.laid.borrow().get(&(block, columns)) {
            return Rc::clone(laid);
        }
        let range = self.reading.blocks.range(block);
        let pieces = self.pieces(self.reading.blocks.block(block), &range);
        let whole: String = pieces.iter().map(|(_, piece)| piece.text.as_str()).collect();
        let wrapped = wrap(&whole, columns);
        let lines: Vec<Line> = wrapped.into_iter().map(|part| line(&pieces, &part, range.start)).collect();
        let lines = Rc::new(lines);
        self.laid.borrow_mut().insert((block, columns), Rc::clone(&lines));
        lines
    }

    /// The text of a block in pieces of which each is one thing, each with its bytes.
    fn pieces(&self, text: &str, range: &Range<usize>) -> Vec<(Range<usize>, Piece)> {
        let over = |(_, passage): &(usize, &Passage)| {
            passage.range.start < range.end && passage.range.end > range.start
        };
        let passages: Vec<(usize, &Passage)> =
            self.reading.passages.iter().enumerate().filter(over).collect();
        let outward = |found: Range<usize>| range.start + found.start..range.start + found.end;
        let mut known: Vec<Range<usize>> = self.reading.known.find(text).into_iter().map(outward).collect();
        let published = self.published.as_ref();
        known.extend(clear(text, published).into_iter().map(|time| outward(time.range)));
        let hits: Vec<Range<usize>> = self.highlighter.ranges(text).into_iter().map(outward).collect();
        let of_passages = passages.iter().map(|(_, passage)| &passage.range);
        let edges = of_passages
            .chain(&known)
            .chain(&hits)
            .chain(&self.chosen)
            .flat_map(|part| [part.start, part.end]);
        let within = |edge: &usize| range.contains(edge);
        let mut edges: Vec<usize> = edges.chain([range.start]).filter(within).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut pieces = Vec::new();
        for (place, start) in edges.iter().enumerate() {
            let end = edges.get(place + 1).copied().unwrap_or(range.end);
            let said = text.get(start - range.start..end - range.start).unwrap_or_default();
            let covers = |part: &Range<usize>| part.start <= *start && part.end >= end;
            let marks = passages.iter().filter(|(_, passage)| covers(&passage.range));
            let mark = marks.map(|(at, passage)| self.mark(*at, passage)).max().unwrap_or_default();
            let chosen = self.chosen.as_ref().is_some_and(covers);
            let plain =
                Piece { text: String::new(), mark, known: false, hit: false, number: false, chosen: false };
            let mut begin = passages.iter().filter(|(_, passage)| passage.range.start == *start);
            if let Some((first, passage)) = begin.next() {
                let (last, mark) = begin
                    .fold((*first, self.mark(*first, passage)), |(_, mark), (at, passage)| {
                        (*at, mark.max(self.mark(*at, passage)))
                    });
                let text = self.numbers(first + 1, last + 1);
                pieces.push((*start..*start, Piece { text, mark, number: true, ..plain.clone() }));
            }
            let (known, hit) = (known.iter().any(covers), hits.iter().any(covers));
            pieces.push((
                *start..end,
                Piece { text: safe_line(said).into_owned(), known, hit, chosen, ..plain },
            ));
        }
        pieces
    }

    fn mark(&self, at: usize, passage: &Passage) -> Mark {
        if self.lit == Some(at) {
            Mark::Lit
        } else if passage.is_shown() {
            Mark::Shown
        } else {
            Mark::Hidden
        }
    }

    /// The numbers of the passages that begin here, which follow each other, before their first word.
    fn numbers(&self, first: usize, last: usize) -> String {
        let plain = if first == last { first.to_string() } else { format!("{first}-{last}") };
        if self.ascii {
            return format!("[{plain}]");
        }
        plain.chars().map(raised).collect()
    }
}

/// A digit or hyphen as it stands above the line.
fn raised(c: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = c.to_digit(10).and_then(|digit| RAISED.get(digit as usize));
    digit.copied().unwrap_or('⁻')
}

/// A line of wrapped pieces.
fn line(pieces: &[(Range<usize>, Piece)], part: &Range<usize>, begin: usize) -> Line {
    let mut line = Line { begins: begin, pieces: Vec::new(), mark: Mark::None };
    let mut offset = 0;
    for (at, piece) in pieces {
        let start = part.start.max(offset) - offset;
        let end = part.end.min(offset + piece.text.len()).saturating_sub(offset);
        if let Some(text) = piece.text.get(start..end).filter(|text| !text.is_empty()) {
            if line.pieces.is_empty() {
                // As near as it is known: what is shown may be longer than what is written.
                line.begins = (at.start + start).min(at.end.saturating_sub(1)).max(at.start);
            }
            line.mark = line.mark.max(piece.mark);
            line.pieces.push(Piece { text: text.to_owned(), ..piece.clone() });
        }
        offset += piece.text.len();
    }
    line
}
