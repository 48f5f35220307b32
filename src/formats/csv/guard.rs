//! A guard against cells that a spreadsheet would run as a formula (CWE-1236), and its exact reverse.
//!
//! A cell that begins with a trigger, or with apostrophes and then a trigger, gets one apostrophe in front. A
//! reader takes one apostrophe away where apostrophes stand before a trigger. Every other cell stays, so that
//! the two undo each other whatever the text is.

use std::borrow::Cow;

/// Whether some spreadsheet takes a cell that begins with this for a formula (OWASP's list: `=`, `+`, `-`, `@`,
/// tab, carriage return, line feed, NUL, and the full-width forms).
const fn is_trigger(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
}

/// Whether a trigger stands after any number of apostrophes.
fn triggers(cell: &str) -> bool {
    // Most cells begin with a letter or a digit.
    if cell.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    cell.trim_start_matches('\'').chars().next().is_some_and(is_trigger)
}

/// The cell as it is written.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if triggers(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`guard`].
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if triggers(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_guarded_and_other_cells_stay() {
        for (cell, written) in [
            ("=cmd()", "'=cmd()"),
            ("-0043-03-15", "'-0043-03-15"),
            ("'=x", "''=x"),
            ("''@x", "'''@x"),
            ("＝1", "'＝1"),
            ("\tx", "'\tx"),
            ("'Aqaba", "'Aqaba"),
            ("'", "'"),
            ("", ""),
            ("2024-01-27", "2024-01-27"),
        ] {
            assert_eq!(guard(cell), written);
            assert_eq!(unguard(written), cell);
        }
    }

    proptest! {
        #[test]
        fn every_cell_comes_back(cell in "['=+@\t\r\n\0＝a-]{0,6}|.*") {
            let guarded = guard(&cell);
            prop_assert_eq!(unguard(&guarded), cell.as_str());
        }

        #[test]
        fn no_guarded_cell_begins_with_a_trigger(cell in "['=+@\t\r\n\0＝a-]{0,6}") {
            prop_assert!(!guard(&cell).chars().next().is_some_and(is_trigger));
        }
    }
}
