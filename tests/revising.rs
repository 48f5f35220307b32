//! Revising a chronology: accepting and rejecting, changing, making events of words, undoing, saving.

mod support;

use std::sync::Arc;

use annals::app::effect::{Effect, Expected, Outcome, Saved};
use annals::app::revising::{LeftBehind, Revisable};
use annals::app::{Options, Overlay, View};
use annals::revise::{Edit, Manuscript, Record, standing};
use annals::term::Depth;
use annals::ui::style::Styles;
use support::{Browser, DRAFT, SIZES, revisable, today};

const SIZE: (u16, u16) = (120, 30);

fn open() -> (tempfile::TempDir, Browser) {
    revisable(DRAFT, Some("draft.toml"), SIZE)
}

fn text(browser: &Browser) -> String {
    browser.app.revising.text().map(ToString::to_string).unwrap_or_default()
}

/// The lines of the draft that are other ones now, as they are now.
fn changed(browser: &Browser) -> Vec<String> {
    let text = text(browser);
    text.lines().filter(|line| !DRAFT.lines().any(|other| other == *line)).map(str::to_owned).collect()
}

fn edits(browser: &Browser) -> Vec<Edit> {
    standing(browser.records.iter().cloned())
}

/// What is to be saved, where, and over what.
fn saving(browser: &mut Browser) -> Option<(String, Arc<str>, Expected)> {
    browser.wanted().into_iter().find_map(|effect| match effect {
        Effect::Save { path, text, expected } => Some((path, text, expected)),
        _ => None,
    })
}

#[test]
fn opening_a_draft_says_that_there_is_something_to_review() {
    let (_folder, browser) = open();
    assert!(
        browser.said().starts_with("3 events to review: r yes, x no, p next, e changes"),
        "{}",
        browser.said()
    );
    let screen = browser.screen();
    assert!(screen.contains("0 of 3 reviewed"), "{screen}");
    assert_eq!(screen.matches("○ ").count(), 3, "{screen}");
    // The built-in chronology is no draft.
    assert_eq!(Browser::open(SIZE).said(), "");
}

#[test]
fn beside_the_text_it_begins_with_the_most_doubtful_and_says_what_to_press() {
    let (_folder, mut browser) = support::revisable_in(DRAFT, Some("draft.toml"), SIZE, View::Source);
    assert_eq!(browser.lit(), "ott-warns");
    browser.keys("p");
    assert_eq!(browser.lit(), "the-council-meets");
    let screen = browser.screen();
    assert!(screen.contains("r accept  x reject  e change  p next"), "{screen}");
    // What is reviewed has the keys of the view.
    browser.keys("r r r");
    assert!(!browser.screen().contains("r accept"));
    browser.keys("e");
    assert!(browser.screen().contains("its letter or Enter takes one"), "{}", browser.screen());
}

#[test]
fn accepting_goes_on_to_the_next_the_most_doubtful_first() {
    let (_folder, mut browser) = open();
    browser.keys("p");
    assert_eq!(browser.lit(), "ott-warns");
    assert!(browser.screen().contains("confidence 0.3"), "{}", browser.screen());
    browser.keys("r");
    assert_eq!(browser.lit(), "the-council-meets");
    assert_eq!(browser.said(), "accepted “Ott warns the council”");
    browser.keys("x");
    assert_eq!(browser.lit(), "the-dam-breaks");
    let screen = browser.screen();
    assert!(screen.contains("2 of 3 reviewed") && screen.contains("not saved"), "{screen}");
    assert!(screen.contains("(rejected)") && screen.contains("✗ "), "{screen}");
    browser.keys("r");
    assert_eq!(browser.lit(), "the-dam-breaks");
    assert!(browser.said().ends_with("all are reviewed, Ctrl-S saves"), "{}", browser.said());
    assert_eq!(changed(&browser).len(), 3);
    assert_eq!(
        text(&browser).replace("\"accepted\"", "\"proposed\"").replace("\"rejected\"", "\"proposed\""),
        DRAFT
    );
    browser.keys("p");
    assert_eq!(browser.said(), "no event is proposed: there is nothing to review");
    browser.keys("u");
    assert_eq!((browser.said(), browser.lit()), ("undone: accepted “The dam breaks”", "the-dam-breaks"));
    browser.keys("u u");
    assert_eq!((text(&browser).as_str(), browser.lit()), (DRAFT, "ott-warns"));
    assert!(!browser.app.revising.is_unsaved());
    assert!(edits(&browser).is_empty(), "the journal comes to nothing");
    browser.keys("U");
    assert_eq!(edits(&browser).len(), 1);
    assert!(browser.screen().contains("1 of 3 reviewed"));
}

