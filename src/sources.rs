//! Opening what the command line names: files, standard input, the built-in chronology; and finding the texts
//! of their documents.

mod texts;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::chronology::{Layer, LayerInput, Resolved, ids, resolve};
use crate::commands::Failure;
use crate::formats::{self, Collector, Fault, Format, Severity};

pub use texts::{Found, find};

/// The chronology that opens when no SOURCE is given.
pub const BUILT_IN: &str = include_str!("../assets/iraq-coalition-talks.toml");

/// The name of its layer.
const BUILT_IN_NAME: &str = "iraq-coalition-talks";

/// How much of a file is looked at to tell its format.
const LOOK: u64 = 64 * 1024;

/// One SOURCE as it was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// How it was given, for messages.
    pub origin: String,
    /// The folder that paths in it are relative to.
    pub folder: PathBuf,
    /// The file, where it is one.
    pub file: Option<PathBuf>,
    /// What stands in it, with what is wrong and where.
    pub collected: Collector,
}

/// Everything that was opened, as one.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// The names and events of all layers.
    pub resolved: Resolved,
    /// The title of the whole.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// What was noticed on the way, one line each: faults, missing texts, layers that differ.
    pub remarks: Vec<String>,
}

/// Opens SOURCEs (none: the built-in chronology) and makes one whole of them.
///
/// # Errors
/// When one cannot be opened, or holds nothing but errors.
pub fn open(sources: &[OsString], from: Option<&str>) -> Result<Whole, Failure> {
    let mut layers = Vec::new();
    let mut remarks = Vec::new();
    for opened in read_all(sources, from)? {
        layers.push(layer(opened, &mut remarks)?);
    }
    let title = joined(layers.iter().map(|input| input.chronology.title.as_str()));
    let summary = match layers.as_slice() {
        [only] => only.chronology.summary.clone(),
        _ => String::new(),
    };
    let resolved = resolve(layers);
    remarks.extend(resolved.remarks.iter().cloned());
    Ok(Whole { resolved, title, summary, remarks })
}

/// Reads every SOURCE, without finding the texts of documents.
///
/// # Errors
/// When one cannot be opened or read.
pub fn read_all(sources: &[OsString], from: Option<&str>) -> Result<Vec<Opened>, Failure> {
    if sources.is_empty() {
        return Ok(vec![read_built_in()]);
    }
    if sources.iter().filter(|source| *source == "-").count() > 1 {
        return Err(Failure::usage("standard input can be read only once").at("-"));
    }
    let from = from.and_then(formats::by_name);
    sources.iter().map(|source| read_source(source, from)).collect()
}

/// The built-in chronology. It stands in the folder `assets`, beside which `seeds` has its article.
fn read_built_in() -> Opened {
    let mut collected = Collector::default();
    if let Some(read) = formats::by_name("toml").and_then(|format| format.read) {
        // Reading from memory cannot fail; what is wrong inside is a fault.
        let _ = read(&mut BUILT_IN.as_bytes(), &mut collected);
    }
    Opened { origin: String::new(), folder: PathBuf::from("assets"), file: None, collected }
}

/// Reads one SOURCE.
fn read_source(source: &OsStr, from: Option<&'static Format>) -> Result<Opened, Failure> {
    let origin = source.to_string_lossy().into_owned();
    let failed = |error: &io::Error| Failure::io("cannot read", error).at(&origin);
    if source == "-" {
        let collected = read(io::stdin().lock(), None, from, &origin)?;
        return Ok(Opened { origin, folder: PathBuf::new(), file: None, collected });
    }
    let path = Path::new(source);
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => missing(source, &origin),
        _ => failed(&error),
    })?;
    if metadata.is_dir() {
        return Err(Failure::new("this is a folder, not a file").at(&origin));
    }
    let file = File::open(path).map_err(|error| failed(&error))?;
    let collected = read(BufReader::new(file), Some(path), from, &origin)?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Opened { origin, folder, file: Some(path.to_path_buf()), collected })
}

