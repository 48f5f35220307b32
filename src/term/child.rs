//! Another program on our terminal.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::{Inputs, Screen, job};

/// Gives the terminal to a program until it ends, then takes it again. Nobody else reads the terminal in the
/// meantime. An [`super::Input::Resize`] follows.
///
/// # Errors
/// When the program cannot be started, the terminal is gone, or the input thread is lost.
pub(super) fn run(screen: &mut Screen, inputs: &mut Inputs, command: &mut Command) -> io::Result<ExitStatus> {
    inputs.stop()?;
    screen.leave()?;
    let modes = tcgetattr(screen.tty().input());
    let ended = command.spawn().and_then(|child| wait(&child));
    if let Ok(modes) = modes {
        // A program that died may have left anything.
        let _ = tcsetattr(screen.tty().input(), OptionalActions::Now, &modes);
    }
    screen.reenter()?;
    inputs.restart()?;
    ended
}

/// Waits until the child ends. When it stops we stop with it, so that the shell gets the terminal.
fn wait(child: &Child) -> io::Result<ExitStatus> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidData)?;
    loop {
        match waitpid(Some(pid), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => {
                if job::is_job() {
                    job::stop()?;
                }
                // The shell makes all of us go on, but not where nobody but us was stopped.
                let _ = kill_process(pid, Signal::CONT);
            }
            Ok(Some((_, status))) => return Ok(ExitStatus::from_raw(status.as_raw())),
            Ok(None) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::zombie_processes, reason = "the function under test waits for them")]
    fn the_status_is_the_childs() {
        let status = |script: &str| {
            let child = Command::new("sh").args(["-c", script]).spawn().unwrap();
            wait(&child).unwrap()
        };
        assert!(status("exit 0").success());
        assert_eq!(status("exit 7").code(), Some(7));
        assert_eq!(status("kill -TERM $$").signal(), Some(15));
    }
}