#[test]
fn the_filter_and_the_selection_stay_and_rejected_ones_are_found() {
    let (_folder, mut browser) = open();
    browser.keys("space f").typed("is:proposed").keys("enter");
    let selected = browser.app.selected;
    browser.keys("G x");
    assert_eq!((browser.app.selected, browser.app.filter.to_string().as_str()), (selected, "is:proposed"));
    assert_eq!(browser.app.count.map(annals::store::Count::total), Some(2));
    browser.keys("c P");
    assert_eq!(browser.lit(), "the-dam-breaks");
    browser.keys("P");
    assert_eq!((browser.lit(), browser.said()), ("the-council-meets", ""));
}

#[test]
fn a_date_is_read_while_it_is_typed() {
    let (_folder, mut browser) = open();
    browser.keys("p e");
    assert!(
        browser.screen().contains("Change") && browser.screen().contains("engineer-ott@speaker"),
        "{}",
        browser.screen()
    );
    browser.keys("d").typed("early Februari 1911");
    let screen = browser.screen();
    assert!(screen.contains('^') && screen.contains("date early Februari 1911"), "{screen}");
    browser.keys("enter");
    assert!(matches!(browser.app.overlay, Some(Overlay::Prompt(_))), "{}", browser.screen());
    browser.keys("ctrl-u").typed("early February 1911");
    let screen = browser.screen();
    assert!(screen.contains("1911-02") && screen.contains("early February 1911"), "{screen}");
    browser.keys("enter");
    assert!(browser.said().starts_with("date: early February 1911 ("), "{}", browser.said());
    assert_eq!(browser.lit(), "ott-warns");
    assert_eq!(changed(&browser).len(), 1, "{:?}", changed(&browser));
    // Words that are relative count from the publication.
    browser.keys("e d ctrl-u").typed("last Friday").keys("enter");
    assert!(browser.said().contains("3 March 1911 (1911-03-03)"), "{}", browser.said());
    browser.keys("e d ctrl-u enter");
    assert_eq!(browser.said(), "date: none");
    assert_eq!(text(&browser), DRAFT);
}

#[test]
fn title_kind_and_actors_are_changed_in_place() {
    let (_folder, mut browser) = open();
    browser.keys("p e t ctrl-u enter");
    assert_eq!(browser.said(), "an event has a title");
    browser.typed("Ott \"warns\"").keys("enter");
    assert!(text(&browser).contains("title = \"Ott \\\"warns\\\"\"  # twice?\n"), "{}", text(&browser));
    browser.keys("e i ctrl-u").typed("me");
    assert!(browser.screen().contains("a kind of this chronology"), "{}", browser.screen());
    browser.keys("tab enter");
    assert_eq!(browser.said(), "kind: meeting");
    browser.keys("e a ctrl-u").typed("ott@speaker, The mayor");
    assert!(browser.screen().contains("no actor is called The mayor"), "{}", browser.screen());
    browser.keys("enter");
    assert!(browser.said().contains("+The mayor makes a new one"), "{}", browser.said());
    browser.keys("ctrl-u").typed("cou");
    assert!(browser.screen().contains("The town council"), "{}", browser.screen());
    browser.keys("tab").typed("@addressee, ott@speaker, +The mayor").keys("enter");
    assert_eq!(browser.said(), "actors: council@addressee, engineer-ott@speaker, the-mayor");
    assert!(
        text(&browser).contains("[[actors]]\nid = \"the-mayor\"\nname = \"The mayor\""),
        "{}",
        text(&browser)
    );
    assert!(browser.screen().contains("The mayor participant"), "{}", browser.screen());
    browser.keys("u u u");
    assert_eq!(text(&browser), DRAFT);
}

