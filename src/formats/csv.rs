//! CSV (RFC 4180) for spreadsheets and programs, with a guard against cells that a spreadsheet would run.

pub mod guard;

use std::borrow::Cow;
use std::io::{self, Write};

use super::select::Plan;
use super::wording;
use super::{Loss, Outline, Piece, Selection, WriteOptions};
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

/// A row that is being written, each cell guarded as the options ask and quoted where it must be.
struct Row<'p> {
    out: &'p mut Vec<u8>,
    /// Memory for lists on their way.
    scratch: &'p mut String,
    style: Style,
    begun: bool,
}

/// How cells are written.
#[derive(Clone, Copy)]
struct Style {
    raw: bool,
    delimiter: u8,
}

impl<'p> Row<'p> {
    fn new(piece: &'p mut Piece, style: Style) -> Self {
        Self { out: &mut piece.bytes, scratch: &mut piece.scratch, style, begun: false }
    }

    /// Adds a cell.
    fn text(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        let guarded = if self.style.raw { Cow::Borrowed(text) } else { guard::guard(text) };
        self.cell(&guarded);
    }

    /// Adds a cell that may be absent.
    fn maybe(&mut self, text: Option<&String>) {
        self.text(text.map_or("", String::as_str));
    }

    /// Adds a cell of a numeric column: a plain number stays as it is.
    fn number(&mut self, number: Option<f64>) {
        self.separate();
        if let Some(number) = number {
            // Writing to memory cannot fail.
            let _ = write!(self.out, "{number}");
        }
    }

    /// Adds a cell of several texts, each added to the cell by `add`. A part that holds the separator is not told
    /// apart from two.
    fn list<T>(&mut self, parts: impl Iterator<Item = T>, add: impl Fn(T, &mut String)) {
        let mut cell = std::mem::take(self.scratch);
        cell.clear();
        for (number, part) in parts.enumerate() {
            if number > 0 {
                cell.push_str("; ");
            }
            add(part, &mut cell);
        }
        self.text(&cell);
        *self.scratch = cell;
    }

    fn separate(&mut self) {
        if self.begun {
            self.out.push(self.style.delimiter);
        }
        self.begun = true;
    }

    fn cell(&mut self, text: &str) {
        self.separate();
        let bytes = text.as_bytes();
        let breaks = |byte: u8| byte == self.style.delimiter || matches!(byte, b'"' | b'\r' | b'\n');
        if !bytes.iter().fold(false, |any, byte| any | breaks(*byte)) {
            self.out.extend_from_slice(bytes);
            return;
        }
        self.out.push(b'"');
        let mut rest = bytes;
        while let Some((part, after)) =
            memchr::memchr(b'"', rest).and_then(|at| rest.split_at_checked(at + 1))
        {
            self.out.extend_from_slice(part);
            self.out.push(b'"');
            rest = after;
        }
        self.out.extend_from_slice(rest);
        self.out.push(b'"');
    }

    /// Ends the row.
    fn end(self) {
        self.out.extend_from_slice(b"\r\n");
    }
}

/// Writes the header.
fn write_header(outline: &Outline, mut row: Row<'_>) {
    for name in COLUMNS {
        row.text(name);
    }
    for number in 2..=outline.sources {
        for name in SOURCE_COLUMNS {
            row.text(format!("{name}_{number}"));
        }
    }
    for name in &outline.fields {
        row.text(format!("fields.{name}"));
    }
    row.end();
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
    let several = Plan::looks(selection, false);
    selection.events.passes(2 + u32::from(several));
    let outline = selection.events.outline(selection.catalogue)?;
    let linked = !outline.linked.is_empty();
    if Plan::looks(selection, linked) && !several {
        selection.events.passes(3);
    }
    let plan = Plan::of_events(selection, options, linked)?;
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let style = Style { raw: options.raw, delimiter };
    let mut header = Piece::default();
    write_header(&outline, Row::new(&mut header, style));
    out.write_all(&header.bytes)?;
    let catalogue = selection.catalogue;
    let write = |entry: &Entry, certainty: Certainty, piece: &mut Piece| {
        let mut row = Row::new(piece, style);
        write_event(catalogue, &plan, entry, certainty, &mut row);
        for number in 1..outline.sources {
            let source = entry.event.sources.get(number);
            write_source(catalogue, entry, source, &mut row);
        }
        for name in &outline.fields {
            row.maybe(entry.event.fields.get(name));
        }
        row.end();
        Ok(())
    };
    selection.events.in_pieces(&write, &mut |piece| out.write_all(&piece.bytes))?;
    out.flush()?;
    Ok(wording::losses([
        (
            outline.sources_beyond,
            ("source beyond an event’s ninth was left out", "sources beyond an event’s ninth were left out"),
        ),
        (outline.extras, wording::KEYS),
    ]))
}

/// Adds the cells of [`COLUMNS`].
fn write_event(
    catalogue: &Catalogue,
    plan: &Plan<'_>,
    entry: &Entry,
    certainty: Certainty,
    row: &mut Row<'_>,
) {
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
    row.list(entry.cast.iter(), |cast, cell| {
        for part in [wording::actor_name(catalogue, cast), " (", &cast.role, ")"] {
            cell.push_str(part);
        }
    });
    row.list(wording::party_names(catalogue, entry), |name, cell| cell.push_str(name));
    row.list(wording::place_names(catalogue, entry), |name, cell| cell.push_str(name));
    let position = wording::coordinates(catalogue, entry);
    row.number(position.map(|(lat, _)| lat));
    row.number(position.map(|(_, lon)| lon));
    row.list(event.tags.iter(), |tag, cell| cell.push_str(tag));
    let source = event.sources.first();
    row.maybe(source.and_then(|source| source.document.as_ref()));
    row.maybe(source.and_then(|source| source.quote.as_ref()));
    row.text(source.map_or("", |source| speaker(catalogue, source)));
    row.maybe(event.note.as_ref());
    write_claim(catalogue, entry, source, row);
    row.maybe(event.date_text.as_ref());
    row.maybe(event.date_basis.as_ref());
    row.list(event.links.iter(), |link, cell| {
        let id = plan.event_id(entry.layer, &link.event);
        cell.push_str(format!("{} {id}", link.relation).trim_start());
    });
    row.text(if certainty == Certainty::Possible { "possible" } else { "certain" });
}

/// Adds the cells of [`SOURCE_COLUMNS`].
fn write_source(catalogue: &Catalogue, entry: &Entry, source: Option<&Source>, row: &mut Row<'_>) {
    row.maybe(source.and_then(|source| source.document.as_ref()));
    row.maybe(source.and_then(|source| source.quote.as_ref()));
    row.text(source.map_or("", |source| speaker(catalogue, source)));
    write_claim(catalogue, entry, source, row);
}

/// Adds stance, date, publisher and address of a source.
fn write_claim(catalogue: &Catalogue, entry: &Entry, source: Option<&Source>, row: &mut Row<'_>) {
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
