//! `mixtape apply --emit-parts` and `--shard`: over a mixtape in parts.

use std::io::Write;
use std::path::Path;

use mixtape::Result;
use mixtape::io::{Progress, Rereadable, Source};
use mixtape::shard::{self, Step};

use crate::cli::{ApplyArguments, CommonArguments};
use crate::commands::results;
use crate::commands::summaries::{counted, tell};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn emit(
    arguments: &ApplyArguments,
    common: &CommonArguments,
    folder: &Path,
) -> Result<Outcome> {
    let progress = Progress::default();
    let display = Display::start(common, &progress);
    let inputs = arguments.input.options(&progress);
    let mixtape = Rereadable::open(arguments.only_input(), &inputs)?;
    let emitted = shard::emit_parts(&mixtape, folder, &arguments.bounds())?;
    drop(display);
    tell(common, |output| {
        writeln!(
            output,
            "{}, {}, {}",
            counted(emitted.users, "user"),
            counted(emitted.songs, "song"),
            counted(emitted.playlists, "playlist")
        )
    });
    Ok(Outcome::Done)
}

pub fn step(arguments: &ApplyArguments, step: Step) -> Result<Outcome> {
    let inputs = arguments.input.options(&Progress::default());
    let input = Source::open(arguments.only_input(), &inputs)?;
    let mut output = results::begin()?;
    shard::run(step, input, &mut output, &arguments.bounds())?;
    output.finish()?;
    Ok(Outcome::Done)
}
