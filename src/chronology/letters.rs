//! A letter for each party, that goes with its colour: a reader who sees no colours, or more parties than there are
//! colours, tells them apart by it.

use std::collections::HashSet;

use super::{Party, PartyIndex};

/// The longest of the words that are passed over where a name has longer ones: "the", "and", "of".
const SHORT: usize = 3;

/// The letters of parties, each of them once; one or two letters or digits of ASCII.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    letters: Vec<String>,
    taken: HashSet<String>,
}

impl Letters {
    /// Takes in parties that have been added; the letters of the others stay.
    pub fn extend(&mut self, parties: &[Party]) {
        for party in parties.iter().skip(self.letters.len()) {
            let free = candidates(&party.name).chain(pairs()).find(|letter| !self.taken.contains(letter));
            let letter = free.unwrap_or_default();
            self.taken.insert(letter.clone());
            self.letters.push(letter);
        }
    }

    /// The letter of a party; `None` where there are more parties than letters.
    pub fn of(&self, party: PartyIndex) -> Option<&str> {
        self.letters.get(party.0 as usize).map(String::as_str).filter(|letter| !letter.is_empty())
    }
}

/// The initials of a name's words, then its other letters, then all that there are.
fn candidates(name: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (long, short): (Vec<&str>, Vec<&str>) =
        words.into_iter().partition(|word| word.chars().count() > SHORT);
    let initials = long.iter().chain(&short).filter_map(|word| word.chars().next());
    let rest = long.iter().chain(&short).flat_map(|word| word.chars());
    let own: Vec<char> = initials.chain(rest).filter(char::is_ascii_alphanumeric).collect();
    own.into_iter().chain('A'..='Z').map(|letter| letter.to_ascii_uppercase().to_string())
}

fn pairs() -> impl Iterator<Item = String> {
    ('A'..='Z').flat_map(|first| ('a'..='z').map(move |second| format!("{first}{second}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(names: &[&str]) -> Vec<String> {
        let party = |name: &&str| Party { name: (*name).to_owned(), ..Party::default() };
        let parties: Vec<Party> = names.iter().map(party).collect();
        let mut letters = Letters::default();
        // However they come, one by one or together, they are the same.
        letters.extend(parties.get(..1).unwrap_or_default());
        letters.extend(&parties);
        (0..parties.len()).filter_map(|at| letters.of(PartyIndex(at as u32)).map(str::to_owned)).collect()
    }

    #[test]
    fn parties_have_letters_of_their_names() {
        let names =
            ["The Iraqi government", "Iran and Iran-aligned groups", "The press", "IS", "قوات", "7th"];
        assert_eq!(letters(&names), ["I", "A", "P", "S", "B", "7"]);
    }

    #[test]
    fn every_letter_is_there_once_until_there_are_no_more() {
        let names: Vec<String> = (0..1000).map(|n| format!("Party {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let letters = letters(&names);
        let once: HashSet<&String> = letters.iter().collect();
        assert_eq!(once.len(), letters.len());
        assert_eq!(letters.len(), 26 + 10 + 26 * 26);
        assert!(letters.iter().all(|letter| letter.is_ascii() && letter.len() < 3));
    }
}
