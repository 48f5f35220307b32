//! Dates in words, written and read again.

use proptest::prelude::*;

use super::{today, when};
use crate::when::words::{read, write, write_instant, write_short};
use crate::when::{Instant, Precision, When};

#[test]
fn written_in_full_and_short() {
    let dates = [
        "2024-01-27",
        "2023-10",
        "2014",
        "0476",
        "-0043",
        "-0043-03-15",
        "Y-138E8",
        "Y-170000002",
        "Y12000",
        "2024-01-27?",
        "2024~",
        "2024%",
        "2004-06~-11",
        "?2004-%06-~11",
        "201X",
        "190X",
        "19XX",
        "-01XX",
        "1XXX",
        "XXXX",
        "2004-XX",
        "1985-04-XX",
        "1985-XX-XX",
        "1560-XX-25",
        "XXXX-12-25",
        "156X-12-25",
        "2023-10-1X",
        "2023-1X",
        "2023-XX-1X",
        "1950S2",
        "Y-138E8S3~",
        "2014-21",
        "2014-24",
        "1999-24",
        "2014-25",
        "2014-30",
        "2023-34",
        "2017-39",
        "2023-40",
        "20XX-41",
        "2024-01-27T14",
        "2024-01-27T14:30",
        "2024-01-27T14:30Z",
        "2024-01-27T14:30:05.250+02:30",
        "[2017-09..2017-12]",
        "[2014-05..2014-08]",
        "[2023-10-11..2023-10-20]",
        "[2023-10-01..2024-01-27]",
        "[2023-10-02..2023-10-09]",
        "[-0199..-0100]",
        "[..2024-01-25]",
        "[2024-01-27..]",
        "[2014,2015]",
        "[2014,2015,2017..2019]",
        "{2014,2015}",
        "{1667,1670..1672}",
        "{..1983-12-31,1984-11-05..}",
        "2014/2017-39",
        "2014/2017",
        "2023-10-01/2023-10-05",
        "2023-10-01/2023-11-05",
        "2023-10-01/2024-01-27",
        "2010-05/2010-06",
        "2004-06/2004",
        "2023-08/..",
        "2023-10-1X/..",
        "2014/",
        "/2017",
        "../2017",
        "..2004-06-01/2004-06-20..",
        "1984~/2004?",
        "2024-01-27T14:30/2024-01-27T15:00",
    ];
    let said: Vec<String> = dates
        .iter()
        .map(|date| {
            let date = when(date);
            format!("{:34} {:62} {}", date.as_edtf(), write(&date, Some(&today())), write_short(&date))
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn labels() {
    let at = when("2023-10-07T06:30:05.25Z").span().first;
    let table = [
        (Precision::Years, "2023"),
        (Precision::Year, "2023"),
        (Precision::Month, "Oct 2023"),
        (Precision::Day, "7 Oct 2023"),
        (Precision::Hour, "7 Oct 2023 06:30"),
        (Precision::Second, "7 Oct 2023 06:30:05"),
        (Precision::Fraction, "7 Oct 2023 06:30:05.25"),
    ];
    for (precision, label) in table {
        assert_eq!(write_instant(at, precision), label);
    }
    assert_eq!(write_instant(when("Y-138E8").span().first, Precision::Day), "13.8 billion BCE");
    assert_eq!(write_instant(Instant::PAST, Precision::Day), "…");
}

/// Dates that words give back exactly: years of four digits or before year 0, months, days, times of day, seasons
/// and parts of a year, decades and centuries; each marked or not.
fn sayable() -> BoxedStrategy<String> {
    let year = prop_oneof![
        3 => (1i64..=9999).prop_map(|year| format!("{year:04}")),
        1 => (1i64..=9999).prop_map(|year| format!("-{year:04}")),
        1 => Just("0000".to_owned()),
    ];
    let month = (year.clone(), 1u8..=12).prop_map(|(year, month)| format!("{year}-{month:02}"));
    let day = (month.clone(), 1u8..=28).prop_map(|(month, day)| format!("{month}-{day:02}"));
    let decade = prop_oneof![
        (100u16..=999).prop_map(|decade| format!("{decade}X")),
        (0u8..=99).prop_map(|century| format!("{century:02}XX")),
        (0u8..=9).prop_map(|age| format!("{age}XXX")),
    ];
    let time = (day.clone(), 0u8..24, 0u8..60, prop::sample::select(&["", "Z", "+03", "-04:30"][..]))
        .prop_map(|(day, hour, minute, shift)| format!("{day}T{hour:02}:{minute:02}{shift}"));
    let part = (year.clone(), 21u8..=41).prop_map(|(year, code)| format!("{year}-{code}"));
    let sign = prop::sample::select(&["", "", "?", "~", "%"][..]);
    let date = prop_oneof![
        year,
        month.clone(),
        day,
        decade,
        time,
        part,
        month.prop_map(|month| format!("{month}-XX"))
    ];
    (date, sign).prop_map(|(date, sign)| format!("{date}{sign}")).boxed()
}

/// Those, and what can be put together from them. Members of a set are of our era: an era said once counts for all
/// the years before it.
fn sayings() -> BoxedStrategy<String> {
    let plain = (1000i64..=9999, 1u8..=12, 1u8..=28)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let ours = sayable().prop_filter("of our era", |date| !date.starts_with(['-', '0']));
    prop_oneof![
        3 => sayable(),
        3 => (sayable(), sayable()).prop_map(|(a, b)| format!("{a}/{b}")),
        1 => sayable().prop_map(|it| format!("{it}/..")),
        1 => sayable().prop_map(|it| format!("{it}/")),
        1 => sayable().prop_map(|it| format!("../{it}")),
        1 => sayable().prop_map(|it| format!("/{it}")),
        1 => sayable().prop_map(|it| format!("[..{it}]")),
        1 => sayable().prop_map(|it| format!("[{it}..]")),
        2 => (plain.clone(), plain.clone()).prop_map(|(a, b)| format!("[{a}..{b}]")),
        1 => (plain.clone(), plain).prop_map(|(a, b)| format!("{{{a}..{b}}}")),
        1 => prop::collection::vec(ours.clone(), 2..4).prop_map(|dates| format!("[{}]", dates.join(","))),
        1 => prop::collection::vec(ours, 2..4).prop_map(|dates| format!("{{{}}}", dates.join(","))),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// What is written in full is read as the same date.
    #[test]
    fn read_what_was_written(text in sayings()) {
        if let Ok(date) = When::parse(&text) {
            let words = write(&date, Some(&today()));
            let again = read(&words, None);
            prop_assert_eq!(again.as_ref().map(When::as_edtf), Ok(date.as_edtf()), "{}", words);
        }
    }
}
