//! What each thing is called when it is said.

use crate::app::export::Field;
use crate::app::noting::NotedItem;
use crate::app::pane::{Piece, Target};
use crate::app::sidebar::{SideRow, heading};
use crate::app::{App, Overlay};
use crate::chronology::Review;
use crate::formats::wording::{counted, grouped};
use crate::formats::{by_name, wording};
use crate::query::Choice;
use crate::store::{Count, Slot};
use crate::text::safe::safe_line;
use crate::ui::counts::number;
use crate::when::{Certainty, When, words};

/// Wide enough for a paragraph to be one line: whoever reads it wraps it.
const WIDE: usize = 1 << 16;

/// A line that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// What stands before it.
    pub label: &'static str,
    /// What was typed so far.
    pub text: String,
}

impl Typed {
    /// The line as it stands.
    pub(super) fn line(&self) -> String {
        format!("{}{}", self.label, safe_line(&self.text))
    }
}

/// The line that is being typed.
pub(super) fn typed(app: &App) -> Option<Typed> {
    match &app.overlay {
        Some(Overlay::Prompt(prompt)) => {
            Some(Typed { label: prompt.kind.label(), text: prompt.text().to_owned() })
        }
        Some(Overlay::Export(export)) if export.field == Field::Path => {
            Some(Typed { label: "file ", text: export.path.value().to_owned() })
        }
        _ => None,
    }
}

/// Why the line that is typed cannot be taken.
pub(super) fn fault(app: &App) -> Option<String> {
    let Some(Overlay::Prompt(prompt)) = &app.overlay else { return None };
    let fault = prompt.fault.as_ref()?;
    let hint = fault.hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
    Some(format!("{}{hint}", fault.message))
}

/// The heading of what lies over the panes, and its lit line.
pub(super) fn item(app: &App) -> (Option<String>, Option<String>) {
    let numbered = |text: String, at: usize, of: usize| Some(format!("{text}, {} of {of}", at + 1));
    match &app.overlay {
        Some(Overlay::Menu(menu)) => {
            let line = menu.items.get(menu.cursor).map(|item| format!("{} {}", item.field, item.label));
            let line = line.and_then(|line| numbered(line, menu.cursor, menu.items.len()));
            (Some(menu.purpose.heading().to_owned()), line)
        }
        Some(Overlay::Columns(menu)) => {
            let line = menu.items.get(menu.cursor).map(|column| {
                let shown = app.columns.iter().position(|shown| shown == column);
                let shown =
                    shown.map_or_else(|| "not shown".to_owned(), |place| format!("column {}", place + 1));
                format!("{}: {shown}", column.name())
            });
            (Some("Columns".to_owned()), line.and_then(|line| numbered(line, menu.cursor, menu.items.len())))
        }
        Some(Overlay::Noted(menu)) => {
            let line = menu.items.get(menu.cursor).map(noted);
            (
                Some(menu.heading.to_owned()),
                line.and_then(|line| numbered(line, menu.cursor, menu.items.len())),
            )
        }
        Some(Overlay::Export(export)) => {
            let line = if let Some((name, ticked)) = export.formats.get(export.cursor) {
                format!("{} {name}: {}", tick(*ticked), by_name(name).map_or("", |format| format.title))
            } else {
                let ticked = export.notes.as_ref().is_some_and(|(_, ticked)| *ticked);
                format!("{} with your marks and notes", tick(ticked))
            };
            let line = (export.field == Field::Formats).then_some(line);
            let line = line.and_then(|line| numbered(line, export.cursor, export.last() + 1));
            let how =
                app.told("Write: {select} ticks a format, {next-field} goes to the file name, {open} writes");
            let heading = match &export.preview {
                Some(preview) => format!("{how}. {}", counted(preview.events, "event", "events")),
                None => how,
            };
            (Some(heading), line)
        }
        Some(Overlay::Decision(decision)) => {
            let line = decision.ways.get(decision.cursor);
            let line = line.map(|way| format!("{} {}", way.letter, way.words));
            let heading = format!("{}. {}", decision.heading, decision.text);
            let heading = heading.trim().to_owned();
            (Some(heading), line.and_then(|line| numbered(line, decision.cursor, decision.ways.len())))
        }
        Some(Overlay::Confirm(confirm)) => (Some(format!("{} y or n", confirm.question)), None),
        Some(Overlay::Help(..)) => (Some("Keys".to_owned()), None),
        Some(Overlay::Prompt(_)) | None => (None, None),
    }
}

const fn tick(ticked: bool) -> &'static str {
    if ticked { "ticked" } else { "not ticked" }
}

