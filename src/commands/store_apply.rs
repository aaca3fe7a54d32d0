//! `mixtape apply --db`

use std::io::{self, Write};

use mixtape::Error;
use mixtape::database::DatabaseUrl;
use mixtape::io::{Compression, Progress, Sink, Source};
use mixtape::json::visible;
use mixtape::rejects::Rejects;
use mixtape::store::{Changes, Flow, Store, StoreApplyOptions, StoreApplySummary};

use super::Outcome;
use super::summaries::{counted, print_operations, print_rejects, write_summary};
use crate::cli::{ApplyArguments, CommonArguments};
use crate::progress::Display;
use crate::signals;

pub fn run(arguments: &ApplyArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let url = DatabaseUrl::parse(arguments.store.db.as_deref().unwrap_or_default())?;
    let reject_file = arguments.rejects.as_deref();
    if let Some(path) = reject_file
        && Compression::of_path(path).is_some()
    {
        let path = path.display();
        return Err(Error::usage(format!(
            "the --rejects file ({path}) is gone on with after a crash and cannot be compressed; name another one"
        ))
        .into());
    }
    let progress = Progress::default();
    let options = arguments.store_options(&progress);
    let source = Source::open(arguments.changes(), &arguments.input.options(&progress))?;
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;
    let mut store = Store::open(&url)?;
    let changes = changes(arguments, source, &options);
    let mut rejects = Rejects::new(None);
    let display = Display::start(common, &progress);
    let applied = store.apply(changes, &mut rejects, reject_file, &options);
    drop(display);
    // What was rejected says why a run has ended early.
    let summary = applied.inspect_err(|_| {
        print_rejects(&rejects, reject_file, common);
    })?;
    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    // A standard error that is closed loses the summary, not the result.
    let _ = print_report(arguments, common, &url, &summary, &rejects);
    Ok(if rejects.total() > 0 && reject_file.is_none() {
        Outcome::Rejected
    } else {
        Outcome::Done
    })
}

fn changes(arguments: &ApplyArguments, source: Source, options: &StoreApplyOptions) -> Changes {
    if arguments.store.follow {
        let end = signals::end_by_oneself();
        Changes::Endless(Flow::new(source, end, options.max_operation))
    } else {
        Changes::Finite(source)
    }
}

fn print_report(
    arguments: &ApplyArguments,
    common: &CommonArguments,
    url: &DatabaseUrl,
    summary: &StoreApplySummary,
    rejects: &Rejects,
) -> io::Result<()> {
    print_rejects(rejects, arguments.rejects.as_deref(), common);
    if !common.is_told() {
        return Ok(());
    }
    let mut output = io::stderr().lock();
    let name = visible(&arguments.changes().display().to_string());
    let before = counted(summary.done_before, "operation");
    if summary.nothing_to_do {
        writeln!(output, "{name}: applied before ({before}), nothing to do")?;
        return writeln!(output, "token: {}", summary.token);
    }
    if summary.done_before > 0 {
        writeln!(output, "{name}: goes on behind the {before} applied before")?;
    }
    print_operations(
        &mut output,
        summary.read,
        &summary.applied,
        &summary.rejected,
        summary.seconds,
    )?;
    writeln!(
        output,
        "playlists: {} before, {} after; {} to {url}",
        summary.playlists_before,
        summary.playlists_after,
        counted(summary.commits, "commit"),
    )?;
    if let Some(position) = &summary.source_position {
        writeln!(output, "source position: {}", visible(position))?;
    }
    writeln!(output, "token: {}", summary.token)
}
