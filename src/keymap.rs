//! Which key does what, where: the action table turned round.

pub mod key;

use std::collections::HashMap;

pub use key::{Code, Key};

use crate::app::action::{Action, Mode};

/// The keys of every mode.
#[derive(Clone, Debug)]
pub struct Keymap {
    bound: HashMap<(Mode, Key), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bound = HashMap::new();
        for action in Action::ALL {
            for mode in action.modes() {
                for key in action.keys().iter().filter_map(|key| Key::parse(key)) {
                    bound.insert((*mode, key), *action);
                }
            }
        }
        Self { bound }
    }
}

impl Keymap {
    /// What a key does in a mode.
    pub fn action(&self, mode: Mode, key: Key) -> Option<Action> {
        self.bound.get(&(mode, key)).copied()
    }
}

/// The keys of an action as people read them: `j ↓`.
pub fn shown(action: Action, ascii: bool) -> String {
    let names: Vec<String> = action.keys().iter().map(|key| shown_key(key, ascii)).collect();
    names.join(" ")
}

/// One key as people read it.
pub fn shown_key(key: &str, ascii: bool) -> String {
    let arrow = |arrow: &str, name: &str| if ascii { name.to_owned() } else { arrow.to_owned() };
    match key {
        "down" => arrow("↓", "Down"),
        "up" => arrow("↑", "Up"),
        "left" => arrow("←", "Left"),
        "right" => arrow("→", "Right"),
        "pgdn" => "PgDn".to_owned(),
        "pgup" => "PgUp".to_owned(),
        "backtab" => "Shift-Tab".to_owned(),
        _ => match key.strip_prefix("ctrl-") {
            Some(rest) => format!("Ctrl-{}", rest.to_uppercase()),
            None if key.chars().count() > 1 => capitalised(key),
            None => key.to_owned(),
        },
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        let mut bound: HashMap<(Mode, Key), Action> = HashMap::new();
        for action in Action::ALL {
            for written in action.keys() {
                let key = Key::parse(written).unwrap_or_else(|| panic!("{written} is no key"));
                for mode in action.modes() {
                    if let Some(other) = bound.insert((*mode, key), *action) {
                        panic!("{written} is {} and {} in {mode:?}", other.name(), action.name());
                    }
                }
            }
        }
    }

    #[test]
    fn no_action_needs_alt_altgr_or_escape_alone() {
        for action in Action::ALL {
            let easy = action.keys().iter().any(|key| !key.starts_with("alt-") && *key != "esc");
            assert!(easy || action.keys().is_empty(), "{} has no easy key", action.name());
        }
    }
}
