//! CSV (RFC 4180) for spreadsheets and programs, with a guard against cells that a spreadsheet would run.

pub mod guard;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use super::select::Plan;
use super::wording;
use super::{Loss, Selection, WriteOptions};
use crate::chronology::{Catalogue, Entry, Source};
use crate::when::{Certainty, Precision};

/// The columns before those that depend on the events.
pub const COLUMNS: [&str; 28] = [
    "id",
    "date",
    "earliest",
    "latest",
    "precision",
    "when",
    "title",
    "summary",
    "kind",
    "status",
    "actors",
    "parties",
    "places",
    "lat",
    "lon",
    "tags",
    "document",
    "quote",
    "according_to",
    "note",
    "stance",
    "claimed_date",
    "publisher",
    "url",
    "date_text",
    "date_basis",
    "links",
    "match",
];

/// The columns of a source that are repeated, numbered from 2, for the further sources of an event.
const SOURCE_COLUMNS: [&str; 7] =
    ["document", "quote", "according_to", "stance", "claimed_date", "publisher", "url"];

/// More sources of one event than this are left out, and counted.
const MAX_SOURCES: usize = 9;

/// A row of cells, each guarded as the options ask.
struct Row {
    cells: Vec<String>,
    raw: bool,
}

impl Row {
    /// Adds a cell.
    fn text(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        let cell = if self.raw { Cow::Borrowed(text) } else { guard::guard(text) };
        self.cells.push(cell.into_owned());
    }

    /// Adds a cell that may be absent.
    fn maybe(&mut self, text: Option<&String>) {
        self.text(text.map_or("", String::as_str));
    }

    /// Adds a cell of a numeric column: a plain number stays as it is.
    fn number(&mut self, number: Option<f64>) {
        self.cells.push(number.map_or_else(String::new, |number| number.to_string()));
    }

    /// Adds a cell of several texts. A part that holds the separator is not told apart from two.
    fn list<'a>(&mut self, parts: impl Iterator<Item = Cow<'a, str>>) {
        let parts: Vec<_> = parts.collect();
        self.text(parts.join("; "));
    }
}

/// Which columns the events need beside [`COLUMNS`], and what no column holds.
#[derive(Default)]
struct Shape {
    sources: usize,
    fields: BTreeSet<String>,
    left_out: u64,
    extras: u64,
}

impl Shape {
    fn of(selection: &Selection<'_>) -> io::Result<Self> {
        let mut shape = Self::default();
        selection.events.for_each(&mut |entry, _| {
            let count = entry.event.sources.len();
            shape.sources = shape.sources.max(count.min(MAX_SOURCES));
            shape.left_out += count.saturating_sub(MAX_SOURCES) as u64;
            shape.extras += entry.event.extra.len() as u64;
            for name in entry.event.fields.keys() {
                if !shape.fields.contains(name) {
                    shape.fields.insert(name.clone());
                }
            }
            Ok(())
        })?;
        Ok(shape)
    }

    /// The header.
    fn header(&self, raw: bool) -> Vec<String> {
        let mut row = Row { cells: Vec::new(), raw };
        for name in COLUMNS {
            row.text(name);
        }
        for number in 2..=self.sources {
            for name in SOURCE_COLUMNS {
                row.text(format!("{name}_{number}"));
            }
        }
        for name in &self.fields {
            row.text(format!("fields.{name}"));
        }
        row.cells
    }
}

/// Writes the selection as CSV: CRLF, a header, fields quoted where they must be, UTF-8.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    write_cells(selection, out, options, b',')
}

/// Writes the selection as the same table with tabs between its cells. Nothing is guarded: what is separated by tabs
/// is for programs.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write_tabs(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    write_cells(selection, out, &WriteOptions { raw: true, ..options.clone() }, b'\t')
}

fn write_cells(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
    delimiter: u8,
) -> io::Result<Vec<Loss>> {
    let shape = Shape::of(selection)?;
    let plan = Plan::new(selection, options)?;
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(shape.header(options.raw)).map_err(io_error)?;
    selection.events.for_each(&mut |entry, certainty| {
        let mut row = Row { cells: Vec::new(), raw: options.raw };
        write_event(selection.catalogue, &plan, entry, certainty, &mut row);
        for number in 1..shape.sources {
            let source = entry.event.sources.get(number);
            write_source(selection.catalogue, entry, source, &mut row);
        }
        for name in &shape.fields {
            row.maybe(entry.event.fields.get(name));
        }
        writer.write_record(&row.cells).map_err(io_error)
    })?;
    writer.flush()?;
    Ok(wording::losses([
        (
            shape.left_out,
            ("source beyond an event’s ninth was left out", "sources beyond an event’s ninth were left out"),
        ),
        (shape.extras, wording::KEYS),
    ]))
}

