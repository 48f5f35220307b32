//! The three answers against brute force: every reading of a date is written down as days, without any of the
//! code under test, and asked.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::when;
use crate::when::{Bounds, Certainty, Instant, TimeRange};

/// The days of 2022 to 2024, with one for all that came before and one for all that comes after.
const FIRST_YEAR: u16 = 2022;
const DAYS: usize = 1 + 365 + 365 + 366 + 1;

/// The names of the days, `2022-01-01` and so on; the two ends of time have none.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lengths =
        |year: u16| [31, if year == 2024 { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut names = vec![String::new()];
    for year in FIRST_YEAR..FIRST_YEAR + 3 {
        for (month, days) in (1..).zip(lengths(year)) {
            names.extend((1..=days).map(|day| format!("{year}-{month:02}-{day:02}")));
        }
    }
    names.push(String::new());
    names
});

/// The days whose name begins with the pattern, X standing for any digit.
fn days(pattern: &str) -> Vec<usize> {
    let fits = |name: &String| {
        !name.is_empty()
            && pattern.chars().zip(name.chars()).all(|(wanted, found)| wanted == 'X' || wanted == found)
    };
    NAMES.iter().enumerate().filter(|(_, name)| fits(name)).map(|(day, _)| day).collect()
}

/// A date: its text, and every reading of it as first and last day.
#[derive(Clone, Debug)]
struct Date {
    text: String,
    readings: Vec<(usize, usize)>,
}

fn pattern() -> impl Strategy<Value = String> {
    let month = prop_oneof![
        3 => (1u8..=12).prop_map(|month| format!("{month:02}")),
        1 => Just("XX".to_owned()),
        1 => Just("0X".to_owned()),
        1 => Just("1X".to_owned()),
        1 => Just("X2".to_owned()),
    ];
    let day = prop_oneof![
        3 => (1u8..=28).prop_map(|day| format!("{day:02}")),
        1 => Just("XX".to_owned()),
        1 => Just("1X".to_owned()),
        1 => Just("3X".to_owned()),
        1 => Just("X5".to_owned()),
    ];
    let year = FIRST_YEAR..FIRST_YEAR + 3;
    prop_oneof![
        1 => year.clone().prop_map(|year| year.to_string()),
        2 => (year.clone(), month.clone()).prop_map(|(year, month)| format!("{year}-{month}")),
        4 => (year, month, day).prop_map(|(year, month, day)| format!("{year}-{month}-{day}")),
    ]
    .prop_filter("a day that exists", |pattern| !days(pattern).is_empty())
}

fn plain_days() -> impl Strategy<Value = String> {
    (1..DAYS - 1).prop_map(|day| NAMES[day].clone())
}

fn single() -> BoxedStrategy<Date> {
    pattern()
        .prop_map(|text| Date { readings: days(&text).into_iter().map(|day| (day, day)).collect(), text })
        .boxed()
}

/// Every pair of a start and an end not before it.
fn pairs(starts: &[usize], ends: &[usize]) -> Vec<(usize, usize)> {
    starts.iter().flat_map(|s| ends.iter().filter(move |e| *e >= s).map(move |e| (*s, *e))).collect()
}

fn interval() -> BoxedStrategy<Date> {
    let dated = (pattern(), pattern())
        .prop_map(|(a, b)| Date { readings: pairs(&days(&a), &days(&b)), text: format!("{a}/{b}") });
    let rest = pattern().prop_flat_map(|it| {
        let (on, all) = (days(&it), (0..DAYS).collect::<Vec<_>>());
        // A source vouches for an open end until the last day there is.
        let text = |text: String, readings| Just(Date { text, readings });
        prop_oneof![
            text(format!("{it}/"), pairs(&on, &all)),
            text(format!("/{it}"), pairs(&all, &on)),
            text(format!("../{it}"), pairs(&[0], &on)),
            text(format!("{it}/.."), pairs(&on, &[DAYS - 1])),
        ]
    });
    let both = (plain_days(), plain_days()).prop_map(|(a, b)| {
        let (before, after) = (days(&a), days(&b));
        let starts: Vec<usize> = (0..=before[0]).collect();
        let ends: Vec<usize> = (after[0]..DAYS).collect();
        Date { readings: pairs(&starts, &ends), text: format!("..{a}/{b}..") }
    });
    prop_oneof![4 => dated, 3 => rest, 1 => both]
        .prop_filter("a reading", |date| !date.readings.is_empty())
        .boxed()
}

fn one_of() -> BoxedStrategy<Date> {
    let span = |from: usize, to: usize| (from..=to).map(|day| (day, day)).collect::<Vec<_>>();
    let member = prop_oneof![
        2 => single(),
        2 => (1..DAYS - 1, 0usize..60).prop_map(move |(from, length)| {
            let to = (from + length).min(DAYS - 2);
            Date { text: format!("{}..{}", NAMES[from], NAMES[to]), readings: span(from, to) }
        }),
        1 => (1..DAYS - 1).prop_map(move |day| Date { text: format!("..{}", NAMES[day]), readings: span(0, day) }),
        1 => (1..DAYS - 1).prop_map(move |day| Date { text: format!("{}..", NAMES[day]), readings: span(day, DAYS - 1) }),
    ];
    prop::collection::vec(member, 1..4)
        .prop_map(|members| Date {
            text: format!("[{}]", members.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join(",")),
            readings: members.into_iter().flat_map(|it| it.readings).collect(),
        })
        .boxed()
}

