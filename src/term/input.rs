//! The thread that waits for the terminal and for signals. It sleeps until one of them has something: no
//! tick, and a time limit only while a key's bytes are incomplete.

use std::io;
use std::os::unix::net::UnixStream;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::{KeyEvent, MouseEvent};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::decode::Decoder;
use super::modes;
use super::tty::Tty;

/// For how long after a restart keys typed at the program before us still come as signals.
const AFTERWARDS: Duration = Duration::from_secs(1);

/// What comes from the terminal or the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed or is held down; releases are not told.
    Key(KeyEvent),
    /// A text was pasted, as it came, with `\n` for every end of line. At most 1 MiB; not made safe.
    Paste(String),
    /// The terminal now has this many columns and rows.
    Resize(u16, u16),
    /// The terminal's window got (true) or lost the focus.
    Focus(bool),
    /// The mouse was used. Only told after [`super::Screen::mouse`].
    Mouse(MouseEvent),
    /// The terminal answered a question.
    Report(Report),
    /// Somebody asked the program to stop and wait (SIGTSTP): see [`super::suspend`].
    Suspend,
    /// The program goes on after a stop; the terminal may be in any state: see [`super::Screen::reenter`].
    Resumed,
    /// A signal asks the program to end, with status 128 + this number.
    Signal(i32),
    /// The terminal is gone; no more keys will come.
    Hangup,
}

/// What a terminal answers to [`super::Screen::ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Its background, in 8-bit sRGB: red, green, blue.
    Background(u8, u8, u8),
    /// It knows the Kitty keyboard protocol.
    Keyboard,
    /// What it is: the answer that every terminal gives, and after all others.
    Last,
}

/// What is called with every input.
type Receiver = Box<dyn FnMut(Input) -> bool + Send>;

/// Listens to the terminal and to signals until stopped or dropped.
#[derive(Debug)]
pub struct Inputs {
    stop: Arc<AtomicBool>,
    wake: UnixStream,
    state: State,
}

#[derive(Debug)]
enum State {
    Running(JoinHandle<Listener>),
    Resting(Listener),
    /// A thread could not be started.
    Lost,
}

impl Inputs {
    /// Catches the signals and starts to listen. `send` is called on a thread of its own with every input;
    /// when it returns false the thread ends. A second signal that asks to end, before the first one was
    /// obeyed, gives the terminal back and ends the program at once.
    ///
    /// # Errors
    /// When the system has no pipe or thread to give.
    pub fn start(tty: Arc<Tty>, send: impl FnMut(Input) -> bool + Send + 'static) -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        write.set_nonblocking(true)?;
        let wake = write.try_clone()?;
        let caught = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];
        let signals = SignalDelivery::with_pipe(read, write, SignalOnly, caught)?;
        let stop = Arc::new(AtomicBool::new(false));
        let listener = Listener {
            tty,
            signals,
            stop: Arc::clone(&stop),
            decoder: Decoder::default(),
            asked_to_end: false,
            restarted: None,
            gone: false,
            send: Box::new(send),
        };
        let mut inputs = Self { stop, wake, state: State::Resting(listener) };
        inputs.run()?;
        Ok(inputs)
    }

    /// Stops listening; when this returns nobody reads the terminal. Signals are kept for later.
    ///
    /// # Errors
    /// When the thread is lost.
    pub fn stop(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.state, State::Lost) {
            State::Running(thread) => {
                self.stop.store(true, Ordering::SeqCst);
                // A full pipe wakes the thread as well.
                let _ = rustix::io::write(&self.wake, b"x");
                let listener = thread.join().map_err(|_| io::Error::other("the input thread panicked"))?;
                self.state = State::Resting(listener);
            }
            other => self.state = other,
        }
        Ok(())
    }

    /// Listens again after [`Inputs::stop`], beginning with the size of the terminal. Of the signals since
    /// then only those stay that mean us whoever has the terminal: Ctrl-C at another program is not for us.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn restart(&mut self) -> io::Result<()> {
        if let State::Resting(listener) = &mut self.state {
            listener.catch_up();
        }
        self.run()
    }

    fn run(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.state, State::Lost) {
            State::Resting(listener) => {
                self.stop.store(false, Ordering::SeqCst);
                let thread = thread::Builder::new().name("input".into()).spawn(|| listener.listen())?;
                self.state = State::Running(thread);
                Ok(())
            }
            State::Running(thread) => {
                self.state = State::Running(thread);
                Ok(())
            }
            State::Lost => Err(io::Error::other("the input thread is lost")),
        }
    }
}

