//! Expressions of time in English texts: where they stand, what they say in TIMEX3 (ISO 24617-1) and in EDTF, and
//! what that was worked out from. One pass over the text; a grammar over classes of words, written by hand.

mod calendar;
mod clear;
mod clock;
mod context;
mod dates;
mod deictic;
mod edtf;
mod lengths;
mod lexicon;
mod mode;
mod months;
mod number;
mod published;
mod relative;
mod resolve;
mod scan;
mod seasons;
mod sets;
mod spans;
mod steps;
mod token;
mod value;
mod words;
mod years;

use std::ops::Range;

use crate::when::When;
pub use clear::{Clear, clear};
use context::Context;
pub use published::published;
use scan::{Found, Scan};
use token::{Lexer, Token};
use value::Value;

/// How a text is to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day of publication, which relative expressions count from.
    pub published: Option<When>,
    /// How the text is written; `None`: decided from the text.
    pub mode: Option<Mode>,
}

/// How a text is written, and so what its dates count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As news: dates count from the publication.
    News,
    /// As a history: dates count from the ones named before.
    Narrative,
}

/// What a text says of time.
#[derive(Clone, Debug)]
pub struct Reading {
    /// How it was read.
    pub mode: Mode,
    /// Its expressions of time, in order, none over another.
    pub expressions: Vec<Timex>,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Its bytes in the text, at character borders.
    pub range: Range<usize>,
    /// What sort of time it says.
    pub kind: Kind,
    /// What it says, as the attribute `value` of TIMEX3.
    pub value: String,
    /// What it adds to that.
    pub modifier: Option<Modifier>,
    /// The date it says; `None`: none, or one that depends on a day that is not known.
    pub when: Option<When>,
    /// What it was worked out from.
    pub grounds: Grounds,
    /// The rule and the anchor, in words: "the last Thursday on or before publication, 2024-01-27".
    pub basis: String,
    /// Whether it depends on a publication that was not given.
    pub open: bool,
}

/// What sort of time an expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day or something longer, or a vague time.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl Kind {
    /// Its name in TIMEX3.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// What is added to a value: the attribute `mod` of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Early in it.
    Start,
    /// In the middle of it.
    Mid,
    /// Late in it.
    End,
    /// About it.
    Approx,
    /// More than it.
    MoreThan,
    /// Less than it.
    LessThan,
    /// It or more.
    EqualOrMore,
    /// It or less.
    EqualOrLess,
    /// Before it.
    Before,
    /// After it.
    After,
    /// In it or before it.
    OnOrBefore,
    /// In it or after it.
    OnOrAfter,
}

impl Modifier {
    /// Its name in TIMEX3.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::MoreThan => "MORE_THAN",
            Self::LessThan => "LESS_THAN",
            Self::EqualOrMore => "EQUAL_OR_MORE",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
        }
    }
}

/// What a date was worked out from, from the surest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grounds {
    /// It says all of it.
    Explicit,
    /// The day of publication.
    Publication,
    /// That day and the tense of the verb beside it.
    Tense,
    /// The dates named before.
    Narrative,
}

/// The basis of what says by itself all that it means.
pub const AS_WRITTEN: &str = "as it is written";

/// The most tokens that are looked at together.
const MOST_TOKENS: usize = 4096;
/// From so many tokens on, a paragraph ends what is looked at together.
const ENOUGH_TOKENS: usize = 256;

/// Finds the expressions of time in a text and says what they mean. Takes time in proportion to its length.
pub fn timex(text: &str, options: &Options) -> Reading {
    let mut expressions = Vec::new();
    let mode = each_timex(text, options, &mut |timex| expressions.push(timex));
    Reading { mode, expressions }
}

/// Hands out the expressions of time in a text one by one, as they are found; gives how it was read.
pub fn each_timex(text: &str, options: &Options, out: &mut dyn FnMut(Timex)) -> Mode {
    let published = options.published.as_ref();
    let mode = options.mode.unwrap_or_else(|| mode::decide(text, published));
    let mut context = Context::new(published, mode);
    let mut tokens: Vec<Token> = Vec::with_capacity(2 * ENOUGH_TOKENS);
    for token in Lexer::new(text) {
        if tokens.len() >= MOST_TOKENS || tokens.len() >= ENOUGH_TOKENS && token.lines > 1 {
            piece(text, &tokens, &mut context, out);
            tokens.clear();
        }
        tokens.push(token);
    }
    piece(text, &tokens, &mut context, out);
    mode
}

/// The expressions of a piece of the text.
fn piece(text: &str, tokens: &[Token], context: &mut Context, out: &mut dyn FnMut(Timex)) {
    let (mut at, mut named) = (0, 0);
    while at < tokens.len() {
        let found = Scan { text, tokens, context }.expression(at).filter(|found| found.last > at);
        let Some(found) = found else {
            at += 1;
            continue;
        };
        at = found.last;
        let mut next = Some(found);
        // "6-7 January", "1915-17": what is joined to it.
        while let Some(found) = next.take() {
            if let Value::Date(date) = &found.value
                && found.names
            {
                let scan = Scan { text, tokens, context };
                let opens = scan.opens_sentence(found.first) || scan.opens_paragraph(named, found.first);
                context.name(date, opens);
                named = found.first;
            }
            at = at.max(found.last);
            let scan = Scan { text, tokens, context };
            next = scan.joined(&found);
            if let Some(timex) = finish(&scan, found) {
                out(timex);
            }
        }
    }
}

/// What is found, with its bytes and texts.
fn finish(scan: &Scan<'_>, found: Found) -> Option<Timex> {
    let range = scan.token(found.first)?.start..scan.token(found.last.checked_sub(1)?)?.end;
    let context = scan.context;
    let kind = match &found.value {
        value if value.is_time() => Kind::Time,
        Value::Duration(_) => Kind::Duration,
        Value::Often(_) => Kind::Set,
        Value::Date(_) | Value::Vague(_) => Kind::Date,
    };
    let when = edtf::when(&found.value, found.modifier, context.published);
    let open = found.grounds != Grounds::Explicit
        && context.published.is_none()
        && matches!(found.value, Value::Date(_) | Value::Vague(value::Vague::Present))
        && when.is_none();
    Some(Timex {
        range,
        kind,
        value: found.value.to_string(),
        modifier: found.modifier,
        when,
        grounds: found.grounds,
        basis: found.basis,
        open,
    })
}

#[cfg(test)]
mod tests;
