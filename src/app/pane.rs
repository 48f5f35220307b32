//! What the event pane says of an event, as lines of a width, with the links that can be followed.

mod citation;
mod passage;

pub use citation::citation;
use passage::{Passage, passage};

use crate::chronology::{Catalogue, CataloguedDocument, Entry, PartyIndex, Review, Source, Status};
use crate::formats::wording;
use crate::notebook::Noticed;
use crate::query::Highlighter;
use crate::text::address::encoded;
use crate::text::safe::safe_line;
use crate::text::width::{width, wrap};
use crate::when::{Certainty, When, words};

/// What a piece of text is, for the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Plain,
    /// The event's title.
    Title,
    /// A label before a value.
    Label,
    /// Less important.
    Dim,
    /// The quoted words in their surroundings.
    Quote,
    /// A hit of the search.
    Hit,
    /// A name in its party's colour.
    Party(PartyIndex),
    /// Something to follow.
    Link,
    /// A warning: claims that differ.
    Warning,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an event of the same layer.
    Event(String),
    /// To an address of the web, with nothing in it that a terminal would obey.
    Address(String),
    /// To an actor: comes into focus, can be filtered by.
    Actor(String),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text, safe to show.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// The link it is part of, by its number.
    pub link: Option<usize>,
}

/// The pane's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaneText {
    /// Its lines.
    pub lines: Vec<Vec<Piece>>,
    /// Its links, in order, with the line each begins on.
    pub links: Vec<(Target, usize)>,
}

/// What the pane is made from.
pub struct Subject<'a> {
    /// The event.
    pub entry: &'a Entry,
    /// How far the filter is true of it.
    pub certainty: Certainty,
    /// Whether it is other than when its source was opened.
    pub changed: bool,
    /// What the reader noted of it.
    pub noticed: Option<&'a Noticed>,
    /// The names.
    pub catalogue: &'a Catalogue,
    /// What to highlight.
    pub highlighter: &'a Highlighter,
    /// Titles of the events it links to, as far as they are known.
    pub title_of: &'a dyn Fn(&str) -> Option<String>,
    /// Columns.
    pub columns: usize,
    /// Without characters beyond ASCII.
    pub ascii: bool,
}

/// Composes the pane's text.
pub fn compose(subject: &Subject<'_>) -> PaneText {
    let mut writer = Writer { subject, text: PaneText::default(), label: None, spans: Vec::new() };
    writer.head();
    writer.own_note();
    writer.when();
    writer.who();
    writer.circumstances();
    writer.summary();
    for source in &subject.entry.event.sources {
        writer.source(source);
    }
    writer.notes();
    writer.links();
    writer.text
}

/// Collects spans of a paragraph and wraps them into lines.
struct Writer<'a> {
    subject: &'a Subject<'a>,
    text: PaneText,
    /// What stands before the first line of the paragraph.
    label: Option<Piece>,
    spans: Vec<Piece>,
}

