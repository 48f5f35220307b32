//! `annals completions`: what a shell needs to complete annals' words.

use std::process::ExitCode;

use clap::CommandFactory;

use super::{Failure, print};
use crate::cli::Cli;

/// Prints the script for a shell.
///
/// # Errors
/// When it cannot be printed.
pub fn run(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "annals", &mut script);
    print(&script)?;
    Ok(ExitCode::SUCCESS)
}
