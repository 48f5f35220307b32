//! What comes from the terminal: each input to the state, or to whom it concerns.

use std::io;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::{HANGUP, Next, Running, SIGNAL_STATUS};
use crate::app::mouse::Pointer;
use crate::keymap::{Code, Key};
use crate::term::{Capabilities, Input, Report};
use crate::ui::style::{Styles, of_background};

impl Running {
    pub(super) fn input(&mut self, input: Input) -> io::Result<Next> {
        let effects = match input {
            Input::Key(event) => {
                self.keyed = true;
                key(event).map(|key| self.app.key(key)).unwrap_or_default()
            }
            Input::Paste(text) => self.app.paste(&text),
            Input::Resize(width, height) => self.app.resize((width, height)),
            Input::Mouse(event) => pointer(event)
                .map(|pointer| self.app.mouse(pointer, (event.column, event.row)))
                .unwrap_or_default(),
            // The colours of the desktop may have changed meanwhile.
            Input::Focus(true) if self.theme.is_none() => {
                self.ask()?;
                Vec::new()
            }
            Input::Focus(_) => Vec::new(),
            Input::Suspend => return self.suspend(),
            Input::Report(report) => {
                self.take_report(report)?;
                Vec::new()
            }
            Input::Resumed => {
                self.screen.reenter()?;
                self.ask()?;
                Vec::new()
            }
            Input::Signal(number) => return Ok(Next::End(SIGNAL_STATUS + number)),
            Input::Hangup => return Ok(Next::End(SIGNAL_STATUS + HANGUP)),
        };
        self.perform(effects)
    }

    /// Asks the terminal what it is like, where it is one that answers or at least takes no harm.
    pub(super) fn ask(&self) -> io::Result<()> {
        let Capabilities { answers, tmux, .. } = self.capabilities;
        if answers { self.screen.ask(tmux) } else { Ok(()) }
    }

    /// The terminal's background chooses the theme, unless the reader has.
    fn take_report(&mut self, report: Report) -> io::Result<()> {
        match (report, self.theme) {
            (Report::Background(red, green, blue), None) => {
                let theme = of_background((red, green, blue));
                self.styles = Styles::of(theme, self.capabilities.depth, self.app.options.ascii);
                Ok(())
            }
            (Report::Keyboard, _) => self.screen.tell_keys_apart(),
            _ => Ok(()),
        }
    }
}

/// What the mouse did, as far as it means anything here: only the main button does.
fn pointer(event: MouseEvent) -> Option<Pointer> {
    Some(match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Pointer::Press,
        MouseEventKind::Drag(MouseButton::Left) => Pointer::Drag,
        MouseEventKind::Up(MouseButton::Left) => Pointer::Release,
        MouseEventKind::ScrollUp => Pointer::WheelUp,
        MouseEventKind::ScrollDown => Pointer::WheelDown,
        _ => return None,
    })
}

/// A key press as the keymap knows it; `None` for keys that mean nothing here.
fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(char) => Code::Char(char),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::Function(n),
        _ => return None,
    };
    let modifiers = event.modifiers;
    Some(Key {
        code,
        ctrl: modifiers.contains(KeyModifiers::CONTROL),
        alt: modifiers.contains(KeyModifiers::ALT),
    })
}
