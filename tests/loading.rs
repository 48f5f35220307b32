//! The browser while its source is still being read, and while what takes long is answered in part.

mod support;

use std::sync::Arc;

use annals::app::Options;
use annals::app::effect::Effect;
use annals::keymap::{Code, Key};
use annals::store::{Count, Slot, Store};
use annals::when::{When, words};
use proptest::prelude::*;
use support::growing::Growing;
use support::{Browser, read};

const SIZE: (u16, u16) = (80, 24);

/// Events of these years, in this order in the file.
fn of_years(years: impl IntoIterator<Item = i64>, arrived: usize) -> Arc<Growing> {
    let mut toml = String::from("title = \"A long table\"\n");
    for (number, year) in years.into_iter().enumerate() {
        let (kind, what) = if number % 10 == 3 { ("talks", "Talks") } else { ("attack", "Attack") };
        toml.push_str(&format!(
            "[[events]]\nid = \"e{number}\"\ndate = \"{year}\"\ntitle = \"{what} {number} of {year}\"\nkind = \"{kind}\"\n"
        ));
    }
    Growing::new(read(&toml), arrived)
}

fn browse(store: &Arc<Growing>, size: (u16, u16)) -> Browser {
    Browser::of(Arc::clone(store) as Arc<dyn Store>, Options::default(), size)
}

/// The screen line on which the lit event stands.
fn screen_line(browser: &Browser) -> Option<usize> {
    Some(browser.app.rows.lit_line()? - browser.app.rows.top)
}

#[test]
fn the_first_events_are_shown_and_more_are_counted_as_they_come() {
    let store = of_years(1000..1400, 100);
    let mut browser = browse(&store, SIZE);
    assert_eq!(browser.lit(), "e0");
    assert!(browser.screen().contains("100+ events"), "{}", browser.screen());
    assert!(browser.screen().contains("1 of 100+"), "{}", browser.screen());
    store.grow(200);
    browser.changed();
    assert!(browser.screen().contains("300+ events"), "{}", browser.screen());
    assert!(browser.screen().contains("75 %"), "{}", browser.screen());
    store.grow(100);
    browser.changed();
    let screen = browser.screen();
    assert!(screen.contains("400 events") && screen.contains("1 of 400"), "{screen}");
    assert!(!screen.contains('%'), "{screen}");
    browser.keys("G");
    assert_eq!(browser.lit(), "e399");
}

#[test]
fn events_that_come_before_the_lit_one_do_not_move_it_on_the_screen() {
    let store = of_years((1000..1200).rev(), 100);
    let mut browser = browse(&store, SIZE);
    browser.keys("j j j j j j j j j j j j j j j v j");
    let (lit, line) = (browser.lit().to_owned(), screen_line(&browser));
    let shown = browser.app.selected;
    store.grow(100);
    browser.changed();
    assert_eq!((browser.lit(), screen_line(&browser)), (lit.as_str(), line));
    assert_eq!(browser.app.selected, shown);
    assert_eq!(browser.app.rank, Some(117));
    browser.keys("g");
    assert_eq!(browser.lit(), "e199");
}

#[test]
fn what_is_typed_stays_and_is_counted_among_what_comes() {
    let store = of_years(1000..1100, 50);
    let mut browser = browse(&store, SIZE);
    browser.keys("f").typed("kind:talks");
    assert_eq!(browser.app.count.map(Count::total), Some(5));
    store.grow(20);
    browser.changed();
    assert_eq!(browser.app.count.map(Count::total), Some(7));
    assert!(browser.screen().contains("kind:talks"), "{}", browser.screen());
    browser.typed(",attack");
    assert_eq!(browser.app.filter.to_string(), "kind:talks,attack");
}

#[test]
fn a_filter_that_nothing_fits_yet_shows_the_first_that_does() {
    let store = of_years(1000..1100, 50);
    let mut browser = browse(&store, SIZE);
    browser.keys("f").typed("since:1060");
    browser.keys("enter");
    assert!(browser.screen().contains("No event fits this filter."), "{}", browser.screen());
    store.grow(50);
    browser.changed();
    assert_eq!(browser.lit(), "e60");
}

#[test]
fn what_begins_at_a_date_waits_until_that_date_is_read() {
    let store = of_years(1000..1100, 50);
    let at: When = words::read("1080", None).expect("a date");
    let options = Options { at: Some(at), ..Options::default() };
    let mut browser = Browser::of(Arc::clone(&store) as Arc<dyn Store>, options, SIZE);
    assert_eq!(browser.lit(), "e49");
    store.grow(50);
    browser.changed();
    assert_eq!(browser.lit(), "e80");
}

