//! The characters that are no text, for terminals with and without Unicode.

use ratatui::symbols::border;

use crate::chronology::Review;
use crate::layout::lanes::{INKS, INKS_ASCII, Ink};
use crate::layout::matrix::{SHADES, SHADES_ASCII};

/// The characters that are no text.
#[derive(Debug)]
pub struct Glyphs {
    /// Cut off here.
    pub cut: &'static str,
    /// Between panes side by side.
    pub rule: &'static str,
    /// Between panes one above the other, and in gaps.
    pub horizontal: &'static str,
    /// Density from little to much.
    pub bars: &'static [&'static str],
    /// What was read, and what is still to be read.
    pub progress: [&'static str; 2],
    /// A folded gap of the axis.
    pub gap: &'static str,
    /// The cursor on the strip.
    pub cursor: &'static str,
    /// A hit on the strip.
    pub hit: &'static str,
    /// Selected time on the strip.
    pub selected: &'static str,
    /// Time in view on the strip.
    pub viewport: &'static str,
    /// A selected event.
    pub mark: &'static str,
    /// The reader noted something of it: a mark; only a note.
    pub noted: [&'static str; 2],
    /// Changed since it was opened.
    pub changed: &'static str,
    /// Claims differ.
    pub contested: &'static str,
    /// Before the title of an event that is proposed, and of one that is rejected.
    pub reviews: [&'static str; 2],
    /// A moment: exact; with soft edges.
    pub moment: [&'static str; 2],
    /// A beginning: exact, soft, open, unknown.
    pub begin: [&'static str; 4],
    /// What lies between a beginning and an end.
    pub lasting: &'static str,
    /// An end: exact, soft, open, unknown.
    pub end: [&'static str; 4],
    /// An event on a lane: a moment; it may be going on, three shades; it goes on; from before; on; nobody knows.
    pub inks: [&'static str; 8],
    /// Beside a line of a text: nothing comes from it; hidden events; events that are shown; the lit one.
    pub passages: [&'static str; 4],
    /// A cell of the matrix, from nothing to the most.
    pub shades: [&'static str; 5],
    /// Behind the cell of the matrix in which the lit event begins.
    pub here: &'static str,
    /// A place on the map, from few events to many.
    pub places: [&'static str; 4],
    /// Undated.
    pub undated: &'static str,
    /// Folded, unfolded.
    pub folds: [&'static str; 2],
    /// Between a party's letter and a name.
    pub letter: &'static str,
    /// Boxes.
    pub border: border::Set<'static>,
}

/// For terminals that show Unicode.
pub static UNICODE: Glyphs = Glyphs {
    cut: "…",
    rule: "│",
    horizontal: "─",
    bars: &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    progress: ["█", "░"],
    gap: "⋯",
    cursor: "▲",
    hit: "•",
    selected: "═",
    viewport: "─",
    mark: "▌",
    noted: ["◆", "◇"],
    changed: "Δ",
    contested: "≠ ",
    reviews: ["○ ", "✗ "],
    moment: [" ● ", "░●░"],
    begin: ["├", "░", "◂", "?"],
    lasting: "─",
    end: ["┤", "░", "▸", "?"],
    inks: INKS,
    passages: [" ", "┊", "│", "▌"],
    shades: SHADES,
    here: "◂",
    places: ["∘", "○", "◎", "●"],
    undated: " · ",
    folds: ["▸", "▾"],
    letter: "·",
    border: border::ROUNDED,
};

/// For terminals that show only ASCII.
pub static ASCII: Glyphs = Glyphs {
    cut: "~",
    rule: "|",
    horizontal: "-",
    bars: &[".", ":", "-", "=", "+", "*", "#", "@"],
    progress: ["#", "-"],
    gap: "/",
    cursor: "^",
    hit: "o",
    selected: "=",
    viewport: "-",
    mark: "*",
    noted: ["@", "\""],
    changed: "+",
    contested: "!= ",
    reviews: ["o ", "x "],
    moment: [" * ", ":*:"],
    begin: ["[", ":", "<", "?"],
    lasting: "-",
    end: ["]", ":", ">", "?"],
    inks: INKS_ASCII,
    passages: [" ", ":", "|", ">"],
    shades: SHADES_ASCII,
    here: "<",
    places: ["o", "O", "0", "@"],
    undated: " . ",
    folds: ["+", "-"],
    letter: ":",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

impl Glyphs {
    /// What stands for what the reader noted of an event: a mark, or only a note.
    pub const fn noticed(&self, marked: bool) -> &'static str {
        let [mark, note] = self.noted;
        if marked { mark } else { note }
    }

    /// What stands before the title of an event that nobody has accepted.
    pub const fn reviewed(&self, review: Option<Review>) -> Option<&'static str> {
        let [proposed, rejected] = self.reviews;
        match review {
            Some(Review::Proposed) => Some(proposed),
            Some(Review::Rejected) => Some(rejected),
            Some(Review::Accepted) | None => None,
        }
    }

    /// What stands for a cell of an event on a lane.
    pub fn ink(&self, ink: Ink) -> &'static str {
        self.inks.get(ink.place()).copied().unwrap_or_default()
    }
}
