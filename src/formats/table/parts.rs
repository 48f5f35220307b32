//! What the cells of one record say of an event, before it is known what of it is wanted: the columns of its row in
//! the index, or the whole event. Both are made from this, so that they cannot differ.

use super::Layout;
use super::role::{Cited, Part, Role};
use super::shape::Shape;
use crate::chronology::{DEFAULT_ROLE, Status};
use crate::formats::csv::guard::unguard;

/// The texts of a source.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Claim<'r> {
    pub number: u8,
    pub document: &'r str,
    pub quote: &'r str,
    pub voice: &'r str,
    pub stance: &'r str,
    pub date: &'r str,
    pub publisher: &'r str,
    pub url: &'r str,
}

/// The lists of a record. They are used again for the next one, so that no record needs memory of its own.
#[derive(Debug, Default)]
pub(super) struct Lists<'r> {
    /// Actors with their roles.
    pub actors: Vec<(&'r str, &'r str)>,
    pub parties: Vec<&'r str>,
    pub places: Vec<&'r str>,
    pub tags: Vec<&'r str>,
    pub claims: Vec<Claim<'r>>,
    pub documents: Vec<&'r str>,
    pub voices: Vec<Option<&'r str>>,
    /// Tags with something in front: their text has to be made.
    pub made: Vec<(&'static str, &'r str)>,
}

impl Lists<'_> {
    /// The same memory for another record.
    pub fn recycled(self) -> Lists<'static> {
        /// Empty, with the capacity it had: the items are of one size, so that collecting stays in place.
        fn again<A, B>(mut list: Vec<A>, unreachable: impl Fn(A) -> B) -> Vec<B> {
            if list.capacity() == 0 {
                return Vec::new();
            }
            list.clear();
            list.into_iter().map(unreachable).collect()
        }
        Lists {
            actors: again(self.actors, |_| ("", "")),
            parties: again(self.parties, |_| ""),
            places: again(self.places, |_| ""),
            tags: again(self.tags, |_| ""),
            claims: again(self.claims, |_| Claim::default()),
            documents: again(self.documents, |_| ""),
            voices: again(self.voices, |_| None),
            made: again(self.made, |(front, _)| (front, "")),
        }
    }
}

/// The texts of a date in several columns: year, month, day.
pub(super) type Triple<'r> = [&'r str; 3];

/// The texts of one record by what they mean; empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Parts<'r> {
    pub id: &'r str,
    pub date: &'r str,
    pub date_else: &'r str,
    pub time: &'r str,
    pub zone: &'r str,
    pub exactness: &'r str,
    pub end: &'r str,
    pub end_time: &'r str,
    pub start_triple: Triple<'r>,
    pub end_triple: Triple<'r>,
    pub title: &'r str,
    pub summary: &'r str,
    pub kind: &'r str,
    pub status: &'r str,
    pub note: &'r str,
    pub lat: &'r str,
    pub lon: &'r str,
    pub date_text: &'r str,
    pub date_basis: &'r str,
    pub links: &'r str,
    pub earliest: &'r str,
    pub latest: &'r str,
    pub precision: &'r str,
    pub words: &'r str,
    pub lists: Lists<'r>,
}

impl<'r> Parts<'r> {
    /// Nothing yet, with lists to fill.
    pub fn filling(lists: Lists<'r>) -> Self {
        Self { lists, ..Self::default() }
    }

    /// Adds the text of a cell.
    pub fn add(&mut self, layout: &Layout, role: Role, text: &'r str) {
        let text = if layout.shape == Shape::Own { unguard(text) } else { text };
        if text.is_empty() || text == layout.shape.blank() {
            return;
        }
        match role {
            Role::Actors if layout.shape == Shape::Own => {
                self.lists.actors.extend(list(text).map(with_role));
            }
            Role::Actors => self.lists.actors.extend(list(text).map(|name| (name, DEFAULT_ROLE))),
            Role::Parties => self.lists.parties.extend(list(text)),
            Role::Places => self.lists.places.extend(list(text)),
            Role::Tags if layout.shape == Shape::Own => self.lists.tags.extend(list(text)),
            Role::Tags => self.lists.tags.extend(tags(text)),
            Role::TagAs(front) => self.lists.made.push((front, text.trim())),
            Role::Source(number, cited) => self.cite(number, cited, text),
            Role::Kind => self.kind = trimmed(text),
            Role::Code(codes) => self.kind = codes.word(text.trim()),
            _ => {
                if let Some(slot) = self.slot(role) {
                    *slot = text;
                }
            }
        }
    }

