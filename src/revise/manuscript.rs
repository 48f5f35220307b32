//! The text of a chronology with what stands in it, and what edits make of it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::pieces::{self, Piece};
use super::{Change, Edit, List, Step, Steps, Swap, Unfit, between, id_of, object};
use crate::chronology::{Chronology, Event, resolve};
use crate::formats::toml::amend::Amend;
use crate::formats::tree::{Lines, Node};
use crate::formats::{self, Collector};

/// A chronology as its text and what stands in it.
#[derive(Clone, Debug)]
pub struct Manuscript {
    text: Arc<str>,
    /// The values of the text with their places; `None`: it was changed in one piece, and not read as a whole since.
    root: Option<Arc<Node>>,
    /// The pieces of the text that are an event each, in the order of the events.
    pieces: Vec<Option<Piece>>,
    chronology: Arc<Chronology>,
}

/// The text is all there is to it.
impl PartialEq for Manuscript {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.chronology == other.chronology
    }
}

impl Manuscript {
    /// Reads a chronology in TOML, without a byte order mark.
    ///
    /// # Errors
    /// When it is not TOML.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let (root, chronology) = parse(text)?;
        let pieces = pieces::events(text, &root);
        Ok(Self {
            text: Arc::from(text),
            root: Some(Arc::new(root)),
            pieces,
            chronology: Arc::new(chronology),
        })
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// What stands in it; every event has an id, also one without an id in the text.
    pub fn chronology(&self) -> &Chronology {
        &self.chronology
    }

