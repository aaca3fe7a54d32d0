//! What `mixtape apply` does with a mixtape in parts: for the programs in `spark/`, which run it, not for people.

use std::path::PathBuf;

use clap::Args;

use mixtape::shard::Step;

/// How a mixtape in parts is made, and one step over one partition of it.
#[derive(Debug, Args)]
pub struct PartsArguments {
    /// Take MIXTAPE apart into lines, in files of this new folder
    #[arg(
        long,
        value_name = "DIR",
        hide = true,
        conflicts_with_all = ["db", "shard", "second", "output", "dry_run", "rejects", "summary"]
    )]
    pub emit_parts: Option<PathBuf>,
    /// One step, from the frames of MIXTAPE to standard output
    #[arg(
        long,
        value_name = "STEP",
        hide = true,
        conflicts_with_all = ["db", "second", "output", "dry_run", "rejects", "summary"]
    )]
    pub shard: Option<Step>,
}
