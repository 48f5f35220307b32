//! The program: reads the command line, does what it says, and reports.

use std::process::ExitCode;

use annals::cli::Cli;
use annals::commands;
use clap::Parser;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failure, even where nobody reads them to the end.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    commands::run(&cli)
}
