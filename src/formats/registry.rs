//! The registry: one row a format. Everything that lists formats (options, help, endings) derives from it.

use std::io::{self, BufRead, Write};
use std::path::Path;

use super::{Loss, Selection, Sink, WriteOptions, table};

/// Reads a file, pushing what stands in it into a sink; faults go there too.
///
/// # Errors
/// Only those of reading the bytes.
pub type ReadFn = fn(&mut dyn BufRead, &mut dyn Sink) -> io::Result<()>;

/// Writes a selection, and says what the format could not carry.
///
/// # Errors
/// Those of writing, and of the store that the events come from.
pub type WriteFn = fn(&Selection<'_>, &mut dyn Write, &WriteOptions) -> io::Result<Vec<Loss>>;

/// A file format.
#[derive(Clone, Copy)]
pub struct Format {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Endings of file names, lower case, without dot.
    pub endings: &'static [&'static str],
    /// Its reader, where there is one.
    pub read: Option<ReadFn>,
    /// Its writer, where there is one.
    pub write: Option<WriteFn>,
    /// Whether it may be a table, which is read record by record however large it is.
    pub table: bool,
}

/// All formats, in the order of help.
pub const FORMATS: &[Format] = &[
    Format {
        name: "txt",
        title: "the listing, as plain text",
        endings: &["txt"],
        read: None,
        write: Some(super::txt::write),
        table: false,
    },
    Format {
        name: "md",
        title: "Markdown, for an editor",
        endings: &["md", "markdown"],
        read: None,
        write: Some(super::md::write),
        table: false,
    },
    Format {
        name: "toml",
        title: "a chronology for people",
        endings: &["toml"],
        read: Some(super::toml::read),
        write: Some(super::toml::write),
        table: false,
    },
    Format {
        name: "json",
        title: "a chronology for programs",
        endings: &["json"],
        read: Some(super::json::read),
        write: Some(super::json::write),
        table: false,
    },
    Format {
        name: "jsonl",
        title: "JSON Lines, one event a line, names resolved",
        endings: &["jsonl", "ndjson"],
        read: Some(super::jsonl::read),
        write: Some(super::jsonl::write),
        table: true,
    },
    Format {
        name: "csv",
        title: "a table for spreadsheets",
        endings: &["csv"],
        read: Some(table::read),
        write: Some(super::csv::write),
        table: true,
    },
    Format {
        name: "tsv",
        title: "a table, cells separated by tabs",
        endings: &["tsv", "tab"],
        read: Some(table::read),
        write: Some(super::csv::write_tabs),
        table: true,
    },
    Format {
        name: "ics",
        title: "a calendar",
        endings: &["ics"],
        read: None,
        write: Some(super::ics::write),
        table: false,
    },
    Format {
        name: "html",
        title: "one page for paper and phone",
        endings: &["html", "htm"],
        read: None,
        write: Some(super::html::write),
        table: false,
    },
];

/// A view of the browser that can be written as a picture of it.
#[derive(Clone, Copy)]
pub struct ViewFormats {
    /// What it is called on the command line.
    pub name: &'static str,
    /// The formats that it can be written in.
    pub formats: &'static [Format],
}

/// All views that can be written.
pub const VIEWS: &[ViewFormats] = &[
    ViewFormats {
        name: "lanes",
        formats: &[
            Format {
                name: "txt",
                title: "the lanes, as plain text",
                endings: &["txt"],
                read: None,
                write: Some(super::lanes::write_txt),
                table: false,
            },
            Format {
                name: "svg",
                title: "the lanes, as a picture",
                endings: &["svg"],
                read: None,
                write: Some(super::lanes::write_svg),
                table: false,
            },
        ],
    },
    ViewFormats {
        name: "matrix",
        formats: &[
            Format {
                name: "txt",
                title: "the matrix, as plain text",
                endings: &["txt"],
                read: None,
                write: Some(super::matrix::write_txt),
                table: false,
            },
            Format {
                name: "svg",
                title: "the matrix, as a picture",
                endings: &["svg"],
                read: None,
                write: Some(super::matrix::write_svg),
                table: false,
            },
        ],
    },
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name))
}

