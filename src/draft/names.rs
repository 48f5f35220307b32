//! Names: those that are known, capitalised ones with their titles, and what belongs to them ("Iraq’s army").

use super::dictionary::{Known, LONGEST_NAME, Sort, key};
use super::lexicon::LEXICON;
use super::mention::{ALIKE, Found, Scanner};
use super::token::{Kind, Token};
use super::words::{FEMALE, GIVEN, MALE, NO_ACTOR, TIMES, is_function};

/// The ends of words such as "U.S.-led", each with one word for those that say the same.
const SIDES: &[(&str, &str)] = &[
    ("led", "led"),
    ("backed", "aligned"),
    ("aligned", "aligned"),
    ("linked", "aligned"),
    ("allied", "aligned"),
    ("supported", "aligned"),
    ("affiliated", "aligned"),
    ("sponsored", "aligned"),
    ("based", "based"),
    ("owned", "owned"),
    ("funded", "aligned"),
    ("controlled", "aligned"),
    ("held", "held"),
];

impl Scanner<'_, '_> {
    /// The longest known name that begins here, and where it ends.
    pub(super) fn known(&self, at: usize) -> Option<(Known, usize)> {
        let first =
            self.token(at).filter(|token| token.is_word() && self.dictionary.may_begin(&token.lower))?;
        if !first.text.chars().any(char::is_uppercase) {
            return None;
        }
        let last = (at + LONGEST_NAME).min(self.inside.end);
        (at + 1..=last).rev().find_map(|end| {
            let name = self.written(at..end);
            let known = self.dictionary.get(&key(&name))?;
            let fits = !known.capitals || !name.chars().any(char::is_lowercase);
            fits.then(|| (known.clone(), end))
        })
    }

    /// The actor of a known name.
    pub(super) fn member(&mut self, known: &Known, written: &str) -> usize {
        let member = self.cast.member(&known.name, &known.name, known.kind.as_deref());
        if known.sort != Sort::People {
            self.cast.also(member, written);
        }
        if let Some(named) = self.cast.members.get_mut(member) {
            named.party = named.party.take().or_else(|| known.party.clone());
        }
        member
    }

    /// A name that begins here.
    pub(super) fn name(&mut self, at: usize) -> Option<Found> {
        let token = self.token(at)?;
        if !token.is_word() || !token.text.chars().any(char::is_uppercase) || self.is_time(at) {
            return None;
        }
        if let Some(found) = self.sided(at) {
            return Some(found);
        }
        if let Some((known, end)) = self.known(at) {
            // "Islamic State of Halden University": a longer name that is not known goes before.
            let seat = known.sort == Sort::Seat && end == at + 1;
            let longer =
                self.capitals_from(at).filter(|longer| *longer > end && (seat || self.ends_in_body(*longer)));
            if longer.is_none()
                || known.kind.as_deref() == Some("state") && !seat
                || self.kind(end) == Some(Kind::Possessive)
            {
                return Some(self.of_known(at, &known, end));
            }
        }
        self.unknown(at)
    }

    fn ends_in_body(&self, end: usize) -> bool {
        end.checked_sub(1)
            .and_then(|at| self.token(at))
            .is_some_and(|last| self.dictionary.is_body(&last.lower))
    }

    /// What a known name begins: itself, an organ of it, or one with a title from it.
    fn of_known(&mut self, at: usize, known: &Known, end: usize) -> Found {
        let written = self.written(at..end);
        let base = self.member(known, &written);
        let is_state = known.kind.as_deref() == Some("state");
        if let Some((person, end)) = self.with_title(end, Some(base)) {
            return Found { end, actor: Some(person), place: None };
        }
        if let Some(found) = self.organ(at, end, base, is_state) {
            return found;
        }
        let place = match known.sort {
            Sort::People => None,
            Sort::Name => Some(known.name.clone()).filter(|_| is_state),
            Sort::Seat => Some(written),
        };
        // An adjective with nothing behind it that acts ("Iraqi territory") says whose, not who.
        let adjective = known.sort == Sort::People
            && self.token(end).is_some_and(|next| next.is_word() && !is_function(&next.lower))
            && LEXICON.noun(&self.token(end).map(|t| t.lower.clone()).unwrap_or_default()).is_none()
            && !self.is_verb(end)
            && self.event_noun_near(end).is_none();
        Found { end, actor: Some(base).filter(|_| !adjective), place }
    }

