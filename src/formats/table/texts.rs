//! The texts of a record that a search looks at, without making the event.

use std::ops::Range;

use super::cells::{Cell, Marks, State, split, unquote};
use super::parts::degrees;
use super::role::{Cited, Role};
use super::shape::Shape;
use super::{Layout, event};
use crate::chronology::Status;
use crate::formats::csv::guard::unguard;
use crate::text::fold::fold;

/// What is called with the texts of a record: the bytes of the record that each stands in, and what makes it.
pub type EachText<'a> = dyn FnMut(Range<usize>, &dyn Fn() -> String) + 'a;

/// Where the texts of a layout's records stand. Made once for all records.
#[derive(Debug)]
pub struct Texts {
    marks: Marks,
    own: bool,
    blank: &'static str,
    /// How many columns there are.
    width: usize,
    /// The columns whose cells are texts.
    columns: Vec<usize>,
    /// The columns whose cells become texts where they are none of what is expected there.
    expecting: Vec<(usize, Role)>,
    /// Whether these are all columns with texts.
    all: bool,
    /// The columns of ids; the last that is filled counts.
    ids: Vec<usize>,
    /// The columns that are kept as fields, by folded name.
    fields: Vec<(String, usize)>,
}

impl Layout {
    /// Whether every text of its records stands in their bytes; else some are made of several cells.
    pub fn holds_texts(&self) -> bool {
        !matches!(self.shape, Shape::Acled | Shape::Gdelt | Shape::Icews)
    }

    /// Where the texts of its records stand; `None`: they stand nowhere, or not in cells.
    pub fn texts(&self) -> Option<Texts> {
        if !self.holds_texts() || self.is_json() {
            return None;
        }
        let (mut columns, mut expecting, mut fields) = (Vec::new(), Vec::new(), Vec::new());
        let mut all = true;
        for (column, role) in self.roles.iter().copied().enumerate() {
            match role {
                Role::Title | Role::Summary | Role::Note | Role::Source(_, Cited::Quote) => {
                    columns.push(column);
                }
                Role::Field | Role::DateElse | Role::Zone | Role::Exactness => {
                    let name = self.field(column);
                    // Of two cells that are one field, the event has the first that is filled.
                    if fields.contains(&name) {
                        all = false;
                    } else {
                        fields.push(name);
                        columns.push(column);
                    }
                }
                Role::Lat | Role::Lon | Role::Status | Role::Source(_, Cited::Stance) => {
                    expecting.push((column, role));
                }
                _ => {}
            }
        }
        let (marks, own, blank) = (self.marks, self.shape == Shape::Own, self.shape.blank());
        let ids = (0..).zip(&self.roles).filter(|(_, role)| **role == Role::Id).map(|(column, _)| column);
        let ids = ids.collect();
        let kept = |role: Role| matches!(role, Role::Field | Role::DateElse | Role::Zone | Role::Exactness);
        let fields = self.roles.iter().zip(0..).filter(|(role, _)| kept(**role));
        let fields = fields.map(|(_, column)| (fold(&self.field(column)), column)).collect();
        Some(Texts { marks, own, blank, width: self.roles.len(), columns, expecting, all, ids, fields })
    }
}

impl Texts {
    /// Calls `each` with the texts of the record that `record` begins with: its title, summary, note, quotes and
    /// fields. What stands in the bytes of a text as letters and digits, with single spaces between them, stands so in
    /// the text. `false`: there may be others.
    pub fn each(&self, record: &[u8], each: &mut EachText<'_>) -> bool {
        let mut cells = Vec::with_capacity(self.width);
        split(record, self.marks, true, &mut cells);
        for cell in self.columns.iter().filter_map(|column| cells.get(*column)) {
            if !self.is_empty(record, *cell) {
                each(cell.start as usize..cell.end as usize, &|| {
                    self.text(record, *cell).unwrap_or_default()
                });
            }
        }
        self.is_all(record, &cells)
    }

    /// The id that stands in the record that `record` begins with; `None`: none does.
    pub fn id(&self, record: &[u8]) -> Option<String> {
        let mut cells = Vec::with_capacity(self.width);
        split(record, self.marks, true, &mut cells);
        let mut filled = self.ids.iter().rev().filter_map(|column| cells.get(*column));
        filled.find_map(|cell| self.text(record, *cell))
    }

    /// Calls `each` with the fields of this folded name that the record that `record` begins with has. `false`: there
    /// may be others.
    pub fn field(&self, record: &[u8], name: &str, each: &mut dyn FnMut(&str)) -> bool {
        let mut cells = Vec::with_capacity(self.width);
        split(record, self.marks, true, &mut cells);
        for (_, column) in self.fields.iter().filter(|(known, _)| known == name) {
            if let Some(text) = cells.get(*column).and_then(|cell| self.text(record, *cell)) {
                each(&text);
            }
        }
        self.is_all(record, &cells)
    }

    /// Whether nothing is a text or a field but what stands in the columns of texts.
    fn is_all(&self, record: &[u8], cells: &[Cell]) -> bool {
        let fits = |(column, role): &(usize, Role)| {
            let text = cells.get(*column).and_then(|cell| self.text(record, *cell));
            text.is_none_or(|text| is_expected(*role, &text))
        };
        self.all && cells.len() <= self.width && self.expecting.iter().all(fits)
    }

    fn is_empty(&self, record: &[u8], cell: Cell) -> bool {
        // What is in a cell with marks in it shows only when they are taken away.
        if cell.state == State::Quoted || self.own {
            return self.text(record, cell).is_none();
        }
        let bytes = bytes_of(record, cell);
        bytes.is_empty() || bytes == self.blank.as_bytes()
    }

    /// The text of a cell; `None`: there is none.
    fn text(&self, record: &[u8], cell: Cell) -> Option<String> {
        let raw = String::from_utf8_lossy(bytes_of(record, cell));
        let mut text = String::new();
        match cell.state {
            State::Quoted => unquote(&raw, &mut text),
            State::Plain | State::Made => text = raw.into_owned(),
        }
        if self.own {
            let plain = unguard(&text).len();
            text.drain(..text.len() - plain);
        }
        Some(text).filter(|text| !text.is_empty() && text != self.blank)
    }
}

fn bytes_of(record: &[u8], cell: Cell) -> &[u8] {
    record.get(cell.start as usize..cell.end as usize).unwrap_or_default()
}

/// Whether a filled cell is what its column is for, so that it is not kept as a field.
fn is_expected(role: Role, text: &str) -> bool {
    match role {
        Role::Lat | Role::Lon => degrees(text).is_some(),
        Role::Status => Status::ALL.iter().any(|status| status.word().eq_ignore_ascii_case(text.trim())),
        _ => event::stance(text).is_some(),
    }
}
