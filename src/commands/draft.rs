//! `annals draft`: from articles to a proposed chronology.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use super::open::{self, Unsaved};
use super::{Failure, date, print, say};
use crate::chronology::{Chronology, Document, Source, ids};
use crate::cli::{self, Input, Open, Show};
use crate::draft::{Actors, Article, counts_from_publication, draft, into};
use crate::formats::toml;
use crate::formats::wording::counted;
use crate::fsio;
use crate::revise::{Change, Edit, List, Manuscript, Swap};
use crate::text::timex::published;

/// A text that is larger than this is not read.
const LARGEST: u64 = 64 * 1024 * 1024;
/// A heading has no more words than this.
const MOST_WORDS: usize = 20;

/// Drafts a chronology and writes it.
///
/// # Errors
/// When a text cannot be read, no day of publication is known, or the result cannot be written.
pub fn run(options: &cli::Draft, show: Show) -> Result<ExitCode, Failure> {
    let output = options.output.as_deref().filter(|path| *path != Path::new("-"));
    let into_itself = matches!((output, options.into.as_deref()), (Some(out), Some(into)) if same(out, into));
    if let Some(path) = output.filter(|path| !into_itself && fs::symlink_metadata(path).is_ok()) {
        return Err(Failure::usage("the file is there already, and is left as it is")
            .at(path.display().to_string())
            .hint("name another with -o, or add to it with --into"));
    }
    let given = date(options.published.as_ref(), "--published", None)?;
    let actors = options.actors.as_deref().map_or_else(|| Ok(Actors::default()), known)?;
    let folder = output.or(options.into.as_deref()).and_then(Path::parent).unwrap_or(Path::new(""));
    let mut articles = Vec::new();
    for text in &options.texts {
        let mut article = article(text, folder)?;
        let day = given.clone().or_else(|| published(&article.text).map(|(day, _)| day));
        if day.is_none() && counts_from_publication(&article.text) {
            let what =
                "it has dates that count from the day it was published, and does not say which that was";
            return Err(Failure::usage(what)
                .at(text.to_string_lossy().into_owned())
                .hint("say it with --published, as in --published 2024-01-27"));
        }
        article.document.published = day.map(|day| day.as_edtf().to_owned());
        articles.push(article);
    }
    let drafted = draft(&articles, &actors);
    let (text, done) = match options.into.as_deref() {
        Some(file) => joined(file, drafted)?,
        None => (whole(&articles, drafted)?, None),
    };
    match output {
        Some(path) => {
            fsio::clean_up_on_signals()?;
            let written = fsio::replace(path, |out| out.write_all(text.as_bytes()));
            written.map_err(|error| Failure::io("cannot write", &error).at(path.display().to_string()))?;
            let what = done.unwrap_or_else(|| "the draft".to_owned());
            say(&format!(
                "annals: wrote {what} to {}; review it, and see what is wrong with `annals check`",
                path.display()
            ));
            if options.review {
                let input = Input { sources: vec![path.as_os_str().to_owned()], ..Input::default() };
                return open::run(&Open { input, ..Open::default() }, show);
            }
        }
        None if options.review => {
            let folder = options.into.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
            let unsaved = Unsaved { text, texts: options.texts.clone(), folder };
            return open::review(&unsaved, &Open::default(), show);
        }
        None => {
            print(text.as_bytes())?;
            if let Some(done) = done {
                say(&format!("annals: {done}"));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether two paths name one file.
fn same(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// A draft as a file of its own.
fn whole(articles: &[Article], mut drafted: Chronology) -> Result<String, Failure> {
    let names: Vec<&str> = articles.iter().map(|article| article.document.title.as_str()).collect();
    drafted.title = format!("Draft from {}", names.join(", "));
    drafted.summary = format!(
        "Proposed by annals from {}, and not reviewed.",
        counted(articles.len() as u64, "document", "documents")
    );
    if drafted.events.is_empty() {
        say("annals: nothing in it reads as an event");
    } else {
        let undated = drafted.events.iter().filter(|event| event.date.is_none()).count();
        let events = counted(drafted.events.len() as u64, "event", "events");
        say(&format!("annals: {events} proposed, {undated} of them undated"));
    }
    Ok(toml::to_string(&drafted)?)
}

/// What is proposed, in a chronology that there is already; and what came of it, in words.
fn joined(file: &Path, drafted: Chronology) -> Result<(String, Option<String>), Failure> {
    let origin = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| Failure::io("cannot read", &error).at(&origin))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new("not UTF-8, as a chronology in TOML has to be").at(&origin))?;
    let unfit = |why: String| {
        let hint = "`annals check` says what is wrong in it";
        Failure::new(format!("what is proposed cannot be added: {why}")).at(&origin).hint(hint)
    };
    let manuscript = Manuscript::read(&text).map_err(|why| unfit(why.to_string()))?;
    let joined = into::join(manuscript.chronology(), drafted);
    let (events, sources) = (joined.new.events.len(), joined.sources.len());
    let mut further: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for (event, source) in &joined.sources {
        further.entry(event).or_default().push(source);
    }
    let mut changes = Vec::new();
    for (id, sources) in further {
        let there = manuscript.chronology().events.iter().find(|event| event.id == id);
        let was = match there.map(|event| &event.sources).filter(|sources| !sources.is_empty()) {
            Some(sources) => json(sources)?,
            None => serde_json::Value::Null,
        };
        let all: Vec<&Source> = there.iter().flat_map(|event| &event.sources).chain(sources).collect();
        let swap = Swap { was, now: json(&all)? };
        changes.push(Change::Set {
            list: List::Events,
            id: id.to_owned(),
            keys: vec![("sources".to_owned(), swap)],
        });
    }
    let edit = Edit { words: "further sources".to_owned(), changes };
    let (revised, _) = manuscript.with(&edit).map_err(|why| unfit(why.to_string()))?;
    // What is new stands at the end: nothing that is there moves.
    let added = toml::to_string(&joined.new)?;
    let text = format!("{}\n{added}", revised.text().trim_end());
    let events = counted(events as u64, "new event", "new events");
    let sources = counted(sources as u64, "further source", "further sources");
    Ok((text, Some(format!("{events} and {sources} proposed"))))
}

fn json(value: &impl serde::Serialize) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(value).map_err(|error| Failure::new(error.to_string()))
}

/// Reads a text with what is known of its document.
fn article(name: &OsStr, folder: &Path) -> Result<Article, Failure> {
    let origin = name.to_string_lossy().into_owned();
    let failed = |error: io::Error| Failure::io("cannot read", &error).at(&origin);
    let mut bytes = Vec::new();
    let piped = name == "-";
    if piped {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        fs::File::open(name).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::new("it is larger than 64 MiB").at(&origin));
    }
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned();
    let sha256 = Some(ids::sha256(&bytes));
    let document = if piped {
        let note = "Read from standard input. Save the text and name it with `path`, so that quotes can be shown in it.";
        Document {
            id: "text".into(),
            title: heading(&text).unwrap_or("[text from standard input]").into(),
            sha256,
            note: Some(note.into()),
            ..Document::default()
        }
    } else {
        let path = Path::new(name);
        let stem = path.file_stem().unwrap_or(name).to_string_lossy().into_owned();
        let id = ids::slug(&stem);
        let id = if id.is_empty() { "text".to_owned() } else { id };
        let relative = relative(path, folder).to_string_lossy().into_owned();
        let title = heading(&text).map_or_else(|| format!("[{stem}]"), str::to_owned);
        Document { id, title, path: Some(relative), sha256, ..Document::default() }
    };
    Ok(Article { document, text })
}

/// The heading of a text: its first line that says nothing of its publication, where that is no sentence.
fn heading(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.find(|line| published(line).is_none())?;
    let words = line.split_whitespace().count();
    let sentence = line.ends_with(['.', ',', ';', ':']) || line.contains(". ");
    let heads = (1..=MOST_WORDS).contains(&words) && line.contains(char::is_alphabetic) && !sentence;
    (heads && lines.next().is_some()).then_some(line)
}

/// A path as seen from a folder; both may be relative to where we are.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (Ok(path_there), Ok(folder)) = (fs::canonicalize(path), fs::canonicalize(folder)) else {
        return path.to_owned();
    };
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (folder.components().collect(), path_there.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(OsString::from(".."), from.len() - shared);
    up.chain(to.iter().skip(shared).map(|part| part.as_os_str().to_owned())).collect()
}

/// Reads a file of actors.
fn known(file: &Path) -> Result<Actors, Failure> {
    let origin = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|error| Failure::io("cannot read", &error).at(&origin))?;
    Actors::read(&text)
        .map_err(|(line, column, what)| Failure::new(what).at(format!("{origin}:{line}:{column}")))
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn a_heading_is_the_first_line_that_is_no_sentence() {
        for (text, expected) in [
            ("\nFlood at Halden\n\nPublished: 2024-03-09\n\nIt rose.", Some("Flood at Halden")),
            ("Published: 2024-03-09\n\nWho won the river?\n\nIt rose.", Some("Who won the river?")),
            ("The river rose on Friday.\nIt fell.", None),
            ("Nothing but a line", None),
            ("", None),
        ] {
            assert_eq!(heading(text), expected, "{text:?}");
        }
    }
}
