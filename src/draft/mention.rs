//! Where actors and places are named in a sentence: names that are known, capitalised ones with their titles,
//! and nouns for those who act with what stands before them.

use std::collections::HashSet;
use std::ops::Range;

use super::cast::Cast;
use super::dictionary::{Dictionary, Known, LONGEST_NAME, Sort, key};
use super::lexicon::LEXICON;
use super::token::{Kind, Token};
use super::words::{is_function, is_modifier_of};

/// A place in a sentence where somebody or something is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The actor, where it may be one.
    pub actor: Option<usize>,
    /// The place, where it is named as one.
    pub place: Option<usize>,
    /// Whether it is whose something is: "Iraq’s economy".
    pub owner: bool,
    /// The preposition before it, in lower case.
    pub preposition: Option<String>,
}

/// Prepositions behind which a name is that of a place.
const WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "into",
    "across",
    "throughout",
    "outside",
    "around",
    "inside",
    "within",
    "from",
    "toward",
    "towards",
    "over",
    "to",
    "off",
    "above",
    "below",
    "beyond",
    "through",
    "along",
    "upon",
];
/// Nouns whose "of" is followed by a place.
const PARTS: &[&str] = &[
    "swathes",
    "parts",
    "areas",
    "north",
    "south",
    "east",
    "west",
    "city",
    "town",
    "village",
    "port",
    "outskirts",
    "streets",
    "province",
    "region",
    "capital",
    "coast",
    "district",
    "suburb",
    "area",
    "county",
    "island",
    "valley",
    "state",
    "banks",
    "centre",
    "center",
    "edge",
    "control",
];
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
/// Nouns that name somebody without more only as a whole.
const VAGUE: &[&str] = &[
    "group",
    "groups",
    "force",
    "forces",
    "people",
    "party",
    "parties",
    "official",
    "officials",
    "leader",
    "leaders",
    "country",
    "countries",
    "team",
    "teams",
    "office",
    "offices",
    "department",
    "authority",
    "company",
    "companies",
    "firm",
    "firms",
    "board",
    "panel",
    "movement",
    "union",
    "staff",
    "ally",
    "allies",
    "general",
    "justice",
    "division",
    "minister",
    "president",
    "director",
    "officer",
    "officers",
    "alliance",
    "corps",
    "panels",
    "utility",
    "defence",
];
/// Nouns of which a text means the one it named last.
const RECALLED: &[&str] = &[
    "company",
    "firm",
    "court",
    "party",
    "group",
    "committee",
    "commission",
    "council",
    "board",
    "coalition",
    "alliance",
    "jury",
    "tribunal",
    "judge",
    "president",
    "minister",
    "bank",
    "union",
    "movement",
    "king",
    "queen",
    "emperor",
    "general",
    "commander",
    "mayor",
    "governor",
    "prime_minister",
    "prosecution",
    "defence",
    "alliance",
];
/// Nouns that stand for one and the same, whatever is said before them.
const ALIKE: &[&str] = &["coalition"];
/// The words of months and days, which are no names.
const TIMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "christmas",
    "easter",
    "ramadan",
    "bc",
    "ad",
    "bce",
    "ce",
];

/// Finds the names of one sentence after another.
pub(super) struct Scanner<'a, 't> {
    /// The tokens of the text.
    pub tokens: &'a [Token<'t>],
    /// Who is known.
    pub dictionary: &'a Dictionary,
    /// Who was named.
    pub cast: &'a mut Cast,
    /// Words that stand with a capital inside a sentence.
    pub capitals: &'a HashSet<String>,
    /// The number of the sentence.
    pub sentence: usize,
    /// The range of its tokens.
    pub inside: Range<usize>,
}

/// Somebody that begins at a token.
struct Found {
    end: usize,
    actor: Option<usize>,
    /// A name that could be that of a place.
    place: Option<String>,
}

