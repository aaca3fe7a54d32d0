//! What the subcommands say in the same way about a run, on standard error.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, StderrLock, Write};
use std::path::Path;

use mixtape::operation::OperationKind;
use mixtape::rejects::{Reason, Rejects};

use crate::cli::CommonArguments;
use crate::diagnostic;

/// Says something about a run where that is wanted. A standard error that is closed loses it, not the result.
pub fn tell(common: &CommonArguments, say: impl FnOnce(&mut StderrLock<'_>) -> io::Result<()>) {
    if common.is_told() {
        let _ = say(&mut io::stderr().lock());
    }
}

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

/// How many rows or events were rejected for each reason.
pub fn print_reasons(output: &mut impl Write, rejected: &BTreeMap<Reason, u64>) -> io::Result<()> {
    for (reason, count) in rejected {
        print_count(output, &format!("rejected  {}", reason.name()), count)?;
    }
    Ok(())
}

/// A line of a table: what, and how much of it.
pub fn print_count(output: &mut impl Write, what: &str, count: impl Display) -> io::Result<()> {
    writeln!(output, "  {what:<34} {count:>12}")
}

/// The inputs of which nothing was loaded, because the database has them.
pub fn print_known(output: &mut impl Write, inputs: &[String]) -> io::Result<()> {
    for input in inputs {
        writeln!(output, "{input}: loaded before, nothing to do")?;
    }
    Ok(())
}

/// `1 operation`, `2 operations`
pub fn counted(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
