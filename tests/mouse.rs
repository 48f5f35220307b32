//! What the mouse does where it is given to the browser.

mod support;

use annals::app::effect::Effect;
use annals::app::mouse::Pointer::{self, Drag, Press, Release, WheelDown, WheelUp};
use annals::app::{Focus, Options};
use support::{Browser, built_in, today};

const SIZE: (u16, u16) = (120, 40);

/// A browser that has the mouse.
fn open(size: (u16, u16)) -> Browser {
    let options = Options { today: Some(today()), mouse: true, ..Options::default() };
    Browser::of(built_in(), options, size)
}

/// Where a text begins on the screen.
#[track_caller]
fn place(browser: &Browser, text: &str) -> (u16, u16) {
    let screen = browser.screen();
    for (row, line) in screen.lines().enumerate() {
        if let Some((before, _)) = line.split_once(text) {
            return (annals::text::width::width(before) as u16, row as u16);
        }
    }
    panic!("no {text} on\n{screen}");
}

fn click(browser: &mut Browser, at: (u16, u16)) {
    browser.mouse(Press, at).mouse(Release, at);
}

#[test]
fn it_is_the_terminals_until_a_key_takes_it() {
    let mut browser = Browser::open(SIZE);
    let before = browser.screen();
    for pointer in [Press, Drag, Release, WheelUp, WheelDown] {
        browser.mouse(pointer, (60, 20));
    }
    assert_eq!(browser.screen(), before);
    browser.keys("M");
    assert_eq!(browser.wanted(), [Effect::Mouse(true)]);
    assert!(browser.said().contains("with Shift it selects text"), "{}", browser.said());
    browser.keys("M");
    assert_eq!(browser.wanted(), [Effect::Mouse(false)]);
}

#[test]
fn a_click_goes_to_the_event_and_the_pane_gets_the_keys() {
    let mut browser = open(SIZE);
    let at = place(&browser, "late 2017           ░");
    click(&mut browser, at);
    assert_eq!(browser.app.focus, Focus::List);
    assert!(
        browser.app.lit().is_some_and(|row| row.entry.event.title.contains("defeats")),
        "{}",
        browser.lit()
    );
    let at = place(&browser, "When ");
    click(&mut browser, at);
    assert_eq!(browser.app.focus, Focus::Event);
    // A heading is no event, and keeps the lit one.
    let lit = browser.lit().to_owned();
    let (column, row) = place(&browser, "│2023");
    click(&mut browser, (column + 1, row));
    assert_eq!((browser.lit(), browser.app.focus), (lit.as_str(), Focus::List));
}

#[test]
fn a_click_on_a_box_ticks_it_and_one_beside_it_does_not() {
    let mut browser = open(SIZE);
    let (column, row) = place(&browser, "[ ]▸S·Islamic");
    click(&mut browser, (column + 8, row));
    assert_eq!((browser.app.focus, browser.app.filter.is_empty()), (Focus::Sidebar, true));
    click(&mut browser, (column + 1, row));
    assert_eq!(browser.app.filter.to_string(), "party:jihadist");
    click(&mut browser, (column + 3, row));
    assert!(browser.screen().contains("▾S·Islamic"), "{}", browser.screen());
}

#[test]
fn the_wheel_goes_through_what_is_under_it() {
    let mut browser = open(SIZE);
    let list = place(&browser, "late 2017");
    browser.mouse(WheelDown, list);
    assert_eq!(browser.app.rank, Some(4));
    browser.mouse(WheelUp, list);
    assert_eq!(browser.app.rank, Some(1));
    let pane = place(&browser, "When ");
    browser.mouse(WheelDown, pane);
    assert_eq!((browser.app.pane.scroll, browser.app.focus), (3, Focus::List));
    browser.mouse(WheelDown, place(&browser, "▸ Kinds"));
    assert_eq!(browser.app.sidebar.cursor, 3);
}

#[test]
fn the_wheel_over_the_strip_zooms_at_the_pointer() {
    let mut browser = open(SIZE);
    for cell in [3, 60, 110] {
        browser.keys("0");
        for _ in 0..2 {
            let before = browser.app.strip.axis.instant(cell).expect("a date");
            browser.mouse(WheelUp, (cell, 1));
            let view = browser.app.strip.view.expect("zoomed");
            assert!(view.first <= before && before <= view.last, "{cell}");
        }
        // Out, rung by rung, until all is shown again.
        for _ in 0..12 {
            browser.mouse(WheelDown, (cell, 1));
        }
        assert_eq!(browser.app.strip.view, None, "{cell}");
    }
}

