//! How a quote that is not in its document differs from the words that are.

use crate::formats::quoted;

/// A match of fewer letters than this says nothing.
const SHORTEST: usize = 12;

/// A text in which the forms of letters, signs and white space that people mix up are one, with the place of
/// each character in the text as written.
struct Plain {
    chars: Vec<char>,
    places: Vec<usize>,
}

impl Plain {
    fn new(text: &str) -> Self {
        let mut plain = Self { chars: Vec::new(), places: Vec::new() };
        for (place, c) in text.chars().enumerate() {
            let c = match c {
                '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
                '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => continue,
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if c == ' ' && plain.chars.last().is_none_or(|last| *last == ' ') {
                continue;
            }
            for lower in c.to_lowercase() {
                plain.chars.push(lower);
                plain.places.push(place);
            }
        }
        plain
    }

    /// Where the first `length` characters of a quote begin in it.
    fn find(&self, quote: &[char], length: usize) -> Option<usize> {
        let start = quote.get(..length)?;
        self.chars.windows(length.max(1)).position(|window| window == start)
    }
}

/// What the document has instead of the quote, as a hint.
pub(super) fn difference(text: &str, quote: &str) -> Option<String> {
    let words: Vec<char> = text.chars().collect();
    let (document, wanted) = (Plain::new(text), Plain::new(quote.trim_end()));
    let place = |at: usize| document.places.get(at).copied();
    if let Some(at) = document.find(&wanted.chars, wanted.chars.len()) {
        let last = (at + wanted.chars.len()).checked_sub(1)?;
        let found: String = words.get(place(at)?..=place(last)?)?.iter().collect();
        return Some(forms(&found, quote));
    }
    // The longest beginning that the document has; a longer one has every shorter one.
    let (mut good, mut bad) = (0, wanted.chars.len());
    while good + 1 < bad {
        let middle = good.midpoint(bad);
        if document.find(&wanted.chars, middle).is_some() { good = middle } else { bad = middle }
    }
    if good < SHORTEST {
        return None;
    }
    let at = document.find(&wanted.chars, good)?;
    // From the last whole word on that both have.
    let common = wanted.chars.get(..good)?;
    let word = common.iter().rposition(|c| *c == ' ').map_or(0, |space| space + 1);
    let excerpt = |words: &[char], from: usize| -> String { words.iter().skip(from).take(40).collect() };
    let there = excerpt(&words, place(at + word)?);
    let quote: Vec<char> = quote.chars().collect();
    let here = excerpt(&quote, wanted.places.get(word).copied()?);
    Some(format!(
        "the document goes on {}, the quote {}",
        quoted(&one_line(&there)),
        quoted(&one_line(&here))
    ))
}

/// The first place where two texts that differ only in form do so.
fn forms(found: &str, quote: &str) -> String {
    let (mut there, mut here) = (found.chars(), quote.chars());
    let mut number = 0;
    loop {
        number += 1;
        match (there.next(), here.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                return format!(
                    "character {number} of the quote is {}, in the document {}",
                    character(b),
                    character(a)
                );
            }
            (None, Some(b)) => return format!("the quote has {} too much at its end", character(b)),
            _ => return format!("the document has {}", quoted(&one_line(found))),
        }
    }
}

fn character(c: char) -> String {
    let number = u32::from(c);
    match c {
        ' ' => "a space".to_owned(),
        '\n' => "a line break".to_owned(),
        c if c.is_whitespace() || c.is_control() || crate::text::safe::is_hidden(c) => {
            format!("U+{number:04X}")
        }
        c if c.is_alphanumeric() => c.to_string(),
        c => format!("{c} (U+{number:04X})"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(quote: &str) -> Option<String> {
        difference("On Saturday Sudani’s office said\nthe talks — the first —  went well.", quote)
    }

    #[test]
    fn forms_of_signs_are_told() {
        let said = "character 7 of the quote is ' (U+0027), in the document ’ (U+2019)";
        assert_eq!(hint("Sudani's office").as_deref(), Some(said));
        let said = "character 25 of the quote is a space, in the document a line break";
        assert_eq!(hint("day Sudani’s office said the talks").as_deref(), Some(said));
        assert_eq!(hint("the Talks").as_deref(), Some("character 5 of the quote is T, in the document t"));
        assert_eq!(
            hint("first —  went well. ").as_deref(),
            Some("the quote has a space too much at its end")
        );
    }

    #[test]
    fn other_words_are_told() {
        assert_eq!(
            hint("On Saturday Sudani’s office denied it").as_deref(),
            Some("the document goes on “said the talks — the first — went well.”, the quote “denied it”")
        );
        assert_eq!(hint("nothing like it"), None);
        assert_eq!(hint(""), None);
    }
}