    /// The first event with an id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.chronology.events.iter().find(|event| event.id == id)
    }

    /// The chronology with an edit made, and what became of its text.
    ///
    /// # Errors
    /// When the edit does not fit what stands there.
    pub fn with(&self, edit: &Edit) -> Result<(Self, Step), Unfit> {
        let mut now = self.clone();
        for change in &edit.changes {
            now = now.changed(change)?;
        }
        let step = Step::between(edit, &self.text, &now.text);
        Ok((now, step))
    }

    /// The chronology with edits made one after the other.
    ///
    /// # Errors
    /// When one of them does not fit, with its words.
    pub fn with_all(&self, edits: &[Edit]) -> Result<(Self, Steps), (String, Unfit)> {
        let mut now = self.clone();
        let mut steps = Vec::new();
        for edit in edits {
            let (next, step) = now.with(edit).map_err(|unfit| (edit.words.clone(), unfit))?;
            now = next;
            steps.push(Arc::new(step));
        }
        Ok((now, steps))
    }

    /// The chronology at the end of other steps than those that led here.
    ///
    /// # Errors
    /// When the steps were not made on this text.
    pub fn moved(&self, from: &[Arc<Step>], to: &[Arc<Step>]) -> Result<Self, Unfit> {
        let (back, on) = between(from, to);
        // One step is mostly in one event.
        let one = match (back, on) {
            (1, []) => from.last().map(|step| (step, true)),
            (0, [step]) => Some((step, false)),
            _ => None,
        };
        if let Some(now) = one.and_then(|(step, back)| self.stepped(step, back)) {
            return Ok(now);
        }
        let mut text = self.text.to_string();
        for step in from.iter().rev().take(back) {
            text = step.on(&text, true);
        }
        for step in on {
            text = step.on(&text, false);
        }
        Self::read(&text)
    }

    /// The chronology after a step that changes nothing but one piece. `None`: it does not.
    fn stepped(&self, step: &Step, back: bool) -> Option<Self> {
        let (at, now) = step.place(back);
        let inside = |piece: &Piece| piece.start <= at.start && at.end <= piece.end;
        let place = self.pieces.iter().position(|piece| piece.as_ref().is_some_and(inside))?;
        let piece = self.pieces.get(place)?.clone()?;
        let (head, tail) = (self.text.get(piece.start..at.start)?, self.text.get(at.end..piece.end)?);
        self.with_piece(place, &piece, &format!("{head}{now}{tail}"))
    }

    /// The chronology with another text for one event. `None`: it is no longer that event, and nothing else.
    fn with_piece(&self, place: usize, piece: &Piece, now: &str) -> Option<Self> {
        let (_, event) = pieces::read(now)?;
        let mut chronology = Chronology::clone(&self.chronology);
        let known = chronology.events.get_mut(place).filter(|known| known.id == event.id)?;
        *known = event;
        let (head, tail) = (self.text.get(..piece.start)?, self.text.get(piece.end..)?);
        Some(Self {
            text: Arc::from([head, now, tail].concat()),
            root: None,
            pieces: pieces::moved(&self.pieces, piece, now.len()),
            chronology: Arc::new(chronology),
        })
    }

    /// Sets keys of an event in its own piece of the text, which is much shorter than all of it. `None`: its text is
    /// not in one piece.
    fn set_alone(&self, change: &Change) -> Result<Option<Self>, Unfit> {
        let Change::Set { list: List::Events, id, keys } = change else { return Ok(None) };
        let place = self.place(List::Events, id)?;
        let Some(piece) = self.pieces.get(place).cloned().flatten() else { return Ok(None) };
        let text = self.text.get(piece.clone()).unwrap_or_default();
        let Some((table, _)) = pieces::read(text) else { return Ok(None) };
        let mut amend = Amend::new(text);
        self.set(&mut amend, &table, (List::Events, id), keys)?;
        let now = self.with_piece(place, &piece, &amend.done());
        Ok(now.filter(|now| now.holds(change, self)))
    }

    fn changed(&self, change: &Change) -> Result<Self, Unfit> {
        if let Some(now) = self.set_alone(change)? {
            return Ok(now);
        }
        let root = match &self.root {
            Some(root) => Arc::clone(root),
            None => Arc::new(parse(&self.text)?.0),
        };
        let mut amend = Amend::new(&self.text);
        match change {
            Change::Set { list, id, keys } => {
                let tables = root.tables(list.key());
                let table = self.place(*list, id).map(|place| tables.get(place).copied())?;
                let table = table.ok_or_else(|| Unfit::Gone(list.one(), id.clone()))?;
                self.set(&mut amend, table, (*list, id), keys)?;
            }
            Change::Add { list, item, behind } => {
                let id = id_of(item);
                if self.place(*list, &id).is_ok() {
                    return Err(Unfit::Taken(list.one(), id));
                }
                let behind = behind.as_ref().and_then(|id| self.place(*list, id).ok());
                amend.add_table(&root, list.key(), item, behind);
            }
            Change::Remove { list, item, .. } => {
                let id = id_of(item);
                let place = self.place(*list, &id)?;
                if self.item(*list, place) != *item {
                    return Err(Unfit::Other { id, key: list.one().to_owned() });
                }
                amend.remove_table(&root, list.key(), place);
            }
        }
        let now = Self::read(&amend.done()).map_err(|_| Unfit::Form(id_of_change(change)))?;
        // What cannot be read back as it was meant is not done at all.
        if now.holds(change, self) { Ok(now) } else { Err(Unfit::Form(id_of_change(change))) }
    }

    fn set(
        &self,
        amend: &mut Amend<'_>,
        table: &Node,
        (list, id): (List, &str),
        keys: &[(String, Swap)],
    ) -> Result<(), Unfit> {
        let place = self.place(list, id)?;
        let item = self.item(list, place);
        let order = list.order();
        for (key, swap) in keys {
            if *item.get(key).unwrap_or(&Value::Null) != swap.was {
                return Err(Unfit::Other { id: id.to_owned(), key: key.clone() });
            }
            amend.set(table, key, &swap.now, &order);
        }
        // Without an id of its own it would be called otherwise from now on.
        if table.get("id").is_none() {
            amend.set(table, "id", &Value::from(id), &order);
        }
        Ok(())
    }

    /// Whether a change is made, compared with what was before.
    fn holds(&self, change: &Change, before: &Self) -> bool {
        let count = |list: List, of: &Self| of.ids(list).len();
        match change {
            Change::Set { list, id, keys } => {
                let Ok(place) = self.place(*list, id) else { return false };
                let item = self.item(*list, place);
                let is = |(key, swap): &(String, Swap)| *item.get(key).unwrap_or(&Value::Null) == swap.now;
                count(*list, self) == count(*list, before) && keys.iter().all(is)
            }
            Change::Add { list, item, .. } => {
                let place = self.place(*list, &id_of(item));
                count(*list, self) == count(*list, before) + 1
                    && place.is_ok_and(|place| self.item(*list, place) == *item)
            }
            Change::Remove { list, item, .. } => {
                count(*list, self) + 1 == count(*list, before) && self.place(*list, &id_of(item)).is_err()
            }
        }
    }

    fn ids(&self, list: List) -> Vec<&str> {
        let Chronology { documents, actors, events, .. } = &*self.chronology;
        match list {
            List::Documents => documents.iter().map(|document| document.id.as_str()).collect(),
            List::Actors => actors.iter().map(|actor| actor.id.as_str()).collect(),
            List::Events => events.iter().map(|event| event.id.as_str()).collect(),
        }
    }

    /// The place of an item in its list, by its id.
    fn place(&self, list: List, id: &str) -> Result<usize, Unfit> {
        let ids = self.ids(list);
        let mut places = ids.iter().enumerate().filter(|(_, other)| **other == id).map(|(place, _)| place);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (None, _) => Err(Unfit::Gone(list.one(), id.to_owned())),
            (Some(_), Some(_)) => Err(Unfit::Twice(id.to_owned())),
        }
    }

    /// An item of a list as its values by key.
    fn item(&self, list: List, place: usize) -> Map<String, Value> {
        let Chronology { documents, actors, events, .. } = &*self.chronology;
        match list {
            List::Documents => documents.get(place).map(object),
            List::Actors => actors.get(place).map(object),
            List::Events => events.get(place).map(object),
        }
        .unwrap_or_default()
    }
}

fn id_of_change(change: &Change) -> String {
    match change {
        Change::Set { id, .. } => id.clone(),
        Change::Add { item, .. } | Change::Remove { item, .. } => id_of(item),
    }
}

/// The values of a text with their places, and the chronology that they are.
fn parse(text: &str) -> Result<(Node, Chronology), Unfit> {
    let lines = Lines::new(text, 0);
    let root = formats::toml::parse(&lines).map_err(|fault| Unfit::Unreadable(fault.to_string()))?;
    let mut collected = Collector::default();
    formats::build::chronology(&root, &lines, &mut collected);
    let mut chronology = collected.chronology;
    chronology.events = resolve::with_ids(chronology.events);
    Ok((root, chronology))
}