#[test]
fn words_of_the_text_become_an_event() {
    let (_folder, mut browser) = open();
    browser.keys("3 v");
    assert!(browser.said().starts_with("1 word: l on, h back, v begins"), "{}", browser.said());
    // To the next paragraph, and on to its end.
    while !browser.said().ends_with("“Rebuilding”") {
        browser.keys("w");
    }
    browser.keys("v l l l l");
    assert!(browser.said().ends_with("“Rebuilding will begin in May”"), "{}", browser.said());
    browser.keys("I");
    assert!(
        browser.screen().contains("title of the new event Rebuilding will begin in May"),
        "{}",
        browser.screen()
    );
    browser.keys("enter");
    assert_eq!(browser.lit(), "rebuilding-will-begin-in-may");
    let text = text(&browser);
    let added = text.split("[[events]]").find(|event| event.contains("rebuilding")).expect("it is there");
    let start = support::GAZETTE.find("Rebuilding").expect("there");
    assert!(added.contains(&format!("start = {start}, end = {}", start + 28)), "{added}");
    assert!(added.contains("date_text = \"May\"") || added.contains("date_text = \"in May\""), "{added}");
    assert!(!added.contains("review"), "{added}");
    // The passage is shown, and nothing is chosen any more.
    assert!(browser.screen().contains("Rebuilding will begin in May"), "{}", browser.screen());
    assert_eq!(browser.app.mode(), annals::app::action::Mode::Source);
    browser.keys("u");
    assert_eq!(self::text(&browser), DRAFT);
}

#[test]
fn words_of_the_text_become_a_further_source() {
    let (_folder, mut browser) = open();
    browser.keys("p 3 I");
    assert_eq!(browser.said(), "no words are chosen: v chooses some");
    browser.keys("v v j esc");
    assert_eq!(browser.said(), "no words are chosen");
    browser.keys("v G");
    assert!(browser.said().ends_with("“May”"), "{}", browser.said());
    browser.keys("h v k");
    let chosen = browser.said().to_owned();
    browser.keys("C");
    assert_eq!(browser.lit(), "ott-warns", "{chosen}");
    assert!(browser.said().starts_with("further source of"), "{}", browser.said());
    assert!(
        text(&browser).contains("end = 80 },\n  { document = \"gazette\", quote = "),
        "{}",
        text(&browser)
    );
    browser.keys("u");
    assert_eq!(text(&browser), DRAFT);
}

#[test]
fn events_are_split_and_joined() {
    let (_folder, mut browser) = open();
    browser.keys("p : s p l i t enter");
    assert_eq!(browser.lit(), "ott-warns-2");
    assert!(browser.screen().contains("0 of 4 reviewed"), "{}", browser.screen());
    browser.keys(": j o i n enter");
    assert!(
        browser.said().starts_with("two are joined: Space the event that is to go"),
        "{}",
        browser.said()
    );
    browser.keys("space p");
    browser.keys(": j o i n enter");
    assert!(browser.said().starts_with("joined “The council meets” with “Ott warns"), "{}", browser.said());
    assert_eq!((browser.lit(), browser.app.info.total), ("the-council-meets", 3));
    assert_eq!(browser.app.selected.map_or(0, annals::store::Count::total), 0);
    // The joining, the selection, the splitting.
    browser.keys("u u u");
    assert_eq!(text(&browser), DRAFT);
}

