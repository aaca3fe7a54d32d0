//! `mixtape`: parses, runs, and maps the outcome to an exit code.

mod cli;
mod commands;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind as ClapErrorKind;

use mixtape::Error;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A reader of our help that has gone away is nobody to complain to.
            let _ = error.print();
            return match error.kind() {
                ClapErrorKind::DisplayHelp | ClapErrorKind::DisplayVersion => ExitCode::SUCCESS,
                _ => ExitCode::from(mixtape::ErrorKind::Usage.exit_code()),
            };
        }
    };
    match commands::run(&cli.command) {
        Ok(outcome) => outcome.into(),
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    let own = error.downcast_ref::<Error>();
    if own.is_some_and(Error::is_broken_pipe) {
        return ExitCode::SUCCESS;
    }
    let _ = writeln!(std::io::stderr(), "error: {error}");
    ExitCode::from(own.map_or(1, |error| error.kind().exit_code()))
}
