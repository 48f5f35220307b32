//! The themes on whole screens: every text reads on what it stands on, and the parties have letters.

mod support;

use std::collections::BTreeSet;

use annals::term::Depth;
use annals::ui::style::contrast::{contrast, fixed};
use annals::ui::style::{Styles, Theme};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use support::{Browser, STATES, look};

/// A colour in 8-bit sRGB.
type Rgb = (u8, u8, u8);

/// Themes whose colours are known, with texts and backgrounds of terminals that they are chosen for, and the least
/// contrast (WCAG 2.2, success criteria 1.4.3 and 1.4.6).
const KNOWN: [(Theme, Rgb, Rgb, f64); 5] = [
    (Theme::Dark, (0xcc, 0xcc, 0xcc), (0, 0, 0), 4.5),
    (Theme::Dark, (0xd8, 0xde, 0xe9), (0x2e, 0x34, 0x40), 4.5),
    (Theme::Light, (0x33, 0x33, 0x33), (0xff, 0xff, 0xff), 4.5),
    (Theme::Light, (0x2a, 0x2a, 0x2a), (0xfd, 0xf6, 0xe3), 4.5),
    (Theme::HighContrast, (0x80, 0x80, 0x80), (0x80, 0x80, 0x80), 7.0),
];

/// The text and the background of a cell as it is seen.
fn seen(cell: &Cell, text: Rgb, background: Rgb) -> (Rgb, Rgb) {
    let known = |colour: Color, own: Rgb| match colour {
        Color::Reset => own,
        colour => fixed(colour).unwrap_or_else(|| panic!("{colour} is not the same on every terminal")),
    };
    let (text, background) = (known(cell.fg, text), known(cell.bg, background));
    if cell.modifier.contains(Modifier::REVERSED) { (background, text) } else { (text, background) }
}

#[test]
fn every_text_reads_on_what_it_stands_on() {
    for (name, keys) in STATES {
        for size in [(120, 40), (40, 12)] {
            let mut browser = Browser::open(size);
            browser.keys(keys);
            for (theme, text, background, least) in KNOWN {
                browser.styles = Styles::of(theme, Depth::Indexed, false);
                for cell in browser.draw().content.iter().filter(|cell| cell.symbol() != " ") {
                    assert!(
                        !cell.modifier.contains(Modifier::DIM),
                        "{name} in {theme:?}: nobody knows how dim"
                    );
                    let (text, background) = seen(cell, text, background);
                    let ratio = contrast(text, background);
                    assert!(ratio >= least, "{name} in {theme:?}: {cell:?} has {ratio:.2}");
                }
            }
        }
    }
}

#[test]
fn looks_of_the_themes() {
    for (name, theme) in [
        ("dark", Theme::Dark),
        ("light", Theme::Light),
        ("high-contrast", Theme::HighContrast),
        ("mono", Theme::Mono),
    ] {
        let mut browser = Browser::open((120, 40));
        browser.styles = Styles::of(theme, Depth::Indexed, false);
        browser.keys("j j enter");
        insta::assert_snapshot!(format!("theme-{name}"), look(&browser.draw()));
    }
}

/// The text of a screen does not depend on its theme.
#[test]
fn themes_say_the_same() {
    for (_, keys) in STATES {
        let texts = [Theme::Own, Theme::Dark, Theme::Light, Theme::HighContrast, Theme::Mono].map(|theme| {
            let mut browser = Browser::open((80, 24));
            browser.styles = Styles::of(theme, Depth::Indexed, false);
            browser.keys(keys).screen()
        });
        assert_eq!(BTreeSet::from(texts).len(), 1);
    }
}

#[test]
fn parties_have_a_letter_wherever_they_have_a_colour() {
    let mut browser = Browser::open((200, 50));
    let screen = browser.screen();
    assert!(screen.contains("I·The Iraqi government"), "the sidebar: {screen}");
    assert!(screen.contains("  S·Islamic State"), "the timeline: {screen}");
    let lanes = browser.keys("2").screen();
    assert!(lanes.contains("▾I·The Iraqi government"), "{lanes}");
}
