//! The examples of the documents, run as a reader's shell runs them.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::read;

/// A block between fences: its language and its lines.
pub struct Block {
    pub language: String,
    pub text: String,
}

pub fn blocks(text: &str) -> Vec<Block> {
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
/// the text after them gives; here all are called `letters.toml`, and texts `flood.txt`.
#[test]
fn examples_print_what_they_are_said_to() {
    for document in ["README.md", "docs/chronology.md", "docs/draft.md"] {
        let folder = tempfile::tempdir().expect("a folder");
        for block in blocks(&read(document)) {
            match block.language.as_str() {
                "toml" => fs::write(folder.path().join("letters.toml"), &block.text).expect("written"),
                "text" => fs::write(folder.path().join("flood.txt"), &block.text).expect("written"),
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
