//! How well drafts fit what a reader made of the same articles.

#[path = "support/score.rs"]
mod score;

use std::fs;
use std::path::Path;

use annals::chronology::{Chronology, Document};
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
fn nine_of_ten_events_of_the_built_in_chronology_are_found_and_none_is_wrong() {
    let gold = score::chronology(&read("assets/iraq-coalition-talks.toml"));
    let draft = drafted("seeds/000_c36e707fd56555f2.txt", Some("2024-01-27"));
    let score = score::score(&gold, &draft);
    assert!(score.hits() * 10 >= gold.events.len() * 9, "{}", score::report(&gold, &draft));
    assert_eq!(score.wrong(), 0, "{}", score::report(&gold, &draft));
}

/// Of the events that an article of another kind tells, at least this many of a hundred are found, and of those
/// drafted at most so many of a hundred are wrong.
#[track_caller]
fn tells_most(name: &str, least: usize, wrong: usize) {
    let path = format!("tests/data/draft/{name}.txt");
    let text = read(&path);
    let day = published(&text).map(|(day, _)| day);
    let draft = drafted(&path, day.as_ref().map(When::as_edtf));
    let gold = score::expected(&read(&format!("tests/data/draft/{name}.events")), &text);
    let score = score::score(&gold, &draft);
    assert!(score.hits() * 100 >= gold.events.len() * least, "{}", score::report(&gold, &draft));
    assert!(score.wrong() * 100 <= draft.events.len() * wrong, "{}", score::report(&gold, &draft));
}

#[test]
fn articles_of_other_kinds_are_told() {
    for name in ["court", "company", "flood", "battle", "election", "mission", "obituary", "treaty"] {
        tells_most(name, 88, 5);
    }
    // A strike has much that no word says when; the first sentence on the crash is dated by those behind it.
    tells_most("strike", 80, 5);
    tells_most("crash", 80, 10);
}
