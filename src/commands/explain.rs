//! What is said where a filter leaves nothing.

use std::sync::Arc;

use super::Asked;
use crate::failure::{Failure, say};
use crate::formats::wording::counted;
use crate::query::Filter;
use crate::store::{Count, Ctl, Keys, Question, Row, Store, explain};
use crate::text::nearest::nearest;

/// In more events than this the nearest id is not looked for: each would have to be read.
const MOST_COMPARED: u64 = 100_000;

/// How many events match. Where none does, says on standard error which term is to blame.
///
/// # Errors
/// Those of the store.
pub(crate) fn count_or_explain(asked: &Asked) -> Result<Count, Failure> {
    let ctl = Ctl::default();
    let count = asked.store.count(&asked.question, &Keys::all(), &ctl)?.value;
    if count.total() > 0 {
        return Ok(count);
    }
    let filter = &asked.question.filter;
    if filter.is_empty() {
        say("annals: there are no events");
        return Ok(count);
    }
    say("annals: no event matches");
    let mut unknown = filter.unknown(&asked.store.info().catalogue);
    unknown.extend(unknown_events(asked, &ctl)?);
    for (value, nearest) in unknown {
        match nearest {
            Some(nearest) => say(&format!("hint: nothing is called `{value}`: did you mean `{nearest}`?")),
            None => say(&format!("hint: nothing is called `{value}`")),
        }
    }
    let terms = explain(asked.store.as_ref(), &asked.question, &ctl)?.value;
    for (term, without) in &terms {
        if without.total() > 0 || terms.len() > 1 {
            let events = counted(without.total(), "event", "events");
            say(&format!("hint: without `{term}` there would be {events}"));
        }
    }
    Ok(count)
}

/// The events that a filter names and that are none, each with the nearest that is one, where it was looked for.
fn unknown_events(asked: &Asked, ctl: &Ctl) -> Result<Vec<(String, Option<String>)>, Failure> {
    let mut unknown = Vec::new();
    for (field, id) in asked.question.filter.events() {
        let question = Question { filter: Arc::new(Filter::of_id(id)), ..Question::default() };
        if asked.store.count(&question, &Keys::all(), ctl)?.value.total() == 0 {
            unknown.push((field, id));
        }
    }
    let mut ids = Vec::new();
    if !unknown.is_empty() && asked.store.info().total <= MOST_COMPARED {
        let mut gather = |row: &Row| {
            ids.push(row.entry.event.id.clone());
            Ok(())
        };
        asked.store.scan(&Question::default(), &Keys::all(), &mut gather, ctl)?;
    }
    let near = |(field, id): (&str, &str)| {
        let near = nearest(id, ids.iter().map(String::as_str)).map(|near| format!("{field}{near}"));
        (format!("{field}{id}"), near)
    };
    Ok(unknown.into_iter().map(near).collect())
}
