//! What is still to be reviewed, in which order, and how much is done.

use super::is_proposed;
use crate::chronology::{Chronology, Event, Review};

/// How far a review has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many events were accepted or rejected.
    pub reviewed: usize,
    /// How many were ever proposed: those, and those that still are.
    pub of: usize,
}

/// How far the review of a chronology has come. Events that nobody proposed do not count.
pub fn progress(chronology: &Chronology) -> Progress {
    let marked = chronology.events.iter().filter_map(|event| event.review);
    marked.fold(Progress::default(), |progress, review| Progress {
        reviewed: progress.reviewed + usize::from(review != Review::Proposed),
        of: progress.of + 1,
    })
}

/// The events that are still proposed, the most doubtful first; those whose confidence nobody has said come last, and
/// equals in the order of the file.
pub fn doubtful_first(chronology: &Chronology) -> Vec<&Event> {
    let mut events: Vec<&Event> = chronology.events.iter().filter(|event| is_proposed(event)).collect();
    let doubt =
        |event: &&Event| event.confidence.filter(|confidence| !confidence.is_nan()).unwrap_or(f64::INFINITY);
    events.sort_by(|one, other| doubt(one).total_cmp(&doubt(other)));
    events
}
