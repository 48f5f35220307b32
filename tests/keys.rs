//! Keys as they are typed, and what follows.

mod support;

use annals::app::effect::{Effect, Outcome, Preview, Writing};
use annals::app::{Focus, Options};
use annals::store::Keys;
use support::{Browser, built_in, chronology};

const SIZE: (u16, u16) = (80, 24);

#[test]
fn down_and_up_walk_through_the_events_in_order() {
    let mut browser = Browser::open(SIZE);
    let first = browser.lit().to_owned();
    let mut seen = vec![first.clone()];
    loop {
        browser.keys("j");
        if seen.last().map(String::as_str) == Some(browser.lit()) {
            break;
        }
        seen.push(browser.lit().to_owned());
    }
    assert_eq!(seen.len() as u64, browser.store.info().total);
    assert_eq!(browser.app.rank, Some(browser.store.info().total));
    browser.keys("g");
    assert_eq!(browser.lit(), first);
    browser.keys("G");
    assert_eq!(Some(browser.lit()), seen.last().map(String::as_str));
}

#[test]
fn pages_and_halves_go_there_and_back() {
    let mut browser = Browser::open(SIZE);
    browser.keys("ctrl-f ctrl-f ctrl-d");
    assert!(browser.app.rank > Some(10), "{:?}", browser.app.rank);
    browser.keys("ctrl-b ctrl-b ctrl-b pgup ctrl-u");
    assert_eq!(browser.app.rank, Some(1));
}

#[test]
fn headings_lead_from_year_to_year() {
    let mut browser = Browser::open(SIZE);
    browser.keys("]");
    assert_ne!(browser.app.rank, Some(1));
    let second = browser.lit().to_owned();
    browser.keys("] [");
    assert_eq!(browser.lit(), second);
    browser.keys("[");
    assert_eq!(browser.app.rank, Some(1));
}

#[test]
fn a_party_is_chosen_in_the_sidebar_and_undone() {
    let mut browser = Browser::open(SIZE);
    let all = browser.app.count;
    browser.keys("a").keys("j");
    while !browser.screen().contains("[x]") {
        browser.keys("space");
    }
    assert!(browser.app.filter.to_string().starts_with("party:"), "{}", browser.app.filter);
    assert_ne!(browser.app.count, all);
    browser.keys("x");
    assert!(browser.app.filter.to_string().starts_with("-party:"), "{}", browser.app.filter);
    browser.keys("u");
    assert!(browser.app.filter.to_string().starts_with("party:"));
    browser.keys("u");
    assert!(browser.app.filter.is_empty());
    assert_eq!(browser.app.count, all);
    assert!(browser.said().starts_with("undone: party:"), "{}", browser.said());
    browser.keys("U");
    assert!(browser.app.filter.to_string().starts_with("party:"));
}

#[test]
fn the_sidebar_is_narrowed_to_what_fits_and_back() {
    let mut browser = Browser::open((80, 40));
    browser.keys("a /").typed("ira");
    let screen = browser.screen();
    assert!(screen.contains("Iraq ") && !screen.contains("The press"), "{screen}");
    browser.keys("enter esc");
    assert!(browser.screen().contains("The press"));
}

#[test]
fn the_filter_is_live_and_escape_returns() {
    let mut browser = Browser::open(SIZE);
    browser.keys("f").typed("kind:statement");
    assert_eq!(browser.app.filter.to_string(), "kind:statement");
    browser.keys("esc");
    assert!(browser.app.filter.is_empty());
    browser.keys("f").typed("kind:statement");
    browser.keys("enter");
    assert_eq!(browser.app.filter.to_string(), "kind:statement");
    browser.keys("backspace");
    assert!(browser.app.filter.is_empty());
    assert_eq!(browser.said(), "dropped kind:statement");
}

#[test]
fn a_fault_keeps_the_line_open_and_the_filter_before() {
    let mut browser = Browser::open(SIZE);
    browser.keys("f").typed("faktor:x");
    browser.keys("enter");
    assert!(
        matches!(&browser.app.overlay, Some(annals::app::Overlay::Prompt(prompt)) if prompt.fault.is_some())
    );
    browser.keys("esc");
    assert!(browser.app.filter.is_empty());
}

