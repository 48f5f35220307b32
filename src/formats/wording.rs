//! What the formats for people word alike: headings, names, whose word it is, and citations.

use super::{Loss, Selection};
use crate::chronology::{Cast, Catalogue, CataloguedDocument, Document, Entry, Source, Stance};
use crate::when::{Civil, Instant, When, words};

/// A number of five digits or more with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with the form of a word that fits it: `1 event`, `2 events`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// When an event was, in words in full; `undated` where it has no date.
pub fn when_in_words(entry: &Entry) -> String {
    entry.when.as_ref().map_or_else(|| "undated".to_owned(), |when| words::write(when, entry.as_of.as_ref()))
}

/// The same for a narrow column.
pub fn when_in_short(entry: &Entry) -> String {
    entry.when.as_ref().map_or_else(|| "undated".to_owned(), words::write_short)
}

/// An actor's name, or its id where it has none.
pub fn actor_name<'a>(catalogue: &'a Catalogue, cast: &Cast) -> &'a str {
    let actor = &catalogue.actor(cast.actor).actor;
    name_or_id(&actor.name, &actor.id)
}

/// A name, or the id where there is none.
pub fn name_or_id<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.is_empty() { id } else { name }
}

/// The actors of an event with their roles: `Iraq (participant)`.
pub fn cast_with_roles(catalogue: &Catalogue, entry: &Entry) -> Vec<String> {
    entry.cast.iter().map(|cast| format!("{} ({})", actor_name(catalogue, cast), cast.role)).collect()
}

/// The names of the parties an event touches.
pub fn party_names<'a>(catalogue: &'a Catalogue, entry: &'a Entry) -> impl Iterator<Item = &'a str> {
    entry.parties.iter().map(|&index| {
        let party = catalogue.party(index);
        name_or_id(&party.name, &party.id)
    })
}

/// The names of an event's places.
pub fn place_names<'a>(catalogue: &'a Catalogue, entry: &'a Entry) -> impl Iterator<Item = &'a str> {
    entry.places.iter().map(|&index| {
        let place = catalogue.place(index);
        name_or_id(&place.name, &place.id)
    })
}

/// Where an event was, in degrees north and east: its own place on earth, or that of its first place that has
/// one.
pub fn coordinates(catalogue: &Catalogue, entry: &Entry) -> Option<(f64, f64)> {
    entry.event.lat.zip(entry.event.lon).or_else(|| {
        entry.places.iter().find_map(|&index| {
            let place = catalogue.place(index);
            place.lat.zip(place.lon)
        })
    })
}

/// Degrees in words, to a tenth: "33.3° N 44.4° E"; without the sign of degrees where only ASCII may be written.
pub fn degrees((lat, lon): (f64, f64), ascii: bool) -> String {
    let sign = if ascii { "" } else { "°" };
    let side = |value: f64, (plus, minus): (&str, &str)| {
        format!("{:.1}{sign} {}", value.abs(), if value < 0.0 { minus } else { plus })
    };
    format!("{} {}", side(lat, ("N", "S")), side(lon, ("E", "W")))
}

/// The document that a source names, where the catalogue has it.
pub fn document_of<'a>(
    catalogue: &'a Catalogue,
    entry: &Entry,
    source: &Source,
) -> Option<&'a CataloguedDocument> {
    let index = catalogue.document_by_id(entry.layer, source.document.as_deref()?)?;
    Some(catalogue.document(index))
}

/// Who published what a source cites.
pub fn publisher_of<'a>(document: Option<&'a CataloguedDocument>, source: &'a Source) -> Option<&'a str> {
    document.and_then(|document| document.document.publisher.as_deref()).or(source.publisher.as_deref())
}

/// The address of what a source cites, if it is one to follow.
pub fn address_of<'a>(document: Option<&'a CataloguedDocument>, source: &'a Source) -> Option<&'a str> {
    source.url.as_deref().or_else(|| document?.document.url.as_deref()).and_then(web_address)
}

/// The name of the one whose word it is: an actor's name, or the text as written.
pub fn speaker_name<'a>(catalogue: &'a Catalogue, who: &'a str) -> &'a str {
    catalogue.actor_by_id(who).map_or(who, |index| {
        let actor = &catalogue.actor(index).actor;
        name_or_id(&actor.name, &actor.id)
    })
}

/// Whose word a source is, in words: "claimed by the Islamic Resistance in Iraq", "AFP in its own voice".
pub fn whose_word(catalogue: &Catalogue, entry: &Entry, source: &Source) -> String {
    let document = document_of(catalogue, entry, source);
    match &source.according_to {
        Some(who) => {
            let stance = match source.stance {
                None | Some(Stance::Says) => "according to",
                Some(Stance::Claims) => "claimed by",
                Some(Stance::Confirms) => "confirmed by",
                Some(Stance::Denies) => "denied by",
            };
            format!("{stance} {}", speaker_name(catalogue, who))
        }
        None => match (publisher_of(document, source), source.stance) {
            (Some(publisher), Some(Stance::Denies)) => format!("denied by {publisher}"),
            (Some(publisher), _) => format!("{publisher} in its own voice"),
            (None, _) => "the document’s own voice".to_owned(),
        },
    }
}

/// Where a source stands, for a reference: publisher, title, date in words, address.
pub fn reference(document: Option<&CataloguedDocument>, source: &Source) -> Vec<String> {
    let mut parts: Vec<String> = publisher_of(document, source).map(str::to_owned).into_iter().collect();
    if let Some(document) = document.map(|found| &found.document) {
        parts.push(name_or_id(&document.title, &document.id).to_owned());
        parts.extend(published_in_words(document));
    }
    parts.extend(source.url.clone().or_else(|| document?.document.url.clone()));
    parts
}

