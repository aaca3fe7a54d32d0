//! `mixtape apply`: from a file into a file, over a database, or over a mixtape in parts.

mod file;
mod parts;
mod store;

use mixtape::Result;

use super::paths::{
    is_stream, refuse_one_output_twice, refuse_one_stream_twice, refuse_to_overwrite_inputs,
};
use crate::cli::{ApplyArguments, CommonArguments};
use crate::outcome::Outcome;

pub fn run(arguments: &ApplyArguments, common: &CommonArguments) -> Result<Outcome> {
    arguments.check()?;
    if let Some(folder) = &arguments.parts.emit_parts {
        return parts::emit(arguments, common, folder);
    }
    if let Some(step) = arguments.parts.shard {
        return parts::step(arguments, step);
    }
    check_paths(arguments)?;
    match arguments.mixtape() {
        Some(mixtape) => file::run(mixtape, arguments, common),
        None => store::run(arguments, common),
    }
}

fn check_paths(arguments: &ApplyArguments) -> Result<()> {
    let mixtape = arguments.mixtape().map(|path| ("MIXTAPE", path));
    let changes = ("CHANGES", arguments.changes());
    refuse_one_stream_twice(
        mixtape.iter().chain([&changes]).map(|(_, path)| *path),
        "MIXTAPE and CHANGES cannot both be standard input",
    )?;
    let outputs = [
        ("OUTPUT", arguments.output()),
        ("the --rejects file", arguments.rejects.as_deref()),
        ("the --summary file", arguments.summary.as_deref()),
    ];
    refuse_to_overwrite_inputs(&[changes], &outputs)?;
    // OUTPUT may take MIXTAPE's place, but not be written through into what is still to be copied.
    let replaced = usize::from(arguments.output().is_some_and(|path| !is_stream(path)));
    refuse_to_overwrite_inputs(mixtape.as_slice(), &outputs[replaced..])?;
    refuse_one_output_twice(&outputs)
}
