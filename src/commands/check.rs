//! `annals check`: everything wrong in chronologies, one line each, and mending what can be worked out.

use std::fs;
use std::process::ExitCode;

use super::{Failure, print, say};
use crate::check::{Unfixable, check, fix};
use crate::cli;
use crate::formats::wording::counted;
use crate::formats::{Fault, Severity};
use crate::fsio;
use crate::sources::{self, Raw, find, place};
use crate::text::safe::safe_line;

/// Prints what is wrong. Exits with 1 for errors, and with `--strict` for warnings.
///
/// # Errors
/// When a SOURCE cannot be read, or `--fix` cannot write it.
pub fn run(options: &cli::Check) -> Result<ExitCode, Failure> {
    if options.sources.iter().filter(|source| *source == "-").count() > 1 {
        return Err(Failure::usage("standard input can be read only once").at("-"));
    }
    let mut worst = None;
    for source in &options.sources {
        let mut raw = sources::read_raw(source, options.from.as_deref())?;
        if options.fix {
            mend(&mut raw)?;
        }
        let folder = raw.folder.clone();
        let faults = check(&raw.bytes, raw.format, &|document| find(document, &folder));
        print(lines(&raw.origin, &faults).as_bytes())?;
        sum_up(&raw.origin, &faults);
        worst = worst.max(faults.iter().map(|fault| fault.severity).max());
    }
    let bad = match worst {
        Some(Severity::Error) => true,
        Some(Severity::Warning) => options.strict,
        None => false,
    };
    Ok(ExitCode::from(u8::from(bad)))
}

/// Writes offsets and hashes into a file, if any are missing or wrong, and goes on with what is then in it.
fn mend(raw: &mut Raw) -> Result<(), Failure> {
    let Some(file) = raw.file.as_deref() else {
        let hint = "name a file that is not packed";
        return Err(Failure::usage("only a file of UTF-8 text can be mended").at("--fix").hint(hint));
    };
    let folder = raw.folder.clone();
    let fixed = match fix(&raw.bytes, raw.format, &|document| find(document, &folder)) {
        Ok(fixed) => fixed,
        // What cannot be read is what the check is about to say.
        Err(Unfixable::Unreadable(_)) => return Ok(()),
        Err(error @ Unfixable::Format) => return Err(Failure::usage(error.to_string()).at(&raw.origin)),
    };
    if fixed.bytes == raw.bytes {
        return Ok(());
    }
    let now = fs::read(file).map_err(|error| Failure::io("cannot read", &error).at(&raw.origin))?;
    if now != raw.bytes {
        return Err(Failure::new("the file changed while it was read; it is left as it is").at(&raw.origin));
    }
    let written = fsio::replace(file, |out| out.write_all(&fixed.bytes));
    written.map_err(|error| Failure::io("cannot write", &error).at(&raw.origin))?;
    let offsets = counted(fixed.offsets as u64, "quote", "quotes");
    let hashes = counted(fixed.hashes as u64, "document", "documents");
    say(&format!("annals: wrote the offsets of {offsets} and the hashes of {hashes} ({})", raw.origin));
    raw.bytes = fixed.bytes;
    Ok(())
}

/// The faults as lines: `file:line:column: error: what`, and below it how to mend it.
fn lines(origin: &str, faults: &[Fault]) -> String {
    let mut text = String::new();
    for fault in faults {
        let severity = match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let line = format!("{}: {severity}: {}", place(origin, fault), fault.message);
        text += &safe_line(&line);
        text.push('\n');
        if let Some(hint) = &fault.hint {
            text += "  hint: ";
            text += &safe_line(hint);
            text.push('\n');
        }
    }
    text
}

/// Says how much was found.
fn sum_up(origin: &str, faults: &[Fault]) {
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count() as u64;
    let warnings = (faults.len() as u64).saturating_sub(errors);
    if faults.is_empty() {
        say(&format!("annals: nothing is wrong ({origin})"));
    } else {
        let errors = counted(errors, "error", "errors");
        say(&format!("annals: {errors}, {} ({origin})", counted(warnings, "warning", "warnings")));
    }
}
