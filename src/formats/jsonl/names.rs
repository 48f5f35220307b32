//! From a line with names to an event with ids.

use std::collections::HashSet;

use super::super::Sink;
use super::super::known::Known;
use super::super::tree::{Kind, Lines, Member, Node};
use crate::chronology::{Actor, Document, Party, Place};

/// The names met so far, each with its id. A name is told to the sink before the event that has it.
#[derive(Default)]
pub(super) struct Names {
    actors: Known,
    parties: Known,
    places: Known,
    documents: HashSet<String>,
}

impl Names {
    /// The line as an event of the model.
    pub fn event(&mut self, node: Node, lines: &Lines<'_>, sink: &mut dyn Sink) -> Node {
        let Kind::Table(members) = node.kind else { return node };
        let dated = |member: &Member| match member.key.as_str() {
            "date" => true,
            "sources" => member.value.items().iter().any(|source| source.get("date").is_some()),
            _ => false,
        };
        // What is worked out from a date is not read again.
        let derived = if members.iter().any(dated) { ["earliest", "latest", "when"].as_slice() } else { &[] };
        let members = members
            .into_iter()
            .filter(|member| !derived.contains(&member.key.as_str()))
            .map(|mut member| {
                match member.key.as_str() {
                    "actors" => each(&mut member.value, |node| self.actor(node, lines, sink)),
                    "parties" => each(&mut member.value, |node| self.party(node, lines, sink)),
                    "places" => each(&mut member.value, |node| self.place(node, lines, sink)),
                    "sources" => each(&mut member.value, |node| self.source(node, lines, sink)),
                    _ => {}
                }
                member
            })
            .collect();
        Node { at: node.at, kind: Kind::Table(members) }
    }

    fn actor(&mut self, node: &mut Node, lines: &Lines<'_>, sink: &mut dyn Sink) {
        let at = lines.position(node.at.start);
        if let Some(name) = node.text().map(str::to_owned) {
            let (id, new) = self.actors.id(&name);
            if new {
                sink.actor(Actor { id: id.clone(), name, ..Actor::default() }, at);
            }
            let id = Node { at: node.at.clone(), kind: Kind::Text(id) };
            let member = Member { key: "id".to_owned(), key_at: node.at.clone(), value: id };
            node.kind = Kind::Table(vec![member]);
            return;
        }
        let name = take(node, "name").unwrap_or_default();
        if let Some(id) = node.get("id").and_then(Node::text).map(str::to_owned) {
            if self.actors.learn(&id, &name) {
                sink.actor(Actor { id, name, ..Actor::default() }, at);
            }
        } else if !name.is_empty() {
            let (id, new) = self.actors.id(&name);
            add(node, "id", id.clone());
            if new {
                sink.actor(Actor { id, name, ..Actor::default() }, at);
            }
        }
    }

    fn party(&mut self, node: &mut Node, lines: &Lines<'_>, sink: &mut dyn Sink) {
        let Some(name) = node.text().map(str::to_owned) else { return };
        let (id, new) = self.parties.id(&name);
        node.kind = Kind::Text(id.clone());
        if new {
            sink.party(Party { id, name, ..Party::default() }, lines.position(node.at.start));
        }
    }

    fn place(&mut self, node: &mut Node, lines: &Lines<'_>, sink: &mut dyn Sink) {
        let Some(name) = node.text().map(str::to_owned) else { return };
        let (id, new) = self.places.id(&name);
        node.kind = Kind::Text(id.clone());
        if new {
            sink.place(Place { id, name, ..Place::default() }, lines.position(node.at.start));
        }
    }

    fn source(&mut self, node: &mut Node, lines: &Lines<'_>, sink: &mut dyn Sink) {
        let at = lines.position(node.at.start);
        let title = take(node, "document_title").unwrap_or_default();
        let date = take(node, "published");
        let voice = take(node, "according_to_name");
        let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        if let Some(id) = text(node, "document").filter(|id| self.documents.insert(id.clone())) {
            let (publisher, url) = (text(node, "publisher"), text(node, "url"));
            sink.document(Document { id, title, published: date, publisher, url, ..Document::default() }, at);
        }
        if let (Some(id), Some(name)) = (text(node, "according_to"), voice)
            && self.actors.learn(&id, &name)
        {
            sink.actor(Actor { id, name, ..Actor::default() }, at);
        }
    }
}

fn each(list: &mut Node, mut change: impl FnMut(&mut Node)) {
    if let Kind::List(items) = &mut list.kind {
        items.iter_mut().for_each(&mut change);
    }
}

/// Takes a text out of a table.
fn take(node: &mut Node, key: &str) -> Option<String> {
    let Kind::Table(members) = &mut node.kind else { return None };
    let at = members.iter().position(|member| member.key == key && member.value.text().is_some())?;
    members.remove(at).value.text().map(str::to_owned)
}

fn add(node: &mut Node, key: &str, text: String) {
    let at = node.at.clone();
    if let Kind::Table(members) = &mut node.kind {
        let value = Node { at: at.clone(), kind: Kind::Text(text) };
        members.push(Member { key: key.to_owned(), key_at: at, value });
    }
}
