//! One file a subcommand: options in, library calls, summary out.

mod apply;
mod ingest;
mod isrc;
mod top;

use std::process::ExitCode;

use crate::cli::Command;

/// How a run ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is done.
    Done,
    /// Done, but something was rejected that nothing collects.
    Rejected,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Rejected => ExitCode::from(3),
        }
    }
}

/// Runs a subcommand.
pub fn run(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Apply(arguments) => apply::run(arguments),
        Command::Isrc(arguments) => isrc::run(arguments),
        Command::Top(arguments) => top::run(arguments),
        Command::Ingest(arguments) => ingest::run(arguments),
    }
}
