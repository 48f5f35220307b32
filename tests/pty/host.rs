//! A small program over `annals::term`, run in a terminal by the tests beside it: this very test program
//! starts itself again with only the one ignored test below.

use std::collections::VecDeque;
use std::path::Path;
use std::process;
use std::sync::mpsc::channel;
use std::thread;

use annals::term::{self, Desktop, Input, Options, Suspended, clipboard, editor};
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::session::{Session, Settings};

/// Says that the program is meant to run.
const VARIABLE: &str = "ANNALS_TEST_HOST";

/// What it has to be called with, behind its own path.
pub const ARGUMENTS: [&str; 5] = ["--exact", "pty::host::host", "--ignored", "--nocapture", "--quiet"];

/// Starts it in a terminal.
pub fn start(settings: &Settings<'_>) -> Session {
    let environment = [settings.environment, &[(VARIABLE, "1")]].concat();
    let program = std::env::current_exe().unwrap();
    let session = Session::start(program, &ARGUMENTS, &Settings { environment: &environment, ..*settings });
    session.wait_for_text("ready");
    session
}

/// The same as a command for a shell.
pub fn command() -> String {
    let program = std::env::current_exe().unwrap();
    format!("{VARIABLE}=1 '{}' {}", program.display(), ARGUMENTS.join(" "))
}

/// Shows the newest inputs, and does what some keys say.
#[test]
#[ignore = "a program that the other tests run in a terminal"]
fn host() {
    if std::env::var_os(VARIABLE).is_none() {
        return;
    }
    let (sender, receive) = channel();
    let (mut screen, mut inputs) =
        term::open(Options::default(), move |input| sender.send(input).is_ok()).unwrap();
    let mut lines = VecDeque::from([format!("ready, process {}", process::id())]);
    loop {
        let (columns, rows) = screen.size();
        let drawn = screen.draw(&[], |frame| {
            let head = Line::from(format!("{columns}x{rows}"));
            let shown = lines.iter().rev().map(|line| Line::from(line.as_str()));
            frame.render_widget(
                Paragraph::new(std::iter::once(head).chain(shown).collect::<Vec<_>>()),
                frame.area(),
            );
        });
        let input = if drawn.is_ok() { receive.recv().unwrap() } else { Input::Hangup };
        let said = match input {
            Input::Signal(signal) => {
                drop(screen);
                process::exit(128 + signal);
            }
            Input::Hangup => process::exit(129),
            Input::Resumed => {
                screen.reenter().unwrap();
                "resumed".to_owned()
            }
            Input::Suspend => suspended(term::suspend(&mut screen, &mut inputs).unwrap()),
            Input::Key(key) if key.modifiers == KeyModifiers::CONTROL && key.code == KeyCode::Char('z') => {
                suspended(term::suspend(&mut screen, &mut inputs).unwrap())
            }
            Input::Key(key) if key.modifiers == KeyModifiers::CONTROL && key.code == KeyCode::Char('l') => {
                screen.redraw().unwrap();
                "drawn anew".to_owned()
            }
            Input::Key(key) => match key.code {
                KeyCode::Char('q') => return,
                KeyCode::Char('p') => panic!("a panic while drawing"),
                KeyCode::Char('w') => {
                    let _ = thread::spawn(|| panic!("a panic beside")).join();
                    "still here".to_owned()
                }
                KeyCode::Char('l') => {
                    screen.draw(&[], |frame| frame.render_widget("hanging", frame.area())).unwrap();
                    loop {
                        thread::park();
                    }
                }
                KeyCode::Char('m') => {
                    screen.mouse(true).unwrap();
                    screen.tell_keys_apart().unwrap();
                    "mouse and keyboard".to_owned()
                }
                KeyCode::Char('y') => match clipboard::copy("44 BCE\n", Desktop::None, false) {
                    Ok(sent) => sent.words(),
                    Err(error) => error.to_string(),
                },
                KeyCode::Char('e') => {
                    let variable = |name: &str| std::env::var(name).ok();
                    let file = Path::new("a file.toml");
                    match editor::edit(&mut screen, &mut inputs, variable, file, Some(7)) {
                        Ok(status) => format!("edited: {status}"),
                        Err(error) => error.to_string(),
                    }
                }
                // The emulator on the other side draws nothing for the character of broken bytes.
                code => format!("key {code:?}").replace(char::REPLACEMENT_CHARACTER, "?"),
            },
            Input::Resize(columns, rows) => format!("resized {columns}x{rows}"),
            other => format!("{other:?}"),
        };
        lines.push_back(said);
        if lines.len() > 10 {
            lines.pop_front();
        }
    }
}

fn suspended(how: Suspended) -> String {
    format!("{how:?}")
}
