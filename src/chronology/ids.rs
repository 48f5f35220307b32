//! Ids that we make. Ids that are read are kept as they are.

use std::collections::HashSet;
use std::fmt::Write;
use std::hash::BuildHasher;

use serde_json::Value;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Event;

/// The longest slug in characters; longer ones are cut at a word.
const SLUG_LENGTH: usize = 60;

/// A lower-case slug of a text: its letters and digits without accents, words joined by hyphens. Letters of
/// any script are kept. Empty where the text has neither letters nor digits.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)) {
        let word: String = word
            .nfkd()
            .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .filter(|c| c.is_alphanumeric())
            .collect();
        let count = word.chars().count();
        if count == 0 {
            continue;
        }
        if length == 0 {
            slug.extend(word.chars().take(SLUG_LENGTH));
            length = count;
        } else if length + 1 + count <= SLUG_LENGTH {
            slug.push('-');
            slug.push_str(&word);
            length += 1 + count;
        } else {
            break;
        }
    }
    slug
}

/// Marks and apostrophes belong to the word they stand in: "Iraq's" becomes `iraqs`.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

/// The id of an event that has none: `x-` and 12 hexadecimal digits of the SHA-256 of its fields. The same
/// fields give the same id whatever the order of keys and on every machine.
pub fn event_id(event: &Event) -> String {
    let value = serde_json::to_value(Event { id: String::new(), ..event.clone() }).unwrap_or_default();
    let mut text = String::new();
    canonical(&value, &mut text);
    let digest = sha256(text.as_bytes());
    format!("x-{}", digest.get(..DIGITS).unwrap_or_default())
}

/// How many hexadecimal digits such an id has.
const DIGITS: usize = 12;

/// Whether an id may be one that was made of an event's fields, a repeated one perhaps.
pub fn may_be_made(id: &str) -> bool {
    let Some((digits, rest)) = id.strip_prefix("x-").and_then(|rest| rest.split_at_checked(DIGITS)) else {
        return false;
    };
    let number = rest.strip_prefix('-').unwrap_or("0");
    digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && (rest.is_empty() || rest.starts_with('-'))
        && number.parse::<u64>().is_ok()
}

/// The SHA-256 of some bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The id itself, or with `-2`, `-3`, ... where it is taken. The result is marked as taken.
pub fn unique<S: BuildHasher>(id: &str, taken: &mut HashSet<String, S>) -> String {
    let free = numbered(id, &mut 1, |id| taken.contains(id));
    taken.insert(free.clone());
    free
}

/// The id itself for the number 1, else with the number behind it: the first from `number` on that is not
/// taken. `number` is then the one after it, so that many ids made from one need not try all numbers each time.
pub fn numbered(id: &str, number: &mut u64, taken: impl Fn(&str) -> bool) -> String {
    loop {
        let candidate = if *number <= 1 { id.to_owned() } else { format!("{id}-{number}") };
        *number = number.saturating_add(1);
        if !taken(&candidate) {
            return candidate;
        }
    }
}

/// JSON without white space and with keys in order, so that equal fields have equal texts.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (at, (key, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                canonical(member, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                canonical(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_words_joined_by_hyphens() {
        assert_eq!(slug("Islamic Resistance in Iraq"), "islamic-resistance-in-iraq");
        assert_eq!(slug("Iraq’s  «Hashd» al-Shaʿbi!"), "iraqs-hashd-al-shaʿbi");
        assert_eq!(slug("Éric Müller"), "eric-muller");
        assert_eq!(slug("بغداد"), "بغداد");
        assert_eq!(slug("--- !"), "");
        assert!(slug(&"word ".repeat(100)).chars().count() <= SLUG_LENGTH);
        assert!(slug(&"x".repeat(100)).chars().count() <= SLUG_LENGTH);
    }

    #[test]
    fn the_id_of_an_event_without_one_is_fixed() {
        let event = Event { title: "Talks".into(), ..Event::default() };
        // Written down once: a change here would break every mark that hangs on such an id.
        assert_eq!(event_id(&event), "x-4e604389d257");
        assert_eq!(event_id(&Event { id: "ignored".into(), ..event.clone() }), event_id(&event));
        assert_ne!(event_id(&Event { kind: Some("talks".into()), ..event.clone() }), event_id(&event));
    }

    #[test]
    fn ids_that_are_made_are_known_by_their_form() {
        let made = event_id(&Event { title: "Talks".into(), ..Event::default() });
        assert!(may_be_made(&made) && may_be_made(&format!("{made}-2")));
        for other in [
            "",
            "x-",
            "x-4e604389d25",
            "x-4e604389d2577",
            "x-4e604389d25g",
            "x-4e604389d257-",
            "y-4e604389d257",
        ] {
            assert!(!may_be_made(other), "{other}");
        }
    }

    #[test]
    fn the_order_of_unknown_keys_does_not_change_an_id() {
        let with = |keys: &[&str]| {
            let mut event = Event::default();
            for key in keys {
                event.extra.insert((*key).to_owned(), Value::from(1));
            }
            event_id(&event)
        };
        assert_eq!(with(&["a", "b"]), with(&["b", "a"]));
        assert_ne!(with(&["a", "b"]), with(&["a", "c"]));
    }

    #[test]
    fn repeats_are_numbered() {
        let mut taken = HashSet::from(["a-2".to_owned()]);
        assert_eq!(unique("a", &mut taken), "a");
        assert_eq!(unique("a", &mut taken), "a-3");
        assert_eq!(unique("b", &mut taken), "b");
    }
}
