//! Whole screens of the built-in chronology, at several sizes, in colour and without.

mod support;

use annals::app::columns::Column;
use annals::app::effect::{Outcome, Preview};
use annals::app::{Options, Overlay};
use annals::term::Depth;
use annals::ui::style::Styles;
use ratatui::style::Color;
use support::{Browser, SIZES, STATES, built_in, look, text};

#[test]
fn screens_at_every_size() {
    for (name, keys) in STATES {
        for (width, height) in SIZES {
            let mut browser = Browser::open((width, height));
            browser.keys(keys);
            if matches!(browser.app.overlay, Some(Overlay::Export(_))) {
                let preview = Preview {
                    events: 41,
                    possible: 2,
                    losses: vec![("md".to_owned(), vec!["3 fuzzy dates became words".to_owned()])],
                    ..Preview::default()
                };
                browser.outcome(Outcome::Preview(preview));
            }
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), browser.screen());
            says_the_same_without_colour(&mut browser);
        }
    }
}

/// Without colours the same text stands on the screen, and no cell has a colour.
fn says_the_same_without_colour(browser: &mut Browser) {
    let coloured = browser.draw();
    browser.styles = Styles::new(Depth::None, false);
    let plain = browser.draw();
    assert_eq!(text(&coloured), text(&plain));
    let colourless = |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
    assert!(plain.content.iter().all(colourless), "a colour is left at {:?}", browser.app.size);
}

#[test]
fn looks_in_colour_and_without() {
    for (name, depth) in [("indexed", Depth::Indexed), ("sixteen", Depth::Sixteen), ("mono", Depth::None)] {
        let mut browser = Browser::open((120, 40));
        browser.styles = Styles::new(depth, false);
        browser.keys("j j enter");
        let look = look(&browser.draw());
        if depth == Depth::None {
            assert!(!look.contains("Indexed") && !look.contains("Red"), "{look}");
        }
        insta::assert_snapshot!(format!("look-{name}"), look);
    }
}

#[test]
fn ascii_screens_have_only_ascii_beside_the_texts_themselves() {
    let mut browser = Browser::of(built_in(), Options { ascii: true, ..Options::default() }, (80, 24));
    insta::assert_snapshot!("ascii-80x24", browser.screen());
    browser.keys("a j space");
    insta::assert_snapshot!("ascii-sidebar-80x24", browser.screen());
    browser.keys("c 2");
    insta::assert_snapshot!("ascii-lanes-80x24", browser.screen());
    browser.keys("3");
    insta::assert_snapshot!("ascii-source-80x24", browser.screen());
    browser.keys("4");
    insta::assert_snapshot!("ascii-matrix-80x24", browser.screen());
    browser.keys("5");
    insta::assert_snapshot!("ascii-map-80x24", browser.screen());
}

#[test]
fn columns_at_every_size() {
    let names = ["when", "kind", "title", "places", "parties", "status", "source", "id", "fields.none"];
    for (width, height) in SIZES {
        let columns = Column::all_named(&names.map(str::to_owned));
        let options = Options { columns, ..Options::default() };
        let mut browser = Browser::of(built_in(), options, (width, height));
        browser.keys("j T");
        insta::assert_snapshot!(format!("columns-{width}x{height}"), browser.screen());
    }
    let options =
        Options { columns: vec![Column::Title, Column::When, Column::Actors], ..Options::default() };
    insta::assert_snapshot!(
        "columns-date-second-120x40",
        Browser::of(built_in(), options, (120, 40)).screen()
    );
    let mut browser = Browser::open((80, 24));
    browser.keys("C j space");
    insta::assert_snapshot!("columns-menu-80x24", browser.screen());
}

#[test]
fn newest_first() {
    let browser = Browser::of(built_in(), Options { reverse: true, ..Options::default() }, (80, 24));
    insta::assert_snapshot!("reverse-80x24", browser.screen());
}
