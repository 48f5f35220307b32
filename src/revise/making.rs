//! Making edits of what a reader wants.

use serde_json::Value;

use super::{Change, Edit, List, Manuscript, Swap, free_id, object};
use crate::chronology::{Actor, Document, Event, Link, Participation, Review, Source, ids};

/// The longest title that is said in words, in characters.
const TITLE: usize = 40;

/// A title for a sentence, cut where it is long.
fn called(event: &Event) -> String {
    let title = if event.title.is_empty() { &event.id } else { &event.title };
    if title.chars().count() <= TITLE {
        return format!("“{title}”");
    }
    let start: String = title.chars().take(TITLE).collect();
    format!("“{}…”", start.trim_end())
}

/// What makes one event of another with the same id.
fn change(was: &Event, now: &Event) -> Change {
    let (before, after) = (object(was), object(now));
    let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    let swap = |key: &String| {
        let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
        let (was, now) = (of(&before), of(&after));
        (was != now && key != "id").then(|| (key.clone(), Swap { was, now }))
    };
    let keys = keys.into_iter().filter_map(swap).collect();
    Change::Set { list: List::Events, id: was.id.clone(), keys }
}

fn edit(words: String, changes: Vec<Change>) -> Edit {
    Edit { words, changes }
}

fn reviewed(event: &Event, review: Review, what: &str) -> Edit {
    let now = Event { review: Some(review), ..event.clone() };
    edit(format!("{what} {}", called(event)), vec![change(event, &now)])
}

/// The event is right.
pub fn accepted(event: &Event) -> Edit {
    reviewed(event, Review::Accepted, "accepted")
}

/// The event is wrong; it stays in the file, and says so.
pub fn rejected(event: &Event) -> Edit {
    reviewed(event, Review::Rejected, "rejected")
}

/// The event is to be looked at again.
pub fn proposed_again(event: &Event) -> Edit {
    reviewed(event, Review::Proposed, "to be reviewed again:")
}

/// An event as the reader has it now: `what` says what of it was set. A date that is set by hand no longer has the
/// explanation of the one before.
pub fn set(event: &Event, now: &Event, what: &str) -> Edit {
    let mut now = now.clone();
    if now.date != event.date && now.date_basis == event.date_basis {
        now.date_basis = None;
    }
    edit(format!("{what} of {} set", called(event)), vec![change(event, &now)])
}

/// Other actors for an event; those that are new become actors of the chronology.
pub fn actors(event: &Event, parts: Vec<Participation>, new: &[Actor]) -> Edit {
    let add = |actor: &Actor| Change::Add { list: List::Actors, item: object(actor), behind: None };
    let mut changes: Vec<Change> = new.iter().map(add).collect();
    changes.push(change(event, &Event { actors: parts, ..event.clone() }));
    edit(format!("actors of {} set", called(event)), changes)
}

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The document's id.
    pub document: String,
    /// Its words.
    pub quote: String,
    /// Where they start and end, in Unicode scalar values; `None`: the document’s text is not here.
    pub at: Option<(u64, u64)>,
}

impl Cut {
    fn source(&self) -> Source {
        Source {
            document: Some(self.document.clone()),
            quote: Some(self.quote.clone()),
            start: self.at.map(|at| at.0),
            end: self.at.map(|at| at.1),
            ..Source::default()
        }
    }
}

/// A new event from a passage, behind another one in the file; with its id.
pub fn added(manuscript: &Manuscript, event: Event, cut: &Cut, behind: Option<&str>) -> (Edit, String) {
    let taken = manuscript.chronology().events.iter().map(|event| event.id.as_str());
    let wished =
        Some(ids::slug(&event.title)).filter(|id| !id.is_empty()).unwrap_or_else(|| "event".to_owned());
    let event = Event { id: free_id(&wished, taken), sources: vec![cut.source()], ..event };
    let id = event.id.clone();
    let add = Change::Add { list: List::Events, item: object(&event), behind: behind.map(str::to_owned) };
    (edit(format!("new event {}", called(&event)), vec![add]), id)
}

