//! `mixtape apply`

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use mixtape::Error;
use mixtape::apply::{Summary, apply};
use mixtape::io::{Identity, Rereadable, STANDARD_STREAM, Sink, Source};
use mixtape::rejects::Rejects;

use super::Outcome;
use crate::cli::ApplyArguments;

pub fn run(arguments: &ApplyArguments) -> anyhow::Result<Outcome> {
    check_paths(arguments)?;
    // Everything is opened before anything is read: a mistyped path shall not cost an hour.
    let changes = Source::open(&arguments.changes)?;
    let output = Sink::create(&arguments.output)?;
    let reject_file = arguments.rejects.as_deref().map(Sink::create).transpose()?;
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;
    let mixtape = Rereadable::open(&arguments.mixtape)?;

    let mut rejects = Rejects::new(reject_file);
    let name = changes.name().to_owned();
    let options = arguments.options();
    let summary = apply(&mixtape, &name, changes, output, &mut rejects, &options)?;

    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    let collected = arguments.rejects.is_some();
    // A standard error that is closed loses the summary, not the result.
    let _ = print_report(arguments, &summary, &rejects);
    Ok(if rejects.total() > 0 && !collected {
        Outcome::Rejected
    } else {
        Outcome::Done
    })
}

/// Refuses what would read and write one file at once, or two streams through one pipe.
fn check_paths(arguments: &ApplyArguments) -> Result<(), Error> {
    let is_stream = |path: &Path| path.as_os_str() == STANDARD_STREAM;
    if is_stream(&arguments.mixtape) && is_stream(&arguments.changes) {
        return Err(Error::usage(
            "MIXTAPE and CHANGES cannot both be standard input",
        ));
    }
    let outputs = [
        ("OUTPUT", Some(&arguments.output)),
        ("the --rejects file", arguments.rejects.as_ref()),
        ("the --summary file", arguments.summary.as_ref()),
    ];
    let outputs = outputs.map(|(name, path)| (name, path.map(|path| path.as_path())));
    let inputs = [
        ("CHANGES", &arguments.changes, &outputs[..]),
        ("MIXTAPE", &arguments.mixtape, &outputs[1..]),
    ];
    for (input_name, input, outputs) in inputs {
        let Some(identity) = Identity::of_input(input) else {
            continue;
        };
        for (output_name, output) in outputs {
            if output.and_then(Identity::of_output).as_ref() == Some(&identity) {
                let path = input.display();
                return Err(Error::usage(format!(
                    "{output_name} is {input_name} ({path}); it would be overwritten"
                )));
            }
        }
    }
    for (i, (name, path)) in outputs.iter().enumerate() {
        let Some(path) = path else { continue };
        for (other_name, other) in &outputs[..i] {
            let same = |other: &&Path| {
                is_stream(other) && is_stream(path)
                    || Identity::of_output(other)
                        .is_some_and(|identity| Identity::of_output(path) == Some(identity))
            };
            if other.as_ref().is_some_and(same) {
                let path = path.display();
                return Err(Error::usage(format!(
                    "{name} and {other_name} are the same ({path})"
                )));
            }
        }
    }
    Ok(())
}

fn write_summary(mut file: Sink, summary: &Summary) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(summary).context("cannot write the summary")?;
    writeln!(file, "{text}").map_err(|error| file.error(error))?;
    file.finish()?;
    Ok(())
}

fn print_report(
    arguments: &ApplyArguments,
    summary: &Summary,
    rejects: &Rejects,
) -> io::Result<()> {
    let mut output = io::stderr().lock();
    for reject in rejects.shown() {
        writeln!(output, "rejected: {reject}")?;
    }
    let unseen = rejects.total() - rejects.shown().len() as u64;
    if unseen > 0 && arguments.rejects.is_none() {
        writeln!(
            output,
            "rejected: and {unseen} more; --rejects FILE collects them all"
        )?;
    }
    if arguments.quiet {
        return Ok(());
    }
    let applied: u64 = summary.applied.values().sum();
    let rejected: u64 = summary.rejected.values().sum();
    writeln!(
        output,
        "{} operations read, {applied} applied, {rejected} rejected, in {:.2} s",
        summary.read, summary.seconds
    )?;
    for (kind, count) in &summary.applied {
        writeln!(output, "  applied   {:<22} {count:>12}", kind.name())?;
    }
    for (reason, count) in &summary.rejected {
        writeln!(output, "  rejected  {:<22} {count:>12}", reason.name())?;
    }
    writeln!(
        output,
        "playlists: {} before, {} after; {} bytes written",
        summary.playlists_before, summary.playlists_after, summary.output_bytes
    )?;
    if let Some(dangling) = summary.dangling_references {
        writeln!(
            output,
            "references in MIXTAPE that lead nowhere: {dangling}"
        )?;
    }
    if let (Some(path), true) = (&arguments.rejects, rejected > 0)
        && path.as_os_str() != STANDARD_STREAM
    {
        let path = path.display();
        writeln!(
            output,
            "rejects are in {path}; once the cause is mended: mixtape apply {} {path} …",
            arguments.output.display()
        )?;
    }
    Ok(())
}
