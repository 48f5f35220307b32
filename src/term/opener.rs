//! Opening an address in the program that the reader's system has for it.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

use super::environment::Desktop;

/// Opens an address; what comes of it is seen on the desktop, not here. The address is one argument, and no shell runs.
///
/// # Errors
/// When the system has no such program.
pub fn open(address: &str, desktop: Desktop) -> io::Result<()> {
    let program = if desktop == Desktop::Mac { "open" } else { "xdg-open" };
    start(program, address)
}

fn start(program: &str, address: &str) -> io::Result<()> {
    let null = Stdio::null;
    let mut child = Command::new(program).arg(address).stdin(null()).stdout(null()).stderr(null()).spawn()?;
    // Some openers end only with the browser that they start; whoever has ended must be taken note of.
    thread::Builder::new().name("opener".into()).spawn(move || child.wait())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        assert!(start("/nonexistent/opener", "https://example.org/").is_err());
        assert!(start("true", "https://example.org/").is_ok());
    }
}
