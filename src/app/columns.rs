//! The columns of the timeline, and the menu in which they are chosen.

use std::collections::BTreeSet;

use super::action::Action;
use super::effect::Effect;
use super::movement::moved;
use super::{App, Overlay};
use crate::chronology::{Catalogue, Entry};
use crate::formats::wording;
use crate::layout::screen::Area;
use crate::notebook::Change;
use crate::store::Row;

/// How wide the menu is, with its border.
pub const WIDTH: u16 = 44;
/// How many lines a page of the menu is.
const PAGE: usize = 10;
/// What stands before the name of a column that shows one of an event's further fields.
const FIELDS: &str = "fields.";
/// How high the timeline has to be for the names of its columns to stand above it.
const ROOM_FOR_NAMES: u16 = 6;

/// A column of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The date, and how exact it is.
    When,
    /// What happened.
    Title,
    /// Who, in the colours of their parties.
    Actors,
    /// The parties.
    Parties,
    /// The kind.
    Kind,
    /// Where.
    Places,
    /// The tags.
    Tags,
    /// Whether it happened.
    Status,
    /// Who published it, or the title of the document.
    Source,
    /// The id.
    Id,
    /// One of the further fields of the source, by its name.
    Field(String),
}

impl Column {
    /// Those that every event has, in the order of the menu.
    pub const ALL: [Self; 10] = [
        Self::When,
        Self::Title,
        Self::Actors,
        Self::Parties,
        Self::Kind,
        Self::Places,
        Self::Tags,
        Self::Status,
        Self::Source,
        Self::Id,
    ];

    /// Those that are shown until others are chosen.
    pub fn usual() -> Vec<Self> {
        vec![Self::When, Self::Title, Self::Actors]
    }

    /// Its name, by which it is also kept.
    pub fn name(&self) -> String {
        match self {
            Self::When => "when",
            Self::Title => "title",
            Self::Actors => "actors",
            Self::Parties => "parties",
            Self::Kind => "kind",
            Self::Places => "places",
            Self::Tags => "tags",
            Self::Status => "status",
            Self::Source => "source",
            Self::Id => "id",
            Self::Field(name) => return format!("{FIELDS}{name}"),
        }
        .to_owned()
    }

