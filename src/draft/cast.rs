//! Who and where: the actors and places that a text names, each once, with the other names it goes by.

use std::collections::{HashMap, HashSet};

use super::dictionary::key;
use super::words::COMPANY;

/// An actor of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name.
    pub name: String,
    /// Other names, as written.
    pub aliases: Vec<String>,
    /// Its kind, where something tells.
    pub kind: Option<String>,
    /// What it is a part of.
    pub whole: Option<usize>,
    /// The party it stands on, by name.
    pub party: Option<String>,
    /// The noun that says what it is: "army".
    pub head: String,
    /// The sentence it was last named in.
    pub seen: usize,
    /// Whether it is a woman, where something tells.
    pub female: Option<bool>,
}

/// All actors and places.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    /// The actors.
    pub members: Vec<Member>,
    /// The places, by name.
    pub places: Vec<String>,
    /// Who was named last that may be a company or the like.
    pub firm: Option<usize>,
    by_key: HashMap<String, usize>,
    /// The last words of persons' names, and the first of others'.
    by_part: HashMap<String, usize>,
    place_keys: HashMap<String, usize>,
    heads: HashMap<String, usize>,
    titles: HashMap<String, Option<usize>>,
}

/// Most other names that are kept of one actor.
const MOST_ALIASES: usize = 12;

impl Cast {
    /// An actor by a name or another key.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_key.get(&key(name)).copied()
    }

    /// An actor by a part of its name.
    pub fn find_part(&self, part: &str) -> Option<usize> {
        self.by_part.get(&key(part)).copied()
    }

    /// An actor by a key, added with a name and kind where it is new.
    pub fn member(&mut self, by: &str, name: &str, kind: Option<&str>) -> usize {
        let by = key(by);
        if let Some(known) = self.by_key.get(&by) {
            return *known;
        }
        let at = self.members.len();
        let kind = kind.map(str::to_owned);
        self.members.push(Member { name: name.to_owned(), kind, ..Member::default() });
        self.by_key.insert(by, at);
        self.by_key.entry(key(name)).or_insert(at);
        at
    }

    /// Makes a part of a name stand for an actor; where several have it, for the first: others of a family are told
    /// apart by more than their last name.
    pub fn part(&mut self, part: &str, member: usize) {
        let part = key(part);
        if part.chars().count() < 3 {
            return;
        }
        self.by_part.entry(part).or_insert(member);
    }

    /// Remembers a name that an actor goes by.
    pub fn also(&mut self, member: usize, name: &str) {
        self.by_key.entry(key(name)).or_insert(member);
        let Some(known) = self.members.get_mut(member) else { return };
        let same = |other: &String| key(other) == key(name);
        if key(&known.name) != key(name)
            && !known.aliases.iter().any(same)
            && known.aliases.len() < MOST_ALIASES
        {
            known.aliases.push(name.to_owned());
        }
    }

    /// Notes that a person was named with a title.
    pub fn entitle(&mut self, member: usize, title: &str) {
        let known = self.titles.entry(key(title)).or_insert(Some(member));
        if known.is_some_and(|known| known != member) {
            *known = None;
        }
    }

    /// The person that bears a title, where only one does.
    pub fn titled(&self, title: &str) -> Option<usize> {
        self.titles.get(&key(title)).copied().flatten()
    }

    /// Begins again at the first sentence, with what is known of all.
    pub fn again(&mut self) {
        self.firm = None;
        self.heads.clear();
        self.members.iter_mut().for_each(|member| member.seen = 0);
    }

    /// Notes that an actor was named in a sentence.
    pub fn saw(&mut self, member: usize, sentence: usize) {
        let Some(known) = self.members.get_mut(member) else { return };
        known.seen = sentence;
        if known.kind.is_none() || known.kind.as_deref() == Some("organisation") && COMPANY.has(&known.head) {
            self.firm = Some(member);
        }
        if !known.head.is_empty() {
            self.heads.insert(known.head.clone(), member);
        }
    }

    /// The actor named last whose head is a noun, in a sentence not before `since`.
    pub fn last_with_head(&self, head: &str, since: usize) -> Option<usize> {
        let last = *self.heads.get(head)?;
        self.members.get(last).filter(|member| member.seen >= since).map(|_| last)
    }

    /// A place, added where it is new.
    pub fn place(&mut self, name: &str) -> usize {
        let places = &mut self.places;
        *self.place_keys.entry(key(name)).or_insert_with(|| {
            places.push(name.to_owned());
            places.len() - 1
        })
    }

    /// Whether a name is that of a place.
    pub fn is_place(&self, name: &str) -> bool {
        self.place_keys.contains_key(&key(name))
    }

    /// All that an actor is a part of, and itself.
    pub fn wholes(&self, member: usize) -> HashSet<usize> {
        let mut found = HashSet::new();
        let mut next = Some(member);
        while let Some(at) = next.filter(|at| found.insert(*at)) {
            next = self.members.get(at).and_then(|member| member.whole);
        }
        found
    }
}
