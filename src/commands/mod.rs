//! One file a subcommand, or a folder where it has several ways: options in, library calls, summary out.

mod apply;
mod completions;
mod consolidate;
mod export;
mod get;
mod import;
mod ingest;
mod isrc;
mod man;
mod report;
mod status;
mod top;
mod works;

// What several of them do in the same way.
mod outputs;
mod paths;
mod results;
mod stores;
mod summaries;

use crate::cli::{Cli, Command};
use crate::outcome::Outcome;

/// Runs a subcommand.
///
/// # Errors
/// The library's own error nearly always; whatever else a crate may say is passed on as it is.
pub fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    let outcome = match &cli.command {
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
    };
    Ok(outcome?)
}