    /// An event noun within the next words: "U.S. retaliatory strikes".
    fn event_noun_near(&self, from: usize) -> Option<usize> {
        (from..from + 3)
            .take_while(|at| {
                self.token(*at).is_some_and(|token| token.is_word() && !is_function(&token.lower))
            })
            .find(|at| self.token(*at).is_some_and(|token| LEXICON.noun(&token.lower).is_some()))
    }

    /// "Iraqi army", "Iraq’s prime minister", "Sudani’s office".
    fn organ(&mut self, at: usize, end: usize, base: usize, is_state: bool) -> Option<Found> {
        let owned = self.kind(end) == Some(Kind::Possessive);
        let from = end + usize::from(owned);
        let (after, kind, noun) = self.noun_after(from)?;
        let words = self.written(from..after);
        if noun == "military" && !is_state && !owned {
            return None;
        }
        if kind == "person" {
            // A title and a name behind it are that person.
            if let Some((person, end)) = self.with_title(from, Some(base)) {
                return Some(Found { end, actor: Some(person), place: None });
            }
            if let Some(person) = self.cast.titled(&words) {
                let written = self.written(at..after);
                self.cast.also(person, &written);
                return Some(Found { end: after, actor: Some(person), place: None });
            }
        }
        if !is_state && !owned && kind == "person" {
            return None;
        }
        let named = self
            .tokens
            .get(from..after)
            .is_some_and(|words| words.len() > 1 && words.iter().all(Token::is_capital));
        let written = self.written(at..after);
        let own_name = named && kind == "organisation";
        let by = if own_name { words.clone() } else { format!("{base}|{words}") };
        // Persons are named by their last name: "Sudani’s office".
        let name = match self.cast.members.get(base) {
            Some(member) if owned && member.kind.as_deref() == Some("person") => {
                format!("{}’s {words}", last_name(&member.name))
            }
            _ if own_name => words.clone(),
            _ => written.clone(),
        };
        let member = self.cast.member(&by, &name, Some(kind));
        self.cast.also(member, &written);
        if let Some(known) = self.cast.members.get_mut(member) {
            known.head.clone_from(&noun);
            let part = !own_name && matches!(kind, "organisation" | "office");
            known.whole = Some(base).filter(|whole| part && *whole != member).or(known.whole);
        }
        Some(Found { end: after, actor: Some(member), place: None })
    }

    /// "U.S.-led coalition", "Iranian-aligned groups".
    fn sided(&mut self, at: usize) -> Option<Found> {
        let token = self.token(at)?;
        let (head, tail) = token.text.rsplit_once(['-', '–'])?;
        let side = SIDES.iter().find(|(word, _)| *word == tail.to_lowercase())?.1;
        let name = self.dictionary.get(&key(head)).map(|known| known.name.clone());
        let who = name.unwrap_or_else(|| head.to_owned());
        let (end, kind, noun) = self.noun_after(at + 1)?;
        let written = self.written(at..end);
        let by = if ALIKE.contains(&noun.as_str()) {
            noun.clone()
        } else {
            format!("{side}|{}|{noun}", key(&who))
        };
        let member = self.cast.member(&by, &written, Some(kind));
        self.cast.also(member, &written);
        if let Some(known) = self.cast.members.get_mut(member) {
            known.head = noun;
        }
        Some(Found { end, actor: Some(member), place: None })
    }

    /// A person with titles that begin here: "Deputy Spokesperson Sabrina Singh".
    fn with_title(&mut self, at: usize, of: Option<usize>) -> Option<(usize, usize)> {
        let mut start = at;
        while start < at + 5
            && self.token(start).is_some_and(|t| {
                self.dictionary.is_title(&t.lower)
                    || (t.is_word() && self.dictionary.noun(&t.lower) == Some("person"))
            })
        {
            start += 1;
        }
        if start == at || !self.token(start)?.is_capital() {
            return None;
        }
        self.with_name(at, start, of)
    }

