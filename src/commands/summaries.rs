//! What the subcommands say in the same way about a run: its rejects and its summary.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use mixtape::io::Sink;
use mixtape::rejects::Rejects;

use crate::cli::CommonArguments;
use crate::diagnostic;

/// The first rejects, where no file collects them.
pub fn print_rejects(rejects: &Rejects, reject_file: Option<&Path>, common: &CommonArguments) {
    for reject in rejects.shown() {
        diagnostic::print_reject(reject, common.error_format);
    }
    let unseen = rejects.total() - rejects.shown().len() as u64;
    if unseen > 0 && reject_file.is_none() {
        diagnostic::print_unseen_rejects(unseen, common.error_format);
    }
}

/// Puts a summary in its file, as JSON.
pub fn write_summary(mut file: Sink, summary: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(summary).context("cannot write the summary")?;
    writeln!(file, "{text}").map_err(|error| file.error(error))?;
    file.finish()?;
    Ok(())
}
