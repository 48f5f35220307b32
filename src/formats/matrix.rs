//! The matrix as a picture: who or what against when, how many events begin in each. Text and SVG draw the same chart.

mod svg;
mod txt;

use std::collections::BTreeMap;
use std::io;

pub use svg::write as write_svg;
pub use txt::write as write_txt;

use super::drawing::plain;
use super::wording;
use super::{Loss, Selection, WriteOptions};
use crate::chronology::{PartyIndex, letters::Letters};
use crate::query::Dimension;
use crate::when::periods::{Period, Unit, by_period, edges, fitting};
use crate::when::{Certainty, Instant, TimeRange};

/// So many rows are drawn, the largest.
const MOST_ROWS: usize = 100;

/// A row.
struct Row {
    label: String,
    party: Option<PartyIndex>,
    /// How many begin in each period.
    counts: Vec<u64>,
}

impl Row {
    fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// What is drawn.
struct Chart {
    title: String,
    described: String,
    by: Dimension,
    periods: Vec<Period>,
    rows: Vec<Row>,
    /// All events.
    totals: Row,
    letters: Letters,
    /// How many values have no row.
    more: usize,
    unbounded: u64,
    undated: u64,
}

/// When events begin: those of all, and by value.
#[derive(Default)]
struct Begun {
    all: Vec<Instant>,
    by_value: BTreeMap<String, Vec<Instant>>,
    unbounded: u64,
    undated: u64,
    certain: u64,
    possible: u64,
}

impl Chart {
    /// With no more periods than there is room for.
    fn of(selection: &Selection<'_>, options: &WriteOptions, most: usize) -> io::Result<Self> {
        let catalogue = selection.catalogue;
        let has_parties = !catalogue.parties.is_empty();
        let by = options.by.unwrap_or(if has_parties { Dimension::Party } else { Dimension::Actor });
        let mut begun = Begun::of(selection, by)?;
        let range = match (begun.all.first(), begun.all.last()) {
            (Some(first), Some(last)) => Some(TimeRange { first: *first, last: *last }),
            _ => None,
        };
        let periods = match range {
            Some(range) => fitting(range, most, |edges| Ok::<_, io::Error>(between(&begun.all, edges)))?,
            None => Vec::new(),
        };
        let edges = range.map(|range| edges(&periods, range)).unwrap_or_default();
        let counts = |begun: &[Instant]| by_period(&periods, &edges, &between(begun, &edges));
        let mut letters = Letters::default();
        letters.extend(&catalogue.parties);
        let row = |(value, begun): (String, Vec<Instant>)| {
            let label = plain(&by.heading(&value, catalogue));
            let party = catalogue.party_by_id(&value).filter(|_| by == Dimension::Party);
            (value.is_empty(), Row { label, party, counts: counts(&begun) })
        };
        let mut rows: Vec<(bool, Row)> = std::mem::take(&mut begun.by_value).into_iter().map(row).collect();
        rows.sort_by_key(|(none, row)| (*none, std::cmp::Reverse(row.total())));
        let more = rows.len().saturating_sub(MOST_ROWS);
        rows.truncate(MOST_ROWS);
        Ok(Self {
            title: plain(selection.title),
            described: plain(&wording::selected(selection, begun.certain, begun.possible)),
            by,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            totals: Row { label: "events".to_owned(), party: None, counts: counts(&begun.all) },
            periods,
            letters,
            more,
            unbounded: begun.unbounded,
            undated: begun.undated,
        })
    }

    /// The name of a row, with its party's letter.
    fn name(&self, row: &Row) -> String {
        let letter = row.party.and_then(|party| self.letters.of(party));
        letter.map_or_else(|| row.label.clone(), |letter| format!("{letter} {}", row.label))
    }

    /// The largest count of a cell.
    fn most(&self) -> u64 {
        self.rows.iter().flat_map(|row| &row.counts).copied().max().unwrap_or(0)
    }

    /// What the rows and columns are: "party, by month".
    fn corner(&self) -> String {
        let unit = self.periods.iter().map(|period| period.unit).max().map(Unit::name).unwrap_or_default();
        format!("{}, by {unit}", self.by.field())
    }

