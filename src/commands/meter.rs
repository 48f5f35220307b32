//! How far reading has come, in one line on standard error that goes away again.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use crate::formats::wording::counted;
use crate::store::Info;

/// Shows how far reading has come, where somebody may be looking.
#[derive(Default)]
pub(super) struct Meter {
    shown: bool,
}

impl Meter {
    /// How often to show it; what takes less time shows nothing.
    pub const OFTEN: Duration = Duration::from_millis(500);

    pub fn show(&mut self, info: &Info) {
        let mut out = io::stderr().lock();
        let Some(progress) = info.progress.filter(|_| out.is_terminal()) else { return };
        let share = progress.share().map(|share| format!(", {share} %")).unwrap_or_default();
        self.shown = true;
        // Nothing depends on it.
        let _ = write!(out, "\r\x1b[Kreading: {}{share}", counted(progress.rows, "event", "events"));
        let _ = out.flush();
    }

    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
