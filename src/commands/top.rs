//! `mixtape top`

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use mixtape::Error;
use mixtape::io::{Progress, ReadAhead, Rereadable, STANDARD_STREAM, Sink, Source};
use mixtape::top::{self, TopOptions, Winners};

use super::Outcome;
use crate::cli::{CommonArguments, OutputFormat, TopArguments, threads_or_cores};
use crate::progress::Display;

pub fn run(arguments: &TopArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let winners = find(arguments, common)?;
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

/// The highest lines of all files. All are opened before one is read: a mistyped name shall not cost an hour.
fn find(arguments: &TopArguments, common: &CommonArguments) -> mixtape::Result<Winners> {
    let is_stream = |file: &&PathBuf| file.as_os_str() == STANDARD_STREAM;
    if arguments.files().filter(is_stream).count() > 1 {
        return Err(Error::usage("only one FILE can be standard input"));
    }
    let progress = Progress::default();
    let inputs = arguments.input.options(&progress);
    let options = arguments.options(&progress);
    let sources = arguments
        .files()
        .map(|file| Source::open(file, &inputs))
        .collect::<mixtape::Result<Vec<_>>>()?;
    let lengths: Option<Vec<u64>> = sources.iter().map(Source::length).collect();
    progress.begin(top::READING, lengths.map(|lengths| lengths.iter().sum()));
    let _display = Display::start(common, &progress);
    let threads = threads_or_cores(arguments.threads);
    let mut winners = Winners::default();
    for source in sources {
        let found = find_in(source, &options, threads)?;
        winners = winners.merge(found, arguments.n)?;
    }
    Ok(winners)
}

fn find_in(
    source: Source,
    options: &TopOptions,
    threads: NonZeroUsize,
) -> mixtape::Result<Winners> {
    if source.is_regular_file() {
        return top::top_file(&Rereadable::of_source(source)?, options, threads);
    }
    let name = source.name().to_owned();
    if threads == NonZeroUsize::MIN {
        return top::top(&name, source, options);
    }
    top::top(&name, ReadAhead::new(source), options)
}
