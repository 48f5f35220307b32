//! All state of the browser. Inputs and answers change it; what it wants done comes out as effects. It reads no
//! clock, no file and no terminal.

pub mod action;
mod answers;
mod asking;
pub mod columns;
pub mod decision;
mod dialogs;
pub mod effect;
pub mod export;
mod filtering;
mod growing;
pub mod help;
pub mod history;
pub mod lanes;
pub mod map;
pub mod matrix;
pub mod menu;
pub mod mouse;
mod movement;
pub mod noting;
mod options;
pub mod palette;
pub mod pane;
pub mod prompt;
pub mod rereading;
pub mod revising;
pub mod rows;
pub mod selection;
mod session;
pub mod sidebar;
pub mod source;
pub mod strip;
mod typing;
mod update;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::chronology::letters::Letters;
use crate::keymap::Keymap;
use crate::layout::screen::{Areas, Pane, Wishes, areas};
use crate::notebook::{EventName, Notebook, Noticed};
use crate::query::{Dimension, Filter, Highlighter, Noted};
use crate::store::{Count, Info, Key, Keys, Question, Row, Slot};
use action::Mode;
use asking::{Asked, Why};
use columns::{Column, ColumnMenu};
use decision::Decision;
use effect::{Effect, Writing};
use export::Export;
use history::{History, Snapshot};
use lanes::Lanes;
use map::Map;
use matrix::Matrix;
use menu::{Confirm, Menu};
use noting::NotedMenu;
pub use options::{Focus, Options, View};
use prompt::Prompt;
use revising::Revising;
use rows::Rows;
use selection::Selection;
use sidebar::Sidebar;
use source::SourceView;
use strip::Strip;

/// Dimensions whose values only counting tells: the completion of filters needs them whether or not the sidebar is
/// shown.
const COUNTED: [Dimension; 2] = [Dimension::Kind, Dimension::Tag];

/// What lies over the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// A line is being typed.
    Prompt(Prompt),
    /// A menu of values.
    Menu(Menu),
    /// The menu of columns.
    Columns(ColumnMenu),
    /// The list of what is noted.
    Noted(NotedMenu),
    /// The export dialog.
    Export(Export),
    /// A question about replacing files, over the export dialog it came from.
    Confirm(Confirm),
    /// A decision that is asked for.
    Decision(Decision),
    /// The help, with its first line, for a mode.
    Help(usize, Mode),
}

/// A line for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
}

/// Where the reader is: a key of the order, and the event that was there.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// The key.
    pub key: Key,
    /// Whether the next window sets the cursor to the row it lights (after a jump), rather than lighting the
    /// nearest while the cursor stays (after a filter).
    adopt: bool,
}

/// The search.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What is searched for; `None`: nothing.
    pub filter: Option<Arc<Filter>>,
    /// What to highlight: the search, else the filter's own words.
    pub highlighter: Highlighter,
    /// How many hits there are in what is shown.
    pub hits: Option<Count>,
}

/// The event pane's state.
#[derive(Clone, Debug, Default)]
pub struct PaneState {
    /// The first line on screen.
    pub scroll: usize,
    /// The lit link.
    pub link: Option<usize>,
    /// Events that links were followed from.
    back: Vec<Key>,
}

/// Why a jump was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Jump {
    /// To a hit, on or back; `wrapped` once it went on from the other end.
    Hit { forward: bool, wrapped: bool },
    /// To an event of the actor in focus.
    Actor,
    /// Along a link.
    Link,
    /// To an event named in the palette.
    Id(String),
    /// To an event that is noted.
    Noted(Noticed),
    /// To where the reader was the last time.
    Resumed,
    /// To an event that was revised, or is to be.
    Revised,
    /// To nowhere: the event with this key is joined with the lit one.
    Join(Key),
}

/// An event that is being gone to by its id, while its rows are on their way: the filter may hide it.
#[derive(Clone, Debug)]
struct Followed {
    key: Key,
    title: String,
    from: Option<Key>,
}