    /// Adds one item of a list as it stands: a name may hold what else separates names.
    pub fn item(&mut self, role: Role, text: &'r str, actor_role: &'r str) {
        let lists = &mut self.lists;
        match role {
            _ if text.is_empty() => {}
            Role::Actors => {
                lists.actors.push((text, if actor_role.is_empty() { DEFAULT_ROLE } else { actor_role }));
            }
            Role::Parties => lists.parties.push(text),
            Role::Places => lists.places.push(text),
            Role::Tags => lists.tags.push(text),
            _ => {}
        }
    }

    fn slot(&mut self, role: Role) -> Option<&mut &'r str> {
        let triple = |part| match part {
            Part::Year => 0,
            Part::Month => 1,
            Part::Day => 2,
        };
        Some(match role {
            Role::Id => &mut self.id,
            Role::Date => &mut self.date,
            Role::DateElse => &mut self.date_else,
            Role::Time => &mut self.time,
            Role::Zone => &mut self.zone,
            Role::Exactness => &mut self.exactness,
            Role::End => &mut self.end,
            Role::EndTime => &mut self.end_time,
            Role::Part(part) => self.start_triple.get_mut(triple(part))?,
            Role::EndPart(part) => self.end_triple.get_mut(triple(part))?,
            Role::Title => &mut self.title,
            Role::Summary => &mut self.summary,
            Role::Status => &mut self.status,
            Role::Note => &mut self.note,
            Role::Lat => &mut self.lat,
            Role::Lon => &mut self.lon,
            Role::DateText => &mut self.date_text,
            Role::DateBasis => &mut self.date_basis,
            Role::Links => &mut self.links,
            Role::Earliest => &mut self.earliest,
            Role::Latest => &mut self.latest,
            Role::Precision => &mut self.precision,
            Role::Words => &mut self.words,
            _ => return None,
        })
    }

    fn cite(&mut self, number: u8, cited: Cited, text: &'r str) {
        let claims = &mut self.lists.claims;
        let at = claims.iter().position(|claim| claim.number == number).unwrap_or_else(|| {
            claims.push(Claim { number, ..Claim::default() });
            claims.len() - 1
        });
        let Some(claim) = claims.get_mut(at) else { return };
        *match cited {
            Cited::Document => &mut claim.document,
            Cited::Quote => &mut claim.quote,
            Cited::Voice => &mut claim.voice,
            Cited::Stance => &mut claim.stance,
            Cited::Date => &mut claim.date,
            Cited::Publisher => &mut claim.publisher,
            Cited::Url => &mut claim.url,
        } = text;
    }

    /// The status, if its text is the word for one.
    pub fn status(&self) -> Option<Status> {
        let word = self.status.trim();
        Status::ALL.iter().copied().find(|status| status.word().eq_ignore_ascii_case(word))
    }

    /// Latitude and longitude in degrees, each where it is a number.
    pub fn position(&self) -> (Option<f64>, Option<f64>) {
        (degrees(self.lat), degrees(self.lon))
    }
}

/// A finite number.
pub(super) fn degrees(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The parts of a list.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b';', text.as_bytes()).chain([text.len()]);
    let parts = ends.filter_map(move |end| {
        let part = text.get(start..end);
        start = end + 1;
        part
    });
    parts.map(trimmed).filter(|part| !part.is_empty())
}

/// The text without white space around it. Most have none.
fn trimmed(text: &str) -> &str {
    let inner = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if inner(text.as_bytes().first()) && inner(text.as_bytes().last()) { text } else { text.trim() }
}

/// The tags of a cell: `a; b`, `a,b`, or a list as programs print it, `["a", 'b']`.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let bare = |part: &'_ str| -> bool { !part.is_empty() && part != "-" };
    inner
        .split([';', ',', '|'])
        .map(|part| part.trim().trim_matches(['"', '\'']).trim())
        .filter(move |part| bare(part))
}

/// `Iraq (target)`: a name with its role behind it.
fn with_role(text: &str) -> (&str, &str) {
    let split = text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    split.filter(|(name, role)| !name.is_empty() && !role.is_empty()).unwrap_or((text, DEFAULT_ROLE))
}
