//! Texts that mean no good: nothing panics, and every fault lies within its text.

use proptest::prelude::*;

use super::{forms, when};
use crate::when::{DateFault, Instant, When, words};

fn salad() -> impl Strategy<Value = String> {
    const WORDS: [&str; 62] = [
        "from",
        "to",
        "until",
        "since",
        "between",
        "and",
        "or",
        "by",
        "before",
        "after",
        "on",
        "as",
        "of",
        "the",
        "last",
        "next",
        "this",
        "ago",
        "two",
        "a",
        "first",
        "century",
        "millennium",
        "bce",
        "ad",
        "early",
        "mid",
        "late",
        "some",
        "day",
        "month",
        "year",
        "years",
        "week",
        "million",
        "billion",
        "october",
        "may",
        "monday",
        "spring",
        "winter",
        "q",
        "h",
        "pm",
        "utc",
        "noon",
        "about",
        "possibly",
        "unknown",
        "end",
        "present",
        "every",
        "2014",
        "17",
        "31",
        "5th",
        "1900s",
        "13.8",
        "99999999999999999",
        "2023-10-1X",
        "14:30",
        "–",
    ];
    const SIGNS: [&str; 9] = [" ", " ", " ", " ", ", ", "-", "?", "(", ")"];
    let piece = (prop::sample::select(&WORDS[..]), prop::sample::select(&SIGNS[..]));
    prop::collection::vec(piece, 0..9)
        .prop_map(|pieces| pieces.iter().flat_map(|(word, sign)| [*word, *sign]).collect())
}

/// Uses a date in every way there is.
fn use_up(date: &When) {
    let bounds = date.bounds(Some(Instant { secs: 0, nanos: 0 }));
    let _ = (bounds.order(), bounds.goes_on_in(date.span()), bounds.lies_in(date.span()), date.is_fuzzy());
    assert!(!words::write(date, Some(date)).is_empty());
    assert!(!words::write_short(date).is_empty());
    let _ = words::elapsed(bounds.hull.s0, bounds.hull.e1);
    let _ = words::write_instant(bounds.hull.s0, date.precision());
}

fn check(text: &str, result: Result<When, DateFault>) -> Result<(), TestCaseError> {
    match result {
        Ok(date) => use_up(&date),
        Err(fault) => {
            prop_assert!(fault.offset <= text.len(), "{} in {:?}: {}", fault.offset, text, fault);
            prop_assert!(!fault.message.is_empty());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text(text in ".{0,40}") {
        check(&text, When::parse(&text))?;
        check(&text, words::read(&text, None))?;
    }

    #[test]
    fn signs_of_dates(text in "[0-9XYTESZ/\\[\\]{}.,?~%:+up() -]{0,30}") {
        check(&text, When::parse(&text))?;
        check(&text, words::read(&text, Some(&when("2024-01-27"))))?;
    }

    #[test]
    fn words_of_dates(text in salad(), today in forms::edtf()) {
        check(&text, words::read(&text, None))?;
        check(&text, words::read(&text, Some(&when("2024-01-27"))))?;
        if let Ok(today) = When::parse(&today) {
            check(&text, words::read(&text, Some(&today)))?;
        }
    }

    #[test]
    fn dates_of_every_form(text in forms::edtf()) {
        check(&text, When::parse(&text))?;
        check(&text, words::read(&text, None))?;
    }
}
