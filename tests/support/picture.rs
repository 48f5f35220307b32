//! The browser's screen as a picture: real text in SVG, so that it can be searched, and stays sharp at any size.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use annals::text::width::width;

use super::support::Browser;

/// Columns and rows of the picture.
const SIZE: (u16, u16) = (132, 36);
/// What is pressed before it is taken: a search, and on to one of its hits.
const KEYS: &str = "/ a t t a c k s enter n n n n";

/// Width of a column, in pixels of the picture.
const COLUMN: u16 = 9;
/// Height of a row.
const ROW: u16 = 19;
/// How far below the top of a row its letters stand.
const BASELINE: u16 = 14;
/// What is left free around the screen.
const MARGIN: u16 = 12;
pub const FONT: &str = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
/// The picture has a background of its own, so that it reads on light and dark pages.
const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d8dbe2";
const DIM: &str = "#8b919e";

/// Text with a look, in one row.
struct Run {
    row: u16,
    first: u16,
    columns: u16,
    text: String,
    look: Look,
}

/// How a cell looks.
#[derive(Clone, PartialEq, Eq)]
struct Look {
    foreground: String,
    background: Option<String>,
    bold: bool,
    underlined: bool,
}

/// The picture that the README shows.
pub fn svg() -> String {
    let mut browser = Browser::open(SIZE);
    browser.keys(KEYS);
    of(&browser.draw())
}

/// A screen as SVG.
fn of(buffer: &Buffer) -> String {
    let (width, height) = size((buffer.area.width, buffer.area.height));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FONT}\" font-size=\"15\">\n\
         <title>annals in a terminal</title>\n"
    );
    screen(&mut svg, buffer);
    svg += "</svg>\n";
    svg
}

/// Width and height of the picture of a screen, in pixels.
pub fn size((columns, rows): (u16, u16)) -> (u16, u16) {
    (columns * COLUMN + 2 * MARGIN, rows * ROW + 2 * MARGIN)
}

/// Draws a screen with its background.
pub fn screen(svg: &mut String, buffer: &Buffer) {
    let (width, height) = size((buffer.area.width, buffer.area.height));
    let _ = writeln!(svg, "<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>");
    for run in runs(buffer) {
        draw(svg, &run);
    }
}

/// The runs of cells that look the same, from the top. Cells with nothing to see are left out.
fn runs(buffer: &Buffer) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for row in 0..buffer.area.height {
        let mut covered = 0;
        for first in 0..buffer.area.width {
            let Some(cell) = buffer.cell((first, row)).filter(|_| first >= covered) else { continue };
            let columns = u16::try_from(width(cell.symbol())).unwrap_or(1).max(1);
            covered = first + columns;
            let (text, look) = (cell.symbol(), look(cell));
            match runs.last_mut() {
                Some(run)
                    if run.row == row
                        && run.first + run.columns == first
                        && run.look == look
                        && shape(&run.text).is_none()
                        && shape(text).is_none() =>
                {
                    run.text.push_str(text);
                    run.columns += columns;
                }
                _ => runs.push(Run { row, first, columns, text: text.to_owned(), look }),
            }
        }
    }
    for run in &mut runs {
        if run.look.background.is_none() && !run.look.underlined {
            let spaces = u16::try_from(run.text.chars().take_while(|char| *char == ' ').count()).unwrap_or(0);
            let trimmed = run.text.trim_start().trim_end().to_owned();
            run.columns = u16::try_from(width(&trimmed)).unwrap_or(run.columns);
            run.first += spaces;
            run.text = trimmed;
        }
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

fn draw(svg: &mut String, run: &Run) {
    let (x, y) = (MARGIN + run.first * COLUMN, MARGIN + run.row * ROW);
    let length = run.columns * COLUMN;
    if let Some(color) = &run.look.background {
        rectangle(svg, x, y, length, ROW, color);
    }
    let color = &run.look.foreground;
    if let Some((left, top, shape_width, shape_height)) = shape(&run.text) {
        rectangle(svg, x + left, y + top, shape_width, shape_height, color);
        return;
    }
    if run.look.underlined {
        rectangle(svg, x, y + BASELINE + 2, length, 1, color);
    }
    let weight = if run.look.bold { " font-weight=\"bold\"" } else { "" };
    let text = run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{length}\" fill=\"{color}\"{weight} xml:space=\"preserve\">{text}</text>",
        y + BASELINE,
    );
}

fn rectangle(svg: &mut String, x: u16, y: u16, width: u16, height: u16, color: &str) {
    let _ =
        writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{color}\"/>");
}

/// Characters that have to touch their neighbours, as left, top, width and height within their cell: fonts leave gaps.
fn shape(text: &str) -> Option<(u16, u16, u16, u16)> {
    if let Some(eighths) = "▁▂▃▄▅▆▇█".chars().position(|bar| text.chars().eq([bar])) {
        let height = u16::try_from(eighths + 1).unwrap_or(8) * ROW / 8;
        return Some((0, ROW - height, COLUMN, height));
    }
    match text {
        "│" => Some((COLUMN / 2, 0, 1, ROW)),
        "─" => Some((0, ROW / 2, COLUMN, 1)),
        "▌" => Some((0, 0, COLUMN / 2, ROW)),
        _ => None,
    }
}

fn look(cell: &Cell) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let plain = if has(Modifier::DIM) { DIM } else { FOREGROUND };
    let foreground = color(cell.fg).unwrap_or_else(|| plain.to_owned());
    let background = color(cell.bg);
    let (bold, underlined) = (has(Modifier::BOLD), has(Modifier::UNDERLINED));
    if has(Modifier::REVERSED) {
        let behind = background.unwrap_or_else(|| BACKGROUND.to_owned());
        return Look { foreground: behind, background: Some(foreground), bold, underlined };
    }
    Look { foreground, background, bold, underlined }
}

/// A colour of the fixed palette of 256 from the cube of six levels; `None` for the terminal's own.
fn color(color: Color) -> Option<String> {
    let Color::Indexed(index) = color else { return None };
    let cube = index.checked_sub(16).filter(|cube| *cube < 216)?;
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    Some(format!("#{:02x}{:02x}{:02x}", level(cube / 36), level(cube / 6 % 6), level(cube % 6)))
}
