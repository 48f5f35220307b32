//! What each of the views costs: a frame, a key, its bytes.

use crate::browser::Browser;
use crate::report::Line;
use crate::table::Unit;

/// A view: its name, its key, and two keys that go on and back in it.
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// The key that shows it.
    pub key: &'static str,
    /// On and back.
    pub keys: [char; 2],
    /// How long such a key takes in a table.
    pub time: Line,
    /// How long it takes until the view is there.
    pub shown: Line,
    /// How many bytes such a key takes in a table.
    pub bytes: Line,
}

/// Makes the list of views.
macro_rules! views {
    ($($name:literal $key:literal $on:literal $back:literal)+) => {
        /// All of them.
        pub const VIEWS: &[View] = &[$(View {
            name: $name,
            key: $key,
            keys: [$on, $back],
            time: Line::milliseconds(concat!("   ", $name, ": key to its last byte"), 0.95),
            shown: Line::milliseconds(concat!("   ", $name, ": key that shows it to its last byte"), 0.95),
            bytes: Line::of(concat!("   ", $name, ": bytes for a key"), Unit::Bytes),
        },)+];
    };
}

views! {
    "timeline" "1" 'j' 'k'
    "lanes" "2" 'l' 'h'
    "source" "3" 'j' 'k'
    "matrix" "4" 'l' 'h'
    "map" "5" 'j' 'k'
}

/// What a view costs in a running browser: milliseconds until it is there, milliseconds for each key, and their bytes.
pub fn presses(browser: &mut Browser, view: &View, presses: usize) -> (f64, Vec<f64>, Vec<f64>) {
    let (shown, _) = browser.press(view.key);
    let mut figures = Vec::new();
    for key in view.keys {
        let mut written = [0; 4];
        let key: &str = key.encode_utf8(&mut written);
        figures.extend((0..presses).map(|_| browser.press(key)));
    }
    let (times, bytes) = figures.into_iter().unzip();
    (shown, times, bytes)
}
