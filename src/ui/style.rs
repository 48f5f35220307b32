//! How a screen looks: colours and glyphs.
//!
//! Until a terminal's background is known only its own foreground and background are used, with bold, dim, underline
//! and reverse, and party colours that read on light and dark. What is less important is dim there, of which nobody
//! knows how well it reads; where the background is known it has a colour of its own.

pub mod contrast;
mod glyphs;
mod theme;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::chronology::PartyIndex;
use crate::term::Depth;

pub use glyphs::{ASCII, Glyphs, UNICODE};
pub use theme::{Theme, of_background};

/// How a screen looks.
#[derive(Clone, Debug)]
pub struct Styles {
    depth: Depth,
    theme: Theme,
    /// What is drawn with.
    pub glyphs: &'static Glyphs,
}

impl Styles {
    /// Styles in a terminal's own colours, as many as it has, with or without characters beyond ASCII.
    pub const fn new(depth: Depth, ascii: bool) -> Self {
        Self::of(Theme::Own, depth, ascii)
    }

    /// Styles of a theme.
    pub const fn of(theme: Theme, depth: Depth, ascii: bool) -> Self {
        let depth = if matches!(theme, Theme::Mono) { Depth::None } else { depth };
        Self { depth, theme, glyphs: if ascii { &ASCII } else { &UNICODE } }
    }

    /// Less important.
    pub fn dim(&self) -> Style {
        match self.colours() {
            Some(colours) => Style::new().fg(colours.dim),
            None => Style::new().add_modifier(Modifier::DIM),
        }
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
        match (self.colours(), self.depth) {
            (Some(colours), _) => self.bold().fg(colours.warning),
            (None, Depth::None) => self.bold(),
            (None, Depth::Sixteen) => self.bold().fg(theme::WARNING_OF_SIXTEEN),
            (None, Depth::Indexed | Depth::True) => self.bold().fg(theme::WARNING),
        }
    }

    /// A link.
    pub const fn link(&self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// A party's colour; without colours, plain. With more parties than colours these begin again, so a letter goes
    /// with it.
    pub fn party(&self, party: PartyIndex) -> Style {
        let colours: &[Color] = match (self.colours(), self.depth) {
            (Some(colours), _) => &colours.parties,
            (None, Depth::None) => &[],
            (None, Depth::Sixteen) => &theme::PARTIES_OF_SIXTEEN,
            (None, Depth::Indexed | Depth::True) => &theme::PARTIES,
        };
        let colour = colours.iter().cycle().nth(party.0 as usize % colours.len().max(1));
        colour.map_or_else(Style::new, |colour| Style::new().fg(*colour))
    }

    /// Gives cells in the terminal's own colours those of the theme, where it has any of its own.
    pub fn ground(&self, buffer: &mut Buffer) {
        let Some((text, ground)) = self.colours().and_then(|colours| colours.ground) else { return };
        for cell in &mut buffer.content {
            if cell.fg == Color::Reset {
                cell.fg = text;
            }
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
        }
    }

    /// The theme's colours, where the terminal has those.
    fn colours(&self) -> Option<&'static theme::Colours> {
        match self.depth {
            Depth::None | Depth::Sixteen => None,
            Depth::Indexed | Depth::True => self.theme.colours(),
        }
    }
}
