//! The documents say what the program does: tables made from the code, examples that run, links that lead somewhere.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes the tables and the picture anew.

#[path = "support/picture.rs"]
mod picture;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use annals::app::action::{Action, Mode};
use annals::chronology::{Review, Stance, Status};
use annals::cli::Cli;
use annals::formats::FORMATS;
use annals::keymap;
use annals::query::{FIELDS, ROLES};
use annals::when::{When, words};
use clap::{Arg, CommandFactory};

/// Documents whose tables, links and examples are looked at.
const DOCUMENTS: &[&str] = &["README.md", "docs/chronology.md", "seeds/README.md"];

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
fn the_tables_are_those_of_the_code() {
    let mut made = BTreeSet::new();
    for document in DOCUMENTS {
        let text = read(document);
        let mut whole = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(BEGIN) {
            let (name, after) = after.split_once(" -->").expect("a marker ends");
            let (_, after) = after.split_once(END).unwrap_or_else(|| panic!("{name} has no end"));
            let _ = write!(whole, "{before}{BEGIN}{name} -->\n{}{END}", table(name));
            made.insert(name.to_owned());
            rest = after;
        }
        whole.push_str(rest);
        holds(document, &whole);
    }
    let all = ["commands", "dates", "fields", "formats", "keys", "options", "words"];
    assert_eq!(made, BTreeSet::from(all.map(str::to_owned)));
}

fn table(name: &str) -> String {
    match name {
        "keys" => keys(),
        "commands" => commands(),
        "options" => options(),
        "fields" => fields(),
        "formats" => formats(),
        "dates" => dates(),
        "words" => vocabulary(),
        _ => panic!("nothing makes {name}"),
    }
}

