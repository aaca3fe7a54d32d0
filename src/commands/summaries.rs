//! What the subcommands say in the same way about a run: its rejects and its summary.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use mixtape::io::Sink;
use mixtape::operation::OperationKind;
use mixtape::rejects::{Reason, Rejects};

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

/// What became of the operations that were read, of each kind and for each reason.
pub fn print_operations(
    output: &mut impl Write,
    read: u64,
    applied: &BTreeMap<OperationKind, u64>,
    rejected: &BTreeMap<Reason, u64>,
    seconds: f64,
) -> io::Result<()> {
    writeln!(
        output,
        "{} read, {} applied, {} rejected, in {seconds:.2} s",
        counted(read, "operation"),
        applied.values().sum::<u64>(),
        rejected.values().sum::<u64>(),
    )?;
    for (kind, count) in applied {
        writeln!(output, "  applied   {:<22} {count:>12}", kind.name())?;
    }
    for (reason, count) in rejected {
        writeln!(output, "  rejected  {:<22} {count:>12}", reason.name())?;
    }
    Ok(())
}

/// `1 operation`, `2 operations`
pub fn counted(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// Puts a summary in its file, as JSON.
pub fn write_summary(mut file: Sink, summary: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(summary).context("cannot write the summary")?;
    writeln!(file, "{text}").map_err(|error| file.error(error))?;
    file.finish()?;
    Ok(())
}
