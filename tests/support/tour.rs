//! A tour of the browser as an asciicast, and a picture made by playing that: what the README shows.
//!
//! The bytes are those that the browser sends for each key. The times are set, so that the same program makes the same
//! recording.

use std::fmt::Write as _;
use std::num::NonZero;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use serde_json::{Value, json};

use annals::term::paint::{Grid, changes};

use super::picture;
use super::support::Browser;

/// Columns and rows.
const SIZE: (u16, u16) = (110, 30);
/// Milliseconds between two keys.
const KEY: u64 = 140;
/// Milliseconds that what a step leads to stays.
const HOLD: u64 = 2_600;

/// What is done, in words, and its keys; what stands between quotation marks is typed.
const STEPS: &[(&str, &str)] = &[
    ("The timeline: when, what, who, and the passage it comes from", ""),
    ("j and k: from event to event", "j j j"),
    ("f: a filter, which counts while it is typed", "f 'party:iran-aligned since:2023-10' enter"),
    ("Enter: read the event", "enter"),
    ("3: the source, passage by passage", "esc 3"),
    ("2: lanes, who did what in parallel", "c 2"),
    ("+: zoom in on the time around the cursor", "+ +"),
    ("4: the matrix, who against when", "0 4"),
    ("5: the map", "5"),
    ("v: select a range", "1 g j j v j j j v"),
    ("w: write what is selected, and see what a format cannot carry", "w"),
];

/// The recording: asciicast, version 2 (“asciicast v2” of the asciinema manual).
pub fn cast() -> String {
    let (width, height) = SIZE;
    let header = json!({ "version": 2, "width": width, "height": height, "title": "annals: a tour" });
    let mut recording =
        Recording { browser: Browser::open(SIZE), lines: vec![header], screen: None, time: 0 };
    for (words, keys) in STEPS {
        for key in keys_of(keys) {
            recording.time += KEY;
            recording.browser.keys(&key);
            recording.draw();
        }
        recording.draw();
        recording.event("m", words);
        recording.time += HOLD;
    }
    let lines: Vec<String> = recording.lines.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

struct Recording {
    browser: Browser,
    lines: Vec<Value>,
    screen: Option<Grid>,
    /// In milliseconds.
    time: u64,
}

impl Recording {
    /// Records what the terminal is sent for the screen as it is now.
    fn draw(&mut self) {
        let now = Grid::of(&self.browser.draw(), true);
        let (width, height) = SIZE;
        let bytes = if let Some(before) = &self.screen {
            changes(before, &now).bytes
        } else {
            let blank = Grid::of(&Buffer::empty(Rect::new(0, 0, width, height)), true);
            [b"\x1b[?25l\x1b[H\x1b[2J".to_vec(), changes(&blank, &now).bytes].concat()
        };
        if !bytes.is_empty() {
            self.event("o", &String::from_utf8(bytes).expect("text"));
        }
        self.screen = Some(now);
    }

    fn event(&mut self, code: &str, data: &str) {
        self.lines.push(json!([self.time as f64 / 1000.0, code, data]));
    }
}

/// The keys of a step, as in the keymap.
fn keys_of(keys: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (number, part) in keys.split('\'').enumerate() {
        if number % 2 == 0 {
            all.extend(part.split_whitespace().map(str::to_owned));
        } else {
            all.extend(part.chars().map(|c| if c == ' ' { "space".to_owned() } else { c.to_string() }));
        }
    }
    all
}

/// The recording as a picture: the screen at the end of each step, one after the other, with what was done below it.
pub fn svg(cast: &str) -> String {
    let frames = frames(cast);
    let (width, height) = picture::size(SIZE);
    let seconds = frames.len() as u64 * HOLD / 1000;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{}\" viewBox=\"0 0 {width} {}\" \
         role=\"img\" font-family=\"{}\" font-size=\"15\">\n<title>annals: a tour</title>\n<style>\n\
         g {{ visibility: hidden; animation: {seconds}s step-end infinite; }}\n",
        height + CAPTION,
        height + CAPTION,
        picture::FONT,
    );
    let share = 100.0 / frames.len() as f64;
    for number in 0..frames.len() {
        let (from, to) = (share * number as f64, share * (number + 1) as f64);
        let before = if number == 0 { "" } else { "0% { visibility: hidden } " };
        let _ = writeln!(
            svg,
            "#s{number} {{ animation-name: k{number} }} @keyframes k{number} {{ {before}{from:.3}% {{ visibility: visible }} {to:.3}% {{ visibility: hidden }} }}",
        );
    }
    svg += "@media (prefers-reduced-motion: reduce) { g { animation: none } #s0 { visibility: visible } }\n</style>\n";
    for (number, (words, buffer)) in frames.iter().enumerate() {
        let _ = writeln!(svg, "<g id=\"s{number}\">");
        picture::screen(&mut svg, buffer);
        let y = height + CAPTION / 2 + 2;
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            svg,
            "<text x=\"12\" y=\"{y}\" fill=\"#6a7280\" font-family=\"sans-serif\">{words}</text>\n</g>"
        );
    }
    svg + "</svg>\n"
}

/// Height of the line below the screen.
const CAPTION: u16 = 32;

/// The screens at the marks of a recording, as a terminal shows them.
fn frames(cast: &str) -> Vec<(String, Buffer)> {
    let (width, height) = SIZE;
    let mut terminal = vt100::Parser::new(at_least_one(height), at_least_one(width), 0);
    let mut frames = Vec::new();
    for line in cast.lines().skip(1) {
        let event: Value = serde_json::from_str(line).expect("an event");
        let data = event[2].as_str().unwrap_or_default();
        match event[1].as_str() {
            Some("o") => terminal.process(data.as_bytes()),
            Some("m") => frames.push((data.to_owned(), buffer(terminal.screen()))),
            _ => {}
        }
    }
    frames
}

fn at_least_one(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap_or(NonZero::<u16>::MIN)
}

/// What a terminal shows, cell by cell.
fn buffer(screen: &vt100::Screen) -> Buffer {
    let (width, height) = SIZE;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    for y in 0..height {
        for x in 0..width {
            let Some((from, to)) = screen.cell(y, x).zip(buffer.cell_mut((x, y))) else { continue };
            if from.is_wide_continuation() {
                continue;
            }
            *to = Cell::default();
            to.set_symbol(if from.contents().is_empty() { " " } else { from.contents() });
            to.fg = color(from.fgcolor());
            to.bg = color(from.bgcolor());
            for (is, modifier) in [
                (from.bold(), Modifier::BOLD),
                (from.dim(), Modifier::DIM),
                (from.underline(), Modifier::UNDERLINED),
                (from.inverse(), Modifier::REVERSED),
            ] {
                to.modifier.set(modifier, is);
            }
        }
    }
    buffer
}

const fn color(color: vt100::Color) -> Color {
    match color {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(index) => Color::Indexed(index),
        vt100::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
