use std::fmt::Write as _;

use proptest::prelude::*;

use crate::query::{Filter, samples};
use crate::when::When;

/// What a query is printed as after it was read.
fn printed(text: &str) -> String {
    match Filter::parse(text, None) {
        Ok(filter) => filter.to_string(),
        Err(fault) => panic!("{text}: {fault:?}"),
    }
}

#[test]
fn what_is_in_its_one_form_stays() {
    for text in [
        "",
        "attack",
        "\"working group\"",
        "/attack(s|ed)/",
        r"/a\/b \d+/",
        "actor:iraq party:iran-aligned@attacker -kind:statement since:2023-10 until:2024-01-25",
        "actor:a,b",
        "actor:a actor:b",
        "actor:=iraq,\"Sudani, M.\"@speaker",
        "actor:halden*",
        "actor:*marovic*",
        "actor:*",
        "place:**",
        "by:none",
        "by:\"none\"",
        "by:=iraq",
        "in:[2017-09..2017-12],2019",
        "in:{2017,2019}",
        "during:2014/2017-39",
        "in:@first-round-of-talks",
        "fields.fatalities:>10",
        "fields.fatalities:>=2.5,=0",
        "fields.\"side a\":x*",
        "is:fuzzy,span has:quote,url is:certain",
        "a or b c or -d",
        "(a or b) c",
        "-(a b)",
        "-(a or b (c or d))",
        "\"or\" \"not\"",
        "12:30 or \"12:30\"",
    ] {
        let canonical = printed(text);
        assert_eq!(printed(&canonical), canonical, "{text}");
        if !text.contains("12:30") {
            assert_eq!(canonical, text);
        }
    }
}

#[test]
fn many_ways_of_writing_are_one() {
    for (text, canonical) in [
        ("  a   b  ", "a b"),
        ("(a)", "a"),
        ("((a b)) c", "a b c"),
        ("a or (b or c)", "a or b or c"),
        ("(a b) or c", "a b or c"),
        ("not a", "-a"),
        ("NOT a OR b", "-a or b"),
        ("not not a", "a"),
        ("--a", "a"),
        ("not(a or b)", "-(a or b)"),
        ("-not a", "a"),
        ("\"attack\"", "attack"),
        ("actor:\"iraq\"", "actor:iraq"),
        ("ACTOR:iraq", "actor:iraq"),
        ("actor:*\"a b\"*", "actor:*\"a b\"*"),
        ("IS:Certain", "is:certain"),
        ("by:NONE", "by:none"),
        ("12:30", "\"12:30\""),
        ("rock’n’roll", "rock’n’roll"),
        ("5'10\"", "\"5'10\\\"\""),
        ("fields.x", "fields.x"),
        ("a\u{3000}b\nc", "a b c"),
        ("orbit notes", "orbit notes"),
        ("x-y /r/", "x-y /r/"),
        ("x/y", "x/y"),
        ("\"a\\\"b\\\\c\\d\"", "\"a\\\"b\\\\c\\\\d\""),
        ("document:me@x", "document:\"me@x\""),
        ("(is:fuzzy) -actor:a", "is:fuzzy -actor:a"),
    ] {
        assert_eq!(printed(text), canonical, "{text}");
    }
}

#[test]
fn dates_in_words_become_edtf() {
    for (text, canonical) in [
        ("in:\"late 2017\"", "in:[2017-09..2017-12]"),
        ("-since:\"October 2023\",2019", "-since:2023-10,2019"),
        ("during:\"44 BCE\"", "during:-0043"),
    ] {
        assert_eq!(printed(text), canonical, "{text}");
    }
    let today = When::parse("2024-01-27").unwrap();
    let relative = Filter::parse("since:\"last August\" until:yesterday", Some(&today)).unwrap();
    assert_eq!(relative.to_string(), "since:2023-08 until:2024-01-26");
}

