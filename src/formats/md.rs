//! Markdown, for an editor: headings per year, every event with who, where, its quotes and whose word they
//! are, and a list of the documents at the end.

use std::collections::HashMap;
use std::io::{self, Write};

use super::wording;
use super::{Loss, Outline, Piece, Selection, WriteOptions};
use crate::chronology::Heading;
use crate::chronology::{Catalogue, DocumentIndex, Entry, LayerIndex, Source};
use crate::text::safe::{safe_line, safe_text};
use crate::when::Certainty;

/// What an event refers to, known before any is written.
#[derive(Default)]
struct Around {
    /// The documents, in the order of their numbers.
    documents: Vec<DocumentIndex>,
    /// The titles of the events that are written, for the links to them.
    titles: HashMap<(LayerIndex, String), String>,
}

impl Around {
    /// Goes through the events only where some have links.
    fn of(selection: &Selection<'_>, outline: &Outline) -> io::Result<Self> {
        let mut around = Self { documents: outline.documents.iter().copied().collect(), ..Self::default() };
        if outline.linked.is_empty() {
            return Ok(around);
        }
        selection.events.passes(3);
        selection.events.for_each(&mut |entry, _| {
            let id = (entry.layer, entry.event.id.clone());
            if outline.linked.contains(&id) {
                let title = wording::name_or_id(&entry.event.title, &entry.event.id);
                around.titles.entry(id).or_insert_with(|| title.to_owned());
            }
            Ok(())
        })?;
        Ok(around)
    }
}

/// Writes the selection as Markdown (`CommonMark`, with nothing of its extensions needed to read it).
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    _options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let catalogue = selection.catalogue;
    selection.events.passes(2);
    let (certain, possible) = selection.events.count()?;
    let outline = selection.events.outline(catalogue)?;
    let around = Around::of(selection, &outline)?;

    if !selection.title.is_empty() {
        writeln!(out, "# {}\n", inline(selection.title))?;
    }
    write_paragraphs(selection.summary, "", out)?;
    writeln!(out, "*{}.*\n", inline(&wording::selected(selection, certain, possible)))?;
    let mut under = None;
    let write = |entry: &Entry, certainty: Certainty, piece: &mut Piece| {
        piece.under(Heading::year_of(entry));
        write_event(catalogue, entry, certainty, &around, &mut piece.bytes)
    };
    selection.events.in_pieces(&write, &mut |piece| {
        piece.write(&mut under, out, &|heading, out| writeln!(out, "## {heading}\n"))
    })?;
    write_documents(catalogue, &around.documents, out)?;
    Ok(wording::losses([(outline.extras, wording::KEYS)]))
}

/// Writes one event.
fn write_event(
    catalogue: &Catalogue,
    entry: &Entry,
    certainty: Certainty,
    around: &Around,
    out: &mut dyn Write,
) -> io::Result<()> {
    let event = &entry.event;
    let when = wording::when_in_words(entry);
    let title = wording::name_or_id(&event.title, &event.id);
    writeln!(out, "### {}: {}\n", inline(&capitalised(&when)), inline(title))?;
    let facts = facts(catalogue, entry, certainty, around);
    for (name, text) in &facts {
        writeln!(out, "- **{name}:** {}", inline(text))?;
    }
    if !facts.is_empty() {
        writeln!(out)?;
    }
    write_paragraphs(event.summary.as_deref().unwrap_or_default(), "", out)?;
    for source in &event.sources {
        write_source(catalogue, entry, source, &around.documents, out)?;
    }
    if let Some(note) = &event.note {
        write_paragraphs(&format!("Note: {note}"), "", out)?;
    }
    Ok(())
}

/// What is said of an event in one line each: name and text.
fn facts(
    catalogue: &Catalogue,
    entry: &Entry,
    certainty: Certainty,
    around: &Around,
) -> Vec<(&'static str, String)> {
    let event = &entry.event;
    let mut facts = Vec::new();
    let mut add = |name, parts: Vec<String>| {
        if !parts.is_empty() {
            facts.push((name, parts.join("; ")));
        }
    };
    add("Who", wording::cast_with_roles(catalogue, entry));
    let places = wording::place_names(catalogue, entry).map(str::to_owned).collect::<Vec<_>>().join(", ");
    let position = event.lat.zip(event.lon).map(|(lat, lon)| format!("{lat}, {lon}"));
    add(
        "Where",
        [Some(places).filter(|places| !places.is_empty()), position].into_iter().flatten().collect(),
    );
    let status = event.status.map(|status| status.word().to_owned());
    add("What", [event.kind.clone(), status].into_iter().flatten().collect());
    let dated = event.date.as_ref().map(|date| match (&event.date_text, &event.date_basis) {
        (Some(text), Some(basis)) => format!("{date} (“{text}”: {basis})"),
        (Some(text), None) => format!("{date} (“{text}”)"),
        (None, Some(basis)) => format!("{date} ({basis})"),
        (None, None) => date.clone(),
    });
    add("Dated", dated.into_iter().collect());
    if entry.contested {
        let others = wording::other_dates(catalogue, entry);
        add("Claims differ", if others.is_empty() { vec!["see the quotes".to_owned()] } else { others });
    }
    if certainty == Certainty::Possible {
        add("Selected", vec!["only possibly: its date or its source leaves it open".to_owned()]);
    }
    add("Tags", event.tags.clone());
    add("Fields", event.fields.iter().map(|(name, value)| format!("{name} = {value}")).collect());
    let linked = event.links.iter().map(|link| {
        let title = around.titles.get(&(entry.layer, link.event.clone()));
        let other = title
            .map_or_else(|| format!("{} (not in this selection)", link.event), |title| format!("“{title}”"));
        format!("{} {other}", wording::relation(&link.relation))
    });
    add("Links", linked.collect());
    facts
}

