//! `mixtape top`

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use mixtape::io::{ReadAhead, Rereadable, STANDARD_STREAM, Sink, Source};
use mixtape::top::{self, Winners};

use super::Outcome;
use crate::cli::{OutputFormat, TopArguments};

pub fn run(arguments: &TopArguments) -> anyhow::Result<Outcome> {
    let winners = find(arguments)?;
    let mut output = Sink::create(Path::new(STANDARD_STREAM))?;
    match arguments.format {
        OutputFormat::Json => winners.write_json(&mut output),
        OutputFormat::Ndjson => winners.write_ndjson(&mut output),
        OutputFormat::Lines => winners.write_lines(&mut output),
    }
    .map_err(|error| output.error(error))?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn find(arguments: &TopArguments) -> mixtape::Result<Winners> {
    let options = arguments.options();
    let threads = arguments
        .threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let source = Source::open(&arguments.file)?;
    if source.is_regular_file() {
        drop(source);
        return top::top_file(&Rereadable::open(&arguments.file)?, &options, threads);
    }
    let name = source.name().to_owned();
    if threads == NonZeroUsize::MIN {
        return top::top(&name, source, &options);
    }
    top::top(&name, ReadAhead::new(source), &options)
}
