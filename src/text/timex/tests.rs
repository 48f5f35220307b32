//! Sentences with what is found in them.

use proptest::prelude::*;

use super::*;

/// What is found in a text published on a day: `words = value [modifier] [date]` each.
fn found(text: &str, published: &str, mode: Mode) -> Vec<String> {
    let options = Options { published: When::parse(published).ok(), mode: Some(mode) };
    let reading = timex(text, &options);
    let said = |it: Timex| {
        let modifier = it.modifier.map(|modifier| format!(" {}", modifier.name())).unwrap_or_default();
        let date = it.when.map(|when| format!(" {when}")).unwrap_or_default();
        format!("{} = {}{modifier}{date}", text.get(it.range).unwrap_or_default(), it.value)
    };
    reading.expressions.into_iter().map(said).collect()
}

#[track_caller]
fn all(mode: Mode, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(found(text, "2024-01-27", mode), *expected, "{text}");
    }
}

#[test]
fn explicit_dates() {
    all(
        Mode::News,
        &[
            ("signed on October 7, 2023, it", &["October 7, 2023 = 2023-10-07 2023-10-07"]),
            ("signed on 7 October 2023 it", &["7 October 2023 = 2023-10-07 2023-10-07"]),
            ("on the 25th of August, 1944, they", &["the 25th of August, 1944 = 1944-08-25 1944-08-25"]),
            ("on Saturday, April 25, 1998:", &["Saturday, April 25, 1998 = 1998-04-25 1998-04-25"]),
            ("(27 Jan. 2024)", &["27 Jan. 2024 = 2024-01-27 2024-01-27"]),
            (
                "on 2024-01-25; 27.01.2024; 03/22/2013",
                &[
                    "2024-01-25 = 2024-01-25 2024-01-25",
                    "27.01.2024 = 2024-01-27 2024-01-27",
                    "03/22/2013 = 2013-03-22 2013-03-22",
                ],
            ),
            (
                "in March 2003 and in June of 2004",
                &["March 2003 = 2003-03 2003-03", "June of 2004 = 2004-06 2004-06"],
            ),
            ("formed in 2014. It", &["2014 = 2014 2014"]),
            ("back in nineteen seventy-nine the", &["nineteen seventy-nine = 1979 1979"]),
            ("killed in 44 BC by", &["44 BC = BC0044 -0043"]),
            ("the war (264 to 241 BC) was", &["264 = BC0264 -0263", "241 BC = BC0241 -0240"]),
        ],
    );
}

#[test]
fn parts_of_years_and_runs_of_them() {
    all(
        Mode::News,
        &[
            ("defeated in late 2017. However", &["late 2017 = 2017 END [2017-09..2017-12]"]),
            ("by the end of May 2003", &["the end of May 2003 = 2003-05 END [2003-05-21..2003-05-31]"]),
            ("in the second half of 2008", &["the second half of 2008 = 2008-H2 2008-41"]),
            ("in the spring of 1943", &["the spring of 1943 = 1943-SP 1943-21"]),
            (
                "formed in 2014. During the year, groups took cities",
                &["2014 = 2014 2014", "the year = 2014 2014"],
            ),
            ("It fell during the year", &["the year = 2024 2024"]),
            (
                "sales of the quarter ended Sept. 29, 2023",
                &["the quarter = 2023-Q3 2023-35", "Sept. 29, 2023 = 2023-09-29 2023-09-29"],
            ),
            ("in the third quarter of 2022", &["the third quarter of 2022 = 2022-Q3 2022-35"]),
            ("in the 1990s and the '80s", &["the 1990s = 199 199X", "the '80s = 198 198X"]),
            ("in the late 1970s", &["the late 1970s = 197 END [1977..1979]"]),
            ("in the nineteenth century", &["the nineteenth century = 18 18XX"]),
            ("the night of 9 November 1938", &["the night of 9 November 1938 = 1938-11-09TNI 1938-11-09"]),
            (
                "on Christmas 1941 and Easter 1916",
                &["Christmas 1941 = 1941-12-25 1941-12-25", "Easter 1916 = 1916-04-23 1916-04-23"],
            ),
        ],
    );
}

#[test]
fn news_count_from_their_publication() {
    all(
        Mode::News,
        &[
            ("he said on Thursday", &["Thursday = 2024-01-25 2024-01-25"]),
            ("talks will resume on Tuesday", &["Tuesday = 2024-01-30 2024-01-30"]),
            ("he resigned in October", &["October = 2023-10 2023-10"]),
            ("it will open in May", &["May = 2024-05 2024-05"]),
            ("up from $10 million a year ago", &["a year ago = 2023 2023"]),
            ("for the year, it", &["the year = 2024 2024"]),
            ("for the year ended March 31", &["the year = P1Y", "March 31 = 2023-03-31 2023-03-31"]),
            ("by year-end it", &["year-end = 2024-12 2024-12"]),
            ("by mid afternoon", &["mid afternoon = 2024-01-27TAF 2024-01-27"]),
            ("arrested yesterday", &["yesterday = 2024-01-26 2024-01-26"]),
            ("it rose last week", &["last week = 2024-W03 [2024-01-15..2024-01-21]"]),
            ("it fell last month", &["last month = 2023-12 2023-12"]),
            ("early next year", &["early next year = 2025 START [2025-01..2025-04]"]),
            ("three weeks ago he", &["three weeks ago = 2024-01-06 APPROX 2024-01-06~"]),
            ("ten years ago it", &["ten years ago = 2014 2014"]),
            ("last December it", &["last December = 2023-12 2023-12"]),
            ("this morning", &["this morning = 2024-01-27TMO 2024-01-27"]),
            ("it was June last year", &["June last year = 2023-06 2023-06"]),
        ],
    );
}

