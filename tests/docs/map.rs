//! The map of the code: what each module owns, what it uses, and what it must not know. Read from the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::tables::{code, markdown};

/// Reading and writing files.
const FILES: [&str; 2] = ["std::fs", "fsio"];
/// The real terminal and what is drawn with.
const SCREENS: [&str; 5] = ["ratatui", "crossterm", "rustix", "ui", "app"];
/// The clock and what the process was started with.
const SURROUNDINGS: [&str; 4] = ["std::time", "SystemTime", "chrono::Local", "std::env"];

/// A module with what it must not know: other modules here, crates, parts of the standard library.
struct Law {
    module: &'static str,
    words: &'static str,
    forbidden: &'static [&'static [&'static str]],
}

/// Every module of the library, from what knows nothing to what knows everything.
const LAWS: &[Law] = &[
    Law {
        module: "when",
        words: "anything else here",
        forbidden: &[
            &["chronology", "query", "store", "formats", "text", "layout"],
            &FILES,
            &SCREENS,
            &SURROUNDINGS,
        ],
    },
    Law {
        module: "text",
        words: "anything else here but time",
        forbidden: &[&["chronology", "query", "store", "formats", "layout"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "chronology",
        words: "files, screens",
        forbidden: &[&["query", "store", "formats"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "query",
        words: "stores, files, screens",
        forbidden: &[&["store", "formats"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "store",
        words: "formats, files, screens",
        forbidden: &[&["formats"], &FILES, &SCREENS, &["std::env", "SystemTime", "chrono::Local"]],
    },
    Law {
        module: "formats",
        words: "stores, files, screens, clock",
        forbidden: &[&["store"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "check",
        words: "stores, files, screens",
        forbidden: &[&["store"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "revise",
        words: "stores, files, screens",
        forbidden: &[&["store", "query"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "draft",
        words: "stores, files, screens",
        forbidden: &[&["store", "formats", "query"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "layout",
        words: "ratatui, stores, files",
        forbidden: &[&["store", "formats", "chronology"], &FILES, &SCREENS, &SURROUNDINGS],
    },
    Law {
        module: "keymap",
        words: "the terminal",
        forbidden: &[&["term", "crossterm", "ratatui"], &FILES, &SURROUNDINGS],
    },
    Law {
        module: "app",
        words: "terminal, clock, files",
        forbidden: &[&["term", "ui", "crossterm", "ratatui", "rustix"], &FILES, &SURROUNDINGS],
    },
    Law {
        module: "ui",
        words: "anything that changes state",
        forbidden: &[&["&mut App", "crossterm", "run", "commands"], &FILES, &SURROUNDINGS],
    },
    Law {
        module: "term",
        words: "what is shown",
        forbidden: &[&["app", "ui", "store", "query", "formats", "chronology", "when"], &[]],
    },
    Law {
        module: "fsio",
        words: "what is written",
        forbidden: &[&["formats", "chronology", "store"], &SCREENS],
    },
    Law {
        module: "keep",
        words: "what is chosen from",
        forbidden: &[&["formats", "query", "store", "commands"], &["ratatui", "crossterm", "ui", "app"]],
    },
    Law {
        module: "notebook",
        words: "anything else here",
        forbidden: &[
            &["chronology", "query", "store", "formats", "text", "when", "layout"],
            &FILES,
            &SCREENS,
            &SURROUNDINGS,
        ],
    },
    Law {
        module: "threads",
        words: "anything else here",
        forbidden: &[
            &["chronology", "query", "store", "formats", "text", "when", "layout"],
            &FILES,
            &["ratatui", "crossterm", "ui", "app"],
        ],
    },
    Law { module: "failure", words: "screens", forbidden: &[&[], &SCREENS] },
    Law {
        module: "sources",
        words: "commands, stores, screens",
        forbidden: &[&["commands", "store", "query"], &SCREENS],
    },
    Law {
        module: "load",
        words: "commands, screens",
        forbidden: &[&["commands", "query", "std::env"], &SCREENS],
    },
    Law {
        module: "config",
        words: "files, stores",
        forbidden: &[&["store", "run", "commands"], &FILES, &["crossterm", "rustix"], &SURROUNDINGS],
    },
    Law { module: "cli", words: "what the words do", forbidden: &[&["store", "term"], &FILES, &SCREENS] },
    Law { module: "commands", words: "", forbidden: &[] },
    Law { module: "run", words: "", forbidden: &[] },
];

/// The map as a table.
pub fn table() -> String {
    let rows = LAWS.iter().map(|law| {
        let mut used = used(&source(law.module));
        used.remove(law.module);
        let names: Vec<String> = used.iter().map(|module| code(module)).collect();
        vec![code(law.module), owns(law.module), names.join(" "), law.words.to_owned()]
    });
    markdown(&["module", "owns", "uses", "must not know"], rows)
}

#[test]
fn no_module_knows_what_it_must_not() {
    for law in LAWS {
        let source = source(law.module);
        let used = used(&source);
        for word in law.forbidden.iter().copied().flatten().copied() {
            let named = if is_module(word) { used.contains(word) } else { source.contains(word) };
            assert!(!named, "{} must not know {word}", law.module);
        }
    }
}

#[test]
fn the_map_has_every_module() {
    let library = fs::read_to_string(folder().join("lib.rs")).expect("a file");
    let modules: BTreeSet<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')))
        .collect();
    assert_eq!(modules, LAWS.iter().map(|law| law.module).collect());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn is_module(word: &str) -> bool {
    LAWS.iter().any(|law| law.module == word)
}

/// The first sentence of a module's documentation.
fn owns(module: &str) -> String {
    let text = fs::read_to_string(folder().join(format!("{module}.rs"))).expect("a file");
    let lines = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let paragraph: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ").unwrap_or(paragraph.len());
    paragraph.split_at(end).0.trim_end_matches(['.', ':']).to_owned()
}

/// The code of a module and of what lies in its folder, without tests and comments.
fn source(module: &str) -> String {
    let mut files = vec![folder().join(format!("{module}.rs"))];
    let mut folders = vec![folder().join(module)];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).into_iter().flatten().flatten() {
            let path = entry.path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let for_tests = ["tests", "testing", "samples", "snapshots"].contains(&stem.as_str());
            match path.extension() {
                _ if for_tests => {}
                Some(ending) if ending == "rs" => files.push(path),
                _ if path.is_dir() => folders.push(path),
                _ => {}
            }
        }
    }
    let texts = files.iter().map(|file| fs::read_to_string(file).expect("a file"));
    texts.map(|text| without_tests(&text)).collect()
}

/// A file up to its tests, without comments.
fn without_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The modules of this crate that a text names.
fn used(source: &str) -> BTreeSet<String> {
    let after = source.split("crate::").skip(1);
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    after.map(word).filter(|module| is_module(module)).collect()
}