impl Drop for Inputs {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}

/// What the thread works with; between two threads it rests in [`Inputs`].
struct Listener {
    tty: Arc<Tty>,
    signals: SignalDelivery<UnixStream, SignalOnly>,
    stop: Arc<AtomicBool>,
    decoder: Decoder,
    asked_to_end: bool,
    restarted: Option<Instant>,
    gone: bool,
    send: Receiver,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").field("decoder", &self.decoder).finish_non_exhaustive()
    }
}

/// Which of the two has something.
struct Ready {
    terminal: PollFlags,
    signals: bool,
}

impl Listener {
    /// Runs until stopped or nobody listens.
    fn listen(mut self) -> Self {
        while !self.stop.load(Ordering::SeqCst) && self.step() {}
        self
    }

    /// Waits once and tells what came; false: nobody listens.
    fn step(&mut self) -> bool {
        let ready = match self.wait() {
            Ok(Some(ready)) => ready,
            Ok(None) => return self.tell(Decoder::silence),
            Err(Errno::INTR | Errno::AGAIN) => return true,
            Err(_) => return self.hang_up(),
        };
        if ready.signals && !self.take_signals() {
            return false;
        }
        if self.stop.load(Ordering::SeqCst) {
            return true;
        }
        if ready.terminal.contains(PollFlags::IN) {
            self.read()
        } else if ready.terminal.is_empty() {
            true
        } else {
            self.hang_up()
        }
    }

    /// Sleeps until there is something; `None`: the rest of a key did not come in time.
    fn wait(&self) -> Result<Option<Ready>, Errno> {
        let patience = self.decoder.patience().and_then(|time| Timespec::try_from(time).ok());
        let terminal = if self.gone { PollFlags::empty() } else { PollFlags::IN };
        let mut fds = [
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::from_borrowed_fd(self.tty.input(), terminal),
        ];
        // A descriptor that is gone would be reported again and again.
        let watched = if self.gone { 1 } else { 2 };
        if poll(fds.get_mut(..watched).unwrap_or_default(), patience.as_ref())? == 0 {
            return Ok(None);
        }
        let [signals, terminal] = fds.map(|fd| fd.revents());
        Ok(Some(Ready { terminal, signals: !signals.is_empty() }))
    }

