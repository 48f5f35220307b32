//! Dates in words, read.

use super::{today, when};
use crate::when::words::read;

fn reads(table: &[(&str, &str)]) {
    for (words, edtf) in table {
        let found = read(words, Some(&today())).unwrap_or_else(|fault| panic!("{words}: {fault}"));
        assert_eq!(found.as_edtf(), *edtf, "{words}");
    }
}

#[test]
fn years_months_and_days() {
    reads(&[
        ("2014", "2014"),
        ("the year 1800", "1800"),
        ("October 2023", "2023-10"),
        ("Oct. 2023", "2023-10"),
        ("Sept 2023", "2023-09"),
        ("27 January 2024", "2024-01-27"),
        ("January 27, 2024", "2024-01-27"),
        ("Jan. 27 2024", "2024-01-27"),
        ("4th of July 1776", "1776-07-04"),
        ("July 4th, 1776", "1776-07-04"),
        ("Saturday, 27 January 2024", "2024-01-27"),
        ("on 27 January 2024", "2024-01-27"),
        ("27/01/2024", "2024-01-27"),
        ("01/27/2024", "2024-01-27"),
        ("27.1.2024", "2024-01-27"),
        ("2024/1/27", "2024-01-27"),
        ("20240127", "2024-01-27"),
        ("7/2008", "2008-07"),
        ("44 BCE", "-0043"),
        ("64 B.C.", "-0063"),
        ("1 BC", "0000"),
        ("15 March 44 BC", "-0043-03-15"),
        ("AD 33", "0033"),
        ("33 CE", "0033"),
        ("12,000 BCE", "Y-11999"),
        ("66 million BCE", "Y-66E6"),
        ("13.8 billion years ago", "Y-138E8S3~"),
        ("3 million years ago", "Y-3E6S1~"),
        ("2.50 million years ago", "Y-25E5S2~"),
    ]);
}

#[test]
fn parts_and_ages() {
    reads(&[
        ("early 2014", "[2014-01..2014-04]"),
        ("mid-2014", "[2014-05..2014-08]"),
        ("late 2017", "[2017-09..2017-12]"),
        ("the end of 2017", "[2017-09..2017-12]"),
        ("early October 2023", "[2023-10-01..2023-10-10]"),
        ("mid-October 2023", "[2023-10-11..2023-10-20]"),
        ("late October 2023", "[2023-10-21..2023-10-31]"),
        ("late February 2023", "[2023-02-21..2023-02-28]"),
        ("the 2010s", "201X"),
        ("late 2010s", "[2017..2019]"),
        ("the 1900s (decade)", "190X"),
        ("20th century", "19XX"),
        ("twentieth century", "19XX"),
        ("the early 20th century", "[1900..1933]"),
        ("2nd century BCE", "[-0199..-0100]"),
        ("1st century BC", "[-0099..0000]"),
        ("since the 2nd century BCE", "-0199S2/.."),
        ("3rd millennium BCE", "[-2999..-2000]"),
        ("spring 2014", "2014-21"),
        ("fall of 2014", "2014-23"),
        ("winter 2014–15", "2014-24"),
        ("winter of 2014/2015", "2014-24"),
        ("southern summer 2014–15", "2014-30"),
        ("Q2 2023", "2023-34"),
        ("2023 Q2", "2023-34"),
        ("the second quarter of 2023", "2023-34"),
        ("first half of 2023", "2023-40"),
        ("last third of 2017", "2017-39"),
        ("third third of 2017", "2017-39"),
        ("some day in October 2023", "2023-10-XX"),
        ("some month in 2004", "2004-XX"),
        ("25 December in the 1560s", "156X-12-25"),
        ("25 December of an unknown year", "XXXX-12-25"),
    ]);
}

#[test]
fn marks_of_doubt() {
    reads(&[
        ("about 2014", "2014~"),
        ("circa 2014", "2014~"),
        ("c1860", "1860~"),
        ("ca. 1860", "1860~"),
        ("1860 approx.", "1860~"),
        ("2014 or so", "2014~"),
        ("possibly 2014", "2014?"),
        ("2014 (?)", "2014?"),
        ("27 January 2024?", "2024-01-27?"),
        ("circa 2014?", "2014%"),
        ("about late 2017", "2017-39~"),
        ("around mid-October 2023", "2023-10-1X~"),
        ("from about 1984 to possibly 2004", "1984~/2004?"),
    ]);
}

#[test]
fn from_one_to_another() {
    reads(&[
        ("since August 2023", "2023-08/.."),
        ("since August 2023, as of 27 January 2024", "2023-08/.."),
        ("since mid-October 2023", "2023-10-1X/.."),
        ("since mid-October", "2023-10-1X/.."),
        ("from 2014 to late 2017", "2014/2017-39"),
        ("from 2014 to 2017", "2014/2017"),
        ("2014–17", "2014/2017"),
        ("2014-17", "2014/2017"),
        ("2014–21", "2014/2021"),
        ("1998–03", "1998/2003"),
        ("1990–35", "1990/2035"),
        ("from 1 to 5 October 2023", "2023-10-01/2023-10-05"),
        ("October 2-5, 2023", "2023-10-02/2023-10-05"),
        ("May to June 2010", "2010-05/2010-06"),
        ("December 2013 to January", "2013-12/2014-01"),
        ("44 to 40 BCE", "-0043/-0039"),
        ("Monday to Wednesday", "2024-01-22/2024-01-24"),
        ("until 2017", "../2017"),
        ("from 2014 to present", "2014/.."),
        ("2014 – present", "2014/.."),
        ("2014 to unknown", "2014/"),
        ("from 2014, end unknown", "2014/"),
        ("until 2017, start unknown", "/2017"),
        ("from on or before 1 June 2004 to on or after 20 June 2004", "..2004-06-01/2004-06-20.."),
    ]);
}

