//! Sentences with what is found in them.

use proptest::prelude::*;

use super::*;

/// What is found in a text published on a day: `words = value` each.
fn found(text: &str, published: &str, mode: Mode) -> Vec<String> {
    let options = Options { published: When::parse(published).ok(), mode: Some(mode) };
    let reading = timex(text, &options);
    reading
        .expressions
        .into_iter()
        .map(|it| format!("{} = {}", text.get(it.range).unwrap_or_default(), it.value))
        .collect()
}

#[test]
fn explicit_dates() {
    for (text, expected) in [
        ("on October 7, 2023, it", vec!["October 7, 2023 = 2023-10-07"]),
        ("on 7 October 2023 it", vec!["7 October 2023 = 2023-10-07"]),
    ] {
        assert_eq!(found(text, "2024-01-27", Mode::News), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn expressions_stand_at_borders_in_order(text in "\\PC{0,60}|[a-zA-Z0-9 ,.’—-]{0,60}|(since |late |in |the |of |2014|October|, | |last |week|two |ago|-|'s|7|quarter|year){0,16}") {
        for mode in [Mode::News, Mode::Narrative] {
            for published in [None, When::day(2024, 1, 27)] {
                let mut end = 0;
                for it in timex(&text, &Options { published, mode: Some(mode) }).expressions {
                    prop_assert!(it.range.start >= end && it.range.end > it.range.start);
                    prop_assert!(text.get(it.range.clone()).is_some());
                    if let Some(when) = it.when {
                        prop_assert_eq!(When::parse(when.as_edtf()).ok(), Some(when));
                    }
                    end = it.range.end;
                }
            }
        }
    }
}
