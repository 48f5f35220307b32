//! The matrix: who or what against when. Its cell is a period of a row; the cursor stays on its event.

use std::sync::Arc;

use super::action::Action;
use super::movement::moved;
use super::{App, View};
use crate::formats::wording::grouped;
use crate::layout::matrix::{self as layout, Column, NARROWEST};
use crate::layout::screen::Area;
use crate::query::{Choice, Dimension, Filter};
use crate::store::{Count, Grid, Keys, Reply, Request, Slot};
use crate::text::width::width;
use crate::when::Instant;
use crate::when::periods::Period;

/// The share of the pane that names may take, in percent, and how wide they are at the most.
const NAMES: (u16, u16) = (30, 28);
/// The columns of the totals at the right.
const TOTALS: u16 = 7;
/// The state of the matrix.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// What the rows are of.
    pub by: Dimension,
    /// What is known.
    pub held: Option<Arc<Grid>>,
    /// The row that has the keys.
    pub row: usize,
    /// The period that has them.
    pub period: usize,
    /// The first row on screen.
    pub top: usize,
    /// The first period on screen.
    pub left: usize,
    /// How many events begin or go on in the cell.
    pub going_on: Option<Count>,
    /// How many columns were asked for.
    asked: usize,
    /// Whether the cell goes to the lit event once it is known where that is.
    follow: bool,
}

impl Default for Matrix {
    fn default() -> Self {
        Self {
            by: Dimension::Actor,
            held: None,
            row: 0,
            period: 0,
            top: 0,
            left: 0,
            going_on: None,
            asked: 0,
            follow: false,
        }
    }
}

/// Where the parts of the matrix are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatrixParts {
    /// What the periods are called, in two lines or one.
    pub dates: Area,
    /// What the rows are called.
    pub names: Area,
    /// The cells.
    pub body: Area,
    /// What each row has in all.
    pub totals: Area,
    /// What each period has in all, in one line across all columns.
    pub sums: Area,
    /// What is said of the cell.
    pub foot: Area,
}

impl App {
    /// Where the parts of the matrix are.
    pub fn matrix_parts(&self) -> MatrixParts {
        let area = self.areas().list;
        let (dates, rest) = area.split_top(match area.height {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        });
        let below = |rows: u16| rest.height.saturating_sub(rows);
        let (rest, foot) = rest.split_top(below(u16::from(area.height > 4)));
        let (rest, sums) = rest.split_top(rest.height.saturating_sub(u16::from(area.height > 6)));
        let names = (rest.width * NAMES.0 / 100).min(NAMES.1);
        let totals = if rest.width >= 48 { TOTALS } else { 0 };
        let x = rest.x.saturating_add(names);
        let width = rest.width.saturating_sub(names).saturating_sub(totals);
        MatrixParts {
            dates: Area { x, width, ..dates },
            names: Area { width: names, ..rest },
            body: Area { x, width, ..rest },
            totals: Area { x: x.saturating_add(width), width: totals, ..rest },
            sums,
            foot,
        }
    }

    /// The columns that are on screen.
    pub fn matrix_columns(&self) -> Vec<Column> {
        layout::columns(&self.wanted(), self.matrix.left, self.matrix_parts().body.width)
    }

    /// What each period's label takes, and whether a gap stands before it.
    fn wanted(&self) -> Vec<(u16, bool)> {
        let Some(held) = self.matrix.held.as_deref() else { return Vec::new() };
        let mut before: Option<&Period> = None;
        let wanted = held.periods.iter().map(|period| {
            let label = u16::try_from(width(&period.label().1)).unwrap_or(u16::MAX);
            let gap = before.replace(period).is_some_and(|before| before.next < period.first);
            (label.saturating_add(1), gap)
        });
        wanted.collect()
    }

    /// Opens the matrix, or forgets what it asked for.
    pub(super) fn open_matrix(&mut self) {
        self.matrix.follow = true;
        self.ask_matrix();
    }

    /// Asks for the counts.
    pub(super) fn ask_matrix(&mut self) {
        if self.view != View::Matrix {
            self.forget(Slot::Cell);
            return self.forget(Slot::Matrix);
        }
        let Some(range) = self.strip.view.or(self.info.extent) else {
            self.matrix.held = None;
            return;
        };
        if self.matrix.by == Dimension::Party && self.info.catalogue.parties.is_empty() {
            self.matrix.by = Dimension::Actor;
        }
        let most = usize::from(self.matrix_parts().body.width / NARROWEST).max(1);
        self.matrix.asked = most;
        let (question, dimension) = (self.question(), self.matrix.by);
        self.ask(Slot::Matrix, Request::Matrix { question, range, dimension, most });
    }

    /// Asks again where another width has room for another number of columns.
    pub(super) fn lay_matrix(&mut self) {
        if self.view != View::Matrix {
            return;
        }
        if usize::from(self.matrix_parts().body.width / NARROWEST).max(1) != self.matrix.asked {
            self.ask_matrix();
        }
        self.clamp_matrix();
    }

