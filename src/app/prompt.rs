//! A line of text that is being typed: filter, search, date, palette, a prefix for the sidebar.

use std::sync::Arc;

use tui_input::{Input, InputRequest};

use super::palette::Target;
use crate::chronology::Catalogue;
use crate::keymap::{Code, Key};
use crate::query::{self, Dimension, Filter, QueryFault};
use crate::store::Key as EventKey;

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// A filter.
    Filter,
    /// Words to search for.
    Search,
    /// A date to go to.
    GoTo,
    /// An action, a date, an id.
    Palette,
    /// What the sidebar's labels start with.
    Narrow,
    /// A note to an event.
    Note,
    /// The name of the filter that is saved.
    SaveFilter,
    /// A part of the lit event.
    Part(super::revising::Part),
    /// The title of an event that is made of words.
    NewEvent,
    /// The name of the file that is saved to.
    SaveAs,
}

impl PromptKind {
    /// What stands before the text.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Filter => "filter ",
            Self::Search => "/",
            Self::GoTo => "go to ",
            Self::Palette => ":",
            Self::Narrow => "narrow ",
            Self::Note => "note ",
            Self::SaveFilter => "save the filter as ",
            Self::Part(part) => part.label(),
            Self::NewEvent => "title of the new event ",
            Self::SaveAs => "save as ",
        }
    }
}

/// Edits a line by a key. Whether the text changed.
pub fn edit(line: &mut Input, key: Key) -> bool {
    let request = match (key.code, key.ctrl) {
        (Code::Char(char), false) if !key.alt => InputRequest::InsertChar(char),
        (Code::Backspace, false) | (Code::Char('h'), true) => InputRequest::DeletePrevChar,
        (Code::Delete, _) | (Code::Char('d'), true) => InputRequest::DeleteNextChar,
        (Code::Left, false) => InputRequest::GoToPrevChar,
        (Code::Right, false) => InputRequest::GoToNextChar,
        (Code::Left, true) => InputRequest::GoToPrevWord,
        (Code::Right, true) => InputRequest::GoToNextWord,
        (Code::Home, _) | (Code::Char('a'), true) => InputRequest::GoToStart,
        (Code::End, _) | (Code::Char('e'), true) => InputRequest::GoToEnd,
        (Code::Char('w') | Code::Backspace, true) => InputRequest::DeletePrevWord,
        (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
        (Code::Char('u'), true) => InputRequest::DeleteLine,
        _ => return false,
    };
    line.handle(request).is_some_and(|change| change.value)
}

/// Puts a pasted text into a line at its cursor; line breaks become spaces, other controls are left out.
pub fn paste(line: &mut Input, text: &str) {
    let clean: String = text
        .chars()
        .map(|char| if char.is_whitespace() { ' ' } else { char })
        .filter(|char| !char.is_control())
        .collect();
    let chars: Vec<char> = line.value().chars().collect();
    let at = line.cursor().min(chars.len());
    let (head, tail) = chars.split_at(at);
    let joined: String = head.iter().copied().chain(clean.chars()).chain(tail.iter().copied()).collect();
    *line = Input::new(joined).with_cursor(at + clean.chars().count());
}

/// A proposal in the list above or below the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is inserted, or the action's name.
    pub insert: String,
    /// The characters of the line that it replaces.
    pub replace: std::ops::Range<usize>,
    /// What it means.
    pub label: String,
    /// The bytes of what is inserted that fit what was typed; none where it only begins so.
    pub lit: Vec<std::ops::Range<usize>>,
    /// In the palette: what it does.
    pub target: Option<Target>,
}

/// The line being typed, and what to return to when it is cancelled.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What for.
    pub kind: PromptKind,
    /// The line with its cursor.
    pub input: Input,
    /// Why it cannot be taken as it is.
    pub fault: Option<QueryFault>,
    /// Proposals, best first.
    pub proposals: Vec<Proposal>,
    /// The proposal that is lit.
    pub chosen: Option<usize>,
    /// The filter before.
    pub filter_before: Arc<Filter>,
    /// The search before.
    pub search_before: Option<Arc<Filter>>,
    /// The cursor before.
    pub cursor_before: EventKey,
}

impl Prompt {
    /// A prompt that begins with a text.
    pub fn new(
        kind: PromptKind,
        text: String,
        filter_before: Arc<Filter>,
        search_before: Option<Arc<Filter>>,
        cursor_before: EventKey,
    ) -> Self {
        Self {
            kind,
            input: Input::new(text),
            fault: None,
            proposals: Vec::new(),
            chosen: None,
            filter_before,
            search_before,
            cursor_before,
        }
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Finds proposals for the line as it is.
    /// `values` are those that no catalogue knows: kinds and tags.
    pub fn propose(&mut self, catalogue: &Catalogue, values: &[(Dimension, String)]) {
        self.chosen = None;
        self.proposals = match self.kind {
            PromptKind::Filter => self.query_proposals(catalogue, values),
            _ => Vec::new(),
        };
    }

    fn query_proposals(&self, catalogue: &Catalogue, values: &[(Dimension, String)]) -> Vec<Proposal> {
        let text = self.text();
        let byte = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(byte, _)| byte);
        let chars = |byte: usize| text.get(..byte).map_or(0, |head| head.chars().count());
        query::complete(text, byte, catalogue, values)
            .into_iter()
            .map(|completion| Proposal {
                replace: chars(completion.replace.start)..chars(completion.replace.end),
                insert: completion.insert,
                label: completion.label,
                lit: Vec::new(),
                target: None,
            })
            .collect()
    }

    /// Lights the next proposal, or the one before.
    pub fn choose(&mut self, forward: bool) {
        let count = self.proposals.len();
        if count == 0 {
            return;
        }
        self.chosen = Some(match (self.chosen, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        });
    }

    /// Puts the lit (or first) proposal into the line. Whether there was one.
    pub fn complete(&mut self) -> bool {
        let Some(proposal) = self.proposals.get(self.chosen.unwrap_or(0)).cloned() else { return false };
        let chars: Vec<char> = self.text().chars().collect();
        let end = proposal.replace.end.min(chars.len());
        let start = proposal.replace.start.min(end);
        let line = chars.iter().take(start).copied().chain(proposal.insert.chars());
        let line: String = line.chain(chars.iter().skip(end).copied()).collect();
        let cursor = start + proposal.insert.chars().count();
        self.input = Input::new(line).with_cursor(cursor);
        true
    }
}
