//! `annals count`: how many events match, by what they have in common or by when they begin.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;

use super::{Asked, Failure, ask, count_or_explain, print};
use crate::cli::{self, By, CountFormat};
use crate::query::Dimension;
use crate::store::{Count, Ctl, Store};
use crate::text::safe::safe_line;
use crate::text::width::width;
use crate::when::{Bounds, Instant, words};

/// One value with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The id or the date, for programs; empty where an event has none.
    value: String,
    /// The name, for people.
    label: String,
    count: Count,
}

/// Prints counts.
///
/// # Errors
/// When a SOURCE cannot be opened or the counts cannot be printed.
pub fn run(count: &cli::Count) -> Result<ExitCode, Failure> {
    let asked = ask(&count.input, &count.choice)?;
    let total = count_or_explain(&asked)?;
    let text = match (count.by, count.format) {
        (None, CountFormat::Table) => whole_in_words(total, asked.store.info().total),
        (None, CountFormat::Jsonl) => format!("{}\n", object(total)),
        (Some(by), format) => {
            let lines = tally(&asked, by)?;
            match format {
                CountFormat::Table => table(&lines),
                CountFormat::Jsonl => json_lines(&lines, by),
            }
        }
    };
    print(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The count as the browser's status line says it: `12 certain + 3 possible of 36`.
fn whole_in_words(count: Count, of: u64) -> String {
    let Count { certain, possible } = count;
    if possible == 0 && certain == of {
        format!("{certain}\n")
    } else if possible == 0 {
        format!("{certain} of {of}\n")
    } else {
        format!("{certain} certain + {possible} possible of {of}\n")
    }
}

/// The value of events that have no beginning.
const NO_BEGINNING: &str = "..";

/// Counts the matching events by value, under the whole filter.
fn tally(asked: &Asked, by: By) -> Result<Vec<Line>, Failure> {
    match by.dimension() {
        Some(dimension) => by_dimension(asked, dimension),
        None => by_date(asked, by),
    }
}

/// By the values of a dimension, of which an event may have several; the most frequent first.
fn by_dimension(asked: &Asked, dimension: Dimension) -> Result<Vec<Line>, Failure> {
    let catalogue = asked.store.info().catalogue;
    // One stretch that nothing starts after: what starts in it, before it, and at no known time is all there is.
    let edges = [Instant::PAST, Instant::FUTURE];
    let (_, parts) = asked.store.histogram(&asked.question, &edges, Some(dimension), &Ctl::default())?.value;
    let counts = parts.into_iter().map(|(value, histogram)| (value, histogram.total()));
    let named = |(value, count): (String, Count)| {
        let label = if value.is_empty() { "(none)".to_owned() } else { dimension.label(&value, &catalogue) };
        Line { value, label, count }
    };
    let mut lines: Vec<Line> = counts.map(named).collect();
    lines.sort_by(|a, b| {
        let none = a.value.is_empty().cmp(&b.value.is_empty());
        none.then(b.count.total().cmp(&a.count.total()))
            .then_with(|| (&a.label, &a.value).cmp(&(&b.label, &b.value)))
    });
    Ok(lines)
}

/// By when events begin, in the order of time; undated ones last.
fn by_date(asked: &Asked, by: By) -> Result<Vec<Line>, Failure> {
    let mut counts: BTreeMap<Bucket, Count> = BTreeMap::new();
    // Events come largely in order, so that many begin as the one before them did.
    let mut last = (None, Bucket::Undated);
    let mut sink = |bounds: Option<&Bounds>, certainty| {
        let begins = bounds.map(|bounds| (bounds.hull.s0, bounds.hull.s1));
        if begins != last.0 {
            last = (begins, bucket(by, begins));
        }
        counts.entry(last.1).or_default().add(certainty);
    };
    asked.store.dates(&asked.question, &mut sink, &Ctl::default())?;
    let undated = counts.remove(&Bucket::Undated).map(|count| (Bucket::Undated, count));
    let mut counts: Vec<(Bucket, Count)> = counts.into_iter().collect();
    if asked.question.reverse {
        counts.reverse();
    }
    let line =
        |(bucket, count): (Bucket, Count)| Line { value: bucket.value(), label: bucket.label(), count };
    Ok(counts.into_iter().chain(undated).map(line).collect())
}

/// The day, month or year that an event begins in, as fine as is asked for and no finer than is known: an event
/// of 2014 begins in no month of it.
fn bucket(by: By, begins: Option<(Instant, Instant)>) -> Bucket {
    let Some((earliest, latest)) = begins else { return Bucket::Undated };
    let (Some(first), last) = (earliest.civil(), latest.civil()) else {
        return Bucket::NoBeginning;
    };
    let in_month = last.filter(|last| {
        Instant::has_months(first.year) && (last.year, last.month) == (first.year, first.month)
    });
    let in_day = in_month.filter(|last| last.day == first.day);
    let month = if by == By::Year { None } else { in_month.map(|_| first.month) };
    let day = if by == By::Day { in_day.map(|_| first.day) } else { None };
    Bucket::Begins(first.year, month, day)
}

/// Where an event counts by its date, in the order of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bucket {
    /// It has no beginning.
    NoBeginning,
    /// It begins in this year, month and day, as far as they are asked for and known.
    Begins(i64, Option<u8>, Option<u8>),
    /// It has no date.
    Undated,
}

impl Bucket {
    /// For programs: EDTF, or nothing.
    fn value(self) -> String {
        let Self::Begins(year, month, day) = self else {
            let none = if self == Self::NoBeginning { NO_BEGINNING } else { "" };
            return none.to_owned();
        };
        let mut text = match year {
            0..=9999 => format!("{year:04}"),
            -9999..=-1 => format!("-{:04}", year.unsigned_abs()),
            // EDTF has no months in such years.
            year => return format!("Y{year}"),
        };
        for part in [month, day].into_iter().flatten() {
            let _ = write!(text, "-{part:02}");
        }
        text
    }

    /// For people.
    fn label(self) -> String {
        match self {
            Self::NoBeginning => "no beginning".to_owned(),
            Self::Undated => "undated".to_owned(),
            Self::Begins(year, month, day) => {
                let day = day.map(|day| format!("{day} ")).unwrap_or_default();
                let month = month.map(|month| format!("{} ", words::month_name(month))).unwrap_or_default();
                format!("{day}{month}{}", words::heading_year(year))
            }
        }
    }
}

/// The counts as aligned columns.
fn table(lines: &[Line]) -> String {
    let labels: Vec<String> = lines.iter().map(|line| safe_line(&line.label).into_owned()).collect();
    let columns = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let mut text = format!("{}  certain  possible\n", " ".repeat(columns));
    for (line, label) in lines.iter().zip(&labels) {
        let gap = " ".repeat(columns.saturating_sub(width(label)));
        let Count { certain, possible } = line.count;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{label}{gap}  {certain:>7}  {possible:>8}");
    }
    text
}

/// The counts as one JSON object a line.
fn json_lines(lines: &[Line], by: By) -> String {
    let mut text = String::new();
    for line in lines {
        let value = (!line.value.is_empty()).then_some(line.value.as_str());
        let mut object = json!({ "value": value });
        if let Some(object) = object.as_object_mut() {
            if by.dimension().is_some() {
                object.insert("label".to_owned(), json!(line.label));
            }
            object.insert("certain".to_owned(), json!(line.count.certain));
            object.insert("possible".to_owned(), json!(line.count.possible));
        }
        let _ = writeln!(text, "{object}");
    }
    text
}

/// A count as a JSON object.
fn object(count: Count) -> serde_json::Value {
    json!({ "certain": count.certain, "possible": count.possible })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_worded_as_in_the_browser() {
        assert_eq!(whole_in_words(Count { certain: 36, possible: 0 }, 36), "36\n");
        assert_eq!(whole_in_words(Count { certain: 12, possible: 0 }, 36), "12 of 36\n");
        assert_eq!(whole_in_words(Count { certain: 12, possible: 3 }, 36), "12 certain + 3 possible of 36\n");
    }

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let line = |label: &str, certain, possible| Line {
            value: label.to_owned(),
            label: label.to_owned(),
            count: Count { certain, possible },
        };
        let text = table(&[line("日本", 3, 0), line("Iraq", 12, 1), line("a\u{1b}", 0, 2)]);
        let lines = ["      certain  possible", "日本        3         0", "Iraq       12         1"];
        assert_eq!(text.lines().take(3).collect::<Vec<_>>(), lines);
        assert!(text.ends_with("a␛          0         2\n"), "{text}");
    }
}