#[test]
fn histories_count_from_what_they_named() {
    all(
        Mode::Narrative,
        &[
            (
                "In June 1940 it fell. In August they came.",
                &["June 1940 = 1940-06 1940-06", "August = 1940-08 1940-08"],
            ),
            (
                "On 3 November 1941 it began. In January it failed.",
                &["3 November 1941 = 1941-11-03 1941-11-03", "January = 1942-01 1942-01"],
            ),
            (
                "On April 28, 1945, he fled. Two days later he died.",
                &["April 28, 1945 = 1945-04-28 1945-04-28", "Two days later = 1945-04-30 1945-04-30"],
            ),
            (
                "Signed on 5 May 1955. The same day, and later that month,",
                &[
                    "5 May 1955 = 1955-05-05 1955-05-05",
                    "The same day = 1955-05-05 1955-05-05",
                    "later that month = 1955-05 END [1955-05-21..1955-05-31]",
                ],
            ),
            (
                "On 3 May 1776 it fell. They sailed.\n\nA plan was made in 1777. In June it failed.",
                &["3 May 1776 = 1776-05-03 1776-05-03", "1777 = 1777 1777", "June = 1777-06 1777-06"],
            ),
            (
                "On 3 May 1776 it fell, as a report of 1990 has it. In June it rose.",
                &["3 May 1776 = 1776-05-03 1776-05-03", "1990 = 1990 1990", "June = 1776-06 1776-06"],
            ),
            ("Throughout 1915-17 it", &["1915 = 1915 1915", "17 = 1917 1917"]),
            (
                "in 6-7 January 1916, but",
                &["6 = 1916-01-06 1916-01-06", "7 January 1916 = 1916-01-07 1916-01-07"],
            ),
            ("It fell in 1934. The previous year it", &["1934 = 1934 1934", "The previous year = 1933 1933"]),
            ("after two months of siege, it", &["two months of siege = P2M"]),
        ],
    );
}

#[test]
fn lengths_and_repeats() {
    all(
        Mode::News,
        &[
            ("it took more than four hours", &["more than four hours = PT4H MORE_THAN"]),
            ("for 2 1/2 years", &["2 1/2 years = P2Y6M"]),
            ("in the last two weeks", &["the last two weeks = P2W"]),
            ("an eight-year war", &["eight-year = P8Y"]),
            ("paid over a three-year period", &["a three-year period = P3Y"]),
            ("for over three years", &["over three years = P3Y MORE_THAN"]),
            ("within weeks", &["weeks = PXW EQUAL_OR_LESS"]),
            ("for a couple of years", &["a couple of years = P2Y APPROX"]),
            ("each Thursday and every day", &["each Thursday = XXXX-WXX-4", "every day = XXXX-XX-XX"]),
            ("twice a week", &["a week = P1W"]),
            ("in recent years", &["recent years = PAST_REF"]),
            ("they are now here", &["now = PRESENT_REF 2024-01-27~"]),
            ("at 5:30 p.m. on", &["5:30 p.m. = 2024-01-27T17:30 2024-01-27T17:30"]),
        ],
    );
}

#[test]
fn what_may_be_something_else_is_none() {
    for text in [
        "they may march; a second one sat in the sun",
        "About 2,500 troops remain",
        "2014 cases and 1500 people",
        "May I ask? An august body",
        "Mark and Jan met at last",
        "the version 1.2.3 of 10/12",
        "the first round, the third party",
        "room 1812a",
        "a clerk, 37 years old",
        "a quarter of it, three-quarters of it",
        "four flights a week",
    ] {
        assert_eq!(found(text, "2024-01-27", Mode::News), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn without_a_day_to_count_from_dates_stay_open() {
    let reading = timex("on Thursday, 25 January 2024, and on Friday", &Options::default());
    let whens: Vec<_> = reading.expressions.iter().map(|it| (it.when.is_some(), it.open)).collect();
    assert_eq!(whens, [(true, false), (false, true)]);
}

#[test]
fn histories_and_news_are_told_apart() {
    let published = When::day(2024, 1, 27);
    let history = "In 1939 it began. In 1940 it went on. In 1941 it spread. By 1945 it was over.";
    let news = "He said on Thursday that it began in 1939, as others said on Friday, Saturday and Sunday. 1940, 1941, 1945.";
    assert_eq!(mode::decide(history, published.as_ref()), Mode::Narrative);
    assert_eq!(mode::decide(news, published.as_ref()), Mode::News);
}

#[test]
fn a_long_text_takes_a_time_in_proportion() {
    // Each place is looked at with so many tokens ahead; without a bound this would not end.
    for text in
        ["two hundred ".repeat(50_000), "early ".repeat(100_000), "1-".repeat(200_000), "a".repeat(1_000_000)]
    {
        assert!(timex(&text, &Options::default()).expressions.len() <= text.len());
    }
}

proptest! {
    #[test]
    fn expressions_stand_at_borders_in_order(text in "\\PC{0,60}|[a-zA-Z0-9 ,.’—-]{0,60}|(since |late |in |the |of |2014|October|, | |last |week|two |ago|-|'s|7|quarter|year|9|:30|BC){0,16}") {
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
