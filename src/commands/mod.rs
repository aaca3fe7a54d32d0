//! One file a subcommand: options in, library calls, summary out.

mod apply;
mod completions;
mod consolidate;
mod ingest;
mod isrc;
mod man;
mod paths;
mod report;
mod summaries;
mod terminal;
mod top;
mod works;

use std::process::ExitCode;

pub use terminal::colours_are_wanted;

use crate::cli::{Cli, Command};

/// The exit code of a run that is done, but something was rejected that nothing collects.
pub const REJECTED: u8 = 3;

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
            Outcome::Rejected => ExitCode::from(REJECTED),
        }
    }
}

/// Runs a subcommand.
pub fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Apply(arguments) => apply::run(arguments, &cli.common),
        Command::Top(arguments) => top::run(arguments, &cli.common),
        Command::Ingest(arguments) => ingest::run(arguments, &cli.common),
        Command::Isrc(arguments) => isrc::run(arguments, &cli.common),
        Command::Consolidate(arguments) => consolidate::run(arguments, &cli.common),
        Command::Works(arguments) => works::run(arguments),
        Command::Report(arguments) => report::run(arguments, &cli.common),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
    }
}