/// The browser.
#[derive(Debug)]
pub struct App {
    /// What the store is.
    pub info: Info,
    /// What was asked for.
    pub options: Options,
    /// The keys.
    pub keymap: Keymap,
    /// Keys that were pressed and of which more are needed.
    pub pressed: Vec<crate::keymap::Key>,
    /// What is hidden.
    pub filter: Arc<Filter>,
    /// What is searched for.
    pub search: Search,
    /// What the middle pane shows.
    pub view: View,
    /// The lanes.
    pub lanes: Lanes,
    /// The letters that go with the parties' colours.
    pub letters: Letters,
    /// The matrix.
    pub matrix: Matrix,
    /// The map.
    pub map: Map,
    /// The document that is read.
    pub source: SourceView,
    /// The rows around the cursor.
    pub rows: Rows,
    /// The columns of the timeline, in order.
    pub columns: Vec<Column>,
    /// Where the reader is.
    pub cursor: Cursor,
    /// How many events are shown.
    pub count: Option<Count>,
    /// How many of them stand before the lit one or on it.
    pub rank: Option<u64>,
    /// What is selected.
    pub selection: Selection,
    /// How many that is in what is shown.
    pub selected: Option<Count>,
    /// What is known of events beside what stands in them: marks of the reader, changes of the file.
    pub noted: Arc<Noted>,
    /// What the reader noted.
    pub notebook: Arc<Notebook>,
    /// What is changed in the chronology itself.
    pub revising: Revising,
    /// The event that a note is being written to.
    noting: Option<(EventName, Noticed)>,
    /// What can be undone.
    pub history: History,
    /// Which pane has the keys.
    pub focus: Focus,
    /// The event pane.
    pub pane: PaneState,
    /// The sidebar.
    pub sidebar: Sidebar,
    /// The strip.
    pub strip: Strip,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The last thing said.
    pub message: Option<Message>,
    /// Whether the time since the previous event is shown.
    pub elapsed: bool,
    /// The id of the actor in focus.
    pub actor: Option<String>,
    /// Why nothing is shown: each term with what would be without it.
    pub explained: Vec<(Filter, Count)>,
    /// Values of the filter that name nothing, with the nearest that do.
    pub unknown: Vec<(String, Option<String>)>,
    /// Why the sources cannot be read as they stand, while what was read before is shown.
    pub broken: Option<String>,
    /// How far the export that is being written has come.
    pub exporting: Option<Writing>,
    /// Whether the mouse acts here rather than in the terminal.
    pub mouse: bool,
    drag: Option<mouse::Drag>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    suspended_export: Option<Export>,
    /// Events that the palette has found.
    found: Vec<Row>,
    jump: Option<Jump>,
    followed: Option<Followed>,
    /// By slot, in order of urgency.
    asked: BTreeMap<Slot, Asked>,
    why_rows: Why,
    serial: u64,
    effects: Vec<Effect>,
    titles: HashMap<(u32, String), String>,
}

