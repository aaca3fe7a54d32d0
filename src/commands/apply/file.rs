//! `mixtape apply` from a file into a file.

use std::io::{self, Write};
use std::path::Path;

use bytesize::ByteSize;

use mixtape::Result;
use mixtape::apply::{Summary, apply};
use mixtape::io::{Progress, Rereadable, Sink, Source};
use mixtape::json::visible;
use mixtape::rejects::{Reader, Rejects};

use crate::cli::{ApplyArguments, CommonArguments, Size};
use crate::commands::outputs::{self, SummaryFile};
use crate::commands::paths::is_stream;
use crate::commands::summaries::{counted, print_operations, print_rejects, tell};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(
    mixtape: &Path,
    arguments: &ApplyArguments,
    common: &CommonArguments,
) -> Result<Outcome> {
    let progress = Progress::default();
    if let Some(most) = arguments.max_memory {
        arguments.memory().check()?;
        tell(common, |output| announce_disk(output, arguments, most));
    }
    let display = Display::start(common, &progress);
    // Everything is opened before anything is read: a mistyped path shall not cost an hour.
    let inputs = arguments.input.options(&progress);
    let changes = Source::open(arguments.changes(), &inputs)?;
    let output = match arguments.output() {
        Some(path) => outputs::create(path, arguments.compress)?,
        None => Sink::nowhere(),
    };
    let reject_path = arguments.rejects.as_deref();
    let reject_file = reject_path
        .map(|path| outputs::create(path, arguments.compress))
        .transpose()?;
    let summary_file = SummaryFile::create(arguments.summary.as_deref())?;
    let mixtape = Rereadable::open(mixtape, &inputs)?;

    let reader = match arguments.output() {
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
            print_rejects(&rejects, reject_path, common);
        }
    })?;

    summary_file.write(&summary)?;
    print_rejects(&rejects, reject_path, common);
    tell(common, |output| {
        print_summary(output, arguments, &summary, &rejects)
    });
    Ok(Outcome::of_rejects(&rejects, reject_path))
}

/// Says how much disk `--max-memory` may take, before it does.
fn announce_disk(
    output: &mut impl Write,
    arguments: &ApplyArguments,
    most: Size,
) -> io::Result<()> {
    let lengths = [arguments.mixtape(), Some(arguments.changes())].map(|path| {
        let metadata = std::fs::metadata(path?).ok()?;
        metadata.is_file().then_some(metadata.len())
    });
    let most = ByteSize(most.as_u64());
    let folder = visible(&std::env::temp_dir().display().to_string());
    write!(
        output,
        "beyond {most} of memory the index lies in temporary files in {folder} (TMPDIR says where): about a quarter of the \
         inputs as they are without compression"
    )?;
    if let [Some(mixtape), Some(changes)] = lengths {
        write!(output, ", {} of these", ByteSize((mixtape + changes) / 4))?;
    }
    writeln!(output, "; more where ids are many and records short")
}

fn print_summary(
    output: &mut impl Write,
    arguments: &ApplyArguments,
    summary: &Summary,
    rejects: &Rejects,
) -> io::Result<()> {
    print_operations(
        output,
        summary.read,
        &summary.applied,
        &summary.rejected,
        summary.seconds,
    )?;
    let written = match (arguments.output(), summary.output_bytes) {
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
        && !is_stream(path)
    {
        let path = visible(&path.display().to_string());
        write!(output, "rejects are in {path}")?;
        let next = arguments.output().filter(|output| !is_stream(output));
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
