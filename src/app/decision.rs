//! A decision that is asked for: a question with several ways to go on, each of which has a letter.

use super::action::Action;
use super::movement::moved;
use super::{App, Overlay};
use crate::keymap::{Code, Key};

/// How wide it is, its border included.
pub const WIDTH: u16 = 72;

/// What a way does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nothing.
    Nothing,
    /// Set this of the lit event.
    Set(super::revising::Part),
    /// Take up what the journal has.
    TakeUp,
    /// Throw away what the journal has.
    ThrowAway,
    /// Save, then quit.
    SaveAndQuit,
    /// Quit without saving.
    Discard,
    /// Put what was changed here onto what stands in the file now.
    PutOnto,
    /// Read the file again, without what was changed here.
    ReadAgain,
    /// Save under another name.
    SaveElsewhere,
    /// Save under this name, whatever stands there.
    Replace(String),
}

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The letter that takes it.
    pub letter: char,
    /// What it is, in words.
    pub words: String,
    /// What it does.
    pub deed: Deed,
}

impl Way {
    /// A way to go on.
    pub fn new(letter: char, words: impl Into<String>, deed: Deed) -> Self {
        Self { letter, words: words.into(), deed }
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its heading.
    pub heading: &'static str,
    /// The question; empty: the heading says it.
    pub text: String,
    /// The ways.
    pub ways: Vec<Way>,
    /// The lit one.
    pub cursor: usize,
}

impl App {
    pub(super) fn ask_decision(&mut self, heading: &'static str, text: impl Into<String>, ways: Vec<Way>) {
        self.message = None;
        self.overlay = Some(Overlay::Decision(Decision { heading, text: text.into(), ways, cursor: 0 }));
    }

    pub(super) fn update_decision(&mut self, mut decision: Decision, action: Action) {
        match action {
            Action::Close | Action::Leave => self.unanswered(&decision),
            Action::Open | Action::Select => {
                if let Some(way) = decision.ways.get(decision.cursor) {
                    self.answered(way.deed.clone());
                }
            }
            _ => {
                let last = decision.ways.len().saturating_sub(1);
                decision.cursor = moved(decision.cursor, last, decision.ways.len(), action);
                self.overlay = Some(Overlay::Decision(decision));
            }
        }
    }

    /// A key that is no action: the letter of a way. Whether a decision is asked for.
    pub(super) fn answer_by_letter(&mut self, key: Key) -> bool {
        let Some(Overlay::Decision(decision)) = &self.overlay else { return false };
        let Code::Char(letter) = key.code else { return true };
        let typed = letter.to_lowercase().next();
        let found = decision.ways.iter().find(|way| Some(way.letter) == typed);
        if let Some(deed) = found.map(|way| way.deed.clone()) {
            self.overlay = None;
            self.answered(deed);
        }
        true
    }
}
