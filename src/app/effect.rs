//! What the browser wants done outside of its state, and what came of it.

use std::sync::Arc;

use crate::notebook::{Change, Notebook};
use crate::revise::{Manuscript, Record};
use crate::store::{Keys, Question, Request, Slot};

/// Something for the loop around the state to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the store; the reply carries the number back.
    Ask(Slot, u64, Request),
    /// Forget what was asked in a slot.
    Cancel(Slot),
    /// Send events as Markdown to the clipboard.
    CopyEvents(Question, Keys),
    /// Send this text to the clipboard; what it is, in a word.
    CopyText(String, &'static str),
    /// Open an address of the web.
    OpenAddress(String),
    /// Find out what an export would hold and lose.
    Preview(ExportOrder),
    /// Write files.
    Export(ExportOrder),
    /// Stop an export that runs.
    CancelExport,
    /// Open the file that an event of this layer stands in, at the event.
    Edit {
        /// The layer's name.
        layer: String,
        /// The event's id.
        id: String,
    },
    /// Show the chronology as it is now, and keep in the journal what was done.
    Revise {
        /// The chronology.
        manuscript: Manuscript,
        /// What was done.
        records: Vec<Record>,
        /// What to say of it.
        said: String,
    },
    /// Save a text.
    Save {
        /// The file.
        path: String,
        /// The text.
        text: Arc<str>,
        /// What may stand there before.
        expected: Expected,
    },
    /// Go on writing the journal that was left behind.
    TakeJournal,
    /// Throw away the journal that was left behind.
    DropLeft,
    /// Throw away the journal that is being written.
    DropJournal,
    /// Keep what was chosen or noted for the next time this source is opened.
    Keep(Change),
    /// Have the terminal tell of the mouse, or no longer.
    Mouse(bool),
    /// Suspend the program as Ctrl-Z does.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
    /// End the program.
    Quit,
}

/// Which events go to which files.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOrder {
    /// The filter and the order.
    pub question: Question,
    /// Which of its events.
    pub keys: Keys,
    /// Names of formats, each once.
    pub formats: Vec<&'static str>,
    /// The file's name; with several formats each takes its own ending.
    pub path: String,
    /// Whether files that exist may be replaced.
    pub replace: bool,
    /// What the reader noted, where it is written with the events.
    pub notes: Option<Arc<Notebook>>,
}

/// What may stand in a file before it is saved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// No file.
    Nothing,
    /// This text.
    Text(Arc<str>),
    /// Whatever it is.
    Anything,
}

/// What came of saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The text stands in the file.
    Done {
        /// The file.
        path: String,
        /// The text.
        text: Arc<str>,
    },
    /// There is such a file already.
    Taken(String),
    /// Something else stands in the file than when it was read; `None`: it is gone.
    Meanwhile(Option<Arc<str>>),
    /// It was not saved, for this reason.
    Failed(String),
}

/// What came of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, in these words.
    Done(String),
    /// It failed, in these words.
    Failed(String),
    /// These events as text, to be copied.
    ToCopy(String),
    /// How far an export has come.
    Writing(Writing),
    /// The files of an export are written, in these words.
    Written(String),
    /// An export failed or was stopped, in these words.
    NotWritten(String),
    /// It is too much for the terminal's clipboard: a file is offered.
    TooLong(String),
    /// What an export would hold.
    Preview(Preview),
    /// These files exist already.
    Exists(Vec<String>),
    /// What came of saving.
    Saved(Saved),
}

/// How far an export has come with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The file's name.
    pub file: String,
    /// How many events there are; 0 before that is known.
    pub events: u64,
    /// How much of the work is done, in percent, all the times together that the format goes through the events.
    pub share: u8,
}

/// What an export would hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many events.
    pub events: u64,
    /// How many of them are only possible.
    pub possible: u64,
    /// Per format: its name and what it could not carry.
    pub losses: Vec<(String, Vec<String>)>,
    /// Whether there are too many events to try what is lost beforehand: it is said afterwards.
    pub untried: bool,
    /// The ids of the events where they are few enough to be named in a command.
    pub ids: Option<Vec<String>>,
}
