//! A browser without a terminal: keys in, screen out. Answers come at once, in the order of the questions; what is
//! answered in part goes on when the test says so.

#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod growing;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, OnceLock};

use annals::app::effect::{Effect, Outcome};
use annals::app::mouse::Pointer;
use annals::app::rereading::Reread;
use annals::app::revising::Revisable;
use annals::app::{App, Options, View};
use annals::chronology::Resolved;
use annals::keymap::Key;
use annals::query::Filter;
use annals::revise::Manuscript;
use annals::sources;
use annals::store::{Columns, Ctl, Request, Slot, Store, carried, perform};
use annals::term::Depth;
use annals::ui;
use annals::ui::style::Styles;
use annals::when::When;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// The sizes every screen is looked at.
pub const SIZES: [(u16, u16); 6] = [(0, 0), (1, 1), (40, 12), (80, 24), (120, 40), (200, 50)];

/// What is done before the screen is looked at, by name.
pub const STATES: &[(&str, &str)] = &[
    ("start", ""),
    ("event", "G enter ]"),
    ("sidebar", "a j space"),
    ("menu", "j F"),
    ("export", "w"),
    ("help", "?"),
    ("palette", ": g o"),
    ("filter", "f a c t o r : i r"),
    ("fault", "f a k t o r : x"),
    ("search", "/ t r o o p s enter"),
    ("selection", "j j v j j v j j j space T"),
    ("empty", "f k i n d : n o n e enter"),
    ("zoomed", "G + + +"),
    ("lanes", "2 j j l"),
    ("lanes-zoomed", "G 2 enter j l + + +"),
    ("lanes-place", "2 L j"),
    ("source", "3 j j"),
    ("source-filtered", "f k i n d : t a l k s enter 3 j"),
    ("matrix", "4 j l"),
    ("matrix-party", "G 4 L + + j"),
    ("map", "5 j"),
    ("map-zoomed", "G 5 + + +"),
];

/// The browser, its store, and what it wants done.
pub struct Browser {
    pub app: App,
    pub store: Arc<dyn Store>,
    pub effects: Vec<Effect>,
    pub styles: Styles,
    /// What was answered in part: the number of the question, and the question.
    unfinished: BTreeMap<Slot, (u64, Request)>,
    /// The folder of what is revised.
    pub folder: std::path::PathBuf,
    /// What would stand in the journal.
    pub records: Vec<annals::revise::Record>,
}

/// The built-in chronology as a store, read once.
pub fn built_in() -> Arc<dyn Store> {
    static STORE: OnceLock<Arc<dyn Store>> = OnceLock::new();
    Arc::clone(STORE.get_or_init(|| {
        let whole = sources::open(&[], None).expect("the built-in chronology opens");
        store_of(whole.resolved, whole.title, whole.summary)
    }))
}

/// A chronology written in TOML as a store.
pub fn chronology(toml: &str) -> Arc<dyn Store> {
    let whole = read(toml);
    store_of(whole.resolved, whole.title, whole.summary)
}

/// A draft with three proposed events and one article.
pub const DRAFT: &str = include_str!("draft.toml");

/// The article of the draft.
pub const GAZETTE: &str = include_str!("gazette.txt");

/// A chronology that can be revised, in a folder with the article of the draft.
pub fn revisable(toml: &str, file: Option<&str>, size: (u16, u16)) -> (tempfile::TempDir, Browser) {
    revisable_in(toml, file, size, View::Timeline)
}

/// The same, opened in a view.
pub fn revisable_in(
    toml: &str,
    file: Option<&str>,
    size: (u16, u16),
    view: View,
) -> (tempfile::TempDir, Browser) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("gazette.txt"), GAZETTE).expect("written");
    let place = sources::Place {
        origin: "test.toml".to_owned(),
        folder: folder.path().to_path_buf(),
        file: Some("test.toml".into()),
        ..sources::Place::default()
    };
    let loaded = annals::load::of_text(toml, &place).expect("the chronology opens");
    let revisable = Revisable {
        manuscript: Some(Manuscript::read(toml).expect("it is TOML")),
        file: file.map(str::to_owned),
        ..Revisable::default()
    };
    let options = Options { today: Some(today()), revisable, view, ..Options::default() };
    let mut browser = Browser::of(Arc::clone(&loaded.store) as Arc<dyn Store>, options, size);
    browser.folder = folder.path().to_path_buf();
    (folder, browser)
}

