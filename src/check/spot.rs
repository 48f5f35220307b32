//! Where in a file something stands, as exactly as its format tells.

use crate::formats::tree::{Lines, Node};
use crate::formats::{Fault, Position, Severity};

/// A value in the file, or the nearest thing around it that has a place.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub lines: &'a Lines<'a>,
    /// The value itself, where the format has places for values.
    pub node: Option<&'a Node>,
    /// The place of the item it is in, for other formats.
    pub at: Position,
}

impl<'a> Spot<'a> {
    /// The value under a key; where there is none, this.
    pub fn get(self, key: &str) -> Self {
        self.then(self.node.and_then(|node| node.get(key)))
    }

    /// The `index`-th table of the list under a key.
    pub fn table(self, key: &str, index: usize) -> Self {
        self.then(self.node.and_then(|node| node.tables(key).get(index).copied()))
    }

    /// The `index`-th text of the list under a key.
    pub fn text(self, key: &str, index: usize) -> Self {
        self.then(self.node.and_then(|node| node.texts(key).get(index).copied()))
    }

    /// Whether a key is written.
    pub fn has(self, key: &str) -> bool {
        self.node.is_some_and(|node| node.get(key).is_some())
    }

    pub fn position(self) -> Position {
        self.node.map_or(self.at, |node| self.lines.position(node.at.start))
    }

    pub fn fault(self, severity: Severity, message: String, hint: Option<String>) -> Fault {
        let Position { line, column, .. } = self.position();
        Fault { severity, line, column, message, hint }
    }

    /// The place of byte `offset` of a text value.
    pub fn within(self, offset: usize) -> Self {
        let at = match self.node {
            Some(node) => self.lines.position(self.lines.within_text(node, offset)),
            None => self.at,
        };
        Self { node: None, at, ..self }
    }

    fn then(self, node: Option<&'a Node>) -> Self {
        Self { node: node.or(self.node), ..self }
    }
}