/// A table in Markdown.
fn markdown(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(head.iter().map(|cell| (*cell).to_owned()).collect());
    text += &format!("|{}\n", "---|".repeat(head.len()));
    for row in rows {
        text += &line(row.into_iter().map(|cell| cell.replace('|', "\\|")).collect());
    }
    text
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn keys() -> String {
    let shown = |action: &Action| {
        let keys = action.keys().iter().map(|key| code(&keymap::shown_key(key, false)));
        keys.collect::<Vec<_>>().join(" ")
    };
    let rows = Action::ALL.iter().map(|action| {
        vec![shown(action), code(action.name()), action.doc().to_owned(), places(action.modes())]
    });
    markdown(&["keys", "name", "does", "where"], rows)
}

/// Where keys mean an action, in a few words.
fn places(modes: &[Mode]) -> String {
    const ALL: [Mode; 6] = [Mode::List, Mode::Event, Mode::Sidebar, Mode::Prompt, Mode::Menu, Mode::Help];
    let has = |mode: &Mode| modes.contains(mode);
    if ALL.iter().all(has) {
        return "everywhere".to_owned();
    }
    if ALL.iter().all(|mode| has(mode) != (*mode == Mode::Prompt)) {
        return "not while typing".to_owned();
    }
    let panes = [Mode::List, Mode::Event, Mode::Sidebar];
    let mut named: Vec<&str> = Vec::new();
    if panes.iter().all(has) {
        named.push("panes");
    }
    let together = !named.is_empty();
    for mode in modes.iter().filter(|mode| !together || !panes.contains(mode)) {
        named.push(match mode {
            Mode::List => "timeline",
            Mode::Event => "event pane",
            Mode::Sidebar => "sidebar",
            Mode::Prompt => "while typing",
            Mode::Menu => "menus",
            Mode::Help => "help",
        });
    }
    named.join(", ")
}

/// The whole command line: `annals` first, then its commands, but not clap's own.
fn command_line() -> Vec<clap::Command> {
    let mut whole = Cli::command();
    whole.build();
    let below: Vec<_> = whole.get_subcommands().filter(|c| c.get_name() != "help").cloned().collect();
    std::iter::once(whole).chain(below).collect()
}

fn commands() -> String {
    let rows = command_line().into_iter().map(|mut command| {
        let usage = command.render_usage().to_string();
        let first = usage.lines().next().unwrap_or_default().trim_start_matches("Usage: ").to_owned();
        let does = match command.get_name() {
            "annals" => "Open the browser".to_owned(),
            _ => command.get_about().map(ToString::to_string).unwrap_or_default(),
        };
        vec![code(&first), does]
    });
    markdown(&["command", "does"], rows)
}

fn options() -> String {
    let mut found: Vec<(Vec<String>, BTreeSet<usize>)> = Vec::new();
    let commands = command_line();
    for (index, command) in commands.iter().enumerate() {
        for argument in command.get_arguments().filter(|argument| !argument.is_positional()) {
            let cells = vec![code(&written(argument)), meaning(argument)];
            match found.iter_mut().find(|(known, _)| *known == cells) {
                Some((_, of)) => drop(of.insert(index)),
                None => found.push((cells, BTreeSet::from([index]))),
            }
        }
    }
    let rows = found.into_iter().map(|(mut cells, of)| {
        let names: Vec<&str> =
            of.iter().filter_map(|index| commands.get(*index)).map(clap::Command::get_name).collect();
        let all = names.len() == commands.len();
        cells.push(if all { "all".to_owned() } else { names.join(", ") });
        cells
    });
    markdown(&["option", "does", "of"], rows)
}

/// An option as it is typed: `-o, --output FILE`.
fn written(argument: &Arg) -> String {
    let mut names: Vec<String> = Vec::new();
    names.extend(argument.get_short().map(|short| format!("-{short}")));
    names.extend(argument.get_long().map(|long| format!("--{long}")));
    let value = argument.get_value_names().filter(|_| argument.get_action().takes_values());
    let value = value.map(|names| format!(" {}", names.join(" "))).unwrap_or_default();
    names.join(", ") + &value
}

/// What an option does, with the words that it takes.
fn meaning(argument: &Arg) -> String {
    let mut text = argument.get_help().map(ToString::to_string).unwrap_or_default();
    if argument.get_action().takes_values() {
        let values: Vec<String> =
            argument.get_possible_values().iter().map(|value| code(value.get_name())).collect();
        if !values.is_empty() {
            let _ = write!(text, ": {}", values.join(" "));
        }
        for value in argument.get_default_values() {
            let _ = write!(text, " [default: {}]", value.to_string_lossy());
        }
    }
    text
}

fn fields() -> String {
    let name = |name: &str| if name.ends_with('.') { format!("{name}NAME:") } else { name.to_owned() };
    markdown(
        &["field", "finds"],
        FIELDS.iter().map(|field| vec![code(&name(field.name)), field.doc.to_owned()]),
    )
}

fn formats() -> String {
    let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
    let rows = FORMATS.iter().map(|format| {
        let endings: Vec<String> = format.endings.iter().map(|ending| code(&format!(".{ending}"))).collect();
        vec![
            code(format.name),
            format.title.to_owned(),
            endings.join(" "),
            yes(format.read.is_some()),
            yes(format.write.is_some()),
        ]
    });
    markdown(&["format", "is", "endings", "read", "written"], rows)
}

/// Dates as readers type them; the relative one is read on 27 January 2024.
const DATES: &[&str] = &[
    "2017",
    "27 January 2024",
    "late 2017",
    "mid-October 2023",
    "c. 1350",
    "possibly 1350",
    "the 1990s",
    "19th century",
    "44 BCE",
    "spring 2011",
    "between 1 October 2023 and 27 January 2024",
    "from 2014 to late 2017",
    "since August 2023",
    "before 1066",
    "last August",
];

fn dates() -> String {
    let today = support::today();
    let rows = DATES.iter().map(|text| {
        let when = words::read(text, Some(&today)).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        let said = words::write(&when, None);
        // What is shown of a date can be typed again.
        assert_eq!(words::read(&said, None).as_ref().map(When::as_edtf), Ok(when.as_edtf()), "{said}");
        vec![(*text).to_owned(), code(when.as_edtf()), said]
    });
    markdown(&["typed", "EDTF", "shown"], rows)
}

fn vocabulary() -> String {
    let row = |of: &str, words: &[&str]| {
        vec![of.to_owned(), words.iter().map(|word| code(word)).collect::<Vec<_>>().join(" ")]
    };
    let rows = [
        row("`status` of an event; without one, `occurred`", Status::WORDS),
        row("`stance` of a source; without one, `says`", Stance::WORDS),
        row("`review` of an event; without one, `accepted`", Review::WORDS),
        row("`role` of an actor, among others; without one, `participant`", ROLES),
    ];
    markdown(&["key", "words"], rows)
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

/// A block between fences: its language and its lines.
struct Block {
    language: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside;
            if inside {
                blocks.push(Block { language: language.to_owned(), text: String::new() });
            }
        } else if let Some(block) = blocks.last_mut().filter(|_| inside) {
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    blocks
}

/// Runs a line of an example in a folder, as a shell does.
fn shell(line: &str, folder: &Path) -> (bool, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_annals")).parent().expect("a folder").to_path_buf();
    let before = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(program).chain(std::env::split_paths(&before));
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {line}\n}} 2>&1")])
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .current_dir(folder)
        .output()
        .expect("a shell");
    (output.status.success(), String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Whether a text has these lines in this order; a line `[…]` stands for any number of others.
fn fits(expected: &[&str], text: &[&str]) -> bool {
    match expected.split_first() {
        None => text.is_empty(),
        Some((&"[…]", rest)) => {
            (0..=text.len()).any(|skip| fits(rest, text.get(skip..).unwrap_or_default()))
        }
        Some((line, rest)) => {
            text.split_first().is_some_and(|(first, after)| first == line && fits(rest, after))
        }
    }
}

/// Examples with what they print: `$ command`, then its lines. Chronologies in TOML stand in a file of the name that
/// the text after them gives; here all are called `letters.toml`.
#[test]
fn examples_print_what_they_are_said_to() {
    for document in ["README.md", "docs/chronology.md"] {
        let folder = tempfile::tempdir().expect("a folder");
        for block in blocks(&read(document)) {
            match block.language.as_str() {
                "toml" => fs::write(folder.path().join("letters.toml"), &block.text).expect("written"),
                "console" => run_example(document, &block.text, folder.path()),
                _ => {}
            }
        }
    }
}

fn run_example(document: &str, text: &str, folder: &Path) {
    for example in text.split("$ ").filter(|example| !example.is_empty()) {
        let (command, output) = example.split_once('\n').expect("a line");
        let (ended_well, printed) = shell(command, folder);
        assert!(ended_well, "{document}: {command}\n{printed}");
        let expected: Vec<&str> = output.lines().collect();
        let printed: Vec<&str> = printed.lines().collect();
        assert!(fits(&expected, &printed), "{document}: {command} prints\n{}", printed.join("\n"));
    }
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
        annals::app::effect::Effect::Export(order) => Some(order),
        _ => None,
    });
    let order = order.unwrap_or_else(|| panic!("nothing is written: {}", browser.screen()));
    assert_eq!(order.formats, ["md"]);
    assert_eq!(order.question.filter.to_string(), filter);
}
