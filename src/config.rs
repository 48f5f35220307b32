//! The reader's configuration: from the text of `config.toml` to what it says, and everything that is wrong in it.
//!
//! Nothing that is wrong keeps the program from starting: a key that means nothing is passed over, a value that is none
//! leaves the default, and both are reported with their place.

mod keys;
mod print;
mod value;

use crate::app::View;
use crate::app::columns::Column;
use crate::formats::tree::{Kind, Lines, Member, decode};
use crate::formats::{Fault, Severity, toml};
use crate::keymap::Keymap;
use crate::term::ColorChoice;
use crate::text::nearest::nearest;
use crate::ui::style::Theme;
use value::Value;

pub use print::{default_text, keys_table};

/// The name of the table that remaps keys.
const KEYS: &str = "keys";

/// Makes the configuration, the names of its keys and their reader from one list.
macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $default:expr;)+) => {
        /// What the reader wants annals to be like.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Config {
            $($(#[$doc])* pub $name: $type,)+
            /// Which keys do what.
            pub keymap: Keymap,
        }

        impl Default for Config {
            fn default() -> Self {
                Self { $($name: $default,)+ keymap: Keymap::default() }
            }
        }

        impl Config {
            /// The names of all keys but those of the table that remaps keys.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)+];

            /// Takes the value of a key; `None` where no key is called so.
            fn set(&mut self, name: &str, value: &crate::formats::tree::Node) -> Option<Result<(), String>> {
                match name {
                    $(stringify!($name) => Some(<$type>::read(value).map(|value| self.$name = value)),)+
                    _ => None,
                }
            }
        }
    };
}

settings! {
    /// What the colours are chosen for; `None`: the terminal's background.
    theme: Option<Theme> = None;
    /// When colours are used.
    color: ColorChoice = ColorChoice::Auto;
    /// Whether only ASCII is used for lines and marks; `None`: where the locale is not UTF-8.
    ascii: Option<bool> = None;
    /// The view to begin with.
    view: View = View::Timeline;
    /// Whether the sidebar is shown at first; `None`: where there is room for three panes.
    sidebar: Option<bool> = None;
    /// Whether the time since the previous event is shown at first.
    elapsed: bool = false;
    /// The columns of the timeline, where others were not chosen for a source.
    columns: Vec<Column> = Column::usual();
    /// Whether the mouse acts in the browser rather than in the terminal.
    mouse: bool = false;
    /// Whether addresses are made hyperlinks of the terminal.
    links: bool = true;
    /// Whether the newest events come first.
    reverse: bool = false;
    /// Whether files are watched: what is added to them is shown, and what is edited is read again.
    watch: bool = true;
    /// Whether it is kept where the reader was, and gone back to the next time.
    session: bool = true;
    /// Whether everything is said in lines.
    linear: bool = false;
}

impl Config {
    /// Reads a configuration. What is wrong comes in the order of the file.
    pub fn read(bytes: &[u8]) -> (Self, Vec<Fault>) {
        let mut config = Self::default();
        let (text, mark) = match decode(bytes) {
            Ok(decoded) => decoded,
            Err(fault) => return (config, vec![*fault]),
        };
        let lines = Lines::new(text, mark);
        let whole = match toml::parse(&lines) {
            Ok(whole) => whole,
            Err(fault) => return (config, vec![*fault]),
        };
        let mut faults = Vec::new();
        for member in whole.members() {
            if member.key == KEYS {
                config.keymap = keys::read(&member.value, &lines, &mut faults);
            } else {
                config.take(member, &lines, &mut faults);
            }
        }
        faults.sort_by_key(|fault| (fault.line, fault.column));
        (config, faults)
    }

    fn take(&mut self, member: &Member, lines: &Lines<'_>, faults: &mut Vec<Fault>) {
        match self.set(&member.key, &member.value) {
            Some(Ok(())) => {}
            Some(Err(why)) => {
                let message = format!("{}: {why}", member.key);
                faults.push(lines.fault(Severity::Warning, member.value.at.start, message));
            }
            None => {
                let names = Self::NAMES.iter().copied().chain([KEYS]);
                faults.push(unknown(lines, member, "key", names));
            }
        }
    }
}

/// A name that means nothing, with the nearest that does.
fn unknown<'a>(
    lines: &Lines<'_>,
    member: &Member,
    what: &str,
    known: impl Iterator<Item = &'a str>,
) -> Fault {
    let message = format!("there is no {what} called {:?}", member.key);
    let fault = lines.fault(Severity::Warning, member.key_at.start, message);
    match nearest(&member.key, known) {
        Some(near) => fault.hinting(format!("did you mean {near}?")),
        None => fault,
    }
}

/// What a value is, for messages: a text as it is written, of others only their sort.
fn found(kind: &Kind, what: &str) -> String {
    match kind {
        Kind::Text(text) => format!("{text:?}"),
        Kind::Number(number) => number.clone(),
        Kind::Bool(truth) => truth.to_string(),
        _ => what.to_owned(),
    }
}

#[cfg(test)]
mod tests;
