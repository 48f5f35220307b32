//! A plain listing: what `annals | cat` prints.

use std::io::{self, Write};

use super::wording;
use super::{Loss, Selection, WriteOptions};
use crate::chronology::Headings;
use crate::chronology::{Catalogue, Entry};
use crate::text::safe::safe_line;
use crate::text::width;
use crate::when::Certainty;

/// Columns of the date, with two of indent and two of distance.
const DATE: usize = 20;

/// Narrower than this, the date stands above the title instead of beside it.
const NARROW: usize = 56;

/// Writes the listing: headings of years and months, and for each event its date in words, title, actors,
/// and in words whether claims differ or the filter is only possibly true of it.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let (certain, possible) = selection.events.count()?;
    let columns = options.width.max(20);
    for line in lines(&safe_line(selection.title), columns) {
        writeln!(out, "{line}")?;
    }
    for line in lines(&safe_line(&wording::selected(selection, certain, possible)), columns) {
        writeln!(out, "{line}")?;
    }
    let mut headings = Headings::default();
    let mut left_out = Left::default();
    selection.events.for_each(&mut |entry, certainty| {
        // A month's heading names its year too.
        if let Some(heading) = headings.before(entry).last() {
            writeln!(out, "\n{heading}")?;
        }
        left_out.count(entry);
        write_event(selection.catalogue, entry, certainty, options.ascii, columns, out)
    })?;
    Ok(left_out.losses())
}

/// Writes one event: its date, and beside (or, where it is narrow, below) it title and actors.
fn write_event(
    catalogue: &Catalogue,
    entry: &Entry,
    certainty: Certainty,
    ascii: bool,
    columns: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut date = safe_line(&wording::when_in_short(entry)).into_owned();
    if ascii {
        date = date.replace('–', "-");
    }
    let narrow = columns < NARROW;
    let indent = if narrow { 4 } else { DATE + 4 };
    let mut beside = lines(&safe_line(&title(entry, certainty, ascii)), columns - indent);
    let who: Vec<&str> = entry.cast.iter().map(|cast| wording::actor_name(catalogue, cast)).collect();
    beside.extend(lines(&safe_line(&who.join("; ")), columns - indent));
    let dates = lines(&date, if narrow { columns - 2 } else { DATE });
    if narrow {
        for date in dates {
            writeln!(out, "  {date}")?;
        }
        for line in beside {
            writeln!(out, "    {line}")?;
        }
        return Ok(());
    }
    for row in 0..dates.len().max(beside.len()) {
        let date = dates.get(row).map_or("", String::as_str);
        let line = beside.get(row).map_or("", String::as_str);
        let gap = " ".repeat((DATE + 2).saturating_sub(width::width(date)));
        writeln!(out, "{}", format!("  {date}{gap}{line}").trim_end())?;
    }
    Ok(())
}

/// An event's title with what has to be known beside it.
fn title(entry: &Entry, certainty: Certainty, ascii: bool) -> String {
    let mut text = wording::name_or_id(&entry.event.title, &entry.event.id).to_owned();
    if entry.contested {
        text.push_str(if ascii { " [claims differ]" } else { " ≠" });
    }
    if certainty == Certainty::Possible {
        text.push_str(" (possible)");
    }
    text
}

/// The lines of a text wrapped to `columns`; an empty text has none.
fn lines(text: &str, columns: usize) -> Vec<String> {
    let ranges = width::wrap(text, columns).into_iter();
    ranges.filter_map(|range| text.get(range)).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What a listing leaves out.
#[derive(Default)]
struct Left {
    quotes: u64,
    summaries: u64,
    notes: u64,
}

impl Left {
    fn count(&mut self, entry: &Entry) {
        let event = &entry.event;
        self.quotes += event.sources.iter().filter(|source| source.quote.is_some()).count() as u64;
        self.summaries += u64::from(event.summary.is_some());
        self.notes += u64::from(event.note.is_some());
    }

    fn losses(&self) -> Vec<Loss> {
        wording::losses([
            (self.quotes, ("quote is not in a listing", "quotes are not in a listing")),
            (self.summaries, ("summary is not in a listing", "summaries are not in a listing")),
            (self.notes, ("note is not in a listing", "notes are not in a listing")),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::written;

    #[test]
    fn the_listing_of_the_sample() {
        let (text, losses) = written(write, &WriteOptions::default());
        insta::assert_snapshot!(text + "----\n" + &losses);
    }

    #[test]
    fn a_narrow_listing_keeps_its_width_and_marks_in_ascii() {
        let (text, _) = written(write, &WriteOptions { width: 40, ascii: true, ..WriteOptions::default() });
        assert!(text.lines().all(|line| width::width(line) <= 40), "{text}");
        assert!(!text.contains('≠'));
        assert!(text.contains("[claims\n    differ]") || text.contains("[claims differ]"));
        assert!(text.contains("  1911 - late 1914\n"), "{text}");
    }

    #[test]
    fn nothing_reaches_the_terminal_unseen() {
        let (text, _) = written(write, &WriteOptions::default());
        assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'));
    }
}
