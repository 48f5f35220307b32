//! Figures side by side: a line for what is measured, a column for every size of table.

use std::fmt;

use crate::data::Size;
use crate::table::{Unit, quantile};

/// What a figure should not exceed.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// It is only told.
    None,
    /// The median.
    Median(f64),
    /// The share of the line: 95 of 100, or 99.
    High(f64),
    /// The median and the share.
    Both(f64, f64),
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The goal that it belongs to, `G1` to `G10`, and what is measured.
    pub name: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// The share below which the second of its two figures lies.
    pub share: f64,
}

impl Line {
    /// Times of which nearly all count.
    pub const fn milliseconds(name: &'static str, share: f64) -> Self {
        Self { name, unit: Unit::Milliseconds, share }
    }

    /// Something else, of which the middle counts.
    pub const fn of(name: &'static str, unit: Unit) -> Self {
        Self { name, unit, share: 1.0 }
    }
}

/// One figure.
struct Cell {
    size: Size,
    median: f64,
    high: f64,
    goal: Goal,
}

impl Cell {
    fn met(&self) -> Option<bool> {
        match self.goal {
            Goal::None => None,
            Goal::Median(most) => Some(self.median <= most),
            Goal::High(most) => Some(self.high <= most),
            Goal::Both(median, high) => Some(self.median <= median && self.high <= high),
        }
    }
}

/// All lines.
#[derive(Default)]
pub struct Report {
    rows: Vec<(Line, Vec<Cell>)>,
}

impl Report {
    /// Adds figures to a line.
    pub fn add(&mut self, line: Line, size: Size, goal: Goal, mut figures: Vec<f64>) {
        if figures.is_empty() {
            return;
        }
        figures.sort_by(f64::total_cmp);
        let cell = Cell { size, median: quantile(&figures, 0.5), high: quantile(&figures, line.share), goal };
        if let Some((_, cells)) = self.rows.iter_mut().find(|(other, _)| other.name == line.name) {
            cells.push(cell);
        } else {
            self.rows.push((line, vec![cell]));
        }
    }

    /// The median of a line at one size.
    pub fn median(&self, line: Line, size: Size) -> Option<f64> {
        let (_, cells) = self.rows.iter().find(|(other, _)| other.name == line.name)?;
        cells.iter().find(|cell| cell.size == size).map(|cell| cell.median)
    }

    fn sizes(&self) -> Vec<Size> {
        let mut sizes: Vec<Size> =
            self.rows.iter().flat_map(|(_, cells)| cells.iter().map(|cell| cell.size)).collect();
        sizes.sort_by_key(|size| size.rows);
        sizes.dedup();
        sizes
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.sizes();
        let wide = self.rows.iter().map(|(line, _)| line.name.chars().count()).max().unwrap_or(0);
        write!(f, "{:wide$}  {:5}", "median / nearly all", "")?;
        for size in &sizes {
            write!(f, " {:>19}", size.name)?;
        }
        writeln!(f, "   goal")?;
        for (line, cells) in &self.rows {
            write!(f, "{:wide$}  {:5}", line.name, line.unit.word())?;
            for size in &sizes {
                let cell = cells.iter().find(|cell| cell.size == *size);
                write!(f, " {:>19}", cell.map(|cell| shown(line, cell)).unwrap_or_default())?;
            }
            writeln!(f, "   {}", verdict(line, cells))?;
        }
        Ok(())
    }
}

fn shown(line: &Line, cell: &Cell) -> String {
    let digits = line.unit.digits();
    if line.share < 1.0 {
        format!("{:.digits$} / {:.digits$}", cell.median, cell.high)
    } else {
        format!("{:.digits$}", cell.median)
    }
}

/// What the goal is, and where it is missed.
fn verdict(line: &Line, cells: &[Cell]) -> String {
    let digits = |most: f64| usize::from(most < 10.0 && most.fract() > 0.0);
    let share = line.share * 100.0;
    let Some(last) = cells.last() else { return String::new() };
    let words = match last.goal {
        Goal::None => return String::new(),
        Goal::Median(most) => format!("≤ {most:.*}", digits(most)),
        Goal::High(most) => format!("{share} % ≤ {most:.*}", digits(most)),
        Goal::Both(most, high) => format!("≤ {most:.*}, {share} % ≤ {high:.*}", digits(most), digits(high)),
    };
    let missed: Vec<&str> =
        cells.iter().filter(|cell| cell.met() == Some(false)).map(|cell| cell.size.name).collect();
    if missed.is_empty() {
        format!("{words}: met")
    } else {
        format!("{words}: MISSED at {}", missed.join(", "))
    }
}
