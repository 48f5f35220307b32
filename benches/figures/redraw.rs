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

const CHRONOLOGY: &str = include_str!("../../assets/iraq-coalition-talks.toml");
const ARTICLE: &str = include_str!("../../seeds/000_c36e707fd56555f2.txt");

/// Adds the rows.
pub fn rows(table: &mut Table, runs: usize) {
    let store = store();
    for size in [(80, 24), (200, 50)] {
        let (columns, rows) = size;
        let (whole, moved) = frames(&store, size, runs * 5);
        table.row(&format!("drawing everything, {columns}x{rows}"), Unit::Microseconds, whole);
        table.row(&format!("update and drawing after j or k, {columns}x{rows}"), Unit::Microseconds, moved);
    }
}

/// Microseconds for frames drawn anew, and for a key with the frame that follows it.
fn frames(store: &Columns, size: (u16, u16), runs: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut app, effects) = App::new(store.info(), Options::default(), size);
    settle(&mut app, store, effects);
    let styles = Styles::new(Depth::True, false);
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let mut draw = |app: &App| {
        let drawn = terminal.draw(|frame| ui::render(frame, black_box(app), &styles)).unwrap();
        Grid::of(drawn.buffer, true)
    };
    let (mut whole, mut moved) = (Vec::new(), Vec::new());
    for run in 0..runs {
        // As after a change of size: nothing of the last frame counts.
        let start = Instant::now();
        let shown = draw(&app);
        black_box(paint::changes(&shown.emptied(), &shown));
        whole.push(start.elapsed().as_secs_f64() * 1e6);
        let key =
            Key { code: Code::Char(if run / 20 % 2 == 0 { 'j' } else { 'k' }), ctrl: false, alt: false };
        let start = Instant::now();
        let effects = app.key(key);
        settle(&mut app, store, effects);
        black_box(paint::changes(&shown, &draw(&app)));
        moved.push(start.elapsed().as_secs_f64() * 1e6);
    }
    (whole, moved)
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