#[test]
fn what_is_saved_is_not_asked_about() {
    let (_folder, mut browser) = open();
    browser.keys("ctrl-s");
    assert!(browser.said().starts_with("nothing was changed"), "{}", browser.said());
    browser.keys("r q");
    assert!(browser.screen().contains("draft.toml has changes that are not saved."), "{}", browser.screen());
    assert!(browser.wanted().is_empty());
    browser.keys("n ctrl-s");
    let (path, text, expected) = saving(&mut browser).expect("it is to be saved");
    assert_eq!((path.as_str(), &expected), ("draft.toml", &Expected::Text(Arc::from(DRAFT))));
    browser.outcome(Outcome::Saved(Saved::Done { path, text: Arc::clone(&text) }));
    assert_eq!(browser.said(), "saved to draft.toml");
    browser.keys("q");
    assert_eq!(browser.wanted(), [Effect::Quit]);
    // What is undone after that is another change, also for the journal.
    browser.records.clear();
    browser.keys("u");
    assert!(browser.app.revising.is_unsaved());
    let (again, _) = Manuscript::read(&text).expect("read").with_all(&edits(&browser)).expect("it fits");
    assert_eq!(&**again.text(), DRAFT);
    browser.keys("U");
    assert!(!browser.app.revising.is_unsaved());
    assert_eq!(browser.wanted(), [Effect::DropJournal]);
    browser.keys(": w enter");
    assert!(matches!(browser.app.overlay, Some(Overlay::Export(_))));
}

#[test]
fn quitting_saves_where_that_is_wanted() {
    let (_folder, mut browser) = open();
    browser.keys("r q s");
    let (path, text, _) = saving(&mut browser).expect("it is to be saved");
    browser.outcome(Outcome::Saved(Saved::Done { path, text }));
    assert_eq!(browser.wanted(), [Effect::Quit]);
    let (_folder, mut browser) = open();
    browser.keys("r q d");
    assert_eq!(browser.wanted(), [Effect::DropJournal, Effect::Quit]);
}

