//! What ratatui draws on: a frame's bytes are collected and leave in one piece.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::tty::Tty;

const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";

/// Bytes on their way to the terminal; clones share them.
#[derive(Clone, Debug, Default)]
struct Ink(Rc<RefCell<Vec<u8>>>);

impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: a frame leaves when it is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A ratatui backend that never asks the terminal anything and never starts a program to learn its size.
/// The cursor is moved once a frame, at its end, and not at all where it stays.
#[derive(Debug)]
pub(super) struct Canvas {
    inner: CrosstermBackend<Ink>,
    ink: Ink,
    tty: Arc<Tty>,
    /// Where the cursor is to be, and whether it is to be seen.
    wanted: (Position, bool),
    /// Where it was left; `None` while hidden.
    shown: Option<Position>,
}

impl Canvas {
    pub(super) fn new(tty: Arc<Tty>) -> Self {
        let ink = Ink::default();
        Self {
            inner: CrosstermBackend::new(ink.clone()),
            ink,
            tty,
            wanted: (Position::ORIGIN, false),
            shown: None,
        }
    }

    /// The bytes since the last call as one synchronized update; empty where nothing has changed.
    pub(super) fn take_frame(&mut self) -> Vec<u8> {
        let body = std::mem::take(&mut *self.ink.0.borrow_mut());
        let cursor = self.wanted.1.then_some(self.wanted.0);
        if body.is_empty() && cursor == self.shown {
            return body;
        }
        let mut frame = Vec::with_capacity(body.len() + 48);
        frame.extend_from_slice(BEGIN_UPDATE);
        if self.shown.is_some() && !(body.is_empty() && cursor.is_some()) {
            frame.extend_from_slice(HIDE_CURSOR);
            self.shown = None;
        }
        frame.extend_from_slice(&body);
        if let Some(at) = cursor {
            let (row, column) = (u32::from(at.y) + 1, u32::from(at.x) + 1);
            frame.extend_from_slice(format!("\x1b[{row};{column}H").as_bytes());
            if self.shown.is_none() {
                frame.extend_from_slice(SHOW_CURSOR);
            }
        }
        frame.extend_from_slice(END_UPDATE);
        self.shown = cursor;
        frame
    }

    /// Forgets what the terminal shows: it has been entered afresh, with the cursor hidden.
    pub(super) fn forget(&mut self) {
        self.ink.0.borrow_mut().clear();
        self.shown = None;
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // The inner backend resets all colours even after nothing.
        let mut content = content.peekable();
        if content.peek().is_some() { self.inner.draw(content) } else { Ok(()) }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted.1 = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted.1 = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.0)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted.0 = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.tty.size().into())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixStream;

    use ratatui::Terminal;
    use ratatui::widgets::Paragraph;

    use super::*;

    fn terminal() -> Terminal<Canvas> {
        let (one, two) = UnixStream::pair().unwrap();
        Terminal::new(Canvas::new(Arc::new(Tty::of(one.into(), two.into())))).unwrap()
    }

    fn frame(terminal: &mut Terminal<Canvas>, text: &str, cursor: Option<(u16, u16)>) -> String {
        terminal
            .draw(|frame| {
                frame.render_widget(Paragraph::new(text), frame.area());
                if let Some(at) = cursor {
                    frame.set_cursor_position(at);
                }
            })
            .unwrap();
        String::from_utf8(terminal.backend_mut().take_frame()).unwrap()
    }

    #[test]
    fn a_frame_is_one_synchronized_update() {
        let mut terminal = terminal();
        let first = frame(&mut terminal, "1815", Some((3, 0)));
        assert!(first.starts_with("\x1b[?2026h"), "{first:?}");
        assert!(first.contains("1815"), "{first:?}");
        assert!(first.ends_with("\x1b[1;4H\x1b[?25h\x1b[?2026l"), "{first:?}");
    }

    #[test]
    fn an_unchanged_frame_is_no_bytes() {
        let mut terminal = terminal();
        frame(&mut terminal, "1815", Some((3, 0)));
        assert_eq!(frame(&mut terminal, "1815", Some((3, 0))), "");
    }

    #[test]
    fn only_the_cursor_moves() {
        let mut terminal = terminal();
        frame(&mut terminal, "1815", Some((3, 0)));
        assert_eq!(frame(&mut terminal, "1815", Some((0, 0))), "\x1b[?2026h\x1b[1;1H\x1b[?2026l");
        assert_eq!(frame(&mut terminal, "1815", None), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
    }

    #[test]
    fn the_cursor_is_hidden_while_cells_are_drawn() {
        let mut terminal = terminal();
        frame(&mut terminal, "1815", Some((3, 0)));
        let next = frame(&mut terminal, "1816", Some((3, 0)));
        assert!(next.starts_with("\x1b[?2026h\x1b[?25l"), "{next:?}");
        assert!(next.ends_with("\x1b[?25h\x1b[?2026l"), "{next:?}");
        assert!(!next.contains('8'), "unchanged cells are drawn again: {next:?}");
    }

    #[test]
    fn after_a_clear_everything_is_drawn_again() {
        let mut terminal = terminal();
        frame(&mut terminal, "1815", None);
        terminal.backend_mut().forget();
        terminal.clear().unwrap();
        let again = frame(&mut terminal, "1815", None);
        assert!(again.contains("\x1b[2J") && again.contains("1815"), "{again:?}");
    }
}
