//! Copying: by a program of the desktop where the reader sits at one, else by way of tmux where that has the terminal,
//! else by the terminal itself (OSC 52). The last two do not say whether the text has arrived anywhere, so nobody says
//! "copied" of them.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use base64::prelude::{BASE64_STANDARD, Engine};

use super::environment::Desktop;
use super::modes;
use crate::text::safe::safe_text;

/// The longest text for a terminal, in bytes of its base64 form; many drop longer ones without a word.
pub const LIMIT: usize = 100_000;

/// To whom a text went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// To the desktop's clipboard, by this program.
    ToDesktop(&'static str),
    /// To tmux, which keeps it as its newest buffer and passes it on where it is set so.
    ToTmux,
    /// To the terminal, which may be set to ignore it.
    ToTerminal,
}

impl Sent {
    /// For the status line: "copied with xclip", "sent to tmux".
    pub fn words(self) -> String {
        match self {
            Self::ToDesktop(program) => format!("copied with {program}"),
            Self::ToTmux => "sent to tmux".to_owned(),
            Self::ToTerminal => "sent to the terminal".to_owned(),
        }
    }
}

/// Why a text was not sent.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// It is longer than terminals take; a file can hold it.
    #[error("too long for a terminal's clipboard ({length} bytes, at most {LIMIT}): write a file instead")]
    TooLong {
        /// Bytes of its base64 form.
        length: usize,
    },
    /// The terminal is gone.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Programs that take a text for the clipboard from their standard input, each with its arguments.
fn programs(desktop: Desktop) -> &'static [(&'static str, &'static [&'static str])] {
    const WAYLAND: &[(&str, &[&str])] = &[("wl-copy", &[]), XCLIP, XSEL];
    const XCLIP: (&str, &[&str]) = ("xclip", &["-selection", "clipboard"]);
    const XSEL: (&str, &[&str]) = ("xsel", &["--clipboard", "--input"]);
    match desktop {
        Desktop::None => &[],
        Desktop::Wayland => WAYLAND,
        Desktop::X => &[XCLIP, XSEL],
        Desktop::Mac => &[("pbcopy", &[])],
    }
}

/// Sends a text, made safe as for a screen, with its line breaks. `in_tmux` is whether tmux has the terminal.
/// To be called while the screen is held: a terminal that is given away gets nothing.
///
/// # Errors
/// When the text is too long or the terminal is gone.
pub fn copy(text: &str, desktop: Desktop, in_tmux: bool) -> Result<Sent, NotSent> {
    let text = safe_text(text);
    let works =
        |(program, arguments): &&(&'static str, &[&str])| to_program(program, arguments, &text).is_ok();
    if let Some((program, _)) = programs(desktop).iter().find(works) {
        return Ok(Sent::ToDesktop(program));
    }
    if in_tmux && to_program("tmux", &["load-buffer", "-w", "-"], &text).is_ok() {
        return Ok(Sent::ToTmux);
    }
    modes::write(&osc52(&text)?)?;
    Ok(Sent::ToTerminal)
}

/// Runs a program that takes the text. It goes through a pipe, so that no shell and no limit is in the way.
fn to_program(program: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text.as_bytes()));
    let status = child.wait()?;
    match written {
        // It ended before it had read all; whether that was well it says itself.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ if status.success() => Ok(()),
        _ => Err(io::Error::other(format!("{program} refused the text"))),
    }
}

/// "Manipulate Selection Data" of "`XTerm` Control Sequences".
fn osc52(text: &str) -> Result<Vec<u8>, NotSent> {
    let encoded = BASE64_STANDARD.encode(text);
    match encoded.len() {
        length if length > LIMIT => Err(NotSent::TooLong { length }),
        _ => Ok(format!("\x1b]52;c;{encoded}\x1b\\").into_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_sequence_of_harmless_bytes() {
        assert_eq!(osc52("44 BCE").unwrap(), b"\x1b]52;c;NDQgQkNF\x1b\\");
        let bytes = osc52("\x1b]0;x\x07\n\u{9c}").unwrap();
        assert_eq!(bytes.iter().filter(|byte| byte.is_ascii_control()).count(), 2);
    }

    #[test]
    fn a_text_too_long_says_so() {
        assert!(osc52(&"x".repeat(75_000)).is_ok());
        let error = osc52(&"x".repeat(75_001)).unwrap_err();
        assert!(matches!(error, NotSent::TooLong { length: 100_004 }), "{error}");
        assert!(error.to_string().contains("write a file instead"));
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_is_an_error() {
        assert!(to_program("/nonexistent/tmux", &[], "x").is_err());
        assert!(to_program("false", &[], "x").is_err());
        assert!(to_program("true", &[], "x").is_ok());
    }
}
