//! A filter as tests on one event.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use regex::Regex;

use crate::chronology::who::MENTIONED;
use crate::chronology::{Cast, Catalogue, Entry, Flag, PartyIndex};
use crate::query::Dimension;
use crate::query::ast::{Order, number};
use crate::query::field::{NameField, Relation};
use crate::query::names::Folded;
use crate::text::fold::fold;
use crate::when::{Certainty, TimeRange};

/// Marks by layer name and id, so that looking one up needs no copies.
pub(crate) type Marks = HashMap<String, HashSet<String>>;

/// Things of the catalogue by place, growing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Set(Vec<u32>);

impl Set {
    /// The things at these places.
    pub(crate) fn new(mut indices: Vec<usize>) -> Self {
        indices.sort_unstable();
        Self(indices.into_iter().map(|index| index as u32).collect())
    }

    /// Whether the thing at this place is in it.
    pub(crate) fn has(&self, index: u32) -> bool {
        self.0.binary_search(&index).is_ok()
    }

    /// The places, growing.
    pub(crate) fn places(&self) -> &[u32] {
        &self.0
    }
}

/// A regular expression, equal to another that is written alike. `None`: it does not compile and is true of
/// nothing.
#[derive(Clone, Debug)]
pub(crate) struct Expression(Option<Regex>);

impl Expression {
    pub(super) fn new(pattern: &str) -> Self {
        Self(super::regex(pattern).ok())
    }

    /// As it is written; `None`: it does not compile.
    pub(crate) fn pattern(&self) -> Option<&str> {
        self.0.as_ref().map(Regex::as_str)
    }

    fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.pattern() == other.pattern()
    }
}

/// A test on one event. What each leaf means is said once, by [`Test::certainty`]; whoever knows the answer of a
/// leaf for many events at once has to give the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// All of these; the cheap ones first.
    All(Vec<Test>),
    /// Any of these; the cheap ones first.
    Any(Vec<Test>),
    /// The opposite.
    Not(Box<Test>),
    /// Some text has this, folded.
    Text(String),
    /// Some text has this, as written.
    Regex(Expression),
    /// Somebody in the set is in the event: in this folded role, or in any but `mentioned`.
    Actor(Set, Option<String>),
    /// The same of a party.
    Party(Set, Option<String>),
    /// It happened at a place in the set.
    Place(Set),
    /// A document in the set speaks of it.
    Document(Set),
    /// It is in a layer in the set.
    Layer(Set),
    /// A word of the event.
    Word(NameField, Folded),
    /// Whose word it is: an actor in the set, by its id or one of these folded names, or a name that fits.
    By(Set, HashSet<String>, Folded),
    /// `fields.NAME:word`; names of fields are folded.
    Field(String, Folded),
    /// `fields.NAME:=word`
    FieldEqual(String, String),
    /// `fields.NAME:>number`
    FieldOrder(String, Order, f64),
    /// How it stands to a window.
    Time(Relation, TimeRange),
    /// What nothing fulfils: the time of an event that is not there or has no date.
    Never,
    /// It has no date.
    Undated,
    /// What is indexed of it.
    Flag(Flag),
    /// It is in a list of the reader's.
    Listed(Marks),
}

/// What of an event a test looks at, where that is one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// Its id.
    Id {
        /// Whether the test may be true of an id that was made of the event's fields.
        made: bool,
    },
    /// Its fields whose folded name is this.
    Field(&'t str),
}

/// An event with what follows from it, made when first asked for.
struct Facts<'e> {
    catalogue: &'e Catalogue,
    entry: &'e Entry,
    folded: OnceCell<Vec<String>>,
}

impl<'e> Facts<'e> {
    fn new(catalogue: &'e Catalogue, entry: &'e Entry) -> Self {
        Self { catalogue, entry, folded: OnceCell::new() }
    }

    fn folded(&self) -> &[String] {
        self.folded
            .get_or_init(|| self.entry.texts(self.catalogue).iter().map(|text| fold(text.text)).collect())
    }
}

impl Test {
    /// All of these; the cheap ones are asked first.
    pub(super) fn all(mut tests: Vec<Self>) -> Self {
        tests.sort_by_key(Self::cost);
        Self::All(tests)
    }

    /// Any of these; the cheap ones are asked first.
    pub(super) fn any(mut tests: Vec<Self>) -> Self {
        tests.sort_by_key(Self::cost);
        Self::Any(tests)
    }

