//! Random walks over all actions and sizes: nothing panics, and what must hold holds.

mod support;

use annals::app::Options;
use annals::app::action::Action;
use annals::app::mouse::Pointer;
use annals::keymap::{Code, Key};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use support::{Browser, built_in, chronology};

/// Events from the Big Bang to a nanosecond, BCE, open and unknown ends, undated, hostile and wide texts.
const WILD: &str = include_str!("support/wild.toml");

/// What a mouse does.
const POINTERS: [Pointer; 5] =
    [Pointer::Press, Pointer::Drag, Pointer::Release, Pointer::WheelUp, Pointer::WheelDown];

#[derive(Clone, Debug)]
enum Step {
    Key(Key),
    Resize(u16, u16),
    Paste(String),
    Mouse(Pointer, u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let keys: Vec<Key> = Action::ALL
        .iter()
        .flat_map(|action| action.keys())
        .filter_map(|key| Key::parse(key))
        .chain("abc:,-()\"/2017 é日".chars().map(|char| Key::plain(Code::Char(char))))
        .collect();
    prop_oneof![
        12 => prop::sample::select(keys).prop_map(Step::Key),
        2 => (0u16..210, 0u16..60).prop_map(|(width, height)| Step::Resize(width, height)),
        4 => (prop::sample::select(POINTERS.to_vec()), 0u16..210, 0u16..60)
            .prop_map(|(pointer, column, row)| Step::Mouse(pointer, column, row)),
        1 => "[a-z:\u{202e}\u{1b} \n]{0,8}".prop_map(Step::Paste),
    ]
}

fn walk(mut browser: Browser, steps: Vec<Step>) {
    for step in steps {
        match step {
            Step::Key(key) => {
                browser.keys(&key.to_string());
            }
            Step::Resize(width, height) => {
                browser.resize((width, height));
            }
            Step::Mouse(pointer, column, row) => {
                browser.mouse(pointer, (column, row));
            }
            Step::Paste(text) => {
                // What a paste asks for is answered with the next key.
                browser.app.paste(&text);
            }
        }
        browser.draw();
        let rows = &browser.app.rows;
        assert!(rows.lit.is_none_or(|lit| lit < rows.rows.len()));
        assert!(rows.top <= rows.lines.len());
        assert!(browser.app.selected_keys().ranges.iter().all(|(first, last)| first <= last));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn over_the_built_in_chronology(steps in proptest::collection::vec(step(), 1..120)) {
        walk(Browser::of(built_in(), Options { mouse: true, ..Options::default() }, (80, 24)), steps);
    }

    #[test]
    fn over_a_wild_chronology(steps in proptest::collection::vec(step(), 1..120), reverse: bool) {
        walk(Browser::of(chronology(WILD), Options { reverse, mouse: true, ..Options::default() }, (80, 24)), steps);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn over_a_draft_that_is_revised(steps in proptest::collection::vec(step(), 1..120), wild: bool) {
        let toml = if wild { WILD } else { support::DRAFT };
        let (_folder, mut browser) = support::revisable(toml, Some("draft.toml"), (80, 24));
        // What it takes long to come to by chance.
        browser.keys("3 v l l v l l");
        walk(browser, steps);
    }
}

/// So many actions in one go, half of them over each chronology, in walks of this many.
const LONG: (usize, usize) = (100_000, 500);

#[test]
#[ignore = "takes minutes; `.ci/run` runs it"]
fn a_hundred_thousand_actions() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (all, each) = LONG;
    for number in 0..all / each {
        let steps = proptest::collection::vec(step(), each).new_tree(&mut runner).expect("steps").current();
        let store = if number % 2 == 0 { built_in() } else { chronology_once() };
        let options = Options { mouse: true, reverse: number % 3 == 0, ..Options::default() };
        walk(Browser::of(store, options, (80, 24)), steps);
    }
}

#[test]
fn a_wild_chronology_is_drawn_at_every_size() {
    for width in 0..=80 {
        for height in 0..=40 {
            let mut browser = Browser::of(chronology_once(), Options::default(), (width, height));
            browser.draw();
            browser.keys("2").draw();
            browser.keys("3").draw();
            browser.keys("4").draw();
            browser.keys("5").draw();
        }
    }
    let browser = Browser::of(chronology(WILD), Options::default(), (120, 40));
    insta::assert_snapshot!("wild-120x40", browser.screen());
    let mut browser = browser;
    browser.keys("2");
    insta::assert_snapshot!("wild-lanes-120x40", browser.screen());
    browser.keys("3");
    insta::assert_snapshot!("wild-source-120x40", browser.screen());
    browser.keys("4");
    insta::assert_snapshot!("wild-matrix-120x40", browser.screen());
    browser.keys("5");
    insta::assert_snapshot!("wild-map-120x40", browser.screen());
}

/// The wild chronology, read once.
fn chronology_once() -> std::sync::Arc<dyn annals::store::Store> {
    static STORE: std::sync::OnceLock<std::sync::Arc<dyn annals::store::Store>> = std::sync::OnceLock::new();
    std::sync::Arc::clone(STORE.get_or_init(|| chronology(WILD)))
}