/// A passage as a further source of an event; `None`: it is one already.
pub fn attached(event: &Event, cut: &Cut) -> Option<Edit> {
    let same = |source: &Source| {
        source.document.as_ref() == Some(&cut.document)
            && source.quote.as_ref() == Some(&cut.quote)
            && (source.start.is_none() || source.start == cut.at.map(|at| at.0))
    };
    if event.sources.iter().any(same) {
        return None;
    }
    let mut now = event.clone();
    now.sources.push(cut.source());
    Some(edit(format!("further source of {}", called(event)), vec![change(event, &now)]))
}

/// Makes two events of one: the first source stays, a copy behind it gets the others. Where there is only one both
/// have it. Gives the id of the copy.
pub fn split(manuscript: &Manuscript, event: &Event) -> (Edit, String) {
    let taken = manuscript.chronology().events.iter().map(|event| event.id.as_str());
    let mut first = event.clone();
    let mut second = event.clone();
    if event.sources.len() > 1 {
        second.sources = first.sources.split_off(1);
    }
    second.id = free_id(&event.id, taken);
    second.links.clear();
    let mut changes = Vec::new();
    if first != *event {
        changes.push(change(event, &first));
    }
    let behind = Some(event.id.clone());
    changes.push(Change::Add { list: List::Events, item: object(&second), behind });
    (edit(format!("split {}", called(event)), changes), second.id)
}

/// Makes one event of two: the first one gets the sources, actors, places and tags of the other, and what it has not of
/// itself; the other is taken out, and links to it lead to the first.
pub fn joined(manuscript: &Manuscript, into: &Event, from: &Event) -> Edit {
    let mut now = into.clone();
    extend(&mut now.sources, &from.sources, |one, other| one == other);
    extend(&mut now.actors, &from.actors, |one, other| one.id == other.id);
    extend(&mut now.places, &from.places, |one, other| one == other);
    extend(&mut now.tags, &from.tags, |one, other| one == other);
    extend(&mut now.parties, &from.parties, |one, other| one == other);
    extend(&mut now.links, &from.links, |one, other| one == other);
    now.links.retain(|link| link.event != into.id && link.event != from.id);
    if now.date.is_none() {
        (now.date, now.date_text, now.date_basis) =
            (from.date.clone(), from.date_text.clone(), from.date_basis.clone());
    }
    now.summary = now.summary.or_else(|| from.summary.clone());
    now.kind = now.kind.or_else(|| from.kind.clone());
    now.note = now.note.or_else(|| from.note.clone());
    let mut changes = vec![change(into, &now)];
    let events = &manuscript.chronology().events;
    let leads = |link: &Link| link.event == from.id;
    for event in events.iter().filter(|event| event.id != into.id && event.id != from.id) {
        if event.links.iter().any(leads) {
            let mut led = event.clone();
            led.links.iter_mut().filter(|link| leads(link)).for_each(|link| link.event.clone_from(&into.id));
            changes.push(change(event, &led));
        }
    }
    let place = events.iter().position(|event| event.id == from.id);
    let behind = place.and_then(|place| events.get(place.checked_sub(1)?)).map(|event| event.id.clone());
    changes.push(Change::Remove { list: List::Events, item: object(from), behind });
    edit(format!("joined {} with {}", called(into), called(from)), changes)
}

/// Other paths for the documents: those that `moved` gives one for. `None`: no path is another one.
pub fn documents_moved(manuscript: &Manuscript, moved: &dyn Fn(&str) -> Option<String>) -> Option<Edit> {
    let change = |document: &Document| {
        let was = document.path.clone()?;
        let now = moved(&was).filter(|now| *now != was)?;
        let swap = Swap { was: Value::from(was), now: Value::from(now) };
        let keys = vec![("path".to_owned(), swap)];
        Some(Change::Set { list: List::Documents, id: document.id.clone(), keys })
    };
    let changes: Vec<Change> = manuscript.chronology().documents.iter().filter_map(change).collect();
    (!changes.is_empty()).then(|| edit("paths of documents".to_owned(), changes))
}

/// Adds what is not there yet.
fn extend<T: Clone>(list: &mut Vec<T>, more: &[T], same: impl Fn(&T, &T) -> bool) {
    for item in more {
        if !list.iter().any(|other| same(other, item)) {
            list.push(item.clone());
        }
    }
}
