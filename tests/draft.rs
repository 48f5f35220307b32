//! How well drafts fit what a reader made of the same articles.

#[path = "support/score.rs"]
mod score;

use std::fs;
use std::path::Path;

use annals::chronology::{Chronology, Document, Source};
use annals::draft::{Actors, Article, draft};
use annals::text::timex::published;
use annals::when::When;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
}

fn drafted(path: &str, published: Option<&str>) -> Chronology {
    let document =
        Document { id: "article".into(), published: published.map(str::to_owned), ..Document::default() };
    draft(&[Article { document, text: read(path) }], &Actors::default())
}

#[test]
fn nine_of_ten_events_of_the_built_in_chronology_are_found_and_none_beside_them() {
    let gold = score::chronology(&read("assets/iraq-coalition-talks.toml"));
    let draft = drafted("seeds/000_c36e707fd56555f2.txt", Some("2024-01-27"));
    let score = score::score(&gold, &draft);
    let found = score.found.iter().flatten().count();
    assert!(found * 10 >= gold.events.len() * 9, "{}", score::report(&gold, &draft));
    assert!(score.beside.is_empty(), "{}", score::report(&gold, &draft));
}

/// A line of what an article is expected to tell: date, kind, actors, words of the passage; empty ones are not asked
/// for.
struct Expected {
    date: String,
    kind: String,
    actors: Vec<String>,
    words: String,
}

fn expected(path: &str) -> Vec<Expected> {
    let lines = read(path);
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    let expected = lines.map(|line| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [date, kind, actors, words] = parts.as_slice() else { panic!("{line}") };
        let actors = actors.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        Expected {
            date: (*date).into(),
            kind: (*kind).into(),
            actors: actors.collect(),
            words: (*words).into(),
        }
    });
    expected.collect()
}

/// Whether one of the events is the one expected.
fn tells(draft: &Chronology, expected: &Expected) -> bool {
    let bounds = |date: &str| When::parse(date).expect("a date").bounds(None);
    draft.events.iter().any(|event| {
        let there =
            |source: &Source| source.quote.as_ref().is_some_and(|quote| quote.contains(&expected.words));
        let dated = event.date.as_deref().is_some_and(|date| bounds(date) == bounds(&expected.date));
        let kind = expected.kind.is_empty() || event.kind.as_ref() == Some(&expected.kind);
        let voices = event.sources.iter().filter_map(|source| source.according_to.as_deref());
        let ids: Vec<&str> = event.actors.iter().map(|part| part.id.as_str()).chain(voices).collect();
        let named = |name: &String| {
            draft.actors.iter().any(|actor| ids.contains(&actor.id.as_str()) && actor.name == *name)
        };
        event.sources.iter().any(there) && dated && kind && expected.actors.iter().all(named)
    })
}

/// Of the events that an article of another kind tells, at least this many of a hundred are found.
#[track_caller]
fn tells_most(name: &str, least: usize) {
    let path = format!("tests/data/draft/{name}.txt");
    let day = published(&read(&path)).map(|(day, _)| day);
    let draft = drafted(&path, day.as_ref().map(When::as_edtf));
    let expected = expected(&format!("tests/data/draft/{name}.events"));
    let missed: Vec<String> = expected
        .iter()
        .filter(|one| !tells(&draft, one))
        .map(|one| format!("{} {} {}: {}", one.date, one.kind, one.actors.join(", "), one.words))
        .collect();
    let found = expected.len() - missed.len();
    let all: Vec<String> = draft
        .events
        .iter()
        .map(|event| {
            let actors: Vec<String> = event
                .actors
                .iter()
                .map(|part| format!("{}@{}", part.id, part.role.as_deref().unwrap_or_default()))
                .collect();
            format!(
                "{} {} {} [{}]",
                event.date.as_deref().unwrap_or("undated"),
                event.kind.as_deref().unwrap_or("-"),
                event.title,
                actors.join(" ")
            )
        })
        .collect();
    println!(
        "{name}: {found} of {} found, {} drafted\nmissed:\n  {}\ndrafted:\n  {}",
        expected.len(),
        draft.events.len(),
        missed.join("\n  "),
        all.join("\n  ")
    );
    assert!(
        found * 100 >= expected.len() * least,
        "{name}: {found} of {}; missed:\n{}",
        expected.len(),
        missed.join("\n")
    );
}

#[test]
fn a_court_case_is_told() {
    tells_most("court", 90);
}

#[test]
fn a_company_is_told() {
    tells_most("company", 90);
}

#[test]
fn a_flood_is_told() {
    tells_most("flood", 90);
}

#[test]
fn a_battle_is_told() {
    tells_most("battle", 90);
}