/// Events as a store.
pub fn store_of(resolved: Resolved, title: String, summary: String) -> Arc<dyn Store> {
    Arc::new(Columns::of(resolved, title, summary))
}

/// A chronology written in TOML, read.
pub fn read(toml: &str) -> sources::Whole {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.toml");
    std::fs::write(&path, toml).expect("written");
    sources::open(&[path.into_os_string()], None).expect("the chronology opens")
}

/// Saturday, 27 January 2024.
pub fn today() -> When {
    When::day(2024, 1, 27).expect("a day")
}

impl Browser {
    /// Opens the built-in chronology.
    pub fn open(size: (u16, u16)) -> Self {
        Self::of(built_in(), Options { today: Some(today()), ..Options::default() }, size)
    }

    /// Opens the built-in chronology with a filter.
    pub fn filtered(filter: &str, size: (u16, u16)) -> Self {
        let filter = Filter::parse(filter, Some(&today())).expect("a filter");
        Self::of(built_in(), Options { today: Some(today()), filter, ..Options::default() }, size)
    }

    /// Opens a store.
    pub fn of(store: Arc<dyn Store>, options: Options, size: (u16, u16)) -> Self {
        let styles = Styles::new(Depth::Indexed, options.ascii);
        let (app, effects) = App::new(store.info(), options, size);
        let mut browser = Self {
            app,
            store,
            effects: Vec::new(),
            styles,
            unfinished: BTreeMap::new(),
            folder: std::path::PathBuf::new(),
            records: Vec::new(),
        };
        browser.perform(effects);
        browser
    }

