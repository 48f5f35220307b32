//! What the browser begins with, and what its panes can be.

use super::action::Action;
use super::columns::Column;
use crate::keymap::Keymap;
use crate::notebook::{Notebook, Session};
use crate::query::Filter;
use crate::when::When;

/// What was asked for on the command line.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub struct Options {
    /// The filter to begin with.
    pub filter: Filter,
    /// Newest first.
    pub reverse: bool,
    /// No characters beyond ASCII.
    pub ascii: bool,
    /// Everything is said in lines.
    pub linear: bool,
    /// The date that relative words count from.
    pub today: Option<When>,
    /// A date to begin at.
    pub at: Option<When>,
    /// The columns of the timeline; none: the usual ones.
    pub columns: Vec<Column>,
    /// The view to begin with.
    pub view: View,
    /// Whether the sidebar is shown; `None`: where there is room.
    pub sidebar: Option<bool>,
    /// Whether the time since the previous event is shown.
    pub elapsed: bool,
    /// Whether the mouse acts here.
    pub mouse: bool,
    /// The keys.
    pub keymap: Keymap,
    /// What can be revised.
    pub revisable: super::revising::Revisable,
    /// What the reader noted before.
    pub notebook: Notebook,
    /// Where the reader was; `None`: it is begun anew.
    pub session: Option<Session>,
    /// What is to be said first: something is wrong in the configuration.
    pub remark: Option<String>,
    /// The SOURCEs as given, for the export dialog's command.
    pub sources: Vec<String>,
}

/// Which pane has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The timeline.
    #[default]
    List,
    /// The event pane.
    Event,
    /// The sidebar.
    Sidebar,
}

/// What the middle pane shows. Cursor, filter and selection are the same in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Events one below the other.
    #[default]
    Timeline,
    /// Events along the time, in lanes.
    Lanes,
    /// The text of a document.
    Source,
    /// Counts of who or what by periods.
    Matrix,
    /// Where it happened.
    Map,
}

impl View {
    /// All of them, in the order of their keys.
    pub const ALL: [Self; 5] = [Self::Timeline, Self::Lanes, Self::Source, Self::Matrix, Self::Map];

    /// Whether it can be said in lines, event by event.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Timeline | Self::Source)
    }

    /// Its name, which is also that of the action that shows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => Action::Timeline.name(),
            Self::Lanes => Action::Lanes.name(),
            Self::Source => Action::Source.name(),
            Self::Matrix => Action::Matrix.name(),
            Self::Map => Action::Map.name(),
        }
    }
}
