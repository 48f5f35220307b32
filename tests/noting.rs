//! Marks, notes and saved filters, and coming back to where one was.

mod support;

use annals::app::Options;
use annals::app::effect::Effect;
use annals::notebook::{Change, Notebook, Session};
use support::{Browser, built_in, chronology, today};

const SIZE: (u16, u16) = (100, 30);

/// What is wanted to be kept.
fn kept(browser: &mut Browser) -> Vec<Change> {
    let keep = |effect| if let Effect::Keep(change) = effect { Some(change) } else { None };
    browser.wanted().into_iter().filter_map(keep).collect()
}

/// The same browser another time, with what was kept.
fn again(changes: &[Change], session: Option<Session>) -> Browser {
    let mut notebook = Notebook::default();
    for change in changes {
        notebook.take(change);
    }
    let options = Options { today: Some(today()), notebook, session, ..Options::default() };
    Browser::of(built_in(), options, SIZE)
}

#[test]
fn a_mark_is_shown_found_listed_and_gone_to() {
    let mut browser = Browser::open(SIZE);
    assert!(!browser.screen().contains('◆'));
    browser.keys("j j j m");
    let id = browser.lit().to_owned();
    assert_eq!(browser.said(), "marked");
    let changes = kept(&mut browser);
    assert!(matches!(&changes[..], [Change::Event((layer, marked), noticed)]
        if layer == "iraq-coalition-talks" && *marked == id && noticed.marked && !noticed.date.is_empty()));

    let mut browser = again(&changes, None);
    let screen = browser.screen();
    assert_eq!(screen.matches('◆').count(), 1, "{screen}");
    browser.keys("G '");
    assert!(browser.screen().contains("Marks and notes"), "{}", browser.screen());
    browser.keys("enter");
    assert_eq!(browser.lit(), id);
    assert!(browser.screen().contains("marked by you"), "{}", browser.screen());
    browser.keys("f").typed("is:marked").keys("enter");
    assert_eq!(browser.app.count.map(annals::store::Count::total), Some(1));
    browser.keys("m");
    assert!(browser.screen().contains("No event fits this filter"), "{}", browser.screen());
    browser.keys("u");
    assert_eq!((browser.lit(), browser.said()), (id.as_str(), "undone: no longer marked"));
    assert_eq!(kept(&mut browser).len(), 2, "taken away, and there again");
}

#[test]
fn a_note_is_written_changed_taken_away_and_brought_back() {
    let mut browser = Browser::open(SIZE);
    browser.keys("j i").typed("ask the ministry").keys("enter");
    assert!(browser.screen().contains("ask the ministry"), "{}", browser.screen());
    assert!(browser.screen().contains('◇'), "{}", browser.screen());
    browser.keys("i").typed(" again").keys("enter");
    assert!(browser.screen().contains("ask the ministry again"), "{}", browser.screen());
    browser.keys("i ctrl-u enter");
    assert_eq!(browser.said(), "note taken away");
    assert!(!browser.screen().contains("ministry again"), "{}", browser.screen());
    browser.keys("u");
    assert!(browser.screen().contains("ask the ministry again"), "{}", browser.screen());
    // What is given up while it is typed changes nothing.
    browser.keys("i").typed("!!").keys("esc");
    assert!(!browser.screen().contains("!!"));
    let changes = kept(&mut browser);
    let mut browser = again(&changes, None);
    browser.keys("j");
    assert!(browser.screen().contains("ask the ministry again"), "{}", browser.screen());
    browser.keys("' x");
    assert_eq!(browser.app.overlay.is_none(), browser.app.notebook.events.is_empty());
    assert_eq!(browser.app.notebook.events.len(), 0);
}

#[test]
fn a_mark_on_an_event_that_is_gone_leads_to_its_date() {
    let event = |id: &str, day: u8| {
        format!("[[events]]\nid = \"{id}\"\ndate = \"1815-01-{day:02}\"\ntitle = \"Event {id}\"\n")
    };
    let before = event("a", 1) + &event("b", 2) + &event("c", 3);
    let mut browser = Browser::of(chronology(&before), Options::default(), SIZE);
    browser.keys("j m k");
    browser.reread(chronology(&(event("a", 1) + &event("c", 3))), &[]);
    browser.keys("' enter");
    assert_eq!((browser.lit(), browser.said()), ("c", "“Event b” is gone: it stood at 2 January 1815"));
}

#[test]
fn a_filter_is_saved_under_a_name_and_taken_again() {
    let mut browser = Browser::open(SIZE);
    browser.keys("S");
    assert_eq!(browser.said(), "there is no filter to save: f types one");
    browser.keys("f").typed("kind:talks").keys("enter S").typed("negotiations").keys("enter");
    assert_eq!(browser.said(), "filter saved as negotiations");
    let shown = browser.app.count;
    let changes = kept(&mut browser);
    let mut browser = again(&changes, None);
    browser.keys("s enter");
    assert_eq!(browser.app.filter.to_string(), "kind:talks");
    assert_eq!(browser.app.count, shown);
    browser.keys("u s x");
    assert!(browser.app.notebook.filters.is_empty());
    assert!(browser.app.filter.is_empty());
    browser.keys("s");
    assert_eq!(browser.said(), "no filter is saved: S saves the present one");
}

#[test]
fn one_comes_back_to_where_one_was() {
    let mut browser = Browser::open(SIZE);
    browser.keys("f").typed("party:coalition").keys("enter j j j + 2");
    let (lit, session) = (browser.lit().to_owned(), browser.app.session());
    let zoom = browser.app.strip.view;
    let mut browser = again(&[], Some(session.clone()));
    assert_eq!((browser.lit(), browser.app.view.name()), (lit.as_str(), "lanes"));
    assert_eq!((browser.app.filter.to_string().as_str(), browser.app.strip.view), ("party:coalition", zoom));
    assert!(
        browser.said().starts_with("back where you were: view lanes, filter party:coalition"),
        "{}",
        browser.said()
    );
    browser.keys("j");
    assert_eq!(browser.said(), "");
    // Nobody is told of where everybody begins.
    assert_eq!(again(&[], Some(Browser::open(SIZE).app.session())).said(), "");
    // Less than a second is come back to, too.
    let brief = Session { zoom: vec![1_704_067_200; 2], nanos: vec![1, 900], ..Session::default() };
    let view = again(&[], Some(brief)).app.strip.view.expect("zoomed");
    assert_eq!(view.first.plus_nanos(899), view.last);
    // An event that is gone is looked for at its date.
    let gone = Session { id: "gone".to_owned(), date: "2017-12-09".to_owned(), ..Session::default() };
    let browser = again(&[], Some(gone));
    let start =
        browser.app.lit().and_then(|row| row.entry.bounds.as_ref()).map(|bounds| bounds.hull.s0.civil());
    assert!(start.flatten().is_some_and(|civil| civil.year >= 2017), "{}", browser.lit());
}

#[test]
fn what_is_noted_is_written_on_request() {
    let mut browser = Browser::open(SIZE);
    browser.keys("w");
    assert!(!browser.screen().contains("with your marks"));
    browser.keys("esc m w");
    assert!(browser.screen().contains("[ ]        with your marks and notes"), "{}", browser.screen());
    browser.keys("G space");
    assert!(browser.screen().contains("--notes"), "{}", browser.screen());
    browser.wanted();
    browser.keys("enter");
    let order = browser.wanted().into_iter().find_map(|effect| match effect {
        Effect::Export(order) => Some(order),
        _ => None,
    });
    assert_eq!(order.and_then(|order| order.notes).map(|notes| notes.events.len()), Some(1));
}