#[test]
fn faults_point_and_propose() {
    let mut report = String::new();
    for text in [
        "acter:iraq",
        "http://example.org",
        "zebra:x",
        "field.fatalities:3",
        "actor:",
        "actor: iraq",
        "actor:a, b",
        "actor:a,,b",
        "actor:@target",
        "actor:iraq@",
        "actor:*x",
        "actor:\"a\"b",
        "kind:talks)",
        "attack(s)",
        "(a b",
        "()",
        "a ( ) b",
        "\"working group",
        "/attack",
        "//",
        "/(/",
        "/a/b",
        "or a",
        "a or",
        "a or or b",
        "a or -",
        "not",
        "a -",
        "- a",
        "is:sure",
        "is:fuzy",
        "is:certain,fuzzy",
        "-is:certain",
        "a or is:certain",
        "(a is:certain)",
        "has:quotes",
        "since:@",
        "fields.:3",
        "fields.n:>many",
        "fields.n:=",
    ] {
        let fault = Filter::parse(text, None).expect_err(text);
        let _ = writeln!(report, "{}\n{fault}", fault.caret(text));
        if let Some(hint) = &fault.hint {
            let _ = writeln!(report, "hint: {hint}");
        }
        report.push('\n');
    }
    insta::assert_snapshot!(report);
}

/// What is wrong with a date is said by the reader of dates; where it stands in the query is said here.
#[test]
fn faults_of_dates_point_into_the_query() {
    for (text, meant, hint) in [
        ("kind:talks in:2023-02-30", "30", None),
        ("in:\"2023-02-30\" x", "30", None),
        ("since:\"the \\\"old\\\" days\"", "\"the \\\"old\\\" days\"", None),
        ("in:late 2017 kind:talks", "late", Some("put it in quotation marks: `in:\"late 2017\"`")),
        (
            "until:2019,mid October 2023",
            "mid",
            Some("put it in quotation marks: `until:\"mid October 2023\"`"),
        ),
    ] {
        let fault = Filter::parse(text, None).expect_err(text);
        assert_eq!(text.get(fault.at.clone()), Some(meant), "{text}");
        if hint.is_some() {
            assert_eq!(fault.hint.as_deref(), hint, "{text}");
        }
    }
    let relative = Filter::parse("since:\"last August\"", None);
    assert!(relative.is_err_and(|fault| fault.hint.is_some()), "a day to count from is asked for");
}

#[test]
fn deep_parentheses_are_a_fault_and_no_crash() {
    let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(Filter::parse(&deep, None).is_err());
    let fine = format!("{}a or b{} c", "(".repeat(50), ")".repeat(50));
    assert_eq!(printed(&fine), "(a or b) c");
    assert_eq!(printed(&format!("{}a", "-".repeat(100_001))), "-a");
    assert!(Filter::parse(r"/\w{1000}{1000}/", None).is_err(), "an expression has its limits");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_printed_is_read_as_the_same(filter in samples::filter()) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text, None), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_a_query_or_a_fault_in_it(text in query_like()) {
        match Filter::parse(&text, None) {
            Ok(filter) => {
                let printed = filter.to_string();
                prop_assert_eq!(Filter::parse(&printed, None), Ok(filter), "{}", printed);
            }
            Err(fault) => {
                prop_assert!(fault.at.start <= fault.at.end, "{:?}", fault);
                prop_assert!(text.get(fault.at.clone()).is_some(), "{:?}", fault);
                prop_assert_eq!(fault.caret(&text).lines().count(), 2);
            }
        }
    }
}

/// Bits of syntax in any order, and any text.
fn query_like() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "or",
        "not",
        "-",
        "(",
        ")",
        "\"",
        "\\",
        "/",
        " ",
        ",",
        "@",
        "*",
        "=",
        ":",
        "actor:",
        "party:",
        "in:",
        "since:",
        "2017",
        "[2017,",
        "2018]",
        "is:certain",
        "is:",
        "has:url",
        "fields.",
        "fields.x:",
        ">",
        "10",
        "a",
        "é",
        "中",
        "by:none",
        "\u{301}",
    ]);
    prop_oneof![
        4 => prop::collection::vec(bits, 0..12).prop_map(|bits| bits.concat()),
        1 => "\\PC{0,20}",
        1 => any::<String>(),
    ]
}
