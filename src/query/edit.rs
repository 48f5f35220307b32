//! Changing single terms of a filter, for the sidebar and the keys that filter by a value. Only plain
//! top-level terms of a dimension (`party:a,b`, `-kind:c`) and whole top-level terms are touched.

use super::ast::Node;
use super::{Choice, Dimension, Filter, names};
use crate::chronology::Catalogue;
use crate::text::fold::fold;

impl Filter {
    /// Both this and `other`; a term that both have stands once.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut terms = self.terms.clone();
        for term in &other.terms {
            if !terms.contains(term) {
                terms.push(term.clone());
            }
        }
        Self { terms }
    }

    /// Its top-level terms, each as a filter of its own.
    pub fn terms(&self) -> Vec<Self> {
        self.terms.iter().map(|term| Self { terms: vec![term.clone()] }).collect()
    }

    /// The same without its `index`-th top-level term; the same where there is none.
    #[must_use]
    pub fn without_term(&self, index: usize) -> Self {
        let kept = self.terms.iter().enumerate().filter(|(n, _)| *n != index);
        Self { terms: kept.map(|(_, term)| term.clone()).collect() }
    }

    /// The same without its plain top-level terms of a dimension and their negations (for facets): without
    /// those that check boxes stand for.
    #[must_use]
    pub fn without_dimension(&self, dimension: Dimension) -> Self {
        self.only(|term| term.as_choice().is_none_or(|(other, ..)| other != dimension))
    }

    /// The terms that are not plain top-level dimension terms (what the sidebar shows as one line).
    #[must_use]
    pub fn rest(&self) -> Self {
        self.only(|term| term.as_choice().is_none())
    }

    /// How its top-level terms stand to a value (an id) of a dimension.
    pub fn choice(&self, dimension: Dimension, value: &str) -> Choice {
        let value = fold(value);
        let named = |wanted: bool| {
            self.terms.iter().filter_map(Node::as_choice).any(|(other, names, excluded)| {
                other == dimension && excluded == wanted && names.iter().any(|name| fold(name) == value)
            })
        };
        if named(true) {
            Choice::Excluded
        } else if named(false) {
            Choice::Only
        } else {
            Choice::Unset
        }
    }

    /// The same with that value chosen so. `Only` adds to other values asked for of the dimension
    /// (`party:a,b`); other terms are left untouched.
    #[must_use]
    pub fn with_choice(&self, dimension: Dimension, value: &str, choice: Choice) -> Self {
        let folded = fold(value);
        let mut terms = Vec::with_capacity(self.terms.len() + 1);
        // The value is taken out of every term that has it, then put into the last of its kind.
        let mut home = None;
        for term in &self.terms {
            let Some((_, names, excluded)) = term.as_choice().filter(|(other, ..)| *other == dimension)
            else {
                terms.push(term.clone());
                continue;
            };
            let is_home = excluded == (choice == Choice::Excluded) && choice != Choice::Unset;
            let kept = names.iter().filter(|name| fold(name) != folded);
            let kept: Vec<String> = kept.map(|name| (*name).to_owned()).collect();
            if is_home {
                home = Some(terms.len());
            }
            if is_home || !kept.is_empty() {
                terms.push(Node::choice(dimension, kept, excluded));
            }
        }
        if choice != Choice::Unset {
            let excluded = choice == Choice::Excluded;
            let target = home.and_then(|index| terms.get_mut(index));
            match target {
                Some(term) => {
                    let names = term.as_choice().map(|(_, names, _)| names).unwrap_or_default();
                    let names = names.into_iter().map(ToOwned::to_owned).chain([value.to_owned()]);
                    *term = Node::choice(dimension, names.collect(), excluded);
                }
                None => terms.push(Node::choice(dimension, vec![value.to_owned()], excluded)),
            }
        }
        terms.retain(|term| term.as_choice().is_none_or(|(_, names, _)| !names.is_empty()));
        Self { terms }
    }

    /// The same where the plain top-level terms of dimensions name things by their ids, if a name means one
    /// thing: so a check box is set whether the reader typed an alias or the id.
    #[must_use]
    pub fn with_ids(&self, catalogue: &Catalogue) -> Self {
        let by_id = |term: &Node| match term.as_choice() {
            Some((dimension, values, excluded)) => {
                let id = |value: &str| match names::only(dimension, value, catalogue) {
                    Some((id, _)) => id.to_owned(),
                    None => value.to_owned(),
                };
                Node::choice(dimension, values.into_iter().map(id).collect(), excluded)
            }
            None => term.clone(),
        };
        Self { terms: self.terms.iter().map(by_id).collect() }
    }

    fn only(&self, keep: impl Fn(&Node) -> bool) -> Self {
        Self { terms: self.terms.iter().filter(|term| keep(term)).cloned().collect() }
    }
}
