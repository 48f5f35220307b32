//! How well a drafted chronology fits one that was made by hand.

use std::collections::{BTreeSet, HashMap};

use annals::chronology::{Chronology, Event};
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

/// The events of one found in another: for each its place there, and the drafted ones that fit none.
pub struct Score {
    /// For each event made by hand, the drafted one with the same date and the main actors.
    pub found: Vec<Option<usize>>,
    /// For each event made by hand that was not found, the drafted one that shares most of its words.
    pub nearest: Vec<Option<usize>>,
    /// Drafted events that share no passage with one made by hand.
    pub beside: Vec<usize>,
}

/// Compares two chronologies of one text. An event is found where a drafted one comes from an overlapping passage,
/// has the same date (the same bounds) and all main actors: those in the role of the first that is named. Each drafted
/// event counts for one.
pub fn score(gold: &Chronology, drafted: &Chronology) -> Score {
    let names = Names::new(gold, drafted);
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    let mut nearest = Vec::new();
    for event in &gold.events {
        let mut fits: Vec<(usize, usize)> = drafted
            .events
            .iter()
            .enumerate()
            .filter(|(at, _)| !taken.contains(at))
            .map(|(at, other)| (overlap(event, other) * if event.kind == other.kind { 2 } else { 1 }, at))
            .filter(|(shared, _)| *shared > 0)
            .collect();
        fits.sort_by_key(|(shared, at)| (std::cmp::Reverse(*shared), *at));
        nearest.push(fits.first().map(|(_, at)| *at));
        let hit = fits.iter().map(|(_, at)| *at).find(|at| {
            drafted
                .events
                .get(*at)
                .is_some_and(|other| same_date(event, other) && names.has_main(event, other))
        });
        taken.extend(hit);
        found.push(hit);
    }
    let beside = drafted.events.iter().enumerate().filter(|(_, event)| {
        !gold.events.iter().any(|known| overlap(known, event) > 0 && same_date(known, event))
    });
    Score { found, nearest, beside: beside.map(|(at, _)| at).collect() }
}

/// How many characters the passages of two events share.
fn overlap(a: &Event, b: &Event) -> usize {
    let spans = |event: &Event| -> Vec<(u64, u64)> {
        event.sources.iter().filter_map(|source| Some((source.start?, source.end?))).collect()
    };
    let mut shared = 0;
    for (from, to) in spans(a) {
        for (other_from, other_to) in spans(b) {
            shared += to.min(other_to).saturating_sub(from.max(other_from)) as usize;
        }
    }
    shared
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

/// Who is who in two chronologies, by name.
struct Names<'a> {
    gold: HashMap<&'a str, Vec<String>>,
    wholes: HashMap<&'a str, &'a str>,
    drafted: HashMap<&'a str, Vec<String>>,
}

impl<'a> Names<'a> {
    fn new(gold: &'a Chronology, drafted: &'a Chronology) -> Self {
        let list = |chronology: &'a Chronology| {
            let names = |actor: &'a annals::chronology::Actor| {
                let all = std::iter::once(&actor.name).chain(&actor.aliases).map(|name| bare(name)).collect();
                (actor.id.as_str(), all)
            };
            chronology.actors.iter().map(names).collect()
        };
        let wholes =
            gold.actors.iter().filter_map(|actor| Some((actor.id.as_str(), actor.part_of.as_deref()?)));
        Self { gold: list(gold), wholes: wholes.collect(), drafted: list(drafted) }
    }

    /// Whether a drafted event has the main actors of one made by hand.
    fn has_main(&self, event: &Event, drafted: &Event) -> bool {
        let Some(first) = event.actors.first() else { return true };
        let voices = drafted.sources.iter().filter_map(|source| source.according_to.as_deref());
        let there: Vec<&str> = drafted.actors.iter().map(|part| part.id.as_str()).chain(voices).collect();
        let main = event.actors.iter().filter(|part| part.role == first.role);
        let mut main = main.map(|part| there.iter().any(|other| self.same(&part.id, other)));
        main.all(|there| there)
    }

    /// Whether a drafted actor is one made by hand, or a part of it.
    fn same(&self, gold: &str, drafted: &str) -> bool {
        let Some(other) = self.drafted.get(drafted) else { return false };
        self.gold.iter().any(|(id, names)| {
            let mut whole = Some(*id);
            let mut part = false;
            for _ in 0..8 {
                part |= whole == Some(gold);
                whole = whole.and_then(|id| self.wholes.get(id).copied());
            }
            let begins = |name: &String| {
                other.iter().any(|other| other.contains(' ') && name.starts_with(other.as_str()))
            };
            part && names.iter().any(|name| other.contains(name) || begins(name))
        })
    }
}

/// A name for comparison: folded, without article and number.
fn bare(name: &str) -> String {
    let name = fold(name);
    let words = name
        .split(' ')
        .filter(|word| !matches!(*word, "the" | "three" | "two" | "a" | "specialized" | "of" | "iraq's"));
    words.map(|word| word.trim_end_matches('s')).collect::<Vec<_>>().join(" ")
}

/// What was found and what not, for people.
pub fn report(gold: &Chronology, drafted: &Chronology) -> String {
    let score = score(gold, drafted);
    let mut text = String::new();
    let line = |event: &Event| {
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
    };
    text += "Missed:\n";
    for ((event, found), near) in gold.events.iter().zip(&score.found).zip(&score.nearest) {
        if found.is_none() {
            text += &format!("  made by hand {}\n", line(event));
            if let Some(near) = near.and_then(|at| drafted.events.get(at)) {
                text += &format!("       nearest {}\n", line(near));
            }
        }
    }
    text += "Drafted, but like no event made by hand:\n";
    for at in &score.beside {
        if let Some(event) = drafted.events.get(*at) {
            text += &format!("  {}\n", line(event));
        }
    }
    let found = score.found.iter().flatten().count();
    text += &format!(
        "{found} of {} events found with date and main actors; {} drafted, {} of them like none.\n",
        gold.events.len(),
        drafted.events.len(),
        score.beside.len()
    );
    text
}
