//! A program in a pseudo-terminal.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser};

/// How long anything may take before a test gives up.
const LIMIT: Duration = Duration::from_secs(60);

/// How often to look again while nothing comes.
const GLANCE: Duration = Duration::from_millis(100);

/// What the program runs in.
pub struct Settings<'a> {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Variables beside the usual ones; an empty value leaves one out.
    pub environment: &'a [(&'a str, &'a str)],
    /// The working directory.
    pub directory: &'a Path,
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self { size: (80, 24), environment: &[], directory: Path::new("/") }
    }
}

/// What has come from the program.
struct Seen {
    parser: Parser,
    raw: Vec<u8>,
    status: Option<ExitStatus>,
    closed: bool,
}

/// A running program.
pub struct Session {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    master: Box<dyn MasterPty + Send>,
    slave: Option<Box<dyn SlavePty + Send>>,
    typing: Mutex<Box<dyn Write + Send>>,
    pid: u32,
    before: String,
    reader: Option<JoinHandle<()>>,
    _home: TempDir,
}

/// What a program left behind.
pub struct End {
    /// Its exit status; for one ended by a signal that it did not catch, 1.
    pub code: u32,
    /// Everything that it wrote.
    pub raw: Vec<u8>,
    /// The text on the screen that it left.
    pub text: String,
    /// What is wrong with the terminal that it left; empty where that is as it was before.
    pub faults: String,
}

impl End {
    /// Panics unless the status is this one and the terminal is as it was.
    #[track_caller]
    pub fn assert_clean(&self, code: u32) {
        assert!(self.faults.is_empty(), "the terminal is not restored:\n{}\n{}", self.faults, self.text);
        assert_eq!(self.code, code, "exit status; the screen:\n{}", self.text);
    }
}

