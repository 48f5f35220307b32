//! What the event pane says of an event, as lines of a width, with the links that can be followed.

use crate::chronology::{Catalogue, DocumentIndex, Entry, PartyIndex, Source, Stance, Status};
use crate::query::Highlighter;
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

/// How much of a document is shown around a quote, in characters on either side.
const AROUND: usize = 280;

/// What the pane is made from.
pub struct Subject<'a> {
    /// The event.
    pub entry: &'a Entry,
    /// How far the filter is true of it.
    pub certainty: Certainty,
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
        if self.subject.certainty == Certainty::Possible {
            self.add("only possibly fits the filter", Role::Dim);
            self.end(0);
        }
        self.blank();
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
            self.add_linked(name_or_id(&actor.name, &actor.id), role, Some(link));
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
        let places: Vec<&str> = entry
            .places
            .iter()
            .map(|place| catalogue.place(*place))
            .map(|place| name_or_id(&place.name, &place.id))
            .collect();
        if !places.is_empty() {
            self.field("Where", &places.join(", "));
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
        self.add(&self.whose_word(source), Role::Label);
        self.end(0);
        let document = self.document(source);
        let text = document.and_then(|index| self.subject.catalogue.document(index).text.clone());
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

    fn provenance(&mut self, source: &Source, document: Option<DocumentIndex>) {
        let mut parts: Vec<String> = Vec::new();
        if let Some(index) = document {
            let document = &self.subject.catalogue.document(index).document;
            parts.extend(document.publisher.clone());
            parts.push(name_or_id(&document.title, &document.id).to_owned());
            if let Some(published) = &document.published {
                parts.push(
                    When::parse(published)
                        .map_or_else(|_| published.clone(), |when| words::write(&when, None)),
                );
            }
            parts.extend(document.url.clone());
        }
        parts.extend(source.publisher.clone());
        parts.extend(source.url.clone());
        if !parts.is_empty() {
            let dash = if self.subject.ascii { "-- " } else { "— " };
            self.add(&format!("{dash}{}", parts.join(", ")), Role::Dim);
            self.end(2);
        }
    }

    fn document(&self, source: &Source) -> Option<DocumentIndex> {
        self.subject.catalogue.document_by_id(self.subject.entry.layer, source.document.as_deref()?)
    }

    /// "AFP in its own voice", "claimed by the Islamic Resistance in Iraq (in AFP)".
    fn whose_word(&self, source: &Source) -> String {
        let publisher = self
            .document(source)
            .and_then(|index| self.subject.catalogue.document(index).document.publisher.clone())
            .or_else(|| source.publisher.clone());
        let Some(speaker) = &source.according_to else {
            return format!("{} in its own voice", publisher.as_deref().unwrap_or("the document"));
        };
        let name = speaker_name(speaker, self.subject.catalogue);
        let verb = match source.stance.unwrap_or(Stance::Says) {
            Stance::Says => "said by",
            Stance::Claims => "claimed by",
            Stance::Confirms => "confirmed by",
            Stance::Denies => "denied by",
        };
        match publisher {
            Some(publisher) if publisher != name => format!("{verb} {name}, as {publisher} reports"),
            _ => format!("{verb} {name}"),
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

    fn links(&mut self) {
        let links = &self.subject.entry.event.links;
        if links.is_empty() {
            return;
        }
        self.blank();
        for link in links {
            let relation = if link.relation.is_empty() { "see" } else { &link.relation };
            self.label(relation);
            let title = (self.subject.title_of)(&link.event).unwrap_or_else(|| link.event.clone());
            let number = self.link(Target::Event(link.event.clone()));
            self.add_linked(&title, Role::Link, Some(number));
            self.end(0);
        }
    }
}

/// The name of whose word it is: an actor's, or the name as written.
pub fn speaker_name(speaker: &str, catalogue: &Catalogue) -> String {
    catalogue
        .actor_by_id(speaker)
        .map(|index| &catalogue.actor(index).actor)
        .map_or_else(|| speaker.to_owned(), |actor| name_or_id(&actor.name, &actor.id).to_owned())
}

fn name_or_id<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.is_empty() { id } else { name }
}

/// A quote with what stands around it.
struct Passage {
    before: String,
    quote: String,
    after: String,
}

/// Finds the quote in its document, by offsets or as it stands, with the rest of its paragraph around it.
fn passage(text: &str, quote: &str, source: &Source) -> Option<Passage> {
    let start = match source.start {
        Some(start) => text.char_indices().nth(usize::try_from(start).ok()?).map(|(byte, _)| byte)?,
        None => text.find(quote)?,
    };
    let rest = text.get(start..)?;
    if !rest.starts_with(quote) {
        return None;
    }
    let (head, tail) = (text.get(..start)?, rest.get(quote.len()..)?);
    let before = head.rsplit('\n').next().unwrap_or_default();
    let after = tail.split('\n').next().unwrap_or_default();
    Some(Passage {
        before: last_chars(before, AROUND),
        quote: quote.to_owned(),
        after: first_chars(after, AROUND),
    })
}

/// The last characters of a text, from a word's beginning on.
fn last_chars(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - most).collect();
    let from_word = tail.split_once(' ').map_or("", |(_, rest)| rest);
    format!("… {from_word}")
}

/// The first characters of a text, up to a word's end.
fn first_chars(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    let to_word = head.rsplit_once(' ').map_or("", |(rest, _)| rest);
    format!("{to_word} …")
}

/// An event as a citation for a footnote: quote, speaker, publisher, title, date, address; one line a source.
pub fn citation(entry: &Entry, catalogue: &Catalogue) -> String {
    let mut lines = Vec::new();
    for source in &entry.event.sources {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(source.quote.as_ref().map(|quote| format!("“{quote}”")));
        parts.extend(source.according_to.as_ref().map(|speaker| speaker_name(speaker, catalogue)));
        let document = source.document.as_ref().and_then(|id| catalogue.document_by_id(entry.layer, id));
        if let Some(document) = document.map(|index| &catalogue.document(index).document) {
            parts.extend(document.publisher.clone());
            parts.extend(Some(document.title.clone()).filter(|title| !title.is_empty()));
            parts.extend(document.published.as_ref().map(|published| {
                When::parse(published).map_or_else(|_| published.clone(), |when| words::write(&when, None))
            }));
            parts.extend(document.url.clone());
        }
        parts.extend(source.publisher.clone());
        parts.extend(source.url.clone());
        lines.push(format!("{}.", parts.join(", ")));
    }
    if lines.is_empty() {
        let when = entry
            .when
            .as_ref()
            .map_or_else(|| "undated".to_owned(), |when| words::write(when, entry.as_of.as_ref()));
        lines.push(format!("{}, {when}.", entry.event.title));
    }
    lines.join("\n")
}
