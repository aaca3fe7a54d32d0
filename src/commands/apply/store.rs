//! `mixtape apply --db`: over a mixtape that a database holds.

use std::io::{self, Write};

use mixtape::database::DatabaseUrl;
use mixtape::io::{Compression, Progress, Source};
use mixtape::json::visible;
use mixtape::rejects::Rejects;
use mixtape::store::{Changes, Flow, Store, StoreApplyOptions, StoreApplySummary};
use mixtape::{Error, Result};

use crate::cli::{ApplyArguments, CommonArguments};
use crate::commands::outputs::SummaryFile;
use crate::commands::paths::{file_of, refuse_to_overwrite};
use crate::commands::summaries::{counted, print_operations, print_rejects, tell};
use crate::outcome::Outcome;
use crate::progress::Display;
use crate::signals;

pub fn run(arguments: &ApplyArguments, common: &CommonArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(arguments.store.db.as_deref().unwrap_or_default())?;
    let reject_file = arguments.rejects.as_deref();
    if let Some(path) = reject_file
        && Compression::of_path(path).is_some()
    {
        let path = path.display();
        return Err(Error::usage(format!(
            "the --rejects file ({path}) is gone on with after a crash and cannot be compressed; name another one"
        )));
    }
    refuse_to_overwrite(
        &[("CHANGES", arguments.changes())],
        &[
            ("the database", file_of(&url)),
            ("the --rejects file", reject_file),
            ("the --summary file", arguments.summary.as_deref()),
        ],
    )?;
    let progress = Progress::default();
    let options = arguments.store_options(&progress);
    let source = Source::open(arguments.changes(), &arguments.input.options(&progress))?;
    let summary_file = SummaryFile::create(arguments.summary.as_deref())?;
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
    summary_file.write(&summary)?;
    print_rejects(&rejects, reject_file, common);
    tell(common, |output| {
        print_summary(output, arguments, &url, &summary)
    });
    Ok(Outcome::of_rejects(&rejects, reject_file))
}

fn changes(arguments: &ApplyArguments, source: Source, options: &StoreApplyOptions) -> Changes {
    if arguments.store.follow {
        let end = signals::end_by_oneself();
        Changes::Endless(Flow::new(source, end, options.max_operation))
    } else {
        Changes::Finite(source)
    }
}

fn print_summary(
    output: &mut impl Write,
    arguments: &ApplyArguments,
    url: &DatabaseUrl,
    summary: &StoreApplySummary,
) -> io::Result<()> {
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
        output,
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
