//! How well a text fits what somebody typed of it: every character in its order, best at the beginnings of words and
//! one after the other.

use std::ops::Range;

use super::fold::Folded;

/// What a character that fits is worth.
const FITS: i32 = 8;
/// The same in addition at the beginning of a word.
const BEGINS: i32 = 8;
/// The same in addition right behind the one before.
const FOLLOWS: i32 = 6;
/// What leaving out characters costs, and what each of them costs.
const GAP: i32 = 3;
const EACH: i32 = 1;
/// What it is worth that the text begins with what was typed.
const WHOLE: i32 = 24;
/// More of a text than so many characters is not looked at.
const LONGEST: usize = 200;

/// How a text fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// How well; only to be compared.
    pub score: i32,
    /// The bytes of the text that fit, in order.
    pub at: Vec<Range<usize>>,
}

/// How well a text fits words that were typed, folded; `None` where one of them does not fit at all, or only here and
/// there. Nothing typed fits everything alike.
pub fn fit(typed: &str, text: &str) -> Option<Fit> {
    let folded = Folded::new(text);
    let characters: Vec<(usize, char)> = folded.text.char_indices().take(LONGEST).collect();
    let mut score = if folded.text.starts_with(typed.trim()) { WHOLE } else { 0 };
    let mut at = Vec::new();
    for word in typed.split_whitespace() {
        let (of_word, places) = fit_word(&word.chars().collect::<Vec<_>>(), &characters)?;
        score += of_word;
        at.extend(places.into_iter().map(|(byte, char)| folded.original(byte..byte + char.len_utf8())));
    }
    Some(Fit { score: score - characters.len() as i32 / 8, at: joined(at) })
}

/// Ranges in order, those that touch as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}

/// The best way to find the characters of a word in a text: its score, and where they are.
fn fit_word(word: &[char], text: &[(usize, char)]) -> Option<(i32, Vec<(usize, char)>)> {
    // For each character of the word and of the text: the best score with the one on the other, and where the one before
    // is then.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(word.len());
    for (number, wanted) in word.iter().enumerate() {
        let above = number.checked_sub(1).and_then(|above| best.get(above));
        let mut row = Vec::with_capacity(text.len());
        // The best place so far that is not right before, with what lies between already paid for.
        let mut behind_gap: Option<(i32, usize)> = None;
        for (at, (_, found)) in text.iter().enumerate() {
            if let Some((score, _)) = at.checked_sub(2).and_then(|at| above?.get(at).copied()?) {
                let here = (score - GAP, at - 2);
                behind_gap = Some(behind_gap.map_or(here, |other| other.max(here)));
            }
            behind_gap = behind_gap.map(|(score, from)| (score - EACH, from));
            let before = at.checked_sub(1);
            let right_before = before.and_then(|at| Some((above?.get(at).copied()??.0 + FOLLOWS, at)));
            let from = if number == 0 { Some((0, at)) } else { right_before.max(behind_gap) };
            let begins = before.is_none_or(|at| text.get(at).is_none_or(|(_, char)| !char.is_alphanumeric()));
            let worth = FITS + if begins { BEGINS } else { 0 };
            row.push(from.filter(|_| found == wanted).map(|(score, from)| (score + worth, from)));
        }
        best.push(row);
    }
    let last = best.last()?;
    let (mut at, score) = last
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| Some((at, (*cell)?.0)))
        .max_by_key(|(at, score)| (*score, usize::MAX - at))?;
    // Characters that only happen to stand in the text somewhere are no fit.
    if score < FITS * word.len() as i32 {
        return None;
    }
    let mut places = Vec::new();
    for row in best.iter().rev() {
        places.push(*text.get(at)?);
        at = row.get(at).copied()??.1;
    }
    places.reverse();
    Some((score, places))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::fold;
    use super::*;

    /// The text with what fits in brackets.
    fn shown(typed: &str, text: &str) -> Option<String> {
        let fit = fit(&fold(typed), text)?;
        let mut shown = String::new();
        let mut done = 0;
        for range in fit.at {
            shown += &format!("{}[{}]", text.get(done..range.start)?, text.get(range.clone())?);
            done = range.end;
        }
        Some(shown + text.get(done..)?)
    }

    #[test]
    fn what_fits_is_found_where_it_fits_best() {
        for (typed, text, expected) in [
            ("zi", "zoom-in", Some("[z]oom-[i]n")),
            ("zoom in", "zoom-in", Some("[zoom]-[in]")),
            ("zmin", "zoom-in", Some("[z]oo[m]-[in]")),
            ("IRAQ", "Islamic Resistance in Iraq", Some("Islamic Resistance in [Iraq]")),
            ("sudani", "Mohamed Shia al-Südani", Some("Mohamed Shia al-[Südani]")),
            ("strasse", "Straße", Some("[Straße]")),
            ("", "anything", Some("anything")),
            ("oni", "zoom-in", None),
            ("aei", "Islamic Resistance", None),
            ("x", "zoom", None),
        ] {
            assert_eq!(shown(typed, text).as_deref(), expected, "{typed} in {text}");
        }
    }

    #[test]
    fn the_better_fit_has_the_higher_score() {
        let score = |typed: &str, text: &str| fit(&fold(typed), text).map(|fit| fit.score);
        for (typed, better, worse) in [
            ("next", "next", "next-heading"),
            ("next", "next-hit", "previous, then next"),
            ("lane", "lanes", "plane"),
            ("pd", "page-down", "update"),
        ] {
            assert!(score(typed, better) > score(typed, worse), "{typed}: {better}, {worse}");
        }
    }

    proptest! {
        #[test]
        fn a_fit_shows_what_was_typed(typed in "[a-cß ]{0,6}", text in "[a-cAß -]{0,12}") {
            if let Some(fit) = fit(&fold(&typed), &text) {
                prop_assert!(fit.at.windows(2).all(|pair| pair[0].end < pair[1].start));
                for range in &fit.at {
                    prop_assert!(text.get(range.clone()).is_some_and(|found| !found.is_empty()));
                }
                prop_assert_eq!(fit.at.is_empty(), fold(&typed).is_empty());
            }
        }

        #[test]
        fn a_part_of_a_text_fits_it(text in "[a-d ]{1,12}", from in 0usize..12, length in 1usize..6) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(fit(&fold(&part), &text).is_some());
        }
    }
}