#[test]
fn a_source_that_has_not_said_anything_yet_is_being_read() {
    let store = of_years(1000..1010, 0);
    let mut browser = browse(&store, SIZE);
    assert!(browser.screen().contains("reading"), "{}", browser.screen());
    store.grow(10);
    browser.changed();
    assert_eq!(browser.lit(), "e0");
}

#[test]
fn a_question_is_asked_again_only_when_it_was_answered() {
    let store = of_years(1000..1100, 50);
    let mut browser = browse(&store, SIZE);
    let mut asked = |store: &Arc<Growing>| {
        store.grow(10);
        let effects = browser.app.changed(store.info());
        let of_counts = effects.iter().filter(|effect| matches!(effect, Effect::Ask(Slot::Count, ..)));
        of_counts.count()
    };
    assert_eq!((asked(&store), asked(&store), asked(&store)), (1, 0, 0));
}

#[test]
fn hits_come_in_as_they_are_found_and_escape_stops_the_search() {
    let store = of_years(1000..1400, 400);
    let mut browser = browse(&store, (120, 24));
    store.search(42);
    browser.keys("/").typed("talks").keys("enter");
    let screen = browser.screen();
    assert!(screen.contains("17+ hits") && screen.contains("searching 42 %"), "{screen}");
    // On to the next hit while the search goes on.
    assert_eq!(browser.lit(), "e3");
    browser.keys("n n");
    assert_eq!(browser.lit(), "e23");
    store.search(80);
    browser.go_on();
    assert!(browser.screen().contains("32+ hits"), "{}", browser.screen());
    browser.keys("esc");
    assert_eq!(browser.said(), "stopped at 80 %: what was not counted to its end is marked with +");
    assert_eq!(browser.unfinished(), 0);
    let screen = browser.screen();
    assert!(screen.contains("32+ hits") && !screen.contains("searching"), "{screen}");
    // What was stopped does not begin again by itself.
    store.search(100);
    browser.changed();
    assert!(browser.screen().contains("32+ hits"), "{}", browser.screen());
    browser.keys("esc");
    assert!(browser.app.search.filter.is_none());
}

#[test]
fn leaving_a_search_stops_looking_for_its_hit() {
    let store = of_years(1000..1400, 400);
    let mut browser = browse(&store, (120, 24));
    browser.keys("/");
    let key = |code| Key { code, ctrl: false, alt: false };
    let asked = browser.app.key(key(Code::Char('t')));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Ask(Slot::Jump, ..))));
    let left = browser.app.key(key(Code::Esc));
    assert!(left.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Jump))));
}

#[test]
fn a_search_that_ends_says_how_many_hits_there_are() {
    let store = of_years(1000..1400, 400);
    let mut browser = browse(&store, (120, 24));
    store.search(42);
    browser.keys("/").typed("talks").keys("enter");
    store.search(100);
    browser.go_on();
    let screen = browser.screen();
    assert!(screen.contains(" 40 hits") && !screen.contains("searching"), "{screen}");
}

#[test]
fn a_jump_to_a_hit_that_is_far_waits_for_it_and_can_be_stopped() {
    let store = of_years(1000..1400, 400);
    let mut browser = browse(&store, (120, 24));
    store.search(10);
    browser.keys("/").typed("\"of 1300\"").keys("enter");
    assert_eq!(browser.lit(), "e0");
    assert!(browser.screen().contains("searching 10 %"), "{}", browser.screen());
    browser.keys("j");
    store.search(100);
    browser.go_on();
    assert_eq!(browser.lit(), "e300");
    store.search(10);
    browser.keys("/").typed("\"of 1350\"").keys("enter esc");
    store.search(100);
    browser.go_on();
    assert_eq!(browser.lit(), "e300");
}

#[test]
fn a_filter_in_part_shows_what_fits_so_far_and_says_how_far_it_came() {
    let store = of_years(1000..1400, 400);
    let mut browser = browse(&store, (120, 24));
    store.search(1);
    browser.keys("f").typed("\"of 13\"").keys("enter");
    let screen = browser.screen();
    assert!(screen.contains("searching 1 %") && !screen.contains("No event fits"), "{screen}");
    store.search(80);
    browser.go_on();
    let screen = browser.screen();
    assert!(screen.contains("20+ of 400 events") && screen.contains("of 1306"), "{screen}");
    assert_eq!(browser.lit(), "e300");
    store.search(100);
    browser.go_on();
    assert!(browser.screen().contains("100 of 400 events"), "{}", browser.screen());
    assert_eq!(browser.lit(), "e300");
}

