//! `annals dates`: every expression of time in texts, with what it says and why.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::{Failure, date, printed, say};
use crate::cli::{self, CountFormat};
use crate::formats::wording::counted;
use crate::sources::Source;
use crate::term;
use crate::text::safe::safe_line;
use crate::text::timex::{Mode, Options, Timex, published, timex};
use crate::text::width::{cut, pad, width};
use crate::when::When;

/// The widest that words and dates are shown in a table, in columns.
const WIDE: usize = 40;

/// A text that was read.
struct Read {
    /// Its name, for messages.
    origin: String,
    /// The file's name without its ending.
    name: String,
    text: String,
    found: Vec<Timex>,
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
        if options.format == CountFormat::Jsonl {
            printed(|out| json_lines(&read, out))?;
            continue;
        }
        let columns = io::stdout().is_terminal().then(term::columns);
        printed(|out| {
            if several {
                writeln!(out, "{}{}:", if at > 0 { "\n" } else { "" }, safe_line(&read.origin))?;
            }
            out.write_all(table(&read, columns).as_bytes())
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a text, and says what its dates count from.
fn read(source: &Source, given: Option<&When>, options: &cli::Dates) -> Result<Read, Failure> {
    let bytes = source.all()?;
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned();
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
    let found = timex(&text, &Options { published: given.cloned().or(own), mode }).expressions;
    let open = found.iter().filter(|it| it.open).count() as u64;
    if open > 0 {
        let counts = counted(open, "expression depends", "expressions depend");
        say(&format!("annals: {counts} on the day of publication, which is not known ({origin})"));
        say("hint: say it with --published DATE");
    }
    let name = source.name().unwrap_or_else(|| origin.clone());
    let name =
        Path::new(&name).file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
    Ok(Read { origin, name, text, found })
}

/// The offsets of what was found, in Unicode scalar values.
fn offsets(read: &Read) -> impl Iterator<Item = (usize, usize, &Timex)> {
    let (mut byte, mut characters) = (0, 0);
    read.found.iter().map(move |it| {
        let mut count = |to: usize| {
            characters += read.text.get(byte..to).map_or(0, |part| part.chars().count());
            byte = to;
            characters
        };
        (count(it.range.start), count(it.range.end), it)
    })
}

/// One JSON object a line.
fn json_lines(read: &Read, out: &mut dyn Write) -> io::Result<()> {
    for (start, end, it) in offsets(read) {
        let line = json!({
            "doc": read.name,
            "start": start,
            "end": end,
            "text": read.text.get(it.range.clone()),
            "type": it.kind.name(),
            "value": it.value,
            "mod": it.modifier.map(crate::text::timex::Modifier::name),
            "edtf": it.when.as_ref().map(When::as_edtf),
            "basis": it.basis,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Aligned columns, cut to so many of the terminal.
fn table(read: &Read, columns: Option<usize>) -> String {
    let mut rows = vec![["at", "words", "type", "value", "date", "basis"].map(str::to_owned)];
    for (start, end, it) in offsets(read) {
        let words = read.text.get(it.range.clone()).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let modifier = it.modifier.map(|modifier| format!(" {}", modifier.name())).unwrap_or_default();
        let date = it.when.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let kind = it.kind.name().to_owned();
        rows.push([
            format!("{start}-{end}"),
            words,
            kind,
            format!("{}{modifier}", it.value),
            date,
            it.basis.clone(),
        ]);
    }
    let rows: Vec<[String; 6]> =
        rows.into_iter().map(|row| row.map(|cell| safe_line(&cell).into_owned())).collect();
    let mut widths = [0; 5];
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell)).min(if columns.is_some() { WIDE } else { usize::MAX });
        }
    }
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, columns) in row.iter().zip(widths) {
            line += &pad(cell, columns, "…");
            line += "  ";
        }
        line += row.last().map_or("", String::as_str);
        let line = columns.map_or_else(|| line.clone(), |columns| cut(&line, columns, "…"));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Read {
        let text = "Ällo: on Thursday he said it began in late 2017.".to_owned();
        let options = Options { published: When::day(2024, 1, 27), mode: None };
        let found = timex(&text, &options).expressions;
        Read { origin: "a.txt".to_owned(), name: "a".to_owned(), text, found }
    }

    #[test]
    fn a_table_is_aligned_and_cut() {
        let whole = table(&sample(), None);
        let lines: Vec<&str> = whole.lines().collect();
        assert!(lines[1].starts_with("9-17   Thursday   DATE  2024-01-25  2024-01-25"), "{whole}");
        assert!(lines[2].contains("2017 END    [2017-09..2017-12]"), "{whole}");
        let narrow = table(&sample(), Some(40));
        assert!(narrow.lines().all(|line| width(line) <= 40), "{narrow}");
    }

    #[test]
    fn offsets_count_characters() {
        let mut out = Vec::new();
        json_lines(&sample(), &mut out).expect("memory takes everything");
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
