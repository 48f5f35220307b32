//! Who is known without being introduced, and the nouns that name those who act: from `assets/draft/actors.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What is known by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Option<String>,
    /// What the name that was looked up is to it.
    pub sort: Sort,
    /// The party it stands on, by name.
    pub party: Option<String>,
    /// It is written in capitals, and means nothing else only where it is: "US" is not "us".
    pub capitals: bool,
}

/// What a name is to the one it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Its name.
    Name,
    /// Its people, or the adjective.
    People,
    /// Its capital, or a house that stands for it.
    Seat,
}

/// Names and nouns.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    names: HashMap<String, Known>,
    /// The first words of the names.
    first: HashSet<String>,
    nouns: HashMap<&'static str, &'static str>,
    titles: HashSet<String>,
    bodies: HashSet<String>,
}

/// What annals knows by itself.
static BUILT_IN: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::read(include_str!("../../assets/draft/actors.txt")));

/// The most words of a name.
pub(super) const LONGEST_NAME: usize = 8;

/// The form that names are looked up by: lower case, without dots, apostrophes straight.
pub(super) fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "'").replace('.', "");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Dictionary {
    /// What annals knows by itself.
    pub fn built_in() -> Self {
        BUILT_IN.clone()
    }

    /// What a name stands for, by its [`key`].
    pub fn get(&self, key: &str) -> Option<&Known> {
        self.names.get(key)
    }

    /// Whether a name may begin with a word, in lower case.
    pub fn may_begin(&self, word: &str) -> bool {
        self.first.contains(word)
    }

    /// The kind of actor that a noun names, in lower case.
    pub fn noun(&self, word: &str) -> Option<&'static str> {
        // "archaeologists", "musicians"
        let people = word.ends_with("ists") || word.ends_with("icians") || word.ends_with("ologist");
        self.nouns.get(word).copied().or_else(|| people.then_some("people"))
    }

    /// Whether a word is one before a person's name, in lower case without dots.
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    /// Whether a word ends the name of a body, in lower case.
    pub fn is_body(&self, word: &str) -> bool {
        self.bodies.contains(word)
    }

    /// Adds a name; what was known by it is forgotten.
    pub fn add(&mut self, name: &str, known: Known) {
        let key = key(name);
        let known = Known { capitals: !name.chars().any(char::is_lowercase), ..known };
        if let Some(first) = key.split(' ').next().filter(|first| !first.is_empty()) {
            self.first.insert(first.to_owned());
            self.names.insert(key, known);
        }
    }

    fn read(text: &'static str) -> Self {
        let mut dictionary = Self::default();
        let mut heading = "";
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            match (line.strip_prefix("= "), heading) {
                (Some(next), _) => heading = next,
                (_, "state") => dictionary.state(line),
                (_, "title") => dictionary.titles.extend(line.split_whitespace().map(key)),
                (_, "body") => dictionary.bodies.extend(line.split_whitespace().map(key)),
                (_, heading) => match heading.strip_prefix("noun ") {
                    Some(kind) => {
                        let forms = line.split_whitespace().flat_map(|word| word.split('/'));
                        dictionary.nouns.extend(forms.map(|form| (form, kind)));
                    }
                    None => dictionary.named(line, heading),
                },
            }
        }
        dictionary
    }

    fn state(&mut self, line: &str) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let Some(name) = parts.first() else { return };
        let known = |sort| Known {
            name: (*name).to_owned(),
            kind: Some("state".to_owned()),
            sort,
            party: None,
            capitals: false,
        };
        let list = |at: usize| {
            parts.get(at).into_iter().flat_map(|part| part.split(", ")).filter(|name| !name.is_empty())
        };
        for people in list(1) {
            self.add(people, known(Sort::People));
            if people.ends_with(['n', 'i', 'b', 'e', 'k', 't']) && !people.ends_with("ese") {
                self.add(&format!("{people}s"), known(Sort::People));
            }
        }
        list(2).for_each(|seat| self.add(seat, known(Sort::Seat)));
        std::iter::once(*name).chain(list(3)).for_each(|name| self.add(name, known(Sort::Name)));
    }

    fn named(&mut self, line: &str, kind: &str) {
        let (name, others) = line.split_once('|').unwrap_or((line, ""));
        let name = name.trim();
        for other in std::iter::once(name).chain(others.split(',').map(str::trim)) {
            let known = Known {
                name: name.to_owned(),
                kind: Some(kind.to_owned()),
                sort: Sort::Name,
                party: None,
                capitals: false,
            };
            if !other.is_empty() {
                self.add(other, known);
            }
        }
    }
}

/// Who a reader adds to those that annals knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actors {
    list: Vec<(String, Known)>,
}

impl Actors {
    /// Adds a name for somebody: what they are called, their kind, and the party they stand on by its name.
    pub fn add(&mut self, written: &str, name: &str, kind: Option<&str>, party: Option<&str>) {
        let known = Known {
            name: name.to_owned(),
            kind: kind.map(str::to_owned),
            sort: Sort::Name,
            party: party.map(str::to_owned),
            capitals: false,
        };
        self.list.push((written.to_owned(), known));
    }

    /// Makes a dictionary know them.
    pub(super) fn teach(&self, dictionary: &mut Dictionary) {
        for (written, known) in &self.list {
            dictionary.add(written, known.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_groups_and_nouns_are_known() {
        let dictionary = Dictionary::built_in();
        let name = |key: &str| dictionary.get(key).map(|known| (known.name.as_str(), known.sort));
        assert_eq!(name("us"), Some(("United States", Sort::Name)));
        assert_eq!(name("iraqis"), Some(("Iraq", Sort::People)));
        assert_eq!(name("baghdad"), Some(("Iraq", Sort::Seat)));
        assert_eq!(name("daesh"), Some(("Islamic State", Sort::Name)));
        assert_eq!(dictionary.noun("rebels"), Some("armed group"));
        assert!(dictionary.is_title("gen") && dictionary.is_body("ministry"));
    }
}