impl Writer<'_> {
    fn add(&mut self, text: &str, role: Role) {
        self.add_linked(text, role, None);
    }

    fn add_linked(&mut self, text: &str, role: Role, link: Option<usize>) {
        let text = safe_line(text).into_owned();
        if !text.is_empty() {
            self.spans.push(Piece { text, role, link });
        }
    }

    /// Adds a text with the search's hits marked.
    fn add_marked(&mut self, text: &str, role: Role) {
        let mut done = 0;
        for hit in self.subject.highlighter.ranges(text) {
            self.add(text.get(done..hit.start).unwrap_or_default(), role);
            self.add(text.get(hit.clone()).unwrap_or_default(), Role::Hit);
            done = hit.end;
        }
        self.add(text.get(done..).unwrap_or_default(), role);
    }

    /// Wraps what was added into lines. They stand behind the label; those after the first are `hang` further in.
    fn end(&mut self, hang: usize) {
        let spans = std::mem::take(&mut self.spans);
        let label = self.label.take();
        let whole: String = spans.iter().map(|span| span.text.as_str()).collect();
        let behind = label.as_ref().map_or(0, |label| width(&label.text)).min(self.subject.columns / 2);
        let hang = hang.min(self.subject.columns / 4);
        let columns = self.subject.columns.saturating_sub(behind + hang);
        for (number, range) in wrap(&whole, columns).into_iter().enumerate() {
            let mut line: Vec<Piece> = label.iter().filter(|_| number == 0).cloned().collect();
            if number > 0 && behind + hang > 0 {
                line.push(Piece { text: " ".repeat(behind + hang), role: Role::Plain, link: None });
            }
            let mut offset = 0;
            for span in &spans {
                let start = range.start.max(offset).saturating_sub(offset);
                let end = range.end.min(offset + span.text.len()).saturating_sub(offset);
                offset += span.text.len();
                if let Some(text) = span.text.get(start..end).filter(|text| !text.is_empty()) {
                    line.push(Piece { text: text.to_owned(), ..*span });
                }
            }
            self.text.lines.push(line);
        }
    }

    fn blank(&mut self) {
        if self.text.lines.last().is_some_and(|line| !line.is_empty()) {
            self.text.lines.push(Vec::new());
        }
    }

    fn label(&mut self, label: &str) {
        let text = format!("{:<7} ", safe_line(label));
        self.label = Some(Piece { text, role: Role::Label, link: None });
    }

    /// A line of label and text.
    fn field(&mut self, label: &str, text: &str) {
        self.label(label);
        self.add_marked(text, Role::Plain);
        self.end(0);
    }

    fn link(&mut self, target: Target) -> usize {
        let line = self.text.lines.len();
        self.text.links.push((target, line));
        self.text.links.len() - 1
    }

    fn head(&mut self) {
        self.add_marked(&self.subject.entry.event.title, Role::Title);
        self.end(0);
        if self.subject.entry.contested {
            let mark = if self.subject.ascii { "!=" } else { "≠" };
            self.add(&format!("{mark} claims differ"), Role::Warning);
            self.end(0);
        }
        self.review();
        if self.subject.changed {
            self.add("changed since it was opened", Role::Dim);
            self.end(0);
        }
        if self.subject.noticed.is_some_and(|noticed| noticed.marked) {
            self.add("marked by you", Role::Dim);
            self.end(0);
        }
        if self.subject.certainty == Certainty::Possible {
            self.add("only possibly fits the filter", Role::Dim);
            self.end(0);
        }
        self.blank();
    }

    /// Whether a reader has looked at it, and how sure whoever proposed it was.
    fn review(&mut self) {
        let event = &self.subject.entry.event;
        let state = match event.review {
            Some(Review::Proposed) => "proposed, not yet reviewed",
            Some(Review::Rejected) => "rejected",
            Some(Review::Accepted) | None => return,
        };
        let mut text = state.to_owned();
        let basis = event.confidence_basis.iter().cloned();
        let sure = event.confidence.map(|confidence| format!("confidence {confidence}"));
        let why: Vec<String> = sure.into_iter().chain(basis).collect();
        if !why.is_empty() {
            text.push_str(&format!(": {}", why.join(", ")));
        }
        self.add(&text, Role::Warning);
        self.end(0);
    }

    fn when(&mut self) {
        let entry = self.subject.entry;
        let Some(when) = &entry.when else { return self.field("When", "undated") };
        self.field("When", &words::write(when, entry.as_of.as_ref()));
        let mut basis = format!("EDTF {when}");
        if let Some(text) = &entry.event.date_text {
            basis.push_str(&format!("; in the text: {}", self.quoted(text)));
        }
        if let Some(how) = &entry.event.date_basis {
            basis.push_str(&format!("; {how}"));
        }
        self.label("");
        self.add(&basis, Role::Dim);
        self.end(0);
    }

    fn quoted(&self, text: &str) -> String {
        if self.subject.ascii { format!("\"{text}\"") } else { format!("“{text}”") }
    }

    fn who(&mut self) {
        for (number, cast) in self.subject.entry.cast.iter().enumerate() {
            self.label(if number == 0 { "Who" } else { "" });
            let actor = &self.subject.catalogue.actor(cast.actor).actor;
            let link = self.link(Target::Actor(actor.id.clone()));
            let role = cast.parties.first().map_or(Role::Plain, |party| Role::Party(*party));
            self.add_linked(wording::name_or_id(&actor.name, &actor.id), role, Some(link));
            self.add(&format!(" {}", cast.role), Role::Dim);
            let parties: Vec<&str> =
                cast.parties.iter().map(|party| self.subject.catalogue.party(*party).name.as_str()).collect();
            if !parties.is_empty() {
                self.add(&format!(" ({})", parties.join(", ")), Role::Dim);
            }
            self.end(2);
        }
    }

    fn circumstances(&mut self) {
        let (entry, catalogue) = (self.subject.entry, self.subject.catalogue);
        let places: Vec<&str> = wording::place_names(catalogue, entry).collect();
        let own = entry.event.position().map(|at| wording::degrees(at.degrees(), self.subject.ascii));
        match (places.as_slice(), own) {
            ([], None) => {}
            ([], Some(own)) => self.field("Where", &own),
            (places, None) => self.field("Where", &places.join(", ")),
            (places, Some(own)) => self.field("Where", &format!("{} ({own})", places.join(", "))),
        }
        let kind = entry.event.kind.as_deref().unwrap_or("");
        let status = match entry.status() {
            Status::Occurred => "",
            other => other.word(),
        };
        let what: Vec<&str> = [kind, status].into_iter().filter(|word| !word.is_empty()).collect();
        if !what.is_empty() {
            self.field("What", &what.join(", "));
        }
        if !entry.event.tags.is_empty() {
            self.field("Tags", &entry.event.tags.join(", "));
        }
        for (name, value) in &entry.event.fields {
            self.field(name, value);
        }
    }

    fn summary(&mut self) {
        if let Some(summary) = &self.subject.entry.event.summary {
            self.blank();
            self.add_marked(summary, Role::Plain);
            self.end(0);
        }
    }

    /// Whose word, the words in their surroundings, and where they stand.
    fn source(&mut self, source: &Source) {
        self.blank();
        let (entry, catalogue) = (self.subject.entry, self.subject.catalogue);
        self.add(&wording::whose_word(catalogue, entry, source), Role::Label);
        self.end(0);
        let document = wording::document_of(catalogue, entry, source);
        let text = document.and_then(|found| found.text.clone());
        match (source.quote.as_deref(), text.as_deref()) {
            (Some(quote), Some(text)) => match passage(text, quote, source) {
                Some(passage) => self.passage(&passage),
                None => self.bare_quote(quote),
            },
            (Some(quote), None) => self.bare_quote(quote),
            (None, _) => {}
        }
        if let Some(date) = &source.date {
            let dated = When::parse(date).map_or_else(|_| date.clone(), |when| words::write(&when, None));
            self.add(&format!("dates it {dated} ({date})"), Role::Warning);
            self.end(2);
        }
        self.provenance(source, document);
    }

    fn bare_quote(&mut self, quote: &str) {
        self.add_marked(quote, Role::Quote);
        self.end(0);
    }

    fn passage(&mut self, passage: &Passage) {
        if !passage.before.is_empty() {
            self.add_marked(&passage.before, Role::Dim);
        }
        self.add_marked(&passage.quote, Role::Quote);
        self.add_marked(&passage.after, Role::Dim);
        self.end(0);
    }

    fn provenance(&mut self, source: &Source, document: Option<&CataloguedDocument>) {
        let parts = wording::reference(document, source);
        if !parts.is_empty() {
            let dash = if self.subject.ascii { "-- " } else { "— " };
            let text = format!("{dash}{}", parts.join(", "));
            match wording::address_of(document, source).and_then(encoded) {
                Some(address) => {
                    let link = self.link(Target::Address(address));
                    self.add_linked(&text, Role::Link, Some(link));
                }
                None => self.add(&text, Role::Dim),
            }
            self.end(2);
        }
    }

    fn notes(&mut self) {
        let event = &self.subject.entry.event;
        let documents = self.subject.entry.documents.iter();
        let document_notes: Vec<String> = documents
            .filter_map(|index| self.subject.catalogue.document(*index).document.note.clone())
            .collect();
        for (label, note) in event
            .note
            .iter()
            .map(|note| ("Note", note.clone()))
            .chain(document_notes.into_iter().map(|note| ("Article", note)))
        {
            self.blank();
            self.label(label);
            let role = if label == "Note" { Role::Plain } else { Role::Dim };
            self.add_marked(&note, role);
            self.end(0);
        }
    }

    /// The reader's own note.
    fn own_note(&mut self) {
        let Some(noticed) = self.subject.noticed.filter(|noticed| !noticed.note.is_empty()) else { return };
        self.label("Yours");
        self.add_marked(&noticed.note, Role::Title);
        self.end(0);
        self.blank();
    }

    fn links(&mut self) {
        let links = &self.subject.entry.event.links;
        if links.is_empty() {
            return;
        }
        self.blank();
        for link in links {
            self.label(wording::relation(&link.relation));
            let title = (self.subject.title_of)(&link.event).unwrap_or_else(|| link.event.clone());
            let number = self.link(Target::Event(link.event.clone()));
            self.add_linked(&title, Role::Link, Some(number));
            self.end(0);
        }
    }
}
