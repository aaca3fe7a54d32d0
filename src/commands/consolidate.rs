//! `mixtape consolidate`

use std::io::{self, Write};

use mixtape::Result;
use mixtape::database::DatabaseUrl;
use mixtape::io::{Progress, Source};
use mixtape::json::visible;
use mixtape::listening::{Destinations, Loader, Summary, TableFile, Taken, consolidate};
use mixtape::rejects::Rejects;

use super::outputs::{SummaryFile, create_asked_for};
use super::paths::{file_of, is_stream, refuse_one_stream_twice, refuse_to_overwrite};
use super::summaries::{print_count, print_known, print_reasons, print_rejects, tell};
use crate::cli::{CommonArguments, ConsolidateArguments, threads_or_cores};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(arguments: &ConsolidateArguments, common: &CommonArguments) -> Result<Outcome> {
    check_paths(arguments)?;
    let progress = Progress::default();
    let options = arguments.options(&progress)?;
    let threads = threads_or_cores(arguments.threads);
    // Everything is opened before anything is read: a mistyped path shall not cost an hour.
    let playlists = Source::open(&arguments.playlists, &options.sources)?;
    let events = Source::open(&arguments.events, &options.sources)?;
    let database = match arguments.database() {
        None => None,
        Some(url) => Some(Loader::open(&DatabaseUrl::parse(url)?)?),
    };
    let file = arguments
        .out
        .as_deref()
        .map(TableFile::create)
        .transpose()?;
    let reject_path = arguments.rejects.as_deref();
    let reject_file = create_asked_for(reject_path)?;
    let summary_file = SummaryFile::create(arguments.summary.as_deref())?;

    let mut rejects = Rejects::new(reject_file);
    let destinations = Destinations { file, database };
    let display = Display::start(common, &progress);
    let summary = consolidate(
        playlists,
        events,
        &options,
        threads,
        &mut rejects,
        destinations,
    )?;
    drop(display);

    summary_file.write(&summary)?;
    print_rejects(&rejects, reject_path, common);
    tell(common, |output| print_summary(output, arguments, &summary));
    Ok(Outcome::of_rejects(&rejects, reject_path))
}

fn check_paths(arguments: &ConsolidateArguments) -> Result<()> {
    let (playlists, events) = (arguments.playlists.as_path(), arguments.events.as_path());
    refuse_one_stream_twice(
        [playlists, events],
        "only one of PLAYLISTS and EVENTS can be standard input",
    )?;
    let database = arguments.database().map(DatabaseUrl::parse).transpose()?;
    let outputs = [
        ("the database", database.as_ref().and_then(file_of)),
        ("the --out file", arguments.out.as_deref()),
        ("the --rejects file", arguments.rejects.as_deref()),
        ("the --summary file", arguments.summary.as_deref()),
    ];
    refuse_to_overwrite(&[("PLAYLISTS", playlists), ("EVENTS", events)], &outputs)
}

fn print_summary(
    output: &mut impl Write,
    arguments: &ConsolidateArguments,
    summary: &Summary,
) -> io::Result<()> {
    let Summary {
        playlists,
        events,
        table,
        ..
    } = summary;
    writeln!(
        output,
        "{} rows of PLAYLISTS read, {} tracks listed, {} rejected",
        playlists.read, playlists.listed, playlists.rejected
    )?;
    print_taken(output, &playlists.taken)?;
    writeln!(
        output,
        "{} events read: {} counted, {} of other contexts, {} rejected; in {:.2} s",
        events.read, events.counted, events.other_context, events.rejected, summary.seconds
    )?;
    print_taken(output, &events.taken)?;
    print_reasons(output, &summary.rejected)?;
    for (name, count) in [
        ("rows", u128::from(table.rows)),
        ("users", u128::from(table.users)),
        ("recommended", u128::from(table.recommended)),
        ("recommended and heard", u128::from(table.recommended_heard)),
        ("heard", u128::from(table.heard)),
        ("seconds streamed", events.seconds),
    ] {
        print_count(output, name, count)?;
    }
    if summary.spilled > 0 {
        let tables = summary.spilled;
        writeln!(
            output,
            "memory was short: {tables} parts of the table were put on disk and merged"
        )?;
    }
    let file = arguments.out.as_deref();
    if let Some(file) = file.filter(|file| !is_stream(file)) {
        writeln!(output, "the table is in {}", file.display())?;
    }
    if let Some(database) = &summary.database {
        print_known(output, &database.known)?;
        writeln!(
            output,
            "personalized_playlists of {}: {} rows added or changed, {} in all",
            database.name, database.written, database.rows
        )?;
    }
    Ok(())
}

/// `  user: user_id, track: track_id`
fn print_taken(output: &mut impl Write, taken: &[Taken]) -> io::Result<()> {
    if taken.is_empty() {
        return Ok(());
    }
    let taken: Vec<String> = taken
        .iter()
        .map(|Taken { field, names }| format!("{field} {names}"))
        .collect();
    writeln!(output, "  taken for: {}", visible(&taken.join(", ")))
}
