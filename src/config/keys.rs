//! The table that remaps keys.

use super::{found, unknown};
use crate::app::action::{Action, Mode};
use crate::formats::tree::{Kind, Lines, Member, Node};
use crate::formats::{Fault, Severity};
use crate::keymap::{Clash, Keymap, Wish, key, shown_keys, types};
use crate::text::nearest::nearest;

/// The table of tables for single modes. No action is called so.
const IN: &str = "in";
/// What stands for no keys at all.
const NONE: &str = "none";

/// Reads the table `keys`: actions with their keys, and below `in` the same for single modes.
pub(super) fn read(table: &Node, lines: &Lines<'_>, faults: &mut Vec<Fault>) -> Keymap {
    let mut wishes = Vec::new();
    if !matches!(table.kind, Kind::Table(_)) {
        let message = format!("keys: {} is no table of actions", found(&table.kind, table.what()));
        faults.push(lines.fault(Severity::Warning, table.at.start, message));
    }
    for member in table.members() {
        if member.key != IN {
            wishes.extend(wish(member, None, lines, faults));
            continue;
        }
        for inner in member.value.members() {
            match Mode::ALL.iter().find(|mode| mode.name() == inner.key) {
                Some(mode) => {
                    let of_mode = inner.value.members().iter();
                    wishes.extend(of_mode.filter_map(|member| wish(member, Some(*mode), lines, faults)));
                }
                None => faults.push(unknown(lines, inner, "mode", Mode::ALL.iter().map(|mode| mode.name()))),
            }
        }
    }
    let (keymap, clashes) = Keymap::new(&wishes);
    faults.extend(clashes.iter().map(|clash| lines.fault(Severity::Warning, clash.at, told(clash))));
    keymap
}

/// An action with its keys, as far as they are keys.
fn wish(member: &Member, mode: Option<Mode>, lines: &Lines<'_>, faults: &mut Vec<Fault>) -> Option<Wish> {
    let Some(action) = Action::named(&member.key) else {
        faults.push(unknown(lines, member, "action", Action::ALL.iter().map(|action| action.name())));
        return None;
    };
    let mut warn = |at: usize, message: String| faults.push(lines.fault(Severity::Warning, at, message));
    if let Some(mode) = mode.filter(|mode| !action.modes().contains(mode)) {
        warn(member.key_at.start, format!("{} does nothing {}", action.name(), mode.place()));
        return None;
    }
    let items = match &member.value.kind {
        Kind::List(items) => items.as_slice(),
        Kind::Text(text) if text == NONE => &[],
        _ => std::slice::from_ref(&member.value),
    };
    let mut keys = Vec::new();
    for item in items {
        let written = if let Kind::Text(text) = &item.kind { text.as_str() } else { "" };
        match key::sequence(written) {
            None => {
                let near = nearest(written, key::names()).map(|near| format!("; did you mean {near:?}?"));
                let what = found(&item.kind, item.what());
                warn(item.at.start, format!("{what} is no key{}", near.unwrap_or_default()));
            }
            Some(sequence) if mode == Some(Mode::Prompt) && types(&sequence) => {
                warn(item.at.start, format!("{written:?} types a character while typing"));
            }
            Some(sequence) => keys.push((sequence, item.at.start)),
        }
    }
    // Where nothing of it is a key the action keeps those that it has.
    (items.is_empty() || !keys.is_empty()).then_some(Wish { mode, action, keys })
}

/// A clash in words.
fn told(clash: &Clash) -> String {
    let (keys, theirs) = (shown_keys(&clash.keys, false), shown_keys(&clash.theirs, false));
    let (stays, loses) = (clash.stays.name(), clash.loses.name());
    let place = match clash.modes.as_slice() {
        [] => String::new(),
        [only] => only.place().to_owned(),
        [first, second] => format!("{} and {}", first.place(), second.place()),
        [first, ..] => format!("{} and elsewhere", first.place()),
    };
    if clash.keys == clash.theirs {
        format!("{keys} would be both {stays} and {loses} {place}: it is {stays}")
    } else {
        format!("{theirs} for {stays} and {keys} for {loses} begin alike {place}: {keys} is left out")
    }
}
