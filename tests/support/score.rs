//! How well a drafted chronology fits one that was made by hand from the same text. The rules are in `docs/draft.md`.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use annals::chronology::{Actor, Chronology, Event};
use annals::formats::{self, Collector};
use annals::text::fold::fold;
use annals::when::When;

/// Reads a chronology in TOML.
pub fn chronology(text: &str) -> Chronology {
    let mut collected = Collector::default();
    let read = formats::by_name("toml").and_then(|format| format.read).expect("TOML is read");
    read(&mut text.as_bytes(), &mut collected).expect("reading from memory does not fail");
    collected.chronology
}

/// What became of a drafted event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the event made by hand with this number.
    Is(usize),
    /// An event made by hand has its passage and its date, but it has not all main actors, or is told twice.
    Short,
    /// An event made by hand has its passage and its date, but others do it.
    WrongActor,
    /// An event made by hand has its passage, but another date.
    WrongDate,
    /// Nothing made by hand has its passage: the text does not hold it, or it is no event.
    Beside,
}

/// How each drafted event fits what was made by hand.
pub struct Score {
    /// For each event made by hand, the drafted one that it is.
    pub found: Vec<Option<usize>>,
    /// For each drafted event, what became of it.
    pub fits: Vec<Fit>,
}

impl Score {
    /// How many of those made by hand were found.
    pub fn hits(&self) -> usize {
        self.found.iter().flatten().count()
    }

    /// How many drafted events are wrong: of another date, done by others, or not in the text.
    pub fn wrong(&self) -> usize {
        self.fits.iter().filter(|fit| !matches!(fit, Fit::Is(_) | Fit::Short)).count()
    }
}

/// Compares two chronologies of one text; each drafted event is at most one of those made by hand, and the pairs are
/// chosen so that as many as possible are found.
pub fn score(gold: &Chronology, drafted: &Chronology) -> Score {
    let names = Names::new(gold, drafted);
    let fitting: Vec<Vec<usize>> = gold
        .events
        .iter()
        .map(|event| {
            let fits = |other: &Event| {
                same_passage(event, other)
                    && same_sort(event, other)
                    && same_date(event, other)
                    && names.has_main(event, other)
                    && !names.has_wrong(event, other)
            };
            let mut fitting: Vec<usize> =
                (0..drafted.events.len()).filter(|at| drafted.events.get(*at).is_some_and(fits)).collect();
            fitting.sort_by_key(|at| drafted.events.get(*at).is_none_or(|other| other.kind != event.kind));
            fitting
        })
        .collect();
    let mut owner: Vec<Option<usize>> = vec![None; drafted.events.len()];
    for event in 0..fitting.len() {
        pair(event, &fitting, &mut owner, &mut BTreeSet::new());
    }
    let mut found = vec![None; gold.events.len()];
    for (at, event) in owner.iter().enumerate() {
        if let Some(event) = event {
            found[*event] = Some(at);
        }
    }
    let fit = |(at, event): (usize, &Event)| {
        if let Some(known) = owner[at] {
            return Fit::Is(known);
        }
        let there: Vec<&Event> = gold.events.iter().filter(|known| same_passage(known, event)).collect();
        let dated: Vec<&&Event> = there.iter().filter(|known| same_date(known, event)).collect();
        match (there.is_empty(), dated.is_empty()) {
            (true, _) => Fit::Beside,
            (_, true) => Fit::WrongDate,
            _ if dated.iter().all(|known| names.has_wrong(known, event)) => Fit::WrongActor,
            _ => Fit::Short,
        }
    };
    let fits = drafted.events.iter().enumerate().map(fit).collect();
    Score { found, fits }
}

/// Gives an event made by hand a drafted one, where needed by giving those that have one another.
fn pair(
    event: usize,
    fitting: &[Vec<usize>],
    owner: &mut [Option<usize>],
    tried: &mut BTreeSet<usize>,
) -> bool {
    for at in &fitting[event] {
        if !tried.insert(*at) {
            continue;
        }
        if owner[*at].is_none_or(|other| pair(other, fitting, owner, tried)) {
            owner[*at] = Some(event);
            return true;
        }
    }
    false
}

