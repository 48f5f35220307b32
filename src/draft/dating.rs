//! When: the expressions of time in a text, what stands before them, and what follows for an event.

use std::ops::Range;

use super::token::Token;
use crate::text::timex::{Grounds, Kind, Mode, Options, Timex, clear, timex};
use crate::when::{When, words};

/// How an event stands to an expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// In it.
    At,
    /// From it on.
    Since,
    /// Up to it.
    Until,
    /// Not after it.
    By,
    /// At some time after it.
    After,
    /// At some time before it.
    Before,
}

/// An expression of time.
#[derive(Clone, Debug)]
pub(super) struct Time {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it says by itself; none where that depends on what is not known.
    pub when: Option<When>,
    /// What stands before it.
    pub relation: Relation,
    /// How it was read.
    pub basis: String,
    /// What it says with the word before it, where that is read as one.
    pub whole: Option<When>,
    /// Whether what it says depends on the day of publication.
    pub relative: bool,
}

/// The date of an event, with the words for it and how they were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dated {
    /// The date; none: it is not known.
    pub when: Option<When>,
    /// The words in the text.
    pub text: String,
    /// How they were read.
    pub basis: String,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
}

/// The expressions of time in a text, in order.
pub(super) fn times(text: &str, published: Option<&When>) -> Vec<Time> {
    let reading = timex(text, &Options { published: published.cloned(), mode: None });
    let narrative = reading.mode == Mode::Narrative;
    let told = reading.expressions.into_iter().filter(|it| {
        matches!(it.kind, Kind::Date | Kind::Time) && it.when.is_some() && it.grounds == Grounds::Narrative
    });
    // Where the day of publication is known, only what says so itself counts from what was named before.
    let counts = |it: &Timex| {
        published.is_none()
            || text.get(it.range.clone()).is_some_and(|said| {
                let said = said.to_ascii_lowercase();
                ["that ", "the following ", "the next ", "the same ", " later"]
                    .iter()
                    .any(|word| said.contains(word))
            })
    };
    let mut told = told.filter(|it| narrative && counts(it)).peekable();
    let mut found: Vec<Time> = Vec::new();
    let mut add = |range: Range<usize>, when: Option<When>| {
        let said = text.get(range.clone()).unwrap_or_default();
        let no_day = matches!(said, "midnight" | "noon" | "dawn")
            && when.as_ref().is_some_and(|when| !when.as_edtf().contains('T'));
        if no_day {
            return;
        }
        if found.last().is_none_or(|last: &Time| last.range.end <= range.start) {
            found.push(time(text, range, when, published));
        }
    };
    // A history counts from the dates that it named before; the reader of clear dates counts from publication.
    for clear in clear(text, published) {
        while let Some(it) = told.next_if(|it| it.range.end <= clear.range.start) {
            add(it.range, it.when);
        }
        let same = told.next_if(|it| it.range.start < clear.range.end);
        match same.filter(|it| it.range == clear.range) {
            Some(it) => add(it.range, it.when),
            None => add(clear.range, clear.when),
        }
    }
    for it in told {
        add(it.range, it.when);
    }
    found
}

/// An expression with the word before it that says how an event stands to it.
fn time(text: &str, range: Range<usize>, when: Option<When>, published: Option<&When>) -> Time {
    let said = text.get(range.clone()).unwrap_or_default();
    let (first, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let inside = relation(first).filter(|_| !rest.is_empty());
    let before = text.get(..range.start).unwrap_or_default().trim_end();
    let before = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let bare = if inside.is_some() { rest.trim_start() } else { said };
    let whole = inside.and(when.clone());
    let when = match inside {
        Some(_) => words::read(bare, published).ok().or(when),
        None => when,
    };
    let alone = words::read(bare, None).ok();
    let relative = alone.is_none();
    let basis = match (&when, relative, published) {
        (Some(when), true, Some(published)) => {
            format!("“{bare}”, counted from publication, {published}: {when}")
        }
        (Some(_), _, _) => "the date is given".to_owned(),
        (None, ..) => format!("“{bare}” depends on a day that is not known"),
    };
    let relation = inside.or_else(|| relation(before)).unwrap_or(Relation::At);
    // "shortly before midnight on Sunday" is on Sunday.
    let clock = when.as_ref().is_some_and(|when| when.as_edtf().contains('T'))
        || bare.starts_with("midnight")
        || bare.starts_with("noon")
        || bare.starts_with("dawn");
    let near = matches!(relation, Relation::Before | Relation::After) && clock;
    let relation = if near { Relation::At } else { relation };
    let start = range.end - bare.len();
    Time {
        range: if inside.is_some() { start..range.end } else { range },
        when,
        relation,
        basis,
        whole,
        relative,
    }
}

fn relation(word: &str) -> Option<Relation> {
    Some(match word.to_lowercase().as_str() {
        "since" => Relation::Since,
        "until" | "till" => Relation::Until,
        "by" => Relation::By,
        "after" => Relation::After,
        "before" => Relation::Before,
        _ => return None,
    })
}

/// The date told last before a byte of a sentence: in the sentence itself, else before it.
pub(super) fn last_before<'a>(times: &'a [Time], at: usize, before: Option<&'a When>) -> Option<&'a When> {
    let plain = |time: &&Time| time.when.as_ref().is_some_and(|when| !when.is_interval() && !when.is_set());
    let inside = times.iter().filter(|time| time.range.end <= at).filter(plain);
    inside.max_by_key(|time| time.range.end).and_then(|time| time.when.as_ref()).or(before)
}

/// A time of day alone, on the day told last: "at 6:51 a.m.".
pub(super) fn on_day_of(said: &str, when: &When, last: &When) -> Option<When> {
    let clock = said.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(|word| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "a" | "p" | "m" | "am" | "pm" | "utc" | "gmt" | "noon" | "midnight" | "o" | "clock" | "h"
        )
    });
    let day = same(last, "day").filter(|_| clock)?;
    let (_, time) = when.as_edtf().split_once('T')?;
    When::parse(&format!("{day}T{time}")).ok()
}