#[test]
fn dragging_along_the_time_selects_what_begins_there() {
    for view in ["1", "2"] {
        let mut browser = open(SIZE);
        browser.keys(view);
        browser.mouse(Press, (60, 1)).mouse(Drag, (90, 1)).mouse(Drag, (119, 2));
        assert!(browser.screen().contains("════"), "{}", browser.screen());
        browser.mouse(Release, (119, 2));
        assert_eq!(browser.said(), "range selected");
        let selected = browser.app.selected.expect("a count").total();
        let all = browser.store.info().total;
        assert!(selected > 0 && selected < all, "{selected}");
        browser.keys("u");
        assert!(browser.app.selection.is_empty());
    }
}

#[test]
fn a_click_on_the_strip_goes_to_that_date() {
    let mut browser = open(SIZE);
    click(&mut browser, (119, 1));
    assert!(browser.app.rank > Some(20), "{:?}", browser.app.rank);
    click(&mut browser, (0, 1));
    assert_eq!(browser.app.rank, Some(1));
}

#[test]
fn lanes_are_clicked_by_name_and_by_event() {
    let mut browser = open((120, 120));
    browser.keys("2");
    let name = place(&browser, "S·Islamic State");
    click(&mut browser, name);
    let lane = browser.app.lanes.lane;
    assert!(lane > 0);
    assert!(browser.screen().contains("▾S·Islamic State"));
    click(&mut browser, name);
    assert!(browser.screen().contains("▸S·Islamic State"), "{}", browser.screen());
    assert_eq!(browser.app.lanes.lane, lane);
}

#[test]
fn a_click_in_the_source_goes_to_the_event_of_the_words() {
    let mut browser = open(SIZE);
    browser.keys("3 g");
    let first = browser.lit().to_owned();
    assert_eq!(browser.app.lit_passage(), Some(0));
    browser.keys("j j j");
    assert_ne!(browser.app.lit_passage(), Some(0));
    let (_, _, body) = browser.app.source_parts();
    // The first line of the text, below the number of its first passage.
    let (lines, ..) = browser.app.source_lines();
    let row = lines.iter().position(|line| line.mark != annals::app::source::Mark::None).expect("a passage");
    click(&mut browser, (body.x + 3, body.y + row as u16));
    assert_eq!(browser.app.lit_passage(), Some(0), "{}", browser.screen());
    assert_eq!(browser.app.focus, Focus::List);
    // Each click goes on to the next event of the same words.
    let all = browser.app.source.held.as_deref().expect("read").passages[0].events.len();
    let mut seen = std::collections::BTreeSet::from([browser.lit().to_owned()]);
    for _ in 0..all {
        click(&mut browser, (body.x + 3, body.y + row as u16));
        seen.insert(browser.lit().to_owned());
    }
    assert_eq!(seen.len(), all);
    assert!(seen.contains(&first));
}

const TWO: &str = r#"
[[documents]]
id = "one"
title = "The First"
[[documents]]
id = "two"
title = "The Second"
[[events]]
id = "a"
date = "2001"
title = "A"
sources = [{ document = "one", quote = "a" }, { document = "two", quote = "b" }]
"#;

#[test]
fn a_click_on_a_document_shows_it() {
    let options = Options { mouse: true, ..Options::default() };
    let mut browser = Browser::of(support::chronology(TWO), options, SIZE);
    browser.keys("3");
    let shown = browser.app.source.document;
    let second = place(&browser, "The Second");
    click(&mut browser, second);
    assert_ne!(browser.app.source.document, shown);
}

#[test]
fn a_menu_is_chosen_from() {
    let mut browser = open(SIZE);
    browser.keys("F");
    let (column, row) = place(&browser, "kind ");
    click(&mut browser, (column, row));
    assert!(browser.app.overlay.is_some());
    click(&mut browser, (column, row));
    assert!(browser.app.overlay.is_none());
    assert_eq!(browser.app.filter.to_string(), "kind:mission");
}

#[test]
fn anything_may_be_clicked_at_any_size() {
    let states = ["", "2", "3", "4", "5", "a", "F", "w", "?", ":", "C", "G enter", "f x"];
    for size in [(0, 0), (1, 1), (40, 12), (80, 24)] {
        for keys in states {
            let mut browser = open(size);
            browser.keys(keys);
            for at in [(0, 0), (0, 1), (5, 5), (39, 11), (79, 23), (u16::MAX, u16::MAX)] {
                let all: [Pointer; 7] = [WheelUp, Press, Drag, Drag, Release, WheelDown, Drag];
                for (step, pointer) in all.into_iter().enumerate() {
                    browser.mouse(pointer, (at.0.saturating_add(step as u16), at.1));
                    browser.draw();
                }
            }
        }
    }
}
