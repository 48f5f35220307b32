//! The help: every action of a mode with its keys, made from the action table.

use super::action::{Action, Mode};
use crate::keymap::{Keymap, capitalised};

/// A line of the help: keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The keys; empty in a heading.
    pub keys: String,
    /// What they do, or the heading.
    pub text: String,
}

/// The actions of the mode the help was asked for in, then those of the other panes that have keys of their own.
pub fn lines(keymap: &Keymap, mode: Mode, ascii: bool) -> Vec<HelpLine> {
    let line = |mode: Mode, action: Action| HelpLine {
        keys: keys(keymap, mode, action, ascii),
        text: action.doc().to_owned(),
    };
    let mut lines = vec![heading(mode)];
    let here = |action: &&Action| action.modes().contains(&mode);
    lines.extend(Action::ALL.iter().filter(here).map(|action| line(mode, *action)));
    for other in Mode::ALL.iter().copied().filter(|other| *other != Mode::Help) {
        let own: Vec<Action> = Action::ALL
            .iter()
            .copied()
            .filter(|action| action.modes().contains(&other) && !action.modes().contains(&mode))
            .collect();
        if other != mode && !own.is_empty() {
            lines.push(heading(other));
            lines.extend(own.into_iter().map(|action| line(other, action)));
        }
    }
    lines
}

/// The keys of an action; where it has none in the mode, its name in the palette.
fn keys(keymap: &Keymap, mode: Mode, action: Action, ascii: bool) -> String {
    let shown = keymap.shown(mode, action, ascii);
    if shown.is_empty() { format!(":{}", action.name()) } else { shown }
}

fn heading(mode: Mode) -> HelpLine {
    HelpLine { keys: String::new(), text: capitalised(mode.place()) }
}

/// What is proposed in the status line while the lit event waits to be reviewed, where these keys are.
pub const REVIEW_HINTS: &[(Action, &str)] = &[
    (Action::Accept, "accept"),
    (Action::Reject, "reject"),
    (Action::Revise, "change"),
    (Action::NextProposed, "next"),
    (Action::Undo, "undo"),
    (Action::Save, "save"),
    (Action::Help, "help"),
];

/// The actions hinted at in the status line of each mode, in a word or two.
pub const fn hints(mode: Mode) -> &'static [(Action, &'static str)] {
    match mode {
        Mode::List => &[
            (Action::Down, "next"),
            (Action::Open, "read"),
            (Action::Filter, "filter"),
            (Action::Sidebar, "parties"),
            (Action::Search, "search"),
            (Action::Range, "range"),
            (Action::Write, "write"),
            (Action::Help, "help"),
            (Action::Leave, "quit"),
        ],
        Mode::Lanes => &[
            (Action::Later, "later"),
            (Action::Down, "next lane"),
            (Action::Open, "open"),
            (Action::LanesBy, "by"),
            (Action::ZoomIn, "zoom"),
            (Action::Filter, "filter"),
            (Action::Timeline, "timeline"),
            (Action::Help, "help"),
            (Action::Leave, "quit"),
        ],
        Mode::Source => &[
            (Action::Down, "next passage"),
            (Action::PageDown, "scroll"),
            (Action::NextHeading, "next document"),
            (Action::Open, "read"),
            (Action::Filter, "filter"),
            (Action::Timeline, "timeline"),
            (Action::Help, "help"),
            (Action::Leave, "quit"),
        ],
        Mode::Words => &[
            (Action::NextWord, "word"),
            (Action::PreviousWord, "back"),
            (Action::Down, "line"),
            (Action::Words, "begin"),
            (Action::MakeEvent, "event"),
            (Action::Attach, "source"),
            (Action::Close, "give up"),
        ],
        Mode::Matrix => &[
            (Action::Later, "next period"),
            (Action::Down, "next row"),
            (Action::Open, "filter"),
            (Action::LanesBy, "by"),
            (Action::ZoomIn, "zoom"),
            (Action::Undo, "undo"),
            (Action::Timeline, "timeline"),
            (Action::Help, "help"),
            (Action::Leave, "quit"),
        ],
        Mode::Map => &[
            (Action::Down, "next place"),
            (Action::Open, "filter"),
            (Action::ZoomIn, "zoom"),
            (Action::ZoomAll, "all places"),
            (Action::Undo, "undo"),
            (Action::Timeline, "timeline"),
            (Action::Help, "help"),
            (Action::Leave, "quit"),
        ],
        Mode::Event => &[
            (Action::Down, "scroll"),
            (Action::NextHeading, "link"),
            (Action::Open, "follow"),
            (Action::Back, "back"),
            (Action::Cite, "cite"),
            (Action::Out, "timeline"),
            (Action::Help, "help"),
        ],
        Mode::Sidebar => &[
            (Action::Select, "tick"),
            (Action::Only, "only"),
            (Action::LeaveOut, "leave out"),
            (Action::Open, "unfold"),
            (Action::Search, "narrow"),
            (Action::Into, "timeline"),
            (Action::Help, "help"),
        ],
        Mode::Prompt => {
            &[(Action::Open, "accept"), (Action::Complete, "complete"), (Action::Cancel, "cancel")]
        }
        Mode::Menu => &[
            (Action::Down, "next"),
            (Action::Select, "tick"),
            (Action::Open, "accept"),
            (Action::Leave, "close"),
        ],
        Mode::Help => &[(Action::Down, "scroll"), (Action::Leave, "close")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_in_the_help_of_every_pane() {
        for mode in
            [Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map, Mode::Event, Mode::Sidebar]
        {
            let lines = lines(&Keymap::default(), mode, false);
            for action in Action::ALL {
                assert!(lines.iter().any(|line| line.text == action.doc()), "{} in {mode:?}", action.name());
            }
        }
    }

    #[test]
    fn hints_name_only_what_works_there() {
        for mode in Mode::ALL.iter().copied() {
            for (action, _) in hints(mode) {
                assert!(action.modes().contains(&mode), "{} in {mode:?}", action.name());
            }
        }
    }
}