/// Words that count from what was told before: "that year", "the next day", "two weeks later".
pub(super) fn anaphora(
    tokens: &[Token<'_>],
    inside: Range<usize>,
    times: &[Time],
    before: Option<&When>,
) -> Option<Time> {
    let token = |at: usize| tokens.get(at).filter(|_| inside.contains(&at));
    inside.clone().find_map(|at| {
        let unit = token(at).filter(|token| {
            token.is_any(&[
                "day",
                "week",
                "month",
                "year",
                "days",
                "weeks",
                "months",
                "years",
                "hour",
                "hours",
                "minute",
                "minutes",
                "time",
                "morning",
                "afternoon",
                "evening",
                "night",
            ])
        })?;
        let last = last_before(times, unit.at, before)?;
        let one = unit.lower.trim_end_matches('s');
        let before = at.checked_sub(1).and_then(token)?;
        let earlier = at.checked_sub(2).and_then(token);
        let later = token(at + 1).filter(|next| next.is("later"));
        let (first, end, when) = match (before.lower.as_str(), later) {
            ("that" | "same", None) => (at - 1, at, same(last, one)?),
            ("the", None) if one == "time" && earlier.is_some_and(|word| word.is("at")) => {
                (at - 1, at, same(last, "time")?)
            }
            (_, None) if one == "time" && !before.is("that") => return None,
            ("the", None) if earlier.is_some_and(|word| word.is("during")) => (at - 1, at, same(last, one)?),
            ("following" | "next", None)
                if matches!(one, "morning" | "afternoon" | "night")
                    && earlier.is_some_and(|word| word.is("the")) =>
            {
                (at - 1, at, step(last, "1", "day")?)
            }
            (_, Some(_)) if matches!(one, "hour" | "minute") => (at - 1, at + 1, same(last, "day")?),
            (_, None) if matches!(one, "hour" | "minute" | "morning" | "afternoon" | "evening" | "night") => {
                return None;
            }
            ("following" | "next", None) if earlier.is_some_and(|word| word.is("the")) => {
                (at - 1, at, step(last, "1", one)?)
            }
            (number, Some(_)) => (at - 1, at + 1, step(last, number, one)?),
            _ => return None,
        };
        let range = tokens.get(first)?.at..tokens.get(end)?.end();
        let basis = format!("counted from the date told last, {last}");
        Some(Time { range, when: Some(when), relation: Relation::At, basis, whole: None, relative: true })
    })
}

/// How long a plain date is when a time of day is left out.
fn text_length(when: &When) -> usize {
    when.as_edtf().len().min(10)
}

/// The year, month or day that a date lies in.
fn same(last: &When, unit: &str) -> Option<When> {
    let length = match unit {
        "year" => 4,
        "month" => 7,
        "day" | "morning" | "afternoon" | "evening" | "night" => 10,
        "time" => text_length(last),
        _ => return None,
    };
    let text = last.as_edtf();
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let plain = !text.starts_with('-') && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    day.get(..length).filter(|_| plain).and_then(|text| When::parse(text).ok())
}

/// So many units after a date.
fn step(last: &When, number: &str, unit: &str) -> Option<When> {
    // "A week later" than some day of a month is in that month or the next.
    let (length, coarse) =
        (last.as_edtf().len(), last.as_edtf().bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    let few = count(number).is_some_and(|number| number * if unit == "week" { 7 } else { 1 } < 28);
    if coarse && few && (length == 7 && matches!(unit, "day" | "week") || length == 4 && unit == "week") {
        let next = added(last, 1, if length == 7 { "month" } else { "year" })?;
        return When::parse(&format!("[{last}..{next}]")).ok();
    }
    let number = if matches!(number, "a" | "an") { "1" } else { number };
    let number = match number {
        "few" | "several" | "some" | "many" => return None,
        number => number,
    };
    words::read(&format!("in {number} {unit}s"), Some(last))
        .or_else(|_| words::read(&format!("{number} {unit}s from now"), Some(last)))
        .or_else(|_| words::read(&format!("{number} {unit}s later"), Some(last)))
        .ok()
        .or_else(|| added(last, count(number)?, unit))
}

/// Words that lack their year, in the year of the date told last.
pub(super) fn in_year_of(said: &str, last: &When) -> Option<When> {
    let year = last.span().first.civil().filter(|civil| (1..=9999).contains(&civil.year))?.year;
    words::read(&format!("{said} {year}"), None).ok()
}

/// A number in words or digits.
pub(super) fn count(word: &str) -> Option<i64> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    word.parse().ok().filter(|number| (0..=9999).contains(number)).or_else(|| match word {
        "a" | "an" => Some(1),
        word => WORDS.iter().position(|known| *known == word).map(|at| at as i64),
    })
}

/// A date moved by whole units, at its own precision and no finer than the unit.
pub(super) fn added(when: &When, number: i64, unit: &str) -> Option<When> {
    let text = when.as_edtf();
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') || text.starts_with('-') {
        return None;
    }
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().unwrap_or_default()).collect();
    let from = when.span().first;
    let moved = match unit {
        "year" => from.plus_months(number.checked_mul(12)?)?,
        "month" => from.plus_months(number)?,
        "week" => from.plus_nanos(i128::from(number) * 7 * 86_400_000_000_000),
        _ => from.plus_nanos(i128::from(number) * 86_400_000_000_000),
    };
    let civil = moved.civil()?;
    let text = match (parts.len(), unit) {
        (1 | _, "year") => format!("{:04}", civil.year),
        (2 | 3, "month") => format!("{:04}-{:02}", civil.year, civil.month),
        (3, _) => format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day),
        _ => return None,
    };
    When::parse(&text).ok()
}

