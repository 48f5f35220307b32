//! Opening what the command line names: files, standard input, the built-in chronology; and finding the texts
//! of their documents.

mod bytes;
mod doubts;
mod spool;
mod texts;
mod unpack;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::check::DocumentText;
use crate::chronology::{Layer, LayerInput, Resolved, resolve};
use crate::failure::Failure;
use crate::formats::{self, Collector, Fault, Format, Severity};
use crate::text::nearest::nearest;

pub use texts::find;

/// The chronology that opens when no SOURCE is given.
pub const BUILT_IN: &str = include_str!("../assets/iraq-coalition-talks.toml");

/// The name of its layer.
const BUILT_IN_NAME: &str = "iraq-coalition-talks";

/// How much of a file is looked at to tell its format.
const LOOK: usize = 64 * 1024;

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
    remarks.extend(doubts::doubts(&resolved));
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

/// One SOURCE as its bytes, for `annals check`.
pub struct Raw {
    /// How it was given, for messages.
    pub origin: String,
    /// The folder that paths in it are relative to.
    pub folder: PathBuf,
    /// The file, where it is one.
    pub file: Option<PathBuf>,
    /// The format it is in.
    pub format: &'static Format,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Reads the bytes of a SOURCE.
///
/// # Errors
/// When it cannot be opened or read, or its format is not known.
pub fn read_raw(source: &OsStr, from: Option<&str>) -> Result<Raw, Failure> {
    let mut input = Source::open(source)?;
    let mut bytes = Vec::new();
    input.stream.read_to_end(&mut bytes).map_err(|error| input.failed(&error))?;
    let start = bytes.get(..LOOK.min(bytes.len())).unwrap_or_default();
    let format = input.format(start, from.and_then(formats::by_name))?;
    let folder = input.folder();
    Ok(Raw { origin: input.origin, folder, file: input.file, format, bytes })
}

/// Reads one SOURCE in the format asked for, or that it ends or begins like.
fn read_source(source: &OsStr, from: Option<&'static Format>) -> Result<Opened, Failure> {
    let mut input = Source::open(source)?;
    let mut start = Vec::new();
    let look = input.stream.by_ref().take(LOOK as u64).read_to_end(&mut start);
    look.map_err(|error| input.failed(&error))?;
    let format = input.format(&start, from)?;
    let mut collected = Collector::default();
    if let Some(read) = format.read {
        let mut whole = BufReader::new(Cursor::new(start).chain(&mut input.stream));
        read(&mut whole, &mut collected)
            .map_err(|error| Failure::io("cannot read", &error).at(&input.origin))?;
    }
    let folder = input.folder();
    Ok(Opened { origin: input.origin, folder, file: input.file, collected })
}

/// A file or standard input, open.
struct Source {
    origin: String,
    file: Option<PathBuf>,
    stream: Box<dyn BufRead>,
}

impl Source {
    fn open(source: &OsStr) -> Result<Self, Failure> {
        let origin = source.to_string_lossy().into_owned();
        if source == "-" {
            return Ok(Self { origin, file: None, stream: Box::new(io::stdin().lock()) });
        }
        let path = Path::new(source);
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => missing(source, &origin),
            _ => Failure::io("cannot read", &error).at(&origin),
        };
        if fs::metadata(path).map_err(failed)?.is_dir() {
            return Err(Failure::new("this is a folder, not a file").at(&origin));
        }
        let stream = Box::new(BufReader::new(File::open(path).map_err(failed)?));
        Ok(Self { origin, file: Some(path.to_path_buf()), stream })
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::io("cannot read", error).at(&self.origin)
    }

    /// The folder that paths in it are relative to: the working one for standard input.
    fn folder(&self) -> PathBuf {
        self.file.as_deref().and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default()
    }

    /// The format asked for, or that it ends or begins like.
    fn format(&self, start: &[u8], from: Option<&'static Format>) -> Result<&'static Format, Failure> {
        let by_ending =
            self.file.as_deref().and_then(formats::by_ending).filter(|format| format.read.is_some());
        from.or(by_ending).or_else(|| formats::detect(start)).ok_or_else(|| {
            if start.iter().all(u8::is_ascii_whitespace) {
                return Failure::new("there is nothing in it").at(&self.origin);
            }
            let readable = formats::FORMATS.iter().filter(|format| format.read.is_some());
            let known: Vec<&str> = readable.map(|format| format.name).collect();
            Failure::new("this is no format that annals reads")
                .at(&self.origin)
                .hint(format!("say which one it is with --from {}", known.join("|")))
        })
    }
}

/// What to say of a SOURCE that is no file: perhaps a command was meant.
fn missing(source: &OsStr, origin: &str) -> Failure {
    let failure = Failure::new("there is no such file").at(origin);
    let commands = ["export", "count", "check", "completions", "man", "help"];
    match source.to_str().and_then(|word| nearest(word, commands)) {
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
        let id = &document.id;
        match find(document, &folder) {
            DocumentText::Found { text, sha256 } => {
                let named = document.sha256.as_ref();
                if named.is_some_and(|named| !named.eq_ignore_ascii_case(&sha256)) {
                    remarks.push(format!("{shown}: the text of document {id} has changed"));
                }
                texts.insert(id.clone(), text);
            }
            DocumentText::Missing(why) => {
                remarks.push(format!("{shown}: the text of document {id} was not found: {why}"));
            }
            DocumentText::Elsewhere => {}
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
