//! The browser's loop: the only place that knows the terminal, the store's worker and the state all at once.
//!
//! It blocks on one channel, takes all that waits there, then draws once. Nothing ticks: an idle browser uses no
//! processor.

mod inputs;
mod jobs;
mod live;
mod revising;
mod work;

use std::collections::{HashSet, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::app::effect::{Effect, Outcome};
use crate::app::{App, Options};
use crate::keep::{Journals, Keeper, Left};
use crate::load::{Live, Loaded, Order, Turn};
use crate::sources::Place;
use crate::store::{Answer, Ctl, Replies, Reply, Slot, Store, StoreError, Worker};
use crate::term::{self, Capabilities, Input, Inputs, Screen, Suspended};
use crate::ui;
use crate::ui::linear::Voice;
use crate::ui::style::{Styles, Theme};

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(10);
/// How long a frame waits for answers that are on their way, so that it need not be drawn twice: as long as all that
/// a new filter asks takes on a table of a million rows.
const PATIENCE: Duration = Duration::from_millis(7);
/// The same for the first frame, which would else be empty.
const FIRST_PATIENCE: Duration = Duration::from_millis(15);
/// How long typing ahead may keep the screen from being drawn.
const LONGEST: Duration = Duration::from_millis(30);
/// The exit status after a signal is this plus the signal's number.
const SIGNAL_STATUS: i32 = 128;
/// The number of SIGHUP, for a terminal that is gone.
const HANGUP: i32 = 1;

/// What the browser opens.
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub struct Browse {
    /// The events.
    pub store: Arc<dyn Store>,
    /// What was asked for.
    pub options: Options,
    /// What the terminal can do.
    pub capabilities: Capabilities,
    /// The theme that was asked for; `None`: the terminal's background decides.
    pub theme: Option<Theme>,
    /// Whether addresses are made hyperlinks of the terminal, where it may know any.
    pub links: bool,
    /// The file of each layer, by the layer's name, where it has one.
    pub files: Vec<(String, PathBuf)>,
    /// Keeps the reader's columns for the next time, by name; `None` where nothing is kept.
    pub keeper: Option<Keeper>,
    /// What was opened, to be kept open and read again when it is edited.
    pub loaded: Loaded,
    /// How it was opened.
    pub order: Order,
    /// Whether files are read again as soon as they change.
    pub watched: bool,
    /// Whether it is kept where the reader was.
    pub session: bool,
    /// Whether everything is said in lines.
    pub linear: bool,
    /// What is known of the text that is revised.
    pub revision: Revisions,
}

/// What the browser has to know of a text that is revised, beside the text.
#[derive(Debug, Default)]
pub struct Revisions {
    /// Where the text stands, or is to be said to.
    pub place: Place,
    /// Where what is not saved is kept; `None`: nowhere.
    pub journals: Option<Journals>,
    /// What was left there the last time.
    pub left: Option<Left>,
    /// Whether the file begins with a byte order mark.
    pub mark: bool,
}

/// Something that wakes the loop.
enum Wake {
    Input(Input),
    Reply(Slot, u64, Result<Answer<Reply>, StoreError>),
    Outcome(Outcome),
    /// The store has changed.
    Changed,
    /// The files of the sources have changed.
    Turn(Turn),
}

/// How the loop goes on.
enum Next {
    On,
    End(i32),
}

/// Shows the browser until the reader quits; gives the exit status.
///
/// # Errors
/// When the terminal cannot be taken or written to. The terminal is then as it was before.
pub fn browse(browse: Browse) -> io::Result<i32> {
    let Browse {
        store,
        options,
        capabilities,
        theme,
        links,
        files,
        keeper,
        loaded,
        order,
        watched,
        session,
        linear,
        revision: Revisions { place, journals, left, mark },
    } = browse;
    let (sender, receiver) = mpsc::channel();
    let inputs = sender.clone();
    let styles = Styles::of(theme.unwrap_or_default(), capabilities.depth, options.ascii);
    let asked = term::Options { depth: capabilities.depth, lines: linear };
    let voice = linear.then(Voice::default);
    let (screen, inputs) = term::open(asked, move |input| inputs.send(Wake::Input(input)).is_ok())?;
    let worker = start_worker(&store, &sender)?;
    let changed = watch(store.as_ref(), &sender);
    let turns = sender.clone();
    let live = Live::start(order, loaded, watched, move |turn| turns.send(Wake::Turn(turn)).is_ok())?;
    let (app, effects) = App::new(store.info(), options, screen.size());
    let mut running = Running {
        store,
        live,
        capabilities,
        links: links && capabilities.answers,
        theme,
        files,
        keeper,
        session,
        app,
        styles,
        voice,
        keyed: false,
        screen,
        inputs,
        worker,
        sender,
        changed,
        awaited: HashSet::new(),
        rows_until: None,
        typed_ahead: VecDeque::new(),
        export: None,
        preview: None,
        revision: revising::Revision {
            place,
            journals,
            journal: None,
            left,
            mark,
            own: false,
            elsewhere: false,
        },
        panic_in: std::env::var("ANNALS_PANIC").ok().filter(|_| cfg!(debug_assertions)),
    };
    running.ask()?;
    running.screen.mouse(running.app.mouse)?;
    let status = running.run(&receiver, effects);
    running.leave();
    running.stop_export();
    running.screen.leave()?;
    status
}

/// Lets a store wake the loop when it changes, once until the loop has looked; gives what the loop then takes back.
fn watch(store: &dyn Store, sender: &Sender<Wake>) -> Arc<AtomicBool> {
    let pending = Arc::new(AtomicBool::new(false));
    let (sender, told) = (sender.clone(), Arc::clone(&pending));
    store.on_change(Arc::new(move || {
        if !told.swap(true, Ordering::AcqRel) {
            // Nobody listens any more when the program ends.
            let _ = sender.send(Wake::Changed);
        }
    }));
    pending
}

fn start_worker(store: &Arc<dyn Store>, sender: &Sender<Wake>) -> io::Result<Worker> {
    let sender = sender.clone();
    let replies: Replies = Arc::new(move |slot, serial, reply| {
        // Nobody listens any more when the program ends.
        let _ = sender.send(Wake::Reply(slot, serial, reply));
    });
    Worker::start(store, &replies)
}

/// Everything that runs.
struct Running {
    /// The events.
    store: Arc<dyn Store>,
    /// What reads the sources again.
    live: Live,
    /// What the terminal can do.
    capabilities: Capabilities,
    /// Whether addresses are made hyperlinks.
    links: bool,
    /// The theme that was asked for.
    theme: Option<Theme>,
    /// The file of each layer, by the layer's name, where it has one.
    files: Vec<(String, PathBuf)>,
    /// Keeps the reader's columns for the next time; `None` where nothing is kept.
    keeper: Option<Keeper>,
    /// Whether it is kept where the reader was.
    session: bool,
    app: App,
    styles: Styles,
    /// What says everything in lines; `None`: it is drawn.
    voice: Option<Voice>,
    /// Whether a key was pressed since something was said.
    keyed: bool,
    screen: Screen,
    inputs: Inputs,
    worker: Worker,
    sender: Sender<Wake>,
    /// Whether the store has woken the loop and was not looked at since.
    changed: Arc<AtomicBool>,
    /// Slots whose answers are on their way.
    awaited: HashSet<Slot>,
    /// Until when keys wait for the first rows of another store.
    rows_until: Option<Instant>,
    /// Inputs that came while answers were on their way: they may depend on them.
    typed_ahead: VecDeque<Input>,
    /// The export that is being written: what stops it, and its thread.
    export: Option<(Ctl, JoinHandle<()>)>,
    /// What stops the counting of what an export would hold.
    preview: Option<Ctl>,
    /// What is known of the text that is revised.
    revision: revising::Revision,
    /// Where to panic, to test in debug builds that the terminal is given back.
    panic_in: Option<String>,
}

impl Running {
    fn run(&mut self, receiver: &Receiver<Wake>, effects: Vec<Effect>) -> io::Result<i32> {
        if let Next::End(status) = self.perform(effects)? {
            return Ok(status);
        }
        let mut until = Instant::now() + FIRST_PATIENCE;
        let mut not_before = Instant::now();
        loop {
            if let Next::End(status) = self.drain(receiver, until, not_before)? {
                return Ok(status);
            }
            self.draw()?;
            not_before = Instant::now() + FRAME;
            if self.typed_ahead.is_empty() {
                match receiver.recv() {
                    Ok(Wake::Input(input)) if self.rows_until.is_some() => self.typed_ahead.push_back(input),
                    Ok(wake) => {
                        if let Next::End(status) = self.handle(wake)? {
                            return Ok(status);
                        }
                    }
                    Err(_) => return Ok(0),
                }
            }
            until = Instant::now() + PATIENCE;
        }
    }

    /// Takes everything that waits, and what comes before the next frame may be drawn; where answers are on their
    /// way, until they come or `until`. What was typed
    /// meanwhile is done in its order, each key after the answers to the one before it, so that typing ahead does
    /// the same as typing slowly.
    fn drain(
        &mut self,
        receiver: &Receiver<Wake>,
        mut until: Instant,
        not_before: Instant,
    ) -> io::Result<Next> {
        let begun = Instant::now();
        loop {
            let until_frame = if self.typed_ahead.is_empty() { not_before } else { begun };
            let wait_for = if self.awaited.is_empty() { until_frame } else { until };
            let wait_for = self.rows_until.map_or(wait_for, |until| until.max(wait_for));
            let patience = wait_for.saturating_duration_since(Instant::now());
            match receiver.recv_timeout(patience) {
                Ok(Wake::Input(input)) => self.typed_ahead.push_back(input),
                Ok(wake) => {
                    if let Next::End(status) = self.handle(wake)? {
                        return Ok(Next::End(status));
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let Some(input) = self.typed_ahead.pop_front() else { return Ok(Next::On) };
                    if let Next::End(status) = self.input(input)? {
                        return Ok(Next::End(status));
                    }
                    until = until.max(Instant::now() + PATIENCE);
                    // What is said in lines is said of every key, also of one in the middle of many.
                    if begun.elapsed() > LONGEST || self.voice.is_some() {
                        return Ok(Next::On);
                    }
                }
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if let Some(voice) = &mut self.voice {
            // What a key does is said with what it leads to.
            let keyed = self.keyed && self.awaited.is_empty();
            self.keyed &= !keyed;
            return self.screen.print(&voice.speak(&self.app, keyed));
        }
        let (app, styles, panic_in) = (&self.app, &self.styles, self.panic_in.as_deref());
        let links = if self.links { ui::hyperlinks(app) } else { Vec::new() };
        self.screen.draw(&links, |frame| {
            assert!(panic_in != Some("render"), "asked to panic while drawing");
            ui::render(frame, app, styles);
        })
    }

    fn handle(&mut self, wake: Wake) -> io::Result<Next> {
        let effects = match wake {
            Wake::Input(input) => return self.input(input),
            Wake::Reply(slot, serial, reply) => {
                self.awaited.remove(&slot);
                let effects = self.app.answer(slot, serial, reply);
                self.rows_until = self.rows_until.filter(|_| self.app.awaits(Slot::Page));
                effects
            }
            Wake::Changed => {
                // Before the store is looked at, so that no change is missed.
                self.changed.store(false, Ordering::Release);
                self.app.changed(self.store.info())
            }
            Wake::Turn(turn) => self.turn(turn)?,
            Wake::Outcome(outcome) => {
                if matches!(outcome, Outcome::Written(_) | Outcome::NotWritten(_)) {
                    self.export = None;
                }
                self.app.outcome(outcome)
            }
        };
        self.perform(effects)
    }

    fn suspend(&mut self) -> io::Result<Next> {
        if term::suspend(&mut self.screen, &mut self.inputs)? == Suspended::NoShell {
            let text = "there is no shell to come back from: not suspended".to_owned();
            let effects = self.app.outcome(Outcome::Failed(text));
            return self.perform(effects);
        }
        Ok(Next::On)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<Next> {
        for effect in effects {
            match effect {
                Effect::Ask(slot, serial, request) => {
                    self.awaited.insert(slot);
                    self.worker.ask(slot, serial, request);
                }
                Effect::Cancel(slot) => {
                    self.awaited.remove(&slot);
                    self.worker.cancel(slot);
                }
                Effect::Redraw => self.screen.redraw()?,
                Effect::Mouse(on) => self.screen.mouse(on)?,
                Effect::Quit => return Ok(Next::End(0)),
                Effect::Suspend => {
                    if let Next::End(status) = self.suspend()? {
                        return Ok(Next::End(status));
                    }
                }
                Effect::Revise { manuscript, records, said } => {
                    let effects = self.revise(&manuscript, &records, said)?;
                    if let Next::End(status) = self.perform(effects)? {
                        return Ok(Next::End(status));
                    }
                }
                effect => {
                    if let Next::End(status) = self.work(effect)? {
                        return Ok(Next::End(status));
                    }
                }
            }
        }
        Ok(Next::On)
    }
}