    /// Reads what there is. End of file and an error both say that the terminal is gone.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        match rustix::io::read(self.tty.input(), &mut bytes) {
            Err(Errno::INTR | Errno::AGAIN) => true,
            Ok(0) | Err(_) => self.hang_up(),
            Ok(count) => {
                let bytes = bytes.get(..count).unwrap_or_default();
                self.tell(|decoder, out| decoder.feed(bytes, out))
            }
        }
    }

    fn tell(&mut self, decode: impl FnOnce(&mut Decoder, &mut Vec<Input>)) -> bool {
        let mut inputs = Vec::new();
        decode(&mut self.decoder, &mut inputs);
        if inputs.contains(&Input::Report(Report::Last)) {
            modes::answered();
        }
        inputs.into_iter().all(|input| (self.send)(input))
    }

    fn hang_up(&mut self) -> bool {
        self.gone = true;
        (self.send)(Input::Hangup)
    }

    fn take_signals(&mut self) -> bool {
        let came: Vec<i32> = self.signals.pending().collect();
        came.into_iter().all(|signal| match signal {
            SIGWINCH => {
                let (columns, rows) = self.tty.size();
                (self.send)(Input::Resize(columns, rows))
            }
            SIGINT | SIGQUIT | SIGTSTP if self.is_afterwards() => true,
            SIGTSTP => (self.send)(Input::Suspend),
            SIGCONT => (self.send)(Input::Resumed),
            signal => self.ask_to_end(signal),
        })
    }

    /// Whether another program had the terminal a moment ago. What its Ctrl-C sent to both of us can reach us
    /// after it has ended.
    fn is_afterwards(&self) -> bool {
        self.restarted.is_some_and(|at| at.elapsed() < AFTERWARDS)
    }

    fn ask_to_end(&mut self, signal: i32) -> bool {
        if self.asked_to_end {
            modes::give_back_soon();
            process::exit(128 + signal);
        }
        self.asked_to_end = true;
        (self.send)(Input::Signal(signal))
    }

    fn catch_up(&mut self) {
        self.decoder = Decoder::default();
        self.restarted = Some(Instant::now());
        let came: Vec<i32> = self.signals.pending().collect();
        let (columns, rows) = self.tty.size();
        (self.send)(Input::Resize(columns, rows));
        for signal in came {
            if matches!(signal, SIGTERM | SIGHUP) {
                self.ask_to_end(signal);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::mpsc::{Receiver, channel};

    use crossterm::event::{KeyCode, KeyModifiers};
    use signal_hook::low_level::raise;

    use super::*;

    /// A listener on one end of a pipe, and what it tells.
    fn listen() -> (UnixStream, Inputs, Receiver<Input>) {
        let (typing, terminal) = UnixStream::pair().unwrap();
        let output = terminal.try_clone().unwrap();
        let tty = Arc::new(Tty::of(terminal.into(), output.into()));
        let (send, receive) = channel();
        let inputs = Inputs::start(tty, move |input| send.send(input).is_ok()).unwrap();
        (typing, inputs, receive)
    }

    /// The next that is not from a signal: those of the last test reach every listener of the process.
    fn next(receive: &Receiver<Input>) -> Input {
        loop {
            match receive.recv_timeout(Duration::from_secs(20)).unwrap() {
                Input::Resize(..) | Input::Resumed => {}
                other => return other,
            }
        }
    }

    fn key(c: char) -> Input {
        Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    #[test]
    fn what_is_typed_is_told_and_an_escape_alone_after_a_while() {
        let (mut typing, _inputs, receive) = listen();
        typing.write_all(b"j\x1b").unwrap();
        assert_eq!(next(&receive), key('j'));
        assert_eq!(next(&receive), Input::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
    }

    #[test]
    fn while_stopped_nothing_is_read() {
        let (mut typing, mut inputs, receive) = listen();
        inputs.stop().unwrap();
        inputs.stop().unwrap();
        typing.write_all(b"k").unwrap();
        assert!(receive.try_iter().all(|input| !matches!(input, Input::Key(_))));
        inputs.restart().unwrap();
        assert_eq!(next(&receive), key('k'));
        assert!(inputs.restart().is_ok(), "a second restart is none");
    }

    #[test]
    fn a_terminal_that_is_gone_is_told_once() {
        let (typing, inputs, receive) = listen();
        drop(typing);
        assert_eq!(next(&receive), Input::Hangup);
        drop(inputs);
        assert!(receive.iter().all(|input| input != Input::Hangup));
    }

    #[test]
    fn dropping_ends_the_thread() {
        let (_typing, inputs, receive) = listen();
        drop(inputs);
        assert!(receive.iter().next().is_none());
    }

    #[test]
    fn when_nobody_listens_the_thread_ends() {
        let (mut typing, inputs, receive) = listen();
        drop(receive);
        typing.write_all(b"jk").unwrap();
        let State::Running(thread) = &inputs.state else { panic!("not running") };
        while !thread.is_finished() {
            thread::yield_now();
        }
    }

    #[test]
    fn signals_wake_the_thread() {
        let (_typing, _inputs, receive) = listen();
        for (signal, expected) in [(SIGWINCH, Input::Resize(80, 24)), (SIGCONT, Input::Resumed)] {
            raise(signal).unwrap();
            assert_eq!(receive.recv_timeout(Duration::from_secs(20)).unwrap(), expected);
        }
    }
}
