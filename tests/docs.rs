//! The documents say what the program does: tables made from the code, examples that run, links that lead somewhere.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes the tables and the picture anew.

#[path = "docs/examples.rs"]
mod examples;
#[path = "docs/map.rs"]
mod map;
#[path = "support/picture.rs"]
mod picture;
mod support;
#[path = "docs/tables.rs"]
mod tables;
#[path = "support/tour.rs"]
mod tour;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use annals::app::effect::Effect;
use examples::{Block, blocks};

/// Documents whose tables, links and examples are looked at.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/chronology.md",
    "docs/dates.md",
    "docs/draft.md",
    "docs/performance.md",
    "seeds/README.md",
];

/// How the beginning and the end of a part that is made from the code are marked.
const BEGIN: &str = "<!-- generated: ";
const END: &str = "<!-- end -->";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap_or_else(|error| panic!("{document}: {error}"))
}

/// Whether the documents are to be written rather than compared.
fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1")
}

/// Compares a file with what it should hold, or writes it.
#[track_caller]
fn holds(document: &str, expected: &str) {
    if updating() {
        fs::write(root().join(document), expected).expect("written");
    } else {
        let same = read(document) == expected;
        assert!(same, "{document} is not what the code gives: UPDATE_DOCS=1 cargo test --test docs");
    }
}

#[test]
fn the_picture_is_of_this_program() {
    holds("docs/screen.svg", &picture::svg());
}

#[test]
fn the_tour_is_of_this_program() {
    let cast = tour::cast();
    holds("docs/tour.cast", &cast);
    holds("docs/tour.svg", &tour::svg(&cast));
}

#[test]
fn the_tables_are_those_of_the_code() {
    let mut made = BTreeSet::new();
    for document in DOCUMENTS {
        let text = read(document);
        let mut whole = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(BEGIN) {
            let (name, after) = after.split_once(" -->").expect("a marker ends");
            let (_, after) = after.split_once(END).unwrap_or_else(|| panic!("{name} has no end"));
            let _ = write!(whole, "{before}{BEGIN}{name} -->\n{}{END}", tables::table(name));
            made.insert(name.to_owned());
            rest = after;
        }
        whole.push_str(rest);
        holds(document, &whole);
    }
    let all = ["commands", "dates", "fields", "formats", "keys", "map", "options", "words"];
    assert_eq!(made, BTreeSet::from(all.map(str::to_owned)));
}

#[test]
fn links_lead_somewhere() {
    for document in DOCUMENTS {
        let text = read(document);
        let folder = root().join(document);
        let folder = folder.parent().expect("a folder");
        for target in targets(&text) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() { root().join(document) } else { folder.join(file) };
            assert!(path.exists(), "{document}: {target} leads nowhere");
            if !anchor.is_empty() {
                let there = fs::read_to_string(&path).expect("a text");
                assert!(anchors(&there).contains(anchor), "{document}: {target} has no such heading");
            }
        }
    }
}

/// Where the links of a document lead, except into the web.
fn targets(text: &str) -> Vec<&str> {
    let after = text.split("](").skip(1);
    let targets = after.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    targets.filter(|target| !target.contains("://")).collect()
}

/// The names under which headings can be reached.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let plain = |heading: &str| {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>()
    };
    headings.map(|heading| plain(heading).replace(' ', "-")).collect()
}

/// The commands that the guide lists are those of the script that it names.
#[test]
fn the_guide_lists_the_steps_of_the_script() {
    let (script, guide) = (read(".ci/run"), read("CONTRIBUTING.md"));
    let steps: Vec<&str> = script.lines().filter_map(|line| line.strip_prefix("step cargo ")).collect();
    let blocks = blocks(&guide);
    let listed = blocks.iter().find(|block| block.text.contains("cargo fmt")).expect("the steps");
    let listed: Vec<&str> =
        listed.text.lines().filter_map(|line| line.split_once("cargo ")).map(|(_, rest)| rest).collect();
    assert!(!steps.is_empty());
    assert_eq!(steps, listed);
}

/// The first screen names the two commands that someone who has just come needs.
#[test]
fn the_readme_begins_with_a_picture_and_two_commands() {
    let text = read("README.md");
    let shells: Vec<Block> =
        blocks(&text).into_iter().filter(|block| block.language == "sh").take(2).collect();
    let commands: Vec<&str> = shells.iter().map(|block| block.text.trim()).collect();
    assert_eq!(commands, ["cargo run --release", "cargo test"]);
    let picture = text.find("docs/screen.svg").expect("a picture");
    assert!(picture < text.find("```sh").expect("a command"));
}

/// The journalist's question of the README, by the keys that it names.
#[test]
fn the_keys_of_the_example_give_its_events() {
    let text = read("README.md");
    let quoted = text.split("export --filter '").nth(1).and_then(|rest| rest.split_once('\''));
    let (filter, _) = quoted.expect("the example");
    let mut browser = support::Browser::open((120, 40));
    browser.keys("f").typed(filter).keys("enter w enter");
    let wanted = browser.wanted();
    let order = wanted.iter().find_map(|effect| match effect {
        Effect::Export(order) => Some(order),
        _ => None,
    });
    let order = order.unwrap_or_else(|| panic!("nothing is written: {}", browser.screen()));
    assert_eq!(order.formats, ["md"]);
    assert_eq!(order.question.filter.to_string(), filter);
}
