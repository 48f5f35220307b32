//! Content lines of RFC 5545, section 3.1: folded at 75 octets between characters, ended by CRLF.

use std::io::{self, Write};

/// The octets of a line before it must be folded, without its end.
const OCTETS: usize = 75;

/// Writes content lines.
pub struct Content<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Content<'a> {
    /// Writes to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }

    /// Writes a line whose value needs no escaping. Control characters are left out, so that no value can
    /// begin a line of its own.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        let mut folded = String::with_capacity(line.len() + line.len() / OCTETS * 3 + 2);
        let mut octets = 0;
        for c in line.chars().filter(|c| !c.is_control() || *c == '\t') {
            if octets + c.len_utf8() > OCTETS {
                // The space that begins a folded line counts.
                folded.push_str("\r\n ");
                octets = 1;
            }
            folded.push(c);
            octets += c.len_utf8();
        }
        folded.push_str("\r\n");
        self.out.write_all(folded.as_bytes())
    }

    /// Writes a property whose value is a text (section 3.3.11).
    ///
    /// # Errors
    /// Those of the writer.
    pub fn text(&mut self, property: &str, text: &str) -> io::Result<()> {
        self.line(&format!("{property}:{}", escape(text)))
    }

    /// Writes a property whose value is a list of texts; nothing where there is none.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn texts(&mut self, property: &str, texts: &[&str]) -> io::Result<()> {
        if texts.is_empty() {
            return Ok(());
        }
        let texts: Vec<String> = texts.iter().map(|text| escape(text)).collect();
        self.line(&format!("{property}:{}", texts.join(",")))
    }
}

/// A text as a value: backslash, semicolon, comma and line break escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(property: &str, text: &str) -> String {
        let mut bytes = Vec::new();
        Content::new(&mut bytes).text(property, text).expect("memory takes everything");
        String::from_utf8(bytes).expect("folding keeps characters whole")
    }

    #[test]
    fn values_cannot_end_their_line() {
        assert_eq!(written("SUMMARY", "a\r\nEND:VEVENT\u{1b}[2J"), "SUMMARY:a\\nEND:VEVENT[2J\r\n");
        assert_eq!(written("SUMMARY", "a;b,c\\d"), "SUMMARY:a\\;b\\,c\\\\d\r\n");
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_was_written(text in "(\\PC|[éЖ語😀,\n]){0,200}") {
            let lines = written("SUMMARY", &text);
            prop_assert!(lines.ends_with("\r\n"));
            for line in lines.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = lines.replace("\r\n ", "");
            prop_assert_eq!(unfolded.matches("\r\n").count(), 1);
            prop_assert_eq!(unfolded.trim_end_matches("\r\n"), format!("SUMMARY:{}", escape(&text)));
        }
    }
}