    /// Answers questions at once; keeps what else is wanted.
    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Ask(slot, serial, request) => waiting.extend(self.ask(slot, serial, request)),
                Effect::Cancel(slot) => drop(self.unfinished.remove(&slot)),
                Effect::Revise { manuscript, said, records } => {
                    // What is in memory is what stands in the text.
                    let read = Manuscript::read(manuscript.text());
                    assert_eq!(read.as_ref(), Ok(&manuscript));
                    self.records.extend(records);
                    waiting.extend(self.revise(manuscript.text(), said));
                }
                other => self.effects.push(other),
            }
        }
    }

    /// Asks the store, tells the answer, and keeps what is to be gone on with.
    fn ask(&mut self, slot: Slot, serial: u64, request: Request) -> Vec<Effect> {
        let answer = perform(self.store.as_ref(), &request, &Ctl::default());
        if answer.as_ref().is_ok_and(|answer| !answer.done) {
            self.unfinished.insert(slot, (serial, request));
        } else {
            self.unfinished.remove(&slot);
        }
        self.app.answer(slot, serial, answer)
    }

    /// Goes on with everything that was answered in part.
    pub fn go_on(&mut self) -> &mut Self {
        for (slot, (serial, request)) in std::mem::take(&mut self.unfinished) {
            let effects = self.ask(slot, serial, request);
            self.perform(effects);
        }
        self
    }

    /// How many questions were answered only in part and go on.
    pub fn unfinished(&self) -> usize {
        self.unfinished.len()
    }

    /// Tells that the store has changed.
    pub fn changed(&mut self) -> &mut Self {
        let effects = self.app.changed(self.store.info());
        self.perform(effects);
        self
    }

    /// The sources were read again.
    pub fn reread(&mut self, store: Arc<dyn Store>, changed: &[(&str, &str)]) -> &mut Self {
        let places = carried(self.store.as_ref(), store.as_ref(), &self.app.places());
        let changed = changed.iter().map(|(layer, id)| ((*layer).to_owned(), (*id).to_owned())).collect();
        self.store = store;
        self.unfinished.clear();
        let reread = Reread { info: self.store.info(), changed, places, said: "read again".to_owned() };
        let effects = self.app.reread(reread);
        self.perform(effects);
        self
    }

    /// Shows a text of the chronology that was revised.
    fn revise(&mut self, text: &str, said: String) -> Vec<Effect> {
        let place = sources::Place {
            origin: "test.toml".to_owned(),
            folder: self.folder.clone(),
            file: Some("test.toml".into()),
            ..sources::Place::default()
        };
        let loaded = annals::load::of_text(text, &place).expect("what was revised can be read");
        let store: Arc<dyn Store> = Arc::clone(&loaded.store) as Arc<dyn Store>;
        let places = carried(self.store.as_ref(), store.as_ref(), &self.app.places());
        self.store = store;
        self.unfinished.clear();
        let changed = self.app.noted.changed.clone();
        self.app.reread(Reread { info: self.store.info(), changed, places, said })
    }

    /// Presses keys, written as in the keymap and separated by spaces.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for written in keys.split_whitespace() {
            let key = Key::parse(written).unwrap_or_else(|| panic!("{written} is no key"));
            let effects = self.app.key(key);
            self.perform(effects);
        }
        self
    }

    /// Types a text, each character as a key.
    pub fn typed(&mut self, text: &str) -> &mut Self {
        for char in text.chars() {
            let effects = self.app.key(Key::char(char));
            self.perform(effects);
        }
        self
    }

    /// Uses the mouse at a column and row.
    pub fn mouse(&mut self, pointer: Pointer, at: (u16, u16)) -> &mut Self {
        let effects = self.app.mouse(pointer, at);
        self.perform(effects);
        self
    }

    /// Tells what came of an effect.
    pub fn outcome(&mut self, outcome: Outcome) -> &mut Self {
        let effects = self.app.outcome(outcome);
        self.perform(effects);
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        let effects = self.app.resize(size);
        self.perform(effects);
        self
    }

    /// What has been wanted since the last call.
    pub fn wanted(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The id of the lit event.
    pub fn lit(&self) -> &str {
        self.app.lit().map_or("", |row| row.entry.event.id.as_str())
    }

    /// What the status line says.
    pub fn said(&self) -> &str {
        self.app.message.as_ref().map_or("", |message| message.text.as_str())
    }

    /// Draws the screen.
    pub fn draw(&self) -> Buffer {
        let (width, height) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
        terminal.draw(|frame| ui::render(frame, &self.app, &self.styles)).expect("a frame");
        terminal.backend().buffer().clone()
    }

    /// The screen's text.
    pub fn screen(&self) -> String {
        text(&self.draw())
    }

    /// The screen's styles: for every row, the runs of cells that are not plain.
    pub fn look(&self) -> String {
        look(&self.draw())
    }
}

/// A buffer's text, without spaces at the ends of rows.
pub fn text(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
            if skip == 0 {
                line.push_str(symbol);
                skip = annals::text::width::width(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

/// A buffer's styles: `row: first-last style`, plain cells left out.
pub fn look(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in 0..buffer.area.height {
        let mut runs: Vec<(u16, u16, String)> = Vec::new();
        for x in 0..buffer.area.width {
            let Some(cell) = buffer.cell((x, y)) else { continue };
            let style = describe(cell);
            if style.is_empty() || (cell.symbol() == " " && !style.contains("REVERSED")) {
                continue;
            }
            match runs.last_mut() {
                Some((_, last, same)) if *same == style && *last + 1 == x => *last = x,
                _ => runs.push((x, x, style)),
            }
        }
        if !runs.is_empty() {
            let runs: Vec<String> =
                runs.iter().map(|(first, last, style)| format!("{first}-{last} {style}")).collect();
            lines.push(format!("{y}: {}", runs.join(", ")));
        }
    }
    lines.join("\n")
}

fn describe(cell: &ratatui::buffer::Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != ratatui::style::Color::Reset {
        parts.push(format!("{}", cell.fg));
    }
    if cell.bg != ratatui::style::Color::Reset {
        parts.push(format!("on {}", cell.bg));
    }
    if !cell.modifier.is_empty() {
        parts.push(format!("{:?}", cell.modifier));
    }
    parts.join(" ")
}
