//! A quote in the text of its document.

use crate::chronology::Source;

/// How much of a document is shown around a quote, in characters on either side.
const AROUND: usize = 280;

/// A quote with what stands around it.
pub struct Passage {
    /// What stands before it in its paragraph.
    pub before: String,
    /// The quote.
    pub quote: String,
    /// What follows it in its paragraph.
    pub after: String,
}

/// Finds the quote in its document, by offsets or as it stands, with the rest of its paragraph around it.
pub fn passage(text: &str, quote: &str, source: &Source) -> Option<Passage> {
    let start = match source.start {
        Some(start) => text.char_indices().nth(usize::try_from(start).ok()?).map(|(byte, _)| byte)?,
        None => text.find(quote)?,
    };
    let rest = text.get(start..)?;
    if !rest.starts_with(quote) {
        return None;
    }
    let (head, tail) = (text.get(..start)?, rest.get(quote.len()..)?);
    let before = head.rsplit('\n').next().unwrap_or_default();
    let after = tail.split('\n').next().unwrap_or_default();
    Some(Passage {
        before: last_chars(before, AROUND),
        quote: quote.to_owned(),
        after: first_chars(after, AROUND),
    })
}

/// The last characters of a text, from a word's beginning on.
fn last_chars(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - most).collect();
    let from_word = tail.split_once(' ').map_or("", |(_, rest)| rest);
    format!("… {from_word}")
}

/// The first characters of a text, up to a word's end.
fn first_chars(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    let to_word = head.rsplit_once(' ').map_or("", |(rest, _)| rest);
    format!("{to_word} …")
}
