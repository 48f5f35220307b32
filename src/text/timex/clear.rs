//! The clear dates of a text: those that are shown as such and that events can be made of, with the word before them
//! that makes a stretch of time of a date ("since August", "between 2014 and 2017").

use std::ops::Range;

use super::{Kind, Mode, Options, Timex, timex};
use crate::when::{When, words};

/// A clear date.
#[derive(Clone, Debug, PartialEq)]
pub struct Clear {
    /// Its bytes in the text, at character borders.
    pub range: Range<usize>,
    /// What it says; `None`: that depends on a day of publication that is not known, or not known so exactly.
    pub when: Option<When>,
}

/// What a word before a date makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Since,
    Until,
    /// It takes a second date.
    Between,
}

/// The clear dates of a text, in order, none over another; those that are relative count from `published`. Lengths,
/// what comes again and again, and words like "now" and "recently" are none.
pub fn clear(text: &str, published: Option<&When>) -> Vec<Clear> {
    let reading = timex(text, &Options { published: published.cloned(), mode: Some(Mode::News) });
    let mut found: Vec<Clear> = Vec::new();
    let mut dates = reading.expressions.into_iter().filter(is_clear).peekable();
    while let Some(date) = dates.next() {
        let from = found.last().map_or(0, |before| before.range.end);
        let Some((word, at)) = word_before(text, from, date.range.start) else {
            found.push(Clear { range: date.range, when: date.when });
            continue;
        };
        let joined = dates.peek().is_some_and(|next| word == Word::Between && is_joint(text, &date, next));
        let end = if joined { dates.next() } else { None };
        found.push(widened(text, published, word, at, &date, end.as_ref()));
    }
    found
}

/// Whether it is a date or a time of day, and says which.
fn is_clear(it: &Timex) -> bool {
    matches!(it.kind, Kind::Date | Kind::Time)
        && !it.value.ends_with("_REF")
        && (it.when.is_some() || it.open)
}

/// The word before a date, if it makes a stretch of it, and where it begins.
fn word_before(text: &str, from: usize, to: usize) -> Option<(Word, usize)> {
    let before = text.get(from..to)?.strip_suffix(' ')?;
    let at = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |space| space + 1);
    let word = match before.get(at..)?.to_ascii_lowercase().as_str() {
        "since" => Word::Since,
        "until" | "till" => Word::Until,
        "between" | "from" => Word::Between,
        _ => return None,
    };
    Some((word, from + at))
}

/// Whether nothing but "and" or "to" stands between two dates.
fn is_joint(text: &str, first: &Timex, second: &Timex) -> bool {
    matches!(
        text.get(first.range.end..second.range.start).map(str::trim),
        Some("and" | "to" | "until" | "through")
    )
}

/// A date with the word before it, and the one that it goes to.
fn widened(
    text: &str,
    published: Option<&When>,
    word: Word,
    at: usize,
    date: &Timex,
    end: Option<&Timex>,
) -> Clear {
    let range = at..end.map_or(date.range.end, |end| end.range.end);
    let said = text.get(range.clone()).unwrap_or_default();
    let plain =
        |it: &Timex| it.when.as_ref().map(ToString::to_string).filter(|when| !when.contains(['[', '/']));
    let composed = match (word, plain(date), end.map(plain)) {
        (Word::Since, Some(date), _) => When::parse(&format!("{date}/..")).ok(),
        (Word::Until, Some(date), _) => When::parse(&format!("../{date}")).ok(),
        (Word::Between, Some(first), Some(Some(last))) if said.to_ascii_lowercase().starts_with("from") => {
            When::parse(&format!("{first}/{last}")).ok()
        }
        _ => None,
    };
    // The reader of dates in words knows what stands for a part of a month as the end of a stretch.
    let read = || words::read(said, published).ok().filter(|_| date.when.is_some());
    if word == Word::Between && end.is_none() {
        return Clear { range: date.range.clone(), when: date.when.clone() };
    }
    match composed.or_else(read) {
        Some(when) => Clear { range, when: Some(when) },
        None => Clear { range: date.range.start..range.end, when: date.when.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let said = |it: Clear| {
            let when = it.when.map_or_else(|| "-".to_owned(), |when| when.to_string());
            format!("{} = {when}", text.get(it.range).unwrap_or_default())
        };
        clear(text, When::day(2024, 1, 27).as_ref()).into_iter().map(said).collect()
    }

    #[test]
    fn what_is_clearly_a_date_is_found_with_what_it_says() {
        for (text, expected) in [
            ("talks on Saturday about", vec!["Saturday = 2024-01-27"]),
            ("formed in 2014. During that time, groups", vec!["2014 = 2014"]),
            ("since mid-October, many", vec!["since mid-October = 2023-10-1X/.."]),
            ("was defeated in late 2017. However", vec!["late 2017 = [2017-09..2017-12]"]),
            ("planned since August, but", vec!["since August = 2023-08/.."]),
            ("open until 2025", vec!["until 2025 = ../2025"]),
            ("between 2014 and 2017 it", vec!["between 2014 and 2017 = [2014..2017]"]),
            ("from 2014 to 2017 it", vec!["from 2014 to 2017 = 2014/2017"]),
            ("Thursday’s strike and yesterday", vec!["Thursday = 2024-01-25", "yesterday = 2024-01-26"]),
            ("for two weeks, recently, and now", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn without_a_day_to_count_from_it_is_found_and_not_read() {
        assert_eq!(
            clear("it was yesterday", None).iter().map(|it| it.when.clone()).collect::<Vec<_>>(),
            [None]
        );
    }
}
