//! The nearest of several words, for proposals.

use super::fold::fold;

/// The candidate that takes the fewest changed, missing, additional or swapped characters to become `word`,
/// both folded; the first of equals. `None` where none is near: more than a third of the word would change.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = fold(word).chars().collect();
    let most = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded: Vec<char> = fold(candidate).chars().collect();
            let far = folded.len().abs_diff(word.len()) > most;
            let changes = if far { usize::MAX } else { distance(&word, &folded) };
            (changes <= most && changes < word.len().max(1)).then_some((changes, candidate))
        })
        .min_by_key(|(changes, _)| *changes)
        .map(|(_, candidate)| candidate)
}

/// The optimal string alignment distance: Levenshtein's, where swapping two neighbours counts as one change.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, right) in b.iter().enumerate() {
            let changed = above[j] + usize::from(left != right);
            let mut best = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *left == b[j - 1] && a[i - 1] == *right {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = above;
        above = row;
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn proposes_what_is_near_and_nothing_else() {
        let fields = ["actor", "party", "place", "kind", "until"];
        for (word, near) in [
            ("acter", Some("actor")),
            ("Actors", Some("actor")),
            ("palce", Some("place")),
            ("knid", Some("kind")),
            ("zebra", None),
            ("a", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, fields), near, "{word}");
        }
        assert_eq!(nearest("Suddani", ["al-Sudani", "Sudani"]), Some("Sudani"));
    }

    proptest! {
        #[test]
        fn a_distance(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let d = distance(&a, &b);
            prop_assert_eq!(d, distance(&b, &a));
            prop_assert_eq!(d == 0, a == b);
            prop_assert!(d >= a.len().abs_diff(b.len()) && d <= a.len().max(b.len()));
        }
    }
}
