use proptest::prelude::*;

use super::*;
use crate::store::search::lens::Lens;
use crate::store::search::tests::texts;
use crate::text::fold::fold;

const NOTATIONS: [Notation; 3] =
    [Notation::Delimited { quote: Some(b'"') }, Notation::Delimited { quote: None }, Notation::Json];

/// A text as it stands in a row; in JSON, characters for which `escaped` says so as their number.
fn written(text: &str, notation: Notation, escaped: impl Fn(char) -> bool) -> Vec<u8> {
    let text = match notation {
        Notation::Delimited { quote: Some(quote) } => {
            let quote = char::from(quote).to_string();
            text.replace(&quote, &quote.repeat(2))
        }
        Notation::Delimited { quote: None } => text.to_owned(),
        Notation::Json => text.chars().map(|c| json(c, escaped(c))).collect(),
    };
    format!("x,\"{text}\",y").into_bytes()
}

fn json(c: char, escaped: bool) -> String {
    let units = |c: char| {
        let units = c.encode_utf16(&mut [0; 2]).to_vec();
        units.into_iter().fold(String::new(), |text, unit| text + &format!("\\u{unit:04X}"))
    };
    match escape(c) {
        _ if escaped => units(c),
        Some(letter) => format!("\\{}", char::from(letter)),
        None if c < ' ' => units(c),
        None => c.to_string(),
    }
}

/// Whether a needle may be in these bytes, and where it surely is.
fn found(folded: &str, bytes: &[u8], notation: Notation) -> (bool, Vec<String>) {
    let lens = Lens::new(folded);
    let Some(finder) = lens.finder(bytes, notation) else { return (true, Vec::new()) };
    let (mut from, mut any, mut sure) = (0, false, Vec::new());
    while let Some(found) = finder.find(lens.needle(), bytes, from) {
        any = true;
        from = found.at + 1;
        let sure_range = found.sure.map(|range| bytes.get(range).unwrap());
        sure.extend(sure_range.map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
    }
    (any, sure)
}

fn is_found(needle: &str, text: &str) -> bool {
    let bytes = written(text, NOTATIONS[0], |_| false);
    found(&fold(needle), &bytes, NOTATIONS[0]).0
}

#[test]
fn what_folds_alike_is_found() {
    for (needle, text) in [
        ("sudani's", "al-Sudani’s office"),
        ("al sudani", "AL\u{a0}–\r\n Súdänï"),
        ("us", "the U.S. forces"),
        ("strasse", "STRAẞE"),
        ("fin", "ﬁn"),
        ("lodz", "Łódź"),
        ("wait for", "wait… for"),
        ("محمد", "مُحَمَّـــد"),
        ("한국", "대한국"),
        ("か", "が"),
        ("so said", "so\u{7} sa\u{AD}id"),
        ("a\"b", "a«b"),
        ("a\"b", "a\"b"),
        ("ae", "æ"),
        ("10", "⑩"),
        (".5", "a .5"),
    ] {
        assert!(is_found(needle, text), "{needle:?} in {text:?}");
    }
}

#[test]
fn what_is_written_plainly_is_known_at_once() {
    for notation in NOTATIONS {
        let bytes = written("Talks of al Sudani; the sudani\nplan", notation, |_| false);
        assert_eq!(found("al sudani", &bytes, notation), (true, vec!["al Sudani".to_owned()]));
        assert_eq!(found("sudani p", &bytes, notation).1, [""; 0]);
        assert_eq!(found("sudanib", &bytes, notation), (false, Vec::new()));
    }
    // The letter of an escape is no letter of the text.
    assert_eq!(found("nab", b"\"x\\nab\"", Notation::Json).1, [""; 0]);
    assert_eq!(found("e9tat", b"\"\\u00e9tat\"", Notation::Json).1, [""; 0]);
    assert!(found("c tat", b"\"c\\ntat\"", Notation::Json).0);
    // Against the rules, a text may go on behind the mark that closes it.
    for needle in ["abcd", "bc", "c"] {
        assert!(found(needle, b"x,\"ab\"cd,y", NOTATIONS[0]).0, "{needle}");
    }
}

#[test]
fn every_character_between_letters_is_found() {
    let plain = |c: char| fold(&c.to_string()) == c.to_string();
    let dropped = Lens::new("qz");
    // Characters that are themselves are alike, and so are the syllables of Hangul: a few of them will do.
    let few = |c: char| (plain(c) || ('가'..='힣').contains(&c)) && !u32::from(c).is_multiple_of(997);
    for c in ('\0'..=char::MAX).filter(|c| !few(*c)) {
        let text = format!("q{c}z");
        let folded = fold(&text);
        let bytes = written(&text, NOTATIONS[0], |_| false);
        let is_found = match dropped.finder(&bytes, NOTATIONS[0]) {
            Some(finder) if folded == "qz" => finder.find(dropped.needle(), &bytes, 0).is_some(),
            _ => found(&folded, &bytes, NOTATIONS[0]).0,
        };
        assert!(is_found, "U+{:04X}", u32::from(c));
    }
}

proptest! {
    #[test]
    fn no_text_is_missed(
        text in texts(), from in 0usize..40, length in 1usize..12, notation in 0usize..3, escaped: u32,
    ) {
        let notation = NOTATIONS[notation];
        let folded = fold(&text);
        let needle: String = folded.chars().skip(from % folded.chars().count().max(1)).take(length).collect();
        // A needle is folded itself: it neither begins nor ends with a space.
        let needle = needle.trim_matches(' ');
        prop_assume!(!needle.is_empty());
        let bytes = written(&text, notation, |c| escaped >> (u32::from(c) % 32) & 1 == 1);
        let (any, sure) = found(needle, &bytes, notation);
        prop_assert!(any, "{needle:?} of {folded:?}");
        for sure in sure {
            prop_assert_eq!(fold(&sure), needle);
        }
    }

    #[test]
    fn what_is_sure_is_there(text in texts(), needle in "[a-c ]{1,3}", notation in 0usize..3, escaped: u32) {
        let notation = NOTATIONS[notation];
        let needle = fold(&needle);
        prop_assume!(!needle.is_empty());
        let bytes = written(&text, notation, |c| escaped >> (u32::from(c) % 32) & 1 == 1);
        let (any, sure) = found(&needle, &bytes, notation);
        prop_assert!(sure.is_empty() || fold(&text).contains(&needle));
        prop_assert!(any || !fold(&text).contains(&needle));
    }
}
