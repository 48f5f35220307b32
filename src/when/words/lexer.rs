//! From a text to its words, numbers, dates and times, each with its place.

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon;
use crate::when::{DateFault, When};

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Letters, in lower case and without dots: `bc` for "B.C.".
    Word(String),
    /// A whole number.
    Number(Number),
    /// A number with digits after the point, as written.
    Decimal(String),
    /// A single date in EDTF.
    Date(String),
    /// A time of day as EDTF writes it, `14:30` or `14:30Z`.
    Time(String),
    /// A distance from UTC as EDTF writes it, `Z` or `+03:00`.
    Shift(String),
    /// A dash of any kind, or a slash between numbers.
    Dash,
    /// One of `, ? ~ % ( )`.
    Mark(char),
}

/// A whole number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: i64,
    /// How many digits it has.
    pub(super) digits: usize,
    /// What follows it without a space.
    pub(super) ending: Ending,
}

/// What follows a number without a space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ending {
    /// Nothing.
    None,
    /// `st`, `nd`, `rd`, `th`.
    Ordinal,
    /// `s`: a decade, or a century.
    Plural,
}

/// A piece of the text and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    /// What it is.
    pub(super) token: Token,
    /// The byte at which it begins.
    pub(super) at: usize,
}

/// What a pattern finds.
#[derive(Clone, Copy)]
enum Kind {
    Edtf,
    Time,
    Numeric,
    Zone,
    Number,
    Word,
    Offset,
    Dash,
    Mark,
}

/// The patterns in the order they are tried; one that finds something which is not what it looks like is passed over.
static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let patterns = [
        (
            Kind::Edtf,
            "[?~%]?(?:Y-?[0-9]+(?:E[0-9]+)?|-?[0-9X]{4})(?:S[0-9]+)?[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}\
             (?:T[0-9:.]+(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?[?~%]?)?",
        ),
        (Kind::Time, r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"),
        (
            Kind::Numeric,
            r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}|[0-9]{1,2}/[0-9]{4}|[12][0-9]{7}\b",
        ),
        (Kind::Zone, "(?i:UTC|GMT) ?[+−-][0-9]{1,2}(?::?[0-9]{2})?"),
        (
            Kind::Number,
            r"['’]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?i:st\b|nd\b|rd\b|th\b|['’]?s\b)?",
        ),
        (Kind::Word, r"(?i:twenty-first\b)|\p{L}+(?:\.\p{L}+)*\.?"),
        (Kind::Offset, "\\+[0-9]{2}:?[0-9]{2}"),
        (Kind::Dash, "[‐‑–—−/-]"),
        (Kind::Mark, "[,?~%()]"),
    ];
    let compiled = patterns.into_iter().map(|(kind, pattern)| (kind, Regex::new(&format!("^(?:{pattern})"))));
    compiled.filter_map(|(kind, pattern)| Some((kind, pattern.ok()?))).collect()
});

/// The pieces of a text.
///
/// # Errors
/// A sign that has no place in a date, a number that is too large, a numeric date that can be read in two ways.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, DateFault> {
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let start = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '.' || c == ';');
        at += rest.len() - start.len();
        if start.is_empty() {
            return Ok(lexemes);
        }
        // A minus sign belongs to the year only where it does not join it to the word before.
        let joined = at > 0 && start.len() == rest.len();
        let (token, length) = token(start, lexemes.last(), joined).map_err(|fault| fault.moved(at))?;
        lexemes.push(Lexeme { token, at });
        at += length;
    }
}

/// The token at the start of a text, and its length.
fn token(rest: &str, before: Option<&Lexeme>, joined: bool) -> Result<(Token, usize), DateFault> {
    for (kind, pattern) in PATTERNS.iter() {
        let Some(found) = pattern.find(rest) else { continue };
        let after = rest.get(found.end()..).and_then(|after| after.chars().next());
        let token = match kind {
            Kind::Edtf => edtf(found.as_str(), after, before, joined).map(Token::Date),
            Kind::Time => time(found.as_str()),
            Kind::Numeric => numeric(found.as_str())?.filter(|_| !after.is_some_and(char::is_alphanumeric)),
            Kind::Zone => zone(found.as_str()),
            Kind::Number => Some(number(found.as_str())?),
            Kind::Word => Some(word(found.as_str())),
            Kind::Offset => Some(Token::Shift(found.as_str().to_owned())),
            Kind::Dash => Some(Token::Dash),
            Kind::Mark => found.as_str().chars().next().map(Token::Mark),
        };
        if let Some(token) = token {
            return Ok((token, found.end()));
        }
    }
    let sign: String = rest.chars().take(1).collect();
    Err(DateFault::at(0, format!("“{sign}” has no place in a date")))
}

/// A date in EDTF that is more than a year: a year alone is a number that may have an era after it.
fn edtf(text: &str, after: Option<char>, before: Option<&Lexeme>, joined: bool) -> Option<String> {
    // A year alone, or with a mark that may belong to more than the year: "27 January 2024?".
    let is_number = text.trim_end_matches(['?', '~', '%']).bytes().all(|byte| byte.is_ascii_digit());
    // "2014 -2017" is not 2018 BCE.
    let follows_a_date = before.is_some_and(|lexeme| match &lexeme.token {
        Token::Word(word) => lexicon::month(word).is_some(),
        Token::Dash | Token::Mark(',') => false,
        _ => true,
    });
    let joins = text.starts_with('-') && (joined || follows_a_date);
    let goes_on = after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | ':'))
        || (after == Some('-') && text.len() <= 5);
    (!is_number && !joins && !goes_on).then(|| When::parse(text).ok()).flatten().map(|when| when.to_string())
}

