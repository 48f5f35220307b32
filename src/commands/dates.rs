//! `annals dates`: every expression of time in texts, with what it says and why.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::string::FromUtf8Error;

use serde_json::json;

use super::{Failure, date, printed, say};
use crate::cli::{self, CountFormat};
use crate::formats::wording::counted;
use crate::sources::Source;
use crate::term;
use crate::text::safe::safe_line;
use crate::text::timex::{self, Mode, Options, Timex, each_timex, published};
use crate::text::width::{cut, pad, width, wrap};
use crate::when::When;

/// The widest that words and dates are shown in a table, in columns.
const WIDE: usize = 40;
/// Between the columns of a table.
const GAP: &str = "  ";
/// Before what stands below a row.
const INDENT: &str = "      ";
/// The least room, in columns, for words that say something.
const LEAST: usize = 24;
/// What some programs put at the beginning of a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A text that is read.
struct Read {
    /// Its name, for messages.
    origin: String,
    /// The file's name without its ending.
    name: String,
    text: String,
    options: Options,
}

/// Prints the expressions of time in texts.
///
/// # Errors
/// When a TEXT cannot be read, the date is none, or the result cannot be printed.
pub fn run(options: &cli::Dates) -> Result<ExitCode, Failure> {
    if options.texts.iter().filter(|text| *text == "-").count() > 1 {
        return Err(Failure::usage("standard input can be read only once").at("-"));
    }
    let given = date(options.published.as_ref(), "--published", None)?;
    let several = options.texts.len() > 1;
    for (at, text) in options.texts.iter().enumerate() {
        let read = read(&Source::open(text)?, given.as_ref(), options)?;
        let mut open = 0;
        if options.format == CountFormat::Jsonl {
            printed(|out| json_lines(&read, &mut open, out))?;
        } else {
            let columns = io::stdout().is_terminal().then(term::columns);
            printed(|out| {
                if several {
                    writeln!(out, "{}{}:", if at > 0 { "\n" } else { "" }, safe_line(&read.origin))?;
                }
                out.write_all(table(&read, &mut open, columns).as_bytes())
            })?;
        }
        say_open(&read, open);
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a text, and says what its dates count from.
fn read(source: &Source, given: Option<&When>, options: &cli::Dates) -> Result<Read, Failure> {
    let mut bytes = source.all()?;
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
    let text = String::from_utf8(bytes).unwrap_or_else(lossy);
    let origin = source.origin.clone();
    let own = given.is_none().then(|| published(&text)).flatten().map(|(when, _)| when);
    if let Some(day) = &own {
        say(&format!("annals: published {day}, as the text says ({origin})"));
    }
    let mode = match (options.news, options.narrative) {
        (true, _) => Some(Mode::News),
        (_, true) => Some(Mode::Narrative),
        _ => None,
    };
    let name = source.name().unwrap_or_else(|| origin.clone());
    let name =
        Path::new(&name).file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
    Ok(Read { origin, name, text, options: Options { published: given.cloned().or(own), mode } })
}

/// Says how many dates could not be told without the day of publication.
fn say_open(read: &Read, open: u64) {
    if open > 0 {
        let counts = counted(open, "expression depends", "expressions depend");
        say(&format!("annals: {counts} on the day of publication, which is not known ({})", read.origin));
        say("hint: say it with --published DATE");
    }
}

/// What is found, each with its offsets in Unicode scalar values. Counts what depends on a publication that is not
/// known.
fn each(read: &Read, open: &mut u64, out: &mut dyn FnMut(usize, usize, &Timex)) {
    let (mut byte, mut characters) = (0, 0);
    each_timex(&read.text, &read.options, &mut |it| {
        let mut count = |to: usize| {
            characters += read.text.get(byte..to).map_or(0, |part| part.chars().count());
            byte = to;
            characters
        };
        *open += u64::from(it.open);
        out(count(it.range.start), count(it.range.end), &it);
    });
}

/// One JSON object a line, as they are found: a long text takes no more memory than itself.
fn json_lines(read: &Read, open: &mut u64, out: &mut dyn Write) -> io::Result<()> {
    let mut result = Ok(());
    each(read, open, &mut |start, end, it| {
        if result.is_err() {
            return;
        }
        let line = json!({
            "doc": read.name,
            "start": start,
            "end": end,
            "text": read.text.get(it.range.clone()),
            "type": it.kind.name(),
            "value": it.value,
            "mod": it.modifier.map(timex::Modifier::name),
            "edtf": it.when.as_ref().map(When::as_edtf),
            "basis": it.basis,
        });
        result = writeln!(out, "{line}");
    });
    result
}

/// Aligned columns. On a terminal of so many columns on which what a date was worked out from has no room beside it,
/// that stands below, where there is anything to say.
fn table(read: &Read, open: &mut u64, columns: Option<usize>) -> String {
    let mut rows = vec![["at", "words", "type", "value", "date", "basis"].map(str::to_owned)];
    each(read, open, &mut |start, end, it| {
        let words = read.text.get(it.range.clone()).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let modifier = it.modifier.map(|modifier| format!(" {}", modifier.name())).unwrap_or_default();
        let date = it.when.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let value = format!("{}{modifier}", it.value);
        let kind = it.kind.name().to_owned();
        let row = [format!("{start}-{end}"), words, kind, value, date, it.basis.clone()];
        rows.push(row.map(|cell| safe_line(&cell).into_owned()));
    });
    let mut widths = [0; 5];
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell)).min(if columns.is_some() { WIDE } else { usize::MAX });
        }
    }
    let taken: usize = widths.iter().map(|columns| columns + GAP.len()).sum();
    let widest = rows.iter().map(|[.., basis]| width(basis)).max().unwrap_or(0);
    let below = columns.filter(|columns| taken + widest > *columns);
    if let Some(columns) = below {
        // What is too much is taken from the words first.
        let over = (taken - GAP.len()).saturating_sub(columns);
        widths[1] = widths[1].saturating_sub(over).max(LEAST.min(widths[1]));
    }
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let [.., basis] = row;
        let mut line = String::new();
        for (cell, columns) in row.iter().zip(widths) {
            line += &pad(cell, columns, "…");
            line += GAP;
        }
        if below.is_none() {
            line += basis;
        }
        let fitted = |line: &str| columns.map_or_else(|| line.to_owned(), |columns| cut(line, columns, "…"));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", fitted(line.trim_end()));
        if let Some(columns) = below.filter(|_| at > 0 && basis != timex::AS_WRITTEN) {
            for part in wrap(basis, columns.saturating_sub(INDENT.len()).max(1)) {
                let _ = writeln!(text, "{INDENT}{}", basis.get(part).unwrap_or_default().trim_end());
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Read {
        let text = "Ällo: on Thursday he said it began in late 2017.".to_owned();
        let options = Options { published: When::day(2024, 1, 27), mode: None };
        Read { origin: "a.txt".to_owned(), name: "a".to_owned(), text, options }
    }

    #[test]
    fn a_table_is_aligned_and_cut() {
        let whole = table(&sample(), &mut 0, None);
        let lines: Vec<&str> = whole.lines().collect();
        assert!(lines[1].starts_with("9-17   Thursday   DATE  2024-01-25  2024-01-25"), "{whole}");
        assert!(lines[2].contains("2017 END    [2017-09..2017-12]"), "{whole}");
        for columns in [40, 60, 80] {
            let narrow = table(&sample(), &mut 0, Some(columns));
            assert!(narrow.lines().all(|line| width(line) <= columns), "{narrow}");
            // What it was worked out from is there whole, below.
            let joined = narrow.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(joined.contains("on or before publication, 2024-01-27"), "{narrow}");
        }
    }

    #[test]
    fn offsets_count_characters() {
        let mut out = Vec::new();
        json_lines(&sample(), &mut 0, &mut out).expect("memory takes everything");
        let text = String::from_utf8(out).expect("text");
        let first: serde_json::Value =
            serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
        assert_eq!(
            (&first["start"], &first["end"], &first["text"]),
            (&json!(9), &json!(17), &json!("Thursday"))
        );
        assert_eq!(
            (&first["doc"], &first["edtf"], &first["mod"]),
            (&json!("a"), &json!("2024-01-25"), &json!(null))
        );
    }
}