fn noted(item: &NotedItem) -> String {
    match item {
        NotedItem::Filter(name, query) => format!("{name}: {query}"),
        NotedItem::Event(_, noticed) => {
            let date = When::parse(&noticed.date).map(|when| words::write(&when, None));
            let mark = if noticed.marked { "marked. " } else { "" };
            let date = date.unwrap_or_else(|_| "undated".to_owned());
            let note = if noticed.note.is_empty() { String::new() } else { format!(". {}", noticed.note) };
            format!("{mark}{date}: {}{note}", noticed.title)
        }
    }
}

/// All lines of what is read from its beginning to its end: the help.
pub(super) fn whole(app: &App) -> Vec<String> {
    let Some(Overlay::Help(_, mode)) = &app.overlay else { return Vec::new() };
    let lines = crate::app::help::lines(&app.keymap, *mode, true);
    let said = |line: &crate::app::help::HelpLine| {
        if line.keys.is_empty() { line.text.clone() } else { format!("{}: {}", line.keys, line.text) }
    };
    lines.iter().map(said).chain([app.told("{close} goes on.")]).collect()
}

/// The lit event in a line: date, title, who, and where in the order it stands.
pub(super) fn event(app: &App) -> Option<String> {
    let row = app.lit()?;
    let entry = &row.entry;
    let date = match &entry.when {
        Some(when) => words::write(when, entry.as_of.as_ref()),
        None => "undated".to_owned(),
    };
    let mut parts = vec![format!("{date}: {}", entry.event.title)];
    if entry.contested {
        parts.push("claims differ".to_owned());
    }
    parts.extend(
        entry
            .event
            .review
            .filter(|review| *review != Review::Accepted)
            .map(|review| review.word().to_owned()),
    );
    if row.certainty == Certainty::Possible {
        parts.push("only possibly".to_owned());
    }
    let names = entry.cast.iter().filter(|cast| cast.role != "mentioned").map(|cast| {
        let actor = &app.info.catalogue.actor(cast.actor).actor;
        wording::name_or_id(&actor.name, &actor.id).to_owned()
    });
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        parts.push(names.join(", "));
    }
    if app.selected_keys().contains(row.key) {
        parts.push("selected".to_owned());
    }
    if let Some(noticed) = app.noticed(entry) {
        parts.push(if noticed.marked { "marked" } else { "with your note" }.to_owned());
    }
    if app.has_changed(entry) {
        parts.push("changed".to_owned());
    }
    parts.extend(place(app));
    Some(parts.join(". "))
}

/// "4 of 36".
pub(super) fn place(app: &App) -> Option<String> {
    let shown =
        if app.filter.is_empty() { app.count.map(|_| app.info.total) } else { app.count.map(Count::total) };
    let more = app.is_partial(Slot::Count) || app.info.loading;
    Some(format!("{} of {}", number(app.rank?, app.is_partial(Slot::Rank)), number(shown?, more)))
}

/// Everything that is known of the lit event.
pub(super) fn pane(app: &App) -> Vec<String> {
    let text = app.pane_text(WIDE);
    let line = |pieces: &Vec<Piece>| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    text.lines.iter().map(line).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The lit link of the event that is read.
pub(super) fn link(app: &App) -> Option<String> {
    let text = app.pane_text(WIDE);
    let number = app.pane.link?;
    let (target, line) = text.links.get(number)?;
    let words = text.lines.get(*line)?.iter().filter(|piece| piece.link == Some(number));
    let words: String = words.map(|piece| piece.text.as_str()).collect();
    let what = match target {
        Target::Actor(_) => "actor",
        Target::Event(_) => "event",
        Target::Address(_) => "address",
    };
    Some(format!("{what} {}, link {} of {}", words.trim(), number + 1, text.links.len()))
}

/// The line of the sidebar that has the keys.
pub(super) fn sidebar(app: &App) -> Option<String> {
    let rows = app.sidebar.rows(&app.filter, &app.info.catalogue);
    let at = app.sidebar.cursor.min(rows.len().saturating_sub(1));
    Some(match rows.get(at)? {
        SideRow::Section { dimension, values, open } => {
            let fold = if *open { "open" } else { "folded" };
            format!("{}, {values}, {fold}", heading(*dimension))
        }
        SideRow::Rest(rest) => format!("also: {rest}"),
        SideRow::Value { label, count, choice, open, .. } => {
            let choice = match choice {
                Choice::Unset => "",
                Choice::Only => ", ticked",
                Choice::Excluded => ", left out",
            };
            let fold = match open {
                Some(true) => ", open",
                Some(false) => ", folded",
                None => "",
            };
            let possible = match count.possible {
                0 => String::new(),
                possible => format!(" and {} possible", grouped(possible)),
            };
            format!("{label}{choice}{fold}, {}{possible}", counted(count.certain, "event", "events"))
        }
    })
}
