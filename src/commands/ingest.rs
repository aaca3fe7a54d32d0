//! `mixtape ingest`

use std::io::{self, Write};
use std::path::PathBuf;

use mixtape::Result;
use mixtape::database::DatabaseUrl;
use mixtape::ingest::{CsvFolder, Destinations, Input, Loader, Summary, ingest};
use mixtape::io::Progress;
use mixtape::rejects::Rejects;

use super::outputs::{SummaryFile, create_asked_for};
use super::paths::{file_of, refuse_one_stream_twice, refuse_to_overwrite};
use super::summaries::{print_count, print_known, print_reasons, print_rejects, tell};
use crate::cli::{CommonArguments, IngestArguments, Places, threads_or_cores};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(arguments: &IngestArguments, common: &CommonArguments) -> Result<Outcome> {
    let places = arguments.places()?;
    check_paths(arguments, &places)?;
    let progress = Progress::default();
    let options = arguments.options(&progress);
    let threads = threads_or_cores(arguments.threads);
    // Everything is opened before anything is read: a mistyped path shall not cost an hour.
    let open = |path: &PathBuf| Input::open(path, &options.sources);
    let inputs: Vec<Input> = places.sources.iter().map(open).collect::<Result<_>>()?;
    let database = match places.database {
        None => None,
        Some(url) => Some(Loader::open(&DatabaseUrl::parse(url)?, &options)?),
    };
    let files = places.out.map(CsvFolder::create).transpose()?;
    let reject_path = arguments.rejects.as_deref();
    let reject_file = create_asked_for(reject_path)?;
    let summary_file = SummaryFile::create(arguments.summary.as_deref())?;

    let mut rejects = Rejects::new(reject_file);
    let destinations = Destinations { files, database };
    let display = Display::start(common, &progress);
    let summary = ingest(inputs, &options, threads, &mut rejects, destinations)?;
    drop(display);

    summary_file.write(&summary)?;
    print_rejects(&rejects, reject_path, common);
    tell(common, |output| print_summary(output, &places, &summary));
    Ok(Outcome::of_rejects(&rejects, reject_path))
}

fn check_paths(arguments: &IngestArguments, places: &Places<'_>) -> Result<()> {
    let sources = || places.sources.iter().map(PathBuf::as_path);
    refuse_one_stream_twice(sources(), "only one SOURCE can be standard input")?;
    let inputs: Vec<_> = sources().map(|path| ("a SOURCE", path)).collect();
    let database = places.database.map(DatabaseUrl::parse).transpose()?;
    let tables = places.out.map(CsvFolder::paths);
    let mut outputs = vec![("the database", database.as_ref().and_then(file_of))];
    let tables = tables.iter().flatten().map(PathBuf::as_path);
    outputs.extend(tables.map(|path| ("a file of --out", Some(path))));
    outputs.extend([
        ("the --rejects file", arguments.rejects.as_deref()),
        ("the --summary file", arguments.summary.as_deref()),
    ]);
    refuse_to_overwrite(&inputs, &outputs)
}

fn print_summary(
    output: &mut impl Write,
    places: &Places<'_>,
    summary: &Summary,
) -> io::Result<()> {
    writeln!(
        output,
        "{} rows read, {} used, {} rejected, in {:.2} s",
        summary.read,
        summary.used,
        summary.read - summary.used,
        summary.seconds
    )?;
    print_reasons(output, &summary.rejected)?;
    if let (Some(files), Some(out)) = (&summary.files, places.out) {
        writeln!(output, "rows of the files in {}:", out.display())?;
        for (table, count) in files.named() {
            print_count(output, table, count)?;
        }
    }
    if let Some(database) = &summary.database {
        print_known(output, &database.known)?;
        if !database.loaded.is_empty() {
            writeln!(output, "rows more in {}:", database.name)?;
            for (table, count) in database.added.named() {
                print_count(output, table, count)?;
            }
        }
    }
    Ok(())
}
