//! Changing single terms of a filter, for the sidebar and the keys that filter by a value. Only plain
//! top-level terms of a dimension (`party:a,b`, `-kind:c`) and whole top-level terms are touched.

use super::ast::{Name, Node, Term};
use super::{Choice, Dimension, Filter, NameField, names};
use crate::chronology::Catalogue;
use crate::text::fold::fold;

impl Filter {
    /// What is called by this id, however it is written: `id:ID`.
    pub fn of_id(id: &str) -> Self {
        let term = Term::Names { field: NameField::Id, values: vec![Name::plain(id)] };
        Self { terms: vec![Node::Term(term)] }
    }

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

    /// The same events, with its plain top-level terms of a dimension in a form that facets of that dimension count
    /// under, too.
    #[must_use]
    pub fn counting(&self, dimension: Dimension) -> Self {
        let hidden = |term: &Node| match term.as_choice() {
            Some((other, ..)) if other == dimension => Node::All(vec![term.clone(), term.clone()]),
            _ => term.clone(),
        };
        Self { terms: self.terms.iter().map(hidden).collect() }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chronology::{Actor, Catalogue, CataloguedActor};
    use crate::query::samples;

    fn filter(text: &str) -> Filter {
        Filter::parse(text, None).unwrap()
    }

    #[test]
    fn choices_read_and_write_plain_terms_only() {
        let chosen =
            |text: &str, value, choice| filter(text).with_choice(Dimension::Party, value, choice).to_string();
        for (before, value, choice, after) in [
            ("", "a", Choice::Only, "party:a"),
            ("party:a", "b", Choice::Only, "party:a,b"),
            ("party:a,b kind:talks", "a", Choice::Unset, "party:b kind:talks"),
            ("party:a kind:talks", "a", Choice::Unset, "kind:talks"),
            ("party:a", "a", Choice::Only, "party:a"),
            ("party:a,b", "a", Choice::Excluded, "party:b -party:a"),
            ("-party:a", "b", Choice::Excluded, "-party:a,b"),
            ("-party:a,b x", "a", Choice::Only, "-party:b x party:a"),
            ("party:a party:a,b", "a", Choice::Unset, "party:b"),
            // Everything else is left as it is.
            ("party:a@target", "a", Choice::Only, "party:a@target party:a"),
            ("party:a*", "a", Choice::Unset, "party:a*"),
            ("(party:a or kind:talks)", "a", Choice::Unset, "party:a or kind:talks"),
            ("actor:a", "a", Choice::Excluded, "actor:a -party:a"),
            ("is:certain", "a b", Choice::Only, "is:certain party:\"a b\""),
        ] {
            assert_eq!(chosen(before, value, choice), after, "{before} {value} {choice:?}");
        }
        let choice = |text: &str| filter(text).choice(Dimension::Party, "iran-aligned");
        assert_eq!(choice("party:b,\"Iran aligned\""), Choice::Only);
        assert_eq!(choice("-party:iran-aligned"), Choice::Excluded);
        assert_eq!(choice("party:iran-aligned@target -(party:iran-aligned x)"), Choice::Unset);
    }

    #[test]
    fn the_rest_is_what_no_check_box_stands_for() {
        let whole = filter("party:a -kind:b party:c@target x (tag:t or y) is:certain actor:=z layer:l");
        assert_eq!(whole.rest().to_string(), "party:c@target x (tag:t or y) is:certain actor:=z");
        assert_eq!(
            whole.without_dimension(Dimension::Kind).to_string(),
            "party:a party:c@target x (tag:t or y) is:certain actor:=z layer:l"
        );
        assert_eq!(filter("(a or b) c").without_term(1).to_string(), "a or b");
        assert_eq!(filter("a b").without_term(7).to_string(), "a b");
        let terms: Vec<String> = whole.terms().iter().map(ToString::to_string).collect();
        assert_eq!(
            terms.join(" + "),
            "party:a + -kind:b + party:c@target + x + tag:t or y + is:certain + actor:=z + layer:l"
        );
    }

    #[test]
    fn both_is_both_and_repeats_nothing() {
        assert_eq!(filter("a or b").and(&filter("c a")).to_string(), "(a or b) c a");
        assert_eq!(filter("a b").and(&filter("b c")).to_string(), "a b c");
        assert_eq!(filter("").and(&filter("a or b")), filter("a or b"));
    }

    #[test]
    fn names_become_ids_where_they_mean_one_thing() {
        let actor = |id: &str, name: &str| {
            let actor = Actor { id: id.into(), name: name.into(), ..Actor::default() };
            CataloguedActor { actor, wholes: Vec::new() }
        };
        let actors = vec![actor("iq", "Iraq"), actor("x1", "Same"), actor("x2", "Same")];
        let catalogue = Catalogue { actors, ..Catalogue::default() };
        let ids = filter("actor:iraq,same,other -actor:Iraq actor:=iraq kind:Iraq").with_ids(&catalogue);
        assert_eq!(ids.to_string(), "actor:iq,same,other -actor:iq actor:=iraq kind:Iraq");
    }

    fn choices() -> impl Strategy<Value = Choice> {
        prop::sample::select(vec![Choice::Unset, Choice::Only, Choice::Excluded])
    }

    proptest! {
        #[test]
        fn what_was_chosen_is_read_and_the_rest_is_untouched(
            filter in samples::filter(), value in "\\PC{1,4}", choice in choices(),
        ) {
            let dimension = Dimension::Tag;
            let chosen = filter.with_choice(dimension, &value, choice);
            prop_assert_eq!(chosen.choice(dimension, &value), choice);
            prop_assert_eq!(chosen.rest(), filter.rest());
            prop_assert_eq!(
                chosen.without_dimension(dimension), filter.without_dimension(dimension)
            );
            prop_assert_eq!(Filter::parse(&chosen.to_string(), None), Ok(chosen.clone()));
            prop_assert_eq!(chosen.with_choice(dimension, &value, choice), chosen);
        }

        #[test]
        fn a_filter_is_all_of_its_terms(filter in samples::filter()) {
            prop_assume!(filter.terms().len() < 2 || (1..filter.terms.len()).all(|n| {
                !filter.terms.get(..n).unwrap_or_default().contains(&filter.terms[n])
            }));
            let joined = filter.terms().iter().fold(Filter::default(), |all, term| all.and(term));
            prop_assert_eq!(joined, filter);
        }
    }
}