fn time(text: &str) -> Option<Token> {
    let (hour, rest) = text.split_once(':')?;
    let text = format!("{hour:0>2}:{rest}");
    When::parse(&format!("2000-01-01T{text}")).ok().map(|_| Token::Time(text))
}

/// `UTC+3` as `+03`.
fn zone(text: &str) -> Option<Token> {
    let sign = text.find(['+', '−', '-'])?;
    let (_, shift) = text.split_at_checked(sign)?;
    let minus = !shift.starts_with('+');
    let number = shift.trim_start_matches(['+', '−', '-']);
    let padded = if number.len() == 1 || number.find(':') == Some(1) {
        format!("0{number}")
    } else {
        number.to_owned()
    };
    Some(Token::Shift(format!("{}{padded}", if minus { '-' } else { '+' })))
}

fn number(text: &str) -> Result<Token, DateFault> {
    let bare = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = match text.strip_prefix(bare).unwrap_or_default().to_lowercase().as_str() {
        "" => Ending::None,
        "st" | "nd" | "rd" | "th" => Ending::Ordinal,
        _ => Ending::Plural,
    };
    let digits = bare.replace([',', '\'', '’'], "");
    if digits.contains('.') {
        return Ok(Token::Decimal(digits));
    }
    let value = digits.parse().map_err(|_| DateFault::at(0, "this number is too large for a date"))?;
    Ok(Token::Number(Number { value, digits: digits.len(), ending }))
}

fn word(text: &str) -> Token {
    Token::Word(text.to_lowercase().replace('.', ""))
}

/// A date in numbers: `2024/01/27`, `27.01.2024`, `27-01-2024`, `01/2024`. Which of two numbers is the day is
/// only clear when one of them is more than twelve.
fn numeric(text: &str) -> Result<Option<Token>, DateFault> {
    if let (8, Some((year, rest))) =
        (text.bytes().filter(u8::is_ascii_digit).count(), text.split_at_checked(4))
        && let Some((month, day)) = rest.split_at_checked(2).filter(|_| text.len() == 8)
    {
        return Ok(When::parse(&format!("{year}-{month}-{day}"))
            .ok()
            .map(|when| Token::Date(when.to_string())));
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let is_year = |index: usize| parts.get(index).is_some_and(|part| part.len() == 4);
    let date = |year: u32, month: u32, day: u32| format!("{year:04}-{month:02}-{day:02}");
    let text = match *numbers.as_slice() {
        [month, year] if is_year(1) && (1..=12).contains(&month) => format!("{year:04}-{month:02}"),
        [year, month, day] if is_year(0) => date(year, month, day),
        [first, second, year] if is_year(2) => match (first > 12, second > 12) {
            _ if first == second => date(year, first, second),
            (true, _) => date(year, second, first),
            (_, true) => date(year, first, second),
            (false, false) => {
                return Err(DateFault::at(
                    0,
                    format!("in {text}, {first} and {second} may each be the month"),
                )
                .hint(format!(
                    "{} or {}",
                    date(year, second, first),
                    date(year, first, second)
                )));
            }
        },
        [_, _, _] => {
            return Err(DateFault::at(0, format!("in {text} it is not clear which number is the year"))
                .hint("write the year with four digits, as in 2024-01-27"));
        }
        _ => return Ok(None),
    };
    When::parse(&text).map(|when| Some(Token::Date(when.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        lex(text).expect("tokens").into_iter().map(|lexeme| lexeme.token).collect()
    }

    fn word(text: &str) -> Token {
        Token::Word(text.to_owned())
    }

    fn number(value: i64, digits: usize, ending: Ending) -> Token {
        Token::Number(Number { value, digits, ending })
    }

    #[test]
    fn words_and_numbers() {
        assert_eq!(
            tokens("Jan. 27th, 2024"),
            [word("jan"), number(27, 2, Ending::Ordinal), Token::Mark(','), number(2024, 4, Ending::None)]
        );
        assert_eq!(tokens("the 2010s B.C."), [word("the"), number(2010, 4, Ending::Plural), word("bc")]);
        assert_eq!(tokens("12,000 years"), [number(12_000, 5, Ending::None), word("years")]);
        assert_eq!(tokens("13.8"), [Token::Decimal("13.8".to_owned())]);
    }

    #[test]
    fn hyphens() {
        let years = [number(2014, 4, Ending::None), Token::Dash, number(17, 2, Ending::None)];
        assert_eq!(tokens("2014-17"), years);
        assert_eq!(tokens("2014–17"), years);
        assert_eq!(tokens("2014-12"), [Token::Date("2014-12".to_owned())]);
        assert_eq!(
            tokens("2014 -2017"),
            [number(2014, 4, Ending::None), Token::Dash, number(2017, 4, Ending::None)]
        );
        assert_eq!(tokens("since -0043"), [word("since"), Token::Date("-0043".to_owned())]);
    }

    #[test]
    fn numeric_dates() {
        assert_eq!(tokens("27.01.2024"), [Token::Date("2024-01-27".to_owned())]);
        assert_eq!(tokens("2024/1/27"), [Token::Date("2024-01-27".to_owned())]);
        let fault = lex("on 12/04/1985").expect_err("two readings");
        assert_eq!((fault.offset, fault.hint.as_deref()), (3, Some("1985-04-12 or 1985-12-04")));
    }

    #[test]
    fn times() {
        assert_eq!(tokens("9:05 UTC+3"), [Token::Time("09:05".to_owned()), Token::Shift("+03".to_owned())]);
        assert_eq!(tokens("14:30:05.25Z"), [Token::Time("14:30:05.25Z".to_owned())]);
    }
}