#[test]
fn one_or_all_of_several() {
    reads(&[
        ("between 1 October 2023 and 27 January 2024", "[2023-10-01..2024-01-27]"),
        ("between 10 and 19 October 2023", "[2023-10-10..2023-10-19]"),
        ("between 2014 and March 2015", "[2014-01..2015-03]"),
        ("between early 2014 and late 2015", "[2014-01..2015-12]"),
        ("between 14:00 and 15:00 on 27 January 2024", "[2024-01-27T14:00..2024-01-27T15:00]"),
        ("by 2017", "[..2017]"),
        ("no later than 25 January 2024", "[..2024-01-25]"),
        ("on or before 25 January 2024", "[..2024-01-25]"),
        ("by late 2017", "[..2017-39]"),
        ("by mid-October 2023", "[..2023-10-20]"),
        ("before 2017", "[..2016]"),
        ("before about 2017", "[..2016~]"),
        ("after possibly 2017-03?", "[2017-04?..]"),
        ("before 1 January 2024", "[..2023-12-31]"),
        ("after 2017", "[2018..]"),
        ("after mid-October 2023", "[2023-10-21..]"),
        ("on or after 27 January 2024", "[2024-01-27..]"),
        ("2014 or later", "[2014..]"),
        ("2014 or earlier", "[..2014]"),
        ("2014 or 2015", "[2014,2015]"),
        ("4 or 5 May 2010", "[2010-05-04,2010-05-05]"),
        ("2014, 2015 or 2017 to 2019", "[2014,2015,2017..2019]"),
        ("8 and 9 October 2023", "{2023-10-08,2023-10-09}"),
        ("1667, 1668 and every year from 1670 to 1672", "{1667,1668,1670..1672}"),
    ]);
}

#[test]
fn times_of_day() {
    reads(&[
        ("14:30 on 27 January 2024", "2024-01-27T14:30"),
        ("27 January 2024 at 2:30 pm", "2024-01-27T14:30"),
        ("27 January 2024, 14:30 UTC", "2024-01-27T14:30Z"),
        ("27 January 2024, 14:30 UTC+3", "2024-01-27T14:30+03"),
        ("2024-01-27 14:30:05.25 UTC+02:30", "2024-01-27T14:30:05.25+02:30"),
        ("noon on 27 January 2024", "2024-01-27T12:00"),
        ("12 am on 27 January 2024", "2024-01-27T00"),
        ("27 January 2024, 14h", "2024-01-27T14"),
        ("9:05", "2024-01-27T09:05"),
    ]);
}

#[test]
fn counted_from_today() {
    reads(&[
        ("today", "2024-01-27"),
        ("yesterday", "2024-01-26"),
        ("tomorrow", "2024-01-28"),
        ("Thursday", "2024-01-25"),
        ("Saturday", "2024-01-27"),
        ("last Saturday", "2024-01-20"),
        ("next Friday", "2024-02-02"),
        ("last August", "2023-08"),
        ("last January", "2023-01"),
        ("January", "2024-01"),
        ("October", "2023-10"),
        ("7 October", "2023-10-07"),
        ("29 February", "2020-02-29"),
        ("next month", "2024-02"),
        ("last month", "2023-12"),
        ("this year", "2024"),
        ("last summer", "2023-22"),
        ("last winter", "2022-24"),
        ("last week", "[2024-01-15..2024-01-21]"),
        ("two weeks ago", "2024-01-13~"),
        ("3 days ago", "2024-01-24"),
        ("a month ago", "2023-12~"),
        ("ten years ago", "2014~"),
        ("10,000 years ago", "-7976S1~"),
        ("since last August", "2023-08/.."),
    ]);
}

#[test]
fn faults_in_words() {
    let texts = [
        "12/04/1985",
        "1/2/03",
        "the 1900s",
        "the '90s",
        "undated",
        "n.d.",
        "Ocotber 2023",
        "foo",
        "last",
        "Friday, 25 January 2024",
        "31 April 2023",
        "45 May 2010",
        "2014, 2015",
        "2014 or 2015 and 2016",
        "from 2017 to 2014",
        "until present",
        "early 5 May 2010",
        "about last week",
        "from last week to today",
        "between 2014",
        "between about 2014 and 2017",
        "since",
        "2014 2015",
        "99999999999999999999 BCE",
        "12000",
        "300 billion BCE",
        "5",
        "October 2023 §",
        "13:99 on 5 May 2010",
        "25 pm on 5 May 2010",
    ];
    let said: Vec<String> = texts
        .iter()
        .map(|text| {
            let fault = read(text, Some(&today())).expect_err(text);
            format!("{text:24} {:>2} {}  [{}]", fault.offset, fault.message, fault.hint.unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn relative_words_need_a_day() {
    for text in
        ["yesterday", "last August", "7 October", "October", "Thursday", "spring", "two weeks ago", "9:05"]
    {
        let fault = read(text, None).expect_err(text);
        assert!(fault.hint.is_some_and(|hint| hint.contains("--today")), "{text}");
    }
    // A publication known to its month gives no day to count from.
    assert!(read("Thursday", Some(&when("2024-01"))).is_err());
    assert_eq!(read("last August", Some(&when("2024-01"))), Ok(when("2023-08")));
}
