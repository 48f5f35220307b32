//! JSON Lines as a table: the keys of one flat object a line are its columns.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Layout;
use super::parts::Parts;
use super::role::Role;
use super::sample::Sample;
use crate::chronology::Event;

/// Keys beyond so many are fields whatever they are called.
const MOST_KEYS: usize = 1000;

/// Objects in objects become fields up to this depth; what lies deeper stays as it is written.
const DEEPEST: usize = 8;

/// Some bytes of the line, or of the texts that had to be made.
#[derive(Clone, Copy, Debug, Default)]
struct Text {
    start: usize,
    end: usize,
    made: bool,
}

/// A value that means something.
#[derive(Clone, Copy, Debug)]
struct Piece {
    column: usize,
    text: Text,
    /// The role of an actor.
    role: Text,
    /// Whether it is an item of a list, to be taken as it stands.
    item: bool,
}

/// The values of a line that mean something.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pieces: Vec<Piece>,
    made: String,
}

/// The members of an object, in order, with their values as they stand in the text.
///
/// # Errors
/// When it is no JSON, or no object.
pub(super) fn members<'t>(
    text: &'t str,
    each: impl FnMut(Cow<'t, str>, &'t str),
) -> Result<(), serde_json::Error> {
    struct Members<F>(F);
    impl<'t, F: FnMut(Cow<'t, str>, &'t str)> Visitor<'t> for Members<F> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
            while let Some(Key(key)) = map.next_key()? {
                let value: &'t RawValue = map.next_value()?;
                (self.0)(key, value.get());
            }
            Ok(())
        }
    }
    let mut parser = serde_json::Deserializer::from_str(text);
    parser.deserialize_map(Members(each))?;
    parser.end()
}

/// The items of a list, as they stand in the text; nothing of what is no list.
fn items<'t>(text: &'t str, each: impl FnMut(&'t str)) {
    struct Items<F>(F);
    impl<'t, F: FnMut(&'t str)> Visitor<'t> for Items<F> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: SeqAccess<'t>>(mut self, mut seq: A) -> Result<(), A::Error> {
            while let Some(item) = seq.next_element::<&'t RawValue>()? {
                (self.0)(item.get());
            }
            Ok(())
        }
    }
    // It was read as JSON before.
    let _ = serde_json::Deserializer::from_str(text).deserialize_seq(Items(each));
}

/// A key, which mostly stands as it is in the text.
struct Key<'t>(Cow<'t, str>);

impl<'t> Deserialize<'t> for Key<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'t> Visitor<'t> for Text {
            type Value = Key<'t>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'t str) -> Result<Key<'t>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Key<'t>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        from.deserialize_str(Text)
    }
}

impl Pieces {
    /// Reads what of a line the index needs, or, for the whole event, everything that means something.
    ///
    /// # Errors
    /// When it is no JSON, or no object.
    pub fn read(&mut self, layout: &Layout, line: &str, whole: bool) -> Result<(), serde_json::Error> {
        self.pieces.clear();
        self.made.clear();
        members(line, |key, raw| {
            let wanted = layout
                .wanted
                .iter()
                .find(|(column, _)| layout.header.get(*column).is_some_and(|name| *name == key));
            let found = match wanted {
                Some((column, role)) => Some((*column, *role)),
                None if whole => {
                    layout.column(&key).and_then(|column| Some((column, *layout.roles.get(column)?)))
                }
                None => None,
            };
            let Some((column, role)) = found.filter(|(_, role)| !matches!(role, Role::Field | Role::Derived))
            else {
                return;
            };
            // Of a key that is repeated the first stands.
            if !self.pieces.iter().any(|piece| piece.column == column) {
                self.add(line, column, role, raw);
            }
        })
    }

    fn add(&mut self, line: &str, column: usize, role: Role, raw: &str) {
        let listed = matches!(role, Role::Actors | Role::Parties | Role::Places | Role::Tags);
        let single = |text| Piece { column, text, role: Text::default(), item: false };
        match raw.as_bytes().first() {
            Some(b'[') if listed => items(raw, |item| {
                let (text, role) = if item.starts_with('{') {
                    self.named(line, item)
                } else {
                    (self.text(line, item).unwrap_or_default(), Text::default())
                };
                self.pieces.push(Piece { column, text, role, item: true });
            }),
            Some(b'{') if listed => {
                let (text, role) = self.named(line, raw);
                self.pieces.push(Piece { column, text, role, item: true });
            }
            _ => {
                if let Some(text) = self.text(line, raw) {
                    self.pieces.push(single(text));
                }
            }
        }
    }

    /// The name and the role of an actor, or the name of a place, that is an object.
    fn named(&mut self, line: &str, raw: &str) -> (Text, Text) {
        let (mut name, mut id, mut role) = (None, None, None);
        // It was read as JSON before.
        let _ = members(raw, |key, raw| match &*key {
            "name" => name = self.text(line, raw),
            "id" => id = self.text(line, raw),
            "role" => role = self.text(line, raw),
            _ => {}
        });
        (name.or(id).unwrap_or_default(), role.unwrap_or_default())
    }

