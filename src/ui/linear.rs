//! The browser's state said in lines, for screen readers, braille displays and terminals whose cursor cannot be moved:
//! what a key changed is said once, at the end, and nothing that was said is changed.

mod lines;

use crate::app::{App, Focus, Overlay, View};
use crate::store::{Key, Slot};
use crate::text::safe::safe_line;
use lines::{Typed, event, item, pane, sidebar, typed, whole};

/// What has been said, so that only what is new is said.
#[derive(Debug, Default)]
pub struct Voice {
    begun: bool,
    typed: Option<Typed>,
    heading: Option<String>,
    item: Option<String>,
    reading: Option<Key>,
    link: Option<usize>,
    sidebar: Option<String>,
    lit: Option<Key>,
    count: Option<String>,
    filter: String,
    selected: Option<String>,
    hits: Option<String>,
    message: Option<String>,
    problem: Option<String>,
    view: View,
}

impl Voice {
    /// What is to be said now, each line ended but for one that is being typed. `keyed`: a key was pressed, and
    /// something has to be said in any case.
    pub fn speak(&mut self, app: &App, keyed: bool) -> String {
        let mut said = Vec::new();
        if !self.begun {
            self.begun = true;
            said.push(app.info.title.clone());
            said.push(app.told("{next} and {previous} go from event to event, {open} reads one, {filter} filters, {help} tells all keys, {leave} quits."));
        }
        let typing = self.typing(app);
        if app.overlay.is_none() {
            self.panes(app, &mut said);
        } else {
            self.over(app, &mut said);
        }
        if typing.is_empty() || typed(app).is_none() {
            // What is said while a word is being typed would stand in its middle.
            self.news(app, &mut said);
        }
        if keyed && typing.is_empty() {
            said.extend(lines::fault(app));
        }
        if said.is_empty() && typing.is_empty() && keyed && !matches!(app.overlay, Some(Overlay::Prompt(_))) {
            said.extend(self.again(app));
        }
        spoken(app, &said, &typing)
    }

    /// What echoes typing: further characters, or what takes them back.
    fn typing(&mut self, app: &App) -> String {
        let now = typed(app);
        let echo = match (&self.typed, &now) {
            (None, None) => String::new(),
            (None, Some(now)) => now.line(),
            (Some(_), None) => "\n".to_owned(),
            (Some(before), Some(now)) if before.label != now.label => format!("\n{}", now.line()),
            (Some(before), Some(now)) => echo(&before.text, &now.text).unwrap_or_else(|| {
                if before.text == now.text { String::new() } else { format!("\n{}", now.line()) }
            }),
        };
        self.typed = now;
        echo
    }

    /// What lies over the panes.
    fn over(&mut self, app: &App, said: &mut Vec<String>) {
        let (heading, item) = item(app);
        if heading.is_some() && heading != self.heading {
            said.extend(heading.clone());
            if matches!(app.overlay, Some(Overlay::Help(..))) {
                said.extend(whole(app));
            }
        }
        if item.is_some() && item != self.item {
            said.extend(item.clone());
        }
        (self.heading, self.item) = (heading, item);
    }

    /// The pane that has the keys.
    fn panes(&mut self, app: &App, said: &mut Vec<String>) {
        (self.heading, self.item) = (None, None);
        if app.view != self.view {
            self.view = app.view;
            said.push(format!("view: {}", app.view.name()));
        }
        self.selected(app, said);
        let lit = app.lit().map(|row| row.key);
        if app.focus == Focus::Event {
            if lit.is_some() && lit != self.reading {
                said.extend(pane(app));
                (self.reading, self.lit) = (lit, lit);
            }
            if app.pane.link != self.link {
                said.extend(lines::link(app));
            }
            self.link = app.pane.link;
            return;
        }
        (self.reading, self.link) = (None, None);
        let row = (app.focus == Focus::Sidebar).then(|| sidebar(app)).flatten();
        if row.is_some() {
            if row != self.sidebar {
                said.extend(row.clone());
            }
            // The numbers of what is shown are said by the line itself.
            self.lit = lit;
        } else if lit != self.lit && is_known(app, Slot::Rank) {
            self.lit = lit;
            said.extend(event(app));
        }
        self.sidebar = row;
    }

