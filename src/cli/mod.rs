//! The command line's types. They stop here: each becomes the plain options of the library.

mod apply;
mod consolidate;
mod ingest;
mod isrc;
mod parts;
mod report;
mod store;
mod top;
mod works;

use std::num::{IntErrorKind, NonZeroUsize, ParseIntError};
use std::path::PathBuf;
use std::str::FromStr;

use bytesize::ByteSize;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use mixtape::io::{Compression, Progress, SourceOptions, WindowLimit};

pub use apply::ApplyArguments;
pub use consolidate::ConsolidateArguments;
pub use ingest::{IngestArguments, Places};
pub use isrc::{IsrcArguments, IsrcPlaces};
pub use report::{ReportArguments, ReportFormat};
pub use store::{
    ExportArguments, GetArguments, GetPlaylistArguments, GetWhat, ImportArguments, StatusArguments,
    StatusFormat, WaitArguments,
};
pub use top::{OutputFormat, TopArguments};
pub use works::{WorksArguments, WorksFormat};

/// Streams changes to playlists, and scored records, of any number in flat memory.
#[derive(Debug, Parser)]
#[command(
    name = "mixtape",
    version,
    arg_required_else_help = true,
    disable_help_flag = true,
    after_help = "Example: mixtape apply mixtape.json changes.json output.json --rejects r.ndjson\n\n\
                  Exit codes: 0 done; 1 cannot read or write; 2 invalid data or a limit;\n\
                  3 done, but some operations were rejected and no --rejects file was given;\n\
                  64 usage; 129, 130, 143 stopped by a signal"
)]
pub struct Cli {
    #[command(flatten)]
    pub common: CommonArguments,
    #[command(subcommand)]
    pub command: Command,
}

/// What every subcommand understands.
#[derive(Debug, Args)]
pub struct CommonArguments {
    /// Show how far it is: auto, never, always
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub progress: When,
    /// Errors as text, or as json for programs
    #[arg(
        long,
        global = true,
        display_order = 101,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub error_format: ErrorFormat,
    /// No summary and no progress on standard error
    #[arg(long, short, global = true, display_order = 102)]
    pub quiet: bool,
    /// Print help
    // One help, short enough for a screen, for both spellings.
    #[arg(long, short, global = true, display_order = 103, action = ArgAction::HelpShort)]
    help: Option<bool>,
}

impl CommonArguments {
    /// Whether to say on standard error what a run does and has done: not where somebody wants it quiet, nor where a program
    /// reads it, for which there is `--summary`.
    pub fn is_told(&self) -> bool {
        !self.quiet && self.error_format == ErrorFormat::Text
    }
}

/// When something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Never,
    Always,
}

/// How errors are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ErrorFormat {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Apply(ApplyArguments),
    Import(ImportArguments),
    Export(ExportArguments),
    Get(GetArguments),
    Status(StatusArguments),
    Top(TopArguments),
    Ingest(IngestArguments),
    Isrc(IsrcArguments),
    Consolidate(ConsolidateArguments),
    Works(WorksArguments),
    Report(ReportArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
}

/// Print a script that completes this program's arguments in a shell
#[derive(Debug, Args)]
#[command(after_help = "Example: mixtape completions bash > ~/.mixtape-completion")]
pub struct CompletionsArguments {
    /// Which shell
    pub shell: Shell,
}

/// Write the manual pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example: mixtape man ~/.local/share/man/man1")]
pub struct ManArguments {
    /// The folder; it is made where it is missing
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// How inputs are opened.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Reach of zstd data
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "128MiB")]
    max_window: ByteSize,
}

impl InputArguments {
    /// The library's options.
    pub fn options(&self, progress: &Progress) -> SourceOptions {
        SourceOptions {
            max_window: WindowLimit {
                bytes: self.max_window.as_u64(),
            },
            progress: progress.clone(),
        }
    }
}

/// A way to compress, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CompressArgument {
    Gzip,
    Zstd,
    None,
}

impl CompressArgument {
    /// The library's word.
    pub fn compression(self) -> Option<Compression> {
        match self {
            CompressArgument::Gzip => Some(Compression::Gzip),
            CompressArgument::Zstd => Some(Compression::Zstd),
            CompressArgument::None => None,
        }
    }
}

/// Bytes, with a unit or without.
fn size(text: &str) -> Result<ByteSize, String> {
    text.parse()
        .map_err(|_| "expected a number of bytes: 65536, 512KiB, 64MiB, 2GB".to_owned())
}

/// A whole number; of a type that knows no zero, from 1 on.
fn number<T: FromStr<Err = ParseIntError>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: ParseIntError| {
        match error.kind() {
            IntErrorKind::Zero => "expected a number from 1 on",
            IntErrorKind::PosOverflow => "that is too large a number",
            _ => "expected a whole number",
        }
        .to_owned()
    })
}

/// A size that memory can have; larger ones mean no limit.
fn bytes(size: ByteSize) -> usize {
    usize::try_from(size.as_u64()).unwrap_or(usize::MAX)
}

/// How many threads: as many as there are cores where nobody says.
pub fn threads_or_cores(threads: Option<NonZeroUsize>) -> NonZeroUsize {
    threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}
