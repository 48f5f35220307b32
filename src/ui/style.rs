//! Colours and glyphs. Until a terminal's background is known only its own foreground and background are used, with
//! bold, underline and reverse, and party colours that read on light and dark.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::chronology::PartyIndex;
use crate::layout::lanes::Ink;
use crate::term::Depth;

/// How a screen looks.
#[derive(Clone, Debug)]
pub struct Styles {
    depth: Depth,
    /// What is drawn with.
    pub glyphs: &'static Glyphs,
}

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
    /// Changed since it was opened.
    pub changed: &'static str,
    /// Claims differ.
    pub contested: &'static str,
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
    /// Undated.
    pub undated: &'static str,
    /// Folded, unfolded.
    pub folds: [&'static str; 2],
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
    changed: "Δ",
    contested: "≠ ",
    moment: [" ● ", "░●░"],
    begin: ["├", "░", "◂", "?"],
    lasting: "─",
    end: ["┤", "░", "▸", "?"],
    inks: ["●", "░", "▒", "▓", "█", "◂", "▸", "?"],
    undated: " · ",
    folds: ["▸", "▾"],
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
    changed: "+",
    contested: "!= ",
    moment: [" * ", ":*:"],
    begin: ["[", ":", "<", "?"],
    lasting: "-",
    end: ["]", ":", ">", "?"],
    inks: ["*", ".", ":", "=", "#", "<", ">", "?"],
    undated: " . ",
    folds: ["+", "-"],
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
    /// What stands for a cell of an event on a lane.
    pub fn ink(&self, ink: Ink) -> &'static str {
        let place = match ink {
            Ink::Point => 0,
            Ink::Soft(shade) => usize::from(shade.clamp(1, 3)),
            Ink::Full => 4,
            Ink::Back => 5,
            Ink::On => 6,
            Ink::Unknown => 7,
        };
        self.inks.get(place).copied().unwrap_or_default()
    }
}

/// Party colours of the 256-colour palette, each with a contrast of about 4:1 or more on white and on black
/// (relative luminance 0.15 to 0.21, WCAG 2.2 definition), told apart by hue.
const INDEXED: [u8; 8] = [31, 161, 64, 98, 130, 133, 27, 102];
/// The same for terminals with sixteen colours, whose own theme makes them readable.
const SIXTEEN: [Color; 6] =
    [Color::Cyan, Color::Red, Color::Green, Color::Magenta, Color::Yellow, Color::Blue];

impl Styles {
    /// Styles for a number of colours, with or without characters beyond ASCII.
    pub const fn new(depth: Depth, ascii: bool) -> Self {
        Self { depth, glyphs: if ascii { &ASCII } else { &UNICODE } }
    }

    /// Less important.
    pub const fn dim(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// More important.
    pub const fn bold(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Where the keys act.
    pub const fn lit(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What is lit in a pane without the keys.
    pub const fn faintly_lit(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
    }

    /// A hit of the search.
    pub const fn hit(&self) -> Style {
        // The underline tells it apart on a row that is lit, and so reversed, itself.
        Style::new().add_modifier(Modifier::REVERSED.union(Modifier::BOLD).union(Modifier::UNDERLINED))
    }

    /// Something is wrong or in doubt.
    pub fn warning(&self) -> Style {
        match self.depth {
            Depth::None => self.bold(),
            Depth::Sixteen => self.bold().fg(Color::Red),
            Depth::Indexed | Depth::True => self.bold().fg(Color::Indexed(161)),
        }
    }

    /// A link.
    pub const fn link(&self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// A party's colour; without colours, plain.
    pub fn party(&self, party: PartyIndex) -> Style {
        let index = party.0 as usize;
        match self.depth {
            Depth::None => Style::new(),
            Depth::Sixteen => {
                SIXTEEN.get(index % SIXTEEN.len()).map_or_else(Style::new, |color| Style::new().fg(*color))
            }
            Depth::Indexed | Depth::True => INDEXED
                .get(index % INDEXED.len())
                .map_or_else(Style::new, |color| Style::new().fg(Color::Indexed(*color))),
        }
    }
}
