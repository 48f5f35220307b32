//! The lanes as a reader uses them: keys, and what follows.

mod support;

use annals::app::lanes::{Held, Lane};
use annals::app::{Focus, Options, View};
use annals::query::Dimension;
use annals::store::Count;
use support::{Browser, built_in, chronology};

const SIZE: (u16, u16) = (120, 40);

/// Two parties, an actor without one, an event with nobody, one that only mentions somebody, and three at one time.
const TOML: &str = r#"
[[parties]]
id = "reds"
name = "Reds"
[[parties]]
id = "blues"
name = "Blues"
[[actors]]
id = "rose"
name = "Rose"
party = "reds"
[[actors]]
id = "ruby"
name = "Ruby"
party = "reds"
[[actors]]
id = "sky"
name = "Sky"
party = "blues"
[[actors]]
id = "loner"
name = "Loner"
[[events]]
id = "one"
date = "2001-05-01"
title = "Rose and Sky meet"
actors = [{ id = "rose" }, { id = "sky" }]
kind = "meeting"
[[events]]
id = "two"
date = "2003/2005"
title = "Ruby rules"
actors = [{ id = "ruby" }]
[[events]]
id = "three"
date = "2006-01-01"
title = "The Reds decide, Sky is mentioned"
parties = ["reds"]
actors = [{ id = "sky", role = "mentioned" }]
[[events]]
id = "four"
date = "2008-02-03"
title = "Loner leaves"
actors = [{ id = "loner" }]
[[events]]
id = "five"
date = "2009"
title = "Rain"
[[events]]
id = "six"
date = "2011-03-01/.."
title = "Rose stays"
actors = [{ id = "rose" }]
[[events]]
id = "never"
title = "Nobody knows when"
actors = [{ id = "rose" }]
"#;

fn open(toml: &str) -> Browser {
    let mut browser = Browser::of(chronology(toml), Options::default(), SIZE);
    browser.keys("2");
    browser
}

/// So many events, each with a date and the number of its kind.
fn events(count: u32, of: impl Fn(u32) -> (String, u32)) -> String {
    (0..count).fold(String::new(), |toml, number| {
        let (date, kind) = of(number);
        toml + &format!(
            "[[events]]\nid = \"e{number}\"\ndate = \"{date}\"\ntitle = \"{number}\"\nkind = \"k{kind}\"\n"
        )
    })
}

fn shown(browser: &Browser) -> Vec<(String, u64)> {
    let name = |lane: &Lane| if lane.nested { format!("  {}", lane.label) } else { lane.label.clone() };
    browser.app.laid_lanes().iter().map(|lane| (name(lane), lane.total)).collect()
}

#[test]
fn actors_stand_under_their_parties_and_fold_into_them() {
    let mut browser = open(TOML);
    let named = |lanes: &[(&str, u64)]| -> Vec<(String, u64)> {
        lanes.iter().map(|(name, total)| ((*name).to_owned(), *total)).collect()
    };
    let open = named(&[
        ("Reds", 5),
        ("  Rose", 3),
        ("  Ruby", 1),
        ("Blues", 1),
        ("  Sky", 1),
        ("Loner", 1),
        ("nobody named", 1),
    ]);
    assert_eq!(shown(&browser), open);
    browser.keys("enter");
    let folded = named(&[("Reds", 5), ("Blues", 1), ("  Sky", 1), ("Loner", 1), ("nobody named", 1)]);
    assert_eq!(shown(&browser), folded);
    // What is rolled up is drawn in the party's own lane; what is undated is counted and drawn nowhere.
    assert_eq!(browser.app.laid_lanes()[0].laid.marks.len(), 4);
    browser.keys("enter");
    assert_eq!(shown(&browser), open);
}

#[test]
fn left_and_right_walk_along_a_lane_up_and_down_between_lanes() {
    let mut browser = open(TOML);
    assert_eq!(browser.lit(), "one");
    browser.keys("j l");
    assert_eq!(browser.lit(), "six");
    browser.keys("l");
    assert!(browser.said().contains("Rose has no later event"), "{}", browser.said());
    browser.keys("j h");
    assert_eq!(browser.lit(), "two");
    // To the next party, without leaving the event.
    browser.keys("]");
    assert_eq!(browser.lit(), "two");
    assert_eq!(browser.app.laid_lanes()[browser.app.lanes.lane].label, "Blues");
}