/// Writes a quote, whose word it is, and where it stands.
fn write_source(
    catalogue: &Catalogue,
    entry: &Entry,
    source: &Source,
    documents: &[DocumentIndex],
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = wording::document_of(catalogue, entry, source);
    let mut credit = vec![inline(&capitalised(&wording::whose_word(catalogue, entry, source)))];
    match document {
        Some(document) => {
            let index = source.document.as_deref().and_then(|id| catalogue.document_by_id(entry.layer, id));
            let place = index.and_then(|index| documents.iter().position(|&other| other == index));
            let number = place.map(|place| format!(" \\[{}\\]", place + 1)).unwrap_or_default();
            let own_voice = source.according_to.is_none() && document.document.publisher.is_some();
            let cited = if own_voice {
                wording::published_in_words(&document.document).unwrap_or_default()
            } else {
                format!("in {}", wording::short_citation(document))
            };
            credit.push(format!("{}{number}", inline(&cited)));
        }
        None if source.according_to.is_some() => {
            credit.extend(source.publisher.as_deref().map(|publisher| format!("in {}", inline(publisher))));
        }
        None => {}
    }
    let address = source.url.as_deref().and_then(wording::web_address);
    credit.extend(address.map(|address| format!("<{address}>")));
    let credit = credit.join(", ");
    match &source.quote {
        Some(quote) => {
            write_paragraphs(quote, "> ", out)?;
            writeln!(out, "> — {credit}\n")
        }
        None => writeln!(out, "Source: {credit}\n"),
    }
}

/// Writes the documents as a numbered list.
fn write_documents(
    catalogue: &Catalogue,
    documents: &[DocumentIndex],
    out: &mut dyn Write,
) -> io::Result<()> {
    if documents.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Sources\n")?;
    for (place, &index) in documents.iter().enumerate() {
        let document = catalogue.document(index);
        let mut parts = vec![inline(&wording::citation(document))];
        let address = document.document.url.as_deref().and_then(wording::web_address);
        parts.extend(address.map(|address| format!("<{address}>")));
        parts.extend(document.document.note.as_deref().map(inline));
        writeln!(out, "{}. {}", place + 1, parts.join(". "))?;
    }
    Ok(())
}

/// Writes a text as paragraphs, a line of it a line, each with `prefix` in front; an empty text writes nothing.
fn write_paragraphs(text: &str, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let safe = safe_text(text);
    let mut lines = safe.lines().map(str::trim).peekable();
    let mut wrote = false;
    while let Some(line) = lines.next() {
        let more = lines.peek().is_some_and(|next| !next.is_empty());
        let end = if more && !line.is_empty() { "\\" } else { "" };
        let line = inline(line);
        let line = if end.is_empty() { line.trim_end() } else { &line };
        let before = if line.is_empty() && end.is_empty() { prefix.trim_end() } else { prefix };
        writeln!(out, "{before}{line}{end}")?;
        wrote = true;
    }
    if wrote { writeln!(out, "{}", prefix.trim_end()) } else { Ok(()) }
}

/// A text as one line of Markdown that shows exactly it.
pub fn inline(text: &str) -> String {
    let safe = safe_line(text);
    // What begins a block only counts at the start of a line, and the text may come to stand there.
    let start = safe.trim_start();
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let begins_list = (1..=9).contains(&digits) && matches!(start.as_bytes().get(digits), Some(b'.' | b')'));
    let mut escaped = String::with_capacity(start.len() + 8);
    let mut rest = 0;
    for (at, byte) in start.bytes().enumerate() {
        let special = matches!(
            byte,
            b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'|' | b'~' | b'$' | b'#'
        ) || (at == 0 && matches!(byte, b'-' | b'+' | b'=' | b':'))
            || (begins_list && at == digits);
        if special {
            // All of them are ASCII, so that no character is cut.
            escaped.push_str(start.get(rest..at).unwrap_or_default());
            escaped.push('\\');
            rest = at;
        }
    }
    escaped.push_str(start.get(rest..).unwrap_or_default());
    escaped
}

/// The text with its first letter as a capital.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::written;

    #[test]
    fn the_sample_for_an_editor() {
        let (text, losses) = written(write, &WriteOptions::default());
        insta::assert_snapshot!(text + "----\n" + &losses);
    }

    #[test]
    fn what_would_be_markup_is_escaped() {
        assert_eq!(inline("[x](javascript:y)"), "\\[x\\](javascript:y)");
        assert_eq!(inline("# a *b* <c>"), "\\# a \\*b\\* \\<c\\>");
        assert_eq!(inline("12. a"), "12\\. a");
        assert_eq!(inline("- a"), "\\- a");
        assert_eq!(inline("12 a-b. c"), "12 a-b. c");
        assert_eq!(inline("a\nb"), "a b");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let (text, _) = written(write, &WriteOptions::default());
        let links: Vec<&str> =
            text.split('<').skip(1).filter(|rest| !rest.starts_with(['\\', '/'])).collect();
        assert!(links.iter().any(|link| link.starts_with("https://example.org/survey>")));
        assert!(text.matches("javascript").count() == 1, "only as escaped text: {text}");
    }
}
