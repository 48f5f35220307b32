//! What can be chosen: columns, keys, the first view; and addresses that are opened.

mod support;

use annals::app::effect::Effect;
use annals::app::{Options, View};
use annals::config::Config;
use annals::notebook::Change;
use support::{Browser, built_in, chronology};

const SIZE: (u16, u16) = (80, 24);

/// A table with further fields.
const TABLE: &str = "title = \"Table\"\n\
    [[events]]\nid = \"a\"\ndate = \"2020-01-05\"\ntitle = \"A clash near the bridge\"\nkind = \"battle\"\n\
    fields = { deaths = \"12\", region = \"north\" }\n\
    [[events]]\nid = \"b\"\ndate = \"2020-02\"\ntitle = \"Talks\"\nkind = \"talks\"\nfields = { deaths = \"0\" }\n";

#[test]
fn columns_are_chosen_in_a_menu_and_kept() {
    let mut browser = Browser::of(chronology(TABLE), Options::default(), (200, 24));
    let before = browser.screen();
    browser.keys(":").typed("columns").keys("enter");
    assert!(browser.screen().contains("fields.deaths"), "{}", browser.screen());
    // The fields come last.
    browser.keys("G k space G space esc");
    assert_eq!(browser.screen(), before);
    assert_eq!(browser.wanted(), []);
    browser.keys("C G k space g j j j j space enter");
    let kept: Vec<String> = ["when", "title", "actors", "fields.deaths", "kind"].map(str::to_owned).into();
    assert_eq!(browser.wanted(), [Effect::Keep(Change::Columns(kept))]);
    let screen = browser.screen();
    assert!(screen.contains("deaths  Kind"), "{screen}");
    assert!(screen.contains("12      battle"), "{screen}");
    assert_eq!(browser.lit(), "a");
}

#[test]
fn no_column_at_all_means_the_usual_ones() {
    let mut browser = Browser::of(chronology(TABLE), Options::default(), SIZE);
    let before = browser.screen();
    browser.keys("C space j space j space enter");
    assert_eq!(browser.screen(), before);
}

#[test]
fn keys_one_after_the_other_show_what_may_follow() {
    let text = "[keys]\nfirst = [\"g g\", \"home\"]\nlast = [\"g e\"]\n";
    let (config, faults) = Config::read(text.as_bytes());
    assert_eq!(faults, []);
    let options = Options { keymap: config.keymap, ..Options::default() };
    let mut browser = Browser::of(built_in(), options, SIZE);
    browser.keys("g");
    let screen = browser.screen();
    assert!(screen.contains("g then: g first  e last"), "{screen}");
    browser.keys("e");
    assert_eq!(browser.app.rank, Some(browser.store.info().total));
    browser.keys("g g");
    assert_eq!(browser.app.rank, Some(1));
    browser.keys("g x");
    assert_eq!(browser.said(), "g·x means nothing here");
    browser.keys("g esc j");
    assert_eq!((browser.said(), browser.app.rank), ("", Some(2)));
    browser.keys("?");
    assert!(browser.screen().contains("g·g Home"), "{}", browser.screen());
}

#[test]
fn sentences_name_the_keys_that_there_are() {
    let (config, _) = Config::read(b"[keys]\nleave = \"Q\"\nhelp = \"none\"\n");
    let options = Options { keymap: config.keymap, ..Options::default() };
    let mut browser = Browser::of(built_in(), options, SIZE);
    browser.keys("esc");
    assert_eq!(browser.said(), "Q quits; :help shows the keys");
    assert!(browser.screen().contains("no filter: f types one"), "{}", browser.screen());
}

#[test]
fn a_configuration_that_is_wrong_is_said_first() {
    let options = Options { remark: Some("config.toml:1:1: wrong".to_owned()), ..Options::default() };
    let mut browser = Browser::of(built_in(), options, SIZE);
    assert_eq!(browser.said(), "config.toml:1:1: wrong");
    browser.keys("j");
    assert_eq!(browser.said(), "");
}

#[test]
fn the_first_view_can_be_chosen() {
    let options = Options { view: View::Lanes, sidebar: Some(true), ..Options::default() };
    let chosen = Browser::of(built_in(), options, SIZE).screen();
    assert_eq!(Browser::open(SIZE).keys("2 a 2").screen(), chosen);
}

/// Three events: of a document with an address, with an address of its own source, without any.
const ADDRESSES: &str = r#"
title = "Addresses"
[[documents]]
id = "d"
title = "A report"
url = "https://example.org/report?é"
[[events]]
id = "a"
date = "2001"
title = "First"
sources = [{ document = "d" }, { url = "https://example.org/other" }]
[[events]]
id = "b"
date = "2002"
title = "Second"
sources = [{ url = "javascript:alert(1)" }]
"#;

#[test]
fn addresses_are_opened_the_lit_one_first() {
    let mut browser = Browser::of(chronology(ADDRESSES), Options::default(), (120, 40));
    let opened = |browser: &mut Browser| match browser.wanted().pop() {
        Some(Effect::OpenAddress(address)) => address,
        other => panic!("nothing is opened: {other:?}"),
    };
    browser.keys("O");
    assert_eq!(opened(&mut browser), "https://example.org/report?%C3%A9");
    browser.keys("enter ] ] O");
    assert_eq!(opened(&mut browser), "https://example.org/other");
    browser.keys("enter");
    assert_eq!(opened(&mut browser), "https://example.org/other");
    browser.keys("q j O");
    assert_eq!(browser.wanted(), []);
    assert_eq!(browser.said(), "no document of this event has an address");
}