#[test]
fn the_place_the_filter_and_the_selection_stay_from_view_to_view() {
    let mut browser = open(TOML);
    browser.keys("j l space 1");
    assert_eq!(browser.app.view, View::Timeline);
    assert_eq!(browser.lit(), "six");
    let selected = browser.app.selected;
    assert_eq!(selected.map(Count::total), Some(1));
    browser.keys("f").typed("party:reds").keys("enter 2");
    assert_eq!(browser.app.filter.to_string(), "party:reds");
    assert_eq!(browser.app.selected, selected);
    assert_eq!(browser.lit(), "six");
    let names: Vec<String> = shown(&browser).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Reds", "  Rose", "  Ruby", "Blues", "  Sky"]);
}

#[test]
fn lanes_are_of_something_else_in_turn() {
    let mut browser = open(TOML);
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(browser.app.lanes.by);
        browser.keys("L");
    }
    let all = [Dimension::Actor, Dimension::Place, Dimension::Kind, Dimension::Tag, Dimension::Document];
    assert_eq!(seen, all);
    assert_eq!(browser.app.lanes.by, Dimension::Actor);
    browser.keys("L L");
    assert_eq!(shown(&browser), [("meeting".to_owned(), 1), ("no kind".to_owned(), 6)]);
}

#[test]
fn zooming_shows_what_goes_on_in_view() {
    let mut browser = open(TOML);
    // "Ruby rules" goes on while the Reds decide, or may.
    browser.keys("1 j v j v 2 z");
    let Held::Events(rows) = &browser.app.lanes.held else { panic!("{:?}", browser.app.lanes.held) };
    let dated: Vec<&str> =
        rows.iter().filter(|row| !row.key.undated).map(|row| row.entry.event.id.as_str()).collect();
    assert_eq!(dated, ["two", "three"]);
    browser.keys("0");
    assert_eq!(shown(&browser).len(), 7);
}

#[test]
fn what_has_no_room_is_counted_and_opens() {
    let events = events(400, |number| (format!("2020-01-0{}", number % 3 + 1), number % 5));
    let mut browser = open(&events);
    browser.keys("L L");
    let lanes = browser.app.laid_lanes();
    assert_eq!(lanes.len(), 5);
    for lane in lanes.iter() {
        let counted: u64 = lane.laid.counts.iter().map(|(_, count)| count).sum();
        assert_eq!((lane.total, lane.laid.marks.len() as u64 + counted), (80, 80));
        assert_eq!(lane.laid.rows, 3);
    }
    browser.keys("enter");
    let opened = &browser.app.laid_lanes()[0];
    assert!(opened.laid.counts.is_empty() && opened.laid.rows > 20, "{:?}", opened.laid.rows);
    browser.keys("enter");
    assert_eq!(browser.app.laid_lanes()[0].laid.rows, 3);
}

