//! `mixtape ingest`

use std::io::{self, Write};
use std::path::Path;

use mixtape::Error;
use mixtape::database::DatabaseUrl;
use mixtape::ingest::{CsvFolder, Destinations, Input, Loader, Summary, ingest};
use mixtape::io::{Identity, Progress, STANDARD_STREAM, Sink};
use mixtape::rejects::Rejects;

use super::Outcome;
use super::summaries::{print_rejects, write_summary};
use crate::cli::{CommonArguments, IngestArguments, Places, threads_or_cores};
use crate::progress::Display;

pub fn run(arguments: &IngestArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let places = arguments.places()?;
    check_paths(arguments, &places)?;
    let progress = Progress::default();
    let options = arguments.options(&progress);
    let threads = threads_or_cores(arguments.threads);
    // Everything is opened before anything is read: a mistyped path shall not cost an hour.
    let open = |path: &std::path::PathBuf| Input::open(path, &options.sources);
    let inputs: Vec<Input> = places.sources.iter().map(open).collect::<Result<_, _>>()?;
    let database = match places.database {
        None => None,
        Some(url) => Some(Loader::open(&DatabaseUrl::parse(url)?, &options)?),
    };
    let files = places.out.map(CsvFolder::create).transpose()?;
    let reject_file = arguments.rejects.as_deref().map(Sink::create).transpose()?;
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;

    let mut rejects = Rejects::new(reject_file);
    let destinations = Destinations { files, database };
    let display = Display::start(common, &progress);
    let summary = ingest(inputs, &options, threads, &mut rejects, destinations)?;
    drop(display);

    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    // A standard error that is closed loses the summary, not the result.
    let _ = print_report(arguments, common, &places, &summary, &rejects);
    Ok(if rejects.total() > 0 && arguments.rejects.is_none() {
        Outcome::Rejected
    } else {
        Outcome::Done
    })
}

/// Refuses what would overwrite what it reads, or write two things into one.
fn check_paths(arguments: &IngestArguments, places: &Places<'_>) -> Result<(), Error> {
    let is_stream = |path: &Path| path.as_os_str() == STANDARD_STREAM;
    if places.sources.iter().filter(|path| is_stream(path)).count() > 1 {
        return Err(Error::usage("only one SOURCE can be standard input"));
    }
    let outputs = [
        ("the --rejects file", arguments.rejects.as_deref()),
        ("the --summary file", arguments.summary.as_deref()),
    ];
    for (name, output) in outputs {
        let identity = output.and_then(Identity::of_output);
        let is_output =
            |path: &&std::path::PathBuf| identity.is_some() && Identity::of_input(path) == identity;
        if let Some(source) = places.sources.iter().find(is_output) {
            let path = source.display();
            return Err(Error::usage(format!(
                "{name} is a SOURCE ({path}); it would be overwritten"
            )));
        }
    }
    let [(_, rejects), (_, summary)] = outputs;
    if let (Some(rejects), Some(summary)) = (rejects, summary) {
        let same = is_stream(rejects) && is_stream(summary)
            || Identity::of_output(rejects)
                .is_some_and(|identity| Identity::of_output(summary) == Some(identity));
        if same {
            let path = summary.display();
            return Err(Error::usage(format!(
                "the --summary file and the --rejects file are the same ({path})"
            )));
        }
    }
    Ok(())
}

fn print_report(
    arguments: &IngestArguments,
    common: &CommonArguments,
    places: &Places<'_>,
    summary: &Summary,
    rejects: &Rejects,
) -> io::Result<()> {
    print_rejects(rejects, arguments.rejects.as_deref(), common);
    if !common.is_told() {
        return Ok(());
    }
    let mut output = io::stderr().lock();
    writeln!(
        output,
        "{} rows read, {} used, {} rejected, in {:.2} s",
        summary.read,
        summary.used,
        summary.read - summary.used,
        summary.seconds
    )?;
    for (reason, count) in &summary.rejected {
        writeln!(output, "  rejected  {:<24} {count:>12}", reason.name())?;
    }
    if let (Some(files), Some(out)) = (&summary.files, places.out) {
        writeln!(output, "rows of the files in {}:", out.display())?;
        for (table, count) in files.named() {
            writeln!(output, "  {table:<34} {count:>12}")?;
        }
    }
    if let Some(database) = &summary.database {
        for source in &database.known {
            writeln!(output, "{source}: loaded before, nothing to do")?;
        }
        if !database.loaded.is_empty() {
            writeln!(output, "rows more in {}:", database.name)?;
            for (table, count) in database.added.named() {
                writeln!(output, "  {table:<34} {count:>12}")?;
            }
        }
    }
    Ok(())
}