    /// Whether periods are left out before one.
    fn has_gap_before(&self, period: usize) -> bool {
        let before = period.checked_sub(1).and_then(|before| self.periods.get(before));
        before.zip(self.periods.get(period)).is_some_and(|(before, period)| before.next < period.first)
    }

    /// What the numbers are.
    fn explained(&self) -> String {
        let counted =
            "The number is how many events begin then, at the earliest; an event of several counts for each";
        let gaps = (0..self.periods.len()).any(|period| self.has_gap_before(period));
        format!("{counted}.{}", if gaps { " Periods in which nothing begins are left out." } else { "" })
    }

    fn losses(&self) -> Vec<Loss> {
        let loss = |count: u64, one: &str, more: &str| {
            (count > 0).then(|| Loss { count, what: if count == 1 { one } else { more }.to_owned() })
        };
        [
            loss(self.undated, "undated event is in no period", "undated events are in no period"),
            loss(
                self.unbounded,
                "event without an earliest beginning is in no period",
                "events without an earliest beginning are in no period",
            ),
            loss(self.more as u64, "row has no room", "rows have no room, those with the fewest events"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Begun {
    fn of(selection: &Selection<'_>, by: Dimension) -> io::Result<Self> {
        let mut begun = Self::default();
        selection.events.for_each(&mut |entry, certainty| {
            *(if certainty == Certainty::Possible { &mut begun.possible } else { &mut begun.certain }) += 1;
            let Some(bounds) = &entry.bounds else {
                begun.undated += 1;
                return Ok(());
            };
            let start = bounds.hull.s0;
            if !start.is_finite() {
                begun.unbounded += 1;
                return Ok(());
            }
            begun.all.push(start);
            for value in by.values_or_none(entry, selection.catalogue) {
                begun.by_value.entry(value).or_default().push(start);
            }
            Ok(())
        })?;
        begun.all.sort_unstable();
        begun.by_value.values_mut().for_each(|starts| starts.sort_unstable());
        Ok(begun)
    }
}

/// How many of some instants in order lie from each edge up to the next.
fn between(instants: &[Instant], edges: &[Instant]) -> Vec<u64> {
    let before = |edge: &Instant| instants.partition_point(|instant| instant < edge);
    let counts = edges.iter().zip(edges.iter().skip(1)).map(|(one, next)| before(next) - before(one));
    counts.map(|count| count as u64).collect()
}

#[cfg(test)]
mod tests {
    use super::super::WriteFn;
    use super::super::testing::written;
    use super::*;

    #[test]
    fn hostile_texts_ancient_dates_and_gaps_are_drawn() {
        let unicode = WriteOptions { width: 100, ..WriteOptions::default() };
        let ascii = WriteOptions { ascii: true, by: Some(Dimension::Kind), ..unicode.clone() };
        insta::assert_snapshot!("matrix_txt", written(write_txt as WriteFn, &unicode).0);
        insta::assert_snapshot!("matrix_svg", written(write_svg as WriteFn, &unicode).0);
        let (text, losses) = written(write_txt as WriteFn, &ascii);
        assert!(losses.contains("undated"), "{losses}");
        assert_eq!(text.chars().filter(|char| "░▒▓█⋯".contains(*char)).count(), 0, "{text}");
        for width in [20, 21, 40, 300] {
            let narrow = WriteOptions { width, ..unicode.clone() };
            let text = written(write_txt as WriteFn, &narrow).0;
            for line in text.lines() {
                assert!(crate::text::width::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn instants_are_counted_from_edge_to_edge() {
        let at = |secs| Instant { secs, nanos: 0 };
        let edges = [at(0), at(10), at(20), at(30)];
        assert_eq!(between(&[at(0), at(9), at(20), at(29), at(29)], &edges), [2, 0, 3]);
        assert_eq!(between(&[], &edges), [0, 0, 0]);
        assert_eq!(between(&[at(1)], &[]), [0; 0]);
    }
}
