//! One aligned table of figures.

use std::fmt;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths of a second.
    Microseconds,
    /// Bytes.
    Bytes,
    /// 1,048,576 bytes.
    Mebibytes,
    /// Millions of bytes in a second.
    MegabytesPerSecond,
    /// Hundredths.
    Percent,
    /// How often one thing goes into another.
    Ratio,
}

impl Unit {
    /// How it is written behind a figure.
    pub fn word(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Microseconds => "µs",
            Self::Bytes => "bytes",
            Self::Mebibytes => "MiB",
            Self::MegabytesPerSecond => "MB/s",
            Self::Percent => "%",
            Self::Ratio => "times",
        }
    }

    /// How many digits stand behind the point.
    pub fn digits(self) -> usize {
        match self {
            Self::Bytes => 0,
            Self::Microseconds | Self::MegabytesPerSecond => 1,
            Self::Milliseconds | Self::Mebibytes | Self::Percent | Self::Ratio => 2,
        }
    }
}

/// Rows of a name and its figures.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<(String, Unit, Vec<f64>)>,
}

impl Table {
    /// Adds a row.
    pub fn row(&mut self, name: &str, unit: Unit, mut figures: Vec<f64>) {
        figures.sort_by(f64::total_cmp);
        self.rows.push((name.to_owned(), unit, figures));
    }
}

/// The figure below which this share of them lies, nearest rank.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
        writeln!(
            f,
            "{:wide$}  {:>10} {:>10} {:>10}  {:<5}  {:>4}",
            "", "least", "median", "95 %", "", "runs"
        )?;
        for (name, unit, figures) in &self.rows {
            let digits = unit.digits();
            let [least, median, most] = [0.0, 0.5, 0.95].map(|share| quantile(figures, share));
            let unit = unit.word();
            let runs = figures.len();
            writeln!(
                f,
                "{name:wide$}  {least:>10.digits$} {median:>10.digits$} {most:>10.digits$}  {unit:<5}  {runs:>4}"
            )?;
        }
        Ok(())
    }
}