/// Adds the cells of [`COLUMNS`].
fn write_event(catalogue: &Catalogue, plan: &Plan<'_>, entry: &Entry, certainty: Certainty, row: &mut Row) {
    let event = &entry.event;
    let span = entry.bounds.as_ref().map(|bounds| (bounds.hull.s0, bounds.hull.e1));
    row.text(plan.event_id(entry.layer, &event.id));
    row.text(entry.when.as_ref().map_or("", |when| when.as_edtf()));
    row.text(span.map_or_else(String::new, |(first, _)| wording::instant_text(first, false)));
    row.text(span.map_or_else(String::new, |(_, last)| wording::instant_text(last, true)));
    row.text(entry.when.as_ref().map_or("", |when| precision_word(when.precision())));
    row.text(if entry.when.is_some() { wording::when_in_words(entry) } else { String::new() });
    row.text(&event.title);
    row.maybe(event.summary.as_ref());
    row.maybe(event.kind.as_ref());
    row.text(event.status.map_or("", |status| status.word()));
    row.list(wording::cast_with_roles(catalogue, entry).into_iter().map(Cow::Owned));
    row.list(wording::party_names(catalogue, entry).map(Cow::Borrowed));
    row.list(wording::place_names(catalogue, entry).map(Cow::Borrowed));
    let position = wording::coordinates(catalogue, entry);
    row.number(position.map(|(lat, _)| lat));
    row.number(position.map(|(_, lon)| lon));
    row.list(event.tags.iter().map(|tag| Cow::Borrowed(tag.as_str())));
    let source = event.sources.first();
    row.maybe(source.and_then(|source| source.document.as_ref()));
    row.maybe(source.and_then(|source| source.quote.as_ref()));
    row.text(source.map_or("", |source| speaker(catalogue, source)));
    row.maybe(event.note.as_ref());
    write_claim(catalogue, entry, source, row);
    row.maybe(event.date_text.as_ref());
    row.maybe(event.date_basis.as_ref());
    row.list(event.links.iter().map(|link| {
        let id = plan.event_id(entry.layer, &link.event);
        Cow::Owned(format!("{} {id}", link.relation).trim_start().to_owned())
    }));
    row.text(if certainty == Certainty::Possible { "possible" } else { "certain" });
}

/// Adds the cells of [`SOURCE_COLUMNS`].
fn write_source(catalogue: &Catalogue, entry: &Entry, source: Option<&Source>, row: &mut Row) {
    row.maybe(source.and_then(|source| source.document.as_ref()));
    row.maybe(source.and_then(|source| source.quote.as_ref()));
    row.text(source.map_or("", |source| speaker(catalogue, source)));
    write_claim(catalogue, entry, source, row);
}

/// Adds stance, date, publisher and address of a source.
fn write_claim(catalogue: &Catalogue, entry: &Entry, source: Option<&Source>, row: &mut Row) {
    let document = source.and_then(|source| wording::document_of(catalogue, entry, source));
    row.text(source.and_then(|source| source.stance).map_or("", |stance| stance.word()));
    row.maybe(source.and_then(|source| source.date.as_ref()));
    row.text(source.and_then(|source| wording::publisher_of(document, source)).unwrap_or_default());
    let url = source.and_then(|source| source.url.as_ref());
    row.maybe(url.or_else(|| document.and_then(|document| document.document.url.as_ref())));
}

/// Whose word a source is, by name.
fn speaker<'a>(catalogue: &'a Catalogue, source: &'a Source) -> &'a str {
    source.according_to.as_deref().map_or("", |who| wording::speaker_name(catalogue, who))
}

/// A precision as a word.
pub(super) fn precision_word(precision: Precision) -> &'static str {
    match precision {
        Precision::Years => "years",
        Precision::Year => "year",
        Precision::Season => "season",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Hour => "hour",
        Precision::Minute => "minute",
        Precision::Second => "second",
        Precision::Fraction => "fraction",
    }
}

/// The error of the writer below, so that a closed pipe is known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{sample, written};

    fn records(text: &str) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.expect("every row has the same number of fields"));
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_sample_as_a_table() {
        let (text, losses) = written(write, &WriteOptions::default());
        insta::assert_snapshot!(text.replace("\r\n", "␍\n") + "----\n" + &losses);
    }

    #[test]
    fn cells_come_back_as_they_were_and_none_runs() {
        let (text, _) = written(write, &WriteOptions::default());
        let rows = records(&text);
        let title = COLUMNS.iter().position(|name| *name == "title").expect("a column");
        let lon = COLUMNS.iter().position(|name| *name == "lon").expect("a column");
        for (row, entry) in rows.iter().skip(1).zip(&sample().entries) {
            assert_eq!(guard::unguard(&row[0]), entry.event.id);
            assert_eq!(guard::unguard(&row[title]), entry.event.title);
            let numbers = [lon - 1, lon];
            let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
            for (column, cell) in row.iter().enumerate() {
                assert!(numbers.contains(&column) || !runs(cell), "{cell:?}");
            }
        }
        assert!(rows.iter().any(|row| row[lon] == "-0.25"), "numbers stay numbers");
    }

    #[test]
    fn raw_cells_and_the_mark_are_there_when_asked_for() {
        let (text, _) = written(write, &WriteOptions { raw: true, bom: true, ..WriteOptions::default() });
        assert!(text.starts_with("\u{feff}id,date,"));
        assert!(text.contains(",=1+1,") && !text.contains("'=1+1"));
    }
}
