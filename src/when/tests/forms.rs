//! Dates of every form, made up.

use proptest::prelude::*;

fn sign() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")]
}

/// A digit, or now and then an X.
fn digit(range: std::ops::RangeInclusive<u8>) -> BoxedStrategy<String> {
    prop_oneof![5 => range.prop_map(|digit| digit.to_string()), 1 => Just("X".to_owned())].boxed()
}

fn year() -> BoxedStrategy<String> {
    prop_oneof![
        6 => (0u32..=9999).prop_map(|year| format!("{year:04}")),
        2 => (1u32..=9999).prop_map(|year| format!("-{year:04}")),
        2 => (digit(0..=9), digit(0..=9), digit(0..=9), digit(0..=9)).prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}")),
    ].boxed()
}

/// A date without a time: some that these parts make do not exist, and are left out by their users.
pub(super) fn date() -> BoxedStrategy<String> {
    let month = prop_oneof![
        4 => (1u8..=12).prop_map(|month| format!("{month:02}")),
        1 => Just("XX".to_owned()),
        1 => Just("1X".to_owned()),
        1 => Just("0X".to_owned()),
    ];
    let day = prop_oneof![
        4 => (1u8..=28).prop_map(|day| format!("{day:02}")),
        1 => (29u8..=31).prop_map(|day| format!("{day:02}")),
        1 => (digit(0..=3), digit(0..=9)).prop_map(|(tens, ones)| format!("{tens}{ones}")),
    ];
    prop_oneof![
        (year(), sign()).prop_map(|(year, sign)| format!("{year}{sign}")),
        (year(), 1u8..=4, sign()).prop_map(|(year, digits, sign)| format!("{year}S{digits}{sign}")),
        (10_000i64..200_000_000_000, any::<bool>(), sign())
            .prop_map(|(year, minus, sign)| format!("Y{}{year}{sign}", if minus { "-" } else { "" })),
        (1u32..999, 5u32..8, 1u8..4, sign())
            .prop_map(|(digits, power, kept, sign)| format!("Y-{digits}E{power}S{kept}{sign}")),
        (year(), 21u8..=41, sign()).prop_map(|(year, code, sign)| format!("{year}-{code}{sign}")),
        (sign(), year(), sign(), month.clone(), sign())
            .prop_map(|(a, y, b, m, c)| format!("{a}{y}-{b}{m}{c}")),
        (year(), sign(), month, sign(), day, sign())
            .prop_map(|(y, a, m, b, d, c)| format!("{y}{a}-{m}-{b}{d}{c}")),
    ]
    .boxed()
}

/// A date with a time of day.
fn moment() -> BoxedStrategy<String> {
    let shift = prop_oneof![
        2 => Just(String::new()),
        1 => Just("Z".to_owned()),
        1 => (0u8..=13, 0u8..=59).prop_map(|(hours, minutes)| format!("+{hours:02}:{minutes:02}")),
        1 => (1u8..=14).prop_map(|hours| format!("-{hours:02}")),
    ];
    let time = prop_oneof![
        (0u8..24).prop_map(|hour| format!("{hour:02}")),
        (0u8..24, 0u8..60).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
        (0u8..24, 0u8..60, 0u8..=60).prop_map(|(h, m, s)| format!("{h:02}:{m:02}:{s:02}")),
        (0u8..24, 0u8..60, 0u8..60, "[0-9]{1,9}")
            .prop_map(|(h, m, s, f)| format!("{h:02}:{m:02}:{s:02}.{f}")),
    ];
    (0u32..9999, 1u8..=12, 1u8..=28, time, shift, sign())
        .prop_map(|(y, m, d, time, shift, sign)| format!("{y:04}-{m:02}-{d:02}T{time}{shift}{sign}"))
        .boxed()
}

fn item() -> BoxedStrategy<String> {
    prop_oneof![3 => date(), 1 => moment()].boxed()
}

/// A text of any form that may be a date.
pub(super) fn edtf() -> BoxedStrategy<String> {
    let end = prop_oneof![4 => item(), 1 => Just(String::new()), 1 => Just("..".to_owned())];
    let member = prop_oneof![
        4 => item(),
        1 => item().prop_map(|item| format!("..{item}")),
        1 => item().prop_map(|item| format!("{item}..")),
        2 => (1u32..9000, 1u32..900).prop_map(|(a, b)| format!("{a:04}..{:04}", a + b)),
        1 => (2000u32..2020, 1u8..=12, 1u8..=12).prop_map(|(y, a, b)| format!("{y}-{a:02}..{}-{b:02}", y + 1)),
    ];
    let members = prop::collection::vec(member, 1..5).prop_map(|members| members.join(","));
    prop_oneof![
        3 => item(),
        3 => (end.clone(), end).prop_map(|(a, b)| format!("{a}/{b}")),
        1 => (item(), item()).prop_map(|(a, b)| format!("..{a}/{b}..")),
        2 => members.clone().prop_map(|members| format!("[{members}]")),
        1 => members.prop_map(|members| format!("{{{members}}}")),
    ]
    .boxed()
}
