//! The words of dates: names of months, days, seasons and numbers, and what they stand for.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const ORDINALS: [&str; 21] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
];

const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Words that a typing error may have been meant as.
const COMMON: [&str; 30] = [
    "early",
    "late",
    "since",
    "until",
    "between",
    "before",
    "after",
    "about",
    "possibly",
    "century",
    "spring",
    "summer",
    "autumn",
    "winter",
    "today",
    "yesterday",
    "tomorrow",
    "last",
    "next",
    "quarter",
    "half",
    "first",
    "million",
    "billion",
    "years",
    "months",
    "weeks",
    "days",
    "unknown",
    "circa",
];

/// The English name of a month, 1 to 12; empty for any other number.
pub fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

/// The first three letters of a month's name.
pub fn month_short(month: u8) -> &'static str {
    month_name(month).get(..3).unwrap_or_default()
}

/// The English name of a day of the week, 0 for Monday to 6 for Sunday; empty for any other number.
pub(super) fn weekday_name(weekday: u8) -> &'static str {
    WEEKDAYS.get(usize::from(weekday)).copied().unwrap_or_default()
}

/// The number of a month by its name, or the beginning of it that is in use.
pub fn month(word: &str) -> Option<u8> {
    (word == "sept").then_some(9).or_else(|| by_name(&MONTHS, word, &[3]).map(|index| index + 1))
}

/// The number of a day of the week by its name: 0 for Monday.
pub fn weekday(word: &str) -> Option<u8> {
    match word {
        "tues" => Some(1),
        "thur" | "thurs" => Some(3),
        _ => by_name(&WEEKDAYS, word, &[3]),
    }
}

fn by_name(names: &[&str], word: &str, lengths: &[usize]) -> Option<u8> {
    let found = names.iter().position(|name| {
        let name = name.to_ascii_lowercase();
        name == word || (lengths.contains(&word.len()) && name.starts_with(word))
    });
    found.and_then(|index| u8::try_from(index).ok())
}

/// The place of a northern season in the year: 0 for spring.
pub fn season(word: &str) -> Option<u8> {
    match word {
        "spring" => Some(0),
        "summer" => Some(1),
        "autumn" | "fall" => Some(2),
        "winter" => Some(3),
        _ => None,
    }
}

/// The name of a season by its place in the year, 0 for spring.
pub(super) fn season_name(place: u8) -> &'static str {
    ["spring", "summer", "autumn", "winter"].get(usize::from(place)).copied().unwrap_or_default()
}

/// `third` and the like as a number.
pub(super) fn ordinal(word: &str) -> Option<i64> {
    ORDINALS.iter().position(|it| *it == word).and_then(|index| i64::try_from(index + 1).ok())
}

/// `first` and the like for 1 to 4.
pub(super) fn ordinal_name(number: u8) -> &'static str {
    ORDINALS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or_default()
}

/// `three` and the like as a number; `a` and `an` count as one, `a couple of` is left to others.
pub(super) fn number(word: &str) -> Option<i64> {
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    NUMBERS.iter().position(|it| *it == word).and_then(|index| i64::try_from(index + 1).ok())
}

/// `million` and the like as the zeros they stand for.
pub(super) fn zeros(word: &str) -> Option<u32> {
    match word {
        "thousand" => Some(3),
        "million" | "mn" => Some(6),
        "billion" | "bn" => Some(9),
        _ => None,
    }
}

/// The ending of a number in its place: 1st, 2nd, 3rd, 4th, 11th.
pub(super) fn ordinal_ending(number: i64) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// The word of dates that is nearest to one that is none: at most two letters apart.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let known = MONTHS.into_iter().chain(WEEKDAYS).chain(COMMON);
    let distances = known.map(|known| (distance(word, &known.to_ascii_lowercase()), known));
    let nearest = distances.min_by_key(|(distance, _)| *distance)?;
    (word.chars().count() > 3 && nearest.0 <= 2).then_some(nearest.1)
}

/// How many letters must be put in, left out or changed to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_their_beginnings() {
        assert_eq!(month("october"), Some(10));
        assert_eq!(month("sept"), Some(9));
        assert_eq!(month("oct"), Some(10));
        assert_eq!(month("octo"), None);
        assert_eq!(weekday("thurs"), Some(3));
        assert_eq!(month_name(0), "");
        assert_eq!(month_name(13), "");
    }

    #[test]
    fn typing_errors() {
        assert_eq!(nearest("ocotber"), Some("October"));
        assert_eq!(nearest("yesteday"), Some("yesterday"));
        assert_eq!(nearest("xylophone"), None);
        assert_eq!(nearest("ca"), None);
    }

    #[test]
    fn endings() {
        let said: Vec<_> = [1, 2, 3, 4, 11, 12, 21, 112].map(ordinal_ending).to_vec();
        assert_eq!(said, ["st", "nd", "rd", "th", "th", "th", "st", "th"]);
    }
}
