//! Programs in a real terminal: a pseudo-terminal on one side, a terminal emulator's parser on the other.
//!
//! Nothing here sleeps. A test waits until the screen shows what it expects, however long that takes within a
//! generous limit, so a slow machine makes it slow but not wrong.
#![cfg(unix)]

mod pty {
    mod browser;
    mod configured;
    mod drafting;
    mod escapes;
    pub mod host;
    mod hostile;
    #[cfg(target_os = "linux")]
    mod idle;
    mod large;
    mod long;
    mod revising;
    mod scrolling;
    pub mod session;
    mod terminal;
}
