//! The values of a dimension in a segment, each with the rows that have it.

use super::bits::Bits;
use super::postings::{Column, Posting, role_of};
use super::segment::Segment;
use crate::chronology::names::{Names, WordColumn};
use crate::chronology::who::MENTIONED;
use crate::chronology::{ActorIndex, Status};
use crate::query::Dimension;

/// Stands for a value where there is none.
pub(super) const NONE: u32 = u32::MAX;

/// How many values a dimension has.
pub(super) fn count(dimension: Dimension, names: &Names) -> usize {
    let catalogue = names.catalogue();
    match dimension {
        Dimension::Party => catalogue.parties.len(),
        Dimension::Actor => catalogue.actors.len(),
        Dimension::Kind => names.words(WordColumn::Kind).len(),
        Dimension::Place => catalogue.places.len(),
        Dimension::Tag => names.words(WordColumn::Tag).len(),
        Dimension::Document => catalogue.documents.len(),
        Dimension::Status => Status::ALL.len(),
        Dimension::Layer => catalogue.layers.len(),
    }
}

/// The text of a value: an id, or for kinds, tags and statuses the word.
pub(super) fn text(dimension: Dimension, value: u32, names: &Names) -> Option<&str> {
    let (catalogue, at) = (names.catalogue(), value as usize);
    match dimension {
        Dimension::Party => catalogue.parties.get(at).map(|party| party.id.as_str()),
        Dimension::Actor => catalogue.actors.get(at).map(|known| known.actor.id.as_str()),
        Dimension::Kind => names.words(WordColumn::Kind).get(at).map(AsRef::as_ref),
        Dimension::Place => catalogue.places.get(at).map(|place| place.id.as_str()),
        Dimension::Tag => names.words(WordColumn::Tag).get(at).map(AsRef::as_ref),
        Dimension::Document => catalogue.documents.get(at).map(|known| known.document.id.as_str()),
        Dimension::Status => Status::ALL.get(at).map(|status| status.word()),
        Dimension::Layer => catalogue.layers.get(at).map(|layer| layer.name.as_str()),
    }
}

/// The name to show for a value.
pub(super) fn label(dimension: Dimension, value: u32, names: &Names) -> Option<&str> {
    let (catalogue, at) = (names.catalogue(), value as usize);
    let name = match dimension {
        Dimension::Party => catalogue.parties.get(at).map(|party| &party.name),
        Dimension::Actor => catalogue.actors.get(at).map(|known| &known.actor.name),
        Dimension::Place => catalogue.places.get(at).map(|place| &place.name),
        Dimension::Document => catalogue.documents.get(at).map(|known| &known.document.title),
        Dimension::Layer => catalogue.layers.get(at).map(|layer| &layer.title),
        Dimension::Kind | Dimension::Tag | Dimension::Status => None,
    };
    name.filter(|name| !name.is_empty()).map(String::as_str).or_else(|| text(dimension, value, names))
}

/// Calls `each` with every value that some row has, once, and the rows that `dimension:value` would find.
pub(super) fn each(
    segment: &Segment,
    dimension: Dimension,
    names: &Names,
    each: &mut dyn FnMut(u32, Posting<'_>),
) {
    let column = match dimension {
        Dimension::Layer => {
            let all = Bits::full(segment.rows());
            return each(segment.layer().0, Posting::Dense(all.words()));
        }
        Dimension::Actor | Dimension::Party => return cast(segment, dimension, names, each),
        Dimension::Kind => Column::Kind,
        Dimension::Place => Column::Place,
        Dimension::Tag => Column::Tag,
        Dimension::Document => Column::Document,
        Dimension::Status => Column::Status,
    };
    segment.values(column).for_each(|(value, rows)| each(value as u32, rows));
}

/// Actors with all that they are part of, and parties, in any role but `mentioned`.
fn cast(segment: &Segment, dimension: Dimension, names: &Names, each: &mut dyn FnMut(u32, Posting<'_>)) {
    let actors = dimension == Dimension::Actor;
    let column = if actors { Column::Actor } else { Column::Party };
    let mentioned = names.find_word(WordColumn::Role, MENTIONED);
    let catalogue = names.catalogue();
    let mut found: Vec<(u32, Posting<'_>)> = Vec::new();
    for (value, rows) in segment.values(column) {
        let (role, thing) = role_of(value);
        if Some(role) == mentioned {
            continue;
        }
        found.push((thing, rows));
        if actors {
            let wholes = &catalogue.actor(ActorIndex(thing)).wholes;
            found.extend(wholes.iter().map(|whole| (whole.0, rows)));
        }
    }
    found.sort_by_key(|(thing, _)| *thing);
    let mut rows = Union::default();
    for same in found.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((thing, first)) = same.first() else { continue };
        if same.len() == 1 {
            each(*thing, *first);
        } else {
            rows.of(segment, same.iter().map(|(_, rows)| *rows), &mut |rows| each(*thing, rows));
        }
    }
}

/// Room for putting rows together.
#[derive(Default)]
struct Union {
    rows: Vec<u16>,
}

impl Union {
    /// Calls `each` with all the rows of some postings.
    fn of<'p>(
        &mut self,
        segment: &Segment,
        postings: impl Iterator<Item = Posting<'p>> + Clone,
        each: &mut dyn FnMut(Posting<'_>),
    ) {
        self.rows.clear();
        for posting in postings.clone() {
            match posting {
                Posting::Sparse(rows) => self.rows.extend_from_slice(rows),
                Posting::Dense(_) => {
                    let mut union = Bits::new(segment.rows());
                    postings.for_each(|posting| posting.add_to(&mut union));
                    return each(Posting::Dense(union.words()));
                }
            }
        }
        #[expect(clippy::stable_sort_primitive, reason = "merges lists that are in order")]
        self.rows.sort();
        self.rows.dedup();
        each(Posting::Sparse(&self.rows));
    }
}
