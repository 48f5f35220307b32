//! `annals count`: how many events match, by what they have in common or by when they begin.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;

use super::{Asked, Failure, ask, count_or_explain, print};
use crate::chronology::{Catalogue, Entry};
use crate::cli::{self, By, CountFormat};
use crate::store::{Count, Ctl, Keys, Store, facets};
use crate::text::safe::safe_line;
use crate::text::width::width;
use crate::when::{Civil, words};

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

/// Counts the matching events by value, under the whole filter. Values of a dimension come the most frequent
/// first, dates in their order.
fn tally(asked: &Asked, by: By) -> Result<Vec<Line>, Failure> {
    let catalogue = asked.store.info().catalogue;
    let mut lines: Vec<Line> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut sink = |row: &crate::store::Row| {
        for (value, label) in values(by, &row.entry, &catalogue) {
            let place = *places.entry(value.clone()).or_insert_with(|| {
                lines.push(Line { value, label, count: Count::default() });
                lines.len() - 1
            });
            if let Some(line) = lines.get_mut(place) {
                line.count.add(row.certainty);
            }
        }
        Ok(())
    };
    asked.store.scan(&asked.question, &Keys::all(), &mut sink, &Ctl::default())?;
    if by.dimension().is_none() {
        // Events without a beginning have a bucket of their own before all others; undated ones stay last.
        let place = |line: &Line| match line.value.as_str() {
            NO_BEGINNING if asked.question.reverse => 1,
            NO_BEGINNING => -1,
            "" => 2,
            _ => 0,
        };
        lines.sort_by_key(place);
    } else {
        lines.sort_by(|a, b| {
            let none = a.value.is_empty().cmp(&b.value.is_empty());
            none.then(b.count.total().cmp(&a.count.total())).then_with(|| a.label.cmp(&b.label))
        });
    }
    Ok(lines)
}

/// The values an event counts under, with their names: several actors, but one date.
fn values(by: By, entry: &Entry, catalogue: &Catalogue) -> Vec<(String, String)> {
    let Some(dimension) = by.dimension() else {
        return vec![bucket(by, entry)];
    };
    let values = facets::values(dimension, entry, catalogue);
    if values.is_empty() {
        return vec![(String::new(), "(none)".to_owned())];
    }
    let named = |value: String| {
        let label = facets::label(dimension, &value, catalogue);
        (value, label)
    };
    values.into_iter().map(named).collect()
}

/// The year, month or day that an event begins in.
fn bucket(by: By, entry: &Entry) -> (String, String) {
    let Some(bounds) = &entry.bounds else {
        return (String::new(), "undated".to_owned());
    };
    let Some(civil) = bounds.hull.s0.civil() else {
        return (NO_BEGINNING.to_owned(), "no beginning".to_owned());
    };
    let value = date_value(by, civil);
    let year = words::heading_year(civil.year);
    let month = words::month_name(civil.month);
    let label = match by {
        By::Month => format!("{month} {year}"),
        By::Day => format!("{} {month} {year}", civil.day),
        _ => year,
    };
    (value, label)
}

/// A year, month or day in EDTF.
fn date_value(by: By, civil: Civil) -> String {
    let year = match civil.year {
        0..=9999 => format!("{:04}", civil.year),
        -9999..=-1 => format!("-{:04}", civil.year.unsigned_abs()),
        year => return format!("Y{year}"),
    };
    match by {
        By::Month => format!("{year}-{:02}", civil.month),
        By::Day => format!("{year}-{:02}-{:02}", civil.month, civil.day),
        _ => year,
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