    /// The column of this name.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(field) = name.strip_prefix(FIELDS).filter(|field| !field.is_empty()) {
            return Some(Self::Field(field.to_owned()));
        }
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// The columns of these names, each once. Names that mean nothing (any more) are left out.
    pub fn all_named(names: &[String]) -> Vec<Self> {
        let mut columns = Vec::new();
        for column in names.iter().filter_map(|name| Self::named(name)) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// Its name as a heading.
    pub fn heading(&self) -> String {
        if let Self::Field(name) = self {
            return name.clone();
        }
        let name = self.name();
        let mut chars = name.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// What it shows of an event.
    pub fn text(&self, entry: &Entry, catalogue: &Catalogue) -> String {
        let event = &entry.event;
        let joined = |names: &mut dyn Iterator<Item = &str>| names.collect::<Vec<_>>().join(", ");
        match self {
            Self::When => wording::when_in_short(entry),
            Self::Title => event.title.clone(),
            Self::Actors => {
                let cast = entry.cast.iter().filter(|cast| cast.role != "mentioned");
                joined(&mut cast.map(|cast| wording::actor_name(catalogue, cast)))
            }
            Self::Parties => joined(&mut wording::party_names(catalogue, entry)),
            Self::Kind => event.kind.clone().unwrap_or_default(),
            Self::Places => joined(&mut wording::place_names(catalogue, entry)),
            Self::Tags => event.tags.join(", "),
            Self::Status => entry.status().word().to_owned(),
            Self::Source => source(entry, catalogue),
            Self::Id => event.id.clone(),
            Self::Field(name) => event.fields.get(name).cloned().unwrap_or_default(),
        }
    }
}

/// Who published an event's first source, or what that is called.
fn source(entry: &Entry, catalogue: &Catalogue) -> String {
    let Some(source) = entry.event.sources.first() else { return String::new() };
    let document = wording::document_of(catalogue, entry, source);
    let title = || document.map(|found| wording::name_or_id(&found.document.title, &found.document.id));
    wording::publisher_of(document, source)
        .or_else(title)
        .or(source.url.as_deref())
        .unwrap_or_default()
        .to_owned()
}

/// The menu of columns.
#[derive(Clone, Debug)]
pub struct ColumnMenu {
    /// The columns that can be chosen.
    pub items: Vec<Column>,
    /// The lit line.
    pub cursor: usize,
    /// Those that were shown when it opened.
    before: Vec<Column>,
}

impl ColumnMenu {
    /// A menu of what every event has, and of every further field in `rows` and among the chosen ones.
    fn new(chosen: &[Column], rows: &[Row]) -> Self {
        let names = rows.iter().flat_map(|row| row.entry.event.fields.keys().cloned());
        let also = chosen.iter().filter_map(|column| match column {
            Column::Field(name) => Some(name.clone()),
            _ => None,
        });
        let fields: BTreeSet<String> = names.chain(also).collect();
        let items = Column::ALL.into_iter().chain(fields.into_iter().map(Column::Field)).collect();
        Self { items, cursor: 0, before: chosen.to_vec() }
    }
}

impl App {
    /// Whether others than the usual columns are shown, so that their names stand above them.
    pub fn has_chosen_columns(&self) -> bool {
        self.columns != Column::usual()
    }

    /// Where the names of the columns stand, if they do, and where the timeline's rows.
    pub fn list_parts(&self) -> (Area, Area) {
        let list = self.areas().list;
        let names = u16::from(self.has_chosen_columns() && list.height >= ROOM_FOR_NAMES);
        list.split_top(names)
    }

    pub(super) fn open_columns(&mut self) {
        self.overlay = Some(Overlay::Columns(ColumnMenu::new(&self.columns, &self.rows.rows)));
    }

    pub(super) fn update_columns(&mut self, mut menu: ColumnMenu, action: Action) {
        match action {
            Action::Select => {
                if let Some(column) = menu.items.get(menu.cursor) {
                    self.tick_column(column);
                }
            }
            Action::Open => return self.keep_columns(),
            Action::Close | Action::Leave => {
                self.columns = menu.before;
                return self.fit_list();
            }
            _ => menu.cursor = moved(menu.cursor, menu.items.len().saturating_sub(1), PAGE, action),
        }
        self.overlay = Some(Overlay::Columns(menu));
        self.fit_list();
    }

    /// Shows a column behind the others, or no longer.
    fn tick_column(&mut self, column: &Column) {
        match self.columns.iter().position(|shown| shown == column) {
            Some(place) => drop(self.columns.remove(place)),
            None => self.columns.push(column.clone()),
        }
    }

    /// The columns stay as they were ticked, for this source also the next time; none mean the usual ones.
    fn keep_columns(&mut self) {
        if self.columns.is_empty() {
            self.columns = Column::usual();
        }
        let names = self.columns.iter().map(Column::name).collect();
        self.effects.push(Effect::Keep(Change::Columns(names)));
        self.fit_list();
    }

    fn fit_list(&mut self) {
        let height = self.list_height();
        self.rows.scroll_to_lit(height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_names() {
        for column in Column::ALL.into_iter().chain([Column::Field("fatalities".to_owned())]) {
            assert_eq!(Column::named(&column.name()), Some(column));
        }
        assert_eq!(Column::named("fields."), None);
        assert_eq!(Column::named("colour"), None);
        assert_eq!(Column::Places.heading(), "Places");
        assert_eq!(Column::Field("deaths_a".to_owned()).heading(), "deaths_a");
    }
}
