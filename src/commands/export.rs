//! `annals export`: the matching events as files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::picked::Picked;
use super::{Asked, Failure, ask, count_or_explain, notebook, printed, say};
use crate::cli::{self, Show};
use crate::formats::wording::counted;
use crate::formats::{self, Format, Loss, WriteOptions};
use crate::fsio;
use crate::store::{Count, Ctl, Keys};

/// The files that formats go to: one takes the name as it is, several take their endings.
pub fn targets(formats: &[&'static Format], name: &Path) -> Vec<(&'static Format, PathBuf)> {
    if let [only] = formats {
        return vec![(*only, name.to_path_buf())];
    }
    let with_ending = |format: &'static Format| {
        let mut file = OsString::from(name);
        file.push(".");
        file.push(format.name);
        (format, PathBuf::from(file))
    };
    formats.iter().copied().map(with_ending).collect()
}

/// Writes the matching events, and says on standard error what the formats could not carry.
///
/// # Errors
/// When nothing can be read or written.
pub fn run(export: &cli::Export, show: Show) -> Result<ExitCode, Failure> {
    let output = export.output.as_deref().filter(|path| *path != Path::new("-"));
    let formats = match export.view.as_deref() {
        Some(view) => drawn_formats(view, &export.formats, output)?,
        None => chosen_formats(&export.formats, output)?,
    };
    let asked = ask(&export.input, &export.choice)?;
    let count = count_or_explain(&asked)?;
    let width = export.width.map_or(if export.view.is_some() { 100 } else { 80 }, usize::from);
    let options = WriteOptions {
        ascii: show.ascii,
        raw: export.raw,
        bom: export.bom,
        width,
        by: export.by,
        ..WriteOptions::default()
    };
    let Asked { store, question } = &asked;
    let (keys, ctl) = (Keys::all(), Ctl::default());
    let notes = if export.notes { Some(notebook(&export.input)?) } else { None };
    let picked = Picked::new(store.as_ref(), question, &keys, &ctl).with_notes(notes.as_ref());
    match output {
        None => {
            for format in formats {
                let losses = printed(|out| picked.write(format, out, &options)).map_err(|error| {
                    Failure::io("not all of it was written", &error).at("standard output")
                })?;
                report(format, None, count, &losses);
            }
        }
        Some(name) => {
            fsio::clean_up_on_signals()?;
            for (format, path) in targets(&formats, name) {
                let losses = picked.write_file(format, &path, &options).map_err(|error| {
                    Failure::io("cannot write", &error).at(path.to_string_lossy().into_owned())
                })?;
                report(format, Some(&path), count, &losses);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The formats that are asked for, or the one that the file's name ends in.
fn chosen_formats(names: &[String], output: Option<&Path>) -> Result<Vec<&'static Format>, Failure> {
    let known = || {
        let writable = formats::FORMATS.iter().filter(|format| format.write.is_some());
        writable.map(|format| format.name).collect::<Vec<_>>().join("|")
    };
    if let Some(name) = names.iter().find(|name| formats::by_name(name).is_none()) {
        let views: Vec<&str> = formats::VIEWS.iter().map(|view| view.name).collect();
        return Err(Failure::usage(format!("{name} is a picture of a view"))
            .at("--format")
            .hint(format!("say of which one with --view {}", views.join("|"))));
    }
    let mut chosen: Vec<&'static Format> = Vec::new();
    for format in names.iter().filter_map(|name| formats::by_name(name)) {
        if !chosen.iter().any(|other| other.name == format.name) {
            chosen.push(format);
        }
    }
    match (chosen.as_slice(), output) {
        ([], Some(path)) => match formats::by_ending(path).filter(|format| format.write.is_some()) {
            Some(format) => Ok(vec![format]),
            None if path.is_dir() => Err(Failure::usage("this is a folder, not a file")
                .at(path.to_string_lossy().into_owned())
                .hint("name the file in it")),
            None => Err(Failure::usage("the file's name does not end like a format")
                .at(path.to_string_lossy().into_owned())
                .hint(format!("say which one with --format {}", known()))),
        },
        ([], None) => Err(Failure::usage("no format is given")
            .at("export")
            .hint(format!("say which one with --format {}, or name a file with -o", known()))),
        ([_, _, ..], None) => Err(Failure::usage("several formats need a file's name")
            .at("--format")
            .hint("-o NAME writes NAME.csv, NAME.ics, ...")),
        _ => Ok(chosen),
    }
}

/// The formats of a view that are asked for, or the one that the file's name ends in.
fn drawn_formats(
    view: &str,
    names: &[String],
    output: Option<&Path>,
) -> Result<Vec<&'static Format>, Failure> {
    let of_view = formats::VIEWS.iter().find(|known| known.name == view);
    let known: &'static [Format] = of_view.map(|view| view.formats).unwrap_or_default();
    let hint = || {
        let names: Vec<&str> = known.iter().map(|format| format.name).collect();
        format!("the view {view} is written with --format {}", names.join("|"))
    };
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = ending.filter(|_| names.is_empty());
    let mut chosen: Vec<&'static Format> = Vec::new();
    for name in names.iter().map(String::as_str).chain(ending.as_deref()) {
        match known.iter().find(|format| format.name == name) {
            Some(format) if chosen.iter().any(|other| other.name == format.name) => {}
            Some(format) => chosen.push(format),
            None => {
                return Err(Failure::usage(format!("no view is written as {name}"))
                    .at(format!("--view {view}"))
                    .hint(hint()));
            }
        }
    }
    match chosen.as_slice() {
        [] => Err(Failure::usage("no format is given").at(format!("--view {view}")).hint(hint())),
        [_, _, ..] if output.is_none() => Err(Failure::usage("several formats need a file's name")
            .at("--format")
            .hint("-o NAME writes NAME.txt and NAME.svg")),
        _ => Ok(chosen),
    }
}

/// Says what was written where, and what was lost; of standard output only what is worth knowing.
fn report(format: &Format, path: Option<&Path>, count: Count, losses: &[Loss]) {
    let possible = match count.possible {
        0 => String::new(),
        number => format!(", {number} of them only possible"),
    };
    let events = counted(count.total(), "event", "events");
    match path {
        Some(path) => say(&format!("annals: wrote {events}{possible} to {}", path.display())),
        None if count.possible > 0 => say(&format!("annals: {events}{possible}")),
        None => {}
    }
    for loss in losses {
        say(&format!("annals: {}: {} {}", format.name, loss.count, loss.what));
    }
}
