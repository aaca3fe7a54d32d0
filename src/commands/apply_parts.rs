//! `mixtape apply --emit-parts` and `--shard`: a mixtape in parts

use std::io::{self, Write};
use std::path::Path;

use mixtape::io::{Progress, Rereadable, STANDARD_STREAM, Sink, Source};
use mixtape::shard::{self, Step};

use super::Outcome;
use super::summaries::counted;
use crate::cli::{ApplyArguments, CommonArguments};
use crate::progress::Display;

pub fn emit(
    arguments: &ApplyArguments,
    common: &CommonArguments,
    folder: &Path,
) -> anyhow::Result<Outcome> {
    let progress = Progress::default();
    let display = Display::start(common, &progress);
    let inputs = arguments.input.options(&progress);
    let mixtape = Rereadable::open(arguments.only_input(), &inputs)?;
    let emitted = shard::emit_parts(&mixtape, folder, &arguments.bounds())?;
    drop(display);
    if common.is_told() {
        // A standard error that is closed loses the summary, not the result.
        let _ = writeln!(
            io::stderr(),
            "{}, {}, {}",
            counted(emitted.users, "user"),
            counted(emitted.songs, "song"),
            counted(emitted.playlists, "playlist")
        );
    }
    Ok(Outcome::Done)
}

pub fn step(arguments: &ApplyArguments, step: Step) -> anyhow::Result<Outcome> {
    let inputs = arguments.input.options(&Progress::default());
    let input = Source::open(arguments.only_input(), &inputs)?;
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
    shard::run(step, input, &mut output, &arguments.bounds())?;
    output.finish()?;
    Ok(Outcome::Done)
}