#[test]
fn the_cursor_returns_when_a_filter_is_loosened() {
    let mut browser = Browser::open(SIZE);
    browser.keys("j j j j j");
    let here = browser.lit().to_owned();
    browser.keys("f").typed("kind:talks");
    browser.keys("enter");
    assert_ne!(browser.lit(), here);
    browser.keys("c");
    assert_eq!(browser.lit(), here);
}

#[test]
fn search_lights_hits_and_keeps_the_filter() {
    let mut browser = Browser::filtered("kind:statement", SIZE);
    let filter = browser.app.filter.clone();
    browser.keys("/").typed("working");
    let hit = browser.lit().to_owned();
    browser.keys("enter n");
    assert_ne!(browser.lit(), hit);
    browser.keys("N");
    assert_eq!(browser.lit(), hit);
    assert_eq!(browser.app.filter, filter);
    assert!(browser.app.search.hits.is_some_and(|hits| hits.total() > 0));
    browser.keys("esc");
    assert!(browser.app.search.filter.is_none());
}

#[test]
fn search_wraps_and_says_so() {
    let mut browser = Browser::open(SIZE);
    browser.keys("/").typed("photo");
    browser.keys("enter");
    let hit = browser.lit().to_owned();
    browser.keys("n");
    assert_eq!(browser.lit(), hit);
    assert_eq!(browser.said(), "on from the first");
    browser.keys("/").typed("zzzz");
    assert_eq!(browser.said(), "no hit among the events shown");
}

#[test]
fn a_range_and_one_more_event_are_selected_exported_and_kept() {
    let mut browser = Browser::open(SIZE);
    browser.keys("j v j j v G space");
    assert_eq!(browser.app.selected.map(annals::store::Count::total), Some(4));
    browser.keys("w");
    let wanted = browser.wanted();
    assert!(matches!(&wanted[..], [Effect::Preview(order)] if order.formats == ["md"]), "{wanted:?}");
    browser.keys("enter");
    let wanted = browser.wanted();
    let Some(Effect::Export(order)) = wanted.last() else { panic!("{wanted:?}") };
    assert_eq!(order.path, "iraq-and-the-coalition-2014-to.md");
    assert!(!order.replace);
    browser.outcome(Outcome::Exists(vec![order.path.clone()]));
    browser.keys("y");
    let wanted = browser.wanted();
    assert!(matches!(&wanted[..], [Effect::Export(order)] if order.replace), "{wanted:?}");
    browser.outcome(Outcome::Written("wrote 4 events".to_owned()));
    assert_eq!(browser.app.selected.map(annals::store::Count::total), Some(4));
}

#[test]
fn refusing_to_replace_returns_to_the_dialog() {
    let mut browser = Browser::open(SIZE);
    browser.keys("w enter");
    browser.outcome(Outcome::Exists(vec!["a.md".to_owned()]));
    browser.keys("n");
    assert!(matches!(browser.app.overlay, Some(annals::app::Overlay::Export(_))));
    assert!(!browser.wanted().iter().any(|effect| matches!(effect, Effect::Export(order) if order.replace)));
}

#[test]
fn escape_never_quits_and_q_does() {
    let mut browser = Browser::open(SIZE);
    browser.keys("esc esc esc");
    assert!(!browser.wanted().contains(&Effect::Quit));
    browser.keys("enter");
    assert_eq!(browser.app.focus, Focus::Event);
    browser.keys("q");
    assert_eq!(browser.app.focus, Focus::List);
    assert!(!browser.wanted().contains(&Effect::Quit));
    browser.keys("q");
    assert!(browser.wanted().contains(&Effect::Quit));
}

#[test]
fn escape_gives_up_a_range_and_clears_a_selection_that_undo_brings_back() {
    let mut browser = Browser::open(SIZE);
    browser.keys("v j j esc");
    assert_eq!(browser.app.selected, None);
    browser.keys("space esc");
    assert_eq!(browser.app.selected, None);
    browser.keys("u");
    assert_eq!(browser.app.selected.map(annals::store::Count::total), Some(1));
}

#[test]
fn a_link_is_followed_and_come_back_from() {
    let mut browser = Browser::open((120, 40));
    let linked = browser.store.info().total;
    for _ in 0..linked {
        if browser.app.lit().is_some_and(|row| !row.entry.event.links.is_empty()) {
            break;
        }
        browser.keys("j");
    }
    let from = browser.lit().to_owned();
    let to = browser.app.lit().map(|row| row.entry.event.links[0].event.clone()).expect("a link");
    let actors = browser.app.lit().map_or(0, |row| row.entry.cast.len());
    browser.keys("l");
    for _ in 0..=actors {
        browser.keys("]");
    }
    browser.keys("enter");
    assert_eq!(browser.lit(), to);
    browser.keys("backspace");
    assert_eq!(browser.lit(), from);
}

