//! One self-contained HTML page, for paper and phone: an axis, headings per year, an article for each event,
//! its quotes, and the documents. No script, and no request to anywhere: the page's own policy forbids both.

mod axis;
mod event;
mod picture;

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::wording;
use super::{Loss, Selection, WriteOptions};
use crate::chronology::Heading;
use crate::chronology::{Catalogue, DocumentIndex, LayerIndex, PartyIndex};
use crate::text::safe::{safe_line, safe_text};
use crate::when::{Certainty, Stretch};

/// The page's style.
const STYLE: &str = include_str!("html/page.css");

/// How many colours parties have in the style; more parties use them again.
const COLOURS: usize = 8;

/// What the axis and the links need to know of an event before any is written.
#[derive(Clone, Debug)]
struct Mark {
    /// Its place in the list, from 1.
    number: usize,
    stretch: Option<Stretch>,
    party: Option<PartyIndex>,
    title: String,
}

/// What a first look at the events gives.
#[derive(Default)]
struct Outline {
    marks: Vec<Mark>,
    /// An event's number by layer and id, for links.
    numbers: HashMap<(LayerIndex, String), usize>,
    documents: BTreeSet<DocumentIndex>,
    parties: BTreeSet<PartyIndex>,
    certain: u64,
    possible: u64,
    extras: u64,
}

impl Outline {
    fn of(selection: &Selection<'_>) -> io::Result<Self> {
        let mut outline = Self::default();
        selection.events.for_each(&mut |entry, certainty| {
            let number = outline.marks.len() + 1;
            match certainty {
                Certainty::Certain => outline.certain += 1,
                Certainty::Possible => outline.possible += 1,
                Certainty::Not => {}
            }
            outline.marks.push(Mark {
                number,
                stretch: entry.bounds.as_ref().map(|bounds| bounds.hull),
                party: entry.parties.first().copied(),
                title: event::heading(entry),
            });
            outline.numbers.entry((entry.layer, entry.event.id.clone())).or_insert(number);
            outline.documents.extend(entry.documents.iter().copied());
            outline.parties.extend(entry.parties.iter().copied());
            outline.extras += entry.event.extra.len() as u64;
            Ok(())
        })?;
        Ok(outline)
    }

    /// A document's number in the list of documents, from 1.
    fn document_number(&self, index: DocumentIndex) -> Option<usize> {
        self.documents.iter().position(|&other| other == index).map(|place| place + 1)
    }
}

/// Writes the selection as one page.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    _options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    selection.events.passes(2);
    let outline = Outline::of(selection)?;
    let title = if selection.title.is_empty() { "Chronology" } else { selection.title };
    write!(out, "{}<html lang=\"en\">{}<body>", DOCTYPE.into_string(), head(title).into_string())?;
    writeln!(out, "{}<main>", page_header(selection, title, &outline).into_string())?;
    let mut under = None;
    let mut number = 0;
    selection.events.for_each(&mut |entry, certainty| {
        let heading = Heading::year_of(entry);
        if under != Some(heading) {
            if under.is_some() {
                writeln!(out, "</section>")?;
            }
            writeln!(out, "<section>{}", html! { h2 { (heading.to_string()) } }.into_string())?;
            under = Some(heading);
        }
        number += 1;
        let article = event::article(selection.catalogue, &outline, entry, certainty, number);
        writeln!(out, "{}", article.into_string())
    })?;
    if under.is_some() {
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>{}</body></html>", page_footer(selection.catalogue, &outline).into_string())?;
    Ok(wording::losses([(outline.extras, wording::KEYS)]))
}

