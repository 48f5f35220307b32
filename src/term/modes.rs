//! The terminal's modes: taken all together, given back step by step, once, by whoever comes first: the
//! screen's guard, the panic hook, or a second signal.
//!
//! What has to be undone is kept in one place behind a lock, and whoever undoes it takes it out. While it is
//! empty nothing is written to the terminal any more, so no late frame can spoil a screen given back.

use std::io;
use std::panic;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError, TryLockError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::tty::{Tty, write_all};

/// Alternate screen, bracketed paste, reports of the focus, no cursor, an empty screen.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?1004h\x1b[?25l\x1b[H\x1b[2J";

/// The way back, each step for itself: end of an update, plain colours, no reports of the focus, no bracketed paste,
/// cursor, main screen. What was turned on in addition is turned off before.
const LEAVE: [&[u8]; 6] =
    [b"\x1b[?2026l", b"\x1b[0m", b"\x1b[?1004l", b"\x1b[?2004l", b"\x1b[?25h", b"\x1b[?1049l"];

/// A mode that is only turned on where it is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Extra {
    on: &'static [u8],
    off: &'static [u8],
}

/// The mouse: buttons, the wheel, and moves with a button down, in the form without limits ("SGR").
pub(super) static MOUSE: Extra =
    Extra { on: b"\x1b[?1000h\x1b[?1002h\x1b[?1006h", off: b"\x1b[?1006l\x1b[?1002l\x1b[?1000l" };

/// Keys that cannot be mistaken for each other: flag 1 of the Kitty keyboard protocol, put on the stack of the alternate
/// screen and taken off it.
pub(super) static KEYBOARD: Extra = Extra { on: b"\x1b[>1u", off: b"\x1b[<u" };

/// Whether the terminal was asked something and may still answer.
static ASKED: AtomicBool = AtomicBool::new(false);

/// How long a frame may take that is being written when the program has to end.
const PATIENCE: Duration = Duration::from_millis(500);

/// The status of a program that panicked.
const PANICKED: i32 = 101;

/// What is needed to give the terminal back.
struct Taken {
    tty: Tty,
    before: Termios,
    by: ThreadId,
    /// What is on in addition.
    extras: Vec<&'static Extra>,
    /// Whether only lines are written: the screen was never taken.
    lines: bool,
}

static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// Under this lock nothing but system calls is made: a panic under it would wait for itself.
fn taken() -> MutexGuard<'static, Option<Taken>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal: raw mode, then, unless only lines are written, the modes of the screen. Does them again if it is taken already, as
/// after a stop in which somebody else had the terminal.
pub(super) fn take(tty: &Tty, lines: bool) -> io::Result<()> {
    let mut taken = taken();
    let before = match taken.take() {
        Some(earlier) => {
            turn_off(&earlier);
            earlier.before
        }
        None => tcgetattr(tty.input())?,
    };
    let mut raw = before.clone();
    raw.make_raw();
    let state =
        Taken { tty: tty.try_clone()?, before, by: thread::current().id(), extras: Vec::new(), lines };
    let entered = tcsetattr(tty.input(), OptionalActions::Now, &raw)
        .map_err(io::Error::from)
        .and_then(|()| if lines { Ok(()) } else { write_all(tty.output(), ENTER) });
    match entered {
        Ok(()) => {
            *taken = Some(state);
            Ok(())
        }
        Err(error) => {
            // The first error is the one to report.
            let _ = undo(&state);
            Err(error)
        }
    }
}

/// Gives the terminal back, every step even where an earlier one fails. Nothing happens where that is done.
pub(super) fn give_back() -> io::Result<()> {
    let mut taken = taken();
    taken.take().map_or(Ok(()), |state| undo(&state))
}

/// The same, but where somebody writes a frame it waits only a moment: on a stuck terminal that takes for ever.
pub(super) fn give_back_soon() {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match TAKEN.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(PATIENCE / 100),
            Ok(mut taken) => {
                let _ = taken.take().map(|state| undo(&state));
                return;
            }
            Err(TryLockError::Poisoned(poisoned)) => {
                let _ = poisoned.into_inner().take().map(|state| undo(&state));
                return;
            }
        }
    }
}

fn undo(state: &Taken) -> io::Result<()> {
    turn_off(state);
    let mut outcome = Ok(());
    for step in LEAVE.iter().filter(|_| !state.lines) {
        outcome = outcome.and(write_all(state.tty.output(), step));
    }
    // An answer that comes now must not reach whoever has the terminal next as if it had been typed.
    let pending = ASKED.swap(false, Ordering::SeqCst);
    let how = if pending { OptionalActions::Flush } else { OptionalActions::Now };
    let modes = tcsetattr(state.tty.input(), how, &state.before);
    outcome.and(modes.map_err(io::Error::from))
}

/// Turns off what is on in addition, the last first.
fn turn_off(state: &Taken) {
    for extra in state.extras.iter().rev() {
        // What follows turns out whether the terminal is still there.
        let _ = write_all(state.tty.output(), extra.off);
    }
}

/// Turns a mode on or off while the terminal is taken. Nothing happens where it is so already.
pub(super) fn turn(extra: &'static Extra, on: bool) -> io::Result<()> {
    let mut taken = taken();
    let Some(state) = taken.as_mut() else { return Ok(()) };
    if state.extras.contains(&extra) == on {
        return Ok(());
    }
    if on {
        // Known before it is written, so that it is turned off even if it arrives only in part.
        state.extras.push(extra);
    } else {
        state.extras.retain(|other| *other != extra);
    }
    write_all(state.tty.output(), if on { extra.on } else { extra.off })
}

/// Writes questions to the terminal while it is taken.
pub(super) fn ask(questions: &[u8]) -> io::Result<()> {
    ASKED.store(true, Ordering::SeqCst);
    write(questions)
}

/// Says that all has been answered.
pub(super) fn answered() {
    ASKED.store(false, Ordering::SeqCst);
}

/// Writes to the terminal while it is taken; else writes nothing.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    taken().as_ref().map_or(Ok(()), |state| write_all(state.tty.output(), bytes))
}

/// From now on a panic first gives the terminal back, then is reported as before. One on another thread than
/// the screen's ends the program, which could neither be seen nor be trusted any more.
pub(super) fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let state = {
                let mut taken = taken();
                let state = taken.take();
                let _ = state.as_ref().map(undo);
                state
            };
            report(info);
            if state.is_some_and(|state| state.by != thread::current().id()) {
                process::exit(PANICKED);
            }
        }));
    });
}