    fn cost(&self) -> u8 {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().map(Self::cost).max().unwrap_or(0),
            Self::Not(test) => test.cost(),
            Self::Text(_) => 2,
            Self::Regex(_) => 3,
            Self::Word(..) | Self::By(..) | Self::Field(..) | Self::FieldEqual(..) => 1,
            _ => 0,
        }
    }

    /// How far it is true of an event.
    pub(crate) fn certainty(&self, catalogue: &Catalogue, entry: &Entry) -> Certainty {
        self.of(&Facts::new(catalogue, entry))
    }

    /// Whether it is true of one text of an event, for tests on texts.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Text(needle) => fold(text).contains(needle),
            Self::Regex(expression) => expression.is_in(text),
            _ => false,
        }
    }

    /// What it looks at, where that is an id or a field.
    pub(crate) fn part(&self) -> Option<Part<'_>> {
        match self {
            Self::Word(NameField::Id, word) => Some(Part::Id { made: word.may_fit_made() }),
            Self::Field(name, _) | Self::FieldEqual(name, _) | Self::FieldOrder(name, ..) => {
                Some(Part::Field(name))
            }
            _ => None,
        }
    }

    /// Whether it is true of a text of the part that it looks at.
    pub(crate) fn is_in_part(&self, text: &str) -> bool {
        match self {
            Self::Word(_, word) | Self::Field(_, word) => word.fits(text),
            Self::FieldEqual(_, value) => equal(text, value),
            Self::FieldOrder(_, order, right) => number(text).is_some_and(|left| order.holds(left, *right)),
            _ => false,
        }
    }

    /// Whether it is true of one source's word, for tests on whose word it is; `None`: the document's own.
    pub(crate) fn is_word_of(&self, who: Option<&str>, catalogue: &Catalogue) -> bool {
        match self {
            Self::By(set, names, name) => is_word_of(catalogue, (set, names), name, who),
            _ => false,
        }
    }

    fn of(&self, facts: &Facts<'_>) -> Certainty {
        match self {
            Self::All(tests) => {
                let mut least = Certainty::Certain;
                for test in tests {
                    least = least.min(test.of(facts));
                    if least == Certainty::Not {
                        break;
                    }
                }
                least
            }
            Self::Any(tests) => {
                let mut greatest = Certainty::Not;
                for test in tests {
                    greatest = greatest.max(test.of(facts));
                    if greatest == Certainty::Certain {
                        break;
                    }
                }
                greatest
            }
            Self::Not(test) => !test.of(facts),
            Self::Time(relation, window) => in_time(facts.entry, *relation, *window),
            other if other.holds(facts) => Certainty::Certain,
            _ => Certainty::Not,
        }
    }

    /// Whether a test that knows only true and false is true of an event.
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let Facts { catalogue, entry, .. } = facts;
        match self {
            Self::Text(needle) => facts.folded().iter().any(|text| text.contains(needle)),
            Self::Regex(expression) => entry.texts(catalogue).iter().any(|text| expression.is_in(text.text)),
            Self::Actor(set, role) => {
                entry.cast.iter().any(|cast| set.has(cast.actor.0) && plays(cast, role.as_deref()))
            }
            Self::Party(set, role) => in_party(catalogue, entry, set, role.as_deref()),
            Self::Place(set) => entry.places.iter().any(|place| set.has(place.0)),
            Self::Document(set) => entry.documents.iter().any(|document| set.has(document.0)),
            Self::Layer(set) => set.has(entry.layer.0),
            Self::Word(field, word) => has_word(entry, *field, word),
            Self::By(..) => {
                let mut voices = entry.event.sources.iter().map(|source| source.according_to.as_deref());
                voices.any(|who| self.is_word_of(who, catalogue))
            }
            Self::Field(name, _) | Self::FieldEqual(name, _) | Self::FieldOrder(name, ..) => {
                field(entry, name).any(|text| self.is_in_part(text))
            }
            Self::Undated => entry.bounds.is_none(),
            Self::Flag(flag) => entry.is(*flag, catalogue),
            Self::Listed(marks) => {
                marks.get(&catalogue.layer(entry.layer).name).is_some_and(|ids| ids.contains(&entry.event.id))
            }
            Self::All(_) | Self::Any(_) | Self::Not(_) | Self::Time(..) | Self::Never => false,
        }
    }
}

fn in_time(entry: &Entry, relation: Relation, window: TimeRange) -> Certainty {
    match (&entry.bounds, relation) {
        (None, _) => Certainty::Possible,
        (Some(bounds), Relation::During) => bounds.lies_in(window),
        (Some(bounds), _) => bounds.goes_on_in(window),
    }
}

/// Whether somebody is in a folded role; without one, in any but `mentioned`.
fn plays(cast: &Cast, role: Option<&str>) -> bool {
    match role {
        Some(role) => fold(&cast.role) == role,
        None => cast.role != MENTIONED,
    }
}

/// A party is in an event through those of its actors who are not only mentioned, and where the event names
/// it itself; in a role only through actors.
fn in_party(catalogue: &Catalogue, entry: &Entry, set: &Set, role: Option<&str>) -> bool {
    let is_in = |party: &PartyIndex| set.has(party.0);
    let own = || entry.event.parties.iter().filter_map(|id| catalogue.party_by_id(id));
    entry.cast.iter().any(|cast| plays(cast, role) && cast.parties.iter().any(is_in))
        || (role.is_none() && own().any(|party| is_in(&party)))
}

fn has_word(entry: &Entry, field: NameField, word: &Folded) -> bool {
    let event = &entry.event;
    match field {
        NameField::Of(Dimension::Kind) => event.kind.as_deref().is_some_and(|kind| word.fits(kind)),
        NameField::Of(Dimension::Tag) => event.tags.iter().any(|tag| word.fits(tag)),
        NameField::Of(Dimension::Status) => word.fits(entry.status().word()),
        NameField::Role => entry.cast.iter().any(|cast| word.fits(&cast.role)),
        NameField::Id => word.fits(&event.id),
        NameField::Of(_) | NameField::By => false,
    }
}

/// Whether a word is given as that of somebody who is meant; `None`: it is the document's own.
fn is_word_of(
    catalogue: &Catalogue,
    (set, names): (&Set, &HashSet<String>),
    name: &Folded,
    who: Option<&str>,
) -> bool {
    match who {
        None => matches!(name, Folded::Nobody),
        Some(who) => match catalogue.actor_by_id(who) {
            Some(actor) => set.has(actor.0),
            None => names.contains(&fold(who)) || name.fits(who),
        },
    }
}

/// The texts of the fields with this folded name.
fn field<'e>(entry: &'e Entry, name: &str) -> impl Iterator<Item = &'e str> {
    entry.event.fields.iter().filter(move |(key, _)| fold(key) == name).map(|(_, text)| text.as_str())
}

/// Equal as numbers or, where either is none, as words.
fn equal(left: &str, right: &str) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left.total_cmp(&right).is_eq() || (left == 0.0 && right == 0.0),
        _ => fold(left) == fold(right),
    }
}
