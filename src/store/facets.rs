//! Counting events by the values of a dimension.

use super::{Count, Facet};
use crate::text::fold::fold;

/// A value with its count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tallied<'a> {
    pub(super) value: &'a str,
    pub(super) label: &'a str,
    pub(super) count: Count,
}

/// The `n` largest, by count, then by label; only those with a word that starts with `prefix`.
pub(super) fn largest(mut tallied: Vec<Tallied<'_>>, prefix: &str, n: usize) -> Vec<Facet> {
    let prefix = fold(prefix);
    if !prefix.is_empty() {
        tallied.retain(|one| starts_a_word(one.label, &prefix) || starts_a_word(one.value, &prefix));
    }
    let order = |a: &Tallied<'_>, b: &Tallied<'_>| {
        b.count.total().cmp(&a.count.total()).then_with(|| (a.label, a.value).cmp(&(b.label, b.value)))
    };
    if n < tallied.len() {
        tallied.select_nth_unstable_by(n, order);
        tallied.truncate(n);
    }
    tallied.sort_unstable_by(order);
    let facet = |one: Tallied<'_>| Facet {
        value: one.value.to_owned(),
        label: one.label.to_owned(),
        count: one.count,
    };
    tallied.into_iter().map(facet).collect()
}

/// Whether the folded `prefix` starts the text or one of its words.
pub fn starts_a_word(text: &str, prefix: &str) -> bool {
    let text = fold(text);
    text.starts_with(prefix) || text.contains(&format!(" {prefix}"))
}