/// A date in a relation, as EDTF.
pub(super) fn related(when: &When, relation: Relation, said: &str) -> Option<When> {
    let text = when.as_edtf();
    let plain = !when.is_interval() && !when.is_set();
    let whole = |text: String| When::parse(&text).ok();
    match relation {
        Relation::At => Some(when.clone()),
        Relation::Since => {
            words::read(&format!("since {said}"), None).ok().filter(When::has_open_end).or_else(|| {
                if plain { whole(format!("{text}/..")) } else { whole(format!("{}/..", first_day(when)?)) }
            })
        }
        Relation::Until => {
            if plain {
                whole(format!("../{text}"))
            } else {
                whole(format!("../{}", last_day(when)?))
            }
        }
        Relation::By | Relation::Before => {
            if plain {
                whole(format!("[..{text}]"))
            } else {
                whole(format!("[..{}]", last_day(when)?))
            }
        }
        Relation::After => {
            if plain {
                whole(format!("[{text}..]"))
            } else {
                whole(format!("[{}..]", first_day(when)?))
            }
        }
    }
}

/// The first day of all that a date may be.
pub(super) fn first_day(when: &When) -> Option<String> {
    day(when.span().first)
}

/// The last day of all that a date may be.
pub(super) fn last_day(when: &When) -> Option<String> {
    day(when.span().last)
}

fn day(instant: crate::when::Instant) -> Option<String> {
    let civil = instant.civil().filter(|civil| (0..=9999).contains(&civil.year))?;
    Some(format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day))
}

/// From one date to another; the end of a vague stretch ("late 2017") is its period.
pub(super) fn between(start: &When, end: &When, said: &str) -> Option<When> {
    let from =
        if start.is_interval() || start.is_set() { first_day(start)? } else { start.as_edtf().to_owned() };
    let spoken = words::read(&format!("from {} to {said}", start.as_edtf()), None).ok();
    spoken.filter(When::is_interval).or_else(|| {
        let to = if end.is_interval() || end.is_set() { last_day(end)? } else { end.as_edtf().to_owned() };
        When::parse(&format!("{from}/{to}")).ok()
    })
}
