//! What the pictures of views share (SVG 1.1): the sheet, its texts and colours.

use std::io::{self, Write};

use maud::{Markup, html};

use crate::chronology::PartyIndex;
use crate::text::safe::safe_line;
use crate::text::width::wrap;

/// The width of all in the picture's own units (CSS pixels).
pub const WIDTH: u32 = 1000;
/// The columns of a line of text.
pub const COLUMNS: usize = 118;
/// Colours of parties, dark enough for white paper.
const COLOURS: [&str; 8] =
    ["#2563a8", "#b3402a", "#1f7a4d", "#8f6200", "#7a3f9d", "#0e7480", "#a83268", "#54606e"];
const STYLE: &str = "text{font-family:'Helvetica Neue',Arial,'Liberation Sans',sans-serif;font-size:11px;fill:#1a1a1a}\
    .title{font-size:19px;font-weight:bold}.party{font-weight:bold}.small{font-size:9px}.faint{fill:#555}";

/// Writes a picture of this height.
///
/// # Errors
/// Those of `out`.
pub fn picture(title: &str, height: u32, content: &Markup, out: &mut dyn Write) -> io::Result<()> {
    let picture = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height)
            role="img" aria-label=(title) {
            title { (title) }
            style { (maud::PreEscaped(STYLE)) }
            rect width="100%" height="100%" fill="#fff" {}
            (content)
        }
    };
    writeln!(out, "{}", picture.into_string())
}

/// The title and what is shown, at the top; gives the height behind them.
pub fn head(title: &str, described: &str) -> (u32, Markup) {
    let (y, title) = paragraph(30, 24, 76, "title", title);
    let (y, described) = paragraph(y, 15, COLUMNS, "faint", described);
    (y, html! { (title) (described) })
}

/// A line of text.
pub fn words(x: u32, y: u32, class: &str, text: &str) -> Markup {
    html! { text x=(x) y=(y) class=(class) { (text) } "\n" }
}

/// A text in lines from a height on; gives the height behind it.
pub fn paragraph(mut y: u32, line: u32, columns: usize, class: &str, text: &str) -> (u32, Markup) {
    let lines: Vec<&str> = wrap(text, columns).into_iter().filter_map(|range| text.get(range)).collect();
    let content = html! {
        @for text in lines {
            (words(16, y, class, text.trim_end()))
            ({ y += line; maud::PreEscaped("") })
        }
    };
    (y, content)
}

/// The colour of a party.
pub fn colour(party: Option<PartyIndex>) -> &'static str {
    party.and_then(|party| COLOURS.get(party.0 as usize % COLOURS.len()).copied()).unwrap_or("#444")
}

/// A text on one line, without what XML cannot hold.
pub fn plain(text: &str) -> String {
    safe_line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// Writes a text in lines of so many columns.
///
/// # Errors
/// Those of `out`.
pub fn wrapped(text: &str, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(text, columns).into_iter().filter_map(|range| text.get(range)) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
