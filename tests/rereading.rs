//! Sources that were edited while they were shown: cursor, filter, selection and zoom stay.

mod support;

use annals::app::Options;
use support::{Browser, chronology};

const SIZE: (u16, u16) = (100, 24);
const LAYER: &str = "test";

/// Events, each of a day of January 1815, by the ids and the days.
fn events(days: &[(&str, u8)]) -> String {
    let event = |(id, day): &(&str, u8)| {
        format!(
            "[[events]]\nid = \"{id}\"\ndate = \"1815-01-{day:02}\"\ntitle = \"Event {id}\"\nkind = \"talks\"\n"
        )
    };
    days.iter().map(event).collect::<Vec<_>>().join("\n")
}

fn browser(toml: &str) -> Browser {
    Browser::of(chronology(toml), Options::default(), SIZE)
}

fn selected(browser: &Browser) -> u64 {
    browser.app.selected.map_or(0, annals::store::Count::total)
}

#[test]
fn the_cursor_stays_on_its_event_wherever_that_stands_now() {
    let mut browser = browser(&events(&[("a", 1), ("b", 2), ("c", 3)]));
    browser.keys("j");
    assert_eq!(browser.lit(), "b");
    browser.reread(
        chronology(&events(&[("new", 1), ("a", 1), ("c", 3), ("b", 4)])),
        &[(LAYER, "new"), (LAYER, "b")],
    );
    assert_eq!((browser.lit(), browser.app.rank), ("b", Some(4)));
    // It is gone: what stands nearest to its date is lit.
    browser.reread(chronology(&events(&[("a", 1), ("c", 3)])), &[]);
    assert_eq!((browser.lit(), browser.app.rank), ("c", Some(2)));
}

#[test]
fn a_selection_holds_the_same_events_and_undo_goes_on() {
    let days = [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)];
    let mut browser = browser(&events(&days));
    browser.keys("space j j v j v");
    assert_eq!(selected(&browser), 3);
    browser.keys("f").typed("kind:talks").keys("enter");
    // In front of all others, so that every place is another one; b is gone.
    browser.reread(chronology(&events(&[("x", 1), ("y", 1), ("a", 1), ("c", 3), ("d", 4), ("e", 5)])), &[]);
    assert_eq!(selected(&browser), 3);
    assert_eq!(browser.app.filter.to_string(), "kind:talks");
    browser.keys("g j j");
    assert_eq!(browser.lit(), "a");
    let row = |id: &str| {
        let rows = &browser.app.rows.rows;
        rows.iter().find(|row| row.entry.event.id == id).expect("it is there").key
    };
    let keys = browser.app.selected_keys();
    assert_eq!(
        ["x", "y", "a", "c", "d", "e"].map(|id| keys.contains(row(id))),
        [false, false, true, true, true, false]
    );
    browser.keys("u u");
    assert_eq!((browser.app.filter.to_string().as_str(), selected(&browser)), ("", 1));
    browser.keys("U U");
    assert_eq!((browser.app.filter.to_string().as_str(), selected(&browser)), ("kind:talks", 3));
}

#[test]
fn what_changed_is_marked_and_found() {
    let mut browser = browser(&events(&[("a", 1), ("b", 2)]));
    assert!(!browser.screen().contains('Δ'));
    browser.reread(chronology(&events(&[("a", 1), ("b", 3)])), &[(LAYER, "b")]);
    let screen = browser.screen();
    let line =
        |id: &str| screen.lines().find(|line| line.contains(&format!("Event {id}"))).unwrap_or_default();
    assert!(line("b").contains('Δ') && !line("a").contains('Δ'), "{screen}");
    browser.keys("f").typed("is:changed").keys("enter");
    assert_eq!((browser.lit(), browser.app.rank), ("b", Some(1)));
    assert!(browser.screen().contains("changed since it was opened"), "{}", browser.screen());
    // What is changed back is no longer changed.
    browser.reread(chronology(&events(&[("a", 1), ("b", 2)])), &[]);
    assert!(browser.screen().contains("No event fits this filter"), "{}", browser.screen());
}

#[test]
fn a_zoomed_stretch_stays() {
    let mut browser = browser(&events(&[("a", 1), ("b", 2), ("c", 28)]));
    browser.keys("+ +");
    let view = browser.app.strip.view;
    assert!(view.is_some());
    browser.reread(chronology(&events(&[("a", 1), ("b", 2), ("c", 28), ("d", 30)])), &[]);
    assert_eq!(browser.app.strip.view, view);
}

#[test]
fn names_that_are_gone_are_not_looked_up() {
    let toml = |actors: &str| {
        format!(
            "{actors}[[events]]\nid = \"a\"\ndate = \"1815\"\ntitle = \"A\"\nactors = [{{ id = \"second\" }}]\n"
        )
    };
    let two =
        "[[actors]]\nid = \"first\"\nname = \"First\"\n[[actors]]\nid = \"second\"\nname = \"Second\"\n";
    let one = "[[actors]]\nid = \"second\"\nname = \"Second of all\"\n";
    for key in ["1", "2", "3", "F", "C", "w", "a", "l"] {
        let mut browser = browser(&toml(two));
        browser.keys(key).reread(chronology(&toml(one)), &[]);
        assert!(browser.screen().lines().count() > 1);
        browser.keys("esc esc esc 1");
        assert!(browser.screen().contains("Second of all"), "{key}: {}", browser.screen());
    }
}

#[test]
fn what_cannot_be_read_is_said_until_it_can() {
    let mut browser = browser(&events(&[("a", 1)]));
    browser.app.cannot_reread("no date (mine.toml:3)");
    browser.keys("j");
    assert!(browser.screen().contains("still showing what was read before: no date (mine.toml:3)"));
    assert!(browser.screen().contains("Event a"));
    browser.reread(chronology(&events(&[("a", 1), ("b", 2)])), &[]);
    assert!(!browser.screen().contains("still showing"));
}