/// Reads a file in the format asked for, or that it ends or begins like.
fn read(
    mut input: impl BufRead,
    path: Option<&Path>,
    from: Option<&'static Format>,
    origin: &str,
) -> Result<Collector, Failure> {
    let failed = |error: &io::Error| Failure::io("cannot read", error).at(origin);
    let mut start = Vec::new();
    input.by_ref().take(LOOK).read_to_end(&mut start).map_err(|error| failed(&error))?;
    let by_ending = path.and_then(formats::by_ending).filter(|format| format.read.is_some());
    let format = from.or(by_ending).or_else(|| formats::detect(&start));
    let Some(read) = format.and_then(|format| format.read) else {
        let known: Vec<&str> = formats::FORMATS
            .iter()
            .filter(|format| format.read.is_some())
            .map(|format| format.name)
            .collect();
        return Err(Failure::new("this is no format that annals reads")
            .at(origin)
            .hint(format!("say which one it is with --from {}", known.join("|"))));
    };
    let mut collected = Collector::default();
    let mut whole = BufReader::new(Cursor::new(start).chain(input));
    read(&mut whole, &mut collected).map_err(|error| failed(&error))?;
    Ok(collected)
}

/// What to say of a SOURCE that is no file: perhaps a command was meant.
fn missing(source: &OsStr, origin: &str) -> Failure {
    let failure = Failure::new("there is no such file").at(origin);
    let commands = ["export", "count", "check", "completions", "man", "help"];
    match source.to_str().and_then(|word| ids::nearest(word, commands)) {
        Some(command) => failure.hint(format!("did you mean the command `annals {command}`?")),
        None => failure,
    }
}

/// The layer of an opened SOURCE, with the texts of its documents. Where nothing but errors stands in it, the
/// first of them is the failure.
fn layer(opened: Opened, remarks: &mut Vec<String>) -> Result<LayerInput, Failure> {
    let Opened { origin, folder, file, collected } = opened;
    let Collector { chronology, faults, .. } = collected;
    let shown = if origin.is_empty() { BUILT_IN_NAME } else { &origin };
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    if let Some(fault) = faults.iter().find(|fault| fault.severity == Severity::Error) {
        if chronology.events.is_empty() {
            let failure = Failure::new(&fault.message).at(place(shown, fault));
            return Err(match &fault.hint {
                Some(hint) => failure.hint(hint),
                None => failure,
            });
        }
        let more = if errors > 1 { format!(" (and {} more)", errors - 1) } else { String::new() };
        remarks.push(format!("{}: {}{more}; see `annals check`", place(shown, fault), fault.message));
    }
    let mut texts = std::collections::HashMap::new();
    for document in &chronology.documents {
        match find(document, &folder) {
            Found::Text { text, changed, .. } => {
                if changed {
                    remarks.push(format!("{shown}: the text of document {} has changed", document.id));
                }
                texts.insert(document.id.clone(), text);
            }
            Found::Missing(why) => {
                let id = &document.id;
                remarks.push(format!("{shown}: the text of document {id} was not found: {why}"));
            }
            Found::Elsewhere => {}
        }
    }
    let name = match &file {
        Some(file) => file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        None if origin == "-" => "stdin".to_owned(),
        None => BUILT_IN_NAME.to_owned(),
    };
    let layer = Layer {
        name,
        title: chronology.title.clone(),
        summary: chronology.summary.clone(),
        origin,
        ..Layer::default()
    };
    Ok(LayerInput { layer, chronology, texts })
}

/// A fault's place: `file:line:column`, as far as it is known.
pub fn place(origin: &str, fault: &Fault) -> String {
    match (fault.line, fault.column) {
        (0, _) => origin.to_owned(),
        (line, 0) => format!("{origin}:{line}"),
        (line, column) => format!("{origin}:{line}:{column}"),
    }
}

/// The titles that there are, each once.
fn joined<'a>(titles: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = Vec::new();
    for title in titles.filter(|title| !title.is_empty()) {
        if !known.contains(&title) {
            known.push(title);
        }
    }
    known.join(" + ")
}
