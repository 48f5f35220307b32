//! Stopping and going on (Ctrl-Z, `fg`).

use std::fs;
use std::io;

use rustix::process::{Pid, Signal, getpgid, getpid, getppid, getsid, kill_current_process_group};
use signal_hook::consts::SIGSTOP;
use signal_hook::low_level::raise;

use super::{Inputs, Screen};

/// How a wish to stop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspended {
    /// The program was stopped and goes on; the next frame is drawn whole.
    Resumed,
    /// There is no shell that could make it go on, so it was not stopped.
    NoShell,
}

/// Gives the terminal back, stops the program with all that was started together with it, and takes the
/// terminal again when somebody makes it go on. An [`super::Input::Resize`] follows.
///
/// # Errors
/// When the terminal is gone or the input thread is lost.
pub fn suspend(screen: &mut Screen, inputs: &mut Inputs) -> io::Result<Suspended> {
    if !is_job() {
        return Ok(Suspended::NoShell);
    }
    inputs.stop()?;
    let left = screen.leave();
    let stopped = left.and_then(|()| stop());
    screen.reenter()?;
    inputs.restart()?;
    stopped.map(|()| Suspended::Resumed)
}

/// Stops this process and its group: a pipeline that it is part of, or `cargo` when that started it, has to
/// stop too before the shell takes over. We catch the polite signal ourselves, hence the second one.
pub(super) fn stop() -> io::Result<()> {
    kill_current_process_group(Signal::TSTP)?;
    raise(SIGSTOP)
}

/// Whether somebody in this session, outside our process group, started the group and so can make it go on:
/// a shell with job control. The terms are those of POSIX.1-2017, XBD 3.264, "orphaned process group".
pub(super) fn is_job() -> bool {
    let (Ok(group), Ok(session)) = (getpgid(None), getsid(None)) else { return false };
    let mut parent = if session == getpid() { None } else { getppid() };
    // Up through our own group; a circle of processes does not exist, the limit is for what is unthinkable.
    for _ in 0..64 {
        let Some(process) = parent else { return false };
        if getpgid(Some(process)) != Ok(group) {
            return getsid(Some(process)) == Ok(session);
        }
        parent = if process == session { None } else { parent_of(process) };
    }
    false
}

/// The parent of another process, where the system has `/proc`.
fn parent_of(process: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero())).ok()?;
    parse_parent(&stat)
}

/// The fourth field of `/proc/PID/stat`; the second is a name in parentheses that may hold any character.
fn parse_parent(stat: &str) -> Option<Pid> {
    let (_, fields) = stat.rsplit_once(')')?;
    Pid::from_raw(fields.split_whitespace().nth(1)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_is_found_behind_any_name() {
        assert_eq!(parse_parent("12 (sh) S 7 12 12 0"), Pid::from_raw(7));
        assert_eq!(parse_parent("12 (a) S 1) R 7 12 12 0"), Pid::from_raw(7));
        assert_eq!(parse_parent("12 (sh) S 0 12"), None);
        assert_eq!(parse_parent("12 (sh"), None);
        assert_eq!(parse_parent(""), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn our_own_parent_is_the_one_the_system_names() {
        assert_eq!(parent_of(getpid()), getppid());
    }
}
