//! The matrix as a reader uses it: keys, and what follows.

mod support;

use annals::app::{Options, View};
use annals::query::Dimension;
use annals::store::Count;
use annals::when::periods::Period;
use support::{Browser, built_in, chronology};

const SIZE: (u16, u16) = (120, 40);

/// Two actors of two parties over some months, one event that goes on, one undated, one without a beginning.
const TOML: &str = r#"
[[parties]]
id = "reds"
name = "Reds"
[[actors]]
id = "rose"
name = "Rose"
party = "reds"
[[actors]]
id = "sky"
name = "Sky"
[[events]]
id = "one"
date = "2023-10-03/2025-01-05"
title = "Rose begins what goes on"
actors = [{ id = "rose" }]
[[events]]
id = "two"
date = "2023-10-20"
title = "Both"
actors = [{ id = "rose" }, { id = "sky" }]
kind = "meeting"
[[events]]
id = "three"
date = "2023-12-24"
title = "Rose in December"
actors = [{ id = "rose" }]
[[events]]
id = "four"
date = "2023-12-25"
title = "Rain"
[[events]]
id = "never"
title = "Nobody knows when"
actors = [{ id = "rose" }]
[[events]]
id = "always"
date = "../2023-11-02"
title = "Until then"
actors = [{ id = "sky" }]
"#;

fn open(toml: &str, size: (u16, u16)) -> Browser {
    let mut browser = Browser::of(chronology(toml), Options::default(), size);
    browser.keys("4");
    browser
}

/// Rows with their counts, under the periods in EDTF.
fn grid(browser: &Browser) -> (Vec<String>, Vec<(String, Vec<u64>)>) {
    let held = browser.app.matrix.held.as_deref().expect("counted");
    (held.periods.iter().filter_map(Period::edtf).collect(), held.rows.clone())
}

fn row(value: &str, counts: &[u64]) -> (String, Vec<u64>) {
    (value.to_owned(), counts.to_vec())
}

#[test]
fn an_event_counts_once_where_it_begins() {
    // Over more than half a year no days are told.
    let browser = open(TOML, SIZE);
    let (periods, rows) = grid(&browser);
    assert_eq!(periods, ["2023-10", "2023-11", "2023-12"]);
    assert_eq!(rows, [row("rose", &[2, 0, 1]), row("sky", &[1, 0, 0]), row("", &[0, 0, 1])]);
    let held = browser.app.matrix.held.as_deref().expect("counted");
    assert_eq!(
        (held.totals.as_slice(), held.outside, held.unbounded, held.undated),
        ([2, 0, 2].as_slice(), 0, 1, 1)
    );
    let screen = browser.screen();
    assert!(screen.contains("1 undated, 1 without a beginning"), "{screen}");
}

#[test]
fn a_cell_says_what_begins_and_what_goes_on_and_filters() {
    let mut browser = open(TOML, (80, 24));
    assert_eq!(
        (browser.app.view, browser.app.said_of_cell(true).as_deref()),
        (View::Matrix, Some("Rose, October 2023: 2 begin at the earliest, 0 more go on"))
    );
    browser.keys("l");
    assert_eq!(
        browser.app.said_of_cell(true).as_deref(),
        Some("Rose, November 2023: 0 begin at the earliest, 1 more goes on")
    );
    browser.keys("l");
    assert_eq!(
        browser.app.said_of_cell(true).as_deref(),
        Some("Rose, December 2023: 1 begins at the earliest, 1 more goes on")
    );
    browser.keys("enter");
    assert_eq!(browser.app.filter.to_string(), "actor:rose in:2023-12");
    assert!(
        browser.said().starts_with("Rose, December 2023: 1 begins at the earliest, 1 more goes on"),
        "{}",
        browser.said()
    );
    // What it said is what there is, with the undated one.
    assert_eq!(browser.app.count.map(Count::total), Some(3));
    browser.keys("u");
    assert!(browser.app.filter.is_empty());
    // The row of those with nobody can be filtered to, too.
    browser.keys("G enter");
    assert_eq!(browser.app.filter.to_string(), "-actor:* in:2023-12");
    assert_eq!((browser.app.count.map(Count::total), browser.lit()), (Some(1), "four"));
}

