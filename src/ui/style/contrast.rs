//! How well colours read on each other: relative luminance and contrast ratio of the Web Content Accessibility
//! Guidelines (WCAG) 2.2.

use ratatui::style::Color;

/// The relative luminance of a colour in 8-bit sRGB, from 0 (black) to 1 (white).
pub fn luminance((red, green, blue): (u8, u8, u8)) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The contrast ratio of two colours, from 1 to 21, whichever of them is the text.
pub fn contrast(one: (u8, u8, u8), other: (u8, u8, u8)) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A channel of 8-bit sRGB as an amount of light, from 0 to 1.
pub(super) fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// The sRGB value of a colour, where it is the same on every terminal: one given as such, or one of the 256-colour
/// palette of xterm beyond its first sixteen, which are the terminal's own.
pub fn fixed(colour: Color) -> Option<(u8, u8, u8)> {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match colour {
        Color::Rgb(red, green, blue) => Some((red, green, blue)),
        Color::Indexed(index @ 16..=231) => {
            let step = |divisor: u8| STEPS.get(usize::from((index - 16) / divisor % 6)).copied();
            Some((step(36)?, step(6)?, step(1)?))
        }
        Color::Indexed(index @ 232..) => {
            let grey = 8 + 10 * (index - 232);
            Some((grey, grey, grey))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_guidelines() {
        let (black, white) = ((0, 0, 0), (255, 255, 255));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        assert!((contrast(white, white) - 1.0).abs() < 1e-9);
        // The lightest grey that passes on white by the usual tools, and the next one, which does not.
        assert!(contrast((0x76, 0x76, 0x76), white) >= 4.5);
        assert!(contrast((0x77, 0x77, 0x77), white) < 4.5);
    }

    #[test]
    fn the_palette_is_that_of_xterm() {
        for (index, expected) in [
            (16, (0, 0, 0)),
            (21, (0, 0, 255)),
            (67, (0x5f, 0x87, 0xaf)),
            (231, (255, 255, 255)),
            (232, (8, 8, 8)),
            (255, (238, 238, 238)),
        ] {
            assert_eq!(fixed(Color::Indexed(index)), Some(expected), "{index}");
        }
        assert_eq!(fixed(Color::Indexed(1)), None);
        assert_eq!(fixed(Color::Red), None);
    }
}
