//! Cutting, padding and wrapping by display width, at grapheme borders. The only code that slices texts for show.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The longest beginning that fits into `columns`, and its width.
pub fn fit(text: &str, columns: usize) -> (&str, usize) {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        let next = used + width(grapheme);
        if next > columns {
            return (text.get(..start).unwrap_or_default(), used);
        }
        used = next;
    }
    (text, used)
}

/// The text cut to `columns`; where something is cut off, the last column says so by `mark`.
pub fn cut(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let (head, _) = fit(text, room);
    let tail = if columns >= width(mark) { mark } else { "" };
    format!("{}{tail}", head.trim_end())
}

/// The text cut or padded with spaces to exactly `columns`.
pub fn pad(text: &str, columns: usize, mark: &str) -> String {
    let mut padded = cut(text, columns, mark);
    let room = columns.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', room));
    padded
}

/// Where the lines of a paragraph lie when it is wrapped at `columns`, as byte ranges without the spaces at
/// which it was broken. Words that are too long are cut at grapheme borders. At least one range.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = 0..0;
    let mut used = 0;
    for (start, word) in words(text) {
        let wide = width(word);
        let space = text.get(line.end..start).map_or(0, width);
        if line.is_empty() {
            line = start..start;
        } else if used + space + wide > columns {
            lines.push(line);
            line = start..start;
            used = 0;
        } else {
            used += space;
        }
        if wide > columns {
            (line, used) = cut_word(word, start, columns, &mut lines);
        } else {
            line.end = start + word.len();
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The runs of characters that are no white space, with where they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(char::is_whitespace)
        .scan(0, |next, word| {
            let start = *next;
            let space = text.get(start + word.len()..).and_then(|rest| rest.chars().next());
            *next = start + word.len() + space.map_or(0, char::len_utf8);
            Some((start, word))
        })
        .filter(|(_, word)| !word.is_empty())
}

/// Cuts a word that is wider than a line; gives the last, unfinished line and its width.
fn cut_word(
    word: &str,
    start: usize,
    columns: usize,
    lines: &mut Vec<Range<usize>>,
) -> (Range<usize>, usize) {
    let mut line = start..start;
    let mut used = 0;
    for (at, grapheme) in word.grapheme_indices(true) {
        let wide = width(grapheme);
        if used + wide > columns && !line.is_empty() {
            lines.push(line.clone());
            line = start + at..start + at;
            used = 0;
        }
        line.end = start + at + grapheme.len();
        used += wide;
    }
    (line, used)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn cuts_at_grapheme_borders_by_width() {
        assert_eq!(cut("Baghdad", 7, "…"), "Baghdad");
        assert_eq!(cut("Baghdad", 5, "…"), "Bagh…");
        assert_eq!(cut("日本語", 5, "…"), "日本…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(pad("日本語", 5, "…"), "日本…");
        assert_eq!(pad("日本語", 4, "…"), "日… ");
        assert_eq!(pad("ab", 4, "…"), "ab  ");
    }

    #[test]
    fn wraps_at_words() {
        assert_eq!(wrapped("the first round of talks", 10), ["the first", "round of", "talks"]);
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("internationalisation", 8), ["internat", "ionalisa", "tion"]);
        assert_eq!(wrapped("日本語 テキスト", 6), ["日本語", "テキス", "ト"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing_but_spaces(text in "\\PC{0,80}", columns in 2usize..40) {
            let lines = wrapped(&text, columns);
            for line in &lines {
                // One grapheme may be wider than a line (a letter with a spacing mark); it is not torn apart.
                let whole = line.graphemes(true).count() == 1;
                prop_assert!(whole || width(line) <= columns, "{line:?} is wider than {columns}");
            }
            let kept: String = lines.concat().split_whitespace().collect();
            let all: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, all);
        }

        #[test]
        fn cutting_never_widens(text in "\\PC{0,40}", columns in 0usize..30) {
            prop_assert!(width(&cut(&text, columns, "…")) <= columns);
            prop_assert_eq!(width(&pad(&text, columns, "…")), columns);
        }
    }
}
