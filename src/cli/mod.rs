//! The command line's types. They stop here: each becomes the plain options of the library.

mod apply;
mod common;
mod consolidate;
mod ingest;
mod isrc;
mod number;
mod report;
mod size;
mod store;
mod streams;
mod threads;
mod top;
mod works;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub use apply::ApplyArguments;
pub use common::{CommonArguments, ErrorFormat, When};
pub use consolidate::ConsolidateArguments;
pub use ingest::{IngestArguments, Places};
pub use isrc::{IsrcArguments, IsrcPlaces};
pub use report::{ReportArguments, ReportFormat};
pub use size::Size;
pub use store::{
    ExportArguments, GetArguments, GetPlaylistArguments, GetWhat, ImportArguments, StatusArguments,
    StatusFormat, WaitArguments,
};
pub use streams::CompressArgument;
pub use threads::threads_or_cores;
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
