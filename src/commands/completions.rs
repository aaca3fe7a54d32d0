//! `mixtape completions`

use std::io::Write;

use clap::CommandFactory;

use mixtape::Result;

use super::results;
use crate::cli::{Cli, CompletionsArguments};
use crate::outcome::Outcome;

pub fn run(arguments: &CompletionsArguments) -> Result<Outcome> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    clap_complete::generate(arguments.shell, &mut command, "mixtape", &mut script);
    results::print(|output| output.write_all(&script))?;
    Ok(Outcome::Done)
}