#[test]
fn the_place_and_the_filter_stay_and_the_cell_follows_the_cursor() {
    let mut browser = Browser::of(chronology(TOML), Options::default(), (80, 24));
    browser.keys("G k 4");
    assert_eq!(browser.lit(), "four");
    assert!(browser.app.said_of_cell(true).is_some_and(|said| said.starts_with("nobody named, December")));
    let (rows, period) = browser.app.lit_cells();
    assert_eq!((rows, period), (vec![2], Some(2)));
    browser.keys("h k");
    assert_eq!(browser.lit(), "four", "the cell goes elsewhere, the cursor stays");
    browser.keys("t").typed("2023-10-20").keys("enter");
    assert_eq!(browser.lit(), "two");
    assert_eq!(browser.app.lit_cells(), (vec![0, 1], Some(0)));
    assert!(
        browser.app.said_of_cell(true).is_some_and(|said| said.starts_with("Sky, October")),
        "{:?}",
        browser.app.said_of_cell(true)
    );
    browser.keys("1");
    assert_eq!(browser.lit(), "two");
}

#[test]
fn rows_are_of_something_else_in_turn() {
    let mut browser = open(TOML, SIZE);
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(browser.app.matrix.by);
        browser.keys("L");
        assert_eq!(
            browser.app.matrix.held.as_deref().map(|held| held.dimension),
            Some(browser.app.matrix.by)
        );
    }
    let all = [
        Dimension::Actor,
        Dimension::Party,
        Dimension::Place,
        Dimension::Kind,
        Dimension::Tag,
        Dimension::Document,
    ];
    assert_eq!(seen, all);
    browser.keys("L");
    assert!(browser.screen().contains("R·Reds"), "{}", browser.screen());
}

#[test]
fn periods_are_as_fine_as_there_is_room_for() {
    let events: String = (0..40).fold(String::new(), |toml, number| {
        toml + &format!(
            "[[events]]\nid = \"e{number}\"\ndate = \"{}-0{}-11\"\ntitle = \"E\"\n",
            1990 + number % 20,
            number % 9 + 1
        )
    });
    let wide = |browser: &Browser| grid(browser).0;
    let mut browser = open(&events, (200, 50));
    assert_eq!(wide(&browser).len(), 20, "years: {:?}", wide(&browser));
    assert_eq!(wide(&browser)[0], "1990");
    browser.resize((60, 24));
    assert_eq!(wide(&browser), ["1990/1999", "2000/2009"]);
    browser.resize((200, 50)).keys("+ + +");
    assert!(wide(&browser)[0].len() > 4, "{:?}", wide(&browser));
    browser.keys("0");
    assert_eq!(wide(&browser).len(), 20);
}

#[test]
fn what_is_long_empty_is_folded() {
    let toml = "[[events]]\nid = \"bang\"\ndate = \"Y-138E8\"\ntitle = \"Bang\"\n[[events]]\nid = \"a\"\ndate = \"2001-05\"\ntitle = \"A\"\n\
                [[events]]\nid = \"b\"\ndate = \"2003-05\"\ntitle = \"B\"\n";
    let browser = open(toml, SIZE);
    let (periods, rows) = grid(&browser);
    assert_eq!(rows, [row("", &rows[0].1)]);
    assert_eq!(rows[0].1.iter().sum::<u64>(), 3);
    assert!(
        periods.len() < 30 && periods.first().is_some_and(|first| first.starts_with("Y-138")),
        "{periods:?}"
    );
    assert!(
        browser.screen().contains("13.8 billion BCE") && browser.screen().contains('⋯'),
        "{}",
        browser.screen()
    );
}

#[test]
fn nothing_dated_says_so() {
    let mut browser = open("[[events]]\nid = \"a\"\ntitle = \"A\"\n", SIZE);
    assert!(browser.screen().contains("nothing is dated"), "{}", browser.screen());
    browser.keys("j l h k enter L + - 0 z");
    let mut browser = open(TOML, SIZE);
    browser.keys("f").typed("id:never").keys("enter");
    assert!(browser.screen().contains("no dated event fits"), "{}", browser.screen());
}

#[test]
fn all_events_of_the_built_in_chronology_are_in_it() {
    for size in [(40, 12), (80, 24), (120, 40), (200, 50)] {
        let mut browser = Browser::of(built_in(), Options::default(), size);
        browser.keys("4");
        for _ in 0..6 {
            let held = browser.app.matrix.held.as_deref().expect("counted");
            let sum: u64 = held.totals.iter().sum();
            assert_eq!(sum + held.outside + held.unbounded + held.undated, browser.store.info().total);
            assert_eq!(held.outside, 0);
            browser.keys("L");
        }
    }
}

#[test]
fn a_click_chooses_a_cell() {
    let mut browser = open(TOML, SIZE);
    browser.keys("M");
    let body = browser.app.matrix_parts().body;
    let column = browser.app.matrix_columns()[2];
    let effects =
        browser.app.mouse(annals::app::mouse::Pointer::Press, (body.x + column.cell + 1, body.y + 1));
    assert!(!effects.is_empty());
    assert_eq!((browser.app.matrix.row, browser.app.matrix.period), (1, 2));
}
