//! Which keys do what, where: the action table turned round, with what the reader's configuration changes in it.

pub mod key;

use std::collections::HashMap;

pub use key::{Code, Key};

use crate::app::action::{Action, Mode};

/// What the reader wants an action's keys to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// In this mode; `None`: in all of its modes that no other wish is about.
    pub mode: Option<Mode>,
    /// The action.
    pub action: Action,
    /// Its keys, each a key or several one after the other, with the byte of the configuration where it is written;
    /// none: it has no keys.
    pub keys: Vec<(Vec<Key>, usize)>,
}

/// Keys that would mean two things: one of the two has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Where.
    pub modes: Vec<Mode>,
    /// The keys that one of them loses.
    pub keys: Vec<Key>,
    /// The keys that stay: the same, or one of the two begins with the other.
    pub theirs: Vec<Key>,
    /// Who has those.
    pub stays: Action,
    /// Who loses them.
    pub loses: Action,
    /// The byte of the configuration that is to blame.
    pub at: usize,
}

/// What keys mean that were pressed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This.
    Action(Action),
    /// More is needed.
    Begun,
    /// Nothing.
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    keys: Vec<Key>,
    action: Action,
    /// Where the reader wrote it; forgotten once the keymap stands.
    at: Option<usize>,
}

/// The keys of every mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bound: HashMap<Mode, Vec<Binding>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&[]).0
    }
}

impl Keymap {
    /// The default keys with the reader's wishes, and what could not be had. Of keys that would mean two things those
    /// stay that come first in the configuration, and those of the configuration rather than the default ones.
    pub fn new(wishes: &[Wish]) -> (Self, Vec<Clash>) {
        let mut keymap = Self { bound: HashMap::new() };
        let mut clashes: Vec<Clash> = Vec::new();
        let is_about = |wish: &Wish, mode: Mode, action: Action| {
            let elsewhere = |other: &Wish| other.action == action && other.mode == Some(mode);
            wish.action == action
                && action.modes().contains(&mode)
                && wish.mode.map_or_else(|| !wishes.iter().any(elsewhere), |only| only == mode)
        };
        for mode in Mode::ALL.iter().copied() {
            for wish in wishes.iter().filter(|wish| is_about(wish, mode, wish.action)) {
                for (keys, at) in wish.keys.iter().filter(|(keys, _)| mode != Mode::Prompt || !types(keys)) {
                    let binding = Binding { keys: keys.clone(), action: wish.action, at: Some(*at) };
                    note(&mut clashes, keymap.bind(mode, binding));
                }
            }
            let usual = |action: &&Action| {
                action.modes().contains(&mode) && !wishes.iter().any(|wish| is_about(wish, mode, **action))
            };
            for action in Action::ALL.iter().filter(usual) {
                for keys in action.keys().iter().filter_map(|written| key::sequence(written)) {
                    note(&mut clashes, keymap.bind(mode, Binding { keys, action: *action, at: None }));
                }
            }
            keymap.leave_a_way_out(mode);
        }
        keymap.bound.values_mut().flatten().for_each(|binding| binding.at = None);
        (keymap, clashes)
    }

    /// Binds keys unless they clash.
    fn bind(&mut self, mode: Mode, new: Binding) -> Option<Clash> {
        let bound = self.bound.entry(mode).or_default();
        let clashes =
            |old: &&Binding| old.keys.starts_with(&new.keys) || new.keys.starts_with(old.keys.as_slice());
        let Some(old) = bound.iter().find(clashes) else {
            bound.push(new);
            return None;
        };
        if *old.keys == *new.keys && old.action == new.action {
            return None;
        }
        let at = new.at.or(old.at).unwrap_or_default();
        let theirs = old.keys.clone();
        Some(Clash { modes: vec![mode], stays: old.action, loses: new.action, at, keys: new.keys, theirs })
    }

    /// Where no key is left that leaves a mode, Ctrl-C does.
    fn leave_a_way_out(&mut self, mode: Mode) {
        let ways: &[Action] = match mode {
            Mode::Prompt => &[Action::Cancel, Action::Open],
            Mode::Menu | Mode::Help => &[Action::Close, Action::Leave, Action::Quit],
            _ => &[Action::Quit, Action::Leave, Action::Palette],
        };
        if ways.iter().any(|way| self.keys(mode, *way).next().is_some()) {
            return;
        }
        let key = Key { ctrl: true, ..Key::char('c') };
        let bound = self.bound.entry(mode).or_default();
        bound.retain(|binding| binding.keys.first() != Some(&key));
        bound.extend(ways.first().map(|way| Binding { keys: vec![key], action: *way, at: None }));
    }

