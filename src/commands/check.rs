//! `annals check`: everything wrong in chronologies, one line each, and mending what can be worked out.

use std::fs;
use std::process::ExitCode;

use super::{Failure, print, say};
use crate::check::{Unfixable, check, fix};
use crate::cli;
use crate::formats::wording::counted;
use crate::formats::{Fault, Severity};
use crate::fsio;
use crate::load::{self, is_table};
use crate::sources::{self, Given, Raw, find, place};
use crate::text::safe::safe_line;

/// Prints what is wrong. Exits with 1 for errors, and with `--strict` for warnings.
///
/// # Errors
/// When a SOURCE cannot be read, or `--fix` cannot write it.
pub fn run(options: &cli::Check) -> Result<ExitCode, Failure> {
    let mut worst = None;
    for given in sources::given(&options.sources, options.from.as_deref())? {
        let found = if is_table(&given) { table(&given, options)? } else { whole(given, options)? };
        worst = worst.max(found);
    }
    let bad = match worst {
        Some(Severity::Error) => true,
        Some(Severity::Warning) => options.strict,
        None => false,
    };
    Ok(ExitCode::from(u8::from(bad)))
}

/// Checks a chronology. Gives how bad the worst fault is.
fn whole(given: Given, options: &cli::Check) -> Result<Option<Severity>, Failure> {
    let mut raw = given.raw()?;
    if options.fix {
        mend(&mut raw)?;
    }
    let folder = raw.folder.clone();
    let faults = check(&raw.bytes, raw.format, &|document| find(document, &folder));
    print(lines(&raw.origin, &faults).as_bytes())?;
    let mut found = Found::default();
    for fault in &faults {
        found.add(fault);
    }
    sum_up(&raw.origin, &found);
    Ok(found.worst())
}

/// Checks a table, which may have more faults than there is memory. Gives how bad the worst one is.
fn table(given: &Given, options: &cli::Check) -> Result<Option<Severity>, Failure> {
    if options.fix {
        return Err(Failure::usage("a table has nothing that can be mended").at("--fix"));
    }
    let origin = &given.source.origin;
    let mut found = Found::default();
    let understood = load::check(given, &options.mappings, &mut |fault| {
        found.add(&fault);
        print(lines(origin, &[fault]).as_bytes())
    })?;
    for line in understood {
        say(&format!("annals: {line} ({origin})"));
    }
    sum_up(origin, &found);
    Ok(found.worst())
}

/// How much was found.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    errors: u64,
    warnings: u64,
}

impl Found {
    fn add(&mut self, fault: &Fault) {
        match fault.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
    }

    fn worst(self) -> Option<Severity> {
        match self {
            Self { errors: 0, warnings: 0 } => None,
            Self { errors: 0, .. } => Some(Severity::Warning),
            Self { .. } => Some(Severity::Error),
        }
    }
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
fn sum_up(origin: &str, found: &Found) {
    if found.worst().is_none() {
        say(&format!("annals: nothing is wrong ({origin})"));
    } else {
        let errors = counted(found.errors, "error", "errors");
        say(&format!("annals: {errors}, {} ({origin})", counted(found.warnings, "warning", "warnings")));
    }
}
