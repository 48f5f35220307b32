//! A program in a pseudo-terminal, with the time at which each of its bytes came.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Parser, Screen};

use crate::process::Process;

/// How long anything may take.
const LIMIT: Duration = Duration::from_secs(180);

/// What a program may ask a terminal before it goes on, and what a terminal says: where the cursor is, and what it is.
const ANSWERS: [(&[u8], &[u8]); 2] = [(b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?62;22c")];

/// What came at once.
struct Chunk {
    at: Instant,
    bytes: Vec<u8>,
}

/// A running program.
pub struct Terminal {
    chunks: Receiver<Chunk>,
    parser: Parser,
    /// What came since the start or the last keys, and when the last of it did.
    raw: Vec<u8>,
    last: Instant,
    /// The start, or when the last keys were sent.
    since: Instant,
    typing: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    /// Where the program keeps what is to come back the next time: nothing does.
    _data: TempDir,
}

impl Terminal {
    /// Starts a program in a terminal of so many columns and rows, with these variables beside the usual ones.
    pub fn start(
        program: impl AsRef<Path>,
        arguments: &[&str],
        (columns, rows): (u16, u16),
        environment: &[(&str, &Path)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program.as_ref());
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let data = tempfile::tempdir().expect("a folder");
        command.env("XDG_DATA_HOME", data.path());
        command.env("XDG_STATE_HOME", data.path());
        for (name, value) in environment {
            command.env(name, value);
        }
        let mut output = pty.master.try_clone_reader().expect("the terminal can be read");
        let typing = Arc::new(Mutex::new(pty.master.take_writer().expect("the terminal can be written to")));
        let (send, chunks) = channel();
        let since = Instant::now();
        let child = pty.slave.spawn_command(command).expect("the program starts");
        // With nobody else to hold it, the terminal reports its end when the program does.
        drop(pty.slave);
        let answering = Arc::clone(&typing);
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let chunk = Chunk { at: Instant::now(), bytes: bytes[..count].to_vec() };
                for (question, answer) in ANSWERS {
                    if holds(&chunk.bytes, question) {
                        let _ = answering.lock().unwrap_or_else(PoisonError::into_inner).write_all(answer);
                    }
                }
                if send.send(chunk).is_err() {
                    break;
                }
            }
        });
        let at_least_one = |count| NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN);
        Self {
            chunks,
            parser: Parser::new(at_least_one(rows), at_least_one(columns), 0),
            raw: Vec::new(),
            last: since,
            since,
            typing,
            child,
            _master: pty.master,
            _data: data,
        }
    }

    /// Types, and counts time and bytes from now on.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        while let Ok(chunk) = self.chunks.try_recv() {
            self.take(&chunk);
        }
        self.raw.clear();
        let mut typing = self.typing.lock().unwrap_or_else(PoisonError::into_inner);
        self.since = Instant::now();
        self.last = self.since;
        typing.write_all(keys.as_ref()).expect("the terminal takes keys");
    }

    /// Waits until the screen is so; gives the milliseconds until the bytes came that made it so.
    #[track_caller]
    pub fn until(&mut self, what: &str, found: impl Fn(&Screen) -> bool) -> f64 {
        let Some(time) = self.within(LIMIT, |terminal| found(terminal.screen())) else {
            panic!("{what}: not on the screen\n{}", self.screen().contents())
        };
        time
    }

    /// Waits until these bytes have come; gives the milliseconds until they did.
    #[track_caller]
    pub fn until_bytes(&mut self, bytes: &[u8]) -> f64 {
        let Some(time) = self.within(LIMIT, |terminal| holds(&terminal.raw, bytes)) else {
            panic!("never written: {}", bytes.escape_ascii())
        };
        time
    }

    /// Waits until nothing has come for so long; gives the milliseconds until the last byte.
    pub fn until_quiet(&mut self, gap: Duration) -> f64 {
        while let Ok(chunk) = self.chunks.recv_timeout(gap) {
            self.take(&chunk);
        }
        milliseconds(self.last - self.since)
    }

    /// How many bytes came since the last keys.
    pub fn bytes(&self) -> usize {
        self.raw.len()
    }

    /// What the terminal shows.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The process.
    pub fn process(&self) -> Process {
        Process(self.child.process_id().unwrap_or_default())
    }

    /// Waits for no longer than this until something is so, looking whenever something came.
    pub fn within(&mut self, limit: Duration, found: impl Fn(&Self) -> bool) -> Option<f64> {
        let begun = Instant::now();
        while !found(self) {
            match self.chunks.recv_timeout(limit.saturating_sub(begun.elapsed())) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(milliseconds(self.last - self.since))
    }

    fn take(&mut self, chunk: &Chunk) {
        self.parser.process(&chunk.bytes);
        self.raw.extend_from_slice(&chunk.bytes);
        self.last = chunk.at;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// A time as a number.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