    pub(super) fn take_matrix(&mut self, reply: Reply) {
        let Reply::Matrix(grid) = reply else { return };
        let at = self.cell();
        let value = at.as_ref().map(|(value, _)| value.clone());
        let first = at.map(|(_, period)| period.first);
        let row = grid.rows.iter().position(|(other, _)| Some(other) == value.as_ref());
        self.matrix.row = row.unwrap_or(self.matrix.row);
        if let Some(first) = first {
            // The period that holds the beginning of the one before, or the next.
            let before = grid.periods.partition_point(|period| period.next <= first);
            self.matrix.period = before.min(grid.periods.len().saturating_sub(1));
        }
        // Other columns are shown from the first one on, as far as the cell's is among them.
        if self.matrix.held.as_ref().is_none_or(|held| held.periods != grid.periods) {
            self.matrix.left = 0;
        }
        self.matrix.held = Some(grid);
        if std::mem::take(&mut self.matrix.follow) {
            self.go_to_lit_cell();
        }
        self.clamp_matrix();
        self.ask_cell();
    }

    /// The value and the period that have the keys.
    fn cell(&self) -> Option<(String, Period)> {
        let held = self.matrix.held.as_deref()?;
        let (value, _) = held.rows.get(self.matrix.row)?;
        Some((value.clone(), *held.periods.get(self.matrix.period)?))
    }

    /// How many events begin in the cell that has the keys.
    fn begin(&self) -> u64 {
        let held = self.matrix.held.as_deref();
        let row = held.and_then(|held| held.rows.get(self.matrix.row));
        row.and_then(|(_, counts)| counts.get(self.matrix.period)).copied().unwrap_or(0)
    }

    /// The rows of the lit event, and the period in which it begins.
    pub fn lit_cells(&self) -> (Vec<usize>, Option<usize>) {
        let (Some(held), Some(row)) = (self.matrix.held.as_deref(), self.lit()) else {
            return Default::default();
        };
        let values = held.dimension.values(&row.entry, &self.info.catalogue);
        let is_lit = |value: &String| values.contains(value) || (value.is_empty() && values.is_empty());
        let rows = held.rows.iter().enumerate().filter(|(_, (value, _))| is_lit(value)).map(|(at, _)| at);
        let start = row.entry.bounds.as_ref().map(|bounds| bounds.hull.s0).filter(|start| start.is_finite());
        let holds = |period: &Period| start.is_some_and(|start| period.first <= start && start < period.next);
        (rows.collect(), held.periods.iter().position(holds))
    }

    /// The cell goes to the lit event: its period, and its first row unless it is on one of them.
    fn go_to_lit_cell(&mut self) {
        let (rows, period) = self.lit_cells();
        if !rows.contains(&self.matrix.row) {
            self.matrix.row = rows.first().copied().unwrap_or(self.matrix.row);
        }
        self.matrix.period = period.unwrap_or(self.matrix.period);
    }

    /// The cell follows the cursor.
    pub(super) fn follow_in_matrix(&mut self) {
        if self.view != View::Matrix {
            return;
        }
        if self.awaits(Slot::Matrix) {
            self.matrix.follow = true;
            return;
        }
        self.go_to_lit_cell();
        self.clamp_matrix();
        self.ask_cell();
    }

    fn clamp_matrix(&mut self) {
        let Some(held) = self.matrix.held.clone() else { return };
        let body = self.matrix_parts().body;
        let height = usize::from(body.height).max(1);
        let last_row = held.rows.len().saturating_sub(1);
        self.matrix.row = self.matrix.row.min(last_row);
        self.matrix.period = self.matrix.period.min(held.periods.len().saturating_sub(1));
        let matrix = &self.matrix;
        let top = matrix.top.min(matrix.row).max((matrix.row + 1).saturating_sub(height));
        let left = layout::scrolled(&self.wanted(), matrix.left, matrix.period, body.width);
        (self.matrix.top, self.matrix.left) = (top, left);
    }

    /// Asks how many events begin or go on in the cell.
    pub(super) fn ask_cell(&mut self) {
        self.matrix.going_on = None;
        let Some(filter) = self.cell_filter() else { return self.forget(Slot::Cell) };
        // What is undated may be at any time, and so in every cell.
        let dated = Filter::parse("-is:undated", None).unwrap_or_default();
        let question = self.question_of(Arc::new(self.filter.and(&filter).and(&dated)));
        self.ask(Slot::Cell, Request::Count { question, keys: Keys::all() });
    }

    pub(super) fn take_cell(&mut self, count: Count) {
        self.matrix.going_on = Some(count);
    }

