//! How a failure is said: `annals: what (where)`, and a hint.

use std::io::{self, Write};

use crate::query::QueryFault;
use crate::store::StoreError;
use crate::text::safe::safe_line;

/// Why a command could not do what it should: `annals: what (where)`, and a hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    what: String,
    place: Option<String>,
    /// Lines below the message: a query with a caret.
    picture: Option<String>,
    hint: Option<String>,
    pub(crate) status: u8,
    quiet: bool,
}

impl Failure {
    /// Something failed or was found wrong: exit status 1.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), place: None, picture: None, hint: None, status: 1, quiet: false }
    }

    /// Wrong usage: exit status 2.
    pub fn usage(what: impl Into<String>) -> Self {
        Self { status: 2, ..Self::new(what) }
    }

    /// Reading or writing failed. Nobody reading any more is no failure.
    pub fn io(what: &str, error: &io::Error) -> Self {
        let quiet = error.kind() == io::ErrorKind::BrokenPipe;
        Self { quiet, status: u8::from(!quiet), ..Self::new(format!("{what}: {error}")) }
    }

    /// The file, option or command that is meant.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// How to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A query that cannot be read, with a caret below what is meant.
    pub(crate) fn query(text: &str, fault: &QueryFault) -> Self {
        let picture =
            fault.caret(text).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
        let failure = Self::usage(&fault.message).at(format!("--filter, byte {}", fault.at.start));
        Self { picture: Some(picture), hint: fault.hint.clone(), ..failure }
    }

    /// Says on standard error what went wrong.
    pub(crate) fn report(&self) {
        if self.quiet {
            return;
        }
        say(&format!("annals: {self}"));
        if let Some(picture) = &self.picture {
            // Made safe when it was drawn.
            let _ = writeln!(io::stderr(), "{picture}");
        }
        if let Some(hint) = &self.hint {
            say(&format!("hint: {hint}"));
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = self.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
        write!(f, "{}{place}", self.what)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::io("cannot write", &error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Sink(error) => error.into(),
            error => Self::new(error.to_string()),
        }
    }
}

/// Prints a line on standard error, made safe. Where nobody reads it there is nobody to tell.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", safe_line(line));
}
