//! `mixtape apply`, as it is typed.

use std::path::PathBuf;

use bytesize::ByteSize;
use clap::{Args, ValueEnum};

use mixtape::apply::{ApplyOptions, OnReject, References};
use mixtape::changes::ChangesFormat;
use mixtape::io::{Memory, Progress};
use mixtape::json::MAX_DEPTH;
use mixtape::rejects::RejectLimit;

use super::{CompressArgument, InputArguments, bytes, size};

/// Apply a stream of changes to a mixtape
#[derive(Debug, Args)]
#[command(
    after_help = "CHANGES is an array, NDJSON or grouped. Inputs may be compressed (gzip, zstd).\n\
                  OUTPUT is complete or untouched; it may be MIXTAPE itself.\n\
                  Example: mixtape apply mixtape.json changes.json.gz new.json --rejects r.ndjson"
)]
pub struct ApplyArguments {
    /// Object of users, songs and playlists; - is standard input
    pub mixtape: PathBuf,
    /// Operations to apply, in order; - is standard input
    pub changes: PathBuf,
    /// Where the result goes; - is standard output
    #[arg(required_unless_present = "dry_run")]
    pub output: Option<PathBuf>,
    /// Layout of CHANGES [default: as it begins]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    changes_format: Option<FormatArgument>,
    /// Collect what cannot be applied, as CHANGES
    #[arg(long, value_name = "FILE", alias = "dead-letters")]
    pub rejects: Option<PathBuf>,
    /// Stop when more is rejected: 100, or 1%
    #[arg(long, value_name = "N|P%", conflicts_with = "strict")]
    max_rejects: Option<RejectLimit>,
    /// Stop at the first operation that is rejected
    #[arg(long)]
    strict: bool,
    /// Do everything but write OUTPUT
    #[arg(long)]
    pub dry_run: bool,
    /// Count MIXTAPE's references to nothing
    #[arg(long)]
    check_references: bool,
    /// Write the summary as JSON
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// gzip, zstd or none [default: as .gz, .zst]
    #[arg(long, value_name = "HOW", hide_possible_values = true)]
    pub compress: Option<CompressArgument>,
    /// Most memory; what is beyond lies in TMPDIR
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub max_memory: Option<ByteSize>,
    /// Most bytes of one operation
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64MiB")]
    max_operation: ByteSize,
    /// Most bytes of an id in MIXTAPE
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16MiB")]
    max_id: ByteSize,
    /// Most nested arrays and objects
    #[arg(long, value_name = "N", default_value_t = MAX_DEPTH)]
    max_depth: u32,
    #[command(flatten)]
    pub input: InputArguments,
}

/// What a run takes beside its index and the appended songs: the program, its windows, and what waits to be written.
const BESIDE: ByteSize = ByteSize::mib(6);

fn memory(text: &str) -> Result<ByteSize, String> {
    let size = size(text)?;
    let least = ByteSize::mib(8);
    if size < least {
        return Err(format!("at least {least}"));
    }
    Ok(size)
}

/// A layout of CHANGES, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArgument {
    Array,
    Ndjson,
    Grouped,
}

impl ApplyArguments {
    /// Where the index lies.
    pub fn memory(&self) -> Memory {
        self.max_memory.map_or(Memory::UNLIMITED, |most| {
            Memory::limited(bytes(most).saturating_sub(bytes(BESIDE)))
        })
    }

    /// The library's options.
    pub fn options(&self, changes_length: Option<u64>, progress: &Progress) -> ApplyOptions {
        ApplyOptions {
            changes_format: self.changes_format.map(|format| match format {
                FormatArgument::Array => ChangesFormat::Array,
                FormatArgument::Ndjson => ChangesFormat::Ndjson,
                FormatArgument::Grouped => ChangesFormat::Grouped,
            }),
            on_reject: if self.strict {
                OnReject::Stop
            } else {
                OnReject::GoOn
            },
            references: if self.check_references {
                References::Count
            } else {
                References::Leave
            },
            max_operation: bytes(self.max_operation),
            max_id: bytes(self.max_id),
            max_depth: self.max_depth,
            max_rejects: self.max_rejects,
            memory: self.memory(),
            progress: progress.clone(),
            changes_length,
        }
    }
}