    /// What lets through only events of the cell: those with its value that begin or go on in its period.
    fn cell_filter(&self) -> Option<Filter> {
        let (value, period) = self.cell()?;
        let time = Filter::parse(&format!("in:{}", period.edtf()?), None).ok()?;
        let dimension = self.matrix.held.as_deref()?.dimension;
        Some(match value.as_str() {
            "" => Filter::parse(&format!("-{}:*", dimension.field()), None).unwrap_or_default().and(&time),
            value => Filter::default().with_choice(dimension, value, Choice::Only).and(&time),
        })
    }

    /// What a row is called.
    pub fn row_label(&self, dimension: Dimension, value: &str) -> String {
        dimension.heading(value, &self.info.catalogue)
    }

    /// What is said of the cell: "Iraq, October 2023: 7 begin at the earliest, 3 more go on", the row being named or not.
    pub fn said_of_cell(&self, named: bool) -> Option<String> {
        let (value, period) = self.cell()?;
        let label = self.row_label(self.matrix.held.as_deref()?.dimension, &value);
        let label = if named { format!("{label}, ") } else { String::new() };
        let begin = self.begin();
        let verb = if begin == 1 { "begins" } else { "begin" };
        let on = match self.matrix.going_on {
            None => ", counting what goes on".to_owned(),
            Some(count) => {
                let more = if self.info.loading || self.is_partial(Slot::Cell) { "+" } else { "" };
                match count.total().saturating_sub(begin) {
                    1 if more.is_empty() => ", 1 more goes on".to_owned(),
                    on => format!(", {}{more} more go on", grouped(on)),
                }
            }
        };
        Some(format!("{label}{}: {} {verb} at the earliest{on}", period.in_words(), grouped(begin)))
    }

    pub(super) fn move_in_matrix(&mut self, action: Action) {
        if action == Action::LanesBy {
            return self.next_rows();
        }
        let Some(held) = self.matrix.held.clone() else { return self.say("nothing is counted yet") };
        let before = (self.matrix.row, self.matrix.period);
        let page = usize::from(self.matrix_parts().body.height).max(1);
        let last = (held.rows.len().saturating_sub(1), held.periods.len().saturating_sub(1));
        let matrix = &mut self.matrix;
        match action {
            Action::Later => matrix.period = (matrix.period + 1).min(last.1),
            Action::Earlier => matrix.period = matrix.period.saturating_sub(1),
            Action::NextHeading => matrix.period = last.1,
            Action::PreviousHeading => matrix.period = 0,
            Action::Open => return self.filter_to_cell(),
            _ => matrix.row = moved(matrix.row, last.0, page, action),
        }
        self.clamp_matrix();
        if before != (self.matrix.row, self.matrix.period) {
            self.ask_cell();
        }
    }

    /// The cell at a column and row of the screen gets the keys.
    pub(super) fn click_cell(&mut self, at: (u16, u16)) {
        let body = self.matrix_parts().body;
        let Some(held) = self.matrix.held.as_deref().filter(|_| body.contains(at)) else { return };
        let row = self.matrix.top + usize::from(at.1.saturating_sub(body.y));
        let cell = at.0.saturating_sub(body.x);
        let column = self.matrix_columns().into_iter().rfind(|column| column.cell <= cell);
        if let Some(column) = column.filter(|_| row < held.rows.len()) {
            (self.matrix.row, self.matrix.period) = (row, column.period);
            self.ask_cell();
        }
    }

    /// Rows of something else.
    fn next_rows(&mut self) {
        let at = Dimension::SHARED.iter().position(|by| *by == self.matrix.by).unwrap_or(0);
        let has_parties = !self.info.catalogue.parties.is_empty();
        let rest = Dimension::SHARED.iter().cycle().skip(at + 1);
        let next = rest.take(Dimension::SHARED.len()).find(|by| has_parties || **by != Dimension::Party);
        self.matrix.by = next.copied().unwrap_or(Dimension::Actor);
        (self.matrix.row, self.matrix.top, self.matrix.follow) = (0, 0, true);
        self.ask_matrix();
        self.say(format!("rows by {}", self.matrix.by.field()));
    }

    fn filter_to_cell(&mut self) {
        let (Some(filter), Some(said)) = (self.cell_filter(), self.said_of_cell(true)) else {
            return self.say("there is no cell here");
        };
        let undated = self.matrix.held.as_deref().map_or(0, |held| held.undated);
        let also = if undated == 0 { "" } else { "; what is undated may have been then, too" };
        self.change_filter(format!("{said}{also}"), self.filter.and(&filter));
    }

    /// Around which instant the matrix zooms: the middle of the cell's period.
    pub(super) fn matrix_centre(&self) -> Option<Instant> {
        if self.view != View::Matrix {
            return None;
        }
        let (_, period) = self.cell()?;
        let half = i128::from(period.next.secs) - i128::from(period.first.secs);
        let secs = i128::from(period.first.secs) + half / 2;
        Some(Instant { secs: i64::try_from(secs).ok()?, nanos: 0 })
    }
}
