//! The command line's types. They stop here: each becomes the plain options of the library.

mod ingest;
mod isrc;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use bytesize::ByteSize;
use clap::{Args, Parser, Subcommand, ValueEnum};

use mixtape::apply::{ApplyOptions, OnReject, References};
use mixtape::changes::ChangesFormat;
use mixtape::top::{Keep, TopOptions};

pub use ingest::{IngestArguments, Places};
pub use isrc::{IsrcArguments, IsrcPlaces};

/// Streams changes to millions of playlists, and billions of scored records, in flat memory.
#[derive(Debug, Parser)]
#[command(
    name = "mixtape",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done · 1 cannot read or write · 2 invalid data or a limit · 3 done, but some operations\n\
                  or rows were rejected and no --rejects file was given · 64 usage"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Apply(ApplyArguments),
    Top(TopArguments),
    Isrc(IsrcArguments),
    Ingest(IngestArguments),
}

/// Apply a stream of changes to a mixtape
///
/// OUTPUT differs from MIXTAPE only where a change says so. It is complete or untouched; it may be MIXTAPE itself.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: mixtape apply mixtape.json changes.ndjson output.json --rejects rejects.ndjson"
)]
pub struct ApplyArguments {
    /// JSON object with the arrays users, songs and playlists; - is standard input
    pub mixtape: PathBuf,
    /// Operations to apply, in order; - is standard input
    pub changes: PathBuf,
    /// Where the result goes; - is standard output
    pub output: PathBuf,
    /// Layout of CHANGES [default: told by its first bytes]
    #[arg(long, value_name = "FORMAT")]
    pub changes_format: Option<FormatArgument>,
    /// Collect what cannot be applied as NDJSON, which can be applied again; - is standard output
    #[arg(long, value_name = "FILE", alias = "dead-letters")]
    pub rejects: Option<PathBuf>,
    /// Stop at the first operation that cannot be applied; nothing is written then
    #[arg(long)]
    pub strict: bool,
    /// Count references inside MIXTAPE that lead nowhere
    #[arg(long)]
    pub check_references: bool,
    /// Write the summary as JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// No summary on standard error
    #[arg(long, short)]
    pub quiet: bool,
    /// Most bytes of one operation
    #[arg(long, value_name = "SIZE", default_value = "64MiB")]
    pub max_operation: ByteSize,
    /// Most bytes of one id in MIXTAPE
    #[arg(long, value_name = "SIZE", default_value = "16MiB")]
    pub max_id: ByteSize,
}

/// A layout of CHANGES, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatArgument {
    /// [{"type": …}, …]
    Array,
    /// one operation a line
    Ndjson,
    /// {"deletions": …, "additions": …}
    Grouped,
}

/// Print the N highest of `<score>: <record>` lines
///
/// The score is an integer of any length, the record a JSON object with an id. Every record is validated. Among equal scores
/// the earlier line wins.
#[derive(Debug, Args)]
#[command(after_help = "Example: mixtape top scores.data 5")]
pub struct TopArguments {
    /// Scored lines; - is standard input
    pub file: PathBuf,
    /// How many of the highest
    pub n: u64,
    /// How to print them
    #[arg(long, value_enum, default_value_t = OutputFormat::Json)]
    pub format: OutputFormat,
    /// Threads for a regular file; a pipe is read by one and worked on by another [default: the cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Most digits of a score
    #[arg(long, value_name = "N", default_value_t = 4096)]
    pub max_score_digits: usize,
    /// Most bytes of an id
    #[arg(long, value_name = "SIZE", default_value = "16MiB")]
    pub max_id: ByteSize,
    /// Most bytes of a line, with --format lines
    #[arg(long, value_name = "SIZE", default_value = "64MiB")]
    pub max_line: ByteSize,
}

/// How `top` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// an array of {"score": …, "id": …}
    Json,
    /// {"score": …, "id": …}, one a line
    Ndjson,
    /// the winning lines themselves, which are again input for top
    Lines,
}

impl ApplyArguments {
    /// The library's options.
    pub fn options(&self) -> ApplyOptions {
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
        }
    }
}

impl TopArguments {
    /// The library's options.
    pub fn options(&self) -> TopOptions {
        TopOptions {
            count: self.n,
            keep: match self.format {
                OutputFormat::Json | OutputFormat::Ndjson => Keep::Ids,
                OutputFormat::Lines => Keep::Lines,
            },
            max_score_digits: self.max_score_digits,
            max_id: bytes(self.max_id),
            max_line: bytes(self.max_line),
            ..TopOptions::default()
        }
    }
}

/// A size that memory can have; larger ones mean no limit.
fn bytes(size: ByteSize) -> usize {
    usize::try_from(size.as_u64()).unwrap_or(usize::MAX)
}
