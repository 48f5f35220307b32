//! Expressions of time in a text: the longest run of words at each place that the reader of dates takes for a date,
//! where it clearly is one. “may”, “second” and a bare number are none; “in 2014” is one.

use std::ops::Range;
use std::sync::LazyLock;

use crate::when::{When, words};

/// The longest expression, in words; the work for each place of a text is bounded by it.
const LONGEST: usize = 10;
/// A longer word is none of a date, in bytes.
const LONGEST_WORD: usize = 40;
/// Years that a number without a mark may be.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Its bytes in the text, at character borders.
    pub range: Range<usize>,
    /// What it says; `None`: that depends on a day of publication that is not known, or not known so exactly.
    pub when: Option<When>,
}

/// The expressions of time in a text, in order, none over another. Relative ones count from `published`.
/// Takes time in proportion to the length of the text.
pub fn times(text: &str, published: Option<&When>) -> Vec<Expression> {
    let words = split(text);
    let mut found: Vec<Expression> = Vec::new();
    let mut next = 0;
    while next < words.len() {
        match longest(text, &words, next, published) {
            Some((expression, after)) => {
                found.push(expression);
                next = after;
            }
            None => next += 1,
        }
    }
    found
}

/// Any day, for words that count from one: whether they are a date does not depend on which.
static SOME_DAY: LazyLock<Option<When>> = LazyLock::new(|| When::day(2000, 1, 1));

/// The longest expression that begins with a word, and the word behind it.
fn longest(
    text: &str,
    words: &[Word<'_>],
    first: usize,
    published: Option<&When>,
) -> Option<(Expression, usize)> {
    let start = words.get(first).filter(|word| word.may_begin())?;
    let run = words.get(first..)?.iter().take(LONGEST);
    let stops = run.clone().position(|word| word.stops_after).map_or(LONGEST, |at| at + 1);
    let run: Vec<&Word<'_>> = run.take(stops).collect();
    for length in (1..=run.len()).rev() {
        let Some((last, run)) = run.get(..length).and_then(|run| Some((run.last()?, run))) else { continue };
        let range = start.at..last.end();
        if !last.may_end()
            || !is_clear(run, first.checked_sub(1).and_then(|at| words.get(at)), words.get(first + length))
        {
            continue;
        }
        let said = text.get(range.clone())?;
        if words::read(said, SOME_DAY.as_ref()).is_ok() {
            let when = words::read(said, published).ok();
            return Some((Expression { range, when }, first + length));
        }
    }
    None
}

/// A word without the punctuation around it.
#[derive(Clone, Debug)]
struct Word<'t> {
    text: &'t str,
    at: usize,
    /// In lower case, without dots.
    folded: String,
    /// Whether a date ends here at the latest.
    stops_after: bool,
}

/// Words that a date may begin with, beside names of months, days and seasons and what has digits. Words that add
/// nothing to a date ("in", "the") are no part of it.
const BEGINNINGS: [&str; 43] = [
    "early",
    "mid",
    "middle",
    "late",
    "beginning",
    "end",
    "start",
    "since",
    "until",
    "till",
    "between",
    "from",
    "before",
    "after",
    "by",
    "about",
    "around",
    "circa",
    "ca",
    "last",
    "this",
    "next",
    "past",
    "previous",
    "coming",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "q",
    "first",
    "second",
    "third",
    "fourth",
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "ten",
];
/// Words that a date may end with, beside the same.
const ENDINGS: [&str; 30] = [
    "ago",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "night",
    "morning",
    "afternoon",
    "evening",
    "week",
    "month",
    "year",
    "weekend",
    "day",
    "bce",
    "bc",
    "ce",
    "ad",
    "century",
    "millennium",
    "quarter",
    "half",
    "present",
    "now",
    "onwards",
    "later",
    "earlier",
    "weeks",
    "utc",
    "gmt",
];
/// Words between which and a year stands nothing but time.
const BEFORE_YEARS: [&str; 8] = ["in", "since", "until", "till", "during", "from", "before", "after"];
/// Words that make a year beside them one.
const WITH_YEARS: [&str; 26] = [
    "early",
    "mid",
    "middle",
    "late",
    "beginning",
    "end",
    "start",
    "since",
    "until",
    "till",
    "between",
    "from",
    "before",
    "after",
    "circa",
    "ca",
    "quarter",
    "half",
    "third",
    "present",
    "first",
    "second",
    "fourth",
    "q",
    "last",
    "onwards",
];
/// Words that may follow a year although they are no names of things: after “in 2014 cases” there is no date.
const AFTER_YEARS: [&str; 4] = ["was", "is", "as", "has"];

