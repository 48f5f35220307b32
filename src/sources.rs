//! Opening what the command line names: files, standard input, the built-in chronology; and finding the texts
//! of their documents.

mod bytes;
mod doubts;
mod source;
mod spool;
mod texts;
mod unpack;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

use crate::check::DocumentText;
use crate::chronology::{Chronology, Layer, LayerInput, Resolved, resolve};
use crate::failure::Failure;
use crate::formats::{self, Collector, Fault, Format, Severity};

pub use bytes::{Bytes, Growth};
pub use source::{LOOK, Source};
pub use texts::find;

/// The chronology that opens when no SOURCE is given.
pub const BUILT_IN: &str = include_str!("../assets/iraq-coalition-talks.toml");

/// The name of its layer.
const BUILT_IN_NAME: &str = "iraq-coalition-talks";

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

/// Where a text stands that is revised, or that is made of others and stands nowhere yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// How it was given, for messages and as the name of its layer.
    pub origin: String,
    /// The folder that paths in it are relative to.
    pub folder: PathBuf,
    /// The file; `None`: it stands nowhere yet.
    pub file: Option<PathBuf>,
    /// The text as it was made, where it stands nowhere yet.
    pub first: Arc<str>,
}

/// A chronology in TOML that is in memory, as if it had been read from its place.
pub fn of_text(text: &str, place: &Place) -> Opened {
    let Place { origin, folder, file, .. } = place.clone();
    Opened { origin, folder, file, collected: read_toml(text) }
}

/// A chronology that is in memory, as if it had been read from its place without faults.
pub fn of_chronology(chronology: &Chronology, place: &Place) -> Opened {
    let Place { origin, folder, file, .. } = place.clone();
    let collected = Collector { chronology: chronology.clone(), ..Collector::default() };
    Opened { origin, folder, file, collected }
}

/// Bytes as text, and whether there was a byte order mark before it.
///
/// # Errors
/// When they are not UTF-8, in words.
pub fn decoded(bytes: &[u8]) -> Result<(&str, bool), String> {
    let (text, mark) = formats::tree::decode(bytes).map_err(|fault| fault.to_string())?;
    Ok((text, mark > 0))
}

fn read_toml(text: &str) -> Collector {
    let mut collected = Collector::default();
    if let Some(read) = formats::by_name("toml").and_then(|format| format.read) {
        // Reading from memory cannot fail; what is wrong inside is a fault.
        let _ = read(&mut text.as_bytes(), &mut collected);
    }
    collected
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

/// A SOURCE, open, with its format.
pub struct Given {
    /// The SOURCE.
    pub source: Source,
    /// Its first bytes.
    pub start: Vec<u8>,
    /// The format asked for, or that it ends or begins like.
    pub format: &'static Format,
}

impl Given {
    /// Reads it whole.
    ///
    /// # Errors
    /// When it cannot be read to its end.
    pub fn read(self) -> Result<Opened, Failure> {
        self.source.read(self.format)
    }

    /// Reads all of its bytes.
    ///
    /// # Errors
    /// When they cannot be read to their end.
    pub fn raw(self) -> Result<Raw, Failure> {
        let Self { source, format, .. } = self;
        let (bytes, folder) = (source.all()?, source.folder());
        let file = source.file.filter(|_| !source.bytes.is_spooled());
        Ok(Raw { origin: source.origin, folder, file, format, bytes })
    }

    /// As if nothing stood in it: a place among the layers for what is read another way.
    pub fn unread(&self) -> Opened {
        let Source { origin, file, .. } = self.source.clone();
        Opened { origin, folder: self.source.folder(), file, collected: Collector::default() }
    }
}

/// Opens SOURCEs (none: the built-in chronology) and makes one whole of them.
///
/// # Errors
/// When one cannot be opened, or holds nothing but errors.
pub fn open(sources: &[OsString], from: Option<&str>) -> Result<Whole, Failure> {
    if sources.is_empty() {
        return whole(vec![built_in()]);
    }
    whole(given(sources, from)?.into_iter().map(Given::read).collect::<Result<_, _>>()?)
}

/// Opens SOURCEs and finds out their formats.
///
/// # Errors
/// When one cannot be opened, or its format is not known.
pub fn given(sources: &[OsString], from: Option<&str>) -> Result<Vec<Given>, Failure> {
    if sources.iter().filter(|source| *source == "-").count() > 1 {
        return Err(Failure::usage("standard input can be read only once").at("-"));
    }
    let from = from.and_then(formats::by_name);
    let open = |name: &OsString| {
        let source = Source::open(name)?;
        let start = source.start()?;
        let format = source.format(&start, from)?;
        Ok(Given { source, start, format })
    };
    sources.iter().map(open).collect()
}

/// Makes one whole of what was read.
///
/// # Errors
/// When one of them holds nothing but errors.
pub fn whole(opened: Vec<Opened>) -> Result<Whole, Failure> {
    let mut layers = Vec::new();
    let mut remarks = Vec::new();
    for opened in opened {
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

/// The built-in chronology. It stands in the folder `assets`, beside which `seeds` has its article.
pub fn built_in() -> Opened {
    let collected = read_toml(BUILT_IN);
    Opened { origin: String::new(), folder: PathBuf::from("assets"), file: None, collected }
}

/// One SOURCE as its bytes, for `annals check`.
pub struct Raw {
    /// How it was given, for messages.
    pub origin: String,
    /// The folder that paths in it are relative to.
    pub folder: PathBuf,
    /// The file, where it is one that can be written again: it is neither packed nor in another encoding.
    pub file: Option<PathBuf>,
    /// The format it is in.
    pub format: &'static Format,
    /// All of it, unpacked.
    pub bytes: Vec<u8>,
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
        Some(file) => {
            let stem = source::unpacked_name(file).file_stem().map(OsStr::to_owned);
            stem.unwrap_or_default().to_string_lossy().into_owned()
        }
        None if origin == "-" => "stdin".to_owned(),
        None if !origin.is_empty() => origin.clone(),
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