    /// The text of a value that is a text, a number, or true or false.
    fn text(&mut self, line: &str, raw: &str) -> Option<Text> {
        match raw.as_bytes().first()? {
            b'[' | b'{' | b'n' => None,
            b'"' => {
                let inner = raw.get(1..raw.len().saturating_sub(1))?;
                if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
                    return within(line, inner);
                }
                let start = self.made.len();
                self.made.push_str(&unescaped(raw, inner));
                Some(Text { start, end: self.made.len(), made: true })
            }
            _ => within(line, raw),
        }
    }

    /// What the values mean.
    pub fn fill<'r>(&'r self, layout: &Layout, line: &'r str, parts: &mut Parts<'r>) {
        let text = |text: Text| {
            let all = if text.made { self.made.as_str() } else { line };
            all.get(text.start..text.end).unwrap_or_default()
        };
        for piece in &self.pieces {
            let Some(role) = layout.roles.get(piece.column) else { continue };
            if piece.item {
                parts.item(*role, text(piece.text), text(piece.role));
            } else {
                parts.add(layout, *role, text(piece.text));
            }
        }
    }
}

/// Where a part of a line stands in it.
fn within(line: &str, part: &str) -> Option<Text> {
    let start = (part.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    Some(Text { start, end: start + part.len(), made: false })
}

/// The text of a JSON string; one with an escape that means no character stays as it is written.
fn unescaped(raw: &str, inner: &str) -> String {
    serde_json::from_str(raw).unwrap_or_else(|_| inner.to_owned())
}

/// The text of any value: that of a text itself, of anything else as it is written; `None` for null.
fn plain(raw: &str) -> Option<Cow<'_, str>> {
    match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if inner.contains('\\') => Some(Cow::Owned(unescaped(raw, inner))),
        Some(inner) => Some(Cow::Borrowed(inner)),
        None => (raw != "null").then_some(Cow::Borrowed(raw)),
    }
}

/// Keeps what is no part of an event as fields: objects with their keys joined by dots, lists as they are written.
pub(super) fn keep_fields(layout: &Layout, line: &str, event: &mut Event) {
    // Who asks has read it as JSON.
    let _ = members(line, |key, raw| {
        let role =
            layout.column(&key).and_then(|column| layout.roles.get(column)).copied().unwrap_or(Role::Field);
        let listed = matches!(role, Role::Actors | Role::Parties | Role::Places | Role::Tags);
        let used = match raw.as_bytes().first() {
            Some(b'[' | b'{') => listed,
            _ => !matches!(role, Role::Field | Role::DateElse | Role::Zone | Role::Exactness),
        };
        if !used && role != Role::Derived {
            keep(event, key.into_owned(), raw, layout, DEEPEST);
        }
    });
}

fn keep(event: &mut Event, name: String, raw: &str, layout: &Layout, depth: usize) {
    if raw.starts_with('{') && depth > 0 {
        // An empty object says nothing.
        let _ = members(raw, |key, raw| keep(event, format!("{name}.{key}"), raw, layout, depth - 1));
        return;
    }
    if let Some(text) = plain(raw).filter(|text| !text.is_empty() && *text != layout.shape.blank()) {
        event.fields.entry(name).or_insert_with(|| text.into_owned());
    }
}

/// The keys of the first lines, and their values as the rows of a sample.
pub(super) fn sample(text: &str) -> (Vec<String>, Sample) {
    let (mut header, mut sample) = (Vec::<String>::new(), Sample::default());
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(super::sample::MOST_ROWS) {
        let mut row: Vec<String> = Vec::new();
        let read = members(line, |key, raw| {
            let column = header.iter().position(|known| *known == key).or_else(|| {
                (header.len() < MOST_KEYS).then(|| header.push(key.into_owned()))?;
                header.len().checked_sub(1)
            });
            let Some(column) = column else { return };
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if let Some(cell) = row.get_mut(column).filter(|cell| cell.is_empty()) {
                plain(raw).unwrap_or_default().as_ref().clone_into(cell);
            }
        });
        // The last line may be cut off.
        if read.is_ok() {
            sample.rows.push(row);
        }
    }
    (header, sample)
}

/// Whether a line is an event as annals writes it, with names beside ids and sources: more than a flat object.
pub(super) fn is_model(line: &str) -> bool {
    let mut found = false;
    let read = members(line, |key, raw| {
        let mut objects = false;
        items(raw, |item| objects |= item.starts_with('{'));
        found |= match &*key {
            "actors" | "sources" | "links" => objects,
            "fields" => raw.starts_with('{'),
            "date_basis" | "review" | "confidence_basis" => true,
            _ => false,
        };
    });
    read.is_ok() && found
}

impl Layout {
    /// The column that a key is.
    fn column(&self, key: &str) -> Option<usize> {
        self.header.iter().position(|name| name == key)
    }
}
