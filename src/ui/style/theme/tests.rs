//! Colours read on their backgrounds, and parties are told apart by every kind of eyes.

use super::super::contrast::{contrast, fixed, linear};
use super::*;

/// A colour as amounts of light: red, green, blue.
type Light = [f64; 3];

/// What a colour looks like to readers who lack a kind of cone. The matrices are those for full severity of Gustavo M.
/// Machado, Manuel M. Oliveira and Leandro A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
/// Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009.
const VISION: [(&str, [Light; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// How far apart colours have to be at the least, as distance in CIELAB (CIE 1976): about 2.3 is what a reader can just
/// tell side by side.
const FAR: f64 = 15.0;

fn rgb(colour: Color) -> (u8, u8, u8) {
    fixed(colour).unwrap_or_else(|| panic!("{colour} is not the same on every terminal"))
}

fn themes() -> [(Theme, &'static Colours); 3] {
    [Theme::Dark, Theme::Light, Theme::HighContrast]
        .map(|theme| (theme, theme.colours().expect("a theme with colours")))
}

/// The backgrounds that a theme is for: the extreme ones.
fn backgrounds(theme: Theme, colours: &Colours) -> Vec<(u8, u8, u8)> {
    let own = colours.ground.map(|(_, ground)| rgb(ground));
    let greys = (0..=255).map(|grey| (grey, grey, grey));
    let suit: Vec<(u8, u8, u8)> = greys.filter(|grey| of_background(*grey) == theme).collect();
    own.map_or(suit, |ground| vec![ground])
}

#[test]
fn every_colour_reads_on_every_background_of_its_theme() {
    for (theme, colours) in themes() {
        let least = if theme == Theme::HighContrast { 7.0 } else { 4.5 };
        let texts = colours.parties.iter().chain([&colours.dim, &colours.warning]);
        let texts = texts.copied().chain(colours.ground.map(|(text, _)| text));
        let backgrounds = backgrounds(theme, colours);
        assert!(!backgrounds.is_empty());
        for text in texts {
            for background in &backgrounds {
                let ratio = contrast(rgb(text), *background);
                assert!(ratio >= least, "{text} on {background:?} of {theme:?}: {ratio:.2}");
            }
        }
    }
}

/// A colour in CIELAB, for daylight (D65), as a reader with this vision sees it.
fn lab(colour: Color, vision: &[Light; 3]) -> Light {
    let (red, green, blue) = rgb(colour);
    let light = [linear(red), linear(green), linear(blue)];
    let through = |row: &Light| row.iter().zip(light).map(|(weight, light)| weight * light).sum::<f64>();
    let [red, green, blue] = [0, 1, 2].map(|row: usize| through(&vision[row]).clamp(0.0, 1.0));
    let x = (0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47;
    let y = 0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue;
    let z = (0.019_333_9 * red + 0.119_192 * green + 0.950_304_1 * blue) / 1.088_83;
    let root = |t: f64| {
        if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
    };
    let [x, y, z] = [x, y, z].map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(one: Light, other: Light) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn parties_are_told_apart_by_every_kind_of_colour_vision() {
    for (theme, colours) in themes() {
        for (name, vision) in &VISION {
            for (at, one) in colours.parties.iter().enumerate() {
                for other in colours.parties.iter().skip(at + 1) {
                    let far = distance(lab(*one, vision), lab(*other, vision));
                    assert!(far >= FAR, "{one} and {other} of {theme:?} with {name} vision: {far:.1}");
                }
            }
        }
    }
}

#[test]
fn vision_keeps_what_has_no_colour() {
    for (name, vision) in &VISION {
        for row in vision {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{name}");
        }
    }
    // Red and green of the same lightness are far apart for some and near for others.
    let far = |vision: &[Light; 3]| {
        distance(lab(Color::Rgb(170, 60, 0), vision), lab(Color::Rgb(90, 110, 0), vision))
    };
    assert!(far(&VISION[0].1) > 3.0 * far(&VISION[2].1));
}

#[test]
fn the_background_chooses_the_theme() {
    for (background, theme) in [
        ((0, 0, 0), Theme::Dark),
        ((0x2e, 0x34, 0x40), Theme::Dark),
        ((0x00, 0x2b, 0x36), Theme::Dark),
        ((255, 255, 255), Theme::Light),
        ((0xfd, 0xf6, 0xe3), Theme::Light),
        ((0x80, 0x80, 0x80), Theme::Own),
    ] {
        assert_eq!(of_background(background), theme, "{background:?}");
    }
}
