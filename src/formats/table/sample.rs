//! The first rows of a table, and what can be told from their values.

use super::cells::{Found, Marks, State, split, unquote};
use super::dates;
use super::dates::{Dates, Style, is_nothing};
use super::rewrite::{Unit, rewrite};
use crate::when::Plain;

/// More rows tell nothing new.
pub(super) const MOST_ROWS: usize = 200;

/// Rows from the beginning of a table, the header among them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    pub rows: Vec<Vec<String>>,
    /// Bytes of the first row, with what ends it and empty lines before it.
    pub first: usize,
}

impl Sample {
    /// Reads rows. One that goes on behind what there is counts only where there are few others.
    pub fn read(bytes: &[u8], marks: Marks) -> Self {
        let mut sample = Self::default();
        let (mut rest, mut cells) = (bytes, Vec::new());
        while !rest.is_empty() && sample.rows.len() < MOST_ROWS {
            let (text, length) = match split(rest, marks, false, &mut cells) {
                Found::Whole { text, length } => (text, length),
                Found::Open { .. } if sample.rows.len() > 1 => break,
                Found::Open { .. } => {
                    split(rest, marks, true, &mut cells);
                    (rest.len(), rest.len())
                }
            };
            let record = String::from_utf8_lossy(rest.get(..text).unwrap_or_default());
            if matches!(record, std::borrow::Cow::Owned(_)) {
                split(record.as_bytes(), marks, true, &mut cells);
            }
            rest = rest.get(length..).unwrap_or_default();
            if sample.rows.is_empty() {
                sample.first += length;
            }
            if text > 0 {
                let row = cells.iter().map(|cell| {
                    let raw = record.get(cell.start as usize..cell.end as usize).unwrap_or_default();
                    let mut text = String::new();
                    if cell.state == State::Quoted {
                        unquote(raw, &mut text);
                    } else {
                        text.push_str(raw);
                    }
                    text
                });
                let row = row.collect();
                sample.rows.push(row);
            }
        }
        sample
    }

    /// How many columns the first row has.
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// How many of a hundred rows have as many cells as the first.
    pub fn even(&self) -> usize {
        let even = self.rows.iter().filter(|row| row.len() == self.width()).count();
        even * 100 / self.rows.len().max(1)
    }

    /// The values of a column, those that hold something.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let values = self.rows.iter().filter_map(move |row| row.get(column)).map(|text| text.trim());
        values.filter(|text| !is_nothing(text))
    }

    /// How the numbers and days of a column are to be read, given whether its name is one for numbers of seconds.
    pub fn style(&self, column: usize, named: bool) -> Style {
        let numbers = self.values(column).count() > 0 && self.values(column).all(is_number);
        let days = self.values(column).all(|text| {
            let short = rewrite(text, Style::default());
            let plain = Plain::read(text.as_bytes()).or_else(|| Plain::read(short?.text().as_bytes()));
            plain.is_some() && matches!(text.len(), 4 | 6 | 8 | 12 | 14)
        });
        let long = self.values(column).all(|text| text.len() >= 9);
        let epoch = numbers && !days && (named || long);
        Style { epoch, month_first: self.order(column) == Some(true), strict: false }
    }

    /// Whether the month stands first in days such as `12/04/1985`: as the values tell; `None`: they do not.
    pub fn order(&self, column: usize) -> Option<bool> {
        self.slashed(column).find_map(|(first, second)| match (first > 12, second > 12) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        })
    }

    /// The first two numbers of days such as `12/04/1985`.
    pub fn slashed(&self, column: usize) -> impl Iterator<Item = (u32, u32)> {
        self.values(column).filter_map(|text| {
            let mut parts = text.split('/');
            let mut short = || parts.next().filter(|part| part.len() <= 2)?.parse::<u32>().ok();
            short().zip(short())
        })
    }

    /// The units that the numbers of a column are counted in, as far as they are dates.
    pub fn units(&self, column: usize) -> Vec<Unit> {
        let numbers = self.values(column).filter_map(|text| text.split('.').next()?.parse().ok());
        let mut units: Vec<Unit> = numbers.map(Unit::of).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// How many of a hundred values of a column are dates.
    pub fn dated(&self, column: usize, style: Style) -> usize {
        let mut dates = Dates::default();
        let read = |text: &&str| {
            !matches!(dates.read(text, style), dates::Found::Unreadable | dates::Found::Nothing)
        };
        let count = self.values(column).filter(read).count();
        count * 100 / self.values(column).count().max(1)
    }

    /// Whether the values of a column can be nothing but dates: nearly all are, and some are days in three parts.
    pub fn clearly_dated(&self, column: usize) -> bool {
        let date = |text: &str| {
            let short = rewrite(text, Style::default());
            let plain = Plain::read(text.as_bytes()).or_else(|| Plain::read(short?.text().as_bytes()));
            plain.is_some() && !(is_number(text) && text.len() > 8)
        };
        let parts =
            |text: &str| text.split(['-', '/', '.', 'T', ' ']).filter(|part| !part.is_empty()).count();
        let count = self.values(column).count();
        self.values(column).filter(|text| date(text)).count() * 5 >= count * 4
            && self.values(column).any(|text| parts(text) >= 3 && date(text))
    }

    /// Whether a cell begins and ends with a quotation mark: read without quoting, it was quoted.
    pub fn has_quoted(&self) -> bool {
        let quoted = |cell: &String| cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
        self.rows.iter().flatten().any(quoted)
    }

    /// How many characters the values of a column have together, those apart that are numbers.
    pub fn prose(&self, column: usize) -> usize {
        self.values(column).filter(|text| !is_number(text)).map(|text| text.chars().count()).sum()
    }
}

/// Whether a text is a number, with a fraction perhaps.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