/// What stands before the body. The policy allows this one style and nothing else, by its hash.
fn head(title: &str) -> Markup {
    let hash = BASE64.encode(Sha256::digest(STYLE.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            meta name="generator" content="annals";
            title { (line(title)) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

/// Title, summary, what was selected, the axis and the parties' colours.
fn page_header(selection: &Selection<'_>, title: &str, outline: &Outline) -> Markup {
    html! {
        header {
            h1 { (line(title)) }
            (paragraphs(selection.summary))
            p.selected { (line(&wording::selected(selection, outline.certain, outline.possible))) }
            (picture::figure(outline))
            @if !outline.parties.is_empty() {
                ul.parties {
                    @for &party in &outline.parties {
                        @let known = selection.catalogue.party(party);
                        li { (dot(Some(party))) (line(wording::name_or_id(&known.name, &known.id))) }
                    }
                }
            }
        }
    }
}

/// The documents, and what made the page.
fn page_footer(catalogue: &Catalogue, outline: &Outline) -> Markup {
    html! {
        footer {
            @if !outline.documents.is_empty() {
                h2 { "Sources" }
                ol.documents {
                    @for (place, &index) in outline.documents.iter().enumerate() {
                        @let known = catalogue.document(index);
                        @let citation = wording::citation(known);
                        li id={ "d" (place + 1) } {
                            @match known.document.url.as_deref().and_then(wording::web_address) {
                                Some(address) => a href=(address) rel="noreferrer" { (line(&citation)) },
                                None => (line(&citation)),
                            }
                            @if let Some(note) = &known.document.note { p.note { (line(note)) } }
                        }
                    }
                }
            }
            p.made { "Made with annals. Below each date in words stands the same in EDTF (ISO 8601-2): as exact as its source, and no more exact." }
        }
    }
}

/// The colour class of a party.
fn colour(party: Option<PartyIndex>) -> String {
    party.map_or_else(|| "none".to_owned(), |party| format!("p{}", party.0 as usize % COLOURS))
}

/// A dot in a party's colour; it says nothing that words beside it do not say.
fn dot(party: Option<PartyIndex>) -> Markup {
    html! { span class={ "dot " (colour(party)) } aria-hidden="true" {} }
}

/// A text on one line, made safe; maud escapes it.
fn line(text: &str) -> Markup {
    html! { (safe_line(text)) }
}

/// A text as paragraphs, with its line breaks.
fn paragraphs(text: &str) -> Markup {
    let safe = safe_text(text);
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    for line in safe.lines() {
        match blocks.last_mut() {
            Some(block) if !line.trim().is_empty() => block.push(line),
            _ => blocks.push(Vec::new()),
        }
    }
    html! {
        @for block in blocks.iter().filter(|block| !block.is_empty()) {
            p {
                @for (index, line) in block.iter().enumerate() {
                    @if index > 0 { br; }
                    (line)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::written;

    #[test]
    fn the_page_of_the_sample() {
        let (text, losses) = written(write, &WriteOptions::default());
        // Style and hash change with every touch of the style; another test holds them together.
        let hash = BASE64.encode(Sha256::digest(STYLE.as_bytes()));
        let text = text.replace(STYLE, "(style)").replace(&hash, "(hash)");
        insta::assert_snapshot!(text.replace("><", ">\n<") + "----\n" + &losses);
    }

    #[test]
    fn the_page_runs_nothing_and_asks_for_nothing() {
        let (text, _) = written(write, &WriteOptions::default());
        let lower = text.to_lowercase();
        let tags: Vec<&str> = lower.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
        for tag in &tags {
            let name = tag.split(' ').next().unwrap_or_default();
            assert!(!["script", "img", "link", "iframe", "b", "base", "form"].contains(&name), "{tag}");
            // What stands in quotation marks is a value; what is left are names of attributes.
            let names: String = tag.split('"').step_by(2).collect();
            assert!(
                !names.contains(" on") && !names.contains(" src=") && !names.contains(" style="),
                "{tag}"
            );
        }
        assert!(tags.len() > 100);
        assert!(!lower.contains("@import") && !lower.contains("url("));
        for address in lower.split("href=\"").skip(1) {
            let ok = ["http://", "https://", "#"].iter().any(|start| address.starts_with(start));
            assert!(ok, "{}", address.chars().take(40).collect::<String>());
        }
    }

    #[test]
    fn the_policy_names_the_style_that_is_there() {
        let page = head("x").into_string();
        let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next());
        assert_eq!(style, Some(STYLE));
        assert!(!STYLE.contains('<'), "nothing in the style ends it");
        assert!(
            page.contains("default-src 'none'; style-src 'sha256-") || page.contains("default-src &#39;none")
        );
    }
}
