//! Changing a chronology in TOML: keys, items of lists and whole tables are set, put in and taken out, and nothing
//! else changes. Comments and order stay as they are.

use std::ops::Range;

use serde_json::{Map, Value};

use super::super::splice::{Splice, indent_before, line_break, line_end, line_start};
use super::super::tree::{Kind, Member, Node};
use super::write;

/// The changes that are being made to a text.
pub(crate) struct Amend<'a> {
    text: &'a str,
    line_break: &'static str,
    splices: Vec<Splice>,
}

impl<'a> Amend<'a> {
    /// Nothing is changed yet.
    pub fn new(text: &'a str) -> Self {
        Self { text, line_break: line_break(text), splices: Vec::new() }
    }

    /// The text with all changes made.
    pub fn done(self) -> String {
        super::super::splice::apply(self.text, self.splices)
    }

    fn raw(&self, at: &Range<usize>) -> &'a str {
        self.text.get(at.clone()).unwrap_or_default()
    }

    fn put(&mut self, at: usize, with: String) {
        self.splices.push(Splice::insert(at, with));
    }

    fn cut(&mut self, at: Range<usize>) {
        self.splices.push(Splice { at, with: String::new() });
    }

    /// Whether a value is tables under headings of their own rather than something behind an equals sign.
    fn has_headings(&self, value: &Node) -> bool {
        let headed = |node: &Node| self.raw(&node.at).starts_with('[');
        match &value.kind {
            Kind::Table(_) => headed(value),
            Kind::List(items) => {
                items.first().is_some_and(|item| matches!(item.kind, Kind::Table(_)) && headed(item))
            }
            _ => false,
        }
    }

    /// Where the last line ends that belongs to a value, with all that stands in it.
    fn end(&self, node: &Node) -> usize {
        line_end(self.text, furthest(node))
    }

    /// Sets a key of a table to a value, or takes it out (null). New keys stand where `order` has them.
    pub fn set(&mut self, table: &Node, key: &str, now: &Value, order: &[&str]) {
        let member = table.members().iter().find(|member| member.key == key);
        match (member, now) {
            (None, Value::Null) => {}
            (None, now) => self.add_key(table, key, now, order),
            (Some(member), Value::Null) => self.remove_key(table, member),
            (Some(member), Value::Array(items)) if matches!(member.value.kind, Kind::List(_)) => {
                self.set_list(table, member, items, order);
            }
            (Some(member), now) => {
                self.splices.push(Splice { at: member.value.at.clone(), with: write::inline(now) });
            }
        }
    }

    fn add_key(&mut self, table: &Node, key: &str, value: &Value, order: &[&str]) {
        let written = format!("{} = {}", write::key(key), write::member(key, value));
        let written = written.replace('\n', self.line_break);
        let before = order.iter().take_while(|known| **known != key);
        let plain = |name: &&str| {
            table.members().iter().find(|member| member.key == **name && !self.has_headings(&member.value))
        };
        let beside = before.filter_map(plain).last();
        if self.raw(&table.at).starts_with('{') {
            let written = format!("{} = {}", write::key(key), write::inline(value));
            let splice = match (beside, table.members().first()) {
                (Some(beside), _) => Splice::insert(furthest(&beside.value), format!(", {written}")),
                (None, Some(first)) => Splice::insert(first.key_at.start, format!("{written}, ")),
                (None, None) => Splice { at: table.at.clone(), with: format!("{{ {written} }}") },
            };
            return self.splices.push(splice);
        }
        let (at, indent) = match beside {
            Some(member) => {
                (self.end(&member.value), indent_before(self.text, member.key_at.start).unwrap_or_default())
            }
            None => (line_end(self.text, table.at.start), ""),
        };
        self.put(at, format!("{}{indent}{written}", self.line_break));
    }

    fn remove_key(&mut self, table: &Node, member: &Member) {
        if self.has_headings(&member.value) {
            for item in tables_of(&member.value) {
                self.remove_lines(item.at.start, item);
            }
        } else if self.raw(&table.at).starts_with('{') {
            let members = table.members();
            let place = members.iter().position(|other| other.key_at == member.key_at).unwrap_or_default();
            let before = place.checked_sub(1).and_then(|before| members.get(before));
            let at = match (before, members.get(place + 1)) {
                (Some(before), _) => furthest(&before.value)..furthest(&member.value),
                (None, Some(next)) => member.key_at.start..next.key_at.start,
                (None, None) => member.key_at.start..furthest(&member.value),
            };
            self.cut(at);
        } else {
            self.remove_lines(member.key_at.start, &member.value);
        }
    }

    /// Takes out the lines from a byte to the end of a value. Comments among them that have lines of their own stay.
    fn remove_lines(&mut self, from: usize, value: &Node) {
        let start = line_start(self.text, from);
        let end = self.end(value);
        let next =
            self.text.get(end..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |at| end + at + 1);
        let mut at = start;
        let mut values = Vec::new();
        spans(value, &mut values);
        let mut kept = String::new();
        while at < next {
            let until =
                self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(next, |found| at + found + 1);
            let line = self.text.get(at..until).unwrap_or_default();
            let inside = values.iter().any(|value| value.start < at && at < value.end);
            if line.trim_start().starts_with('#') && !inside {
                kept.push_str(line);
            }
            at = until;
        }
        self.splices.push(Splice { at: start..next, with: kept });
    }

    /// Makes a list hold these items: what is the same at its beginning and its end stays as it is written.
    fn set_list(&mut self, table: &Node, member: &Member, now: &[Value], order: &[&str]) {
        let list = &member.value;
        let items = list.items();
        let was: Vec<Value> = items.iter().map(Node::to_json).collect();
        let head = was.iter().zip(now).take_while(|(was, now)| was == now).count();
        let left = was.len().min(now.len()) - head;
        let tail =
            was.iter().rev().zip(now.iter().rev()).take(left).take_while(|(was, now)| was == now).count();
        let (gone, new) = (head..was.len() - tail, now.get(head..now.len() - tail).unwrap_or_default());
        match (gone.is_empty(), new.is_empty()) {
            (true, true) => {}
            (true, false) => self.add_items(member, head, new),
            (false, true) => self.remove_items(list, gone),
            (false, false) if self.has_headings(list) => {
                self.remove_key(table, member);
                self.add_key(table, &member.key, &Value::Array(now.to_vec()), order);
            }
            (false, false) => {
                for (item, value) in items.iter().skip(gone.start).zip(new) {
                    self.splices.push(Splice { at: item.at.clone(), with: write::inline(value) });
                }
                let same = gone.len().min(new.len());
                if new.len() > same {
                    self.add_items(member, gone.end, new.get(same..).unwrap_or_default());
                } else if gone.len() > same {
                    self.remove_items(list, gone.start + same..gone.end);
                }
            }
        }
    }

    /// Puts items into a list before the item of this number.
    fn add_items(&mut self, member: &Member, before: usize, values: &[Value]) {
        let list = &member.value;
        let items = list.items();
        if self.has_headings(list) {
            return self.add_headed(items, before, values);
        }
        let values: Vec<String> = values.iter().map(write::inline).collect();
        let previous = before.checked_sub(1).and_then(|place| items.get(place));
        match (previous, items.first()) {
            (Some(previous), _) => self.add_behind(member, previous, &values),
            (None, Some(first)) => {
                let gap = match indent_before(self.text, first.at.start) {
                    Some(indent) => format!("{}{indent}", self.line_break),
                    None => " ".to_owned(),
                };
                self.put(first.at.start, joined(values.iter().map(|value| format!("{value},{gap}"))));
            }
            (None, None) => self.put(list.at.start + 1, values.join(", ")),
        }
    }

    /// Puts tables with the heading of the first into a list of such.
    fn add_headed(&mut self, items: &[Node], before: usize, values: &[Value]) {
        let heading =
            items.first().map(|item| self.raw(&(item.at.start..line_end(self.text, item.at.start))));
        let heading = heading.unwrap_or_default().split('#').next().unwrap_or_default().trim_end();
        let nl = self.line_break;
        let written = values.iter().filter_map(Value::as_object);
        let tables = written.map(|value| format!("{heading}{nl}{}", write::lines(value, nl)));
        if let Some(item) = before.checked_sub(1).and_then(|place| items.get(place)) {
            let text = joined(tables.map(|table| format!("{nl}{nl}{}", table.trim_end())));
            self.put(self.end(item), text);
        } else {
            let start = items.first().map_or(0, |item| line_start(self.text, item.at.start));
            let text = joined(tables.map(|table| format!("{table}{nl}")));
            self.put(start, text);
        }
    }

    fn add_behind(&mut self, member: &Member, previous: &Node, values: &[String]) {
        let end = previous.at.end;
        let nl = self.line_break;
        let Some(indent) = indent_before(self.text, previous.at.start) else {
            // Sources are long, and get lines of their own.
            let gap = if member.key == "sources" { format!("{nl}  ") } else { " ".to_owned() };
            return self.put(end, joined(values.iter().map(|value| format!(",{gap}{value}"))));
        };
        let rest = self.raw(&(end..line_end(self.text, end)));
        let (comma, behind) = match rest.trim_start().strip_prefix(',') {
            Some(behind) => (true, behind),
            None => (false, rest),
        };
        // A comment behind the item stays behind it.
        let ends_line = behind.trim().is_empty() || behind.trim_start().starts_with('#');
        match (comma, ends_line) {
            (true, true) => {
                let text = joined(values.iter().map(|value| format!("{nl}{indent}{value},")));
                self.put(line_end(self.text, end), text);
            }
            (false, true) => {
                self.put(end, ",".to_owned());
                let text =
                    values.iter().map(|value| format!("{nl}{indent}{value}")).collect::<Vec<_>>().join(",");
                self.put(line_end(self.text, end), text);
            }
            (_, false) => {
                self.put(end, joined(values.iter().map(|value| format!(",{nl}{indent}{value}"))));
            }
        }
    }

    fn remove_items(&mut self, list: &Node, gone: Range<usize>) {
        let items = list.items();
        if self.has_headings(list) {
            for item in items.iter().take(gone.end).skip(gone.start) {
                self.remove_lines(item.at.start, item);
            }
            return;
        }
        let (Some(first), Some(latter)) = (items.get(gone.start), items.get(gone.end.saturating_sub(1)))
        else {
            return;
        };
        if gone.len() == items.len() {
            return self.splices.push(Splice { at: list.at.clone(), with: "[]".to_owned() });
        }
        // What follows the last of them on its line: only where it is a comma or a comment the lines go as a whole.
        let end = line_end(self.text, latter.at.end);
        let behind = self.raw(&(latter.at.end..end)).trim_start();
        let behind = behind.strip_prefix(',').unwrap_or(behind).trim_start();
        let alone = behind.is_empty() || behind.starts_with('#');
        if indent_before(self.text, first.at.start).is_some() && alone {
            let start = line_start(self.text, first.at.start);
            let next = self.text.get(end..).and_then(|rest| rest.find('\n')).map_or(end, |at| end + at + 1);
            return self.cut(start..next);
        }
        let before = gone.start.checked_sub(1).and_then(|before| items.get(before));
        match (before, items.get(gone.end)) {
            (Some(before), _) => self.cut(before.at.end..latter.at.end),
            (None, Some(next)) => self.cut(first.at.start..next.at.start),
            (None, None) => {}
        }
    }

    /// Adds a table to one of the lists of the chronology, behind its item of this number, else at its end.
    pub fn add_table(&mut self, root: &Node, list: &str, item: &Map<String, Value>, behind: Option<usize>) {
        let nl = self.line_break;
        let member = root.members().iter().find(|member| member.key == list);
        if let Some(member) = member.filter(|member| !self.has_headings(&member.value)) {
            let place = behind.map_or(member.value.items().len(), |place| place + 1);
            return self.add_items(member, place, &[Value::Object(item.clone())]);
        }
        let tables = root.tables(list);
        let table = format!("[[{list}]]{nl}{}", write::lines(item, nl));
        let table = table.trim_end();
        if let Some(before) = behind.and_then(|place| tables.get(place)).or(tables.last()) {
            return self.put(self.end(before), format!("{nl}{nl}{table}"));
        }
        let gap = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { nl };
        let blank = if self.text.trim().is_empty() { "" } else { nl };
        self.put(self.text.len(), format!("{gap}{blank}{table}{nl}"));
    }

    /// Takes a table out of one of the lists of the chronology.
    pub fn remove_table(&mut self, root: &Node, list: &str, place: usize) {
        let Some(member) = root.members().iter().find(|member| member.key == list) else { return };
        if !self.has_headings(&member.value) {
            return self.remove_items(&member.value, place..place + 1);
        }
        let Some(table) = root.tables(list).get(place).copied() else { return };
        self.remove_lines(table.at.start, table);
        // One of the blank lines around it goes with it.
        let Some(splice) = self.splices.last_mut().filter(|splice| splice.with.is_empty()) else { return };
        let rest = self.text.get(splice.at.end..).unwrap_or_default();
        let blank = ["\r\n", "\n"].into_iter().find(|blank| rest.starts_with(blank));
        splice.at.end += blank.map_or(0, str::len);
    }
}

/// Texts one behind the other.
fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().concat()
}

/// The furthest byte that a value reaches, with all that stands in it: a table under a heading ends with its last key.
pub(crate) fn furthest(node: &Node) -> usize {
    let inner = node.members().iter().map(|member| &member.value).chain(node.items());
    inner.map(furthest).fold(node.at.end, usize::max)
}

/// The bytes of all values in a value that are no tables.
fn spans(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Table(members) => {
            for member in members {
                spans(&member.value, found);
            }
        }
        Kind::List(items) if items.iter().any(|item| matches!(item.kind, Kind::Table(_))) => {
            for item in items {
                spans(item, found);
            }
        }
        _ => found.push(node.at.clone()),
    }
}

/// A table under a heading, or the tables of a list that are.
fn tables_of(value: &Node) -> Vec<&Node> {
    match &value.kind {
        Kind::List(items) => items.iter().collect(),
        _ => vec![value],
    }
}
