//! A filter's tests as values of the columns: names and words are looked up once, for all segments.

use std::sync::Arc;

use super::leaf::Leaf;
use super::postings::{Column, OWN};
use crate::chronology::names::{Names, WordColumn};
use crate::chronology::who::MENTIONED;
use crate::query::{Dimension, Folded, NameField, Relation, Set, Test};
use crate::text::fold::fold;
use crate::when::TimeRange;

/// What rows are asked for.
pub(super) enum Plan {
    All(Vec<Plan>),
    Any(Vec<Plan>),
    Not(Box<Plan>),
    /// A row has one of these values, which grow.
    Values(Column, Vec<u32>),
    /// One of the things is in one of the roles.
    Cast(Column, Set, Roles),
    Layer(Set),
    Time(Relation, TimeRange),
    Undated,
    /// Rows have to be read, but for those that the second plan is certain of.
    Scan(Arc<Leaf>, Box<Plan>),
}

/// Roles by number; the one that a party has where the event names it itself is beyond all numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Roles {
    /// These, growing; or all but these.
    listed: Vec<u32>,
    all_but: bool,
    /// How many roles there are.
    known: u32,
}

impl Roles {
    /// Whether a role is among them.
    pub(super) fn has(&self, role: u32) -> bool {
        self.listed.binary_search(&role).is_ok() != self.all_but
    }

    /// How many there are at the most.
    pub(super) fn most(&self) -> usize {
        if self.all_but { self.known as usize + 1 } else { self.listed.len() }
    }

    /// All of them.
    pub(super) fn each(&self) -> impl Iterator<Item = u32> + '_ {
        let all = if self.all_but { self.known } else { 0 };
        let own = self.all_but.then_some(OWN);
        let listed: &[u32] = if self.all_but { &[] } else { &self.listed };
        (0..all).filter(|role| self.has(*role)).chain(own).chain(listed.iter().copied())
    }
}

/// How many values were known of the columns that grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sizes {
    layers: usize,
    actors: usize,
    parties: usize,
    places: usize,
    documents: usize,
    kinds: usize,
    tags: usize,
    roles: usize,
    voices: usize,
}

impl Sizes {
    pub(super) fn of(names: &Names) -> Self {
        let catalogue = names.catalogue();
        let words = |column| names.words(column).len();
        Self {
            layers: catalogue.layers.len(),
            actors: catalogue.actors.len(),
            parties: catalogue.parties.len(),
            places: catalogue.places.len(),
            documents: catalogue.documents.len(),
            kinds: words(WordColumn::Kind),
            tags: words(WordColumn::Tag),
            roles: words(WordColumn::Role),
            // The document's own voice comes first.
            voices: words(WordColumn::Voice) + 1,
        }
    }

    /// How many values of a column were known.
    fn of_column(self, column: Column) -> usize {
        match column {
            Column::Actor => self.actors,
            Column::Party => self.parties,
            Column::Place => self.places,
            Column::Document => self.documents,
            Column::Kind => self.kinds,
            Column::Tag => self.tags,
            Column::Role => self.roles,
            Column::Voice => self.voices,
            Column::Status | Column::Flag => usize::MAX,
        }
    }

    /// Whether two growing lists of values say the same of the values that were known.
    fn agree(self, column: Column, one: &[u32], other: &[u32]) -> bool {
        let size = self.of_column(column);
        let known = |list: &[u32]| list.partition_point(|value| (*value as usize) < size);
        one.get(..known(one)) == other.get(..known(other))
    }
}

impl Plan {
    /// Whether rows have to be read for it.
    pub(super) fn reads(&self) -> bool {
        match self {
            Self::All(plans) | Self::Any(plans) => plans.iter().any(Self::reads),
            Self::Not(plan) => plan.reads(),
            Self::Scan(..) => true,
            _ => false,
        }
    }

    /// Whether it is true of everything.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::All(plans) if plans.is_empty())
    }

    /// Whether a plan made when more was known says the same of the rows from when so much was known.
    pub(super) fn agrees(&self, later: &Self, then: Sizes) -> bool {
        match (self, later) {
            (Self::All(these), Self::All(others)) | (Self::Any(these), Self::Any(others)) => {
                these.len() == others.len()
                    && these.iter().zip(others).all(|(one, other)| one.agrees(other, then))
            }
            (Self::Not(one), Self::Not(other)) => one.agrees(other, then),
            (Self::Values(column, one), Self::Values(same, other)) => {
                column == same && then.agree(*column, one, other)
            }
            (Self::Cast(column, one, roles), Self::Cast(same, other, other_roles)) => {
                column == same
                    && then.agree(*column, one.places(), other.places())
                    && roles.all_but == other_roles.all_but
                    && then.agree(Column::Role, &roles.listed, &other_roles.listed)
            }
            (Self::Layer(one), Self::Layer(other)) => one == other,
            (Self::Time(relation, window), Self::Time(other, other_window)) => {
                relation == other && window == other_window
            }
            (Self::Undated, Self::Undated) => true,
            (Self::Scan(leaf, named), Self::Scan(other, other_named)) => {
                leaf.test() == other.test() && named.agrees(other_named, then)
            }
            _ => false,
        }
    }
}