impl Session {
    /// Starts a program as the leader of a session whose terminal is ours.
    pub fn start(program: impl AsRef<Path>, arguments: &[&str], settings: &Settings<'_>) -> Self {
        let pty = native_pty_system().openpty(pty_size(settings.size)).unwrap();
        let mut command = CommandBuilder::new(program.as_ref());
        command.args(arguments);
        command.cwd(settings.directory);
        command.env_clear();
        // Whatever is kept for the next time is this session's own.
        let home = tempfile::tempdir().unwrap();
        let home_path = home.path().to_string_lossy().into_owned();
        let path = std::env::var("PATH").unwrap_or_default();
        let usual = [
            ("PATH", path.as_str()),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("HOME", home_path.as_str()),
        ];
        for (name, value) in usual.iter().chain(settings.environment) {
            if value.is_empty() { command.env_remove(name) } else { command.env(name, value) }
        }
        let before = modes(&*pty.master);
        let mut child = pty.slave.spawn_command(command).unwrap();
        let (columns, rows) = settings.size;
        let seen = Seen {
            parser: Parser::new(at_least_one(rows), at_least_one(columns), 0),
            raw: Vec::new(),
            status: None,
            closed: false,
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let mut output = pty.master.try_clone_reader().unwrap();
        let reading = Arc::clone(&seen);
        let reader = thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                update(&reading, |seen| {
                    seen.parser.process(&bytes[..count]);
                    seen.raw.extend_from_slice(&bytes[..count]);
                });
            }
            update(&reading, |seen| seen.closed = true);
        });
        let pid = child.process_id().unwrap();
        let waiting = Arc::clone(&seen);
        thread::spawn(move || {
            let status = child.wait().unwrap();
            update(&waiting, |seen| seen.status = Some(status));
        });
        Self {
            _home: home,
            seen,
            typing: Mutex::new(pty.master.take_writer().unwrap()),
            master: pty.master,
            slave: Some(pty.slave),
            pid,
            before,
            reader: Some(reader),
        }
    }

    /// Types.
    pub fn send(&self, keys: impl AsRef<[u8]>) {
        let mut typing = self.typing.lock().unwrap();
        typing.write_all(keys.as_ref()).unwrap();
        typing.flush().unwrap();
    }

    /// Waits until the screen shows what is looked for.
    #[track_caller]
    pub fn wait_for(&self, what: &str, found: impl Fn(&vt100::Screen) -> bool) {
        let seen = self.wait(|seen| seen.status.is_some() || found(seen.parser.screen()));
        let screen = seen.parser.screen();
        assert!(found(screen), "{what}: not on the screen\n{}\nstatus {:?}", boxed(screen), seen.status);
    }

    /// Waits until the screen holds this text.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has written these bytes, looking from the byte `from` on; says where they end.
    #[track_caller]
    pub fn wait_for_bytes(&self, bytes: &[u8], from: usize) -> usize {
        let place = |seen: &Seen| {
            let raw = seen.raw.get(from..).unwrap_or_default();
            raw.windows(bytes.len()).position(|window| window == bytes)
        };
        let seen = self.wait(|seen| seen.status.is_some() || place(seen).is_some());
        let at = place(&seen).unwrap_or_else(|| panic!("never written: {}", bytes.escape_ascii()));
        from + at + bytes.len()
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// What can be read off the screen.
    pub fn screen<T>(&self, read: impl Fn(&vt100::Screen) -> T) -> T {
        read(self.seen().parser.screen())
    }

    /// How many bytes the program has written.
    pub fn written(&self) -> usize {
        self.seen().raw.len()
    }

    /// The process's id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Changes the size of the terminal.
    pub fn resize(&self, columns: u16, rows: u16) {
        update(&self.seen, |seen| seen.parser.set_size(at_least_one(rows), at_least_one(columns)));
        self.master.resize(pty_size((columns, rows))).unwrap();
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        if self.seen().status.is_none() {
            let _ = kill_process(Pid::from_raw(self.pid as i32).unwrap(), signal);
        }
    }

    /// Waits until the program ends.
    #[track_caller]
    pub fn end(mut self) -> End {
        let status = {
            let seen = self.wait(|seen| seen.status.is_some());
            let screen = seen.parser.screen();
            seen.status.clone().unwrap_or_else(|| panic!("it does not end\n{}", boxed(screen)))
        };
        let after = modes(&*self.master);
        // With the last one who holds it gone, the terminal reports its end after all that was written.
        drop(self.slave.take());
        drop(self.wait(|seen| seen.closed));
        self.reader.take().unwrap().join().unwrap();
        let seen = self.seen();
        let screen = seen.parser.screen();
        let mut faults = String::new();
        if after != self.before {
            let _ = writeln!(faults, "modes were {}\nand are    {after}", self.before);
        }
        for (fault, is) in [
            ("the alternate screen is on", screen.alternate_screen()),
            ("the cursor is hidden", screen.hide_cursor()),
            ("bracketed paste is on", screen.bracketed_paste()),
            ("the mouse is reported", screen.mouse_protocol_mode() != MouseProtocolMode::None),
            ("colours or attributes are on", screen.attributes_formatted() != "\x1b[m"),
            ("an update is not ended", is_updating(&seen.raw)),
        ] {
            if is {
                let _ = writeln!(faults, "{fault}");
            }
        }
        End { code: status.exit_code(), raw: seen.raw.clone(), text: screen.contents(), faults }
    }

    #[track_caller]
    fn wait(&self, done: impl Fn(&Seen) -> bool) -> MutexGuard<'_, Seen> {
        let (seen, changed) = &*self.seen;
        let start = Instant::now();
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        while !done(&seen) {
            let left = LIMIT.saturating_sub(start.elapsed());
            if left.is_zero() {
                // The assertion of the caller tells what was waited for.
                break;
            }
            // What is waited for may hang on another session as well, so it is looked at now and then.
            seen = changed.wait_timeout(seen, left.min(GLANCE)).unwrap_or_else(PoisonError::into_inner).0;
        }
        seen
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Not the signal that asks: a program under test may well not listen.
        self.signal(Signal::KILL);
    }
}

fn update(seen: &(Mutex<Seen>, Condvar), change: impl FnOnce(&mut Seen)) {
    change(&mut seen.0.lock().unwrap_or_else(PoisonError::into_inner));
    seen.1.notify_all();
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn at_least_one(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

/// The modes of the terminal's line, to be compared.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// Whether the last thing said about synchronized updates is that one begins.
fn is_updating(raw: &[u8]) -> bool {
    let last = |bytes: &[u8]| raw.windows(bytes.len()).rposition(|window| window == bytes);
    last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
}

/// The screen with a frame around it, for messages.
fn boxed(screen: &vt100::Screen) -> String {
    let columns = screen.size().1.get();
    let line = "-".repeat(usize::from(columns));
    let rows: String = screen.rows(0, columns).fold(String::new(), |all, row| all + "|" + &row + "\n");
    format!("+{line}\n{rows}+{line}")
}
