//! iCalendar (RFC 5545, with 7986 and 9253), for a calendar beside the chronology.
//!
//! Our own writer rather than a crate's: what is written must be the same each time, so nothing may be made up
//! from a clock or at random (DTSTAMP, UID), and the fold, the order and the escapes must be known to the
//! byte.

mod content;
mod span;

use std::io::{self, Write};

use content::Content;
use span::Span;

use super::select::Plan;
use super::wording;
use super::{Loss, Selection, WriteOptions};
use crate::chronology::{Catalogue, Entry, Status};
use crate::when::{Instant, When};

/// What a calendar could not hold as it is.
#[derive(Default)]
struct Losses {
    undated: u64,
    beyond: u64,
    fuzzy: u64,
    one_sided: u64,
    fractions: u64,
    long: u64,
}

impl Losses {
    fn list(&self) -> Vec<Loss> {
        wording::losses([
            (self.undated, ("undated event was left out", "undated events were left out")),
            (
                self.beyond,
                (
                    "event before year 1 or after year 9999 was left out",
                    "events before year 1 or after year 9999 were left out",
                ),
            ),
            (
                self.fuzzy,
                (
                    "inexact date became an all-day span from its first to its last possible day",
                    "inexact dates became all-day spans from their first to their last possible day",
                ),
            ),
            (
                self.one_sided,
                (
                    "date with only one known end became the day that is known",
                    "dates with only one known end became the day that is known",
                ),
            ),
            (self.fractions, ("time was cut to the second", "times were cut to the second")),
            (self.long, ("entry lasts longer than 31 days", "entries last longer than 31 days")),
        ])
    }
}

/// Writes the selection as one calendar: CRLF, lines folded at 75 octets, UTF-8.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    selection.events.passes(1 + u32::from(Plan::looks(selection, false)));
    let plan = Plan::of_events(selection, options, false)?;
    let mut losses = Losses::default();
    let mut calendar = Content::new(out);
    calendar.line("BEGIN:VCALENDAR")?;
    calendar.line("VERSION:2.0")?;
    calendar.line("PRODID:-//annals//annals//EN")?;
    calendar.line("CALSCALE:GREGORIAN")?;
    if !selection.title.is_empty() {
        calendar.text("X-WR-CALNAME", selection.title)?;
        calendar.text("NAME", selection.title)?;
    }
    if !selection.summary.is_empty() {
        calendar.text("DESCRIPTION", selection.summary)?;
    }
    selection.events.for_each(&mut |entry, _| {
        write_event(selection.catalogue, &plan, entry, &mut losses, &mut calendar)
    })?;
    calendar.line("END:VCALENDAR")?;
    Ok(losses.list())
}

