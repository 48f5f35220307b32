//! Everything that can be found wrong in a chronology, each with its place: what `annals check` says. And
//! [`fix()`], which writes what can be worked out (offsets of quotes, hashes of documents) and touches nothing
//! else.

mod dates;
mod fix;
mod names;
mod near;
mod quotes;
mod spot;

use std::sync::Arc;

use crate::chronology::{Chronology, Document};
use crate::formats::tree::{self, Lines, Node};
use crate::formats::{self, Collector, Fault, Format, Severity};

pub use fix::{Fixed, Unfixable, fix};

use spot::Spot;

/// What came of looking for a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentText {
    /// The text, decoded, without byte order mark, and the SHA-256 of the document's bytes.
    Found {
        /// The text.
        text: Arc<str>,
        /// The hash, in lower-case hexadecimal.
        sha256: String,
    },
    /// It is not where the document says, for this reason.
    Missing(String),
    /// The document names no file (only an address, or nothing).
    Elsewhere,
}

/// Looks for the text of a document.
pub type FindText<'a> = &'a dyn Fn(&Document) -> DocumentText;

/// Everything wrong with a file, in the order of its lines. Files of formats other than TOML and JSON are
/// pointed at event by event.
pub fn check(bytes: &[u8], format: &Format, find: FindText<'_>) -> Vec<Fault> {
    let mut faults = match Loaded::new(bytes, format) {
        Ok(mut loaded) => {
            let mut faults = std::mem::take(&mut loaded.collected.faults);
            let texts: Vec<DocumentText> = loaded.chronology().documents.iter().map(find).collect();
            let mut checker = Checker { loaded: &loaded, faults: Vec::new() };
            names::check(&mut checker);
            dates::check(&mut checker);
            quotes::check(&mut checker, &texts);
            faults.append(&mut checker.faults);
            faults
        }
        Err(fault) => vec![*fault],
    };
    faults.sort_by_key(|fault| (fault.line, fault.column, std::cmp::Reverse(fault.severity)));
    faults
}

/// A file as it was read, with the places of everything in it.
struct Loaded<'a> {
    lines: Lines<'a>,
    /// The values with their places, in formats that have such.
    root: Option<Node>,
    collected: Collector,
}

impl<'a> Loaded<'a> {
    fn new(bytes: &'a [u8], format: &Format) -> Result<Self, Box<Fault>> {
        let (text, mark) = tree::decode(bytes)?;
        let lines = Lines::new(text, mark);
        let mut collected = Collector::default();
        let root = match format.name {
            "toml" => Some(formats::toml::parse(&lines)?),
            "json" => Some(formats::json::parse(&lines)?),
            _ => None,
        };
        match (&root, format.read) {
            (Some(root), _) => formats::build::chronology(root, &lines, &mut collected),
            (None, Some(read)) => {
                // Reading from memory cannot fail.
                let _ = read(&mut &*bytes, &mut collected);
            }
            (None, None) => {
                let message = format!("{} cannot be read", format.name);
                return Err(Box::new(lines.fault(Severity::Error, 0, message)));
            }
        }
        Ok(Self { lines, root, collected })
    }

    fn chronology(&self) -> &Chronology {
        &self.collected.chronology
    }

    /// The items of a list with their places.
    fn each<'b, T>(&'b self, key: &str, items: &'b [T]) -> impl Iterator<Item = (Spot<'b>, &'b T)> {
        let nodes = self.root.as_ref().map(|root| root.tables(key)).unwrap_or_default();
        let positions = &self.collected.positions;
        let at = match key {
            "documents" => &positions.documents,
            "parties" => &positions.parties,
            "actors" => &positions.actors,
            "places" => &positions.places,
            _ => &positions.events,
        };
        items.iter().enumerate().map(move |(index, item)| {
            let at = at.get(index).copied().unwrap_or_default();
            (Spot { lines: &self.lines, node: nodes.get(index).copied(), at }, item)
        })
    }
}

/// What the checks share: the file, and the faults found so far.
struct Checker<'a> {
    loaded: &'a Loaded<'a>,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn error(&mut self, spot: Spot<'_>, message: impl Into<String>) {
        self.faults.push(spot.fault(Severity::Error, message.into(), None));
    }

    fn warning(&mut self, spot: Spot<'_>, message: impl Into<String>) {
        self.faults.push(spot.fault(Severity::Warning, message.into(), None));
    }

    /// Adds a hint to the fault that was found last.
    fn hint(&mut self, hint: Option<String>) {
        if let (Some(fault), Some(hint)) = (self.faults.last_mut(), hint) {
            fault.hint = Some(hint);
        }
    }
}

#[cfg(test)]
mod tests;
