//! The configuration as text: the commented default, and the table of the keys.

use std::fmt::Write as _;

use crate::app::action::{Action, Mode};
use crate::keymap::{Key, Keymap};
use crate::text::width::{pad, width};

/// Every key with its default, as a comment, and what it is for; the actions with their keys follow.
const DEFAULT: &str = include_str!("../../assets/config.toml");

/// The default configuration, with every key commented out: what a reader begins from.
pub fn default_text() -> String {
    let mut text = DEFAULT.to_owned();
    let line = |action: &Action| format!("#{} = {}", action.name(), quoted_all(action.keys()));
    let widest = Action::ALL.iter().map(|action| width(&line(action))).max().unwrap_or(0);
    for action in Action::ALL {
        let _ = writeln!(text, "{}  # {}", pad(&line(action), widest, ""), action.doc());
    }
    text
}

/// A list in TOML.
fn quoted_all<T: ToString>(keys: &[T]) -> String {
    let quoted = |key: &T| format!("\"{}\"", key.to_string().replace('\\', "\\\\").replace('"', "\\\""));
    format!("[{}]", keys.iter().map(quoted).collect::<Vec<_>>().join(", "))
}

/// A table of a keymap: the mode, the keys as the configuration has them, the action and what it does.
pub fn keys_table(keymap: &Keymap) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for mode in Mode::ALL.iter().copied() {
        for action in Action::ALL.iter().copied().filter(|action| action.modes().contains(&mode)) {
            let written = |keys: &[Key]| keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
            let keys: Vec<String> = keymap.keys(mode, action).map(written).collect();
            let [mode, name, doc] = [mode.name(), action.name(), action.doc()].map(str::to_owned);
            rows.push([mode, quoted_all(&keys), name, doc]);
        }
    }
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let widths = [0, 1, 2].map(|column| widest(column).unwrap_or(0));
    let mut text = String::new();
    for [mode, keys, name, doc] in &rows {
        let [first, second, third] = widths;
        let (mode, keys, name) = (pad(mode, first, ""), pad(keys, second, ""), pad(name, third, ""));
        let _ = writeln!(text, "{mode}  {keys}  {name}  {doc}");
    }
    text
}
