//! Whom "he" and "she" mean: persons in the order in which they were named, and which of them are women.

use std::collections::HashMap;

use super::cast::Cast;

/// The persons named last.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// The newest last: who, whether by name, and whether a sentence was about them.
    last: Vec<(usize, bool, bool)>,
    female: HashMap<usize, bool>,
    /// Whom the sentence before was about.
    pub about: Option<usize>,
}

/// How many persons a pronoun may mean.
const MOST: usize = 8;

impl People {
    /// Notes that a person was named.
    pub fn saw(&mut self, actor: usize, proper: bool, subject: bool) {
        let was = self.last.iter().position(|(known, ..)| *known == actor).map(|at| self.last.remove(at));
        let subject = subject || was.is_some_and(|(_, _, subject)| subject);
        self.last.push((actor, proper, subject));
        if self.last.len() > MOST {
            self.last.remove(0);
        }
    }

    /// Notes that "she" or "he" was said of a person.
    pub fn is(&mut self, actor: usize, female: bool) {
        self.female.entry(actor).or_insert(female);
    }

    /// Whether nothing speaks against a pronoun for a person.
    pub fn fits(&self, cast: &Cast, actor: usize, female: bool) -> bool {
        self.known(cast, actor).is_none_or(|known| known == female)
    }

    /// The person that a pronoun means: one that it was said of before, then whom the sentence before was about, then
    /// one that has a name, then who was named last.
    pub fn meant(&self, cast: &Cast, female: bool) -> Option<usize> {
        let fitting = self.last.iter().enumerate().filter(|(_, (actor, ..))| self.fits(cast, *actor, female));
        let best = fitting.max_by_key(|(at, (actor, proper, subject))| {
            (self.female.contains_key(actor), self.about == Some(*actor), *proper, *subject, *at)
        });
        best.map(|(_, (actor, ..))| *actor)
    }

    fn known(&self, cast: &Cast, actor: usize) -> Option<bool> {
        let told = cast.members.get(actor).and_then(|member| member.female);
        told.or_else(|| self.female.get(&actor).copied())
    }
}
