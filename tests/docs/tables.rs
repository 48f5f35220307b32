//! The tables of the documents, made from the code.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annals::app::action::{Action, Mode};
use annals::chronology::{Review, Stance, Status};
use annals::cli::Cli;
use annals::formats::FORMATS;
use annals::keymap;
use annals::query::{FIELDS, ROLES};
use annals::when::{When, words};
use clap::{Arg, CommandFactory};

use super::{map, support};

/// The table of this name.
pub fn table(name: &str) -> String {
    match name {
        "keys" => keys(),
        "commands" => commands(),
        "options" => options(),
        "fields" => fields(),
        "formats" => formats(),
        "dates" => dates(),
        "words" => vocabulary(),
        "map" => map::table(),
        _ => panic!("nothing makes {name}"),
    }
}

/// A table in Markdown.
pub fn markdown(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(head.iter().map(|cell| (*cell).to_owned()).collect());
    text += &format!("|{}\n", "---|".repeat(head.len()));
    for row in rows {
        text += &line(row.into_iter().map(|cell| cell.replace('|', "\\|")).collect());
    }
    text
}

pub fn code(text: &str) -> String {
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
    let has = |mode: &Mode| modes.contains(mode);
    if Mode::ALL.iter().all(has) {
        return "everywhere".to_owned();
    }
    if Mode::ALL.iter().all(|mode| has(mode) != (*mode == Mode::Prompt)) {
        return "not while typing".to_owned();
    }
    let panes = [Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map, Mode::Event, Mode::Sidebar];
    let mut named: Vec<&str> = Vec::new();
    if panes.iter().all(has) {
        named.push("panes");
    }
    let views = [Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map];
    let together: &[Mode] = if !named.is_empty() {
        &panes
    } else if views.iter().all(has) {
        named.push("views");
        &views
    } else {
        &[]
    };
    for mode in modes.iter().filter(|mode| !together.contains(mode)) {
        named.push(match mode {
            Mode::List => "timeline",
            Mode::Lanes => "lanes",
            Mode::Source => "source",
            Mode::Words => "while choosing words",
            Mode::Matrix => "matrix",
            Mode::Map => "map",
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
