//! The source view as a reader uses it: keys, and what follows.

mod support;

use std::sync::Arc;

use annals::app::source::{Line, Mark};
use annals::app::{Focus, Options, View};
use annals::store::Store;
use support::{Browser, store_of};

const SIZE: (u16, u16) = (120, 40);

/// Two documents with texts, and one whose text is nowhere. Events lie over each other, share a passage, and stand in
/// two documents.
const TOML: &str = r#"
[[actors]]
id = "rose"
name = "Rose Marten"
aliases = ["RM"]
[[documents]]
id = "first"
title = "The first report"
published = "2024-01-27"
path = "first.txt"
[[documents]]
id = "second"
title = "The second report"
path = "second.txt"
[[documents]]
id = "lost"
title = "The lost report"
publisher = "Somebody"
published = "2020"
url = "https://example.org/lost"
path = "lost.txt"
[[events]]
id = "c"
date = "2003"
title = "C"
sources = [{ document = "first", quote = "a treaty was signed" }]
[[events]]
id = "a"
date = "2001"
title = "A"
kind = "talks"
sources = [{ document = "first", quote = "In 2001 the talks began and a treaty was signed" }]
[[events]]
id = "b"
date = "2002"
title = "B"
sources = [{ document = "first", quote = "a treaty was signed" }, { document = "second", quote = "the treaty" }]
[[events]]
id = "d"
date = "2004"
title = "D"
sources = [{ document = "lost", quote = "Nobody came" }]
[[events]]
id = "e"
date = "2005"
title = "E"
sources = [{ document = "first", quote = "words that are not there" }]
"#;
const FIRST: &str = "A heading\n\nIn 2001 the talks began and a treaty was signed. ROSE MARTEN was there, rm said, \
                     on Thursday.\n\u{1b}[31mThe end\u{202e}\n";
const SECOND: &str = "Of the treaty nothing is known.\n";

fn store() -> Arc<dyn Store> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("first.txt"), FIRST).expect("written");
    std::fs::write(folder.path().join("second.txt"), SECOND).expect("written");
    let path = folder.path().join("test.toml");
    std::fs::write(&path, TOML).expect("written");
    let whole = annals::sources::open(&[path.into_os_string()], None).expect("the chronology opens");
    store_of(whole.resolved, whole.title, whole.summary)
}

fn open() -> Browser {
    let mut browser = Browser::of(store(), Options::default(), SIZE);
    browser.keys("3");
    browser
}

/// The words on screen that are marked so.
fn marked(browser: &Browser, mark: Mark) -> String {
    let (lines, ..) = browser.app.source_lines();
    let of_line = |line: &Line| -> String {
        let pieces = line.pieces.iter().filter(|piece| piece.mark == mark && !piece.number);
        pieces.map(|piece| piece.text.as_str()).collect()
    };
    let marked: Vec<String> = lines.iter().map(of_line).filter(|text| !text.is_empty()).collect();
    marked.join(" ")
}

#[test]
fn the_cursor_goes_from_passage_to_passage_and_event_to_event() {
    let mut browser = open();
    assert_eq!(
        (browser.lit(), marked(&browser, Mark::Lit).as_str()),
        ("a", "In 2001 the talks began and a treaty was signed")
    );
    browser.keys("j");
    assert_eq!((browser.lit(), marked(&browser, Mark::Lit).as_str()), ("b", "a treaty was signed"));
    browser.keys("j");
    assert_eq!(browser.lit(), "c", "the second event of the same passage");
    browser.keys("j");
    assert!(browser.said().contains("last passage"), "{}", browser.said());
    browser.keys("k k k");
    assert_eq!(browser.lit(), "a");
    assert!(browser.said().contains("first passage"), "{}", browser.said());
    browser.keys("G");
    assert_eq!(browser.lit(), "c");
    assert!(browser.screen().contains("1 without a passage"), "{}", browser.screen());
}

#[test]
fn the_passage_of_the_cursor_is_shown_from_wherever_it_comes() {
    let mut browser = open();
    browser.keys("1 G k 3");
    assert_eq!((browser.lit(), browser.app.view), ("d", View::Source));
    let screen = browser.screen();
    assert!(
        screen.contains("Its text was not found") && screen.contains("https://example.org/lost"),
        "{screen}"
    );
    assert_eq!(marked(&browser, Mark::Lit), "Nobody came");
    browser.keys("t").typed("2002").keys("enter");
    assert_eq!((browser.lit(), marked(&browser, Mark::Lit).as_str()), ("b", "a treaty was signed"));
    // Its second source is in another document; the cursor stays.
    browser.keys("]");
    assert_eq!((browser.lit(), marked(&browser, Mark::Lit).as_str()), ("b", "the treaty"));
    browser.keys("[ [");
    assert!(browser.said().contains("first document"), "{}", browser.said());
    assert_eq!(browser.lit(), "b");
    browser.keys("] ] j");
    assert_eq!(browser.lit(), "d", "into the third document from an event that is not in it");
    browser.keys("enter esc");
    assert_eq!((browser.app.focus, browser.app.view), (Focus::List, View::Source));
}

