//! The themes, and which of them a background asks for.

use ratatui::style::Color;

use super::contrast::luminance;

/// What the colours are chosen for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// A terminal whose background is not known.
    #[default]
    Own,
    /// A dark background.
    Dark,
    /// A light background.
    Light,
    /// White on black, whatever the terminal's own colours are.
    HighContrast,
    /// No colours.
    Mono,
}

/// The colours of a theme, all of them of the 256-colour palette, beyond those that a terminal's owner can change.
#[derive(Debug)]
pub(super) struct Colours {
    /// Text and background, where they are not the terminal's.
    pub ground: Option<(Color, Color)>,
    /// What is less important.
    pub dim: Color,
    /// What is wrong or in doubt.
    pub warning: Color,
    /// Parties.
    pub parties: [Color; 8],
}

/// Backgrounds up to this luminance are dark: on them the colours of the dark theme have a contrast of 4.5:1 and more.
pub const DARK: f64 = 0.05;
/// Backgrounds from this luminance on are light, in the same sense.
pub const LIGHT: f64 = 0.8;

/// Where the background is not known: party colours with a contrast of about 4:1 or more on white and on black
/// (relative luminance 0.15 to 0.21), told apart by hue.
pub(super) const PARTIES: [Color; 8] = indexed([31, 161, 64, 98, 130, 133, 27, 102]);
/// The same for what is wrong.
pub(super) const WARNING: Color = Color::Indexed(161);
/// For terminals with sixteen colours, whose own theme makes them readable.
pub(super) const PARTIES_OF_SIXTEEN: [Color; 6] =
    [Color::Cyan, Color::Red, Color::Green, Color::Magenta, Color::Yellow, Color::Blue];
/// The same for what is wrong.
pub(super) const WARNING_OF_SIXTEEN: Color = Color::Red;

/// Party colours were looked for among all of the palette with enough contrast, such that the two nearest of them and
/// of the text are as far from each other as possible for readers of any kind of colour vision.
static ON_DARK: Colours = Colours {
    ground: None,
    dim: Color::Indexed(249),
    warning: Color::Indexed(216),
    parties: indexed([75, 210, 118, 223, 40, 153, 179, 192]),
};
static ON_LIGHT: Colours = Colours {
    ground: None,
    dim: Color::Indexed(241),
    warning: Color::Indexed(124),
    parties: indexed([25, 124, 92, 53, 18, 60, 52, 21]),
};
static HIGH: Colours = Colours {
    ground: Some((Color::Indexed(231), Color::Indexed(16))),
    dim: Color::Indexed(252),
    warning: Color::Indexed(217),
    parties: indexed([81, 205, 34, 184, 141, 156, 217, 107]),
};

const fn indexed(colours: [u8; 8]) -> [Color; 8] {
    let mut all = [Color::Reset; 8];
    let mut at = 0;
    while at < all.len() {
        all[at] = Color::Indexed(colours[at]);
        at += 1;
    }
    all
}

impl Theme {
    /// All that can be asked for, by name.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
        ("mono", Self::Mono),
    ];

    pub(super) const fn colours(self) -> Option<&'static Colours> {
        match self {
            Self::Own | Self::Mono => None,
            Self::Dark => Some(&ON_DARK),
            Self::Light => Some(&ON_LIGHT),
            Self::HighContrast => Some(&HIGH),
        }
    }
}

/// The theme for a background, in 8-bit sRGB. One that is neither dark nor light leaves the terminal's own colours,
/// which its owner can read on it.
pub fn of_background(background: (u8, u8, u8)) -> Theme {
    match luminance(background) {
        dark if dark <= DARK => Theme::Dark,
        light if light >= LIGHT => Theme::Light,
        _ => Theme::Own,
    }
}

#[cfg(test)]
mod tests;