impl Word<'_> {
    const fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn has_digit(&self) -> bool {
        self.text.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// The part before a hyphen, of "mid-October".
    fn head(&self) -> &str {
        self.folded.split(['-', '‐', '‑', '–']).next().unwrap_or_default()
    }

    /// The part behind the last hyphen.
    fn tail(&self) -> &str {
        self.folded.rsplit(['-', '‐', '‑', '–']).next().unwrap_or_default()
    }

    fn names_time(word: &str) -> bool {
        words::month(word).is_some() || words::weekday(word).is_some() || words::season(word).is_some()
    }

    fn may_begin(&self) -> bool {
        let head = self.head();
        self.has_digit() || Self::names_time(head) || BEGINNINGS.contains(&head)
    }

    fn may_end(&self) -> bool {
        let tail = self.tail();
        self.has_digit() || Self::names_time(tail) || ENDINGS.contains(&tail)
    }

    /// A month's name: whether it is one that is nothing else.
    fn month(&self) -> Option<bool> {
        let name = self.tail();
        words::month(name)?;
        let whole = name.len() > 3 && name != "sept";
        Some(whole && !matches!(name, "may" | "march" | "august"))
    }

    /// A day of the week, in full and written as a name.
    fn is_weekday(&self) -> bool {
        self.is_capital() && words::weekday(self.tail()).is_some() && self.tail().ends_with("day")
    }

    /// A year in four digits.
    fn is_year(&self) -> bool {
        let number = |text: &str| text.len() == 4 && text.parse().is_ok_and(|year| YEARS.contains(&year));
        number(self.text)
            || self.text.split(['-', '–', '/']).all(number)
            || self.text.rsplit_once(['-', '–']).is_some_and(|(head, year)| {
                !head.is_empty() && !head.bytes().any(|byte| byte.is_ascii_digit()) && number(year)
            })
    }

    /// A day of the month: "7", "7th".
    fn is_day(&self) -> bool {
        let digits = self.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = self.text.strip_prefix(digits).unwrap_or_default();
        matches!(ending, "" | "st" | "nd" | "rd" | "th")
            && digits.len() <= 2
            && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
    }

    /// A date in numbers, from year to day.
    fn is_date(&self) -> bool {
        let parts: Vec<&str> = self.text.split(['-', '/', '.', 'T']).take(4).collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let [a, b, c, ..] = parts.as_slice() else { return false };
        [a, b, c].into_iter().all(digits) && (a.len() == 4 || c.len() == 4) && self.text.len() >= 8
    }

    /// "1990s", "1990’s".
    fn is_decade(&self) -> bool {
        let digits = self.text.trim_end_matches('s').trim_end_matches(['\'', '’']);
        digits.len() < self.text.len()
            && self.text.ends_with('s')
            && digits.ends_with('0')
            && digits.parse().is_ok_and(|year: u32| YEARS.contains(&year))
    }

    /// An era, written in capitals.
    fn is_era(&self) -> bool {
        matches!(self.folded.as_str(), "bce" | "bc" | "ce" | "ad")
            && self.text.chars().all(|c| c.is_uppercase() || c == '.')
    }
}