    /// What keys that were pressed one after the other do in a mode.
    pub fn find(&self, mode: Mode, pressed: &[Key]) -> Found {
        let begun = self.of(mode).find(|binding| binding.keys.starts_with(pressed));
        match begun {
            Some(binding) if binding.keys.len() == pressed.len() => Found::Action(binding.action),
            Some(_) if !pressed.is_empty() => Found::Begun,
            _ => Found::Nothing,
        }
    }

    /// What may follow keys that were pressed: the rest, and what it does.
    pub fn following(&self, mode: Mode, pressed: &[Key]) -> Vec<(&[Key], Action)> {
        let rest = |binding: &'_ Binding| binding.keys.get(pressed.len()..).map(<[Key]>::len);
        self.of(mode)
            .filter(|binding| binding.keys.starts_with(pressed) && rest(binding) > Some(0))
            .filter_map(|binding| Some((binding.keys.get(pressed.len()..)?, binding.action)))
            .collect()
    }

    /// The keys of an action in a mode, the first one first in hints.
    pub fn keys(&self, mode: Mode, action: Action) -> impl Iterator<Item = &[Key]> {
        self.of(mode).filter(move |binding| binding.action == action).map(|binding| binding.keys.as_slice())
    }

    /// The keys of an action in a mode as people read them: `j ↓`; of several one after the other `g·g`. Empty where it
    /// has none.
    pub fn shown(&self, mode: Mode, action: Action, ascii: bool) -> String {
        let shown: Vec<String> = self.keys(mode, action).map(|keys| shown_keys(keys, ascii)).collect();
        shown.join(" ")
    }

    /// The key to hint at, best not Esc alone; none where it has none.
    pub fn hint(&self, mode: Mode, action: Action, ascii: bool) -> Option<String> {
        let easy = |keys: &&[Key]| *keys != [Key::plain(Code::Esc)];
        let keys = self.keys(mode, action).find(easy).or_else(|| self.keys(mode, action).next());
        keys.map(|keys| shown_keys(keys, ascii))
    }

    fn of(&self, mode: Mode) -> impl Iterator<Item = &Binding> {
        self.bound.get(&mode).into_iter().flatten()
    }
}

/// Whether keys begin with one that types a character.
pub fn types(keys: &[Key]) -> bool {
    matches!(keys.first(), Some(Key { code: Code::Char(_), ctrl: false, alt: false }))
}

/// Adds a clash to those that are the same in other modes.
fn note(clashes: &mut Vec<Clash>, clash: Option<Clash>) {
    let Some(clash) = clash else { return };
    let same = |other: &&mut Clash| {
        (&other.keys, other.stays, other.loses, other.at) == (&clash.keys, clash.stays, clash.loses, clash.at)
    };
    match clashes.iter_mut().find(same) {
        Some(known) => known.modes.extend(clash.modes),
        None => clashes.push(clash),
    }
}

/// Several keys as people read them: `g·g`.
pub fn shown_keys(keys: &[Key], ascii: bool) -> String {
    let shown: Vec<String> = keys.iter().map(|key| shown_key(&key.to_string(), ascii)).collect();
    shown.join(if ascii { " " } else { "·" })
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
        _ => match (key.strip_prefix("ctrl-"), key.strip_prefix("alt-")) {
            (Some(rest), _) if !rest.is_empty() => format!("Ctrl-{}", rest.to_uppercase()),
            (_, Some(rest)) if !rest.is_empty() => format!("Alt-{}", shown_key(rest, ascii)),
            _ if key.chars().count() > 1 => capitalised(key),
            _ => key.to_owned(),
        },
    }
}

