//! `mixtape top`

use std::num::NonZeroUsize;
use std::path::PathBuf;

use mixtape::Result;
use mixtape::io::{Progress, ReadAhead, Rereadable, Source};
use mixtape::top::{self, TopOptions, Winners};

use super::paths::{refuse_one_stream_twice, refuse_to_print_over};
use super::results;
use crate::cli::{CommonArguments, OutputFormat, TopArguments, threads_or_cores};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(arguments: &TopArguments, common: &CommonArguments) -> Result<Outcome> {
    let winners = find(arguments, common)?;
    results::print(|output| match arguments.format {
        OutputFormat::Json => winners.write_json(output),
        OutputFormat::Ndjson => winners.write_ndjson(output),
        OutputFormat::Lines => winners.write_lines(output),
    })?;
    Ok(Outcome::Done)
}

/// The highest lines of all files. All are opened before one is read: a mistyped name shall not cost an hour.
fn find(arguments: &TopArguments, common: &CommonArguments) -> Result<Winners> {
    refuse_one_stream_twice(
        arguments.files().map(PathBuf::as_path),
        "only one FILE can be standard input",
    )?;
    let read: Vec<_> = arguments
        .files()
        .map(|file| ("FILE", file.as_path()))
        .collect();
    refuse_to_print_over(&read)?;
    let progress = Progress::default();
    let inputs = arguments.input.options(&progress);
    let options = arguments.options(&progress);
    let sources = arguments
        .files()
        .map(|file| Source::open(file, &inputs))
        .collect::<Result<Vec<_>>>()?;
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

fn find_in(source: Source, options: &TopOptions, threads: NonZeroUsize) -> Result<Winners> {
    if source.is_regular_file() {
        return top::top_file(&Rereadable::of_source(source)?, options, threads);
    }
    let name = source.name().to_owned();
    if threads == NonZeroUsize::MIN {
        return top::top(&name, source, options);
    }
    top::top(&name, ReadAhead::new(source), options)
}