/// Whether words that read as a date are clearly one, by themselves and what stands beside them.
fn is_clear<'w>(run: &[&Word<'w>], before: Option<&Word<'w>>, after: Option<&Word<'w>>) -> bool {
    let any = |test: fn(&Word<'w>) -> bool| run.iter().any(|word| test(word));
    let has = |words: &[&str]| run.iter().any(|word| words.contains(&word.folded.as_str()));
    if any(Word::is_date) || any(Word::is_weekday) || any(Word::is_decade) {
        return true;
    }
    if has(&["today", "yesterday", "tomorrow", "tonight", "ago"]) {
        return true;
    }
    let numbered = any(Word::has_digit);
    if numbered && (any(Word::is_era) || has(&["century", "millennium"])) {
        return true;
    }
    if has(&["century", "millennium"]) && run.len() > 1 && !has(&["last", "this", "next"]) {
        return true;
    }
    if run.first().is_some_and(|word| is_way(&word.folded)) && run.len() > 1 {
        // "The second march": not every word that may be a time is one.
        return run.iter().all(|word| word.month() != Some(false) || word.is_capital());
    }
    if let Some(month) = run.iter().find(|word| word.month().is_some()) {
        return is_clear_month(month, run, before);
    }
    any(Word::is_year) && is_clear_year(run, before, after)
}

/// "Last", "this", "next".
fn is_way(word: &str) -> bool {
    matches!(word, "last" | "this" | "next" | "past" | "previous" | "coming")
}

/// A month by a name that means nothing else, or beside a day or year, or where only a time can stand.
fn is_clear_month(month: &Word<'_>, run: &[&Word<'_>], before: Option<&Word<'_>>) -> bool {
    if month.month() == Some(true) {
        return true;
    }
    let number = run.iter().any(|word| word.is_day() || word.is_year());
    let placed = |word: &Word<'_>| {
        BEFORE_YEARS.contains(&word.folded.as_str()) || matches!(word.head(), "early" | "mid" | "late" | "of")
    };
    let whole_name = month.tail().len() > 3 || month.tail() == "may";
    month.is_capital()
        && (number || (whole_name && (before.is_some_and(placed) || run.iter().any(|word| placed(word)))))
}

/// A number that is a year by what stands with it, and counts nothing that follows.
fn is_clear_year(run: &[&Word<'_>], before: Option<&Word<'_>>, after: Option<&Word<'_>>) -> bool {
    let told = run.iter().any(|word| {
        WITH_YEARS.contains(&word.folded.as_str())
            || WITH_YEARS.contains(&word.head())
            || words::season(&word.folded).is_some()
            || word.head().strip_prefix('q').is_some_and(|rest| rest.len() == 1)
    });
    let introduced =
        before.is_some_and(|word| !word.stops_after && BEFORE_YEARS.contains(&word.folded.as_str()));
    let stops = run.last().is_some_and(|word| word.stops_after);
    let counts = after.is_some_and(|word| {
        !stops
            && word.folded.ends_with('s')
            && !word.is_capital()
            && !AFTER_YEARS.contains(&word.folded.as_str())
    });
    (told || introduced) && !counts
}

/// The words of a text.
fn split(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(|c: char| c.is_whitespace() || c == '—') {
        let whole = part.trim_end_matches(|c: char| c.is_whitespace() || c == '—');
        let opens = |c: char| !c.is_alphanumeric();
        let trimmed = whole.trim_start_matches(opens);
        let start = at + whole.len() - trimmed.len();
        let opened = whole.len() > trimmed.len() || trimmed.is_empty();
        // What was opened, or a line, begins something new.
        if opened && let Some(before) = words.last_mut() {
            before.stops_after = true;
        }
        let word = trimmed.trim_end_matches(|c: char| !c.is_alphanumeric());
        let behind = trimmed.strip_prefix(word).unwrap_or_default();
        if !word.is_empty() {
            words.push(new_word(word, start, behind));
        }
        if part.ends_with(['—', '\n'])
            && let Some(last) = words.last_mut()
        {
            last.stops_after = true;
        }
        at += part.len();
    }
    words
}

/// A word with what stands behind it: a comma may be part of a date, a dot only after what is shortened.
fn new_word<'t>(word: &'t str, at: usize, behind: &str) -> Word<'t> {
    let bare = match word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) {
        Some(owner) if !owner.ends_with(|c: char| c.is_ascii_digit()) => owner,
        _ => word,
    };
    let folded = if bare.len() > LONGEST_WORD { String::new() } else { bare.to_lowercase().replace('.', "") };
    let shortened = (3..=4).contains(&folded.len())
        && (words::month(&folded).is_some() || words::weekday(&folded).is_some());
    let goes_on = match behind {
        "" | "," => true,
        "." => shortened || matches!(folded.as_str(), "ca" | "c" | "am" | "pm"),
        _ => false,
    };
    Word { text: bare, at, stops_after: !goes_on || bare.len() < word.len() || folded.is_empty(), folded }
}

#[cfg(test)]
mod tests;