/// The format that a file's name ends in.
pub fn by_ending(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()))
}

/// The format that a file begins like, among those that can be read. A few kilobytes are enough; they may end
/// anywhere.
pub fn detect(start: &[u8]) -> Option<&'static Format> {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let text = String::from_utf8_lossy(start);
    let trimmed = text.trim_start();
    if trimmed.starts_with('{') {
        // A line that is an object by itself, and no chronology, is an event.
        let first = trimmed.lines().next().unwrap_or_default();
        return match serde_json::from_str::<serde_json::Value>(first) {
            Ok(object) if !whole(&object) => by_name("jsonl"),
            _ => by_name("json"),
        };
    }
    if is_toml(trimmed) { by_name("toml") } else { table::looks_like(start).and_then(by_name) }
}

/// Whether a text begins like TOML: its first line that says something is a key or a table.
fn is_toml(text: &str) -> bool {
    let meant = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let Some(line) = text.lines().map(str::trim).find(meant) else { return false };
    let key = line.split('=').next().filter(|_| line.contains('='));
    let is_key = |key: &str| {
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''))
    };
    let is_table = line.starts_with('[') && line.contains(']') && !line.starts_with("[{");
    is_table || key.is_some_and(|key| is_key(key.trim()))
}

/// Whether an object looks like a whole chronology rather than one event.
fn whole(object: &serde_json::Value) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| object.get(key).is_some());
    has(&["events", "documents"]) || !has(&["id", "date", "date_text", "kind", "status", "sources", "tags"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(text: &str) -> Option<&'static str> {
        detect(text.as_bytes()).map(|format| format.name)
    }

    #[test]
    fn names_and_endings_are_unique() {
        let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let mut endings: Vec<&str> =
            FORMATS.iter().flat_map(|format| format.endings.iter().copied()).collect();
        for list in [&mut names, &mut endings] {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), count);
        }
    }

    #[test]
    fn formats_are_found_by_name_and_ending() {
        assert_eq!(by_name("JSON").map(|format| format.name), Some("json"));
        assert!(by_name("jsn").is_none());
        assert_eq!(by_ending(Path::new("a/b.NDJSON")).map(|format| format.name), Some("jsonl"));
        assert_eq!(by_ending(Path::new("a.csv/b")).map(|format| format.name), None);
    }

    #[test]
    fn formats_are_told_by_how_they_begin() {
        assert_eq!(detected("{\n  \"title\": \"x\", \"events\": ["), Some("json"));
        assert_eq!(detected("{\"events\":[]}"), Some("json"));
        assert_eq!(detected("{}"), Some("json"));
        let event = "\u{feff}{\"title\":\"x\",\"actors\":[{\"id\":\"a\"}],\"date\":\"2017\"}\n{";
        assert_eq!(detected(event), Some("jsonl"));
        assert_eq!(detected("# mine\n\ntitle = \"x\"\n"), Some("toml"));
        assert_eq!(detected("[[events]]\ntitle ="), Some("toml"));
        assert_eq!(detected("id,title\n1,x\n"), Some("csv"));
        assert_eq!(detected("start;end;what\n2017;2018;x\n"), Some("csv"));
        assert_eq!(detected("date\ttitle\n2017-10-16\tx\n"), Some("tsv"));
        assert_eq!(detected("one, two\nthree, four\n"), None);
        assert_eq!(detected("Some words,\nand more of them, as they come\n"), None);
        assert_eq!(detected("It = was a dark night"), Some("toml"));
        assert_eq!(detected("It was = dark"), None);
        assert_eq!(detected(""), None);
        assert_eq!(detected("\u{0}\u{1}"), None);
    }
}
