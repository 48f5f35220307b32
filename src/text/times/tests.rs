use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<String> {
    let published = When::day(2024, 1, 27);
    times(text, published.as_ref())
        .into_iter()
        .map(|time| {
            let when = time.when.map_or_else(|| "-".to_owned(), |when| when.to_string());
            format!("{} = {when}", text.get(time.range).unwrap_or_default())
        })
        .collect()
}

#[test]
fn what_is_clearly_a_date_is_found_with_what_it_says() {
    for (text, expected) in [
        ("talks on Saturday about", vec!["Saturday = 2024-01-27"]),
        ("formed in 2014. During the year, groups", vec!["2014 = 2014"]),
        ("since mid-October, many", vec!["since mid-October = 2023-10-1X/.."]),
        ("was defeated in late 2017. However", vec!["late 2017 = [2017-09..2017-12]"]),
        ("planned since August, but", vec!["since August = 2023-08/.."]),
        ("on January 27, 2024, he", vec!["January 27, 2024 = 2024-01-27"]),
        ("(27 Jan. 2024)", vec!["27 Jan. 2024 = 2024-01-27"]),
        ("between 2014 and 2017 it", vec!["between 2014 and 2017 = [2014..2017]"]),
        ("in the 1990s", vec!["1990s = 199X"]),
        ("killed in 44 BCE by", vec!["44 BCE = -0043"]),
        ("three weeks ago he said", vec!["three weeks ago = 2024-01-06~"]),
        ("Thursday’s strike and yesterday", vec!["Thursday = 2024-01-25", "yesterday = 2024-01-26"]),
        ("on 2024-01-25; 27.01.2024", vec!["2024-01-25 = 2024-01-25", "27.01.2024 = 2024-01-27"]),
        ("in May. March 2003 was", vec!["May = 2023-05", "March 2003 = 2003-03"]),
        ("the third quarter of 2023", vec!["third quarter of 2023 = 2023-35"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn what_may_be_something_else_is_none() {
    for text in [
        "they may march; a second one sat in the sun",
        "About 2,500 troops remain",
        "2014 cases and 1500 people",
        "in 2014 cases it was",
        "more than 150 attacks, ten years after it began",
        "May I ask? An august body, one day, a half",
        "Mark and Jan met April's",
        "the version 1.2.3 of 10/12",
        "by now, from here to there, the last one, this one",
        "the first round, the third party, a year",
        "room 1812",
    ] {
        let found = found(text);
        assert!(found.is_empty() || found == ["April = 2023-04"], "{text}: {found:?}");
    }
}

#[test]
fn without_a_day_to_count_from_it_is_found_and_not_read() {
    let found = times("on Thursday, 25 January 2024", None);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].when.as_ref().map(ToString::to_string).as_deref(), Some("2024-01-25"));
    assert_eq!(times("yesterday", None)[0].when, None);
}

#[test]
fn a_long_text_takes_a_time_in_proportion() {
    // Each word is looked at in at most so many runs; without a bound this would not end.
    let words = "since 2014 and ".repeat(2_000);
    assert!(times(&words, None).len() >= 2_000);
    let one = "2014".repeat(20_000);
    assert_eq!(times(&one, None), []);
}

proptest! {
    #[test]
    fn expressions_stand_at_borders_in_order(text in "\\PC{0,60}|[a-zA-Z0-9 ,.’—-]{0,60}|(since |late |in |2014|October|, | ){0,12}") {
        let mut end = 0;
        for time in times(&text, None) {
            prop_assert!(time.range.start >= end && time.range.end > time.range.start);
            prop_assert!(text.get(time.range.clone()).is_some());
            end = time.range.end;
        }
    }
}
