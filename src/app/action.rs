//! The one table of actions: name, words, modes, default keys. Keymap, help, palette, hints and the README's key
//! table are all made from it.

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The timeline.
    List,
    /// The lanes.
    Lanes,
    /// The text of a document.
    Source,
    /// Words of it are being chosen.
    Words,
    /// The matrix.
    Matrix,
    /// The map.
    Map,
    /// The event pane.
    Event,
    /// The sidebar.
    Sidebar,
    /// A line of text is being typed.
    Prompt,
    /// A menu, the export dialog, a question.
    Menu,
    /// The help.
    Help,
}

impl Mode {
    /// All of them, in the order of the help.
    pub const ALL: &'static [Self] = &[
        Self::List,
        Self::Lanes,
        Self::Source,
        Self::Words,
        Self::Matrix,
        Self::Map,
        Self::Event,
        Self::Sidebar,
        Self::Prompt,
        Self::Menu,
        Self::Help,
    ];

    /// Its name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Lanes => "lanes",
            Self::Source => "source",
            Self::Words => "words",
            Self::Matrix => "matrix",
            Self::Map => "map",
            Self::Event => "event",
            Self::Sidebar => "sidebar",
            Self::Prompt => "prompt",
            Self::Menu => "menu",
            Self::Help => "help",
        }
    }

    /// Where that is, for a heading or a sentence: "in the timeline".
    pub const fn place(self) -> &'static str {
        match self {
            Self::List => "in the timeline",
            Self::Lanes => "in the lanes",
            Self::Source => "in the source",
            Self::Words => "while choosing words",
            Self::Matrix => "in the matrix",
            Self::Map => "in the map",
            Self::Event => "in the event pane",
            Self::Sidebar => "in the sidebar",
            Self::Prompt => "while typing",
            Self::Menu => "in menus and dialogs",
            Self::Help => "in the help",
        }
    }
}

/// The panes, whatever the middle one shows.
const PANES: &[Mode] =
    &[Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map, Mode::Event, Mode::Sidebar];
/// Where left and right go from pane to pane.
const SIDEWAYS: &[Mode] = &[Mode::List, Mode::Source, Mode::Map, Mode::Event, Mode::Sidebar];
/// Where time runs from left to right.
const ACROSS: &[Mode] = &[Mode::Lanes, Mode::Matrix];
const LIST: &[Mode] = &[Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map];
/// Where lines are events.
const EVENTS: &[Mode] = &[Mode::List, Mode::Lanes, Mode::Matrix, Mode::Map];
/// Where columns may be chosen: in the source the key makes a source of words.
const BUT_SOURCE: &[Mode] = &[Mode::List, Mode::Lanes, Mode::Matrix, Mode::Map, Mode::Event, Mode::Sidebar];
const SOURCE: &[Mode] = &[Mode::Source, Mode::Words];
const WORDS: &[Mode] = &[Mode::Words];
const LIST_EVENT: &[Mode] = &[Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map, Mode::Event];
const EVENT: &[Mode] = &[Mode::Event];
const SIDEBAR: &[Mode] = &[Mode::Sidebar];
const MENU: &[Mode] = &[Mode::Menu];
/// Everything with lines to go through.
const LINES: &[Mode] = &[
    Mode::List,
    Mode::Lanes,
    Mode::Source,
    Mode::Words,
    Mode::Matrix,
    Mode::Map,
    Mode::Event,
    Mode::Sidebar,
    Mode::Menu,
    Mode::Help,
];
/// Panes and what opens over them, but not where text is typed.
const NOT_TYPING: &[Mode] = LINES;
const ALL: &[Mode] = Mode::ALL;
const PROMPT: &[Mode] = &[Mode::Prompt];
const MARKABLE: &[Mode] =
    &[Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map, Mode::Sidebar, Mode::Menu];
const CHOOSING: &[Mode] =
    &[Mode::List, Mode::Lanes, Mode::Source, Mode::Matrix, Mode::Map, Mode::Event, Mode::Sidebar, Mode::Menu];
const SIDEBAR_MENU: &[Mode] = &[Mode::Sidebar, Mode::Menu];

