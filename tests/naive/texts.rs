//! Rows with texts that are not easily found, and searches for them.

use super::query::{Query, Value};

/// What a search meets: accents, ligatures, dots, quotation marks, line breaks, escapes.
const WORDS: &[&str] = &[
    "Nūrī al-Mālikī speaks",
    "the U.S. answers",
    "a \"working group\"\nbegins",
    "Sudani’s office, again",
    "ﬁnal talks; 2017",
    "back\\slash and\ttab",
    "العراق",
    "",
];

/// Rows that all differ, as cells: date, title, summary, kind, cost.
pub fn rows(count: usize) -> Vec<[String; 5]> {
    let word = |n: usize| WORDS[n % WORDS.len()].to_owned();
    let row = |n: usize| {
        let title = format!("{} {}", word(n), n * 7919 % 1000);
        let cost = if n.is_multiple_of(3) { (n % 50).to_string() } else { word(n / 5) };
        [format!("{}-{:02}", 1990 + n % 40, 1 + n % 12), title, word(n / 7).repeat(n % 4), word(n / 11), cost]
    };
    (0..count).map(row).collect()
}

/// The rows as a table with or without a column of ids.
pub fn table(rows: &[[String; 5]], with_ids: bool, lines: bool) -> Vec<u8> {
    let names = ["date", "title", "summary", "kind", "cost"];
    let id = |n: usize| with_ids.then(|| ("id", format!("E{n}")));
    let cells = rows.iter().enumerate().map(|(n, row)| {
        let rest = names.into_iter().zip(row.iter().cloned());
        id(n).into_iter().chain(rest).collect::<Vec<(&str, String)>>()
    });
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut text = String::new();
    for (n, cells) in cells.enumerate() {
        if lines {
            let object: serde_json::Map<_, _> =
                cells.iter().map(|(name, cell)| ((*name).to_owned(), cell.as_str().into())).collect();
            let line = serde_json::Value::Object(object).to_string();
            // Some programs escape all that is not ASCII.
            for c in line.chars() {
                if c.is_ascii() || n % 2 == 0 {
                    text.push(c);
                } else {
                    c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text += &format!("\\u{unit:04x}"));
                }
            }
            text.push('\n');
        } else {
            if n == 0 {
                writer.write_record(cells.iter().map(|(name, _)| name)).expect("in memory");
            }
            writer.write_record(cells.iter().map(|(_, cell)| cell)).expect("in memory");
        }
    }
    if lines { text.into_bytes() } else { writer.into_inner().expect("in memory") }
}

pub fn searches() -> Vec<Query> {
    let kind =
        |text| Query::Names("kind", vec![Value { alone: false, stars: (true, true), text, role: None }]);
    let mut queries: Vec<Query> = [
        "maliki",
        "us answers",
        "working group begins",
        "sudani's",
        "final",
        "slash",
        "العراق",
        "7",
        "nowhere",
    ]
    .map(Query::Text)
    .into();
    queries.extend(
        [
            ("^the u", false),
            ("M(ā|a)lik", true),
            ("group\"$", false),
            ("\\\\s", false),
            ("2017 9[0-9]$", false),
        ]
        .map(|(pattern, minds_case)| Query::Regex(pattern, minds_case)),
    );
    queries.extend(
        [("", "maliki speaks"), (">", "40"), ("<=", "3"), ("=", "12"), ("=", "العراق")]
            .map(|(sign, operand)| Query::Field("cost", sign, operand)),
    );
    let inside: Vec<Query> = queries
        .iter()
        .map(|query| Query::And(vec![kind("talks"), Query::Time("in", vec!["2000/2010"]), query.clone()]))
        .collect();
    queries.into_iter().chain(inside).collect()
}