/// Whether two events come from the same passage: at least half of the shorter of two is in the other.
fn same_passage(a: &Event, b: &Event) -> bool {
    let spans = |event: &Event| -> Vec<(u64, u64)> {
        event.sources.iter().filter_map(|source| Some((source.start?, source.end?))).collect()
    };
    spans(a).iter().any(|(from, to)| {
        spans(b).iter().any(|(other_from, other_to)| {
            let shared = to.min(other_to).saturating_sub(*from.max(other_from));
            let shorter = to.saturating_sub(*from).min(other_to.saturating_sub(*other_from));
            shared > 0 && shared * 2 >= shorter
        })
    })
}

/// Whether both or none of two events is a statement: what is said is another event than saying it. One made by hand
/// without a kind leaves that open.
fn same_sort(gold: &Event, drafted: &Event) -> bool {
    let statement = |event: &Event| event.kind.as_deref() == Some("statement");
    gold.kind.is_none() || statement(gold) == statement(drafted)
}

/// Whether two events are dated alike: both not at all, or within the same bounds.
fn same_date(a: &Event, b: &Event) -> bool {
    let date = |event: &Event| event.date.as_ref().and_then(|date| When::parse(date).ok());
    match (date(a), date(b)) {
        (None, None) => true,
        (Some(a), Some(b)) => a == b || a.bounds(None) == b.bounds(None),
        _ => false,
    }
}

/// What roles come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Those who do it.
    Doing,
    /// Those to whom it is done, or whom it is about.
    Done,
    /// Others who are named.
    Named,
}

fn side(role: Option<&str>) -> Side {
    match role {
        Some("agent" | "attacker" | "speaker" | "claimant" | "supporter" | "participant") => Side::Doing,
        Some("target" | "addressee" | "subject") => Side::Done,
        _ => Side::Named,
    }
}

/// Who is who in two chronologies, by name.
struct Names {
    gold: HashMap<String, Vec<String>>,
    drafted: HashMap<String, Vec<String>>,
    wholes: HashMap<String, String>,
}

impl Names {
    fn new(gold: &Chronology, drafted: &Chronology) -> Self {
        let list = |actors: &[Actor]| {
            let names = |actor: &Actor| {
                let all = std::iter::once(&actor.name).chain(&actor.aliases).map(|name| bare(name)).collect();
                (actor.id.clone(), all)
            };
            actors.iter().map(names).collect()
        };
        let wholes = gold.actors.iter().filter_map(|actor| Some((actor.id.clone(), actor.part_of.clone()?)));
        Self { gold: list(&gold.actors), drafted: list(&drafted.actors), wholes: wholes.collect() }
    }

    /// Whether a drafted event has the main actors of one made by hand, those in the role of the first that is named,
    /// on the same side.
    fn has_main(&self, event: &Event, drafted: &Event) -> bool {
        let Some(first) = event.actors.first() else { return true };
        let mut main = event.actors.iter().filter(|part| part.role == first.role);
        main.all(|part| {
            drafted.actors.iter().any(|other| {
                self.same(&part.id, &other.id) && side(part.role.as_deref()) == side(other.role.as_deref())
            })
        })
    }

    /// Whether a drafted event has somebody do it who does not in the one made by hand, and who is no part or whole of
    /// one who does.
    fn has_wrong(&self, event: &Event, drafted: &Event) -> bool {
        let doing = drafted.actors.iter().filter(|part| side(part.role.as_deref()) == Side::Doing);
        let mut wrong = doing.map(|part| {
            !event.actors.iter().any(|known| {
                let whole = self.wholes.get(&known.id);
                let mut near =
                    self.wholes.iter().filter(|(_, whole)| **whole == known.id).map(|(part, _)| part);
                side(known.role.as_deref()) == Side::Doing
                    && (self.same(&known.id, &part.id)
                        || whole.is_some_and(|whole| self.same(whole, &part.id))
                        || near.any(|other| self.same(other, &part.id)))
            })
        });
        wrong.any(|wrong| wrong)
    }

    fn same(&self, gold: &str, drafted: &str) -> bool {
        let (Some(known), Some(other)) = (self.gold.get(gold), self.drafted.get(drafted)) else {
            return false;
        };
        known.iter().any(|name| other.contains(name))
    }
}