#[test]
fn too_many_events_are_counted_by_value_and_zooming_in_shows_them() {
    let events = events(2_500, |number| {
        let (year, month, day) = (1990 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
        (format!("{year}-{month:02}-{day:02}"), number % 2)
    });
    let mut browser = open(&events);
    browser.keys("L L");
    assert!(matches!(browser.app.lanes.held, Held::Counts(Dimension::Kind, ..)));
    assert_eq!(shown(&browser), [("k0".to_owned(), 1_250), ("k1".to_owned(), 1_250)]);
    // Where there is no room for a number, a bar says how many.
    let screen = browser.screen();
    let line = screen.lines().find(|line| line.contains(" k0 ")).expect("a lane");
    assert!(line.contains('█') && !line.contains('+'), "{line}");
    let before = browser.lit().to_owned();
    browser.keys("l");
    assert_ne!(browser.lit(), before);
    browser.keys("h");
    browser.keys("enter");
    assert!(browser.said().contains("zooms in"), "{}", browser.said());
    browser.keys("+ + +");
    assert!(matches!(browser.app.lanes.held, Held::Events(_)));
    browser.keys("0");
    assert!(matches!(browser.app.lanes.held, Held::Counts(..)));
}

#[test]
fn enter_reads_the_event_where_there_is_nothing_to_open() {
    let mut browser = open(TOML);
    browser.keys("j enter");
    assert_eq!(browser.app.focus, Focus::Event);
    browser.keys("esc");
    assert_eq!((browser.app.focus, browser.app.view), (Focus::List, View::Lanes));
}

#[test]
fn nothing_dated_says_so() {
    let mut browser = open("[[events]]\nid = \"a\"\ntitle = \"A\"\n");
    assert!(browser.screen().contains("nothing is dated"), "{}", browser.screen());
    browser.keys("j l h k enter L + - 0 z");
}

#[test]
fn every_event_of_the_built_in_chronology_is_in_a_lane() {
    let mut browser = Browser::of(built_in(), Options::default(), SIZE);
    browser.keys("2");
    let total = browser.store.info().total;
    for _ in 0..5 {
        let lanes = browser.app.laid_lanes();
        let Held::Events(rows) = &browser.app.lanes.held else { panic!("not counted") };
        let mut events: Vec<usize> = lanes.iter().flat_map(|lane| lane.events.clone()).collect();
        events.sort_unstable();
        events.dedup();
        assert_eq!((events.len() as u64, rows.len() as u64), (total, total), "{:?}", browser.app.lanes.by);
        browser.keys("L");
    }
}

#[test]
fn a_key_lays_the_lanes_out_once() {
    let mut browser = open(TOML);
    let before = browser.app.laid_lanes();
    browser.keys("j l ] [");
    assert!(std::rc::Rc::ptr_eq(&before, &browser.app.laid_lanes()), "moving lays nothing out anew");
    for keys in ["[ [ enter", "L", "+"] {
        let before = browser.app.laid_lanes();
        browser.keys(keys);
        assert_ne!(before, browser.app.laid_lanes(), "{keys}");
    }
}

#[test]
fn zooming_goes_down_to_nanoseconds_and_back_up() {
    let mut browser = open(TOML);
    browser.keys("j l");
    assert_eq!(browser.lit(), "six");
    let mut lengths = Vec::new();
    while browser.app.strip.view.is_none_or(|view| view.last.nanos_since(view.first) > 10) {
        browser.keys("+");
        let view = browser.app.strip.view.expect("zoomed");
        let length = view.last.nanos_since(view.first);
        assert!(lengths.last().is_none_or(|before| *before > length), "{lengths:?} {length}");
        let shown = browser.app.strip.axis.range().expect("an axis");
        assert_eq!((shown.first, shown.last), (view.first, view.last), "what was asked for is shown");
        lengths.push(length);
    }
    assert!(lengths.contains(&3_600_000_000_000) && lengths.contains(&1_000), "{lengths:?}");
    assert_eq!(browser.lit(), "six");
    assert!(browser.screen().contains("2011"), "{}", browser.screen());
    browser.keys("+");
    assert!(browser.said().contains("all the way"), "{}", browser.said());
    for _ in 0..=lengths.len() {
        browser.keys("-");
    }
    assert_eq!(browser.app.strip.view, None);
}

#[test]
fn empty_periods_are_folded_and_bars_show_the_gap() {
    let near = events(60, |number| (format!("{}-{:02}-01", 1950 + number / 12, number % 12 + 1), 0));
    let far = "[[events]]\nid = \"far\"\ndate = \"0100-05-01/1953\"\ntitle = \"x\"\nkind = \"k1\"\n";
    let mut browser = open(&(near + far));
    browser.keys("L L");
    let gaps: Vec<u16> = browser.app.lanes.axis.gaps().collect();
    assert_eq!(gaps.len(), 1, "{:?}", browser.app.lanes.axis);
    let screen = browser.screen();
    let line = screen.lines().find(|line| line.contains(" k1 ")).expect("a lane");
    assert!(line.contains("█⋯"), "{line}");
}
