//! Colours and attributes, and how to change them.

use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
    /// The hyperlink that it is part of, by its number among those of the screen; 0: none.
    pub link: u16,
}

/// What is seen of a cell without a character in it.
const SEEN_WHEN_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Two that some terminals can show together, while on others the later one holds: they are always begun in the same
/// order.
const INTENSITY: Modifier = Modifier::BOLD.union(Modifier::DIM);

/// Attributes, the number that begins each, and the number that ends it, with others where that is the same.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Look {
    /// The terminal's own colours, and no attributes.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty(), link: 0 };

    /// The look of a cell, with its colours or without.
    pub const fn of(cell: &Cell, colours: bool) -> Self {
        if colours {
            Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier, link: 0 }
        } else {
            Self { modifier: cell.modifier, ..Self::PLAIN }
        }
    }

    /// What is seen of it where the cell holds no character.
    pub const fn of_blank(self) -> Self {
        if self.modifier.intersects(SEEN_WHEN_BLANK) {
            self
        } else {
            Self { fg: Color::Reset, modifier: Modifier::empty(), ..self }
        }
    }

    /// What changes the colours and attributes of this look into those of another: one sequence that ends and begins what differs, or one that begins
    /// anew where that is shorter. Nothing where they are equal.
    pub fn change_to(self, to: Self) -> Vec<u8> {
        let to = Self { link: self.link, ..to };
        if self == to {
            return Vec::new();
        }
        if to == (Self { link: self.link, ..Self::PLAIN }) {
            return b"\x1b[m".to_vec();
        }
        let mut from_here = Vec::new();
        let mut ended = self.modifier.difference(to.modifier);
        if self.modifier.symmetric_difference(to.modifier).intersects(INTENSITY) {
            ended = ended.union(self.modifier.intersection(INTENSITY));
        }
        let mut ends: Vec<u8> =
            ATTRIBUTES.iter().filter(|(one, ..)| ended.contains(*one)).map(|(.., end)| *end).collect();
        ends.dedup();
        for end in &ends {
            number(&mut from_here, *end);
        }
        for (attribute, begin, end) in ATTRIBUTES {
            if to.modifier.contains(attribute) && (!self.modifier.contains(attribute) || ends.contains(&end))
            {
                number(&mut from_here, begin);
            }
        }
        let mut anew = b"0".to_vec();
        for (_, begin, _) in ATTRIBUTES.iter().filter(|(attribute, ..)| to.modifier.contains(*attribute)) {
            number(&mut anew, *begin);
        }
        for (before, wanted, step) in [(self.fg, to.fg, 0), (self.bg, to.bg, 10)] {
            if before != wanted {
                colour(&mut from_here, wanted, step);
            }
            if wanted != Color::Reset {
                colour(&mut anew, wanted, step);
            }
        }
        let shorter = if anew.len() < from_here.len() { anew } else { from_here };
        [b"\x1b[", shorter.as_slice(), b"m"].concat()
    }
}

/// Adds a parameter.
fn number(parameters: &mut Vec<u8>, number: u8) {
    let separator = if parameters.is_empty() { "" } else { ";" };
    // A vector takes all that is written.
    let _ = write!(parameters, "{separator}{number}");
}

/// Adds a colour of the foreground, or with a `step` of 10 of the background.
fn colour(parameters: &mut Vec<u8>, colour: Color, step: u8) {
    let (dark, bright) = (30 + step, 90 + step);
    let mut all = |numbers: &[u8]| numbers.iter().for_each(|n| number(parameters, *n));
    match colour {
        Color::Reset => all(&[39 + step]),
        Color::Black => all(&[dark]),
        Color::Red => all(&[dark + 1]),
        Color::Green => all(&[dark + 2]),
        Color::Yellow => all(&[dark + 3]),
        Color::Blue => all(&[dark + 4]),
        Color::Magenta => all(&[dark + 5]),
        Color::Cyan => all(&[dark + 6]),
        Color::Gray => all(&[dark + 7]),
        Color::DarkGray => all(&[bright]),
        Color::LightRed => all(&[bright + 1]),
        Color::LightGreen => all(&[bright + 2]),
        Color::LightYellow => all(&[bright + 3]),
        Color::LightBlue => all(&[bright + 4]),
        Color::LightMagenta => all(&[bright + 5]),
        Color::LightCyan => all(&[bright + 6]),
        Color::White => all(&[bright + 7]),
        Color::Indexed(index) => all(&[38 + step, 5, index]),
        Color::Rgb(red, green, blue) => all(&[38 + step, 2, red, green, blue]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_changes_in_the_shorter_way() {
        let look = |fg, modifier| Look { fg, modifier, ..Look::PLAIN };
        let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
        for (from, to, expected) in [
            (look(Color::Reset, bold), look(Color::Reset, bold), ""),
            (look(Color::Reset, bold), Look::PLAIN, "\x1b[m"),
            (look(Color::Red, bold), look(Color::Reset, bold), "\x1b[39m"),
            (look(Color::Reset, bold), look(Color::Reset, dim), "\x1b[0;2m"),
            (look(Color::Rgb(1, 2, 3), bold), look(Color::Rgb(1, 2, 3), dim), "\x1b[22;2m"),
            (look(Color::Rgb(1, 2, 3), bold | dim), look(Color::Rgb(1, 2, 3), dim), "\x1b[22;2m"),
            (look(Color::Rgb(1, 2, 3), dim), look(Color::Rgb(1, 2, 3), bold | dim), "\x1b[22;1;2m"),
            (Look::PLAIN, look(Color::LightRed, Modifier::REVERSED), "\x1b[7;91m"),
            (Look::PLAIN, Look { bg: Color::Indexed(161), ..Look::PLAIN }, "\x1b[48;5;161m"),
        ] {
            assert_eq!(String::from_utf8(from.change_to(to)).unwrap(), expected, "{from:?} to {to:?}");
        }
    }
}
