//! `mixtape consolidate`

use std::io::{self, Write};
use std::path::Path;

use mixtape::Error;
use mixtape::database::DatabaseUrl;
use mixtape::io::{Identity, Progress, STANDARD_STREAM, Sink, Source};
use mixtape::listening::{Destinations, Loader, Summary, TableFile, Taken, consolidate};
use mixtape::rejects::Rejects;

use super::Outcome;
use super::summaries::{print_rejects, write_summary};
use crate::cli::{CommonArguments, ConsolidateArguments, threads_or_cores};
use crate::progress::Display;

pub fn run(arguments: &ConsolidateArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
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
    let reject_file = arguments.rejects.as_deref().map(Sink::create).transpose()?;
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;

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

    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    // A standard error that is closed loses the summary, not the result.
    let _ = print_report(arguments, common, &summary, &rejects);
    Ok(if rejects.total() > 0 && arguments.rejects.is_none() {
        Outcome::Rejected
    } else {
        Outcome::Done
    })
}

/// Refuses what would overwrite what it reads, or write two things into one.
fn check_paths(arguments: &ConsolidateArguments) -> Result<(), Error> {
    let is_stream = |path: &Path| path.as_os_str() == STANDARD_STREAM;
    let inputs = [
        ("PLAYLISTS", arguments.playlists.as_path()),
        ("EVENTS", arguments.events.as_path()),
    ];
    if inputs.iter().all(|(_, path)| is_stream(path)) {
        return Err(Error::usage(
            "only one of PLAYLISTS and EVENTS can be standard input",
        ));
    }
    let database = match arguments.database().map(DatabaseUrl::parse).transpose()? {
        Some(DatabaseUrl::Sqlite(path)) => Some(path),
        _ => None,
    };
    let outputs = [
        ("the database", database.as_deref()),
        ("the --out file", arguments.out.as_deref()),
        ("the --rejects file", arguments.rejects.as_deref()),
        ("the --summary file", arguments.summary.as_deref()),
    ];
    let outputs = outputs
        .iter()
        .filter_map(|(name, path)| Some((*name, (*path)?)));
    let outputs: Vec<(&str, &Path)> = outputs.collect();
    for (number, (name, output)) in outputs.iter().enumerate() {
        let identity = Identity::of_output(output);
        let is_same = |other: Option<Identity>| identity.is_some() && other == identity;
        let input = inputs
            .iter()
            .find(|(_, path)| !is_stream(path) && is_same(Identity::of_input(path)));
        if let Some((input, path)) = input {
            let path = path.display();
            return Err(Error::usage(format!(
                "{name} is {input} ({path}); it would be overwritten"
            )));
        }
        let mut earlier = outputs[..number].iter();
        let same = earlier.find(|(_, path)| {
            is_stream(path) && is_stream(output) || is_same(Identity::of_output(path))
        });
        if let Some((other, path)) = same {
            let path = path.display();
            return Err(Error::usage(format!(
                "{name} and {other} are the same ({path})"
            )));
        }
    }
    Ok(())
}

fn print_report(
    arguments: &ConsolidateArguments,
    common: &CommonArguments,
    summary: &Summary,
    rejects: &Rejects,
) -> io::Result<()> {
    print_rejects(rejects, arguments.rejects.as_deref(), common);
    if !common.is_told() {
        return Ok(());
    }
    let mut output = io::stderr().lock();
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
    print_taken(&mut output, &playlists.taken)?;
    writeln!(
        output,
        "{} events read: {} counted, {} of other contexts, {} rejected; in {:.2} s",
        events.read, events.counted, events.other_context, events.rejected, summary.seconds
    )?;
    print_taken(&mut output, &events.taken)?;
    for (reason, count) in &summary.rejected {
        writeln!(output, "  rejected  {:<24} {count:>12}", reason.name())?;
    }
    for (name, count) in [
        ("rows", u128::from(table.rows)),
        ("users", u128::from(table.users)),
        ("recommended", u128::from(table.recommended)),
        ("recommended and heard", u128::from(table.recommended_heard)),
        ("heard", u128::from(table.heard)),
        ("seconds streamed", events.seconds),
    ] {
        writeln!(output, "  {name:<34} {count:>12}")?;
    }
    if summary.spilled > 0 {
        let tables = summary.spilled;
        writeln!(
            output,
            "memory was short: {tables} parts of the table were put on disk and merged"
        )?;
    }
    let file = arguments.out.as_deref();
    if let Some(file) = file.filter(|file| file.as_os_str() != STANDARD_STREAM) {
        writeln!(output, "the table is in {}", file.display())?;
    }
    if let Some(database) = &summary.database {
        for input in &database.known {
            writeln!(output, "{input}: loaded before, nothing to do")?;
        }
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
    writeln!(
        output,
        "  taken for: {}",
        mixtape::json::visible(&taken.join(", "))
    )
}
