//! Articles in `TimeML`, and predictions as JSON Lines.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// An expression of time in a document.
#[derive(Clone, Debug)]
pub struct Span {
    /// Its first character and the one behind it, counted in Unicode scalar values.
    pub start: usize,
    pub end: usize,
    pub kind: String,
    pub value: String,
}

/// A document with what is marked in it.
#[derive(Debug)]
pub struct Document {
    pub name: String,
    pub text: String,
    pub published: Option<String>,
    pub spans: Vec<Span>,
}

impl Span {
    /// A line of predictions.
    pub fn json(&self, document: &str) -> String {
        let Self { start, end, kind, value } = self;
        format!("{}\n", json!({ "doc": document, "start": start, "end": end, "type": kind, "value": value }))
    }
}

/// All documents of a folder, by name.
pub fn read(folder: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "tml" || ending == "xml") {
            files.push(path);
        }
    }
    files.sort();
    let mut documents = Vec::new();
    for path in files {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        documents.push(document(name, &fs::read_to_string(&path)?));
    }
    Ok(documents)
}

/// A TIMEX3 that is open, or was.
struct Mark {
    start: usize,
    end: usize,
    attributes: HashMap<String, String>,
    /// Whether it stands in the text.
    inside: bool,
}

/// Reads one document: what is below TEXT, and the time of its creation wherever that stands.
fn document(name: String, source: &str) -> Document {
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let (mut text, mut length) = (String::new(), 0);
    let (mut inside, mut over) = (false, false);
    let (mut open, mut marks): (Vec<Mark>, Vec<Mark>) = (Vec::new(), Vec::new());
    let mut rest = source.as_str();
    while let Some((before, behind)) = rest.split_once('<') {
        if inside {
            let said = unescape(before);
            length += said.chars().count();
            text += &said;
        }
        let Some((tag, after)) = behind.split_once('>') else { break };
        rest = after;
        if let Some(closed) = tag.strip_prefix('/') {
            if closed == "TEXT" {
                (inside, over) = (false, true);
            } else if closed == "TIMEX3"
                && let Some(mark) = open.pop()
            {
                marks.push(Mark { end: length, ..mark });
            }
            continue;
        }
        let (element, attributes) =
            tag.trim_end_matches('/').split_once(char::is_whitespace).unwrap_or((tag, ""));
        if element == "TEXT" && !over {
            inside = true;
        } else if element == "TIMEX3" {
            let mark = Mark { start: length, end: length, attributes: read_attributes(attributes), inside };
            if tag.ends_with('/') { marks.push(mark) } else { open.push(mark) }
        }
    }
    let created = created(&marks);
    let published = created.and_then(|at| marks.get(at)?.attributes.get("value").cloned());
    let characters: Vec<char> = text.chars().collect();
    let of = |mark: &Mark, key: &str| mark.attributes.get(key).cloned().unwrap_or_default();
    let mut spans = Vec::new();
    for (_, mark) in marks.iter().enumerate().filter(|(at, mark)| mark.inside && Some(*at) != created) {
        let (mut start, mut end) = (mark.start, mark.end);
        while start < end && characters[start].is_whitespace() {
            start += 1;
        }
        while end > start && characters[end - 1].is_whitespace() {
            end -= 1;
        }
        if start < end {
            spans.push(Span { start, end, kind: of(mark, "type"), value: of(mark, "value") });
        }
    }
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    Document { name, text, published, spans }
}

/// Which mark is the time of creation.
fn created(marks: &[Mark]) -> Option<usize> {
    let has = |key: &'static str, value: &'static str| {
        marks.iter().position(move |mark| mark.attributes.get(key).is_some_and(|is| is == value))
    };
    has("functionInDocument", "CREATION_TIME")
        .or_else(|| has("functionInDocument", "PUBLICATION_TIME"))
        .or_else(|| has("tid", "t0"))
}

fn read_attributes(mut text: &str) -> HashMap<String, String> {
    let mut attributes = HashMap::new();
    while let Some((name, rest)) = text.split_once('=') {
        let Some(quote) = rest.chars().next() else { break };
        let Some((value, behind)) = rest.get(1..).and_then(|rest| rest.split_once(quote)) else { break };
        attributes.insert(name.trim().to_owned(), unescape(value));
        text = behind;
    }
    attributes
}

fn unescape(text: &str) -> String {
    let mut out = text.to_owned();
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        out = out.replace(entity, sign);
    }
    out
}

/// What another system found, document by document.
pub fn predictions(lines: &str, documents: &[Document]) -> Result<Vec<Vec<Span>>, Box<dyn Error>> {
    let places: HashMap<&str, usize> =
        documents.iter().enumerate().map(|(at, document)| (document.name.as_str(), at)).collect();
    let mut found = vec![Vec::new(); documents.len()];
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line)?;
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| {
            value[key]
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .ok_or(format!("no {key} in {line}"))
        };
        let span =
            Span { start: number("start")?, end: number("end")?, kind: text("type"), value: text("value") };
        let at = places.get(text("doc").as_str()).ok_or_else(|| format!("unknown document: {line}"))?;
        found[*at].push(span);
    }
    Ok(found)
}
