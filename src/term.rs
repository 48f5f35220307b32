//! The real terminal: taking it and giving it back, what is typed, signals, clipboard and editor.
//!
//! Everything that came from the terminal or the system is an [`Input`]; everything shown goes through
//! [`Screen`]. Nothing here knows what is shown. The order matters when starting: the signals are caught
//! before the terminal is changed, so that none can end the program in between. [`open`] does it right.

mod canvas;
mod child;
pub mod clipboard;
mod decode;
pub mod editor;
pub mod environment;
mod input;
mod job;
mod modes;
pub mod opener;
pub mod paint;
mod screen;
mod tty;

pub use environment::{Capabilities, ColorChoice, Depth, Desktop};
pub use input::{Input, Inputs, Report};
pub use job::{Suspended, suspend};
pub use screen::{Options, Screen};
pub use tty::{Tty, columns};

use std::io;
use std::sync::Arc;

/// Takes the terminal and starts to listen to it. `send` gets every input, on a thread of its own, and
/// says whether anybody still listens.
///
/// # Errors
/// When there is no terminal, or the system refuses one of the steps; the terminal is then as before.
pub fn open(
    options: Options,
    send: impl FnMut(Input) -> bool + Send + 'static,
) -> io::Result<(Screen, Inputs)> {
    let tty = Arc::new(Tty::open()?);
    let inputs = Inputs::start(Arc::clone(&tty), send)?;
    let screen = Screen::enter(tty, options)?;
    Ok((screen, inputs))
}
