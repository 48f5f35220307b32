//! Faults in a query that point at the text and propose something.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::text::safe::safe_line;

/// Why a text is no query: the byte, and a proposal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryFault {
    /// The bytes of the text that are meant.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// A proposal.
    pub hint: Option<String>,
}

impl QueryFault {
    pub(crate) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), hint: None }
    }

    /// The same with a proposal.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The query, made safe on one line, and a line of carets below what is meant.
    pub fn caret(&self, text: &str) -> String {
        let part = |range: Range<usize>| safe_line(text.get(range).unwrap_or_default());
        let (before, meant, after) =
            (part(0..self.at.start), part(self.at.clone()), part(self.at.end..text.len()));
        let indent = " ".repeat(before.width());
        let carets = "^".repeat(meant.width().max(1));
        format!("{before}{meant}{after}\n{indent}{carets}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_what_is_meant() {
        let fault = QueryFault::new(8..13, "");
        assert_eq!(fault.caret("kind:x  acter:y"), "kind:x  acter:y\n        ^^^^^");
        // Wide characters take two columns, a control character is shown as its picture.
        assert_eq!(QueryFault::new(2..5, "").caret("\u{1B} 中 xy"), "␛ 中 xy\n  ^^");
        assert_eq!(QueryFault::new(6..8, "").caret("\u{1B} 中 xy"), "␛ 中 xy\n     ^^");
        assert_eq!(QueryFault::new(3..3, "").caret("abc"), "abc\n   ^");
        assert_eq!(QueryFault::new(40..50, "").caret("abc"), "\n^");
    }
}