#[test]
fn a_link_to_what_the_filter_hides_says_so_and_moves_nothing() {
    let mut browser = Browser::filtered("kind:statement", SIZE);
    browser.keys("j j");
    let here = browser.lit().to_owned();
    browser.keys(":").typed("coalition-formed");
    browser.keys("enter");
    assert!(
        browser.said().starts_with("the filter hides “The international coalition"),
        "{}",
        browser.said()
    );
    assert_eq!(browser.lit(), here);
    browser.keys("l backspace");
    assert_eq!(browser.lit(), here);
}

#[test]
fn copying_while_files_are_written_does_not_end_the_writing() {
    let mut browser = Browser::open(SIZE);
    browser.keys("w enter y");
    browser.outcome(Outcome::Done("Markdown sent to the terminal".to_owned()));
    browser.wanted();
    browser.keys("esc");
    assert_eq!(browser.wanted(), [Effect::CancelExport]);
    browser.outcome(Outcome::NotWritten("stopped".to_owned()));
    assert!(matches!(browser.app.overlay, Some(annals::app::Overlay::Export(_))));
}

#[test]
fn an_export_says_how_far_it_has_come_and_what_was_lost() {
    let mut browser = Browser::open((120, 24));
    browser.keys("w");
    browser.outcome(Outcome::Preview(Preview { events: 1_204_000, untried: true, ..Preview::default() }));
    let screen = browser.screen();
    assert!(screen.contains("1,204,000 events shown") && screen.contains("is counted while"), "{screen}");
    browser.keys("enter");
    assert!(browser.screen().contains("writing; Esc stops it"), "{}", browser.screen());
    let writing = |share| Outcome::Writing(Writing { file: "a.md".to_owned(), events: 1_204_000, share });
    browser.outcome(writing(28));
    let screen = browser.screen();
    assert!(screen.contains("writing 1,204,000 events (28 %); Esc stops it: a.md"), "{screen}");
    browser.keys("j").outcome(writing(75));
    let screen = browser.screen();
    assert!(screen.contains("writing 1,204,000 events (75 %); Esc"), "{screen}");
    browser.outcome(Outcome::Written("wrote 1,204,000 events to a.md; 3 links".to_owned()));
    assert_eq!(browser.said(), "wrote 1,204,000 events to a.md; 3 links");
    // What was still on its way is late.
    browser.outcome(writing(1)).keys("j");
    assert!(!browser.screen().contains("writing"), "{}", browser.screen());
}

#[test]
fn what_was_made_to_be_copied_is_copied() {
    let mut browser = Browser::open(SIZE);
    browser.keys("y");
    assert!(matches!(browser.wanted()[..], [Effect::CopyEvents(..)]));
    browser.outcome(Outcome::ToCopy("# Events".to_owned()));
    assert_eq!(browser.wanted(), [Effect::CopyText("# Events".to_owned(), "Markdown")]);
}

#[test]
fn the_actor_in_focus_is_walked_along() {
    let mut browser = Browser::open(SIZE);
    browser.keys(">");
    let actor = browser.app.actor.clone().expect("an actor in focus");
    let name = browser.app.actor_name(&actor);
    assert!(browser.screen().contains(&format!("on {name}")), "{}", browser.screen());
    for _ in 0..3 {
        browser.keys(">");
        assert_eq!(browser.app.actor.as_deref(), Some(actor.as_str()));
    }
}

#[test]
fn a_date_is_gone_to_in_words_or_edtf() {
    let mut browser = Browser::open(SIZE);
    browser.keys("t").typed("late 2017");
    browser.keys("enter");
    assert_eq!(browser.lit(), "islamic-state-defeated");
    browser.keys("t").typed("2023-08");
    browser.keys("enter");
    assert_eq!(browser.lit(), "talks-planned");
    browser.keys(":").typed("first-round-of-talks");
    browser.keys("enter");
    assert_eq!(browser.lit(), "first-round-of-talks");
    browser.keys("t").typed("no date at all");
    browser.keys("enter");
    assert!(browser.app.message.as_ref().is_some_and(|message| message.is_error));
}

