//! The browser on a table, as somebody at its keyboard has it.

use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;
use tempfile::TempDir;
use vt100::Screen;

use crate::data::Table;
use crate::terminal::Terminal;

/// The program under test.
pub const ANNALS: &str = env!("CARGO_BIN_EXE_annals");
/// After so long without a byte an answer is whole.
pub const QUIET: Duration = Duration::from_millis(60);
/// The size of the terminal.
const SIZE: (u16, u16) = (200, 50);

/// A running browser.
pub struct Browser {
    /// Its terminal.
    pub terminal: Terminal,
    _cache: Rc<TempDir>,
}

impl Browser {
    /// Opens a file with nothing left from before.
    pub fn open(file: &Path) -> Self {
        Self::reopen(file, &Rc::new(tempfile::tempdir().expect("a folder")))
    }

    /// Opens a file, with a folder for what the program keeps.
    pub fn reopen(file: &Path, cache: &Rc<TempDir>) -> Self {
        let file = file.display().to_string();
        let terminal = Terminal::start(ANNALS, &[&file], SIZE, &[("XDG_CACHE_HOME", cache.path())]);
        Self { terminal, _cache: Rc::clone(cache) }
    }

    /// Milliseconds until rows of the table are on the screen.
    pub fn first_rows(&mut self, table: &Table) -> f64 {
        self.terminal.until("the first rows", |screen| table.is_begun_on(&screen.contents()))
    }

    /// Milliseconds until so many rows are known and no more are to come.
    pub fn all_known(&mut self, rows: u64) -> f64 {
        self.terminal
            .until(&format!("{rows} rows"), |screen| status(screen).is_some_and(|status| status.is(rows)))
    }

    /// Waits until nothing moves; all that was loaded by then is on the screen.
    pub fn settle(&mut self) {
        self.terminal.until_quiet(QUIET * 3);
    }

    /// Presses keys and waits for all that they lead to; gives the milliseconds until its last byte, and the bytes.
    pub fn press(&mut self, keys: &str) -> (f64, f64) {
        self.terminal.send(keys);
        let time = self.terminal.until_quiet(QUIET);
        (time, self.terminal.bytes() as f64)
    }

    /// What the event pane shows now.
    pub fn event(&self) -> String {
        event(self.terminal.screen())
    }

    /// The status line as it is now.
    pub fn status(&self) -> Option<Status> {
        status(self.terminal.screen())
    }
}

/// What the status line says of place and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The number of the row that is lit, from 1.
    pub rank: u64,
    /// How many rows are shown.
    pub total: u64,
    /// Whether there may be more.
    pub more: bool,
}

impl Status {
    /// Whether it says that there are exactly so many rows.
    pub fn is(self, total: u64) -> bool {
        self.total == total && !self.more
    }
}

/// What the event pane of a screen shows: what stands behind the last border of each line.
pub fn event(screen: &Screen) -> String {
    let text = screen.contents();
    let lines = text.lines().filter_map(|line| line.rsplit_once('│'));
    lines.map(|(_, event)| event.trim_end()).collect::<Vec<_>>().join("\n")
}

/// The status line of a screen.
pub fn status(screen: &Screen) -> Option<Status> {
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(\d+)\+? of (\d+)(\+?)").expect("a correct expression"));
    let line = last_line(screen);
    let found = PLACE.captures_iter(&line).last()?;
    let number = |at: usize| found.get(at)?.as_str().parse().ok();
    Some(Status { rank: number(1)?, total: number(2)?, more: !found.get(3)?.is_empty() })
}

/// Whether the status line counts exactly so many hits.
pub fn counts_hits(screen: &Screen, hits: u64) -> bool {
    let line = last_line(screen);
    [format!(" {hits} hit "), format!(" {hits} hits ")].iter().any(|words| line.contains(words.as_str()))
}

/// The last line, with numbers without separators.
fn last_line(screen: &Screen) -> String {
    let columns = screen.size().1.get();
    screen.rows(0, columns).last().unwrap_or_default().replace(',', "")
}
