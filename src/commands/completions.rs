//! `mixtape completions`

use std::path::Path;

use clap::CommandFactory;

use mixtape::io::{STANDARD_STREAM, Sink};

use super::Outcome;
use crate::cli::{Cli, CompletionsArguments};

pub fn run(arguments: &CompletionsArguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    clap_complete::generate(arguments.shell, &mut command, "mixtape", &mut script);
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
    std::io::Write::write_all(&mut output, &script).map_err(|error| output.error(error))?;
    output.finish()?;
    Ok(Outcome::Done)
}