impl<'t> Scanner<'_, 't> {
    /// The names in the sentence, in order; two may share a token ("Israeli-Hamas").
    pub fn scan(&mut self) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = self.inside.start;
        while at < self.inside.end {
            if let Some(pair) = self.pair(at) {
                let preposition = self.preposition(at, &found);
                for actor in pair {
                    self.cast.saw(actor, self.sentence);
                    let preposition = preposition.clone();
                    found.push(Mention {
                        tokens: at..at + 1,
                        actor: Some(actor),
                        place: None,
                        owner: false,
                        preposition,
                    });
                }
                at += 1;
                continue;
            }
            let floor = found.last().map_or(self.inside.start, |last| last.tokens.end);
            let Some((start, hit)) = self.name(at).map(|hit| (at, hit)).or_else(|| self.noun(at, floor))
            else {
                at += 1;
                continue;
            };
            at = hit.end.max(at + 1);
            let mention = self.placed(start, hit, &found);
            if let Some(actor) = mention.actor {
                self.cast.saw(actor, self.sentence);
            }
            found.push(mention);
        }
        found
    }

    /// What was found, as an actor or a place by what stands before it.
    fn placed(&mut self, start: usize, hit: Found, before: &[Mention]) -> Mention {
        let preposition = self.preposition(start, before);
        let owner = self.kind(hit.end) == Some(Kind::Possessive);
        let where_it_is =
            preposition.as_deref().is_some_and(|word| WHERE.contains(&word) || word == "of which");
        let along = before.last().is_some_and(|last| {
            last.place.is_some() && last.preposition == preposition && preposition.is_some()
        });
        // "opposed to U.S. support": a name before a noun says whose it is.
        let modifies =
            self.token(hit.end).is_some_and(|next| LEXICON.noun(&next.lower).is_some() && next.is_word());
        let place = hit.place.filter(|_| (where_it_is || along) && !owner && !modifies);
        let place = place.map(|name| self.cast.place(&name));
        let actor = hit.actor.filter(|_| place.is_none());
        Mention { tokens: start..hit.end, actor, place, owner, preposition }
    }

    /// The preposition before a name, across articles, adjectives, and names that it is joined to.
    fn preposition(&self, start: usize, before: &[Mention]) -> Option<String> {
        for back in 1..=4 {
            let at = start.checked_sub(back).filter(|at| *at >= self.inside.start)?;
            let token = self.tokens.get(at)?;
            if let Some(last) = before.last().filter(|last| last.tokens.contains(&at)) {
                let joined = (at + 1..start)
                    .any(|at| self.tokens.get(at).is_some_and(|t| t.is("and") || t.kind == Kind::Comma));
                let anew = (at + 1..start)
                    .any(|at| self.tokens.get(at).is_some_and(|t| t.kind == Kind::Comma))
                    && (at + 1..start).any(|at| self.tokens.get(at).is_some_and(|t| t.is("and")));
                return last.preposition.clone().filter(|_| joined && !anew);
            }
            if token.is("of") {
                let part = at.checked_sub(1).and_then(|at| self.tokens.get(at));
                return Some(
                    if part.is_some_and(|part| part.is_any(PARTS)) { "in" } else { "of" }.to_owned(),
                );
            }
            if token.is_any(WHERE)
                || token.is_any(&[
                    "with",
                    "against",
                    "by",
                    "for",
                    "between",
                    "on",
                    "about",
                    "among",
                    "targeting",
                    "despite",
                    "under",
                    "after",
                    "before",
                    "since",
                    "than",
                    "as",
                ])
            {
                return Some(token.lower.clone());
            }
            let passed = token.is_any(&[
                "the",
                "a",
                "an",
                "and",
                "both",
                "neighboring",
                "neighbouring",
                "its",
                "their",
                "his",
                "her",
            ]) || (token.is_word()
                && !is_function(&token.lower)
                && LEXICON.verb(&token.lower).is_none()
                && !token.is_capital())
                || token.kind == Kind::Comma && before.last().is_some_and(|last| last.tokens.end == at);
            if !passed {
                return None;
            }
        }
        None
    }

    fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at).filter(|_| at < self.inside.end)
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.token(at).map(|token| token.kind)
    }

    /// The words from one token to before another, as written, with the marks of possession.
    fn written(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for token in self.tokens.get(range).unwrap_or_default() {
            if !text.is_empty() && token.kind != Kind::Possessive {
                text.push(' ');
            }
            text.push_str(token.text);
        }
        text
    }

    /// The longest known name that begins here, and where it ends.
    fn known(&self, at: usize) -> Option<(Known, usize)> {
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
    fn member(&mut self, known: &Known, written: &str) -> usize {
        let member = self.cast.member(&known.name, &known.name, known.kind.as_deref());
        if known.sort != Sort::People {
            self.cast.also(member, written);
        }
        if let Some(named) = self.cast.members.get_mut(member) {
            named.party = named.party.take().or_else(|| known.party.clone());
        }
        member
    }

    /// Two known names joined by a hyphen.
    fn pair(&mut self, at: usize) -> Option<[usize; 2]> {
        let token = self.token(at).filter(|token| token.is_capital() && token.text.contains(['-', '–']))?;
        if self.dictionary.get(&key(token.text)).is_some() {
            return None;
        }
        let (left, right) = token.text.split_once(['-', '–'])?;
        let dictionary = self.dictionary;
        let (one, other) = (dictionary.get(&key(left))?.clone(), dictionary.get(&key(right))?.clone());
        let (left, right) = (left.to_owned(), right.to_owned());
        Some([self.member(&one, &left), self.member(&other, &right)])
    }

    /// A name that begins here.
    fn name(&mut self, at: usize) -> Option<Found> {
        let token = self.token(at)?;
        if !token.is_word() || !token.text.chars().any(char::is_uppercase) || token.is_any(TIMES) {
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

    /// The last token of a noun for those who act that stands behind a name, with what stands between.
    fn noun_after(&self, from: usize) -> Option<(usize, &'static str, String)> {
        let mut best = None;
        for at in from..from + 4 {
            let Some(token) = self.token(at).filter(|token| token.is_word()) else { break };
            let pair = self.token(at + 1).map(|next| format!("{}_{}", token.lower, next.lower));
            if let Some((kind, noun)) = pair.and_then(|pair| Some((self.dictionary.noun(&pair)?, pair))) {
                best = Some((at + 2, kind, noun));
                break;
            }
            if let Some(kind) = self.dictionary.noun(&token.lower) {
                best = Some((at + 1, kind, token.lower.clone()));
                // "Iraqi army officers"
                let more = self.token(at + 1).is_some_and(|next| self.dictionary.noun(&next.lower).is_some());
                if more {
                    continue;
                }
                break;
            }
            if !is_modifier_of(token) {
                break;
            }
        }
        best
    }

    /// "Iraqi army", "Iraq’s prime minister", "Sudani’s office".
    fn organ(&mut self, at: usize, end: usize, base: usize, is_state: bool) -> Option<Found> {
        let owned = self.kind(end) == Some(Kind::Possessive);
        let from = end + usize::from(owned);
        let (after, kind, noun) = self.noun_after(from)?;
        let words = self.written(from..after);
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
        if let Some(known) = self.cast.members.get_mut(person) {
            known.kind = Some("person".to_owned());
            known.whole = of.filter(|whole| *whole != person).or(known.whole);
        }
        Some((person, end))
    }

    /// Whether a verb stands here.
    fn is_verb(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| LEXICON.verb(&token.lower).is_some() || token.lower.ends_with("ed"))
    }

    /// The token behind a run of capitalised words that begins here.
    fn capitals_from(&self, at: usize) -> Option<usize> {
        let names = |token: &Token<'_>| {
            (token.is_capital() || token.lower.starts_with("al-"))
                && !token.is_any(TIMES)
                && (!is_function(&token.lower))
        };
        self.token(at).filter(|token| names(token))?;
        let mut end = at + 1;
        while end < at + LONGEST_NAME {
            match self.token(end) {
                Some(token) if names(token) => end += 1,
                Some(token)
                    if token.is_any(&[
                        "of", "de", "bin", "ibn", "al", "el", "van", "von", "der", "da", "del", "for", "&",
                    ]) =>
                {
                    let article = usize::from(self.token(end + 1).is_some_and(|next| next.is("the")));
                    if !self.token(end + 1 + article).is_some_and(names) {
                        break;
                    }
                    end += 2 + article;
                }
                _ => break,
            }
        }
        Some(end)
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
        if end == at + 1 && first && !self.capitals.contains(&token.lower) {
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
        let actor = if let Some(known) = self.cast.find(&name).or_else(|| self.cast.find_part(&name)) {
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

    /// Somebody, or an organ that belongs to them.
    fn owned_by(&mut self, at: usize, base: usize, end: usize) -> Found {
        let owned = self.kind(end) == Some(Kind::Possessive);
        let organ = if owned { self.organ(at, end, base, false) } else { self.beside(at, base, end) };
        organ.unwrap_or(Found { end, actor: Some(base), place: None })
    }

    /// "Halden police": a name right before a noun for those who act.
    fn beside(&mut self, at: usize, base: usize, end: usize) -> Option<Found> {
        let noun = self.token(end)?;
        let kind = self.dictionary.noun(&noun.lower).filter(|kind| *kind != "person")?;
        let head = noun.lower.clone();
        let written = self.written(at..end + 1);
        let member = self.cast.member(&format!("{base}|{head}"), &written, Some(kind));
        if let Some(known) = self.cast.members.get_mut(member) {
            known.head = head;
        }
        Some(Found { end: end + 1, actor: Some(member), place: None })
    }

    /// A noun for those who act, with what stands before it, and where it begins.
    fn noun(&mut self, at: usize, floor: usize) -> Option<(usize, Found)> {
        let token = self.token(at).filter(|token| token.is_word())?;
        let pair = self.token(at + 1).map(|next| format!("{}_{}", token.lower, next.lower));
        let (mut end, mut noun, mut kind) =
            match pair.and_then(|pair| Some((self.dictionary.noun(&pair)?, pair))) {
                Some((kind, pair)) => (at + 2, pair, kind),
                None => (at + 1, token.lower.clone(), self.dictionary.noun(&token.lower)?),
            };
        // "jihadist groups": of several nouns side by side the last says who it is.
        while let Some(next) =
            self.token(end).filter(|next| next.is_word() && !next.is_capital() && end < at + 4)
        {
            let Some(more) = self.dictionary.noun(&next.lower) else { break };
            (end, noun, kind) = (end + 1, next.lower.clone(), more);
        }
        let mut start = at;
        while start > floor.max(self.inside.start)
            && start + 2 > at
            && self.token(start - 1).is_some_and(is_modifier_of)
        {
            start -= 1;
        }
        let article =
            start.checked_sub(1).and_then(|at| self.token(at)).map(|t| t.lower.clone()).unwrap_or_default();
        let bare = start == at && end == at + 1;
        let some = matches!(article.as_str(), "a" | "an");
        let recalled = RECALLED.contains(&noun.as_str()) && bare && !some || ALIKE.contains(&noun.as_str());
        let described =
            matches!(article.as_str(), "a" | "an") && self.token(end).is_some_and(|next| next.is("of"));
        if described {
            return None;
        }
        let others =
            article == "other" && matches!(noun.as_str(), "countries" | "groups" | "parties" | "companies");
        let start = if others { start - 1 } else { start };
        let words = self.written(start..end);
        let known = if kind == "person" { self.cast.titled(&words) } else { None };
        let known = known.or_else(|| recalled.then(|| self.recall(&noun, kind)).flatten());
        let actor = match known {
            Some(known) => known,
            None if bare
                && !others
                && (VAGUE.contains(&noun.as_str())
                    || some && !RECALLED.contains(&noun.as_str())
                    || article == "no") =>
            {
                return None;
            }
            None => {
                let name = capitalised(&words, start == self.inside.start);
                let by = if ALIKE.contains(&noun.as_str()) { noun.clone() } else { format!("|{words}") };
                self.cast.member(&by, &name, Some(kind))
            }
        };
        let end = self.complement(end, &noun);
        if ALIKE.contains(&noun.as_str()) {
            let written = self.written(start..end);
            self.cast.also(actor, &written);
        }
        if let Some(member) = self.cast.members.get_mut(actor).filter(|member| member.head.is_empty()) {
            member.head = noun;
        }
        Some((start, Found { end, actor: Some(actor), place: None }))
    }

    /// Where a noun ends with what it is against: "coalition against Islamic State".
    fn complement(&self, end: usize, noun: &str) -> usize {
        let against = self.token(end).is_some_and(|token| token.is("against"));
        if against && (ALIKE.contains(&noun) || noun == "alliance") {
            return self.known(end + 1).map_or(end, |(_, end)| end);
        }
        end
    }

    /// Whom a noun by itself means: the one that was named last with it, or that is of its kind.
    fn recall(&self, noun: &str, kind: &str) -> Option<usize> {
        let since =
            if kind == "organisation" || kind == "office" { 0 } else { self.sentence.saturating_sub(6) };
        self.cast.last_with_head(noun, since).or_else(|| {
            let company = matches!(noun, "company" | "firm");
            company
                .then(|| {
                    [
                        "corp",
                        "inc",
                        "ltd",
                        "systems",
                        "group",
                        "holdings",
                        "plc",
                        "company",
                        "technologies",
                        "industries",
                        "foods",
                        "works",
                    ]
                    .iter()
                    .filter_map(|head| self.cast.last_with_head(head, 0))
                    .max_by_key(|at| self.cast.members.get(*at).map(|m| m.seen))
                })
                .flatten()
        })
    }
}

/// The last word of a name, without "al-" before it.
pub(super) fn last_name(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or(name);
    last.strip_prefix("al-").or_else(|| last.strip_prefix("Al-")).unwrap_or(last)
}

/// Words as the name of somebody; the first word of a sentence has a capital that says nothing.
fn capitalised(words: &str, first: bool) -> String {
    let mut name = if first { words.to_lowercase() } else { words.to_owned() };
    if let Some(letter) = name.chars().next() {
        let upper: String = letter.to_uppercase().collect();
        name.replace_range(..letter.len_utf8(), &upper);
    }
    name.replace('_', " ")
}
