//! What ratatui draws on: a frame's bytes leave in one piece.

use std::io;
use std::sync::Arc;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::paint::{self, Grid, Strokes};
use super::tty::Tty;

const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const CLEAR: &[u8] = b"\x1b[H\x1b[2J";

/// A ratatui backend that never asks the terminal anything and never starts a program to learn its size.
/// It keeps what the terminal shows and so is not told single cells: whole frames are compared.
/// The cursor is moved once a frame, at its end, and not at all where it stays.
#[derive(Debug)]
pub(super) struct Canvas {
    tty: Arc<Tty>,
    /// What the terminal shows; `None` where that is not known.
    screen: Option<Grid>,
    /// Where the cursor is to be, and whether it is to be seen.
    wanted: (Position, bool),
    /// Where it was left; `None` while hidden.
    shown: Option<Position>,
}

impl Canvas {
    pub(super) fn new(tty: Arc<Tty>) -> Self {
        Self { tty, screen: None, wanted: (Position::ORIGIN, false), shown: None }
    }

    /// What makes the terminal show this, as one synchronized update; empty where it does already.
    pub(super) fn take_frame(&mut self, after: Grid) -> Vec<u8> {
        let known = self.screen.take().filter(|before| before.fits(&after));
        let strokes =
            known.as_ref().map_or_else(|| drawn_anew(&after), |before| paint::changes(before, &after));
        self.screen = Some(after);
        self.framed(&strokes)
    }

    /// Puts the changes and the cursor into an update.
    fn framed(&mut self, strokes: &Strokes) -> Vec<u8> {
        let cursor = self.wanted.1.then_some(self.wanted.0);
        if strokes.bytes.is_empty() && cursor == self.shown {
            return Vec::new();
        }
        let mut frame = Vec::with_capacity(strokes.bytes.len() + 48);
        frame.extend_from_slice(BEGIN_UPDATE);
        if self.shown.is_some() && !(strokes.bytes.is_empty() && cursor.is_some()) {
            frame.extend_from_slice(HIDE_CURSOR);
            self.shown = None;
        }
        frame.extend_from_slice(&strokes.bytes);
        if let Some(at) = cursor {
            frame.extend_from_slice(&paint::moved(strokes.at, (at.x.into(), at.y.into())));
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
        self.screen = None;
        self.shown = None;
    }
}

/// A whole screen, whatever was there.
fn drawn_anew(after: &Grid) -> Strokes {
    let strokes = paint::changes(&after.emptied(), after);
    Strokes { bytes: [CLEAR, &strokes.bytes].concat(), ..strokes }
}

impl Backend for Canvas {
    type Error = io::Error;

    /// Does nothing: what differs is worked out from the whole frame.
    fn draw<'a, I>(&mut self, _: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        Ok(())
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

    /// Makes the next frame begin with an empty screen.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.screen = None;
        Ok(())
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
        let drawn = terminal
            .draw(|frame| {
                frame.render_widget(Paragraph::new(text), frame.area());
                if let Some(at) = cursor {
                    frame.set_cursor_position(at);
                }
            })
            .unwrap();
        let grid = Grid::of(drawn.buffer, true);
        String::from_utf8(terminal.backend_mut().take_frame(grid)).unwrap()
    }

    #[test]
    fn a_frame_is_one_synchronized_update() {
        let mut terminal = terminal();
        let first = frame(&mut terminal, "1815", Some((3, 0)));
        assert!(first.starts_with("\x1b[?2026h"), "{first:?}");
        assert!(first.contains("1815"), "{first:?}");
        assert!(first.ends_with("\x1b[D\x1b[?25h\x1b[?2026l"), "{first:?}");
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
        assert_eq!(frame(&mut terminal, "1815", Some((0, 0))), "\x1b[?2026h\x1b[H\x1b[?2026l");
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
