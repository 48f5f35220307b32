//! What drawing costs without a terminal: the state of the browser to a buffer, and the buffer's difference
//! to bytes.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use annals::app::effect::Effect;
use annals::app::{App, Options};
use annals::chronology::{self, LayerInput};
use annals::formats::{self, Collector};
use annals::keymap::{Code, Key};
use annals::store::{self, Columns, Ctl, Store};
use annals::term::Depth;
use annals::term::paint::{self, Grid};
use annals::ui;
use annals::ui::style::Styles;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::table::{Table, Unit};
use crate::views::{VIEWS, View};

const CHRONOLOGY: &str = include_str!("../../assets/iraq-coalition-talks.toml");
const ARTICLE: &str = include_str!("../../seeds/000_c36e707fd56555f2.txt");

/// Adds the rows.
pub fn rows(table: &mut Table, runs: usize) {
    let store = store();
    let timeline = &VIEWS[..1];
    for (size, views) in [((80, 24), timeline), ((200, 50), VIEWS)] {
        let (columns, rows) = size;
        for view in views {
            let frames = frames(&store, size, view, runs * 5);
            let name = |what: &str| format!("{}: {what}, {columns}x{rows}", view.name);
            table.row(&name("drawing everything"), Unit::Microseconds, frames.whole);
            table.row(&name("update and drawing after a key"), Unit::Microseconds, frames.moved);
            table.row(&name("bytes for a key"), Unit::Bytes, frames.bytes);
        }
    }
}

/// What frames cost: microseconds for those drawn anew, and for a key with the frame that follows it; bytes of these.
#[derive(Default)]
struct Frames {
    whole: Vec<f64>,
    moved: Vec<f64>,
    bytes: Vec<f64>,
}

fn frames(store: &Columns, size: (u16, u16), view: &View, runs: usize) -> Frames {
    let (mut app, effects) = App::new(store.info(), Options::default(), size);
    settle(&mut app, store, effects);
    for char in view.key.chars() {
        let effects = app.key(Key::plain(Code::Char(char)));
        settle(&mut app, store, effects);
    }
    let styles = Styles::new(Depth::True, false);
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let mut draw = |app: &App| {
        let drawn = terminal.draw(|frame| ui::render(frame, black_box(app), &styles)).unwrap();
        Grid::of(drawn.buffer, true)
    };
    let mut frames = Frames::default();
    for run in 0..runs {
        // As after a change of size: nothing of the last frame counts.
        let start = Instant::now();
        let shown = draw(&app);
        black_box(paint::changes(&shown.emptied(), &shown));
        frames.whole.push(start.elapsed().as_secs_f64() * 1e6);
        let [on, back] = view.keys;
        let key = Key::plain(Code::Char(if run / 20 % 2 == 0 { on } else { back }));
        let start = Instant::now();
        let effects = app.key(key);
        settle(&mut app, store, effects);
        let strokes = black_box(paint::changes(&shown, &draw(&app)));
        frames.moved.push(start.elapsed().as_secs_f64() * 1e6);
        frames.bytes.push(strokes.bytes.len() as f64);
    }
    frames
}

/// Answers what the browser asks, and what it asks upon that.
fn settle(app: &mut App, store: &Columns, effects: Vec<Effect>) {
    let mut effects = effects;
    while !effects.is_empty() {
        effects = effects
            .into_iter()
            .flat_map(|effect| match effect {
                Effect::Ask(slot, serial, request) => {
                    app.answer(slot, serial, store::perform(store, &request, &Ctl::default()))
                }
                _ => Vec::new(),
            })
            .collect();
    }
}

/// The built-in chronology.
fn store() -> Columns {
    let mut collector = Collector::default();
    let read = formats::by_name("toml").and_then(|format| format.read).expect("TOML can be read");
    read(&mut CHRONOLOGY.as_bytes(), &mut collector).expect("bytes in memory can be read");
    let chronology = collector.chronology;
    let (title, summary) = (chronology.title.clone(), chronology.summary.clone());
    let texts: HashMap<String, Arc<str>> =
        chronology.documents.iter().map(|document| (document.id.clone(), ARTICLE.into())).collect();
    let input = LayerInput { chronology, texts, ..LayerInput::default() };
    Columns::of(chronology::resolve(vec![input]), title, summary)
}
