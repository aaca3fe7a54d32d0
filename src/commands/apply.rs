//! `mixtape apply`

use std::io::{self, Write};
use std::path::Path;

use bytesize::ByteSize;

use mixtape::Error;
use mixtape::apply::{Summary, apply};
use mixtape::io::{Identity, Progress, Rereadable, STANDARD_STREAM, Sink, Source};
use mixtape::json::visible;
use mixtape::rejects::{Reader, Rejects};

use super::Outcome;
use super::summaries::{counted, print_operations, print_rejects, write_summary};
use crate::cli::{ApplyArguments, CommonArguments};
use crate::progress::Display;

pub fn run(arguments: &ApplyArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    arguments.check()?;
    if let Some(folder) = &arguments.parts.emit_parts {
        return super::apply_parts::emit(arguments, common, folder);
    }
    if let Some(step) = arguments.parts.shard {
        return super::apply_parts::step(arguments, step);
    }
    check_paths(arguments)?;
    let Some(mixtape) = arguments.mixtape() else {
        return super::store_apply::run(arguments, common);
    };
    let progress = Progress::default();
    if let Some(most) = arguments.max_memory {
        arguments.memory().check()?;
        if common.is_told() {
            // A standard error that is closed loses the hint, not the result.
            let _ = announce_disk(arguments, most);
        }
    }
    let display = Display::start(common, &progress);
    // Everything is opened before anything is read: a mistyped path shall not cost an hour.
    let inputs = arguments.input.options(&progress);
    let changes = Source::open(arguments.changes(), &inputs)?;
    let output = match output_path(arguments) {
        Some(path) => create(path, arguments)?,
        None => Sink::nowhere(),
    };
    let reject_file = arguments.rejects.as_deref();
    let reject_file = reject_file
        .map(|path| create(path, arguments))
        .transpose()?;
    let summary_file = arguments.summary.as_deref().map(Sink::create).transpose()?;
    let mixtape = Rereadable::open(mixtape, &inputs)?;

    let reader = match output_path(arguments) {
        Some(_) => Reader::Needed,
        None => Reader::Free,
    };
    let mut rejects = Rejects::for_reader(reader, reject_file);
    let name = changes.name().to_owned();
    let options = arguments.options(changes.length(), &progress);
    let applied = apply(&mixtape, &name, changes, output, &mut rejects, &options);
    drop(display);
    // What was rejected says why a run has ended early.
    let summary = applied.inspect_err(|error| {
        if !error.is_broken_pipe() {
            let file = arguments.rejects.as_deref();
            print_rejects(&rejects, file, common);
        }
    })?;

    if let Some(file) = summary_file {
        write_summary(file, &summary)?;
    }
    let collected = arguments.rejects.is_some();
    // A standard error that is closed loses the summary, not the result.
    let _ = print_report(arguments, common, &summary, &rejects);
    Ok(if rejects.total() > 0 && !collected {
        Outcome::Rejected
    } else {
        Outcome::Done
    })
}

/// Says how much disk `--max-memory` may take, before it does.
fn announce_disk(arguments: &ApplyArguments, most: ByteSize) -> io::Result<()> {
    let lengths = [arguments.mixtape(), Some(arguments.changes())].map(|path| {
        let metadata = std::fs::metadata(path?).ok()?;
        metadata.is_file().then_some(metadata.len())
    });
    let folder = visible(&std::env::temp_dir().display().to_string());
    write!(
        io::stderr(),
        "beyond {most} of memory the index lies in temporary files in {folder} (TMPDIR says where): about a quarter of the \
         inputs as they are without compression"
    )?;
    if let [Some(mixtape), Some(changes)] = lengths {
        write!(
            io::stderr(),
            ", {} of these",
            ByteSize((mixtape + changes) / 4)
        )?;
    }
    writeln!(io::stderr(), "; more where ids are many and records short")
}

/// Where OUTPUT is written, if it is.
fn output_path(arguments: &ApplyArguments) -> Option<&Path> {
    arguments.output.as_deref().filter(|_| !arguments.dry_run)
}

fn create(path: &Path, arguments: &ApplyArguments) -> mixtape::Result<Sink> {
    match arguments.compress {
        Some(how) => Sink::create_compressed(path, how.compression()),
        None => Sink::create(path),
    }
}

/// Refuses what would read and write one file at once, or two streams through one pipe.
fn check_paths(arguments: &ApplyArguments) -> Result<(), Error> {
    let is_stream = |path: &Path| path.as_os_str() == STANDARD_STREAM;
    if arguments.mixtape().is_some_and(is_stream) && is_stream(arguments.changes()) {
        return Err(Error::usage(
            "MIXTAPE and CHANGES cannot both be standard input",
        ));
    }
    let outputs = [
        ("OUTPUT", output_path(arguments)),
        ("the --rejects file", arguments.rejects.as_deref()),
        ("the --summary file", arguments.summary.as_deref()),
    ];
    // OUTPUT may take MIXTAPE's place, but not be written through into what is still to be copied.
    let replaced = usize::from(output_path(arguments).is_some_and(|path| !is_stream(path)));
    let inputs = [
        ("CHANGES", Some(arguments.changes()), &outputs[..]),
        ("MIXTAPE", arguments.mixtape(), &outputs[replaced..]),
    ];
    for (input_name, input, outputs) in inputs {
        let Some(input) = input else { continue };
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

fn print_report(
    arguments: &ApplyArguments,
    common: &CommonArguments,
    summary: &Summary,
    rejects: &Rejects,
) -> io::Result<()> {
    print_rejects(rejects, arguments.rejects.as_deref(), common);
    if !common.is_told() {
        return Ok(());
    }
    let mut output = io::stderr().lock();
    print_operations(
        &mut output,
        summary.read,
        &summary.applied,
        &summary.rejected,
        summary.seconds,
    )?;
    let written = match (output_path(arguments), summary.output_bytes) {
        (Some(_), bytes) => format!("{} written", counted(bytes, "byte")),
        (None, bytes) => format!("nothing written, it would be {}", counted(bytes, "byte")),
    };
    writeln!(
        output,
        "playlists: {} before, {} after; {written}",
        summary.playlists_before, summary.playlists_after
    )?;
    if let Some(dangling) = summary.dangling_references {
        writeln!(
            output,
            "references in MIXTAPE that lead nowhere: {dangling}"
        )?;
    }
    if let (Some(path), true) = (&arguments.rejects, rejects.total() > 0)
        && path.as_os_str() != STANDARD_STREAM
    {
        let path = visible(&path.display().to_string());
        write!(output, "rejects are in {path}")?;
        let next = output_path(arguments).filter(|output| output.as_os_str() != STANDARD_STREAM);
        if let Some(mixtape) = next {
            let mixtape = visible(&mixtape.display().to_string());
            write!(
                output,
                "; once the cause is mended: mixtape apply {mixtape} {path} …"
            )?;
        }
        writeln!(output)?;
    }
    Ok(())
}
