//! `annals man`: the manual page, made from the command line's own definition.

use std::io;
use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Failure, print};
use crate::cli::Cli;

/// What stands after the options: the same promises as in the help, in the words of a manual.
const END: &str = r#".SH "EXIT STATUS"
0 done; 1 failed, or something was found wrong; 2 wrong usage; 128 + n ended by signal n.
A closed pipe is no failure.
.SH ENVIRONMENT
.TP
NO_COLOR
When set and not empty, no colours are used (unless \-\-color always).
.TP
TERM
\fBdumb\fR means that there is no screen to browse on: use \fBannals | cat\fR or \fBannals export\fR.
.TP
SSH_CONNECTION, SSH_TTY
Over SSH texts are copied by the terminal, and addresses are copied rather than opened.
.TP
VISUAL, EDITOR
The editor that a chronology is opened in.
.SH FILES
.TP
.I $XDG_CONFIG_HOME/annals/config.toml
The configuration, else in \fI~/.config\fR: \fB\-\-print\-config\fR prints one with every key and its default,
\fB\-\-print\-paths\fR where it and the other files of annals are.
.SH EXAMPLES
.nf
annals | cat
annals export \-\-filter 'party:iran\-aligned since:2023\-10' \-\-format md
annals export mine.toml \-\-format csv \-\-format ics \-o talks
annals export \-\-format json | annals check \-
annals dates article.txt \-\-published 2024\-01\-27
.fi
"#;

/// Prints the manual page, in the language of man(7).
///
/// # Errors
/// When it cannot be printed.
pub fn run() -> Result<ExitCode, Failure> {
    print(&page()?)?;
    Ok(ExitCode::SUCCESS)
}

/// The page: the browser's options, then a section for each command.
fn page() -> io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    page.extend_from_slice(b".SH COMMANDS\n");
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        page.extend_from_slice(&section(sub)?);
    }
    page.extend_from_slice(END.as_bytes());
    Ok(page)
}

/// The section of a command.
fn section(command: &Command) -> io::Result<Vec<u8>> {
    let mut own = Vec::new();
    let man = Man::new(command.clone());
    man.render_synopsis_section(&mut own)?;
    own.extend_from_slice(b".PP\n");
    man.render_description_section(&mut own)?;
    man.render_options_section(&mut own)?;
    // Its headings go: the command's name is the heading here.
    let text = String::from_utf8_lossy(&own);
    let body: Vec<&str> = text.lines().filter(|line| !line.starts_with(".SH")).collect();
    Ok(format!(".SS {}\n{}\n", command.get_name(), body.join("\n")).into_bytes())
}
