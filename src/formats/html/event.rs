//! One event as an article.

use maud::{Markup, html};

use super::{Outline, dot, line, paragraphs};
use crate::chronology::{Catalogue, Entry, Source, Status};
use crate::formats::wording;
use crate::when::{Certainty, When};

/// An event's title.
pub fn heading(entry: &Entry) -> String {
    wording::name_or_id(&entry.event.title, &entry.event.id).to_owned()
}

/// The article of an event, which stands in the list as `number`.
pub fn article(
    catalogue: &Catalogue,
    outline: &Outline,
    entry: &Entry,
    certainty: Certainty,
    number: usize,
) -> Markup {
    let event = &entry.event;
    html! {
        article id={ "e" (number) } {
            p.when {
                span.number { (number) }
                " "
                (time(entry))
            }
            div.what {
                h3 { (line(&heading(entry))) }
                p.facts {
                    @for fact in facts(catalogue, entry) { span { (line(&fact)) } }
                    @if entry.contested { span.flag { "≠ claims differ" } }
                    @if certainty == Certainty::Possible { span.flag { "only possibly selected" } }
                }
                (cast(catalogue, entry))
                (paragraphs(event.summary.as_deref().unwrap_or_default()))
                @for other in wording::other_dates(catalogue, entry) {
                    p.claim { "Another date: " (line(&other)) }
                }
                @for source in &event.sources { (quote(catalogue, outline, entry, source)) }
                (details(outline, entry))
            }
        }
    }
}

/// When it was, in words and, in brackets, as exactly as its source.
fn time(entry: &Entry) -> Markup {
    let words = wording::when_in_words(entry);
    let edtf = entry.when.as_ref().map(When::as_edtf);
    html! {
        @match edtf.filter(|text| is_machine_date(text)) {
            Some(machine) => time datetime=(machine) { (line(&words)) },
            None => time { (line(&words)) },
        }
        @if let Some(edtf) = edtf.filter(|edtf| *edtf != words) { " " span.edtf { (edtf) } }
    }
}

/// Whether HTML takes a date for its own (a year, a month or a day of the years 1 to 9999).
fn is_machine_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00") && !text.starts_with("0000")
}

/// Kind, places and status, in a few words.
fn facts(catalogue: &Catalogue, entry: &Entry) -> Vec<String> {
    let mut facts: Vec<String> = entry.event.kind.iter().cloned().collect();
    facts.extend(wording::place_names(catalogue, entry).map(str::to_owned));
    if let Some((lat, lon)) = entry.event.lat.zip(entry.event.lon) {
        facts.push(format!("{lat}, {lon}"));
    }
    if entry.status() != Status::Occurred {
        facts.push(entry.status().word().to_owned());
    }
    facts.extend(entry.event.tags.iter().map(|tag| format!("#{tag}")));
    facts
}

/// The actors with their roles and the colours of their parties.
fn cast(catalogue: &Catalogue, entry: &Entry) -> Markup {
    html! {
        @if !entry.cast.is_empty() {
            ul.cast {
                @for cast in &entry.cast {
                    li {
                        (dot(cast.parties.first().copied()))
                        (line(wording::actor_name(catalogue, cast)))
                        " "
                        span.role { (line(&cast.role)) }
                    }
                }
            }
        }
    }
}

/// A quote with whose word it is and where it stands; without a quote, only these.
fn quote(catalogue: &Catalogue, outline: &Outline, entry: &Entry, source: &Source) -> Markup {
    let document = wording::document_of(catalogue, entry, source);
    let index = source.document.as_deref().and_then(|id| catalogue.document_by_id(entry.layer, id));
    let number = index.and_then(|index| outline.document_number(index));
    let language = document.and_then(|document| document.document.language.as_deref());
    let language =
        language.filter(|tag| !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let credit = html! {
        (line(&wording::whose_word(catalogue, entry, source)))
        @match (document, &source.publisher) {
            (Some(document), _) if source.according_to.is_some() || document.document.publisher.is_none() => {
                ", in " cite { (line(&wording::short_citation(document))) }
            }
            (Some(_), _) => {}
            (None, Some(publisher)) if source.according_to.is_some() => { ", " cite { (line(publisher)) } }
            _ => {}
        }
        @if let Some(number) = number { " " a href={ "#d" (number) } { "[" (number) "]" } }
        @if let Some(address) = source.url.as_deref().and_then(wording::web_address) {
            " " a href=(address) rel="noreferrer" { (line(address)) }
        }
    };
    html! {
        @match &source.quote {
            Some(quote) => figure.quote {
                blockquote lang=[language] { (paragraphs(quote)) }
                figcaption { "— " (credit) }
            },
            None => p.credit { "Source: " (credit) },
        }
    }
}

/// The editor's notes, how the date was read, fields and links.
fn details(outline: &Outline, entry: &Entry) -> Markup {
    let event = &entry.event;
    let dated = match (&event.date_text, &event.date_basis) {
        (Some(text), Some(basis)) => Some(format!("“{text}”: {basis}")),
        (Some(text), None) => Some(format!("“{text}”")),
        (None, basis) => basis.clone(),
    };
    html! {
        @if dated.is_some() || event.note.is_some() || !event.fields.is_empty() || !event.links.is_empty() {
            dl {
                @if let Some(dated) = &dated { dt { "Dated by" } dd { (line(dated)) } }
                @if let Some(note) = &event.note { dt { "Note" } dd { (paragraphs(note)) } }
                @for (name, value) in &event.fields { dt { (line(name)) } dd { (line(value)) } }
                @for link in &event.links {
                    dt { (line(wording::relation(&link.relation))) }
                    dd {
                        @match outline.numbers.get(&(entry.layer, link.event.clone())) {
                            Some(number) => a href={ "#e" (number) } { (number) " " (link_title(outline, *number)) },
                            None => { (line(&link.event)) " (not in this selection)" },
                        }
                    }
                }
            }
        }
    }
}

/// The title of the event that stands in the list as `number`.
fn link_title(outline: &Outline, number: usize) -> Markup {
    let mark = number.checked_sub(1).and_then(|place| outline.marks.get(place));
    html! { @if let Some(mark) = mark { (line(&mark.title)) } }
}