#[test]
fn what_the_filter_hides_is_dim_and_passed_over() {
    let mut browser = open();
    browser.keys("f").typed("-id:b").keys("enter");
    browser.keys("g j");
    assert_eq!(browser.lit(), "c", "of the two events of the passage the one that is shown");
    browser.keys("f").typed("id:a").keys("enter");
    assert_eq!(marked(&browser, Mark::Lit), "In 2001 the talks began and a treaty was signed");
    browser.keys("c f").typed("id:c").keys("enter");
    assert_eq!(marked(&browser, Mark::Hidden), "In 2001 the talks began and ");
    browser.keys("j");
    assert!(browser.said().contains("last passage"), "{}", browser.said());
    // The counts are those of the filter, a filter by document included.
    browser.keys("c f").typed("document:second").keys("enter");
    let counts: Vec<u64> =
        browser.app.documents().iter().map(|listed| listed.count.expect("counted").total()).collect();
    assert_eq!(counts, [1, 1, 0]);
}

#[test]
fn times_and_names_are_marked_and_hostile_text_is_made_visible() {
    let browser = open();
    let (lines, ..) = browser.app.source_lines();
    let known: Vec<String> = lines
        .iter()
        .flat_map(|line| &line.pieces)
        .filter(|piece| piece.known)
        .map(|piece| piece.text.clone())
        .collect();
    assert_eq!(known, ["2001", "ROSE MARTEN", "Thursday"]);
    assert!(browser.screen().contains("␛[31mThe end<U+202E>"), "{}", browser.screen());
    assert!(!browser.screen().contains('\u{1b}'));
}

#[test]
fn a_long_text_is_scrolled_and_followed() {
    let mut text = String::new();
    for number in 0..20_000 {
        text.push_str(&format!("Line {number} of a long report.\n"));
    }
    let events: String = [10, 15_000].iter().fold(String::new(), |toml, number| {
        toml + &format!(
            "[[events]]\nid = \"e{number}\"\ndate = \"{}\"\ntitle = \"E\"\nsources = [{{ document = \"d\", quote = \"Line {number} of\" }}]\n",
            1000 + number / 10
        )
    });
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("d.txt"), text).expect("written");
    let path = folder.path().join("test.toml");
    std::fs::write(&path, format!("[[documents]]\nid = \"d\"\npath = \"d.txt\"\n{events}")).expect("written");
    let whole = annals::sources::open(&[path.into_os_string()], None).expect("the chronology opens");
    let mut browser =
        Browser::of(store_of(whole.resolved, whole.title, whole.summary), Options::default(), SIZE);
    browser.keys("3");
    assert!(browser.screen().contains("¹Line 10 of a long"), "{}", browser.screen());
    browser.keys("j");
    assert!(browser.screen().contains("²Line 15000 of a long"), "{}", browser.screen());
    browser.keys("pgdn pgdn");
    assert!(!browser.screen().contains("Line 15001 "), "{}", browser.screen());
    browser.keys("k");
    assert!(browser.screen().contains("¹Line 10 of a long"), "{}", browser.screen());
    for _ in 0..3 {
        browser.keys("pgup ctrl-u");
    }
    assert!(browser.screen().contains("Line 0 of"), "{}", browser.screen());
    browser.resize((40, 12)).keys("j");
    assert!(browser.screen().contains("²Line 15000"), "{}", browser.screen());
}

#[test]
fn without_documents_it_says_so() {
    let toml = "[[events]]\nid = \"a\"\ndate = \"2001\"\ntitle = \"A\"\n";
    let mut browser = Browser::of(support::chronology(toml), Options::default(), SIZE);
    browser.keys("3");
    assert!(browser.screen().contains("Nothing here names a document"), "{}", browser.screen());
    browser.keys("j k ] [ g G pgdn pgup");
    browser.keys("enter esc 1");
    assert_eq!(browser.lit(), "a");
}

#[test]
fn every_quote_of_the_built_in_chronology_has_its_passage() {
    let mut browser = Browser::of(support::built_in(), Options::default(), (200, 50));
    browser.keys("3");
    let held = browser.app.source.held.clone().expect("read");
    assert_eq!(held.unplaced, 0);
    let mut events: Vec<_> =
        held.passages.iter().flat_map(|passage| &passage.events).map(|(key, _)| *key).collect();
    events.sort_unstable();
    events.dedup();
    assert_eq!(events.len() as u64, browser.store.info().total);
    // Every event is gone to, whatever the order of the text.
    browser.keys("g");
    let mut seen = std::collections::HashSet::from([browser.lit().to_owned()]);
    for _ in 0..events.len() * 3 {
        browser.keys("j");
        seen.insert(browser.lit().to_owned());
    }
    assert_eq!(seen.len(), events.len());
}

#[test]
fn the_document_stays_when_the_sources_are_read_again() {
    let toml = |first: &str| {
        format!(
            "{first}[[documents]]\nid = \"kept\"\ntitle = \"The one that stays\"\n[[events]]\nid = \"a\"\n\
             date = \"2001\"\ntitle = \"A\"\nsources = [{{ document = \"kept\", quote = \"Words\" }}]\n"
        )
    };
    let two = toml("[[documents]]\nid = \"gone\"\ntitle = \"The one that goes\"\n");
    let mut browser = Browser::of(support::chronology(&two), Options::default(), SIZE);
    browser.keys("3").reread(support::chronology(&toml("")), &[]);
    assert!(browser.screen().contains("The one that stays"), "{}", browser.screen());
    assert_eq!(marked(&browser, Mark::Lit), "Words");
    let mut browser = Browser::of(support::chronology(&two), Options::default(), SIZE);
    browser.keys("3 [").reread(support::chronology(&toml("")), &[]);
    assert!(!browser.screen().contains("The one that goes"), "{}", browser.screen());
}
