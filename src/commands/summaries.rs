//! What the subcommands say in the same way about a run: its rejects and its summary.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use mixtape::io::Sink;
use mixtape::json::visible;
use mixtape::rejects::Rejects;

/// The first rejects, where no file collects them.
pub fn print_rejects(
    output: &mut impl Write,
    rejects: &Rejects,
    reject_file: Option<&Path>,
) -> io::Result<()> {
    for reject in rejects.shown() {
        writeln!(output, "rejected: {}", visible(reject))?;
    }
    let unseen = rejects.total() - rejects.shown().len() as u64;
    if unseen > 0 && reject_file.is_none() {
        writeln!(
            output,
            "rejected: and {unseen} more; --rejects FILE collects them all"
        )?;
    }
    Ok(())
}

/// Puts a summary in its file, as JSON.
pub fn write_summary(mut file: Sink, summary: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(summary).context("cannot write the summary")?;
    writeln!(file, "{text}").map_err(|error| file.error(error))?;
    file.finish()?;
    Ok(())
}