#[test]
fn a_draft_without_a_file_asks_for_a_name() {
    let (_folder, mut browser) = revisable(DRAFT, None, SIZE);
    assert!(browser.screen().contains("not saved"));
    browser.keys("ctrl-s");
    assert!(browser.screen().contains("save as the-dam-at-ulm.toml"), "{}", browser.screen());
    browser.keys("enter");
    let (path, text, expected) = saving(&mut browser).expect("it is to be saved");
    assert_eq!((path.as_str(), expected), ("the-dam-at-ulm.toml", Expected::Nothing));
    browser.outcome(Outcome::Saved(Saved::Taken(path)));
    assert!(browser.screen().contains("the-dam-at-ulm.toml exists."), "{}", browser.screen());
    browser.keys("r");
    let (path, _, expected) = saving(&mut browser).expect("it is to be saved");
    assert_eq!(expected, Expected::Anything);
    browser.outcome(Outcome::Saved(Saved::Done { path, text }));
    browser.keys("q");
    assert_eq!(browser.wanted(), [Effect::Quit]);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_overwritten() {
    let theirs: Arc<str> = Arc::from(DRAFT.replace("The dam breaks", "The dam at Ulm breaks"));
    let meanwhile = |theirs: &Arc<str>| {
        let (folder, mut browser) = open();
        browser.keys("p r ctrl-s");
        browser.wanted();
        browser.outcome(Outcome::Saved(Saved::Meanwhile(Some(Arc::clone(theirs)))));
        (folder, browser)
    };
    let (_folder, mut browser) = meanwhile(&theirs);
    assert!(browser.screen().contains("put the changes made here onto it"), "{}", browser.screen());
    browser.keys("p");
    let (_, text, expected) = saving(&mut browser).expect("it is to be saved");
    assert_eq!(expected, Expected::Text(Arc::clone(&theirs)));
    assert!(text.contains("The dam at Ulm breaks"));
    let changed = |line: &&str| !theirs.lines().any(|other| other == *line);
    assert_eq!(text.lines().filter(changed).collect::<Vec<_>>(), ["review = \"accepted\""]);
    browser.outcome(Outcome::Saved(Saved::Done { path: "draft.toml".to_owned(), text }));
    browser.keys("u");
    assert_eq!(self::text(&browser), *theirs);

    // What they changed is what was changed here.
    let others: Arc<str> =
        Arc::from(DRAFT.replacen("review = \"proposed\"\nconfidence = 0.3", "review = \"rejected\"", 1));
    let (_folder, mut browser) = meanwhile(&others);
    let screen = browser.screen();
    assert!(screen.contains("the review of ott-warns is no longer"), "{screen}");
    assert!(!screen.contains("put the changes"), "{screen}");
    browser.keys("r");
    assert_eq!(self::text(&browser), *others);
    assert!(!browser.app.revising.is_unsaved());
    assert!(browser.screen().contains("1 of 3 reviewed"), "{}", browser.screen());
    browser.keys("u");
    assert_eq!(browser.said(), "nothing to undo");
}

#[test]
fn what_was_left_unsaved_is_offered() {
    let (_folder, mut browser) = open();
    browser.keys("p r x");
    let left = edits(&browser);
    let again = |text: &str, same: bool| {
        let revisable = Revisable {
            manuscript: Some(Manuscript::read(text).expect("read")),
            file: Some("draft.toml".to_owned()),
            left: Some(LeftBehind { edits: left.clone(), same }),
            ..Revisable::default()
        };
        let store = support::chronology(text);
        Browser::of(store, Options { today: Some(today()), revisable, ..Options::default() }, SIZE)
    };
    let mut browser = again(DRAFT, true);
    assert!(browser.screen().contains("2 changes made here before were not saved."), "{}", browser.screen());
    browser.keys("t");
    assert!(browser.said().starts_with("2 changes taken up: Ctrl-S saves"), "{}", browser.said());
    assert_eq!(browser.wanted(), [Effect::TakeJournal]);
    assert!(browser.screen().contains("2 of 3 reviewed"), "{}", browser.screen());
    browser.keys("u u");
    assert_eq!(text(&browser), DRAFT);
    assert_eq!(browser.records, [Record::Undo, Record::Undo]);

    let mut browser = again(DRAFT, true);
    browser.keys("d");
    assert_eq!((browser.wanted(), browser.said()), (vec![Effect::DropLeft], "thrown away"));
    let mut browser = again(DRAFT, true);
    browser.keys("esc");
    assert_eq!((browser.wanted(), text(&browser).as_str()), (vec![], DRAFT));

    let browser = again(&DRAFT.replace("Thursday", "Friday"), false);
    assert!(browser.screen().contains("and they still fit"), "{}", browser.screen());
    let mut browser = again(&DRAFT.replace("\"ott-warns\"", "\"ott-speaks\""), false);
    assert!(browser.screen().contains("were not saved, and do not fit the file"), "{}", browser.screen());
    browser.keys("t");
    assert!(browser.said().contains("there is no event ott-warns"), "{}", browser.said());
    assert!(browser.wanted().is_empty());
}

#[test]
fn what_cannot_be_revised_says_why() {
    let revisable = Revisable { why_not: "this is no file".to_owned(), ..Revisable::default() };
    for keys in ["r", "x", "e", "p", "P", "ctrl-s", "3 v", "3 I", ": s p l i t enter", ": j o i n enter"] {
        let options = Options { today: Some(today()), revisable: revisable.clone(), ..Options::default() };
        let mut browser = Browser::of(support::built_in(), options, SIZE);
        browser.keys(keys);
        assert_eq!(browser.said(), "this is no file", "{keys}");
    }
}

#[test]
fn a_review_needs_neither_colour_nor_unicode() {
    for keys in ["p x", "p e", "p 3 v w w v w w"] {
        let (_folder, mut browser) = open();
        browser.keys(keys);
        let coloured = browser.draw();
        browser.styles = Styles::new(Depth::None, false);
        assert_eq!(support::text(&coloured), browser.screen());
    }
    let (_folder, mut browser) = open();
    browser.keys("p x");
    browser.styles = Styles::new(Depth::None, true);
    insta::assert_snapshot!("review-ascii", browser.screen());
    // What is chosen is told from what is lit.
    browser.keys("3 v w w v w w");
    insta::assert_snapshot!("review-words-look", support::look(&browser.draw()));
}

#[test]
fn screens_of_a_review() {
    for (name, keys) in [
        ("review", "p"),
        ("review-rejected", "p x"),
        ("review-change", "p e"),
        ("review-date", "p e d l a t e space M a r c h"),
        ("review-words", "p 3 v w w v w w"),
        ("review-quit", "r q"),
    ] {
        for size in SIZES {
            let (_folder, mut browser) = revisable(DRAFT, Some("draft.toml"), size);
            browser.keys(keys);
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), browser.screen());
        }
    }
}