    fn selected(&mut self, app: &App, said: &mut Vec<String>) {
        if !is_known(app, Slot::Selected) {
            return;
        }
        let selected = app.selected.map(|count| format!("{} selected", count.total()));
        if selected != self.selected {
            said.push(selected.clone().unwrap_or_else(|| "nothing selected".to_owned()));
        }
        self.selected = selected;
    }

    /// What changed of its own, or follows from what was done: counts, messages, problems.
    fn news(&mut self, app: &App, said: &mut Vec<String>) {
        let message = app.message.as_ref().map(|message| message.text.clone());
        if message != self.message {
            said.extend(message.clone());
        }
        self.message = message;
        let problem = app.problem().map(str::to_owned);
        if problem != self.problem {
            said.extend(problem.clone());
        }
        self.problem = problem;
        // While a filter is typed its count would interrupt; once it stands, it is said.
        if app.overlay.is_some() || app.info.loading {
            return;
        }
        let filter = app.filter.to_string();
        if is_known(app, Slot::Count) {
            let count = super::filter::shown(app);
            if count != self.count || filter != self.filter {
                said.extend(count.clone());
                if app.rows.rows.is_empty() && app.rows.loaded {
                    said.push(
                        app.told("No event fits this filter: {clear-filter} clears it, {undo} undoes."),
                    );
                }
                (self.count, self.filter) = (count, filter);
            }
        }
        if is_known(app, Slot::Search) {
            let hits = app.search.hits.map(|hits| {
                if hits.total() == 1 { "1 hit".to_owned() } else { format!("{} hits", hits.total()) }
            });
            if hits != self.hits {
                said.extend(hits.clone());
            }
            self.hits = hits;
        }
    }

    /// A key that changed nothing: what was said last of where the reader is.
    fn again(&self, app: &App) -> Option<String> {
        if let Some(message) = &app.message {
            return Some(message.text.clone());
        }
        match (&app.overlay, app.focus) {
            (Some(_), _) => self.item.clone(),
            (None, Focus::Sidebar) => self.sidebar.clone(),
            (None, Focus::List) => event(app),
            (None, Focus::Event) => lines::place(app),
        }
    }
}

/// The lines as they are sent: where a line is being typed it is begun again below what was said.
fn spoken(app: &App, said: &[String], typing: &str) -> String {
    let mut text = String::new();
    let open = typed(app);
    if said.is_empty() {
        text.push_str(typing);
        return text;
    }
    if open.is_some() && typing.is_empty() {
        // Below the line that is being typed.
        text.push('\n');
    } else if open.is_none() {
        text.push_str(typing);
    }
    for line in said {
        text.push_str(&safe_line(line));
        text.push('\n');
    }
    if let Some(open) = open {
        text.push_str(&open.line());
    }
    text
}

/// Whether the answer in a slot is there, or as much of it as there is so far.
fn is_known(app: &App, slot: Slot) -> bool {
    !app.awaits(slot) || app.is_partial(slot)
}

/// What makes one text of another where it is added to or shortened at the end; `None` where it is not.
fn echo(before: &str, now: &str) -> Option<String> {
    if let Some(more) = now.strip_prefix(before) {
        return Some(safe_line(more).into_owned());
    }
    let less = before.strip_prefix(now)?;
    let columns = crate::text::width::width(&safe_line(less));
    Some("\u{8} \u{8}".repeat(columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_echoed_and_taken_back() {
        assert_eq!(echo("ab", "abc").as_deref(), Some("c"));
        assert_eq!(echo("abc", "a").as_deref(), Some("\u{8} \u{8}\u{8} \u{8}"));
        assert_eq!(echo("a\u{597d}", "a").as_deref(), Some("\u{8} \u{8}\u{8} \u{8}"));
        assert_eq!(echo("abc", "axc"), None);
        assert_eq!(echo("", "\u{1b}[2J").as_deref(), Some(&*safe_line("\u{1b}[2J")));
    }
}
