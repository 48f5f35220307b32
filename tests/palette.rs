//! The palette: what is proposed, in which order, and what becomes of it.

mod support;

use annals::app::effect::Effect;
use annals::app::palette::Target;
use annals::app::{Options, Overlay};
use annals::config::Config;
use annals::query::Dimension;
use support::{Browser, built_in, look};

const SIZE: (u16, u16) = (120, 40);

/// The names that are proposed for what is typed.
fn proposed(browser: &Browser) -> Vec<String> {
    match &browser.app.overlay {
        Some(Overlay::Prompt(prompt)) => {
            prompt.proposals.iter().map(|proposal| proposal.insert.clone()).collect()
        }
        other => panic!("no palette: {other:?}"),
    }
}

#[test]
fn actions_are_found_by_some_of_their_letters_and_by_their_words() {
    let mut browser = Browser::open(SIZE);
    for (typed, first) in [
        ("zmin", "zoom-in"),
        ("zoom in", "zoom-in"),
        ("noa", "next-of-actor"),
        ("parallel", "lanes"),
        ("Sidebar", "sidebar"),
    ] {
        browser.keys(":").typed(typed);
        assert_eq!(proposed(&browser).first().map(String::as_str), Some(first), "{typed}");
        browser.keys("esc");
    }
}

#[test]
fn enter_takes_the_best_and_the_arrows_another() {
    let mut browser = Browser::open(SIZE);
    browser.keys(":").typed("halfdn");
    browser.keys("enter");
    assert!(browser.app.rank > Some(5), "{:?}", browser.app.rank);
    browser.keys(":").typed("quit");
    browser.keys("enter");
    assert!(browser.wanted().contains(&Effect::Quit));
}

#[test]
fn parties_and_actors_filter() {
    let mut browser = Browser::open(SIZE);
    browser.keys(":").typed("sudani");
    browser.keys("down enter");
    assert!(browser.app.filter.to_string().starts_with("actor:"), "{}", browser.app.filter);
    browser.keys("u :").typed("islamic state and");
    browser.keys("enter");
    assert_eq!(browser.app.filter.to_string(), "party:jihadist");
    let targets = |browser: &Browser| match &browser.app.overlay {
        Some(Overlay::Prompt(prompt)) => {
            prompt.proposals.iter().filter_map(|one| one.target.clone()).collect()
        }
        _ => Vec::new(),
    };
    browser.keys("c :").typed("iraq");
    let party = Target::Value(Dimension::Party, "iraqi-government".to_owned());
    assert!(targets(&browser).contains(&party));
}

#[test]
fn events_are_gone_to_by_words_of_their_title_and_by_their_id() {
    let mut browser = Browser::open(SIZE);
    browser.keys(":").typed("first round");
    assert!(proposed(&browser).iter().any(|name| name.contains("first round")), "{:?}", proposed(&browser));
    browser.keys("enter");
    assert_eq!(browser.lit(), "first-round-of-talks");
    browser.keys("g :").typed("islamic-state-defeated");
    assert_eq!(proposed(&browser).first().map(String::as_str), Some("islamic-state-defeated"));
    browser.keys("enter");
    assert_eq!(browser.lit(), "islamic-state-defeated");
    // What the filter hides is not proposed, but it can still be named.
    browser.keys("f").typed("kind:talks");
    browser.keys("enter :").typed("islamic-state-defeated");
    assert!(proposed(&browser).is_empty());
    browser.keys("enter");
    assert!(browser.said().contains("the filter hides"), "{}", browser.said());
}

#[test]
fn what_fits_is_set_off_and_keys_are_those_that_there_are() {
    let (config, _) = Config::read(b"[keys]\nzoom-in = \"i\"\n");
    let options = Options { keymap: config.keymap, ..Options::default() };
    let mut browser = Browser::of(built_in(), options, SIZE);
    browser.keys(":").typed("zoin");
    let screen = browser.screen();
    assert!(screen.contains(" zoom-in ") && screen.contains(" on the place (i)"), "{screen}");
    let row = screen.lines().position(|line| line.contains("zoom in on time")).expect("the row");
    let look = look(&browser.draw());
    let line = look.lines().find(|line| line.starts_with(&format!("{row}:"))).expect("a look");
    assert!(
        line.contains("1-2 BOLD | DIM | UNDERLINED") && line.contains("6-7 BOLD | DIM | UNDERLINED"),
        "{line}"
    );
}

#[test]
fn closing_it_leaves_nothing_behind() {
    let mut browser = Browser::open(SIZE);
    let before = browser.screen();
    browser.keys(":").typed("attacks");
    browser.keys("esc");
    assert_eq!(browser.screen(), before);
}

#[test]
fn saved_filters_are_found_by_name_and_by_what_they_filter() {
    let mut browser = Browser::open(SIZE);
    browser.keys("f").typed("kind:attack");
    browser.keys("enter S").typed("raids");
    browser.keys("enter c");
    for typed in ["raids", "kind:att"] {
        browser.keys(":").typed(typed);
        assert_eq!(proposed(&browser).first().map(String::as_str), Some("raids"), "{typed}");
        browser.keys("enter");
        assert_eq!(browser.app.filter.to_string(), "kind:attack");
        browser.keys("c");
    }
}
