//! The screen: holding it is having the terminal.

use std::io;
use std::rc::Rc;
use std::sync::Arc;

use ratatui::{Frame, Terminal};

use super::canvas::Canvas;
use super::environment::Depth;
use super::modes::{self, Extra};
use super::paint::{Grid, Hyperlink};
use super::tty::Tty;

/// How the screen is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How many colours may be sent; [`Depth::None`] sends none, whatever is drawn.
    pub depth: Depth,
    /// Whether only lines are written ([`Screen::print`]): nothing is ever drawn.
    pub lines: bool,
}

/// The terminal in raw mode on its alternate screen. Dropping it gives the terminal back as it was; so does a
/// panic, before it is reported.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<Canvas>,
    tty: Arc<Tty>,
    /// Whether colours are sent, whatever is drawn.
    colours: bool,
    /// Whether only lines are written.
    lines: bool,
    /// Modes that are turned on whenever the terminal is taken.
    extras: Vec<&'static Extra>,
    /// Where hyperlinks have led so far.
    addresses: Rc<Vec<String>>,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste.
    ///
    /// # Errors
    /// When the system refuses a step; those already done are undone.
    pub fn enter(tty: Arc<Tty>, options: Options) -> io::Result<Self> {
        let terminal = Terminal::new(Canvas::new(Arc::clone(&tty)))?;
        modes::restore_on_panic();
        let Options { depth, lines } = options;
        modes::take(&tty, lines)?;
        let colours = depth != Depth::None;
        Ok(Self { terminal, tty, colours, lines, extras: Vec::new(), addresses: Rc::default() })
    }

    /// Draws one frame, in the present size of the terminal, with these hyperlinks, and sends what differs from the
    /// last one. Nothing is sent while the terminal is given away.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, links: &[Hyperlink], render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if self.lines {
            return Ok(());
        }
        let drawn = Grid::of(self.terminal.draw(render)?.buffer, self.colours);
        let drawn = drawn.linked(links, &mut self.addresses);
        let frame = self.terminal.backend_mut().take_frame(drawn);
        modes::write(&frame)
    }

    /// Writes a text behind all that was written before. Nothing is sent while the terminal is given away.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        // In raw mode nobody goes back to the beginning of the line for us.
        modes::write(text.replace('\n', "\r\n").as_bytes())
    }

    /// Makes the next frame draw everything anew.
    ///
    /// # Errors
    /// None at present; the signature is that of the terminal library.
    pub fn redraw(&mut self) -> io::Result<()> {
        if self.lines {
            return Ok(());
        }
        self.terminal.clear()
    }

    /// Asks the terminal for its background and what keyboards it knows; inside tmux also the terminal that tmux is
    /// in, where tmux passes it on. Nobody waits: what it answers comes as [`super::Input::Report`], if it does.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ask(&self, in_tmux: bool) -> io::Result<()> {
        // "Operating System Commands" of "XTerm Control Sequences"; the Kitty keyboard protocol's "Detection of support
        // for this protocol"; ECMA-48, 8.3.24 DA, which every terminal answers.
        const BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";
        const PASSED_ON: &[u8] = b"\x1bPtmux;\x1b\x1b]11;?\x1b\x1b\\\x1b\\";
        const KEYBOARD: &[u8] = b"\x1b[?u";
        const LAST: &[u8] = b"\x1b[c";
        if self.lines {
            return Ok(());
        }
        let passed_on = if in_tmux { PASSED_ON } else { &[] };
        modes::ask(&[BACKGROUND, passed_on, KEYBOARD, LAST].concat())
    }

    /// Has the terminal tell of the mouse ([`super::Input::Mouse`]), or no longer.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.turn(&modes::MOUSE, on)
    }

    /// Has a terminal that knows the Kitty keyboard protocol ([`super::Report::Keyboard`]) tell keys apart that else
    /// send the same bytes.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn tell_keys_apart(&mut self) -> io::Result<()> {
        self.turn(&modes::KEYBOARD, true)
    }

    fn turn(&mut self, extra: &'static Extra, on: bool) -> io::Result<()> {
        if self.lines {
            return Ok(());
        }
        self.extras.retain(|other| *other != extra);
        self.extras.extend(on.then_some(extra));
        modes::turn(extra, on)
    }

    /// Gives the terminal away, for a stop or another program.
    ///
    /// # Errors
    /// The first step that failed; all have been tried.
    pub fn leave(&mut self) -> io::Result<()> {
        modes::give_back()
    }

    /// Takes the terminal again, or makes sure of its modes where it was never given away. The next frame is
    /// drawn whole.
    ///
    /// # Errors
    /// When the system refuses a step.
    pub fn reenter(&mut self) -> io::Result<()> {
        modes::take(&self.tty, self.lines)?;
        for extra in &self.extras {
            modes::turn(extra, true)?;
        }
        if self.lines {
            return Ok(());
        }
        self.terminal.backend_mut().forget();
        self.redraw()
    }

    /// Columns and rows, as in [`Tty::size`].
    pub fn size(&self) -> (u16, u16) {
        self.tty.size()
    }

    pub(super) fn tty(&self) -> &Tty {
        &self.tty
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Where even that fails there is no screen left to say so.
        let _ = modes::give_back();
    }
}