/// A name for comparison: folded, without the article and the number that it begins with. What describes a noun behind
/// it ("other countries in the United Nations") does not count; in a proper name it does ("Bank of England").
fn bare(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let proper = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let described = words.iter().enumerate().skip(2).find(|(at, word)| {
        matches!(**word, "of" | "in" | "against") && !words.get(at - 1).is_some_and(proper)
    });
    let words = words.get(..described.map_or(words.len(), |(at, _)| at)).unwrap_or_default();
    let words = words.iter().map(|word| fold(word));
    let words = words.skip_while(|word| matches!(word.as_str(), "the" | "a" | "an" | "two" | "three"));
    words.collect::<Vec<_>>().join(" ")
}

/// An event in a line.
fn line(event: &Event) -> String {
    let actors: Vec<String> = event
        .actors
        .iter()
        .map(|part| format!("{}@{}", part.id, part.role.as_deref().unwrap_or_default()))
        .collect();
    format!(
        "{:<24} {:<12} {} [{}]",
        event.date.as_deref().unwrap_or("undated"),
        event.kind.as_deref().unwrap_or("-"),
        event.title,
        actors.join(" ")
    )
}

/// What was found and what not, for people.
pub fn report(gold: &Chronology, drafted: &Chronology) -> String {
    let score = score(gold, drafted);
    let mut text = String::from("Missed:\n");
    let missed = gold.events.iter().zip(&score.found).filter(|(_, found)| found.is_none());
    for (event, _) in missed {
        let _ = writeln!(text, "  {}", line(event));
    }
    let sorts = [
        (Fit::Beside, "like no event made by hand"),
        (Fit::WrongDate, "of another date"),
        (Fit::WrongActor, "done by others"),
        (Fit::Short, "in the text, but without all main actors, or told twice"),
    ];
    for (sort, words) in sorts {
        let of_it = drafted.events.iter().zip(&score.fits).filter(|(_, fit)| **fit == sort);
        let lines: Vec<String> = of_it.map(|(event, _)| format!("  {}\n", line(event))).collect();
        if !lines.is_empty() {
            let _ = write!(text, "Drafted, {words}:\n{}", lines.concat());
        }
    }
    let kinds = gold.events.iter().zip(&score.found).filter(|(event, found)| {
        found.and_then(|at| drafted.events.get(at)).is_some_and(|other| other.kind == event.kind)
    });
    let _ = writeln!(
        text,
        "{} of {} events found with date and main actors, {} of them with their kind; {} drafted, {} of them wrong.",
        score.hits(),
        gold.events.len(),
        kinds.count(),
        drafted.events.len(),
        score.wrong()
    );
    text
}

/// The events that a text is expected to tell, one a line: `date | kind | actors | words of the passage`, with actors
/// as `name@role, name@role`. An empty date is an undated event.
pub fn expected(lines: &str, text: &str) -> Chronology {
    let mut gold = Chronology::default();
    for line in lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [date, kind, actors, words] = parts.as_slice() else { panic!("not four parts: {line}") };
        let at = text.find(words).unwrap_or_else(|| panic!("not in the text: {words}"));
        let start = text.char_indices().take_while(|(byte, _)| *byte < at).count() as u64;
        let mut event = Event {
            id: format!("event-{}", gold.events.len()),
            date: Some((*date).to_owned()).filter(|date| !date.is_empty()),
            title: (*words).to_owned(),
            kind: Some((*kind).to_owned()).filter(|kind| !kind.is_empty()),
            ..Event::default()
        };
        event.sources.push(annals::chronology::Source {
            start: Some(start),
            end: Some(start + words.chars().count() as u64),
            ..annals::chronology::Source::default()
        });
        for actor in actors.split(',').map(str::trim).filter(|actor| !actor.is_empty()) {
            let (name, role) = actor.split_once('@').unwrap_or_else(|| panic!("no role: {actor}"));
            if !gold.actors.iter().any(|known| known.id == name) {
                gold.actors.push(Actor { id: name.to_owned(), name: name.to_owned(), ..Actor::default() });
            }
            event.actors.push(annals::chronology::Participation {
                id: name.to_owned(),
                role: Some(role.to_owned()),
                ..annals::chronology::Participation::default()
            });
        }
        gold.events.push(event);
    }
    gold
}
