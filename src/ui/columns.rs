//! How a row of the timeline is divided into columns.

use super::style::Styles;
use crate::app::App;
use crate::app::columns::Column;
use crate::chronology::Entry;
use crate::formats::wording;
use crate::store::Row;
use crate::text::safe::safe_line;
use crate::text::width::{pad, width};

/// The widest the dates get.
const DATE: usize = 24;
/// The widest a column gets that does not take what is left.
const WIDEST: usize = 28;
/// What stands before everything else: a mark for what is selected, and one for what is only possible.
const MARKS: usize = 2;
/// What stands behind a date: how exact it is, between two spaces.
const GLYPH: usize = 5;
/// What lies between two columns.
pub const BETWEEN: usize = 2;
/// How little the column that takes what is left may have before others give way to it.
const LEAST: usize = 20;

/// A column with its place in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which.
    pub column: Column,
    /// How wide it is, without what lies between it and the next.
    pub width: usize,
}

/// How rows are divided.
#[derive(Clone, Debug, Default)]
pub struct Division {
    /// The columns that there is room for, in order.
    pub cells: Vec<Cell>,
    /// How wide the time since the event before is; 0: it is not shown. It stands behind the date.
    pub elapsed: usize,
    /// Whether the actors stand behind the title, in its column.
    pub actors_follow: bool,
    /// How many columns the marks before everything else take.
    pub marks: usize,
}

impl Division {
    /// Divides `whole` columns by what the rows on screen need. The title, or else the last column, takes what is
    /// left; where that is too little the others go, from the last on, but never the date.
    pub fn new(rows: &[&Row], app: &App, whole: usize) -> Self {
        let elapsed = match (app.elapsed, whole) {
            (false, _) => 0,
            (true, 70..) => 22,
            (true, _) => 11.min(whole / 4),
        };
        let mut shown = app.columns.clone();
        let actors_follow = shown.ends_with(&[Column::Title, Column::Actors]);
        if actors_follow {
            shown.pop();
        }
        let marks = MARKS
            + [app.noted.changed.is_empty(), app.notebook.events.is_empty()]
                .map(|none| usize::from(!none))
                .iter()
                .sum::<usize>();
        let needed = |column: Column| Cell { width: needed(&column, rows, app, whole), column };
        let mut division =
            Self { cells: shown.into_iter().map(needed).collect(), elapsed, actors_follow, marks };
        while !division.fit(whole) {}
        division
    }

    /// Gives what is left to the column that takes it, or else takes a column away. Whether nothing more is to do.
    fn fit(&mut self, whole: usize) -> bool {
        let movable = |cell: &Cell| cell.column != Column::When;
        let title = self.cells.iter().position(|cell| cell.column == Column::Title);
        let Some(flexible) = title.or_else(|| self.cells.iter().rposition(movable)) else { return true };
        let last = self.cells.len().saturating_sub(1);
        let others = self.cells.iter().enumerate().map(|(index, cell)| {
            let wide = if index == flexible { 0 } else { cell.width };
            wide + if cell.column == Column::When {
                GLYPH
            } else if index < last {
                BETWEEN
            } else {
                0
            }
        });
        let room = whole.saturating_sub(self.marks + self.elapsed + others.sum::<usize>());
        let other = |(index, cell): (usize, &Cell)| index != flexible && movable(cell);
        let gives_way = self.cells.iter().enumerate().rposition(other);
        if let Some(index) = gives_way.filter(|_| room < LEAST.min(whole / 2)) {
            self.cells.remove(index);
            return false;
        }
        if let Some(cell) = self.cells.get_mut(flexible) {
            cell.width = room;
        }
        true
    }

    /// The names of the columns, as they stand above the rows.
    pub fn names(&self, styles: &Styles) -> String {
        let mut names = " ".repeat(self.marks);
        let mut elapsed = self.elapsed;
        for (index, cell) in self.cells.iter().enumerate() {
            if index > 0 || cell.column != Column::When {
                names.push_str(&" ".repeat(std::mem::take(&mut elapsed)));
            }
            let behind = if cell.column == Column::When { GLYPH } else { BETWEEN };
            names.push_str(&pad(&safe_line(&cell.column.heading()), cell.width, styles.glyphs.cut));
            names.push_str(&" ".repeat(behind));
        }
        names
    }
}

/// How wide a column has to be for the rows on screen, within reason.
fn needed(column: &Column, rows: &[&Row], app: &App, whole: usize) -> usize {
    if *column == Column::When {
        let widest = rows.iter().map(|row| width(&date(&row.entry, app))).max().unwrap_or(0);
        return widest.min(DATE).min(whole * 3 / 8);
    }
    let text = |row: &&Row| width(&safe_line(&column.text(&row.entry, &app.info.catalogue)));
    let widest = rows.iter().map(text).max().unwrap_or(0).max(width(&column.heading()));
    widest.min(WIDEST).min(whole / 4)
}

/// A row's date, short; without the dash between two dates where only ASCII is shown.
pub fn date(entry: &Entry, app: &App) -> String {
    let date = wording::when_in_short(entry);
    if app.options.ascii { date.replace('–', "-") } else { date }
}