/// Makes plans of tests.
pub(super) struct Planner<'a> {
    /// What is known by name.
    pub(super) names: &'a Names,
    /// Gives what is known of a test that rows have to be read for.
    pub(super) leaf: &'a dyn Fn(&Test) -> Arc<Leaf>,
}

impl Planner<'_> {
    pub(super) fn plan(&self, test: &Test) -> Plan {
        match test {
            Test::All(tests) => Plan::All(tests.iter().map(|test| self.plan(test)).collect()),
            Test::Any(tests) => Plan::Any(tests.iter().map(|test| self.plan(test)).collect()),
            Test::Not(test) => Plan::Not(Box::new(self.plan(test))),
            Test::Actor(set, role) => Plan::Cast(Column::Actor, set.clone(), self.roles(role.as_deref())),
            Test::Party(set, role) => Plan::Cast(Column::Party, set.clone(), self.roles(role.as_deref())),
            Test::Place(set) => Plan::Values(Column::Place, set.places().to_vec()),
            Test::Document(set) => Plan::Values(Column::Document, set.places().to_vec()),
            Test::Layer(set) => Plan::Layer(set.clone()),
            Test::Word(field, word) => self.word(test, *field, word),
            Test::By(..) => self.voices(test),
            Test::Time(relation, window) => Plan::Time(*relation, *window),
            Test::Never => Plan::Any(Vec::new()),
            Test::Undated => Plan::Undated,
            Test::Flag(flag) => Plan::Values(Column::Flag, vec![*flag as u32]),
            Test::Text(_) | Test::Regex(_) => self.scan(test, self.named(test)),
            Test::Field(..) | Test::FieldEqual(..) | Test::FieldOrder(..) | Test::Listed(_) => {
                self.scan(test, Plan::Any(Vec::new()))
            }
        }
    }

    fn scan(&self, test: &Test, named: Plan) -> Plan {
        Plan::Scan((self.leaf)(test), Box::new(named))
    }

    /// The roles that fold to this one; without one, all but `mentioned`.
    fn roles(&self, role: Option<&str>) -> Roles {
        let fits = |word: &str| role.map_or(word == MENTIONED, |role| fold(word) == role);
        Roles {
            listed: self.words(WordColumn::Role, fits),
            all_but: role.is_none(),
            known: self.names.words(WordColumn::Role).len() as u32,
        }
    }

    /// The numbers of the words that fit, growing.
    fn words(&self, column: WordColumn, fits: impl Fn(&str) -> bool) -> Vec<u32> {
        let words = self.names.words(column).iter().enumerate();
        words.filter(|(_, word)| fits(word)).map(|(number, _)| number as u32).collect()
    }

    fn word(&self, test: &Test, field: NameField, word: &Folded) -> Plan {
        let fits = |text: &str| word.fits(text);
        match field {
            NameField::Of(Dimension::Kind) => Plan::Values(Column::Kind, self.words(WordColumn::Kind, fits)),
            NameField::Of(Dimension::Tag) => Plan::Values(Column::Tag, self.words(WordColumn::Tag, fits)),
            NameField::Role => Plan::Values(Column::Role, self.words(WordColumn::Role, fits)),
            NameField::Of(Dimension::Status) => {
                let all = crate::chronology::Status::ALL.iter().filter(|status| fits(status.word()));
                Plan::Values(Column::Status, all.map(|status| *status as u32).collect())
            }
            NameField::Id => self.scan(test, Plan::Any(Vec::new())),
            NameField::Of(_) | NameField::By => Plan::Any(Vec::new()),
        }
    }

    fn voices(&self, test: &Test) -> Plan {
        let catalogue = self.names.catalogue();
        let own = test.is_word_of(None, catalogue).then_some(0);
        // Number 0 is the document's own voice.
        let others = self.words(WordColumn::Voice, |who| test.is_word_of(Some(who), catalogue));
        Plan::Values(Column::Voice, own.into_iter().chain(others.into_iter().map(|word| word + 1)).collect())
    }

    /// The events that have a name or a tag in which a test on texts is true.
    fn named(&self, test: &Test) -> Plan {
        let catalogue = self.names.catalogue();
        let fits = |name: &str, aliases: &[String]| {
            let names = std::iter::once(name).chain(aliases.iter().map(String::as_str));
            names.filter(|name| !name.is_empty()).any(|name| test.is_in(name))
        };
        let places = |found: Vec<bool>| -> Vec<usize> {
            found.into_iter().enumerate().filter(|(_, found)| *found).map(|(place, _)| place).collect()
        };
        let actors = catalogue.actors.iter().map(|known| fits(&known.actor.name, &known.actor.aliases));
        let parties = catalogue.parties.iter().map(|party| fits(&party.name, &party.aliases));
        let grounds = catalogue.places.iter().map(|place| fits(&place.name, &place.aliases));
        let any = Roles {
            listed: Vec::new(),
            all_but: true,
            known: self.names.words(WordColumn::Role).len() as u32,
        };
        let grounds = Set::new(places(grounds.collect()));
        Plan::Any(vec![
            Plan::Cast(Column::Actor, Set::new(places(actors.collect())), any.clone()),
            Plan::Cast(Column::Party, Set::new(places(parties.collect())), any),
            Plan::Values(Column::Place, grounds.places().to_vec()),
            Plan::Values(Column::Tag, self.words(WordColumn::Tag, |tag| !tag.is_empty() && test.is_in(tag))),
        ])
    }
}