/// Builds the enum and its accessors from the table.
macro_rules! actions {
    ($($(#[$group:meta])* $variant:ident $name:literal $doc:literal $modes:ident [$($key:literal)*])+) => {
        /// What the reader can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $(#[doc = $doc] $variant,)+ }

        impl Action {
            /// All of them, in the order of the help.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name, for the palette.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it does, in a few words.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => $doc,)+ }
            }

            /// Where its keys mean it.
            pub const fn modes(self) -> &'static [Mode] {
                match self { $(Self::$variant => $modes,)+ }
            }

            /// The action of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.name() == name)
            }

            /// Its default keys, the first one first in hints; with a space between keys that follow each other.
            pub const fn keys(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($key,)*],)+ }
            }
        }
    };
}

actions! {
    Timeline "timeline" "the timeline: events one below the other" PANES ["1"]
    Lanes "lanes" "the lanes: who did what in parallel" PANES ["2"]
    Source "source" "the source: what the documents say, passage by passage" PANES ["3"]
    Matrix "matrix" "the matrix: who or what against when, in numbers" PANES ["4"]
    Map "map" "the map: where it happened" PANES ["5"]
    Down "next" "next event; in other panes the next line" LINES ["j" "down"]
    Up "previous" "previous event; in other panes the previous line" LINES ["k" "up"]
    Into "into" "into the event pane; from the sidebar to the timeline" SIDEWAYS ["l" "right"]
    Out "out" "out of the event pane; from the timeline to the sidebar" SIDEWAYS ["h" "left"]
    Later "later" "next event of the lane; in the matrix the next period" ACROSS ["l" "right"]
    Earlier "earlier" "previous event of the lane; in the matrix the previous period" ACROSS ["h" "left"]
    LanesBy "lanes-by" "lanes or rows by actor, place, kind, tag or document; rows also by party" ACROSS ["L"]
    ScrollDown "scroll-down" "scroll the event pane down from the timeline" LIST_EVENT ["J"]
    ScrollUp "scroll-up" "scroll the event pane up from the timeline" LIST_EVENT ["K"]
    PageDown "page-down" "a page on" LINES ["pgdn" "ctrl-f"]
    PageUp "page-up" "a page back" LINES ["pgup" "ctrl-b"]
    HalfDown "half-page-down" "half a page on" LINES ["ctrl-d"]
    HalfUp "half-page-up" "half a page back" LINES ["ctrl-u"]
    First "first" "to the first" LINES ["g" "home"]
    Last "last" "to the last" LINES ["G" "end"]
    NextHeading "next-heading" "next heading; in the event pane the next link, in the source the next document" PANES ["]" "."]
    PreviousHeading "previous-heading" "previous heading; in the event pane the previous link, in the source the previous document" PANES ["[" ","]
    NextOfActor "next-of-actor" "next event of the actor in focus" LIST_EVENT ["}" ">"]
    PreviousOfActor "previous-of-actor" "previous event of the actor in focus" LIST_EVENT ["{" "<"]
    GoTo "go-to" "go to a date, in EDTF or words" PANES ["t"]
    Elapsed "elapsed" "show or hide the time since the previous event" PANES ["T"]
    Columns "columns" "choose the columns of the timeline, kept for this source" BUT_SOURCE ["C"]
    NextPane "next-pane" "next pane" PANES ["tab"]
    PreviousPane "previous-pane" "previous pane" PANES ["backtab"]
    Filter "filter" "type a filter" PANES ["f" "&"]
    FilterBy "filter-by" "filter by a value of this event" LIST_EVENT ["F"]
    Search "search" "search; in the sidebar narrow the values" PANES ["/"]
    NextHit "next-hit" "next hit" PANES ["n"]
    PreviousHit "previous-hit" "previous hit" PANES ["N"]
    Sidebar "sidebar" "show or hide the sidebar" PANES ["a"]
    Sort "sort" "sort the sidebar by count or by name" SIDEBAR ["s"]
    Select "select" "select this event; in the sidebar and in menus tick the box" MARKABLE ["space"]
    Range "range" "begin or end a range" EVENTS ["v"]
    SelectAll "select-all" "select all that is shown" LIST ["A"]
    Exclude "exclude" "leave this out: the value in focus, or ask which" LIST_EVENT ["X"]
    LeaveOut "leave-out" "leave the value in focus out; take a mark or a saved filter away" SIDEBAR_MENU ["x"]
    Only "only" "only this: the value in focus, or ask which" CHOOSING ["o"]
    Mark "mark" "mark this event, or no longer" LIST_EVENT ["m"]
    Marks "marks" "the marks and notes, to go to or to take away" PANES ["'"]
    Note "note" "write a note to this event" LIST_EVENT ["i"]
    SaveFilter "save-filter" "save the filter under a name" PANES ["S"]
    Filters "filters" "the saved filters, to take or to take away" LIST_EVENT ["s"]
    Accept "accept" "accept this event and go on to the next that is proposed" LIST_EVENT ["r"]
    Reject "reject" "reject this event, which stays in the file and says so, and go on" LIST_EVENT ["x"]
    Revise "revise" "change the date, title, actors or kind of this event" LIST_EVENT ["e"]
    NextProposed "next-proposed" "next event that is still proposed, the lowest confidence first" LIST_EVENT ["p"]
    PreviousProposed "previous-proposed" "previous event that is still proposed, a lower confidence" LIST_EVENT ["P"]
    Split "split" "make two events of this one, each with some of its sources" LIST_EVENT []
    Join "join" "make one event of this one and the one that is selected" LIST_EVENT []
    Words "words" "choose words of the text: go to the first, again to begin, then to the last" SOURCE ["v"]
    NextWord "next-word" "the next word" WORDS ["l" "right" "w"]
    PreviousWord "previous-word" "the word before" WORDS ["h" "left" "b"]
    MakeEvent "make-event" "make an event of the chosen words" SOURCE ["I"]
    Attach "attach" "make the chosen words a further source of the event last visited" SOURCE ["C"]
    Save "save" "save what was changed in the chronology" PANES ["ctrl-s"]
    Undo "undo" "undo the last change of the chronology, filter, selection, marks or notes" PANES ["u"]
    Redo "redo" "redo what was undone" PANES ["U" "ctrl-r"]
    DropTerm "drop-term" "drop the last term of the filter" LIST ["backspace"]
    Back "back" "back to the event that a link was followed from" EVENT ["backspace"]
    ClearFilter "clear-filter" "clear the filter" PANES ["c"]
    Copy "copy" "copy the selection, or this event, as Markdown" LIST_EVENT ["y"]
    Cite "cite" "copy this event as a citation" LIST_EVENT ["Y"]
    Write "write" "write the selection, or what is shown, to files" PANES ["w"]
    Edit "edit" "open the source in your editor" LIST_EVENT ["E"]
    ZoomIn "zoom-in" "zoom in on time; on the map on the place" PANES ["+" "="]
    ZoomOut "zoom-out" "zoom out" PANES ["-"]
    ZoomAll "zoom-all" "show the whole span; on the map all places" PANES ["0"]
    ZoomSelection "zoom-selection" "zoom to the selection" PANES ["z"]
    Open "open" "open, follow, accept" ALL ["enter" "ctrl-j"]
    Complete "complete" "take the proposal; in the export dialog the next field" PROMPT ["tab"]
    PreviousProposal "previous-proposal" "previous proposal" PROMPT ["up" "ctrl-p"]
    NextProposal "next-proposal" "next proposal" PROMPT ["down" "ctrl-n"]
    NextField "next-field" "to the file name and back" MENU ["tab" "backtab"]
    Leave "leave" "close what is on top; in the timeline quit" NOT_TYPING ["q"]
    Close "close" "undo the innermost: dialog, range, search, selection, pane; never quits" NOT_TYPING ["esc" "ctrl-g"]
    Cancel "cancel" "cancel what is typed" PROMPT ["esc" "ctrl-c" "ctrl-g"]
    OpenAddress "open-address" "open the address of the document; over SSH copy it" LIST_EVENT ["O"]
    Mouse "mouse" "let the mouse act here, or leave it to the terminal" PANES ["M"]
    Redraw "redraw" "draw the screen anew" ALL ["ctrl-l"]
    Suspend "suspend" "suspend the program" ALL ["ctrl-z"]
    Help "help" "this help" PANES ["?" "f1"]
    Palette "palette" "anything by its name: action, actor, party, event; also a date, an id, w FILE" PANES [":"]
    Quit "quit" "quit at once" NOT_TYPING ["ctrl-c"]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_told_apart_and_every_action_is_described() {
        let names: HashSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for action in Action::ALL {
            assert!(!action.doc().is_empty());
            assert!(!action.modes().is_empty());
        }
    }
}
