//! The dates of a table, value by value: written as EDTF, as other programs write them, as numbers, in words.

use std::collections::HashMap;
use std::sync::Arc;

use super::rewrite::{Short, rewrite};
use crate::when::{Bounds, Plain, When};

/// Values whose reading is kept: dates that are no plain ones are repeated a lot in a table.
const MOST_KEPT: usize = 4096;

/// How the numbers and the days of a column are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Numbers are seconds since 1970, or thousandths, millionths or milliardths of them.
    pub epoch: bool,
    /// In `12/04/1985` the month stands first.
    pub month_first: bool,
    /// Only EDTF is a date: everything else was put there by a program that took it for something else.
    pub strict: bool,
}

/// A date as it was read.
#[derive(Clone, Debug)]
pub(super) enum Found<'t> {
    /// There is none.
    Nothing,
    /// A plain one, and its EDTF.
    Plain(Plain, Written<'t>),
    /// Any other.
    Known(Arc<Known>),
    /// No way to read it is known.
    Unreadable,
}

/// The EDTF of a plain date.
#[derive(Clone, Copy, Debug)]
pub(super) enum Written<'t> {
    /// As it stands in the table.
    AsRead(&'t str),
    /// Put into that form.
    Made(Short),
}

impl Written<'_> {
    pub fn text(&self) -> &str {
        match self {
            Self::AsRead(text) => text,
            Self::Made(short) => short.text(),
        }
    }
}

/// A date with what it allows.
#[derive(Debug)]
pub(super) struct Known {
    pub when: When,
    pub bounds: Bounds,
}

/// Reads dates, remembering those that took long.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// Those that were read as EDTF alone, and those that were read as words, too.
    kept: [HashMap<String, Option<Arc<Known>>>; 2],
}

impl Dates {
    /// Reads one value.
    pub fn read<'t>(&mut self, text: &'t str, style: Style) -> Found<'t> {
        if let Some(plain) = Plain::read(text.as_bytes()).filter(|_| !style.epoch) {
            return Found::Plain(plain, Written::AsRead(text));
        }
        let text = text.trim_ascii();
        if is_nothing(text) {
            return Found::Nothing;
        }
        if !style.strict
            && let Some(short) = rewrite(text, style)
            && let Some(plain) = Plain::read(short.text().as_bytes())
        {
            return Found::Plain(plain, Written::Made(short));
        }
        if style.epoch && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Found::Unreadable;
        }
        self.known(text, style.strict).map_or(Found::Unreadable, Found::Known)
    }

    /// A date in EDTF or, unless only that is meant, in words.
    pub fn known(&mut self, text: &str, strict: bool) -> Option<Arc<Known>> {
        let [edtf, words] = &mut self.kept;
        let kept = if strict { edtf } else { words };
        if let Some(known) = kept.get(text) {
            return known.clone();
        }
        let when = if strict { When::parse(text) } else { crate::when::words::read(text, None) };
        let known = when.ok().map(|when| Arc::new(Known { bounds: when.bounds(None), when }));
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(text.to_owned(), known.clone());
        known
    }
}

/// Whether a value is one of those that programs write for none.
pub(super) fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 13] =
        ["", "-", "--", "?", "na", "n/a", "nan", "nat", "null", "none", "not set", "error", "--:--:--"];
    text.starts_with("0000-00-00")
        || (text.len() <= 8 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)))
}