impl App {
    /// A browser of a store, with the first questions to it.
    pub fn new(info: Info, mut options: Options, size: (u16, u16)) -> (Self, Vec<Effect>) {
        let filter = Arc::new(options.filter.clone());
        let first = Key::end(true, options.reverse);
        let start = options.at.as_ref().map_or(first, |at| movement::key_at(at, options.reverse));
        let columns = Some(&options.columns).filter(|columns| !columns.is_empty());
        let mut app = Self {
            info,
            columns: columns.cloned().unwrap_or_else(Column::usual),
            keymap: options.keymap.clone(),
            pressed: Vec::new(),
            search: Search { highlighter: Highlighter::new(&filter), ..Search::default() },
            filter,
            view: options.view,
            lanes: Lanes::default(),
            letters: Letters::default(),
            matrix: Matrix::default(),
            map: Map::default(),
            source: SourceView::default(),
            rows: Rows::default(),
            cursor: Cursor { key: start, adopt: true },
            count: None,
            rank: None,
            selection: Selection::default(),
            selected: None,
            noted: Arc::new(Noted { marked: options.notebook.marked(), ..Noted::default() }),
            notebook: Arc::new(options.notebook.clone()),
            revising: Revising::new(std::mem::take(&mut options.revisable)),
            noting: None,
            history: History::default(),
            focus: Focus::List,
            pane: PaneState::default(),
            sidebar: Sidebar::new(),
            strip: Strip::default(),
            overlay: None,
            message: options.remark.clone().map(|text| Message { text, is_error: true }),
            elapsed: options.elapsed,
            actor: None,
            explained: Vec::new(),
            unknown: Vec::new(),
            broken: None,
            exporting: None,
            mouse: options.mouse,
            drag: None,
            size,
            suspended_export: None,
            found: Vec::new(),
            jump: None,
            followed: None,
            asked: BTreeMap::new(),
            why_rows: Why::default(),
            serial: 0,
            effects: Vec::new(),
            titles: HashMap::new(),
            options,
        };
        // Three columns need width; on a narrower screen the sidebar comes when it is asked for.
        app.sidebar.shown = app.options.sidebar.unwrap_or(size.0 >= 120);
        app.letters.extend(&app.info.catalogue.parties);
        if let Some(session) = app.options.session.take() {
            app.resume(&session);
        }
        app.begin_revising();
        app.strip.begin(app.info.extent, size.0);
        app.lay_lanes();
        app.ask_rows(Why::Filtered);
        app.ask_all_but_rows();
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Where the parts of the screen lie.
    pub fn areas(&self) -> Areas {
        areas(Wishes {
            size: self.size,
            sidebar: self.sidebar.shown,
            keys: match self.focus {
                Focus::List => Pane::Middle,
                Focus::Event => Pane::Event,
                Focus::Sidebar => Pane::Sidebar,
            },
            across: matches!(self.view, View::Lanes | View::Matrix | View::Map),
        })
    }

    /// Where the keys go.
    pub fn mode(&self) -> Mode {
        match &self.overlay {
            Some(Overlay::Prompt(_)) => Mode::Prompt,
            Some(
                Overlay::Menu(_)
                | Overlay::Columns(_)
                | Overlay::Noted(_)
                | Overlay::Confirm(_)
                | Overlay::Decision(_),
            ) => Mode::Menu,
            Some(Overlay::Export(export)) => match export.field {
                export::Field::Formats => Mode::Menu,
                export::Field::Path => Mode::Prompt,
            },
            Some(Overlay::Help(..)) => Mode::Help,
            None => match self.focus {
                Focus::List => match self.view {
                    View::Timeline => Mode::List,
                    View::Lanes => Mode::Lanes,
                    View::Source if self.source.chosen.is_some() => Mode::Words,
                    View::Source => Mode::Source,
                    View::Matrix => Mode::Matrix,
                    View::Map => Mode::Map,
                },
                Focus::Event => Mode::Event,
                Focus::Sidebar => Mode::Sidebar,
            },
        }
    }

    /// The event that is shown in the pane.
    pub fn lit(&self) -> Option<&Row> {
        self.rows.lit_row()
    }

    /// The filter and order that everything shown answers to.
    pub fn question(&self) -> Question {
        self.question_of(Arc::clone(&self.filter))
    }

    fn question_of(&self, filter: Arc<Filter>) -> Question {
        let asked = filter.asks_what_is_noted();
        let noted = if asked { Arc::clone(&self.noted) } else { Arc::default() };
        Question { filter, reverse: self.options.reverse, noted }
    }

    /// The filter and the search together.
    fn search_question(&self) -> Option<Question> {
        let search = self.search.filter.as_ref()?;
        Some(self.question_of(Arc::new(self.filter.and(search))))
    }

    /// Everything selected, the range being drawn included.
    pub fn selected_keys(&self) -> Keys {
        self.selection.with_cursor(self.lit().map_or(self.cursor.key, |row| row.key))
    }

    /// The event pane's text at a width.
    pub fn pane_text(&self, columns: usize) -> pane::PaneText {
        let Some(row) = self.lit() else { return pane::PaneText::default() };
        let layer = row.entry.layer.0;
        let title_of = |id: &str| self.title_of(layer, id);
        pane::compose(&pane::Subject {
            entry: &row.entry,
            certainty: row.certainty,
            changed: self.has_changed(&row.entry),
            noticed: self.noticed(&row.entry),
            catalogue: &self.info.catalogue,
            highlighter: &self.search.highlighter,
            title_of: &title_of,
            columns,
            ascii: self.options.ascii,
        })
    }

    /// The title of an event of a layer, among the rows held and those seen before.
    fn title_of(&self, layer: u32, id: &str) -> Option<String> {
        self.titles.get(&(layer, id.to_owned())).cloned()
    }

    /// Says something.
    fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_error: false });
    }

    /// Says that something is wrong.
    fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_error: true });
    }

    /// What is wrong with the sources for as long as it is.
    pub fn problem(&self) -> Option<&str> {
        self.broken.as_deref().or(self.info.problem.as_deref())
    }

    /// What can be undone, as it is now.
    fn snapshot(&self) -> Snapshot {
        self.snapshot_with(self.revising.steps())
    }

    /// The same with other changes of the chronology.
    fn snapshot_with(&self, steps: crate::revise::Steps) -> Snapshot {
        Snapshot {
            steps,
            filter: Arc::clone(&self.filter),
            selected: self.selection.keys.clone(),
            notebook: Arc::clone(&self.notebook),
        }
    }

    /// How many lines the timeline has on screen.
    fn list_height(&self) -> usize {
        usize::from(self.list_parts().1.height)
    }
}