/// A word or sentence with a capital letter at its beginning.
pub(crate) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(written: &str) -> Vec<Key> {
        key::sequence(written).unwrap_or_else(|| panic!("{written} is no key"))
    }

    fn wish(mode: Option<Mode>, action: Action, written: &[&str]) -> Wish {
        Wish { mode, action, keys: written.iter().enumerate().map(|(at, one)| (keys(one), at)).collect() }
    }

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        assert_eq!(Keymap::new(&[]).1, []);
        for action in Action::ALL {
            for written in action.keys() {
                for mode in action.modes() {
                    let found = Keymap::default().find(*mode, &keys(written));
                    assert_eq!(found, Found::Action(*action), "{written} in {mode:?}");
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

    #[test]
    fn wishes_take_the_place_of_the_default_keys() {
        let wishes =
            [wish(None, Action::Down, &["Z"]), wish(Some(Mode::Help), Action::Down, &["x", "ctrl-x y"])];
        let (keymap, clashes) = Keymap::new(&wishes);
        assert_eq!(clashes, []);
        let down = Found::Action(Action::Down);
        assert_eq!(keymap.find(Mode::List, &keys("Z")), down);
        assert_eq!(keymap.find(Mode::List, &keys("j")), Found::Nothing);
        assert_eq!(keymap.find(Mode::Help, &keys("Z")), Found::Nothing);
        assert_eq!(keymap.find(Mode::Help, &keys("x")), down);
        assert_eq!(keymap.find(Mode::Help, &keys("ctrl-x")), Found::Begun);
        assert_eq!(keymap.find(Mode::Help, &keys("ctrl-x y")), down);
        assert_eq!(keymap.shown(Mode::Help, Action::Down, false), "x Ctrl-X·y");
        assert_eq!(keymap.following(Mode::Help, &keys("ctrl-x")), [(&keys("y")[..], Action::Down)]);
    }

    #[test]
    fn an_action_can_be_left_without_keys() {
        let (keymap, _) = Keymap::new(&[wish(None, Action::Filter, &[])]);
        assert_eq!(keymap.find(Mode::List, &keys("f")), Found::Nothing);
        assert_eq!(keymap.hint(Mode::List, Action::Filter, false), None);
        assert_eq!(keymap.hint(Mode::List, Action::Close, false).as_deref(), Some("Ctrl-G"));
    }

    #[test]
    fn what_clashes_is_told_once_with_both_names() {
        let (keymap, clashes) = Keymap::new(&[wish(None, Action::GoTo, &["n"])]);
        let [clash] = clashes.as_slice() else { panic!("{clashes:?}") };
        assert_eq!((clash.stays, clash.loses), (Action::GoTo, Action::NextHit));
        assert_eq!(clash.modes, Action::GoTo.modes());
        assert_eq!(keymap.find(Mode::List, &keys("n")), Found::Action(Action::GoTo));
    }

    #[test]
    fn keys_that_begin_other_keys_clash_with_them() {
        let wishes = [wish(None, Action::GoTo, &["g g"]), wish(None, Action::Elapsed, &["g"])];
        let (keymap, clashes) = Keymap::new(&wishes);
        let lost: Vec<Action> = clashes.iter().map(|clash| clash.loses).collect();
        assert_eq!(lost, [Action::Elapsed, Action::First], "{clashes:?}");
        assert_eq!(keymap.find(Mode::List, &keys("g g")), Found::Action(Action::GoTo));
    }

    #[test]
    fn there_is_a_way_out_whatever_is_taken_away() {
        let wishes: Vec<Wish> = Action::ALL.iter().map(|action| wish(None, *action, &[])).collect();
        let (keymap, clashes) = Keymap::new(&wishes);
        assert_eq!(clashes, []);
        for (mode, way) in
            [(Mode::List, Action::Quit), (Mode::Prompt, Action::Cancel), (Mode::Menu, Action::Close)]
        {
            assert_eq!(keymap.find(mode, &keys("ctrl-c")), Found::Action(way), "{mode:?}");
        }
    }

    #[test]
    fn what_types_a_character_stays_so_while_typing() {
        let (keymap, clashes) = Keymap::new(&[wish(None, Action::Open, &["o", "enter"])]);
        assert_eq!(keymap.find(Mode::Prompt, &keys("o")), Found::Nothing);
        assert_eq!(keymap.find(Mode::Prompt, &keys("enter")), Found::Action(Action::Open));
        assert!(clashes.iter().all(|clash| clash.loses == Action::Only), "{clashes:?}");
    }
}