/// What is true of all readings, of some, or of none.
fn answer(readings: &[(usize, usize)], says: impl Fn(&(usize, usize)) -> bool) -> Certainty {
    let yes = readings.iter().filter(|reading| says(reading)).count();
    match yes {
        0 => Certainty::Not,
        _ if yes == readings.len() => Certainty::Certain,
        _ => Certainty::Possible,
    }
}

/// The window from one day to another; the ends of time reach to infinity.
fn window(from: usize, to: usize) -> TimeRange {
    let span = |day: usize| when(&NAMES[day]).span();
    TimeRange {
        first: if from == 0 { Instant::PAST } else { span(from).first },
        last: if to == DAYS - 1 { Instant::FUTURE } else { span(to).last },
    }
}

fn goes_on(from: usize, to: usize) -> impl Fn(&(usize, usize)) -> bool {
    move |(start, end)| *start <= to && *end >= from
}

fn lies(from: usize, to: usize) -> impl Fn(&(usize, usize)) -> bool {
    move |(start, end)| *start >= from && *end <= to
}

fn windows() -> impl Strategy<Value = (usize, usize)> {
    prop_oneof![
        4 => (1..DAYS - 1, 0usize..400).prop_map(|(from, length)| (from, (from + length).min(DAYS - 2))),
        1 => (1..DAYS - 1).prop_map(|from| (from, DAYS - 1)),
        1 => (1..DAYS - 1).prop_map(|to| (0, to)),
    ]
}

fn agree(date: &Date, bounds: &Bounds, (from, to): (usize, usize)) -> Result<(), TestCaseError> {
    let range = window(from, to);
    prop_assert_eq!(
        bounds.goes_on_in(range),
        answer(&date.readings, goes_on(from, to)),
        "{} goes on",
        date.text
    );
    prop_assert_eq!(bounds.lies_in(range), answer(&date.readings, lies(from, to)), "{} lies", date.text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn of_one_date(date in single(), window in windows()) {
        agree(&date, &when(&date.text).bounds(None), window)?;
    }

    #[test]
    fn of_an_interval(date in interval(), window in windows()) {
        agree(&date, &when(&date.text).bounds(None), window)?;
    }

    #[test]
    fn of_one_of_several(date in one_of(), window in windows()) {
        agree(&date, &when(&date.text).bounds(None), window)?;
    }

    /// An open end that a source vouches for up to a day: it ends then or later.
    #[test]
    fn of_an_open_end(text in pattern(), vouched in 1..DAYS - 1, window in windows()) {
        let ends: Vec<usize> = (vouched..DAYS).collect();
        let date = Date { readings: pairs(&days(&text), &ends), text: format!("{text}/..") };
        let last = when(&NAMES[vouched]).span().last;
        agree(&date, &when(&date.text).bounds(Some(last)), window)?;
    }

    /// All of several: it happened once in each, on a day that is chosen for each apart.
    #[test]
    fn of_all_of_several(a in plain_spans(), b in plain_spans(), window in windows()) {
        let (from, to) = window;
        let bounds = when(&format!("{{{a},{b}}}")).bounds(None);
        let both = choices(&a, &b);
        let any = |(one, other): &(usize, usize)| goes_on(from, to)(&(*one, *one)) || goes_on(from, to)(&(*other, *other));
        let all = |(one, other): &(usize, usize)| lies(from, to)(&(*one, *one)) && lies(from, to)(&(*other, *other));
        let range = self::window(from, to);
        prop_assert_eq!(bounds.goes_on_in(range), answer(&both, any));
        prop_assert_eq!(bounds.lies_in(range), answer(&both, all));
    }

    /// Every day of a range: it goes on in whatever holds one of them.
    #[test]
    fn of_every_day(first in 1..DAYS - 1, length in 1usize..300, window in windows()) {
        let last = (first + length).min(DAYS - 2);
        let (from, to) = window;
        let bounds = when(&format!("{{{}..{}}}", NAMES[first], NAMES[last])).bounds(None);
        let touches = if first <= to && last >= from { Certainty::Certain } else { Certainty::Not };
        let within = if first >= from && last <= to { Certainty::Certain } else { Certainty::Not };
        let range = self::window(from, to);
        prop_assert_eq!(bounds.goes_on_in(range), touches);
        prop_assert_eq!(bounds.lies_in(range), within);
    }
}

/// A year, a month or a day without gaps.
fn plain_spans() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => (FIRST_YEAR..FIRST_YEAR + 3).prop_map(|year| year.to_string()),
        3 => (FIRST_YEAR..FIRST_YEAR + 3, 1u8..=12).prop_map(|(year, month)| format!("{year}-{month:02}")),
        3 => plain_days(),
    ]
}

fn choices(a: &str, b: &str) -> Vec<(usize, usize)> {
    let (a, b) = (days(a), days(b));
    a.iter().flat_map(|one| b.iter().map(move |other| (*one, *other))).collect()
}