#[test]
fn a_problem_with_the_source_is_said_until_it_is_over() {
    let store = of_years(1000..1100, 50);
    let mut browser = browse(&store, SIZE);
    store.break_off("table.csv was cut off while it was read");
    store.grow(0);
    browser.changed();
    for keys in ["j", "k", "esc", "j"] {
        browser.keys(keys);
    }
    browser.app.message = None;
    assert!(browser.screen().contains("table.csv was cut off"), "{}", browser.screen());
}

#[test]
fn the_strip_shows_all_when_all_is_there() {
    let store = of_years(1000..1400, 20);
    let mut browser = browse(&store, SIZE);
    for _ in 0..38 {
        store.grow(10);
        browser.changed();
        let counted: u64 = browser.app.strip.density.iter().map(|count| count.total()).sum();
        assert_eq!(counted, browser.app.info.total);
    }
    let range = browser.app.strip.axis.range().expect("an axis");
    assert_eq!(Some(range.first), browser.app.info.extent.map(|extent| extent.first));
    assert_eq!(Some(range.last), browser.app.info.extent.map(|extent| extent.last));
}

#[test]
fn screens_while_loading() {
    for size in [(1, 1), (20, 6), (40, 12), (80, 24), (120, 40), (200, 50)] {
        let store = of_years(1000..2000, 420);
        let browser = browse(&store, size);
        insta::assert_snapshot!(format!("file-{}x{}", size.0, size.1), browser.screen());
    }
}

#[test]
fn screens_of_a_pipe_in_ascii_and_of_a_search() {
    let store = of_years(1000..2000, 420);
    store.without_size();
    let options = Options { ascii: true, ..Options::default() };
    let of = |options: Options| Browser::of(Arc::clone(&store) as Arc<dyn Store>, options, SIZE);
    insta::assert_snapshot!("pipe-ascii-80x24", of(options.clone()).screen());
    let store = of_years(1000..2000, 420);
    let mut browser = Browser::of(Arc::clone(&store) as Arc<dyn Store>, options, SIZE);
    insta::assert_snapshot!("file-ascii-80x24", browser.screen());
    store.search(42);
    browser.keys("/").typed("talks").keys("enter");
    insta::assert_snapshot!("search-80x24", browser.screen());
}

#[derive(Clone, Debug)]
enum Step {
    Keys(&'static str),
    Grow(usize),
    Search(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "j", "k", "G", "g", "ctrl-f", "ctrl-b", "]", "space", "v", "f k i n d : t a l k s enter", "c", "u", "a", "+", "0",
            "/ t a l k s enter", "n", "N", "esc", "backspace",
        ])
        .prop_map(Step::Keys),
        3 => (0usize..60).prop_map(Step::Grow),
        1 => (0u8..=100).prop_map(Step::Search),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_growing_store_never_moves_the_lit_event(
        years in proptest::collection::vec(1000i64..1300, 40..200),
        first in 0usize..40,
        steps in proptest::collection::vec(step(), 1..40),
        reverse: bool,
    ) {
        let store = of_years(years, first);
        let options = Options { reverse, ..Options::default() };
        let mut browser = Browser::of(Arc::clone(&store) as Arc<dyn Store>, options, SIZE);
        for step in steps {
            match step {
                Step::Keys(keys) => drop(browser.keys(keys)),
                Step::Search(share) => {
                    store.search(share);
                    browser.go_on();
                }
                Step::Grow(more) => {
                    store.search(100);
                    browser.go_on();
                    let (lit, line) = (browser.lit().to_owned(), screen_line(&browser));
                    store.grow(more);
                    browser.changed();
                    if !lit.is_empty() {
                        prop_assert_eq!(browser.lit(), &lit);
                        prop_assert!(screen_line(&browser) >= line, "it went up from {:?}", line);
                    }
                }
            }
            browser.draw();
        }
        store.search(100);
        store.grow(200);
        browser.changed().go_on();
        // In the end all is as if it had been there from the beginning.
        prop_assert_eq!(browser.app.info.total, store.len() as u64);
        // What Esc stopped stays a part, which the screen marks: only whole counts can be compared.
        let whole = [Slot::Count, Slot::Rank].iter().all(|slot| !browser.app.is_partial(*slot));
        if let (Some(count), Some(rank), true) = (browser.app.count, browser.app.rank, whole) {
            prop_assert!(rank >= 1 && rank <= count.total());
        }
    }
}