/// A document as a citation: title, publisher, date in words.
pub fn citation(document: &CataloguedDocument) -> String {
    let document = &document.document;
    let mut parts = vec![name_or_id(&document.title, &document.id).to_owned()];
    parts.extend(document.publisher.clone());
    parts.extend(published_in_words(document));
    parts.join(", ")
}

/// A document in short, where the full citation stands elsewhere: publisher (or else title) and date.
pub fn short_citation(document: &CataloguedDocument) -> String {
    let document = &document.document;
    let title = name_or_id(&document.title, &document.id);
    let mut parts = vec![document.publisher.as_deref().unwrap_or(title).to_owned()];
    parts.extend(published_in_words(document));
    parts.join(", ")
}

/// When a document was published, in words; as written where that is no date.
pub fn published_in_words(document: &Document) -> Option<String> {
    let published = document.published.as_deref()?;
    Some(When::parse(published).map_or_else(|_| published.to_owned(), |when| words::write(&when, None)))
}

/// The text if it is an address of the web (http or https) without anything that ends one.
pub fn web_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\\' | '`');
    (!rest.is_empty() && rest.chars().all(plain)).then_some(text)
}

/// A claim about the date of an event that differs from the event's own, in words, with whose it is.
pub fn other_dates(catalogue: &Catalogue, entry: &Entry) -> Vec<String> {
    let differs = |source: &&Source| source.date.is_some() && source.date != entry.event.date;
    let mut lines = Vec::new();
    for source in entry.event.sources.iter().filter(differs) {
        let Some(date) = source.date.as_deref() else { continue };
        let date = When::parse(date).map_or_else(|_| date.to_owned(), |when| words::write(&when, None));
        lines.push(format!("{date}, {}", whose_word(catalogue, entry, source)));
    }
    lines
}

/// What a selection holds, as one sentence: "15 events (12 certain, 3 possible), party: Iran-aligned groups".
pub fn selected(selection: &Selection<'_>, certain: u64, possible: u64) -> String {
    let mut text = counted(certain + possible, "event", "events");
    if possible > 0 {
        text += &[" (", &grouped(certain), " certain, ", &grouped(possible), " possible)"].concat();
    }
    match selection.described {
        Some(described) => text + ", selected by: " + described,
        None if selection.filtered => text + ", a selection",
        None => text,
    }
}

/// What happened to keys that we do not know: for one, and for several.
pub const KEYS: (&str, &str) =
    ("key that annals does not know was left out", "keys that annals does not know were left out");

/// What an event is to another that it is linked to, in words: `part of` for `part-of`.
pub fn relation(word: &str) -> &str {
    match word {
        "" => "see",
        "part-of" => "part of",
        "same-as" => "the same as",
        other => other,
    }
}

/// The losses that happened at all, each worded for one and for several.
pub fn losses<const N: usize>(counts: [(u64, (&str, &str)); N]) -> Vec<Loss> {
    let happened = counts.into_iter().filter(|(count, _)| *count > 0);
    happened
        .map(|(count, (one, many))| Loss { count, what: if count == 1 { one } else { many }.to_owned() })
        .collect()
}

/// An instant as the day it is in, or to the second where it is not the border of a day; empty for an infinity.
/// `last` tells whether it is the last instant of something rather than the first.
pub fn instant_text(instant: Instant, last: bool) -> String {
    let Some(civil) = instant.civil() else { return String::new() };
    if !(-9999..=9999).contains(&civil.year) {
        return format!("Y{}", civil.year);
    }
    let mut text = String::with_capacity(32);
    if civil.year < 0 {
        text.push('-');
    }
    digits(civil.year.unsigned_abs(), 4, &mut text);
    for part in [civil.month, civil.day] {
        text.push('-');
        digits(part.into(), 2, &mut text);
    }
    let border = if last { (23, 59, 59) } else { (0, 0, 0) };
    if (civil.hour, civil.minute, civil.second) != border {
        let fraction = !(civil.nanos == 0 || (last && civil.nanos == 999_999_999));
        clock(&civil, fraction, &mut text);
    }
    text
}

/// Adds a time of day in UTC behind a date, with its fraction of a second where that is wanted: `T09:10:00Z`.
pub fn clock(civil: &Civil, fraction: bool, text: &mut String) {
    for (sign, part) in [('T', civil.hour), (':', civil.minute), (':', civil.second)] {
        text.push(sign);
        digits(part.into(), 2, text);
    }
    if fraction {
        text.push('.');
        digits(civil.nanos.into(), 9, text);
    }
    text.push('Z');
}

/// Adds the last digits of a number, so many of them. Tables have millions of dates, which the formatting of the
/// standard library would take a tenth of all time for.
pub fn digits(number: u64, count: u32, text: &mut String) {
    for place in (0..count).rev() {
        text.push(char::from(b'0' + (number / 10_u64.pow(place) % 10) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_followed() {
        assert_eq!(web_address(" https://example.org/a?b=c "), Some("https://example.org/a?b=c"));
        assert_eq!(web_address("HTTP://example.org"), Some("HTTP://example.org"));
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://a b",
            "https://a\u{7}b",
            "http://a\"onmouseover=x",
            "//example.org",
            "file:///etc/passwd",
            "https://a<b>",
            "",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn counts_agree_with_their_word() {
        assert_eq!(counted(1, "event", "events"), "1 event");
        assert_eq!(counted(36, "event", "events"), "36 events");
        assert_eq!(counted(10_000, "event", "events"), "10,000 events");
    }
}
