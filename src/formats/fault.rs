//! Faults in words.

use std::fmt;

use super::{Fault, Severity};

impl Fault {
    /// An error that is about a whole file.
    pub(crate) fn of_file(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, line: 0, column: 0, message: message.into(), hint: None }
    }

    /// The same fault with a hint.
    #[must_use]
    pub fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// `line:column: error: what`, to be put behind the file's name. The hint is for a line of its own.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => {}
            (line, 0) => write!(f, "{line}: ")?,
            (line, column) => write!(f, "{line}:{column}: ")?,
        }
        write!(f, "{}: {}", self.severity, self.message)
    }
}
