//! The program: reads the command line, does what it says, and reports.

use std::io::Write;
use std::process::ExitCode;

use annals::cli::Cli;
use annals::commands;
use annals::text::safe::safe_text;
use clap::Parser;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            if error.use_stderr() {
                // An argument that is wrong is repeated there, and may hold anything.
                let _ = write!(std::io::stderr(), "{}", safe_text(&error.render().to_string()));
                return ExitCode::from(2);
            }
            // Help and version are no failure, even where nobody reads them to the end.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    commands::run(&cli)
}
