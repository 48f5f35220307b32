//! The reader's editor on a file, at a line.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use super::{Inputs, Screen, child};

/// What is started where neither variable names an editor.
const USUAL: &str = "vi";

/// Opens a file at a line (from 1) in `$VISUAL`, else `$EDITOR`, else `vi`, and waits until it ends. Both are
/// split into words as a shell would, but no shell runs, and no character of the file's name means anything.
///
/// # Errors
/// When the variable cannot be split, the editor cannot be started, or the terminal is gone.
pub fn edit(
    screen: &mut Screen,
    inputs: &mut Inputs,
    variable: impl Fn(&str) -> Option<String>,
    file: &Path,
    line: Option<u64>,
) -> io::Result<ExitStatus> {
    let words = program(variable)?;
    let arguments = arguments(&words, file, line);
    let mut words = words.iter();
    let name = words.next().map_or(USUAL, String::as_str);
    let started = child::run(screen, inputs, Command::new(name).args(words).args(arguments));
    started.map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))
}

/// The words of the first variable that names anything.
fn program(variable: impl Fn(&str) -> Option<String>) -> io::Result<Vec<String>> {
    for name in ["VISUAL", "EDITOR"] {
        let Some(value) = variable(name) else { continue };
        let words = split(&value).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("${name} has a quote that does not end"))
        })?;
        if !words.is_empty() {
            return Ok(words);
        }
    }
    Ok(vec![USUAL.into()])
}

/// Words as in POSIX.1-2017, XCU 2.2, without expansions: quotes and backslashes. `None`: a quote does not end.
fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(characters.next()),
            (Some('"'), '\\') if matches!(characters.peek(), Some('"' | '\\' | '$' | '`')) => {
                word.get_or_insert_default().extend(characters.next());
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// How editors are told a line.
enum Style {
    /// `+LINE FILE`, as vi, emacs, nano and most others.
    Plus,
    /// `--goto FILE:LINE`, and `--wait`, without which they return at once.
    Goto,
    /// `FILE:LINE`.
    Colon,
    /// Not at all.
    FileOnly,
}

fn style(program: &str) -> Style {
    let name = Path::new(program).file_name().and_then(OsStr::to_str).unwrap_or(program);
    match name {
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => Style::Goto,
        "hx" | "helix" | "zed" | "zeditor" | "subl" | "lapce" => Style::Colon,
        "ed" | "ex" | "red" => Style::FileOnly,
        _ => Style::Plus,
    }
}

fn arguments(words: &[String], file: &Path, line: Option<u64>) -> Vec<OsString> {
    let program = words.first().map_or(USUAL, String::as_str);
    let file = plain(file);
    let at_line = |line: u64| {
        let mut name = file.clone();
        name.push(format!(":{line}"));
        name
    };
    let mut arguments = Vec::new();
    let style = style(program);
    if matches!(style, Style::Goto) && !words.iter().any(|word| word == "--wait" || word == "-w") {
        arguments.push("--wait".into());
    }
    match (style, line) {
        (Style::Plus, Some(line)) => arguments.extend([format!("+{line}").into(), file]),
        (Style::Goto, Some(line)) => arguments.extend(["--goto".into(), at_line(line)]),
        (Style::Colon, Some(line)) => arguments.push(at_line(line)),
        (Style::FileOnly | Style::Plus | Style::Goto | Style::Colon, _) => arguments.push(file),
    }
    arguments
}

/// A name that no editor takes for an option or a command. Not all of them know `--`; `./` they all do.
fn plain(file: &Path) -> OsString {
    let bytes = file.as_os_str().as_encoded_bytes();
    if matches!(bytes.first(), Some(b'-' | b'+')) {
        Path::new(".").join(file).into_os_string()
    } else {
        file.as_os_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(editor: &str, file: &str, line: Option<u64>) -> String {
        let words = program(|name| (name == "EDITOR").then(|| editor.to_owned())).unwrap();
        let arguments = arguments(&words, Path::new(file), line);
        let words = words.into_iter().chain(arguments.into_iter().map(|a| a.into_string().unwrap()));
        words.flat_map(|word| ["<".to_owned(), word, ">".to_owned()]).collect()
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        assert_eq!(command("vim", "a.toml", Some(12)), "<vim><+12><a.toml>");
        assert_eq!(command("/usr/bin/emacs -nw", "a.toml", Some(12)), "</usr/bin/emacs><-nw><+12><a.toml>");
        assert_eq!(command("code", "a.toml", Some(12)), "<code><--wait><--goto><a.toml:12>");
        assert_eq!(command("code -w", "a.toml", Some(12)), "<code><-w><--goto><a.toml:12>");
        assert_eq!(command("hx", "a.toml", Some(12)), "<hx><a.toml:12>");
        assert_eq!(command("ed", "a.toml", Some(12)), "<ed><a.toml>");
        assert_eq!(command("nano", "a.toml", None), "<nano><a.toml>");
    }

    #[test]
    fn a_files_name_is_one_argument_and_never_an_option() {
        assert_eq!(command("vi", "a; touch x.csv\n$(b)", Some(1)), "<vi><+1><a; touch x.csv\n$(b)>");
        assert_eq!(command("vi", "-oProxy", None), "<vi><./-oProxy>");
        assert_eq!(command("vi", "+!rm", Some(3)), "<vi><+3><./+!rm>");
        assert_eq!(command("hx", "-x", Some(3)), "<hx><./-x:3>");
    }

    #[test]
    fn words_are_split_as_a_shell_splits_them() {
        for (text, expected) in [
            ("vi", vec!["vi"]),
            ("  emacs\t-nw ", vec!["emacs", "-nw"]),
            ("'my editor' -a", vec!["my editor", "-a"]),
            (r#""a \"b\" \c" d\ e"#, vec![r#"a "b" \c"#, "d e"]),
            ("''", vec![""]),
            ("", vec![]),
        ] {
            assert_eq!(split(text).unwrap(), expected, "{text}");
        }
        assert_eq!(split("'vi"), None);
    }

    #[test]
    fn the_first_variable_that_names_anything_counts() {
        let with = |visual: Option<&str>, editor: Option<&str>| {
            program(|name| if name == "VISUAL" { visual } else { editor }.map(str::to_owned)).unwrap()
        };
        assert_eq!(with(Some("code"), Some("vi")), ["code"]);
        assert_eq!(with(Some(" "), Some("nano")), ["nano"]);
        assert_eq!(with(None, None), ["vi"]);
        assert!(program(|_| Some("\"vi".into())).is_err());
    }
}