#[test]
fn the_palette_takes_actions_and_w_file() {
    let mut browser = Browser::open(SIZE);
    browser.keys(":").typed("sidebar");
    browser.keys("enter");
    assert!(browser.app.sidebar.shown);
    browser.keys("q");
    browser.keys(":").typed("w out.csv");
    browser.keys("enter");
    let wanted = browser.wanted();
    let Some(Effect::Export(order)) = wanted.last() else { panic!("{wanted:?}") };
    assert_eq!((order.path.as_str(), order.formats.as_slice()), ("out.csv", &["csv"][..]));
    assert_eq!(order.keys, Keys::all());
    browser.outcome(Outcome::Written(String::new()));
    browser.keys(":").typed("q");
    browser.keys("enter");
    assert!(browser.wanted().contains(&Effect::Quit));
}

#[test]
fn the_menu_filters_by_a_value_of_the_event() {
    let mut browser = Browser::open(SIZE);
    browser.keys("F enter");
    assert!(!browser.app.filter.is_empty());
    browser.keys("c X enter");
    assert!(browser.app.filter.to_string().starts_with('-'), "{}", browser.app.filter);
}

#[test]
fn an_empty_result_says_why_and_names_the_nearest() {
    let mut browser = Browser::open((200, 50));
    browser.keys("f").typed("actor:irak kind:talks");
    browser.keys("enter");
    let screen = browser.screen();
    assert!(screen.contains("No event fits this filter."), "{screen}");
    assert!(screen.contains("did you mean actor:iraq"), "{screen}");
    assert!(screen.contains("without actor:irak"), "{screen}");
}

#[test]
fn a_chronology_of_nothing_is_no_trouble() {
    for keys in [
        "j",
        "G",
        "l",
        "v",
        "space",
        "w",
        "y",
        "Y",
        "F",
        "x",
        "X",
        "r",
        "e",
        "p",
        "P",
        "ctrl-s",
        "3 v",
        "3 I",
        "3 C",
        "n",
        ">",
        "t",
        "+",
        "a j space",
        "E",
        "A",
    ] {
        let mut browser = Browser::of(chronology("title = \"empty\"\n"), Options::default(), SIZE);
        browser.keys(keys);
        assert!(browser.screen().contains("empty"));
    }
}

#[test]
fn the_question_of_the_editor_is_one_key_sequence() {
    let mut browser = Browser::open(SIZE);
    browser.keys("f").typed("party:iran-aligned since:2023-10-1X until:2024-01-27");
    browser.keys("enter y");
    let wanted = browser.wanted();
    assert!(wanted.iter().any(|effect| matches!(effect, Effect::CopyEvents(..))), "{wanted:?}");
    let mut ids = Vec::new();
    let mut note = |row: &annals::store::Row| {
        ids.push(row.entry.event.id.clone());
        Ok(())
    };
    let question = browser.app.question();
    browser.store.scan(&question, &Keys::all(), &mut note, &annals::store::Ctl::default()).expect("scanned");
    assert_eq!(
        ids,
        [
            "frequent-attacks-on-coalition",
            "more-than-150-attacks",
            "attacks-claimed",
            "sudani-relies-on-iranian-allied-parties",
            "opposition-to-us-support-for-israel"
        ]
    );
    assert_eq!(built_in().info().total, browser.store.info().total);
}

#[test]
fn a_jump_to_the_far_end_fills_the_screen() {
    let mut toml = String::from("title = \"long\"\n");
    for year in 1000..2000 {
        toml.push_str(&format!(
            "[[events]]\nid = \"e{year}\"\ndate = \"{year}\"\ntitle = \"The year {year}\"\n"
        ));
    }
    let mut browser = Browser::of(chronology(&toml), Options::default(), SIZE);
    browser.keys("j G");
    assert_eq!(browser.lit(), "e1999");
    assert!(browser.screen().contains("The year 1992"), "{}", browser.screen());
    browser.keys("k k k g");
    assert_eq!(browser.lit(), "e1000");
    assert!(browser.screen().contains("The year 1007"), "{}", browser.screen());
    browser.keys("t").typed("1500");
    browser.keys("enter");
    assert_eq!(browser.lit(), "e1500");
}