/// Writes one event, or counts it where no calendar can hold it.
fn write_event(
    catalogue: &Catalogue,
    plan: &Plan<'_>,
    entry: &Entry,
    losses: &mut Losses,
    out: &mut Content<'_>,
) -> io::Result<()> {
    let Some(when) = &entry.when else {
        losses.undated += 1;
        return Ok(());
    };
    let Some(span) = Span::of(entry, when) else {
        losses.beyond += 1;
        return Ok(());
    };
    losses.fuzzy += u64::from(span.fuzzy);
    losses.one_sided += u64::from(span.one_sided);
    losses.fractions += u64::from(span.cut);
    losses.long += u64::from(span.days > 31);

    let event = &entry.event;
    let title = wording::name_or_id(&event.title, &event.id);
    out.line("BEGIN:VEVENT")?;
    out.text("UID", &format!("{}@annals", plan.event_id(entry.layer, &event.id)))?;
    out.line(&format!("DTSTAMP:{}", stamp(entry.as_of.as_ref())))?;
    out.line(&span.start)?;
    if let Some(end) = &span.end {
        out.line(end)?;
    }
    out.text("X-ANNALS-EDTF", when.as_edtf())?;
    out.text("SUMMARY", &format!("{}{title}", span.prefix(when)))?;
    out.text("DESCRIPTION", &description(catalogue, entry))?;
    let categories: Vec<&str> = event.kind.iter().chain(&event.tags).map(String::as_str).collect();
    out.texts("CATEGORIES", &categories)?;
    let places: Vec<&str> = wording::place_names(catalogue, entry).collect();
    if !places.is_empty() {
        out.text("LOCATION", &places.join(", "))?;
    }
    if let Some((lat, lon)) = wording::coordinates(catalogue, entry).filter(on_earth) {
        out.line(&format!("GEO:{lat};{lon}"))?;
    }
    write_references(catalogue, plan, entry, out)?;
    let tentative =
        span.fuzzy || span.one_sided || !matches!(entry.status(), Status::Occurred | Status::Ongoing);
    out.line(if tentative { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" })?;
    out.line("TRANSP:TRANSPARENT")?;
    out.line("END:VEVENT")
}

/// Writes the addresses of an event's sources, and its links to other events.
fn write_references(
    catalogue: &Catalogue,
    plan: &Plan<'_>,
    entry: &Entry,
    out: &mut Content<'_>,
) -> io::Result<()> {
    let mut addresses: Vec<&str> = Vec::new();
    for source in &entry.event.sources {
        let document = wording::document_of(catalogue, entry, source);
        let address = wording::address_of(document, source);
        addresses.extend(address.filter(|address| !addresses.contains(address)));
    }
    for (place, address) in addresses.into_iter().enumerate() {
        if place == 0 {
            out.line(&format!("URL:{address}"))?;
        }
        // RFC 9253, section 8.2.
        out.line(&format!("LINK;LINKREL=SOURCE;VALUE=URI:{address}"))?;
    }
    for link in &entry.event.links {
        let parameter = match link.relation.as_str() {
            "follows" => ";RELTYPE=DEPENDS-ON",
            "part-of" => "",
            _ => ";RELTYPE=SIBLING",
        };
        let id = plan.event_id(entry.layer, &link.event);
        out.text(&format!("RELATED-TO{parameter}"), &format!("{id}@annals"))?;
    }
    Ok(())
}

/// What is said of an event, with its sources as footnotes.
fn description(catalogue: &Catalogue, entry: &Entry) -> String {
    let event = &entry.event;
    let mut lines = vec![format!("When: {}", wording::when_in_words(entry))];
    let who = wording::cast_with_roles(catalogue, entry);
    if !who.is_empty() {
        lines.push(format!("Who: {}", who.join("; ")));
    }
    if !matches!(entry.status(), Status::Occurred) {
        lines.push(format!("Status: {}", entry.status().word()));
    }
    if entry.contested {
        let dates = wording::other_dates(catalogue, entry);
        let dates = if dates.is_empty() { String::new() } else { format!(": {}", dates.join("; ")) };
        lines.push(format!("Claims differ{dates}"));
    }
    lines.extend(event.summary.iter().map(|summary| format!("\n{summary}")));
    for (place, source) in event.sources.iter().enumerate() {
        let document = wording::document_of(catalogue, entry, source);
        let quote = source.quote.as_ref().map(|quote| format!("{quote}\n")).unwrap_or_default();
        let cited = document.map(|document| format!(", {}", wording::citation(document))).unwrap_or_default();
        let word = wording::whose_word(catalogue, entry, source);
        lines.push(format!("\n[{}] {quote}– {word}{cited}", place + 1));
    }
    lines.extend(event.note.iter().map(|note| format!("\nNote: {note}")));
    lines.join("\n")
}

/// When the newest document of an event was published, never what a clock says now.
fn stamp(as_of: Option<&When>) -> String {
    let civil =
        as_of.and_then(|when| when.span().first.civil()).filter(|civil| (1..=9999).contains(&civil.year));
    match civil {
        Some(at) => format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            at.year, at.month, at.day, at.hour, at.minute, at.second
        ),
        None => "19700101T000000Z".to_owned(),
    }
}

/// Whether degrees are on earth.
fn on_earth(position: &(f64, f64)) -> bool {
    position.0.abs() <= 90.0 && position.1.abs() <= 180.0
}

/// The days from one instant to another, counted whole.
fn days_between(first: Instant, last: Instant) -> u64 {
    u64::try_from(last.secs.saturating_sub(first.secs).div_euclid(86_400)).unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};

    use super::*;
    use crate::formats::testing::written;

    #[test]
    fn the_sample_as_a_calendar() {
        let (text, losses) = written(write, &WriteOptions::default());
        insta::assert_snapshot!(text.replace("\r\n", "␍\n") + "----\n" + &losses);
    }

    #[test]
    fn another_program_reads_as_many_events_as_were_written() {
        let (text, _) = written(write, &WriteOptions::default());
        let unfolded = unfold(&text);
        let calendar = read_calendar(&unfolded).expect("the calendar can be read");
        let events = calendar.components.iter().filter(|component| component.name == "VEVENT");
        // Eleven events; the ancient and the undated one cannot be held.
        assert_eq!(events.count(), 9);
        assert_eq!(calendar.components.len(), 9, "no other components were smuggled in");
    }
}
