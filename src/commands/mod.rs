//! One file a subcommand: options in, library calls, summary out.

mod apply;
mod apply_parts;
mod completions;
mod consolidate;
mod export;
mod get;
mod import;
mod ingest;
mod isrc;
mod man;
mod paths;
mod report;
mod status;
mod store_apply;
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
    /// What was asked for by name does not exist.
    Missing,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Rejected | Outcome::Missing => ExitCode::from(REJECTED),
        }
    }
}

/// Runs a subcommand.
pub fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Apply(arguments) => apply::run(arguments, &cli.common),
        Command::Import(arguments) => import::run(arguments, &cli.common),
        Command::Export(arguments) => export::run(arguments, &cli.common),
        Command::Get(arguments) => get::run(arguments),
        Command::Status(arguments) => status::run(arguments),
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