    /// A person whose titles begin at one token and whose name begins at another.
    pub(super) fn with_name(&mut self, at: usize, start: usize, of: Option<usize>) -> Option<(usize, usize)> {
        let end = self.capitals_from(start)?;
        if self.ends_in_body(end) {
            return None;
        }
        let name = self.written(start..end);
        let title = self.written(at..start);
        let person = match self.cast.find(&name).or_else(|| self.cast.find_part(&name)) {
            Some(known) => known,
            None => self.cast.member(&name, &name, Some("person")),
        };
        self.cast.part(last_name(&name), person);
        if let Some((first, _)) = name.split_once(" of ") {
            self.cast.part(first, person);
        }
        self.cast.entitle(person, &title);
        let female = self
            .tokens
            .get(at..start)
            .unwrap_or_default()
            .iter()
            .find_map(|word| (word.is_in(&FEMALE) || word.is_in(&MALE)).then(|| word.is_in(&FEMALE)));
        if let Some(known) = self.cast.members.get_mut(person) {
            known.female = known.female.or(female);
            known.kind = Some("person".to_owned());
            known.whole = of.filter(|whole| *whole != person).or(known.whole);
        }
        Some((person, end))
    }

    /// The token behind a run of capitalised words that begins here.
    fn capitals_from(&self, at: usize) -> Option<usize> {
        let names = |at: usize| {
            self.token(at).is_some_and(|token| {
                (token.is_capital() || token.lower.starts_with("al-"))
                    && !self.is_time(at)
                    && (!is_function(&token.lower) || self.is_initial(at))
            })
        };
        self.token(at).filter(|_| names(at))?;
        let mut end = at + 1;
        while end < at + LONGEST_NAME {
            match self.token(end) {
                Some(_) if names(end) => end += 1,
                // "Apollo 11"
                Some(token) if token.kind == Kind::Number && self.is_numeral(end) => return Some(end + 1),
                Some(token)
                    if token.is_any(&[
                        "of", "de", "bin", "ibn", "al", "el", "van", "von", "der", "da", "del", "for", "&",
                    ]) =>
                {
                    let article = usize::from(self.token(end + 1).is_some_and(|next| next.is("the")));
                    if !names(end + 1 + article) {
                        break;
                    }
                    end += 2 + article;
                }
                _ => break,
            }
        }
        Some(end)
    }

