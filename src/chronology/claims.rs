//! When an event was, from its editor's reading or, without one, from what its claims together allow.

use std::sync::Arc;

use super::Event;
use crate::when::{Bounds, Instant, Stretch, Stretches, When};

/// More stretches than this are held as their hull.
const MOST_STRETCHES: usize = 400;

/// An event's date, and whether those who speak of it differ about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dating {
    /// The date; `None`: undated.
    pub when: Option<When>,
    /// What it allows.
    pub bounds: Option<Bounds>,
    /// Whether a claim dates the event differently from its editor or from another claim.
    pub differ: bool,
}

/// The date of an event. An open end is vouched for until `vouched`. Dates that cannot be read count as not
/// written; `check` reports them.
pub fn date(event: &Event, vouched: Option<Instant>) -> Dating {
    let read = |text: &str| When::parse(text).ok();
    let mut claimed: Vec<When> = Vec::new();
    for when in event.sources.iter().filter_map(|source| source.date.as_deref()).filter_map(read) {
        if !claimed.contains(&when) {
            claimed.push(when);
        }
    }
    if let Some(when) = event.date.as_deref().and_then(read) {
        let differ = claimed.iter().any(|claim| *claim != when);
        return Dating { bounds: Some(when.bounds(vouched)), when: Some(when), differ };
    }
    let differ = claimed.len() > 1;
    match claimed.len() {
        0 => Dating::default(),
        1 => {
            let when = claimed.pop();
            Dating { bounds: when.as_ref().map(|when| when.bounds(vouched)), when, differ }
        }
        _ => {
            let bounds = union(&claimed.iter().map(|when| when.bounds(vouched)).collect::<Vec<_>>());
            let when = one_of(&claimed, &bounds);
            let bounds = when.is_some().then_some(bounds);
            Dating { when, bounds, differ }
        }
    }
}

/// What it allows that one of several dates is meant.
fn union(all: &[Bounds]) -> Bounds {
    let mut stretches: Vec<Stretch> = Vec::new();
    for bounds in all {
        match &bounds.stretches {
            Stretches::OneOf(parts) => stretches.extend(parts.iter()),
            Stretches::One | Stretches::AllOf(_) => stretches.push(bounds.hull),
        }
    }
    stretches.sort_by_key(|stretch| (stretch.s0, stretch.e1, stretch.s1, stretch.e0));
    stretches.dedup();
    let hull = stretches.iter().copied().reduce(|a, b| Stretch {
        s0: a.s0.min(b.s0),
        s1: a.s1.max(b.s1),
        e0: a.e0.min(b.e0),
        e1: a.e1.max(b.e1),
    });
    let whole = Stretch { s0: Instant::PAST, s1: Instant::FUTURE, e0: Instant::PAST, e1: Instant::FUTURE };
    let gaps = (2..=MOST_STRETCHES).contains(&stretches.len());
    Bounds {
        hull: hull.unwrap_or(whole),
        stretches: if gaps { Stretches::OneOf(Arc::from(stretches)) } else { Stretches::One },
        qualified: all.iter().any(|bounds| bounds.qualified),
        uncertain: all.iter().any(|bounds| bounds.uncertain),
    }
}

/// The dates as one set, "one of these". An interval, which no set can hold, stands as all dates within it;
/// marks of doubt that the set cannot carry are dropped from its text (the bounds keep them). Where even that
/// cannot be written, the days of the hull.
fn one_of(dates: &[When], bounds: &Bounds) -> Option<When> {
    let mut dates: Vec<&When> = dates.iter().collect();
    dates.sort_by_key(|when| (when.span().first, when.span().last));
    let members: Vec<String> = dates.iter().map(|when| member(when)).collect();
    let set = format!("[{}]", members.join(","));
    let bare = set.replace(['?', '~', '%'], "");
    When::parse(&set).or_else(|_| When::parse(&bare)).ok().or_else(|| hull(bounds))
}

fn member(when: &When) -> String {
    let text = when.as_edtf();
    let inner = text.trim_start_matches(['[', '{']).trim_end_matches([']', '}']);
    match inner.split_once('/') {
        Some((start, end)) => {
            let open = |end: &str| if end == ".." { String::new() } else { end.to_owned() };
            format!("{}..{}", open(start), open(end))
        }
        None => inner.to_owned(),
    }
}

fn hull(bounds: &Bounds) -> Option<When> {
    let day = |instant: Instant| {
        let civil = instant.civil()?;
        When::day(civil.year, civil.month, civil.day)
    };
    let first = day(bounds.hull.s0).map(|when| when.as_edtf().to_owned()).unwrap_or_default();
    let last = day(bounds.hull.e1).map(|when| when.as_edtf().to_owned()).unwrap_or_default();
    When::parse(&format!("[{first}..{last}]")).ok()
}
