//! The day of publication that a document tells of itself: in a header, a line of its own, or a dateline.

use std::ops::Range;

use super::{Grounds, Mode, Options, timex};
use crate::when::{Precision, When};

/// So much of a document is looked at, in bytes.
const HEAD: usize = 2_000;
/// A line of its own has no more letters than this beside the date: the name of a day or a place.
const FEW: usize = 24;

/// The day of publication that a document says, and where: a line `Date: …` or `Published: …`, a line with nothing
/// but a date, or a dateline ("BAGHDAD, Jan 27, 2024 (AFP) —").
pub fn published(text: &str) -> Option<(When, Range<usize>)> {
    let end = (0..=HEAD.min(text.len())).rev().find(|end| text.is_char_boundary(*end))?;
    let head = text.get(..end)?;
    let reading = timex(head, &Options { published: None, mode: Some(Mode::News) });
    let days = reading.expressions.into_iter().filter(|it| it.grounds == Grounds::Explicit);
    days.filter_map(|it| {
        Some((it.when.filter(|when| when.precision() >= Precision::Day && !when.is_interval())?, it.range))
    })
    .find(|(_, range)| is_publication(head, range))
}

/// Whether a date stands where the day of publication does.
fn is_publication(head: &str, range: &Range<usize>) -> bool {
    let (before, behind) =
        (head.get(..range.start).unwrap_or_default(), head.get(range.end..).unwrap_or_default());
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(line..).unwrap_or_default().trim();
    let rest = behind.split('\n').next().unwrap_or_default().trim();
    let word = lead
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_lowercase();
    let named = matches!(
        word.as_str(),
        "date" | "dated" | "published" | "posted" | "updated" | "issued" | "filed" | "released"
    );
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    if named && letters(lead) <= FEW {
        return true;
    }
    let alone = letters(lead) + letters(rest) <= FEW && !rest.ends_with('.') && !lead.ends_with(['.', ';']);
    // A dateline begins the text, perhaps behind a heading: a place in front, an agency or a dash behind.
    let shouted = letters(lead) > 2 && letters(lead) <= FEW && !lead.chars().any(char::is_lowercase);
    let opens = shouted || letters(before) <= 2 * FEW && lead.chars().next().is_some_and(char::is_uppercase);
    let goes_on = rest.starts_with(['(', '—', '–', '-', '_', ':']);
    let words = behind.split('\n').next().is_some_and(|rest| !rest.contains(". "));
    (alone && (line > 0 || words)) || (opens && goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        published(text).map(|(when, _)| when.to_string())
    }

    #[test]
    fn a_document_says_when_it_was_published() {
        for (text, expected) in [
            ("Title\n\nPublished: 27 January 2024\n\nTalks began.", "2024-01-27"),
            ("From: a\nDate: Sat, 27 Jan 2024 10:00:00 +0000\n\nTalks", "2024-01-27"),
            ("BAGHDAD, Jan 27, 2024 (AFP) - Talks began on Saturday.", "2024-01-27"),
            (
                "A long heading that says what happened at the harbour\nBy A. Writer\nPORT MARRON, June 14, 2022 (CP) - It did.",
                "2022-06-14",
            ),
            ("The river rose\nBy A. Writer\nMarch 3, 1998\n\nIt rose.", "1998-03-03"),
            ("Updated on 2 May 2021 at noon\nIt rose.", "2021-05-02"),
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_that_is_told_is_none() {
        for text in [
            "On January 27, 2024, talks began in the capital of the country.",
            "The treaty was signed on 4 March 1921 by all who had come to the town, and it held.",
            "Published in May",
            "",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