    /// "Jubal A. Early", "Battle of Seven Pines": letters and numbers inside a name.
    fn is_initial(&self, at: usize) -> bool {
        let name = |at: usize| self.token(at).is_some_and(Token::is_capital);
        let inside = at > self.inside.start && name(at + 1);
        let letter = self.token(at).is_some_and(|token| token.text.len() == 2 && token.text.ends_with('.'));
        let number = self.token(at).is_some_and(|token| {
            token.is_any(&["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
        });
        inside && (letter || number)
    }

    /// Whether a word of time stands here, and not a given name.
    pub(super) fn is_time(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.is_in(&TIMES)) else { return false };
        let named = self.token(at + 1).is_some_and(|next| next.is_capital() && !next.is_in(&TIMES));
        !(named && token.is_in(&GIVEN))
    }

    /// Whether a number belongs to the name before it: what follows is not what it counts.
    fn is_numeral(&self, at: usize) -> bool {
        let short = self.token(at).is_some_and(|token| {
            token.text.len() < 5 && token.text.bytes().all(|byte| byte.is_ascii_digit())
        });
        let counted = self.token(at + 1).is_some_and(|next| {
            (next.is_word() && !is_function(&next.lower) && LEXICON.verb(&next.lower).is_none())
                || matches!(next.text, "%" | "$")
        });
        let year = self.token(at).is_some_and(|token| token.text.len() == 4);
        short && !counted && !year
    }

    /// A capitalised name that is not known.
    fn unknown(&mut self, at: usize) -> Option<Found> {
        let title = self.with_title(at, None);
        if let Some((person, end)) = title {
            return Some(self.owned_by(at, person, end));
        }
        let end = self.capitals_from(at)?;
        let token = self.token(at)?.clone();
        let first = at == self.inside.start
            || at
                .checked_sub(1)
                .and_then(|at| self.token(at))
                .is_some_and(|before| before.kind == Kind::Open);
        let acronym = token.text.len() > 2 && token.text.chars().all(char::is_uppercase);
        if end == at + 1 && first && !acronym && !self.capitals.contains(&token.lower) {
            return None;
        }
        if end == at + 1
            && (self.dictionary.noun(&token.lower).is_some() || self.dictionary.is_title(&token.lower))
        {
            return None;
        }
        // A common word with a capital only because a sentence begins with it.
        if first
            && end > at + 1
            && !self.capitals.contains(&token.lower)
            && LEXICON.verb(&token.lower).is_some()
        {
            return None;
        }
        let name = self.written(at..end);
        let body = self.ends_in_body(end);
        if self.is_no_actor(at, end) {
            let place = Some(name).filter(|_| LEXICON.noun(&token.lower).is_none());
            return Some(Found { end, actor: None, place });
        }
        let actor = if let Some(known) = self.cast.find(&name).or_else(|| self.cast.find_part(&name)) {
            // Persons are called by their last name, companies by their first.
            if let Some(member) = self.cast.members.get_mut(known)
                && member.kind.is_none()
                && key(&member.name) != key(&name)
                && last_name(&member.name) == name
            {
                member.kind = Some("person".to_owned());
            }
            known
        } else {
            let actor = self.cast.member(&name, &name, body.then_some("organisation"));
            if end > at + 1 {
                self.cast.part(if body { token.text } else { last_name(&name) }, actor);
            }
            actor
        };
        if body && let Some(known) = self.cast.members.get_mut(actor) {
            known.head = name.rsplit(' ').next().map(str::to_lowercase).unwrap_or_default();
        }
        if self.cast.is_place(&name) && !body {
            return Some(Found { end, actor: None, place: Some(name) });
        }
        let mut found = self.owned_by(at, actor, end);
        found.place = Some(name).filter(|_| !body && found.end == end);
        Some(found)
    }

    /// Whether a run of capitalised words names an event, a prize, a river or the like.
    fn is_no_actor(&self, at: usize, end: usize) -> bool {
        let of = (at..end).find(|at| self.token(*at).is_some_and(|token| token.is("of")));
        let head = |at: usize| {
            self.token(at).is_some_and(|token| {
                NO_ACTOR.has(&token.lower)
                    || LEXICON.noun(&token.lower).is_some_and(|sense| sense.kind != "mission")
            })
        };
        end > at + 1
            && (of.unwrap_or(end).checked_sub(1).is_some_and(head)
                || of.is_none() && head(at) && self.is_numeral_end(end))
    }

    /// Whether a name ends in a number: "Flight 417".
    fn is_numeral_end(&self, end: usize) -> bool {
        end.checked_sub(1).and_then(|at| self.kind(at)) == Some(Kind::Number)
    }

    /// Somebody, or an organ that belongs to them.
    fn owned_by(&mut self, at: usize, base: usize, end: usize) -> Found {
        let owned = self.kind(end) == Some(Kind::Possessive);
        let organ = if owned { self.organ(at, end, base, false) } else { self.beside(at, base, end) };
        organ.unwrap_or(Found { end, actor: Some(base), place: None })
    }

    /// "Halden police": a name right before a noun for those who act.
    fn beside(&mut self, at: usize, base: usize, end: usize) -> Option<Found> {
        let noun = self.token(end)?;
        let kind = self.dictionary.noun(&noun.lower)?;
        if kind == "person" {
            if self.token(end + 1).is_some_and(Token::is_capital) && !self.is_time(end + 1) {
                let (person, end) = self.with_name(end, end + 1, None)?;
                return Some(Found { end, actor: Some(person), place: None });
            }
            // "the Venetian ambassador", but not "Ann Berg ambassador"
            if end > at + 1 {
                return None;
            }
        }
        let head = noun.lower.clone();
        let written = self.written(at..end + 1);
        let member = self.cast.member(&format!("{base}|{head}"), &written, Some(kind));
        if let Some(known) = self.cast.members.get_mut(member) {
            known.head = head;
        }
        Some(Found { end: end + 1, actor: Some(member), place: None })
    }
}

/// The last word of a name, without "al-" before it.
pub(super) fn last_name(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or(name);
    last.strip_prefix("al-").or_else(|| last.strip_prefix("Al-")).unwrap_or(last)
}
